//! The station: from triggers to events, sentence by sentence.

use super::catalogue::{Catalogue, Part, Rule, Source, WordKind};
use super::clause::Clause;
use super::rules::{self, Frame, Lists};
use super::syntax::{ChunkKind as K, Sheet};
use super::words::{Words, flag};
use super::{Event, From, Party, Realis, group, plover, slots, statement};
use crate::dictionary::{Dictionary, NONE};
use crate::entities::{Entities, EntityType};
use crate::error::{Error, Result};
use crate::normalize::Dateline;
use crate::segment::{Part as SentencePart, Sentence};
use crate::token::Token;

/// The catalogue, made ready; shared by all workers.
pub struct Detector {
    rules: Vec<Rule>,
    lists: Vec<Lists>,
    words: Words,
    /// The rule for quotations.
    quotation: u32,
}

/// What a worker keeps from article to article, so that a steady run allocates only for what it finds.
#[derive(Debug, Default)]
pub struct Scratch {
    sheet: Sheet,
    /// The parties of the last event that had several: who "they" and "both sides" are.
    told: Vec<Party>,
    /// Contexts of each sentence, as sets.
    contexts: Vec<u64>,
    actors: Vec<Party>,
    recipients: Vec<Party>,
}

/// What is known of an article when its events are looked for.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The clean text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Its dateline: inside the first sentence, but no part of its clause.
    pub dateline: Option<&'a Dateline>,
    /// Its names, times, amounts and quotations.
    pub entities: &'a Entities,
}

impl Detector {
    /// Reads the catalogue that the dictionary carries.
    ///
    /// # Errors
    /// When the dictionary carries none, or a row of it names what does not exist.
    pub fn new(dictionary: &Dictionary<'_>) -> Result<Self> {
        let rows = dictionary.text("events").ok_or_else(|| Error::list("the lists carry no catalogue of events"))?;
        let catalogue = Catalogue::read(rows)?;
        let words = Words::new(dictionary, &catalogue);
        let quotation = catalogue
            .rules
            .iter()
            .position(|r| r.event_type() == "STATEMENT")
            .ok_or_else(|| Error::list("the catalogue of events has no rule for statements"))?;
        Ok(Detector {
            lists: catalogue.rules.iter().map(|r| rules::lists(dictionary, r)).collect(),
            rules: catalogue.rules,
            words,
            quotation: quotation as u32,
        })
    }

    /// A rule by its number in [`Event::rule`].
    pub fn rule(&self, rule: u32) -> &Rule {
        &self.rules[rule as usize]
    }

    /// Replaces `out` by the article's events, by sentence and trigger.
    ///
    /// The tokens must have been annotated by the dictionary that this was built from.
    pub fn detect(&self, article: Input<'_>, scratch: &mut Scratch, out: &mut Vec<Event>) {
        let Input { tokens, sentences, entities, .. } = article;
        out.clear();
        scratch.told.clear();
        scratch.contexts.clear();
        for sentence in sentences {
            scratch.contexts.push(slots::contexts(&self.words, tokens, sentence));
        }
        for number in 0..sentences.len() {
            self.sentence(article, number, scratch, out);
        }
        self.drop_headlines(sentences, out);
        let dateline = article.dateline.and_then(|d| slots::dateline(entities, d));
        for event in out.iter_mut().filter(|e| e.place.is_none()) {
            event.place = dateline;
        }
        group::number(out, |rule| self.rules[rule as usize].event_type(), entities);
    }

    fn sentence(&self, article: Input<'_>, number: usize, scratch: &mut Scratch, out: &mut Vec<Event>) {
        let sentence = &article.sentences[number];
        if let SentencePart::Furniture | SentencePart::Header = sentence.part {
            return;
        }
        let triggers = sentence.range().any(|at| rules::is_trigger(&self.words, article.tokens, at));
        let quotes = statement::begins_in(article.entities, sentence);
        if !triggers && quotes.is_empty() {
            return;
        }
        let mut sheet = std::mem::take(&mut scratch.sheet);
        sheet.read(&self.words, article, sentence);
        let clause = Clause { sheet: &sheet, words: &self.words, tokens: article.tokens, entities: article.entities };
        let before = out.len();
        for at in sentence.range() {
            if rules::is_trigger(&self.words, article.tokens, at) {
                self.trigger(article, clause, number, at as u32, scratch, out, before);
            }
        }
        for quotation in quotes {
            if let Some(mut event) = statement::quoted(clause, quotation, number, self.quotation) {
                let set = self.contexts(&self.rules[self.quotation as usize], number, &scratch.contexts);
                event.contexts.extend(plover::context_names(set));
                let cue = event.head;
                // What the cue reports is the quotation itself.
                out.retain(|e| e.head != cue || e.sentence as usize != number);
                out.push(event);
            }
        }
        out[before..].sort_by_key(|e| (e.sentence, e.head));
        scratch.sheet = sheet;
    }

    /// Tries the rules of one trigger, in the order of the catalogue; the first that fits tells the event.
    #[allow(clippy::too_many_arguments)]
    fn trigger(
        &self,
        article: Input<'_>,
        clause: Clause<'_>,
        number: usize,
        token: u32,
        scratch: &mut Scratch,
        out: &mut Vec<Event>,
        first_here: usize,
    ) {
        let (from, to) = self.words.of(&article.tokens[token as usize]).rules;
        for &rule_number in &self.words.rules[usize::from(from)..usize::from(to)] {
            let rule = &self.rules[rule_number as usize];
            let frame = match rule.word {
                WordKind::Verb => clause.verb_frame(rule, token),
                WordKind::Noun => clause.noun_frame(token),
                WordKind::Adjective => clause.adjective_frame(token),
            };
            let Some(frame) = frame else { continue };
            if !clause.fits(rule, &self.lists[rule_number as usize], &frame) {
                continue;
            }
            if rule.word == WordKind::Noun && !self.stands(clause, rule, &frame) {
                return;
            }
            self.tell(article, clause, number, token, rule_number, &frame, scratch, out, first_here);
            return;
        }
    }

    /// Whether a noun tells an event of its own, rather than speaking of one.
    ///
    /// A light verb makes it one ("held a meeting"). Without it, new information does: a possessor, an amount, the
    /// parties, or an indefinite article where it is only the scene ("in a meeting with …").
    fn stands(&self, clause: Clause<'_>, rule: &Rule, frame: &Frame) -> bool {
        if rule.event_type() != "CONSULT" {
            let carried = frame.carrier & (flag::HOLD | flag::CARRY | flag::EXPRESS | flag::PAY) != 0;
            return carried
                || matches!(rule.event_type(), "COERCE" | "RETREAT") && {
                    // "the seizure reflects": a bare noun speaks of an event told elsewhere.
                    let next = clause.kind(frame.at + 1);
                    !frame.definite || next == Some(K::Preposition)
                };
        }
        let fits = if rule.mode() == Some("visit") { flag::PAY | flag::HOLD } else { flag::HOLD | flag::ATTEND };
        if frame.carrier & fits != 0 {
            return true;
        }
        let before = frame.at.checked_sub(1);
        let governed = before.is_some_and(|i| clause.kind(i) == Some(K::Preposition));
        let preposition = before.map_or(0, |i| clause.chunk(i).preposition);
        // "called for a meeting", "an invitation for a visit", "proposed a meeting": wished for.
        if preposition == super::words::FOR || before.is_some_and(|i| clause.kind(i) == Some(K::Verb)) {
            return false;
        }
        let chunk = clause.chunk(frame.at);
        let opened = clause.sheet.tag(chunk.first);
        use super::syntax::Tag;
        let possessed =
            (chunk.first..chunk.head).any(|t| matches!(clause.sheet.tag(t), Tag::Genitive | Tag::Possessive));
        if rule.mode() == Some("visit") && possessed {
            return true;
        }
        let end = clause.right_end(frame.at);
        let with = clause.after(frame.at, end, super::words::WITH).is_some_and(|np| clause.is_agent(np));
        let scene = opened == Tag::Determiner && clause.place_at(frame.at + 1).is_some();
        governed && !frame.definite && (with || scene)
    }

    /// Fills the slots of an event that is certain.
    #[allow(clippy::too_many_arguments)]
    fn tell(
        &self,
        article: Input<'_>,
        clause: Clause<'_>,
        number: usize,
        token: u32,
        rule_number: u32,
        frame: &Frame,
        scratch: &mut Scratch,
        out: &mut Vec<Event>,
        first_here: usize,
    ) {
        let rule = &self.rules[rule_number as usize];
        let (mut actors, mut recipients) =
            (std::mem::take(&mut scratch.actors), std::mem::take(&mut scratch.recipients));
        actors.clear();
        recipients.clear();
        clause.parties(rule, frame, Part::Actor, &scratch.told, &mut actors);
        clause.parties(rule, frame, Part::Recipient, &scratch.told, &mut recipients);
        let consult = rule.event_type() == "CONSULT";
        if rule.word == WordKind::Noun && consult && frame.carrier == 0 {
            self.attendant(clause, frame, &scratch.told, &mut actors);
        }
        if rule.word == WordKind::Noun && rule.event_type() == "COERCE" && actors.is_empty() && frame.carrier == 0 {
            self.cause(clause, frame, &mut actors);
        }
        self.recall(clause, &out[..], number, &mut actors);
        recipients.retain(|p| !actors.iter().any(|a| a.first == p.first));
        let mut event = Event {
            sentence: number as u32,
            rule: rule_number,
            first: token,
            end: token + 1,
            head: token,
            passive: frame.passive,
            nominal: rule.word == WordKind::Noun,
            realis: frame.realis,
            negated: frame.negated,
            modes: rule.mode().into_iter().collect(),
            contexts: Vec::new(),
            attribution: None,
            actors: Vec::new(),
            recipients: Vec::new(),
            date: None,
            place: None,
            quantities: Vec::new(),
            quotation: None,
            group: 0,
            score: 0.0,
        };
        if let Some(verb) = frame.verb.filter(|_| rule.word != WordKind::Verb) {
            let verb = clause.chunk(verb).head;
            (event.first, event.end) = (verb.min(token), verb.max(token) + 1);
        }
        let earlier = self.merges(rule, frame, &event, &actors, &out[..], first_here);
        if let Some(at) = earlier {
            for party in &actors {
                rules::push(&mut out[at].actors, Some(*party));
            }
            for party in &recipients {
                rules::push(&mut out[at].recipients, Some(*party));
            }
        } else {
            if let Some(role) = rule.quantity {
                let end = clause.right_end(frame.verb.unwrap_or(frame.at).max(frame.at));
                clause.quantities(frame.at, end, role, &mut event.quantities);
                if let Some((np, region)) = frame.object.filter(|_| frame.passive) {
                    clause.quantities(np, region.min(frame.at), role, &mut event.quantities);
                }
            }
            event.actors.extend_from_slice(&actors);
            event.recipients.extend_from_slice(&recipients);
            self.place_and_date(article, clause, number, frame, rule, &mut event, out);
            event.contexts.extend(plover::context_names(self.contexts(rule, number, &scratch.contexts)));
            event.attribution = statement::attribution(clause, frame.verb.unwrap_or(frame.at), &event);
            event.score = score(rule, &event);
            if consult && event.actors.len() > 1 {
                scratch.told.clear();
                scratch.told.extend_from_slice(&event.actors);
            }
            out.push(event);
        }
        (scratch.actors, scratch.recipients) = (actors, recipients);
    }

    /// Who attends a meeting that is only the scene: the subject of the clause ("said in a meeting with …").
    fn attendant(&self, clause: Clause<'_>, frame: &Frame, told: &[Party], actors: &mut Vec<Party>) {
        let Some(before) = frame.at.checked_sub(1) else { return };
        let scene = matches!(clause.chunk(before).preposition, super::words::IN | super::words::AT);
        let Some(verb) = clause.verb_left(frame.at).filter(|_| scene) else { return };
        if clause.chunk(verb).verb & super::syntax::verb::PASSIVE != 0 {
            return;
        }
        if let Some((np, _)) = clause.subject(verb, 0).filter(|(np, _)| clause.is_agent(*np))
            && (!clause.is_told(np) || !told.is_empty())
        {
            rules::push(actors, clause.party(np));
        }
    }

    /// Who did what led to a deed: "Norway's operation, which resulted in the seizure of …".
    fn cause(&self, clause: Clause<'_>, frame: &Frame, actors: &mut Vec<Party>) {
        let Some(verb) = frame.at.checked_sub(2).filter(|&v| clause.is_finite(v)) else { return };
        if clause.kind(frame.at - 1) != Some(K::Preposition) {
            return;
        }
        let Some((mut np, _)) = clause.subject(verb, 0) else { return };
        // "the operation in the gulf, which": the pronoun stands for the operation.
        while np >= 2 && clause.kind(np - 1) == Some(K::Preposition) && clause.is_nominal(np - 2) {
            np -= 2;
        }
        rules::push(actors, clause.owner(np));
    }

    /// "The official" after somebody was told of: who acted last.
    fn recall(&self, clause: Clause<'_>, out: &[Event], number: usize, actors: &mut [Party]) {
        for actor in actors.iter_mut().filter(|a| a.entity == NONE && a.country == [0; 2]) {
            let definite = actor.first > 0 && clause.flags(actor.first - 1) & flag::DEFINITE != 0;
            if actor.end - actor.first > 1 || !definite || !clause.is_office(actor.first) {
                continue;
            }
            let last = out.iter().rev().take_while(|e| e.sentence as usize + 3 > number);
            let person = last
                .filter_map(|e| e.actors.first())
                .find(|p| clause.entities.list.get(p.entity as usize).is_some_and(|e| e.kind == EntityType::Person));
            if let Some(person) = person {
                (actor.entity, actor.country, actor.sector) = (person.entity, person.country, person.sector);
            }
        }
    }

    /// The earlier event that this only tells again: one of the same kind with the same actor in this sentence, or,
    /// for "the meeting", the meeting told before.
    fn merges(
        &self,
        rule: &Rule,
        frame: &Frame,
        event: &Event,
        actors: &[Party],
        out: &[Event],
        first_here: usize,
    ) -> Option<usize> {
        let same = |at: &usize| {
            let other = &out[*at];
            let known = &self.rules[other.rule as usize];
            known.event_type() == rule.event_type()
                && (known.mode() == rule.mode()
                    || rule.event_type() == "CONSULT" && rule.mode() != Some("visit") && known.mode() != Some("visit"))
        };
        let sentence = (first_here..out.len()).filter(same).find(|&at| {
            let other = &out[at];
            other.negated == event.negated
                && match (other.actors.first(), actors.first()) {
                    (Some(a), Some(b)) => a.first == b.first,
                    (None, None) => rule.word == WordKind::Noun,
                    _ => false,
                }
        });
        if sentence.is_some() {
            return sentence;
        }
        let again = rule.word == WordKind::Noun && frame.definite && frame.carrier & flag::ATTEND == 0;
        if !again {
            return None;
        }
        let told = (0..first_here).rev().find(same);
        told.filter(|&at| {
            let other = &out[at];
            self.rules[other.rule as usize].lemma() == rule.lemma() || other.actors.is_empty()
        })
    }

    #[allow(clippy::too_many_arguments)]
    fn place_and_date(
        &self,
        article: Input<'_>,
        clause: Clause<'_>,
        number: usize,
        frame: &Frame,
        rule: &Rule,
        event: &mut Event,
        out: &[Event],
    ) {
        let sentence = &article.sentences[number];
        let entities = article.entities;
        // "During his visit, …" goes on telling what was told: so do day and place.
        let goes_on = continues(clause);
        let last = out.iter().rev().find(|e| e.quotation.is_none()).filter(|_| goes_on);
        event.date = match slots::date(entities, sentence, clause.sheet, event.head) {
            Some(time) => Some((Some(time), From::Text)),
            None => match last.and_then(|e| e.date) {
                Some((Some(time), _)) => Some((Some(time), From::Paragraph)),
                _ => Some((None, From::Published)),
            },
        };
        let named = rule.frame.iter().find(|(part, _)| *part == Part::Place);
        event.place = named
            .and_then(|(_, source)| self.named_place(clause, frame, *source))
            .or_else(|| clause.place(frame.verb.unwrap_or(frame.at).max(frame.at)))
            .map(|mention| (mention, From::Text))
            .or_else(|| {
                let (mention, _) = last.and_then(|e| e.place)?;
                Some((mention, From::Paragraph))
            });
    }

    /// The place that a rule's frame names: the object of "visited", the goal of "a visit to".
    fn named_place(&self, clause: Clause<'_>, frame: &Frame, source: Source) -> Option<u32> {
        use crate::entities::EntityType as E;
        let np = match source {
            Source::Object => frame.object?.0,
            Source::After(p) => clause.after(frame.at, clause.right_end(frame.at), p)?,
            // "invited her to visit Oslo"
            Source::Complement => {
                let from = frame.verb.unwrap_or(frame.at).max(frame.at);
                return (from + 1..clause.sheet.chunks.len().min(from + 8)).find_map(|i| {
                    let chunk = clause.chunk(i);
                    if chunk.kind != K::Noun {
                        return None;
                    }
                    let (number, m) = entities_mention(clause, chunk.head)?;
                    matches!(m, E::Gpe | E::Loc | E::Fac).then_some(number)
                });
            }
            _ => return None,
        };
        let (number, kind) = entities_mention(clause, clause.chunk(np).head)?;
        matches!(kind, E::Gpe | E::Loc | E::Fac).then_some(number)
    }

    /// Contexts of an event: its rule's, its sentence's, else those of the sentences around it.
    fn contexts(&self, rule: &Rule, number: usize, of: &[u64]) -> u64 {
        let around = || {
            let before = number.checked_sub(1).map_or(0, |n| of[n]);
            before | of.get(number + 1).copied().unwrap_or(0)
        };
        rule.contexts | if of[number] != 0 { of[number] } else { around() }
    }

    /// A headline is told again in the lead: then it is no event of its own.
    fn drop_headlines(&self, sentences: &[Sentence], out: &mut Vec<Event>) {
        let is_head =
            |e: &Event| matches!(sentences[e.sentence as usize].part, SentencePart::Title | SentencePart::Heading);
        let mut at = 0;
        while at < out.len() {
            let kind = self.rules[out[at].rule as usize].event_type();
            let again = is_head(&out[at])
                && out[at + 1..].iter().any(|e| !is_head(e) && self.rules[e.rule as usize].event_type() == kind);
            if again {
                out.remove(at);
            } else {
                at += 1;
            }
        }
    }
}

fn entities_mention(clause: Clause<'_>, token: u32) -> Option<(u32, crate::entities::EntityType)> {
    clause.numbered(token).map(|(n, m)| (n, m.kind))
}

/// Whether a sentence opens with "during the meeting", "at the talks", "on his visit".
fn continues(clause: Clause<'_>) -> bool {
    let chunks = &clause.sheet.chunks;
    let [first, second, ..] = &chunks[..] else { return false };
    first.kind == K::Preposition
        && second.kind == K::Noun
        && clause.flags(second.head) & flag::GATHERING != 0
        && (second.first..second.head)
            .any(|t| clause.flags(t) & flag::DEFINITE != 0 || clause.sheet.tag(t) == super::syntax::Tag::Possessive)
}

/// How sure an event is: surer with its parties named, less so when it is only foreseen.
fn score(rule: &Rule, event: &Event) -> f32 {
    let mut score: f32 = 0.6;
    if !event.actors.is_empty() {
        score += 0.15;
    }
    let wants_recipient = rule.frame.iter().any(|(p, _)| *p == Part::Recipient);
    if !wants_recipient || !event.recipients.is_empty() {
        score += 0.1;
    }
    if let Some((Some(_), From::Text)) = event.date {
        score += 0.05;
    }
    if event.realis != Realis::Actual {
        score -= 0.15;
    }
    score
}

#[cfg(test)]
mod tests {
    use super::super::catalogue;
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn every_row_finds_its_example_and_nothing_in_its_counterexample() {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the lists are sound");
        let rows = dictionary.text("events").expect("the lists carry the catalogue");
        let mut wrong = Vec::new();
        for example in catalogue::examples(rows) {
            let detector = || Detector::new(&dictionary).expect("the catalogue is sound");
            let yes = Sample::with(&dictionary, detector(), example.yes);
            if !yes.fired(example.id) {
                wrong.push(format!("{} not in {:?}: {}", example.id, example.yes, yes.told()));
            }
            let no = Sample::with(&dictionary, detector(), example.no);
            if no.fired(example.id) {
                wrong.push(format!("{} in {:?}: {}", example.id, example.no, no.told()));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn who_and_whom() {
        for (text, kind, actors, recipients) in [
            (
                "{P:Marta Ilves}, the envoy of {G:Latvia}, praised {G:Estonia}'s swift work.",
                "SUPPORT",
                "Marta Ilves",
                "Estonia",
            ),
            (
                "The envoy of {G:Latvia}, {P:Marta Ilves}, met with {P:Juris Ozols}.",
                "CONSULT",
                "Marta Ilves; Juris Ozols",
                "",
            ),
            ("Lauding {G:Estonia}'s work, {P:Marta Ilves} said more was needed.", "SUPPORT", "Marta Ilves", "Estonia"),
            ("{P:Juris Ozols}, who met nobody, thanked {P:Marta Ilves}.", "SUPPORT", "Juris Ozols", "Marta Ilves"),
            (
                "Two smugglers were arrested by {O:Latvian Customs} in {G:Riga}.",
                "COERCE",
                "Latvian Customs",
                "Two smugglers",
            ),
            ("Two smugglers were arrested in {G:Riga}.", "COERCE", "", "Two smugglers"),
            ("{O:Latvian Customs}'s recent seizure of 300 kg of cocaine was praised.", "COERCE", "Latvian Customs", ""),
            ("{G:Latvia} and {G:Estonia} agreed to build a bridge.", "AGREE", "Latvia; Estonia", ""),
            ("{P:Marta Ilves} took the opportunity to visit {G:Riga}.", "CONSULT", "Marta Ilves", "Riga"),
            (
                "During the talks, {P:Marta Ilves} expressed gratitude for {G:Estonia}'s support.",
                "SUPPORT",
                "Marta Ilves",
                "Estonia",
            ),
            (
                "{P:Juris Ozols} extended an invitation to {P:Marta Ilves} for a visit to {G:Riga}.",
                "REQUEST",
                "Juris Ozols",
                "Marta Ilves",
            ),
            ("On {D:1 March 2026}, {N:Latvian} forces seized 300 kg of cocaine.", "COERCE", "Latvian forces", ""),
            (
                "The minister and head of Customs {P:Marta Ilves} held a meeting with {P:Juris Ozols}.",
                "CONSULT",
                "Marta Ilves; Juris Ozols",
                "",
            ),
        ] {
            let sample = Sample::of(text);
            let event = sample.only(kind);
            assert_eq!(sample.names(&event.actors), actors, "{text}: {}", sample.told());
            assert_eq!(sample.names(&event.recipients), recipients, "{text}: {}", sample.told());
        }
    }

    #[test]
    fn what_is_denied_planned_or_only_wished_for_says_so() {
        let sample = Sample::of("{G:Latvia} did not sign the agreement.");
        assert!(sample.only("SUPPORT").negated);
        let sample = Sample::of("{P:Marta Ilves} will visit {G:Riga}.");
        assert_eq!(sample.only("CONSULT").realis, Realis::Future);
        let sample = Sample::of("{P:Marta Ilves} wants to seize the drugs.");
        assert!(sample.events.is_empty(), "{}", sample.told());
        let sample = Sample::of("{P:Marta Ilves} called for a meeting with {P:Juris Ozols}.");
        assert!(!sample.fired("consult.meeting"), "{}", sample.told());
    }

    #[test]
    fn a_passive_without_by_has_no_actor() {
        let sample = Sample::of("300 kg of cocaine were seized in {G:Riga}.");
        let event = sample.only("COERCE");
        assert!(event.passive && event.actors.is_empty());
        assert_eq!(event.quantities.len(), 1);
        assert_eq!(event.quantities[0].role, "seized");
    }

    #[test]
    fn they_are_those_who_met() {
        let sample =
            Sample::of("{P:Marta Ilves} met {P:Juris Ozols} in {G:Riga}.\nThe two ministers agreed to share more.");
        let event = sample.only("AGREE");
        assert_eq!(sample.names(&event.actors), "Marta Ilves; Juris Ozols");
    }

    #[test]
    fn one_happening_is_told_once_a_sentence() {
        let sample = Sample::of("{P:Marta Ilves} praised {G:Latvia}'s work and commended {P:Juris Ozols}.");
        let event = sample.only("SUPPORT");
        assert_eq!(sample.names(&event.recipients), "Latvia; Juris Ozols");
    }

    #[test]
    fn the_official_of_a_country_is_whom_the_article_named_before() {
        let sample = Sample::of("The {N:Latvian} minister praised {G:Estonia}.\n{P:Juris Ozols} left.");
        let event = sample.only("SUPPORT");
        assert_eq!(event.actors[0].entity, NONE, "nobody was named yet");
    }

    #[test]
    fn the_same_happening_has_one_group() {
        let sample = Sample::of(
            "{O:Latvian Customs} seized 300 kg of cocaine.\nThe seizure of 300 kg of cocaine pleased {G:Riga}.\n{O:Latvian Customs} seized 20 kg of heroin from {P:Juris Ozols}.",
        );
        let groups: Vec<u32> = sample.events.iter().map(|e| e.group).collect();
        assert!(groups.windows(2).take(1).all(|w| w[0] == w[1]), "{groups:?}");
    }
}

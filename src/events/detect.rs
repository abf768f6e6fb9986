//! The station: from triggers to events, sentence by sentence.

use super::catalogue::{Catalogue, Rule, WordKind};
use super::clause::Clause;
use super::frame::{Frame, Voice};
use super::plan::{Plan, Plans};
use super::syntax::{ChunkKind as K, Reading, Sheet, Tag};
use super::triggers::Seen;
use super::words::{self, Words, flag};
use super::{Event, Party, group, slots, statement};
use crate::dictionary::Dictionary;
use crate::entities::Entities;
use crate::error::{Error, Result};
use crate::normalize::Dateline;
use crate::segment::{Part as SentencePart, Sentence, Sentences};
use crate::token::Tokens;
use std::cell::OnceCell;

/// The catalogue, made ready; shared by all workers.
pub struct Detector {
    pub(super) rules: Vec<Rule>,
    pub(super) plans: Plans,
    pub(super) words: Words,
    /// The rule for quotations.
    quotation: u32,
}

/// What a worker keeps from article to article, so that a steady run allocates only for what it finds.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) sheet: Sheet,
    /// The tokens of which more is asked, and whether they may trigger an event.
    asked: Vec<(u32, bool)>,
    /// Those that may, with the numbers of their sentences.
    pub(super) triggers: Vec<(u32, u32)>,
    /// The tokens by which it is told to which sentences quotations belong, in order.
    anchors: Vec<u32>,
    /// For each event the last one of its type before it.
    links: Vec<group::Link>,
    /// The parties of the last event that had several: who "they" and "both sides" are.
    pub(super) told: Vec<Party>,
    /// What was seen of each sentence before it was parsed.
    pub(super) survey: Vec<Seen>,
    pub(super) pool: Pool,
}

/// Lists of parties that earlier articles needed, for the next ones.
#[derive(Debug, Default)]
pub(super) struct Pool(Vec<Vec<Party>>);

impl Pool {
    /// An empty list.
    pub fn take(&mut self) -> Vec<Party> {
        self.0.pop().unwrap_or_default()
    }

    /// Takes the lists of an event that is none.
    fn retire(&mut self, event: Event) {
        self.put(event.actors);
        self.put(event.recipients);
    }

    /// Takes a list back.
    pub fn put(&mut self, mut list: Vec<Party>) {
        if list.capacity() > 0 {
            list.clear();
            self.0.push(list);
        }
    }
}

/// What is known of an article when its events are looked for.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The clean text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a Tokens,
    /// Its sentences.
    pub sentences: &'a Sentences,
    /// Its dateline: inside the first sentence, but no part of its clause.
    pub dateline: Option<&'a Dateline>,
    /// Its names, times, amounts and quotations.
    pub entities: &'a Entities,
}

/// A sentence whose events are looked for.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    pub article: Input<'a>,
    pub clause: Clause<'a>,
    /// The sentence's number.
    pub number: usize,
    /// How many events stood before this sentence's.
    pub before: usize,
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
        // Rules of users stand first, and theirs are of other words.
        let states = |rule: &Rule| rule.event_type() == "STATEMENT";
        let quotation = (catalogue.rules.iter().position(|r| states(r) && r.lemma() == "say"))
            .or_else(|| catalogue.rules.iter().position(states))
            .ok_or_else(|| Error::list("the catalogue of events has no rule for statements"))?;
        Ok(Detector {
            plans: Plans::new(dictionary, &catalogue.rules),
            rules: catalogue.rules,
            words,
            quotation: quotation as u32,
        })
    }

    /// All rules, by their numbers in [`Event::rule`].
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// A rule by its number in [`Event::rule`].
    pub fn rule(&self, rule: u32) -> &Rule {
        &self.rules[rule as usize]
    }

    /// Replaces `out` by the article's events, by sentence and trigger.
    ///
    /// The tokens must have been annotated by the dictionary that this was built from.
    pub fn detect(&self, article: Input<'_>, scratch: &mut Scratch, out: &mut Vec<Event>) {
        let Input { sentences, entities, .. } = article;
        for event in out.iter_mut() {
            scratch.pool.put(std::mem::take(&mut event.actors));
            scratch.pool.put(std::mem::take(&mut event.recipients));
        }
        out.clear();
        scratch.told.clear();
        let mut triggers = std::mem::take(&mut scratch.triggers);
        let mut sheet = std::mem::take(&mut scratch.sheet);
        sheet.open(&article);
        self.triggers(&article, &sheet.cover, &mut scratch.asked, &mut triggers, &mut scratch.survey);
        let mut reading = Reading::new(&self.words, article);
        let mut ahead = &triggers[..];
        let mut quotations = statement::Quotations::default();
        scratch.anchors.clear();
        scratch.anchors.extend(entities.quotations.iter().map(statement::anchor));
        scratch.anchors.sort_unstable();
        let mut anchors = 0;
        // Only sentences that hold a trigger or a quotation are looked at.
        loop {
            let triggered = ahead.first().map_or(sentences.len(), |(_, sentence)| *sentence as usize);
            let anchor = scratch.anchors.get(anchors).copied().unwrap_or(u32::MAX);
            let quoted = scratch.anchors.get(anchors).map_or(usize::MAX, |a| sentences.number_of(*a as usize));
            let number = triggered.min(quoted);
            let Some(sentence) = sentences.get(number) else { break };
            let (here, after) = ahead.split_at(ahead.iter().take_while(|(_, of)| *of as usize == number).count());
            ahead = after;
            let mut quotes = 0..0;
            if anchor < sentence.end {
                quotes = quotations.of(entities, sentence);
                anchors += scratch.anchors[anchors..].iter().take_while(|a| **a < sentence.end).count();
            }
            let is_read = !matches!(sentence.part, SentencePart::Furniture | SentencePart::Header);
            if is_read && !(here.is_empty() && quotes.is_empty()) {
                self.sentence(&mut reading, number, (here, quotes), &mut sheet, scratch, out);
            }
        }
        (scratch.triggers, scratch.sheet) = (triggers, sheet);
        self.drop_headlines(sentences, out, &mut scratch.pool);
        self.place_by_article(article, out);
        let types = out.iter().map(|e| self.plans.of(e.rule).kind);
        group::link(out, types, self.plans.of(self.quotation).kind, &mut scratch.links);
        group::number(out, &scratch.links, entities);
    }

    #[inline(never)]
    fn sentence(
        &self,
        reading: &mut Reading<'_>,
        number: usize,
        (triggers, quotes): (&[(u32, u32)], std::ops::Range<usize>),
        sheet: &mut Sheet,
        scratch: &mut Scratch,
        out: &mut Vec<Event>,
    ) {
        let article = reading.article;
        let sentence = &article.sentences[number];
        // "“…”, she said": all is known beside the quotation, and its cue tells nothing else.
        let plain = |q: usize| statement::is_plain(&self.words, article, sentence, q);
        let cue = |(t, _): &(u32, u32)| {
            let quoted = |q: usize| article.entities.quotations[q].cue == Some(*t);
            self.words.of(&article.tokens[*t as usize]).flags & flag::SAYS != 0 && quotes.clone().any(quoted)
        };
        if !quotes.is_empty() && triggers.iter().all(cue) && quotes.clone().all(plain) {
            sheet.clear();
        } else {
            sheet.read(reading, sentence, scratch.survey[number].has_brackets);
        }
        let clause = Clause { sheet, words: &self.words, tokens: article.tokens, entities: article.entities };
        let before = out.len();
        let here = Here { article, clause, number, before };
        for &(trigger, _) in triggers {
            self.trigger(&here, trigger, scratch, out);
        }
        let is_mixed = !quotes.is_empty();
        for quotation in quotes {
            let mut event = statement::quoted(&here.clause, quotation, number, self.quotation, &mut scratch.pool);
            event.contexts = self.contexts(number, self.quotation, &scratch.survey);
            // What the cue reports is the quotation itself, of which it may have two parts: "“…,” she said. “…”".
            let mut at = before;
            while at < out.len() {
                let says = self.plans.of(out[at].rule).kind == self.plans.of(self.quotation).kind;
                if says && out[at].head == event.head && out[at].quotation.is_none() {
                    scratch.pool.retire(out.remove(at));
                } else {
                    at += 1;
                }
            }
            out.push(event);
        }
        // Triggers were tried in order; only quotations may stand before them.
        if is_mixed {
            out[before..].sort_by_key(|e| e.head);
        }
    }

    /// Tries the rules of one trigger, in the order of the catalogue; the first that fits tells the event.
    #[inline(never)]
    fn trigger(&self, here: &Here<'_>, token: u32, scratch: &mut Scratch, out: &mut Vec<Event>) {
        let clause = &here.clause;
        let Some(at) = clause.sheet.chunk_at(token) else { return };
        let rules = self.words.rules_of(self.words.of(&here.article.tokens[token as usize]));
        // All rules of one kind of word read the same frame; only a verb's depends on the rule in part.
        let (mut verb, mut noun, mut adjective) = (None, None, None);
        let (mut of_verb, mut voice) = (None, Voice::default());
        for &rule_number in rules {
            let plan = self.plans.of(rule_number);
            // Frames are large and stay where they were made.
            let frame = match plan.word {
                WordKind::Verb => match verb.get_or_insert_with(|| clause.deed(at, token)) {
                    Some(deed) => {
                        let before = std::mem::replace(&mut voice, deed.voice(plan));
                        if before != voice {
                            of_verb = None;
                        }
                        &*of_verb.get_or_insert_with(|| clause.verb_frame(deed, voice))
                    }
                    None => continue,
                },
                WordKind::Noun => match noun.get_or_insert_with(|| clause.noun_frame(at, token)) {
                    Some(frame) => &*frame,
                    None => continue,
                },
                WordKind::Adjective => match adjective.get_or_insert_with(|| clause.adjective_frame(at, token)) {
                    Some(frame) => &*frame,
                    None => continue,
                },
            };
            if !clause.fits(&self.plans, self.plans.steps(plan), frame) {
                continue;
            }
            if plan.word == WordKind::Noun && !stands(clause, plan, frame) {
                return;
            }
            self.tell(here, token, rule_number, frame, scratch, out);
            return;
        }
    }

    /// Where the events are that name no place: what is said is said where the article was written; what is done may be
    /// anywhere in the country.
    fn place_by_article(&self, Input { entities, dateline, .. }: Input<'_>, out: &mut [Event]) {
        let written = dateline.and_then(|d| slots::dateline(entities, d));
        let country = OnceCell::new();
        for event in out.iter_mut().filter(|e| e.place.is_none()) {
            let is_done = self.rule(event.rule).quad_code().is_multiple_of(2);
            event.place = if is_done { *country.get_or_init(|| slots::country(entities)) } else { written };
        }
    }

    /// A headline is told again in the lead: then it is no event of its own.
    fn drop_headlines(&self, sentences: &[Sentence], out: &mut Vec<Event>, pool: &mut Pool) {
        let is_head =
            |e: &Event| matches!(sentences[e.sentence as usize].part, SentencePart::Title | SentencePart::Heading);
        // The types that the body tells behind the event at hand.
        let mut told = 0u32;
        for at in (0..out.len()).rev() {
            let kind = 1 << self.plans.of(out[at].rule).kind;
            if !is_head(&out[at]) {
                told |= kind;
            } else if told & kind != 0 {
                pool.retire(out.remove(at));
            }
        }
    }
}

/// Whether a noun tells an event of its own, rather than speaking of one.
///
/// A light verb makes it one ("held a meeting"). Without it, new information does: a possessor, an amount, the
/// parties, or an indefinite article where it is only the scene ("in a meeting with …").
pub(super) fn stands(clause: &Clause<'_>, plan: &Plan, frame: &Frame) -> bool {
    if !plan.is_consult {
        let carried = frame.carrier & (flag::LIGHT & !flag::ATTEND) != 0;
        return carried
            || plan.tells_bare
                && {
                    // "the seizure reflects": a bare noun speaks of an event told elsewhere.
                    let next = clause.kind(frame.at + 1);
                    !frame.definite || next == Some(K::Preposition)
                }
                && !(plan.is_assault && is_recalled(clause, frame));
    }
    let fits = if plan.is_visit { flag::PAY | flag::HOLD } else { flag::HOLD | flag::ATTEND };
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
    if plan.is_visit && clause.is_possessed(frame.at) {
        return true;
    }
    let with = clause.after(frame.at, frame.end, super::words::WITH).is_some_and(|np| clause.is_agent(np));
    let scene = opened == Tag::Determiner && clause.place_at(frame.at + 1).is_some();
    governed && !frame.definite && (with || scene)
}

/// Whether a preposition makes an attack one that was told before: "charged with the murder of", "jailed for the attack".
fn is_recalled(clause: &Clause<'_>, frame: &Frame) -> bool {
    const RECALLING: u32 = 1 << words::WITH | 1 << words::FOR | 1 << words::OF;
    let before = frame.at.checked_sub(1).filter(|&i| clause.kind(i) == Some(K::Preposition));
    before.is_some_and(|i| RECALLING >> clause.chunk(i).preposition & 1 != 0)
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::super::{Realis, catalogue, user};
    use super::*;
    use crate::dictionary::NONE;
    use std::sync::Arc;

    #[test]
    fn every_row_finds_its_example_and_nothing_in_its_counterexample() {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the lists are sound");
        let detector = Arc::new(Detector::new(&dictionary).expect("the catalogue is sound"));
        let mut wrong: Vec<String> = Vec::new();
        for row in catalogue::rows(&dictionary) {
            user::try_examples(&dictionary, &detector, &row, &mut |fault| wrong.push(format!("{}: {fault}", row.rule)));
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
    fn the_clauses_that_news_is_made_of() {
        let mut wrong = Vec::new();
        for (text, kind, actors, recipients) in [
            ("Guards beat a prisoner in {G:Riga}.", "ASSAULT", "Guards", "prisoner"),
            ("Union officials praise the port's owners.", "SUPPORT", "Union officials", "port's owners"),
            ("The rebels killed more than 40 wounded soldiers.", "ASSAULT", "rebels", "40 wounded soldiers"),
            ("{G:Latvia} rejected repeated appeals by {G:Estonia}.", "REJECT", "Latvia", "Estonia"),
            ("The strike ended after {G:Latvia} released three prisoners.", "RETREAT", "Latvia", "three prisoners"),
            ("{G:Latvia} lifted sanctions imposed on {G:Estonia}.", "CONCEDE", "Latvia", "Estonia"),
            ("Weeks before the vote, {G:Latvia} arrested two bankers.", "COERCE", "Latvia", "two bankers"),
            ("In that case, {G:Latvia} condemned {G:Estonia}.", "ACCUSE", "Latvia", "Estonia"),
            ("{G:Latvia} refused to meet with {P:Juris Ozols}.", "REJECT", "Latvia", "Juris Ozols"),
            ("{G:Latvia} refused to send medicine to {G:Estonia}.", "REJECT", "Latvia", "Estonia"),
            ("{G:Latvia} agreed to withdraw its troops from {G:Estonia}.", "AGREE", "Latvia", "Estonia"),
            ("{G:Latvia} demanded that {G:Estonia} withdraw.", "REQUEST", "Latvia", "Estonia"),
            ("The government of {G:Latvia} thanked {P:Juris Ozols}.", "SUPPORT", "government of Latvia", "Juris Ozols"),
            (
                "The presidents of {G:Latvia} and {G:Estonia} thanked {P:Juris Ozols}.",
                "SUPPORT",
                "Latvia; Estonia",
                "Juris Ozols",
            ),
            ("The rebels freed dozens of fishermen.", "RETREAT", "rebels", "dozens of fishermen"),
            ("{G:Latvia} began a round of talks with {G:Estonia}.", "CONSULT", "Latvia; Estonia", ""),
            (
                "In a meeting with {P:Juris Ozols}, {P:Marta Ilves} praised the crew.",
                "CONSULT",
                "Marta Ilves; Juris Ozols",
                "",
            ),
            ("The fire in {G:Riga} that killed three sailors was put out.", "ASSAULT", "", "three sailors"),
            ("{G:Latvia} outlawed the party, a blow to its voters, on {D:Monday}.", "COERCE", "Latvia", "party"),
            ("Soldiers were deployed to {G:Riga}.", "MOBILIZE", "Soldiers", "Riga"),
            ("Police arrested nine men in {G:Riga} and {G:Tartu}.", "COERCE", "Police", "nine men"),
        ] {
            let sample = Sample::of(text);
            let found = sample.events.iter().any(|e| {
                sample.detector.rule(e.rule).event_type() == kind
                    && sample.names(&e.actors) == actors
                    && sample.names(&e.recipients) == recipients
            });
            if !found {
                wrong.push(format!("{text}: {}", sample.told()));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn what_is_denied_planned_or_only_wished_for_says_so() {
        let sample = Sample::of("{G:Latvia} did not sign the agreement.");
        assert!(sample.only("SUPPORT").negated);
        let sample = Sample::of("{P:Marta Ilves} will visit {G:Riga}.");
        assert_eq!(sample.only("AGREE").realis, Realis::Future, "a visit to come is a promise");
        let sample = Sample::of("{G:Latvia} will not release the prisoners.");
        assert!(!sample.only("REJECT").negated, "what is refused is a rejection, and that happened");
        let sample = Sample::of("{G:Latvia} said it would send medicine to {G:Estonia}.");
        assert!(sample.fired("agree.future"), "{}", sample.told());
        let sample = Sample::of("{G:Latvia} will attack {G:Estonia}.");
        assert_eq!(sample.only("THREATEN").mode, Some("violence"));
        let sample = Sample::of("TWO SOLDIERS WERE KILLED BY REBELS NEAR {G:RIGA}.");
        assert_eq!(sample.names(&sample.only("ASSAULT").actors), "REBELS", "capitals hide no verb");
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

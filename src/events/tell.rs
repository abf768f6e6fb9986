//! Tells an event that is certain: who, to whom, when, where, how much; and whether it was told before.

use super::catalogue::{Source, WordKind};
use super::clause::Clause;
use super::detect::{Detector, Here, Scratch};
use super::frame::Frame;
use super::plan::Plan;
use super::plover::Contexts;
use super::rows::Row;
use super::rules;
use super::syntax::ChunkKind as K;
use super::triggers::Seen;
use super::words::flag;
use super::{Event, From, Party, Realis, statement};
use crate::dictionary::NONE;
use crate::entities::EntityType;

/// As in [`Event::date`].
type Date = Option<(Option<u32>, From)>;
/// As in [`Event::place`].
type Place = Option<(u32, From)>;

impl Detector {
    /// Fills the slots of an event that is certain.
    #[inline(never)]
    pub(super) fn tell(
        &self,
        here: &Here<'_>,
        token: u32,
        deed: u32,
        frame: &Frame,
        scratch: &mut Scratch,
        out: &mut Vec<Event>,
    ) {
        let (clause, number) = (&here.clause, here.number);
        let plan = self.plans.of(deed);
        let (mut actors, mut recipients) = (scratch.pool.take(), scratch.pool.take());
        clause.parties((plan.word, self.plans.parts(plan)), frame, &scratch.told, &mut actors, &mut recipients);
        let consult = plan.is_consult;
        if plan.word == WordKind::Noun && consult && frame.carrier == 0 {
            self.attendant(clause, frame, &scratch.told, &mut actors);
        }
        if plan.word == WordKind::Noun && plan.is_coerce && actors.is_empty() && frame.carrier == 0 {
            self.cause(clause, frame, &mut actors);
        }
        // "Troops were sent to the border": they are who moves.
        if plan.is_mobilize && frame.passive && actors.is_empty() {
            clause.moved(frame, &scratch.told, &mut actors);
        }
        if actors.is_empty() {
            clause.speaker(frame, &scratch.told, &mut actors);
        }
        if actors.is_empty() && plan.is_assault {
            self.doers(clause, plan, frame, &mut actors);
        }
        self.recall(clause, &out[..], number, &mut actors);
        recipients.retain(|p| !actors.iter().any(|actor| rules::is_same(p, actor)));
        // "granted Norway a pardon": what is done to somebody is no party beside them.
        if recipients.len() > 1
            && let Some((np, _)) = frame.object.filter(|(np, _)| !clause.is_agent(*np))
        {
            let thing = clause.chunk(np);
            recipients.retain(|p| p.entity != NONE || p.end != thing.end);
        }
        // What is seized in a place is not taken from it, and all who meet are actors.
        let is_shared = plan.is_mutual && actors.len() > 1;
        if recipients.is_empty() && plan.may_have_recipient && !is_shared && plan.quantity != Some("seized") {
            clause.likely_recipient(frame, &scratch.told, &actors, &mut recipients);
            if recipients.is_empty() {
                clause.thing(plan, self.plans.parts(plan), frame, &mut recipients);
            }
        }
        let (rule_number, negated) = self.turn(deed, frame, &actors);
        let plan = self.plans.of(rule_number);
        if let Some(at) = self.merges(rule_number, frame, &actors, &out[..], here.before) {
            let earlier = &mut out[at];
            actors.iter().for_each(|party| rules::push(&mut earlier.actors, Some(*party)));
            recipients.iter().for_each(|party| rules::push(&mut earlier.recipients, Some(*party)));
            scratch.pool.put(actors);
            scratch.pool.put(recipients);
            return;
        }
        let mut quantities = Vec::new();
        if let Some(role) = plan.quantity {
            clause.quantities(frame.at, frame.reach, role, &mut quantities);
            if let Some((np, region)) = frame.object.filter(|_| frame.passive) {
                clause.quantities(np, region.min(frame.at), role, &mut quantities);
            }
        }
        let (date, place) = self.date_and_place(here, frame, plan, token, out);
        let attribution = statement::attribution(clause, frame.verb.unwrap_or(frame.at), &actors);
        let score = score(plan, frame, (&actors, &recipients), date);
        if consult && actors.len() > 1 {
            scratch.told.clear();
            scratch.told.extend_from_slice(&actors);
        }
        let carrier = frame.verb.filter(|_| plan.word != WordKind::Verb).map_or(token, |verb| clause.chunk(verb).head);
        out.push(Event {
            sentence: number as u32,
            rule: rule_number,
            first: carrier.min(token),
            end: carrier.max(token) + 1,
            head: token,
            passive: frame.passive,
            nominal: plan.word == WordKind::Noun,
            realis: frame.realis,
            negated,
            mode: plan.mode_name,
            contexts: self.contexts(number, rule_number, &scratch.survey),
            attribution,
            actors,
            recipients,
            date,
            place,
            quantities,
            quotation: None,
            group: 0,
            score,
        });
    }

    /// The rule that tells a deed which somebody promises, refuses or threatens, and whether it is denied.
    fn turn(&self, rule: u32, frame: &Frame, actors: &[Party]) -> (u32, bool) {
        let [announced, refused] = self.plans.of(rule).turned;
        if frame.realis != Realis::Future || frame.passive || actors.is_empty() {
            return (rule, frame.negated);
        }
        match (frame.negated, announced, refused) {
            (false, Some(announced), _) => (announced, false),
            (true, _, Some(refused)) => (refused, false),
            _ => (rule, frame.negated),
        }
    }

    /// Who attends a meeting that is only the scene: the subject of the clause ("said in a meeting with …").
    fn attendant(&self, clause: &Clause<'_>, frame: &Frame, told: &[Party], actors: &mut Vec<Party>) {
        let Some(before) = frame.at.checked_sub(1) else { return };
        let scene = matches!(clause.chunk(before).preposition, super::words::IN | super::words::AT);
        // "In a meeting with Norway, Latvia agreed": what the scene opens is told behind it.
        let behind = || clause.sheet.rows.next(frame.at, Row::finite);
        let Some(verb) = clause.verb_left(frame.at).or_else(behind).filter(|_| scene) else { return };
        if clause.chunk(verb).verb & super::syntax::verb::PASSIVE != 0 {
            return;
        }
        if let Some((np, _)) = clause.subject(verb, 0).filter(|(np, _)| clause.is_agent(*np))
            && (!clause.is_told(np) || !told.is_empty())
        {
            rules::push(actors, clause.party(np));
            actors.rotate_right(1);
        }
    }

    /// Who did what led to a deed: "Norway's operation, which resulted in the seizure of …".
    fn cause(&self, clause: &Clause<'_>, frame: &Frame, actors: &mut Vec<Party>) {
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
    fn recall(&self, clause: &Clause<'_>, out: &[Event], number: usize, actors: &mut [Party]) {
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
    fn merges(&self, rule: u32, frame: &Frame, actors: &[Party], out: &[Event], first_here: usize) -> Option<usize> {
        let plan = self.plans.of(rule);
        let same = |at: &usize| {
            let other = &out[*at];
            let known = self.plans.of(other.rule);
            known.kind == plan.kind && (known.mode == plan.mode || plan.is_consult && !plan.is_visit && !known.is_visit)
        };
        let sentence = (first_here..out.len()).filter(same).find(|&at| {
            let other = &out[at];
            other.negated == frame.negated
                && match (other.actors.first(), actors.first()) {
                    (Some(a), Some(b)) => a.first == b.first,
                    (None, None) => plan.word == WordKind::Noun,
                    _ => false,
                }
        });
        if sentence.is_some() {
            return sentence;
        }
        let again = plan.word == WordKind::Noun && frame.definite && frame.carrier & flag::ATTEND == 0;
        if !again {
            return None;
        }
        let told = (0..first_here).rev().find(same);
        told.filter(|&at| {
            let other = &out[at];
            self.rule(other.rule).lemma() == self.rule(rule).lemma() || other.actors.is_empty()
        })
    }

    fn date_and_place(&self, here: &Here<'_>, frame: &Frame, plan: &Plan, head: u32, out: &[Event]) -> (Date, Place) {
        let clause = &here.clause;
        // "During his visit, …" goes on telling what was told: so do day and place.
        let goes_on = continues(clause);
        let last = goes_on.then(|| out.iter().rev().find(|e| e.quotation.is_none())).flatten();
        let date = match clause.date(head, here.article.dateline) {
            Some(time) => Some((Some(time), From::Text)),
            None => match last.and_then(|e| e.date) {
                Some((Some(time), _)) => Some((Some(time), From::Paragraph)),
                _ => Some((None, From::Published)),
            },
        };
        let place = plan
            .place
            .and_then(|source| self.named_place(clause, frame, source))
            .or_else(|| clause.place(frame.verb.unwrap_or(frame.at).max(frame.at), frame.reach))
            .map(|mention| (mention, From::Text))
            .or_else(|| {
                let (mention, _) = last.and_then(|e| e.place)?;
                Some((mention, From::Paragraph))
            });
        (date, place)
    }

    /// The place that a rule's frame names: the object of "visited", the goal of "a visit to".
    fn named_place(&self, clause: &Clause<'_>, frame: &Frame, source: Source) -> Option<u32> {
        let place = |np: usize| clause.numbered(clause.chunk(np).head).filter(|(_, m)| m.kind.is_place());
        let found = match source {
            Source::Object => place(frame.object?.0),
            Source::After(p) => place(clause.after(frame.at, frame.end, p)?),
            // "invited her to visit Oslo"
            Source::Complement => {
                let from = frame.verb.unwrap_or(frame.at).max(frame.at);
                let mut near = from + 1..clause.sheet.chunks.len().min(from + 8);
                near.find_map(|np| place(np).filter(|_| clause.kind(np) == Some(K::Noun)))
            }
            _ => None,
        };
        found.map(|(number, _)| number)
    }

    /// Contexts of an event: its rule's, its sentence's, else those of the sentences around it.
    pub(super) fn contexts(&self, sentence: usize, rule: u32, survey: &[Seen]) -> Contexts {
        let mut set = survey[sentence].contexts;
        if set == Contexts::NONE {
            let of = |seen: Option<&Seen>| seen.map_or(Contexts::NONE, |seen| seen.contexts);
            set = of(sentence.checked_sub(1).map(|before| &survey[before])).and(of(survey.get(sentence + 1)));
        }
        set.and(self.plans.of(rule).contexts)
    }
}

/// Whether a sentence opens with "during the meeting", "at the talks", "on his visit".
fn continues(clause: &Clause<'_>) -> bool {
    let chunks = &clause.sheet.chunks;
    let [first, second, ..] = &chunks[..] else { return false };
    first.kind == K::Preposition
        && second.kind == K::Noun
        && clause.flags(second.head) & flag::GATHERING != 0
        && (second.first..second.head)
            .any(|t| clause.flags(t) & flag::DEFINITE != 0 || clause.sheet.tag(t) == super::syntax::Tag::Possessive)
}

/// How sure an event is: surer with its parties named, less so when it is only foreseen.
fn score(plan: &Plan, frame: &Frame, (actors, recipients): (&[Party], &[Party]), date: Date) -> f32 {
    let mut score: f32 = 0.6;
    if !actors.is_empty() {
        score += 0.15;
    }
    if !plan.wants_recipient || !recipients.is_empty() {
        score += 0.1;
    }
    if let Some((Some(_), From::Text)) = date {
        score += 0.05;
    }
    if frame.realis != Realis::Actual {
        score -= 0.15;
    }
    score
}

//! To whom a deed was done where its rule's own sources name nobody.

use super::Party;
use super::catalogue::{Part, Source, WordKind};
use super::clause::Clause;
use super::frame::Frame;
use super::plan::Plan;
use super::rules::{is_same, push};
use super::syntax::{ChunkKind as K, verb};
use super::words;
use crate::dictionary::NONE;

impl Clause<'_> {
    /// To whom a deed was done that its rule's own sources do not tell: to whom that would be done which is agreed or
    /// refused ("refused to meet with Norway"), who stands behind the next preposition, or who owns what stands there
    /// ("struck targets of the army", "imposed a curfew in Riga").
    pub fn likely_recipient(&self, frame: &Frame, told: &[Party], actors: &[Party], out: &mut Vec<Party>) {
        // "demanded that Norway withdraw"
        if self.kind(frame.at + 1) == Some(K::Relative) && self.is_nominal(frame.at + 2) {
            self.likely(frame.at + 2, frame.at + 3, told, actors, out);
            if !out.is_empty() {
                return;
            }
        }
        let mut from = frame.at;
        // An infinitive may lead to the next: "agreed to allow ships to land in Riga".
        for _ in 0..3 {
            let Some(at) = self.complement(from) else { break };
            // "called for Norway to pay"
            if at > from + 1 && self.is_nominal(at - 1) && self.is_agent(at - 1) {
                self.likely(at - 1, at, told, actors, out);
            }
            let object = self.object_behind_particle(at).filter(|_| out.is_empty());
            // "agreed to send troops to Norway"
            if let Some(goal) = object.map(|np| np + 1).filter(|goal| self.is_preposition(*goal, words::TO)) {
                self.toward(goal - 1, goal + 2, told, actors, out);
            }
            if let Some(np) = object.filter(|_| out.is_empty()) {
                self.likely(np, self.right_end(at), told, actors, out);
            }
            if out.is_empty() {
                self.toward(at, self.right_end(at), told, actors, out);
            }
            if !out.is_empty() {
                return;
            }
            from = at;
        }
        self.toward(frame.at, frame.reach, told, actors, out);
    }

    /// The infinitive that completes a verb or noun, past its object, a time and who is to do it: "agreed on Monday to
    /// go", "called on Monday for Norway to go".
    fn complement(&self, at: usize) -> Option<usize> {
        let mut next = at + 1 + usize::from(self.is_nominal(at + 1));
        let is_timed = self.kind(next) == Some(K::Preposition) && self.kind(next + 1) == Some(K::Time);
        next += if is_timed { 2 } else { usize::from(self.kind(next) == Some(K::Time)) };
        if self.is_preposition(next, words::FOR) && self.is_nominal(next + 1) {
            next += 2;
        }
        // "a commitment to helping Norway"
        let is_gerund = self.is_preposition(next, words::TO) && self.is_verb(next + 1, verb::ING);
        (is_gerund || self.is_verb(next, verb::INFINITIVE)).then_some(next + usize::from(is_gerund))
    }

    /// Who stands behind the first preposition of a region that tells to whom something is done.
    fn toward(&self, at: usize, end: usize, told: &[Party], actors: &[Party], out: &mut Vec<Party>) {
        let mut from = at + 1;
        while let Some(at) = self.sheet.rows.within(from, end, |r| r.of(K::Preposition)) {
            from = at + 1;
            if words::TOWARD_SOMEBODY >> self.chunk(at).preposition & 1 == 0 || !self.is_nominal(from) {
                continue;
            }
            self.likely(from, end, told, actors, out);
            if !out.is_empty() {
                return;
            }
        }
    }

    /// What stands where a rule says that the recipient does, and is nobody: "sent drugs to the hospital", "rejected the
    /// referendum".
    pub fn thing(&self, plan: &Plan, parts: &[(Part, Source)], frame: &Frame, out: &mut Vec<Party>) {
        let from = if plan.word == WordKind::Noun { frame.at } else { frame.verb.unwrap_or(frame.at) };
        let sources = parts.iter().filter(|(part, _)| matches!(part, Part::Recipient | Part::LastRecipient));
        let phrases = sources.filter_map(|(_, source)| match source {
            Source::After(preposition) => self.after(from, frame.reach, *preposition),
            Source::Owner => frame.object.map(|(np, _)| np),
            _ => None,
        });
        for np in phrases {
            if self.kind(np) == Some(K::Noun) && !self.is_possessed(np) {
                push(out, self.party(np));
            }
            if !out.is_empty() {
                return;
            }
        }
    }

    /// The parties that a phrase names, or who owns it, but for who acts and for what is their own ("its troops").
    fn likely(&self, np: usize, end: usize, told: &[Party], actors: &[Party], out: &mut Vec<Party>) {
        let is_own = self.is_own(np);
        if self.is_agent(np) && !is_own {
            self.all(Some((np, end)), told, out);
        } else {
            push(out, self.owner(np).filter(|owner| !is_own || owner.entity != NONE));
        }
        out.retain(|p| !actors.iter().any(|actor| is_same(p, actor)));
    }
}

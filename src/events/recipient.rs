//! To whom a deed was done where its rule's own sources name nobody.

use super::Party;
use super::catalogue::{Part, Source};
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
        let is_reported = self.kind(frame.at + 1) == Some(K::Relative) && self.is_nominal(frame.at + 2);
        if is_reported && self.likely(frame.at + 2, frame.at + 3, told, actors, out) {
            return;
        }
        let mut from = frame.at;
        // An infinitive may lead to the next: "agreed to allow ships to land in Riga".
        for _ in 0..3 {
            let Some(at) = self.complement(from) else { break };
            // "called for Norway to pay"
            let is_asked = at > from + 1 && self.is_nominal(at - 1) && self.is_agent(at - 1);
            let object = self.object_behind_particle(at);
            // "agreed to send troops to Norway"
            let goes = |np: &usize| self.is_preposition(np + 1, words::TO);
            if is_asked && self.likely(at - 1, at, told, actors, out)
                || object.filter(goes).is_some_and(|np| self.toward(np, np + 3, told, actors, out))
                || object.is_some_and(|np| self.likely(np, self.right_end(at), told, actors, out))
                || self.toward(at, self.right_end(at), told, actors, out)
            {
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

    /// Adds who stands behind the first preposition of a region that tells to whom something is done, and tells whether
    /// there is somebody.
    fn toward(&self, at: usize, end: usize, told: &[Party], actors: &[Party], out: &mut Vec<Party>) -> bool {
        let mut at = at;
        while let Some(np) = self.after_any(at, end, words::TOWARD_SOMEBODY) {
            if self.likely(np, end, told, actors, out) {
                return true;
            }
            at = np;
        }
        false
    }

    /// What stands where a rule says that the recipient does, and is nobody: "sent drugs to the hospital", "rejected the
    /// referendum".
    pub fn thing(&self, plan: &Plan, parts: &[(Part, Source)], frame: &Frame, out: &mut Vec<Party>) {
        let from = frame.governor(plan.word);
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

    /// Adds the parties that a phrase names, or who owns it, but for who acts and for what is their own ("its troops"). Tells
    /// whether there is one.
    fn likely(&self, np: usize, end: usize, told: &[Party], actors: &[Party], out: &mut Vec<Party>) -> bool {
        let is_own = self.is_own(np);
        if self.is_agent(np) && !is_own {
            self.all(Some((np, end)), told, out);
        } else {
            push(out, self.owner(np).filter(|owner| !is_own || owner.entity != NONE));
        }
        out.retain(|p| !actors.iter().any(|actor| is_same(p, actor)));
        !out.is_empty()
    }
}

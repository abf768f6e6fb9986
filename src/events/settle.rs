//! Decides, for forms that may be several parts of speech, by their neighbours.

use super::bits::ROW;
use super::syntax::{OPEN, Sheet, Tag, after, is_nominal, set};
use crate::kernel::each_bit;
use std::hint::select_unpredictable;

/// Behind these a participle describes what follows.
const MODIFIED: u32 = set(&[Tag::Determiner, Tag::Possessive, Tag::Genitive, Tag::Adjective, Tag::Preposition]);

impl Sheet {
    /// Settles every form that was left open and that no name or time covers.
    #[inline(always)]
    pub(super) fn settle_open(&mut self) {
        for row in 0..self.open.rows() {
            for bit in each_bit(self.open.row(row)) {
                let at = row * ROW + bit;
                if 1 << self.tags[at] as u32 & OPEN != 0 {
                    self.tags[at] = self.settle(at);
                }
            }
        }
    }

    /// "…, the agency reports.": at the end, after a name, what may be a noun is the verb of saying.
    #[inline(always)]
    pub(super) fn tail_verbs(&mut self) {
        for row in 0..self.says.rows() {
            for bit in each_bit(self.says.row(row)) {
                let at = row * ROW + bit;
                if at > 0
                    && matches!(self.tags[at], Tag::Unknown | Tag::Noun | Tag::Base)
                    && matches!(self.tags[at - 1], Tag::Name | Tag::Pronoun)
                    && matches!(after(&self.tags, at), Tag::Stop | Tag::Relative)
                {
                    self.tags[at] = Tag::Verb;
                }
            }
        }
    }

    /// Nearest tag to the left that is no adverb; a stop at the sentence's begin.
    fn before(&self, at: usize) -> Tag {
        let bound = |t: &&Tag| !matches!(t, Tag::Adverb | Tag::Negation | Tag::Skip);
        *self.tags[..at].iter().rev().find(bound).unwrap_or(&Tag::Stop)
    }

    /// Decides, for a form that may be several things, by its neighbours.
    #[inline(always)]
    fn settle(&self, at: usize) -> Tag {
        use Tag as T;
        let hyphen = self.tags.get(at + 1) == Some(&T::Skip)
            && self.tags.get(at + 2).is_some_and(|t| is_nominal(*t) || *t == T::Past)
            || at > 0 && self.tags[at - 1] == T::Skip && at > 1 && is_nominal(self.tags[at - 2]);
        // What stands behind is asked only where what stands before leaves it open.
        let p = self.before(at);
        let n = || after(&self.tags, at);
        let begins_object = || matches!(n(), T::Determiner | T::Possessive | T::Name | T::Pronoun | T::Relative);
        match self.tags[at] {
            T::Past if hyphen => T::Adjective,
            T::Past => {
                const JOINTS: u32 = set(&[T::Comma, T::Conjunction, T::Stop]);
                // "trade, shared intelligence": inside a list, before a noun, it is an adjective.
                let is_listed =
                    JOINTS >> p as u32 & 1 != 0 && matches!(n(), T::Noun | T::Unknown) && !self.verb_before(at);
                let is_modifier = MODIFIED >> p as u32 & 1 != 0 || is_listed;
                select_unpredictable(is_modifier, T::Adjective, T::Past)
            }
            T::Ing if hyphen => T::Noun,
            T::Ing => match p {
                T::Be => T::Ing,
                T::Determiner | T::Possessive | T::Genitive | T::Adjective => T::Noun,
                T::Noun | T::Unknown | T::Name | T::Pronoun | T::Base => {
                    if begins_object() {
                        T::Ing
                    } else {
                        T::Noun
                    }
                }
                T::Stop | T::Comma => match n() {
                    T::Comma | T::Stop | T::Verb | T::Be | T::Have | T::Modal => T::Noun,
                    _ => T::Ing,
                },
                T::Preposition | T::To | T::Conjunction | T::Subordinator => match n() {
                    T::Comma | T::Stop | T::Preposition | T::Conjunction | T::Time => T::Noun,
                    _ => T::Ing,
                },
                _ => T::Ing,
            },
            T::Base if hyphen => T::Noun,
            T::Base => match p {
                T::To | T::Modal | T::Do => T::Base,
                T::Pronoun => T::Base,
                T::Noun | T::Unknown | T::Name if begins_object() || n() == T::Preposition => {
                    if self.verb_before(at) || n() == T::Preposition { T::Noun } else { T::Base }
                }
                // "Riga lifts ban": a headline has no other verb.
                T::Name if is_nominal(n()) && !self.verb_before(at) && !self.verb_behind(at) => T::Verb,
                // "to build and protect": a second infinitive.
                T::Conjunction if begins_object() && self.infinitive_before(at) => T::Base,
                _ => T::Noun,
            },
            other => other,
        }
    }

    /// Whether a verb stands before, since the last stop.
    fn verb_before(&self, at: usize) -> bool {
        self.tags[..at]
            .iter()
            .rev()
            .take_while(|t| !matches!(t, Tag::Stop | Tag::Relative | Tag::Subordinator))
            .any(|t| matches!(t, Tag::Verb | Tag::Past | Tag::Be | Tag::Have | Tag::Modal | Tag::Do))
    }

    /// Whether a verb stands behind, up to the next stop and not too far.
    fn verb_behind(&self, at: usize) -> bool {
        self.tags[at + 1..]
            .iter()
            .take(24)
            .take_while(|t| !matches!(t, Tag::Stop | Tag::Relative | Tag::Subordinator))
            .any(|t| matches!(t, Tag::Verb | Tag::Past | Tag::Be | Tag::Have | Tag::Modal | Tag::Do))
    }

    fn infinitive_before(&self, at: usize) -> bool {
        self.tags[..at].windows(2).rev().take(24).any(|w| w == [Tag::To, Tag::Base])
    }
}

//! Decides, for forms that may be several parts of speech, by their neighbours.

use super::rows::{ROW, behind, first, last, since, span};
use super::syntax::{OPEN, Sheet, Tag, after, is_nominal, set};
use super::tag_rows::{TagRows, set_tag, tag_of};
use super::words::is_number;
use crate::kernel::each_bit;
use crate::token::Token;
use std::hint::select_unpredictable;

/// Behind these a participle describes what follows.
const MODIFIED: u32 = set(&[Tag::Determiner, Tag::Possessive, Tag::Genitive, Tag::Adjective, Tag::Preposition]);

/// What a clause has where it has a finite verb.
const VERBS: [Tag; 6] = [Tag::Verb, Tag::Past, Tag::Be, Tag::Have, Tag::Modal, Tag::Do];

impl Sheet {
    /// Settles every form that may be several things and that no name or time covers.
    pub(super) fn settle_open(&self, tags: &mut [Tag], tokens: &[Token]) {
        for at in 0..tags.len() {
            if 1 << tags[at] as u32 & OPEN != 0 {
                tags[at] = settle(&Walk { tags, tokens }, at);
            }
        }
        for at in 1..tags.len() {
            let begins = || matches!(tags.get(at + 1), Some(Tag::Determiner | Tag::Possessive));
            let is_led = tags[at] == Tag::Unknown
                && (tags[at - 1] == Tag::To && begins() || (Walk { tags, tokens }).before(at) == Tag::Modal);
            if is_led {
                tags[at] = Tag::Base;
            }
        }
        for row in 0..self.says.rows() {
            for bit in each_bit(self.says.row(row)) {
                let at = row * super::bits::ROW + bit;
                if at > 0
                    && matches!(tags[at], Tag::Unknown | Tag::Noun | Tag::Base)
                    && matches!(tags[at - 1], Tag::Name | Tag::Pronoun)
                    && matches!(after(tags, at), Tag::Stop | Tag::Relative)
                {
                    tags[at] = Tag::Verb;
                }
            }
        }
    }

    /// The same of a sentence that fits a row.
    #[inline(always)]
    pub(super) fn settle_row(&mut self, all: &mut TagRows, tokens: &[Token]) {
        let len = self.tags.len();
        let Some(line) = self.tags.row_mut() else { return };
        for at in each_bit(all.any([Tag::Past, Tag::Ing, Tag::Base, Tag::Verb])) {
            let (old, new) = (tag_of(line, at), settle(&Row { line, len, all, tokens }, at));
            set_tag(line, at, new);
            all.change(at, old, new);
        }
        // "would flout the rules", "to flout the rules": a word of which nothing is known is a verb.
        let passed = all.any([Tag::Adverb, Tag::Negation, Tag::Skip]);
        let begun = all.any([Tag::Determiner, Tag::Possessive]) >> 1;
        let unknown = all.any([Tag::Unknown]);
        for at in each_bit(unknown & (behind(all.any([Tag::Modal]), passed) | all.any([Tag::To]) << 1 & begun)) {
            set_tag(line, at, Tag::Base);
            all.change(at, Tag::Unknown, Tag::Base);
        }
        // "…, the agency reports.": at the end, after a name, what may be a noun is the verb of saying.
        let named = all.any([Tag::Name, Tag::Pronoun]) << 1;
        let telling = self.says.row(0) & all.any([Tag::Unknown, Tag::Noun, Tag::Base]) & named;
        for at in each_bit(telling) {
            if matches!((Row { line, len, all, tokens }).after(at), Tag::Stop | Tag::Relative) {
                let old = tag_of(line, at);
                set_tag(line, at, Tag::Verb);
                all.change(at, old, Tag::Verb);
            }
        }
    }
}

/// What stands around a token of a sentence, whose earlier tokens are settled.
trait Around {
    fn tag(&self, at: usize) -> Tag;

    /// Nearest tag to the left that is no adverb; a stop at the sentence's begin.
    fn before(&self, at: usize) -> Tag;

    /// Nearest tag to the right that is no adverb; a stop at the sentence's end.
    fn after(&self, at: usize) -> Tag;

    /// Whether a hyphen binds it to a word.
    fn is_bound(&self, at: usize) -> bool;

    /// Whether a verb stands before, since the last stop.
    fn verb_before(&self, at: usize) -> bool;

    /// Whether a verb stands not far behind, up to the next stop.
    fn verb_behind(&self, at: usize) -> bool;

    /// Whether no verb stands near, whatever lies between.
    fn is_verbless(&self, at: usize) -> bool;

    /// Whether an infinitive stands not far before.
    fn infinitive_before(&self, at: usize) -> bool;

    /// The tokens.
    fn tokens(&self) -> &[Token];

    /// Whether a number stands right before.
    fn is_counted(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens().get(before));
        before.is_some_and(is_number)
    }
}

/// How many tokens behind a token are looked at for a verb, and how many pairs before it for an infinitive.
const NEAR: usize = 24;

/// A sentence that is gone through from tag to tag.
struct Walk<'a> {
    tags: &'a [Tag],
    tokens: &'a [Token],
}

impl Around for Walk<'_> {
    fn tokens(&self) -> &[Token] {
        self.tokens
    }

    fn tag(&self, at: usize) -> Tag {
        self.tags[at]
    }

    fn before(&self, at: usize) -> Tag {
        let bound = |t: &&Tag| !matches!(t, Tag::Adverb | Tag::Negation | Tag::Skip);
        *self.tags[..at].iter().rev().find(bound).unwrap_or(&Tag::Stop)
    }

    fn after(&self, at: usize) -> Tag {
        after(self.tags, at)
    }

    fn is_bound(&self, at: usize) -> bool {
        self.tags.get(at + 1) == Some(&Tag::Skip)
            && self.tags.get(at + 2).is_some_and(|t| is_nominal(*t) || *t == Tag::Past)
            || at > 1 && self.tags[at - 1] == Tag::Skip && is_nominal(self.tags[at - 2])
    }

    fn verb_before(&self, at: usize) -> bool {
        self.tags[..at]
            .iter()
            .rev()
            .take_while(|t| !matches!(t, Tag::Stop | Tag::Relative | Tag::Subordinator))
            .any(|t| VERBS.contains(t))
    }

    fn verb_behind(&self, at: usize) -> bool {
        self.tags[at + 1..]
            .iter()
            .take(NEAR)
            .take_while(|t| !matches!(t, Tag::Stop | Tag::Relative | Tag::Subordinator))
            .any(|t| VERBS.contains(t))
    }

    fn is_verbless(&self, at: usize) -> bool {
        let near = &self.tags[at.saturating_sub(NEAR)..self.tags.len().min(at + 1 + NEAR)];
        !near.iter().any(|t| VERBS.contains(t))
    }

    fn infinitive_before(&self, at: usize) -> bool {
        self.tags[..at].windows(2).rev().take(NEAR).any(|w| w == [Tag::To, Tag::Base])
    }
}

/// A sentence that fits a row.
struct Row<'a> {
    /// The tags as marks.
    line: &'a [u8; ROW],
    len: usize,
    all: &'a TagRows,
    tokens: &'a [Token],
}

impl Around for Row<'_> {
    #[inline(always)]
    fn tokens(&self) -> &[Token] {
        self.tokens
    }

    #[inline(always)]
    fn tag(&self, at: usize) -> Tag {
        tag_of(self.line, at)
    }

    #[inline(always)]
    fn before(&self, at: usize) -> Tag {
        let passed = self.all.any([Tag::Adverb, Tag::Negation, Tag::Skip]);
        last(!passed & !since(at)).map_or(Tag::Stop, |at| tag_of(self.line, at))
    }

    #[inline(always)]
    fn after(&self, at: usize) -> Tag {
        let passed = self.all.any([Tag::Adverb, Tag::Skip]);
        first(!passed & span(at + 1, self.len)).map_or(Tag::Stop, |at| tag_of(self.line, at))
    }

    #[inline(always)]
    fn is_bound(&self, at: usize) -> bool {
        let skipped = self.all.any([Tag::Skip]);
        let nominal = self.all.any([Tag::Noun, Tag::Unknown, Tag::Adjective, Tag::Name, Tag::Base]);
        let bound = skipped >> 1 & (nominal | self.all.any([Tag::Past])) >> 2 | skipped << 1 & nominal << 2;
        bound >> at & 1 != 0
    }

    #[inline(always)]
    fn verb_before(&self, at: usize) -> bool {
        let stops = self.all.any([Tag::Stop, Tag::Relative, Tag::Subordinator]);
        let verbs = self.all.any(VERBS);
        let from = last(stops & !since(at)).unwrap_or(0);
        verbs & span(from, at) != 0
    }

    #[inline(always)]
    fn verb_behind(&self, at: usize) -> bool {
        let near = span(at + 1, (at + 1 + NEAR).min(self.len));
        let stops = self.all.any([Tag::Stop, Tag::Relative, Tag::Subordinator]) & near;
        let verbs = self.all.any(VERBS) & near;
        // The first verb stands before the first stop.
        verbs != 0 && verbs.trailing_zeros() < stops.trailing_zeros()
    }

    #[inline(always)]
    fn is_verbless(&self, at: usize) -> bool {
        let verbs = self.all.any(VERBS);
        verbs & span(at.saturating_sub(NEAR), at + 1 + NEAR) == 0
    }

    #[inline(always)]
    fn infinitive_before(&self, at: usize) -> bool {
        let pairs = self.all.any([Tag::To]) & self.all.any([Tag::Base]) >> 1;
        pairs & span(at.saturating_sub(NEAR + 1), at.saturating_sub(1)) != 0
    }
}

/// Decides, for a form that may be several things, by its neighbours.
#[inline(always)]
fn settle<A: Around>(tags: &A, at: usize) -> Tag {
    use Tag as T;
    let hyphen = tags.is_bound(at);
    // What stands behind is asked only where what stands before leaves it open.
    let p = tags.before(at);
    let n = || tags.after(at);
    let begins_object = || matches!(n(), T::Determiner | T::Possessive | T::Name | T::Pronoun | T::Relative);
    match tags.tag(at) {
        T::Past if hyphen => T::Adjective,
        T::Past => {
            const JOINTS: u32 = set(&[T::Comma, T::Conjunction, T::Stop]);
            const FORMS: u32 = set(&[T::Past, T::Verb, T::Base, T::Ing]);
            // "trade, shared intelligence": inside a list, before a noun, it is an adjective.
            let is_listed = JOINTS >> p as u32 & 1 != 0
                && matches!(n(), T::Noun | T::Unknown)
                && !tags.verb_before(at)
                && (at == 0 || tags.verb_behind(at))
                // "…, seized 40 litres"
                && !tags.is_counted(at + 2);
            // "killed 12 wounded soldiers"
            let counts = || is_nominal(p) && is_nominal(n()) && n() != T::Name && tags.is_counted(at);
            // "rejected repeated offers"
            let is_inside = || FORMS >> p as u32 & 1 != 0 && is_nominal(n()) && n() != T::Name;
            let is_modifier = MODIFIED >> p as u32 & 1 != 0 || is_listed || counts() || is_inside();
            select_unpredictable(is_modifier, T::Adjective, T::Past)
        }
        T::Ing if hyphen => T::Noun,
        T::Ing => match p {
            T::Be => T::Ing,
            // "a letter threatening to withdraw"
            T::Noun | T::Unknown | T::Name | T::Pronoun if n() == T::To => T::Ing,
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
            // "Guards beat a prisoner": as a verb it is no part of the phrase before it.
            T::Noun | T::Unknown | T::Name if matches!(n(), T::Determiner | T::Possessive) => {
                if p != T::Name && tags.verb_before(at) { T::Noun } else { T::Verb }
            }
            // "Riga lifts ban", "Troops move into Riga": a headline has no other verb.
            T::Name if is_nominal(n()) && !tags.verb_before(at) && !tags.verb_behind(at) => T::Verb,
            // "The rebels refuse to withdraw"
            T::Noun | T::Name if n() == T::To && !tags.verb_before(at) && !tags.verb_behind(at) => T::Verb,
            T::Noun if (is_nominal(n()) || n() == T::Preposition) && tags.is_verbless(at) => T::Verb,
            T::Noun | T::Unknown | T::Name if begins_object() || n() == T::Preposition => {
                if tags.verb_before(at) || n() == T::Preposition { T::Noun } else { T::Base }
            }
            // "to build and protect": a second infinitive.
            T::Conjunction if begins_object() && tags.infinitive_before(at) => T::Base,
            _ => T::Noun,
        },
        T::Verb if hyphen => T::Noun,
        // "the remains of", "imposed blockades on"
        T::Verb => match p {
            T::Determiner | T::Possessive | T::Genitive | T::Adjective => T::Noun,
            T::Past | T::Verb | T::Base | T::Ing if !begins_object() => T::Noun,
            _ => T::Verb,
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::random;
    use super::*;

    #[test]
    fn a_row_and_a_walk_settle_alike() {
        let mut random = random(9);
        for _ in 0..20_000 {
            let kinds: Vec<Tag> = (0..1 + random(8)).map(|_| Tag::ALL[random(Tag::ALL.len())]).collect();
            let tags: Vec<Tag> = (0..1 + random(ROW)).map(|_| kinds[random(kinds.len())]).collect();
            let mut sheet = Sheet::default();
            sheet.tags.replace(&tags);
            sheet.says.push((0..tags.len()).fold(0, |bits, at| bits | u64::from(random(4) == 0) << at));
            let mut walked = tags.clone();
            sheet.settle_open(&mut walked, &[]);
            let mut all = TagRows::of(sheet.tags.row().expect("it fits a row"));
            sheet.settle_row(&mut all, &[]);
            assert_eq!(sheet.tags.iter().collect::<Vec<_>>(), walked, "{tags:?}");
            let known = |tag: Tag| walked.iter().rev().fold(0, |bits, own| bits << 1 | u64::from(*own == tag));
            Tag::ALL.iter().for_each(|tag| assert_eq!(all.any([*tag]), known(*tag), "{tag:?} of {tags:?}"));
        }
    }
}

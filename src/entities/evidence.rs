//! What speaks for a name, and the name that it speaks for.

use super::{EntityType, Rule};
use crate::dictionary::NONE;
use crate::token::{Token, form, mix};

/// The evidence for names, in one table.
pub(super) mod weight {
    /// From here up a name is taken.
    pub const ACCEPT: f32 = 0.5;
    pub const TITLED: f32 = 0.55;
    pub const GIVEN_FIRST: f32 = 0.4;
    pub const GIVEN_FIRST_RARE: f32 = 0.3;
    pub const SURNAME_LAST: f32 = 0.25;
    pub const SUFFIX_LAST: f32 = 0.35;
    pub const INITIAL_OR_PARTICLE: f32 = 0.2;
    pub const UNKNOWN_WORD: f32 = 0.12;
    pub const WORD_OF_LANGUAGE: f32 = -0.3;
    pub const COMMON_WORD: f32 = -0.2;
    pub const SENTENCE_START: f32 = -0.1;
    pub const PLACE_INSIDE: f32 = -0.15;
    pub const HEAD_LAST: f32 = -0.2;
    pub const DEMONYM: f32 = 0.9;
    pub const LOCATIVE: f32 = 0.3;
    pub const QUALIFIED: f32 = 0.4;
    pub const ALSO_PERSON: f32 = -0.3;
    pub const LISTED_ORG: f32 = 0.8;
    pub const ORG_BY_HEAD: f32 = 0.75;
    pub const ORG_OF: f32 = 0.8;
    pub const TEAM: f32 = 0.6;
    pub const ACRONYM: f32 = 0.4;
    pub const IN_BRACKETS: f32 = 0.3;
    pub const COMMON_ACRONYM: f32 = -0.5;
    pub const LANGUAGE_WORD_NAME: f32 = -0.45;
    pub const UNLISTED: f32 = 0.35;
    pub const BESIDE_VERB: f32 = 0.25;
    pub const BESIDE_HEAD: f32 = 0.3;
    pub const KNOWN_GIVEN: f32 = 0.2;
    pub const IN_A_ROW: f32 = 0.1;
}

/// A stretch of tokens read as a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub first: u32,
    pub end: u32,
    /// The chosen entry of the lists, or [`NONE`].
    pub entry: u32,
    /// The surface in the dictionary, or [`NONE`].
    pub surface: u32,
    pub sentence: u32,
    pub score: f32,
    /// A title or role stands directly before: its tokens begin here ([`NONE`]: none).
    pub title: u32,
    pub kind: EntityType,
    pub rule: Rule,
    /// The number of its words, a hash of all, that of the last.
    pub words: u16,
    pub hash: u64,
    pub last: u64,
}

/// What the words of a name are, together.
#[derive(Clone, Copy)]
pub(super) struct Words {
    count: u16,
    hash: u64,
    last: u64,
}

impl Words {
    /// Reads a name's tokens.
    #[inline]
    pub fn of(tokens: &[Token]) -> Self {
        let none = Words { count: 0, hash: 1, last: 0 };
        let [first, rest @ ..] = tokens else { return none };
        // One or two is a coin toss, so the second is read in any case: of one token the first once more.
        let words = none.and(first, true);
        let words = words.and(rest.first().unwrap_or(first), !rest.is_empty());
        rest.iter().skip(1).fold(words, |words, token| words.and(token, true))
    }

    /// As [`Name::hash`].
    pub fn hash(self) -> u64 {
        self.hash
    }

    /// These and one more, if it is a word and is asked for.
    #[inline]
    fn and(self, token: &Token, asked: bool) -> Self {
        let more = asked & token.is(form::WORD);
        let hash = mix(self.hash, token.hash);
        Words {
            count: self.count + u16::from(more),
            hash: if more { hash } else { self.hash },
            last: if more { token.hash } else { self.last },
        }
    }
}

/// Whether all of a few conditions (five at the most) hold that cannot be guessed: read off a table, so that what follows
/// is the only branch.
#[inline]
pub(super) fn all<const N: usize>(conditions: [bool; N]) -> bool {
    let number = conditions.iter().fold(0, |number, &holds| number << 1 | u32::from(holds));
    1u32 << ((1 << N) - 1) >> number & 1 != 0
}

impl Name {
    #[inline(always)]
    pub fn new(first: u32, end: u32, kind: EntityType, rule: Rule, score: f32, words: Words) -> Self {
        let Words { count, hash, last } = words;
        let (entry, surface, title, sentence) = (NONE, NONE, NONE, 0);
        Name { first, end, entry, surface, sentence, score, title, kind, rule, words: count, hash, last }
    }

    /// The order of names: by position, the longer one first.
    #[inline]
    pub fn place(&self) -> u64 {
        u64::from(self.first) << 32 | u64::from(!self.end)
    }
}

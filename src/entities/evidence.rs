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
    pub const DEMONYM: f32 = 0.9;
    pub const LOCATIVE: f32 = 0.3;
    pub const QUALIFIED: f32 = 0.4;
    pub const ALSO_PERSON: f32 = -0.3;
    pub const LISTED_ORG: f32 = 0.8;
    pub const ORG_BY_HEAD: f32 = 0.75;
    pub const ORG_OF: f32 = 0.8;
    pub const ACRONYM: f32 = 0.4;
    pub const IN_BRACKETS: f32 = 0.3;
    pub const LANGUAGE_WORD_NAME: f32 = -0.45;
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
    /// Of its words: their number, a hash of all, that of the last.
    pub words: u16,
    pub hash: u64,
    pub last: u64,
}

impl Name {
    pub fn new(first: u32, end: u32, kind: EntityType, rule: Rule, score: f32) -> Self {
        Name {
            first,
            end,
            entry: NONE,
            surface: NONE,
            sentence: 0,
            score,
            title: NONE,
            kind,
            rule,
            words: 0,
            hash: 0,
            last: 0,
        }
    }

    /// Reads the hashes of its words, as is done once its end is known.
    #[inline]
    pub fn read_words(&mut self, tokens: &[Token]) {
        let (mut hash, mut last, mut words) = (1, 0, 0);
        for token in &tokens[self.first as usize..self.end as usize] {
            if token.form & form::WORD != 0 {
                (hash, last, words) = (mix(hash, token.hash), token.hash, words + 1);
            }
        }
        (self.hash, self.last, self.words) = (hash, last, words);
    }

    /// The order of names: by position, the longer one first.
    #[inline]
    pub fn place(&self) -> u64 {
        u64::from(self.first) << 32 | u64::from(!self.end)
    }
}

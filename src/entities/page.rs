//! The article as this station's rooms read it.

use super::begins::Begins;
use super::pattern_words::PatternWords;
use crate::dictionary::class::Function;
use crate::dictionary::{Dictionary, Kind};
use crate::gazetteer::Match;
use crate::segment::Sentences;
use crate::span::Span;
use crate::token::{Token, Tokens, form};

/// What the recogniser works on.
pub(super) struct Page<'a> {
    pub dictionary: &'a Dictionary<'a>,
    pub pattern_words: &'a PatternWords,
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// The same tokens, for a look at many at once.
    pub sheets: &'a Tokens,
    pub sentences: &'a Sentences,
    pub matches: &'a [Match],
    pub begins: &'a Begins,
    /// The names that begin or end inside a token, by their first.
    pub inside: &'a [(u32, Span)],
}

impl Page<'_> {
    #[inline]
    pub fn token(&self, at: u32) -> Option<&Token> {
        self.tokens.get(at as usize)
    }

    /// The closed class of a token.
    #[inline]
    pub fn function(&self, at: u32) -> Function {
        self.token(at).map_or(Function::None, |t| self.dictionary.function(t))
    }

    /// Whether a token is a word of several letters in capitals throughout.
    pub fn is_loud(&self, at: u32) -> bool {
        const LOUD: u32 = form::WORD | form::ALL_CAPITALS;
        self.token(at).is_some_and(|t| t.form & (LOUD | form::DIGIT) == LOUD && t.end - t.start > 1)
    }

    /// Which patterns a token belongs to: bits of [`little`](super::pattern_words::little).
    #[inline]
    pub fn little(&self, token: &Token) -> u16 {
        self.pattern_words.little.of(token)
    }

    /// Whether a token is one of the little words with these bits.
    #[inline]
    pub fn is_little(&self, at: u32, bits: u16) -> bool {
        self.token(at).is_some_and(|t| self.little(t) & bits != 0)
    }

    /// Whether a listed name that can be of one of these kinds begins at a token.
    pub fn begins_name(&self, token: u32, kinds: &[Kind]) -> bool {
        let listed = self.begins.listed_at(token);
        listed.is_some() && self.can_be(listed.surface, kinds)
    }

    /// Whether a surface can be of one of these kinds.
    pub fn can_be(&self, surface: u32, kinds: &[Kind]) -> bool {
        self.dictionary.readings(surface).iter().any(|r| kinds.contains(&self.dictionary.kind(r.entry())))
    }
}

//! The article as this station's rooms read it.

use crate::dictionary::class::Function;
use crate::dictionary::{Dictionary, Kind};
use crate::gazetteer::Match;
use crate::segment::Sentence;
use crate::token::Token;

/// What the recogniser works on.
pub(super) struct Page<'a> {
    pub dictionary: &'a Dictionary<'a>,
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub sentences: &'a [Sentence],
    pub matches: &'a [Match],
}

impl Page<'_> {
    pub fn token(&self, at: u32) -> Option<&Token> {
        self.tokens.get(at as usize)
    }

    /// The closed class of a token.
    pub fn function(&self, at: u32) -> Function {
        self.token(at).map_or(Function::None, |t| self.dictionary.function(t))
    }

    /// Whether a token is one of a few words, in any case.
    pub fn is_word(&self, at: u32, words: &[&str]) -> bool {
        self.token(at).is_some_and(|t| words.iter().any(|w| t.of(self.text).eq_ignore_ascii_case(w)))
    }

    /// Whether a listed name that can be of one of these kinds begins at a token.
    pub fn begins_name(&self, token: u32, kinds: &[Kind]) -> bool {
        let at = self.matches.partition_point(|m| m.first < token);
        self.matches.get(at).is_some_and(|m| {
            let readings = self.dictionary.readings(m.surface);
            m.first == token && readings.iter().any(|r| kinds.contains(&self.dictionary.kind(r.entry)))
        })
    }
}

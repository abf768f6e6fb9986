//! A place where a space may be missing, and what is asked of the text to weigh it.
//!
//! There are two shapes: inside a word ([`super::inside`]) and beside a mark ([`super::marks`]). Each place gets its odds
//! in decades, by the words alone, for a missing space against a word that is simply unknown. Layout evidence is added
//! later, so a glue of two content words that no text has side by side stays undecided here.

use super::RepairKind;
use super::compounds::Compounds;
use super::counts::Counts;
use super::halves::Halves;
use super::letters::{Letters, Weights};
use super::words::{Word, Words};
use crate::dictionary::Dictionary;
use crate::token::{Token, Tokens, fold_word, form, hash_ascii, hash_folded};

/// Odds from which a junction is sure by its words alone.
pub const SURE: f32 = 2.2;
/// Odds below which a place is no candidate even with the layout's help.
pub const HOPELESS: f32 = -2.5;

/// A place where a space may be missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Junction {
    /// Byte of the text before which the space would stand.
    pub at: u32,
    /// Token that holds the place, or that begins at it.
    pub token: u32,
    /// Odds by the words alone, in decades.
    pub odds: f32,
    /// What meets here.
    pub kind: RepairKind,
    /// Hashes of the two parts of a divided word; 0 beside marks.
    pub parts: [u64; 2],
}

/// Buffers for what is worked out of one word.
#[derive(Debug, Default)]
pub struct Workings {
    /// Its letters, as a word and as a name.
    pub weights: [Weights; 2],
    /// What the lists know of its halves.
    pub halves: Halves,
    /// A folded part of it.
    pub folded: String,
}

/// Weighs junctions of one text.
pub struct Scale<'a, 'd> {
    /// The lists.
    pub dictionary: &'a Dictionary<'d>,
    /// Letter tables.
    pub letters: &'a Letters,
    /// How words grow together.
    pub compounds: &'a Compounds,
    /// Word probabilities.
    pub words: &'a Words,
    /// The text and its tokens.
    pub text: &'a str,
    /// Its tokens, annotated.
    pub tokens: &'a Tokens,
    /// What the article says of its words; nothing before it is known to be broken.
    pub counts: Counts,
}

impl Scale<'_, '_> {
    /// Hash of the folded form of the bytes `from..to`.
    pub fn hash(&self, from: usize, to: usize, folded: &mut String) -> u64 {
        let part = &self.text[from..to];
        if part.is_ascii() {
            return hash_ascii(self.text.as_bytes(), from, to);
        }
        folded.clear();
        fold_word(part, folded);
        hash_folded(folded)
    }

    /// The word beside another, when there is one.
    pub fn neighbour(&self, token: Option<&Token>) -> Option<Word> {
        let t = token.filter(|t| t.is(form::WORD))?;
        let capital = t.is(form::CAPITAL);
        Some(self.words.weigh(self.dictionary, t.hash, t.class, t.word, capital))
    }

    /// Whether an apostrophe hangs before the word `i`, so that what stands before it decides what it is.
    pub fn is_behind_apostrophe(&self, i: usize) -> bool {
        i > 0 && self.tokens[i - 1].is_symbol(b'\'') && !self.tokens[i].is(form::SPACE)
    }

    /// Whether `'t` follows the word `i`.
    pub fn is_before_not(&self, i: usize) -> bool {
        self.tokens.get(i + 1).is_some_and(|t| t.is_symbol(b'\'') && !t.is(form::SPACE))
            && self.tokens.get(i + 2).is_some_and(|t| !t.is(form::SPACE) && matches!(t.of(self.text), "t"))
    }

    /// Whether a hyphen and a word hang on the word `i`.
    pub fn is_before_hyphen(&self, i: usize) -> bool {
        let glued = |at: usize| self.tokens.get(at).filter(|t| !t.is(form::SPACE));
        glued(i + 1).is_some_and(|t| t.is_symbol(b'-')) && glued(i + 2).is_some_and(|t| t.is(form::WORD))
    }

    /// Whether the word is part of a host name, `www.example.org`: small letters on both sides of a dot.
    pub fn is_host(&self, i: usize) -> bool {
        let small = |at: usize| {
            self.tokens
                .get(at)
                .is_some_and(|t| t.is(form::WORD) && t.form & (form::SPACE | form::CAPITAL | form::DIGIT) == 0)
        };
        let dot = |at: usize| self.tokens.get(at).is_some_and(|t| t.is_symbol(b'.') && !t.is(form::SPACE));
        (dot(i + 1) && small(i + 2)) || (small(i) && i > 1 && dot(i - 1))
    }

    /// Whether the word stands in an address, a tag or a path, where nothing is ever missing. One slash alone makes no
    /// path: "and/or".
    pub fn is_address(&self, i: usize) -> bool {
        let is_sign = |t: &Token| {
            t.form & form::WORD == 0
                && matches!(t.symbol, b'@' | b'#' | b'_' | b'\\' | b'=' | b'&' | b'~' | b'+' | b'*')
        };
        let (mut slashes, mut dots) = (0, 0);
        for t in self.tokens[..=i].iter().rev().take(12) {
            if is_sign(t) {
                return true;
            }
            slashes += usize::from(t.is_symbol(b'/'));
            dots += usize::from(t.is_symbol(b'.'));
            if t.is(form::SPACE) {
                break;
            }
        }
        for t in self.tokens[i + 1..].iter().take(12).take_while(|t| !t.is(form::SPACE)) {
            if is_sign(t) {
                return true;
            }
            slashes += usize::from(t.is_symbol(b'/'));
        }
        // "example.org/tides"
        slashes > 1 || slashes + dots > 1 && slashes > 0
    }
}

//! Finds the names of the lists in the tokens of a text.
//!
//! A name begins where a token begins, so the dictionary's answer to each token ("a whole name", "begins a longer one")
//! already says where to look; nearly every other token is passed over without a second thought.
//!
//! On the way out: exactly what a byte automaton over all names would find in the folded text, cut to token boundaries
//! and chosen leftmost-longest among those that are written as their list asks. aho-corasick is that automaton in
//! tests/matcher.rs.

mod shipped;

pub use shipped::shipped;

use crate::dictionary::{Case, Dictionary, NONE, class};
use crate::kernel::each_bit;
use crate::token::{SHEET, Token, Tokens, form};

/// A name of the lists, seen in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// The surface in the dictionary.
    pub surface: u32,
}

/// Finds names; kept by a worker, since it holds what it has read of an article so far.
///
/// The lists are far larger than any cache, so what costs time is to wait for memory. All tokens at which a name may
/// begin go through each step of the search together, and each step asks for what the next one reads: memory is then
/// waited for once a step, not once a name. Nor can a processor guess which tokens begin a name, so they are gathered by
/// vectors and sifted without a branch.
#[derive(Debug, Default)]
pub struct Finder {
    candidates: Vec<Candidate>,
    /// The numbers of those whose walk goes on.
    walking: Vec<u32>,
}

/// A token at which a name may begin.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    first: u32,
    /// One past the last token of the longest name so far.
    end: u32,
    /// That name, at first the one that the token is by itself, or [`NONE`].
    surface: u32,
    /// Of the walk along longer names: the key of the words up to the next one.
    key: u64,
    /// It may begin a longer name.
    begins: bool,
    /// It is a name by itself, and written so.
    is_whole: bool,
}

impl Finder {
    /// Replaces `matches` by the names found in `tokens`, leftmost-longest, in order, without overlap.
    ///
    /// `tokens` must have been annotated by the same dictionary.
    pub fn find(&mut self, dictionary: &Dictionary<'_>, tokens: &Tokens, matches: &mut Vec<Match>) {
        self.gather(dictionary, tokens);
        self.sift(dictionary, tokens);
        self.begin(dictionary, tokens);
        self.walk(dictionary, tokens);
        self.choose(matches);
        dictionary.expect(matches.iter().map(|m| m.surface));
    }

    /// All tokens whose class says that they are a name or begin one.
    fn gather(&mut self, dictionary: &Dictionary<'_>, tokens: &Tokens) {
        self.candidates.clear();
        for (at, sheet) in tokens.sheets().iter().enumerate() {
            let high = sheet.marked(0, form::CAPITAL | form::DIGIT);
            let marked = high & sheet.marked(class::NAME | class::NAME_CAPITALS | class::NAME_START, 0)
                | !high & sheet.marked(class::NAME_SMALL | class::NAME_START_SMALL, 0);
            for bit in each_bit(marked) {
                let candidate = Candidate::new(dictionary, tokens, at * SHEET + bit);
                dictionary.expect_pair(candidate.key);
                self.candidates.push(candidate);
            }
        }
    }

    /// Only those that are a name, or begin one together with the next token.
    fn sift(&mut self, dictionary: &Dictionary<'_>, tokens: &[Token]) {
        let mut left = 0;
        for at in 0..self.candidates.len() {
            let mut candidate = self.candidates[at];
            candidate.begins &= dictionary.has_pair(candidate.key);
            dictionary.expect_beginning(candidate.key);
            dictionary.expect_word(tokens[candidate.first as usize].word);
            self.candidates[left] = candidate;
            left += usize::from(candidate.begins | candidate.is_whole);
        }
        self.candidates.truncate(left);
    }

    /// Names of one word, and which of them or of the others may begin a longer one.
    fn begin(&mut self, dictionary: &Dictionary<'_>, tokens: &[Token]) {
        self.walking.clear();
        for (number, candidate) in (0..).zip(&mut self.candidates) {
            if candidate.is_whole {
                candidate.surface = dictionary.surface_of_word(tokens[candidate.first as usize].word);
                dictionary.expect_surface(candidate.surface);
            }
            if candidate.begins {
                self.walking.push(number);
            }
        }
    }

    /// Names of more words, one word a round for all walks that go on, to the longest that is written as it should be.
    fn walk(&mut self, dictionary: &Dictionary<'_>, tokens: &[Token]) {
        let mut length = 2;
        while !self.walking.is_empty() {
            let mut left = 0;
            for at in 0..self.walking.len() {
                let number = self.walking[at];
                let candidate = &mut self.candidates[number as usize];
                let first = candidate.first as usize;
                let beginning = dictionary.beginning(candidate.key);
                if beginning.surface != NONE && is_cased(&tokens[first..first + length], beginning.case) {
                    (candidate.end, candidate.surface) = ((first + length) as u32, beginning.surface);
                    dictionary.expect_surface(beginning.surface);
                }
                if beginning.goes_on
                    && let Some(token) = tokens.get(first + length)
                {
                    candidate.key = dictionary.join(candidate.key, token);
                    dictionary.expect_beginning(candidate.key);
                    self.walking[left] = number;
                    left += 1;
                }
            }
            self.walking.truncate(left);
            length += 1;
        }
    }

    /// The longest name of each candidate, where no name is yet.
    fn choose(&self, matches: &mut Vec<Match>) {
        matches.clear();
        let mut free = 0;
        for &Candidate { first, end, surface, .. } in &self.candidates {
            if first >= free && surface != NONE {
                matches.push(Match { first, end, surface });
                free = end;
            }
        }
    }
}

impl Candidate {
    #[inline(always)]
    fn new(dictionary: &Dictionary<'_>, tokens: &[Token], first: usize) -> Candidate {
        let token = &tokens[first];
        let high = token.form & (form::CAPITAL | form::DIGIT) != 0;
        let start = if high { class::NAME_START } else { class::NAME_START_SMALL };
        let (key, begins) = match tokens.get(first + 1) {
            Some(second) => (dictionary.join(token.hash, second), token.has(start)),
            None => (0, false),
        };
        // One word is in the table by its whole hash, and its class says how it must be written: nothing else is asked.
        let is_whole = token.has(class::NAME_SMALL)
            | token.has(class::NAME) & high
            | token.has(class::NAME_CAPITALS) & (token.form & (form::ALL_CAPITALS | form::DIGIT) != 0);
        Candidate { first: first as u32, end: first as u32 + 1, surface: NONE, key, begins, is_whole }
    }
}

/// Whether tokens are written as `case` asks.
pub fn is_cased(tokens: &[Token], case: Case) -> bool {
    match case {
        Case::Any => true,
        // "Chad border police" is no "Chad Border Police".
        Case::Capital => {
            let high = |t: &Token| t.form & (form::CAPITAL | form::DIGIT) != 0;
            tokens.first().is_some_and(high)
                && tokens
                    .last()
                    .is_some_and(|t| high(t) || t.form & form::WORD == 0 || t.has(class::PARTICLE | class::FUNCTION))
        }
        // "UN and AU" may keep its small "and"; a lone "us" is no "US".
        Case::AllCapitals => {
            let high = |t: &Token| t.form & (form::ALL_CAPITALS | form::DIGIT) != 0;
            tokens.first().is_some_and(high)
                && tokens.iter().all(|t| high(t) || t.form & form::WORD == 0 || t.class & class::FUNCTION != 0)
        }
    }
}

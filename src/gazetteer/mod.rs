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

use crate::dictionary::compile::folded_surface;
use crate::dictionary::{Case, Dictionary, NONE, START, class};
use crate::token::{SHEET, Sheet, Token, Tokens, form};

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

/// Replaces `matches` by the names found in `tokens`, leftmost-longest, in order, without overlap.
///
/// `tokens` must have been annotated by the same dictionary.
///
/// Whether a token is a name or begins one cannot be guessed, so the candidates of 64 tokens are gathered by vectors and
/// sifted without a branch; only what is left of them is walked.
pub fn find(dictionary: &Dictionary<'_>, text: &str, tokens: &Tokens, matches: &mut Vec<Match>) {
    matches.clear();
    let mut free = 0;
    for (at, sheet) in tokens.sheets().iter().enumerate() {
        let (mut left, mut count) = ([Candidate::default(); SHEET], 0);
        let mut candidates = sheet.candidates();
        while candidates != 0 {
            let first = at * SHEET + candidates.trailing_zeros() as usize;
            candidates &= candidates - 1;
            let candidate = Candidate::new(dictionary, tokens, first);
            left[count % SHEET] = candidate;
            count += usize::from(candidate.begins | candidate.is_whole);
        }
        for candidate in &left[..count] {
            if candidate.first >= free
                && let Some(found) = longest(dictionary, text, tokens, candidate)
            {
                matches.push(found);
                free = found.end;
            }
        }
    }
    dictionary.expect(matches.iter().map(|m| m.surface));
}

impl Sheet {
    /// The tokens that are a name by their class or begin one, written as that name asks.
    fn candidates(&self) -> u64 {
        let high = self.marked(0, form::CAPITAL | form::DIGIT);
        high & self.marked(class::NAME | class::NAME_CAPITALS | class::NAME_START, 0)
            | !high & self.marked(class::NAME_SMALL | class::NAME_START_SMALL, 0)
    }
}

/// A token at which a name may begin.
#[derive(Clone, Copy, Default)]
struct Candidate {
    first: u32,
    /// It and the next token begin a longer name, or seem to.
    begins: bool,
    /// It is a name by itself, and written so.
    is_whole: bool,
}

impl Candidate {
    #[inline(always)]
    fn new(dictionary: &Dictionary<'_>, tokens: &[Token], first: usize) -> Candidate {
        let token = &tokens[first];
        let high = token.form & (form::CAPITAL | form::DIGIT) != 0;
        let start = if high { class::NAME_START } else { class::NAME_START_SMALL };
        let begins = match tokens.get(first + 1) {
            Some(second) => dictionary.may_begin(token, second) & token.has(start),
            None => false,
        };
        // One word is in the table by its whole hash, and its class says how it must be written: nothing else is asked.
        let is_whole = token.has(class::NAME_SMALL)
            | token.has(class::NAME) & high
            | token.has(class::NAME_CAPITALS) & (token.form & (form::ALL_CAPITALS | form::DIGIT) != 0);
        Candidate { first: first as u32, begins, is_whole }
    }
}

/// The longest name that begins at a candidate and is written as it should be.
fn longest(dictionary: &Dictionary<'_>, text: &str, tokens: &[Token], candidate: &Candidate) -> Option<Match> {
    let first = candidate.first as usize;
    let token = &tokens[first];
    let found = |end: usize, surface: u32| Match { first: first as u32, end: end as u32, surface };
    let mut best = None;
    if candidate.begins {
        let (mut state, _) = dictionary.step(START, token);
        let mut at = first + 1;
        while state != 0 && at < tokens.len() {
            let (next, surface) = dictionary.step(state, &tokens[at]);
            at += 1;
            if surface != NONE && is_written_so(dictionary, text, &tokens[first..at], surface) {
                best = Some(found(at, surface));
            }
            state = next;
        }
    }
    if best.is_none() && candidate.is_whole {
        let surface = dictionary.word(token.word)?.surface;
        best = (surface != NONE).then(|| found(first + 1, surface));
    }
    best
}

/// Whether the tokens are written as the name's list asks, and are that name: a hash alone is no proof.
fn is_written_so(dictionary: &Dictionary<'_>, text: &str, tokens: &[Token], surface: u32) -> bool {
    let surface = dictionary.surface(surface);
    is_cased(tokens, surface.case) && spells(text, tokens, surface.text)
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

/// Whether the tokens, folded, are the folded `name`: same words and symbols, white space where it has white space.
fn spells(text: &str, tokens: &[Token], name: &str) -> bool {
    if !name.is_ascii() || tokens.iter().any(|t| t.form & form::BEYOND_ASCII != 0) {
        return spells_beyond_ascii(text, tokens, name);
    }
    let mut rest = name.as_bytes();
    for (i, token) in tokens.iter().enumerate() {
        if i > 0 && token.form & form::SPACE != 0 {
            match rest.split_first() {
                Some((b' ', r)) => rest = r,
                _ => return false,
            }
        }
        let word = token.of(text).as_bytes();
        match rest.get(..word.len()) {
            Some(head) if head.eq_ignore_ascii_case(word) => rest = &rest[word.len()..],
            _ => return false,
        }
    }
    rest.is_empty()
}

#[cold]
fn spells_beyond_ascii(text: &str, tokens: &[Token], name: &str) -> bool {
    let mut own = Tokens::default();
    own.tokenize(name);
    own.len() == tokens.len() && folded_surface(name, &own) == folded_surface(text, tokens)
}

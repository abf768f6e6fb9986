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
    /// Where names of several words end, candidate by candidate, the shorter before the longer.
    ends: Vec<Match>,
}

/// A token at which a name may begin.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    first: u32,
    /// The name that it is by itself, or [`NONE`].
    whole: u32,
    /// Of the walk along longer names: the key of the next edge.
    key: u64,
    /// Where in the table of pairs it is noted that a name begins with this token and the next.
    pair: u64,
    /// It begins a longer name.
    begins: bool,
    /// It is a name by itself, and written so.
    is_whole: bool,
    /// How many of [`Finder::ends`] are its own or those of a candidate before it.
    ends: u32,
}

impl Finder {
    /// Replaces `matches` by the names found in `tokens`, leftmost-longest, in order, without overlap.
    ///
    /// `tokens` must have been annotated by the same dictionary.
    pub fn find(&mut self, dictionary: &Dictionary<'_>, text: &str, tokens: &Tokens, matches: &mut Vec<Match>) {
        self.gather(dictionary, tokens);
        self.sift(dictionary, tokens);
        self.begin(dictionary, tokens);
        self.walk(dictionary, tokens);
        self.choose(dictionary, text, tokens, matches);
        dictionary.expect(matches.iter().map(|m| m.surface));
    }

    /// All tokens whose class says that they are a name or begin one.
    fn gather(&mut self, dictionary: &Dictionary<'_>, tokens: &Tokens) {
        self.candidates.clear();
        for (at, sheet) in tokens.sheets().iter().enumerate() {
            let high = sheet.marked(0, form::CAPITAL | form::DIGIT);
            let mut marked = high & sheet.marked(class::NAME | class::NAME_CAPITALS | class::NAME_START, 0)
                | !high & sheet.marked(class::NAME_SMALL | class::NAME_START_SMALL, 0);
            while marked != 0 {
                let first = at * SHEET + marked.trailing_zeros() as usize;
                marked &= marked - 1;
                let candidate = Candidate::new(dictionary, tokens, first);
                dictionary.expect_pair(candidate.pair);
                self.candidates.push(candidate);
            }
        }
    }

    /// Only those that are a name, or begin one together with the next token.
    fn sift(&mut self, dictionary: &Dictionary<'_>, tokens: &[Token]) {
        let mut left = 0;
        for at in 0..self.candidates.len() {
            let mut candidate = self.candidates[at];
            candidate.begins &= dictionary.has_pair(candidate.pair);
            dictionary.expect_edge(candidate.key);
            dictionary.expect_word(tokens[candidate.first as usize].word);
            self.candidates[left] = candidate;
            left += usize::from(candidate.begins | candidate.is_whole);
        }
        self.candidates.truncate(left);
    }

    /// The first edge of longer names, and names of one word.
    fn begin(&mut self, dictionary: &Dictionary<'_>, tokens: &[Token]) {
        for candidate in &mut self.candidates {
            let first = candidate.first as usize;
            if candidate.is_whole {
                candidate.whole = dictionary.word(tokens[first].word).map_or(NONE, |word| word.surface);
            }
            if candidate.begins {
                let (state, _) = dictionary.step(candidate.key);
                candidate.key = dictionary.edge(state, &tokens[first + 1]);
                candidate.begins = state != 0;
                dictionary.expect_edge(candidate.key);
            }
        }
    }

    /// The other edges of longer names.
    fn walk(&mut self, dictionary: &Dictionary<'_>, tokens: &[Token]) {
        self.ends.clear();
        for candidate in &mut self.candidates {
            if candidate.begins {
                let mut end = candidate.first as usize + 1;
                loop {
                    let (state, surface) = dictionary.step(candidate.key);
                    end += 1;
                    if surface != NONE {
                        dictionary.expect_surface(surface);
                        self.ends.push(Match { first: candidate.first, end: end as u32, surface });
                    }
                    match tokens.get(end) {
                        Some(token) if state != 0 => candidate.key = dictionary.edge(state, token),
                        _ => break,
                    }
                }
            }
            candidate.ends = self.ends.len() as u32;
        }
    }

    /// The longest name of each candidate that is written as it should be, where no name is yet.
    fn choose(&self, dictionary: &Dictionary<'_>, text: &str, tokens: &[Token], matches: &mut Vec<Match>) {
        for end in &self.ends {
            dictionary.expect_text(end.surface);
        }
        matches.clear();
        let (mut free, mut ends) = (0, 0);
        for candidate in &self.candidates {
            let own = &self.ends[ends as usize..candidate.ends as usize];
            ends = candidate.ends;
            if candidate.first < free {
                continue;
            }
            let is_written_so =
                |m: &&Match| is_written_so(dictionary, text, &tokens[m.first as usize..m.end as usize], m.surface);
            let longer = own.iter().rev().find(is_written_so).copied();
            let whole = Match { first: candidate.first, end: candidate.first + 1, surface: candidate.whole };
            if let Some(found) = longer.or((whole.surface != NONE).then_some(whole)) {
                matches.push(found);
                free = found.end;
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
        let key = dictionary.edge(START, token);
        let (pair, begins) = match tokens.get(first + 1) {
            Some(second) => (dictionary.pair(key, second), token.has(start)),
            None => (0, false),
        };
        // One word is in the table by its whole hash, and its class says how it must be written: nothing else is asked.
        let is_whole = token.has(class::NAME_SMALL)
            | token.has(class::NAME) & high
            | token.has(class::NAME_CAPITALS) & (token.form & (form::ALL_CAPITALS | form::DIGIT) != 0);
        Candidate { first: first as u32, whole: NONE, key, pair, begins, is_whole, ends: 0 }
    }
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

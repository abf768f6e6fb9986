//! Finds the names of the lists in the tokens of a text.
//!
//! A name begins where a token begins, so the dictionary's answer to each token ("a whole name", "begins a longer one")
//! already says where to look; nearly every other token is passed over without a second thought.
//!
//! On the way out: exactly what a byte automaton over all names would find in the folded text, cut to token boundaries
//! and chosen leftmost-longest among those that are written as their list asks. aho-corasick is that automaton in
//! tests/matcher.rs.

pub mod check;
mod lists;
mod lookup;
mod search;
mod shipped;
mod strings;
pub mod user;

pub use lists::Lists;
pub use lookup::{Note, notes, surface_of};
pub use search::{Found, Search, Seeker};
pub use shipped::shipped;
pub use strings::{Inside, Strings};

use crate::dictionary::{Case, Dictionary, NONE, class};
use crate::kernel::each_bit;
use crate::token::{SHEET, Token, Tokens, form, marks};

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
    /// Tokens that are a name by themselves.
    words: Vec<Match>,
    /// Tokens that may begin a longer one.
    begun: Vec<Walk>,
    /// The longest of more tokens that begins at each of those that do; without a surface where none does.
    longer: Vec<Match>,
}

/// A walk along longer names.
#[derive(Clone, Copy, Debug)]
struct Walk {
    /// The key of the words up to the next one.
    key: u64,
    first: u32,
    /// Its number among the longer names.
    number: u32,
}

impl Finder {
    /// Replaces `matches` by the names found in `tokens`, leftmost-longest, in order, without overlap.
    ///
    /// `tokens` must have been annotated by the same dictionary.
    pub fn find(&mut self, dictionary: &Dictionary<'_>, tokens: &Tokens, matches: &mut Vec<Match>) {
        self.gather(dictionary, tokens);
        self.sift(dictionary);
        self.look_up(dictionary, tokens);
        self.walk(dictionary, tokens);
        self.choose(matches);
        dictionary.expect(matches.iter().map(|m| m.surface));
    }

    /// All tokens whose class says that they are a name or begin one, written as they are.
    fn gather(&mut self, dictionary: &Dictionary<'_>, tokens: &Tokens) {
        self.words.clear();
        self.begun.clear();
        for (at, sheet) in tokens.sheets().iter().enumerate() {
            let high = sheet.having::<{ marks(0, form::CAPITAL | form::DIGIT) }>();
            // One word is in the table by its whole hash, and its class says how it must be written: nothing else is
            // asked.
            let whole = sheet.having::<{ marks(class::NAME_SMALL, 0) }>()
                | high & sheet.having::<{ marks(class::NAME, 0) }>()
                | sheet.having::<{ marks(0, form::ALL_CAPITALS | form::DIGIT) }>()
                    & sheet.having::<{ marks(class::NAME_CAPITALS, 0) }>();
            let begins = high & sheet.having::<{ marks(class::NAME_START, 0) }>()
                | !high & sheet.having::<{ marks(class::NAME_START_SMALL, 0) }>();
            let first = at * SHEET;
            for first in each_bit(whole).map(|bit| first + bit) {
                dictionary.expect_word(tokens[first].word);
                self.words.push(Match { first: first as u32, end: first as u32 + 1, surface: NONE });
            }
            for first in each_bit(begins).map(|bit| first + bit) {
                let Some(second) = tokens.get(first + 1) else { continue };
                let key = dictionary.join(tokens[first].hash, second);
                dictionary.expect_pair(key);
                self.begun.push(Walk { key, first: first as u32, number: 0 });
            }
        }
    }

    /// Only those that begin a name together with the next token.
    fn sift(&mut self, dictionary: &Dictionary<'_>) {
        let mut left = 0;
        for at in 0..self.begun.len() {
            let walk = self.begun[at];
            dictionary.expect_beginning(walk.key);
            self.begun[left] = Walk { number: left as u32, ..walk };
            left += usize::from(dictionary.has_pair(walk.key));
        }
        self.begun.truncate(left);
        self.longer.clear();
        self.longer.extend(self.begun.iter().map(|walk| Match { first: walk.first, end: 0, surface: NONE }));
    }

    /// Which names the words are that are one by themselves.
    fn look_up(&mut self, dictionary: &Dictionary<'_>, tokens: &[Token]) {
        for word in &mut self.words {
            word.surface = dictionary.surface_of_word(tokens[word.first as usize].word);
            dictionary.expect_surface(word.surface);
        }
    }

    /// Names of more words, one word a round for all walks that go on, to the longest that is written as it should be.
    fn walk(&mut self, dictionary: &Dictionary<'_>, tokens: &[Token]) {
        let mut length = 2;
        while !self.begun.is_empty() {
            let mut left = 0;
            for at in 0..self.begun.len() {
                let Walk { key, first, number } = self.begun[at];
                let end = first as usize + length;
                let beginning = dictionary.beginning(key);
                if beginning.surface != NONE && is_cased(&tokens[first as usize..end], beginning.case) {
                    let longest = &mut self.longer[number as usize];
                    (longest.end, longest.surface) = (end as u32, beginning.surface);
                    dictionary.expect_surface(beginning.surface);
                }
                if beginning.goes_on
                    && let Some(token) = tokens.get(end)
                {
                    let key = dictionary.join(key, token);
                    dictionary.expect_beginning(key);
                    self.begun[left] = Walk { key, first, number };
                    left += 1;
                }
            }
            self.begun.truncate(left);
            length += 1;
        }
    }

    /// The longest name at each token, where no name is yet: a longer one goes before the word that begins it.
    fn choose(&self, matches: &mut Vec<Match>) {
        matches.clear();
        let mut free = 0;
        let mut longer = &self.longer[..];
        let is_name = |longer: &&Match| longer.surface != NONE;
        let mut take = |name: &Match| {
            if name.first >= free {
                matches.push(*name);
                free = name.end;
            }
        };
        for word in &self.words {
            while let [name, others @ ..] = longer
                && name.first <= word.first
            {
                longer = others;
                if is_name(&name) {
                    take(name);
                }
            }
            take(word);
        }
        longer.iter().filter(is_name).for_each(take);
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

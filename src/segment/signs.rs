//! Ends of sentences where no stop stands: behind an address of the net, around a time stamp and a row of signs, and
//! between "Kind regards," and a name.

use super::stops::Stops;
use crate::dictionary::class;
use crate::token::{Token, form};

/// What a sign says: where sentences end, and where to look on.
pub(super) struct Cuts {
    /// A sentence ends before this token.
    pub before: Option<usize>,
    /// A sentence ends before this token too.
    pub after: Option<usize>,
    /// Nothing before this token needs another look.
    pub next: usize,
}

impl Cuts {
    fn none(at: usize) -> Cuts {
        Cuts { before: None, after: None, next: at + 1 }
    }
}

/// So many equal signs beside each other part what stands before and behind them.
const ROW: usize = 4;

/// The longest line of a sender before a time stamp, in tokens.
const LONGEST_SENDER: usize = 10;

impl Stops<'_, '_> {
    /// Where sentences end around the sign `at`; `start` is the sentence's first token.
    #[inline(never)]
    pub fn around_sign(&self, at: usize, start: usize) -> Cuts {
        match self.tokens[at].symbol {
            b'/' if self.glued(at + 1, b'/') && at > 0 && self.tokens[at - 1].is_symbol(b':') => self.after_address(at),
            b'@' if self.is_inside_word(at) && self.is_dotted(at) => self.after_address(at),
            b'/' if self.is_inside_word(at) => self.around_stamp(at, start),
            b'*' | b'_' | b'=' | b'~' | b'#' => self.around_row(at, start),
            _ => Cuts::none(at),
        }
    }

    fn glued(&self, at: usize, symbol: u8) -> bool {
        self.tokens.get(at).is_some_and(|t| t.is_symbol(symbol) && !t.is(form::SPACE))
    }

    fn is_inside_word(&self, at: usize) -> bool {
        let glued_word = |t: &Token| t.is(form::WORD) && !t.is(form::SPACE);
        at > 0
            && self.tokens[at - 1].is(form::WORD)
            && !self.tokens[at].is(form::SPACE)
            && self.tokens.get(at + 1).is_some_and(glued_word)
    }

    /// Whether a full stop is near behind token `at`, in the same stretch without spaces.
    fn is_dotted(&self, at: usize) -> bool {
        self.tokens[at + 1..].iter().take(ROW).take_while(|t| !t.is(form::SPACE)).any(|t| t.is_symbol(b'.'))
    }

    /// One past the last token that hangs on token `at` without a space.
    fn chunk_end(&self, at: usize) -> usize {
        at + 1 + self.tokens[at + 1..].iter().take_while(|t| !t.is(form::SPACE)).count()
    }

    fn after_address(&self, at: usize) -> Cuts {
        let end = self.chunk_end(at);
        let last = &self.tokens[end - 1];
        if last.form & (form::STOP | form::COMMA) != 0 {
            // Its own stop is looked at next.
            return Cuts { before: None, after: None, next: end - 1 };
        }
        let ends = self.tokens.get(end).is_some_and(|next| self.follows_address(next, end));
        Cuts { before: None, after: ends.then_some(end), next: end }
    }

    /// A word with a capital that would have none inside a sentence, or another address.
    fn follows_address(&self, next: &Token, at: usize) -> bool {
        const NAMES: u32 = class::WEEKDAY | class::MONTH | class::GIVEN | class::SURNAME;
        if next.form & form::WORD == 0 {
            return false;
        }
        let address = self.glued(at + 1, b':') && self.glued(at + 2, b'/') && self.glued(at + 3, b'/');
        let word = next.is(form::CAPITAL) && next.has(class::LEXICON | class::STARTER) && !next.has(NAMES);
        address || word || next.is(form::CAPITAL) && next.has(class::STARTER)
    }

    /// `08/16/2025 12:05 PM`, and who sent something then, where nothing else stands before it.
    fn around_stamp(&self, at: usize, start: usize) -> Cuts {
        let digit = |at: usize, space: bool| {
            self.tokens.get(at).is_some_and(|t| t.is(form::DIGIT) && t.is(form::SPACE) == space && !t.is(form::LINE))
        };
        let is_stamp = self.tokens[at - 1].is(form::DIGIT)
            && digit(at + 1, false)
            && self.glued(at + 2, b'/')
            && digit(at + 3, false)
            && digit(at + 4, true)
            && self.glued(at + 5, b':')
            && digit(at + 6, false);
        if !is_stamp {
            return Cuts::none(at);
        }
        let mut end = at + 7;
        if self.glued(end, b':') && digit(end + 1, false) {
            end += 2;
        }
        let suffix = |t: &Token| t.is(form::ALL_CAPITALS | form::SPACE) && t.has(class::TIME) && !t.is(form::LINE);
        end += self.tokens[end..].iter().take(2).take_while(|t| suffix(t)).count();
        let sender = &self.tokens[start..at - 1];
        let is_name = |t: &Token| t.form & form::WORD == 0 || t.is(form::CAPITAL) || !t.is(form::SPACE);
        let alone = sender.len() <= LONGEST_SENDER && sender.iter().all(is_name);
        let next = self.tokens.get(end);
        let ends = next.is_some_and(|t| t.is(form::WORD | form::SPACE) && (t.is(form::CAPITAL) || alone));
        Cuts { before: (alone && !sender.is_empty()).then_some(at - 1), after: ends.then_some(end), next: end }
    }

    /// `************`
    fn around_row(&self, at: usize, start: usize) -> Cuts {
        let symbol = self.tokens[at].symbol;
        let end =
            at + 1 + self.tokens[at + 1..].iter().take_while(|t| t.is_symbol(symbol) && !t.is(form::SPACE)).count();
        let apart = |at: usize| self.tokens.get(at).is_none_or(|t| t.is(form::SPACE));
        if end - at < ROW {
            return Cuts { before: None, after: None, next: end };
        }
        Cuts {
            before: (at > start && apart(at)).then_some(at),
            after: (apart(end) && end < self.tokens.len()).then_some(end),
            next: end,
        }
    }

    /// One past the comma of "Kind regards," where a sentence begins with it and a name follows.
    #[inline]
    pub fn sign_off_end(&self, start: usize) -> Option<usize> {
        let [first, second, third] = self.tokens.get(start..start + 3)? else { return None };
        let comma = match (second.symbol, third.symbol) {
            (b',', _) if first.has(class::STARTER) => start + 1,
            (_, b',') if second.has(class::STARTER) => start + 2,
            _ => return None,
        };
        self.signed_off(comma)
    }

    #[inline(never)]
    fn signed_off(&self, comma: usize) -> Option<usize> {
        let word = &self.tokens[comma - 1];
        let mut senses = self.dictionary.senses(word.word, class::STARTER);
        let signs_off = senses.any(|value| self.dictionary.value(value) == "sign_off");
        let name = self.tokens.get(comma + 1)?;
        let stands_alone = self.tokens.get(comma + 2).is_none_or(|t| t.is(form::CAPITAL) || t.is(form::LINE));
        (signs_off && name.is(form::CAPITAL) && !name.is(form::PARAGRAPH) && stands_alone).then_some(comma + 1)
    }
}

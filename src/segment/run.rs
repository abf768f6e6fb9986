//! Marks that stand together: the stops, closers and reference marks behind a word are judged as one.

use super::stops::Stops;
use crate::token::{Token, form};

/// What a run of marks says.
#[derive(Clone, Copy, Default)]
pub(super) struct Run {
    /// One past its last token, closers included.
    pub end: usize,
    pub dots: usize,
    /// A question or exclamation mark is in it.
    pub asks: bool,
    /// A stop of a script without capitals is in it.
    pub foreign: bool,
    /// Its dots stand apart.
    pub spaced: bool,
    pub quote: bool,
    pub bracket: bool,
}

/// A detached straight quotation mark looks so many tokens back for the one that it may close.
const QUOTE_REACH: usize = 60;

impl Stops<'_, '_> {
    /// The marks that stand together from `at` on: stops, closers, reference marks, an emoticon.
    pub fn run(&self, at: usize, start: usize, limit: usize) -> Run {
        let mut run = Run { end: at, ..Run::default() };
        let mut closer_before = false;
        while let Some(token) = self.tokens[..limit].get(run.end) {
            let space = token.is(form::SPACE) && run.end > at;
            if token.is(form::LINE) && run.end > at {
                break;
            }
            if token.is(form::WORD) {
                if !self.is_reference_number(at, &run, limit) {
                    break;
                }
                run.end += 1;
                continue;
            }
            let after_dot = self.tokens[run.end.saturating_sub(1)].is_symbol(b'.');
            let mut closer = false;
            match token.symbol {
                b'.' if !space || (run.dots > 0 && after_dot) => {
                    run.spaced |= space;
                    run.dots += 1;
                }
                b'!' | b'?' if !space || run.asks => run.asks = true,
                b')' | b']' if !space => run.bracket = true,
                b'"' | b'\'' if run.end > at && self.closes(run.end, space, closer_before, start) => {
                    run.quote = true;
                    closer = true;
                }
                b'*' if !space && run.end > at => {}
                b'[' if !space && self.is_reference(run.end) => {
                    run.end += 3;
                    continue;
                }
                b':' | b';' if run.end > at && self.emoticon_end(run.end, limit).is_some() => {
                    run.end = self.emoticon_end(run.end, limit).unwrap_or(run.end + 1);
                    continue;
                }
                0 if !space && self.is_ellipsis(token) => run.dots += 3,
                0 if !space && self.is_foreign_stop(token) => run.foreign = true,
                _ => break,
            }
            closer_before = closer;
            run.end += 1;
        }
        run
    }

    /// Whether a stop belongs to a script without capitals.
    pub fn is_foreign_stop(&self, token: &Token) -> bool {
        token.symbol == 0
            && token.form & form::WORD == 0
            && matches!(token.of(self.text), "。" | "？" | "！" | "।" | "॥" | "؟" | "۔" | "።" | "։" | "｡")
    }

    pub fn is_ellipsis(&self, token: &Token) -> bool {
        token.symbol == 0 && token.form & form::WORD == 0 && token.of(self.text) == "…"
    }

    /// Whether the quotation mark at `at`, behind a stop, closes what stands before it.
    fn closes(&self, at: usize, space: bool, closer_before: bool, start: usize) -> bool {
        let mark = &self.tokens[at];
        match mark.of(self.text) {
            "“" | "«" | "„" | "‘" => false,
            "”" | "»" => true,
            // A straight mark closes unless a word hangs on it.
            _ if !space => self.tokens.get(at + 1).is_none_or(|t| t.is(form::SPACE) || !t.is(form::WORD)),
            _ if closer_before => false,
            // Apart from the stop and from the next word, it closes what another one opened.
            _ => {
                let apart = self.tokens.get(at + 1).is_none_or(|t| t.is(form::SPACE));
                let sentence = &self.tokens[start.max(at.saturating_sub(QUOTE_REACH))..at];
                let quotes = sentence.windows(2).filter(|pair| {
                    pair[0].is_symbol(mark.symbol) && (pair[0].is(form::SPACE) || pair[1].is(form::SPACE))
                });
                apart && quotes.count() % 2 == 1
            }
        }
    }

    /// `[25]`.
    fn is_reference(&self, at: usize) -> bool {
        matches!(self.tokens.get(at..at + 3), Some([_, number, close])
            if number.is(form::DIGIT) && close.is_symbol(b']') && !number.is(form::SPACE))
    }

    /// The number of a note, on the line where it was raised: `in the valley.4 They`.
    fn is_reference_number(&self, at: usize, run: &Run, limit: usize) -> bool {
        let number = &self.tokens[run.end];
        let small_word = |t: &Token| t.form & (form::WORD | form::DIGIT | form::CAPITAL) == form::WORD;
        number.form & (form::DIGIT | form::SPACE) == form::DIGIT
            && number.end - number.start <= 3
            && (run.dots == 1 || run.asks)
            && !run.quote
            && at > 0
            && small_word(&self.tokens[at - 1])
            && self.tokens[at - 1].end - self.tokens[at - 1].start > 2
            && self.tokens[..limit].get(run.end + 1).is_none_or(|t| t.is(form::SPACE | form::CAPITAL))
    }

    /// One past the emoticon that begins at `at`: `:-)`, `;)`, `:D`.
    pub fn emoticon_end(&self, at: usize, limit: usize) -> Option<usize> {
        let tokens = &self.tokens[at..limit];
        let glued = |t: &&Token| !t.is(form::SPACE);
        if !matches!(tokens.first()?.symbol, b':' | b';') {
            return None;
        }
        let nose = usize::from(tokens.get(1).filter(glued)?.is_symbol(b'-'));
        let mouth = tokens.get(1 + nose).filter(glued)?;
        let is_mouth = mouth.is_symbol(b')')
            || mouth.is_symbol(b'(')
            || mouth.end - mouth.start == 1 && matches!(mouth.symbol, b'D' | b'P');
        let ends = tokens.get(2 + nose).is_none_or(|t| t.is(form::SPACE) || t.form & form::WORD == 0);
        (is_mouth && ends).then_some(at + 2 + nose)
    }
}

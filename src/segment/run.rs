//! Marks that stand together: the stops, closers and reference marks behind a word are judged as one.

use super::stops::Stops;
use crate::dictionary::class;
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

/// A straight quotation mark looks so many tokens back for the one that it may close.
const QUOTE_REACH: usize = 150;

impl Stops<'_, '_> {
    /// The marks that stand together from `at` on: stops, closers, reference marks, an emoticon.
    pub fn run(&self, at: usize, limit: usize) -> Run {
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
                b'"' | b'\'' if run.end > at && self.closes(run.end, space, closer_before) => {
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
    fn closes(&self, at: usize, space: bool, closer_before: bool) -> bool {
        match self.tokens[at].of(self.text) {
            "“" | "«" | "„" | "‘" => return false,
            "”" | "»" => return true,
            _ => {}
        }
        // A straight mark hangs on what it closes. Between two spaces, or none, it closes what another one opened, but
        // `he said. " We` opens one.
        let next = self.tokens.get(at + 1);
        if !space {
            let hangs = next.is_none_or(|t| t.is(form::SPACE) || t.form & form::WORD == 0);
            return hangs || self.tokens[at].symbol == b'"' && self.is_inside_quotation(at);
        }
        let reported = at >= 2 && self.tokens[at - 2].has(class::REPORT);
        !closer_before && !reported && next.is_none_or(|t| t.is(form::SPACE)) && self.is_inside_quotation(at)
    }

    /// Whether straight quotation marks like the one at `at` stand before it in odd number.
    fn is_inside_quotation(&self, at: usize) -> bool {
        let mut inside = false;
        for before in (at.saturating_sub(QUOTE_REACH)..at).rev() {
            let [token, next] = [&self.tokens[before], &self.tokens[before + 1]];
            let apart = token.is(form::SPACE) || next.is(form::SPACE) || token.symbol == b'"';
            inside ^= token.is_symbol(self.tokens[at].symbol) && apart;
            if token.is(form::PARAGRAPH) {
                break;
            }
        }
        inside
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

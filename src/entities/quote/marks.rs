//! Pairs quotation marks.
//!
//! Marks are not brackets: an apostrophe looks like a closing single mark, straight marks do not say which side they
//! stand on, and a quotation of several paragraphs opens in each and closes once. So pairs are looked for inside one
//! paragraph only, and a pair that does not close there is a quotation only when the next paragraph opens again.

use crate::token::{Token, form};

/// What stands between two marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// The opening mark's first token.
    pub open: usize,
    /// First token inside.
    pub first: usize,
    /// One past the last token inside.
    pub end: usize,
    /// One past the closing mark; `end` when the quotation goes on in the next paragraph.
    pub close: usize,
    /// It goes on in the next paragraph.
    pub goes_on: bool,
    /// It goes on from the paragraph before.
    pub continues: bool,
}

/// Which marks belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Curly,
    Straight,
    Low,
    Angle,
    Single,
    /// Two apostrophes.
    Twice,
}

/// How far ahead the end of a quotation in single marks is looked for, in tokens.
const SINGLE_REACH: usize = 300;

/// Whether a token is a quotation mark or an apostrophe.
#[inline]
pub(super) fn is_mark(token: &Token) -> bool {
    // One number of both answers: whether a token is a word cannot be guessed, whether it is a mark nearly can.
    let symbol = u32::from(token.symbol) | (token.form & form::WORD) << 8;
    matches!(symbol, 0x22 | 0x27)
}

/// Appends the pairs of one paragraph: its first token, its first mark, one past its last token.
pub(super) fn pairs(text: &str, tokens: &[Token], (from, mark, to): (usize, usize, usize), out: &mut Vec<Pair>) {
    let mut open: Option<(Kind, usize, usize)> = None;
    let mut continues = out.last().is_some_and(|p| p.goes_on);
    let mut at = mark;
    while let Some(next) = tokens[at..to].iter().position(is_mark) {
        at += next;
        let token = &tokens[at];
        let twice =
            token.symbol == b'\'' && at + 1 < to && tokens[at + 1].is_symbol(b'\'') && !tokens[at + 1].is(form::SPACE);
        // "the port's": an apostrophe tight behind a word opens nothing.
        if open.is_none() && token.symbol == b'\'' && !twice && at > 0 && follows_word(tokens, at) {
            at += 1;
            continue;
        }
        let next = at + 1 + usize::from(twice);
        let here = Mark { text, tokens, at, next, to };
        if let Some((kind, mark_at, first)) = open {
            if here.closes(kind) {
                if at > first {
                    out.push(Pair {
                        open: mark_at,
                        first,
                        end: at,
                        close: next,
                        goes_on: false,
                        continues: continues && mark_at == from,
                    });
                }
                continues = false;
                open = None;
                at = next;
                continue;
            }
            // The same mark again: the one before it was never closed.
            if let Some(again) = here.opens()
                && again == kind
                && kind == Kind::Curly
            {
                open = Some((kind, at, next));
            }
        } else if let Some(kind) = here.opens() {
            open = Some((kind, at, next));
        }
        at = next;
    }
    if let Some((kind, mark_at, first)) = open
        && to > first
        && opens_again(text, tokens, to, kind)
    {
        out.push(Pair {
            open: mark_at,
            first,
            end: to,
            close: to,
            goes_on: true,
            continues: continues && mark_at == from,
        });
    }
}

/// Whether a word stands right before a token.
fn follows_word(tokens: &[Token], at: usize) -> bool {
    tokens[at].form & (form::SPACE | form::LINE) == 0 && tokens[at - 1].is(form::WORD)
}

/// A mark under reading: its tokens `at..next`, in a paragraph that ends at `to`.
struct Mark<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    next: usize,
    to: usize,
}

impl Mark<'_> {
    fn twice(&self) -> bool {
        self.next > self.at + 1
    }

    fn opens(&self) -> Option<Kind> {
        let (tokens, at) = (self.tokens, self.at);
        let loose_before = at == 0 || !follows_word(tokens, at);
        let tight_behind = self.next < self.to && !tokens[self.next].is(form::SPACE);
        match tokens[at].of(self.text) {
            "“" | "‟" => Some(Kind::Curly),
            "„" => Some(Kind::Low),
            "«" => Some(Kind::Angle),
            "\"" if loose_before => Some(Kind::Straight),
            "‘" if loose_before && tight_behind && !self.twice() => Some(Kind::Single),
            "'" | "`" if self.twice() && loose_before && tight_behind => Some(Kind::Twice),
            _ => None,
        }
    }

    fn closes(&self, kind: Kind) -> bool {
        let mark = self.tokens[self.at].of(self.text);
        let loose_behind = self.next >= self.to || self.tokens[self.next].is(form::SPACE);
        match kind {
            Kind::Curly => mark == "”" || mark == "\"" && loose_behind,
            Kind::Straight => mark == "\"" || mark == "”",
            Kind::Low => matches!(mark, "“" | "”" | "\""),
            Kind::Angle => mark == "»",
            Kind::Twice => self.twice(),
            Kind::Single => mark == "’" && ends_single(self.text, self.tokens, self.at, self.to),
        }
    }
}

/// Whether a `’` ends a quotation: not inside a word, and behind punctuation unless no such mark follows.
fn ends_single(text: &str, tokens: &[Token], at: usize, to: usize) -> bool {
    let outside = |at: usize| {
        at + 1 >= to || tokens[at + 1].form & (form::SPACE | form::LINE) != 0 || tokens[at + 1].form & form::WORD == 0
    };
    let behind_stop =
        |at: usize| matches!(tokens[at - 1].symbol, b',' | b'.' | b'?' | b'!') && tokens[at - 1].form & form::WORD == 0;
    if !outside(at) || tokens[at].is(form::SPACE) {
        return false;
    }
    if behind_stop(at) {
        return true;
    }
    let last = to.min(at + SINGLE_REACH);
    !(at + 1..last)
        .take_while(|b| tokens[*b].of(text) != "‘")
        .any(|b| tokens[b].of(text) == "’" && outside(b) && behind_stop(b))
}

/// Whether a paragraph begins with the same opening mark.
fn opens_again(text: &str, tokens: &[Token], at: usize, kind: Kind) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    match kind {
        Kind::Curly => token.of(text) == "“",
        Kind::Straight => token.of(text) == "\"",
        Kind::Low => token.of(text) == "„",
        Kind::Angle => token.of(text) == "«",
        Kind::Single => token.of(text) == "‘",
        Kind::Twice => {
            token.is_symbol(b'\'') && tokens.get(at + 1).is_some_and(|t| t.is_symbol(b'\'') && !t.is(form::SPACE))
        }
    }
}

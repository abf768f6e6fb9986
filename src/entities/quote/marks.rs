//! Pairs quotation marks.
//!
//! Marks are not brackets: an apostrophe looks like a closing single mark, straight marks do not say which side they
//! stand on, and a quotation of several paragraphs opens in each and closes once. So pairs are looked for inside one
//! paragraph only, and a pair that does not close there is a quotation only when the next paragraph opens again.

use crate::token::{Marked, Token, form};

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
    /// Number of the sentence that the opening mark lies in; set when all pairs are known.
    pub sentence: usize,
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

/// Whether a mark is an apostrophe tight behind a word ("the port's"), which opens nothing.
#[inline]
pub(super) fn is_apostrophe(tokens: &[Token], at: usize) -> bool {
    tokens[at].symbol == b'\'' && at > 0 && follows_word(tokens, at) && !is_twice(tokens, at)
}

/// Whether the apostrophe at a token is followed at once by another.
fn is_twice(tokens: &[Token], at: usize) -> bool {
    tokens[at].symbol == b'\'' && tokens.get(at + 1).is_some_and(|t| t.is_symbol(b'\'') && !t.is(form::SPACE))
}

/// Appends the pairs of one paragraph: its first token, its first mark, one past its last token. `marks` walks over all
/// quotation marks and apostrophes; the first of them behind the paragraph is returned.
pub(super) fn pairs(
    text: &str,
    tokens: &[Token],
    marks: &mut Marked<'_>,
    (from, mark, to): (usize, usize, usize),
    out: &mut Vec<Pair>,
) -> Option<usize> {
    let mut open: Option<(Kind, usize, usize)> = None;
    let mut continues = out.last().is_some_and(|p| p.goes_on);
    let mut mark = Some(mark);
    while let Some(at) = mark.filter(|at| *at < to) {
        let next = at + 1 + usize::from(at + 1 < to && is_twice(tokens, at));
        mark = marks.next_at(next);
        if open.is_none() && is_apostrophe(tokens, at) {
            continue;
        }
        let here = Mark { text, tokens, char: char_of(text, &tokens[at]), at, next, to };
        if let Some((kind, mark_at, first)) = open {
            if here.closes(kind, marks) {
                if at > first {
                    out.push(Pair {
                        open: mark_at,
                        first,
                        end: at,
                        close: next,
                        goes_on: false,
                        continues: continues && mark_at == from,
                        sentence: 0,
                    });
                }
                continues = false;
                open = None;
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
            sentence: 0,
        });
    }
    mark
}

/// Whether a word stands right before a token.
fn follows_word(tokens: &[Token], at: usize) -> bool {
    tokens[at].form & (form::SPACE | form::LINE) == 0 && tokens[at - 1].is(form::WORD)
}

/// The character that a quotation mark is, as it stands in the text.
#[inline]
fn char_of(text: &str, token: &Token) -> Option<char> {
    if token.form & form::BEYOND_ASCII == 0 {
        return Some(char::from(text.as_bytes()[token.start as usize]));
    }
    token.of(text).chars().next()
}

/// A mark under reading: its tokens `at..next`, in a paragraph that ends at `to`.
struct Mark<'a> {
    text: &'a str,
    tokens: &'a [Token],
    char: Option<char>,
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
        let loose_before = || at == 0 || !follows_word(tokens, at);
        let tight_behind = || self.next < self.to && !tokens[self.next].is(form::SPACE);
        match self.char? {
            '“' | '‟' => Some(Kind::Curly),
            '„' => Some(Kind::Low),
            '«' => Some(Kind::Angle),
            '"' if loose_before() => Some(Kind::Straight),
            '‘' if !self.twice() && loose_before() && tight_behind() => Some(Kind::Single),
            '\'' | '`' if self.twice() && loose_before() && tight_behind() => Some(Kind::Twice),
            _ => None,
        }
    }

    /// `marks` walks over all quotation marks and apostrophes.
    fn closes(&self, kind: Kind, marks: &Marked<'_>) -> bool {
        let loose_behind = || self.next >= self.to || self.tokens[self.next].is(form::SPACE);
        match (kind, self.char) {
            (Kind::Curly, Some(mark)) => mark == '”' || mark == '"' && loose_behind(),
            (Kind::Straight, Some(mark)) => matches!(mark, '"' | '”'),
            (Kind::Low, Some(mark)) => matches!(mark, '“' | '”' | '"'),
            (Kind::Angle, mark) => mark == Some('»'),
            (Kind::Twice, _) => self.twice(),
            (Kind::Single, Some('’')) => self.ends_single(marks),
            _ => false,
        }
    }

    /// Whether a `’` ends a quotation: not inside a word, and behind punctuation unless no such mark follows.
    fn ends_single(&self, marks: &Marked<'_>) -> bool {
        let Mark { text, tokens, at, to, .. } = *self;
        let outside = |at: usize| {
            at + 1 >= to
                || tokens[at + 1].form & (form::SPACE | form::LINE) != 0
                || tokens[at + 1].form & form::WORD == 0
        };
        let behind_stop = |at: usize| {
            matches!(tokens[at - 1].symbol, b',' | b'.' | b'?' | b'!') && tokens[at - 1].form & form::WORD == 0
        };
        if !outside(at) || tokens[at].is(form::SPACE) {
            return false;
        }
        if behind_stop(at) {
            return true;
        }
        let last = to.min(at + SINGLE_REACH);
        let mut marks = marks.clone();
        let mut from = at + 1;
        while let Some(later) = marks.next_at(from).filter(|later| *later < last) {
            match char_of(text, &tokens[later]) {
                Some('‘') => break,
                Some('’') if outside(later) && behind_stop(later) => return false,
                _ => from = later + 1,
            }
        }
        true
    }
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
        Kind::Twice => token.is_symbol(b'\'') && is_twice(tokens, at),
    }
}

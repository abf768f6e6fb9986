//! Pairs quotation marks.
//!
//! Marks are not brackets: an apostrophe looks like a closing single mark, straight marks do not say which side they
//! stand on, and a quotation of several paragraphs opens in each and closes once. So pairs are looked for inside one
//! paragraph; a pair that does not close there is a quotation only when the next paragraph opens again, or when the next
//! mark of all, in a paragraph not far behind, can only close it.

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

impl Pair {
    /// The last token inside that is no mark: quotations inside quotations end together.
    pub(super) fn last<'t>(&self, tokens: &'t [Token]) -> &'t Token {
        let inside = &tokens[self.first..self.end];
        inside.iter().rfind(|t| !t.is(form::QUOTE)).unwrap_or(&inside[inside.len() - 1])
    }
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

impl Kind {
    /// Whether a quotation in such marks may have one inside it that begins at a mark of another kind.
    fn holds(self, other: Kind, mark: &Mark<'_>) -> bool {
        match (self, other) {
            (Kind::Single, Kind::Curly | Kind::Straight) => true,
            (Kind::Straight, Kind::Curly) | (Kind::Curly, Kind::Straight) => mark.is_left(),
            _ => false,
        }
    }
}

/// How far ahead the end of a quotation in single marks is looked for, in tokens.
const SINGLE_REACH: usize = 300;

/// How far ahead the end of a quotation of several paragraphs is looked for, in tokens.
const PARAGRAPHS_REACH: usize = 400;

/// Words whose beginning is left out, as written behind the mark that stands for it.
const LEFT_OUT: [&str; 9] = ["em", "til", "till", "tis", "twas", "bout", "cause", "round", "n"];

/// Whether a mark is an apostrophe tight behind a word ("the port's"), which opens nothing.
#[inline]
pub(super) fn is_apostrophe(tokens: &[Token], at: usize) -> bool {
    tokens[at].symbol == b'\'' && at > 0 && follows_word(tokens, at) && !is_twice(tokens, at)
}

/// Whether the apostrophe at a token is followed at once by another.
fn is_twice(tokens: &[Token], at: usize) -> bool {
    tokens[at].symbol == b'\'' && tokens.get(at + 1).is_some_and(|t| t.is_symbol(b'\'') && !t.is(form::SPACE))
}

/// An opening mark whose end is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    kind: Kind,
    /// Its first token.
    pub at: usize,
    /// The first token inside.
    first: usize,
    /// How many pairs there were before it: those behind lie inside, and count only if it never closes.
    kept: usize,
}

/// Pairs the marks of an article, paragraph after paragraph.
pub(super) struct Pairing<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// Walks over all quotation marks and apostrophes.
    pub marks: Marked<'a>,
    pub pairs: &'a mut Vec<Pair>,
    /// A mark that opens a paragraph, or stands behind a colon, and neither closes in its paragraph nor is repeated before
    /// the next.
    pub held: Option<Open>,
}

impl<'a> Pairing<'a> {
    /// Appends the pairs of one paragraph: its first token, its first mark, one past its last token. Returns the first
    /// mark behind the paragraph.
    pub(super) fn paragraph(&mut self, (from, mark, to): (usize, usize, usize)) -> Option<usize> {
        let (mut outer, mut inner): (Option<Open>, Option<Open>) = (None, None);
        let mut continues = self.pairs.last().is_some_and(|p| p.goes_on);
        let mut mark = Some(mark);
        while let Some(at) = mark.filter(|at| *at < to) {
            let here = self.mark(at, to);
            mark = self.marks.next_at(here.next);
            if outer.is_none() && is_apostrophe(self.tokens, at) {
                continue;
            }
            let opened = |kind| Some(Open { kind, at, first: here.next, kept: self.pairs.len() });
            let Some(open) = outer else {
                outer = here.opens().and_then(opened);
                continue;
            };
            if let Some(nested) = inner {
                if here.closes(nested.kind, &self.marks) {
                    self.push(nested, at, here.next, false);
                    inner = None;
                    continue;
                }
                if here.opens() == Some(nested.kind) {
                    inner = opened(nested.kind);
                }
                // The marks of a word left out ("‘bout") and of a quotation look alike: only what has whole quotations
                // inside is one.
                if open.kind == Kind::Single || !here.closes(open.kind, &self.marks) {
                    continue;
                }
                inner = None;
            }
            let nests = here.opens().filter(|kind| open.kind.holds(*kind, &here));
            if nests.is_some() {
                inner = nests.and_then(opened);
            } else if here.closes(open.kind, &self.marks) {
                self.pairs.truncate(open.kept);
                self.push(open, at, here.next, continues && open.at == from);
                continues = false;
                outer = None;
            } else if matches!(open.kind, Kind::Curly | Kind::Single) && here.opens() == Some(open.kind) {
                // The same mark again: the one before it was never closed.
                outer = opened(open.kind);
            }
        }
        self.held = None;
        let unclosed = [outer, inner].into_iter().flatten();
        if let Some(open) = unclosed.clone().find(|open| opens_again(self.text, self.tokens, to, open.kind)) {
            self.pairs.truncate(open.kept);
            self.push(open, to, to, continues && open.at == from);
        } else {
            let led = |at: usize| at == from || self.tokens[at - 1].is_symbol(b':');
            self.held = outer.filter(|open| led(open.at) && open.kind != Kind::Single);
        }
        mark
    }

    /// Ends the quotation that is held at the first mark of a later paragraph, if that mark can close it: a pair for each
    /// of the `paragraphs`, the first tokens of those behind its own and one past the last token of the last.
    pub(super) fn close_held(&mut self, mark: usize, to: usize, paragraphs: impl Iterator<Item = usize>) -> bool {
        let Some(open) = self.held.take().filter(|open| mark <= open.at + PARAGRAPHS_REACH) else { return false };
        let here = self.mark(mark, to);
        let tight = self.tokens[mark].form & (form::SPACE | form::LINE) == 0;
        // A straight mark inside a paragraph may as well open.
        let ends = open.kind == Kind::Curly || self.tokens[here.next..to].iter().all(|t| t.form & form::WORD == 0);
        if !tight || !ends || !here.closes(open.kind, &self.marks) {
            return false;
        }
        self.pairs.truncate(open.kept);
        let mut part = open;
        for next in paragraphs.take_while(|next| *next < mark) {
            self.push(part, next, next, part.at != open.at);
            part = Open { at: next, first: next, ..open };
        }
        self.push(part, mark, here.next, part.at != open.at);
        true
    }

    /// What stands at a mark of a paragraph that ends at `to`.
    fn mark(&self, at: usize, to: usize) -> Mark<'a> {
        let Self { text, tokens, .. } = *self;
        let next = at + 1 + usize::from(at + 1 < to && is_twice(tokens, at));
        Mark { text, tokens, char: char_of(text, &tokens[at]), at, next, to }
    }

    /// Appends a pair, unless it is empty; one without a closing mark goes on.
    fn push(&mut self, open: Open, end: usize, close: usize, continues: bool) {
        if end > open.first {
            let Open { at, first, .. } = open;
            self.pairs.push(Pair { open: at, first, end, close, goes_on: end == close, continues, sentence: 0 });
        }
    }
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

    /// White space stands before it and none behind.
    fn is_left(&self) -> bool {
        self.is_apart() && self.is_tight_behind()
    }

    /// White space stands before it, or nothing.
    fn is_apart(&self) -> bool {
        self.at == 0 || self.tokens[self.at].form & (form::SPACE | form::LINE) != 0
    }

    fn is_tight_behind(&self) -> bool {
        self.next < self.to && !self.tokens[self.next].is(form::SPACE)
    }

    fn opens(&self) -> Option<Kind> {
        let (tokens, at) = (self.tokens, self.at);
        let loose_before = || at == 0 || !follows_word(tokens, at);
        // The value of an attribute that markup left behind.
        let is_value = || at > 0 && tokens[at - 1].is_symbol(b'=') && !self.is_apart();
        match self.char.filter(|_| !is_value())? {
            '“' | '‟' => Some(Kind::Curly),
            '„' => Some(Kind::Low),
            '«' => Some(Kind::Angle),
            '"' if loose_before() => Some(Kind::Straight),
            // Turned the wrong way, where nothing can end.
            '”' if tokens[at].is(form::LINE) && self.is_tight_behind() => Some(Kind::Curly),
            '‘' if !self.twice() && loose_before() && self.is_tight_behind() && !self.leaves_out() => {
                Some(Kind::Single)
            }
            '\'' | '`' if self.twice() && loose_before() && self.is_tight_behind() => Some(Kind::Twice),
            _ => None,
        }
    }

    /// Whether it stands for what was left out: "the ‘90s", "tell ‘em".
    fn leaves_out(&self) -> bool {
        let word = self.tokens[self.next].of(self.text);
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        digits == 2 && matches!(&word[2..], "" | "s") || LEFT_OUT.iter().any(|w| word.eq_ignore_ascii_case(w))
    }

    /// `marks` walks over all quotation marks and apostrophes.
    fn closes(&self, kind: Kind, marks: &Marked<'_>) -> bool {
        let loose_behind = || self.next >= self.to || self.tokens[self.next].is(form::SPACE);
        match (kind, self.char) {
            // Or turned the wrong way.
            (Kind::Curly, Some('“')) => !self.is_apart() && loose_behind(),
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

/// Whether a paragraph begins with such an opening mark again.
fn opens_again(text: &str, tokens: &[Token], at: usize, kind: Kind) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    match kind {
        Kind::Curly | Kind::Straight => matches!(token.of(text), "“" | "\""),
        Kind::Low => token.of(text) == "„",
        Kind::Angle => token.of(text) == "«",
        Kind::Single => token.of(text) == "‘",
        Kind::Twice => token.is_symbol(b'\'') && is_twice(tokens, at),
    }
}

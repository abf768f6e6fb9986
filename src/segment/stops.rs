//! Decides for one mark whether a sentence ends there.
//!
//! The reasons against an end stand in one list each, in the order in which they are asked: what follows (a small
//! letter, no space), what stands before (an initial, an abbreviation, a number of a list), what the mark is (an
//! ellipsis, a question inside a quotation).

use crate::dictionary::{Dictionary, class};
use crate::token::{Token, form};

/// The look at marks of one article.
pub(super) struct Stops<'a, 'd> {
    pub dictionary: &'a Dictionary<'d>,
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// Single line breaks stand inside sentences.
    pub wrapped: bool,
}

/// An item of a list that was begun: its number, and how it is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// `1.` or `1)`.
    Number(u32),
    /// `•`.
    Bullet(u64),
}

/// What a run of marks says.
#[derive(Clone, Copy, Default)]
struct Run {
    /// One past its last token, closers included.
    end: usize,
    dots: usize,
    /// A question or exclamation mark is in it.
    asks: bool,
    /// A stop of a script without capitals is in it.
    foreign: bool,
    /// Its dots stand apart.
    spaced: bool,
    quote: bool,
    bracket: bool,
}

impl Stops<'_, '_> {
    /// Whether a token is worth a look. `in_list`: brackets may end the number of an item.
    #[inline]
    pub fn may_end(&self, token: &Token, in_list: bool) -> bool {
        token.form & (form::STOP | form::FOREIGN) != 0 || token.is_symbol(b')') && (in_list || token.start < 8)
    }

    /// Whether the mark `at` is the stop that most are: behind a plain word and before one with a capital. Such a stop
    /// ends a sentence, whatever else could be asked of it; all others are asked one by one.
    #[inline]
    pub fn is_plain_end(&self, at: usize) -> bool {
        const BEFORE: u32 = form::WORD | form::DIGIT;
        const AFTER: u32 = form::WORD | form::CAPITAL | form::SPACE;
        let Some([before, stop, after]) = at.checked_sub(1).and_then(|from| self.tokens.get(from..from + 3)) else {
            return false;
        };
        let plain_word =
            before.form & BEFORE == form::WORD && before.end - before.start > 1 && !before.has(class::ABBREVIATION);
        stop.symbol == b'.' && !stop.is(form::SPACE) && plain_word && after.is(AFTER)
    }

    /// Whether the line break before token `at` ends a paragraph.
    pub fn parts_paragraphs(&self, at: usize) -> bool {
        self.tokens[at].is(form::PARAGRAPH) || !self.wrapped
    }

    /// Whether a paragraph of one sentence is a sub-heading.
    pub fn is_heading(&self, first: usize, end: usize) -> bool {
        let own = &self.tokens[first..end];
        let last = own[own.len() - 1];
        let begins = own[0].form & (form::CAPITAL | form::DIGIT) != 0 || matches!(own[0].symbol, b'"' | b'\'');
        own.len() <= super::LONGEST_HEADING
            && begins
            && (last.is(form::WORD) || matches!(last.symbol, b'?' | b'\'' | b')'))
            && own.iter().any(|t| t.is(form::WORD) && !t.is(form::DIGIT))
    }

    fn foreign_stop(&self, token: &Token) -> bool {
        token.symbol == 0
            && token.form & form::WORD == 0
            && matches!(token.of(self.text), "。" | "？" | "！" | "।" | "॥" | "؟" | "۔" | "።" | "։" | "｡")
    }

    fn is_ellipsis(&self, token: &Token) -> bool {
        token.symbol == 0 && token.form & form::WORD == 0 && token.of(self.text) == "…"
    }

    /// An item of a list that begins before the mark `at`: the token that begins it. Keeps `item` up to date.
    pub fn item_before(&self, at: usize, start: usize, item: &mut Option<Item>) -> Option<usize> {
        let token = &self.tokens[at];
        if token.symbol == 0 {
            if !matches!(token.of(self.text), "•" | "⁃" | "‣" | "●" | "▪") {
                return None;
            }
            let same = *item == Some(Item::Bullet(token.hash));
            if at == start || same {
                *item = Some(Item::Bullet(token.hash));
            }
            return (same && at > start).then_some(at);
        }
        let before = &self.tokens[at.checked_sub(1)?];
        let value = before.is(form::DIGIT).then(|| before.of(self.text).parse::<u32>().ok()).flatten()?;
        if value > 99 || token.is(form::SPACE) || !matches!(token.symbol, b'.' | b')') {
            return None;
        }
        let after = self.tokens.get(at + 1)?;
        let after = if after.is_symbol(b')') { self.tokens.get(at + 2)? } else { after };
        if !after.is(form::SPACE) || !after.is(form::CAPITAL) {
            return None;
        }
        if at - 1 == start {
            *item = Some(Item::Number(value));
            return None;
        }
        if *item == value.checked_sub(1).map(Item::Number) && before.is(form::SPACE) {
            *item = Some(Item::Number(value));
            return Some(at - 1);
        }
        None
    }

    /// Where to look on after the mark `at`, and whether a sentence ends just before that.
    ///
    /// `start` is the sentence's first token; nothing at `limit` or after it is taken in. Marks that stand together are
    /// judged together, once, so that no row of dots is walked twice.
    pub fn end_after(&self, at: usize, start: usize, limit: usize) -> (usize, bool) {
        let token = &self.tokens[at];
        let other = token.symbol == 0 && !self.foreign_stop(token) && !self.is_ellipsis(token);
        if token.symbol == b')' || other {
            return (at + 1, false);
        }
        let run = self.run(at, limit);
        (run.end.max(at + 1), self.ends(at, &run, start, limit))
    }

    fn ends(&self, at: usize, run: &Run, start: usize, limit: usize) -> bool {
        if run.end >= limit || run.end >= self.tokens.len() || run.foreign {
            return true;
        }
        let next = &self.tokens[run.end];
        if next.is(form::LINE) && self.parts_paragraphs(run.end) {
            return true;
        }
        let opener = self.skip_openers(run.end);
        let Some(first) = self.tokens.get(opener).filter(|_| next.is(form::SPACE)) else {
            return false;
        };
        if self.is_small(first) {
            return self.before_small_letter(at, run, opener, start);
        }
        if !first.is(form::WORD)
            && !matches!(first.symbol, b'$' | b'#' | b'@' | b'"' | b'\'' | b'(' | b'[' | b'-' | b'*' | 0)
        {
            return false;
        }
        if run.asks {
            !self.is_reported(run, opener)
        } else if run.dots > 1 {
            self.ellipsis(at, run, opener)
        } else {
            self.full_stop(at, run, opener, start)
        }
    }

    /// Whether a word begins with a small letter; letters of scripts without capitals are none.
    fn is_small(&self, word: &Token) -> bool {
        word.is(form::WORD)
            && word.form & (form::CAPITAL | form::DIGIT) == 0
            && (word.form & form::BEYOND_ASCII == 0 || word.of(self.text).starts_with(char::is_lowercase))
    }

    /// The marks that stand together from `at` on: stops, closers, reference marks.
    fn run(&self, at: usize, limit: usize) -> Run {
        let mut run = Run { end: at, ..Run::default() };
        while let Some(token) = self.tokens[..limit].get(run.end) {
            let space = token.is(form::SPACE) && run.end > at;
            if token.is(form::WORD) || (token.is(form::LINE) && run.end > at) {
                break;
            }
            let after_dot = self.tokens[run.end.saturating_sub(1)].is_symbol(b'.');
            match token.symbol {
                b'.' if !space || (run.dots > 0 && after_dot) => {
                    run.spaced |= space;
                    run.dots += 1;
                }
                b'!' | b'?' if !space || run.asks => run.asks = true,
                b')' | b']' if !space => run.bracket = true,
                b'"' | b'\'' if run.end > at && self.closes(run.end, space) => run.quote = true,
                b'*' if !space && run.end > at => {}
                b'[' if !space && self.is_reference(run.end) => {
                    run.end += 3;
                    continue;
                }
                0 if !space && self.is_ellipsis(token) => run.dots += 3,
                0 if !space && self.foreign_stop(token) => run.foreign = true,
                _ => break,
            }
            run.end += 1;
        }
        run
    }

    /// Whether the quotation mark at `at` closes what stands before it.
    fn closes(&self, at: usize, space: bool) -> bool {
        let mark = &self.tokens[at];
        match mark.of(self.text) {
            "“" | "«" | "„" | "‘" => false,
            "”" | "»" => true,
            _ if space => false,
            // A straight mark closes unless a word hangs on it.
            _ => self.tokens.get(at + 1).is_none_or(|t| t.is(form::SPACE) || !t.is(form::WORD)),
        }
    }

    /// `[25]`.
    fn is_reference(&self, at: usize) -> bool {
        matches!(self.tokens.get(at..at + 3), Some([_, number, close])
            if number.is(form::DIGIT) && close.is_symbol(b']') && !number.is(form::SPACE))
    }

    /// The first token from `at` on that is no opening mark.
    fn skip_openers(&self, at: usize) -> usize {
        let opens =
            |t: &&Token| t.form & form::WORD == 0 && matches!(t.symbol, b'"' | b'\'' | b'(' | b'[' | b'-' | b'*');
        at + self.tokens[at..].iter().take(4).take_while(opens).count()
    }

    fn is_starter(&self, at: usize) -> bool {
        self.tokens[at].is(form::CAPITAL) && self.tokens[at].has(class::STARTER)
    }

    /// A small letter goes on with the sentence, but for writers who use no capitals.
    fn before_small_letter(&self, at: usize, run: &Run, opener: usize, start: usize) -> bool {
        let next = &self.tokens[opener];
        if run.quote || run.bracket || opener > run.end {
            return false;
        }
        let small_start = !self.tokens[start].is(form::CAPITAL);
        let subject = matches!(
            next.of(self.text),
            "i" | "we" | "he" | "she" | "they" | "it" | "you" | "what" | "how" | "why" | "can" | "is" | "are" | "do"
        );
        let plain = at > 0
            && self.tokens[at - 1].is(form::WORD)
            && !self.tokens[at - 1].has(class::ABBREVIATION)
            && self.tokens[at - 1].end - self.tokens[at - 1].start > 1;
        match (run.asks, run.dots) {
            (true, _) => self.tokens[at].is_symbol(b'?') && (subject || small_start) || (subject && small_start),
            (false, 1) => plain && !self.tokens[at].is(form::SPACE) && (small_start || next.of(self.text) == "i"),
            _ => false,
        }
    }

    /// `"Why?" Mr. Osei asks.`: a question inside a quotation and who asked it.
    fn is_reported(&self, run: &Run, opener: usize) -> bool {
        run.quote
            && opener == run.end
            && self.tokens[opener..]
                .iter()
                .take(5)
                .take_while(|t| t.is(form::CAPITAL) || t.is_symbol(b'.') || t.has(class::REPORT))
                .any(|t| t.has(class::REPORT) && !t.is(form::CAPITAL))
    }

    fn ellipsis(&self, at: usize, run: &Run, opener: usize) -> bool {
        let next = &self.tokens[opener];
        if run.bracket && at > 0 && matches!(self.tokens[at - 1].symbol, b'[' | b'(') {
            return false;
        }
        let pronoun = next.of(self.text) == "I";
        if run.spaced && run.dots == 3 {
            return self.is_starter(opener) && !pronoun;
        }
        next.is(form::CAPITAL) || run.quote || !next.is(form::WORD)
    }

    fn full_stop(&self, at: usize, run: &Run, opener: usize, start: usize) -> bool {
        let next = &self.tokens[opener];
        let Some(before) = at.checked_sub(1).map(|i| &self.tokens[i]) else {
            return false;
        };
        if !before.is(form::WORD) || self.tokens[at].is(form::SPACE) {
            return at > start;
        }
        let starts = self.is_starter(opener);
        let quoted = opener > run.end && self.tokens[run.end].symbol == b'"';
        if before.end - before.start == 1 && !before.is(form::DIGIT) {
            return self.after_letter(at, run, opener, start, starts || quoted);
        }
        if before.is(form::DIGIT) {
            let item = at - 1 == start || (at == start + 2 && !self.tokens[start].is(form::WORD));
            return !item || before.end - before.start > 2;
        }
        if before.has(class::ABBREVIATION) {
            return self.after_abbreviation(before, next, starts || quoted, at - 1 == start);
        }
        true
    }

    /// An initial (`T. Lindqvist`), a dotted abbreviation (`U.S.`) or a letter that ends a sentence (`vitamin C.`).
    fn after_letter(&self, at: usize, run: &Run, opener: usize, start: usize, starts: bool) -> bool {
        let (letter, next) = (&self.tokens[at - 1], &self.tokens[opener]);
        let dotted = at >= 3
            && self.tokens[at - 2].is_symbol(b'.')
            && !letter.is(form::SPACE)
            && !self.tokens[at - 2].is(form::SPACE);
        if dotted {
            let first = self.tokens[at - 3].of(self.text);
            let pair = (first.to_ascii_lowercase(), letter.of(self.text).to_ascii_lowercase());
            return match (pair.0.as_str(), pair.1.as_str()) {
                ("e", "g") | ("i", "e") => false,
                ("a" | "p", "m") => {
                    starts
                        || !(next.has(class::WEEKDAY | class::MONTH | class::DIRECTION | class::NAME)
                            || next.is(form::ALL_CAPITALS)
                            || next.is(form::DIGIT))
                }
                _ if run.quote => true,
                _ => starts,
            };
        }
        if at - 1 == start {
            return false;
        }
        let before = &self.tokens[at - 2];
        if (before.is_symbol(b'\'') || before.is_symbol(b'&')) && !letter.is(form::SPACE) {
            // The ending of a genitive, the second half of "B&B".
            return true;
        }
        let after_name = before.is(form::CAPITAL) || before.is_symbol(b'.') || before.is_symbol(b'-');
        if letter.of(self.text) == "I" && !after_name {
            return true;
        }
        if !letter.is(form::CAPITAL) {
            return starts && !before.is(form::CAPITAL);
        }
        !after_name && starts
    }

    fn after_abbreviation(&self, word: &Token, next: &Token, starts: bool, first: bool) -> bool {
        let small = !word.is(form::CAPITAL);
        let folded = word.of(self.text);
        if ["no", "nos", "fig", "art", "pp", "vol"].iter().any(|w| w.eq_ignore_ascii_case(folded)) {
            return !next.is(form::DIGIT) && (small || first || starts);
        }
        // "The sun. The art. Mass." are words where they are written as words.
        if small && word.has(class::COMMON) && word.has(class::LEXICON) {
            return true;
        }
        let never = self
            .dictionary
            .senses(word.word, class::ABBREVIATION)
            .any(|value| self.dictionary.value(value) == "never_ends");
        if never {
            return word.has(class::MONTH | class::WEEKDAY) && starts && !next.is(form::DIGIT);
        }
        starts
    }
}

//! Decides for one mark whether a sentence ends there.
//!
//! The reasons against an end stand in one list each, in the order in which they are asked: what follows (a small
//! letter, no space), what stands before (an initial, an abbreviation, a number of a list), what the mark is (an
//! ellipsis, a question inside a quotation).

use super::run::Run;
use crate::dictionary::Dictionary;
use crate::dictionary::class::{self, Function};
use crate::token::{Token, form};

/// The look at marks of one article.
pub(super) struct Stops<'a, 'd> {
    pub dictionary: &'a Dictionary<'d>,
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// Single line breaks stand inside sentences.
    pub wrapped: bool,
}

impl Stops<'_, '_> {
    /// Whether the mark `at` is worth a look: a stop, or a bracket behind what may be the number of an item.
    #[inline]
    pub fn may_end(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.form & (form::STOP | form::FOREIGN) != 0
            || token.is_symbol(b')') && at > 0 && self.tokens[at - 1].end - self.tokens[at - 1].start <= 2
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
        // By arithmetic, since none of it can be guessed.
        let plain_word = (before.form & BEFORE == form::WORD)
            & (before.end - before.start > 1)
            & (before.class & class::ABBREVIATION == 0);
        let stands = (stop.symbol == b'.') & !stop.is(form::SPACE) & after.is(AFTER);
        plain_word & stands
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

    /// Where to look on after the mark `at`, and whether a sentence ends just before that.
    ///
    /// `start` is the sentence's first token; nothing at `limit` or after it is taken in. Marks that stand together are
    /// judged together, once, so that no row of dots is walked twice.
    pub fn end_after(&self, at: usize, start: usize, limit: usize) -> (usize, bool) {
        let token = &self.tokens[at];
        if token.symbol == b')' {
            let from = at.saturating_sub(2);
            let smiles = (from..at).find_map(|from| self.emoticon_end(from, limit)).is_some_and(|end| end == at + 1);
            return (at + 1, smiles && self.tokens.get(at + 1).is_some_and(|t| t.is(form::SPACE | form::CAPITAL)));
        }
        if token.symbol == 0 && !self.is_foreign_stop(token) && !self.is_ellipsis(token) {
            return (at + 1, false);
        }
        let run = self.run(at, limit);
        // A stop, and an ellipsis that begins what follows: `They left. . . . It`.
        let goes_on = self.tokens[..limit].get(run.end).is_some_and(|t| t.is(form::CAPITAL) && !t.is(form::PARAGRAPH));
        let apart = |at: usize| self.tokens.get(at).is_some_and(|t| t.is(form::SPACE));
        if run.dots > 3 && goes_on && !apart(at) && apart(at + 1) && apart(at + 2) {
            return (at + 1, self.is_behind_word(at));
        }
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
        if !next.is(form::SPACE) {
            return self.is_glued_end(at, run);
        }
        let opener = self.skip_openers(run.end);
        let Some(first) = self.tokens.get(opener) else {
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
            !(self.is_reported(run, opener) || self.is_nickname(at, run, start) || self.ends_company(first))
        } else if run.dots > 1 {
            self.ellipsis(at, run, opener, start)
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

    /// Whether a word stands before the mark `at` that is no initial, number or abbreviation.
    fn is_behind_word(&self, at: usize) -> bool {
        at.checked_sub(1).map(|before| &self.tokens[before]).is_some_and(|before| {
            before.form & (form::WORD | form::DIGIT) == form::WORD
                && before.end - before.start > 1
                && !before.has(class::ABBREVIATION)
        })
    }

    /// Whether that word is one of the lexicon, in small letters, and no unit, which are often shortened.
    fn is_behind_small_word(&self, at: usize) -> bool {
        let word = |before: &Token| {
            before.form & form::CAPITAL == 0
                && before.has(class::LEXICON)
                && !(before.has(class::UNIT) && before.end - before.start <= 3)
        };
        self.is_behind_word(at) && word(&self.tokens[at - 1])
    }

    /// The first token from `at` on that is no opening mark.
    fn skip_openers(&self, at: usize) -> usize {
        let opens =
            |t: &&Token| t.form & form::WORD == 0 && matches!(t.symbol, b'"' | b'\'' | b'(' | b'[' | b'-' | b'*');
        at + self.tokens[at..].iter().take(4).take_while(opens).count()
    }

    /// A sentence ends though the space behind it was lost: `It rained.They left`.
    fn is_glued_end(&self, at: usize, run: &Run) -> bool {
        let next = &self.tokens[run.end];
        let hangs_on = |at: usize| {
            self.tokens.get(at).is_some_and(|t| {
                !t.is(form::SPACE) && (t.is_symbol(b'.') || t.is_symbol(b'@') || t.is_symbol(b'/') || t.is_symbol(b'_'))
            })
        };
        let begins = next.form & (form::WORD | form::CAPITAL | form::INNER_CAPITAL) == form::WORD | form::CAPITAL
            && (next.has(class::STARTER) || next.has(class::COMMON) && !next.has(class::NAME | class::NAME_START));
        let inside_address = at >= 2 && !self.tokens[at - 1].is(form::SPACE) && hangs_on(at - 2);
        begins
            && !run.bracket
            && !hangs_on(run.end + 1)
            && !inside_address
            && (self.is_behind_small_word(at) || run.dots > 2 && self.is_behind_word(at))
    }

    /// A small letter goes on with the sentence, unless the stop is clear, or the writer uses no capitals.
    fn before_small_letter(&self, at: usize, run: &Run, opener: usize, start: usize) -> bool {
        let no_capitals =
            self.tokens[start..at].iter().take(2).any(|t| self.is_small(t)) && !self.tokens[start].is(form::CAPITAL);
        if opener > run.end {
            // `They left. " nobody stayed`, `They left. (see below)`: a quotation begins, or a remark.
            let opens = matches!(self.tokens[run.end].symbol, b'"' | b'(');
            return opens && !run.asks && run.dots == 1 && !run.quote && self.is_behind_small_word(at);
        }
        if run.bracket || run.dots > 1 || self.tokens[at].is(form::SPACE) && !run.asks {
            return false;
        }
        if run.quote {
            const REPORT_REACH: usize = 4;
            let reported = self.tokens[opener..].iter().take(REPORT_REACH).any(|t| t.has(class::REPORT));
            return no_capitals && !reported && self.is_behind_word(at);
        }
        let next = &self.tokens[opener];
        let Some(before) = at.checked_sub(1).map(|before| &self.tokens[before]).filter(|t| t.is(form::WORD)) else {
            return run.asks && no_capitals;
        };
        if run.asks {
            // A name with a mark goes on: "Yahoo! has", "Who Is Next? shows".
            let name = run.end == at + 1 && !self.is_small(before);
            let asked = self.tokens[at].is_symbol(b'?') && self.dictionary.function(next) != Function::None;
            return no_capitals || !name || asked;
        }
        if before.is(form::DIGIT) {
            return no_capitals && !self.is_fragment(start, at) && self.after_number(at, opener, start);
        }
        let subject = matches!(self.dictionary.function(next), Function::Subject | Function::Possessive)
            || next.of(self.text) == "i";
        self.is_behind_word(at) && (no_capitals || subject) || self.is_behind_small_word(at)
    }

    /// `"Why?" Mr. Osei asks.`: a question inside a quotation and who asked it.
    fn is_reported(&self, run: &Run, opener: usize) -> bool {
        run.quote
            && opener == run.end
            && (self.dictionary.function(&self.tokens[opener]) == Function::None
                || self.tokens[opener].of(self.text) == "I")
            && self.tokens[opener..]
                .iter()
                .take(5)
                .take_while(|t| t.is(form::CAPITAL) || t.is_symbol(b'.') || t.has(class::REPORT))
                .any(|t| t.has(class::REPORT) && !t.is(form::CAPITAL))
    }

    /// `Jan "Who, me?" Novak`: a nickname between a given and a family name.
    fn is_nickname(&self, at: usize, run: &Run, start: usize) -> bool {
        const LONGEST: usize = 8;
        if !run.quote || !self.tokens[run.end].is(form::CAPITAL) || self.tokens[run.end].has(class::STARTER) {
            return false;
        }
        let from = start.max(at.saturating_sub(LONGEST));
        let opener = self.tokens[from..at].iter().rposition(|t| t.is_symbol(b'"')).map(|opener| from + opener);
        opener.is_some_and(|opener| {
            opener > start && self.tokens[opener - 1].is(form::CAPITAL) && self.tokens[opener - 1].has(class::GIVEN)
        })
    }

    fn ellipsis(&self, at: usize, run: &Run, opener: usize, start: usize) -> bool {
        let next = &self.tokens[opener];
        if at == start || run.bracket && at > 0 && matches!(self.tokens[at - 1].symbol, b'[' | b'(') {
            return false;
        }
        let pronoun = next.of(self.text) == "I";
        if run.spaced && run.dots == 3 {
            return self.is_starter(opener) && !pronoun;
        }
        next.is(form::CAPITAL) || run.quote || !next.is(form::WORD)
    }

    fn full_stop(&self, at: usize, run: &Run, opener: usize, start: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|i| &self.tokens[i]) else {
            return false;
        };
        if !before.is(form::WORD) || self.tokens[at].is(form::SPACE) {
            let numero = self.tokens[opener].is(form::DIGIT) && matches!(before.of(self.text), "°" | "º" | "№");
            return at > start && !numero;
        }
        let opens = opener > run.end && self.tokens[run.end].symbol == b'"';
        if self.is_fragment(start, at) {
            return false;
        }
        if before.is(form::DIGIT) {
            return self.after_number(at, opener, start);
        }
        if self.is_title_case(start, at, opener) {
            return false;
        }
        if before.end - before.start == 1 {
            return self.after_letter(at, opener, start, opens, run.quote);
        }
        !before.has(class::ABBREVIATION) || self.after_abbreviation(at, opener, start, opens || run.quote)
    }
}

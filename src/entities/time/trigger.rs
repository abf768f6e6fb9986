//! Whether a trigger can begin an expression: asked of every trigger, so answered by the tokens right beside it.

use super::scan::{LONGEST, Scan};
use super::words::Begins;
use crate::dictionary::class;
use crate::token::{Token, form};

/// Bits of words that may begin an expression, as any token may that begins with a digit.
pub(super) const TRIGGER: u32 = class::MONTH | class::WEEKDAY | class::TIME | class::NUMBER;

/// A word that is neither one of time nor a number, nor the letter of "a.m.".
fn is_plain(token: &Token) -> bool {
    token.form & (form::WORD | form::DIGIT) == form::WORD && !token.has(TRIGGER) && token.end - token.start > 1
}

impl Scan<'_> {
    /// Whether a trigger can begin an expression, by the token before and the token behind it. Most cannot: "will",
    /// "this port", "12 men". Spares `expression`, which would find nothing and end at the next token;
    /// `nothing_is_lost_by_looking_first` asks it in its place.
    #[inline]
    pub(super) fn may_begin(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let behind = self.token(at + 1);
        if token.is(form::DIGIT) || token.class & TRIGGER == class::NUMBER {
            return behind.is_none_or(|behind| self.goes_on(at, behind)) || !self.is_small_number(token);
        }
        if token.has(class::NUMBER) {
            return true;
        }
        let keys = &self.lexicon.keys;
        match self.lexicon.words.of(token).begins {
            Begins::Always => true,
            Begins::Never => false,
            Begins::Ahead => behind.is_some_and(|t| {
                t.has(TRIGGER) || t.form & form::DIGIT != 0 || t.symbol == b'-' || keys.inside.contains(&t.hash)
            }),
            Begins::Ordinal => self.may_be_ordinal(behind),
            Begins::OrdinalOrUnit => self.may_be_ordinal(behind) || self.behind_article(at),
            Begins::BeforeTime => behind.is_some_and(|t| t.has(TRIGGER) || t.is(form::DIGIT)),
            Begins::BeforeOf => behind.is_some_and(|t| t.hash == keys.of),
            Begins::BehindArticle => self.behind_article(at),
            Begins::BehindArticleOrCapital => token.is(form::CAPITAL) || self.behind_article(at),
            Begins::Capital => {
                token.is(form::CAPITAL) || behind.is_some_and(|t| t.is(form::DIGIT) || t.hash == keys.the)
            }
        }
    }

    fn behind_article(&self, at: usize) -> bool {
        let keys = &self.lexicon.keys;
        self.before(at).is_some_and(|b| self.is(b, keys.the) || self.any(b, &keys.a))
    }

    fn may_be_ordinal(&self, behind: Option<&Token>) -> bool {
        behind
            .is_some_and(|t| t.has(class::TIME | class::WEEKDAY) || t.symbol == b'-' || t.hash == self.lexicon.keys.of)
    }

    /// Whether what stands behind a small number can make an expression of it.
    fn goes_on(&self, at: usize, behind: &Token) -> bool {
        if behind.is(form::WORD) {
            if behind.class & TRIGGER == class::NUMBER {
                return !self.is_beyond_lengths(behind);
            }
            return !is_plain(behind) || self.token(at + 2).is_some_and(|t| self.joins_numbers(behind, t));
        }
        // "killed 12. The", "12, 13 and 14 May": a symbol joins what stands tight, or numbers in a list.
        let joins = matches!(behind.symbol, b'-' | b'/' | b'\'');
        joins || self.token(at + 2).is_some_and(|t| t.form & form::SPACE == 0 || t.has(TRIGGER))
    }

    /// "5 and 6 May", "19 of May", "two and a half", "3 to 5 May", "8 in the morning": whether a word joins the number before it to what
    /// stands behind it.
    fn joins_numbers(&self, word: &Token, behind: &Token) -> bool {
        let keys = &self.lexicon.keys;
        if word.hash == keys.and {
            behind.has(class::NUMBER) || behind.is(form::DIGIT) || behind.hash == keys.a[0]
        } else if word.hash == keys.of {
            behind.has(class::MONTH)
        } else if word.hash == keys.in_ {
            behind.hash == keys.the
        } else {
            behind.is(form::DIGIT) && keys.through.contains(&word.hash)
        }
    }

    /// "million": nobody counts so many days.
    pub(super) fn is_beyond_lengths(&self, token: &Token) -> bool {
        self.lexicon.numbers.word(token).value > LONGEST
    }

    /// A number in words, or in at most three digits and nothing else.
    fn is_small_number(&self, token: &Token) -> bool {
        !token.is(form::DIGIT)
            || token.end - token.start <= 3
                && !token.has(TRIGGER)
                && token.of(self.text).bytes().all(|b| b.is_ascii_digit())
    }
}

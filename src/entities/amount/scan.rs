//! Finds the amounts of one sentence: from a number outwards, or from a currency that stands before one.

use super::hedge::Hedges;
use super::unit::dollar_of;
use super::words::{Lexicon, Money, Word, sign, small};
use super::{Amount, AmountKind};
use crate::dictionary::class;
use crate::entities::little_words::is_word;
use crate::entities::number::{Number, Numbers};
use crate::token::{NO_WORD, Token, form};

/// One sentence under reading.
pub(super) struct Scan<'a> {
    pub lexicon: &'a Lexicon,
    pub numbers: &'a Numbers,
    pub hedges: &'a Hedges,
    pub text: &'a str,
    /// The article's tokens up to the sentence's end, or up to an expression of time in it.
    pub tokens: &'a [Token],
    /// First token that no amount has taken.
    pub first: usize,
}

/// Lower and upper end of a number, its first token and one past its last.
#[derive(Clone, Copy)]
pub(super) struct Range {
    pub first: usize,
    pub end: usize,
    pub min: f64,
    pub max: f64,
}

impl<'a> Scan<'a> {
    /// Whether a trigger can begin an amount, by at most three tokens behind it. Most cannot: "in 24 of them", "the
    /// American". Spares `amount`, which would find nothing and end at the next token;
    /// `nothing_is_lost_by_looking_first` asks it in its place.
    #[inline]
    pub(super) fn may_begin(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let digits = token.is(form::DIGIT);
        let behind = self.token(at + 1);
        if !digits && !token.has(class::NUMBER) {
            // A currency before its number.
            if !token.is(form::WORD) {
                return token.has(class::MONEY) || sign(self.text, token).is_some();
            }
            return !token.has(class::MONEY)
                || behind.is_some_and(|t| t.is(form::DIGIT) || t.is_symbol(b'.') || t.is_symbol(b'$'));
        }
        if digits && !token.of(self.text).bytes().all(|b| b.is_ascii_digit()) {
            return true;
        }
        let Some(behind) = behind else { return false };
        if !behind.is(form::WORD) {
            return matches!(behind.symbol, 0 | b'$' | b'%' | b'"' | b'-' | b'/' | b'(' | b'[' | b'{' | b'<')
                || self.token(at + 2).is_some_and(|t| t.is(form::DIGIT) && !t.is(form::SPACE));
        }
        const COUNTED: u32 = class::NUMBER | class::MONEY | class::UNIT | class::DEMONYM | class::PEOPLE | class::ITEM;
        if behind.has(COUNTED) || behind.form & (form::DIGIT | form::CAPITAL) != 0 || behind.word == NO_WORD {
            return true;
        }
        if behind.has(class::FUNCTION) {
            const JOINING: u8 = small::TO | small::OR | small::AND | small::OF | small::PER;
            return self.lexicon.small(behind) & JOINING != 0;
        }
        // "12 heavily armed men"
        let words = self.tokens[at + 2..self.tokens.len().min(at + 4).max(at + 2)].iter();
        let mut noun = words.take_while(|t| t.is(form::WORD) && !t.has(class::FUNCTION));
        self.lexicon.small(behind) == small::PER || noun.any(|t| t.has(class::PEOPLE | class::ITEM))
    }

    /// The amount that a trigger token begins; else where to look next.
    pub(super) fn amount(&self, at: usize) -> Result<Amount, usize> {
        let token = &self.tokens[at];
        let found = if let Some(code) = sign(self.text, token) {
            self.behind_sign(at, code)
        } else if token.is(form::DIGIT) || token.has(class::NUMBER) {
            let Some(number) = self.number(at) else {
                return Err(at + 1);
            };
            // The later tokens of a number that is no amount are not asked again.
            let next = if token.is(form::DIGIT) { number.end.max(at + 1) } else { at + 1 };
            return self.around_number(at, number).map(|amount| self.hedged(amount)).ok_or(next);
        } else if token.has(class::MONEY) {
            self.behind_word(at)
        } else {
            self.in_one_token(at)
        };
        found.map(|amount| self.hedged(amount)).ok_or(at + 1)
    }

    fn hedged(&self, mut amount: Amount) -> Amount {
        if amount.hedge.is_none() {
            amount.hedge = self.hedges.before(self.tokens, amount.first as usize);
        }
        amount
    }

    #[inline]
    pub(super) fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    /// Whether a token is a word, in capitals or not.
    #[inline]
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.token(at).is_some_and(|t| is_word(self.text, t, word))
    }

    /// Which small word a token is: one bit of [`small`], or none.
    #[inline]
    pub(super) fn small(&self, at: usize) -> u8 {
        self.token(at).map_or(0, |t| self.lexicon.small(t))
    }

    /// Whether a token is one of a few words.
    #[inline]
    pub(super) fn any(&self, at: usize, words: &[&str]) -> bool {
        self.token(at).is_some_and(|t| words.iter().any(|w| is_word(self.text, t, w)))
    }

    pub(super) fn word(&self, at: usize) -> Word {
        self.token(at).map_or_else(Word::default, |t| self.lexicon.word(t))
    }

    pub(super) fn glued(&self, at: usize, symbol: u8) -> bool {
        self.token(at).is_some_and(|t| t.is_symbol(symbol) && !t.is(form::SPACE))
    }

    pub(super) fn number(&self, at: usize) -> Option<Number> {
        self.numbers.read(self.text, self.tokens, at)
    }

    /// The letters that a number's digits run into.
    pub(super) fn suffix(&self, number: &Number) -> &str {
        &self.text[number.suffix as usize..self.tokens[number.end - 1].end as usize]
    }

    /// The factor of "bn" or "m" behind a number, and the end with it.
    pub(super) fn short_scale(&self, number: &Number) -> Option<(f64, usize)> {
        let suffix = self.suffix(number);
        if !suffix.is_empty() {
            return Numbers::short_scale(suffix).map(|f| (f, number.end));
        }
        let next = self.token(number.end)?;
        let word = self.numbers.word(next);
        (word.short && !next.is(form::LINE)).then_some((word.value, number.end + 1))
    }

    fn around_number(&self, at: usize, number: Number) -> Option<Amount> {
        let first = number.first.max(self.first);
        if number.end <= at || first > at {
            return None;
        }
        // Part of something longer: "3-1", "10:30", "No. 5", "F-16".
        if at > self.first && !self.tokens[at].is(form::SPACE) {
            let b = &self.tokens[at - 1];
            if b.is_symbol(b':')
                || b.is_symbol(b'/')
                || b.is_symbol(b'.')
                || b.is_symbol(b'#')
                || b.is_symbol(b'-') && at - 1 > self.first && !b.is(form::SPACE)
            {
                return None;
            }
        }
        if number.digits && self.is_torn(at) {
            return None;
        }
        let range = self.fraction(&number).unwrap_or_else(|| self.range(&number));
        let suffix = self.suffix_of(range.end);
        if !suffix.is_empty() {
            return self.behind_digits(&number, range);
        }
        self.noun(range, range.end)
            .or_else(|| {
                // "1.8 m" is a length, "1.8 m euros" a sum, "2 bn" alone a number.
                let (factor, end) = self.short_scale(&number)?;
                let scaled = Range { end, min: range.min * factor, max: range.max * factor, ..range };
                self.noun(scaled, end)
                    .or_else(|| if factor == 1e6 { self.quantity(range, range.end + 1, "m") } else { None })
            })
            .or_else(|| self.count(range, &number))
    }

    /// Whether digits are the end of a number whose parts stand apart: "14 . 8 %", "3 / 4 %". A sentence may seem to
    /// end between.
    fn is_torn(&self, at: usize) -> bool {
        let Some([before, joint]) = at.checked_sub(2).and_then(|b| self.tokens[b..].first_chunk()) else {
            return false;
        };
        matches!(joint.symbol, b'.' | b'/')
            && joint.form & (form::WORD | form::SPACE) == form::SPACE
            && before.is(form::DIGIT)
    }

    /// "1/4 mile"
    pub(super) fn fraction(&self, number: &Number) -> Option<Range> {
        if number.plain != 1 || !self.glued(number.end, b'/') {
            return None;
        }
        let below = self.number(number.end + 1).filter(|n| n.plain == 1 && n.value > number.value)?;
        let value = number.value / below.value;
        Some(Range { first: number.first, end: below.end, min: value, max: value })
    }

    /// The letters behind the digits of the token before `end`.
    pub(super) fn suffix_of(&self, end: usize) -> &str {
        let token = &self.tokens[end - 1];
        if token.form & (form::DIGIT | form::BEYOND_ASCII) != form::DIGIT {
            return "";
        }
        let word = token.of(self.text);
        &word[word.bytes().take_while(u8::is_ascii_digit).count()..]
    }

    /// "10-15 tonnes", "two to three miles", "between 5 and 10 kg".
    pub(super) fn range(&self, number: &Number) -> Range {
        let one = Range { first: number.first.max(self.first), end: number.end, min: number.value, max: number.value };
        if number.suffix != self.tokens[number.end - 1].end || number.vague {
            return one;
        }
        let dash = self.token(number.end).is_some_and(|t| t.is_symbol(b'-'));
        let joins = || match self.small(number.end) {
            small::TO | small::OR => true,
            small::AND => self.led_by(number.first, "between"),
            _ => false,
        };
        if !dash && !joins() {
            return one;
        }
        match self.number(number.end + 1) {
            Some(second)
                if second.value > number.value
                    && second.digits == number.digits
                    && !second.vague
                    && second.first == number.end + 1 =>
            {
                let scale = if second.plain == 0 && second.digits && number.value < 1000.0 && second.value >= 1000.0 {
                    largest_scale(second.value, number.value)
                } else {
                    1.0
                };
                Range { end: second.end, min: number.value * scale, max: second.value, ..one }
            }
            _ => one,
        }
    }

    /// "75ml", "115.5USD", "3.5bn euros", "5m people".
    pub(super) fn behind_digits(&self, number: &Number, range: Range) -> Option<Amount> {
        let suffix = self.suffix_of(range.end);
        // "3.14US$"
        if self.glued(range.end, b'$')
            && let Some(code) = dollar_of(suffix)
        {
            return Some(self.money(Range { end: range.end + 1, ..range }, code, false));
        }
        if let Some(factor) = Numbers::short_scale(suffix) {
            let scaled = Range { min: range.min * factor, max: range.max * factor, ..range };
            let found = self.noun(scaled, range.end).or_else(|| self.count(scaled, number));
            if found.is_some() || factor != 1e6 {
                return found;
            }
            return if suffix == "m" { self.quantity(range, range.end, "m") } else { None };
        }
        let word = self.lexicon.glued(suffix);
        if matches!(word.money, Money::Code | Money::Before) {
            return Some(self.money(range, word.currency, false));
        }
        if word.unit.is_empty() { None } else { self.quantity(range, range.end, word.unit) }
    }

    /// A percent sign, a currency or a unit behind a number, or behind each of two ("between 5 kg and 8 kg").
    pub(super) fn noun(&self, range: Range, at: usize) -> Option<Amount> {
        let low = self.noun_of_one(range, at)?;
        let end = low.end as usize;
        let high = || {
            let number = self.number(end + 1).filter(|n| n.first == end + 1 && !n.vague)?;
            self.noun_of_one(self.range(&number), number.end)
        };
        if low.min == low.max
            && self.small(end) == small::AND
            && self.led_by(low.first as usize, "between")
            && let Some(high) = high()
            && (high.kind, high.unit) == (low.kind, low.unit)
            && high.min > low.max
        {
            return Some(Amount { first: low.first, min: low.min, ..high });
        }
        Some(low)
    }

    fn noun_of_one(&self, range: Range, at: usize) -> Option<Amount> {
        let token = self.token(at)?;
        if token.is(form::LINE) {
            return None;
        }
        let mut at = at;
        let hyphen = self.glued(at, b'-');
        at += usize::from(hyphen);
        // "20 (kg)", "20 [kg]"
        let bracket = matches!(self.token(at).map(|t| t.symbol), Some(b'(' | b'[' | b'{' | b'<'))
            && !self.word(at + 1).unit.is_empty();
        at += usize::from(bracket);
        if !self.may_be_noun(self.token(at)?) {
            return None;
        }
        if let Some(end) = self.percent(at) {
            return Some(self.amount_of(range, end, AmountKind::Percent, "%"));
        }
        // "1 $10", "1 $ 10": the sign belongs to what stands behind it.
        let apart = self.token(at)?.is(form::SPACE);
        if let Some(code) = sign(self.text, self.token(at)?)
            && !self.token(at + 1).is_some_and(|t| t.is(form::DIGIT) && (apart || !t.is(form::SPACE)))
        {
            return Some(self.money(Range { end: at + 1, ..range }, code, code == "USD"));
        }
        if let Some(amount) = self.cents(range, at).or_else(|| self.scaled_code(range, at)) {
            return Some(amount);
        }
        if let Some(amount) = self.currency(range, at, hyphen) {
            return Some(amount);
        }
        let (unit, end) = self.unit(at)?;
        self.quantity(range, end, unit)
    }
}

impl Scan<'_> {
    /// Whether a token can begin what is told of a number: most cannot, and are words.
    fn may_be_noun(&self, token: &Token) -> bool {
        const NOUNS: u32 = class::MONEY | class::UNIT | class::DEMONYM;
        token.has(NOUNS)
            || if token.is(form::WORD) {
                token.is(form::CAPITAL) || self.lexicon.small(token) == small::PER
            } else {
                matches!(token.symbol, b'%' | b'$' | b'"' | 0)
            }
    }
}

/// The largest power of a thousand (or lakh, crore) that both ends of a range can share.
pub(super) fn largest_scale(max: f64, min: f64) -> f64 {
    [1e12, 1e9, 1e7, 1e6, 1e5, 1e3].into_iter().find(|s| max >= *s && max / s > min).unwrap_or(1.0)
}

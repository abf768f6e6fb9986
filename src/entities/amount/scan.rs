//! Finds the amounts of one sentence: from a number outwards, or from a currency that stands before one.

use super::unit::{dollar_of, power, speed};
use super::words::{Lexicon, Modifier, Money, Word, sign};
use super::{Amount, AmountKind, Hedge, hedge};
use crate::dictionary::class;
use crate::entities::number::{Number, Numbers};
use crate::token::{Token, form};

/// One sentence under reading.
pub(super) struct Scan<'a> {
    pub lexicon: &'a Lexicon,
    pub numbers: &'a Numbers,
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// First token that no amount has taken.
    pub first: usize,
    /// One past the sentence's last token.
    pub end: usize,
}

/// Lower and upper end of a number, and one past its last token.
#[derive(Clone, Copy)]
struct Range {
    first: usize,
    end: usize,
    min: f64,
    max: f64,
}

impl Scan<'_> {
    /// The amount that a trigger token begins.
    pub(super) fn amount(&self, at: usize) -> Option<Amount> {
        let token = &self.tokens[at];
        let mut amount = if let Some(code) = sign(self.text, token) {
            self.behind_sign(at, code)?
        } else if token.is(form::DIGIT) || token.has(class::NUMBER) {
            self.from_number(at)?
        } else if token.has(class::MONEY) {
            self.behind_word(at)?
        } else {
            self.in_one_token(at)?
        };
        if amount.hedge.is_none() {
            amount.hedge = hedge::before(self.text, self.tokens, 0, amount.first as usize);
        }
        Some(amount)
    }

    fn token(&self, at: usize) -> Option<&Token> {
        (at < self.end).then(|| &self.tokens[at])
    }

    fn lower(&self, at: usize) -> String {
        self.token(at)
            .map_or_else(String::new, |t| t.of(self.text).to_ascii_lowercase())
    }

    fn word(&self, at: usize) -> Word {
        self.token(at)
            .map_or_else(Word::default, |t| self.lexicon.word(t))
    }

    fn glued(&self, at: usize, symbol: u8) -> bool {
        self.token(at)
            .is_some_and(|t| t.is_symbol(symbol) && !t.is(form::SPACE))
    }

    fn number(&self, at: usize) -> Option<Number> {
        self.token(at)?;
        self.numbers.read(self.text, &self.tokens[..self.end], at)
    }

    /// The letters that a number's digits run into.
    fn suffix(&self, number: &Number) -> &str {
        &self.text[number.suffix as usize..self.tokens[number.end - 1].end as usize]
    }

    /// The factor of "bn" or "m" behind a number, and the end with it.
    fn short_scale(&self, number: &Number) -> Option<(f64, usize)> {
        let suffix = self.suffix(number);
        if !suffix.is_empty() {
            return Numbers::short_scale(suffix).map(|f| (f, number.end));
        }
        let next = self.token(number.end)?;
        let word = self.numbers.word(next);
        (word.short && !next.is(form::LINE)).then_some((word.value, number.end + 1))
    }

    /// A sum behind a currency: scale words and ends of a range are read, "$2-3 billion".
    fn sum(&self, number: &Number) -> Option<Range> {
        let (mut scale, end) = match self.short_scale(number) {
            Some((factor, end)) => (factor, end),
            None if self.suffix(number).is_empty() => (1.0, number.end),
            None => return None,
        };
        let mut range = Range {
            first: number.first,
            end,
            min: number.value * scale,
            max: number.value * scale,
        };
        let joins = self.token(end).is_some_and(|t| t.is_symbol(b'-'))
            || matches!(self.lower(end).as_str(), "to" | "and");
        let and = self.lower(end) == "and";
        if !joins || and && !self.led_by(number.first, "between") {
            return Some(range);
        }
        let mut at = end + 1;
        if let Some(token) = self.token(at)
            && sign(self.text, token).is_some()
        {
            at += 1;
        }
        let Some(second) = self
            .number(at)
            .filter(|n| n.digits == number.digits && !n.vague)
        else {
            return Some(range);
        };
        let (factor, end) = self.short_scale(&second).unwrap_or((1.0, second.end));
        if !self.suffix(&second).is_empty() && factor == 1.0 {
            return Some(range);
        }
        range.max = second.value * factor;
        range.end = end;
        // "$2-3 billion": the scale is said once.
        if range.min < range.max
            && range.max >= 1000.0
            && number.value < 1000.0
            && scale == 1.0
            && number.plain > 0
        {
            scale = largest_scale(range.max, number.value);
            range.min = number.value * scale;
        }
        (range.max > range.min).then_some(range).or(Some(Range {
            first: number.first,
            end: number.end,
            min: number.value,
            max: number.value,
        }))
    }

    /// Whether a word stands before a number or before the sign before it.
    fn led_by(&self, at: usize, word: &str) -> bool {
        (1..=2).any(|back| {
            at.checked_sub(back)
                .is_some_and(|b| self.tokens[b].of(self.text).eq_ignore_ascii_case(word))
        })
    }

    fn money(&self, range: Range, currency: &'static str, assumed: bool) -> Amount {
        let mut end = range.end;
        // "$10 dollars", "$5 million USD".
        let next = self.word(end);
        if matches!(next.money, Money::Noun | Money::Code)
            && next.currency == currency
            && !next.doubtful
        {
            end += 1;
        }
        Amount {
            first: range.first as u32,
            end: end as u32,
            kind: AmountKind::Money,
            min: range.min,
            max: range.max,
            unit: currency,
            item: self.item(end, true),
            hedge: None,
            currency_assumed: assumed,
        }
    }

    fn behind_sign(&self, at: usize, code: &'static str) -> Option<Amount> {
        let mut range = self.sum(&self.number(at + 1).filter(|n| n.digits)?)?;
        range.first = at;
        let dollar = self.tokens[at].is_symbol(b'$');
        let mut currency = code;
        let mut assumed = dollar;
        let before = at.checked_sub(1).filter(|b| *b >= self.first && dollar);
        if let Some(b) = before {
            let token = &self.tokens[b];
            let letters = token.of(self.text);
            let loose = token.end != self.tokens[at].start;
            // "u.s.$": the letters stand apart.
            if token.is_symbol(b'.')
                && b >= self.first + 3
                && self.lower(b - 1) == "s"
                && self.lower(b - 3) == "u"
            {
                (currency, assumed, range.first) = ("USD", false, b - 3);
            } else if letters.eq_ignore_ascii_case("s")
                && b >= self.first + 2
                && self.lower(b - 2) == "u"
            {
                (currency, assumed, range.first) = ("USD", false, b - 2);
            } else if let Some(code) =
                dollar_of(letters).filter(|_| !loose || letters.len() > 1 || letters == "c")
            {
                (currency, assumed, range.first) = (code, false, b);
            }
        }
        Some(self.money(range, currency, assumed))
    }

    /// "Rs 3,150 crore", "USD 5m", "KD 150 million".
    fn behind_word(&self, at: usize) -> Option<Amount> {
        let word = self.word(at);
        let token = &self.tokens[at];
        let before = match word.money {
            // "ALL 5" and "TRY 2" are words, and no list of words holds "usd".
            Money::Code => !token.has(class::COMMON | class::FUNCTION),
            Money::Before => token.is(form::CAPITAL) || token.end - token.start > 2,
            Money::Noun => !word.doubtful && word.currency != "",
            _ => false,
        };
        if !before {
            return None;
        }
        let mut next = at + 1 + usize::from(self.glued(at + 1, b'.'));
        // "usd$ 15", "Rs. -".
        if self.token(next).is_some_and(|t| t.is_symbol(b'$')) {
            next += 1;
        }
        let mut number = self.number(next).filter(|n| n.digits)?;
        self.spaced_thousands(&mut number);
        let mut range = self.sum(&number)?;
        range.first = at;
        if word.money == Money::Noun && self.word(range.end).money != Money::None {
            return None;
        }
        Some(self.money(range, word.currency, false))
    }

    /// "R120 000": thousands apart by a space, which only a currency before them makes safe to read.
    fn spaced_thousands(&self, number: &mut Number) {
        while number.plain <= 3 && self.suffix(number).is_empty() {
            let Some(token) = self.token(number.end) else {
                return;
            };
            if !token.is(form::DIGIT | form::SPACE) || token.end - token.start != 3 {
                return;
            }
            let Some(group) = self
                .number(number.end)
                .filter(|n| n.plain == 3 && n.end == number.end + 1)
            else {
                return;
            };
            number.value = number.value * 1000.0 + group.value;
            number.end = group.end;
            number.suffix = group.suffix;
        }
    }

    /// "RM50,000", "USD115": letters that run into digits.
    fn in_one_token(&self, at: usize) -> Option<Amount> {
        let token = self.tokens[at];
        let letters = token
            .of(self.text)
            .bytes()
            .take_while(u8::is_ascii_alphabetic)
            .count();
        let word = self.lexicon.glued(&token.of(self.text)[..letters]);
        if !matches!(word.money, Money::Code | Money::Before) {
            return None;
        }
        let mut tokens = self.tokens[at..self.end.min(at + 12)].to_vec();
        tokens[0].start += letters as u32;
        tokens[0].form |= form::DIGIT;
        let inner = Scan {
            tokens: &tokens,
            first: 0,
            end: tokens.len(),
            ..*self
        };
        let mut number = inner.number(0)?;
        inner.spaced_thousands(&mut number);
        let mut range = inner.sum(&number)?;
        range.first = at;
        range.end += at;
        Some(self.money(range, word.currency, false))
    }

    fn from_number(&self, at: usize) -> Option<Amount> {
        let number = self.number(at)?;
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
        let range = self
            .fraction(&number)
            .unwrap_or_else(|| self.range(&number));
        let suffix = self.suffix_of(range.end);
        if !suffix.is_empty() {
            return self.behind_digits(&number, range);
        }
        self.noun(range, range.end)
            .or_else(|| {
                // "1.8 m" is a length, "1.8 m euros" a sum, "2 bn" alone a number.
                let (factor, end) = self.short_scale(&number)?;
                let scaled = Range {
                    end,
                    min: range.min * factor,
                    max: range.max * factor,
                    ..range
                };
                self.noun(scaled, end).or_else(|| {
                    if factor == 1e6 {
                        self.quantity(range, range.end + 1, "m")
                    } else {
                        None
                    }
                })
            })
            .or_else(|| self.count(range, &number))
    }

    /// "1/4 mile"
    fn fraction(&self, number: &Number) -> Option<Range> {
        let below = self
            .number(number.end + 1)
            .filter(|n| n.plain == 1 && n.value > number.value)?;
        (number.plain == 1 && self.glued(number.end, b'/')).then(|| {
            let value = number.value / below.value;
            Range {
                first: number.first,
                end: below.end,
                min: value,
                max: value,
            }
        })
    }

    /// The letters behind the digits of the token before `end`.
    fn suffix_of(&self, end: usize) -> &str {
        let token = &self.tokens[end - 1];
        let word = token.of(self.text);
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if token.is(form::DIGIT) && digits > 0 && word.is_ascii() {
            &word[digits..]
        } else {
            ""
        }
    }

    /// "10-15 tonnes", "two to three miles", "between 5 and 10 kg".
    fn range(&self, number: &Number) -> Range {
        let one = Range {
            first: number.first.max(self.first),
            end: number.end,
            min: number.value,
            max: number.value,
        };
        if number.suffix != self.tokens[number.end - 1].end || number.vague {
            return one;
        }
        let dash = self.token(number.end).is_some_and(|t| t.is_symbol(b'-'));
        let join = self.lower(number.end);
        if !dash
            && join != "to"
            && !(join == "and" && self.led_by(number.first, "between"))
            && join != "or"
        {
            return one;
        }
        match self.number(number.end + 1) {
            Some(second)
                if second.value > number.value
                    && second.digits == number.digits
                    && !second.vague
                    && second.first == number.end + 1 =>
            {
                let scale = if second.plain == 0
                    && second.digits
                    && number.value < 1000.0
                    && second.value >= 1000.0
                {
                    largest_scale(second.value, number.value)
                } else {
                    1.0
                };
                Range {
                    end: second.end,
                    min: number.value * scale,
                    max: second.value,
                    ..one
                }
            }
            _ => one,
        }
    }

    /// "75ml", "115.5USD", "3.5bn euros", "5m people".
    fn behind_digits(&self, number: &Number, range: Range) -> Option<Amount> {
        let suffix = self.suffix_of(range.end);
        // "3.14US$"
        if self.glued(range.end, b'$') {
            let code = dollar_of(suffix)?;
            return Some(self.money(
                Range {
                    end: range.end + 1,
                    ..range
                },
                code,
                false,
            ));
        }
        if let Some(factor) = Numbers::short_scale(suffix) {
            let scaled = Range {
                min: range.min * factor,
                max: range.max * factor,
                ..range
            };
            let found = self
                .noun(scaled, range.end)
                .or_else(|| self.count(scaled, number));
            if found.is_some() || factor != 1e6 {
                return found;
            }
            return if suffix == "m" {
                self.quantity(range, range.end, "m")
            } else {
                None
            };
        }
        let word = self.lexicon.glued(suffix);
        if matches!(word.money, Money::Code | Money::Before) {
            return Some(self.money(range, word.currency, false));
        }
        if word.unit.is_empty() {
            None
        } else {
            self.quantity(range, range.end, word.unit)
        }
    }

    /// A percent sign, a currency or a unit behind a number.
    fn noun(&self, range: Range, at: usize) -> Option<Amount> {
        let token = self.token(at)?;
        if token.is(form::LINE) {
            return None;
        }
        let mut at = at;
        let hyphen = self.glued(at, b'-');
        at += usize::from(hyphen);
        // "20 (kg)", "20 [kg]"
        let bracket = matches!(
            self.token(at).map(|t| t.symbol),
            Some(b'(' | b'[' | b'{' | b'<')
        ) && !self.word(at + 1).unit.is_empty();
        at += usize::from(bracket);
        if let Some(end) = self.percent(at) {
            return Some(self.amount_of(range, end, AmountKind::Percent, "%"));
        }
        if let Some(code) = sign(self.text, self.token(at)?)
            && !self
                .token(at + 1)
                .is_some_and(|t| t.is(form::DIGIT) && !t.is(form::SPACE))
        {
            return Some(self.money(
                Range {
                    end: at + 1,
                    ..range
                },
                code,
                code == "USD",
            ));
        }
        if let Some(amount) = self.currency(range, at, hyphen) {
            return Some(amount);
        }
        let (unit, end) = self.unit(at)?;
        self.quantity(range, end, unit)
    }

    fn percent(&self, at: usize) -> Option<usize> {
        if self.token(at)?.is_symbol(b'%') {
            return Some(at + 1);
        }
        let per =
            self.lower(at) == "per" && matches!(self.lower(at + 1).as_str(), "cent" | "centage");
        if !per && self.word(at).unit != "%" {
            return None;
        }
        let end = at + 1 + usize::from(per);
        let points = matches!(self.lower(end).as_str(), "point" | "points");
        // "percentage" alone is no unit.
        (points || self.lower(at) != "percentage").then_some(end + usize::from(points))
    }

    /// "million euros", "40 Hong Kong dollars", "3 dollars 50 cents".
    fn currency(&self, range: Range, at: usize, hyphen: bool) -> Option<Amount> {
        let mut country: Option<Word> = None;
        let mut noun = at;
        let word = loop {
            let token = self.token(noun)?;
            let word = self.lexicon.word(token);
            match word.money {
                Money::Noun | Money::Code | Money::Hundredth => break word,
                Money::Before if token.is(form::CAPITAL) && token.end - token.start > 1 => {
                    break word;
                }
                _ if noun >= at + 3 || !token.is(form::WORD) => return None,
                _ if word.tells_country() => country = Some(word),
                _ if token.has(class::DEMONYM) || token.is(form::CAPITAL) => {}
                _ => return None,
            }
            noun += 1;
        };
        if word.doubtful && country.is_none() && noun == at && range.max < 1000.0 {
            return None;
        }
        if word.money == Money::Code
            && !self.tokens[noun].is(form::ALL_CAPITALS)
            && range.end == noun
            && self.tokens[noun].has(class::FUNCTION | class::COMMON)
        {
            return None;
        }
        if !word.unit.is_empty()
            && (hyphen
                || self.lower(noun + 1) == "of"
                    && self.token(noun + 2).is_some_and(|t| t.has(class::ITEM))
                || self.led_by(range.first, "weighing"))
        {
            return None;
        }
        let told = country.and_then(|c| self.lexicon.currency_of(&c, word.currency));
        let factor = if word.money == Money::Hundredth {
            0.01
        } else {
            1.0
        };
        let mut sum = Range {
            end: noun + 1,
            min: range.min * factor,
            max: range.max * factor,
            ..range
        };
        // "75 USD million"
        let scale = self
            .token(sum.end)
            .map_or(0.0, |t| self.numbers.word(t).value);
        if word.money == Money::Code && scale >= 1e5 {
            sum = Range {
                end: sum.end + 1,
                min: sum.min * scale,
                max: sum.max * scale,
                ..sum
            };
        }
        let and = usize::from(self.lower(sum.end) == "and");
        if let Some(small) = self.number(sum.end + and)
            && self.word(small.end).money == Money::Hundredth
            && small.value < 100.0
        {
            sum = Range {
                end: small.end + 1,
                min: sum.min + small.value / 100.0,
                max: sum.max + small.value / 100.0,
                ..sum
            };
        }
        let currency = told.unwrap_or(word.currency);
        Some(self.money(sum, currency, told.is_none() && word.assumed))
    }

    /// A unit with what stands around it: "square kilometres", "km per hour", "degrees Celsius".
    fn unit(&self, at: usize) -> Option<(&'static str, usize)> {
        if self.token(at).is_some_and(|t| t.of(self.text) == "°") {
            let letter = self.lower(at + 1);
            return Some(match letter.as_str() {
                "c" => ("celsius", at + 2),
                "f" => ("fahrenheit", at + 2),
                _ => ("degree", at + 1),
            });
        }
        let word = self.word(at);
        if word.modifier != Modifier::None {
            let at = at + 1 + usize::from(self.glued(at + 1, b'-') || self.glued(at + 1, b'.'));
            let unit = self.word(at).unit;
            let unit = match word.modifier {
                Modifier::Square => power(unit, false)?,
                Modifier::Cubic => power(unit, true)?,
                Modifier::Metric if unit == "ton" => "t",
                Modifier::Nautical if unit == "mi" => "nautical mile",
                _ => return None,
            };
            return Some((unit, at + 1));
        }
        let unit = word.unit;
        if unit.is_empty() || unit == "%" {
            return None;
        }
        let mut end = at + 1;
        if unit == "degree" {
            end += usize::from(self.glued(end, b'.'));
            let kind = self.word(end).unit;
            let letter = self.lower(end);
            if matches!(kind, "celsius" | "fahrenheit") {
                return Some((kind, end + 1));
            }
            return Some(match letter.as_str() {
                "c" => ("celsius", end + 1),
                "f" => ("fahrenheit", end + 1),
                _ => (unit, end),
            });
        }
        Some((unit, end))
    }

    fn quantity(&self, range: Range, end: usize, unit: &'static str) -> Option<Amount> {
        let mut range = range;
        let mut end = end;
        let mut unit = unit;
        if self.glued(end, b'/') || matches!(self.lower(end).as_str(), "per" | "an" | "a") {
            let behind = self.lower(end + 1);
            let second = matches!(behind.as_str(), "second" | "s" | "sec");
            if (second || matches!(behind.as_str(), "hour" | "h" | "hr"))
                && let Some(rate) = speed(unit, second)
            {
                (unit, end) = (rate, end + 2);
            }
        }
        // "-5 degrees": a minus, not a dash between words.
        let minus = range
            .first
            .checked_sub(1)
            .filter(|m| *m >= self.first && self.tokens[*m].is_symbol(b'-'));
        if let Some(m) = minus
            && matches!(unit, "celsius" | "fahrenheit" | "degree")
            && (m == self.first || self.tokens[m].is(form::SPACE))
            && range.min == range.max
        {
            range = Range {
                first: m,
                min: -range.min,
                max: -range.max,
                ..range
            };
        }
        if unit == "ft" {
            // "5 feet 2 inches"
            let and = usize::from(self.lower(end) == "and");
            if let Some(inches) = self.number(end + and)
                && (self.word(inches.end).unit == "in" || self.lower(inches.end) == "in")
            {
                range.min += inches.value / 12.0;
                range.max += inches.value / 12.0;
                end = inches.end + 1;
            }
        }
        Some(self.amount_of(range, end, AmountKind::Quantity, unit))
    }

    fn amount_of(&self, range: Range, end: usize, kind: AmountKind, unit: &'static str) -> Amount {
        Amount {
            first: range.first as u32,
            end: end as u32,
            kind,
            min: range.min,
            max: range.max,
            unit,
            item: self.item(end, false),
            hedge: None,
            currency_assumed: false,
        }
    }

    /// What of: "of narcotics", "worth of drugs", or a listed thing right behind.
    fn item(&self, end: usize, money: bool) -> Option<(u32, u32)> {
        let worth = money && self.lower(end) == "worth";
        let of = end + usize::from(worth);
        let marked = self.lower(of) == "of";
        if !marked {
            let thing = self.token(end)?.has(class::ITEM) && !money;
            return thing.then_some((end as u32, end as u32 + 1));
        }
        if money && !worth {
            return None;
        }
        let from = of + 1;
        let mut last = None;
        for at in from..(from + 4).min(self.end) {
            let token = &self.tokens[at];
            if !token.is(form::WORD) || token.has(class::FUNCTION) || token.is(form::LINE) {
                break;
            }
            last = Some(at + 1);
            if token.has(class::ITEM) {
                break;
            }
        }
        last.map(|to| (from as u32, to as u32))
    }

    /// "12 militants", "three armed men", "dozens of people".
    fn count(&self, range: Range, number: &Number) -> Option<Amount> {
        let of = usize::from(self.lower(range.end) == "of");
        let the = usize::from(
            of == 1
                && matches!(
                    self.lower(range.end + 1).as_str(),
                    "the" | "its" | "their" | "those" | "his"
                ),
        );
        if number.vague != (of == 1) && the == 0 {
            return None;
        }
        let from = range.end + of + the;
        let year = number.digits && number.plain == 4 && (1900.0..2100.0).contains(&number.value);
        for at in from..from + if year { 1 } else { 3 } {
            let token = self.token(at)?;
            if !token.is(form::WORD) || token.is(form::LINE) {
                return None;
            }
            if token.has(class::PEOPLE | class::ITEM) {
                let mut end = at + 1;
                let plural = |at: usize| {
                    matches!(
                        self.lower(at).as_str(),
                        "people" | "men" | "women" | "children"
                    ) || self.lower(at).ends_with('s')
                };
                if !plural(at)
                    && self
                        .token(end)
                        .is_some_and(|t| t.has(class::PEOPLE | class::ITEM))
                    && plural(end)
                {
                    end += 1;
                }
                return Some(Amount {
                    first: range.first as u32,
                    end: end as u32,
                    kind: AmountKind::Count,
                    min: range.min,
                    max: range.max,
                    unit: "",
                    item: Some((at as u32, end as u32)),
                    hedge: number.vague.then_some(Hedge::Over),
                    currency_assumed: false,
                });
            }
            if token.has(class::FUNCTION | class::NUMBER) || token.is(form::DIGIT) {
                return None;
            }
        }
        None
    }
}

/// The largest power of a thousand (or lakh, crore) that both ends of a range can share.
fn largest_scale(max: f64, min: f64) -> f64 {
    [1e12, 1e9, 1e7, 1e6, 1e5, 1e3]
        .into_iter()
        .find(|s| max >= *s && max / s > min)
        .unwrap_or(1.0)
}

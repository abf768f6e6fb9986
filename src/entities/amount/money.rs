//! Sums of money: a currency before or behind a number.

use super::scan::{Range, Scan, largest_scale};
use super::unit::dollar_of;
use super::words::{Money, Word, sign, small};
use super::{Amount, AmountKind};
use crate::dictionary::class;
use crate::entities::number::Number;
use crate::token::form;

/// A cent of a dollar.
const HUNDREDTH: f64 = 0.01;

/// Says within a few words before a number of pounds that they are a weight.
const WEIGHT: [&str; 17] = [
    "weigh", "weighs", "weighed", "weighing", "weight", "lose", "loses", "lost", "losing", "gain", "gained", "gaining",
    "shed", "shedding", "drop", "dropped", "lift",
];

/// Says behind pounds that they are a weight.
const WEIGHTY: [&str; 4] = ["heavier", "lighter", "overweight", "underweight"];

/// So many tokens before pounds a weight is looked for that they tell again: "two tonnes, or 4,400 pounds".
const NEAR: usize = 6;

impl Scan<'_> {
    /// Whether what stands before or behind pounds makes them a weight: "weighed only 8 pounds", "25 pounds (11 kg)".
    fn is_weight(&self, first: usize, end: usize) -> bool {
        let bracket = self.token(end).is_some_and(|t| t.is_symbol(b'('));
        let weighs = |at: usize| matches!(self.word(at).unit, "kg" | "g" | "t" | "ton" | "oz");
        let again = || self.number(end + 1).is_some_and(|n| weighs(n.end));
        (1..=3).any(|back| first.checked_sub(back).is_some_and(|b| self.any(b, &WEIGHT)))
            || self.any(end, &WEIGHTY)
            || bracket && again()
            || self.says_again(first) && (first.saturating_sub(NEAR)..first).any(weighs)
    }

    /// Whether the words before a number say that it tells in another unit what was told: "or", "equal to".
    fn says_again(&self, first: usize) -> bool {
        first.checked_sub(1).is_some_and(|b| {
            self.small(b) == small::OR
                || self.is(b, "equals")
                || self.small(b) == small::TO && b.checked_sub(1).is_some_and(|b| self.is(b, "equal"))
        })
    }

    /// A sum behind a currency: scale words and ends of a range are read, "$2-3 billion".
    pub(super) fn sum(&self, number: &Number) -> Option<Range> {
        let (mut scale, end) = match self.short_scale(number) {
            Some((factor, end)) => (factor, end),
            None if self.suffix(number).is_empty() => (1.0, number.end),
            None => return None,
        };
        let mut range = Range { first: number.first, end, min: number.value * scale, max: number.value * scale };
        let joins = match self.small(end) {
            small::TO => true,
            small::AND => self.led_by(number.first, "between"),
            _ => self.token(end).is_some_and(|t| t.is_symbol(b'-')),
        };
        if !joins {
            return Some(range);
        }
        let mut at = end + 1;
        if let Some(token) = self.token(at)
            && sign(self.text, token).is_some()
        {
            at += 1;
        }
        let Some(second) = self.number(at).filter(|n| n.digits == number.digits && !n.vague) else {
            return Some(range);
        };
        let (factor, end) = self.short_scale(&second).unwrap_or((1.0, second.end));
        if !self.suffix(&second).is_empty() && factor == 1.0 {
            return Some(range);
        }
        range.max = second.value * factor;
        range.end = end;
        // "$2-3 billion": the scale is said once.
        if range.min < range.max && range.max >= 1000.0 && number.value < 1000.0 && scale == 1.0 && number.plain > 0 {
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
    pub(super) fn led_by(&self, at: usize, word: &str) -> bool {
        (1..=2).any(|back| at.checked_sub(back).is_some_and(|b| self.is(b, word)))
    }

    pub(super) fn money(&self, range: Range, currency: &'static str, assumed: bool) -> Amount {
        let mut end = range.end;
        // "$10 dollars", "$5 million USD".
        let next = self.word(end);
        if matches!(next.money, Money::Noun | Money::Code) && next.currency == currency && !next.doubtful {
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

    /// "¢" behind a number.
    pub(super) fn cents(&self, range: Range, at: usize) -> Option<Amount> {
        let token = self.token(at).filter(|t| t.symbol == 0 && t.of(self.text) == "¢")?;
        let sum = Range { end: at + 1, min: range.min * HUNDREDTH, max: range.max * HUNDREDTH, ..range };
        (!token.is(form::LINE)).then(|| self.money(sum, "USD", true))
    }

    /// "30 MUSD": a thousand or a million of a currency, as reports write them.
    pub(super) fn scaled_code(&self, range: Range, at: usize) -> Option<Amount> {
        let token = self.token(at).filter(|t| t.is(form::ALL_CAPITALS) && t.form & form::BEYOND_ASCII == 0)?;
        let (scale, code) = token.of(self.text).split_at_checked(1).filter(|(_, code)| code.len() == 3)?;
        let factor = match scale {
            "K" => 1e3,
            "M" => 1e6,
            _ => return None,
        };
        let word = self.lexicon.glued(code);
        let sum = Range { end: at + 1, min: range.min * factor, max: range.max * factor, ..range };
        (word.money == Money::Code).then(|| self.money(sum, word.currency, false))
    }

    /// A sum with the hundredths told behind it: "3 dollars 50 cents", "$20 and 45c", "15 euros 40".
    fn with_hundredths(&self, sum: Range) -> Range {
        let and = usize::from(self.small(sum.end) == small::AND);
        let at = sum.end + and;
        let Some(small) = self.number(at).filter(|n| n.first == at && n.value < 100.0 && !n.vague) else {
            return sum;
        };
        let suffix = self.suffix(&small);
        let end = if suffix.is_empty() && self.word(small.end).money == Money::Hundredth {
            small.end + 1
        } else if suffix == "c" || self.is_change(sum, &small, and == 1) {
            small.end
        } else {
            return sum;
        };
        let part = small.value / 100.0;
        Range { end, min: sum.min + part, max: sum.max + part, ..sum }
    }

    /// Whether a number behind a small whole sum tells its hundredths without saying so, where nothing but the end of
    /// the sentence follows: "15 euros 40", "ten dollars and fifty".
    fn is_change(&self, sum: Range, small: &Number, joined: bool) -> bool {
        let whole = sum.min == sum.max && sum.min.fract() == 0.0 && sum.min < 1000.0;
        let two_digits = small.plain == 2 || !small.digits && small.value > 9.0;
        let fits = small.value >= 1.0 && small.value.fract() == 0.0 && (two_digits || joined);
        let ends = || match self.token(small.end) {
            None => true,
            Some(t) => {
                matches!(t.symbol, b'.' | b'!' | b'?' | b';')
                    && !t.is(form::WORD)
                    && self.token(small.end + 1).is_none_or(|t| t.is(form::SPACE))
            }
        };
        whole
            && fits
            && self.suffix(small).is_empty()
            && !self.tokens[small.first].is(form::LINE)
            && !self.led_by(sum.first, "between")
            && (ends() || self.is_told_more(sum, small))
    }

    /// "15 USD 50 more": behind a code nobody counts things, if no word that could be counted stands there.
    fn is_told_more(&self, sum: Range, small: &Number) -> bool {
        self.word(sum.end - 1).money == Money::Code
            && small.plain == 2
            && self.token(small.end).is_some_and(|t| t.has(class::FUNCTION) && t.is(form::WORD))
    }

    pub(super) fn behind_sign(&self, at: usize, code: &'static str) -> Option<Amount> {
        let mut range = self.with_hundredths(self.sum(&self.number(at + 1).filter(|n| n.digits)?)?);
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
            if token.is_symbol(b'.') && b >= self.first + 3 && self.is(b - 1, "s") && self.is(b - 3, "u") {
                (currency, assumed, range.first) = ("USD", false, b - 3);
            } else if letters.eq_ignore_ascii_case("s") && b >= self.first + 2 && self.is(b - 2, "u") {
                (currency, assumed, range.first) = ("USD", false, b - 2);
            } else if let Some(code) = dollar_of(letters).filter(|_| !loose || letters.len() > 1 || letters == "c") {
                (currency, assumed, range.first) = (code, false, b);
            }
        }
        Some(self.money(range, currency, assumed))
    }

    /// "Rs 3,150 crore", "USD 5m", "KD 150 million".
    pub(super) fn behind_word(&self, at: usize) -> Option<Amount> {
        let word = self.word(at);
        let token = &self.tokens[at];
        let before = match word.money {
            // "ALL 5" and "TRY 2" are words, and no list of words holds "usd".
            Money::Code => !token.has(class::COMMON | class::FUNCTION),
            Money::Before => token.is(form::CAPITAL) || token.end - token.start > 2,
            Money::Noun => !word.doubtful && !word.currency.is_empty(),
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
    pub(super) fn spaced_thousands(&self, number: &mut Number) {
        while number.plain <= 3 && self.suffix(number).is_empty() {
            let Some(token) = self.token(number.end) else {
                return;
            };
            if !token.is(form::DIGIT | form::SPACE) || token.end - token.start != 3 {
                return;
            }
            let Some(group) = self.number(number.end).filter(|n| n.plain == 3 && n.end == number.end + 1) else {
                return;
            };
            number.value = number.value * 1000.0 + group.value;
            number.end = group.end;
            number.suffix = group.suffix;
        }
    }

    /// "RM50,000", "USD115": letters that run into digits.
    pub(super) fn in_one_token(&self, at: usize) -> Option<Amount> {
        let token = self.tokens[at];
        let letters = token.of(self.text).bytes().take_while(u8::is_ascii_alphabetic).count();
        let word = self.lexicon.glued(&token.of(self.text)[..letters]);
        if !matches!(word.money, Money::Code | Money::Before) {
            return None;
        }
        let mut tokens = self.tokens[at..self.tokens.len().min(at + 12)].to_vec();
        tokens[0].start += letters as u32;
        tokens[0].form |= form::DIGIT;
        let inner = Scan { tokens: &tokens, first: 0, ..*self };
        let mut number = inner.number(0)?;
        inner.spaced_thousands(&mut number);
        let mut range = inner.sum(&number)?;
        range.first = at;
        range.end += at;
        Some(self.money(range, word.currency, false))
    }

    /// "million euros", "40 Hong Kong dollars", "3 dollars 50 cents".
    pub(super) fn currency(&self, range: Range, at: usize, hyphen: bool) -> Option<Amount> {
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
                || self.small(noun + 1) == small::OF && self.token(noun + 2).is_some_and(|t| t.has(class::ITEM))
                || self.is_weight(range.first, noun + 1))
        {
            return None;
        }
        let told = country.and_then(|c| self.lexicon.currency_of(&c, word.currency));
        let factor = if word.money == Money::Hundredth { HUNDREDTH } else { 1.0 };
        let mut sum = Range { end: noun + 1, min: range.min * factor, max: range.max * factor, ..range };
        // "75 USD million"
        let scale = self.token(sum.end).map_or(0.0, |t| self.numbers.word(t).value);
        if word.money == Money::Code && scale >= 1e5 {
            sum = Range { end: sum.end + 1, min: sum.min * scale, max: sum.max * scale, ..sum };
        }
        if word.money != Money::Hundredth {
            sum = self.with_hundredths(sum);
        }
        let currency = told.unwrap_or(word.currency);
        Some(self.money(sum, currency, told.is_none() && word.assumed))
    }
}

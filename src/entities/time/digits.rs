//! Dates that begin with digits: `2024-10-24`, `24/10/2024`, `24th Oct, 2024`, `the 15th`.

use super::calendar::checked_day;
use super::meaning::{Base, Hit, Meaning, Piece, Year};
use super::period::{Period, Unit};
use super::scan::{Digits, Scan};
use super::trigger::TRIGGER;
use super::words::Role;
use super::year::COMMON_YEARS;
use crate::dictionary::class;
use crate::token::{Token, form};

impl Scan<'_> {
    /// A date whose first token begins with a digit.
    pub(super) fn date_in_digits(&self, at: usize, digits: Digits<'_>) -> Hit {
        if !self.tokens[at].is(form::SPACE)
            && let Some(b) = self.before(at)
            && let b'.' | b',' | b'$' | b'/' = self.tokens[b].symbol
            && !self.tokens[b].is(form::WORD)
        {
            return None;
        }
        let joint = self.glued_symbol(at + 1);
        if !digits.suffix.is_empty() {
            return self
                .year_and_month(at, digits, joint)
                .or_else(|| self.day_and_month(at, digits))
                .or_else(|| self.decade_or_century(at, digits, joint))
                .or_else(|| self.quarter_in_digits(at, digits))
                .or_else(|| self.nth_in_digits(at, digits));
        }
        let hit = match joint {
            b'-' | b'/' | b'.' => self
                .numeric(at, digits, joint)
                .or_else(|| self.year_and_month(at, digits, joint))
                .or_else(|| self.day_between_slashes(at, digits, joint)),
            b'\'' => self.decade_or_century(at, digits, joint),
            _ => self.before_christ(at + 1).map(|end| (end, Meaning::Fixed(Period::Year(1 - digits.value)))),
        };
        hit.or_else(|| if digits.count == 4 { self.year(at, digits.value) } else { self.day_and_month(at, digits) })
    }

    /// Year, month and day between `-`, `/` or `.`.
    fn numeric(&self, at: usize, digits: Digits<'_>, separator: u8) -> Hit {
        if !self.glued(at + 3, separator) {
            return None;
        }
        let glued = |at: usize| self.token(at).is_some_and(|t| !t.is(form::SPACE));
        if !glued(at + 2) || !glued(at + 4) {
            return None;
        }
        let Digits { value, count, .. } = digits;
        let Digits { value: third, count: third_count, suffix: tail } = self.integer(at + 4)?;
        let named = self.word(at + 2).month;
        let fixed = |year: i32, month: i32, day: i32| {
            checked_day(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
                .map(|d| (at + 5, Meaning::Fixed(Period::Day(d))))
        };
        if named > 0 {
            let (day, year) = if count == 4 { (third, value) } else { (value, full_year(third, third_count)?) };
            return fixed(year, i32::from(named), day);
        }
        let (second, second_count) = self.bare(at + 2)?;
        if second_count > 2 {
            return None;
        }
        if count == 4 {
            // "2024-10-24T10:00": the time of day is left to the next look.
            let plain = tail.is_empty() || tail.starts_with(b"T");
            return if plain && third_count <= 2 { fixed(value, second, third) } else { None };
        }
        if count > 2 || !tail.is_empty() || third_count != 4 && (third_count != 2 || separator == b'.') {
            return None;
        }
        let year = full_year(third, third_count)?;
        let runs_on = self.glued(at + 5, separator)
            && self.token(at + 6).is_some_and(|t| t.is(form::DIGIT) && !t.is(form::SPACE));
        if runs_on {
            return None;
        }
        if self.is_day_first(value, second, separator) {
            fixed(year, second, value)
        } else {
            fixed(year, value, second)
        }
    }

    /// `9/30`, `30/9` where a word before it speaks of dates; `9/2024`. One of them is written as no fraction is.
    fn day_between_slashes(&self, at: usize, digits: Digits<'_>, separator: u8) -> Hit {
        let Digits { value, count: 1..=2, .. } = digits else { return None };
        let (second, count) = self.bare(at + 2).filter(|_| separator == b'/' && value > 0)?;
        let tight = !self.tokens[at + 2].is(form::SPACE) && !self.glued(at + 3, b'/');
        if (value, second) == (9, 11) && tight && !self.is(at + 3, self.lexicon.keys.of) {
            return Some((at + 3, Meaning::Fixed(Period::Day(checked_day(2001, 9, 11)?))));
        }
        if !tight || self.token(at + 3).is_some_and(|t| t.is(form::WORD) && !t.has(class::FUNCTION | TRIGGER)) {
            return None;
        }
        if count == 4 && value <= 12 && COMMON_YEARS.contains(&second) {
            return Some((at + 3, Meaning::Fixed(Period::Month(second, value as u8))));
        }
        let b = self.before(at)?;
        let named = self.tokens[b].has(class::WEEKDAY);
        let led = self.any(b, &self.lexicon.keys.before_numeric) && (value > 9 || second > 9);
        if !named && !led || count > 2 {
            return None;
        }
        let (month, day) = if self.is_day_first(value, second, separator) { (second, value) } else { (value, second) };
        Some((at + 3, days(month as u8, u8::try_from(day).ok()?, day as u8, Year::Open)?))
    }

    /// Whether the day goes before the month. Where both could be the month, the press that writes slashes is mostly
    /// American, that with full stops is not.
    fn is_day_first(&self, first: i32, second: i32, separator: u8) -> bool {
        first > 12 || (self.day_first || separator == b'.') && second <= 12
    }

    /// `3rd quarter`, `2nd Monday of July`, `the 15th`: the number of what is told in words.
    fn nth_in_digits(&self, at: usize, digits: Digits<'_>) -> Hit {
        if !digits.has_ending() {
            return None;
        }
        let day = digits.day_of_month()?;
        self.ordinal(at, day).or_else(|| self.day_alone(at, at + 1, day))
    }

    /// "on the 15th": a day of a month that is not said. Nothing may follow that it could be the number of.
    fn day_alone(&self, at: usize, end: usize, day: u8) -> Hit {
        let keys = &self.lexicon.keys;
        let the = self.before(at).filter(|b| self.is(*b, keys.the))?;
        let led = self.before(the).is_some_and(|b| self.any(b, &keys.before_numeric));
        let goes_on = self.is(end, keys.of) || self.is(end, keys.and) || self.any(end, &keys.through);
        (led && self.closes(end) && !goes_on && !self.glued(end, b'-')).then_some((end, Meaning::DayOfMonth(day)))
    }

    /// A day of the month in words, behind it the month or nothing: "twenty-third of May", "the thirtieth of June".
    pub(super) fn day_in_words(&self, at: usize, token: &Token) -> Hit {
        if !token.has(class::NUMBER) {
            return None;
        }
        let (day, end) = self.day_at(at)?;
        let of = usize::from(self.is(end, self.lexicon.keys.of));
        let month = self.word(end + of).month;
        if of == 0 || month == 0 {
            return self.day_alone(at, end, day);
        }
        let (end, year) = self.year_behind(end + 2);
        Some((end, days(month, day, day, year)?))
    }

    /// A day of the month in digits or as an ordinal in words, and its end: "19", "19th", "nineteenth", "twenty-first".
    pub(super) fn day_at(&self, at: usize) -> Option<(u8, usize)> {
        let token = self.token(at)?;
        if token.is(form::DIGIT) {
            return self.day_of_month(at).map(|day| (day, at + 1));
        }
        let nth = self.word(at).nth;
        if nth > 0 {
            return Some((nth, at + 1));
        }
        let tens = self.lexicon.numbers.word(token).value;
        if tens != 20.0 && tens != 30.0 {
            return None;
        }
        let next = at + 1 + usize::from(self.glued(at + 1, b'-'));
        let day = tens as u8 + Some(self.word(next).nth).filter(|n| (1..10).contains(n))?;
        (day <= 31).then_some((day, next + 1))
    }

    /// `24th Oct, 2024`, `3-5 May`, `the 19th of October 1950`.
    fn day_and_month(&self, at: usize, digits: Digits<'_>) -> Hit {
        let first = digits.day_of_month()?;
        if !self.may_join_month(at + 1) {
            return None;
        }
        let mut next = at + 1;
        let mut last = first;
        let keys = &self.lexicon.keys;
        let dash = self.symbol(next, b'-');
        if dash || self.any(next, &keys.through) || self.is(next, keys.and) || self.symbol(next, b'/') {
            // "the 13th to the 19th of October"
            let the = usize::from(!dash && self.is(next + 1, keys.the));
            if let Some(day) = self.day_of_month(next + 1 + the)
                && day > first
            {
                last = day;
                next += 2 + the;
            } else if !dash {
                return None;
            }
        }
        if self.is(next, keys.of) || self.glued(next, b'-') || self.symbol(next, b',') && last == first {
            next += 1;
        }
        let word = self.word(next);
        let token = self.token(next)?;
        if word.month == 0 || token.is(form::LINE) {
            return if first == last { self.day_of_relative_month(next, first, digits) } else { None };
        }
        // "5 may", "3 march": only with a capital are they months, or behind "the 5th of".
        let ordinal = digits.has_ending() && self.is(next - 1, keys.of);
        if word.doubtful && !token.is(form::CAPITAL) && !ordinal {
            return None;
        }
        // "May 3 June 5": the number belongs to the month before it.
        next += 1;
        if word.short && self.glued(next, b'.') {
            next += 1;
        }
        let (end, year) = self.year_behind(next);
        Some((end, days(word.month, first, last, year)?))
    }

    /// "20th of next month", "the 21st this month": the month behind an ordinal.
    fn day_of_relative_month(&self, at: usize, day: u8, digits: Digits<'_>) -> Hit {
        let next = at + usize::from(self.is(at, self.lexicon.keys.the));
        let Role::Relative(by) = self.role(next) else { return None };
        let month = self.word(next + 1).unit == Some(Unit::Month) && (digits.has_ending() || next > at);
        let base = Base::Shift(Unit::Month, i32::from(by));
        month.then_some((next + 2, Meaning::Nth { nth: day as i8, weekday: 0, base }))
    }

    /// Whether a token can stand between a day and its month, or is a month.
    fn may_join_month(&self, at: usize) -> bool {
        let keys = &self.lexicon.keys;
        self.token(at).is_some_and(|t| match t.is(form::WORD) {
            true => {
                t.has(class::MONTH)
                    || t.hash == keys.of
                    || t.hash == keys.and
                    || keys.through.contains(&t.hash)
                    || matches!(self.role(at), Role::Relative(_))
            }
            false => {
                matches!(t.symbol, b'-' | b'/')
                    || t.symbol == b',' && self.token(at + 1).is_some_and(|t| t.has(class::MONTH))
            }
        })
    }

    /// A day of the month at a token: 1–31, with or without its ending.
    pub(super) fn day_of_month(&self, at: usize) -> Option<u8> {
        self.integer(at)?.day_of_month()
    }
}

impl Digits<'_> {
    /// A day of the month: 1–31, with or without its ending.
    fn day_of_month(&self) -> Option<u8> {
        let fits = self.count <= 2 && (1..=31).contains(&self.value);
        (fits && (self.suffix.is_empty() || self.has_ending())).then_some(self.value as u8)
    }

    /// Whether the digits run into the ending of an ordinal: "24th".
    pub(super) fn has_ending(&self) -> bool {
        [b"st", b"nd", b"rd", b"th"].iter().any(|e| self.suffix.eq_ignore_ascii_case(*e))
    }
}

/// Days of a month, with the year when it is known; none when they do not exist.
pub(super) fn days(month: u8, first: u8, last: u8, year: Year) -> Option<Meaning> {
    match year {
        Year::Given(y) => {
            let from = checked_day(y, month, first)?;
            let to = checked_day(y, month, last)?;
            Some(if from == to {
                Meaning::Fixed(Period::Day(from))
            } else {
                Meaning::Range(Period::Day(from), Period::Day(to))
            })
        }
        // 2024 is a leap year: 29 February may exist in the year that will be chosen.
        _ => checked_day(2024, month, last).map(|_| Meaning::Piece(Piece::Days(month, first, last), year)),
    }
}

/// Two digits mean the hundred years from 1950.
pub(super) fn full_year(value: i32, count: u8) -> Option<i32> {
    match count {
        4 => Some(value),
        2 if value < 50 => Some(2000 + value),
        2 => Some(1900 + value),
        _ => None,
    }
}

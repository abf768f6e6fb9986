//! Dates that begin with digits: `2024-10-24`, `24/10/2024`, `24th Oct, 2024`, `2019-2021`, `the 1990s`, `Q3 2024`.

use super::calendar::checked_day;
use super::meaning::{Hit, Meaning, Piece, Year};
use super::period::Period;
use super::scan::{Digits, Scan};
use super::words::Role;
use crate::dictionary::class;
use crate::token::form;

/// Years that stand alone in the news without a preposition.
const COMMON_YEARS: std::ops::Range<i32> = 1900..2100;

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
                .or_else(|| self.quarter_in_digits(at, digits));
        }
        let hit = match joint {
            b'-' | b'/' | b'.' => self.numeric(at, digits, joint).or_else(|| self.year_and_month(at, digits, joint)),
            b'\'' => self.decade_or_century(at, digits, joint),
            _ => None,
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
        // Where both could be the month, the press that writes slashes is mostly American, that with full stops is not.
        let day_first = value > 12 || separator == b'.' && second <= 12;
        if day_first { fixed(year, second, value) } else { fixed(year, value, second) }
    }

    /// `2014-10`; "2009-10" is two years.
    fn year_and_month(&self, at: usize, digits: Digits<'_>, joint: u8) -> Hit {
        let year = digits.value;
        if joint != b'-' || digits.count != 4 || !(1900..2100).contains(&year) {
            return None;
        }
        let (month @ 1..=12, 2) = self.bare(at + 2)? else {
            return None;
        };
        let tight = !self.tokens[at + 2].is(form::SPACE) && !self.glued(at + 3, b'-');
        (tight && month <= year % 100).then_some((at + 3, Meaning::Fixed(Period::Month(year, month as u8))))
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
            if let Some(day) = self.day_of_month(next + 1)
                && day > first
            {
                last = day;
                next += 2;
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
            return None;
        }
        // "5 may", "3 march": only with a capital are they months.
        if word.doubtful && !token.is(form::CAPITAL) {
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

    /// Whether a token can stand between a day and its month, or is a month.
    fn may_join_month(&self, at: usize) -> bool {
        let keys = &self.lexicon.keys;
        self.token(at).is_some_and(|t| match t.is(form::WORD) {
            true => t.has(class::MONTH) || t.hash == keys.of || t.hash == keys.and || keys.through.contains(&t.hash),
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

    /// The year behind a month or day: `2024`, `, 2024`, `of last year`. The given position when there is none.
    pub(super) fn year_behind(&self, at: usize) -> (usize, Year) {
        let keys = &self.lexicon.keys;
        let comma = usize::from(self.symbol(at, b','));
        let of = usize::from(comma == 0 && self.is(at, keys.of));
        let dash = usize::from(comma + of == 0 && self.glued(at, b'-'));
        let next = at + comma + of + dash;
        if self.token(next).is_some_and(|t| t.is(form::PARAGRAPH)) {
            return (at, Year::Open);
        }
        if let Some((year @ 1000..2200, 4)) = self.bare(next)
            && !(self.glued(next + 1, b',')
                && self.token(next + 2).is_some_and(|t| t.is(form::DIGIT) && !t.is(form::SPACE)))
        {
            return (next + 1, Year::Given(year));
        }
        if let Role::Relative(by) = self.role(next)
            && self.word(next + 1).unit == Some(super::period::Unit::Year)
        {
            return (next + 2, Year::Shift(i32::from(by)));
        }
        if of == 1 && self.role(next) == Role::Same && self.word(next + 1).unit == Some(super::period::Unit::Year) {
            return (next + 2, Year::Open);
        }
        (at, Year::Open)
    }

    /// `1990s`, `19th century`.
    fn decade_or_century(&self, at: usize, digits: Digits<'_>, joint: u8) -> Hit {
        let keys = &self.lexicon.keys;
        let Digits { value, count, suffix } = digits;
        let (plural, end) = if suffix.eq_ignore_ascii_case(b"s") {
            (true, at + 1)
        } else if suffix.is_empty() && joint == b'\'' && self.is(at + 2, keys.s) {
            (true, at + 3)
        } else {
            (false, at)
        };
        if plural && value % 10 == 0 {
            let the = || {
                self.before(at).is_some_and(|b| {
                    self.is(b, keys.the)
                        || matches!(self.role(b), Role::Edge)
                        || self.symbol(b, b'\'')
                        || self.symbol(b, b'-')
                })
            };
            return match count {
                4 if (1000..2100).contains(&value) => Some((end, Meaning::Fixed(Period::Decade(value)))),
                2 if value >= 20 && the() => Some((end, Meaning::Fixed(Period::Decade(1900 + value)))),
                _ => None,
            };
        }
        if !(1..=30).contains(&value) || !digits.has_ending() {
            return None;
        }
        self.nth_century(at + 1, value)
    }

    /// `century` behind an ordinal, with or without a hyphen; not before Christ.
    pub(super) fn nth_century(&self, at: usize, nth: i32) -> Hit {
        let at = at + usize::from(self.glued(at, b'-'));
        let unit = self.word(at).unit?;
        (unit == super::period::Unit::Century && self.role(at + 1) != Role::Before)
            .then_some((at + 1, Meaning::Fixed(Period::Century(nth - 1))))
    }

    /// `3Q 2024`, `1H24`: the number of the part stands first.
    fn quarter_in_digits(&self, at: usize, digits: Digits<'_>) -> Hit {
        let piece = match (digits.suffix, digits.value) {
            ([b'Q'], n @ 1..=4) => Piece::Quarter(n as u8),
            ([b'H'], n @ 1..=2) => Piece::Half(n as u8),
            _ => return None,
        };
        let (end, year) = self.year_behind(at + 1);
        (year != Year::Open).then_some((end, Meaning::Piece(piece, year)))
    }

    /// A bare year, or two: `2019`, `2019-2021`, `2009/10`.
    fn year(&self, at: usize, value: i32) -> Hit {
        if !(1000..2200).contains(&value) {
            return None;
        }
        let supported = self.after_preposition(at) || self.is_listed_year(at);
        let next = at + 1;
        if let Some((end, last)) = self.year_range(at, value) {
            return Some((end, Meaning::Range(Period::Year(value), Period::Year(last))));
        }
        if self.role(next) == Role::Before {
            return None;
        }
        let hyphen = self.before(at).is_some_and(|b| self.glued(b, b'-'));
        let token = self.token(next);
        // "2019 Q3", "2024 first half".
        if let Some(piece) = self.quarter_name(next) {
            return Some((next + 1, Meaning::Piece(piece, Year::Given(value))));
        }
        let counted = token.is_some_and(|t| {
            let small_plural = t.is(form::WORD)
                && t.form & form::CAPITAL == 0
                && !t.has(class::FUNCTION | class::TIME | class::MONTH)
                && t.of(self.text).ends_with('s');
            t.has(class::UNIT | class::PEOPLE | class::NUMBER) && !t.has(class::FUNCTION | class::DEMONYM)
                || t.has(class::MONEY)
                    && (t.form & form::CAPITAL == 0 || t.is(form::ALL_CAPITALS))
                    && !t.has(class::FUNCTION)
                || t.is_symbol(b'%')
                || t.form & (form::DIGIT | form::SPACE) == form::DIGIT
                || small_plural && !supported
        });
        let unit = self.word(next).unit.is_some() && !supported;
        let glued_number = [b'.', b',', b'/', b':', b'-'].into_iter().any(|c| self.glued(next, c))
            && self.token(at + 2).is_some_and(|t| t.is(form::DIGIT) && !t.is(form::SPACE));
        if counted || unit || glued_number || hyphen && !supported && !COMMON_YEARS.contains(&value) {
            return None;
        }
        (supported && value < 2100 || COMMON_YEARS.contains(&value) && !self.is_number_name(at))
            .then_some((next, Meaning::Fixed(Period::Year(value))))
    }

    /// "(1738)", "c. 1640", "in 1861 and 1862", "the 1829 abolition": what stands around it makes it a year.
    fn is_listed_year(&self, at: usize) -> bool {
        let keys = &self.lexicon.keys;
        let Some(b) = self.before(at) else {
            return false;
        };
        let year = |at: usize| matches!(self.bare(at), Some((1000..2100, 4)));
        let listed = (self.is(b, keys.and) || self.symbol(b, b',')) && self.before(b).is_some_and(year);
        let circa = self.symbol(b, b'.') && self.before(b).is_some_and(|c| self.tokens[c].of(self.text) == "c");
        let bracket = self.symbol(b, b'(') && !self.glued(at + 1, b'-');
        let the = self.is(b, keys.the)
            && self
                .token(at + 1)
                .is_some_and(|t| t.is(form::WORD | form::SPACE) && !t.has(class::PEOPLE | class::UNIT | class::NUMBER));
        listed || circa || bracket || the
    }

    fn year_range(&self, at: usize, first: i32) -> Option<(usize, i32)> {
        let keys = &self.lexicon.keys;
        let dash = self.symbol(at + 1, b'-');
        let slash = self.glued(at + 1, b'/');
        let word = self.is(at + 1, keys.to) && self.before(at).is_some_and(|b| self.is(b, keys.from))
            || self.is(at + 1, keys.and) && self.before(at).is_some_and(|b| self.is(b, keys.between));
        if !dash && !slash && !word {
            return None;
        }
        let (value, count) = self.bare(at + 2)?;
        let last = match count {
            4 => value,
            2 if !word => first / 100 * 100 + value,
            _ => return None,
        };
        (last > first && last - first < 150 && last < 2200).then_some((at + 3, last))
    }

    /// "No. 1984", "Flight 2019", "$2000": a name or amount, not a year.
    fn is_number_name(&self, at: usize) -> bool {
        self.before(at).is_some_and(|b| {
            let token = &self.tokens[b];
            token.has(class::MONEY | class::UNIT) && !token.has(class::FUNCTION)
                || token.is_symbol(b'$')
                || token.is_symbol(b'#')
                || token.symbol == 0 && !token.is(form::WORD)
        })
    }

    /// `Q3`, `H1` as one token.
    pub(super) fn quarter_name(&self, at: usize) -> Option<Piece> {
        let token = self.token(at).filter(|t| matches!(t.symbol, b'Q' | b'q' | b'H'))?;
        match token.of(self.text).as_bytes() {
            [b'Q' | b'q', n @ b'1'..=b'4'] => Some(Piece::Quarter(n - b'0')),
            [b'H', n @ b'1'..=b'2'] => Some(Piece::Half(n - b'0')),
            _ => None,
        }
    }
}

impl Digits<'_> {
    /// A day of the month: 1–31, with or without its ending.
    fn day_of_month(&self) -> Option<u8> {
        let fits = self.count <= 2 && (1..=31).contains(&self.value);
        (fits && (self.suffix.is_empty() || self.has_ending())).then_some(self.value as u8)
    }

    /// Whether the digits run into the ending of an ordinal: "24th".
    fn has_ending(&self) -> bool {
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
fn full_year(value: i32, count: u8) -> Option<i32> {
    match count {
        4 => Some(value),
        2 if value < 50 => Some(2000 + value),
        2 => Some(1900 + value),
        _ => None,
    }
}

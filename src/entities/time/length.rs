//! Lengths of time, what is counted by them from another day, and units that stand alone: "48 hours", "two years ago",
//! "a week after Christmas", "the day before", "the week of 7 October".

use super::meaning::{Hit, Meaning, Year};
use super::period::{Period, Unit};
use super::relative::Relative;
use super::scan::Scan;
use super::trigger::LONGEST;
use super::words::Role;
use crate::entities::number::Number;
use crate::token::form;

impl Scan<'_> {
    /// "past five years", "last 48 hours": a length of time.
    pub(super) fn stretch(&self, first: usize, at: usize) -> Relative {
        let number = self.lexicon.numbers.read(self.text, self.tokens, at)?;
        let word = self.word(number.end);
        let unit = word.unit.filter(|_| word.plural || number.value == 1.0)?;
        Some((first, (number.end + 1, Meaning::Length(number.value, unit)), None))
    }

    /// "a week ago", "the day before", "the day after tomorrow", "for a year".
    pub(super) fn unit_alone(&self, at: usize, free: usize) -> Relative {
        let word = self.word(at);
        let unit = word.unit.filter(|_| !word.plural && !word.short)?;
        let keys = &self.lexicon.keys;
        if let Some(hit) = self.end_of_unit(at, unit) {
            return Some((at, hit, None));
        }
        let b = self.before(at).filter(|b| *b >= free)?;
        if self.is(b, keys.the) && unit as u8 >= Unit::Day as u8 {
            if matches!(unit, Unit::Week | Unit::Weekend)
                && let Some(hit) = self.week_of(at + 1, unit)
            {
                return Some((at, hit, None));
            }
            let by: i8 = match self.role(at + 1) {
                Role::Prior => -1,
                Role::After => 1,
                // "over the weekend"
                _ if unit == Unit::Weekend && self.closes(at + 1) && !self.is(at + 1, keys.of) => {
                    return Some((at, (at + 1, Meaning::Shift(unit, 0)), None));
                }
                _ => return None,
            };
            // "the week after next", "the year before last"
            if self.role(at + 2) == Role::Relative(by) && self.closes(at + 3) {
                return Some((at, (at + 3, Meaning::Shift(unit, 2 * i32::from(by))), None));
            }
            let by = i32::from(by);
            if let Role::Day(day) = self.role(at + 2)
                && unit == Unit::Day
            {
                return Some((at, (at + 3, Meaning::Shift(Unit::Day, i32::from(day) + by)), None));
            }
            if let Some((end, meaning)) = self.counted_from(at + 1, 1.0, unit) {
                return Some((at, (end, meaning), None));
            }
            return self.closes(at + 2).then_some((at, (at + 2, Meaning::Beside(unit, by)), None));
        }
        if !self.any(b, &keys.a) {
            return None;
        }
        let halved = word.nth == 0 && unit != Unit::Quarter;
        let half = self.before(b).filter(|h| halved && *h >= free && self.is(*h, keys.half));
        let and_a_half = halved && self.is(at + 1, keys.and) && self.any(at + 2, &keys.a) && self.is(at + 3, keys.half);
        let (first, end, count) = match half {
            Some(half) => (half, at + 1, 0.5),
            None if and_a_half => (b, at + 4, 1.5),
            None => (b, at + 1, 1.0),
        };
        if let Some((end, meaning)) = self.offset(end, count, unit) {
            return Some((first, (end, meaning), None));
        }
        if unit as u8 >= Unit::Day as u8
            && unit != Unit::Quarter
            && self.before(first).is_some_and(|lead| self.is(lead, keys.in_))
            && let Some(end) = self.whose_time(end)
        {
            return Some((first, (end, Meaning::Offset { unit, count, from_last: false }), None));
        }
        if count != 1.0 {
            return Some((first, (end, Meaning::Length(count, unit)), None));
        }
        let lead = self.before(b).filter(|l| self.any(*l, &keys.before_length));
        (lead.is_some() && unit as u8 >= Unit::Hour as u8 && unit != Unit::Quarter && self.closes(at + 1)).then_some((
            b,
            (at + 1, Meaning::Length(1.0, unit)),
            None,
        ))
    }

    /// "by year end", "at year-end 2023", at the name of the unit.
    fn end_of_unit(&self, at: usize, unit: Unit) -> Hit {
        if unit != Unit::Year && unit != Unit::Month {
            return None;
        }
        let end = at + 1 + usize::from(self.glued(at + 1, b'-'));
        if !self.is(end, self.lexicon.keys.end) {
            return None;
        }
        match self.year_behind(end + 1) {
            (end, Year::Given(year)) if unit == Unit::Year => Some((end, Meaning::Fixed(Period::Year(year)))),
            _ => self.closes(end + 1).then_some((end + 1, Meaning::Shift(unit, 0))),
        }
    }

    /// "of 7 October", "ended Oct. 7" behind a week or a weekend.
    fn week_of(&self, at: usize, unit: Unit) -> Hit {
        let keys = &self.lexicon.keys;
        if !self.any(at, &keys.week_of) {
            return None;
        }
        let next = at + 1;
        let next = next + usize::from(self.is(next, keys.on) || self.is(next, keys.the));
        let (end, meaning) = self.date(next)?;
        let base = meaning.base().filter(|_| super::clock::is_day(&meaning))?;
        Some((end, Meaning::Around(unit, base)))
    }

    /// A number with a unit of time, read at a token: "two days ago", "two-day", "48 hours". Ages are none.
    pub(super) fn counted(&self, at: usize, number: &Number) -> Hit {
        if let Some(unit) = self.unit_behind_digits(number) {
            let end = number.end;
            return self.offset(end, number.value, unit).or(Some((end, Meaning::Length(number.value, unit))));
        }
        let hyphen = self.glued(number.end, b'-');
        let noun = number.end + usize::from(hyphen);
        let word = self.word(noun);
        let unit = word.unit.filter(|u| self.may_be_counted(*u, number, hyphen) && (!word.short || number.digits))?;
        if self.before(at).is_some_and(|b| self.symbol(b, b'$') || self.glued(b, b'.')) {
            return None;
        }
        // "the 2018 day", "a billion years": a year, or a manner of speaking.
        let year = number.plain == 4 && (1900.0..2100.0).contains(&number.value);
        if number.vague || year || number.value > LONGEST || number.suffix != self.tokens[number.end - 1].end {
            return None;
        }
        let mut end = noun + 1;
        end += usize::from(word.short && self.glued(end, b'.'));
        let age = if self.glued(end, b'-') { end + 1 } else { end };
        if self.role(age) == Role::Age || self.is(age, self.lexicon.keys.of) && self.role(age + 1) == Role::Age {
            return None;
        }
        // "aged 8 to 10 years", "at the age of four months"
        let of_age = |b: usize| {
            self.role(b) == Role::Age
                || self.is(b, self.lexicon.keys.of) && self.before(b).is_some_and(|b| self.role(b) == Role::Age)
        };
        if self.before(at).is_some_and(of_age) {
            return None;
        }
        self.offset(end, number.value, unit).or(Some((end, Meaning::Length(number.value, unit))))
    }

    /// The unit that a number's digits run into: "48hrs", "10yrs", "2.5hrs".
    fn unit_behind_digits(&self, number: &Number) -> Option<Unit> {
        let token = &self.tokens[number.end - 1];
        if !number.digits || number.suffix == token.end || number.value > LONGEST {
            return None;
        }
        let suffix = &self.text[number.suffix as usize..token.end as usize];
        let is = |words: &[&str]| words.iter().any(|w| suffix.eq_ignore_ascii_case(w));
        match () {
            () if is(&["h", "hr", "hrs", "hour", "hours"]) => Some(Unit::Hour),
            () if is(&["min", "mins", "minute", "minutes"]) => Some(Unit::Minute),
            () if is(&["sec", "secs", "seconds"]) => Some(Unit::Second),
            () if is(&["day", "days"]) => Some(Unit::Day),
            () if is(&["wk", "wks", "week", "weeks"]) => Some(Unit::Week),
            () if is(&["month", "months"]) => Some(Unit::Month),
            () if is(&["yr", "yrs", "year", "years"]) => Some(Unit::Year),
            () => None,
        }
    }

    /// "after Christmas", "before 3 May", "from tomorrow" behind a length of time.
    fn counted_from(&self, at: usize, count: f64, unit: Unit) -> Hit {
        let keys = &self.lexicon.keys;
        let sign = match self.role(at) {
            Role::After => 1.0,
            Role::Prior => -1.0,
            _ if self.is(at, keys.from) => 1.0,
            _ => return None,
        };
        if (unit as u8) < Unit::Day as u8 {
            return None;
        }
        let next = at + 1 + usize::from(self.is(at + 1, keys.the));
        let token = self.token(next)?;
        let feast = || Some(self.feast(next, next)?.1).filter(|_| token.is(form::CAPITAL));
        let day = || match self.role(next) {
            Role::Day(by) => Some((next + 1, Meaning::Shift(Unit::Day, i32::from(by)))),
            _ => None,
        };
        let (end, meaning) = feast().or_else(|| self.date(next)).or_else(day)?;
        let base = meaning.base().filter(|_| super::clock::is_day(&meaning))?;
        Some((end, Meaning::From { unit, count: sign * count, base }))
    }

    fn may_be_counted(&self, unit: Unit, number: &Number, hyphen: bool) -> bool {
        match unit {
            // "three quarters" is a fraction, "one second" and "one day" are idioms.
            Unit::Quarter | Unit::Century | Unit::Weekend => false,
            Unit::Second | Unit::Day => number.digits || hyphen || number.value > 1.0,
            _ => true,
        }
    }

    /// "ago", "later", "from now", "after Christmas" behind a length of time.
    fn offset(&self, at: usize, count: f64, unit: Unit) -> Hit {
        let keys = &self.lexicon.keys;
        let days = unit as u8 >= Unit::Day as u8 && unit != Unit::Quarter;
        let (sign, from_last) = match self.role(at) {
            Role::Ago => (-1.0, false),
            Role::Later => (1.0, true),
            Role::Earlier => (-1.0, true),
            Role::After if self.ends_phrase(at + 1) => (1.0, true),
            Role::Prior if self.ends_phrase(at + 1) => (-1.0, true),
            _ if self.is(at, keys.from) && self.is(at + 1, keys.now) => {
                return Some((at + 2, Meaning::Offset { unit, count, from_last: false }));
            }
            _ if days && self.is(at, keys.hence) => (1.0, false),
            _ if days && self.is(at, keys.back) && self.closes(at + 1) => (-1.0, false),
            _ => return self.counted_from(at, count, unit),
        };
        Some((at + 1, Meaning::Offset { unit, count: sign * count, from_last }))
    }

    fn ends_phrase(&self, at: usize) -> bool {
        self.token(at).is_none_or(|t| !t.is(form::WORD))
    }
}

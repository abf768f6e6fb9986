//! Times of day, and parts of the day beside a date.

use super::meaning::{Clock, Found, Meaning, Piece};
use super::period::{Period, Unit};
use super::scan::{Digits, Scan};
use super::trigger::TRIGGER;
use super::words::{Part, Role};
use crate::dictionary::class;
use crate::token::{Token, form};

impl Scan<'_> {
    /// A time of day at a token: `10:30 GMT`, `6 p.m.`, `1500 GMT`, `noon`. Bare hours are none.
    fn clock(&self, at: usize) -> Option<(usize, Clock)> {
        let token = self.token(at)?;
        match self.integer(at) {
            Some(digits) => self.clock_in_digits(at, digits),
            None => self.clock_in_words(at, token),
        }
    }

    /// `noon`, `six p.m.`, `one o'clock`.
    #[inline]
    pub(super) fn clock_in_words(&self, at: usize, token: &Token) -> Option<(usize, Clock)> {
        if token.has(class::TIME) {
            let word = self.word(at);
            return match word.role {
                Role::Hour(hour) => Some((self.zone(at + 1).0, clock(hour, 0, false))),
                Role::Half => self.past_the_hour(at + 1, 30),
                _ if word.unit == Some(Unit::Quarter) && !word.plural => self.past_the_hour(at + 1, 15),
                _ => None,
            };
        }
        if !token.has(class::NUMBER) {
            return None;
        }
        let n = self.lexicon.numbers.word(token).value;
        if !(1.0..=20.0).contains(&n) || self.is_part_of_number(at) {
            return None;
        }
        if n > 12.0 {
            return self.past_the_hour(at + 1, n as u8);
        }
        self.hour(at + 1, n as u8).filter(|_| self.may_be_hour(at)).or_else(|| self.past_the_hour(at + 1, n as u8))
    }

    /// "past seven", "minutes past 3 p.m." behind a number of minutes.
    fn past_the_hour(&self, at: usize, minute: u8) -> Option<(usize, Clock)> {
        let past = at + usize::from(self.word(at).unit == Some(Unit::Minute));
        if !self.is(past, self.lexicon.keys.past) {
            return None;
        }
        let (end, clock) = self.full_hour(past + 1)?;
        Some((end, Clock { minute, ..clock }))
    }

    /// "noon", "3pm", "eight in the evening", "eight".
    fn full_hour(&self, at: usize) -> Option<(usize, Clock)> {
        if let Role::Hour(hour) = self.role(at) {
            return Some((self.zone(at + 1).0, clock(hour, 0, false)));
        }
        let hour = match self.integer(at) {
            Some(Digits { value: hour @ 1..=12, suffix, .. }) if !suffix.is_empty() => {
                return self.with_meridiem(at + 1, clock(hour as u8, 0, false), meridiem(suffix)?);
            }
            Some(digits) => f64::from(digits.value),
            None => self.lexicon.numbers.word(self.token(at)?).value,
        };
        let told = if (1.0..=12.0).contains(&hour) { self.hour(at + 1, hour as u8) } else { None };
        told.or_else(|| self.bare_hour(at))
    }

    /// An hour that nothing but the words before it says to be one: "Friday at 8", "half past seven".
    fn bare_hour(&self, at: usize) -> Option<(usize, Clock)> {
        let token = self.token(at)?;
        let hour = match self.bare(at) {
            Some((value, 1..=2)) => f64::from(value),
            _ => self.lexicon.numbers.word(token).value,
        };
        let end = at + 1;
        let runs_on = [b'.', b',', b':', b'-', b'/', b'%'].into_iter().any(|s| {
            self.glued(end, s) && (s == b'%' || self.token(end + 1).is_some_and(|t| t.is(form::DIGIT | form::WORD)))
        });
        let alone = self.closes(end) && !self.is(end, self.lexicon.keys.of) && !self.is(end, self.lexicon.keys.to);
        ((1.0..=12.0).contains(&hour) && alone && !runs_on && !token.is(form::LINE))
            .then_some((end, clock(hour as u8, 0, false)))
    }

    /// Whether a number is an hour, where only "in the morning" behind it says so: "killed 8 in the morning" has none.
    fn may_be_hour(&self, at: usize) -> bool {
        let keys = &self.lexicon.keys;
        !self.is(at + 1, keys.in_) || self.before(at).is_some_and(|b| self.is(b, keys.at) || self.is_before_date(b))
    }

    pub(super) fn clock_in_digits(&self, at: usize, digits: Digits<'_>) -> Option<(usize, Clock)> {
        let Digits { value, count, suffix } = digits;
        let hour = value as u8;
        if count <= 2 && value <= 24 {
            if let &[b'h' | b'H', tens @ b'0'..=b'5', ones @ b'0'..=b'9'] = suffix {
                return Some((at + 1, clock(hour, (tens - b'0') * 10 + ones - b'0', false)));
            }
            if !suffix.is_empty() {
                let pm = meridiem(suffix).filter(|_| !self.is_part_of_number(at))?;
                return self.with_meridiem(at + 1, clock(hour, 0, false), pm);
            }
            let separator = self.glued_symbol(at + 1);
            if matches!(separator, b':' | b'.')
                && let Some(minute) = self.integer(at + 2)
                && minute.count == 2
                && minute.value < 60
                && !self.tokens[at + 2].is(form::SPACE)
            {
                return if self.is_part_of_number(at) {
                    None
                } else {
                    self.minutes(at + 3, hour, minute.value as u8, minute.suffix, separator == b'.')
                };
            }
            return self
                .hour(at + 1, hour)
                .filter(|_| self.may_be_hour(at))
                .or_else(|| self.past_the_hour(at + 1, hour))
                .filter(|_| !self.is_part_of_number(at));
        }
        // "1500 GMT"
        if count == 4 && value < 2400 && value % 100 < 60 && suffix.is_empty() {
            let (end, universal) = self.zone(at + 1);
            if end > at + 1 && !self.is_part_of_number(at) {
                return Some((end, clock((value / 100) as u8, (value % 100) as u8, universal)));
            }
        }
        None
    }

    /// Whether a number is part of a longer number or of an amount.
    fn is_part_of_number(&self, at: usize) -> bool {
        self.before(at).is_some_and(|b| {
            self.symbol(b, b'$') || self.symbol(b, b':') || self.symbol(b, b'.') && !self.tokens[at].is(form::SPACE)
        })
    }

    /// What makes a full hour of the number before a token: `p.m.`, `o'clock`.
    fn hour(&self, at: usize, hour: u8) -> Option<(usize, Clock)> {
        if let Some((end, pm)) = self.meridiem(at) {
            return self.with_meridiem(end, clock(hour, 0, false), pm);
        }
        if !(self.is_letter(at, b'o') && self.symbol(at + 1, b'\'')) {
            return None;
        }
        let (end, clock) = (at + 3, clock(hour, 0, false));
        self.meridiem(end).and_then(|(end, pm)| self.with_meridiem(end, clock, pm)).or(Some((end, clock)))
    }

    /// Whether a token is one letter, in capitals or not.
    pub(super) fn is_letter(&self, at: usize, letter: u8) -> bool {
        self.token(at).is_some_and(|t| t.is(form::WORD) && t.end - t.start == 1 && t.symbol | 0x20 == letter)
    }

    fn minutes(&self, at: usize, hour: u8, minute: u8, suffix: &[u8], dot: bool) -> Option<(usize, Clock)> {
        let mut clock = clock(hour, minute, false);
        // Lists of broadcasts write "8:45a", too.
        let letter = |letter: u8| suffix.eq_ignore_ascii_case(&[letter]);
        if let Some(pm) = meridiem(suffix).or_else(|| (letter(b'a') || letter(b'p')).then(|| letter(b'p'))) {
            return self.with_meridiem(at, clock, pm);
        }
        if !suffix.is_empty() {
            return None;
        }
        let mut end = at;
        if !dot
            && self.glued(end, b':')
            && let Some((second @ 0..60, 2)) = self.bare(end + 1)
        {
            end += 2;
            clock.second = Some(second as u8);
        }
        if let Some((end, pm)) = self.meridiem(end) {
            return self.with_meridiem(end, clock, pm);
        }
        let (end_of_zone, universal) = self.zone(end);
        // With a full stop it may be any number: only a zone makes it a time.
        if dot && end_of_zone == end {
            return None;
        }
        Some((end_of_zone, Clock { universal, ..clock }))
    }

    fn with_meridiem(&self, end: usize, clock: Clock, pm: bool) -> Option<(usize, Clock)> {
        if clock.hour > 12 && !pm {
            return None;
        }
        let hour = match (clock.hour, pm) {
            (12, false) => 0,
            (h, true) if h < 12 => h + 12,
            (h, _) => h,
        };
        let (end, universal) = self.zone(end);
        Some((end, Clock { hour, universal, ..clock }))
    }

    /// `am`, `p.m.` at a token: its end, and whether it is after noon.
    fn meridiem(&self, at: usize) -> Option<(usize, bool)> {
        if let Role::Meridiem(pm) = self.role(at) {
            return Some((at + 1, pm));
        }
        // "8 in the morning"
        let keys = &self.lexicon.keys;
        if self.is(at, keys.in_)
            && self.is(at + 1, keys.the)
            && let Role::Part(part @ (Part::Morning | Part::Afternoon | Part::Evening)) = self.role(at + 2)
        {
            return Some((at + 3, part != Part::Morning));
        }
        let pm = self.is_letter(at, b'p');
        if !pm && !self.is_letter(at, b'a') {
            return None;
        }
        let m = at + if self.glued(at + 1, b'.') { 2 } else { 1 };
        if !self.is_letter(m, b'm') {
            return None;
        }
        Some((m + 1 + usize::from(self.glued(m + 1, b'.')), pm))
    }

    /// End of a time zone at a token (the token itself when there is none), and whether it is universal time.
    fn zone(&self, at: usize) -> (usize, bool) {
        match self.role(at) {
            Role::Zone(universal) if self.tokens[at].is(form::ALL_CAPITALS) => (at + 1, universal),
            _ => (at, false),
        }
    }

    /// Takes the date behind a time of day into it: "10 a.m. on Thursday".
    pub(super) fn clock_with_date(&self, mut found: Found, clock: Clock) -> Found {
        found.clock = Some(clock);
        let keys = &self.lexicon.keys;
        let mut at = found.end;
        if self.is(at, keys.on) || self.symbol(at, b',') {
            at += 1;
        }
        let the = usize::from(self.is(at, keys.the));
        if the == 0
            && let Some((end, meaning)) = self.date(at)
            && is_day(&meaning)
        {
            found.weekday = self.weekday_of(&self.tokens[at]);
            found.end = end;
            found.meaning = meaning;
        } else if let Some((_, (end, meaning), _)) = self.relative(at + the, at)
            && is_day(&meaning)
        {
            found.end = end;
            found.meaning = meaning;
        }
        found
    }

    /// Takes the part or time of day behind a date into it: "Thursday night", "Thursday at 10 a.m.".
    pub(super) fn attach(&self, found: &mut Found) {
        if !is_day(&found.meaning) {
            return;
        }
        let Some(next) = self.token(found.end) else { return };
        // Nearly always what follows says nothing of time: a word, or another symbol.
        let says = match next.is(form::WORD) {
            true => next.is(form::DIGIT) || next.has(TRIGGER) || next.hash == self.lexicon.keys.at,
            false => matches!(next.symbol, b':' | b',' | b'@'),
        };
        if !says {
            return;
        }
        // "2024-10-24T10:00": the hour runs into the day.
        if self.glued(found.end, b':')
            && let Some(day) = self.integer(found.end - 1)
            && let Some(hour @ 0..24) = hour_behind_day(day.suffix)
            && let Some(Digits { value: minute @ 0..60, count: 2, suffix: rest }) = self.integer(found.end + 1)
        {
            found.clock = Some(clock(hour, minute as u8, rest == b"Z"));
            found.end += 2;
            return;
        }
        if let Role::Part(part) = self.role(found.end)
            && found.part.is_none()
            && !self.tokens[found.end].is(form::LINE)
        {
            found.part = Some(part);
            found.end += 1;
        }
        let at = self.is(found.end, self.lexicon.keys.at) || self.symbol(found.end, b'@');
        let lead = usize::from(at || self.symbol(found.end, b','));
        let next = found.end + lead;
        if let Some((end, clock)) = self.clock(next).or_else(|| if at { self.bare_hour(next) } else { None })
            && !self.tokens[next].is(form::LINE)
        {
            found.clock = Some(clock);
            found.end = end;
        }
    }
}

/// Whether a meaning is one day.
pub(super) fn is_day(meaning: &Meaning) -> bool {
    match *meaning {
        Meaning::Fixed(Period::Day(_))
        | Meaning::Weekday(..)
        | Meaning::Shift(Unit::Day, _)
        | Meaning::Beside(Unit::Day, _) => true,
        Meaning::Nth { .. } | Meaning::DayOfMonth(_) | Meaning::Piece(Piece::Feast(_), _) => true,
        Meaning::Piece(Piece::Days(_, first, last), _) => first == last,
        _ => false,
    }
}

fn clock(hour: u8, minute: u8, universal: bool) -> Clock {
    Clock { hour, minute, second: None, universal }
}

/// The hour of "24T10", where it runs into the day.
fn hour_behind_day(suffix: &[u8]) -> Option<u8> {
    std::str::from_utf8(suffix.strip_prefix(b"T")?).ok()?.parse().ok()
}

fn meridiem(suffix: &[u8]) -> Option<bool> {
    match () {
        () if suffix.eq_ignore_ascii_case(b"am") => Some(false),
        () if suffix.eq_ignore_ascii_case(b"pm") => Some(true),
        () => None,
    }
}

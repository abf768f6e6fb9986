//! Holidays by name: "Good Friday", "New Year's Eve", "Thanksgiving".
//!
//! A name is looked for at its last word, which is a word of time in nearly all of them ("Day", "Friday", "Eve"), or at
//! its only one. So nothing is asked of the words of a text that are none.

use super::calendar::{checked_day, days_in, weekday};
use super::digits::days;
use super::meaning::{Hit, Meaning, Piece, Year};
use super::period::Unit;
use super::scan::Scan;
use super::words::Role;
use super::{Day, day_of};
use crate::dictionary::{Dictionary, class};
use crate::token::{Sieve, Token, Tokens, form, mix};
use std::collections::HashMap;

/// A holiday that lies on another day each year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Movable {
    /// So many days after Easter Sunday.
    Easter(i16),
    /// So many days after the Easter Sunday of the eastern churches.
    Pascha(i16),
    /// The `nth` such weekday of a month; the last one at -1.
    Nth { nth: i8, weekday: u8, month: u8 },
    /// By the moon or the stars: its days are listed, under this number.
    Listed(u16),
}

impl Movable {
    /// Its first and last day in a year.
    pub(super) fn in_year(self, feasts: &Feasts, year: i32) -> Option<(Day, Day)> {
        let day = match self {
            Movable::Easter(by) => (year > 1582).then(|| easter(year) + i32::from(by))?,
            Movable::Pascha(by) => (year > 1582).then(|| pascha(year) + i32::from(by))?,
            Movable::Nth { nth, weekday, month } => {
                let days = (day_of(year, month, 1), day_of(year, month, days_in(year, month)));
                nth_of(days, nth, weekday)?
            }
            Movable::Listed(number) => return feasts.listed.get(usize::from(number))?.in_year(year),
        };
        Some((day, day))
    }
}

/// The days of a feast that no rule of the Gregorian calendar tells, as the list has them: few of them are ever asked
/// for, so only those are taken apart.
#[derive(Debug)]
struct Listed {
    first_year: i32,
    /// For each year `0410`, `0311+29` (which lasts 29 days more) or `-`.
    days: Box<str>,
}

impl Listed {
    /// From the list's column: the first year, and the days.
    fn read(column: &str) -> Option<Self> {
        let (year, days) = column.split_once(' ')?;
        Some(Listed { first_year: year.parse().ok()?, days: days.into() })
    }

    /// First and last day in a year.
    fn in_year(&self, year: i32) -> Option<(Day, Day)> {
        let at = usize::try_from(year.checked_sub(self.first_year)?).ok()?;
        let field = self.days.split(' ').nth(at)?;
        let (day, more) = field.split_once('+').unwrap_or((field, "0"));
        let (month, day) = day.split_at_checked(2)?;
        let first = checked_day(year, month.parse().ok()?, day.parse().ok()?)?;
        Some((first, first + more.parse::<Day>().ok()?))
    }
}

/// Easter Sunday of the Gregorian calendar, by the rule of Butcher (1876), which holds for every year.
fn easter(year: i32) -> Day {
    let (golden, century, of_century) = (year % 19, year / 100, year % 100);
    let shift = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - shift + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * to_sunday) / 451;
    let days = moon + to_sunday - 7 * late + 114;
    day_of(year, (days / 31) as u8, (days % 31 + 1) as u8)
}

/// Easter Sunday of the Julian calendar as a day of the Gregorian one, by the rule of Meeus (1991).
fn pascha(year: i32) -> Day {
    let moon = (19 * (year % 19) + 15) % 30;
    let to_sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
    let days = moon + to_sunday + 114;
    let behind = year / 100 - year / 400 - 2;
    day_of(year, (days / 31) as u8, (days % 31 + 1) as u8) + behind
}

/// The `nth` day, or the `nth` such weekday, of a stretch of days; from its end when `nth` is negative.
pub(super) fn nth_of((first, last): (Day, Day), nth: i8, name: u8) -> Option<Day> {
    let step = if name == 0 { 1 } else { 7 };
    let day = if nth > 0 {
        let to_name = if name == 0 { 0 } else { i32::from((name + 7 - weekday(first)) % 7) };
        first + to_name + step * (i32::from(nth) - 1)
    } else {
        let to_name = if name == 0 { 0 } else { i32::from((weekday(last) + 7 - name) % 7) };
        last - to_name + step * (i32::from(nth) + 1)
    };
    (first..=last).contains(&day).then_some(day)
}

/// The most tokens that a name has: "Martin Luther King Jr. Day".
const LONGEST: usize = 6;

/// The holidays whose day can be told from the year, by the words of their names from the last to the first.
#[derive(Debug)]
pub(super) struct Feasts {
    /// None where two holidays share the name.
    by_name: HashMap<u64, Option<Piece>>,
    listed: Vec<Listed>,
    /// Their keys, for most words are in no name.
    keys: Sieve,
}

impl Feasts {
    pub(super) fn new(dictionary: &Dictionary<'_>) -> Self {
        let (mut by_name, mut listed) = (HashMap::new(), Vec::new());
        let mut tokens = Tokens::default();
        for row in dictionary.text("holidays").unwrap_or_default().lines() {
            let mut fields = row.split('\t');
            let [name, date, _, aliases] = std::array::from_fn(|_| fields.next().unwrap_or_default());
            let by_days = date.strip_prefix("days ").and_then(Listed::read).map(|days| {
                listed.push(days);
                Piece::Feast(Movable::Listed(listed.len() as u16 - 1))
            });
            let Some(piece) = by_days.or_else(|| rule(date)) else { continue };
            for name in std::iter::once(name).chain(aliases.split('|')).filter(|name| !name.is_empty()) {
                tokens.tokenize(name);
                if let Some(key) = keys(&tokens).last()
                    && by_name.insert(key, Some(piece)).is_some_and(|known| known != Some(piece))
                {
                    by_name.insert(key, None);
                }
            }
        }
        let mut keys = Sieve::default();
        by_name.keys().for_each(|key| keys.put(*key));
        Feasts { by_name, listed, keys }
    }

    fn get(&self, key: u64) -> Option<Piece> {
        if self.keys.may_hold(key) { self.by_name.get(&key).copied().flatten() } else { None }
    }
}

/// The keys of the last word, the last two, and so on, of a name of a holiday.
fn keys(tokens: &[Token]) -> impl Iterator<Item = u64> + '_ {
    tokens.iter().rev().take(LONGEST).scan(0, |key, token| {
        *key = mix(*key, token.hash);
        Some(*key)
    })
}

/// A day of the year as the list writes it: `12-25`, `easter-2`, `julian+1`, `4thu-11`, `lastmon-05`; none of other
/// calendars.
fn rule(date: &str) -> Option<Piece> {
    const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    if let Some(by) = date.strip_prefix("easter") {
        return Some(Piece::Feast(Movable::Easter(if by.is_empty() { 0 } else { by.parse().ok()? })));
    }
    if let Some(by) = date.strip_prefix("julian") {
        return Some(Piece::Feast(Movable::Pascha(if by.is_empty() { 0 } else { by.parse().ok()? })));
    }
    let (day, month) = date.split_once('-')?;
    if let Ok(number) = day.parse() {
        let day = month.parse().ok()?;
        return checked_day(2024, number, day).map(|_| Piece::Days(number, day, day));
    }
    let (nth, name) = day.split_at_checked(day.len().checked_sub(3)?)?;
    let weekday = 1 + WEEKDAYS.iter().position(|w| *w == name)? as u8;
    let nth = if nth == "last" { -1 } else { nth.parse().ok()? };
    Some(Piece::Feast(Movable::Nth { nth, weekday, month: month.parse().ok()? }))
}

impl Scan<'_> {
    /// A holiday in whose name a token stands that is written as in names; `free`: first token that no expression has
    /// taken. First token, and end and meaning with the year behind it.
    pub(super) fn feast(&self, at: usize, free: usize) -> Option<(usize, (usize, Meaning))> {
        let token = self.token(at)?;
        if !token.is(form::CAPITAL) {
            return self.feast_in_small_letters(at, free);
        }
        // Weekdays are frequent, holidays on them are not.
        let led = token.has(class::WEEKDAY) && at > free.max(self.first) && self.tokens[at - 1].is(form::CAPITAL);
        let alone = || {
            let word = self.word(at);
            word.role == Role::Feast || word.unit.is_some()
        };
        if !(led || token.has(class::TIME) && alone()) {
            return None;
        }
        let (first, end, piece) =
            self.longest(at, free, true).filter(|(first, end, _)| end - first > 1 || !self.is_in_name(*first))?;
        Some((first, self.with_year(end, piece)?))
    }

    /// Whether a name of one word stands among words with capitals: "Tariq Ramadan", "Easter Island".
    fn is_in_name(&self, at: usize) -> bool {
        const NONE: u32 = class::FUNCTION | class::TIME | class::WEEKDAY | class::MONTH;
        let capital = |at: usize| self.tokens[at].form & (form::WORD | form::CAPITAL) == form::WORD | form::CAPITAL;
        let in_name = |at: usize| capital(at) && !self.tokens[at].has(NONE);
        let behind = self.token(at + 1).is_some_and(|t| !t.is(form::LINE)) && in_name(at + 1);
        let Some(b) = self.before(at) else { return behind };
        // "the month of Ramadan" is a time, "tales of Ashura" are none.
        let told_of =
            self.is(b, self.lexicon.keys.of) && self.before(b).is_none_or(|b| !self.tokens[b].has(class::TIME));
        behind || in_name(b) || told_of
    }

    /// A holiday at the word that is the name of some ("thanksgiving", "eid al-fitr"), at the weekday that ends it ("good
    /// friday") or at its "day" ("mother's day"), by one who writes without capitals.
    fn feast_in_small_letters(&self, at: usize, free: usize) -> Option<(usize, (usize, Meaning))> {
        let word = self.word(at);
        let before = |named: bool| {
            self.before(at).is_some_and(|b| match named {
                true => matches!(self.role(b), Role::Named | Role::Feast),
                false => self.is(b, self.lexicon.keys.s),
            })
        };
        let asked = word.role == Role::Feast
            || word.weekday > 0 && before(true)
            || word.unit == Some(Unit::Day) && before(false);
        if !asked {
            return None;
        }
        let alone = word.role == Role::Feast && !word.doubtful;
        let (first, end, piece) = self.longest(at, free, false).filter(|(first, end, _)| alone || end - first > 1)?;
        Some((first, self.with_year(end, piece)?))
    }

    /// A holiday with the year behind its name.
    fn with_year(&self, end: usize, piece: Piece) -> Hit {
        // "Diwali in 2019"
        let in_ = usize::from(self.is(end, self.lexicon.keys.in_) && self.bare(end + 1).is_some());
        let (end, year) = match self.year_behind(end + in_) {
            (_, Year::Open) => (end, Year::Open),
            known => known,
        };
        let meaning = match piece {
            Piece::Days(month, day, _) => days(month, day, day, year)?,
            _ => Meaning::Piece(piece, year),
        };
        Some((end, meaning))
    }

    /// The longest name that ends with token `at` or, if that may end one, the next: as [`named`](Self::named) tells it.
    /// `capital`: all of it has capitals, else its last word has none.
    fn longest(&self, at: usize, free: usize, capital: bool) -> Option<(usize, usize, Piece)> {
        let written = if capital { form::CAPITAL } else { 0 };
        let longer =
            self.token(at + 1).is_some_and(|t| t.form & (form::CAPITAL | form::LINE) == written && t.has(NAMED));
        let named = |last: usize| self.named(last, at, free, capital);
        longer.then(|| named(at + 1)).flatten().or_else(|| named(at))
    }

    /// The longest name that ends with token `last` and holds token `at`: its first token, its end and its day.
    /// `capital`: it must be written with one.
    fn named(&self, last: usize, at: usize, free: usize, capital: bool) -> Option<(usize, usize, Piece)> {
        let from = free.max(self.first).min(at);
        let name = |(length, key): (usize, u64)| {
            let first = last - length;
            let written = |first: usize| first <= at && (!capital || self.tokens[first].is(form::CAPITAL));
            let piece = self.lexicon.feasts.get(key).filter(|_| written(first))?;
            Some((first, last + 1, piece))
        };
        keys(&self.tokens[from..=last]).enumerate().filter_map(name).last()
    }

    /// "first Monday of October", "last day of the month": a day picked out of what stands behind "of" or "in".
    pub(super) fn nth_day(&self, at: usize, nth: i8, weekday: u8) -> Hit {
        let keys = &self.lexicon.keys;
        if !(self.is(at, keys.of) || weekday > 0 && self.is(at, keys.in_)) {
            return None;
        }
        let the = usize::from(self.is(at + 1, keys.the));
        let ((end, meaning), _) = self.inner(at + 1 + the, the == 1)?;
        let base = meaning.base().filter(|base| base.holds_days())?;
        Some((end, Meaning::Nth { nth, weekday, base }))
    }

    /// "first week of July", "last weekend of the month": picked out of what stands behind "of" or "in".
    pub(super) fn nth_week(&self, at: usize, nth: i8, unit: Unit) -> Hit {
        let keys = &self.lexicon.keys;
        if !matches!(unit, Unit::Week | Unit::Weekend) || !self.is(at, keys.of) && !self.is(at, keys.in_) {
            return None;
        }
        let the = usize::from(self.is(at + 1, keys.the));
        let ((end, meaning), _) = self.inner(at + 1 + the, the == 1)?;
        let base = meaning.base().filter(|base| base.holds_weeks())?;
        Some((end, Meaning::NthWeek { nth, unit, base }))
    }
}

/// Bits of the words that end the name of a holiday.
const NAMED: u32 = class::WEEKDAY | class::TIME;

/// The side of the article's date on which a holiday lies that a word before it names.
pub(super) fn toward(meaning: Meaning, by: i8) -> Meaning {
    match meaning {
        Meaning::Piece(piece, Year::Open) => Meaning::Piece(piece, Year::Toward(by)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendar::civil;
    use super::*;

    #[test]
    fn easter_of_known_years() {
        for (year, month, day) in [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2019, 4, 21), (2024, 3, 31)] {
            assert_eq!(civil(easter(year)), (year, month, day));
        }
    }

    #[test]
    fn pascha_of_known_years() {
        for (year, month, day) in [(2018, 4, 8), (2021, 5, 2), (2024, 5, 5), (2025, 4, 20)] {
            assert_eq!(civil(pascha(year)), (year, month, day));
        }
    }

    #[test]
    fn listed_days() {
        let listed = Listed::read("2001 1114 - 0311+29").expect("a list");
        let day = |month, day| day_of(2003, month, day);
        assert_eq!(listed.in_year(2001), Some((day_of(2001, 11, 14), day_of(2001, 11, 14))));
        assert_eq!(listed.in_year(2003), Some((day(3, 11), day(4, 9))));
        assert_eq!([2000, 2002, 2004, i32::MIN].map(|year| listed.in_year(year)), [None; 4]);
    }

    #[test]
    fn days_of_a_month() {
        let may = (day_of(2024, 5, 1), day_of(2024, 5, 31));
        let day = |nth, weekday| nth_of(may, nth, weekday).map(|day| civil(day).2);
        assert_eq!(
            (day(1, 3), day(5, 5), day(-1, 1), day(-1, 0), day(2, 0)),
            (Some(1), Some(31), Some(27), Some(31), Some(2))
        );
        assert_eq!((day(5, 6), day(32, 0)), (None, None));
    }
}

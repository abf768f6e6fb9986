//! Holidays by name: "Good Friday", "New Year's Eve", "Thanksgiving".
//!
//! A name is looked for at its last word, which is a word of time in nearly all of them ("Day", "Friday", "Eve"), or at
//! its only one. So nothing is asked of the words of a text that are none.

use super::calendar::{checked_day, days_in, weekday};
use super::digits::days;
use super::meaning::{Hit, Meaning, Piece, Year};
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
    /// The `nth` such weekday of a month; the last one at -1.
    Nth { nth: i8, weekday: u8, month: u8 },
}

impl Movable {
    /// Its day in a year.
    pub(super) fn in_year(self, year: i32) -> Option<Day> {
        match self {
            Movable::Easter(by) => (year > 1582).then(|| easter(year) + i32::from(by)),
            Movable::Nth { nth, weekday, month } => {
                let days = (day_of(year, month, 1), day_of(year, month, days_in(year, month)));
                nth_of(days, nth, weekday)
            }
        }
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
    /// Their keys, for most words are in no name.
    keys: Sieve,
}

impl Feasts {
    pub(super) fn new(dictionary: &Dictionary<'_>) -> Self {
        let mut by_name = HashMap::new();
        let mut tokens = Tokens::default();
        for row in dictionary.text("holidays").unwrap_or_default().lines() {
            let mut fields = row.split('\t');
            let [name, date, _, aliases] = std::array::from_fn(|_| fields.next().unwrap_or_default());
            let Some(piece) = rule(date) else { continue };
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
        Feasts { by_name, keys }
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

/// A day of the year as the list writes it: `12-25`, `easter-2`, `4thu-11`, `lastmon-05`; none of other calendars.
fn rule(date: &str) -> Option<Piece> {
    const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    if let Some(by) = date.strip_prefix("easter") {
        return Some(Piece::Feast(Movable::Easter(if by.is_empty() { 0 } else { by.parse().ok()? })));
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
        // Weekdays are frequent, holidays on them are not.
        let led = token.has(class::WEEKDAY) && at > free.max(self.first) && self.tokens[at - 1].is(form::CAPITAL);
        let alone = || {
            let word = self.word(at);
            word.role == Role::Feast || word.unit.is_some()
        };
        if !(led || token.has(class::TIME) && alone()) {
            return None;
        }
        let may_end =
            |at: usize| self.token(at).is_some_and(|t| t.is(form::CAPITAL) && t.form & form::LINE == 0 && t.has(NAMED));
        let last = at + usize::from(may_end(at + 1));
        let found = self.named(last, at, free).or_else(|| self.named(at, at, free).filter(|_| last > at));
        let (first, end, piece) = found?;
        let (end, year) = self.year_behind(end);
        let meaning = match (piece, year) {
            (Piece::Days(month, day, _), _) => days(month, day, day, year)?,
            _ => Meaning::Piece(piece, year),
        };
        Some((first, (end, meaning)))
    }

    /// The longest name that ends with token `last` and holds token `at`: its first token, its end and its day.
    fn named(&self, last: usize, at: usize, free: usize) -> Option<(usize, usize, Piece)> {
        let from = free.max(self.first).min(at);
        let name = |(length, key): (usize, u64)| {
            let first = last - length;
            let piece = self.lexicon.feasts.get(key).filter(|_| first <= at && self.tokens[first].is(form::CAPITAL))?;
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

//! A stretch of the calendar that has a name: a day, a week, a quarter, a decade.

use super::calendar::{civil, day_of, days_in, iso_week, weekday};
use super::value::{Value, four_digits, iso_digits, two_digits};
use super::{Day, Grain};
use std::fmt::Write as _;

/// What one can count by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A named stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    Day(Day),
    /// By its Monday.
    Week(Day),
    /// By its Saturday.
    Weekend(Day),
    Month(i32, u8),
    Quarter(i32, u8),
    Half(i32, u8),
    /// Spring 1 to winter 4; winter runs into the next year.
    Season(i32, u8),
    Year(i32),
    /// By its first year.
    Decade(i32),
    /// By its first two digits: 19 is the twentieth century.
    Century(i32),
}

impl Period {
    /// The period of a unit that holds a day.
    pub(super) fn around(unit: Unit, day: Day) -> Period {
        let monday = || day - i32::from(weekday(day)) + 1;
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => return Period::Day(day),
            Unit::Week | Unit::Fortnight => return Period::Week(monday()),
            Unit::Weekend => return Period::Weekend(monday() + 5),
            _ => {}
        }
        let (year, month, _) = civil(day);
        match unit {
            Unit::Month => Period::Month(year, month),
            Unit::Quarter => Period::Quarter(year, (month - 1) / 3 + 1),
            Unit::Decade => Period::Decade(year.div_euclid(10) * 10),
            Unit::Century => Period::Century(year.div_euclid(100)),
            _ => Period::Year(year),
        }
    }

    /// The period `by` steps of its own length later.
    pub(super) fn moved(self, by: i32) -> Period {
        let step = |year: i32, part: u8, parts: i32| {
            let n = year * parts + i32::from(part) - 1 + by;
            (n.div_euclid(parts), n.rem_euclid(parts) as u8 + 1)
        };
        match self {
            Period::Day(d) => Period::Day(d + by),
            Period::Week(d) => Period::Week(d + 7 * by),
            Period::Weekend(d) => Period::Weekend(d + 7 * by),
            Period::Month(y, m) => {
                let (y, m) = step(y, m, 12);
                Period::Month(y, m)
            }
            Period::Quarter(y, q) => {
                let (y, q) = step(y, q, 4);
                Period::Quarter(y, q)
            }
            Period::Half(y, h) => {
                let (y, h) = step(y, h, 2);
                Period::Half(y, h)
            }
            Period::Season(y, s) => Period::Season(y + by, s),
            Period::Year(y) => Period::Year(y + by),
            Period::Decade(y) => Period::Decade(y + 10 * by),
            Period::Century(c) => Period::Century(c + by),
        }
    }

    /// First and last day, both inclusive.
    pub(super) fn days(self) -> (Day, Day) {
        let months = |year: i32, first: u8, count: u8| {
            let last = first + count - 1;
            let (end_year, end) = if last > 12 { (year + 1, last - 12) } else { (year, last) };
            (day_of(year, first, 1), day_of(end_year, end, days_in(end_year, end)))
        };
        let years = |first: i32, count: i32| (day_of(first, 1, 1), day_of(first + count - 1, 12, 31));
        match self {
            Period::Day(d) => (d, d),
            Period::Week(d) => (d, d + 6),
            Period::Weekend(d) => (d, d + 1),
            Period::Month(y, m) => months(y, m, 1),
            Period::Quarter(y, q) => months(y, q * 3 - 2, 3),
            Period::Half(y, h) => months(y, h * 6 - 5, 6),
            Period::Season(y, s) => months(y, s * 3, 3),
            Period::Year(y) => years(y, 1),
            Period::Decade(y) => years(y, 10),
            Period::Century(c) => years(c * 100, 100),
        }
    }

    /// What it is exact to.
    pub(super) fn grain(self) -> Grain {
        match self {
            Period::Day(_) => Grain::Day,
            Period::Week(_) | Period::Weekend(_) => Grain::Week,
            Period::Month(..) => Grain::Month,
            Period::Quarter(..) | Period::Half(..) | Period::Season(..) => Grain::Quarter,
            Period::Year(_) => Grain::Year,
            Period::Decade(_) => Grain::Decade,
            Period::Century(_) => Grain::Century,
        }
    }

    /// Year of its first day.
    pub(super) fn year(self) -> i32 {
        match self {
            Period::Day(d) | Period::Week(d) | Period::Weekend(d) => civil(d).0,
            Period::Month(y, _) | Period::Quarter(y, _) | Period::Half(y, _) | Period::Season(y, _) => y,
            Period::Year(y) | Period::Decade(y) => y,
            Period::Century(c) => c * 100,
        }
    }

    /// Appends its TIMEX3 value.
    pub(super) fn write(self, out: &mut Value) {
        match self {
            Period::Day(day) => match iso_digits(day) {
                Some(digits) => out.push(&digits),
                None => {
                    let (y, m, d) = civil(day);
                    year(out, y);
                    part(out, b'-', m);
                    part(out, b'-', d);
                }
            },
            Period::Week(d) | Period::Weekend(d) => {
                let (y, w) = iso_week(d);
                year(out, y);
                out.push(b"-W");
                out.push(&two_digits(w));
                if matches!(self, Period::Weekend(_)) {
                    out.push(b"-WE");
                }
            }
            Period::Month(y, m) => {
                year(out, y);
                part(out, b'-', m);
            }
            Period::Quarter(y, n) | Period::Half(y, n) => {
                year(out, y);
                out.push(if matches!(self, Period::Half(..)) { b"-H" } else { b"-Q" });
                out.push(&[b'0' + n]);
            }
            Period::Season(y, s) => {
                year(out, y);
                out.push(b"-");
                out.push_str(SEASONS[usize::from(s)]);
            }
            Period::Year(y) => year(out, y),
            Period::Decade(y) => write!(out, "{:03}", y / 10).expect("a value takes everything"),
            Period::Century(c) => write!(out, "{c:02}").expect("a value takes everything"),
        }
    }
}

/// Appends a year in four digits; those before Christ as TIMEX3 counts them, without a year 0.
fn year(out: &mut Value, year: i32) {
    match four_digits(year) {
        Some(digits) if year > 0 => out.push(&digits),
        _ if year <= 0 => write!(out, "BC{:04}", 1 - year).expect("a value takes everything"),
        _ => write!(out, "{year:04}").expect("a value takes everything"),
    }
}

/// Appends a part of a date or of a time of day in two digits.
pub(super) fn part(out: &mut Value, before: u8, part: u8) {
    let [tens, ones] = two_digits(part);
    out.push(&[before, tens, ones]);
}

/// TIMEX3 names of the seasons, from 1.
pub(super) const SEASONS: [&str; 5] = ["", "SP", "SU", "FA", "WI"];

#[cfg(test)]
mod tests {
    use super::*;

    fn value(p: Period) -> String {
        let mut value = Value::new();
        p.write(&mut value);
        assert_eq!(p.year(), civil(p.days().0).0);
        value.to_string()
    }

    #[test]
    fn periods_write_their_timex_value() {
        let day = day_of(2024, 10, 24);
        for (unit, text) in [
            (Unit::Day, "2024-10-24"),
            (Unit::Week, "2024-W43"),
            (Unit::Weekend, "2024-W43-WE"),
            (Unit::Month, "2024-10"),
            (Unit::Quarter, "2024-Q4"),
            (Unit::Year, "2024"),
            (Unit::Decade, "202"),
            (Unit::Century, "20"),
        ] {
            let period = Period::around(unit, day);
            assert_eq!(value(period), text);
            let (first, last) = period.days();
            assert!(first <= day + 2 && day <= last, "{text}");
            assert_eq!(period.moved(5).moved(-5), period);
        }
    }

    #[test]
    fn winter_runs_into_the_next_year() {
        assert_eq!(Period::Season(2023, 4).days(), (day_of(2023, 12, 1), day_of(2024, 2, 29)));
    }
}

//! The days that a value of TIMEX3 means.

use crate::entities::time::{Day, day_of, weekday};

/// Which day of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    First,
    Last,
}

/// The first or last day of a value that lies in the calendar (`2024-10-24`, `2024-07`, `2024-W43`, `197`,
/// `2024-07-01/2024-07-05`), in days since 1970. None for all others, and before the year 1 or after 9999, where many readers of
/// tables know no days.
pub(super) fn day(value: &str, side: Side) -> Option<Day> {
    let (begin, end) = value.split_once('/').unwrap_or((value, value));
    let day = match side {
        Side::First => period(begin)?.0,
        Side::Last => period(end)?.1,
    };
    (day_of(1, 1, 1)..=day_of(9999, 12, 31)).contains(&day).then_some(day)
}

/// First and last day of one period.
fn period(value: &str) -> Option<(Day, Day)> {
    // A time of day does not move the day.
    let date = value.split_once('T').map_or(value, |(date, _)| date);
    let (year, part) = date.split_once('-').map_or((date, None), |(year, part)| (year, Some(part)));
    let number = number(year)?;
    // There is no year 0.
    let years = |first: i32, count: i32| (day_of(first.max(1), 1, 1), day_of(first + count - 1, 12, 31));
    match (year.len(), part) {
        (4, None) if number > 0 => Some(years(number, 1)),
        (4, Some(part)) if number > 0 => part_of_year(number, part),
        (3, None) => Some(years(number * 10, 10)),
        (2, None) => Some(years(number * 100, 100)),
        _ => None,
    }
}

/// What stands behind the year and the hyphen.
fn part_of_year(year: i32, part: &str) -> Option<(Day, Day)> {
    let months = |first: i32, count: i32| {
        let start = |month: i32| day_of(year + (month - 1) / 12, ((month - 1) % 12 + 1) as u8, 1);
        (start(first), start(first + count) - 1)
    };
    let in_range = |text: &str, last: i32| number(text).filter(|n| (1..=last).contains(n));
    if let Some(season) = ["SP", "SU", "FA", "WI"].iter().position(|season| *season == part) {
        return Some(months(season as i32 * 3 + 3, 3));
    }
    match part.as_bytes().first()? {
        b'Q' => in_range(&part[1..], 4).map(|n| months(n * 3 - 2, 3)),
        b'H' => in_range(&part[1..], 2).map(|n| months(n * 6 - 5, 6)),
        b'W' => {
            let (week, is_end) = part[1..].strip_suffix("-WE").map_or((&part[1..], false), |week| (week, true));
            let (week, day) = week.split_once('-').unwrap_or((week, ""));
            // The fourth of January lies in the first week.
            let fourth = day_of(year, 1, 4);
            let monday = fourth - i32::from(weekday(fourth)) + 1 + (in_range(week, 53)? - 1) * 7;
            match (day, is_end) {
                ("", false) => Some((monday, monday + 6)),
                ("", true) => Some((monday + 5, monday + 6)),
                (day, _) => in_range(day, 7).map(|n| (monday + n - 1, monday + n - 1)),
            }
        }
        _ => match part.split_once('-') {
            None => in_range(part, 12).map(|month| months(month, 1)),
            Some((month, day)) => {
                let (first, last) = months(in_range(month, 12)?, 1);
                let day = first + in_range(day, last - first + 1)? - 1;
                Some((day, day))
            }
        },
    }
}

/// A number of digits alone.
fn number(text: &str) -> Option<i32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::time::iso;

    #[test]
    fn values_mean_their_days() {
        for (value, first, last) in [
            ("2024-10-24", "2024-10-24", "2024-10-24"),
            ("2024-10-24T15:30", "2024-10-24", "2024-10-24"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2024", "2024-01-01", "2024-12-31"),
            ("197", "1970-01-01", "1979-12-31"),
            ("19", "1900-01-01", "1999-12-31"),
            ("00", "0001-01-01", "0099-12-31"),
            ("2024-Q4", "2024-10-01", "2024-12-31"),
            ("2024-H1", "2024-01-01", "2024-06-30"),
            ("2023-WI", "2023-12-01", "2024-02-29"),
            ("2024-SP", "2024-03-01", "2024-05-31"),
            ("2024-W43", "2024-10-21", "2024-10-27"),
            ("2024-W43-WE", "2024-10-26", "2024-10-27"),
            ("2024-W43-5", "2024-10-25", "2024-10-25"),
            ("2020-W53", "2020-12-28", "2021-01-03"),
            ("2024-07-01/2024-07-05", "2024-07-01", "2024-07-05"),
            ("2024-07/2024-Q4", "2024-07-01", "2024-12-31"),
        ] {
            let read = |side| day(value, side).map(iso);
            assert_eq!(
                (read(Side::First).as_deref(), read(Side::Last).as_deref()),
                (Some(first), Some(last)),
                "{value}"
            );
        }
    }

    #[test]
    fn what_is_no_time_of_the_calendar_means_no_day() {
        for value in [
            "",
            "P2D",
            "PXY",
            "PRESENT_REF",
            "XXXX-10-24",
            "XXXX-WXX-5",
            "T15:30",
            "BC0044-03-15",
            "BC0044",
            "12024-02-29",
            "+12024-02-29",
            "-00043-03-15",
            "0000-01-01",
            "2024-13",
            "2024-02-30",
            "2024-W54",
            "2024-Q5",
            "2024-",
            "2024-Q",
            "/",
            "2024-1é",
            "9",
        ] {
            assert_eq!((day(value, Side::First), day(value, Side::Last)), (None, None), "{value}");
        }
    }
}

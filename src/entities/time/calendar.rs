//! Days and civil dates of the proleptic Gregorian calendar.
//!
//! The two conversions are Howard Hinnant's `days_from_civil` and `civil_from_days`
//! ("chrono-Compatible Low-Level Date Algorithms"): years that begin in March put the leap day last.

use super::Day;

/// Day of a civil date. `month` is 1–12; a day beyond the month's end runs into the next month.
pub fn day_of(year: i32, month: u8, day: u8) -> Day {
    let year = year - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let from_march = (i32::from(month) + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + i32::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of the month.
pub fn civil(day: Day) -> (i32, u8, u8) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = (of_year - (153 * from_march + 2) / 5 + 1) as u8;
    let month = ((from_march + 2) % 12 + 1) as u8;
    (year + era * 400 + i32::from(month <= 2), month, day)
}

/// Number of days of a month.
pub fn days_in(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Day of a date that exists.
pub fn checked_day(year: i32, month: u8, day: u8) -> Option<Day> {
    ((1..=12).contains(&month) && day >= 1 && day <= days_in(year, month)).then(|| day_of(year, month, day))
}

/// Monday is 1, Sunday 7.
pub fn weekday(day: Day) -> u8 {
    (day + 3).rem_euclid(7) as u8 + 1
}

/// The ISO 8601 year and week of a day.
pub fn iso_week(day: Day) -> (i32, u8) {
    // A week belongs to the year of its Thursday.
    let thursday = day - i32::from(weekday(day)) + 4;
    let (year, _, _) = civil(thursday);
    (year, ((thursday - day_of(year, 1, 1)) / 7 + 1) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        for ((y, m, d), day, name) in [
            ((1970, 1, 1), 0, 4),
            ((2000, 2, 29), 11_016, 2),
            ((2024, 10, 24), 20_020, 4),
            ((1969, 12, 31), -1, 3),
            ((1900, 3, 1), -25_508, 4),
        ] {
            assert_eq!(day_of(y, m, d), day);
            assert_eq!(civil(day), (y, m, d));
            assert_eq!(weekday(day), name);
        }
    }

    #[test]
    fn every_day_of_eight_centuries_goes_there_and_back() {
        let mut expected = (1600, 1, 1);
        for day in day_of(1600, 1, 1)..day_of(2400, 1, 1) {
            assert_eq!(civil(day), expected);
            assert_eq!(day_of(expected.0, expected.1, expected.2), day);
            let (y, m, d) = expected;
            expected = if d < days_in(y, m) {
                (y, m, d + 1)
            } else if m < 12 {
                (y, m + 1, 1)
            } else {
                (y + 1, 1, 1)
            };
        }
    }

    #[test]
    fn leap_days_exist_only_in_leap_years() {
        assert!(checked_day(2024, 2, 29).is_some());
        assert!(checked_day(2000, 2, 29).is_some());
        assert!(checked_day(1900, 2, 29).is_none());
        assert!(checked_day(2023, 2, 29).is_none());
        assert!(checked_day(2023, 13, 1).is_none());
    }

    #[test]
    fn weeks_at_the_turn_of_a_year() {
        assert_eq!(iso_week(day_of(2021, 1, 3)), (2020, 53));
        assert_eq!(iso_week(day_of(2024, 12, 30)), (2025, 1));
        assert_eq!(iso_week(day_of(2024, 10, 24)), (2024, 43));
    }
}

//! Days and civil dates of the proleptic Gregorian calendar.
//!
//! The two conversions are those of Cassio Neri and Lorenz Schneider ("Euclidean affine functions and their application
//! to calendar algorithms"): years that begin in March put the leap day last, and numbers that are never negative turn
//! every division into a multiplication.

use super::Day;

/// So many times 400 years before 1970 the count begins: far enough for every [`Day`].
const CYCLES: u64 = 14_800;

/// Years, and days up to 1970-01-01, that stand before the count's first.
const YEARS_BEFORE: i64 = CYCLES as i64 * 400;
const DAYS_BEFORE: i64 = CYCLES as i64 * 146_097 + 719_468;

/// Day of a civil date. `month` is 1–12; a day beyond the month's end runs into the next month.
pub fn day_of(year: i32, month: u8, day: u8) -> Day {
    let early = u64::from(month <= 2);
    let year = (i64::from(year) + YEARS_BEFORE) as u64 - early;
    let month = u64::from(month) + 12 * early;
    let century = year / 100;
    let of_years = 1461 * year / 4 - century + century / 4;
    let of_months = (979 * month - 2919) / 32;
    ((of_years + of_months + u64::from(day)) as i64 - 1 - DAYS_BEFORE) as Day
}

/// Year, month and day of the month.
pub fn civil(day: Day) -> (i32, u8, u8) {
    let counted = (i64::from(day) + DAYS_BEFORE) as u64;
    let century = (4 * counted + 3) / 146_097;
    let of_century = (4 * counted + 3) % 146_097 / 4;
    // The quotient and the remainder of a division by 1461 in one product.
    let product = 2_939_745 * (4 * of_century + 3);
    let (of_century, of_year) = (product >> 32, (product & 0xFFFF_FFFF) / 2_939_745 / 4);
    let product = 2141 * of_year + 197_913;
    let (month, day) = (product >> 16, (product & 0xFFFF) / 2141 + 1);
    let early = of_year >= 306;
    let year = (100 * century + of_century) as i64 - YEARS_BEFORE + i64::from(early);
    let month = if early { month - 12 } else { month };
    (year as i32, month as u8, day as u8)
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
    // The count's first day is a Wednesday.
    ((i64::from(day) + DAYS_BEFORE + 2) as u64 % 7) as u8 + 1
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
    fn days_far_away_go_there_and_back() {
        for day in [Day::MIN, -600_000_000, -1_000_003, 1_000_003, 600_000_000, Day::MAX] {
            let (y, m, d) = civil(day);
            assert_eq!(day_of(y, m, d), day);
            assert!((1..=12).contains(&m) && d >= 1 && d <= days_in(y, m));
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

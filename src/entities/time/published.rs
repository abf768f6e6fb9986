//! Publication dates as fields give them, and days as ISO text.
//!
//! A field is not prose: it holds one date in one of a dozen machine or newsroom forms, so it is taken apart by its
//! digits and letters without the word lists.

use super::Day;
use super::calendar::{checked_day, civil};
use crate::normalize::MONTHS;

/// Reads a field such as `2024-10-24T10:00:00Z`, `Thu, 24 Oct 2024 10:00:00 GMT`, `October 24, 2024`, `24/10/2024`,
/// `20241024` or seconds (or milliseconds) since 1970.
///
/// The day as written, without moving it between time zones, and the seconds since that day's midnight when a time of
/// day was given. A date between slashes is read month first unless only day first exists.
pub fn parse_published(field: &str) -> Option<(Day, Option<u32>)> {
    let field = field.trim();
    if let Some(day) = plain(field.as_bytes()) {
        return Some((day, None));
    }
    if field.len() > 64 || !field.is_ascii() {
        return None;
    }
    if field.bytes().all(|b| b.is_ascii_digit()) {
        return from_digits(field);
    }
    let pieces = pieces(field);
    let numbers: Vec<&str> = pieces.iter().copied().filter(|p| p.as_bytes()[0].is_ascii_digit()).collect();
    let month = pieces.iter().position(|p| month_of(p).is_some());
    let day = match month {
        Some(at) => named(&pieces, at)?,
        None => numeric(&numbers)?,
    };
    Some((day, time_of_day(field)))
}

/// A day as `2024-10-24`.
pub fn iso(day: Day) -> String {
    let (y, m, d) = civil(day);
    format!("{y:04}-{m:02}-{d:02}")
}

/// `2024-10-24` and nothing else, as most fields are; none is no answer.
fn plain(field: &[u8]) -> Option<Day> {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = field else { return None };
    let digits = [a, b, c, d, e, f, g, h].map(|byte| i32::from(byte.wrapping_sub(b'0')));
    if digits.iter().any(|digit| *digit > 9) {
        return None;
    }
    let [a, b, c, d, e, f, g, h] = digits;
    checked_day(1000 * a + 100 * b + 10 * c + d, (10 * e + f) as u8, (10 * g + h) as u8)
}

fn from_digits(field: &str) -> Option<(Day, Option<u32>)> {
    let number: i64 = field.parse().ok()?;
    let part = |range: std::ops::Range<usize>| field[range].parse::<i32>().ok();
    match field.len() {
        8 | 14 => {
            let day = checked_day(part(0..4)?, part(4..6)? as u8, part(6..8)? as u8);
            let time = (field.len() == 14).then(|| field[8..14].parse::<u32>().ok()).flatten();
            let seconds = time.map(|t| t / 10_000 * 3600 + t / 100 % 100 * 60 + t % 100);
            day.filter(|_| part(0..4).is_some_and(|y| (1000..2200).contains(&y))).map(|d| (d, seconds))
        }
        9 | 10 | 13 => {
            let seconds = if field.len() == 13 { number / 1000 } else { number };
            Some((seconds.div_euclid(86_400) as Day, Some(seconds.rem_euclid(86_400) as u32)))
        }
        _ => None,
    }
}

/// Runs of digits and runs of letters.
fn pieces(field: &str) -> Vec<&str> {
    let bytes = field.as_bytes();
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let digit = bytes[at].is_ascii_digit();
        let alike = |b: &u8| {
            if digit { b.is_ascii_digit() } else { b.is_ascii_alphabetic() }
        };
        let len = bytes[at..].iter().take_while(|b| alike(b)).count();
        if len > 0 {
            pieces.push(&field[at..at + len]);
        }
        at += len.max(1);
    }
    pieces
}

fn month_of(word: &str) -> Option<u8> {
    let lower = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|m| {
        *m == lower || lower.len() >= 3 && m.starts_with(&lower[..3]) && (lower.len() == 3 || lower == "sept")
    })?;
    Some(at as u8 + 1)
}

/// `24 Oct 2024`, `October 24, 2024`, `24th October 2024`.
fn named(pieces: &[&str], month: usize) -> Option<Day> {
    let number =
        |at: usize| pieces.get(at).filter(|p| p.as_bytes()[0].is_ascii_digit()).and_then(|p| p.parse::<i32>().ok());
    let name = month_of(pieces[month])?;
    let is_year = |n: i32| (1000..2200).contains(&n);
    // The day may carry its ending ("24th"), a piece of letters of its own.
    let before = month.checked_sub(1).and_then(number).or_else(|| {
        let ending = month.checked_sub(1).is_some_and(|b| matches!(pieces[b], "st" | "nd" | "rd" | "th" | "of"));
        if ending { month.checked_sub(2).and_then(number) } else { None }
    });
    let (day, year_at) = match before {
        Some(day) if !is_year(day) => (day, month + 1),
        _ => {
            let ending = pieces.get(month + 2).is_some_and(|p| matches!(*p, "st" | "nd" | "rd" | "th"));
            (number(month + 1)?, month + 2 + usize::from(ending))
        }
    };
    // "Oct 24 10:00:00 2024": the year may stand behind the time.
    let year = number(year_at)
        .filter(|y| is_year(*y))
        .or_else(|| pieces.iter().filter_map(|p| p.parse().ok()).find(|y| is_year(*y)))?;
    checked_day(year, name, u8::try_from(day).ok()?)
}

/// `2024-10-24`, `24/10/2024`, `10/24/2024`, `20241024T100000`.
fn numeric(numbers: &[&str]) -> Option<Day> {
    let head = *numbers.first()?;
    if head.len() == 8 {
        return from_digits(head).map(|(day, _)| day);
    }
    let &[a, b, c, ..] = numbers else { return None };
    let n = |s: &str| s.parse::<i32>().ok();
    let (a_len, a, b, c_len, c) = (a.len(), n(a)?, n(b)?, c.len(), n(c)?);
    let day = |y: i32, m: i32, d: i32| checked_day(y, u8::try_from(m).ok()?, u8::try_from(d).ok()?);
    match (a_len, c_len) {
        (4, 1 | 2) => day(a, b, c),
        (1 | 2, 4) => day(c, a, b).or_else(|| day(c, b, a)),
        _ => None,
    }
}

/// The first `hh:mm[:ss]` of a field.
fn time_of_day(field: &str) -> Option<u32> {
    let colon = field.find(':')?;
    let bytes = field.as_bytes();
    let two = |at: usize| -> Option<u32> {
        bytes.get(at..at + 2)?.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
    };
    let hour = two(colon.checked_sub(2)?)
        .or_else(|| bytes.get(colon - 1).filter(|b| b.is_ascii_digit()).map(|b| u32::from(b - b'0')))?;
    let minute = two(colon + 1)?;
    let second = if bytes.get(colon + 3) == Some(&b':') { two(colon + 4).unwrap_or(0) } else { 0 };
    (hour < 24 && minute < 60 && second < 61).then_some(hour * 3600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read() {
        for (field, day, seconds) in [
            ("2024-10-24", "2024-10-24", None),
            ("2024-10-24T10:00:00Z", "2024-10-24", Some(36_000)),
            ("2024-10-24 10:30", "2024-10-24", Some(37_800)),
            ("Thu, 24 Oct 2024 10:00:00 GMT", "2024-10-24", Some(36_000)),
            ("October 24, 2024", "2024-10-24", None),
            ("24th October 2024", "2024-10-24", None),
            ("Sept 3, 2021", "2021-09-03", None),
            ("Thu Oct 24 10:00:00 2024", "2024-10-24", Some(36_000)),
            ("24/10/2024", "2024-10-24", None),
            ("10/24/2024", "2024-10-24", None),
            ("20241024", "2024-10-24", None),
            ("20241024T100000Z", "2024-10-24", None),
            ("1729764000", "2024-10-24", Some(36_000)),
            ("1729764000000", "2024-10-24", Some(36_000)),
        ] {
            let (read, time) = parse_published(field).unwrap_or_else(|| panic!("{field} is not read"));
            assert_eq!((iso(read).as_str(), time), (day, seconds), "{field}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for field in ["", "yesterday", "2024", "2023-02-29", "31/02/2024", "12", "99999999"] {
            assert_eq!(parse_published(field), None, "{field}");
        }
    }
}

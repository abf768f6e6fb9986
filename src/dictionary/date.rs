//! Days as lists write them, and as one number that sorts.

use crate::error::{Error, Result};

/// `2019`, `2019-03` or `2019-03-20` as the number YYYYMMDD: the first day of it, or the last. None where
/// nothing is written.
///
/// # Errors
/// When it is written otherwise, or there is no such month or day.
pub fn iso(text: &str, last: bool) -> Result<Option<i32>> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || Error::list(format!("a date is written 2019, 2019-03 or 2019-03-20, not {text:?}"));
    let mut parts = text.split('-');
    let mut part = |len: usize, absent: i32| match parts.next() {
        Some(p) if p.len() == len && p.bytes().all(|b| b.is_ascii_digit()) => p.parse().map_err(|_| wrong()),
        Some(_) => Err(wrong()),
        None => Ok(absent),
    };
    let (year, month, day) = (part(4, 0)?, part(2, if last { 12 } else { 1 })?, part(2, if last { 31 } else { 1 })?);
    if parts.next().is_some() {
        return Err(wrong());
    }
    number(year, month, day).map(Some).ok_or_else(wrong)
}

/// `19991231` or `991231`, as actor files write dates: two digits from 30 up are of the last century.
///
/// # Errors
/// When it is written otherwise, or there is no such month or day.
pub fn digits(text: &str) -> Result<i32> {
    let wrong = || Error::list(format!("a date is written 20191231 or 191231, not {text:?}"));
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    let value: i32 = text.parse().map_err(|_| wrong())?;
    let value = match text.len() {
        8 => value,
        6 if value >= 30_00_00 => value + 19_00_00_00,
        6 => value + 20_00_00_00,
        _ => return Err(wrong()),
    };
    // Such files write 00 where they know no month or day.
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    number(year, month.max(1), day.max(1)).map(|_| value).ok_or_else(wrong)
}

/// Refuses a validity that ends before it begins; either end may be open.
///
/// # Errors
/// When it does.
pub fn in_order(from: Option<i32>, to: Option<i32>) -> Result<()> {
    match (from, to) {
        (Some(from), Some(to)) if to < from => Err(Error::list("the validity ends before it begins")),
        _ => Ok(()),
    }
}

/// A day as the number YYYYMMDD, unless there is no such month or day.
fn number(year: i32, month: i32, day: i32) -> Option<i32> {
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(year * 10_000 + month * 100 + day)
}

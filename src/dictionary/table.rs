//! The form of a list: a head of five lines, then rows of fields, all of it checked.
//!
//! A list is knowledge that the whole program trusts, so nothing in it is passed over or mended: the first fault stops
//! the reading and is told with the list and its line.

use crate::error::{Error, Result};
use std::path::Path;
use unicode_normalization::is_nfc;

/// The lines of the head, in order.
const HEAD: [&str; 5] = ["what", "columns", "source", "licence", "date"];

/// How a list must be laid out.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// Its columns in order; one with a `?` behind it may be missing. Empty where any will do.
    pub columns: &'static str,
    /// Whether its rows are sorted by the bytes of their first field.
    pub sorted: bool,
}

/// A list that is well formed.
pub(super) struct Table<'t> {
    columns: Vec<&'t str>,
    /// What stands behind the head.
    pub rows: &'t str,
}

/// One row of a list, its fields by column name.
pub(super) struct Row<'a> {
    columns: &'a [&'a str],
    fields: Vec<&'a str>,
}

impl<'t> Table<'t> {
    /// Checks a list.
    ///
    /// # Errors
    /// At its first fault, with `path` and the line.
    pub fn new(path: &Path, bytes: &'t [u8], form: Form) -> Result<Table<'t>> {
        let fault = |line: usize, message: String| Error::list(message).at(path, line as u64);
        let text = std::str::from_utf8(bytes).map_err(|e| {
            let before = &bytes[..e.valid_up_to()];
            fault(before.iter().filter(|&&b| b == b'\n').count() + 1, "not UTF-8".to_owned())
        })?;
        if !text.ends_with('\n') {
            return Err(fault(text.lines().count(), "the last line does not end".to_owned()));
        }
        let mut rest = text;
        let mut head = [""; HEAD.len()];
        for (number, (key, value)) in (1..).zip(HEAD.iter().zip(&mut head)) {
            let (line, behind) = rest.split_once('\n').unwrap_or_default();
            *value = line
                .strip_prefix("# ")
                .and_then(|line| line.strip_prefix(key)?.strip_prefix(": "))
                .filter(|value| !value.trim().is_empty())
                .ok_or_else(|| fault(number, format!("the head says {line:?} instead of \"# {key}: …\"")))?;
            rest = behind;
        }
        let [_, columns, _, _, date] = head;
        let table = Table { columns: columns.split('\t').collect(), rows: rest };
        table.check_columns(form.columns).map_err(|e| e.at(path, 2))?;
        if !is_day(date) {
            return Err(fault(HEAD.len(), format!("{date:?} is no date such as 2026-01-31")));
        }
        table.check_rows(form.sorted).map_err(|(line, message)| fault(line, message))?;
        Ok(table)
    }

    fn check_columns(&self, expected: &str) -> Result<()> {
        let mut columns = self.columns.iter().copied().peekable();
        for column in expected.split_whitespace() {
            let name = column.trim_end_matches('?');
            if columns.next_if_eq(&name).is_none() && name == column {
                return Err(Error::list(format!("the columns should be: {expected}; {name:?} is not in its place")));
            }
        }
        match columns.next() {
            Some(more) if !expected.is_empty() => {
                Err(Error::list(format!("the columns should be: {expected}; nothing reads {more:?}")))
            }
            _ => Ok(()),
        }
    }

    /// Checks what all rows must be like; a fault comes with its line.
    fn check_rows(&self, sorted: bool) -> std::result::Result<(), (usize, String)> {
        let mut last = "";
        // The rows with the same first field.
        let mut same: Vec<&str> = Vec::new();
        for (number, line) in self.numbered() {
            let fail = |message: String| Err((number, message));
            if !line.is_ascii() && !is_nfc(line) {
                return fail("not in Unicode's normal form C".to_owned());
            }
            let count = line.split('\t').count();
            if count != self.columns.len() {
                return fail(format!("expected {} columns, found {count}", self.columns.len()));
            }
            if line.split('\t').any(is_untidy) {
                return fail("white space around a value, or an empty one among several".to_owned());
            }
            let first = line.split('\t').next().unwrap_or_default();
            if first.is_empty() {
                return fail("nothing in the first column".to_owned());
            }
            if first != last {
                if sorted && first < last {
                    return fail(format!("{first:?} is not in its place: the rows are sorted by bytes"));
                }
                same.clear();
            }
            if same.contains(&line) {
                return fail(format!("the row of {first:?} stands there twice"));
            }
            same.push(line);
            last = first;
        }
        Ok(())
    }

    /// The rows with the numbers of their lines.
    fn numbered(&self) -> impl Iterator<Item = (usize, &'t str)> + use<'t> {
        (HEAD.len() + 1..).zip(self.rows.split_terminator('\n'))
    }

    /// Reads one row after the other.
    ///
    /// # Errors
    /// The first of `read`, with `path` and the line.
    pub fn each(&self, path: &Path, mut read: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        for (number, line) in self.numbered() {
            let row = Row { columns: &self.columns, fields: line.split('\t').collect() };
            read(&row).map_err(|e| e.at(path, number as u64))?;
        }
        Ok(())
    }
}

impl<'a> Row<'a> {
    /// The field in a column.
    pub fn get(&self, column: &str) -> Result<&'a str> {
        let at = self.columns.iter().position(|c| *c == column);
        at.map(|at| self.fields[at]).ok_or_else(|| Error::list(format!("no column {column:?}")))
    }

    /// The values in a column.
    pub fn parts(&self, column: &str) -> Result<impl Iterator<Item = &'a str> + Clone + use<'a>> {
        Ok(self.get(column)?.split('|').filter(|p| !p.is_empty()))
    }

    /// A number, 0 where none is said.
    pub fn number<T: std::str::FromStr + Default>(&self, column: &str) -> Result<T> {
        match self.get(column)? {
            "" => Ok(T::default()),
            text => text.parse().map_err(|_| Error::list(format!("{column} is not a number that fits: {text:?}"))),
        }
    }

    /// Degrees north and east, where they are said.
    pub fn position(&self) -> Result<Option<(f64, f64)>> {
        if !self.columns.contains(&"lat") {
            return Ok(None);
        }
        let degrees = |column, most: f64| -> Result<f64> {
            let degrees: f64 = self.number(column)?;
            if degrees.abs() <= most {
                Ok(degrees)
            } else {
                Err(Error::list(format!("{column} lies between -{most} and {most}: {degrees}")))
            }
        };
        match (self.get("lat")?, self.get("lon")?) {
            ("", "") => Ok(None),
            ("", _) | (_, "") => Err(Error::list("a latitude without a longitude, or a longitude without a latitude")),
            _ => Ok(Some((degrees("lat", 90.0)?, degrees("lon", 180.0)?))),
        }
    }

    /// A country: ISO 3166-1 alpha-2 in capitals, or empty.
    pub fn country(&self) -> Result<&'a str> {
        match self.get("cc")? {
            code if code.is_empty() || is_country(code) => Ok(code),
            code => Err(Error::list(format!("{code:?} is no code of a country"))),
        }
    }

    /// Countries, or none.
    pub fn countries(&self) -> Result<()> {
        match self.parts("cc")?.find(|code| !is_country(code)) {
            Some(code) => Err(Error::list(format!("{code:?} is no code of a country"))),
            None => Ok(()),
        }
    }

    /// A field that says one of a few things.
    pub fn one_of(&self, column: &str, known: &[&str]) -> Result<&'a str> {
        match self.get(column)? {
            value if known.contains(&value) => Ok(value),
            value => Err(Error::list(format!("{value:?} is no {column}: those are {}", known.join(", ")))),
        }
    }

    /// A year, a month of one or a day, or empty.
    pub fn date(&self, column: &str) -> Result<&'a str> {
        let is_number = |text: &str, len| text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
        match self.get(column)? {
            text if text.is_empty() || is_number(text, 4) || is_day(text) => Ok(text),
            text if text.len() == 7 && is_day(&format!("{text}-01")) => Ok(text),
            text => Err(Error::list(format!("{column} is neither a year nor a day: {text:?}"))),
        }
    }
}

/// Whether a text is a day as YYYY-MM-DD.
fn is_day(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut part = |len, most| {
        let part = parts.next().filter(|p| p.len() == len && p.bytes().all(|b| b.is_ascii_digit()));
        part.and_then(|p| p.parse().ok()).is_some_and(|number: u32| (1..=most).contains(&number))
    };
    part(4, 9999) && part(2, 12) && part(2, 31) && parts.next().is_none()
}

fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_untidy(field: &str) -> bool {
    field.trim() != field || field.contains("||") || field.starts_with('|') || field.ends_with('|')
}

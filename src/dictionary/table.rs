//! The form of a list: a head of five lines, then rows of fields, all of it checked.
//!
//! A list is knowledge that the whole program trusts, so nothing in it is passed over or mended. Who reads a list stops at
//! its first fault; `dateline gazetteer check` tells all of them. Both ask here.

use super::date;
use crate::error::{Error, Result, line_of};
use std::path::Path;
use unicode_normalization::is_nfc;

/// The lines of the head, in order.
const HEAD: [&str; 5] = ["what", "columns", "source", "licence", "date"];

/// Columns that hold a number, and its bounds, in whatever list they stand.
const NUMBERS: [(&str, f64, f64); 11] = [
    ("lat", -90.0, 90.0),
    ("lon", -180.0, 180.0),
    ("population", 0.0, 4e9),
    ("geonameid", 1.0, 4e9),
    ("weight", 0.0, 15.0),
    ("count", 0.0, 4e9),
    ("lower_mid", 0.0, 4e9),
    ("cap_mid", 0.0, 4e9),
    ("initial", 0.0, 4e9),
    ("level", 0.0, 95.0),
    ("min_stem", 0.0, 16.0),
];

/// How a list must be laid out.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// Its columns in order; one with a `?` behind it may be missing. Empty where any will do.
    pub columns: &'static str,
    /// Whether its rows are sorted by the bytes of their first field.
    pub sorted: bool,
    /// What no two of its rows share.
    pub key: Key,
}

/// What tells one row of a list from all others. The first column is always part of it.
#[derive(Clone, Copy)]
pub(super) enum Key {
    /// The first few columns, and `from` where there is one: what held from different days is not the same.
    First(usize),
    /// These columns.
    Columns(&'static str),
    /// The whole row.
    Row,
}

impl Key {
    /// Which of the columns it consists of.
    fn positions(self, columns: &[&str]) -> Vec<usize> {
        let all = columns.iter().enumerate();
        match self {
            Key::First(count) => all.filter(|(at, name)| *at < count || **name == "from").map(|(at, _)| at).collect(),
            Key::Columns(key) => {
                all.filter(|(_, name)| key.split(' ').any(|k| k == **name)).map(|(at, _)| at).collect()
            }
            Key::Row => (0..columns.len()).collect(),
        }
    }
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
        let mut first = None;
        let table = Table::check(bytes, form, &mut |line, message| {
            first.get_or_insert_with(|| Error::list(message).at(path, line as u64));
        });
        match first {
            Some(fault) => Err(fault),
            None => Ok(table),
        }
    }

    /// Tells every fault of a list with its line, in their order. Without any, what is given back is well formed.
    pub fn check(bytes: &'t [u8], form: Form, fault: &mut dyn FnMut(usize, String)) -> Table<'t> {
        let mut table = Table { columns: Vec::new(), rows: "" };
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(e) => {
                fault(line_of(bytes, e) as usize, "not UTF-8".to_owned());
                return table;
            }
        };
        table.rows = text;
        for (number, key) in (1..).zip(HEAD) {
            let (line, behind) = table.rows.split_once('\n').unwrap_or((table.rows, ""));
            table.rows = behind;
            let value = line.strip_prefix("# ").and_then(|line| line.strip_prefix(key)?.strip_prefix(": "));
            match value.filter(|value| !value.trim().is_empty()) {
                Some(value) if key == "columns" => {
                    table.columns = value.split('\t').collect();
                    table.check_columns(form.columns).unwrap_or_else(|message| fault(number, message));
                }
                Some(value) if key == "date" && (value.len() != 10 || date::iso(value, false).is_err()) => {
                    fault(number, format!("{value:?} is no date such as 2026-01-31"));
                }
                Some(_) => {}
                None => fault(number, format!("the head says {line:?} instead of \"# {key}: …\"")),
            }
        }
        // Without columns there is nothing to measure a row by.
        if !table.columns.is_empty() {
            table.check_rows(form, fault);
        }
        if !text.ends_with('\n') {
            fault(text.lines().count(), "the last line does not end".to_owned());
        }
        table
    }

    fn check_columns(&self, expected: &str) -> std::result::Result<(), String> {
        let mut columns = self.columns.iter().copied().peekable();
        for column in expected.split_whitespace() {
            let name = column.trim_end_matches('?');
            if columns.next_if_eq(&name).is_none() && name == column {
                return Err(format!("the columns should be: {expected}; {name:?} is not in its place"));
            }
        }
        match columns.next() {
            Some(more) if !expected.is_empty() => {
                Err(format!("the columns should be: {expected}; nothing reads {more:?}"))
            }
            _ => Ok(()),
        }
    }

    /// Checks what all rows must be like.
    fn check_rows(&self, form: Form, fault: &mut dyn FnMut(usize, String)) {
        let key = form.key.positions(&self.columns);
        let mut last = "";
        // The keys of the rows with the same first field.
        let mut same: Vec<Vec<&str>> = Vec::new();
        for (number, line) in self.numbered() {
            if !line.is_ascii() && !is_nfc(line) {
                fault(number, "not in Unicode's normal form C".to_owned());
            }
            let fields: Vec<&str> = line.split('\t').collect();
            if fields.len() != self.columns.len() {
                fault(number, format!("expected {} columns, found {}", self.columns.len(), fields.len()));
                continue;
            }
            for (column, field) in self.columns.iter().zip(&fields) {
                if let Some(message) = fault_of_field(column, field) {
                    fault(number, message);
                }
            }
            let first = fields[0];
            if first.is_empty() {
                fault(number, "nothing in the first column".to_owned());
            }
            if first != last {
                if form.sorted && first < last {
                    fault(number, format!("{first:?} stands behind {last:?}: the rows are sorted by bytes"));
                }
                same.clear();
            }
            let own: Vec<&str> = key.iter().map(|&at| fields[at]).collect();
            if same.contains(&own) {
                fault(number, format!("{:?} stands twice", own.join(", ")));
            }
            same.push(own);
            last = first;
        }
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
        match (self.get("lat")?, self.get("lon")?) {
            ("", "") => Ok(None),
            ("", _) | (_, "") => Err(Error::list("a latitude without a longitude, or a longitude without a latitude")),
            _ => Ok(Some((self.number("lat")?, self.number("lon")?))),
        }
    }

    /// One country: ISO 3166-1 alpha-2 in capitals, or empty.
    pub fn country(&self) -> Result<&'a str> {
        match self.get("cc")? {
            several if several.contains('|') => Err(Error::list(format!("{several:?} is more than one country"))),
            code => Ok(code),
        }
    }

    /// A field that says one of a few things.
    pub fn one_of(&self, column: &str, known: &[&str]) -> Result<&'a str> {
        match self.get(column)? {
            value if known.contains(&value) => Ok(value),
            value => Err(Error::list(format!("{value:?} is no {column}: those are {}", known.join(", ")))),
        }
    }

    /// When something began and ended, as first and last day; either may be empty.
    pub fn validity(&self) -> Result<()> {
        date::in_order(date::iso(self.get("from")?, false)?, date::iso(self.get("to")?, true)?)
    }
}

/// What is wrong with a field, by the name of its column.
fn fault_of_field(column: &str, field: &str) -> Option<String> {
    if field.is_empty() {
        return None;
    }
    if field.trim() != field || field.contains("  ") || field.contains('\r') {
        return Some(format!("stray white space in {column}: {field:?}"));
    }
    if field.starts_with('|') || field.ends_with('|') || field.contains("||") {
        return Some(format!("an empty value between bars in {column}: {field:?}"));
    }
    if let Some((_, least, most)) = NUMBERS.iter().find(|(name, ..)| *name == column) {
        return match field.parse::<f64>() {
            Ok(number) if (*least..=*most).contains(&number) => None,
            Ok(_) => Some(format!("{column} lies between {least} and {most}, not at {field}")),
            Err(_) => Some(format!("{column} is not a number: {field:?}")),
        };
    }
    let is_country = |code: &str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    (column == "cc" && !field.split('|').all(is_country)).then(|| format!("no code of two capitals in cc: {field:?}"))
}

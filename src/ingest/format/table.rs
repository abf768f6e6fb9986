//! Comma- or tab-separated values, below a line of names.
//!
//! Here only the ends of rows are found; a worker takes the row apart. A value in quotation marks may hold line ends, so
//! one mark that is never closed could swallow a file: such a row costs its first line, and reading goes on behind it.

use std::borrow::Cow;
use std::sync::Arc;

use super::super::batch::{At, Place};
use super::super::dead::{RAW, Reason, Reject};
use super::super::inputs::{Kind, Source};
use super::super::open::{Bytes, skip_mark};
use super::super::position::Position;
use super::super::{Article, Fields, Options, decode};
use super::window::Window;
use super::{Cut, End, Format, too_large, unreadable};

/// The columns of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    delimiter: u8,
    count: usize,
    /// Where the id, text, title and date stand.
    wanted: [Option<usize>; 4],
}

impl Columns {
    fn of(header: &[u8], fields: &Fields) -> Result<Self, Reject> {
        let delimiter = delimiter(header);
        let (header, _) = decode(header);
        let names: Vec<_> = Values::of(header.as_bytes(), delimiter).map(text).collect();
        let wanted = fields.columns(names.iter().map(|name| &**name))?;
        Ok(Columns { delimiter, count: names.len(), wanted })
    }

    /// The article in a row, which is UTF-8.
    pub(crate) fn article<'a>(&self, row: &'a [u8], fields: &Fields) -> Result<Article<'a>, Reject> {
        let mut values = [const { None }; 4];
        let mut count = 0;
        for value in Values::of(row, self.delimiter) {
            if let Some(field) = self.wanted.iter().position(|wanted| *wanted == Some(count)) {
                values[field] = Some(text(value)).filter(|value| !value.is_empty());
            }
            count += 1;
        }
        if count != self.count {
            return Err(Reject::new(Reason::BadRow, format!("{count} columns in place of {}", self.count)));
        }
        fields.row(values)
    }
}

/// What separates the values of a header: of the usual marks the one that it has most of.
fn delimiter(header: &[u8]) -> u8 {
    let count = |mark: u8| Values::of(header, mark).count();
    // Of two with as many the first counts.
    [b'|', b';', b'\t', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

/// A table, read in part.
pub(super) struct Table<'a> {
    window: Window<'a>,
    source: Arc<Source>,
    delimiter: u8,
}

impl<'a> Table<'a> {
    pub(super) fn begin(
        mut reader: Box<dyn Bytes + 'a>,
        mut source: Source,
        options: &Options,
        position: &mut Position,
    ) -> Result<Self, Reject> {
        let mut after = Position { offset: skip_mark(&mut *reader).map_err(|e| unreadable(&e))?, ..*position };
        let mut window = Window::new(reader);
        // A guess at the delimiter needs a row, and a row a delimiter: no name holds any of them.
        let mut scan = Scan::new(b',');
        let end = loop {
            match scan.run(window.bytes()) {
                Some(end) => break end,
                None if window.bytes().len() > options.max_record => return Err(too_large(options.max_record)),
                None if window.more() => {}
                None => break window.bytes().len(),
            }
        };
        if let Some(e) = window.error() {
            return Err(unreadable(&e));
        }
        let columns = Columns::of(line(&window.bytes()[..end]), &Fields::new(options))?;
        let delimiter = columns.delimiter;
        source.columns = Some(columns);
        window.pass_lines(end, &mut after);
        if position.offset > after.offset {
            window.skip(position.offset - after.offset).map_err(|e| unreadable(&e))?;
        } else {
            (position.offset, position.line) = (after.offset, after.line);
        }
        Ok(Table { window, source: Arc::new(source), delimiter })
    }

    /// Cuts out the row that begins here.
    fn row(&mut self, to: &mut Cut<'_>) -> End {
        let place = Place { at: At::Line(to.position.line + 1), offset: to.position.offset };
        let limit = to.options.max_record;
        let mut scan = Scan::new(self.delimiter);
        let end = self.window.until(limit, |bytes| scan.run(bytes));
        let held = self.window.bytes();
        if end.is_none() && held.len() > limit || end.is_some_and(|end| line(&held[..end]).len() > limit) {
            return self.drop(to, place, scan, end);
        }
        if end.is_none() {
            if held.is_empty() {
                return match self.window.error() {
                    Some(e) => broken(to, place, b"", &e),
                    None => End::File,
                };
            }
            if let Some(e) = self.window.error() {
                return broken(to, place, self.window.bytes(), &e);
            }
        }
        let held = self.window.bytes();
        if end.is_none() && scan.state == Inside::Quoted {
            let end = memchr::memchr(b'\n', held).map_or(held.len(), |at| at + 1);
            let row = line(&held[..end]);
            let reject = Reject::new(Reason::BadRow, "a quotation mark is not closed");
            to.reject_bytes(reject, place, row, row.len() as u64);
            self.window.pass_lines(end, to.position);
            return End::Batch;
        }
        let end = end.unwrap_or(held.len());
        let row = line(&held[..end]);
        if !row.trim_ascii().is_empty() {
            to.push_bytes(Kind::Table, place, row);
        }
        self.window.pass_lines(end, to.position);
        End::Batch
    }

    /// Passes over a row that is longer than allowed.
    fn drop(&mut self, to: &mut Cut<'_>, place: Place, mut scan: Scan, mut end: Option<usize>) -> End {
        let raw = self.window.bytes()[..RAW.min(self.window.bytes().len())].to_vec();
        let begin = to.position.offset;
        let end = loop {
            let passed = end.unwrap_or(self.window.bytes().len());
            self.window.pass_lines(passed, to.position);
            if end.is_some() {
                break End::Batch;
            }
            scan.at = 0;
            if !self.window.more() {
                break End::File;
            }
            end = scan.run(self.window.bytes());
        };
        to.reject_bytes(too_large(to.options.max_record), place, &raw, to.position.offset - begin);
        end
    }
}

fn broken(to: &mut Cut<'_>, place: Place, rest: &[u8], e: &std::io::Error) -> End {
    to.reject_bytes(unreadable(e), place, rest, rest.len() as u64);
    End::File
}

impl Format for Table<'_> {
    fn cut(&mut self, to: &mut Cut<'_>) -> End {
        to.batch.enter(&self.source);
        while to.has_room() {
            if self.row(to) == End::File {
                return End::File;
            }
        }
        End::Batch
    }
}

/// A row without its line end.
fn line(row: &[u8]) -> &[u8] {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    row.strip_suffix(b"\r").unwrap_or(row)
}

/// Where in a row one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    /// At the beginning of a value.
    Begin,
    Bare,
    Quoted,
    /// Behind a quotation mark that ends the value, or is the first of two that stand for one.
    Closed,
}

/// Goes through a row, value by value.
#[derive(Clone, Copy, Debug)]
struct Scan {
    delimiter: u8,
    state: Inside,
    /// Bytes that have been looked at.
    at: usize,
}

impl Scan {
    fn new(delimiter: u8) -> Self {
        Scan { delimiter, state: Inside::Begin, at: 0 }
    }

    /// Looks at the bytes behind those that it has looked at; where the row ends.
    fn run(&mut self, bytes: &[u8]) -> Option<usize> {
        while self.value(bytes).is_some() {
            if bytes[self.at - 1] == b'\n' {
                return Some(self.at);
            }
        }
        None
    }

    /// Goes behind the mark that ends the value.
    fn value(&mut self, bytes: &[u8]) -> Option<()> {
        while self.at < bytes.len() {
            match self.state {
                Inside::Quoted => match memchr::memchr(b'"', &bytes[self.at..]) {
                    Some(found) => {
                        self.at += found + 1;
                        self.state = Inside::Closed;
                    }
                    None => self.at = bytes.len(),
                },
                Inside::Begin | Inside::Closed if bytes[self.at] == b'"' => {
                    self.state = Inside::Quoted;
                    self.at += 1;
                }
                _ => match memchr::memchr2(self.delimiter, b'\n', &bytes[self.at..]) {
                    Some(found) => {
                        self.at += found + 1;
                        self.state = Inside::Begin;
                        return Some(());
                    }
                    None => {
                        self.at = bytes.len();
                        self.state = Inside::Bare;
                    }
                },
            }
        }
        None
    }
}

/// The values of a row, as they stand there.
struct Values<'a> {
    row: &'a [u8],
    scan: Scan,
    is_over: bool,
}

impl<'a> Values<'a> {
    fn of(row: &'a [u8], delimiter: u8) -> Self {
        Values { row, scan: Scan::new(delimiter), is_over: false }
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.is_over {
            return None;
        }
        let start = self.scan.at;
        let end = match self.scan.value(self.row) {
            Some(()) => self.scan.at - 1,
            None => {
                self.is_over = true;
                self.row.len()
            }
        };
        Some(&self.row[start..end])
    }
}

/// The text of a value.
fn text(value: &[u8]) -> Cow<'_, str> {
    let Some(quoted) = value.strip_prefix(b"\"") else { return String::from_utf8_lossy(value) };
    match memchr::memchr(b'"', quoted) {
        // As nearly all are: one mark before and one behind.
        Some(end) if end + 1 == quoted.len() => String::from_utf8_lossy(&quoted[..end]),
        _ => {
            let mut text = Vec::with_capacity(quoted.len());
            let mut rest = quoted;
            while let Some(end) = memchr::memchr(b'"', rest) {
                text.extend_from_slice(&rest[..end]);
                rest = &rest[end + 1..];
                if rest.first() != Some(&b'"') {
                    break;
                }
                text.push(b'"');
                rest = &rest[1..];
            }
            text.extend_from_slice(rest);
            Cow::Owned(String::from_utf8_lossy(&text).into_owned())
        }
    }
}

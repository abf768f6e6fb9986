//! Views: the events of records as tables of tab-separated values, with the columns that older projects have.
//!
//! A view is made of the records, not of what the stations left, so it says nothing that the records do not say. What
//! dateline does not know stays empty.

mod gdelt;
mod polecat;
pub mod record;

use std::fmt::Display;
use std::io::Write;

use clap::ValueEnum;
use record::Document;

/// A view, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum View {
    /// Rows with the columns of the POLECAT data set
    Polecat,
    /// Rows with the columns of the GDELT 2.0 event table
    Gdelt,
}

impl View {
    /// The first line.
    pub fn header(self) -> String {
        let columns: &[&str] = match self {
            View::Polecat => &polecat::COLUMNS,
            View::Gdelt => &gdelt::COLUMNS,
        };
        columns.join("\t") + "\n"
    }

    /// Appends the rows of one event of a document. These tables have no room to say that something is denied or only
    /// planned, so such events have none.
    pub fn write(self, document: &Document<'_>, event: usize, out: &mut Vec<u8>) {
        match self {
            _ if !document.events[event].took_place() => {}
            // The codebook of POLECAT codes no statements.
            View::Polecat if document.events[event].event_type == "STATEMENT" => {}
            View::Polecat => polecat::write(document, event, out),
            View::Gdelt => gdelt::write(document, event, out),
        }
    }
}

/// One row in the making.
struct Row<'o> {
    out: &'o mut Vec<u8>,
    fields: usize,
}

impl<'o> Row<'o> {
    fn new(out: &'o mut Vec<u8>) -> Self {
        Row { out, fields: 0 }
    }

    /// The next field; tabs and line breaks in it become spaces.
    fn put(&mut self, value: impl Display) -> &mut Self {
        if self.fields > 0 {
            self.out.push(b'\t');
        }
        self.fields += 1;
        let from = self.out.len();
        // Writing to a vector cannot fail.
        let _ = write!(self.out, "{value}");
        for byte in &mut self.out[from..] {
            if matches!(byte, b'\t' | b'\n' | b'\r') {
                *byte = b' ';
            }
        }
        self
    }

    /// The next field, which may have nothing to say.
    fn maybe(&mut self, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.put(value),
            None => self.put(""),
        }
    }

    /// So many fields that say nothing.
    fn skip(&mut self, count: usize) -> &mut Self {
        (0..count).fold(self, |row, _| row.put(""))
    }

    fn end(&mut self, columns: usize) {
        debug_assert_eq!(self.fields, columns, "a row has as many fields as there are columns");
        self.out.push(b'\n');
    }
}

/// The host of an address of the net, or nothing.
fn host(id: &str) -> Option<&str> {
    let (_, rest) = id.split_once("://")?;
    rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}

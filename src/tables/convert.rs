//! From records to rows.

use super::Table;
use super::column::Record;
use super::schema::columns;
use arrow_array::{Array, RecordBatch};
use serde::de::DeserializeSeed;
use std::io::{Error, ErrorKind, Result};

/// What a record begins with, up to its kind.
const BEGIN: &str = "{\"kind\":\"";

/// Reads records into rows, each into its table. Takes time in proportion to their bytes.
pub struct Converter {
    tables: Vec<(Table, Record)>,
}

impl Converter {
    /// A converter into these tables.
    pub fn new(tables: &[Table]) -> Converter {
        Converter { tables: tables.iter().map(|table| (*table, Record::new(&columns(*table)))).collect() }
    }

    /// Reads whole lines, as `emit` writes them.
    ///
    /// # Errors
    /// A line is no record of one of the tables, or longer than a column can be. That is a defect of whoever wrote it,
    /// and the rows so far are of no use.
    pub fn read(&mut self, lines: &str) -> Result<()> {
        lines.lines().try_for_each(|line| self.line(line))
    }

    fn line(&mut self, line: &str) -> Result<()> {
        let bad = |what: &dyn std::fmt::Display| {
            let begin: String = line.chars().take(80).collect();
            Error::new(ErrorKind::InvalidData, format!("a record that is in no table: {what}: {begin}"))
        };
        // Where a column's texts end is counted in 31 bits.
        if line.len() > i32::MAX as usize / 2 {
            return Err(bad(&"too long"));
        }
        let kind = line.strip_prefix(BEGIN).and_then(|rest| rest.split_once('"'));
        let (kind, _) = kind.ok_or_else(|| bad(&"no kind"))?;
        let table = self.tables.iter_mut().find(|(table, _)| table.kind() == kind);
        let (_, rows) = table.ok_or_else(|| bad(&"another kind"))?;
        let mut object = serde_json::Deserializer::from_str(line);
        rows.deserialize(&mut object).and_then(|()| object.end()).map_err(|e| bad(&e))
    }

    /// The rows read since the last time, one batch for each table, in the order of the tables.
    pub fn finish(&mut self) -> Vec<RecordBatch> {
        let batch = |(_, rows): &mut (Table, Record)| {
            let columns = rows.finish();
            debug_assert_eq!(columns.null_count(), 0, "each row is a record");
            RecordBatch::from(columns)
        };
        self.tables.iter_mut().map(batch).collect()
    }
}

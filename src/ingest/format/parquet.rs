//! Rows of Parquet, of which the columns that hold an article's fields are read.
//!
//! Its end tells where everything lies, so it is read from a regular file only. A row is handed on as an object of JSON,
//! which a dead letter can show. Where a group of rows is damaged, the rest of that group is one dead letter.

use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::reader::{ReaderIter, TreeBuilder};
use ::parquet::record::{Field, Row};
use ::parquet::schema::types::{SchemaDescPtr, SchemaDescriptor, Type};

use super::super::batch::{At, Place};
use super::super::dead::{Reason, Reject};
use super::super::inputs::{Input, Kind, Source};
use super::super::position::Position;
use super::super::unpack::Packing;
use super::super::{Fields, Options};
use super::{Cut, End, Format, too_large, unreadable};

/// Rows that are decoded at a time: texts are long.
const ROWS: usize = 64;

/// A file of rows, read in part.
pub(super) struct Rows<'a> {
    file: SerializedFileReader<File>,
    source: Arc<Source>,
    /// The columns that are read.
    schema: SchemaDescPtr,
    /// For each field that has one its key and its column, cut at the dots.
    columns: Vec<(String, Vec<String>)>,
    /// The group that is read next, and the rows before it.
    group: usize,
    before: u64,
    rows: Option<ReaderIter>,
    read: &'a AtomicU64,
}

impl<'a> Rows<'a> {
    pub(super) fn begin(
        input: &Input,
        packing: Packing,
        source: Source,
        options: &Options,
        read: &'a AtomicU64,
    ) -> Result<Self, Reject> {
        if packing != Packing::Plain || input.size.is_none() {
            let message = "Parquet is read from regular files only, and not from packed ones";
            return Err(Reject::new(Reason::Unreadable, message));
        }
        let file = File::open(&input.path).map_err(|e| unreadable(&e))?;
        let open = || SerializedFileReader::new(file).map_err(|e| e.to_string());
        let file = guarded(open).map_err(|e| Reject::new(Reason::Unreadable, e))?;
        let schema = file.metadata().file_metadata().schema_descr();
        let paths: Vec<_> = schema.columns().iter().map(|column| column.path().string()).collect();
        let wanted = Fields::new(options).columns(paths.iter().map(String::as_str))?;
        let columns: Vec<_> = wanted
            .into_iter()
            .flatten()
            .map(|column| (paths[column].clone(), schema.columns()[column].path().parts().to_vec()))
            .collect();
        let is_read = |name: &str| columns.iter().any(|(_, path)| path[0] == name);
        let fields = schema.root_schema().get_fields().iter().filter(|field| is_read(field.name())).cloned().collect();
        let root = Type::group_type_builder(schema.root_schema().name()).with_fields(fields).build();
        let root = root.map_err(|e| Reject::new(Reason::Unreadable, e.to_string()))?;
        let schema = Arc::new(SchemaDescriptor::new(Arc::new(root)));
        Ok(Rows { file, source: Arc::new(source), schema, columns, group: 0, before: 0, rows: None, read })
    }

    /// Goes to the group in which the row of the position lies, and to the row; false at the end.
    fn open(&mut self, position: &mut Position) -> Result<bool, String> {
        while self.group < self.file.metadata().num_row_groups() {
            let about = self.file.metadata().row_group(self.group);
            let rows = about.num_rows().max(0) as u64;
            self.read.fetch_add(about.compressed_size().max(0) as u64, Relaxed);
            self.group += 1;
            self.before += rows;
            if position.offset >= self.before {
                continue;
            }
            let passed = position.offset + rows - self.before;
            let (file, schema, group) = (&self.file, &self.schema, self.group - 1);
            let mut rows = guarded(|| {
                let group = file.get_row_group(group).map_err(|e| e.to_string())?;
                let tree = TreeBuilder::new().with_batch_size(ROWS);
                tree.as_iter(Arc::clone(schema), &*group).map_err(|e| e.to_string())
            })?;
            for _ in 0..passed {
                guarded(|| rows.next().transpose().map_err(|e| e.to_string()))?;
            }
            self.rows = Some(rows);
            return Ok(true);
        }
        Ok(false)
    }

    /// The row as an object.
    fn object(&self, row: &Row) -> Vec<u8> {
        let mut object = vec![b'{'];
        for (key, path) in &self.columns {
            if let Some(value) = value(row, path) {
                let comma: &[u8] = if object.len() > 1 { b"," } else { b"" };
                object.extend_from_slice(comma);
                for (text, behind) in [(key.as_str(), &b":"[..]), (&value, b"")] {
                    serde_json::to_writer(&mut object, text).expect("a vector takes everything");
                    object.extend_from_slice(behind);
                }
            }
        }
        object.push(b'}');
        object
    }
}

impl Format for Rows<'_> {
    fn cut(&mut self, to: &mut Cut<'_>) -> End {
        to.batch.enter(&self.source);
        while to.has_room() {
            let row = match &mut self.rows {
                None => match self.open(to.position) {
                    Ok(true) => continue,
                    Ok(false) => return End::File,
                    Err(e) => Err(e),
                },
                Some(rows) => match guarded(|| rows.next().transpose().map_err(|e| e.to_string())) {
                    Ok(None) => {
                        self.rows = None;
                        continue;
                    }
                    Ok(Some(row)) => Ok(row),
                    Err(e) => Err(e),
                },
            };
            let place = Place { at: At::Record(to.position.offset + 1), offset: to.position.offset };
            match row {
                Ok(row) => {
                    let (object, limit) = (self.object(&row), to.options.max_record);
                    if object.len() > limit {
                        to.reject_bytes(too_large(limit), place, &object, object.len() as u64);
                    } else {
                        to.push_bytes(Kind::Parquet, place, &object);
                    }
                    to.position.offset += 1;
                }
                Err(e) => {
                    to.reject_bytes(unreadable(&io::Error::other(e)), place, b"", 0);
                    self.rows = None;
                    to.position.offset = self.before;
                }
            }
        }
        End::Batch
    }
}

/// What it gives; a file that makes the decoder panic cannot be read.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err("the file is damaged".into()))
}

/// The text of a value; none where there is none.
fn value(row: &Row, path: &[String]) -> Option<String> {
    let (name, inside) = path.split_first()?;
    let (_, field) = row.get_column_iter().find(|(key, _)| *key == name)?;
    Some(match field {
        Field::Group(row) => return value(row, inside),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => std::str::from_utf8(bytes.data()).ok()?.to_owned(),
        Field::Byte(number) => number.to_string(),
        Field::Short(number) => number.to_string(),
        Field::Int(number) => number.to_string(),
        // Nanoseconds come as plain numbers. As seconds, milli- or microseconds such a number would be of a distant age.
        Field::Long(number) if number.abs() >= 100_000_000_000_000_000 => instant(number.div_euclid(1_000_000_000)),
        Field::Long(number) => number.to_string(),
        Field::UByte(number) => number.to_string(),
        Field::UShort(number) => number.to_string(),
        Field::UInt(number) => number.to_string(),
        Field::ULong(number) => number.to_string(),
        Field::Date(days) => day(i64::from(*days)),
        Field::TimestampMillis(time) => instant(time.div_euclid(1000)),
        Field::TimestampMicros(time) => instant(time.div_euclid(1_000_000)),
        _ => return None,
    })
}

/// Seconds since 1970 as ISO 8601 has it.
fn instant(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    format!("{}T{:02}:{:02}:{:02}Z", day(days), rest / 3600, rest / 60 % 60, rest % 60)
}

/// Days since 1970 as ISO 8601 has it.
fn day(days: i64) -> String {
    // Years begin in March here, so a leap day is the last of its year.
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    format!("{:04}-{month:02}-{day:02}", year + era * 400 + i64::from(month <= 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_iso_has_them() {
        for (days, written) in [(0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (20_516, "2026-03-04")] {
            assert_eq!(day(days), written);
        }
        assert_eq!(instant(1_772_611_199), "2026-03-04T07:59:59Z");
    }
}

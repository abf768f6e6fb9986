//! Tables as Parquet files.
//!
//! A row group holds the rows of one stretch of records, so it is bounded in bytes. Converting and packing it, which is
//! nearly all of the work, asks nothing of the file: any thread can do it, and several can at a time. What is left for the
//! thread that has the file is to append the packed bytes.

use super::{Converter, Table};
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::Result;
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::TypePtr;
use std::io::{self, Write};
use std::sync::Arc;

/// Bytes of records that are converted at a time: few, so that the rows are packed while they lie in a cache near by, and
/// hold no memory that counts.
const STRETCH: usize = 1 << 20;

/// How the tables of a run are packed. Built once, shared by threads.
pub struct Packer {
    tables: Vec<Packed>,
}

/// What the files of one table have in common.
struct Packed {
    table: Table,
    schema: SchemaRef,
    root: TypePtr,
    properties: WriterPropertiesPtr,
    writers: ArrowRowGroupWriterFactory,
}

/// The packed rows of a table, to be appended to its file.
pub struct RowGroup {
    rows: usize,
    columns: Vec<ArrowColumnChunk>,
}

impl Packer {
    /// For these tables.
    ///
    /// # Errors
    /// None that a table of records can have.
    pub fn new(tables: &[Table]) -> Result<Packer> {
        let packed = |table: &Table| {
            let schema = table.schema();
            let root = ArrowSchemaConverter::new().schema_root(table.kind()).convert(&schema)?.root_schema_ptr();
            let properties = WriterProperties::builder()
                .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
                .set_created_by(format!("dateline {}", env!("CARGO_PKG_VERSION")))
                .build();
            let properties = Arc::new(properties);
            let file = SerializedFileWriter::new(io::sink(), root.clone(), properties.clone())?;
            let writers = ArrowRowGroupWriterFactory::new(&file, schema.clone());
            Ok(Packed { table: *table, schema, root, properties, writers })
        };
        Ok(Packer { tables: tables.iter().map(packed).collect::<Result<_>>()? })
    }

    /// Packs records: a row group for each table, in their order, or none where it has no rows.
    ///
    /// # Errors
    /// The records are not such.
    pub fn pack(&self, records: &str) -> Result<Vec<Option<RowGroup>>> {
        let tables: Vec<Table> = self.tables.iter().map(|packed| packed.table).collect();
        let mut converter = Converter::new(&tables);
        let writers = self.tables.iter().map(|packed| packed.writers.create_column_writers(0));
        let mut groups: Vec<(usize, Vec<ArrowColumnWriter>)> = writers.map(|w| Ok((0, w?))).collect::<Result<_>>()?;
        for stretch in stretches(records) {
            converter.read(stretch)?;
            for ((packed, (rows, writers)), batch) in self.tables.iter().zip(&mut groups).zip(converter.finish()) {
                if batch.num_rows() == 0 {
                    continue;
                }
                *rows += batch.num_rows();
                let mut writers = writers.iter_mut();
                for (field, column) in packed.schema.fields().iter().zip(batch.columns()) {
                    for leaf in compute_leaves(field, column)? {
                        writers.next().expect("each leaf of the schema has a writer").write(&leaf)?;
                    }
                }
            }
        }
        let close = |(rows, writers): (usize, Vec<ArrowColumnWriter>)| {
            if rows == 0 {
                return Ok(None);
            }
            let columns = writers.into_iter().map(ArrowColumnWriter::close).collect::<Result<_>>()?;
            Ok(Some(RowGroup { rows, columns }))
        };
        groups.into_iter().map(close).collect()
    }

    /// Begins the file of a table, by its place among them.
    ///
    /// # Errors
    /// The first bytes could not be written.
    pub fn file<W: Write + Send>(&self, table: usize, out: W) -> Result<File<W>> {
        let Packed { root, properties, .. } = &self.tables[table];
        Ok(File { writer: SerializedFileWriter::new(out, root.clone(), properties.clone())?, rows: 0 })
    }
}

/// A Parquet file that is being written.
pub struct File<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    rows: u64,
}

impl<W: Write + Send> File<W> {
    /// Appends rows.
    ///
    /// # Errors
    /// They could not be written.
    pub fn append(&mut self, group: RowGroup) -> Result<()> {
        let mut writer = self.writer.next_row_group()?;
        for column in group.columns {
            column.append_to_row_group(&mut writer)?;
        }
        writer.close()?;
        self.rows += group.rows as u64;
        Ok(())
    }

    /// Ends the file: where it went, and how many rows it has.
    ///
    /// # Errors
    /// The last bytes could not be written.
    pub fn finish(self) -> Result<(W, u64)> {
        Ok((self.writer.into_inner()?, self.rows))
    }
}

/// The records in stretches of whole lines. Where they are cut depends on them alone.
fn stretches(records: &str) -> impl Iterator<Item = &str> {
    let mut rest = records;
    std::iter::from_fn(move || {
        let from = rest.len().min(STRETCH);
        let end = memchr::memchr(b'\n', &rest.as_bytes()[from..]).map_or(rest.len(), |at| from + at + 1);
        let stretch;
        (stretch, rest) = rest.split_at(end);
        (!stretch.is_empty()).then_some(stretch)
    })
}

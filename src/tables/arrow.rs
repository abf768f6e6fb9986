//! Tables as Arrow files (the IPC file format, also known as Feather version 2).

use super::Table;
use arrow_array::RecordBatch;
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions};
use arrow_schema::ArrowError;
use std::io::Write;

/// An Arrow file that is being written.
pub struct File<W: Write> {
    writer: FileWriter<W>,
    rows: u64,
}

impl<W: Write> File<W> {
    /// Begins the file of a table. What is not compressed can be mapped into memory and read in place.
    ///
    /// # Errors
    /// The first bytes could not be written.
    pub fn new(table: Table, out: W, compressed: bool) -> Result<File<W>, ArrowError> {
        let compression = compressed.then_some(CompressionType::ZSTD);
        let options = IpcWriteOptions::default().try_with_compression(compression)?;
        Ok(File { writer: FileWriter::try_new_with_options(out, &table.schema(), options)?, rows: 0 })
    }

    /// Appends rows.
    ///
    /// # Errors
    /// They could not be written.
    pub fn append(&mut self, rows: &RecordBatch) -> Result<(), ArrowError> {
        self.rows += rows.num_rows() as u64;
        self.writer.write(rows)
    }

    /// Ends the file: where it went, and how many rows it has.
    ///
    /// # Errors
    /// The last bytes could not be written.
    pub fn finish(self) -> Result<(W, u64), ArrowError> {
        let rows = self.rows;
        Ok((self.writer.into_inner()?, rows))
    }
}

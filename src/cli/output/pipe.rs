//! Standard output, pipes and devices: what is written there is gone.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use dateline::Result;
use dateline::ingest::Position;
use dateline::stream::Written;

use super::packing::Packing;
use super::{Mark, Published, Store};

/// Lines to where nothing can be cut back.
pub struct Pipe {
    writer: Box<dyn Write>,
    packing: Packing,
}

impl Pipe {
    /// Opens a pipe or device, or standard output where there is no path.
    pub fn open(path: Option<&Path>) -> io::Result<Self> {
        Ok(match path {
            None => Pipe { writer: Box::new(io::stdout()), packing: Packing::Plain },
            Some(path) => {
                Pipe { writer: Box::new(File::options().write(true).open(path)?), packing: Packing::of(path) }
            }
        })
    }
}

impl Pipe {
    /// Writes lines.
    pub fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        if self.packing == Packing::Plain || lines.is_empty() {
            return self.writer.write_all(lines);
        }
        let mut packed = Vec::new();
        self.packing.pack(lines, &mut packed);
        self.writer.write_all(&packed)
    }
}

impl Store for Pipe {
    fn write(&mut self, batch: &Written<'_>) -> io::Result<()> {
        if batch.packed.is_empty() { self.append(batch.records) } else { self.writer.write_all(batch.packed) }
    }

    fn checkpoint(&mut self, _: Position, _: bool) -> io::Result<Option<Mark>> {
        Ok(None)
    }

    fn close(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    fn finish(self: Box<Self>) -> Result<Published> {
        Ok(Published::default())
    }
}

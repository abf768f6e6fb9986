//! What files hold, one format a file: how documents are cut out of each.
//!
//! A format only finds where documents begin and end; what they hold is read on the worker that takes the batch. All of
//! them keep the same three promises: no more than one document of the longest length allowed is held, what is damaged
//! costs itself and not its neighbours, and a file that breaks off is used up to there.

mod archive;
mod lines;
mod objects;
#[cfg(feature = "parquet")]
mod parquet;
mod table;
mod values;
mod whole;
mod window;

use std::io;
use std::ops::Range;
use std::sync::atomic::AtomicU64;

use super::Options;
use super::batch::{Batch, Place};
use super::dead::{RAW, Reason, Reject};
use super::inputs::{Input, Kind, Source};
use super::open::Opened;
use super::position::Position;
use archive::Archive;
use lines::Lines;
pub(crate) use table::Columns;
use table::Table;
use values::Values;
pub(crate) use values::is_spread;
use whole::Whole;

/// One file, read in part.
pub(crate) trait Format {
    /// Appends documents until the batch is full or the file ends.
    fn cut(&mut self, to: &mut Cut<'_>) -> End;
}

/// Why no more documents are appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The batch has all that it should.
    Batch,
    /// Nothing is left of the file.
    File,
}

/// Begins a file, at `position` in it, which is moved behind what stands before the first document.
pub(crate) fn begin<'a>(
    opened: Opened<'a>,
    source: Source,
    input: &Input,
    options: &Options,
    read: &'a AtomicU64,
    position: &mut Position,
) -> Result<Box<dyn Format + 'a>, Reject> {
    let broken = |e| unreadable(&e);
    Ok(match opened.kind {
        Kind::Lines => {
            let is_pipe = input.size.is_none();
            Box::new(Lines::begin(opened.bytes, source, is_pipe, position).map_err(broken)?)
        }
        Kind::Values => Box::new(Values::begin(opened.bytes, source, options, position).map_err(broken)?),
        Kind::Table => Box::new(Table::begin(opened.bytes, source, options, position)?),
        Kind::Archive => Box::new(Archive::begin(opened.bytes, source, position).map_err(broken)?),
        #[cfg(feature = "parquet")]
        Kind::Parquet => Box::new(parquet::Rows::begin(input, opened.packing, source, options, read)?),
        #[cfg(not(feature = "parquet"))]
        Kind::Parquet => {
            let _ = read;
            return Err(Reject::new(Reason::Unreadable, "this program was built without Parquet"));
        }
        kind @ (Kind::Text | Kind::Page) => Box::new(Whole::begin(opened.bytes, source, kind)),
    })
}

/// Where documents go, and what is known of the way so far.
pub(crate) struct Cut<'b> {
    pub batch: &'b mut Batch,
    /// Behind the last document that was cut.
    pub position: &'b mut Position,
    pub options: &'b Options,
}

impl Cut<'_> {
    /// Whether the next document belongs into this batch.
    pub fn has_room(&self) -> bool {
        self.batch.bytes() < self.options.batch && self.is_of_shard()
    }

    /// Whether the next document belongs into the shard of those before it.
    pub fn is_of_shard(&self) -> bool {
        !self.batch.has_begun() || self.options.shard_at(self.position.bytes) == self.batch.shard()
    }

    /// A document, which `range` of the batch's bytes holds.
    pub fn push(&mut self, kind: Kind, place: Place, range: Range<usize>) {
        let length = range.len() as u64;
        self.batch.push(kind, place, range);
        self.count(length);
    }

    /// A document of `length` bytes that cannot be read, of which `range` is kept.
    pub fn reject(&mut self, reject: Reject, place: Place, range: Range<usize>, length: u64) {
        self.batch.reject(reject, place, range, length);
        self.count(length);
    }

    /// A document of these bytes.
    pub fn push_bytes(&mut self, kind: Kind, place: Place, bytes: &[u8]) {
        let start = self.batch.bytes();
        self.batch.bytes.extend_from_slice(bytes);
        self.push(kind, place, start..self.batch.bytes());
    }

    /// A document of `length` bytes that cannot be read and begins with these.
    pub fn reject_bytes(&mut self, reject: Reject, place: Place, bytes: &[u8], length: u64) {
        let start = self.batch.bytes();
        self.batch.bytes.extend_from_slice(&bytes[..self.shown(bytes.len())]);
        self.reject(reject, place, start..self.batch.bytes(), length);
    }

    /// How many of so many bytes of a document that cannot be read are kept.
    pub fn shown(&self, bytes: usize) -> usize {
        bytes.min(if self.options.whole_letters { self.options.max_record } else { RAW })
    }

    /// A record that is no document.
    pub fn filter(&mut self) {
        self.batch.filter();
    }

    fn count(&mut self, length: u64) {
        if self.batch.len() == 1 {
            self.batch.begin(self.options.shard_at(self.position.bytes), self.options.whole_letters);
        }
        self.position.record += 1;
        self.position.bytes += length;
    }
}

pub(crate) fn unreadable(e: &io::Error) -> Reject {
    Reject::new(Reason::Unreadable, e.to_string())
}

pub(crate) fn too_large(limit: usize) -> Reject {
    Reject::new(Reason::TooLarge, format!("longer than {limit} bytes"))
}

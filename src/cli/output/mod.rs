//! Where records go.
//!
//! A run hands over what became of each batch and knows no more of what is made of it: one file, standard output, a folder
//! of files. Each of these is a [`Store`].
//!
//! Beside a file NAME that is being written lie `.NAME.part`, what there is of it; `.NAME.journal`, to where it is on the
//! disk; and `.NAME.lock`, who writes it. When it is whole, it takes its name, and the others are gone. A [`Ledger`] keeps
//! all of them in step.

pub mod args;
pub mod fingerprint;
mod journal;
pub mod ledger;
mod lock;
mod packing;
mod part;
mod pipe;
mod policy;
pub mod rewrite;
mod whole;

use std::io;
use std::path::PathBuf;

use dateline::Result;
use dateline::ingest::Position;
use dateline::stream::Written;
use serde::{Deserialize, Serialize};

pub use journal::{Counts, checksum};
pub use ledger::Ledger;
pub use packing::Packing;
pub use whole::Output;

/// Files, or what else takes the records of a run.
pub trait Store {
    /// Takes the next batch. A folder of shards ends its shard before it takes the first batch of another one.
    fn write(&mut self, batch: &Written<'_>) -> io::Result<()>;

    /// Brings to the disk what was written so far and says how the store is cut back to it, where that can be done here.
    /// `after` is where reading goes on. Asked from time to time, and with `shard_ends` before the first batch of each
    /// further shard: a folder of shards can be cut back to there and says none elsewhere.
    fn checkpoint(&mut self, after: Position, shard_ends: bool) -> io::Result<Option<Mark>>;

    /// Writes what files end with. Nothing is written behind it.
    fn close(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Brings the files to the disk and gives them their names; those that have them already keep them.
    fn finish(self: Box<Self>) -> Result<Published>;

    /// Removes what was written: no run goes on from it.
    fn discard(self: Box<Self>) {}
}

/// How a store is cut back to what it had on the disk once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Bytes of its file, or number of finished shards of its folder.
    pub length: u64,
}

/// What a run leaves behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// The files under their names; none where it was standard output, a pipe or a device.
    pub files: Vec<PathBuf>,
    /// Their bytes, as far as they are known.
    pub bytes: u64,
}

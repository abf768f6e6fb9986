//! Where reading goes on.

use serde::{Deserialize, Serialize};

use super::Batch;

/// Where reading goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Number in the list of inputs.
    pub input: usize,
    /// Documents cut from it so far.
    pub record: u64,
    /// Its next line, from 1.
    pub line: u64,
    /// Bytes before it in the decompressed file.
    pub offset: u64,
    /// Bytes of documents in all inputs so far: what shards are cut by.
    pub bytes: u64,
}

impl Batch {
    /// Where reading goes on behind its last document.
    pub fn after(&self) -> Position {
        Position::default()
    }

    /// Number of the shard in which its documents lie.
    pub fn shard(&self) -> u64 {
        0
    }
}

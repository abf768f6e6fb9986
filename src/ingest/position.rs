//! Where reading goes on.

use serde::{Deserialize, Serialize};

/// A place between two documents of the input.
///
/// Everything before it has been cut, nothing behind it has: a [`super::Reader`] that begins here gives exactly the
/// documents that are left, with the same ids, lines and offsets. It depends on the input alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Number in the list of inputs, from 0.
    pub input: usize,
    /// Documents cut from it so far.
    pub record: u64,
    /// Lines of it that have been passed; of an archive, its damaged members.
    pub line: u64,
    /// Bytes before it in the decompressed file.
    pub offset: u64,
    /// Bytes of the documents of all inputs so far: what shards are cut by.
    pub bytes: u64,
}

impl Position {
    /// The beginning of the next input.
    pub(crate) fn next_input(self) -> Self {
        Position { input: self.input + 1, bytes: self.bytes, ..Position::default() }
    }
}

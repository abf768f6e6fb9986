//! Files that are read where the system keeps them.

#![allow(unsafe_code)]

use std::fs::File;
use std::io;

/// The bytes of a file, in place: none is read before it is looked at, and processes share what was read.
pub struct Mapped(memmap2::Mmap);

impl Mapped {
    /// Maps a file, which must not be changed while the program runs. A new file may take its name at any time.
    ///
    /// # Errors
    /// When the system cannot map it: a pipe, an empty file.
    pub fn new(file: &File) -> io::Result<Mapped> {
        // SAFETY: the bytes are read as plain numbers and, where they were checked, as text. Both hold as long as nobody
        // writes into the file, which no one does who writes it as this program does: whole, under another name.
        unsafe { memmap2::Mmap::map(file) }.map(Mapped)
    }
}

impl std::ops::Deref for Mapped {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

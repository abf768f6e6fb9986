//! Bytes that lie in pages of the system: files that are read where it keeps them, and copies in large pages.

#![allow(unsafe_code)]

use std::fs::File;
use std::io;
use std::ops::Range;

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

/// A copy of bytes in pages as large as the system has them.
///
/// A processor knows by heart where some eight megabytes of small pages lie. What is read all over more than these, it must
/// look up again and again.
pub struct Large {
    map: memmap2::MmapMut,
    /// Where the copy lies in the map.
    place: Range<usize>,
}

/// Size of a large page; the copy begins with one.
const PAGE: usize = 2 << 20;

impl Large {
    /// Copies bytes. Where the system has no large pages, the copy lies in small ones.
    ///
    /// # Errors
    /// When there is not so much memory.
    pub fn copy(bytes: &[u8]) -> io::Result<Large> {
        let mut map = memmap2::MmapMut::map_anon(bytes.len() + PAGE)?;
        // A system that refuses leaves the copy in small ones.
        #[cfg(target_os = "linux")]
        let _ = map.advise(memmap2::Advice::HugePage);
        let first = map.as_ptr().align_offset(PAGE).min(PAGE);
        let place = first..first + bytes.len();
        map[place.clone()].copy_from_slice(bytes);
        Ok(Large { map, place })
    }
}

impl std::ops::Deref for Large {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        &self.map[self.place.clone()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_what_was_copied_and_begins_with_a_page() {
        for len in [0, 1, 4097, PAGE + 3] {
            let bytes: Vec<u8> = (0..len).map(|at| (at % 251) as u8).collect();
            let copy = Large::copy(&bytes).expect("there is memory");
            assert_eq!(*copy, *bytes);
            assert_eq!(copy.as_ptr().addr() % PAGE, 0);
        }
    }
}

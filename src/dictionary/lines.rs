//! Tables of hashes in lines of the cache: a row is found or missed with one wait for memory.
//!
//! A line holds seven rows, filled from its begin. Of a row's hash it keeps the lower half, its tag; the upper half says
//! in which line the row lies, so that rows are told apart by nearly fifty bits, and the builder lets no two agree. What
//! finds no room lies in the next line, and a byte in the line that was full says for which of eight sorts of hashes it is
//! worth to look there.

use crate::error::{Error, Result};
use crate::kernel;
use bytemuck::Pod;

/// Rows in a line.
pub(super) const ROWS: usize = 7;

/// 64 bytes that begin with the tags of seven rows.
pub(super) trait Line: Pod {
    /// Without rows. Its tags are 0, so that a hash with this tag finds an empty row, which must say that there is none.
    const EMPTY: Self;

    fn tags(&mut self) -> &mut [u32; ROWS];
    /// The sorts of hashes of which some lie in the next line.
    fn moved(&self) -> u8;
    fn set_moved(&mut self, moved: u8);
    fn is_free(&self, row: usize) -> bool;
}

/// The first line of a hash: as far along as the hash is among all hashes.
#[inline(always)]
pub(super) fn line_of(hash: u64, lines: usize) -> usize {
    ((u128::from(hash) * lines as u128) >> 64) as usize
}

#[inline(always)]
fn sort_of(hash: u64) -> u8 {
    1 << (hash >> 32 & 7)
}

/// Where a row was looked for.
pub(super) struct Found<'a, L> {
    pub line: &'a L,
    /// Its place in the line; any, when it was not found.
    pub row: usize,
    /// Nobody can guess it, so it is better part of a choice of values than of a branch.
    pub is_found: bool,
}

/// The row of a hash.
#[inline(always)]
pub(super) fn find<L: Line>(lines: &[L], hash: u64) -> Found<'_, L> {
    let mut at = line_of(hash, lines.len());
    loop {
        let line = &lines[at];
        let same = same(line, hash);
        if (same == 0) & (line.moved() & sort_of(hash) != 0) {
            at = (at + 1) % lines.len();
            continue;
        }
        let row = (same | 1 << (ROWS - 1)).trailing_zeros() as usize;
        return Found { line, row, is_found: same != 0 };
    }
}

/// The line and place of the row of a hash, to be changed.
pub(super) fn find_mut<L: Line>(lines: &mut [L], hash: u64) -> Option<(&mut L, usize)> {
    let mut at = line_of(hash, lines.len());
    loop {
        let same = same(&lines[at], hash);
        if same != 0 {
            return Some((&mut lines[at], same.trailing_zeros() as usize));
        }
        if lines[at].moved() & sort_of(hash) == 0 {
            return None;
        }
        at = (at + 1) % lines.len();
    }
}

/// Whether a table of so many rows has room for one more without too many being moved.
pub(super) fn has_room<L>(lines: &[L], rows: usize) -> bool {
    (rows + 1) * 8 <= lines.len() * ROWS * 7
}

/// Which rows have the tag of a hash.
#[inline(always)]
fn same<L: Line>(line: &L, hash: u64) -> u8 {
    let numbers: &[u32; 16] = bytemuck::cast_ref(line);
    let (eight, _) = numbers.split_first_chunk().expect("eight of sixteen");
    kernel::equal(eight, hash as u32) & ((1 << ROWS) - 1)
}

/// Room for so many rows. Two of three places will be taken: of a fuller table, too many rows lie in a second line, and
/// which do cannot be guessed.
pub(super) fn table<L: Line>(rows: usize) -> Vec<L> {
    vec![L::EMPTY; (rows * 3).div_ceil(2 * ROWS).max(1)]
}

/// Puts the tag of a hash into the table and tells where the row is to be written: in which line and place.
///
/// # Errors
/// When another row would be found by this hash.
pub(super) fn insert<L: Line>(lines: &mut [L], hash: u64) -> Result<(&mut L, usize)> {
    let (count, mut at) = (lines.len(), line_of(hash, lines.len()));
    for _ in 0..count {
        let free = (0..ROWS).find(|&row| lines[at].is_free(row));
        let line = &mut lines[at];
        if line.tags()[..free.unwrap_or(ROWS)].contains(&(hash as u32)) {
            return Err(Error::list("two rows of a table share a hash"));
        }
        if let Some(row) = free {
            line.tags()[row] = hash as u32;
            return Ok((&mut lines[at], row));
        }
        line.set_moved(line.moved() | sort_of(hash));
        at = (at + 1) % count;
    }
    Err(Error::list("a table has no room for another row"))
}

#[cfg(test)]
mod tests {
    use super::super::word_table::WordLine;
    use super::*;
    use crate::token::mix;

    #[test]
    fn what_was_put_in_is_found_wherever_there_was_room() {
        let hashes: Vec<u64> = (0..20_000).map(|number| mix(number, 1)).collect();
        let mut lines: Vec<WordLine> = table(hashes.len());
        let mut places = Vec::new();
        for &hash in &hashes {
            let (line, row) = insert(&mut lines, hash).expect("no two agree");
            line.set(row, places.len() as u32, 0);
            places.push(row);
        }
        for (number, (&hash, &place)) in hashes.iter().zip(&places).enumerate() {
            let Found { line, row, is_found } = find(&lines, hash);
            assert_eq!((is_found, row, line.word(row)), (true, place, number as u32));
        }
        assert!((20_000..40_000).all(|number| !find(&lines, mix(number, 1)).is_found));
    }

    #[test]
    fn two_rows_that_could_not_be_told_apart_are_refused() {
        let mut lines: Vec<WordLine> = table(100);
        let (line, row) = insert(&mut lines, 7 << 40 | 5).expect("it is the first");
        line.set(row, 0, 0);
        assert!(insert(&mut lines, 6 << 40 | 5).is_err());
    }
}

//! Where the chunks of each kind stand in a sentence, as rows of bits.
//!
//! A clause is read by looking for the nearest chunk of some kinds to the left or right: the stop before, the next verb,
//! the comma between. As bits these are a few instructions, however many chunks lie between.

use super::syntax::{Chunk, ChunkKind as K, verb};
use super::words;

/// Chunks in a row.
pub const ROW: usize = u64::BITS as usize;

/// The chunks of each kind among as many as a row holds; bit `n` is the chunk `n` of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Row {
    kinds: [u64; K::COUNT],
    /// Verb groups that may be finite: neither infinitives nor participles in "-ing".
    plain: u64,
    /// Prepositions that may govern a place.
    places: u64,
    /// Verb groups of a past form without an auxiliary.
    bare: u64,
    /// Those of them that are participles and only describe the noun before them.
    pub(super) reduced: u64,
}

impl Row {
    /// The chunks of one kind.
    #[inline(always)]
    pub fn of(&self, kind: K) -> u64 {
        self.kinds[kind as usize]
    }

    /// Prepositions that may govern a place.
    #[inline(always)]
    pub fn places(&self) -> u64 {
        self.places
    }

    /// Verb groups that have a subject of their own.
    #[inline(always)]
    pub fn finite(&self) -> u64 {
        self.plain & !self.reduced
    }

    /// Verb groups but for those that only describe the noun before them.
    #[inline(always)]
    pub fn telling(&self) -> u64 {
        self.of(K::Verb) & !self.reduced
    }

    /// Notes which preposition the chunk `at` is.
    #[inline(always)]
    pub fn note_preposition(&mut self, at: usize, preposition: u8) {
        self.places |= (words::OF_PLACE >> preposition & 1) << (at % ROW);
    }

    /// Notes the chunk `at`.
    #[inline(always)]
    pub fn note(&mut self, at: usize, kind: K, bits: u16) {
        self.put(at, kind);
        if kind == K::Verb {
            self.note_verb(at, bits);
        }
    }

    /// Notes the kind of the chunk `at`.
    #[inline(always)]
    pub fn put(&mut self, at: usize, kind: K) {
        self.kinds[kind as usize] |= 1 << (at % ROW);
    }

    /// Notes which verb group the chunk `at` is.
    #[inline(always)]
    pub fn note_verb(&mut self, at: usize, bits: u16) {
        let bit = 1 << (at % ROW);
        self.plain |= if bits & (verb::INFINITIVE | verb::ING) == 0 { bit } else { 0 };
        self.bare |= if bits & verb::BARE != 0 { bit } else { 0 };
    }
}

/// The rows of one sentence.
#[derive(Debug, Default)]
pub struct Rows {
    list: Vec<Row>,
}

impl Rows {
    #[inline]
    pub fn clear(&mut self) {
        self.list.clear();
    }

    /// The first row.
    #[cfg(test)]
    pub fn first(&self) -> Option<&Row> {
        self.list.first()
    }

    /// Adds the row of the next chunks.
    #[inline]
    pub fn push(&mut self, row: Row) {
        self.list.push(row);
    }

    /// Adds a row that is to be filled.
    #[inline(always)]
    pub fn begin(&mut self) -> &mut Row {
        self.list.push(Row::default());
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    /// Finds, once all chunks are noted, the participles that only describe the noun before them.
    pub fn reduce(&mut self, chunks: &[Chunk]) {
        let mut from = 0;
        while let Some(at) = self.next(from, |r| r.bare) {
            if self.describes(chunks, at) {
                self.list[at / ROW].reduced |= 1 << (at % ROW);
            }
            from = at + 1;
        }
    }

    /// Whether a bare participle only describes the noun before it: "drugs seized in the raid were burnt".
    fn describes(&self, chunks: &[Chunk], at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let Some(after) = chunks.get(at + 1) else { return false };
        if !matches!(chunks[before].kind, K::Noun | K::Comma) || after.kind != K::Preposition {
            return false;
        }
        if after.preposition == words::BY {
            return true;
        }
        // Another finite verb follows before anything else could be its own.
        let apart =
            |r: &Row| !(r.of(K::Preposition) | r.of(K::Noun) | r.of(K::Time) | r.of(K::Pronoun) | r.of(K::Verb));
        let verb = self.next(at + 1, |r| r.plain);
        verb.is_some_and(|verb| self.next(at + 1, apart).is_none_or(|end| verb < end))
    }

    /// The first chunk of a set at or behind `from`.
    #[inline(always)]
    pub fn next(&self, from: usize, set: impl Fn(&Row) -> u64) -> Option<usize> {
        let mut row = from / ROW;
        let mut bits = set(self.list.get(row)?) & !0 << (from % ROW);
        while bits == 0 {
            row += 1;
            bits = set(self.list.get(row)?);
        }
        Some(row * ROW + bits.trailing_zeros() as usize)
    }

    /// The last chunk of a set before `end`, which is no more than one past the last chunk.
    #[inline(always)]
    pub fn last(&self, end: usize, set: impl Fn(&Row) -> u64) -> Option<usize> {
        let mut row = end / ROW;
        let mut bits = self.list.get(row).map_or(0, |r| set(r) & !(!0 << (end % ROW)));
        while bits == 0 {
            row = row.checked_sub(1)?;
            bits = set(&self.list[row]);
        }
        Some(row * ROW + ROW - 1 - bits.leading_zeros() as usize)
    }

    /// The first chunk of a set in `from..end`.
    #[inline(always)]
    pub fn within(&self, from: usize, end: usize, set: impl Fn(&Row) -> u64) -> Option<usize> {
        self.next(from, set).filter(|at| *at < end)
    }

    /// Whether a chunk is in a set.
    #[inline(always)]
    pub fn has(&self, at: usize, set: impl Fn(&Row) -> u64) -> bool {
        self.list.get(at / ROW).is_some_and(|row| set(row) >> (at % ROW) & 1 != 0)
    }
}

//! Where the chunks of each kind stand in a sentence, as rows of bits.
//!
//! A clause is read by looking for the nearest chunk of some kinds to the left or right: the stop before, the next verb,
//! the comma between. As bits these are a few instructions, however many chunks lie between.

use super::syntax::{Chunk, ChunkKind as K, verb};
use super::words::{self, PREPOSITIONS};
use crate::kernel::each_bit;

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
    /// Prepositions by their number among those that rules name.
    prepositions: [u64; PREPOSITIONS.len()],
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

    /// The chunks of some prepositions, which are given as bits.
    #[inline(always)]
    pub fn any_preposition(&self, prepositions: u32) -> u64 {
        if prepositions.is_power_of_two() {
            return self.prepositions[prepositions.trailing_zeros() as usize % PREPOSITIONS.len()];
        }
        each_bit(u64::from(prepositions)).fold(0, |bits, preposition| bits | self.prepositions[preposition])
    }

    /// Noun phrases and pronouns.
    #[inline(always)]
    pub fn nominal(&self) -> u64 {
        self.of(K::Noun) | self.of(K::Pronoun)
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
        let bit = 1 << (at % ROW);
        self.places |= if words::OF_PLACE >> preposition & 1 != 0 { bit } else { 0 };
        self.prepositions[usize::from(preposition)] |= bit;
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

/// The runs of `through` that stand right behind a bit of `from`, which has none of its bits. A one added to the first
/// bit of a run takes out the run.
#[inline(always)]
pub fn flood(from: u64, through: u64) -> u64 {
    through & !through.wrapping_add(from << 1 & through)
}

/// What stands behind a bit of `from` with nothing but `through` between.
#[inline(always)]
pub fn behind(from: u64, through: u64) -> u64 {
    (from | flood(from, through)) << 1
}

/// The bits from `from` on, which may be beyond them all.
#[inline(always)]
pub fn since(from: usize) -> u64 {
    if from < ROW { !0 << from } else { 0 }
}

/// The bits of `from..end`, both of which may be beyond them all.
#[inline(always)]
pub fn span(from: usize, end: usize) -> u64 {
    since(from) & !since(end)
}

/// The first of some bits.
#[inline(always)]
pub fn first(bits: u64) -> Option<usize> {
    (bits != 0).then_some(bits.trailing_zeros() as usize)
}

/// The last of some bits.
#[inline(always)]
pub fn last(bits: u64) -> Option<usize> {
    (bits != 0).then(|| ROW - 1 - bits.leading_zeros() as usize)
}

/// The bits below the last of some bits.
#[inline(always)]
pub fn below_last(bits: u64) -> u64 {
    last(bits).map_or(0, |last| !since(last))
}

/// The rows of one sentence.
///
/// Nearly every sentence has but one row, so the first stands where it is found without a look.
#[derive(Debug, Default)]
pub struct Rows {
    first: Row,
    more: Vec<Row>,
    /// How many rows there are.
    count: usize,
    /// The tokens at which chunks begin, where the sentence's tokens fit a row; else none.
    begins: u64,
}

impl Rows {
    #[inline]
    pub fn clear(&mut self) {
        self.first = Row::default();
        self.more.clear();
        self.count = 0;
        self.begins = 0;
    }

    /// The first row, to be filled where it is the only one: its chunks begin at these tokens of the sentence.
    #[inline(always)]
    pub fn only(&mut self, begins: u64) -> &mut Row {
        self.count = 1;
        self.begins = begins;
        &mut self.first
    }

    /// How many chunks begin at or before a token of the sentence, without the loose words that a verb group takes in
    /// before it; none where that takes a walk.
    #[inline]
    pub fn begun_by(&self, token: usize) -> Option<usize> {
        (self.begins != 0).then(|| (self.begins & !0 >> (ROW - 1 - token)).count_ones() as usize)
    }

    /// The first row.
    #[cfg(test)]
    pub fn first(&self) -> Row {
        self.first
    }

    /// The row of a sentence that has but one, as nearly every one has: then what takes a walk over several is a sum.
    #[inline(always)]
    pub fn whole(&self) -> Option<&Row> {
        self.more.is_empty().then_some(&self.first)
    }

    /// Adds the row of the next chunks.
    #[inline]
    pub fn push(&mut self, row: Row) {
        match self.count {
            0 => self.first = row,
            _ => self.more.push(row),
        }
        self.count += 1;
    }

    #[inline(always)]
    fn row(&self, number: usize) -> Option<&Row> {
        match number {
            0 => Some(&self.first),
            _ => self.more.get(number - 1),
        }
    }

    #[inline(always)]
    fn row_mut(&mut self, number: usize) -> &mut Row {
        match number {
            0 => &mut self.first,
            _ => &mut self.more[number - 1],
        }
    }

    /// Finds, once all chunks are noted, the prepositions that bind a clause: "the talks ended after Norway agreed".
    pub fn bind(&mut self, chunks: &mut [Chunk]) {
        for number in 0..self.count {
            let binding = self.row(number).map_or(0, |r| r.any_preposition(words::OF_CLAUSE));
            for bit in each_bit(binding) {
                let at = number * ROW + bit;
                if self.binds(chunks, at) {
                    chunks[at].kind = K::Subordinator;
                    let row = self.row_mut(number);
                    row.kinds[K::Preposition as usize] &= !(1 << bit);
                    row.prepositions[usize::from(chunks[at].preposition)] &= !(1 << bit);
                    row.put(at, K::Subordinator);
                }
            }
        }
    }

    /// Whether the preposition `at` binds a clause: a verb with a subject of its own stands behind it, and another outside.
    fn binds(&self, chunks: &[Chunk], at: usize) -> bool {
        if !self.has(at + 1, Row::nominal) {
            return false;
        }
        let ends = |r: &Row| r.of(K::Stop) | r.of(K::Subordinator) | r.of(K::Relative) | r.of(K::Quoted);
        let apart = |r: &Row| ends(r) | r.of(K::Comma) | r.of(K::Verb);
        let Some(verb) = self.next(at + 1, apart).filter(|&verb| self.has(verb, |r| r.plain)) else { return false };
        if let Some(main) = self.last(at, |r| ends(r) | r.plain).filter(|&main| self.has(main, |r| r.plain)) {
            // "the man arrested after the raid was charged": the second verb is the first one's main verb.
            let may_describe = self.behind_noun(main / ROW) >> (main % ROW) & 1 != 0;
            return !may_describe || chunks[verb].verb & verb::BARE != 0;
        }
        // "After Norway agreed, the talks ended."
        let comma = self.next(verb + 1, |r| ends(r) | r.of(K::Comma)).filter(|&end| self.has(end, |r| r.of(K::Comma)));
        comma.is_some_and(|comma| {
            self.next(comma, |r| ends(r) | r.plain).is_some_and(|main| self.has(main, |r| r.plain))
        })
    }

    /// Finds, once all chunks are noted, the participles that only describe the noun before them. `says` tells which words
    /// report what somebody said.
    pub fn reduce(&mut self, chunks: &[Chunk], says: impl Fn(u32) -> bool) {
        for number in 0..self.count {
            for bit in each_bit(self.behind_noun(number)) {
                if self.describes(chunks, number * ROW + bit, &says) {
                    self.row_mut(number).reduced |= 1 << bit;
                }
            }
        }
    }

    /// The bare participles of a row that stand behind a noun or comma and have no object.
    fn behind_noun(&self, number: usize) -> u64 {
        let Some(row) = self.row(number).filter(|row| row.bare != 0) else { return 0 };
        let nouns = |r: &Row| r.of(K::Noun) | r.of(K::Comma);
        let before = number.checked_sub(1).and_then(|before| self.row(before)).map_or(0, |r| nouns(r) >> (ROW - 1));
        let objects = |r: &Row| r.nominal() | r.of(K::Verb) | r.of(K::Relative) | r.of(K::Quoted);
        let after = self.row(number + 1).map_or(0, |r| objects(r) << (ROW - 1));
        row.bare & (nouns(row) << 1 | before) & !(objects(row) >> 1 | after)
    }

    /// Whether a bare participle behind a noun only describes it: "drugs seized in the raid were burnt".
    fn describes(&self, chunks: &[Chunk], at: usize, says: impl Fn(u32) -> bool) -> bool {
        let is_governing = self.has(at + 1, |r| r.of(K::Preposition));
        if is_governing && chunks[at + 1].preposition == words::BY {
            return true;
        }
        let apart =
            |r: &Row| !(r.of(K::Preposition) | r.of(K::Noun) | r.of(K::Time) | r.of(K::Pronoun) | r.of(K::Verb));
        // What it describes is the object of the verb before: "lifted sanctions imposed on Norway".
        if let Some(verb) = self.last(at - 1, |r| r.telling() | apart(r))
            && self.has(verb, |r| r.of(K::Verb))
            && self.has(at - 1, |r| r.of(K::Noun))
        {
            return !says(chunks[verb].head);
        }
        // Another finite verb follows before anything else could be its own.
        let verb = self.next(at + 1, |r| r.plain);
        is_governing && verb.is_some_and(|verb| self.next(at + 1, apart).is_none_or(|end| verb < end))
    }

    /// The first chunk of a set at or behind `from`.
    #[inline(always)]
    pub fn next(&self, from: usize, set: impl Fn(&Row) -> u64) -> Option<usize> {
        let bits = if from < ROW { set(&self.first) & !0 << from } else { 0 };
        if bits != 0 {
            return Some(bits.trailing_zeros() as usize);
        }
        if self.more.is_empty() { None } else { self.next_behind(from, set) }
    }

    /// [`Rows::next`] behind the first row.
    #[cold]
    fn next_behind(&self, from: usize, set: impl Fn(&Row) -> u64) -> Option<usize> {
        let from = from.max(ROW);
        let mut row = from / ROW;
        let mut bits = set(self.row(row)?) & !0 << (from % ROW);
        while bits == 0 {
            row += 1;
            bits = set(self.row(row)?);
        }
        Some(row * ROW + bits.trailing_zeros() as usize)
    }

    /// The last chunk of a set before `end`, which is no more than one past the last chunk.
    #[inline(always)]
    pub fn last(&self, end: usize, set: impl Fn(&Row) -> u64) -> Option<usize> {
        if end > ROW
            && let Some(behind) = self.last_behind(end, &set)
        {
            return Some(behind);
        }
        let before = if end < ROW { !(!0 << end) } else { !0 };
        let bits = set(&self.first) & before;
        (bits != 0).then(|| ROW - 1 - bits.leading_zeros() as usize)
    }

    /// [`Rows::last`] behind the first row.
    #[cold]
    fn last_behind(&self, end: usize, set: impl Fn(&Row) -> u64) -> Option<usize> {
        let mut row = end / ROW;
        let mut bits = self.row(row).map_or(0, |r| set(r) & !(!0 << (end % ROW)));
        while bits == 0 {
            row -= 1;
            if row == 0 {
                return None;
            }
            bits = set(self.row(row)?);
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
        self.row(at / ROW).is_some_and(|row| set(row) >> (at % ROW) & 1 != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::random;
    use super::*;

    #[test]
    fn what_is_found_left_and_right_is_the_nearest_of_any_row() {
        let mut random = random(5);
        for _ in 0..2000 {
            let chunks = 1 + random(3 * ROW);
            let few = [2, 20, 90][random(3)];
            let verbs: Vec<bool> = (0..chunks).map(|_| random(few) == 0).collect();
            let mut rows = Rows::default();
            rows.clear();
            for part in verbs.chunks(ROW) {
                let mut row = Row::default();
                part.iter().enumerate().filter(|(_, is)| **is).for_each(|(at, _)| row.put(at, K::Verb));
                rows.push(row);
            }
            let at = random(chunks + 1);
            let set = |row: &Row| row.of(K::Verb);
            assert_eq!(rows.next(at, set), (at..chunks).find(|&i| verbs[i]), "from {at} of {verbs:?}");
            assert_eq!(rows.last(at, set), (0..at).rev().find(|&i| verbs[i]), "before {at} of {verbs:?}");
            assert_eq!(rows.has(at, set), verbs.get(at).copied().unwrap_or(false));
        }
    }
}

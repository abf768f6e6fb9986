//! The tables of words: by the hash of its folded form, the number of a word and what is told of it.
//!
//! The words that are met most lie in a small table that a second-level cache holds, one place each, with all that is told of
//! them. All words lie in a large one, seven to a line of the cache, so that a word is found or missed with one wait for
//! memory. What is told of one word is told of a hundred others alike: it is written once ([`Told`]), and a word in the
//! large table has its number only.

use super::speech::Mark;
use crate::error::{Error, Result};
use crate::kernel;
use crate::token::NO_WORD;
use bytemuck::{Pod, Zeroable};
use std::collections::HashMap;

/// What is told of a word, beside its number.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Pod, Zeroable)]
pub(super) struct Told {
    pub class: u32,
    pub name_weights: u8,
    pub function: u8,
    pub mark: u8,
    pub pad: u8,
}

/// What is told of a word that no list holds.
pub(super) const UNLISTED: Told = Told { class: 0, name_weights: 0, function: 0, mark: Mark::ASK.0, pad: 0 };

/// A place in the small table. What is told lies as in a token, to be copied in few steps.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub(super) struct HotRow {
    pub class: u32,
    pub word: u32,
    /// The upper bits of the word's hash, and beneath them its mark, its closed class and its weights as a name.
    pub key: u64,
}

impl HotRow {
    /// What a token is told that is in no list, and what lies at an empty place.
    pub const UNLISTED: HotRow = HotRow::new(0, NO_WORD, UNLISTED);

    /// The bits of a hash that a row keeps. Its place speaks for fifteen more, so rows are told apart by 55.
    const HASH: u64 = !0 << 24;

    const fn new(hash: u64, word: u32, told: Told) -> HotRow {
        let low = (told.mark as u64) << 16 | (told.function as u64) << 8 | told.name_weights as u64;
        HotRow { class: told.class, word, key: hash & HotRow::HASH | low }
    }

    /// Whether it is the row of this hash, if it lies at the place of this hash.
    #[inline(always)]
    pub fn holds(&self, hash: u64) -> bool {
        self.key ^ hash < 1 << 24
    }
}

/// Places in the small table; sixteen bytes each make half a megabyte.
const HOT: usize = 1 << 15;

/// Words in a [`Line`].
const IN_LINE: usize = 7;

/// A line of the cache with seven words of the large table, filled from its begin.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub(super) struct Line {
    /// The lower half of each word's hash. Its line is chosen by the upper half, so that words are told apart by nearly
    /// fifty bits; the builder lets no two agree.
    tags: [u32; IN_LINE],
    /// Each word's number.
    words: [[u8; 3]; IN_LINE],
    /// The number of what is told of each.
    told: [[u8; 2]; IN_LINE],
    /// Which words of this line lie in the next, because it was full: a bit for those with the same three bits of hash.
    moved: u8,
}

impl Line {
    const EMPTY: Line = Line { tags: [0; IN_LINE], words: [[0xFF; 3]; IN_LINE], told: [[0; 2]; IN_LINE], moved: 0 };

    #[inline(always)]
    fn word(&self, at: usize) -> u32 {
        let [a, b, c] = self.words[at];
        u32::from_le_bytes([a, b, c, 0])
    }

    /// Which of its words may have this hash.
    #[inline(always)]
    fn same(&self, hash: u64) -> u8 {
        const TAGS: u8 = (1 << IN_LINE) - 1;
        let numbers: &[u32; 16] = bytemuck::cast_ref(self);
        let (eight, _) = numbers.split_first_chunk().expect("eight of sixteen");
        kernel::equal(eight, hash as u32) & TAGS
    }

    #[inline(always)]
    fn moved(hash: u64) -> u8 {
        1 << (hash >> 32 & 7)
    }
}

/// The tables, open for reading.
pub(super) struct WordTable<'a> {
    pub hot: &'a [HotRow; HOT],
    lines: &'a [Line],
    told: &'a [Told],
}

impl<'a> WordTable<'a> {
    pub fn open(hot: &'a [HotRow], lines: &'a [Line], told: &'a [Told]) -> Result<Self> {
        let hot = hot.try_into().map_err(|_| Error::list("the table of common words has not its size"))?;
        if lines.is_empty() || told.is_empty() {
            return Err(Error::list("the image has no table of words"));
        }
        Ok(WordTable { hot, lines, told })
    }

    /// The line in which a word of this hash is looked for first.
    #[inline(always)]
    pub fn line(&self, hash: u64) -> &'a Line {
        &self.lines[line_of(hash, self.lines.len())]
    }

    /// The number of a word and what is told of it; [`NO_WORD`] and [`UNLISTED`] when no list holds it.
    #[inline(always)]
    pub fn find(&self, hash: u64) -> (u32, &'a Told) {
        let mut at = line_of(hash, self.lines.len());
        loop {
            let line = &self.lines[at];
            let same = line.same(hash);
            if same != 0 {
                let at = same.trailing_zeros() as usize;
                return (line.word(at), &self.told[usize::from(u16::from_le_bytes(line.told[at]))]);
            }
            if line.moved & Line::moved(hash) == 0 {
                return (NO_WORD, &self.told[0]);
            }
            at = (at + 1) % self.lines.len();
        }
    }
}

/// The place of a hash in the small table.
#[inline(always)]
pub(super) fn hot_place(hash: u64) -> usize {
    (hash >> 9) as usize & (HOT - 1)
}

/// The first line of a hash in the large table: as far along as the hash is among all hashes.
#[inline(always)]
fn line_of(hash: u64, lines: usize) -> usize {
    ((u128::from(hash) * lines as u128) >> 64) as usize
}

/// A word to be put into the tables.
pub(super) struct NewWord {
    pub hash: u64,
    pub told: Told,
}

/// The tables, as their sections hold them.
pub(super) struct Sections {
    pub hot: Vec<HotRow>,
    pub lines: Vec<Line>,
    pub told: Vec<Told>,
}

/// Lays the tables of words, whose numbers are their places in `words`: what is met most comes first.
///
/// # Errors
/// When two words share a hash, or there are more words, or more to tell of them, than a row has room for.
pub(super) fn sections(words: &[NewWord]) -> Result<Sections> {
    if words.len() >= NO_WORD as usize {
        return Err(Error::list("the lists hold more words than a word's number has room for"));
    }
    // Four of five places are taken: of a fuller table, too many words lie in a second line.
    let mut lines = vec![Line::EMPTY; (words.len() * 5).div_ceil(4 * IN_LINE).max(1)];
    let (mut told, mut numbers) = (vec![UNLISTED], HashMap::from([(UNLISTED, 0)]));
    for (word, new) in (0u32..).zip(words) {
        let number = *numbers.entry(new.told).or_insert_with(|| {
            told.push(new.told);
            told.len() - 1
        });
        let number = u16::try_from(number).map_err(|_| Error::list("the lists tell too many things of words"))?;
        insert(&mut lines, new.hash, word, number)?;
    }
    Ok(Sections { hot: hot(words), lines, told })
}

fn insert(lines: &mut [Line], hash: u64, word: u32, told: u16) -> Result<()> {
    let count = lines.len();
    let mut at = line_of(hash, count);
    for _ in 0..count {
        let line = &mut lines[at];
        let taken = (0..IN_LINE).take_while(|&i| line.word(i) != NO_WORD).count();
        if (0..taken).any(|i| line.tags[i] == hash as u32) {
            return Err(Error::list("two words share a hash"));
        }
        if taken < IN_LINE {
            let [a, b, c, _] = word.to_le_bytes();
            (line.tags[taken], line.words[taken], line.told[taken]) = (hash as u32, [a, b, c], told.to_le_bytes());
            return Ok(());
        }
        line.moved |= Line::moved(hash);
        at = (at + 1) % count;
    }
    Err(Error::list("the table of words is full"))
}

/// The words that are met most. What is met more has the lower number: of two words for one place it comes first.
fn hot(words: &[NewWord]) -> Vec<HotRow> {
    let mut table = vec![HotRow::UNLISTED; HOT];
    for (number, new) in (0u32..).zip(words) {
        let row = &mut table[hot_place(new.hash)];
        if row.word == NO_WORD {
            *row = HotRow::new(new.hash, number, new.told);
        }
    }
    table
}

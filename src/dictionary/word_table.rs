//! The tables of words: by the hash of its folded form, the number of a word and what is told of it.
//!
//! The words that are met most lie in a small table that a second-level cache holds, one place each, with all that is told of
//! them. All words lie in a large one, seven to a line of the cache, so that a word is found or missed with one wait for
//! memory. What is told of one word is told of a hundred others alike: it is written once ([`Told`]), and a word in the
//! large table has its number only.

use super::lines::{self, Found, Line, ROWS};
use super::speech::Mark;
use crate::error::{Error, Result};
use crate::kernel;
use crate::token::NO_WORD;
use bytemuck::{Pod, Zeroable};
use std::collections::HashMap;
use std::hint::select_unpredictable;

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

/// A line of the cache with seven words of the large table.
#[repr(C, align(64))]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub(super) struct WordLine {
    tags: [u32; ROWS],
    /// Each word's number.
    words: [[u8; 3]; ROWS],
    /// The number of what is told of each.
    told: [[u8; 2]; ROWS],
    moved: u8,
}

impl WordLine {
    #[inline(always)]
    pub fn word(&self, row: usize) -> u32 {
        let [a, b, c] = self.words[row];
        u32::from_le_bytes([a, b, c, 0])
    }

    /// Writes a word's number and that of what is told of it.
    pub fn set(&mut self, row: usize, word: u32, told: u16) {
        let [a, b, c, _] = word.to_le_bytes();
        (self.words[row], self.told[row]) = ([a, b, c], told.to_le_bytes());
    }
}

impl Line for WordLine {
    const EMPTY: Self = WordLine { tags: [0; ROWS], words: [[0xFF; 3]; ROWS], told: [[0; 2]; ROWS], moved: 0 };

    fn tags(&mut self) -> &mut [u32; ROWS] {
        &mut self.tags
    }

    #[inline(always)]
    fn moved(&self) -> u8 {
        self.moved
    }

    fn set_moved(&mut self, moved: u8) {
        self.moved = moved;
    }

    fn is_free(&self, row: usize) -> bool {
        self.word(row) == NO_WORD
    }
}

/// The tables, open for reading.
pub(super) struct WordTable<'a> {
    pub hot: &'a [HotRow; HOT],
    lines: &'a [WordLine],
    told: &'a [Told],
}

impl<'a> WordTable<'a> {
    pub fn open(hot: &'a [HotRow], lines: &'a [WordLine], told: &'a [Told]) -> Result<Self> {
        let hot = hot.try_into().map_err(|_| Error::list("the table of common words has not its size"))?;
        if lines.is_empty() || told.is_empty() {
            return Err(Error::list("the image has no table of words"));
        }
        Ok(WordTable { hot, lines, told })
    }

    /// Asks for the place of a hash in the small table.
    #[inline(always)]
    pub fn expect_common(&self, hash: u64) {
        kernel::prefetch(&self.hot[hot_place(hash)]);
    }

    /// Asks for what [`WordTable::find`] reads.
    #[inline(always)]
    pub fn expect(&self, hash: u64) {
        kernel::prefetch(&self.lines[lines::line_of(hash, self.lines.len())]);
    }

    /// The lower half of each word's hash, and what is told of the word.
    pub fn halves(&self) -> impl Iterator<Item = (u32, &'a Told)> {
        let told = self.told;
        let rows = |line: &'a WordLine| (0..ROWS).filter(|&row| !line.is_free(row)).map(move |row| (line, row));
        let rows = self.lines.iter().flat_map(rows);
        rows.map(|(line, row)| (line.tags[row], &told[usize::from(u16::from_le_bytes(line.told[row]))]))
    }

    /// The number of a word and what is told of it; [`NO_WORD`] and [`UNLISTED`] when no list holds it.
    #[inline(always)]
    pub fn find(&self, hash: u64) -> (u32, &'a Told) {
        let Found { line, row, is_found } = lines::find(self.lines, hash);
        let told = select_unpredictable(is_found, u16::from_le_bytes(line.told[row]), 0);
        (select_unpredictable(is_found, line.word(row), NO_WORD), &self.told[usize::from(told)])
    }
}

/// The tables, as their sections hold them.
pub(super) struct OwnTable {
    hot: Box<[HotRow; HOT]>,
    lines: Vec<WordLine>,
    told: Vec<Told>,
    /// By what is told, its number.
    numbers: HashMap<Told, u16>,
}

impl OwnTable {
    /// Lays the tables of words, whose numbers are their places in `words`: what is met most comes first.
    ///
    /// # Errors
    /// When two words share a hash, or there are more words, or more to tell of them, than a row has room for.
    pub fn new(words: &[NewWord]) -> Result<Self> {
        if words.len() >= NO_WORD as usize {
            return Err(Error::list("the lists hold more words than a word's number has room for"));
        }
        let lines = lines::table(words.len());
        let mut table =
            OwnTable { hot: hot(words), lines, told: vec![UNLISTED], numbers: HashMap::from([(UNLISTED, 0)]) };
        for (word, new) in (0u32..).zip(words) {
            table.add(new.hash, word, new.told)?;
        }
        Ok(table)
    }

    /// Copies tables, to put words into them.
    pub fn copy(table: &WordTable<'_>) -> Self {
        let told = table.told.to_vec();
        let numbers = (0..).zip(&told).map(|(number, told)| (*told, number)).collect();
        OwnTable { hot: Box::new(*table.hot), lines: table.lines.to_vec(), told, numbers }
    }

    /// The tables, open for reading.
    pub fn open(&self) -> WordTable<'_> {
        WordTable { hot: &self.hot, lines: &self.lines, told: &self.told }
    }

    /// The number of a word.
    pub fn find(&self, hash: u64) -> Option<u32> {
        Some(self.open().find(hash).0).filter(|&word| word != NO_WORD)
    }

    /// Whether there is room for one more word than these without too many being moved.
    pub fn has_room(&self, words: usize) -> bool {
        lines::has_room(&self.lines, words)
    }

    /// Puts in a word that is not there yet.
    pub fn add(&mut self, hash: u64, word: u32, told: Told) -> Result<()> {
        let number = self.number(told)?;
        let (line, row) = lines::insert(&mut self.lines, hash)?;
        line.set(row, word, number);
        Ok(())
    }

    /// Lays the large table anew, for twice as many words; `hash` tells a word's by its number.
    pub fn widen(&mut self, words: usize, hash: impl Fn(u32) -> u64) -> Result<()> {
        let mut wider: Vec<WordLine> = lines::table(words * 2);
        for line in &self.lines {
            for row in (0..ROWS).filter(|&row| !line.is_free(row)) {
                let (new, at) = lines::insert(&mut wider, hash(line.word(row)))?;
                new.set(at, line.word(row), u16::from_le_bytes(line.told[row]));
            }
        }
        self.lines = wider;
        Ok(())
    }

    /// Changes what is told of a listed word, in both tables.
    pub fn change(&mut self, hash: u64, change: impl Fn(&mut Told)) -> Result<()> {
        let (word, &told) = self.open().find(hash);
        let mut changed = told;
        change(&mut changed);
        if word == NO_WORD || changed == told {
            return Ok(());
        }
        let number = self.number(changed)?;
        if let Some((line, row)) = lines::find_mut(&mut self.lines, hash) {
            line.set(row, word, number);
        }
        let common = &mut self.hot[hot_place(hash)];
        if common.word == word {
            *common = HotRow::new(hash, word, changed);
        }
        Ok(())
    }

    fn number(&mut self, told: Told) -> Result<u16> {
        if let Some(&number) = self.numbers.get(&told) {
            return Ok(number);
        }
        let number =
            u16::try_from(self.told.len()).map_err(|_| Error::list("the lists tell too many things of words"))?;
        self.told.push(told);
        self.numbers.insert(told, number);
        Ok(number)
    }
}

impl WordTable<'_> {
    /// The tables as bytes, in the order of their sections.
    pub fn bodies(&self) -> [&[u8]; 3] {
        [bytemuck::cast_slice(&self.hot[..]), bytemuck::cast_slice(self.lines), bytemuck::cast_slice(self.told)]
    }
}

/// The place of a hash in the small table.
#[inline(always)]
pub(super) fn hot_place(hash: u64) -> usize {
    (hash >> 9) as usize & (HOT - 1)
}

/// A word to be put into the tables.
pub(super) struct NewWord {
    pub hash: u64,
    pub told: Told,
}

/// The words that are met most. What is met more has the lower number: of two words for one place it comes first.
fn hot(words: &[NewWord]) -> Box<[HotRow; HOT]> {
    let mut table = Box::new([HotRow::UNLISTED; HOT]);
    for (number, new) in (0u32..).zip(words) {
        let row = &mut table[hot_place(new.hash)];
        if row.word == NO_WORD {
            *row = HotRow::new(new.hash, number, new.told);
        }
    }
    table
}

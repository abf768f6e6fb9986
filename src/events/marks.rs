//! What a token is by itself, at a glance: the part of speech of its word or sign, and whether more must be asked.
//!
//! The dictionary holds half a million words and an article a few hundred. So a word's mark is made when the word is first
//! met, and kept for all workers: it depends on nothing but the word.

use super::bits::ROW;
use super::syntax::Tag;
use crate::token::{Token, form};
use std::hint::select_unpredictable;
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// What is known of a token at a glance, so that reading a sentence touches little memory: its tag, counted from 1, and
/// bits that say what else is to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(u8);

impl Mark {
    const TAG: u8 = 31;
    const LOOK: u8 = 1 << 5;
    const REPORTS: u8 = 1 << 6;
    const OPEN: u8 = 1 << 7;

    /// The mark of a token that must be looked at.
    const ASK: Mark = Mark::new(Tag::Unknown, true, false);

    /// The mark of a token inside a name.
    pub const NAME: Mark = Mark::new(Tag::Name, false, false);

    /// A mark; whether the tag may be settled by the neighbours follows from the tag.
    pub const fn new(tag: Tag, look: bool, reports: bool) -> Mark {
        let open = matches!(tag, Tag::Past | Tag::Ing | Tag::Base);
        let (look, reports) = (if look { Mark::LOOK } else { 0 }, if reports { Mark::REPORTS } else { 0 });
        Mark(look | reports | if open { Mark::OPEN } else { 0 } | (tag as u8 + 1))
    }

    /// Its tag, where no capital and no neighbour changes it.
    #[inline(always)]
    pub fn tag(self) -> Tag {
        TAGS[usize::from(self.0 & Mark::TAG)]
    }

    /// Its neighbours may change its tag, or more must be known of it.
    #[inline(always)]
    pub fn must_look(self) -> bool {
        self.0 & Mark::LOOK != 0
    }

    /// It reports what somebody said.
    #[inline(always)]
    pub fn reports(self) -> bool {
        self.0 & Mark::REPORTS != 0
    }
}

/// The tags by their numbers in a mark.
static TAGS: [Tag; 32] = {
    let mut tags = [Tag::Unknown; 32];
    let mut at = 0;
    while at < Tag::ALL.len() {
        tags[Tag::ALL[at] as usize + 1] = Tag::ALL[at];
        at += 1;
    }
    tags
};

/// The marks of signs.
static SIGNS: [Mark; 256] = {
    let mut marks = [Mark::new(Tag::Stop, false, false); 256];
    let look = b",'-";
    let mut at = 0;
    while at < look.len() {
        marks[look[at] as usize] = Mark::ASK;
        at += 1;
    }
    // A full stop inside a sentence belongs to an abbreviation.
    let skipped = b"\"()[]%$/.";
    at = 0;
    while at < skipped.len() {
        marks[skipped[at] as usize] = Mark::new(Tag::Skip, false, false);
        at += 1;
    }
    marks[b'&' as usize] = Mark::new(Tag::Conjunction, false, false);
    marks
};

/// The marks of a row of tokens.
#[derive(Debug)]
pub struct MarkRow([u8; ROW]);

impl MarkRow {
    /// A row of tokens of which nothing is known.
    pub const NONE: MarkRow = MarkRow([0; ROW]);

    #[inline(always)]
    pub fn set(&mut self, at: usize, mark: Mark) {
        self.0[at] = mark.0;
    }

    /// Which of the tokens must be looked at.
    #[inline(always)]
    pub fn must_look(&self) -> u64 {
        self.gather(Mark::LOOK)
    }

    /// Which of them report what somebody said.
    #[inline(always)]
    pub fn reports(&self) -> u64 {
        self.gather(Mark::REPORTS)
    }

    /// Of which of them the neighbours may change the tag.
    #[inline(always)]
    pub fn open(&self) -> u64 {
        self.gather(Mark::OPEN)
    }

    /// One bit of each mark, eight marks a step: a product lays the lowest bits of eight bytes side by side.
    #[inline(always)]
    fn gather(&self, bit: u8) -> u64 {
        const LOWEST: u64 = 0x0101_0101_0101_0101;
        const TOGETHER: u64 = 0x0102_0408_1020_4080;
        let (eights, _) = self.0.as_chunks::<8>();
        eights.iter().rev().fold(0, |bits, eight| {
            let lowest = u64::from_le_bytes(*eight) >> bit.trailing_zeros() & LOWEST;
            bits << 8 | lowest.wrapping_mul(TOGETHER) >> 56
        })
    }
}

/// The marks of the words that were met, by word, 0 for the others; behind them that of a word without a number, and
/// those of signs. So the mark of any token is read in the same way, and which kind it is need not be guessed.
pub struct Marks {
    list: Vec<AtomicU8>,
    words: usize,
}

impl Marks {
    /// Room for the marks of so many words.
    pub fn new(words: usize) -> Marks {
        let met = std::iter::repeat_n(0, words);
        let others = std::iter::once(Mark::ASK).chain(SIGNS).map(|mark| mark.0);
        Marks { list: met.chain(others).map(AtomicU8::new).collect(), words }
    }

    /// The mark of a token: of its word where it is in small letters, of its sign. None for a word that was not met.
    #[inline(always)]
    pub fn of(&self, token: &Token) -> Option<Mark> {
        const OTHER: u32 = form::CAPITAL | form::INNER_CAPITAL | form::DIGIT | form::BEYOND_ASCII;
        let word = select_unpredictable(token.form & OTHER == 0, (token.word as usize).min(self.words), self.words);
        let sign = self.words + 1 + usize::from(token.symbol);
        let mark = self.list[select_unpredictable(token.form & form::WORD != 0, word, sign)].load(Relaxed);
        (mark != 0).then_some(Mark(mark))
    }

    /// Keeps the mark of a word.
    pub fn keep(&self, word: u32, mark: Mark) {
        if let Some(room) = self.list[..self.words].get(word as usize) {
            room.store(mark.0, Relaxed);
        }
    }
}

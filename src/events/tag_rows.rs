//! The tags of a sentence: by token, and, where it fits a row of bits, by tag.
//!
//! What a token is depends on what stands around it, so walking from token to token is a guess at each. By tag, the same
//! questions are sums over the whole sentence.

use super::rows::ROW;
use super::syntax::Tag;
use crate::dictionary::speech::Mark;
use crate::kernel::having;

/// The tags of a sentence's tokens, as marks of which only the tag is meant.
#[derive(Debug, Default)]
pub struct TagLine {
    /// Filled up with zeros to the end of a row.
    marks: Vec<u8>,
    len: usize,
}

impl TagLine {
    /// Forgets all, to have a row added for every [`ROW`] of so many tokens.
    #[inline(always)]
    pub fn open(&mut self, len: usize) {
        self.marks.clear();
        self.len = len;
    }

    /// Adds a row, to be filled.
    #[inline(always)]
    pub fn add(&mut self) -> &mut [u8; ROW] {
        let known = self.marks.len();
        self.marks.resize(known + ROW, 0);
        self.marks[known..].first_chunk_mut().expect("a row was added")
    }

    /// Replaces all, for a walk that goes by other means.
    pub fn replace(&mut self, tags: &[Tag]) {
        self.open(tags.len());
        self.marks.extend(tags.iter().map(|tag| Mark::new(*tag, false, false).0));
        self.marks.resize(tags.len().next_multiple_of(ROW), 0);
    }

    /// Number of tokens.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    #[inline(always)]
    pub fn get(&self, at: usize) -> Tag {
        Mark(self.marks[at]).tag()
    }

    #[inline(always)]
    pub fn set(&mut self, at: usize, tag: Tag) {
        self.marks[at] = Mark::new(tag, false, false).0;
    }

    /// Gives a stretch of tokens one tag.
    #[inline(always)]
    pub fn fill(&mut self, from: usize, end: usize, tag: Tag) {
        self.marks[from..end].fill(Mark::new(tag, false, false).0);
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Tag> {
        self.marks[..self.len].iter().map(|mark| Mark(*mark).tag())
    }

    /// The same, to be changed.
    #[inline(always)]
    pub fn row_mut(&mut self) -> Option<&mut [u8; ROW]> {
        self.marks.first_chunk_mut().filter(|_| self.len <= ROW)
    }

    /// The marks of a sentence that fits a row.
    #[inline(always)]
    pub fn row(&self) -> Option<&[u8; ROW]> {
        self.marks.first_chunk().filter(|_| self.len <= ROW)
    }
}

/// The tag of a token of a row.
#[inline(always)]
pub fn tag_of(row: &[u8; ROW], at: usize) -> Tag {
    Mark(row[at % ROW]).tag()
}

/// Gives a token of a row a tag.
#[inline(always)]
pub fn set_tag(row: &mut [u8; ROW], at: usize, tag: Tag) {
    row[at % ROW] = Mark::new(tag, false, false).0;
}

/// The tokens of each tag; bit `n` is the sentence's token `n`.
#[derive(Clone)]
pub struct TagRows {
    /// By the lowest two bits of the tags' numbers in marks, and by the other three: a tag's tokens are in both.
    low: [u64; 4],
    high: [u64; 8],
}

/// The tag's number in marks.
#[inline(always)]
pub const fn number(tag: Tag) -> usize {
    (tag as usize + 1) % 32
}

impl TagRows {
    /// Five bits tell a tag: each is read of all tokens at once.
    #[inline(always)]
    pub fn of(marks: &[u8; ROW]) -> TagRows {
        let [a, b, c, d, e] = [1, 2, 4, 8, 16].map(|bit| having(marks, bit));
        let [below, one, two, both] = [!d & !c, !d & c, d & !c, d & c];
        TagRows {
            low: [!b & !a, !b & a, b & !a, b & a],
            high: [!e & below, !e & one, !e & two, !e & both, e & below, e & one, e & two, e & both],
        }
    }

    #[inline(always)]
    fn row(&self, tag: Tag) -> u64 {
        self.high[number(tag) / 4] & self.low[number(tag) % 4]
    }

    /// The tokens with one of some tags.
    #[inline(always)]
    pub fn any<const N: usize>(&self, tags: [Tag; N]) -> u64 {
        tags.iter().fold(0, |bits, tag| bits | self.row(*tag))
    }

    /// Gives a token that has tag `old` another.
    #[inline(always)]
    pub fn change(&mut self, at: usize, old: Tag, new: Tag) {
        for tag in [old, new] {
            self.high[number(tag) / 4] ^= 1 << at;
            self.low[number(tag) % 4] ^= 1 << at;
        }
    }
}

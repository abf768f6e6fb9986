//! What a token is by itself, at a glance: the part of speech of its word or sign, and whether more must be asked.

use super::bits::ROW;
use super::syntax::Tag;
use super::words::Words;
use crate::dictionary::speech::Mark;
use crate::token::{Token, form};
use std::hint::select_unpredictable;

/// The mark of a token inside a name.
pub const NAME: Mark = Mark::new(Tag::Name, false, false);

/// The mark of a token: of its word where no letter but the first is a capital, of its number, of its sign. Where it asks
/// for no look, its tag is that of [`super::tags::raw_tag`].
#[inline(always)]
pub fn mark(token: &Token) -> Mark {
    const OTHER: u32 = form::INNER_CAPITAL | form::DIGIT | form::BEYOND_ASCII;
    const NUMBER: Mark = Mark::new(Tag::Noun, false, false);
    let capital = CAPITALS[usize::from(token.mark)];
    let word = select_unpredictable(token.form & form::CAPITAL == 0, Mark(token.mark), capital);
    let number = select_unpredictable(token.form & form::DIGIT == 0 || Words::knows(token), Mark::ASK, NUMBER);
    let word = select_unpredictable(token.form & OTHER == 0, word, number);
    select_unpredictable(token.form & form::WORD != 0, word, SIGNS[usize::from(token.symbol)])
}

/// The marks of words that begin with a capital, by their marks in small letters: inside a sentence a capital makes a name
/// of a verb and of what only an ending tells of.
static CAPITALS: [Mark; 256] = {
    let mut marks = [Mark::ASK; 256];
    let mut at = 0;
    while at < marks.len() {
        let mark = Mark(at as u8);
        let asked = matches!(mark.tag(), Tag::Unknown | Tag::Verb | Tag::Base | Tag::Past | Tag::Ing | Tag::Adverb);
        if !asked {
            marks[at] = mark;
        }
        at += 1;
    }
    marks
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

//! What a token is by itself, at a glance: the part of speech of its word or sign, and whether more must be asked.

use super::bits::ROW;
use super::syntax::Tag;
use crate::dictionary::speech::Mark;
use crate::kernel::having;
use crate::token::{Token, form};

/// The mark of a token inside a name.
pub const NAME: Mark = Mark::new(Tag::Name, false, false);

/// The mark of a token: of its word where no letter but the first is a capital, of its number, of its sign. Where it asks
/// for no look, its tag is that of [`super::tags::raw_tag`].
#[inline(always)]
pub fn mark(token: &Token) -> Mark {
    let Written { row, of_word } = WRITTEN[token.form as usize % WRITTEN.len()];
    let own = token.symbol ^ (token.symbol ^ token.mark) & of_word;
    MARKS[usize::from(row) % MARKS.len()][usize::from(own)]
}

/// How a token is written.
#[derive(Clone, Copy)]
struct Written {
    /// The row of [`MARKS`].
    row: u8,
    /// All ones for a word. It stands in a table so that it stays a number: whether the next token is a word cannot be
    /// guessed.
    of_word: u8,
}

/// How tokens are written, by the lowest bits of their forms.
static WRITTEN: [Written; 64] = {
    let mut all = [Written { row: SIGN, of_word: 0 }; 64];
    let mut bits = 0;
    while bits < all.len() {
        let form = bits as u32;
        if form & form::WORD != 0 {
            let row = if form & form::DIGIT != 0 {
                NUMBER
            } else if form & (form::INNER_CAPITAL | form::BEYOND_ASCII) != 0 {
                ODD
            } else if form & form::CAPITAL != 0 {
                CAPITAL
            } else {
                SMALL
            };
            all[bits] = Written { row, of_word: !0 };
        }
        bits += 1;
    }
    all
};

const SMALL: u8 = 0;
const CAPITAL: u8 = 1;
const NUMBER: u8 = 2;
const SIGN: u8 = 3;
/// Other letters than the first are capitals or beyond ASCII.
const ODD: u8 = 4;

/// The marks of tokens by how they are written and by the mark of their word, or by their sign.
static MARKS: [[Mark; 256]; 8] = {
    let mut marks = [[Mark::ASK; 256]; 8];
    marks[SMALL as usize] = SMALL_WORDS;
    marks[CAPITAL as usize] = CAPITALS;
    marks[NUMBER as usize] = NUMBERS;
    marks[SIGN as usize] = SIGNS;
    marks
};

/// The marks of words in small letters: their own.
const SMALL_WORDS: [Mark; 256] = {
    let mut marks = [Mark(0); 256];
    let mut at = 0;
    while at < marks.len() {
        marks[at] = Mark(at as u8);
        at += 1;
    }
    marks
};

/// The marks of numbers: those of which the lists know nothing are nouns.
const NUMBERS: [Mark; 256] = {
    let mut marks = [Mark::ASK; 256];
    marks[Mark::ASK.0 as usize] = Mark::new(Tag::Noun, false, false);
    marks
};

/// The marks of words that begin with a capital, by their marks in small letters: inside a sentence a capital makes a name
/// of a verb and of what only an ending tells of.
const CAPITALS: [Mark; 256] = {
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
const SIGNS: [Mark; 256] = {
    let mut marks = [Mark::new(Tag::Stop, false, false); 256];
    let look = b"'-";
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
    marks[b',' as usize] = Mark::new(Tag::Comma, false, false);
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
        having(&self.0, Mark::LOOK)
    }

    /// Which of them report what somebody said.
    #[inline(always)]
    pub fn reports(&self) -> u64 {
        having(&self.0, Mark::REPORTS)
    }

    /// The marks as bytes.
    #[inline(always)]
    pub fn bytes(&self) -> &[u8; ROW] {
        &self.0
    }
}

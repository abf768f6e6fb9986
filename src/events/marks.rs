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
    let written = WRITTEN[token.form as usize % WRITTEN.len()];
    let own = u16::from_le_bytes([token.mark, token.symbol]) >> (written % 16);
    MARKS[usize::from(written & !0xFF | own & 0xFF) % MARKS.len()]
}

/// How tokens are written, by the lowest bits of their forms: in the upper byte the row of [`MARKS`], in the lower one how
/// many bits beside the mark of its word that is told by which its own is found. Numbers out of a table stay numbers:
/// whether the next token is a word cannot be guessed.
static WRITTEN: [u16; 64] = {
    let mut all = [SIGN << 8 | u8::BITS as u16; 64];
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
            all[bits] = row << 8;
        }
        bits += 1;
    }
    all
};

const SMALL: u16 = 0;
const CAPITAL: u16 = 1;
const NUMBER: u16 = 2;
const SIGN: u16 = 3;
/// Other letters than the first are capitals or beyond ASCII.
const ODD: u16 = 4;

/// The marks of tokens by how they are written and by the mark of their word, or by their sign.
static MARKS: [Mark; 8 * 256] = {
    let mut marks = [Mark::ASK; 8 * 256];
    let rows = [(SMALL, SMALL_WORDS), (CAPITAL, CAPITALS), (NUMBER, NUMBERS), (SIGN, SIGNS)];
    let mut at = 0;
    while at < rows.len() * 256 {
        let (row, own) = &rows[at / 256];
        marks[*row as usize * 256 + at % 256] = own[at % 256];
        at += 1;
    }
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

/// The marks of a row of tokens, as bytes.
pub type MarkRow = [u8; ROW];

/// Which tokens of a row must be looked at.
#[inline(always)]
pub fn must_look(row: &MarkRow) -> u64 {
    having(row, Mark::LOOK)
}

/// Which of them report what somebody said.
#[inline(always)]
pub fn reports(row: &MarkRow) -> u64 {
    having(row, Mark::REPORTS)
}

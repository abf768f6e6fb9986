//! Texts that are known before they are needed, with room behind them so that they are copied as whole words.

use super::digits::{ZEROS, four};
use super::pen::Pen;
use crate::entities::time::{Day, civil};

/// A short text that is known before the article is.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub bytes: [u8; 32],
    pub len: usize,
}

impl Piece {
    /// The parts, joined. They must be 32 bytes at most.
    pub const fn joined(parts: &[&str]) -> Piece {
        let mut piece = Piece { bytes: [0; 32], len: 0 };
        let mut part = 0;
        while part < parts.len() {
            let text = parts[part].as_bytes();
            let mut at = 0;
            while at < text.len() {
                piece.bytes[piece.len] = text[at];
                piece.len += 1;
                at += 1;
            }
            part += 1;
        }
        piece
    }

    pub const fn new(text: &str) -> Piece {
        Piece::joined(&[text])
    }
}

/// A day as `2024-10-24`, in a register: a text that was put together byte by byte must be waited for when it is copied.
#[derive(Clone, Copy)]
pub(super) struct Date {
    word: u128,
    len: usize,
}

impl Date {
    pub fn new(day: Day) -> Self {
        let (year, month, day) = civil(day);
        let Ok(in_digits @ 0..=9999) = u32::try_from(year) else {
            // ISO 8601 writes years beyond four digits with a sign.
            let text = format!("{year:+06}-{month:02}-{day:02}");
            let word = text.bytes().rev().fold(0, |word, byte| word << 8 | u128::from(byte));
            return Date { word, len: text.len() };
        };
        let month_and_day = four(u32::from(month) * 100 + u32::from(day)) | ZEROS as u32;
        let dashes = u64::from(b'-') << 32 | u64::from(b'-') << 56;
        let begin = u64::from(four(in_digits) | ZEROS as u32) | u64::from(month_and_day & 0xFFFF) << 40 | dashes;
        Date { word: u128::from(begin) | u128::from(month_and_day >> 16) << 64, len: 10 }
    }
}

impl Pen<'_> {
    /// A day.
    #[inline(always)]
    pub fn date(self, date: Date) -> Self {
        self.word(&date.word.to_le_bytes(), date.len)
    }
}

/// A text of any length that was rendered before.
pub(super) struct Rendered {
    /// Its first 64 bytes, which are most often all of it.
    pub begin: [u8; 64],
    pub rest: Vec<[u8; 32]>,
    pub len: usize,
}

impl Default for Rendered {
    fn default() -> Self {
        Rendered { begin: [0; 64], rest: Vec::new(), len: 0 }
    }
}

impl Rendered {
    pub fn new(text: &[u8]) -> Self {
        let mut rendered = Rendered::default();
        rendered.set(text);
        rendered
    }

    /// Makes it another text.
    #[inline(never)]
    pub fn set(&mut self, text: &[u8]) {
        let (begin, rest) = text.split_at(text.len().min(64));
        self.begin[..begin.len()].copy_from_slice(begin);
        self.rest.clear();
        for chunk in rest.chunks(32) {
            let mut word = [0; 32];
            word[..chunk.len()].copy_from_slice(chunk);
            self.rest.push(word);
        }
        self.len = text.len();
    }
}

#[cfg(test)]
mod tests {
    use super::super::pen::tests::written;
    use super::*;

    #[test]
    fn a_day_is_its_date() {
        use crate::entities::time::day_of;
        for (date, text) in [
            ((1970, 1, 1), "1970-01-01"),
            ((2024, 10, 24), "2024-10-24"),
            ((33, 4, 3), "0033-04-03"),
            ((12024, 2, 29), "+12024-02-29"),
            ((-43, 3, 15), "-00043-03-15"),
            ((5_000_000, 1, 1), "+5000000-01-01"),
        ] {
            let day = Date::new(day_of(date.0, date.1, date.2));
            assert_eq!(written(|pen| pen.date(day)), text);
        }
    }
}

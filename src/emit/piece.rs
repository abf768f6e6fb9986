//! Short texts that are copied as one word.

use super::digits::{ZEROS, four};
use crate::entities::time::{Day, civil};

/// A short text that is known before the article is, with room behind it so that it is copied as one word.
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

    /// A day as `2024-10-24`.
    pub fn day(day: Day) -> Piece {
        let (year, month, day) = civil(day);
        let Ok(in_digits @ 0..=9999) = u32::try_from(year) else {
            // ISO 8601 writes years beyond four digits with a sign.
            return Piece::new(&format!("{year:+06}-{month:02}-{day:02}"));
        };
        let [a, b, c, d] = (four(in_digits) | ZEROS as u32).to_le_bytes();
        let [m, n, x, y] = (four(u32::from(month) * 100 + u32::from(day)) | ZEROS as u32).to_le_bytes();
        let mut piece = Piece { bytes: [0; 32], len: 10 };
        if let Some(date) = piece.bytes.first_chunk_mut() {
            *date = [a, b, c, d, b'-', m, n, b'-', x, y];
        }
        piece
    }
}

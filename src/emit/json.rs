//! Writes JSON without building it: keys are literals, numbers go through itoa and ryu, strings are copied where they
//! need no escape.
//!
//! Records are several times the size of the text they speak of, so this is a hot path. Its plain twin is serde_json:
//! every line must parse with it to the same values (tests/records.rs).

use crate::entities::time::{Day, write_iso};

/// Appends JSON to a buffer.
pub(super) struct Json<'o> {
    out: &'o mut Vec<u8>,
}

impl<'o> Json<'o> {
    pub fn new(out: &'o mut Vec<u8>) -> Self {
        Json { out }
    }

    /// Punctuation and keys, as they stand.
    #[inline]
    pub fn raw(&mut self, text: &str) -> &mut Self {
        self.out.extend_from_slice(text.as_bytes());
        self
    }

    /// What was rendered before, as it stands.
    #[inline]
    pub fn bytes(&mut self, rendered: &[u8]) -> &mut Self {
        self.out.extend_from_slice(rendered);
        self
    }

    /// An unsigned number.
    #[inline]
    pub fn number(&mut self, number: u32) -> &mut Self {
        let mut buffer = itoa::Buffer::new();
        self.out.extend_from_slice(buffer.format(number).as_bytes());
        self
    }

    /// A number with a fraction; a whole one is written without (`2400`, not `2400.0`).
    pub fn float(&mut self, number: f64) -> &mut Self {
        if number.fract() == 0.0 && number.abs() < 9.0e15 {
            let mut buffer = itoa::Buffer::new();
            self.out.extend_from_slice(buffer.format(number as i64).as_bytes());
        } else {
            let mut buffer = ryu::Buffer::new();
            self.out.extend_from_slice(buffer.format_finite(number).as_bytes());
        }
        self
    }

    /// A number of ten-thousandths, as a decimal fraction without trailing zeros.
    pub fn ten_thousandths(&mut self, number: i32) -> &mut Self {
        let size = number.unsigned_abs();
        if number < 0 {
            self.raw("-");
        }
        self.number(size / 10_000);
        let (mut fraction, mut digits) = (size % 10_000, 4);
        if fraction == 0 {
            return self;
        }
        while fraction % 10 == 0 {
            fraction /= 10;
            digits -= 1;
        }
        let mut text = *b".0000";
        for place in (1..=digits).rev() {
            text[place] = b'0' + (fraction % 10) as u8;
            fraction /= 10;
        }
        self.out.extend_from_slice(&text[..=digits]);
        self
    }

    /// A day as `2024-10-24`.
    pub fn day(&mut self, day: Day) -> &mut Self {
        write_iso(day, self.out);
        self
    }

    /// A score with two decimals.
    pub fn score(&mut self, score: f32) -> &mut Self {
        self.ten_thousandths((score.clamp(0.0, 1.0) * 100.0).round() as i32 * 100)
    }

    /// A string with its quotation marks.
    #[inline]
    pub fn string(&mut self, text: &str) -> &mut Self {
        self.out.push(b'"');
        self.escaped(text);
        self.out.push(b'"');
        self
    }

    /// The inside of a string.
    #[inline]
    pub fn escaped(&mut self, text: &str) -> &mut Self {
        if must_be_escaped(text) {
            self.escaped_slowly(text);
        } else {
            self.out.extend_from_slice(text.as_bytes());
        }
        self
    }

    #[cold]
    fn escaped_slowly(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut from = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            if !needs_escape(byte) {
                continue;
            }
            self.out.extend_from_slice(&bytes[from..at]);
            from = at + 1;
            match byte {
                b'"' => self.out.extend_from_slice(b"\\\""),
                b'\\' => self.out.extend_from_slice(b"\\\\"),
                b'\n' => self.out.extend_from_slice(b"\\n"),
                b'\r' => self.out.extend_from_slice(b"\\r"),
                b'\t' => self.out.extend_from_slice(b"\\t"),
                control => {
                    const HEX: &[u8; 16] = b"0123456789abcdef";
                    let (high, low) = (HEX[usize::from(control >> 4)], HEX[usize::from(control & 15)]);
                    self.out.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
                }
            }
        }
        self.out.extend_from_slice(&bytes[from..]);
    }
}

/// Whether a string has a character that JSON writes in another way.
#[inline]
pub(super) fn must_be_escaped(text: &str) -> bool {
    text.as_bytes().iter().fold(false, |found, &b| found | needs_escape(b))
}

/// Written without a branch, so that the look over a whole string is a vector loop.
#[inline(always)]
fn needs_escape(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

//! Writes without asking, piece by piece, how much room there is.
//!
//! Records are several times the size of the text they speak of, and made of pieces of ten bytes. So a piece is not
//! copied byte by byte to its end: whole words of up to 64 bytes are stored where the output will have them, and what
//! comes next is written over what was too much ([`kernel::Nib`](crate::kernel::Nib)). That there is room for them is seen
//! to by [`Pen::turn`], which is called wherever the number of pieces is not known. The plain twin of all this is
//! serde_json: every line must parse with it to the same values (tests/schema.rs).

use super::piece::{Piece, Rendered};
use crate::kernel::{Nib, Sheet};

/// Writes the pieces of records.
#[must_use]
pub(super) struct Pen<'s>(Nib<'s>);

impl<'s> Pen<'s> {
    /// A pen at the end of the sheet's output.
    pub fn new(sheet: &'s mut Sheet<'s>) -> Self {
        Pen(Nib::new(sheet))
    }

    /// Makes room for some dozens of pieces.
    #[inline(always)]
    pub fn turn(self) -> Self {
        Pen(self.0.turn())
    }

    /// The output, with all that is written.
    pub fn finish(self) -> &'s mut Vec<u8> {
        self.0.finish()
    }

    /// Appends to the output, behind all that is written.
    #[inline(never)]
    pub fn appended(self, append: impl FnOnce(&mut Vec<u8>)) -> Self {
        Pen(self.0.appended(append))
    }

    /// Bytes written.
    #[inline]
    pub fn mark(&self) -> usize {
        self.0.written()
    }

    /// What was written since a mark.
    #[inline]
    pub fn since(&self, mark: usize) -> &[u8] {
        self.0.since(mark)
    }

    /// Stores a word; the first `len` bytes of it count.
    #[inline(always)]
    pub fn word<const N: usize>(self, word: &[u8; N], len: usize) -> Self {
        Pen(self.0.word(word, len))
    }

    /// Punctuation and keys, as they stand.
    #[inline(always)]
    pub fn raw<const N: usize>(self, text: &[u8; N]) -> Self {
        if N == 0 { self } else { self.word(text, N) }
    }

    /// A literal, or nothing; not a question for the processor, which would have to guess the answer.
    #[inline(always)]
    pub fn raw_if<const N: usize>(self, said: bool, text: &[u8; N]) -> Self {
        self.word(text, if said { N } else { 0 })
    }

    /// One of two literals.
    #[inline(always)]
    pub fn either<const A: usize, const B: usize>(self, choice: bool, a: &[u8; A], b: &[u8; B]) -> Self {
        if choice { self.raw(a) } else { self.raw(b) }
    }

    /// A literal over the last byte that was written.
    #[inline(always)]
    pub fn over_last<const N: usize>(self, text: &[u8; N]) -> Self {
        Pen(self.0.back()).raw(text)
    }

    /// A piece, as it stands.
    #[inline(always)]
    pub fn piece(self, piece: &Piece) -> Self {
        self.word(&piece.bytes, piece.len)
    }

    /// What was rendered before, as it stands.
    #[inline(always)]
    pub fn rendered(self, rendered: &Rendered) -> Self {
        let pen = self.word(&rendered.begin, rendered.len.min(64));
        if rendered.len > 64 { pen.more(rendered) } else { pen }
    }

    /// The rest of what was rendered before.
    #[inline(never)]
    fn more(mut self, rendered: &Rendered) -> Self {
        let mut left = rendered.len - 64;
        for word in &rendered.rest {
            self = self.word(word, left.min(32)).turn();
            left = left.saturating_sub(32);
        }
        self
    }

    /// Bytes, as they stand.
    #[inline]
    pub fn bytes(self, bytes: &[u8]) -> Self {
        // Two words that may lie over each other cover a text of up to twice their length.
        if let (Some(begin), Some(end)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>())
            && bytes.len() <= 16
        {
            return self.word(begin, bytes.len() - 8).word(end, 8);
        }
        match *bytes {
            [a] => self.raw(&[a]),
            [a, b, c] => self.raw(&[a, b, c]),
            _ => self.bytes_of_any_length(bytes),
        }
    }

    #[inline(never)]
    pub fn bytes_of_any_length(self, bytes: &[u8]) -> Self {
        self.appended(|out| out.extend_from_slice(bytes))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a pen leaves in the output.
    pub fn written(write: impl FnOnce(Pen<'_>) -> Pen<'_>) -> String {
        let mut out = Vec::new();
        write(Pen::new(&mut Sheet::new(&mut out))).finish();
        String::from_utf8(out).expect("JSON is UTF-8")
    }

    proptest! {
        #[test]
        fn what_is_written_stands_in_the_output_in_order(
            texts in prop::collection::vec("[a-zé]{0,40}|[a-z]{1500}", 1..400),
        ) {
            let all = written(|pen| {
                texts.iter().fold(pen, |pen, text| pen.turn().raw(b"<").bytes(text.as_bytes()).raw_if(text.is_empty(), b"-"))
            });
            let expected: String = texts.iter().map(|t| format!("<{t}{}", if t.is_empty() { "-" } else { "" })).collect();
            prop_assert_eq!(all, expected);
        }

        #[test]
        fn what_was_rendered_is_written_as_it_was(text in "[a-zé]{0,300}", count in 1..80usize) {
            let rendered = Rendered::new(text.as_bytes());
            let all = written(|pen| (0..count).fold(pen, |pen, _| pen.turn().rendered(&rendered).raw(b",")));
            prop_assert_eq!(all, format!("{text},").repeat(count));
        }
    }

    #[test]
    fn a_mark_shows_what_came_behind_it() {
        written(|pen| {
            let pen = pen.raw(b"before");
            let mark = pen.mark();
            let pen = pen.raw(b"behind").bytes(&[b'x'; 99]);
            assert_eq!(pen.since(mark), ["behind", &"x".repeat(99)].concat().as_bytes());
            pen
        });
    }
}

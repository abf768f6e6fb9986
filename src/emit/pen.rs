//! Writes without asking how much room there is.
//!
//! Records are several times the size of the text they speak of, and made of pieces of ten bytes. So a piece is not
//! copied byte by byte to its end: whole words of up to 64 bytes are stored, and what comes next is written over what
//! was too much. The room for it is an array with positions cut to its size, so no store is asked whether it fits; that
//! it does is seen to by [`Pen::turn`], which is called wherever the number of pieces is not known. The plain twin of all
//! this is serde_json: every line must parse with it to the same values (tests/schema.rs).

use super::piece::{Piece, Rendered};

/// Positions in the room are cut to this size: to 16 bits, which takes one instruction.
const ROOM: usize = 1 << 16;
/// What a word may take beyond the last position.
const BEYOND: usize = 64;
/// A pen that has written more turns to an empty room, so that all is written in the nearest cache. From one turn to the
/// next it writes far less than the rest of the room takes.
const FULL: usize = 1 << 12;
/// Texts of this length and shorter may be written between two turns.
pub(super) const SHORT: usize = FULL / 4;

/// Where a pen writes before the output takes it. Kept by a worker.
pub(super) struct Room(Box<[u8; ROOM + BEYOND]>);

impl Default for Room {
    fn default() -> Self {
        Room(Box::new([0; ROOM + BEYOND]))
    }
}

/// A room, and the output that takes what was written in it.
pub(super) struct Sheet<'s> {
    room: &'s mut [u8; ROOM + BEYOND],
    out: &'s mut Vec<u8>,
}

impl<'s> Sheet<'s> {
    pub fn new(room: &'s mut Room, out: &'s mut Vec<u8>) -> Self {
        Sheet { room: &mut room.0, out }
    }
}

/// A place on a sheet. Handed on by value, so that the place stays in a register.
#[must_use]
pub(super) struct Pen<'s> {
    sheet: &'s mut Sheet<'s>,
    at: usize,
}

impl<'s> Pen<'s> {
    /// A pen at the end of the sheet's output.
    pub fn new(sheet: &'s mut Sheet<'s>) -> Self {
        Pen { sheet, at: 0 }
    }

    /// Makes room for about as much as half the room holds.
    #[inline(always)]
    pub fn turn(self) -> Self {
        if self.at < FULL { self } else { self.emptied() }
    }

    /// Hands what is written to the output.
    #[inline(never)]
    fn emptied(mut self) -> Self {
        assert!(self.at <= ROOM, "records were written over themselves");
        self.sheet.out.extend_from_slice(&self.sheet.room[..self.at]);
        self.at = 0;
        self
    }

    /// The output, with all that is written.
    pub fn finish(self) -> &'s mut Vec<u8> {
        self.emptied().sheet.out
    }

    /// Appends to the output, behind all that is written.
    #[cold]
    #[inline(never)]
    pub fn past_room(self, append: impl FnOnce(&mut Vec<u8>)) -> Self {
        let pen = self.emptied();
        append(pen.sheet.out);
        pen
    }

    /// Bytes in the output and in the room.
    #[inline]
    pub fn mark(&self) -> (usize, usize) {
        (self.sheet.out.len(), self.at)
    }

    /// What was written since a mark, if it is still in the room.
    #[inline]
    pub fn since(&self, (out, at): (usize, usize)) -> Option<&[u8]> {
        if self.sheet.out.len() == out { self.sheet.room.get(at..self.at) } else { None }
    }

    /// Stores a word; the first `len` bytes of it count.
    #[inline(always)]
    pub fn word<const N: usize>(mut self, word: &[u8; N], len: usize) -> Self {
        const { assert!(N <= BEYOND) }
        debug_assert!(len <= N && self.at <= ROOM);
        // The compiler sees that there is such a chunk behind every position.
        if let Some(place) = self.sheet.room[self.at % ROOM..].first_chunk_mut() {
            *place = *word;
        }
        self.at += len;
        self
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
    pub fn over_last<const N: usize>(mut self, text: &[u8; N]) -> Self {
        self.at -= 1;
        self.raw(text)
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
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        // From four to sixteen bytes four words cover a text, and which they are is no question for the processor.
        let middle = (bytes.len() / 8) * 4;
        let four = |at: usize| bytes.get(at..)?.first_chunk::<4>();
        if bytes.len() <= 16
            && let Some(last) = bytes.len().checked_sub(4)
            && let (Some(a), Some(b), Some(c), Some(d)) = (four(0), four(middle), four(last - middle), four(last))
            && let Some(place) = self.sheet.room[self.at % ROOM..].first_chunk_mut::<16>()
        {
            for (at, word) in [(0, a), (middle, b), (last - middle, c), (last, d)] {
                if let Some(four) = place[at..].first_chunk_mut() {
                    *four = *word;
                }
            }
            self.at += bytes.len();
            return self;
        }
        self.bytes_of_any_length(bytes)
    }

    #[inline(never)]
    pub fn bytes_of_any_length(self, bytes: &[u8]) -> Self {
        let mut pen = self.turn();
        if bytes.len() > SHORT {
            return pen.past_room(|out| out.extend_from_slice(bytes));
        }
        pen.sheet.room[pen.at..pen.at + bytes.len()].copy_from_slice(bytes);
        pen.at += bytes.len();
        pen
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a pen leaves in the output.
    pub fn written(write: impl FnOnce(Pen<'_>) -> Pen<'_>) -> String {
        let (mut room, mut out) = (Room::default(), Vec::new());
        write(Pen::new(&mut Sheet::new(&mut room, &mut out))).finish();
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
    fn a_mark_shows_what_came_behind_it_while_it_is_there() {
        written(|pen| {
            let pen = pen.raw(b"before");
            let mark = pen.mark();
            let pen = pen.raw(b"behind");
            assert_eq!(pen.since(mark), Some(&b"behind"[..]));
            let pen = pen.bytes(&[b'x'; SHORT + 1]);
            assert_eq!(pen.since(mark), None);
            pen
        });
    }
}

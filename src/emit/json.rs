//! Writes JSON without building it: keys are literals, numbers go through tables and registers, strings are copied where
//! they need no escape.
//!
//! Records are several times the size of the text they speak of, and made of pieces of ten bytes. So a piece is not
//! copied byte by byte to its end: there is always room behind what is written, whole words of 16 or 32 bytes are
//! stored, and what comes next is written over what was too much. Its plain twin is serde_json: every line must parse
//! with it to the same values (tests/schema.rs).

use super::digits::{ZEROS, eight, four, pair};
use super::escape::{begin_must_be_escaped, copy, copy_plain, needs_escape};
use super::piece::Piece;
use crate::span::Span;

/// A text that was rendered before, of any length.
#[derive(Default)]
pub(super) struct Rendered {
    words: Vec<[u8; 32]>,
    len: u32,
}

/// Scores by hundredths, without trailing zeros: the digits and how many.
static SCORES: [([u8; 4], usize); 101] = {
    let mut scores = [(*b"0.00", 1); 101];
    let mut hundredths = 1;
    while hundredths < 100 {
        let (tens, ones) = (hundredths / 10, hundredths % 10);
        scores[hundredths] = ([b'0', b'.', b'0' + tens as u8, b'0' + ones as u8], if ones == 0 { 3 } else { 4 });
        hundredths += 1;
    }
    scores[100] = (*b"1.00", 1);
    scores
};

/// JSON on its way to the output. Kept by a worker: the room is made once.
#[derive(Default)]
pub(super) struct Json {
    /// What is written, up to `at`, and room behind it; never longer than `u32` counts.
    room: Vec<u8>,
    at: u32,
}

impl Json {
    /// Bytes written since the last [`flush`](Self::flush).
    #[inline]
    pub fn len(&self) -> usize {
        self.at as usize
    }

    /// Appends what is written to `out` and begins anew.
    pub fn flush(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.room[..self.len()]);
        self.at = 0;
    }

    /// Keeps what was written from `from` on in `rendered`.
    pub fn keep(&mut self, from: usize, rendered: &mut Rendered) {
        let len = self.len() - from;
        // The last word takes in what is behind the text.
        self.room(32);
        let words = &self.room[from..].as_chunks().0[..len.div_ceil(32)];
        rendered.len = len as u32;
        rendered.words.clear();
        rendered.words.reserve_exact(len.div_ceil(32));
        for word in words {
            rendered.words.push(*word);
        }
    }

    /// [`keep`](Self::keep), and unwrites it.
    pub fn cut(&mut self, from: usize, rendered: &mut Rendered) {
        self.keep(from, rendered);
        self.at = from as u32;
    }

    /// The next `need` bytes of room.
    fn room(&mut self, need: usize) -> &mut [u8] {
        if self.room.len() < self.len() + need {
            self.widen(need);
        }
        let at = self.len();
        &mut self.room[at..at + need]
    }

    #[cold]
    #[inline(never)]
    fn widen(&mut self, need: usize) {
        let wide = (self.len() + need).max(1 << 12).next_power_of_two();
        // Positions in it would no longer fit: rather no records of this article than wrong ones.
        assert!(wide <= 1 << 31, "a record of more than two gigabytes");
        self.room.resize(wide, 0);
    }

    /// The next `N` bytes of room, or nothing where the room must be made wider first.
    #[inline(always)]
    fn spot<const N: usize>(&mut self) -> Option<&mut [u8; N]> {
        let at = self.len();
        self.room.get_mut(at..at + N)?.first_chunk_mut()
    }

    /// Stores a word; the first `len` bytes of it count.
    #[inline(always)]
    fn word<const N: usize>(&mut self, word: &[u8; N], len: usize) -> &mut Self {
        match self.spot() {
            Some(spot) => *spot = *word,
            None => self.word_in_new_room(word),
        }
        self.at += len as u32;
        self
    }

    #[cold]
    #[inline(never)]
    fn word_in_new_room(&mut self, word: &[u8]) {
        self.room(word.len()).copy_from_slice(word);
    }

    /// Punctuation and keys, as they stand.
    #[inline(always)]
    pub fn raw<const N: usize>(&mut self, text: &[u8; N]) -> &mut Self {
        if N == 0 { self } else { self.word(text, N) }
    }

    /// One of two literals.
    #[inline(always)]
    pub fn either<const A: usize, const B: usize>(&mut self, choice: bool, a: &[u8; A], b: &[u8; B]) -> &mut Self {
        if choice { self.raw(a) } else { self.raw(b) }
    }

    /// A piece, as it stands.
    #[inline(always)]
    pub fn piece(&mut self, piece: &Piece) -> &mut Self {
        self.word(&piece.bytes, piece.len)
    }

    /// What was rendered before, as it stands.
    #[inline]
    pub fn rendered(&mut self, rendered: &Rendered) -> &mut Self {
        self.words(&rendered.words, rendered.len)
    }

    /// The first `len` bytes of some words.
    #[inline]
    pub fn words(&mut self, words: &[[u8; 32]], len: u32) -> &mut Self {
        let end = self.at + len;
        for word in words {
            self.word(word, 32);
        }
        self.at = end;
        self
    }

    /// Bytes, as they stand.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        copy(bytes, self.room(bytes.len()));
        self.at += bytes.len() as u32;
        self
    }

    /// An unsigned number.
    #[inline(always)]
    pub fn number(&mut self, number: u32) -> &mut Self {
        self.number_between(b"", number, b"")
    }

    /// An unsigned number, what stands before it and, at most four bytes, behind it.
    #[inline(always)]
    pub fn number_between<const B: usize, const A: usize>(
        &mut self,
        before: &[u8; B],
        number: u32,
        after: &[u8; A],
    ) -> &mut Self {
        self.raw(before);
        if number >= 10_000 {
            return self.large(u64::from(number)).raw(after);
        }
        let (word, len) = in_word(four(number), after);
        self.word(&word.to_le_bytes(), len)
    }

    /// Two positions, what stands before them and, at most sixteen bytes, behind them: `…start,end]…`.
    #[inline]
    pub fn span<const B: usize, const A: usize>(
        &mut self,
        before: &[u8; B],
        start: u32,
        end: u32,
        after: &[u8; A],
    ) -> &mut Self {
        const { assert!(B <= 16 && A <= 16) }
        if end >= 10_000 {
            return self.number_between(before, start, b",").number_between(b"", end, b"]").raw(after);
        }
        let digits = pair(start, end);
        let (first, first_len) = in_word(digits as u32, b",");
        let (last, last_len) = in_word((digits >> 32) as u32, b"]");
        let Some(spot) = self.spot::<48>() else {
            return self
                .raw(before)
                .word(&first.to_le_bytes(), first_len)
                .word(&last.to_le_bytes(), last_len)
                .raw(after);
        };
        // Behind each number at most four bytes more than it needs are written, and then what comes next over them.
        let second = B + (first_len & 7);
        let third = second + (last_len & 7);
        put(spot, 0, before);
        put(spot, B, &first.to_le_bytes());
        put(spot, second, &last.to_le_bytes());
        put(spot, third, after);
        self.at += (third + A) as u32;
        self
    }

    fn large(&mut self, number: u64) -> &mut Self {
        if number >= 100_000_000 {
            let mut buffer = itoa::Buffer::new();
            return self.bytes(buffer.format(number).as_bytes());
        }
        let digits = eight(number as u32);
        let zeros = (digits | 1 << 56).trailing_zeros() & !7;
        self.word(&((digits | ZEROS) >> zeros).to_le_bytes(), 8 - zeros as usize / 8)
    }

    /// A number with a fraction; a whole one is written without (`2400`, not `2400.0`).
    pub fn float(&mut self, number: f64) -> &mut Self {
        let whole = number as i64;
        if whole as f64 == number && number.abs() < 9.0e15 {
            if whole < 0 {
                self.raw(b"-");
            }
            return self.large(whole.unsigned_abs());
        }
        // A decimal of fifteen digits or fewer that reads back as the number is the shortest one that does.
        let size = (number * 10_000.0).round();
        if size.abs() < 2.0e9 && size / 10_000.0 == number {
            return self.ten_thousandths(size as i32);
        }
        let mut buffer = ryu::Buffer::new();
        self.bytes(buffer.format_finite(number).as_bytes())
    }

    /// A number of ten-thousandths, as a decimal fraction without trailing zeros.
    pub fn ten_thousandths(&mut self, number: i32) -> &mut Self {
        if number < 0 {
            self.raw(b"-");
        }
        let size = number.unsigned_abs();
        self.number(size / 10_000);
        let digits = four(size % 10_000);
        if digits == 0 {
            return self;
        }
        let zeros = digits.leading_zeros() as usize / 8;
        let word = u64::from(digits | ZEROS as u32) << 8 | u64::from(b'.');
        self.word(&word.to_le_bytes(), 5 - zeros)
    }

    /// A score with two decimals.
    #[inline]
    pub fn score(&mut self, score: f32) -> &mut Self {
        let hundredths = f64::from(score.clamp(0.0, 1.0) * 100.0) + 0.5;
        let (digits, len) = &SCORES[hundredths as usize];
        self.word(digits, *len)
    }

    /// A string with its quotation marks.
    pub fn string(&mut self, text: &str) -> &mut Self {
        self.raw(b"\"").escaped(text).raw(b"\"")
    }

    /// The inside of a string.
    #[inline]
    pub fn escaped(&mut self, text: &str) -> &mut Self {
        if !self.copied(text.as_bytes()) {
            self.escaped_slowly(text.as_bytes());
        }
        self
    }

    /// The inside of a string that is a stretch of `whole`.
    #[inline]
    pub fn escaped_stretch(&mut self, whole: &[u8], span: Span) -> &mut Self {
        if !self.plain_stretch(whole, span) {
            self.escaped_slowly(&whole[span.range()]);
        }
        self
    }

    /// A stretch of `whole`, as it stands, where nothing in it must be escaped. Else writes nothing and says so.
    #[inline(always)]
    pub fn plain_stretch(&mut self, whole: &[u8], span: Span) -> bool {
        let len = span.len() as usize;
        // The word may run over the end of a short stretch, which is most often not that of the whole.
        match whole.get(span.start() as usize..).and_then(<[u8]>::first_chunk) {
            Some(word) if len <= 16 => {
                let plain = !begin_must_be_escaped(word, len);
                self.word(word, if plain { len } else { 0 });
                plain
            }
            _ => self.copied(&whole[span.range()]),
        }
    }

    /// Copies a text where nothing in it must be escaped. Else writes nothing and says so.
    #[inline(never)]
    fn copied(&mut self, text: &[u8]) -> bool {
        let plain = copy_plain(text, self.room(text.len()));
        if plain {
            self.at += text.len() as u32;
        }
        plain
    }

    #[cold]
    #[inline(never)]
    pub fn escaped_slowly(&mut self, bytes: &[u8]) {
        let mut from = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            if !needs_escape(byte) {
                continue;
            }
            self.bytes(&bytes[from..at]);
            from = at + 1;
            match byte {
                b'"' => self.raw(b"\\\""),
                b'\\' => self.raw(b"\\\\"),
                b'\n' => self.raw(b"\\n"),
                b'\r' => self.raw(b"\\r"),
                b'\t' => self.raw(b"\\t"),
                control => {
                    const HEX: &[u8; 16] = b"0123456789abcdef";
                    let (high, low) = (HEX[usize::from(control >> 4)], HEX[usize::from(control & 15)]);
                    self.raw(&[b'\\', b'u', b'0', b'0', high, low])
                }
            };
        }
        self.bytes(&bytes[from..]);
    }
}

/// The digits of a number below ten thousand without the zeros in front, and at most four bytes behind them, as a word;
/// and how many bytes they are.
#[inline(always)]
fn in_word<const N: usize>(digits: u32, then: &[u8; N]) -> (u64, usize) {
    const { assert!(N <= 4) }
    // The last digit stays, zero or not.
    let zeros = (digits | 1 << 24).trailing_zeros() & 0x18;
    let mut word = u64::from(digits | ZEROS as u32);
    for (i, &byte) in then.iter().enumerate() {
        word |= u64::from(byte) << (32 + 8 * i);
    }
    (word >> zeros, (4 + N - (zeros / 8) as usize) & 15)
}

/// Stores a word inside a spot. A place beyond it is never asked for, and the masks of the caller show the compiler so.
#[inline(always)]
fn put<const N: usize>(spot: &mut [u8; 48], at: usize, word: &[u8; N]) {
    if let Some(place) = spot[at..].first_chunk_mut() {
        *place = *word;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(write: impl FnOnce(&mut Json)) -> String {
        let (mut json, mut out) = (Json::default(), Vec::new());
        write(&mut json);
        json.flush(&mut out);
        String::from_utf8(out).expect("JSON is UTF-8")
    }

    #[test]
    fn every_byte_is_found_wherever_it_stands() {
        for len in 0..70usize {
            for at in 0..len {
                for byte in 0..128u8 {
                    let mut text = vec![b'x'; len];
                    text[at] = byte;
                    // What stands behind the stretch is none of its business.
                    let whole = [&text[..], b"\"\n\"\n\"\n\"\n\"\n\"\n\"\n\"\n\"\n"].concat();
                    let text = String::from_utf8(text).expect("ASCII");
                    let string = written(|json| _ = json.string(&text));
                    assert_eq!(serde_json::from_str(&string).ok(), Some(text));
                    let stretch = |json: &mut Json| {
                        json.raw(b"\"").escaped_stretch(&whole, Span::new(0, len as u32)).raw(b"\"");
                    };
                    assert_eq!(written(stretch), string);
                }
            }
        }
    }

    #[test]
    fn scores_have_two_decimals_and_no_zeros_behind() {
        for (score, text) in
            [(0.0, "0"), (0.004, "0"), (0.1, "0.1"), (0.755, "0.76"), (0.9, "0.9"), (0.999, "1"), (3.0, "1")]
        {
            assert_eq!(written(|json| _ = json.score(score)), text, "{score}");
        }
    }

    #[test]
    fn a_day_is_its_date() {
        use crate::entities::time::day_of;
        for (date, text) in [
            ((1970, 1, 1), "1970-01-01"),
            ((2024, 10, 24), "2024-10-24"),
            ((33, 4, 3), "0033-04-03"),
            ((12024, 2, 29), "+12024-02-29"),
            ((-43, 3, 15), "-00043-03-15"),
        ] {
            let day = Piece::day(day_of(date.0, date.1, date.2));
            assert_eq!(written(|json| _ = json.piece(&day)), text);
        }
    }

    proptest! {
        #[test]
        fn numbers_are_as_the_standard_library_writes_them(number: u32, small in 0..20_000u32, more in 0..200_000u32) {
            prop_assert_eq!(written(|json| _ = json.number(number)), number.to_string());
            prop_assert_eq!(written(|json| _ = json.number_between(b"a", small, b"bcde")), format!("a{small}bcde"));
            let span = written(|json| _ = json.span(b"\"span\":[", small, small + more, b",\"text\":\""));
            prop_assert_eq!(span, format!("\"span\":[{small},{}],\"text\":\"", small + more));
        }

        #[test]
        fn fractions_are_the_shortest_that_read_back(size in -1_000_000_000..1_000_000_000i64, places in 0..8i32, any: f64) {
            let decimal = size as f64 / 10f64.powi(places);
            for number in [decimal, any] {
                if number.is_finite() && number.fract() != 0.0 {
                    let text = written(|json| _ = json.float(number));
                    let mut buffer = ryu::Buffer::new();
                    prop_assert_eq!(text.as_str(), buffer.format_finite(number));
                }
            }
        }

        #[test]
        fn what_is_kept_is_what_was_written(texts in prop::collection::vec("[a-zé\"]{0,90}", 1..9)) {
            let mut kept = Rendered::default();
            let twice = written(|json| {
                json.raw(b"before");
                let begin = json.len();
                texts.iter().for_each(|text| _ = json.escaped(text));
                json.cut(begin, &mut kept);
                json.rendered(&kept).rendered(&kept).raw(b"behind");
            });
            let once = texts.concat().replace('"', "\\\"");
            prop_assert_eq!(twice, format!("before{once}{once}behind"));
        }
    }
}

//! Texts, as JSON writes them: copied where they need no escape.

use super::escape::{append_escaped, begin_must_be_escaped};
use super::pen::Pen;
use crate::span::Span;

impl Pen<'_> {
    /// A string with its quotation marks.
    pub fn string(self, text: &str) -> Self {
        self.raw(b"\"").escaped(text.as_bytes()).raw(b"\"")
    }

    /// The inside of a string.
    pub fn escaped(self, text: &[u8]) -> Self {
        self.appended(|out| append_escaped(text, out))
    }

    /// The inside of a string that is a stretch of `whole`.
    #[inline(always)]
    pub fn escaped_stretch(self, whole: &[u8], span: Span) -> Self {
        let (pen, is_written) = self.short_stretch(whole, span);
        if is_written { pen } else { pen.escaped(&whole[span.range()]) }
    }

    /// A stretch of `whole`, as it stands, where it is short and nothing in it must be escaped. Else writes nothing and
    /// says so.
    #[inline(always)]
    pub fn short_stretch(self, whole: &[u8], span: Span) -> (Self, bool) {
        let len = span.len() as usize;
        // The word may run over the end of the stretch, which is most often not that of the whole.
        match whole.get(span.start() as usize..).and_then(<[u8]>::first_chunk) {
            Some(word) if len <= 32 => {
                let plain = !begin_must_be_escaped(word, len);
                (self.word(word, if plain { len } else { 0 }), plain)
            }
            _ => self.middling_stretch(whole, span),
        }
    }

    /// [`short_stretch`](Self::short_stretch) of twice the length.
    #[inline(never)]
    fn middling_stretch(self, whole: &[u8], span: Span) -> (Self, bool) {
        let len = span.len() as usize;
        match whole.get(span.start() as usize..).and_then(<[u8]>::first_chunk::<64>) {
            Some(word) if (32..=64).contains(&len) => {
                let [first, second] = [&word[..32], &word[32..]].map(|half| half.first_chunk().unwrap_or(&[0; 32]));
                let plain = !begin_must_be_escaped(first, 32) & !begin_must_be_escaped(second, len - 32);
                (self.word(word, if plain { len } else { 0 }), plain)
            }
            _ => (self, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pen::tests::written;
    use super::*;

    #[test]
    fn every_byte_is_found_wherever_it_stands() {
        for len in 0..99usize {
            for at in 0..len {
                for byte in 0..128u8 {
                    let mut text = vec![b'x'; len];
                    text[at] = byte;
                    // What stands behind the stretch is none of its business.
                    let whole = [&text[..], &b"\"\n".repeat(32)].concat();
                    let text = String::from_utf8(text).expect("ASCII");
                    let string = written(|pen| pen.string(&text));
                    assert_eq!(serde_json::from_str(&string).ok(), Some(text));
                    for whole in [&whole[..], &whole[..len]] {
                        let span = Span::new(0, len as u32);
                        assert_eq!(written(|pen| pen.raw(b"\"").escaped_stretch(whole, span).raw(b"\"")), string);
                    }
                }
            }
        }
    }

    #[test]
    fn long_texts_are_written_whole() {
        for text in ["x".repeat(9_999), "\"x".repeat(9_999)] {
            assert_eq!(written(|pen| pen.string(&text)), serde_json::to_string(&text).expect("a string"));
        }
    }
}

//! Which bytes JSON writes in another way.
//!
//! Nearly no name has such a byte, so the question is asked of many bytes at once, of those that are at hand because
//! they are being copied.

/// Whether one of the first `len` bytes of a word is a character that JSON writes in another way.
#[inline(always)]
pub(super) fn begin_must_be_escaped(word: &[u8; 32], len: usize) -> bool {
    /// Laid over a word from its `len`th byte on, it makes those bytes such as need no escape.
    static TAILS: [u8; 64] = {
        let mut tails = [0; 64];
        let mut at = 32;
        while at < 64 {
            tails[at] = 0x80;
            at += 1;
        }
        tails
    };
    let tail = TAILS[32 - len.min(32)..].first_chunk().unwrap_or(&[0; 32]);
    // Written so that the compiler sees one vector.
    let mut any = 0;
    for i in 0..32 {
        any |= u8::from(needs_escape(word[i] | tail[i]));
    }
    any != 0
}

/// Whether a text has a character that JSON writes in another way.
fn must_be_escaped(text: &[u8]) -> bool {
    let (words, rest) = text.as_chunks();
    let escapes = |word: &[u8; 32]| begin_must_be_escaped(word, 32);
    words.iter().any(escapes) || text.last_chunk().map_or_else(|| rest.iter().copied().any(needs_escape), escapes)
}

/// Appends the inside of a string.
pub(super) fn append_escaped(text: &[u8], out: &mut Vec<u8>) {
    if !must_be_escaped(text) {
        return out.extend_from_slice(text);
    }
    let mut from = 0;
    for (at, &byte) in text.iter().enumerate() {
        if !needs_escape(byte) {
            continue;
        }
        out.extend_from_slice(&text[from..at]);
        from = at + 1;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            control => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                let (high, low) = (HEX[usize::from(control >> 4)], HEX[usize::from(control & 15)]);
                out.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
            }
        }
    }
    out.extend_from_slice(&text[from..]);
}

#[inline(always)]
fn needs_escape(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

//! Which bytes JSON writes in another way, and copies of short texts.
//!
//! Nearly no name has such a byte, so the question is asked of eight bytes at once, of those that are at hand because
//! they are being copied. The sums are written out: a loop over bytes becomes vector code in one place and not in another.

/// Copies a text into room of its length: a short one as two words that overlap, because that is done before a call of
/// the general routine begins.
#[inline(always)]
pub(super) fn copy(text: &[u8], room: &mut [u8]) {
    let done = match text.len() {
        4..=8 => two_words::<4>(text, room).is_some(),
        9..=16 => two_words::<8>(text, room).is_some(),
        17..=32 => two_words::<16>(text, room).is_some(),
        _ => false,
    };
    if !done {
        room.copy_from_slice(text);
    }
}

/// Copies the first and the last word of a text; returns both.
#[inline(always)]
fn two_words<'t, const N: usize>(text: &'t [u8], room: &mut [u8]) -> Option<(&'t [u8; N], &'t [u8; N])> {
    let (first, last) = (text.first_chunk()?, text.last_chunk()?);
    *room.first_chunk_mut()? = *first;
    *room.last_chunk_mut()? = *last;
    Some((first, last))
}

/// [`copy`], and whether nothing in the text must be escaped.
#[inline(always)]
pub(super) fn copy_plain(text: &[u8], room: &mut [u8]) -> bool {
    match text.len() {
        0..=3 => {
            room.copy_from_slice(text);
            !text.iter().any(|&b| needs_escape(b))
        }
        4..=8 => two_words(text, room).is_some_and(|(&first, &last)| {
            let both = u64::from(u32::from_le_bytes(first)) | u64::from(u32::from_le_bytes(last)) << 32;
            escapes(both) & HIGH_BITS == 0
        }),
        9..=16 => two_words(text, room).is_some_and(|(&first, &last)| {
            (escapes(u64::from_le_bytes(first)) | escapes(u64::from_le_bytes(last))) & HIGH_BITS == 0
        }),
        17..=32 => two_words::<16>(text, room).is_some_and(|(a, b)| !must_be_escaped(a) & !must_be_escaped(b)),
        _ => {
            room.copy_from_slice(text);
            let words = text.as_chunks::<16>().0.iter().chain(text.last_chunk());
            words.fold(true, |plain, word| plain & !must_be_escaped(word))
        }
    }
}

/// Whether one of the first `len` bytes of a word is a character that JSON writes in another way.
#[inline(always)]
pub(super) fn begin_must_be_escaped(word: &[u8; 16], len: usize) -> bool {
    /// Laid over a word from its `len`th byte on, it makes those bytes such as need no escape.
    static TAILS: [u8; 32] = {
        let mut tails = [0; 32];
        let mut at = 16;
        while at < 32 {
            tails[at] = 0x80;
            at += 1;
        }
        tails
    };
    let tail = TAILS[16 - len.min(16)..].first_chunk().unwrap_or(&[0; 16]);
    let [(low, high), (low_tail, high_tail)] = [halves(word), halves(tail)];
    (escapes(low | low_tail) | escapes(high | high_tail)) & HIGH_BITS != 0
}

/// Whether a word has a character that JSON writes in another way.
#[inline(always)]
fn must_be_escaped(word: &[u8; 16]) -> bool {
    let (low, high) = halves(word);
    (escapes(low) | escapes(high)) & HIGH_BITS != 0
}

#[inline(always)]
fn halves(word: &[u8; 16]) -> (u64, u64) {
    let word = u128::from_le_bytes(*word);
    (word as u64, (word >> 64) as u64)
}

/// The highest bit of each of eight bytes.
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

/// Of [`HIGH_BITS`], at least one where one of the eight bytes is a quotation mark, a backslash or below a space, and
/// none where there is no such byte. The other bits say nothing.
#[inline(always)]
fn escapes(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // To take one from a byte borrows from above only when it is zero. Bytes beyond ASCII are left out at the end.
    let quote = (eight ^ (EACH * b'"' as u64)).wrapping_sub(EACH);
    let backslash = (eight ^ (EACH * b'\\' as u64)).wrapping_sub(EACH);
    let control = eight.wrapping_sub(EACH * b' ' as u64);
    (quote | backslash | control) & !eight
}

#[inline(always)]
pub(super) fn needs_escape(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

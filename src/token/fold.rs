//! The folded form of a word and its hash: what "the same word" means everywhere in the program.
//!
//! Lists and texts are folded by the same code, so a word of a text finds its entry whatever its case, accents or kind
//! of quotation mark. The text itself is never changed by it.

use super::form;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const K: [u64; 4] = [0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93, 0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB];

/// A hash of two words: the halves of their 128-bit product, folded (the mixing step of wyhash).
#[inline(always)]
pub const fn mix(a: u64, b: u64) -> u64 {
    multiply(a ^ K[0], b ^ K[1])
}

#[inline(always)]
const fn multiply(a: u64, b: u64) -> u64 {
    let product = a as u128 * b as u128;
    (product as u64) ^ (product >> 64) as u64
}

#[inline]
fn load(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8) {
        Some(eight) => u64::from_le_bytes(eight.try_into().expect("a slice of eight bytes")),
        None => {
            let mut buffer = [0u8; 8];
            let rest = &bytes[at.min(bytes.len())..];
            buffer[..rest.len()].copy_from_slice(rest);
            u64::from_le_bytes(buffer)
        }
    }
}

const CASE: u64 = 0x2020_2020_2020_2020;

/// The letters of the first bytes of sixteen, by the length of a word, without the bit that tells small from capital.
const FIRST: [[u64; 2]; 32] = {
    let mut masks = [[!CASE; 2]; 32];
    let mut len = 0;
    while len < 16 {
        let mask = (1u128 << (8 * len)) - 1;
        masks[len] = [mask as u64 & !CASE, (mask >> 64) as u64 & !CASE];
        len += 1;
    }
    masks
};

/// Hash of the folded form of the ASCII word `text[start..end]`.
///
/// Sixteen bytes are hashed at once whatever the word's length: a branch on it would be guessed wrong once in five
/// words, which costs more than the second half. The length need not be part of it, since no letter or digit folds to
/// what stands behind the end.
#[inline]
pub fn hash_ascii(text: &[u8], start: usize, end: usize) -> u64 {
    let len = end - start;
    let letters = FIRST[len.min(16)];
    let state = hash_letters(load(text, start) & letters[0], load(text, start + 8) & letters[1]);
    if len > 16 { hash_rest(text, start + 16, end, state) } else { state }
}

/// [`hash_ascii`] of a word or [`hash_symbol`] of a symbol, of ASCII, and what its first byte tells.
#[inline(always)]
pub(super) fn hash_token(text: &[u8], start: usize, end: usize) -> (u64, &'static Initial) {
    let len = end - start;
    let Some(first) = text.get(start..start + 16).filter(|_| len <= 16) else {
        return hash_seldom(text, start, end);
    };
    let sixteen = u128::from_le_bytes(first.try_into().expect("a slice of sixteen bytes"));
    let (first, second) = (sixteen as u64, (sixteen >> 64) as u64);
    let (letters, initial) = (FIRST[len & 31], &INITIALS[usize::from(first as u8)]);
    (multiply(first & letters[0] ^ initial.key, second & letters[1] ^ SECOND_KEY), initial)
}

/// [`hash_token`] of a long word, or of a token near the end of the text.
#[cold]
#[inline(never)]
fn hash_seldom(text: &[u8], start: usize, end: usize) -> (u64, &'static Initial) {
    let first = text[start];
    let is_symbol = end - start == 1 && !first.is_ascii_alphanumeric();
    let hash = if is_symbol { hash_symbol(first as char) } else { hash_ascii(text, start, end) };
    (hash, &INITIALS[usize::from(first)])
}

/// [`hash_token`] of the first `len` of sixteen bytes; and whether that is so: only if they are no more than sixteen, all
/// of them of ASCII.
#[inline(always)]
pub(super) fn hash_plain(sixteen: [u8; 16], len: usize) -> (u64, bool) {
    hash_keyed(sixteen, len, INITIALS[usize::from(sixteen[0])].key)
}

/// [`hash_plain`] of what is known to be a word.
#[inline(always)]
pub(super) fn hash_plain_word(sixteen: [u8; 16], len: usize) -> (u64, bool) {
    hash_keyed(sixteen, len, CASE ^ K[0])
}

#[inline(always)]
fn hash_keyed(sixteen: [u8; 16], len: usize, key: u64) -> (u64, bool) {
    let sixteen = u128::from_le_bytes(sixteen);
    let letters = FIRST[len & 31];
    let (first, second) = (sixteen as u64 & letters[0], (sixteen >> 64) as u64 & letters[1]);
    let is_plain = (len <= 16) & ((first | second) & BEYOND_ASCII == 0);
    (multiply(first ^ key, second ^ SECOND_KEY), is_plain)
}

/// The bits of eight bytes that only characters beyond ASCII have.
const BEYOND_ASCII: u64 = 0x8080_8080_8080_8080;

/// What is joined to the second eight letters of a token before they are multiplied.
const SECOND_KEY: u64 = CASE ^ K[1];

/// What the first byte of a token tells of it, if it is of ASCII and has no capital inside.
#[derive(Clone, Copy)]
pub(super) struct Initial {
    /// What is joined to its first eight letters before they are multiplied: of a symbol also its difference from its
    /// folded form without the bit of case.
    key: u64,
    /// Bits of [`form`].
    pub form: u32,
    /// [`Token::symbol`](super::Token::symbol), and before it what the dictionary fills.
    pub told: u32,
}

/// By the byte; what is said of bytes beyond ASCII is to be corrected.
static INITIALS: [Initial; 256] = {
    let mut table = [Initial { key: CASE ^ K[0], form: 0, told: 0 }; 256];
    let mut at = 0;
    while at < 128 {
        let own = at as u8;
        let folded = fold_symbol(own as char) as u8;
        let (form, symbol) = match own {
            b'a'..=b'z' => (form::WORD, own),
            b'A'..=b'Z' => (form::WORD | form::CAPITAL, own),
            b'0'..=b'9' => (form::WORD | form::DIGIT, own),
            _ => (form::OF_SYMBOL[at], folded),
        };
        if form & form::WORD == 0 {
            table[at].key ^= (own & !0x20 ^ folded) as u64;
        }
        (table[at].form, table[at].told) = (form, u32::from_le_bytes([0, 0, 0, symbol]));
        at += 1;
    }
    table
};

/// Hash of sixteen letters, those behind the word's end 0.
#[inline(always)]
fn hash_letters(first: u64, second: u64) -> u64 {
    mix(first ^ CASE, second ^ CASE)
}

/// The part of a long word behind its first sixteen bytes.
#[inline(never)]
fn hash_rest(text: &[u8], start: usize, end: usize, state: u64) -> u64 {
    (start..end).step_by(8).fold(state, |state, at| mix(state, load(text, at) & FIRST[(end - at).min(8)][0] ^ CASE))
}

/// The beginnings and ends of one short ASCII word, hashed as words of their own: what [`hash_ascii`] says of each, for
/// less, because the word is read once.
#[derive(Clone, Copy)]
pub struct Pieces {
    letters: u128,
}

impl Pieces {
    /// Longest word, in bytes.
    const LONGEST: usize = 16;

    /// Reads the ASCII word `text[start..end]`; none when it is too long.
    pub fn new(text: &[u8], start: usize, end: usize) -> Option<Pieces> {
        let len = end - start;
        if len > Pieces::LONGEST {
            return None;
        }
        let window = match text.get(start..).and_then(|rest| rest.first_chunk::<16>()) {
            Some(window) => u128::from_le_bytes(*window),
            None => u128::from(load(text, start)) | u128::from(load(text, start + 8)) << 64,
        };
        let letters = window & u128::MAX >> (8 * (Pieces::LONGEST - len));
        Some(Pieces { letters })
    }

    /// Hash of the first `len` bytes, at least one.
    #[inline]
    pub fn beginning(&self, len: usize) -> u64 {
        Pieces::hash(self.letters & u128::MAX >> (8 * (Pieces::LONGEST - len)))
    }

    /// Hash of what follows the first `from` bytes, at least one.
    #[inline]
    pub fn end(&self, from: usize) -> u64 {
        Pieces::hash(self.letters >> (8 * from))
    }

    #[inline]
    fn hash(letters: u128) -> u64 {
        mix(letters as u64 | CASE, (letters >> 64) as u64 | CASE)
    }
}

/// Hash of an already folded word; agrees with [`hash_ascii`] for ASCII letters and digits.
pub fn hash_folded(folded: &str) -> u64 {
    hash_ascii(folded.as_bytes(), 0, folded.len())
}

/// Hash of a character that is no part of a word, quotation marks and dashes folded.
#[inline]
pub fn hash_symbol(symbol: char) -> u64 {
    let folded = fold_symbol(symbol);
    let number = u64::from(u32::from(folded));
    if folded.is_ascii() { hash_letters(number, 0) } else { mix(number, K[2]) }
}

/// One form for the many quotation marks, apostrophes and dashes of Unicode.
#[inline]
pub const fn fold_symbol(symbol: char) -> char {
    match symbol {
        '’' | '‘' | 'ʼ' | '‛' | '`' | '´' | '′' => '\'',
        '“' | '”' | '„' | '«' | '»' | '‟' | '″' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        other => other,
    }
}

/// Appends the folded form of a word: compatibility decomposition without marks, lower case, Latin letters that do not
/// decompose spelled out.
pub fn fold_word(word: &str, out: &mut String) {
    let begin = out.len();
    for c in word.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else if let Some(letters) = latin(c) {
            out.extend(letters.into_iter().filter(|&letter| letter != NO_LETTER));
        } else {
            out.truncate(begin);
            return fold_slowly(word, out);
        }
    }
}

/// [`hash_folded`] of the folded form of a word of up to sixteen bytes, behind which `bytes` are 0, if it has no
/// characters but those of ASCII and Latin letters that fold to some.
pub(super) fn hash_latin(bytes: [u8; 16]) -> Option<u64> {
    const BEYOND: u128 = u128::from_le_bytes([0x80; 16]);
    let mut word = u128::from_le_bytes(bytes);
    while word & BEYOND != 0 {
        let at = (word & BEYOND).trailing_zeros() & !7;
        let (c, bits) = match ((word >> at) as u32).to_le_bytes() {
            [first @ 0xC3..=0xC9, second, ..] => (u32::from(first & 0x1F) << 6 | u32::from(second & 0x3F), 16),
            [0xE1, second, third, _] => (0x1000 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F), 24),
            _ => return None,
        };
        // No letter folds to more than its bytes were, so nothing is lost at the end.
        let [first, second] = latin(char::from_u32(c)?)?.map(u32::from);
        if first | second >= 0x80 {
            return None;
        }
        let letters = u128::from(first | second << 8) << at;
        let behind = word.checked_shr(at + bits).unwrap_or(0);
        let behind = behind.checked_shl(if second == 0 { at + 8 } else { at + 16 }).unwrap_or(0);
        word = word & !(u128::MAX << at) | letters | behind;
    }
    Some(mix(word as u64 | CASE, (word >> 64) as u64 | CASE))
}

/// The folded form of a Latin letter beyond ASCII that stands for itself, whatever stands beside it: a letter or two.
#[inline]
fn latin(c: char) -> Option<[char; 2]> {
    let at = match c {
        '\u{C0}'..='\u{24F}' => c as usize - 0xC0,
        '\u{1E00}'..='\u{1EFF}' => c as usize - 0x1E00 + LATIN_EXTENDED,
        _ => return None,
    };
    Some(LATIN[at])
}

/// Behind a letter that stands alone.
const NO_LETTER: char = '\0';

/// Where the letters of the block "Latin Extended Additional" begin in [`LATIN`].
const LATIN_EXTENDED: usize = 0x250 - 0xC0;

/// See [`latin`].
static LATIN: LazyLock<[[char; 2]; LATIN_EXTENDED + 0x100]> = LazyLock::new(|| {
    let mut rows = [[NO_LETTER; 2]; LATIN_EXTENDED + 0x100];
    let mut folded = String::new();
    for (row, c) in rows.iter_mut().zip(('\u{C0}'..='\u{24F}').chain('\u{1E00}'..='\u{1EFF}')) {
        folded.clear();
        fold_slowly(c.encode_utf8(&mut [0; 4]), &mut folded);
        for (place, letter) in row.iter_mut().zip(folded.chars()) {
            *place = letter;
        }
    }
    rows
});

/// [`fold_word`] of any word.
fn fold_slowly(word: &str, out: &mut String) {
    for c in word.nfkd() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
            continue;
        }
        if is_combining_mark(c) || is_ignorable(c) {
            continue;
        }
        match c {
            'ł' | 'Ł' => out.push('l'),
            'ø' | 'Ø' => out.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'ı' => out.push('i'),
            'ħ' | 'Ħ' => out.push('h'),
            'ŋ' | 'Ŋ' => out.push('n'),
            'ə' | 'Ə' => out.push('a'),
            'ß' | 'ẞ' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'þ' | 'Þ' => out.push_str("th"),
            other => out.extend(other.to_lowercase().filter(|c| !is_combining_mark(*c))),
        }
    }
}

/// Characters that stand inside a word without being seen: soft hyphen, joiners, the byte order mark.
pub fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_letters_are_folded_as_any_others() {
        for letter in ('\u{80}'..='\u{300}').chain('\u{1DF0}'..='\u{1F00}') {
            for word in [format!("a{letter}é"), format!("{letter}"), format!("Sixteen bytes{letter}")] {
                let (mut fast, mut slow) = (String::new(), String::new());
                fold_word(&word, &mut fast);
                fold_slowly(&word, &mut slow);
                assert_eq!(fast, slow, "{word}");
                let mut bytes = [0; 16];
                if let Some(own) = bytes.get_mut(..word.len()) {
                    own.copy_from_slice(word.as_bytes());
                    let hash = hash_latin(bytes);
                    let is_latin = latin(letter).is_some() && slow.is_ascii();
                    assert_eq!(hash, is_latin.then(|| hash_folded(&slow)), "{word}");
                }
            }
        }
    }

    #[test]
    fn a_piece_is_hashed_as_the_word_that_it_is() {
        for text in ["Gatheringthe", "a", "of", "sixteen1letters2", "word at the end"] {
            for end in 1..=text.len().min(Pieces::LONGEST) {
                let pieces = Pieces::new(text.as_bytes(), 0, end).expect("it is short");
                for at in 1..end {
                    assert_eq!(pieces.beginning(at), hash_ascii(text.as_bytes(), 0, at), "{text} {at}");
                    assert_eq!(pieces.end(at), hash_ascii(text.as_bytes(), at, end), "{text} {at}");
                }
            }
        }
        assert!(Pieces::new(b"seventeen letters", 0, 17).is_none());
    }
}

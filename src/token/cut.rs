//! Reads the tokens off the byte masks of a text.
//!
//! Nearly all words lie in one block, are small letters but for the first, and have one space or nothing before them.
//! What is not so is found for a whole block at once, and only it is looked at more closely.

use super::fold::{self, fold_symbol, fold_word, hash_folded, hash_symbol};
use super::{NO_WORD, Token, form, writes_no_spaces};
use crate::kernel::{self, Block};
use unicode_segmentation::UnicodeSegmentation;

/// What no token has yet, for room that is not yet used.
pub(super) const BLANK: Token =
    Token { hash: 0, start: 0, end: 0, class: 0, word: NO_WORD, form: 0, symbol: 0, function: 0, name_weights: 0 };

/// A text with its masks, to be cut.
pub(super) struct Cutter<'a> {
    pub text: &'a str,
    pub blocks: &'a [Block],
    /// Room for at least [`most_tokens`].
    pub list: &'a mut [Token],
    /// For the folded form of a word.
    pub folded: &'a mut String,
}

/// The most tokens that a text with these masks can have.
pub(super) fn most_tokens(blocks: &[Block]) -> usize {
    let mut most = 0;
    let mut before = 0;
    for block in blocks {
        let starts = block.word & !(block.word << 1 | before) | !(block.word | block.space | block.inner);
        before = block.word >> 63;
        // A run of letters may be cut before and behind each of its characters beyond ASCII.
        most += starts.count_ones() as usize + 2 * (block.high & !block.inner).count_ones() as usize;
    }
    most
}

impl kernel::Wide for Cutter<'_> {
    /// The number of tokens.
    type Answer = usize;

    #[inline(always)]
    fn run(self) -> usize {
        let Cutter { text, blocks, list, folded } = self;
        let bytes = text.as_bytes();
        let mut len = 0;
        let mut before = Block::default();
        for (i, block) in blocks.iter().enumerate() {
            let (word, base) = (block.word, i * 64);
            let starts = word & !(word << 1 | before.word >> 63);
            let mut tokens = starts | !(word | block.space | block.inner);
            // A word that goes on in the next block is not of this one, nor is the end of one that began before.
            let open = starts & !u64::MAX.checked_shr((!word).leading_zeros()).unwrap_or(0);
            tokens &= !open;
            let ends = word << 1 & !word;
            let mut ends = ends & ends.wrapping_sub(before.word >> 63 & word & 1);
            let apart = (block.blank << 1 | before.blank >> 63) & !(block.space << 2 | before.space >> 62);
            let mut odd = (block.space << 1 | before.space >> 63) & !apart;
            if len == 0 {
                odd |= tokens & tokens.wrapping_neg() | open;
            }
            before = *block;
            // A run of ones and some of its bits add up to a bit behind the run.
            let with = |some: u64| word.wrapping_add(some) & !word;
            let lower = word & !(block.upper | block.digit | block.high);
            let beyond = with(block.high & word);
            let rare = beyond | with(block.digit & starts | block.upper & !starts) | with(block.upper) & !with(lower);
            while tokens != 0 {
                let bit = tokens.trailing_zeros();
                tokens &= tokens - 1;
                let start = base + bit as usize;
                let mut gap = flag(apart >> bit & 1 != 0, form::SPACE);
                if odd >> bit & 1 != 0 {
                    gap = gap_before(text, &list[..len], start);
                }
                if word >> bit & 1 == 0 {
                    let byte = bytes[start];
                    if byte < 0x80 {
                        let Symbol { hash, form, folded } = SYMBOLS[usize::from(byte)];
                        list[len] = token(start, start + 1, hash, form | gap, folded);
                    } else {
                        list[len] = symbol_beyond_ascii(text, start, gap);
                    }
                    len += 1;
                    continue;
                }
                let edge = ends.trailing_zeros();
                ends &= ends.wrapping_sub(1);
                let end = base + edge as usize;
                let mut bits = form::WORD | flag(block.upper >> bit & 1 != 0, form::CAPITAL);
                if rare >> (edge & 63) & 1 != 0 {
                    if beyond >> (edge & 63) & 1 != 0 {
                        len += word_beyond_ascii(text, start, end, gap, folded, &mut list[len..]);
                        continue;
                    }
                    bits = form_of((end - start) as u32, block.upper >> bit, lower >> bit, block.digit >> bit);
                }
                let (hash, first) = fold::hash_and_first(bytes, start, end);
                list[len] = token(start, end, hash, bits | gap, first);
                len += 1;
            }
            if open != 0 {
                let bit = open.trailing_zeros();
                let start = base + bit as usize;
                let gap = if odd & open != 0 {
                    gap_before(text, &list[..len], start)
                } else {
                    flag(apart & open != 0, form::SPACE)
                };
                let next = blocks.get(i + 1).copied().unwrap_or_default();
                let word = word >> bit | next.word << 1 << (63 - bit);
                let high = block.high >> bit | next.high << 1 << (63 - bit);
                let own = word & !(word + 1);
                if own == !0 || own & high != 0 {
                    let end = word_end(blocks, i, start).min(text.len());
                    len += long_word(text, start, end, gap, folded, &mut list[len..]);
                    continue;
                }
                let next_lower = next.word & !(next.upper | next.digit | next.high);
                let join = |now: u64, next: u64| now >> bit | next << 1 << (63 - bit);
                let size = own.count_ones();
                let bits = form_of(size, join(block.upper, next.upper), join(lower, next_lower), block.digit >> bit);
                let end = start + size as usize;
                let (hash, first) = fold::hash_and_first(bytes, start, end);
                list[len] = token(start, end, hash, bits | gap, first);
                len += 1;
            }
        }
        len
    }
}

#[inline(always)]
fn token(start: usize, end: usize, hash: u64, form: u32, symbol: u8) -> Token {
    Token { hash, start: start as u32, end: end as u32, form, symbol, ..BLANK }
}

/// The form of a word of ASCII, `len` bytes long, 1 to 64; bit `i` of the masks speaks of its byte `i`.
#[inline(always)]
fn form_of(len: u32, upper: u64, lower: u64, digit: u64) -> u32 {
    let own = !0u64 >> (64 - len);
    let (upper, lower) = (upper & own, lower & own);
    form::WORD
        | flag(digit & 1 != 0, form::DIGIT)
        | flag(upper & 1 != 0, form::CAPITAL)
        | flag(upper != 0 && lower == 0, form::ALL_CAPITALS)
        | flag(upper > 1, form::INNER_CAPITAL)
}

/// The bit, or nothing; by arithmetic, since whether a word has a capital cannot be guessed.
#[inline(always)]
fn flag(is: bool, bit: u32) -> u32 {
    bit * u32::from(is)
}

/// What stands before the token at byte `start`: more or other white space than one space, or nothing at all.
#[inline(never)]
fn gap_before(text: &str, tokens: &[Token], start: usize) -> u32 {
    let gap = &text[tokens.last().map_or(0, |token| token.end as usize)..start];
    let lines = gap.bytes().filter(|&b| b == b'\n').count() + gap.matches(['\u{2028}', '\u{2029}']).count();
    let mut bits = if gap.is_empty() { 0 } else { form::SPACE };
    if lines > 0 || tokens.is_empty() {
        bits |= form::LINE;
    }
    if lines > 1 || tokens.is_empty() {
        bits |= form::PARAGRAPH;
    }
    bits
}

/// Where the word ends that begins at byte `start` in the block.
fn word_end(blocks: &[Block], block: usize, start: usize) -> usize {
    let mut from = start % 64;
    for (i, masks) in blocks.iter().enumerate().skip(block) {
        let rest = !masks.word >> from << from;
        if rest != 0 {
            return i * 64 + rest.trailing_zeros() as usize;
        }
        from = 0;
    }
    blocks.len() * 64
}

/// A word that is too long for a look at its masks, or has a character beyond ASCII. Returns how many tokens it is.
#[inline(never)]
fn long_word(text: &str, start: usize, end: usize, gap: u32, folded: &mut String, out: &mut [Token]) -> usize {
    let word = &text.as_bytes()[start..end];
    if !word.is_ascii() {
        return word_beyond_ascii(text, start, end, gap, folded, out);
    }
    let upper = word.iter().any(u8::is_ascii_uppercase);
    let bits = form::WORD
        | flag(word[0].is_ascii_digit(), form::DIGIT)
        | flag(word[0].is_ascii_uppercase(), form::CAPITAL)
        | flag(upper && !word.iter().any(u8::is_ascii_lowercase), form::ALL_CAPITALS)
        | flag(word[1..].iter().any(u8::is_ascii_uppercase), form::INNER_CAPITAL);
    out[0] = token(start, end, fold::hash_ascii(text.as_bytes(), start, end), bits | gap, word[0]);
    1
}

/// The slow way: one folded copy, and UAX #29 where a script writes no spaces between words. Returns how many tokens
/// the run of letters is.
#[inline(never)]
fn word_beyond_ascii(text: &str, start: usize, end: usize, gap: u32, folded: &mut String, out: &mut [Token]) -> usize {
    let run = &text[start..end];
    if !run.chars().any(writes_no_spaces) {
        out[0] = one_word_beyond_ascii(run, start, gap, folded);
        return 1;
    }
    let mut count = 0;
    for (offset, piece) in run.split_word_bound_indices() {
        out[count] = one_word_beyond_ascii(piece, start + offset, if offset == 0 { gap } else { 0 }, folded);
        count += 1;
    }
    count
}

fn one_word_beyond_ascii(word: &str, start: usize, gap: u32, folded: &mut String) -> Token {
    folded.clear();
    fold_word(word, folded);
    let mut bits = form::WORD | form::BEYOND_ASCII | gap;
    let first = word.chars().next().expect("a token is not empty");
    if first.is_numeric() {
        bits |= form::DIGIT;
    }
    if first.is_uppercase() {
        bits |= form::CAPITAL;
    }
    if word.chars().skip(1).any(char::is_uppercase) {
        bits |= form::INNER_CAPITAL;
    }
    if bits & (form::CAPITAL | form::INNER_CAPITAL) != 0 && !word.chars().any(char::is_lowercase) {
        bits |= form::ALL_CAPITALS;
    }
    let byte = if first.is_ascii() { first as u8 } else { 0 };
    token(start, start + word.len(), hash_folded(folded), bits, byte)
}

#[inline(never)]
fn symbol_beyond_ascii(text: &str, start: usize, gap: u32) -> Token {
    let c = text[start..].chars().next().expect("a symbol begins at a character");
    let folded = fold_symbol(c);
    let symbol = if folded.is_ascii() { folded as u8 } else { 0 };
    let bits = if folded.is_ascii() { form::OF_SYMBOL[folded as usize] } else { form::FOREIGN };
    token(start, start + c.len_utf8(), hash_symbol(c), bits | form::BEYOND_ASCII | gap, symbol)
}

/// A symbol of ASCII as a token.
#[derive(Clone, Copy)]
struct Symbol {
    hash: u64,
    form: u32,
    folded: u8,
}

const SYMBOLS: [Symbol; 128] = {
    let mut table = [Symbol { hash: 0, form: 0, folded: 0 }; 128];
    let mut at = 0;
    while at < 128 {
        // The one ASCII character that is folded to another.
        let folded = if at == b'`' as usize { b'\'' } else { at as u8 };
        table[at] = Symbol { hash: fold::ASCII_SYMBOLS[at], form: form::OF_SYMBOL[at], folded };
        at += 1;
    }
    table
};

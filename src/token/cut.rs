//! Reads the tokens off the byte masks of a text.
//!
//! Nearly all words lie in one block, are small letters but for the first, and have one space or nothing before them.
//! What is not so is found for a whole block at once, and only it is looked at more closely.

use super::fold::{self, fold_symbol, fold_word, hash_folded, hash_symbol};
use super::{NO_WORD, Sort, Token, form, sort, writes_no_spaces};
use crate::kernel::{self, Block};
use unicode_segmentation::UnicodeSegmentation;

/// What no token has yet, for room that is not yet used.
pub(super) const BLANK: Token = Token {
    hash: 0,
    start: 0,
    end: 0,
    class: 0,
    word: NO_WORD,
    form: 0,
    symbol: 0,
    function: 0,
    name_weights: 0,
    mark: 0,
};

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
        let most = list.len();
        let mut room = list.iter_mut();
        // Where the last token ended, in bytes; none before the first.
        let mut last_end = None;
        let mut before = Block::default();
        let mut tail = [0; WINDOW];
        for (i, block) in blocks.iter().enumerate() {
            let (word, base) = (block.word, i * 64);
            let bytes = window(text.as_bytes(), base, &mut tail);
            let starts = word & !(word << 1 | before.word >> 63);
            let symbols = !(word | block.space | block.inner);
            // A word that goes on in the next block is not of this one, nor is the end of one that began before. A
            // symbol that is the last byte ends in the next block, too.
            let open = starts & !u64::MAX.checked_shr((!word).leading_zeros()).unwrap_or(0);
            let last = symbols & 1 << 63;
            let mut tokens = (starts | symbols) & !(open | last);
            let ends = word << 1 & !word;
            let mut ends = ends & ends.wrapping_sub(before.word >> 63 & word & 1) | symbols << 1;
            let apart = (block.blank << 1 | before.blank >> 63) & !(block.space << 2 | before.space >> 62);
            let mut odd = (block.space << 1 | before.space >> 63) & !apart;
            if last_end.is_none() {
                let all = starts | symbols;
                odd |= all & all.wrapping_neg();
            }
            before = *block;
            // A run of ones and some of its bits add up to a bit behind the run.
            let with = |some: u64| word.wrapping_add(some) & !word;
            let lower = word & !(block.upper | block.digit | block.high);
            let rare = with(block.high & word)
                | (symbols & block.high) << 1
                | with(block.upper & !starts)
                | with(block.upper) & !with(lower);
            while tokens != 0 {
                let bit = tokens.trailing_zeros();
                tokens &= tokens - 1;
                let edge = ends.trailing_zeros();
                ends &= ends.wrapping_sub(1);
                let (start, end) = (base + bit as usize, base + edge as usize);
                let place = room.next().expect("there is room for all tokens");
                let First { form: mut bits, fix, byte } = FIRST[usize::from(bytes[bit as usize & 63])];
                let mut gap = flag(apart >> bit & 1 != 0, form::SPACE);
                if (odd >> bit | rare >> (edge & 63)) & 1 != 0 {
                    if odd >> bit & 1 != 0 {
                        gap = gap_before(text, last_end, start);
                    }
                    if rare >> (edge & 63) & 1 != 0 {
                        if block.high >> bit & !(!0 << (edge - bit)) != 0 {
                            let (end, more) = slowly(text, start, end, gap, folded, place, room.into_slice());
                            room = more.iter_mut();
                            last_end = Some(end as u32);
                            continue;
                        }
                        bits = form_of((end - start) as u32, block.upper >> bit, lower >> bit, block.digit >> bit);
                    }
                }
                let hash = fold::hash_in_window(text.as_bytes(), bytes, start, bit as usize, end - start, fix);
                *place = token(start, end, hash, bits | gap, byte);
                last_end = Some(end as u32);
            }
            if last != 0 {
                let start = base + 63;
                let mut gap = flag(apart >> 63 != 0, form::SPACE);
                if odd >> 63 != 0 {
                    gap = gap_before(text, last_end, start);
                }
                let place = room.next().expect("there is room for all tokens");
                *place = symbol(text, start, gap);
                last_end = Some(place.end);
            }
            if open != 0 {
                let bit = open.trailing_zeros();
                let start = base + bit as usize;
                let gap = if odd & open != 0 {
                    gap_before(text, last_end, start)
                } else {
                    flag(apart & open != 0, form::SPACE)
                };
                let next = blocks.get(i + 1).copied().unwrap_or_default();
                let join = |now: u64, next: u64| now >> bit | next << 1 << (63 - bit);
                let run = join(word, next.word);
                let own = run & !(run + 1);
                let place = room.next().expect("there is room for all tokens");
                if own == !0 || own & join(block.high, next.high) != 0 {
                    let end = word_end(blocks, i, start).min(text.len());
                    let (end, more) = slowly(text, start, end, gap, folded, place, room.into_slice());
                    room = more.iter_mut();
                    last_end = Some(end as u32);
                    continue;
                }
                let next_lower = next.word & !(next.upper | next.digit | next.high);
                let size = own.count_ones() as usize;
                let bits =
                    form_of(size as u32, join(block.upper, next.upper), join(lower, next_lower), block.digit >> bit);
                let hash = fold::hash_in_window(text.as_bytes(), bytes, start, bit as usize, size, 0);
                *place = token(start, start + size, hash, bits | gap, bytes[bit as usize & 63]);
                last_end = Some((start + size) as u32);
            }
        }
        most - room.len()
    }
}

/// The bytes of a block and what a word of sixteen that begins in it may reach.
const WINDOW: usize = 64 + 16;

/// The [`WINDOW`] bytes from `base` on; where the text ends before, its last bytes and zeros, in `tail`.
#[inline(always)]
fn window<'t>(text: &'t [u8], base: usize, tail: &'t mut [u8; WINDOW]) -> &'t [u8; WINDOW] {
    match text[base..].first_chunk() {
        Some(window) => window,
        None => {
            tail.fill(0);
            tail[..text.len() - base].copy_from_slice(&text[base..]);
            tail
        }
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
fn gap_before(text: &str, last_end: Option<u32>, start: usize) -> u32 {
    let gap = &text[last_end.unwrap_or(0) as usize..start];
    let lines = gap.bytes().filter(|&b| b == b'\n').count() + gap.matches(['\u{2028}', '\u{2029}']).count();
    let mut bits = if gap.is_empty() { 0 } else { form::SPACE };
    if lines > 0 || last_end.is_none() {
        bits |= form::LINE;
    }
    if lines > 1 || last_end.is_none() {
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

/// The slow way, for a word that is too long for a look at its masks or a token with a character beyond ASCII: one folded
/// copy, and UAX #29 where a script writes no spaces between words. Of a symbol `end` may lie inside it.
///
/// The token is written to `place` and, if it is more than one, to `more`. Returns where it ends and what is left of `more`.
#[inline(never)]
fn slowly<'l>(
    text: &str,
    start: usize,
    end: usize,
    gap: u32,
    folded: &mut String,
    place: &mut Token,
    more: &'l mut [Token],
) -> (usize, &'l mut [Token]) {
    let run = match text.get(start..end) {
        Some(run) if matches!(sort(run.chars().next().expect("it is not empty")), Sort::Word) => run,
        _ => {
            *place = symbol(text, start, gap);
            return (place.end as usize, more);
        }
    };
    let bits = form::WORD | flag(!run.is_ascii(), form::BEYOND_ASCII);
    if !run.chars().any(writes_no_spaces) {
        *place = one_word(run, start, bits | gap, folded);
        return (end, more);
    }
    let mut written = 0;
    for (offset, piece) in run.split_word_bound_indices() {
        if offset == 0 {
            *place = one_word(piece, start, bits | gap, folded);
        } else {
            more[written] = one_word(piece, start + offset, bits, folded);
            written += 1;
        }
    }
    (end, &mut more[written..])
}

fn one_word(word: &str, start: usize, mut bits: u32, folded: &mut String) -> Token {
    folded.clear();
    fold_word(word, folded);
    let first = word.chars().next().expect("a token is not empty");
    let upper = word.chars().any(char::is_uppercase);
    bits |= flag(first.is_numeric(), form::DIGIT)
        | flag(first.is_uppercase(), form::CAPITAL)
        | flag(upper && !word.chars().any(char::is_lowercase), form::ALL_CAPITALS)
        | flag(word.chars().skip(1).any(char::is_uppercase), form::INNER_CAPITAL);
    let byte = if first.is_ascii() { first as u8 } else { 0 };
    token(start, start + word.len(), hash_folded(folded), bits, byte)
}

#[inline(never)]
fn symbol(text: &str, start: usize, gap: u32) -> Token {
    let c = text[start..].chars().next().expect("a symbol begins at a character");
    let folded = fold_symbol(c);
    let symbol = if folded.is_ascii() { folded as u8 } else { 0 };
    let bits = if folded.is_ascii() { form::OF_SYMBOL[folded as usize] } else { form::FOREIGN };
    let beyond = flag(!c.is_ascii(), form::BEYOND_ASCII);
    token(start, start + c.len_utf8(), hash_symbol(c), bits | beyond | gap, symbol)
}

/// What the first byte of a token tells of it, if it is of ASCII and not rare.
#[derive(Clone, Copy)]
struct First {
    form: u32,
    /// What turns the byte without its bit of case into a symbol as it is folded; 0 of letters and digits.
    fix: u8,
    /// [`Token::symbol`].
    byte: u8,
}

/// By the byte; what is said of bytes beyond ASCII is not asked.
const FIRST: [First; 256] = {
    let mut table = [First { form: 0, fix: 0, byte: 0 }; 256];
    let mut at = 0;
    while at < 128 {
        let own = at as u8;
        table[at] = match own {
            b'a'..=b'z' => First { form: form::WORD, fix: 0, byte: own },
            b'A'..=b'Z' => First { form: form::WORD | form::CAPITAL, fix: 0, byte: own },
            b'0'..=b'9' => First { form: form::WORD | form::DIGIT, fix: 0, byte: own },
            _ => {
                let folded = fold_symbol(own as char) as u8;
                First { form: form::OF_SYMBOL[at], fix: own & !0x20 ^ folded, byte: folded }
            }
        };
        at += 1;
    }
    table
};

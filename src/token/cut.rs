//! Reads the tokens off the byte masks of a text.
//!
//! In three passes, each of which does one thing for many tokens and so is hardly ever surprised: where tokens begin and
//! end, off the masks of 64 bytes at a time; hash and form of each, as if all were words in small letters but for the
//! first, or symbols, of ASCII, beside each other or one space apart; and last, once more, those that are not so, which
//! the masks have told.

use super::fold::{self, fold_symbol, fold_word, hash_folded, hash_symbol};
use super::{NO_WORD, Sort, Token, form, sort, writes_no_spaces};
use crate::kernel::{self, Block, each_bit};
use unicode_segmentation::UnicodeSegmentation;

/// What no token has yet, for room that is not yet used.
pub(super) const BLANK: Token = Token {
    hash: 0,
    start: 0,
    end: 0,
    class: 0,
    word: NO_WORD,
    form: 0,
    name_weights: 0,
    function: 0,
    mark: 0,
    symbol: 0,
};

/// Cuts a text, whose masks are `blocks`. The tokens are put into `list`, which may be longer already, and then stays so.
/// Returns their number.
pub(super) fn cut(text: &str, blocks: &[Block], list: &mut Vec<Token>, scratch: &mut Scratch) -> usize {
    let count = kernel::widely(Finding { blocks, scratch });
    if list.len() < count {
        list.resize(count.next_power_of_two(), BLANK);
    }
    let tokens = &mut list[..count];
    let bytes = text.as_bytes();
    kernel::widely(Description { text: bytes, tokens, starts: &scratch.starts, ends: &scratch.ends });
    correct(text, tokens, scratch);
    if scratch.runs.is_empty() { count } else { cut_runs(text, list, count, scratch) }
}

/// Buffers of [`cut`].
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// Bit by bit, at which bytes tokens begin, and behind which they end.
    begins: Vec<u64>,
    behind: Vec<u64>,
    /// The same as numbers, with room behind the last. They never shrink.
    starts: Vec<u32>,
    ends: Vec<u32>,
    /// Numbers of the tokens before which stands other white space than one space, or nothing, ever.
    gaps: Vec<u32>,
    /// Numbers of the tokens that are not as nearly all are.
    rare: Vec<u32>,
    /// Of these, words to be cut into several tokens.
    runs: Vec<u32>,
    /// For the folded form of a word.
    folded: String,
}

/// Finds begins and ends of all tokens, and notes which are to be corrected.
struct Finding<'a> {
    blocks: &'a [Block],
    scratch: &'a mut Scratch,
}

impl kernel::Wide for Finding<'_> {
    /// The number of tokens.
    type Answer = usize;

    #[inline(always)]
    fn run(self) -> usize {
        let Finding { blocks, scratch } = self;
        let Scratch { begins, behind, starts, ends, gaps, rare: seldom, .. } = scratch;
        for rows in [&mut *begins, &mut *behind] {
            if rows.len() < blocks.len() {
                rows.resize(blocks.len().next_power_of_two(), 0);
            }
        }
        gaps.clear();
        seldom.clear();
        let (begins, behind) = (&mut begins[..blocks.len()], &mut behind[..blocks.len()]);
        let mut begun = 0;
        let (mut before, mut symbol_before) = (Block::default(), 0);
        for ((block, begins), behind) in blocks.iter().zip(&mut *begins).zip(&mut *behind) {
            let Block { word, space, blank, upper, digit, high, inner, .. } = *block;
            let starts = word & !(word << 1 | before.word >> 63);
            // Of a symbol beyond ASCII, all bytes.
            let symbol = !(word | space);
            let tokens = starts | symbol & !inner;
            *begins = tokens;
            *behind = (word << 1 | before.word >> 63) & !word | (symbol << 1 | symbol_before >> 63) & !inner;
            // One space before it, and no other before that.
            let apart = (blank << 1 | before.blank >> 63) & !(space << 2 | before.space >> 62);
            let odd = (space << 1 | before.space >> 63) & !apart & tokens;
            // A capital that is not the first letter, or behind which no small letter comes.
            let small = word & !(upper | digit | high);
            let capitals = upper & !starts & !(upper << 1) | upper & starts & !(small >> 1);
            let rare = capitals | high & !inner & !space;
            let first = if begun == 0 { tokens & tokens.wrapping_neg() } else { 0 };
            for bit in each_bit(odd | first) {
                gaps.push((begun + tokens_up_to(tokens, bit)) - 1);
            }
            for bit in each_bit(rare) {
                seldom.push((begun + tokens_up_to(tokens, bit)) - 1);
            }
            begun += tokens.count_ones();
            (before, symbol_before) = (*block, symbol);
        }
        seldom.dedup();
        let count = begun as usize;
        let room = count + kernel::PLACES_MORE;
        for places in [&mut *starts, &mut *ends] {
            if places.len() < room {
                places.resize(room.next_power_of_two(), 0);
            }
        }
        kernel::places(begins, starts);
        kernel::places(behind, ends);
        if before.word >> 63 | symbol_before >> 63 != 0 {
            ends[count - 1] = (blocks.len() * 64) as u32;
        }
        count
    }
}

/// How many tokens of a block begin at a bit or before it.
#[inline(always)]
fn tokens_up_to(tokens: u64, bit: usize) -> u32 {
    (tokens << (63 - bit)).count_ones()
}

/// Place, hash and form of each token, as if it were not rare.
struct Description<'a> {
    text: &'a [u8],
    tokens: &'a mut [Token],
    starts: &'a [u32],
    ends: &'a [u32],
}

impl kernel::Wide for Description<'_> {
    type Answer = ();

    #[inline(always)]
    fn run(self) {
        let Description { text, tokens, starts, ends } = self;
        let mut last_end = 0u32;
        for ((token, &start), &end) in tokens.iter_mut().zip(starts).zip(ends) {
            let (hash, initial) = fold::hash_token(text, start as usize, end as usize);
            // The highest bit says that the token begins behind where the last one ended.
            let space = last_end.wrapping_sub(start) >> (31 - form::SPACE.ilog2()) & form::SPACE;
            last_end = end;
            let [name_weights, function, mark, symbol] = initial.told.to_le_bytes();
            let form = initial.form | space;
            *token = Token { hash, start, end, form, name_weights, function, mark, symbol, ..BLANK };
        }
    }
}

/// Sets right what is not as nearly all tokens are.
fn correct(text: &str, tokens: &mut [Token], scratch: &mut Scratch) {
    for &at in &scratch.gaps {
        let last_end = at.checked_sub(1).map(|before| tokens[before as usize].end);
        let token = &mut tokens[at as usize];
        token.form |= gap_before(text, last_end, token.start as usize);
    }
    scratch.runs.clear();
    for &at in &scratch.rare {
        let token = &mut tokens[at as usize];
        let own = token.of(text);
        let gap = token.form & GAP;
        if own.is_ascii() {
            token.form = form_of(own.as_bytes()) | gap;
        } else if own.chars().any(writes_no_spaces) {
            scratch.runs.push(at);
        } else {
            *token = beyond_ascii(own, token.start as usize, gap, &mut scratch.folded);
        }
    }
}

/// What is said of the white space before a token.
const GAP: u32 = form::SPACE | form::LINE | form::PARAGRAPH;

/// The form of a word of ASCII.
#[inline(always)]
pub(super) fn form_of(word: &[u8]) -> u32 {
    let (first, rest) = word.split_first().expect("a token is not empty");
    let inner = rest.iter().any(u8::is_ascii_uppercase);
    let upper = inner || first.is_ascii_uppercase();
    form::WORD
        | flag(first.is_ascii_digit(), form::DIGIT)
        | flag(first.is_ascii_uppercase(), form::CAPITAL)
        | flag(upper && !word.iter().any(u8::is_ascii_lowercase), form::ALL_CAPITALS)
        | flag(inner, form::INNER_CAPITAL)
}

/// Cuts the words of scripts that write no spaces as UAX #29 says, from the last to the first, so that each token is
/// moved once. Returns the number of tokens.
#[cold]
fn cut_runs(text: &str, list: &mut Vec<Token>, count: usize, scratch: &mut Scratch) -> usize {
    let pieces = |token: &Token| token.of(text).split_word_bounds().count();
    let more: usize = scratch.runs.iter().map(|&at| pieces(&list[at as usize]) - 1).sum();
    if list.len() < count + more {
        list.resize(count + more, BLANK);
    }
    let (mut end, mut to) = (count, count + more);
    for &at in scratch.runs.iter().rev() {
        let at = at as usize;
        list.copy_within(at + 1..end, to - (end - at - 1));
        to -= end - at - 1;
        end = at;
        let Token { start, form, .. } = list[at];
        let run = list[at].of(text);
        to -= pieces(&list[at]);
        for (place, (offset, piece)) in list[to..].iter_mut().zip(run.split_word_bound_indices()) {
            let gap = if offset == 0 { form & GAP } else { 0 };
            // Of a run with characters beyond ASCII all tokens are marked so.
            let start = start as usize + offset;
            *place = one_word(piece, start, form::WORD | form::BEYOND_ASCII | gap, &mut scratch.folded);
        }
    }
    count + more
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

/// A token with characters beyond ASCII: one folded copy.
#[inline(never)]
pub(super) fn beyond_ascii(own: &str, start: usize, gap: u32, folded: &mut String) -> Token {
    let first = own.chars().next().expect("a token is not empty");
    match sort(first) {
        Sort::Word => one_word(own, start, form::WORD | form::BEYOND_ASCII | gap, folded),
        _ => symbol(first, start, gap),
    }
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
    let end = (start + word.len()) as u32;
    Token { hash: hash_folded(folded), start: start as u32, end, form: bits, symbol: byte, ..BLANK }
}

fn symbol(c: char, start: usize, gap: u32) -> Token {
    let folded = fold_symbol(c);
    let symbol = if folded.is_ascii() { folded as u8 } else { 0 };
    let bits = if folded.is_ascii() { form::OF_SYMBOL[folded as usize] } else { form::FOREIGN };
    let form = form::BEYOND_ASCII | bits | gap;
    Token { hash: hash_symbol(c), start: start as u32, end: (start + c.len_utf8()) as u32, form, symbol, ..BLANK }
}

//! Cuts a text into tokens, once, for everybody.
//!
//! Every later station asks the same few questions of a word: where is it, how is it written, what is it. Answering
//! them once, in arrays, is what makes the pipeline fast. A token is either a run of letters, digits and marks or one
//! single other character, so a list's names and a text's words are cut alike: `O'Brien` is three tokens in both.
//!
//! On the way out:
//!
//! * tokens are in order, none is empty, none overlaps;
//! * between two tokens lies nothing but white space, so tokens and white space tile the text;
//! * no token begins or ends inside a character.
//!
//! Checked for arbitrary text in tests/properties.rs, against [`tokenize_plain`].

mod cut;
mod fold;
mod glance;
mod sieve;

pub use fold::{Pieces, fold_symbol, fold_word, hash_ascii, hash_folded, hash_symbol, is_ignorable, mix};
pub(crate) use glance::{Glance, Place, Reader, mark_words};
pub use sieve::Sieve;

use crate::kernel::{self, Block};
use crate::span::Span;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// How a token is written; bits of [`Token::form`].
pub mod form {
    /// Letters and digits, not a symbol.
    pub const WORD: u32 = 1;
    /// Begins with a digit.
    pub const DIGIT: u32 = 1 << 1;
    /// Begins with a capital letter.
    pub const CAPITAL: u32 = 1 << 2;
    /// Has a capital and no small letter.
    pub const ALL_CAPITALS: u32 = 1 << 3;
    /// Has a capital after its first letter.
    pub const INNER_CAPITAL: u32 = 1 << 4;
    /// Has a character beyond ASCII.
    pub const BEYOND_ASCII: u32 = 1 << 5;
    /// White space stands before it.
    pub const SPACE: u32 = 1 << 6;
    /// A line break stands before it, or it is the text's first token.
    pub const LINE: u32 = 1 << 7;
    /// An empty line stands before it, or it is the text's first token.
    pub const PARAGRAPH: u32 = 1 << 8;
    /// The symbol `.`, `!` or `?`.
    pub const STOP: u32 = 1 << 9;
    /// A quotation mark or an apostrophe, folded: `"` or `'`.
    pub const QUOTE: u32 = 1 << 10;
    /// The symbol `,`, `;` or `:`.
    pub const COMMA: u32 = 1 << 11;
    /// A dash, folded: `-`.
    pub const DASH: u32 = 1 << 12;
    /// A bracket of ASCII.
    pub const BRACKET: u32 = 1 << 13;
    /// Any other symbol of ASCII: `$`, `%`, `&`, `/`.
    pub const SIGN: u32 = 1 << 14;
    /// A symbol beyond ASCII that is not folded into it.
    pub const FOREIGN: u32 = 1 << 15;
    /// In the planes of sheets alone: the number of the closed class.
    pub const CLOSED: u32 = 31 << 16;
    /// In the planes of sheets alone: a word that rules of events ask for beside their triggers.
    pub const WANTED: u32 = 1 << 21;
    /// A word that no list holds. Set by the dictionary.
    pub const UNLISTED: u32 = 1 << 22;
    /// A pronoun for somebody: he, him, his. Set by the dictionary.
    pub const PRONOUN: u32 = 1 << 23;

    /// What the symbols of ASCII are.
    pub(super) const OF_SYMBOL: [u32; 128] = {
        let mut table = [SIGN; 128];
        let mut at = 0;
        while at < 128 {
            table[at] = match at as u8 {
                b'.' | b'!' | b'?' => STOP,
                b'"' | b'\'' | b'`' => QUOTE,
                b',' | b';' | b':' => COMMA,
                b'-' => DASH,
                b'(' | b')' | b'[' | b']' | b'{' | b'}' => BRACKET,
                _ => SIGN,
            };
            at += 1;
        }
        table
    };
}

/// The word id of a token that no list holds.
pub const NO_WORD: u32 = (1 << 24) - 1;

/// One word or one symbol of a text. What the dictionary fills lies as in its table, to be copied in few steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Token {
    /// Hash of the folded form.
    pub hash: u64,
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What the lists say of the word: bits of [`crate::dictionary::class`]. Filled by the dictionary.
    pub class: u32,
    /// The word's number in the dictionary, or [`NO_WORD`]. Filled by the dictionary.
    pub word: u32,
    /// How it is written: bits of [`form`].
    pub form: u32,
    /// Weights as a given and as a family name, four bits each. Filled by the dictionary.
    pub name_weights: u8,
    /// Its first closed class, as [`crate::dictionary::Dictionary::function`] reads it. Filled by the dictionary.
    pub function: u8,
    /// What part of speech its word is, as [`crate::dictionary::speech::Mark`] reads it. Filled by the dictionary.
    pub mark: u8,
    /// A symbol's folded ASCII character; a word's first byte; 0 beyond ASCII.
    pub symbol: u8,
}

impl Token {
    /// Its stretch of the text, in bytes.
    #[inline]
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Whether all bits of `bits` are set in the form.
    #[inline]
    pub fn is(&self, bits: u32) -> bool {
        self.form & bits == bits
    }

    /// Whether any bit of `bits` is set in the class.
    #[inline]
    pub fn has(&self, bits: u32) -> bool {
        self.class & bits != 0
    }

    /// Weight as a given name, 0–15.
    #[inline]
    pub fn given_weight(&self) -> u8 {
        self.name_weights >> 4
    }

    /// Weight as a family name, 0–15.
    #[inline]
    pub fn surname_weight(&self) -> u8 {
        self.name_weights & 15
    }

    /// Whether it is the symbol `c` (in its folded form).
    #[inline]
    pub fn is_symbol(&self, c: u8) -> bool {
        self.symbol == c && self.form & form::WORD == 0
    }

    /// Its slice of the text.
    #[inline]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }
}

/// The tokens of one text and the byte masks they were read from. Kept by a worker and filled anew for each article.
#[derive(Debug, Default)]
pub struct Tokens {
    /// Room for tokens, of which the first `len` are the text's: it never shrinks, so it is seldom filled.
    list: Vec<Token>,
    len: usize,
    /// Class and form of the tokens once more, for [`Tokens::marked`]. Filled by the dictionary.
    sheets: Vec<Sheet>,
    /// How many of the sheets are the text's.
    laid: usize,
    blocks: Vec<Block>,
    scratch: cut::Scratch,
    ascii: bool,
}

/// Number of tokens on a [`Sheet`].
pub(crate) const SHEET: usize = kernel::LANES;

/// Class and form of 64 tokens, where a vector can look at many at once. Zero past the last token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sheet {
    /// Four planes of bytes for the class, lowest first, and four for the form, the third of which is what the
    /// dictionary tells of it and has the closed class beneath.
    planes: [[u8; SHEET]; 8],
    /// The bits of all its classes.
    classes: u32,
    /// The bits of all its forms.
    forms: u32,
}

/// What the dictionary fills.
pub(crate) struct Fill<'t> {
    pub tokens: &'t mut [Token],
    /// Laid beside the tokens, one for each [`SHEET`] of them; of no content.
    pub sheets: &'t mut [Sheet],
}

impl Sheet {
    const EMPTY: Sheet = Sheet { planes: [[0; SHEET]; 8], classes: 0, forms: 0 };

    /// Lays it for tokens with these classes and forms. Of `told`, what the dictionary tells of the form, the upper three
    /// bits count: they are bits 21 to 23 of the form.
    #[inline(always)]
    pub fn lay(&mut self, class: &[u32; SHEET], form: &[u32; SHEET], told: &[u8; SHEET]) {
        let ([classes, forms], _) = self.planes.as_chunks_mut::<4>() else { unreachable!("twice four are eight") };
        kernel::planes(class, classes);
        kernel::planes(form, forms);
        forms[2] = *told;
        self.classes = class.iter().fold(0, |all, class| all | class);
        self.forms = form.iter().fold(0, |all, form| all | form);
        self.forms |= u32::from(told.iter().fold(0, |all, told| all | told)) << 16;
    }

    /// Bit `i`: whether token `i` has one of the bits of `class` in its class or one of those of `form` in its form.
    #[inline]
    pub fn marked(&self, class: u32, form: u32) -> u64 {
        let wanted = marks(class, form) & marks(self.classes, self.forms);
        if wanted == 0 { 0 } else { kernel::any_of(&self.planes, wanted) }
    }

    /// [`Sheet::marked`] of some [`marks`] that are asked of every sheet.
    #[inline]
    pub fn having<const MARKS: u64>(&self) -> u64 {
        kernel::any_of_these::<MARKS>(&self.planes)
    }
}

/// The bits of a class and of a form as one number.
pub(crate) const fn marks(class: u32, form: u32) -> u64 {
    (form as u64) << 32 | class as u64
}

/// The tokens that have one of some bits; made by [`Tokens::marked`].
#[derive(Clone, Debug)]
pub struct Marked<'t> {
    sheets: &'t [Sheet],
    class: u32,
    form: u32,
    /// The sheet that `bits` speak of.
    at: usize,
    bits: u64,
}

impl Marked<'_> {
    /// The first of them at token `from` or behind it. May be asked in any order; forward is cheap.
    #[inline]
    pub fn next_at(&mut self, from: usize) -> Option<usize> {
        let at = from / SHEET;
        if at != self.at {
            self.turn_to(at);
        }
        let bits = self.bits & !0u64 << (from % SHEET);
        if bits != 0 {
            return Some(self.at * SHEET + bits.trailing_zeros() as usize);
        }
        while self.at < self.sheets.len() {
            self.turn_to(self.at + 1);
            if self.bits != 0 {
                return Some(self.at * SHEET + self.bits.trailing_zeros() as usize);
            }
        }
        None
    }

    #[inline]
    fn turn_to(&mut self, at: usize) {
        self.at = at;
        self.bits = self.sheets.get(at).map_or(0, |sheet| sheet.marked(self.class, self.form));
    }
}

/// Numbers of tokens, in order; filled by [`Tokens::find`], kept and filled anew.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// The same, a bit a token.
    rows: Vec<u64>,
    /// Room for numbers, of which the first `len` count.
    places: Vec<u32>,
    len: usize,
}

impl std::ops::Deref for Found {
    type Target = [u32];

    #[inline]
    fn deref(&self) -> &[u32] {
        &self.places[..self.len]
    }
}

/// Which tokens of some sheets have one of some marks, a bit each.
struct Having<'t, const MARKS: u64> {
    sheets: &'t [Sheet],
    rows: &'t mut [u64],
}

impl<const MARKS: u64> kernel::Wide for Having<'_, MARKS> {
    type Answer = ();

    #[inline(always)]
    fn run(self) {
        for (sheet, row) in self.sheets.iter().zip(self.rows) {
            *row = sheet.having::<MARKS>();
        }
    }
}

impl std::ops::Deref for Tokens {
    type Target = [Token];

    #[inline]
    fn deref(&self) -> &[Token] {
        &self.list[..self.len]
    }
}

impl std::ops::DerefMut for Tokens {
    #[inline]
    fn deref_mut(&mut self) -> &mut [Token] {
        &mut self.list[..self.len]
    }
}

impl Tokens {
    /// Whether the text is pure ASCII, where one byte is one character.
    pub fn is_ascii(&self) -> bool {
        self.ascii
    }

    /// The classes of the text's bytes, 64 a block.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// For the dictionary to fill.
    pub(crate) fn fill(&mut self) -> Fill<'_> {
        self.laid = self.len.div_ceil(SHEET);
        if self.sheets.len() < self.laid {
            self.sheets.resize(self.laid, Sheet::EMPTY);
        }
        Fill { tokens: &mut self.list[..self.len], sheets: &mut self.sheets[..self.laid] }
    }

    /// Class and form of the tokens, 64 a sheet, for a look at many at once. The dictionary must have been asked before.
    pub(crate) fn sheets(&self) -> &[Sheet] {
        &self.sheets[..self.laid]
    }

    /// A cursor over the tokens that have one of the bits of `class` in their class or one of the bits of `form` in
    /// their form. Passing over a token costs about one instruction, so a station that begins at few of them should not
    /// look at the others. The dictionary must have been asked before.
    pub fn marked(&self, class: u32, form: u32) -> Marked<'_> {
        debug_assert_eq!(self.laid, self.len.div_ceil(SHEET), "the dictionary was asked before");
        let mut marked = Marked { sheets: self.sheets(), class, form, at: 0, bits: 0 };
        marked.turn_to(0);
        marked
    }

    /// Replaces `out` by the numbers of the tokens that have one of some [`marks`], in order. The dictionary must have been
    /// asked before.
    pub(crate) fn find<const MARKS: u64>(&self, out: &mut Found) {
        let Found { rows, places, len } = out;
        let sheets = self.sheets();
        if rows.len() < sheets.len() {
            rows.resize(sheets.len().next_power_of_two(), 0);
        }
        let rows = &mut rows[..sheets.len()];
        kernel::widely(Having::<MARKS> { sheets, rows });
        *len = rows.iter().map(|row| row.count_ones() as usize).sum();
        let room = *len + kernel::PLACES_MORE;
        if places.len() < room {
            places.resize(room.next_power_of_two(), 0);
        }
        kernel::places(rows, places);
    }

    /// Cuts `text` into tokens, replacing what was here. Classes and word ids are left for the dictionary to fill.
    ///
    /// # Panics
    /// When the text is longer than `u32` can count; ingest refuses such articles.
    pub fn tokenize(&mut self, text: &str) {
        assert!(u32::try_from(text.len()).is_ok(), "ingest lets no text of 4 GiB through");
        self.laid = 0;
        kernel::classify(text.as_bytes(), &mut self.blocks);
        self.ascii = self.blocks.iter().all(|b| b.high == 0);
        if !self.ascii {
            self.sort_beyond_ascii(text);
        }
        let Tokens { list, blocks, scratch, .. } = self;
        self.len = cut::cut(text, blocks, list, scratch);
    }

    /// Gives the characters beyond ASCII their classes: letters, digits and marks are words, Unicode spaces are
    /// spaces, everything else is a symbol whose first byte alone counts.
    fn sort_beyond_ascii(&mut self, text: &str) {
        for i in 0..self.blocks.len() {
            for bit in kernel::each_bit(self.blocks[i].high & !self.blocks[i].inner) {
                let at = i * 64 + bit;
                let c = text[at..].chars().next().expect("a lead byte begins a character");
                let set = match sort(c) {
                    Sort::Word => |b: &mut Block, bit: u64| b.word |= bit,
                    Sort::Space => |b: &mut Block, bit: u64| b.space |= bit,
                    Sort::Symbol => continue,
                };
                for byte in at..at + c.len_utf8() {
                    set(&mut self.blocks[byte / 64], 1 << (byte % 64));
                }
            }
        }
    }
}

enum Sort {
    Word,
    Space,
    Symbol,
}

fn sort(c: char) -> Sort {
    // What a text in Latin letters has of characters beyond ASCII is told without a search in tables.
    if matches!(c, '\u{C0}'..='\u{24F}' if c != '×' && c != '÷') {
        Sort::Word
    } else if matches!(c, '\u{2010}'..='\u{2027}' | '\u{A1}'..='\u{A9}' | '\u{20A0}'..='\u{20CF}') {
        Sort::Symbol
    } else if c == '\u{200B}' {
        Sort::Space
    } else if c.is_alphanumeric() || is_combining_mark(c) || is_ignorable(c) {
        Sort::Word
    } else if c.is_whitespace() {
        Sort::Space
    } else {
        Sort::Symbol
    }
}

/// Scripts whose words stand side by side without a space, where only UAX #29 knows a boundary.
fn writes_no_spaces(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Whether no character of a text is of a script whose words stand side by side without a space.
pub fn has_spaces_between_words(text: &str) -> bool {
    text.is_ascii() || !text.chars().any(writes_no_spaces)
}

/// The plain twin of [`Tokens::tokenize`]: one character after the other, spans only.
pub fn tokenize_plain(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut open: Option<usize> = None;
    let close = |start: usize, end: usize, spans: &mut Vec<Span>| {
        let run = &text[start..end];
        if run.chars().any(writes_no_spaces) {
            for (offset, piece) in run.split_word_bound_indices() {
                let at = start + offset;
                spans.push(Span::new(at as u32, (at + piece.len()) as u32));
            }
        } else {
            spans.push(Span::new(start as u32, end as u32));
        }
    };
    for (at, c) in text.char_indices() {
        let what = match c {
            _ if c.is_ascii_alphanumeric() => Sort::Word,
            ' ' | '\t'..='\r' => Sort::Space,
            _ if c.is_ascii() => Sort::Symbol,
            _ => sort(c),
        };
        if matches!(what, Sort::Word) {
            open.get_or_insert(at);
            continue;
        }
        if let Some(start) = open.take() {
            close(start, at, &mut spans);
        }
        if matches!(what, Sort::Symbol) {
            spans.push(Span::new(at as u32, (at + c.len_utf8()) as u32));
        }
    }
    if let Some(start) = open {
        close(start, text.len(), &mut spans);
    }
    spans
}

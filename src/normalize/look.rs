//! The first look: which words of an article may hold a lost space at all, and which marks may stand beside one.
//!
//! Nearly every token is a listed word with a space before it, and a clean article shall cost nearly nothing. So the
//! look asks class and form of 64 tokens at once, and only what stands out is looked at one by one.

use crate::dictionary::class;
use crate::kernel;
use crate::token::{SHEET, Token, Tokens, form};

/// Marks beside which a space can surely be missing. A dash is none: it may join what stands beside it.
const MARK: u32 = form::STOP | form::QUOTE | form::COMMA | form::BRACKET | form::SIGN | form::FOREIGN;
/// What is no word that can be read by its letters. The model of letters knows ASCII only; a name with other letters
/// would look like two words to it.
const UNREADABLE: u32 = MARK | form::DASH | form::ALL_CAPITALS | form::BEYOND_ASCII;
/// Written in an unusual way, whether a list holds it or not.
const ODD: u32 = form::DIGIT | form::INNER_CAPITAL;

/// Calls `see` with the number of every mark and of every word that may be unusual, in order; also of words that are
/// not, when they are names.
pub fn each_suspect(tokens: &Tokens, mut see: impl FnMut(usize)) {
    for (at, sheet) in tokens.sheets().iter().enumerate() {
        let first = at * SHEET;
        let usual = kernel::any_of(&sheet.class, &sheet.form, class::LEXICON, UNREADABLE);
        let standing_out = kernel::any_of(&sheet.class, &sheet.form, 0, MARK | ODD);
        // Past the last token a sheet is empty.
        let tokens_here = !0 >> (SHEET - SHEET.min(tokens.len() - first));
        let mut bits = !usual & tokens_here | standing_out;
        while bits != 0 {
            see(first + bits.trailing_zeros() as usize);
            bits &= bits - 1;
        }
    }
}

/// Whether a word needs a look at all: no list holds it as it is written, or it is written in an unusual way.
#[inline]
pub fn is_unusual(token: &Token, text: &str) -> bool {
    const WRITTEN: u32 = form::WORD | form::ALL_CAPITALS | form::BEYOND_ASCII;
    const NAME: u32 = class::GIVEN | class::SURNAME | class::NAME | class::NAME_START;
    if token.form & WRITTEN != form::WORD {
        return false;
    }
    if token.is(form::DIGIT) {
        return text.as_bytes()[token.end as usize - 1].is_ascii_alphabetic();
    }
    let known = if token.is(form::CAPITAL) { class::LEXICON | NAME } else { class::LEXICON };
    !token.has(known) || token.is(form::INNER_CAPITAL)
}

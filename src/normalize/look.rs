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

/// What the lists say of names, which are usual in capitals.
const NAME: u32 = class::GIVEN | class::SURNAME | class::NAME | class::NAME_START;

/// Calls `see` with the number of every mark that is glued to what follows it and of every word that may be unusual, in
/// order.
pub fn each_suspect(tokens: &Tokens, mut see: impl FnMut(usize)) {
    let sheets = tokens.sheets();
    for (at, sheet) in sheets.iter().enumerate() {
        let first = at * SHEET;
        let any_of = |in_class, in_form| kernel::any_of(&sheet.class, &sheet.form, in_class, in_form);
        // Past the last token a sheet is empty.
        let tokens_here = !0 >> (SHEET - SHEET.min(tokens.len() - first));
        let unusual = !any_of(class::LEXICON, UNREADABLE) & !(any_of(NAME, 0) & any_of(0, form::CAPITAL));
        let apart_after = sheets.get(at + 1).is_some_and(|next| next.form[0] & form::SPACE != 0);
        let glued = !(any_of(0, form::SPACE) >> 1 | u64::from(apart_after) << (SHEET - 1));
        let mut bits = unusual & tokens_here | any_of(0, ODD) | any_of(0, MARK) & glued;
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
    if token.form & WRITTEN != form::WORD {
        return false;
    }
    if token.is(form::DIGIT) {
        return text.as_bytes()[token.end as usize - 1].is_ascii_alphabetic();
    }
    let known = if token.is(form::CAPITAL) { class::LEXICON | NAME } else { class::LEXICON };
    !token.has(known) || token.is(form::INNER_CAPITAL)
}

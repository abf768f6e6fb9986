//! The first look: which words of an article may hold a lost space at all, and which marks may stand beside one.
//!
//! Nearly every token is a listed word with a space before it, and a clean article shall cost nearly nothing. So the
//! look asks class and form of 64 tokens at once, and only what stands out is looked at one by one.

use crate::dictionary::class;
use crate::kernel::{self, Wide, each_bit};
use crate::token::{SHEET, Token, Tokens, form, marks};

/// Marks beside which a space can surely be missing. A dash is none: it may join what stands beside it.
const MARK: u32 = form::STOP | form::QUOTE | form::COMMA | form::BRACKET | form::SIGN | form::FOREIGN;
/// What is no word that can be read by its letters. The model of letters knows ASCII only; a name with other letters
/// would look like two words to it.
const UNREADABLE: u32 = MARK | form::DASH | form::ALL_CAPITALS | form::BEYOND_ASCII;
/// What the lists say of names, which are usual in capitals.
const NAME: u32 = class::GIVEN | class::SURNAME | class::NAME | class::NAME_START;

/// What stands out in one sheet of tokens; bit `i` speaks of its token `i`.
#[derive(Clone, Copy, Debug)]
pub struct Suspects {
    /// Words that may be unusual.
    pub words: u64,
    /// Marks that are glued to what follows them.
    pub marks: u64,
}

impl Suspects {
    /// Replaces `out` by those of each sheet.
    pub fn read(tokens: &Tokens, text: &str, out: &mut Vec<Suspects>) {
        out.clear();
        out.resize(tokens.sheets().len(), Suspects { words: 0, marks: 0 });
        kernel::widely(Look { tokens, text, out });
    }
}

struct Look<'t> {
    tokens: &'t Tokens,
    text: &'t str,
    out: &'t mut [Suspects],
}

impl Wide for Look<'_> {
    type Answer = ();

    #[inline(always)]
    fn run(self) {
        let Look { tokens, text, out } = self;
        let (all, sheets): (&[Token], _) = (tokens, tokens.sheets());
        for ((sheet, found), first) in sheets.iter().zip(out).zip((0..).step_by(SHEET)) {
            let own = &all[first..];
            // Past the last token a sheet is empty.
            let tokens_here = !0 >> (SHEET - SHEET.min(own.len()));
            let unusual = !sheet.having::<{ marks(class::LEXICON, UNREADABLE | form::DIGIT) }>() & tokens_here;
            let names = sheet.having::<{ marks(NAME, 0) }>() & sheet.having::<{ marks(0, form::CAPITAL) }>();
            let mut words = unusual & !names | sheet.having::<{ marks(0, form::INNER_CAPITAL) }>();
            for i in each_bit(sheet.having::<{ marks(0, form::DIGIT) }>()) {
                words |= u64::from(ends_in_letter(&own[i], text)) << i;
            }
            let apart_behind = own.get(SHEET).is_some_and(|next| next.is(form::SPACE));
            let apart = sheet.having::<{ marks(0, form::SPACE) }>() >> 1 | u64::from(apart_behind) << (SHEET - 1);
            *found = Suspects { words, marks: sheet.having::<{ marks(0, MARK) }>() & !apart };
        }
    }
}

#[inline]
fn ends_in_letter(token: &Token, text: &str) -> bool {
    text.as_bytes()[token.end as usize - 1].is_ascii_alphabetic()
}

/// Whether a word needs a look at all: no list holds it as it is written, or it is written in an unusual way.
#[inline]
pub fn is_unusual(token: &Token, text: &str) -> bool {
    const WRITTEN: u32 = form::WORD | form::ALL_CAPITALS | form::BEYOND_ASCII;
    if token.form & WRITTEN != form::WORD {
        return false;
    }
    if token.is(form::DIGIT) {
        return ends_in_letter(token, text);
    }
    let known = if token.is(form::CAPITAL) { class::LEXICON | NAME } else { class::LEXICON };
    !token.has(known) || token.is(form::INNER_CAPITAL)
}

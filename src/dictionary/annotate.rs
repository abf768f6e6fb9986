//! The one probe: what the lists know of every token of a text.

use super::Dictionary;
use super::word_table::{HotRow, WordTable, hot_place};
use crate::kernel::{self, each_bit};
use crate::token::{Fill, NO_WORD, SHEET, Sheet, Token, Tokens, form};
use std::hint::select_unpredictable;

impl Dictionary<'_> {
    /// Fills class and word id of every token: the one probe.
    pub fn annotate(&self, tokens: &mut Tokens) {
        kernel::widely(Annotation { words: &self.table, fill: tokens.fill() });
    }
}

/// What the lists know of a word by its hash: class bits and word number, or 0 and [`NO_WORD`].
pub type Known = (u32, u32);

impl Dictionary<'_> {
    /// [`Dictionary::probe`] of many words at once, so that none waits for the memory of another. `out` is as long as
    /// `hashes`.
    pub fn probe_all(&self, hashes: &[u64], out: &mut [Known]) {
        kernel::widely(Probes { words: &self.table, hashes, out });
    }
}

struct Probes<'d, 'a> {
    words: &'d WordTable<'a>,
    hashes: &'d [u64],
    out: &'d mut [Known],
}

impl kernel::Wide for Probes<'_, '_> {
    type Answer = ();

    #[inline(always)]
    fn run(self) {
        self.hashes.iter().for_each(|&hash| self.words.expect(hash));
        for (&hash, known) in self.hashes.iter().zip(self.out) {
            let (word, told) = self.words.find(hash);
            *known = (told.class, word);
        }
    }
}

/// The tokens of a text, to be told what the lists know of them.
struct Annotation<'d, 'a> {
    words: &'d WordTable<'a>,
    fill: Fill<'d>,
}

/// What has been read of the tokens of one sheet.
#[derive(Clone, Copy)]
struct Looked {
    class: [u32; SHEET],
    form: [u32; SHEET],
    /// The token's closed class, and above it what the dictionary tells of the form.
    told: [u8; SHEET],
    /// Which tokens are words that are not in the small table.
    rare: u64,
}

const NOTHING: Looked = Looked { class: [0; SHEET], form: [0; SHEET], told: [0; SHEET], rare: 0 };

impl kernel::Wide for Annotation<'_, '_> {
    type Answer = ();

    /// Nearly all words are in the small table, which shares its cache with all that is done to an article: their places
    /// are asked for one sheet of tokens ahead. The lines of the others in the large table are asked for, and read when
    /// the next sheet has been looked at, so that memory is hardly ever waited for. A sheet is laid one step later still:
    /// what was written one by one cannot be read many at once before it has reached the cache.
    #[inline(always)]
    fn run(self) {
        let Annotation { words, fill: Fill { tokens, sheets } } = self;
        let mut looked = [NOTHING; AT_WORK];
        let count = sheets.len();
        for step in 0..count + AT_WORK {
            if step < count {
                expect(words, sheet_of(tokens, step));
            }
            if (1..=count).contains(&step) {
                look(words, sheet_of(tokens, step - 1), &mut looked[(step - 1) % AT_WORK]);
            }
            if (2..=count + 1).contains(&step) {
                settle(words, sheet_of(tokens, step - 2), &mut looked[(step - 2) % AT_WORK]);
            }
            if step >= AT_WORK {
                let at = step - AT_WORK;
                lay(sheet_of(tokens, at), &looked[at % AT_WORK], &mut sheets[at]);
            }
        }
    }
}

/// How many sheets are being worked on at a time, beside the one that is asked for.
const AT_WORK: usize = 3;

/// The tokens of one sheet.
#[inline(always)]
fn sheet_of(tokens: &mut [Token], at: usize) -> &mut [Token] {
    let end = tokens.len().min((at + 1) * SHEET);
    &mut tokens[at * SHEET..end]
}

/// Asks for the places of tokens in the small table, four a step.
#[inline(always)]
fn expect(words: &WordTable<'_>, tokens: &[Token]) {
    let (fours, rest) = tokens.as_chunks::<4>();
    for [a, b, c, d] in fours {
        words.expect_common(a.hash);
        words.expect_common(b.hash);
        words.expect_common(c.hash);
        words.expect_common(d.hash);
    }
    rest.iter().for_each(|token| words.expect_common(token.hash));
}

/// Tells tokens what the small table says.
#[inline(always)]
fn look(words: &WordTable<'_>, tokens: &mut [Token], looked: &mut Looked) {
    if tokens.len() < SHEET {
        *looked = NOTHING;
    }
    let (mut rare, hot) = (0, words.hot);
    for i in 0..tokens.len().min(SHEET) {
        let token = &mut tokens[i];
        let row = &hot[hot_place(token.hash)];
        let hit = row.holds(token.hash);
        // One of four is none: symbols and rare words.
        let row = select_unpredictable(hit, row, &HotRow::UNLISTED);
        let [weights, function, mark, ..] = row.key.to_le_bytes();
        (token.class, token.word) = (row.class, row.word);
        (token.name_weights, token.function, token.mark) = (weights, function, mark);
        (looked.class[i], looked.form[i], looked.told[i]) = (row.class, token.form, function);
        rare |= (u64::from(!hit) & u64::from(token.form & form::WORD)) << i;
    }
    looked.rare = rare;
    for i in each_bit(rare) {
        words.expect(tokens[i].hash);
    }
}

/// Tells the rare words among tokens what the large table says.
#[inline(always)]
fn settle(words: &WordTable<'_>, tokens: &mut [Token], looked: &mut Looked) {
    for i in each_bit(looked.rare) {
        let token = &mut tokens[i];
        let (word, told) = words.find(token.hash);
        (token.class, token.word, token.mark) = (told.class, word, told.mark);
        (token.name_weights, token.function) = (told.name_weights, told.function);
        let unlisted = form::UNLISTED * u32::from(word == NO_WORD);
        token.form |= unlisted;
        (looked.class[i], looked.told[i]) = (told.class, told.function | (unlisted >> 16) as u8);
    }
}

/// Lays the sheet of tokens of which all is told.
#[inline(always)]
fn lay(tokens: &mut [Token], looked: &Looked, sheet: &mut Sheet) {
    sheet.lay(&looked.class, &looked.form, &looked.told);
    for i in each_bit(sheet.marked(0, form::PRONOUN)) {
        tokens[i].form |= form::PRONOUN;
    }
}

//! The one probe: what the lists know of every token of a text.

use super::class::Function;
use super::image::Slot;
use super::{Dictionary, place, speech};
use crate::kernel;
use crate::token::{Fill, NO_WORD, SHEET, Sheet, Token, Tokens, form};

impl Dictionary<'_> {
    /// Fills class and word id of every token: the one probe.
    pub fn annotate(&self, tokens: &mut Tokens) {
        kernel::widely(Annotation { dictionary: self, fill: tokens.fill() });
    }
}

/// The tokens of a text, to be told what the lists know of them.
struct Annotation<'d, 'a> {
    dictionary: &'d Dictionary<'a>,
    fill: Fill<'d>,
}

impl kernel::Wide for Annotation<'_, '_> {
    type Answer = ();

    /// Nine words of ten are in the small table. The others are put aside and their places in the large table asked
    /// for; they are read when all tokens have been looked at, so that memory is hardly ever waited for.
    #[inline(always)]
    fn run(self) {
        let Annotation { dictionary, fill: Fill { tokens, sheets, aside } } = self;
        let hot = dictionary.hot;
        let mut count = 0;
        let expect = |tokens: &[Token]| {
            tokens.iter().for_each(|token| kernel::prefetch(&hot[place(token.hash, hot)]));
        };
        expect(&tokens[..tokens.len().min(SHEET)]);
        for first in (0..tokens.len()).step_by(SHEET) {
            let (_, rest) = tokens.split_at_mut(first);
            let (tokens, rest) = rest.split_at_mut(rest.len().min(SHEET));
            let first = first as u32;
            expect(&rest[..rest.len().min(SHEET)]);
            sheets.push(Sheet::EMPTY);
            let sheet = sheets.last_mut().expect("one was just laid down");
            let known = count;
            for (at, ((token, class), form)) in
                (first..).zip(tokens.iter_mut().zip(&mut sheet.class).zip(&mut sheet.form))
            {
                let slot = &hot[place(token.hash, hot)];
                let hit = slot.holds(token.hash);
                tell(token, if hit { slot } else { &UNLISTED });
                (*class, *form) = (token.class, token.form);
                aside[count] = at;
                count += usize::from(!hit) & (token.form & form::WORD) as usize;
            }
            for &at in &aside[known..count] {
                dictionary.expect_probe(tokens[(at - first) as usize].hash);
            }
        }
        for at in aside[..count].iter().map(|&at| at as usize) {
            let token = &mut tokens[at];
            match dictionary.find(token.hash) {
                Some(slot) => tell(token, slot),
                None => token.form |= form::UNLISTED,
            }
            let sheet = &mut sheets[at / SHEET];
            (sheet.class[at % SHEET], sheet.form[at % SHEET]) = (token.class, token.form);
        }
        sheets.iter_mut().for_each(Sheet::sum);
    }
}

/// What is told of a word that no list holds.
const UNLISTED: Slot = Slot::new(0, 0, 0, NO_WORD, 0, speech::Mark::ASK);

/// What a closed class adds to the form of its words.
const OF_FUNCTION: [u32; 32] = {
    let mut table = [0; 32];
    table[Function::Subject as usize] = form::PRONOUN;
    table[Function::Object as usize] = form::PRONOUN;
    table[Function::Possessive as usize] = form::PRONOUN;
    table
};

#[inline(always)]
fn tell(token: &mut Token, slot: &Slot) {
    token.class = slot.class;
    token.word = slot.number();
    token.mark = slot.mark();
    token.function = slot.function();
    token.form |= OF_FUNCTION[usize::from(slot.function() & 31)];
    token.name_weights = slot.name_weights();
}

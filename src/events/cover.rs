//! What was found before at each token of an article, to be asked of any token without a walk.

use super::bits::{Bits, ROW};
use crate::dictionary::NONE;
use crate::entities::{Entities, EntityType, Mention};
use crate::normalize::Dateline;
use crate::token::{Tokens, form, marks};
use std::ops::Range;

/// So many tokens are noted for each mention, also where it has fewer: most are short, and some tokens too many are
/// sooner written than counted.
const SPILL: usize = 4;

/// The mentions, expressions of time and quotations of an article by token.
#[derive(Debug, Default)]
pub struct Cover {
    /// The number of the mention that covers a token, or [`NONE`]; behind a mention's end it may stand still. Longer than
    /// the article when an earlier one was.
    numbers: Vec<u32>,
    /// The tokens inside names.
    named: Bits,
    /// The tokens inside expressions of time.
    timed: Bits,
    /// The tokens inside quotations.
    quoted: Bits,
    /// The tokens inside mentions that name nothing, and inside the dateline.
    aside: Bits,
    /// The numbers.
    digits: Bits,
}

impl Cover {
    /// Replaces what was here by what was found in an article.
    pub fn lay(&mut self, article: &Tokens, entities: &Entities, dateline: Option<&Dateline>) {
        let tokens = article.len();
        let room = tokens + SPILL;
        if self.numbers.len() < room {
            self.numbers.resize(room, NONE);
        }
        self.numbers[..room].fill(NONE);
        let Cover { named, timed, quoted, aside, .. } = self;
        [named, timed, quoted, aside].into_iter().for_each(|bits| bits.lay(tokens + ROW));
        for (number, m) in (0..).zip(&entities.mentions) {
            let (first, end) = (m.first as usize, m.end as usize);
            if let Some(few) = self.numbers[first..].first_chunk_mut::<SPILL>() {
                *few = [number; SPILL];
            }
            if end - first > SPILL {
                self.numbers[first + SPILL..end].fill(number);
            }
            // Mentions of times and amounts name nothing: their words are read like any other.
            if is_name(m.kind) { &mut self.named } else { &mut self.aside }.add(first, end);
        }
        self.digits.clear();
        article.sheets().iter().for_each(|sheet| self.digits.push(sheet.having::<{ marks(0, form::DIGIT) }>()));
        // A stretch may end where the last row ends.
        (0..2).for_each(|_| self.digits.push(0));
        entities.times.iter().for_each(|t| self.timed.add(t.first as usize, t.end as usize));
        entities.quotations.iter().for_each(|q| self.quoted.add(q.first as usize, q.end as usize));
        dateline.iter().for_each(|d| self.aside.add(d.whole.start as usize, d.whole.end as usize));
    }

    /// The mention that covers a token, with its number.
    #[inline]
    pub fn at<'m>(&self, token: u32, mentions: &'m [Mention]) -> Option<(u32, &'m Mention)> {
        let number = self.numbers[token as usize];
        let mention = mentions.get(number as usize)?;
        (token < mention.end).then_some((number, mention))
    }

    /// Whether a token stands inside an expression of time.
    #[inline(always)]
    pub fn is_timed(&self, token: u32) -> bool {
        self.timed.has(token as usize)
    }

    /// Whether one of some tokens stands inside an expression of time.
    #[inline(always)]
    pub fn is_any_timed(&self, tokens: Range<usize>) -> bool {
        self.timed.meets(tokens.start, tokens.end)
    }

    /// Whether a token stands inside a mention, an expression of time, a quotation or the dateline.
    #[inline(always)]
    pub fn is_covered(&self, at: usize) -> bool {
        self.named.has(at) | self.timed.has(at) | self.quoted.has(at) | self.aside.has(at)
    }

    /// Whether a token stands inside a quotation.
    #[inline(always)]
    pub fn is_quoted(&self, token: u32) -> bool {
        self.quoted.has(token as usize)
    }

    /// Which tokens stand between two numbers: bit `n` is the token `from + n`, and the numbers stand at or behind `first`.
    #[inline(always)]
    pub fn between_numbers(&self, from: usize, first: usize) -> u64 {
        let before = if from > first { self.digits.window(from - 1) } else { self.digits.window(from) << 1 };
        before & self.digits.window(from + 1)
    }

    /// Which tokens stand inside quotations or expressions of time: bit `n` is the token `from + n`.
    #[inline(always)]
    pub fn told(&self, from: usize) -> u64 {
        self.timed.window(from) | self.quoted.window(from)
    }

    /// Which tokens stand inside quotations: bit `n` is the token `from + n`.
    #[inline(always)]
    pub fn quoted(&self, from: usize) -> u64 {
        self.quoted.window(from)
    }

    /// Which tokens stand inside names: bit `n` is the token `from + n`.
    #[inline(always)]
    pub fn named(&self, from: usize) -> u64 {
        self.named.window(from)
    }
}

/// Whether mentions of a kind are names.
#[inline]
fn is_name(kind: EntityType) -> bool {
    use EntityType as E;
    matches!(kind, E::Person | E::Org | E::Gpe | E::Loc | E::Fac | E::Norp | E::Event)
}

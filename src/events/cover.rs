//! What was found before at each token of an article, to be asked of any token without a walk.

use super::bits::{Bits, ROW};
use crate::dictionary::NONE;
use crate::entities::{Entities, EntityType, Mention};
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
}

impl Cover {
    /// Replaces what was here by what was found in an article of so many tokens.
    pub fn lay(&mut self, tokens: usize, entities: &Entities) {
        let room = tokens + SPILL;
        if self.numbers.len() < room {
            self.numbers.resize(room, NONE);
        }
        self.numbers[..room].fill(NONE);
        self.named.lay(tokens + ROW);
        for (number, m) in (0..).zip(&entities.mentions) {
            let (first, end) = (m.first as usize, m.end as usize);
            if let Some(few) = self.numbers[first..].first_chunk_mut::<SPILL>() {
                *few = [number; SPILL];
            }
            if end - first > SPILL {
                self.numbers[first + SPILL..end].fill(number);
            }
            // Mentions of times and amounts name nothing: their words are read like any other.
            self.named.add(first, if is_name(m.kind) { end } else { first });
        }
        self.timed.lay(tokens + ROW);
        self.quoted.lay(tokens + ROW);
        entities.times.iter().for_each(|t| self.timed.add(t.first as usize, t.end as usize));
        entities.quotations.iter().for_each(|q| self.quoted.add(q.first as usize, q.end as usize));
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

    /// Whether a token stands inside a quotation.
    #[inline(always)]
    pub fn is_quoted(&self, token: u32) -> bool {
        self.quoted.has(token as usize)
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

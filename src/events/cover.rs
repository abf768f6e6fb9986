//! Which mention covers each token of an article, to be asked of any token without a walk.

use super::bits::{Bits, ROW};
use crate::dictionary::NONE;
use crate::entities::{EntityType, Mention};

/// So many tokens are noted for each mention, also where it has fewer: most are short, and some tokens too many are
/// sooner written than counted.
const SPILL: usize = 4;

/// The mentions of an article by token.
#[derive(Debug, Default)]
pub struct Cover {
    /// The number of the mention that covers a token, or [`NONE`]; behind a mention's end it may stand still.
    numbers: Vec<u32>,
    /// The tokens inside names.
    named: Bits,
}

impl Cover {
    /// Replaces what was here by the mentions of an article of so many tokens.
    pub fn lay(&mut self, tokens: usize, mentions: &[Mention]) {
        self.numbers.clear();
        self.numbers.resize(tokens + SPILL, NONE);
        self.named.lay(tokens + ROW);
        for (number, m) in (0..).zip(mentions) {
            let (first, end) = (m.first as usize, m.end as usize);
            self.numbers[first..first + SPILL].fill(number);
            if end - first > SPILL {
                self.numbers[first + SPILL..end].fill(number);
            }
            // Mentions of times and amounts name nothing: their words are read like any other.
            self.named.add(first, if is_name(m.kind) { end } else { first });
        }
    }

    /// The mention that covers a token, with its number.
    #[inline]
    pub fn at<'m>(&self, token: u32, mentions: &'m [Mention]) -> Option<(u32, &'m Mention)> {
        let number = self.numbers[token as usize];
        let mention = mentions.get(number as usize)?;
        (token < mention.end).then_some((number, mention))
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

//! Finds articles that were sent twice: word for word, or edited on their way.
//!
//! A wire's story is printed by many papers, each with a headline of its own, a line more or less, a cut end. Who counts
//! events wants to know. So a worker, which has the words of an article at hand, makes a [`Signature`] of them, and
//! whoever sees all articles in order asks an [`Index`] whether one like it came before.
//!
//! What counts are the words of the body: not its case, marks and spaces, nor headline, dateline and page furniture.
//!
//! On the way out:
//!
//! * the answers depend on the articles, their order and the bound alone;
//! * an article that is named as the first of its kind is no duplicate itself;
//! * memory stays below the bound, whatever comes; of what it has no room for, the oldest is forgotten first.
//!
//! How well it finds edited copies is measured in `copies_are_found_and_others_are_not`.

mod index;
mod sketch;

pub use index::Index;
pub use sketch::Sketch;

use std::ops::Range;

use crate::dictionary::class;
use crate::segment::{Part, Sentences};
use crate::token::{Tokens, form, mix};
use sketch::{PLACES, Sketcher};

/// What is taken for a duplicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// The same words in the same order.
    Exact,
    /// Also what was edited: up to a fifth of the words, or a good third of the text cut off.
    Near,
}

/// What is kept of the words of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Hash of all words in their order.
    pub(crate) words: u64,
    /// Which pairs of words there are, where there are enough of them and it was asked for.
    pub(crate) sketch: Option<Sketch>,
}

impl Signature {
    /// The signature of a text without its `dateline`, in tokens; none where it has no word of a body. The tokens must
    /// have been annotated by the dictionary, which tells what says little of a text: "the", "of".
    pub fn of(tokens: &Tokens, sentences: &Sentences, dateline: Range<u32>, likeness: Likeness) -> Option<Signature> {
        let (mut words, mut count) = (0, 0u64);
        let mut sketcher = (likeness == Likeness::Near).then(Sketcher::new);
        let mut before = None;
        for sentence in sentences.iter().filter(|sentence| sentence.part == Part::Body) {
            let first =
                if dateline.contains(&sentence.first) { dateline.end.min(sentence.end) } else { sentence.first };
            for token in tokens[first as usize..sentence.end as usize].iter().filter(|token| token.is(form::WORD)) {
                words = mix(words, token.hash);
                count += 1;
                if let Some(sketcher) = &mut sketcher
                    && !token.has(class::FUNCTION)
                    && let Some(before) = before.replace(token.hash)
                {
                    sketcher.add(mix(before, token.hash));
                }
            }
        }
        (count > 0).then(|| Signature { words: mix(words, count), sketch: sketcher.and_then(Sketcher::finish) })
    }

    /// The same as plain numbers, as a stream carries it; [`from_numbers`](Signature::from_numbers) reads them.
    pub fn to_numbers(&self) -> Box<[u64]> {
        let sketch = self.sketch.iter().flat_map(|sketch| sketch.0.chunks(4));
        let four = |values: &[u16]| values.iter().fold(0, |all, value| all << 16 | u64::from(*value));
        std::iter::once(self.words).chain(sketch.map(four)).collect()
    }

    /// What [`to_numbers`](Signature::to_numbers) wrote; none where it is something else.
    pub fn from_numbers(numbers: &[u64]) -> Option<Signature> {
        let (&words, rest) = numbers.split_first()?;
        let value = |at: usize| (rest[at / 4] >> (48 - at % 4 * 16)) as u16;
        let sketch = match rest.len() {
            0 => None,
            len if len * 4 == PLACES => Some(Sketch(std::array::from_fn(value))),
            _ => return None,
        };
        Some(Signature { words, sketch })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_give_the_signature_again() {
        let sketch = Sketch(std::array::from_fn(|at| (at * 517) as u16));
        for sketch in [None, Some(sketch)] {
            let signature = Signature { words: 77, sketch };
            assert_eq!(Signature::from_numbers(&signature.to_numbers()), Some(signature));
        }
        assert_eq!(Signature::from_numbers(&[]), None);
        assert_eq!(Signature::from_numbers(&[1, 2]), None);
    }
}

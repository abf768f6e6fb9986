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
use sketch::Sketcher;

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
            for at in sentence.range() {
                let token = &tokens[at];
                if !token.is(form::WORD) || dateline.contains(&(at as u32)) {
                    continue;
                }
                words = mix(words, token.hash);
                count += 1;
                if let Some(sketcher) = &mut sketcher
                    && !token.has(class::FUNCTION)
                {
                    if let Some(before) = before.replace(token.hash) {
                        sketcher.add(mix(before, token.hash));
                    }
                }
            }
        }
        (count > 0).then(|| Signature { words: mix(words, count), sketch: sketcher.and_then(Sketcher::finish) })
    }
}

//! The sentences of an article, and which of them a token lies in.

use super::Sentence;
use crate::token::Found;
use std::ops::Deref;

/// The sentences of one article, in order; they tile its tokens. Kept by a worker and filled anew for each article.
#[derive(Debug, Default)]
pub struct Sentences {
    list: Vec<Sentence>,
    /// For each token the number of its sentence, and [`STEP`] more. It never shrinks, so it is seldom filled with
    /// nothing.
    of_token: Vec<u32>,
    /// The tokens at which one may end, of which a look is taken.
    marks: Found,
}

/// So many tokens get their number at once, whether or not they still belong to the sentence: how long it is cannot be
/// guessed, most are not longer, and the next one writes over what was too much.
const STEP: usize = 32;

impl Sentences {
    /// Replaces the sentences by those that `write` appends to an empty list.
    ///
    /// It is given a list of tokens besides, to use as it likes.
    pub(super) fn fill(&mut self, write: impl FnOnce(&mut Found, &mut Vec<Sentence>)) {
        self.list.clear();
        write(&mut self.marks, &mut self.list);
        let tokens = self.list.last().map_or(0, |last| last.end as usize);
        if self.of_token.len() < tokens + STEP {
            self.of_token.resize(tokens + STEP, 0);
        }
        for (number, sentence) in (0..).zip(&self.list) {
            for from in sentence.range().step_by(STEP) {
                if let Some(numbers) = self.of_token[from..].first_chunk_mut() {
                    *numbers = [number; STEP];
                }
            }
        }
    }

    /// The number of the sentence that a token of the article lies in.
    ///
    /// Stations look at few tokens, and whether another sentence has begun since the last of them cannot be guessed: so
    /// nothing is searched.
    #[inline]
    pub fn number_of(&self, token: usize) -> usize {
        self.of_token[token] as usize
    }
}

impl Deref for Sentences {
    type Target = [Sentence];

    #[inline]
    fn deref(&self) -> &[Sentence] {
        &self.list
    }
}

impl FromIterator<Sentence> for Sentences {
    fn from_iter<I: IntoIterator<Item = Sentence>>(list: I) -> Self {
        let mut sentences = Sentences::default();
        sentences.fill(|_, out| out.extend(list));
        sentences
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::Part;

    #[test]
    fn every_token_is_found_in_its_sentence() {
        let mut first = 0;
        let sentences: Sentences = [1, 62, 1, 1, 63, 64, 200, 5, 1]
            .into_iter()
            .map(|len| {
                first += len;
                Sentence { first: first - len, end: first, paragraph: 0, part: Part::Body }
            })
            .collect();
        for (number, sentence) in sentences.iter().enumerate() {
            assert!(sentence.range().all(|token| sentences.number_of(token) == number));
        }
    }
}

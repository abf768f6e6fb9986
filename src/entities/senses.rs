//! What the words of a few classes mean to one reader: a small table by word id that stays in the first cache.
//!
//! The dictionary keeps meanings as strings, so that lists remain text. A reader turns those of its own classes into
//! numbers once, when it is built; in the text it then neither compares nor parses strings.

use crate::dictionary::{ClassSense, Dictionary};
use crate::token::{NO_WORD, Token};

/// Meanings by word id. `T::default()` stands for "means nothing here".
#[derive(Debug)]
pub(super) struct Senses<T> {
    slots: Vec<(u32, T)>,
}

impl<T: Copy + Default> Senses<T> {
    /// Calls `read(meaning, class, value)` for every sense that a word has in one of `classes` (single bits).
    pub(super) fn new(dictionary: &Dictionary<'_>, classes: &[u32], mut read: impl FnMut(&mut T, u32, &str)) -> Self {
        let mut senses: Vec<ClassSense> =
            classes.iter().flat_map(|&class| dictionary.senses_of(class)).copied().collect();
        senses.sort_by_key(|s| s.word);
        let mut found: Vec<(u32, T)> = Vec::with_capacity(senses.len());
        for ClassSense { class, word, value } in senses {
            if found.last().is_none_or(|(w, _)| *w != word) {
                found.push((word, T::default()));
            }
            if let Some((_, meaning)) = found.last_mut() {
                read(meaning, class, dictionary.value(value));
            }
        }
        let mut slots = vec![(NO_WORD, T::default()); (found.len() * 2).next_power_of_two().max(4)];
        let mask = slots.len() - 1;
        for (word, meaning) in found {
            let mut at = slot(word) & mask;
            while slots[at].0 != NO_WORD {
                at = (at + 1) & mask;
            }
            slots[at] = (word, meaning);
        }
        Senses { slots }
    }

    /// The meaning of a token.
    #[inline]
    pub(super) fn of(&self, token: &Token) -> T {
        self.of_word(token.word)
    }

    /// The meaning of a word; [`NO_WORD`] means nothing.
    #[inline]
    pub(super) fn of_word(&self, wanted: u32) -> T {
        let mask = self.slots.len() - 1;
        let mut at = slot(wanted) & mask;
        loop {
            let (word, meaning) = self.slots[at];
            if word == wanted || word == NO_WORD {
                return meaning;
            }
            at = (at + 1) & mask;
        }
    }
}

/// Fibonacci hashing: word ids are dense, so their upper product bits spread well.
#[inline]
fn slot(word: u32) -> usize {
    (word.wrapping_mul(0x9E37_79B1) >> 8) as usize
}

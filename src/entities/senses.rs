//! What the words of a few classes mean to one reader: a small table by word id that stays in the first cache.
//!
//! The dictionary keeps meanings as strings, so that lists remain text. A reader turns those of its own classes into
//! numbers once, when it is built; in the text it then neither compares nor parses strings.

use crate::dictionary::{ClassSense, Dictionary};
use crate::token::{NO_WORD, Token};

/// Meanings by word id. `T::default()` stands for "means nothing here".
///
/// No two words share a slot: each word's bucket tells what to mix into its number so that it has one for itself. So a
/// look-up is one comparison, and nothing has to be guessed about how long a search will be.
#[derive(Debug)]
pub(super) struct Senses<T> {
    slots: Box<[(u32, T)]>,
    /// What is mixed into the numbers of the words of a bucket.
    mixed: Box<[u32]>,
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
        Self::of_words(found)
    }

    /// Calls `meaning` for every word that has a sense in one of `classes` (single bits).
    pub(super) fn of_all(dictionary: &Dictionary<'_>, classes: &[u32], meaning: impl Fn(u32) -> T) -> Self {
        let mut words: Vec<u32> =
            classes.iter().flat_map(|&class| dictionary.senses_of(class)).map(|s| s.word).collect();
        words.sort_unstable();
        words.dedup();
        Self::of_words(words.into_iter().map(|word| (word, meaning(word))).collect())
    }

    /// From words, none twice.
    fn of_words(mut found: Vec<(u32, T)>) -> Self {
        let size = (found.len() * 2).next_power_of_two().max(4);
        let mut senses = Senses { slots: vec![(NO_WORD, T::default()); size].into(), mixed: vec![0; size / 4].into() };
        let buckets = senses.mixed.len();
        found.sort_by_key(|(word, _)| bucket(*word, buckets));
        let mut buckets: Vec<_> = found.chunk_by(|a, b| bucket(a.0, buckets) == bucket(b.0, buckets)).collect();
        // The fullest first, while there is room to choose from.
        buckets.sort_by_key(|words| std::cmp::Reverse(words.len()));
        for words in buckets {
            let fits = |mixed: &u32| {
                let free = |at: usize| senses.slots[at].0 == NO_WORD;
                let at = |n: usize| slot(words[n].0, *mixed, size);
                (0..words.len()).all(|n| free(at(n)) && (0..n).all(|m| at(m) != at(n)))
            };
            let mixed = (0..u32::MAX).find(fits).expect("half of the slots are free");
            senses.mixed[bucket(words[0].0, senses.mixed.len())] = mixed;
            for &(word, meaning) in words {
                senses.slots[slot(word, mixed, size)] = (word, meaning);
            }
        }
        senses
    }

    /// The meaning of a token.
    #[inline]
    pub(super) fn of(&self, token: &Token) -> T {
        self.of_word(token.word)
    }

    /// The meaning of a word; [`NO_WORD`] means nothing.
    #[inline]
    pub(super) fn of_word(&self, wanted: u32) -> T {
        let mixed = self.mixed[bucket(wanted, self.mixed.len())];
        let (word, meaning) = self.slots[slot(wanted, mixed, self.slots.len())];
        if word == wanted { meaning } else { T::default() }
    }

    /// The meaning of a token that has one; of others anything.
    #[inline]
    pub(super) fn of_listed(&self, token: &Token) -> T {
        let mixed = self.mixed[bucket(token.word, self.mixed.len())];
        self.slots[slot(token.word, mixed, self.slots.len())].1
    }
}

/// Which bucket of so many, a power of two, a word belongs to. Fibonacci hashing: word ids are dense, so their upper
/// product bits spread well.
#[inline]
fn bucket(word: u32, buckets: usize) -> usize {
    (word.wrapping_mul(0x9E37_79B1) >> 8) as usize & (buckets - 1)
}

/// Which slot of so many, a power of two, a word has with something mixed into its number.
#[inline]
fn slot(word: u32, mixed: u32, slots: usize) -> usize {
    ((word ^ mixed).wrapping_mul(0x85EB_CA6B) >> 10) as usize & (slots - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_own_meaning_and_others_have_none() {
        for count in [0, 1, 2, 7, 300, 5_000] {
            let words: Vec<(u32, u32)> = (0..count).map(|n| (n * n % 16_777_213 + n, n + 1)).collect();
            let senses = Senses::of_words(words.clone());
            assert!(words.iter().all(|&(word, meaning)| senses.of_word(word) == meaning));
            assert!((0..40_000u32).filter(|w| words.iter().all(|(word, _)| word != w)).all(|w| senses.of_word(w) == 0));
            assert_eq!(senses.of_word(NO_WORD), 0);
        }
    }
}

//! A handful of words that one reader knows by heart, found by the hash that every token has already.
//!
//! [`super::senses::Senses`] are for words whose meaning a list tells; these are the closed sets that a reader's code
//! speaks of ("more than", "according to", "of"), so they stand in that code.

use crate::token::{Token, form, hash_folded};

/// Meanings by the hash of the folded word. `T::default()` stands for "none of them".
#[derive(Debug)]
pub(super) struct LittleWords<T> {
    /// Open addressing, a quarter full; an empty slot has no hash.
    slots: Box<[(u64, T)]>,
}

impl<T: Copy + Default> LittleWords<T> {
    /// From words in small letters of ASCII.
    pub(super) fn new(words: &[(&str, T)]) -> Self {
        let mut little = LittleWords { slots: vec![(0, T::default()); (words.len() * 4).next_power_of_two()].into() };
        for &(word, meaning) in words {
            let hash = hash_folded(word);
            let at = little.slot(hash);
            little.slots[at] = (hash, meaning);
        }
        little
    }

    /// Where a hash stands, or would stand.
    #[inline]
    fn slot(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 32) as usize & mask;
        loop {
            let own = self.slots[at].0;
            if own == hash || own == 0 {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// The meaning of what is folded to a hash.
    #[inline]
    pub(super) fn of_hash(&self, hash: u64) -> T {
        self.slots[self.slot(hash)].1
    }

    /// The meaning of a token. One with accents is none of the words, although it is folded to the same form.
    #[inline]
    pub(super) fn of(&self, token: &Token) -> T {
        if token.form & (form::WORD | form::BEYOND_ASCII) != form::WORD {
            return T::default();
        }
        self.of_hash(token.hash)
    }
}

/// Whether a token is a word that is given in small letters; in capitals or not.
#[inline]
pub(super) fn is_word(text: &str, token: &Token, word: &str) -> bool {
    // Length and first letter tell nearly always.
    (token.end - token.start) as usize == word.len()
        && token.symbol | 0x20 == word.as_bytes()[0]
        && token.of(text).eq_ignore_ascii_case(word)
}

//! A handful of words that one reader knows by heart, found by the hash that every token has already.
//!
//! [`super::senses::Senses`] are for words whose meaning a list tells; these are the closed sets that a reader's code
//! speaks of ("more than", "according to", "of"), so they stand in that code.

use crate::token::{Token, form, hash_folded};

/// Meanings by the hash of the folded word. `T::default()` stands for "none of them".
#[derive(Debug)]
pub(super) struct LittleWords<T> {
    /// Each word in a slot of its own, so that a look-up is one comparison; an empty slot has no hash.
    slots: Box<[(u64, T)]>,
    /// The bits of a hash that tell its slot begin here.
    shift: u32,
}

impl<T: Copy + Default> LittleWords<T> {
    /// From words in small letters of ASCII.
    pub(super) fn new(words: &[(&str, T)]) -> Self {
        Self::of_hashes(&words.iter().map(|&(word, meaning)| (hash_folded(word), meaning)).collect::<Vec<_>>())
    }

    /// From words and symbols by what they are folded to.
    pub(super) fn of_hashes(words: &[(u64, T)]) -> Self {
        let mut size = (words.len() * 4).next_power_of_two();
        loop {
            if let Some(found) = (0..56).find_map(|shift| Self::with(words, size, shift)) {
                return found;
            }
            size *= 2;
        }
    }

    /// From words in small letters of ASCII with a space between them, list after list.
    pub(super) fn of_lists(lists: &[(T, &str)]) -> Self {
        let of_list = |&(meaning, words): &(T, _)| str::split(words, ' ').map(move |word| (word, meaning));
        Self::new(&lists.iter().flat_map(of_list).collect::<Vec<_>>())
    }

    /// A table of some size, unless two words come to stand in one slot.
    fn with(words: &[(u64, T)], size: usize, shift: u32) -> Option<Self> {
        let mut little = LittleWords { slots: vec![(0, T::default()); size].into(), shift };
        for &(hash, meaning) in words {
            let slot = little.slot(hash);
            if ![0, hash].contains(&little.slots[slot].0) {
                return None;
            }
            little.slots[slot] = (hash, meaning);
        }
        Some(little)
    }

    #[inline]
    fn slot(&self, hash: u64) -> usize {
        (hash >> self.shift) as usize & (self.slots.len() - 1)
    }

    /// The meaning of what is folded to a hash.
    #[inline]
    pub(super) fn of_hash(&self, hash: u64) -> T {
        let (own, meaning) = self.slots[self.slot(hash)];
        if own == hash { meaning } else { T::default() }
    }

    /// The meaning of a token.
    #[inline]
    pub(super) fn of(&self, token: &Token) -> T {
        if is_plain(token) { self.of_hash(token.hash) } else { T::default() }
    }
}

/// Words of which there are more than a table of slots of their own holds well, and which are asked for seldom.
#[derive(Debug)]
pub(super) struct WordSet {
    /// Their hashes, in order.
    hashes: Box<[u64]>,
}

impl WordSet {
    /// From words in small letters of ASCII with a space between them.
    pub(super) fn of_list(words: &str) -> Self {
        let mut hashes: Box<[u64]> = words.split(' ').map(hash_folded).collect();
        hashes.sort_unstable();
        WordSet { hashes }
    }

    /// Whether a token is one of the words.
    pub(super) fn has(&self, token: &Token) -> bool {
        is_plain(token) && self.hashes.binary_search(&token.hash).is_ok()
    }
}

/// Whether a token can be a word in letters of ASCII. One with accents is none, although it is folded to the same form.
#[inline]
fn is_plain(token: &Token) -> bool {
    token.form & (form::WORD | form::BEYOND_ASCII) == form::WORD
}

/// Whether a token is a word that is given in small letters; in capitals or not.
#[inline]
pub(super) fn is_word(text: &str, token: &Token, word: &str) -> bool {
    // Length and first letter tell nearly always.
    (token.end - token.start) as usize == word.len()
        && token.symbol | 0x20 == word.as_bytes()[0]
        && token.of(text).eq_ignore_ascii_case(word)
}

//! A handful of words that one reader knows by heart, found by the hash that every token has already.
//!
//! [`super::senses::Senses`] are for words whose meaning a list tells; these are the closed sets that a reader's code
//! speaks of ("more than", "according to", "of"), so they stand in that code.

use crate::token::{Token, form, hash_folded};

/// Meanings by the hash of the folded word. `T::default()` stands for "none of them".
///
/// The table is read for words of all sorts, so it is to be small. No two words share a slot all the same, since each
/// bucket of hashes reads its slots off those bits that keep its words apart.
#[derive(Debug)]
pub(super) struct LittleWords<T> {
    /// Where in a hash its slot begins, by its bucket.
    shifts: [u8; BUCKETS],
    /// Each word in a slot of its own, so that a look-up is one comparison; an empty slot has no hash.
    slots: Box<[(u64, T)]>,
}

const BUCKETS: usize = 64;
const SHIFTS: u8 = 48;

impl<T: Copy + Default> LittleWords<T> {
    /// From words in small letters of ASCII.
    pub(super) fn new(words: &[(&str, T)]) -> Self {
        Self::of_hashes(&words.iter().map(|&(word, meaning)| (hash_folded(word), meaning)).collect::<Vec<_>>())
    }

    /// From words and symbols by what they are folded to.
    pub(super) fn of_hashes(words: &[(u64, T)]) -> Self {
        let sizes = std::iter::successors(Some((words.len() * 2).next_power_of_two()), |size| Some(size * 2));
        sizes.filter_map(|size| Self::with(words, size)).next().expect("in a table that is wide enough all stand apart")
    }

    /// From words in small letters of ASCII with a space between them, list after list.
    pub(super) fn of_lists(lists: &[(T, &str)]) -> Self {
        let of_list = |&(meaning, words): &(T, _)| str::split(words, ' ').map(move |word| (word, meaning));
        Self::new(&lists.iter().flat_map(of_list).collect::<Vec<_>>())
    }

    /// A table of some size; none when that is too small. Of a word that is given twice the last meaning counts.
    fn with(words: &[(u64, T)], size: usize) -> Option<Self> {
        let mut little = LittleWords { shifts: [0; BUCKETS], slots: vec![(0, T::default()); size].into() };
        let mut buckets = vec![Vec::new(); BUCKETS];
        for &(hash, _) in words {
            buckets[bucket(hash)].push(hash);
        }
        // Those that ask for most come first, while there is room.
        buckets.sort_by_key(|own| std::cmp::Reverse(own.len()));
        for own in buckets.iter().filter(|own| !own.is_empty()) {
            let laid = (0..SHIFTS).any(|shift| {
                little.shifts[bucket(own[0])] = shift;
                let is_free = |hash: u64, slots: &[(u64, T)]| [0, hash].contains(&slots[little.slot(hash)].0);
                let are_free = own.iter().all(|&hash| is_free(hash, &little.slots));
                let apart = |a: u64, b: u64| a == b || little.slot(a) != little.slot(b);
                are_free && own.iter().all(|&a| own.iter().all(|&b| apart(a, b)))
            });
            if !laid {
                return None;
            }
            for &hash in own {
                let slot = little.slot(hash);
                little.slots[slot].0 = hash;
            }
        }
        for &(hash, meaning) in words {
            let slot = little.slot(hash);
            little.slots[slot] = (hash, meaning);
        }
        Some(little)
    }

    #[inline(always)]
    fn slot(&self, hash: u64) -> usize {
        (hash >> self.shifts[bucket(hash)]) as usize & (self.slots.len() - 1)
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

/// Which bucket a hash falls into.
#[inline(always)]
fn bucket(hash: u64) -> usize {
    (hash >> (u64::BITS - BUCKETS.ilog2())) as usize
}

/// Whether a token is a word that is given in small letters; in capitals or not.
#[inline]
pub(super) fn is_word(text: &str, token: &Token, word: &str) -> bool {
    // Length and first letter tell nearly always.
    (token.end - token.start) as usize == word.len()
        && token.symbol | 0x20 == word.as_bytes()[0]
        && token.of(text).eq_ignore_ascii_case(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::mix;

    #[test]
    fn every_word_has_its_meaning_and_no_other_has_one() {
        for count in [0, 1, 2, 60, 200, 800] {
            let words: Vec<(u64, u32)> = (0..count).map(|i| (mix(i, 1), i as u32 + 1)).collect();
            let little = LittleWords::of_hashes(&words);
            assert!(words.iter().all(|&(hash, meaning)| little.of_hash(hash) == meaning));
            assert!((0..10_000).all(|i| little.of_hash(mix(i, 2)) == 0));
        }
        let twice = LittleWords::new(&[("so", 1), ("or", 2), ("so", 3)]);
        assert_eq!((twice.of_hash(hash_folded("so")), twice.of_hash(hash_folded("or"))), (3, 2));
    }
}

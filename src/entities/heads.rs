//! What the heads of organisations and the titles among words are to a name: "Ministry", "Agency", "General", "Jr.".
//!
//! Every piece of a name is asked for it, so it must be told in the first cache and without a branch. Only words that
//! have a meaning are looked up, which their class tells. So the table need not say whose a meaning is, and words of one
//! meaning may share a row: a byte for each is enough.

use super::unit::can;
use crate::dictionary::{ClassSense, Dictionary, class};
use crate::token::Token;
use std::hint::select_unpredictable;

/// The classes of the words that have a meaning here.
const CLASSES: u32 = class::ORG_HEAD | class::TITLE;
/// What each bit of a row says a word can be.
const BITS: [u32; 5] = [can::ORG_OF, can::ORG_TAIL, can::TITLE, can::ROLE, can::HONOUR];
const BUCKETS: usize = 1024;
/// No word's row.
const EMPTY: u8 = !0;

/// The meanings of words by their ids: each bucket of words is shifted until all find a row of their meaning.
pub(super) struct Heads {
    shifts: Vec<u16>,
    rows: Vec<u8>,
    /// For every set of bits of a row what a word of them can be.
    meanings: [u32; 1 << BITS.len()],
}

impl Heads {
    pub fn new(dictionary: &Dictionary<'_>) -> Self {
        let senses = [class::ORG_HEAD, class::TITLE].into_iter().flat_map(|class| dictionary.senses_of(class));
        let mut words: Vec<(u32, u8)> = senses
            .map(|&ClassSense { class, word, value }| {
                let value = dictionary.value(value);
                let org_head = value.split(' ').next().filter(|_| class == class::ORG_HEAD);
                let can = match org_head.unwrap_or(value) {
                    "head_of" => can::ORG_OF,
                    "tail" => can::ORG_TAIL,
                    "both" => can::ORG_OF | can::ORG_TAIL,
                    "title" => can::TITLE,
                    "role" => can::ROLE,
                    "honour" => can::HONOUR,
                    _ => 0,
                };
                (word, (0..).zip(BITS).fold(0, |row, (at, bit)| row | u8::from(can & bit != 0) << at))
            })
            .collect();
        words.sort_unstable();
        words.dedup_by(|next, word| {
            let same = next.0 == word.0;
            word.1 |= if same { next.1 } else { 0 };
            same
        });
        let meanings = std::array::from_fn(|row| {
            (0..).zip(BITS).fold(0, |can, (at, bit)| can | if row >> at & 1 != 0 { bit } else { 0 })
        });
        let sizes = (12..).map(|bits| 1 << bits);
        let (shifts, rows) = sizes.into_iter().find_map(|size| lay(&words, size)).expect("some size is enough");
        Heads { shifts, rows, meanings }
    }

    /// What a word can be by its own meaning: bits of [`can`].
    #[inline]
    pub fn of(&self, token: &Token) -> u32 {
        let hash = hash(token.word);
        let row = self.rows[place(hash, self.shifts[bucket(hash)], self.rows.len())];
        select_unpredictable(token.has(CLASSES), self.meanings[usize::from(row) % self.meanings.len()], 0)
    }
}

/// Fibonacci hashing, to be read from the top.
#[inline]
fn hash(word: u32) -> u64 {
    u64::from(word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[inline]
fn bucket(hash: u64) -> usize {
    (hash >> (u64::BITS - BUCKETS.ilog2())) as usize
}

#[inline]
fn place(hash: u64, shift: u16, size: usize) -> usize {
    ((hash >> 24) as usize + usize::from(shift)) & (size - 1)
}

/// Lays words out in so many rows; [`None`] when there are too few.
fn lay(words: &[(u32, u8)], size: usize) -> Option<(Vec<u16>, Vec<u8>)> {
    let mut buckets = vec![Vec::new(); BUCKETS];
    for &(word, meaning) in words {
        buckets[bucket(hash(word))].push((hash(word), meaning));
    }
    let mut fullest_first: Vec<_> = (0..BUCKETS).collect();
    fullest_first.sort_by_key(|&at| std::cmp::Reverse(buckets[at].len()));
    let (mut shifts, mut rows) = (vec![0; BUCKETS], vec![EMPTY; size]);
    for at in fullest_first {
        let words = &buckets[at];
        shifts[at] = (0..=u16::MAX).take(size).find(|&shift| {
            let own = |&(hash, _): &(u64, u8)| place(hash, shift, size);
            let fits = words.iter().all(|word| [EMPTY, word.1].contains(&rows[own(word)]))
                && words.iter().all(|a| words.iter().all(|b| own(a) != own(b) || a.1 == b.1));
            if fits {
                words.iter().for_each(|word| rows[own(word)] = word.1);
            }
            fits
        })?;
    }
    Some((shifts, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_finds_its_meaning() {
        let words: Vec<(u32, u8)> = (0..3000).map(|i| (i * 7 + 1, (i % 31) as u8)).collect();
        let (shifts, rows) = (10..).find_map(|bits| lay(&words, 1 << bits)).expect("some size is enough");
        for (word, meaning) in words {
            let hash = hash(word);
            assert_eq!(rows[place(hash, shifts[bucket(hash)], rows.len())], meaning);
        }
    }
}

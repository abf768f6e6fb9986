//! What is known of single words beyond what the one probe tells: counts, weights, senses, spelling.
//!
//! Half a million words are known, and of most there is nothing to say but that they are a name or rare. So words are
//! numbered by how much is known of them: first those that were counted or have senses, then those that are a name by
//! themselves, then the others; and what only the first ones have is written down for the first ones alone.

use super::image::{ClassSense, NONE, PAIR_COUNT, SPELLED_TOGETHER};
use super::{Dictionary, bigram_key, place, speech};
use crate::kernel;

/// What is known of one word beyond its class bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordInfo {
    /// Occurrences in the counted texts.
    pub count: u32,
    /// Of these, inside a sentence in lower case.
    pub lower: u32,
    /// Of these, inside a sentence with a capital.
    pub capital: u32,
    /// Level of the word in the lexicon, 10 (commonest) to 95; 0 when it is not in it.
    pub level: u8,
    /// Weight as a given name (upper four bits) and as a family name (lower four), each 0–15, log2-like.
    pub name_weights: u8,
}

impl WordInfo {
    /// Weight as a given name, 0-15.
    pub fn given(&self) -> u8 {
        self.name_weights >> 4
    }

    /// Weight as a family name, 0-15.
    pub fn surname(&self) -> u8 {
        self.name_weights & 15
    }
}

impl<'a> Dictionary<'a> {
    /// What is known of a word.
    #[inline]
    pub fn word(&self, word: u32) -> Option<WordInfo> {
        let word = word as usize;
        if let Some(row) = self.words.get(word) {
            let (level, name_weights) = (row.plain.level, row.plain.name_weights);
            return Some(WordInfo { count: row.count, lower: row.lower, capital: row.capital, level, name_weights });
        }
        let plain = self.plain_words.get(word - self.words.len())?;
        Some(WordInfo { level: plain.level, name_weights: plain.name_weights, ..WordInfo::default() })
    }

    /// Number of words; their numbers count from 0.
    pub fn word_count(&self) -> usize {
        self.spellings.len()
    }

    /// The surface that a word is by itself, or [`NONE`].
    #[inline]
    pub fn surface_of_word(&self, word: u32) -> u32 {
        self.alone.get(word as usize).copied().unwrap_or(NONE)
    }

    /// Asks for what [`Dictionary::word`] reads.
    #[inline]
    pub fn expect_info(&self, word: u32) {
        if let Some(row) = self.words.get(word as usize) {
            kernel::prefetch(row);
        }
    }

    /// Asks for what [`Dictionary::surface_of_word`] reads.
    #[inline]
    pub fn expect_word(&self, word: u32) {
        if let Some(surface) = self.alone.get(word as usize) {
            kernel::prefetch(surface);
        }
    }

    /// A word as the lists spell it: a name with its capital, any other word folded, but for case.
    pub fn word_text(&self, word: u32) -> &'a str {
        let word = word as usize;
        let len = usize::from(self.spellings[word]);
        if len == 0 {
            return self.surface(self.alone[word]).text;
        }
        let first = word - word % SPELLED_TOGETHER;
        let before: usize = self.spellings[first..word].iter().map(|&len| usize::from(len)).sum();
        let at = self.spelling_starts[word / SPELLED_TOGETHER] as usize + before;
        &self.pool[at..at + len]
    }

    /// Weight of a word as a given name, 0–15.
    pub fn given_weight(&self, word: u32) -> u8 {
        self.word(word).map_or(0, |w| w.given())
    }

    /// Weight of a word as a family name, 0–15.
    pub fn surname_weight(&self, word: u32) -> u8 {
        self.word(word).map_or(0, |w| w.surname())
    }

    fn own_senses(&self, word: u32) -> &'a [[u32; 2]] {
        self.words.get(word as usize).map_or(&[], |row| row.own_senses(self.senses))
    }

    /// The value ids of all of the word's senses in a class, in list order.
    pub fn senses(&self, word: u32, class: u32) -> impl Iterator<Item = u32> + use<'a> {
        self.own_senses(word).iter().filter(move |[c, _]| *c == class).map(|[_, value]| *value)
    }

    /// The value id of the word's first sense in a class (one bit of [`super::class`]).
    pub fn sense(&self, word: u32, class: u32) -> Option<u32> {
        self.senses(word, class).next()
    }

    /// Shorthand for the string of a word's first sense in a class.
    pub fn sense_str(&self, word: u32, class: u32) -> Option<&'a str> {
        self.sense(word, class).map(|v| self.value(v))
    }

    /// What part of speech the lists tell of a word.
    pub fn tag(&self, word: u32) -> speech::Tag {
        if word as usize >= self.word_count() {
            return speech::Tag::Unknown;
        }
        let own = self.own_senses(word).iter();
        speech::Tag::of_word(self.word_text(word), own.map(|[class, value]| (*class, self.value(*value))))
    }

    /// All senses in a class (one bit of [`super::class`]), by word, a word's own in list order: what a station reads
    /// when it is built, since to ask every word is slow.
    pub fn senses_of(&self, class: u32) -> &'a [ClassSense] {
        let first = self.by_class.partition_point(|s| s.class < class);
        let rest = &self.by_class[first..];
        &rest[..rest.partition_point(|s| s.class == class)]
    }

    /// Occurrences of two words side by side in the counted texts, by the hashes of their folded forms.
    pub fn bigram(&self, first: u64, second: u64) -> u32 {
        let key = bigram_key(first, second);
        let mask = self.bigrams.len() - 1;
        let mut at = place(key, self.bigrams);
        loop {
            match self.bigrams[at & mask] {
                pair if (pair ^ key) & !PAIR_COUNT == 0 => return (pair & PAIR_COUNT) as u32,
                0 => return 0,
                _ => at += 1,
            }
        }
    }

    /// Asks for what [`Dictionary::bigram`] reads.
    #[inline]
    pub fn expect_bigram(&self, first: u64, second: u64) {
        kernel::prefetch(&self.bigrams[place(bigram_key(first, second), self.bigrams)]);
    }
}

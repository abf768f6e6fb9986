//! What the article itself says of its words: how often it has each, and each two side by side.
//!
//! A name that no list holds returns in its article, and so does a phrase. Only broken articles are counted.

use crate::token::{Tokens, form, mix};

/// The bits of a slot that count.
const COUNT: u64 = 0xFFFF;

/// Occurrences by hash, in a table of open addresses that grows with the article.
#[derive(Debug, Default)]
pub struct Counts {
    /// The upper bits of a hash and, in [`COUNT`], its occurrences; 0 where nothing stands.
    slots: Vec<u64>,
    /// Words of the article.
    words: u32,
}

impl Counts {
    /// Forgets the article.
    pub fn clear(&mut self) {
        self.slots.clear();
        self.words = 0;
    }

    /// Counts the words of an article, and the pairs of words with nothing but a space between.
    pub fn read(&mut self, tokens: &Tokens) {
        let size = (4 * tokens.len().max(16)).next_power_of_two();
        self.clear();
        self.slots.resize(size, 0);
        let mut before = None;
        for (i, token) in tokens.iter().enumerate() {
            if !token.is(form::WORD) {
                before = None;
                continue;
            }
            self.words += 1;
            // "crew'scanteen" has no word "scanteen".
            let is_own = token.is(form::SPACE) || i == 0 || !tokens[i - 1].is_symbol(b'\'');
            if !is_own {
                before = None;
                continue;
            }
            self.add(token.hash);
            if let Some(before) = before.filter(|_| token.is(form::SPACE) && !token.is(form::LINE)) {
                self.add(pair(before, token.hash));
            }
            before = Some(token.hash);
        }
    }

    /// Words of the article.
    pub fn words(&self) -> u32 {
        self.words
    }

    /// How often the article has a word.
    pub fn of(&self, hash: u64) -> u32 {
        if self.slots.is_empty() {
            return 0;
        }
        (self.slots[self.slot(hash)] & COUNT) as u32
    }

    /// How often it has two words side by side.
    pub fn of_pair(&self, first: u64, second: u64) -> u32 {
        self.of(pair(first, second))
    }

    fn add(&mut self, hash: u64) {
        let at = self.slot(hash);
        let count = (self.slots[at] & COUNT) + 1;
        self.slots[at] = (hash & !COUNT) | count.min(COUNT);
    }

    /// Where a hash stands or would stand; the table is at most half full.
    fn slot(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 32) as usize & mask;
        while self.slots[at] != 0 && (self.slots[at] ^ hash) & !COUNT != 0 {
            at = (at + 1) & mask;
        }
        at
    }
}

fn pair(first: u64, second: u64) -> u64 {
    mix(first, second)
}

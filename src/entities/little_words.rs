//! The little words that the patterns of names ask for, told by the hash that every token has already.

use crate::token::{Token, form, hash_folded};

/// Which patterns a little word belongs to.
pub(super) mod little {
    pub const OF: u8 = 1;
    pub const FOR: u8 = 1 << 1;
    pub const ON: u8 = 1 << 2;
    pub const AND: u8 = 1 << 3;
    pub const THE: u8 = 1 << 4;
    /// Stands between a preposition of place and the place: "in downtown …", "near the city …".
    pub const BEFORE_PLACE: u8 = 1 << 5;
    /// A preposition that asks for a place.
    pub const LOCATIVE: u8 = 1 << 6;
    /// "first" to "tenth".
    pub const ORDINAL: u8 = 1 << 7;
}

const LISTS: [(u8, &str); 8] = [
    (little::OF, "of"),
    (little::FOR, "for"),
    (little::ON, "on"),
    (little::AND, "and"),
    (little::THE, "the"),
    (little::BEFORE_PLACE, "downtown city town village"),
    (little::LOCATIVE, "in at from near to across outside around throughout into via towards"),
    (little::ORDINAL, "first second third fourth fifth sixth seventh eighth ninth tenth"),
];

const SLOTS: usize = 128;

/// The little words by hash: open addressing, a quarter full; an empty slot has no bits.
pub(super) struct LittleWords {
    slots: Box<[(u64, u8); SLOTS]>,
}

impl LittleWords {
    pub fn new() -> Self {
        let mut slots = Box::new([(0, 0); SLOTS]);
        for (bits, list) in LISTS {
            for word in list.split(' ') {
                let hash = hash_folded(word);
                let mut at = slot(hash);
                while slots[at].1 != 0 {
                    at = (at + 1) % SLOTS;
                }
                slots[at] = (hash, bits);
            }
        }
        LittleWords { slots }
    }

    /// What a token is among the little words, in any case but with no accent: bits of [`little`].
    #[inline]
    pub fn of(&self, token: &Token) -> u8 {
        if token.form & form::BEYOND_ASCII != 0 {
            return 0;
        }
        let mut at = slot(token.hash);
        loop {
            let (hash, bits) = self.slots[at];
            if hash == token.hash || bits == 0 {
                return bits;
            }
            at = (at + 1) % SLOTS;
        }
    }
}

#[inline]
fn slot(hash: u64) -> usize {
    (hash >> 20) as usize % SLOTS
}

//! The little words that the patterns of names ask for.

use super::little_words::LittleWords;

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

/// The words of [`little`].
pub(super) fn pattern_words() -> LittleWords<u8> {
    LittleWords::of_lists(&LISTS)
}

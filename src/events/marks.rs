//! What a token is by itself, at a glance: the part of speech of its word or sign, and whether more must be asked.
//!
//! The dictionary holds half a million words and an article a few hundred. So a word's mark is made when the word is first
//! met, and kept for all workers: it depends on nothing but the word.

use super::syntax::Tag;
use crate::token::{Token, form};
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// What is known of a token at a glance, so that reading a sentence touches little memory: its tag, counted from 1, and
/// bits that say what else is to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(u8);

impl Mark {
    const TAG: u8 = 31;
    const LOOK: u8 = 1 << 5;
    const REPORTS: u8 = 1 << 6;
    const OPEN: u8 = 1 << 7;

    /// A mark; whether the tag may be settled by the neighbours follows from the tag.
    pub const fn new(tag: Tag, look: bool, reports: bool) -> Mark {
        let open = matches!(tag, Tag::Past | Tag::Ing | Tag::Base);
        let (look, reports) = (if look { Mark::LOOK } else { 0 }, if reports { Mark::REPORTS } else { 0 });
        Mark(look | reports | if open { Mark::OPEN } else { 0 } | (tag as u8 + 1))
    }

    /// Its tag, where no capital and no neighbour changes it.
    #[inline(always)]
    pub fn tag(self) -> Tag {
        TAGS[usize::from(self.0 & Mark::TAG)]
    }

    /// Whether anything is to be asked of the token.
    #[inline(always)]
    pub fn asks(self) -> bool {
        self.0 > Mark::TAG
    }

    /// Its neighbours may change its tag, or more must be known of it.
    #[inline(always)]
    pub fn must_look(self) -> bool {
        self.0 & Mark::LOOK != 0
    }

    /// It reports what somebody said.
    #[inline(always)]
    pub fn reports(self) -> bool {
        self.0 & Mark::REPORTS != 0
    }
}

/// The tags by their numbers in a mark.
static TAGS: [Tag; 32] = {
    let mut tags = [Tag::Unknown; 32];
    let mut at = 0;
    while at < Tag::ALL.len() {
        tags[Tag::ALL[at] as usize + 1] = Tag::ALL[at];
        at += 1;
    }
    tags
};

/// The mark of a token that must be looked at.
const LOOK: Mark = Mark::new(Tag::Unknown, true, false);

/// The marks of signs.
static SIGNS: [Mark; 256] = {
    let mut marks = [Mark::new(Tag::Stop, false, false); 256];
    let look = b",'-";
    let mut at = 0;
    while at < look.len() {
        marks[look[at] as usize] = LOOK;
        at += 1;
    }
    // A full stop inside a sentence belongs to an abbreviation.
    let skipped = b"\"()[]%$/.";
    at = 0;
    while at < skipped.len() {
        marks[skipped[at] as usize] = Mark::new(Tag::Skip, false, false);
        at += 1;
    }
    marks[b'&' as usize] = Mark::new(Tag::Conjunction, false, false);
    marks
};

/// The marks of the words that were met, by word; 0 for the others.
pub struct Marks(Vec<AtomicU8>);

impl Marks {
    /// Room for the marks of so many words.
    pub fn new(words: usize) -> Marks {
        Marks(std::iter::repeat_with(AtomicU8::default).take(words).collect())
    }

    /// The mark of a token: of its word where it is in small letters, of its sign. None for a word that was not met.
    #[inline(always)]
    pub fn of(&self, token: &Token) -> Option<Mark> {
        const OTHER: u32 = form::CAPITAL | form::INNER_CAPITAL | form::DIGIT | form::BEYOND_ASCII;
        match token.form & (form::WORD | OTHER) {
            form::WORD => {
                let mark = self.0.get(token.word as usize).map_or(LOOK.0, |mark| mark.load(Relaxed));
                (mark != 0).then_some(Mark(mark))
            }
            form if form & form::WORD == 0 => Some(SIGNS[usize::from(token.symbol)]),
            _ => Some(LOOK),
        }
    }

    /// Keeps the mark of a word.
    pub fn keep(&self, word: u32, mark: Mark) {
        if let Some(room) = self.0.get(word as usize) {
            room.store(mark.0, Relaxed);
        }
    }
}

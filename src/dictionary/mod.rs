//! The one dictionary: every list, compiled, with one probe a token.
//!
//! A word's class bits answer all stations at once; most words answer "common word, nothing more" and cost nothing
//! further. What a bit stands for is fetched through the word's number: its *senses* (which month, which unit) and the
//! *surface* it is by itself. Names of several words are found by the hashes of their beginnings.
//!
//! The form of the image is in `image.rs`, how it is made in [`compile`], what the lists look like in [`lists`].

mod ambiguity;
mod annotate;
pub mod class;
pub mod compile;
pub mod date;
mod image;
mod lexicon;
mod lines;
pub mod lists;
mod names;
mod parts;
pub mod patch;
pub mod prior;
pub mod speech;
mod spellings;
mod starts;
mod table;
mod trie;
mod user;
mod word_table;

pub use ambiguity::{Ambiguity, Ranked};
pub use image::{ClassSense, Image, NONE, Reading, SectionSize};
pub use lexicon::WordInfo;
pub use names::{Brief, Entry, Surface};
pub use parts::Parts;
pub(crate) use starts::Starts;
pub use trie::Beginning;
pub(crate) use trie::join_hash;
pub use user::{NameType, User};

use crate::error::Result;
use crate::kernel;
use crate::span::Span;
use crate::token::{Token, mix};
use image::{AboutRow, EntryRow, PlaceRow, PlainWord, Section, Sections, Slice, SurfaceRow, UserRow, WordRow};
use trie::Beginnings;
use word_table::WordTable;

/// What kind of thing an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// A country. `sort`: its ISO 3166-1 alpha-3 code; `detail`: its capital.
    Country,
    /// A first-level division. `sort`: its type; `detail`: its code.
    Admin1,
    /// A county. `sort`: GeoNames feature code; `detail`: code of its first-level division.
    County,
    /// A city, town or seat. `sort`: GeoNames feature code; `detail`: code of its first-level division.
    City,
    /// A region without a seat: West Asia, the Sahel. `sort`: `LOC` or `GPE`.
    Region,
    /// A sea, river, range … `sort`: which.
    Physical,
    /// A nationality, religion, people. `sort`: its kind.
    Demonym,
    /// An organisation. `sort`: its PLOVER sector; `detail`: its kind.
    Organisation,
    /// A title, role or honour of a person. `sort`: `title`, `role` or `honour`; `detail`: PLOVER sector.
    Title,
    /// A person, facility or event of a user's own list. `sort`: its PLOVER sector.
    User,
}

impl Kind {
    const ALL: [Kind; 10] = [
        Kind::Country,
        Kind::Admin1,
        Kind::County,
        Kind::City,
        Kind::Region,
        Kind::Physical,
        Kind::Demonym,
        Kind::Organisation,
        Kind::Title,
        Kind::User,
    ];
}

/// How a name must be written to be read as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Case {
    /// In any way.
    Any,
    /// Its first word with a capital (or a digit).
    Capital,
    /// All letters capitals, as acronyms are.
    AllCapitals,
}

impl Case {
    /// The case of a [`Reading`].
    #[inline]
    pub fn from_byte(byte: u8) -> Case {
        match byte {
            0 => Case::Any,
            1 => Case::Capital,
            _ => Case::AllCapitals,
        }
    }
}

/// Whether a name has two letters or more, and all of them are capitals, as in acronyms.
pub fn is_in_capitals(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() >= 2 && letters.all(char::is_uppercase)
}

/// The compiled lists, open for reading.
pub struct Dictionary<'a> {
    stamp: u64,
    table: WordTable<'a>,
    words: &'a [WordRow],
    plain_words: &'a [PlainWord],
    alone: &'a [u32],
    spellings: &'a [u8],
    spelling_starts: &'a [u32],
    senses: &'a [[u32; 2]],
    beginnings: &'a [Beginnings],
    pairs: &'a [u64],
    surfaces: &'a [SurfaceRow],
    readings: &'a [Reading],
    entries: &'a [EntryRow],
    places: &'a [PlaceRow],
    values: &'a [Slice],
    bigrams: &'a [u64],
    texts: &'a [[Slice; 2]],
    pool: &'a str,
    by_class: &'a [ClassSense],
    users: &'a [UserRow],
    abouts: &'a [AboutRow],
    user_surfaces: &'a [u64],
    strings: &'a [u32],
}

impl<'a> Dictionary<'a> {
    /// Opens an image made by [`compile::Builder`].
    ///
    /// # Errors
    /// When the bytes are not such an image.
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        let s = Sections::open(bytes)?;
        let pool = std::str::from_utf8(s.bytes(Section::Pool))
            .map_err(|_| crate::error::Error::list("the strings of the image are not UTF-8"))?;
        Ok(Dictionary {
            stamp: s.stamp(),
            table: WordTable::open(s.rows(Section::Hot)?, s.rows(Section::Lines)?, s.rows(Section::Told)?)?,
            words: s.rows(Section::Words)?,
            plain_words: s.rows(Section::PlainWords)?,
            alone: s.rows(Section::Alone)?,
            spellings: s.bytes(Section::Spellings),
            spelling_starts: s.rows(Section::SpellingStarts)?,
            senses: s.rows(Section::Senses)?,
            beginnings: s.rows(Section::Beginnings)?,
            pairs: s.rows(Section::Pairs)?,
            surfaces: s.rows(Section::Surfaces)?,
            readings: s.rows(Section::Readings)?,
            entries: s.rows(Section::Entries)?,
            places: s.rows(Section::Places)?,
            values: s.rows(Section::Values)?,
            bigrams: s.rows(Section::Bigrams)?,
            texts: s.rows(Section::Texts)?,
            pool,
            by_class: s.rows(Section::ByClass)?,
            users: s.rows(Section::Users)?,
            abouts: s.rows(Section::Abouts)?,
            user_surfaces: s.rows(Section::UserSurfaces)?,
            strings: s.rows(Section::Strings)?,
        })
    }

    /// A hash of all lists: the version of the data.
    pub fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Class bits and word id of a folded word's hash; `(0, NO_WORD)` when no list holds it.
    #[inline]
    pub fn probe(&self, hash: u64) -> (u32, u32) {
        let (word, told) = self.table.find(hash);
        (told.class, word)
    }

    /// Word id and part of speech at a glance, by the hash of the folded form.
    pub fn known(&self, hash: u64) -> (u32, speech::Mark) {
        let (word, told) = self.table.find(hash);
        (word, speech::Mark(told.mark))
    }

    /// Asks for what [`Dictionary::probe`] reads.
    #[inline]
    pub fn expect_probe(&self, hash: u64) {
        self.table.expect(hash);
    }

    /// The first closed class of a token that was annotated.
    #[inline]
    pub fn function(&self, token: &Token) -> class::Function {
        class::Function::from_byte(token.function)
    }

    /// The string behind a value id. Stations turn values into what they mean once, when built.
    pub fn value(&self, value: u32) -> &'a str {
        self.slice(self.values[value as usize])
    }

    /// The rows of a list that is carried as text (suffixes, patterns, rules), by the list's name.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.texts.iter().find(|[n, _]| self.slice(*n) == name).map(|[_, body]| self.slice(*body))
    }

    /// The strings of the lists, one behind the other. Spans of [`name_span`](Self::name_span) and
    /// [`value_span`](Self::value_span) are of it: a writer copies a short stretch of a long text faster than a string.
    #[inline]
    pub fn strings(&self) -> &'a str {
        self.pool
    }

    /// Where the string behind a value id stands in [`strings`](Self::strings).
    #[inline]
    pub fn value_span(&self, value: u32) -> Span {
        let Slice { at, len } = self.values[value as usize];
        Span::new(at, at + len)
    }

    /// Asks for what [`value_span`](Self::value_span) reads.
    #[inline]
    pub fn expect_value(&self, value: u32) {
        kernel::prefetch(&self.values[value as usize]);
    }

    /// Asks for a stretch of [`strings`](Self::strings): its begin and the word's end that a writer copies with it, which
    /// lies as often as not in the next line of the cache.
    #[inline]
    pub fn expect_text(&self, span: Span) {
        if let Some(word) = self.pool.as_bytes()[span.start() as usize..].first_chunk::<32>() {
            kernel::prefetch(&word[0]);
            kernel::prefetch(&word[31]);
        }
    }

    fn slice(&self, s: Slice) -> &'a str {
        &self.pool[s.at as usize..(s.at + s.len) as usize]
    }
}

/// Where the row of a hash stands in a table, or the first place to look for it. The number of rows is a power of two.
#[inline(always)]
fn place<T>(hash: u64, table: &[T]) -> usize {
    (hash >> 20) as usize & (table.len() - 1)
}

fn bigram_key(first: u64, second: u64) -> u64 {
    mix(first, second.rotate_left(23)) | 1
}

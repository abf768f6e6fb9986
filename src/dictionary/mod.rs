//! The one dictionary: every list, compiled, with one probe a token.
//!
//! A word's class bits answer all stations at once; most words answer "common word, nothing more" and cost nothing
//! further. What a bit stands for is fetched through the word's number: its *senses* (which month, which unit) and the
//! *surface* it is by itself. Names of several words are walked as a trie of hashed edges.
//!
//! The form of the image is in `image.rs`, how it is made in [`compile`], what the lists look like in [`lists`].

mod annotate;
pub mod class;
pub mod compile;
mod image;
pub mod lists;
pub mod speech;
mod words;

pub use image::{ClassSense, NONE, Reading, WordInfo};

use crate::error::Result;
use crate::kernel;
use crate::span::Span;
use crate::token::{Token, form, mix};
use image::{Edge, EntryRow, STATE_BITS, Section, Sections, Slice, SurfaceRow};
use words::Words;

/// What kind of thing an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// A country. `sort`: its ISO 3166-1 alpha-3 code; `detail`: its capital.
    Country,
    /// A first-level division. `sort`: its type; `detail`: its code.
    Admin1,
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
    /// A string of a user's own list. `sort`: its type.
    User,
}

impl Kind {
    const ALL: [Kind; 9] = [
        Kind::Country,
        Kind::Admin1,
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
    fn from_byte(byte: u8) -> Case {
        match byte {
            0 => Case::Any,
            1 => Case::Capital,
            _ => Case::AllCapitals,
        }
    }
}

/// One thing that the lists know.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Its number.
    pub number: u32,
    /// Its main name.
    pub name: &'a str,
    /// What it is.
    pub kind: Kind,
    /// ISO 3166-1 alpha-2, in capitals; zeros when it has none.
    pub country: [u8; 2],
    /// Latitude and longitude in ten-thousandths of a degree, when known.
    pub position: Option<[i32; 2]>,
    /// Inhabitants; 0 when unknown.
    pub population: u32,
    /// Its number in GeoNames; 0 when it has none.
    pub geonameid: u32,
    /// Which sort within its kind, as [`Kind`] says.
    pub sort: &'a str,
    /// A further detail, as [`Kind`] says.
    pub detail: &'a str,
}

impl Entry<'_> {
    /// The country code as text, when there is one.
    pub fn country(&self) -> Option<&str> {
        std::str::from_utf8(&self.country).ok().filter(|c| !c.starts_with('\0'))
    }
}

/// What is asked most often of an entry, without its strings.
#[derive(Clone, Copy, Debug)]
pub struct Brief {
    /// What it is.
    pub kind: Kind,
    /// ISO 3166-1 alpha-2, in capitals; zeros when it has none.
    pub country: [u8; 2],
    /// Inhabitants; 0 when unknown.
    pub population: u32,
    /// Of a city: 2 a country's capital, 1 a division's seat, else 0.
    pub rank: u8,
}

/// A string of the lists.
#[derive(Clone, Copy, Debug)]
pub struct Surface<'a> {
    /// As the first list that holds it spells it.
    pub text: &'a str,
    /// Its number of tokens.
    pub tokens: u8,
    /// How it must be written, at the least.
    pub case: Case,
    /// What it can mean, likeliest list first.
    pub readings: &'a [Reading],
}

/// Where an edge of the trie of names leads.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The next state; 0 for none.
    pub state: u32,
    /// The surface that ends here, or [`NONE`].
    pub surface: u32,
    /// How that surface must be written, at the least.
    pub case: Case,
}

/// The compiled lists, open for reading.
pub struct Dictionary<'a> {
    stamp: u64,
    table: Words<'a>,
    words: &'a [WordInfo],
    senses: &'a [[u32; 2]],
    edges: &'a [Edge],
    pairs: &'a [u64],
    surfaces: &'a [SurfaceRow],
    readings: &'a [Reading],
    entries: &'a [EntryRow],
    values: &'a [Slice],
    bigrams: &'a [[u64; 2]],
    texts: &'a [[Slice; 2]],
    pool: &'a str,
    by_class: &'a [ClassSense],
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
            table: Words::open(s.rows(Section::Hot)?, s.rows(Section::Lines)?, s.rows(Section::Told)?)?,
            words: s.rows(Section::Words)?,
            senses: s.rows(Section::Senses)?,
            edges: s.rows(Section::Edges)?,
            pairs: s.rows(Section::Pairs)?,
            surfaces: s.rows(Section::Surfaces)?,
            readings: s.rows(Section::Readings)?,
            entries: s.rows(Section::Entries)?,
            values: s.rows(Section::Values)?,
            bigrams: s.rows(Section::Bigrams)?,
            texts: s.rows(Section::Texts)?,
            pool,
            by_class: s.rows(Section::ByClass)?,
        })
    }

    /// A hash of all lists: the version of the data.
    pub fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Asks for the row of a surface, which [`Dictionary::expect`] reads.
    #[inline]
    pub fn expect_surface(&self, surface: u32) {
        if let Some(row) = self.surfaces.get(surface as usize) {
            kernel::prefetch(row);
            kernel::prefetch(&row.pad);
        }
    }

    /// Asks for everything behind the surfaces of an article, whose rows have been asked for, a step at a time for all of
    /// them: what lies far apart in memory is then waited for once, not once a name.
    pub fn expect(&self, surfaces: impl Iterator<Item = u32> + Clone) {
        for surface in surfaces.clone() {
            kernel::prefetch(&self.readings[self.surfaces[surface as usize].readings as usize]);
        }
        for surface in surfaces {
            for reading in self.readings(surface).iter().take(MOST_EXPECTED) {
                // An entry lies in two lines of the cache as often as in one.
                let entry = &self.entries[reading.entry as usize];
                kernel::prefetch(entry);
                kernel::prefetch(&entry.detail);
            }
        }
    }

    /// Class bits and word id of a folded word's hash; `(0, NO_WORD)` when no list holds it.
    #[inline]
    pub fn probe(&self, hash: u64) -> (u32, u32) {
        let (word, told) = self.table.find(hash);
        (told.class, word)
    }

    /// Asks for what [`Dictionary::probe`] reads.
    #[inline]
    pub fn expect_probe(&self, hash: u64) {
        kernel::prefetch(self.table.line(hash));
    }

    /// What is known of a word.
    #[inline]
    pub fn word(&self, word: u32) -> Option<&'a WordInfo> {
        self.words.get(word as usize)
    }

    /// A word as the lists spell it: a name with its capital, any other word folded.
    pub fn word_text(&self, word: &WordInfo) -> &'a str {
        self.slice(Slice { at: word.text, len: u32::from(word.text_len) })
    }

    /// All words, by word id.
    pub fn words(&self) -> &'a [WordInfo] {
        self.words
    }

    /// Every string that the lists would have found in a text, as they spell it: names of things, given names, family
    /// names. What a byte automaton would have to be built from.
    pub fn patterns(&self) -> Vec<&'a str> {
        let names = (0..self.surfaces.len() as u32).map(|s| self.surface(s).text);
        let people = self.words.iter().filter(|w| w.name_weights != 0 && w.surface == NONE).map(|w| self.word_text(w));
        names.chain(people).collect()
    }

    /// Weight of a word as a given name, 0–15.
    pub fn given_weight(&self, word: u32) -> u8 {
        self.word(word).map_or(0, |w| w.name_weights >> 4)
    }

    /// Weight of a word as a family name, 0–15.
    pub fn surname_weight(&self, word: u32) -> u8 {
        self.word(word).map_or(0, |w| w.name_weights & 15)
    }

    /// The value id of the word's first sense in a class (one bit of [`class`]).
    pub fn sense(&self, word: u32, class: u32) -> Option<u32> {
        self.senses(word, class).next()
    }

    /// The first closed class of a token that was annotated.
    #[inline]
    pub fn function(&self, token: &Token) -> class::Function {
        class::Function::from_byte(token.function)
    }

    /// The value ids of all of the word's senses in a class, in list order.
    pub fn senses(&self, word: u32, class: u32) -> impl Iterator<Item = u32> + use<'a> {
        let own = self.word(word).map_or(&[][..], |info| info.own_senses(self.senses));
        own.iter().filter(move |[c, _]| *c == class).map(|[_, value]| *value)
    }

    /// What part of speech the lists tell of a word.
    pub fn tag(&self, word: u32) -> speech::Tag {
        let Some(info) = self.word(word) else { return speech::Tag::Unknown };
        let own = info.own_senses(self.senses).iter();
        speech::Tag::of_word(self.word_text(info), own.map(|[class, value]| (*class, self.value(*value))))
    }

    /// All senses in a class (one bit of [`class`]), by word, a word's own in list order: what a station reads when
    /// it is built, since to ask every word is slow.
    pub fn senses_of(&self, class: u32) -> &'a [ClassSense] {
        let first = self.by_class.partition_point(|s| s.class < class);
        let rest = &self.by_class[first..];
        &rest[..rest.partition_point(|s| s.class == class)]
    }

    /// The string behind a value id. Stations turn values into what they mean once, when built.
    pub fn value(&self, value: u32) -> &'a str {
        self.slice(self.values[value as usize])
    }

    /// Number of value ids.
    pub fn value_count(&self) -> usize {
        self.values.len()
    }

    /// Shorthand for the string of a word's first sense in a class.
    pub fn sense_str(&self, word: u32, class: u32) -> Option<&'a str> {
        self.sense(word, class).map(|v| self.value(v))
    }

    /// Occurrences of two words side by side in the counted texts, by the hashes of their folded forms.
    pub fn bigram(&self, first: u64, second: u64) -> u32 {
        let key = bigram_key(first, second);
        let mask = self.bigrams.len() - 1;
        let mut at = place(key, self.bigrams);
        loop {
            match self.bigrams[at & mask] {
                [k, count] if k == key => return count as u32,
                [0, _] => return 0,
                _ => at += 1,
            }
        }
    }

    /// The rows of a list that is carried as text (suffixes, patterns, rules), by the list's name.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.texts.iter().find(|[n, _]| self.slice(*n) == name).map(|[_, body]| self.slice(*body))
    }

    /// A string of the lists by its number.
    #[inline]
    pub fn surface(&self, surface: u32) -> Surface<'a> {
        let row = &self.surfaces[surface as usize];
        Surface {
            text: &self.pool[row.text as usize..row.text as usize + usize::from(row.text_len)],
            tokens: row.tokens,
            case: Case::from_byte(row.case),
            readings: self.readings(surface),
        }
    }

    /// Number of surfaces.
    pub fn surface_count(&self) -> usize {
        self.surfaces.len()
    }

    /// An entry by its number.
    pub fn entry(&self, number: u32) -> Entry<'a> {
        let row = &self.entries[number as usize];
        Entry {
            number,
            name: self.name_span(number).of(self.pool),
            kind: Kind::ALL[usize::from(row.kind)],
            country: row.country,
            position: self.position(number),
            population: row.population,
            geonameid: row.id,
            sort: self.value(row.sort),
            detail: self.value(row.detail),
        }
    }

    /// The strings of the lists, one behind the other. Spans of [`name_span`](Self::name_span) and
    /// [`value_span`](Self::value_span) are of it: a writer copies a short stretch of a long text faster than a string.
    #[inline]
    pub fn strings(&self) -> &'a str {
        self.pool
    }

    /// Where the name of an entry stands in [`strings`](Self::strings).
    #[inline]
    pub fn name_span(&self, number: u32) -> Span {
        let row = &self.entries[number as usize];
        Span::new(row.name, row.name + u32::from(row.name_len))
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

    /// Latitude and longitude of an entry, in ten-thousandths of a degree.
    #[inline]
    pub fn position(&self, number: u32) -> Option<[i32; 2]> {
        let row = &self.entries[number as usize];
        (row.lat != i32::MIN).then_some([row.lat, row.lon])
    }

    /// An entry's number at GeoNames; 0 when it has none.
    #[inline]
    pub fn geonameid(&self, number: u32) -> u32 {
        self.entries[number as usize].id
    }

    /// An entry without its strings.
    #[inline]
    pub fn brief(&self, number: u32) -> Brief {
        let row = &self.entries[number as usize];
        Brief {
            kind: Kind::ALL[usize::from(row.kind)],
            country: row.country,
            population: row.population,
            rank: row.rank,
        }
    }

    /// The readings of a surface: what it can mean, likeliest list first.
    #[inline]
    pub fn readings(&self, surface: u32) -> &'a [Reading] {
        let row = &self.surfaces[surface as usize];
        &self.readings[row.readings as usize..row.readings as usize + usize::from(row.reading_count)]
    }

    /// How likely a surface is a place, whatever stands around it: 0–1, from the size and rank of its likeliest reading.
    #[inline]
    pub fn place_prior(&self, surface: u32) -> f32 {
        f32::from(self.surfaces[surface as usize].place_prior) / 100.0
    }

    /// What kinds of things a surface can be, in capitals or not: bits of [`class::sort`].
    #[inline]
    pub fn sorts(&self, surface: u32, in_capitals: bool) -> u16 {
        let row = &self.surfaces[surface as usize];
        row.sorts | if in_capitals { row.sorts_in_capitals } else { 0 }
    }

    /// The value id of an entry's `sort`: for an organisation its sector.
    #[inline]
    pub fn sort_value(&self, number: u32) -> u32 {
        self.entries[number as usize].sort
    }

    /// The value id of an entry's `detail`: for a title its sector.
    #[inline]
    pub fn detail_value(&self, number: u32) -> u32 {
        self.entries[number as usize].detail
    }

    /// Kind of an entry, without reading the rest of it.
    #[inline]
    pub fn kind(&self, number: u32) -> Kind {
        Kind::ALL[usize::from(self.entries[number as usize].kind)]
    }

    /// Number of entries.
    pub fn entry_count(&self) -> usize {
        self.entries.len()
    }

    /// The key of the edge that leads from a state of the trie of names over a token; from [`START`] it begins a name.
    #[inline]
    pub fn edge(&self, state: u32, token: &Token) -> u64 {
        edge_key(state, token, state != START && token.form & form::SPACE != 0)
    }

    /// One step in the trie of names.
    ///
    /// Nothing is compared but the edge's 63 bits of hash, in which the builder lets no two edges agree. With a million
    /// edges, some other word of a text is taken for one of them once in 2⁴³ steps.
    #[inline]
    pub fn step(&self, edge: u64) -> Step {
        let mask = self.edges.len() - 1;
        let mut at = self.edge_slot(edge);
        loop {
            let slot = &self.edges[at & mask];
            if slot.key == edge {
                let (state, case) = (slot.next & ((1 << STATE_BITS) - 1), (slot.next >> STATE_BITS) as u8);
                return Step { state, surface: slot.surface, case: Case::from_byte(case) };
            }
            if slot.key == 0 {
                return Step { state: 0, surface: NONE, case: Case::Any };
            }
            at += 1;
        }
    }

    #[inline]
    fn edge_slot(&self, edge: u64) -> usize {
        place(edge, self.edges)
    }

    /// The number of two tokens side by side in the table of pairs; `edge` leads from [`START`] over the first.
    #[inline]
    pub fn pair(&self, edge: u64, second: &Token) -> u64 {
        pair_key(edge, second) >> (64 - self.pairs.len().ilog2() - 6)
    }

    /// Whether a pair of tokens may begin a name: a bitmap in cache that spares most walks.
    #[inline]
    pub fn has_pair(&self, pair: u64) -> bool {
        self.pairs[(pair >> 6) as usize] >> (pair & 63) & 1 != 0
    }

    /// Asks for what [`Dictionary::has_pair`] reads.
    #[inline]
    pub fn expect_pair(&self, pair: u64) {
        kernel::prefetch(&self.pairs[(pair >> 6) as usize]);
    }

    /// Asks for what [`Dictionary::step`] reads.
    #[inline]
    pub fn expect_edge(&self, edge: u64) {
        kernel::prefetch(&self.edges[self.edge_slot(edge)]);
    }

    /// Asks for what [`Dictionary::word`] reads.
    #[inline]
    pub fn expect_word(&self, word: u32) {
        if let Some(info) = self.words.get(word as usize) {
            kernel::prefetch(info);
        }
    }

    fn slice(&self, s: Slice) -> &'a str {
        &self.pool[s.at as usize..(s.at + s.len) as usize]
    }
}

/// Of how many things that a name can mean [`Dictionary::expect`] asks; few names can mean more.
const MOST_EXPECTED: usize = 5;

/// Where the row of a hash stands in a table, or the first place to look for it. The number of rows is a power of two.
#[inline(always)]
fn place<T>(hash: u64, table: &[T]) -> usize {
    (hash >> 20) as usize & (table.len() - 1)
}

/// The state in which every walk of the trie begins.
pub const START: u32 = 1;

/// Key of an edge. White space before a token is part of it ("U.S." is not "U. S."), but not before the first.
#[inline]
fn edge_key(state: u32, token: &Token, space: bool) -> u64 {
    mix(token.hash, u64::from(state) << 1 | u64::from(space)) | 1
}

#[inline]
fn pair_key(first_key: u64, second: &Token) -> u64 {
    mix(first_key, second.hash ^ u64::from(second.form & form::SPACE))
}

fn bigram_key(first: u64, second: u64) -> u64 {
    mix(first, second.rotate_left(23)) | 1
}

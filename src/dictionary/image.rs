//! The compiled lists: one stretch of bytes that is read in place, as plain arrays.
//!
//! Reading a million names from text takes a second; looking into an array that lies in the program takes nothing.
//! So the lists are compiled once (see [`super::compile`]) and every run, and every thread, reads the same pages.
//!
//! All numbers are little-endian; sections begin at multiples of 64 bytes. An image is checked when opened: magic,
//! version and the bounds of each section.

use super::trie::Beginnings;
use super::word_table::{HotRow, Told, WordLine};
use super::{Case, Kind};
use crate::error::{Error, Result};
use crate::token::mix;
use bytemuck::{Pod, Zeroable};

pub(super) const MAGIC: u32 = 0x4c_54_44_47;
pub(super) const VERSION: u32 = 8;
/// No entry, no next state, no surface.
pub const NONE: u32 = u32::MAX;

/// The sections of an image, in order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Hot,
    Lines,
    Told,
    Words,
    PlainWords,
    Alone,
    Spellings,
    SpellingStarts,
    Senses,
    Beginnings,
    Pairs,
    Surfaces,
    Readings,
    Entries,
    Places,
    Values,
    Bigrams,
    Texts,
    Pool,
    /// The senses once more, by class: an order of what the sections before it say, and no part of the stamp.
    ByClass,
    /// What users' lists say of their entries, which are the last of all; none of it is part of the stamp, which is made
    /// of the lists themselves.
    Users,
    /// What many of them share.
    Abouts,
    /// One bit a surface: whether a user's list holds it.
    UserSurfaces,
    /// The surfaces that are found letter by letter, not word by word.
    Strings,
}

pub(super) const SECTIONS: usize = Section::Strings as usize + 1;

/// What each section holds, for `dateline gazetteer stats`, and the size of one of its rows.
pub(super) const ROWS: [(&str, usize); SECTIONS] = [
    ("the commonest words", size_of::<HotRow>()),
    ("table of words", size_of::<WordLine>()),
    ("what is told of words", size_of::<Told>()),
    ("words with counts or senses", size_of::<WordRow>()),
    ("other words", size_of::<PlainWord>()),
    ("words that are names by themselves", size_of::<u32>()),
    ("lengths of words", 1),
    ("where words are spelled", size_of::<u32>()),
    ("senses", size_of::<[u32; 2]>()),
    ("table of longer names", size_of::<Beginnings>()),
    ("pairs that begin longer names", size_of::<u64>()),
    ("names", size_of::<SurfaceRow>()),
    ("readings of names that have several", size_of::<Reading>()),
    ("entries", size_of::<EntryRow>()),
    ("places of entries", size_of::<PlaceRow>()),
    ("values", size_of::<Slice>()),
    ("pairs of words", size_of::<u64>()),
    ("lists carried as text", size_of::<[Slice; 2]>()),
    ("strings", 1),
    ("senses by class", size_of::<ClassSense>()),
    ("users' entries", size_of::<UserRow>()),
    ("what users' entries share", size_of::<AboutRow>()),
    ("marks of users' names", size_of::<u64>()),
    ("strings to be found", size_of::<u32>()),
];

/// How large a section of an image is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionSize {
    /// What it holds.
    pub name: &'static str,
    /// Its rows; of a table, the places in it, which are never all taken.
    pub rows: usize,
    /// Its size.
    pub bytes: usize,
}

#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub(super) struct Header {
    pub magic: u32,
    pub version: u32,
    /// Hash of all lists, printed as the lists' version.
    pub stamp: u64,
    /// Begin and length of each section, in bytes.
    pub sections: [[u64; 2]; SECTIONS],
}

/// What is known of one word beyond its class bits, when it was counted or has senses. Such words have the lowest
/// numbers.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub(super) struct WordRow {
    pub count: u32,
    pub lower: u32,
    pub capital: u32,
    /// Its first row of the senses, and how many are its own.
    pub senses: u32,
    pub sense_count: u16,
    pub plain: PlainWord,
}

impl WordRow {
    /// Its stretch of the senses: class and value id.
    pub fn own_senses<'a>(&self, senses: &'a [[u32; 2]]) -> &'a [[u32; 2]] {
        &senses[self.senses as usize..self.senses as usize + usize::from(self.sense_count)]
    }
}

/// What is known of every word: most are names of people or rare, and this is all.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub(super) struct PlainWord {
    pub level: u8,
    pub name_weights: u8,
}

/// Of how many words each the begin of their spelling is written down; the lengths tell the rest.
pub(super) const SPELLED_TOGETHER: usize = 16;

/// A sense of a word, in the order of classes.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
pub struct ClassSense {
    /// One bit of [`super::class`].
    pub class: u32,
    /// The word's number.
    pub word: u32,
    /// The value id.
    pub value: u32,
}

/// One string of the lists, as the first list spells it; several entries may be read from it.
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub(super) struct SurfaceRow {
    /// Its only reading; of one with several, where they are listed.
    reading: Reading,
    /// Where it is spelled, with a zero behind it.
    pub text: u32,
    /// What its readings can be: bits of [`super::class::sort`], when not in capitals, and in any way.
    sorts: [u8; 2],
    /// How likely it is a place, in hundredths.
    pub place_prior: u8,
    /// Most permissive [`super::Case`] of its readings, and whether it has several.
    shape: u8,
}

impl SurfaceRow {
    const SEVERAL: u8 = 1 << 7;

    /// A name; its readings are appended to `list` when it has several.
    pub fn new(text: u32, sorts: [u16; 2], place_prior: u8, readings: &[Reading], list: &mut Vec<Reading>) -> Self {
        let case = readings.iter().map(Reading::case).min().unwrap_or(Case::Any) as u8;
        let (reading, shape) = match readings {
            [only] => (*only, case),
            several => {
                let at = list.len() as u32;
                list.push(Reading(several.len() as u32));
                list.extend(several);
                (Reading(at), case | SurfaceRow::SEVERAL)
            }
        };
        SurfaceRow {
            reading,
            text,
            sorts: sorts.map(|s| u8::try_from(s).expect("there are eight sorts")),
            place_prior,
            shape,
        }
    }

    /// Most permissive [`super::Case`] of its readings.
    #[inline]
    pub fn case(&self) -> u8 {
        self.shape & !SurfaceRow::SEVERAL
    }

    #[inline]
    pub fn sorts(&self, in_capitals: bool) -> u16 {
        u16::from(self.sorts[usize::from(in_capitals)])
    }

    /// Where in the list its readings begin; where it has one, the list's first row.
    #[inline]
    pub fn listed(&self) -> usize {
        usize::from(self.shape >> 7) * self.reading.0 as usize
    }

    /// Its readings, likeliest list first; several stand in `list` behind their number, and 1 stands in its first row.
    ///
    /// Which it is cannot be guessed, so both places are looked up and one is taken.
    #[inline]
    pub fn readings<'a>(&'a self, list: &'a [Reading]) -> &'a [Reading] {
        let at = self.listed();
        let places = [std::slice::from_ref(&self.reading), &list[at + 1..]];
        &places[usize::from(self.shape >> 7)][..list[at].0 as usize]
    }
}

/// One way to read a surface: an entry, and above its number whether that is its own name and how it must be written.
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct Reading(u32);

impl Reading {
    const ENTRY_BITS: u32 = 28;

    /// A reading. An entry's number has no more bits than there is room for: the builder counts them.
    pub(super) fn new(entry: u32, case: Case, alias: u8) -> Reading {
        Reading(entry | u32::from(alias) << Reading::ENTRY_BITS | (case as u32) << (Reading::ENTRY_BITS + 2))
    }

    /// What stands first in a list of readings: that a name with one reading has one.
    pub(super) const ONE: Reading = Reading(1);
    /// Most entries that readings can tell apart.
    pub(super) const MOST_ENTRIES: usize = 1 << Reading::ENTRY_BITS;

    /// The entry that is meant.
    #[inline]
    pub fn entry(&self) -> u32 {
        self.0 & ((1 << Reading::ENTRY_BITS) - 1)
    }

    /// 0 the entry's own name, 1 another name of it, 2 its acronym.
    #[inline]
    pub fn alias(&self) -> u8 {
        (self.0 >> Reading::ENTRY_BITS & 3) as u8
    }

    /// How it must be written.
    #[inline]
    pub fn case(&self) -> Case {
        Case::from_byte((self.0 >> (Reading::ENTRY_BITS + 2)) as u8)
    }
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reading")
            .field("entry", &self.entry())
            .field("case", &self.case())
            .field("alias", &self.alias())
            .finish()
    }
}

/// One thing that the lists know.
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub(super) struct EntryRow {
    pub name: u32,
    /// Value ids; their meaning depends on the kind.
    pub sort: u16,
    pub detail: u16,
    pub country: [u8; 2],
    pub name_len: u8,
    /// A [`super::Kind`], and in the upper four bits its rank, as in [`super::Brief`].
    pub kind_and_rank: u8,
}

impl EntryRow {
    #[inline]
    pub fn kind(&self) -> Kind {
        Kind::ALL[usize::from(self.kind_and_rank & 15)]
    }

    #[inline]
    pub fn rank(&self) -> u8 {
        self.kind_and_rank >> 4
    }
}

/// Where an entry lies. The lists of places are read first: the last row, which says nothing, stands for all entries
/// behind the last place.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub(super) struct PlaceRow {
    /// Ten-thousandths of a degree; `i32::MIN` when unknown.
    pub lat: i32,
    pub lon: i32,
    pub population: u32,
    /// Its number in GeoNames.
    pub id: u32,
}

impl PlaceRow {
    /// Nothing is known.
    pub const NONE: PlaceRow = PlaceRow { lat: i32::MIN, lon: i32::MIN, population: 0, id: 0 };
}

/// Of a pair of words side by side, the bits that hold its count; the others hold its key.
pub(super) const PAIR_COUNT: u64 = (1 << 20) - 1;

#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub(super) struct Slice {
    pub at: u32,
    pub len: u32,
}

/// What a user's list says of one of its entries.
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub(super) struct UserRow {
    /// Where the user's id is spelled, with a zero behind it; [`NONE`] where there is none.
    pub id: u32,
    /// A row of the abouts.
    pub about: u32,
}

/// What entries of users' lists share.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Pod, Zeroable)]
pub(super) struct AboutRow {
    /// Value ids.
    pub list: u32,
    pub subtype: u32,
    pub code: u32,
    /// First and last day of validity as YYYYMMDD; the smallest and largest number for none.
    pub from: i32,
    pub to: i32,
    /// A [`super::NameType`].
    pub kind: u8,
    /// In hundredths.
    pub weight: u8,
    pub pad: [u8; 2],
}

/// Where sections begin: with a line of the cache.
const LINE: usize = 64;

/// A line of the cache.
#[repr(C, align(64))]
#[derive(Clone, Copy, Pod, Zeroable)]
struct CacheLine([u8; LINE]);

/// An image in memory: bytes that begin with a line of the cache, as its tables ask.
#[derive(Clone)]
pub struct Image(Vec<CacheLine>);

impl std::fmt::Debug for Image {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "an image of {} bytes", self.len())
    }
}

impl std::ops::Deref for Image {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        bytemuck::cast_slice(&self.0)
    }
}

/// Lays sections one behind the other, behind a header.
pub(super) fn assemble(stamp: u64, bodies: &[&[u8]; SECTIONS]) -> Image {
    let mut header = Header { magic: MAGIC, version: VERSION, stamp, sections: [[0; 2]; SECTIONS] };
    let mut at = size_of::<Header>().next_multiple_of(LINE);
    for (body, place) in bodies.iter().zip(&mut header.sections) {
        *place = [at as u64, body.len() as u64];
        at = (at + body.len()).next_multiple_of(LINE);
    }
    let mut lines = vec![CacheLine([0; LINE]); at / LINE];
    let image: &mut [u8] = bytemuck::cast_slice_mut(&mut lines);
    image[..size_of::<Header>()].copy_from_slice(bytemuck::bytes_of(&header));
    for (body, [start, len]) in bodies.iter().zip(header.sections) {
        image[start as usize..(start + len) as usize].copy_from_slice(body);
    }
    Image(lines)
}

/// Goes on with a hash over some bytes.
pub(super) fn hash_bytes(state: u64, bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(mix(state, bytes.len() as u64), |state, eight| {
        let mut x = [0u8; 8];
        x[..eight.len()].copy_from_slice(eight);
        mix(state, u64::from_le_bytes(x))
    })
}

/// The sections of a checked image.
#[derive(Clone)]
pub(super) struct Sections<'a> {
    bytes: &'a [u8],
    header: Header,
}

impl<'a> Sections<'a> {
    /// Checks the head and the bounds of every section.
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        let size = size_of::<Header>();
        let head = bytes.get(..size).ok_or_else(|| Error::list("the image of the lists is cut short"))?;
        let header: Header = bytemuck::pod_read_unaligned(head);
        if header.magic != MAGIC || header.version != VERSION {
            return Err(Error::list("not an image of lists of this version"));
        }
        for [at, len] in header.sections {
            let end = at.checked_add(len).filter(|&end| end <= bytes.len() as u64);
            if at % LINE as u64 != 0 || end.is_none() {
                return Err(Error::list("a section of the image lies outside of it"));
            }
        }
        if !(bytes.as_ptr() as usize).is_multiple_of(LINE) {
            return Err(Error::list(format!("the image must lie at a multiple of {LINE} bytes")));
        }
        Ok(Sections { bytes, header })
    }

    pub fn stamp(&self) -> u64 {
        self.header.stamp
    }

    pub fn bytes(&self, section: Section) -> &'a [u8] {
        let [at, len] = self.header.sections[section as usize];
        &self.bytes[at as usize..(at + len) as usize]
    }

    pub fn rows<T: Pod>(&self, section: Section) -> Result<&'a [T]> {
        bytemuck::try_cast_slice(self.bytes(section))
            .map_err(|e| Error::list(format!("a section of the image is not an array of its rows: {e}")))
    }
}

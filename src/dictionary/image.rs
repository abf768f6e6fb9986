//! The compiled lists: one stretch of bytes that is read in place, as plain arrays.
//!
//! Reading a million names from text takes a second; looking into an array that lies in the program takes nothing.
//! So the lists are compiled once (see [`super::compile`]) and every run, and every thread, reads the same pages.
//!
//! All numbers are little-endian; sections begin at multiples of 64 bytes. An image is checked when opened: magic,
//! version and the bounds of each section.

use crate::error::{Error, Result};
use bytemuck::{Pod, Zeroable};

pub(super) const MAGIC: u32 = 0x4c_54_44_47;
pub(super) const VERSION: u32 = 6;
/// No entry, no next state, no surface.
pub const NONE: u32 = u32::MAX;

/// The sections of an image, in order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Hot,
    Lines,
    Told,
    Words,
    Senses,
    Edges,
    Pairs,
    Surfaces,
    Readings,
    Entries,
    Values,
    Bigrams,
    Texts,
    Pool,
    /// The senses once more, by class: an order of what the sections before it say, and no part of the stamp.
    ByClass,
}

pub(super) const SECTIONS: usize = Section::ByClass as usize + 1;

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

/// What is known of one word beyond its class bits.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct WordInfo {
    /// Occurrences in the counted texts.
    pub count: u32,
    /// Of these, inside a sentence in lower case.
    pub lower: u32,
    /// Of these, inside a sentence with a capital.
    pub capital: u32,
    /// The surface that this word is by itself, or [`NONE`].
    pub surface: u32,
    pub(super) senses: u32,
    pub(super) text: u32,
    pub(super) text_len: u16,
    pub(super) sense_count: u16,
    /// Level of the word in the lexicon, 10 (commonest) to 95; 0 when it is not in it.
    pub level: u8,
    /// Weight as a given name (upper four bits) and as a family name (lower four), each 0–15, log2-like.
    pub name_weights: u8,
    pub(super) pad: u16,
}

impl WordInfo {
    /// Its stretch of the senses: class and value id.
    pub(super) fn own_senses<'a>(&self, senses: &'a [[u32; 2]]) -> &'a [[u32; 2]] {
        &senses[self.senses as usize..self.senses as usize + usize::from(self.sense_count)]
    }
}

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

/// One edge of the trie of names: from a state, by a token, to the next.
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub(super) struct Edge {
    pub key: u64,
    /// The next state, 0 for none, and above [`STATE_BITS`] how the name that ends here must be written.
    pub next: u32,
    /// The name that ends here, or [`NONE`].
    pub surface: u32,
}

/// Bits of the number of a state.
pub(super) const STATE_BITS: u32 = 30;

/// One string of the lists, as the first list spells it; several entries may be read from it.
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub(super) struct SurfaceRow {
    pub text: u32,
    pub text_len: u16,
    /// Most permissive [`super::Case`] of its readings.
    pub case: u8,
    pub tokens: u8,
    pub readings: u32,
    pub reading_count: u16,
    /// What its readings can be, when not in capitals, and what only then.
    pub sorts: u16,
    pub sorts_in_capitals: u16,
    /// How likely it is a place, in hundredths.
    pub place_prior: u8,
    pub pad: u8,
}

/// One way to read a surface.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct Reading {
    /// The entry that is meant.
    pub entry: u32,
    /// How it must be written: a [`super::Case`].
    pub case: u8,
    /// 0 the entry's own name, 1 another name of it, 2 its acronym.
    pub alias: u8,
    pub(super) pad: u16,
}

/// One thing that the lists know.
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub(super) struct EntryRow {
    pub name: u32,
    pub name_len: u16,
    pub kind: u8,
    /// Of a city: 2 a country's capital, 1 a division's seat.
    pub rank: u8,
    pub country: [u8; 2],
    pub pad2: [u8; 2],
    /// Ten-thousandths of a degree; `i32::MIN` when unknown.
    pub lat: i32,
    pub lon: i32,
    pub population: u32,
    pub id: u32,
    /// Value ids; their meaning depends on the kind.
    pub sort: u32,
    pub detail: u32,
}

#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub(super) struct Slice {
    pub at: u32,
    pub len: u32,
}

/// The sections of a checked image.
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
            if at % 64 != 0 || end.is_none() {
                return Err(Error::list("a section of the image lies outside of it"));
            }
        }
        if !(bytes.as_ptr() as usize).is_multiple_of(8) {
            return Err(Error::list("the image must lie at a multiple of eight bytes"));
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

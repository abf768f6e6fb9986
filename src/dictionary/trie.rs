//! The names of several words, as beginnings of names: each beginning of two words or more has a row, by the hash of its
//! words, which says what name it is and whether longer ones begin with it.
//!
//! Nothing is compared but hashes. With a million names, some other words of a text are taken for a name's once in 2²⁹
//! looks, and a look is taken where two words that begin a name stand side by side.

use super::image::NONE;
use super::lines::{self, Found, Line, ROWS};
use super::{Case, Dictionary};
use crate::error::{Error, Result};
use crate::kernel;
use crate::token::{Token, form, mix};
use bytemuck::{Pod, Zeroable};
use std::collections::BTreeMap;
use std::hint::select_unpredictable;

/// What the first words of names say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// Longer names begin so.
    pub goes_on: bool,
    /// The surface that these words are, or [`NONE`].
    pub surface: u32,
    /// How that surface must be written, at the least.
    pub case: Case,
}

/// A line of the cache with seven beginnings.
#[repr(C, align(64))]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub(super) struct Beginnings {
    tags: [u32; ROWS],
    /// The name, or [`NO_NAME`]; above it how it must be written, and in the highest bit whether longer ones begin so.
    rows: [u32; ROWS],
    moved: u8,
    pad: [u8; 7],
}

/// The name of a beginning that is none, and the bits of a name.
const NO_NAME: u32 = (1 << 29) - 1;
const CASE: u32 = 29;
const GOES_ON: u32 = 1 << 31;
/// Any case: what a beginning says that was a name once.
const GONE: u32 = 1 << CASE;

impl Line for Beginnings {
    const EMPTY: Self = Beginnings { tags: [0; ROWS], rows: [NO_NAME; ROWS], moved: 0, pad: [0; 7] };

    fn tags(&mut self) -> &mut [u32; ROWS] {
        &mut self.tags
    }

    #[inline(always)]
    fn moved(&self) -> u8 {
        self.moved
    }

    fn set_moved(&mut self, moved: u8) {
        self.moved = moved;
    }

    fn is_free(&self, row: usize) -> bool {
        self.rows[row] == NO_NAME
    }
}

/// The key of words and the one behind them, by the key of the first ones; that of a first word is its hash. White space
/// before a token is part of the name ("U.S." is not "U. S."), but not before its first.
#[inline(always)]
fn join(key: u64, token: &Token) -> u64 {
    join_hash(key, token.hash ^ u64::from(token.form & form::SPACE))
}

/// [`join`], by the hash of the token, to which [`form::SPACE`] is joined where white space stands before it.
#[inline(always)]
pub(crate) fn join_hash(key: u64, hash: u64) -> u64 {
    mix(key, hash)
}

impl Dictionary<'_> {
    /// The key of a name's first words, by that of the words before the last, `token`; that of one word is its hash.
    #[inline]
    pub fn join(&self, key: u64, token: &Token) -> u64 {
        join(key, token)
    }

    /// What the two words or more with this key begin.
    #[inline]
    pub fn beginning(&self, key: u64) -> Beginning {
        let Found { line, row, is_found } = lines::find(self.beginnings, key);
        let row = select_unpredictable(is_found, line.rows[row], NO_NAME);
        let surface = row & NO_NAME;
        Beginning {
            goes_on: row & GOES_ON != 0,
            surface: if surface == NO_NAME { NONE } else { surface },
            case: Case::from_byte((row >> CASE) as u8 & 3),
        }
    }

    /// The surface that two tokens or more are, or [`NONE`].
    pub fn longer_name(&self, tokens: &[Token]) -> u32 {
        keys(tokens).last().map_or(NONE, |key| self.beginning(key).surface)
    }

    /// Asks for what [`Dictionary::beginning`] reads.
    #[inline]
    pub fn expect_beginning(&self, key: u64) {
        kernel::prefetch(&self.beginnings[lines::line_of(key, self.beginnings.len())]);
    }

    /// Whether two words with this key may begin a name: a bitmap in cache that spares most looks.
    #[inline]
    pub fn has_pair(&self, key: u64) -> bool {
        let (row, bit) = place_of_pair(key, self.pairs);
        self.pairs[row] & bit != 0
    }

    /// Asks for what [`Dictionary::has_pair`] reads.
    #[inline]
    pub fn expect_pair(&self, key: u64) {
        kernel::prefetch(&self.pairs[place_of_pair(key, self.pairs).0]);
    }
}

/// The row and the bit of two words with this key in the bitmap of pairs, whose length is a power of two.
#[inline(always)]
fn place_of_pair(key: u64, pairs: &[u64]) -> (usize, u64) {
    let pair = key >> (64 - pairs.len().ilog2() - 6);
    ((pair >> 6) as usize, 1 << (pair & 63))
}

/// Notes in the bitmap of pairs that two words with this key begin a name.
pub(super) fn set_pair(pairs: &mut [u64], key: u64) {
    let (row, bit) = place_of_pair(key, pairs);
    pairs[row] |= bit;
}

/// The keys of a name's beginnings of two words and more.
pub(super) fn keys(tokens: &[Token]) -> impl Iterator<Item = u64> + '_ {
    let first = tokens.first().map_or(0, |token| token.hash);
    tokens.iter().skip(1).scan(first, |key, token| {
        *key = join(*key, token);
        Some(*key)
    })
}

/// The lower halves of the keys in a table.
pub(super) fn halves(table: &[Beginnings]) -> impl Iterator<Item = u32> + Clone + '_ {
    table.iter().flat_map(|line| (0..ROWS).filter(|&row| !line.is_free(row)).map(|row| line.tags[row]))
}

/// How many beginnings a table has.
pub(super) fn count(table: &[Beginnings]) -> usize {
    table.iter().map(|line| (0..ROWS).filter(|&row| !line.is_free(row)).count()).sum()
}

/// Says what a beginning is: a name, in some way, or that longer ones begin so. Returns whether it is new.
///
/// # Errors
/// When it shares its hash with another.
pub(super) fn begin(table: &mut [Beginnings], key: u64, name: Option<(u32, Case)>) -> Result<bool> {
    let Found { is_found, .. } = lines::find(table, key);
    let (line, at) = match lines::find_mut(table, key) {
        Some(place) => place,
        None => lines::insert(table, key)?,
    };
    let row = if is_found { line.rows[at] } else { NO_NAME };
    line.rows[at] = match name {
        Some((surface, case)) if surface < NO_NAME => row & GOES_ON | (case as u32) << CASE | surface,
        Some(_) => return Err(Error::list("the lists hold more names than a name's number has room for")),
        None => row | GOES_ON,
    };
    Ok(!is_found)
}

/// A beginning is no name any more.
pub(super) fn forget(table: &mut [Beginnings], key: u64) {
    if let Some((line, at)) = lines::find_mut(table, key) {
        // A row that says nothing at all would be taken for a free one.
        line.rows[at] = line.rows[at] & GOES_ON | NO_NAME | if line.rows[at] & GOES_ON == 0 { GONE } else { 0 };
    }
}

/// Gathers names and lays the table of their beginnings.
#[derive(Default)]
pub(super) struct Trie {
    rows: BTreeMap<u64, Row>,
    /// Keys of two words.
    pairs: Vec<u64>,
}

struct Row {
    /// What the key was made of: of two beginnings with one key the second is found out.
    made_of: (u64, u64, u32),
    row: u32,
}

impl Trie {
    /// Adds a name of two words or more.
    ///
    /// # Errors
    /// When it shares a hash with another, or there are more names than a row has room for.
    pub fn add(&mut self, tokens: &[Token], surface: u32, case: u8) -> Result<()> {
        if surface >= NO_NAME {
            return Err(Error::list("the lists hold more names than a name's number has room for"));
        }
        let mut key = tokens[0].hash;
        for (at, token) in tokens.iter().enumerate().skip(1) {
            let made_of = (key, token.hash, token.form & form::SPACE);
            key = join(key, token);
            let row = self.rows.entry(key).or_insert(Row { made_of, row: NO_NAME });
            if row.made_of != made_of {
                return Err(Error::list(format!("two names share a hash: the one with number {surface} and another")));
            }
            if at + 1 == tokens.len() {
                row.row = row.row & GOES_ON | u32::from(case) << CASE | surface;
            } else {
                row.row |= GOES_ON;
            }
            if at == 1 {
                self.pairs.push(key);
            }
        }
        Ok(())
    }

    /// The table of beginnings and the bitmap of pairs.
    ///
    /// # Errors
    /// When two beginnings share a hash.
    pub fn finish(self) -> Result<(Vec<Beginnings>, Vec<u64>)> {
        let mut table: Vec<Beginnings> = lines::table(self.rows.len());
        for (key, Row { row, .. }) in self.rows {
            let (line, at) = lines::insert(&mut table, key)?;
            line.rows[at] = row;
        }
        // Sixteen bits a pair keep nine of ten false looks out, within what a second-level cache holds.
        let bits = (self.pairs.len() * 16).next_power_of_two().max(1 << 10);
        let mut pairs = vec![0u64; bits / 64];
        self.pairs.iter().for_each(|&key| set_pair(&mut pairs, key));
        Ok((table, pairs))
    }
}

//! Names of the lists and the things they mean: surfaces, their readings, entries.

use super::image::{NONE, PlaceRow, Reading};
use super::{Case, Dictionary, Kind};
use crate::kernel;
use crate::span::Span;

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
    /// Of a city: 2 a country's capital, 1 a division's seat; of a division: 1 where hardly anybody lives; else 0.
    pub rank: u8,
}

/// A string of the lists.
#[derive(Clone, Copy, Debug)]
pub struct Surface<'a> {
    /// As the first list that holds it spells it.
    pub text: &'a str,
    /// How it must be written, at the least.
    pub case: Case,
    /// What it can mean, likeliest list first.
    pub readings: &'a [Reading],
}

/// Of how many things that a name can mean [`Dictionary::expect`] asks; few names can mean more.
const MOST_EXPECTED: usize = 5;

impl<'a> Dictionary<'a> {
    /// Asks for the row of a surface, which [`Dictionary::expect`] reads.
    #[inline]
    pub fn expect_surface(&self, surface: u32) {
        if let Some(row) = self.surfaces.get(surface as usize) {
            kernel::prefetch(row);
        }
    }

    /// Asks for everything behind the surfaces of an article, whose rows have been asked for, a step at a time for all of
    /// them: what lies far apart in memory is then waited for once, not once a name.
    pub fn expect(&self, surfaces: impl Iterator<Item = u32> + Clone) {
        for surface in surfaces.clone() {
            kernel::prefetch(&self.readings[self.surfaces[surface as usize].listed()]);
        }
        for surface in surfaces {
            for reading in self.readings(surface).iter().take(MOST_EXPECTED) {
                kernel::prefetch(&self.entries[reading.entry() as usize]);
                kernel::prefetch(self.place_row(reading.entry()));
            }
        }
    }

    /// Every string that the lists would have found in a text, as they spell it: names of things, given names, family
    /// names. What a byte automaton would have to be built from.
    pub fn patterns(&self) -> Vec<&'a str> {
        let names = (0..self.surfaces.len() as u32).map(|s| self.surface(s).text);
        let is_person = |word: &u32| self.word(*word).is_some_and(|w| w.name_weights != 0);
        let people = (0..self.word_count() as u32).filter(|word| self.surface_of_word(*word) == NONE);
        names.chain(people.filter(is_person).map(|word| self.word_text(word))).collect()
    }

    /// A string of the lists by its number.
    pub fn surface(&self, surface: u32) -> Surface<'a> {
        let row = &self.surfaces[surface as usize];
        let text = &self.pool[row.text as usize..];
        let end = text.bytes().position(|byte| byte == 0).expect("a name ends with a zero");
        Surface { text: &text[..end], case: Case::from_byte(row.case()), readings: self.readings(surface) }
    }

    /// Number of surfaces.
    pub fn surface_count(&self) -> usize {
        self.surfaces.len()
    }

    /// The readings of a surface: what it can mean, likeliest list first.
    #[inline]
    pub fn readings(&self, surface: u32) -> &'a [Reading] {
        self.surfaces[surface as usize].readings(self.readings)
    }

    /// How likely a surface is a place, whatever stands around it: 0–1, from the size and rank of its likeliest reading.
    #[inline]
    pub fn place_prior(&self, surface: u32) -> f32 {
        f32::from(self.surfaces[surface as usize].place_prior) / 100.0
    }

    /// What kinds of things a surface can be, in capitals or not: bits of [`super::class::sort`].
    #[inline]
    pub fn sorts(&self, surface: u32, in_capitals: bool) -> u16 {
        self.surfaces[surface as usize].sorts(in_capitals)
    }

    /// Number of entries.
    pub fn entry_count(&self) -> usize {
        self.entries.len()
    }

    /// An entry by its number.
    pub fn entry(&self, number: u32) -> Entry<'a> {
        let Brief { kind, country, population, .. } = self.brief(number);
        Entry {
            number,
            name: self.name_span(number).of(self.pool),
            kind,
            country,
            position: self.position(number),
            population,
            geonameid: self.geonameid(number),
            sort: self.value(self.sort_value(number)),
            detail: self.value(self.detail_value(number)),
        }
    }

    /// An entry without its strings.
    #[inline]
    pub fn brief(&self, number: u32) -> Brief {
        let row = &self.entries[number as usize];
        Brief {
            kind: row.kind(),
            country: row.country,
            population: self.place_row(number).population,
            rank: row.rank(),
        }
    }

    /// Kind of an entry, without reading the rest of it.
    #[inline]
    pub fn kind(&self, number: u32) -> Kind {
        self.entries[number as usize].kind()
    }

    #[inline]
    fn place_row(&self, number: u32) -> &PlaceRow {
        // Whether an entry is a place cannot be guessed.
        &self.places[(number as usize).min(self.places.len() - 1)]
    }

    /// Where the name of an entry stands in [`strings`](Self::strings).
    #[inline]
    pub fn name_span(&self, number: u32) -> Span {
        let row = &self.entries[number as usize];
        Span::new(row.name, row.name + u32::from(row.name_len))
    }

    /// Latitude and longitude of an entry, in ten-thousandths of a degree.
    #[inline]
    pub fn position(&self, number: u32) -> Option<[i32; 2]> {
        let row = self.place_row(number);
        (row.lat != i32::MIN).then_some([row.lat, row.lon])
    }

    /// An entry's number at GeoNames; 0 when it has none.
    #[inline]
    pub fn geonameid(&self, number: u32) -> u32 {
        self.place_row(number).id
    }

    /// The value id of an entry's `sort`: for an organisation its sector.
    #[inline]
    pub fn sort_value(&self, number: u32) -> u32 {
        u32::from(self.entries[number as usize].sort)
    }

    /// The value id of an entry's `detail`: for a title its sector.
    #[inline]
    pub fn detail_value(&self, number: u32) -> u32 {
        u32::from(self.entries[number as usize].detail)
    }
}

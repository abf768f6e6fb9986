//! Which of the places of one name is meant.
//!
//! A name on the map is rarely alone: "Santiago" is a capital and forty towns. The choice is a sum: how big and how
//! high in rank a place is, whether it is its own name, and what the rest of the article speaks of; a qualifier
//! (", Texas") outweighs all of it. One name means one place within an article.

use crate::dictionary::{Dictionary, Kind, NONE, Reading};
use std::hint::select_unpredictable;

/// How often an article speaks of each country, whatever the way.
pub(super) struct CountryVotes([u16; 26 * 26]);

impl Default for CountryVotes {
    fn default() -> Self {
        CountryVotes([0; 26 * 26])
    }
}

impl CountryVotes {
    /// The number of a country, and whether it is one. Nothing branches on that: it cannot be guessed.
    #[inline]
    fn index(country: [u8; 2]) -> (usize, bool) {
        let [first, second] = country.map(|letter| usize::from(letter.wrapping_sub(b'A')));
        let is_country = (first < 26) & (second < 26);
        (select_unpredictable(is_country, first * 26 + second, 0), is_country)
    }

    pub fn clear(&mut self) {
        self.0.fill(0);
    }

    #[inline]
    pub fn add(&mut self, country: [u8; 2], weight: u16) {
        let (at, is_country) = Self::index(country);
        self.0[at] = self.0[at].saturating_add(select_unpredictable(is_country, weight, 0));
    }

    pub fn of(&self, country: [u8; 2]) -> u16 {
        let (at, is_country) = Self::index(country);
        if is_country { self.0[at] } else { 0 }
    }
}

/// The kinds of entries that are places.
pub(super) const PLACES: [Kind; 5] = [Kind::Country, Kind::Admin1, Kind::City, Kind::Region, Kind::Physical];

/// The likeliest place among the readings of a surface; `qualifier` is the country or division named behind it.
pub(super) fn choose(
    dictionary: &Dictionary<'_>,
    surface: u32,
    votes: &CountryVotes,
    qualifier: Option<u32>,
) -> Option<u32> {
    let qualifier = qualifier.map(|q| dictionary.entry(q));
    let score = |reading: &Reading| -> Option<f64> {
        let mut score = dictionary.place_score(reading)?;
        let entry = dictionary.brief(reading.entry());
        score += f64::from(votes.of(entry.country).min(4)) * 0.5;
        if let Some(q) = &qualifier {
            let same = match q.kind {
                Kind::Country => q.country == entry.country,
                _ => q.country == entry.country && q.detail == dictionary.entry(reading.entry()).detail,
            };
            score += if same && entry.kind != Kind::Country { 5.0 } else { -1.0 };
        }
        Some(score)
    };
    let mut best = (NONE, f64::MIN);
    for reading in dictionary.readings(surface) {
        if let Some(score) = score(reading)
            && score > best.1
        {
            best = (reading.entry(), score);
        }
    }
    (best.0 != NONE).then_some(best.0)
}

/// The country or division among a surface's readings, to serve as a qualifier.
pub(super) fn as_qualifier(dictionary: &Dictionary<'_>, surface: u32) -> Option<u32> {
    let mut readings = dictionary.readings(surface).iter();
    readings.find(|r| matches!(dictionary.kind(r.entry()), Kind::Country | Kind::Admin1)).map(|r| r.entry())
}

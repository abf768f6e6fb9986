//! Which of the places of one name is meant.
//!
//! A name on the map is rarely alone: "Santiago" is a capital and forty towns. The choice is a sum: how big and how
//! high in rank a place is, whether it is its own name, and what the rest of the article speaks of; a qualifier
//! (", Texas") outweighs all of it. One name means one place within an article.

use crate::dictionary::{Dictionary, Kind, NONE, Reading};

/// How often an article speaks of each country, whatever the way.
#[derive(Default)]
pub(super) struct CountryVotes {
    votes: Vec<u16>,
    touched: Vec<u16>,
}

impl CountryVotes {
    fn index(country: [u8; 2]) -> Option<usize> {
        let letter = |b: u8| b.is_ascii_uppercase().then(|| usize::from(b - b'A'));
        Some(letter(country[0])? * 26 + letter(country[1])?)
    }

    pub fn clear(&mut self) {
        self.votes.resize(26 * 26, 0);
        for at in self.touched.drain(..) {
            self.votes[usize::from(at)] = 0;
        }
    }

    pub fn add(&mut self, country: [u8; 2], weight: u16) {
        if let Some(at) = Self::index(country) {
            if self.votes[at] == 0 {
                self.touched.push(at as u16);
            }
            self.votes[at] = self.votes[at].saturating_add(weight);
        }
    }

    pub fn of(&self, country: [u8; 2]) -> u16 {
        Self::index(country).map_or(0, |at| self.votes[at])
    }
}

/// Whether entries of a kind are places.
pub(super) fn is_place(kind: Kind) -> bool {
    matches!(kind, Kind::Country | Kind::Admin1 | Kind::City | Kind::Region | Kind::Physical)
}

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

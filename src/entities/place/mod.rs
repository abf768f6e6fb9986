//! Which of the places of one name is meant.
//!
//! A name on the map is rarely alone: "Santiago" is a capital and forty towns. How big and how high in rank a place is
//! tells before anybody has looked at a text; in the text places stand in company. An article speaks of some countries
//! and divisions and not of others, its towns lie near each other, and divisions are named in lists of divisions. So all
//! names of an article that may be places are laid out with what each may be, and what is likely of one speaks for what is
//! like it of the others: a few rounds of that, and each name means its likeliest place. A qualifier (", Texas") outweighs
//! all of it, for the name and for itself.
//!
//! One name means one place within an article, but for a qualified one.

mod votes;
mod weights;

use super::table::Table;
use crate::dictionary::{Dictionary, Kind, NONE, Reading};
use crate::token::mix;
use std::ops::Range;
use votes::{Votes, country_number};
use weights::{COMPANY, FAR, KNOWN_TOWN, OBVIOUS, ROUNDS, SETTLED, SURE, UNLIKELY, company, prior};

/// Something that a name may mean.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub entry: u32,
    kind: Kind,
    /// By [`country_number`].
    country: u16,
    /// The value id of the code of its division, or of its own; 0 for none.
    division: u16,
    /// Degrees; not a number when unknown.
    lat: f32,
    lon: f32,
    /// How likely it is by itself, in powers of ten.
    prior: f32,
    /// How likely it is among all that the name may mean, 0–1.
    pub share: f32,
}

/// A name that may be a place.
struct Surface {
    number: u32,
    /// Its stretch of the candidates.
    first: u32,
    end: u32,
    /// Its first candidate is meant: that goes without saying, or a qualifier says it.
    is_sure: bool,
    /// An entry that a qualifier has said, or [`NONE`].
    said: u32,
}

impl Surface {
    /// The candidates that are weighed: the first alone of a name that is sure.
    #[inline]
    fn open(&self) -> Range<usize> {
        let end = if self.is_sure { self.end.min(self.first + 1) } else { self.end };
        self.first as usize..end as usize
    }
}

/// A town or county that is likely meant, for those near it.
#[derive(Clone, Copy)]
struct Neighbour {
    surface: u32,
    lat: f32,
    lon: f32,
    share: f32,
}

/// The names of one article that may be places, with what they may be.
#[derive(Default)]
pub(super) struct Atlas {
    surfaces: Vec<Surface>,
    candidates: Vec<Candidate>,
    /// Where surfaces stand, by their numbers in the dictionary.
    known: Table,
    /// How often the article speaks of each country, whatever the way, and of its divisions.
    countries: Votes,
    divisions: Votes,
    /// How many divisions of a country it names.
    divided: Votes,
    /// How often it names nationalities and peoples of each country.
    peoples: Vec<(u16, f32)>,
    neighbours: Vec<Neighbour>,
    /// Logarithms of likelihoods, of the candidates of one surface.
    scores: Vec<f32>,
}

impl Atlas {
    pub fn clear(&mut self) {
        self.surfaces.clear();
        self.candidates.clear();
        self.known.clear();
        self.peoples.clear();
        self.countries.clear();
    }

    /// Counts the country of a nationality or people.
    pub fn add_people(&mut self, country: [u8; 2]) {
        const OF_PLACE: f32 = 0.5;
        self.peoples.push((country_number(country), OF_PLACE));
    }

    /// Notes a name that may be a place, and returns its number here.
    #[inline]
    pub fn add(&mut self, dictionary: &Dictionary<'_>, surface: u32) -> u32 {
        let place = self.known.find(mix(u64::from(surface), 1));
        place.value.unwrap_or_else(|| {
            let number = self.surfaces.len() as u32;
            self.known.put(place, number);
            self.lay_out(dictionary, surface);
            number
        })
    }

    fn lay_out(&mut self, dictionary: &Dictionary<'_>, surface: u32) {
        let first = self.candidates.len();
        for reading in dictionary.readings(surface) {
            self.candidates.extend(candidate(dictionary, reading));
        }
        let best = self.candidates[first..].iter().map(|c| c.prior).fold(f32::MIN, f32::max);
        // The likeliest is left alone where nothing in an article could outweigh it.
        let mut kept = first;
        for at in first..self.candidates.len() {
            if self.candidates[at].prior > best - SURE {
                self.candidates.swap(kept, at);
                kept += 1;
            }
        }
        self.candidates.truncate(kept);
        let is_sure = kept - first < 2;
        if is_sure {
            self.candidates[first..].iter_mut().for_each(|c| c.share = 1.0);
        } else {
            self.scores.clear();
            self.scores.extend(self.candidates[first..].iter().map(|c| c.prior));
            share_out(&mut self.candidates[first..], &self.scores);
            // The likeliest stands first.
            let own = &mut self.candidates[first..];
            let likeliest = own.iter().position(|c| c.prior == best).unwrap_or_default();
            own.swap(0, likeliest);
        }
        let surface = Surface { number: surface, first: first as u32, end: kept as u32, is_sure, said: NONE };
        self.surfaces.push(surface);
    }

    /// What a name may be.
    pub fn candidates_of(&self, number: u32) -> &[Candidate] {
        let Surface { first, end, .. } = self.surfaces[number as usize];
        &self.candidates[first as usize..end as usize]
    }

    /// "Paris, Texas": what the first of two names means that stand so, [`NONE`] for a small town that no list has there.
    /// None where the second does not qualify the first.
    pub fn qualify(&mut self, dictionary: &Dictionary<'_>, named: u32, around: u32) -> Option<u32> {
        let readings = |number: u32| dictionary.readings(self.surfaces[number as usize].number).iter();
        let mut best: Option<(Candidate, u32)> = None;
        // A name may mean something so small that it was not laid out; with a qualifier it does.
        for candidate in readings(named).filter_map(|r| candidate(dictionary, r)) {
            for of in readings(around).filter_map(|r| self::candidate(dictionary, r)) {
                let lies_in = match of.kind {
                    Kind::Admin1 => {
                        matches!(candidate.kind, Kind::City | Kind::County) && candidate.division == of.division
                    }
                    Kind::Country => candidate.kind != Kind::Country && candidate.country == of.country,
                    _ => false,
                };
                if lies_in && best.is_none_or(|(known, _)| candidate.prior > known.prior) {
                    best = Some((candidate, of.entry));
                }
            }
        }
        let Some((place, of)) = best else {
            let is_division = self.candidates_of(around).iter().any(|c| c.kind == Kind::Admin1 && c.share > 0.5);
            let is_known = self.candidates_of(named).iter().any(|c| c.prior > KNOWN_TOWN);
            return (is_division && !is_known).then_some(NONE);
        };
        self.say(dictionary, named, place.entry);
        self.say(dictionary, around, of);
        Some(place.entry)
    }

    /// Notes what a name has been said to mean.
    fn say(&mut self, dictionary: &Dictionary<'_>, number: u32, entry: u32) {
        let surface = &mut self.surfaces[number as usize];
        if surface.said != NONE {
            return;
        }
        (surface.said, surface.is_sure) = (entry, true);
        let Surface { first, end, number, .. } = *surface;
        let own = &mut self.candidates[first as usize..end as usize];
        own.iter_mut().for_each(|c| c.share = if c.entry == entry { 1.0 } else { 0.0 });
        if let Some(at) = own.iter().position(|c| c.entry == entry) {
            own.swap(0, at);
        } else if let Some(reading) = dictionary.readings(number).iter().find(|r| r.entry() == entry)
            && let Some(candidate) = candidate(dictionary, reading)
            && let Some(first) = own.first_mut()
        {
            *first = Candidate { share: 1.0, ..candidate };
        }
    }

    /// Whether some name is still open.
    pub fn is_open(&self) -> bool {
        self.surfaces.iter().any(|s| !s.is_sure)
    }

    /// Lets the names speak for each other.
    pub fn settle(&mut self) {
        self.count_countries();
        if !self.is_open() {
            return;
        }
        self.take_the_obvious();
        for _ in 0..ROUNDS {
            if !self.is_open() {
                return;
            }
            self.count();
            let mut moved = 0.0f32;
            for at in 0..self.surfaces.len() {
                if !self.surfaces[at].is_sure {
                    moved = moved.max(self.weigh(at));
                }
            }
            if moved < SETTLED {
                return;
            }
        }
    }

    /// Most articles name a country and its cities: what is likely by itself and lies in a country of which other names
    /// speak is not weighed.
    fn take_the_obvious(&mut self) {
        for surface in &mut self.surfaces {
            let first = self.candidates[surface.open()].first();
            surface.is_sure |=
                first.is_some_and(|c| c.share > OBVIOUS && self.countries.of(c.country) > c.share + COMPANY);
        }
    }

    fn count_countries(&mut self) {
        self.countries.clear();
        for &(country, weight) in &self.peoples {
            self.countries.add(country, weight);
        }
        for surface in &self.surfaces {
            for candidate in self.candidates[surface.open()].iter().filter(|c| c.share >= UNLIKELY) {
                self.countries.add(candidate.country, candidate.share);
            }
        }
    }

    /// Counts what is likely.
    fn count(&mut self) {
        const MOST_NEIGHBOURS: usize = 64;
        self.count_countries();
        self.divisions.clear();
        self.divided.clear();
        self.neighbours.clear();
        for (at, surface) in (0..).zip(&self.surfaces) {
            for candidate in &self.candidates[surface.open()] {
                let &Candidate { kind, country, division, lat, lon, share, .. } = candidate;
                if share < UNLIKELY || division == 0 {
                    continue;
                }
                self.divisions.add(division, share);
                if kind == Kind::Admin1 {
                    self.divided.add(country, share);
                } else if self.neighbours.len() < MOST_NEIGHBOURS {
                    // Enough of them say where an article is; a list of places is not read once for each of them.
                    self.neighbours.push(Neighbour { surface: at, lat, lon, share });
                }
            }
        }
    }

    /// Weighs what a name may mean by all others, and tells how much a share has changed.
    fn weigh(&mut self, at: usize) -> f32 {
        let Surface { first, end, .. } = self.surfaces[at];
        let own = first as usize..end as usize;
        let mut scores = std::mem::take(&mut self.scores);
        scores.clear();
        // A name does not speak for itself.
        self.speak(own.clone(), -1.0);
        scores.extend(self.candidates[own.clone()].iter().map(|c| self.score(c)));
        self.speak(own.clone(), 1.0);
        let best = scores.iter().copied().fold(f32::MIN, f32::max);
        for (score, candidate) in scores.iter_mut().zip(&self.candidates[own.clone()]) {
            let is_town = matches!(candidate.kind, Kind::City | Kind::County);
            if is_town && *score > best - company::NEAR.most {
                *score += company::NEAR.of(self.nearness(at as u32, candidate));
            }
        }
        let moved = share_out(&mut self.candidates[own], &scores);
        self.scores = scores;
        moved
    }

    /// Counts what candidates are likely to be in, or takes it back.
    fn speak(&mut self, candidates: Range<usize>, sign: f32) {
        for &Candidate { kind, country, division, share, .. } in &self.candidates[candidates] {
            if share >= UNLIKELY {
                self.countries.add(country, sign * share);
                self.divisions.add(division, sign * share);
                self.divided.add(if kind == Kind::Admin1 { country } else { 0 }, sign * share);
            }
        }
    }

    /// How likely a candidate is by itself and by what the article speaks of.
    fn score(&self, candidate: &Candidate) -> f32 {
        let Candidate { kind, country, division, prior, .. } = *candidate;
        let of_country = company::COUNTRY.of(self.countries.of(country));
        match kind {
            Kind::Country => prior + of_country / 2.0,
            _ if division == 0 => prior + of_country,
            _ => {
                let of_division = company::DIVISION.of(self.divisions.of(division));
                let among = if kind == Kind::Admin1 { self.divided.of(country) } else { 0.0 };
                prior + of_country + of_division + company::AMONG_DIVISIONS.of(among)
            }
        }
    }

    /// How near the likely places of other names are: each by its share, less with the square of its distance.
    fn nearness(&self, surface: u32, to: &Candidate) -> f32 {
        const KM_OF_DEGREE: f32 = 111.2;
        const HALF_AT_KM: f32 = 30.0;
        // A row of the globe is shorter the further from the equator; near enough by a parabola.
        let width = 1.0 - (to.lat / 90.0) * (to.lat / 90.0);
        let mut sum = 0.0;
        for neighbour in &self.neighbours {
            let north = (neighbour.lat - to.lat) * (KM_OF_DEGREE / HALF_AT_KM);
            let east = (neighbour.lon - to.lon) * width * (KM_OF_DEGREE / HALF_AT_KM);
            let square = north * north + east * east;
            let counts = neighbour.surface != surface && square < (FAR / HALF_AT_KM) * (FAR / HALF_AT_KM);
            sum += if counts { neighbour.share / (1.0 + square) } else { 0.0 };
        }
        sum
    }

    /// What a name means, [`NONE`] for no place.
    #[inline]
    pub fn meant(&self, number: u32) -> u32 {
        let said = self.surfaces[number as usize].said;
        if said != NONE {
            return said;
        }
        let best = |best: (u32, f32), c: &Candidate| if c.share > best.1 { (c.entry, c.share) } else { best };
        self.candidates[self.surfaces[number as usize].open()].iter().fold((NONE, 0.0), best).0
    }

    /// How often the article speaks of a country.
    pub fn country(&self, country: [u8; 2]) -> f32 {
        self.countries.of(country_number(country))
    }
}

/// A reading as a place.
fn candidate(dictionary: &Dictionary<'_>, reading: &Reading) -> Option<Candidate> {
    let entry = reading.entry();
    let brief = dictionary.brief(entry);
    let prior = prior(&brief, reading.alias())?;
    let division = match brief.kind {
        Kind::Admin1 | Kind::County | Kind::City => dictionary.detail_value(entry) as u16,
        _ => 0,
    };
    let degrees = |ten_thousandths: i32| ten_thousandths as f32 / 10_000.0;
    let [lat, lon] = dictionary.position(entry).map_or([f32::NAN; 2], |position| position.map(degrees));
    let country = country_number(brief.country);
    Some(Candidate { entry, kind: brief.kind, country, division, lat, lon, prior, share: 0.0 })
}

/// Gives candidates their shares by their scores, and tells how much one has changed at the most.
fn share_out(candidates: &mut [Candidate], scores: &[f32]) -> f32 {
    /// A score higher by this makes it `e` times as likely: less than it says, for what is counted hangs together.
    const STEP: f32 = 0.5;
    const HOPELESS: f32 = 2.5;
    let best = scores.iter().copied().fold(f32::MIN, f32::max);
    // `e` to the power of what is between -5 and 0, nearly, by squaring four times.
    let exp = |x: f32| (0..4).fold(1.0 + x / 16.0, |power, _| power * power);
    let likelihood = |score: f32| if score > best - HOPELESS { exp((score - best) / STEP) } else { 0.0 };
    let sum: f32 = scores.iter().copied().map(likelihood).sum();
    let mut moved = 0.0f32;
    for (candidate, &score) in candidates.iter_mut().zip(scores) {
        let share = likelihood(score) / sum;
        moved = moved.max((share - candidate.share).abs());
        candidate.share = share;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    #[test]
    fn shares_are_one_together_and_follow_the_scores() {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the shipped lists");
        let mut atlas = Atlas::default();
        let many = (0..dictionary.surface_count() as u32).filter(|s| dictionary.readings(*s).len() > 3).take(500);
        for surface in many {
            let number = atlas.add(&dictionary, surface);
            assert_eq!(number, atlas.add(&dictionary, surface), "a name is laid out once");
        }
        atlas.settle();
        for number in 0..atlas.surfaces.len() as u32 {
            let all = atlas.candidates_of(number);
            let sum: f32 = all.iter().map(|c| c.share).sum();
            assert!(all.is_empty() || (sum - 1.0).abs() < 1e-3, "{sum}");
            assert!(all.is_empty() == (atlas.meant(number) == NONE));
        }
    }
}

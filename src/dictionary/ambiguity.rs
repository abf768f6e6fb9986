//! How likely each reading is, before anybody has looked at a text.
//!
//! A list says that "Nice" is a town. It is also a common word, and "Jordan" a country, a given and a family name. What
//! the counted texts and the lists' own weights tell of that is gathered here, for whoever must choose.

use super::class::sort;
use super::prior::{A_PLACE, AMONG_PLACES, Prior, Weights};
use super::{Brief, Dictionary, Kind, Reading, WordInfo};

/// What a word may be when it stands where a name may stand.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ambiguity {
    /// How likely it is a name at all, 0–1: by how often the counted texts write it with a capital inside a sentence, and
    /// not in small letters; where they hardly have it, by how common a word of the language it is. The first word of a
    /// sentence says nothing, so it was not counted.
    pub name: f32,
    /// If it is a name: a given name. These four are 1 together, or 0 when no list has it as a name.
    pub given: f32,
    /// If it is a name: a family name.
    pub surname: f32,
    /// If it is a name: a place.
    pub place: f32,
    /// If it is a name: an organisation, a people, a title.
    pub other: f32,
}

/// A reading of a name with its share among all of them.
#[derive(Clone, Copy, Debug)]
pub struct Ranked {
    /// The reading.
    pub reading: Reading,
    /// What it is ranked by, in powers of ten.
    pub prior: Prior,
    /// How likely it is among the readings of the name, 0–1.
    pub share: f64,
}

/// How much the level of a word in the lexicon counts, in occurrences.
const LEVEL_WEIGHT: f32 = 4.0;
/// A place of the highest prior is as likely as a name of the highest weight, 2¹⁵.
const WEIGHT_OF_PRIOR: f32 = 15.0 / 0.98;
/// An organisation, a people, a title: as a name of middling weight.
const WEIGHT_OF_OTHER: f32 = 10.0;
/// A user's entry goes before a country.
const OF_USER: f64 = 10.0;

/// [`Ambiguity::name`] by what is known of a word.
fn name_share(info: &WordInfo) -> f32 {
    let by_level = match info.level {
        0 => 0.9,
        1..=20 => 0.05,
        21..=35 => 0.2,
        36..=50 => 0.5,
        _ => 0.7,
    };
    let (capital, lower) = (info.capital as f32, info.lower as f32);
    (capital + LEVEL_WEIGHT * by_level) / (capital + lower + LEVEL_WEIGHT)
}

impl Dictionary<'_> {
    /// How likely a word is a name where one may stand: [`Ambiguity::name`].
    pub fn name_share(&self, word: u32) -> f32 {
        self.word(word).map_or(0.0, |info| name_share(&info))
    }

    /// What a word may be.
    pub fn ambiguity(&self, word: u32) -> Ambiguity {
        let Some(info) = self.word(word) else { return Ambiguity::default() };
        let name = name_share(&info);
        let person = |weight: u8| if weight == 0 { 0.0 } else { f32::from(weight).exp2() };
        let surface = self.surface_of_word(word);
        let (mut place, mut other) = (0.0, 0.0);
        if surface != super::NONE {
            let prior = self.place_prior(surface);
            place = if prior > 0.0 { (prior * WEIGHT_OF_PRIOR).exp2() } else { 0.0 };
            let others = sort::ORG | sort::DEMONYM | sort::TITLE | sort::ROLE | sort::HONOUR;
            other = if self.sorts(surface, true) & others != 0 { WEIGHT_OF_OTHER.exp2() } else { 0.0 };
        }
        let (given, surname) = (person(self.given_weight(word)), person(self.surname_weight(word)));
        let all = given + surname + place + other;
        if all == 0.0 {
            return Ambiguity { name, ..Ambiguity::default() };
        }
        Ambiguity { name, given: given / all, surname: surname / all, place: place / all, other: other / all }
    }

    /// How likely a place is meant by a name of it, as a logarithm: the more people live there and the higher its rank;
    /// by another name than its own it is thirty times less likely. None for what is no place.
    pub fn place_score(&self, reading: &Reading) -> Option<f64> {
        self.weigh(reading, &AMONG_PLACES).map(|prior| prior.sum())
    }

    /// What makes a reading likely to be meant as a place at all, in hundredths; see
    /// [`place_prior`](Self::place_prior). None for what is no place.
    pub fn prior(&self, reading: &Reading) -> Option<Prior> {
        self.weigh(reading, &A_PLACE)
    }

    fn weigh(&self, reading: &Reading, weights: &Weights) -> Option<Prior> {
        let Brief { kind, rank, population, .. } = self.brief(reading.entry());
        weights.weigh(kind, rank, population, reading.alias())
    }

    /// All readings of a name, the likeliest first: those of users' lists before all others.
    pub fn ranked(&self, surface: u32) -> Vec<Ranked> {
        let prior = |reading: &Reading| {
            if let Some(user) = self.user(reading.entry()) {
                return Prior { kind: OF_USER, user: f64::from(user.weight), ..Prior::default() };
            }
            self.weigh(reading, &AMONG_PLACES).unwrap_or_else(|| {
                let kind = match self.kind(reading.entry()) {
                    Kind::Demonym => 7.0,
                    Kind::Organisation => 6.5,
                    _ => 5.0,
                };
                Prior { kind, alias: if reading.alias() == 0 { 0.0 } else { -0.5 }, ..Prior::default() }
            })
        };
        let mut all: Vec<Ranked> = self
            .readings(surface)
            .iter()
            .map(|reading| Ranked { reading: *reading, prior: prior(reading), share: 0.0 })
            .collect();
        all.sort_by(|a, b| b.prior.sum().total_cmp(&a.prior.sum()));
        let sum: f64 = all.iter().map(|r| 10f64.powf(r.prior.sum())).sum();
        all.iter_mut().for_each(|r| r.share = 10f64.powf(r.prior.sum()) / sum);
        all
    }
}

#[cfg(test)]
mod tests {
    use crate::dictionary::Dictionary;
    use crate::token::{Tokens, hash_folded};

    fn dictionary() -> Dictionary<'static> {
        Dictionary::open(crate::gazetteer::shipped()).expect("the shipped lists")
    }

    fn word(dictionary: &Dictionary<'_>, name: &str) -> u32 {
        dictionary.probe(hash_folded(&name.to_lowercase())).1
    }

    #[test]
    fn a_word_is_a_name_as_often_as_it_is_written_so() {
        let dictionary = dictionary();
        for (name, least, most) in [
            ("of", 0.0, 0.05),
            ("nice", 0.0, 0.35),
            ("reading", 0.0, 0.2),
            ("mobile", 0.2, 0.7),
            ("march", 0.7, 1.0),
            ("washington", 0.9, 1.0),
            ("jordan", 0.9, 1.0),
            ("daugavpils", 0.85, 1.0),
        ] {
            let found = dictionary.ambiguity(word(&dictionary, name)).name;
            assert!((least..=most).contains(&found), "{name}: {found}");
        }
        assert_eq!(dictionary.ambiguity(crate::token::NO_WORD).name, 0.0);
    }

    #[test]
    fn a_name_may_be_a_person_or_a_place() {
        let dictionary = dictionary();
        for (name, likeliest) in [
            ("mary", "given"),
            ("smith", "surname"),
            ("france", "place"),
            ("jordan", "place"),
            ("islamabad", "place"),
            ("irish", "other"),
        ] {
            let a = dictionary.ambiguity(word(&dictionary, name));
            let all = [("given", a.given), ("surname", a.surname), ("place", a.place), ("other", a.other)];
            let sum: f32 = all.iter().map(|(_, share)| share).sum();
            assert!((sum - 1.0).abs() < 1e-4, "{name}: {a:?}");
            let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("four of them");
            assert_eq!(best.0, likeliest, "{name}: {a:?}");
        }
    }

    #[test]
    fn homonyms_keep_all_readings_and_own_names_come_first() {
        let dictionary = dictionary();
        for (name, country, entry) in [
            ("Islamabad", "PK", "Islamabad"),
            ("Georgia", "GE", "Georgia"),
            ("Paris", "FR", "Paris"),
            ("Santiago", "CL", "Santiago"),
            ("Kiev", "UA", "Kyiv"),
            // A small division of Malta is called so, too.
            ("Safi", "MA", "Safi"),
        ] {
            let ranked = dictionary.ranked(dictionary.surface_of_word(word(&dictionary, name)));
            let best = dictionary.entry(ranked[0].reading.entry());
            assert_eq!((best.country(), best.name), (Some(country), entry), "{name}: {ranked:?}");
            let sum: f64 = ranked.iter().map(|r| r.share).sum();
            assert!((sum - 1.0).abs() < 1e-9 && ranked.is_sorted_by(|a, b| a.share >= b.share), "{name}: {ranked:?}");
        }
        let islamabad = dictionary.ranked(dictionary.surface_of_word(word(&dictionary, "Islamabad")));
        assert!(islamabad.len() > 1, "Chattogram is called so, too");
    }

    #[test]
    fn the_priors_of_names_of_several_words_are_the_same_kind_of_thing() {
        let dictionary = dictionary();
        let mut tokens = Tokens::default();
        tokens.tokenize("San Francisco");
        dictionary.annotate(&mut tokens);
        let mut matches = Vec::new();
        crate::gazetteer::Finder::default().find(&dictionary, &tokens, &mut matches);
        let ranked = dictionary.ranked(matches[0].surface);
        assert!(ranked.len() > 10 && ranked[0].share > 0.5, "{ranked:?}");
        assert_eq!(dictionary.entry(ranked[0].reading.entry()).country(), Some("US"));
    }
}

//! What the lists know of the few names in an article's head.
//!
//! The head is read before the names of the article are found, since they are found in its sentences. So the few that
//! decide what a head says are looked up here, one by one.

use crate::dictionary::class::sort;
use crate::dictionary::{Case, Dictionary, Kind, NONE, class};
use crate::token::{Token, form};
use std::ops::Range;

/// An article as its head is read from it.
#[derive(Clone, Copy)]
pub struct Copy<'a> {
    pub dictionary: &'a Dictionary<'a>,
    pub text: &'a str,
    pub tokens: &'a [Token],
}

/// The share of the place among the readings of a word that are names, from which on a dateline in capitals is believed
/// to mean the place: `CHARLOTTE`, not `CLINTON`.
const MAY_BE_PLACE: f32 = 0.1;
/// The same where nothing else speaks for a dateline: `Jordan: …`.
const IS_PLACE: f32 = 0.5;
/// The prior of a place that is believed whoever else bears its name: that of a town of some hundred thousand.
const LARGE: f32 = 0.6;

impl Copy<'_> {
    /// The longest name of the lists that begins with the first of some tokens: how many of them it takes, and its
    /// number.
    pub fn name_at(&self, range: Range<usize>) -> Option<(usize, u32)> {
        let own = &self.tokens[range];
        let first = own.first()?;
        let mut longest = None;
        let alone = if first.is(form::ALL_CAPITALS) { class::NAME | class::NAME_CAPITALS } else { class::NAME };
        if first.has(alone) {
            longest = Some((1, self.dictionary.surface_of_word(first.word))).filter(|(_, surface)| *surface != NONE);
        }
        if first.has(class::NAME_START) {
            let mut key = first.hash;
            for length in 2..=own.len() {
                key = self.dictionary.join(key, &own[length - 1]);
                if length == 2 && !self.dictionary.has_pair(key) {
                    break;
                }
                let beginning = self.dictionary.beginning(key);
                let is_cased = beginning.case != Case::AllCapitals || own[..length].iter().all(is_in_capitals);
                if beginning.surface != NONE && is_cased {
                    longest = Some((length, beginning.surface));
                }
                if !beginning.goes_on {
                    break;
                }
            }
        }
        longest
    }

    /// Whether all of some tokens are the name of a place, or of a place and what holds it (`SPRINGFIELD, Ohio`), and
    /// hardly of anything else.
    pub fn is_place(&self, range: Range<usize>) -> bool {
        self.is_place_by(range, IS_PLACE)
    }

    /// The same, but other things may bear the name.
    pub fn may_be_place(&self, range: Range<usize>) -> bool {
        self.is_place_by(range, MAY_BE_PLACE)
    }

    /// The same, of a place that many know: the word is hardly ever anything but a name, and the place is large.
    pub fn is_known_place(&self, range: Range<usize>) -> bool {
        let first = self.tokens[range.start].word;
        self.is_place(range.clone())
            && self.name_at(range).is_some_and(|(length, surface)| {
                self.dictionary.place_prior(surface) >= LARGE
                    && (length > 1 || self.dictionary.ambiguity(first).name >= IS_PLACE)
            })
    }

    fn is_place_by(&self, range: Range<usize>, share: f32) -> bool {
        let Some((length, surface)) = self.name_at(range.clone()) else { return false };
        let end = range.start + length;
        let stands_apart = end >= range.end || self.tokens[end].form & form::WORD == 0;
        let sorts = self.dictionary.sorts(surface, true);
        stands_apart
            && sorts & (sort::COUNTRY | sort::PLACE | sort::LOC) != 0
            && (length > 1
                || self.dictionary.ambiguity(self.tokens[range.start].word).place >= share
                || share == MAY_BE_PLACE && self.dictionary.place_prior(surface) >= LARGE)
    }

    /// Whether some tokens are the name of an organisation of this sector, as the lists spell sectors.
    pub fn is_of_sector(&self, range: Range<usize>, sector: &str) -> bool {
        let all = range.len();
        self.name_at(range).is_some_and(|(length, surface)| length == all && self.has_sector(surface, sector))
    }

    /// How many tokens the name of an agency or paper takes that begins with the first of some tokens.
    pub fn agency_at(&self, range: Range<usize>) -> Option<usize> {
        self.name_at(range).filter(|(_, surface)| self.has_sector(*surface, "JRN")).map(|(length, _)| length)
    }

    fn has_sector(&self, surface: u32, sector: &str) -> bool {
        let d = self.dictionary;
        // What the readings are lies further away in memory.
        d.sorts(surface, true) & sort::ORG != 0
            && d.readings(surface).iter().any(|reading| {
                let entry = reading.entry();
                d.kind(entry) == Kind::Organisation && d.value(d.sort_value(entry)) == sector
            })
    }
}

fn is_in_capitals(token: &Token) -> bool {
    token.form & form::WORD == 0 || token.form & (form::ALL_CAPITALS | form::DIGIT) != 0
}

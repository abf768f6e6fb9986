//! People: a name behind a title, or two words that the name lists know.

use super::evidence::weight;
use super::recognize::Reader;
use super::unit::{STRONG, Unit, can};
use super::{EntityType, Rule};
use crate::dictionary::NONE;

/// From this weight up a family name is borne by some.
const RARE: u8 = 6;

impl Reader<'_, '_> {
    /// Titles, and the person behind them.
    pub(super) fn titled(&mut self, at: usize) -> (usize, u32) {
        let title = self.units[at].first;
        let mut i = at;
        // "Federal Interior Minister", "Deputy Commander", "Lt. Gen.": titles and the words between two titles.
        let mut last_title = at;
        while i < self.units.len() && i - at < 8 {
            if self.units[i].is_name_title() && i > at {
                break;
            }
            if self.units[i].is(can::TITLE | can::ROLE) {
                last_title = i;
            } else if !self.units[i].is(can::LEXICON) || self.units[i].is(can::GIVEN) {
                break;
            }
            i += 1;
        }
        let mut i = last_title + 1;
        // "Major General Ali Khan": what follows the last title is the name, up to an honour or a listed organisation.
        if self.names_goes_to(i, true).is_none()
            && self.units[last_title].is(can::GIVEN | can::SURNAME)
            && last_title > at
        {
            i = last_title;
        }
        match self.names_goes_to(i, true) {
            Some(end_unit) => {
                let end = self.units[end_unit - 1].end;
                let first = self.units[i].first;
                self.push(first, end, EntityType::Person, Rule::PersonTitled, 0.35 + weight::TITLED, NONE);
                self.note_title(title);
                (end_unit, end)
            }
            None => (last_title + 1, self.units[last_title].end),
        }
    }

    /// The unit after a person's name that begins at unit `at`, when units can be one. With a title before it, unknown
    /// words and words of the language may be names too.
    pub(super) fn names_goes_to(&self, at: usize, titled: bool) -> Option<usize> {
        let mut i = at;
        while i < self.units.len() && i - at < 6 {
            let unit = &self.units[i];
            let ends = if titled {
                unit.ends_person(true) && !self.is_surname_of_place(i, at)
            } else {
                unit.is(can::NO_PERSON)
            };
            if ends || unit.is(can::COUNTRY) && unit.surname < STRONG && i == at && self.units.len() == at + 1 {
                break;
            }
            i += 1;
        }
        // A particle or a lone initial does not end a name.
        while i > at && self.units[i - 1].is(can::INITIAL) && i - at == 1 {
            i -= 1;
        }
        (i > at).then_some(i)
    }

    /// "General Ana Belgrano": behind a title and a given name, a town is a family name, of which most lists have not all.
    fn is_surname_of_place(&self, i: usize, first: usize) -> bool {
        let unit = &self.units[i];
        let kinds =
            unit.can & (can::PLACE | can::COUNTRY | can::ORG | can::TITLE | can::FUNCTION | can::TIME | can::LOC);
        i == first + 1 && kinds == can::PLACE && unit.tokens() == 1 && {
            let given = &self.units[first];
            given.given >= STRONG && given.end == unit.first
        }
    }

    /// Whether a person's name can begin at `at` and go on: two units at the least.
    #[inline]
    fn may_be_person(&self, at: usize) -> bool {
        match &self.units[at..] {
            [first, second, ..] => (first.can | second.can) & can::NO_PERSON == 0,
            _ => false,
        }
    }

    /// Two or more units that the name lists know as a person's.
    pub(super) fn person_by_lists(&mut self, at: usize) -> Option<(usize, u32)> {
        if !self.may_be_person(at) {
            return None;
        }
        let mut end_unit = self.names_goes_to(at, false)?;
        while end_unit - at >= 2 {
            let score = self.person_score(&self.units[at..end_unit]);
            if score >= weight::ACCEPT {
                if self.heads_facility(at, end_unit) {
                    return None;
                }
                let end = self.units[end_unit - 1].end;
                let first = self.units[at].first;
                self.push(first, end, EntityType::Person, Rule::PersonLists, score.min(0.98), NONE);
                return Some((end_unit, end));
            }
            end_unit -= 1;
        }
        None
    }

    /// Whether what looks like a person at `at..end` is the name of a building or a park: "Ana Rojas Stadium", "Ion Rusu
    /// Park", but "Ion V. Park".
    fn heads_facility(&self, at: usize, end: usize) -> bool {
        let is_head = |unit: &Unit| unit.is(can::FACILITY_HEAD) && unit.tokens() == 1;
        let last = self.units[end - 1];
        let closed = is_head(&last) && end - at > 2 && !self.units[at..end].iter().any(|u| u.is(can::INITIAL));
        closed || self.units.get(end).is_some_and(|next| next.first == last.end && is_head(next))
    }

    pub(super) fn person_score(&self, units: &[Unit]) -> f32 {
        let (first, last) = (&units[0], &units[units.len() - 1]);
        let mut score = 0.0;
        if first.is(can::GIVEN) {
            score += if first.given >= 6 { weight::GIVEN_FIRST } else { weight::GIVEN_FIRST_RARE };
        } else if first.is(can::INITIAL) || first.is(can::SURNAME | can::SUFFIX) && units[1].is(can::GIVEN) {
            // "J. Okello"; "Rahmonzoda Karim": many languages write the family name first.
            score += weight::GIVEN_FIRST_RARE;
        }
        if last.is(can::SURNAME) {
            score += weight::SURNAME_LAST;
        } else if last.is(can::SUFFIX) {
            score += weight::SUFFIX_LAST;
        }
        for (at, unit) in units.iter().enumerate() {
            let listed = unit.is(can::GIVEN | can::SURNAME | can::SUFFIX);
            if unit.is(can::INITIAL | can::PARTICLE) {
                score += weight::INITIAL_OR_PARTICLE;
            } else if !listed && !unit.is(can::LEXICON) {
                score += weight::UNKNOWN_WORD;
            }
            // "Tom Barker": behind a given name of many, even a rare family name is one.
            let behind_given = at > 0 && first.given > STRONG && !first.is(can::COMMON | can::PLACE);
            let is_family = at + 1 == units.len() && behind_given && unit.surname >= RARE;
            if unit.is(can::LEXICON) {
                let weight = if at + 1 < units.len() { unit.given } else { unit.surname };
                let strong = weight >= STRONG || is_family;
                score += weight::WORD_OF_LANGUAGE
                    * if strong {
                        0.1
                    } else if listed {
                        0.4
                    } else {
                        1.0
                    };
            }
            if unit.is(can::COMMON) && unit.given < STRONG && unit.surname < STRONG && !is_family {
                score += weight::COMMON_WORD;
            }
            if unit.is(can::PLACE) && !listed {
                score += weight::PLACE_INSIDE;
            }
        }
        // "Ferris Park" may be somebody, but is a park.
        if last.is(can::FACILITY_HEAD | can::PLACE_HEAD) {
            score += weight::HEAD_LAST;
        }
        // Listed in the middle or as both: names of three parts are mostly people.
        if units.len() >= 3 && units.iter().filter(|u| u.is(can::GIVEN | can::SURNAME | can::SUFFIX)).count() >= 2 {
            score += 0.1;
        }
        if first.is(can::LEXICON) && first.given < STRONG && self.begins_sentence(first.first) {
            score += weight::SENTENCE_START;
        }
        score
    }

    /// Whether the unit at `at`, though listed as something else, opens a person's name.
    pub(super) fn person_goes_on(&self, at: usize) -> bool {
        self.units[at].tokens() == 1 && !self.units[at].is(can::ACRONYM) && self.is_person_here(at)
    }

    pub(super) fn is_person_here(&self, at: usize) -> bool {
        if !self.may_be_person(at) {
            return false;
        }
        match self.names_goes_to(at, false) {
            Some(end) if end - at >= 2 => self.person_score(&self.units[at..end]) >= weight::ACCEPT,
            _ => false,
        }
    }
}

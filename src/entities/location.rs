//! Places: surer the bigger they are, the less they are anything else, and where the sentence asks for a place.

use super::evidence::{Name, weight};
use super::pattern_words::little;
use super::recognize::{Reader, Reading};
use super::unit::{Unit, can};
use super::{EntityType, Rule};
use crate::dictionary::{Dictionary, Kind, NONE, class};
use crate::token::form;

impl Reader<'_, '_> {
    /// Whether [`directed_place`](Self::directed_place) can find one: there is a direction, or a kind of place.
    #[inline]
    pub(super) fn may_be_directed(&self, at: usize) -> bool {
        self.units[at].is(can::DIRECTION) || self.units.get(at + 1).is_some_and(|u| u.is(can::PLACE_HEAD))
    }

    /// "Northern Arabian Sea", "West Bengal Province": a direction before a place, a kind of place behind it.
    pub(super) fn directed_place(&mut self, at: usize) -> Option<(usize, u32)> {
        let unit = self.units[at];
        let place_behind = self.units.get(at + 1).is_some_and(|u| u.is(can::PLACE));
        let (place, first) = if unit.is(can::DIRECTION) && (!unit.is(can::PLACE) || place_behind && unit.tokens() == 1)
        {
            (at + 1, unit.first)
        } else {
            (at, unit.first)
        };
        let named = self.units.get(place)?;
        let directed = place > at;
        let mut end_unit = place + 1;
        let mut end = named.end;
        let mut kind = if named.is(can::LOC) || directed { EntityType::Loc } else { EntityType::Gpe };
        if let Some(head) = self.units.get(place + 1).filter(|u| u.is(can::PLACE_HEAD) && !u.is(can::PLACE)) {
            let token = &self.page.tokens[head.first as usize];
            kind = match self.page.dictionary.sense_str(token.word, class::PLACE_HEAD) {
                Some("GPE") => EntityType::Gpe,
                _ => EntityType::Loc,
            };
            end = head.end;
            end_unit = place + 2;
        } else if !directed || !named.is(can::PLACE) {
            return None;
        }
        if named.is(can::FUNCTION | can::TITLE | can::DEMONYM) && !named.is(can::PLACE)
            || named.is(can::COMMON) && !named.is(can::PLACE)
        {
            return None;
        }
        let surface = if named.is(can::PLACE) { named.surface } else { NONE };
        let rule = if directed && surface != NONE { Rule::PlacePart } else { Rule::PlaceComposed };
        self.push(first, end, kind, rule, 0.75, surface);
        Some((end_unit, end))
    }

    /// A listed place: surer the bigger it is, the less it is anything else, and where the sentence asks for a place.
    pub(super) fn place(&mut self, unit: &Unit) -> Reading {
        let surface = unit.surface;
        let mut score = self.page.dictionary.place_prior(surface);
        // "US" among small letters is not "us".
        let is_initials = || unit.is(can::COUNTRY) && unit.is(can::ACRONYM) && self.is_among_small(unit);
        if unit.tokens() == 1 && !(unit.is(can::LEXICON) && is_initials()) {
            if unit.is(can::COMMON | can::DIRECTION | can::PLACE_HEAD) && !unit.is(can::COUNTRY) {
                score += weight::LANGUAGE_WORD_NAME;
            } else if unit.is(can::LEXICON) {
                // "Turkey" is written with a capital nearly always, "Split" hardly ever.
                let word = self.page.tokens[unit.first as usize].word;
                score += weight::LANGUAGE_WORD_NAME * (1.0 - self.page.dictionary.name_share(word));
            }
            if unit.given.max(unit.surname) >= 8 && !unit.is(can::COUNTRY) {
                score += weight::ALSO_PERSON * if unit.given.max(unit.surname) >= 11 { 1.0 } else { 0.6 };
            }
        }
        if self.stands_locative(unit.first) {
            score += weight::LOCATIVE;
        }
        if self.stands_in_row(unit.first) {
            score += weight::IN_A_ROW;
        }
        if self.is_qualified(unit.end) || self.qualifies(unit) {
            score += weight::QUALIFIED;
        }
        // A capital at the head of a sentence is no evidence for a name.
        if self.begins_sentence(unit.first) && unit.is(can::LEXICON) && unit.tokens() == 1 {
            score += weight::SENTENCE_START * 2.0;
        }
        let kind = if unit.is(can::LOC) && !unit.is(can::COUNTRY) && is_loc(self.page.dictionary, surface) {
            EntityType::Loc
        } else {
            EntityType::Gpe
        };
        let score = if score > 0.98 { 0.98 } else { score };
        Reading { kind, rule: Rule::ListPlace, score, surface }
    }

    /// Whether a word in small letters stands near a unit.
    fn is_among_small(&self, unit: &Unit) -> bool {
        const NEAR: usize = 4;
        let (first, end) = (unit.first as usize, unit.end as usize);
        let near = first.saturating_sub(NEAR)..(end + NEAR).min(self.page.tokens.len());
        self.page.tokens[near].iter().any(|t| t.form & (form::WORD | form::CAPITAL | form::DIGIT) == form::WORD)
    }

    pub(super) fn stands_locative(&self, first: u32) -> bool {
        let mut at = first;
        while at > self.sentence.first {
            at -= 1;
            let token = &self.page.tokens[at as usize];
            let word = self.page.little(token);
            if token.has(class::DIRECTION) || word & (little::THE | little::BEFORE_PLACE) != 0 {
                continue;
            }
            return word & little::LOCATIVE != 0;
        }
        false
    }

    /// "Utah, and Arizona": a place stands before it, and a comma, "and" or both between them.
    fn stands_in_row(&self, first: u32) -> bool {
        let place = self.names.last().filter(|name| name.surface != NONE && name.kind == EntityType::Gpe);
        place.is_some_and(|name| {
            (1..=2).contains(&first.wrapping_sub(name.end)) && {
                let between = &self.page.tokens[name.end as usize..first as usize];
                between.iter().all(|t| t.is_symbol(b',') || self.page.little(t) & little::AND != 0)
            }
        })
    }

    /// ", Iraq" or ", Texas" behind it.
    pub(super) fn is_qualified(&self, end: u32) -> bool {
        self.page.token(end).is_some_and(|t| t.is_symbol(b','))
            && self.page.begins_name(end + 1, &[Kind::Country, Kind::Admin1])
    }

    /// It is a country or division with a place and a comma before it.
    fn qualifies(&self, unit: &Unit) -> bool {
        let first = unit.first;
        let is_behind_comma = first > self.sentence.first && self.page.tokens[first as usize - 1].is_symbol(b',');
        let is_place = |name: &Name| {
            name.end + 1 == first && name.surface != NONE && matches!(name.kind, EntityType::Gpe | EntityType::Loc)
        };
        is_behind_comma
            && (self.names.last().is_some_and(is_place) || self.doubtful.last().is_some_and(is_place))
            && self.page.can_be(unit.surface, &[Kind::Country, Kind::Admin1])
    }
}

fn is_loc(dictionary: &Dictionary<'_>, surface: u32) -> bool {
    let readings = dictionary.readings(surface);
    let reading = readings.iter().find(|r| matches!(dictionary.kind(r.entry()), Kind::Region | Kind::Physical));
    let bigger = readings.iter().any(|r| {
        dictionary.kind(r.entry()) == Kind::Admin1
            || dictionary.kind(r.entry()) == Kind::City && dictionary.brief(r.entry()).population >= 200_000
    });
    reading.is_some_and(|r| dictionary.entry(r.entry()).sort != "GPE") && !bigger
}

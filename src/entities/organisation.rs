//! Organisations, named events and facilities: names that a head word closes or opens.

use super::evidence::weight;
use super::pattern_words::little;
use super::recognize::{Reader, Reading};
use super::unit::{Unit, can};
use super::{EntityType, Rule};
use crate::dictionary::{Kind, NONE, class};
use crate::token::{Token, form};

impl Reader<'_, '_> {
    /// A run that an organisation's head closes ("Pakistan Ordnance Factories") or opens ("Ministry of Interior").
    pub(super) fn organisation_by_head(&mut self, at: usize) -> Option<(usize, u32)> {
        let mut best = None;
        let first = self.units[at].first;
        let owner = self.owners_before(first).or_else(|| self.number_before(first));
        for (i, unit) in self.units[at..].iter().enumerate().take(8) {
            let here = at + i;
            if unit.is(can::TITLE | can::ROLE) && !unit.is(can::ORG_TAIL | can::ORG_OF)
                || unit.is(can::FUNCTION | can::TIME)
            {
                break;
            }
            if i > 0 && unit.is(can::ORG) && unit.tokens() > 1 && !unit.is(can::ORG_TAIL) {
                break;
            }
            // "Conference of …" is a meeting before it is a body.
            if unit.is(can::ORG_OF)
                && !unit.is(can::EVENT_HEAD)
                && let Some(end) = self.of_phrase(here)
            {
                best = Some((here, end, Rule::OrgOf, weight::ORG_OF));
                break;
            }
            if unit.is(can::ORG_TAIL) && (i > 0 || owner.is_some()) {
                best = Some((here, unit.end, Rule::OrgHead, weight::ORG_BY_HEAD));
            }
        }
        let (last, end, rule, mut score) = best?;
        // A person's name before the head is kept apart only if a title says so; a given name alone is no reason.
        let head_only = last == at;
        let longer_listed = self.units[at].is(can::ORG) && self.units[at].end >= end;
        if longer_listed {
            return None;
        }
        if head_only && rule != Rule::OrgOf && owner.is_none() {
            return None;
        }
        let words = &self.units[at..=last];
        if words.iter().all(|u| u.is(can::COMMON))
            && self.begins_sentence(self.units[at].first)
            && rule == Rule::OrgHead
        {
            score -= 0.3;
        }
        if rule == Rule::OrgHead && words.iter().all(|unit| self.is_loud(unit)) {
            score -= 0.3;
        }
        let field = || if rule == Rule::OrgHead { self.field_before(at, last) } else { None };
        let first = owner.or_else(field).unwrap_or(first);
        for names in [&mut *self.names, &mut *self.doubtful] {
            while names.pop_if(|name| name.end > first).is_some() {}
        }
        self.push(first, end, EntityType::Org, rule, score, NONE);
        Some((last + 1, end))
    }

    /// Whether a piece is only a word of the language, in capitals throughout: they make no name of "BOMB EXPLODED TODAY".
    fn is_loud(&self, unit: &Unit) -> bool {
        let token = &self.page.tokens[unit.first as usize];
        unit.is(can::LEXICON | can::COMMON)
            && !unit.is(can::PLACE | can::ORG | can::DEMONYM)
            && token.is(form::ALL_CAPITALS)
            && token.end - token.start > 2
    }

    /// Where a name begins that says whose it is: "Tigray People's" before "Defence Front".
    fn owners_before(&self, at: u32) -> Option<u32> {
        let page = self.page;
        let before = &page.tokens[self.sentence.first as usize..at as usize];
        let (owners, count) = match before {
            [.., owners, mark, s] if mark.is_symbol(b'\'') && s.form & (form::SPACE | form::CAPITAL) == 0 => {
                (owners, 3)
            }
            [.., owners, mark] if mark.is_symbol(b'\'') && mark.form & form::SPACE == 0 => (owners, 2),
            _ => return None,
        };
        if !owners.is(form::CAPITAL) || !page.pattern_words.owners.has(owners) {
            return None;
        }
        let is_name = |t: &&Token| t.is(form::CAPITAL) && !t.has(class::FUNCTION | class::TITLE);
        let words = before[..before.len() - count].iter().rev().take_while(is_name).count();
        Some(at - count as u32 - words as u32)
    }

    /// Where the number of a unit of troops stands, "65th" before "Air Division".
    fn number_before(&self, at: u32) -> Option<u32> {
        let page = self.page;
        let before = at.checked_sub(1).filter(|&before| before >= self.sentence.first)?;
        let token = &page.tokens[before as usize];
        let is_ordinal = || {
            let word = token.of(page.text);
            token.is(form::DIGIT) && ["st", "nd", "rd", "th"].iter().any(|ending| word.ends_with(ending))
        };
        let is_troops = |unit: &Unit| {
            let word = page.tokens[unit.end as usize - 1].word;
            unit.is(can::ORG_TAIL)
                && page.dictionary.sense_str(word, class::ORG_HEAD).is_some_and(|s| s.ends_with("MIL"))
        };
        let mut run = self.units.iter().skip_while(|unit| unit.first < at);
        (is_ordinal() && run.any(is_troops)).then_some(before)
    }

    /// Where the first of two fields begins that a body is named after, "Trade" before "and Industry Department". All words
    /// are of the language, and none is a name, is of one or heads one.
    fn field_before(&self, at: usize, last: usize) -> Option<u32> {
        const NAME: u32 = class::FUNCTION
            | class::TITLE
            | class::ORG_HEAD
            | class::DEMONYM
            | class::EVENT_HEAD
            | class::MONTH
            | class::WEEKDAY
            | class::PEOPLE;
        let page = self.page;
        let first = self.units[at].first;
        let words = &self.units[at..last];
        let of_language = |unit: &Unit| unit.is(can::LEXICON) && !unit.is(can::PLACE | can::ORG | can::DEMONYM);
        let and = first.checked_sub(1).filter(|&and| and > self.sentence.first && page.is_little(and, little::AND))?;
        let field = &page.tokens[and as usize - 1];
        let is_field = field.is(form::CAPITAL) && field.has(class::LEXICON) && !field.has(NAME);
        let is_name = page.begins.listed_at(and - 1).is_some()
            || and - 1 > self.sentence.first && page.tokens[and as usize - 2].is(form::CAPITAL);
        (!words.is_empty() && words.iter().all(of_language) && is_field && !is_name).then_some(and - 1)
    }

    /// The end of "of X (and Y)", "for X" after the head at unit `head`: capitals, listed names, "and"/"the" between.
    pub(super) fn of_phrase(&self, head: usize) -> Option<u32> {
        let page = self.page;
        let limit = self.sentence.end;
        let mut at = self.units[head].end;
        // The head must end its run: "Bank America of" is not "Bank of".
        if head + 1 < self.units.len() && self.units[head + 1].first == at {
            return None;
        }
        if !page.is_little(at, little::OF | little::FOR) || at + 1 >= limit {
            return None;
        }
        at += 1;
        let mut end = None;
        let is_plural = |at: u32| page.tokens[at as usize].of(page.text).ends_with('s');
        while at < limit {
            let token = &page.tokens[at as usize];
            if token.form & form::CAPITAL != 0 && !token.has(class::WEEKDAY | class::MONTH) {
                at += 1;
                end = Some(at);
                continue;
            }
            let between = match token.symbol {
                b'-' | b'&' => token.form & form::WORD == 0,
                _ => page.is_little(at, little::AND | little::THE | little::FOR | little::ON | little::OF),
            };
            let capital_behind = |at: u32| {
                at < limit
                    && page.tokens[at as usize].form & form::CAPITAL != 0
                    && (!page.tokens[at as usize].has(class::TITLE) || is_plural(at))
            };
            // "of Justice and Iran's" joins two names, "of Justice and Public Order" is one.
            if between && capital_behind(at + 1) && (end.is_none() || !self.begins_listed_name(at + 1)) {
                at += 1;
            } else if between
                && page.is_little(at, little::OF | little::FOR | little::ON | little::AND)
                && page.is_little(at + 1, little::THE)
                && capital_behind(at + 2)
                && end.is_none()
            {
                at += 2;
            } else {
                break;
            }
        }
        end
    }

    fn begins_listed_name(&self, token: u32) -> bool {
        self.page.begins_name(token, &[Kind::Country, Kind::Organisation])
    }

    /// "the Riga Herons", "the Tampere Blue Foxes": behind the article a town, and several of something that nobody lists.
    pub(super) fn team(&mut self, at: usize) -> Option<(usize, u32)> {
        const MOST_WORDS: usize = 2;
        const ELSE: u32 = can::FUNCTION
            | can::ORG
            | can::DEMONYM
            | can::TIME
            | can::ACRONYM
            | can::COUNTRY
            | can::EVENT_HEAD
            | can::FACILITY_HEAD
            | can::PLACE_HEAD;
        let town = self.units[at];
        let is_town = town.is(can::PLACE) && !town.is(can::COUNTRY | can::ACRONYM | can::DIRECTION);
        if !is_town || town.first == self.sentence.first || !self.page.is_little(town.first - 1, little::THE) {
            return None;
        }
        let joined = |pair: &&[Unit]| pair[0].end == pair[1].first && !pair[1].is(ELSE) && pair[1].tokens() == 1;
        let words = self.units[at..].windows(2).take_while(joined).count();
        let last = self.units[at..][words];
        let token = &self.page.tokens[last.first as usize];
        let word = token.of(self.page.text);
        let happens = token.has(class::TRIGGER) && token.has(class::COMMON);
        let several =
            word.len() > 3 && !token.is(form::ALL_CAPITALS) && word.ends_with('s') && !word.ends_with("ss") && !happens;
        if !(1..=MOST_WORDS).contains(&words) || !several || at + words + 1 < self.units.len() {
            return None;
        }
        self.push(town.first, last.end, EntityType::Org, Rule::OrgTeam, weight::TEAM, NONE);
        Some((at + words + 1, last.end))
    }

    /// "Riga International Expo", "second International Conference on Drug Control".
    pub(super) fn named_event(&mut self, at: usize) -> Option<(usize, u32)> {
        let mut best = None;
        for (i, unit) in self.units[at..].iter().enumerate().take(8) {
            if unit.is(can::TITLE | can::FUNCTION) {
                break;
            }
            if unit.is(can::EVENT_HEAD) {
                let of = self.event_phrase(at + i);
                if i > 0 || of.is_some() {
                    best = Some((at + i, of.unwrap_or(unit.end)));
                }
                if of.is_some() {
                    break;
                }
            }
        }
        let (last, end) = best?;
        let mut first = self.units[at].first;
        // An ordinal before it counts the event: "the 12th", "second".
        if first > self.sentence.first {
            let before = &self.page.tokens[first as usize - 1];
            let spoken = self.page.is_little(first - 1, little::ORDINAL);
            if spoken
                || before.is(form::DIGIT) && before.of(self.page.text).ends_with(|c: char| c.is_ascii_alphabetic())
            {
                first -= 1;
            }
        }
        let mut score = 0.7;
        if self.units[at..=last].iter().all(|u| u.is(can::COMMON)) && last == at {
            score -= 0.3;
        }
        self.push(first, end, EntityType::Event, Rule::EventHead, score, NONE);
        Some((last + 1, end))
    }

    pub(super) fn event_phrase(&self, head: usize) -> Option<u32> {
        let at = self.units[head].end;
        let page = self.page;
        if !page.is_little(at, little::OF | little::ON | little::FOR) {
            return None;
        }
        let mut i = at + 1;
        if page.is_little(i, little::THE) {
            i += 1;
        }
        let mut end = None;
        while i < self.sentence.end {
            let token = &page.tokens[i as usize];
            if token.form & form::CAPITAL != 0 {
                i += 1;
                end = Some(i);
            } else if end.is_some()
                && page.is_little(i, little::OF | little::AND | little::FOR)
                && page.token(i + 1).is_some_and(|t| t.is(form::CAPITAL))
                && i + 1 < self.sentence.end
            {
                // "of Kenya" after the event's own name says whose ministers met, and is a name of its own.
                if self.begins_listed_name(i + 1) {
                    break;
                }
                i += 1;
            } else {
                break;
            }
        }
        end
    }

    pub(super) fn listed_organisation(&mut self, unit: &Unit) -> Reading {
        let mut score = weight::LISTED_ORG;
        if unit.tokens() == 1 {
            if unit.is(can::LEXICON) && !unit.is(can::ACRONYM) {
                // Rare words, and in mid-sentence, hardly have a capital for another reason.
                let shouted = self.page.tokens[unit.first as usize].is(form::ALL_CAPITALS);
                let rare = !unit.is(can::COMMON) && !shouted && !self.begins_sentence(unit.first);
                score += weight::LANGUAGE_WORD_NAME * if rare { 0.5 } else { 1.0 };
            }
            if unit.is(can::GIVEN | can::SURNAME | can::PLACE) && !unit.is(can::ACRONYM) {
                score += weight::ALSO_PERSON;
            }
        }
        if unit.tokens() == 1 && unit.is(can::ACRONYM) && self.is_common_acronym(unit) {
            score += weight::COMMON_ACRONYM;
        }
        if unit.is(can::PLACE) && score < weight::ACCEPT {
            self.place(unit)
        } else {
            Reading { kind: EntityType::Org, rule: Rule::ListOrg, score, surface: unit.surface }
        }
    }

    pub(super) fn facility(&mut self, at: usize) -> Option<(usize, u32)> {
        let mut best = None;
        for (i, unit) in self.units[at..].iter().enumerate().take(6) {
            if unit.is(can::TITLE | can::FUNCTION) {
                break;
            }
            if unit.is(can::FACILITY_HEAD) && i > 0 {
                best = Some(at + i);
            }
        }
        let last = best?;
        let end = self.units[last].end;
        let score = if self.units[at..=last].iter().all(|unit| self.is_loud(unit)) { 0.35 } else { 0.65 };
        self.push(self.units[at].first, end, EntityType::Fac, Rule::FacilityHead, score, NONE);
        Some((last + 1, end))
    }
}

//! Finds the names of people, organisations and places in the runs of capitalised words.
//!
//! A run is read from left to right; at each unit the patterns are tried from the most telling to the least: an
//! organisation's head ("… Border Guard", "Ministry of …"), a named event, a facility, a title with the person behind
//! it, a person by the name lists, a listed name. What no pattern can tell is kept as a *doubtful* name: the document
//! pass accepts it when the rest of the article does.
//!
//! How sure a name is, is a sum of the weights in [`weight`]; a name is taken from [`weight::ACCEPT`] up.

use super::{EntityType, Rule};
use super::evidence::{Name, weight};
use super::page::Page;
use super::unit::{Sorter, Unit, can};
use crate::dictionary::NONE;
use crate::dictionary::class;
use crate::gazetteer::Match;
use crate::segment::{Part, Sentence};
use crate::token::form;

/// Finds names sentence by sentence: sure ones into `names`, doubtful ones into `doubtful`, both by position.
pub(super) fn recognize(
    sorter: &Sorter,
    page: &Page<'_>,
    units: &mut Vec<Unit>,
    names: &mut Vec<Name>,
    doubtful: &mut Vec<Name>,
) {
    names.clear();
    doubtful.clear();
    let mut next_match = 0;
    let mut capitals = page.marked(0, form::CAPITAL);
    let mut next_capital = capitals.next_at(0);
    let mut at = 0;
    for (number, sentence) in page.sentences.iter().enumerate() {
        let shouted = is_shouted(page, sentence);
        // A name of the lists may have run on from the sentence before.
        if at > sentence.first {
            next_capital = capitals.next_at(sentence.first as usize);
        }
        at = sentence.first;
        loop {
            if next_capital.is_some_and(|capital| capital < at as usize) {
                next_capital = capitals.next_at(at as usize);
            }
            let Some(capital) = next_capital.filter(|&capital| capital < sentence.end as usize) else { break };
            at = capital as u32;
            let token = &page.tokens[capital];
            while page.matches.get(next_match).is_some_and(|m| m.first < at) {
                next_match += 1;
            }
            // "The", "He", "On", "Monday" alone: half of the capitals of a text, and no name.
            let idle = token.has(class::FUNCTION | class::MONTH | class::WEEKDAY);
            if idle && stands_alone(page, at) && page.matches.get(next_match).is_none_or(|m| m.first != at) {
                at += 1;
                continue;
            }
            let matches = &page.matches[next_match..];
            let listed = matches.first().filter(|m| m.first == at);
            let first_end = listed.map_or(at + 1, |m| m.end);
            let one;
            let (units, end): (&[Unit], u32) = if ends_run(page, first_end, sentence.end) {
                one = sorter.unit(page, at, listed);
                (std::slice::from_ref(&one), first_end)
            } else {
                let end = run_end(page, at, sentence.end, matches);
                sorter.cut(page, at..end, matches, units);
                (units, end)
            };
            let heads = units.iter().fold(0, |bits, u| bits | u.can);
            let number = number as u32;
            let mut reader = Reader { page, sentence, number, units, heads, names, doubtful, shouted };
            let read_to = reader.read();
            at = end.max(read_to);
        }
    }
}

/// Whether the next token is a small word, with which no run goes on.
fn stands_alone(page: &Page<'_>, at: u32) -> bool {
    page.token(at + 1).is_none_or(|t| t.is(form::WORD) && !t.is(form::CAPITAL) && !t.has(class::PARTICLE))
}

/// A line where capitals say nothing: a title or heading that writes most of its words with one.
fn is_shouted(page: &Page<'_>, sentence: &Sentence) -> bool {
    if !matches!(sentence.part, Part::Title | Part::Heading | Part::Furniture) {
        return false;
    }
    let (mut words, mut capitals, mut small_content) = (0, 0, 0);
    for token in page.tokens[sentence.range()].iter().take(40) {
        if token.is(form::WORD) && !token.is(form::DIGIT) && token.end - token.start > 3 {
            words += 1;
            capitals += u32::from(token.is(form::CAPITAL));
            small_content += u32::from(!token.is(form::CAPITAL) && !token.has(class::FUNCTION));
        }
    }
    words >= 4 && small_content * 5 <= words && capitals * 10 >= words * 7
}

/// Whether a run plainly ends before token `at`, so that one name of the lists or one word is all of it, as in most.
fn ends_run(page: &Page<'_>, at: u32, limit: u32) -> bool {
    if at >= limit {
        return at == limit;
    }
    let token = &page.tokens[at as usize];
    if token.form & form::WORD != 0 {
        token.form & form::CAPITAL == 0 && !token.has(class::PARTICLE)
    } else {
        !matches!(token.symbol, b'-' | b'\'' | b'.' | b'&')
    }
}

/// One past the last token of the run of capitalised words that begins at `first`.
fn run_end(page: &Page<'_>, first: u32, limit: u32, matches: &[Match]) -> u32 {
    let tokens = page.tokens;
    let is_capital = |at: u32| at < limit && tokens[at as usize].form & form::CAPITAL != 0;
    let mut matches = matches.iter();
    let mut listed = matches.next();
    let mut end = first;
    loop {
        while let Some(m) = listed.filter(|m| m.first <= end) {
            if m.first == end && m.end <= limit {
                end = m.end - 1;
            }
            listed = matches.next();
        }
        let next = end + 1;
        if next >= limit {
            return limit.min(next);
        }
        let token = &tokens[next as usize];
        let glued = token.form & form::SPACE == 0;
        let glued_after = |at: u32| at < limit && tokens[at as usize].form & form::SPACE == 0;
        end = if token.form & form::CAPITAL != 0 {
            next
        } else if token.form & form::WORD != 0 {
            // "Abdul ur Rehman", "Ludwig van Beethoven": a small particle with a capital behind it, or two particles.
            let second = next + 1;
            if token.has(class::PARTICLE) && is_capital(second) {
                second
            } else if token.has(class::PARTICLE)
                && second < limit
                && tokens[second as usize].has(class::PARTICLE)
                && is_capital(second + 1)
            {
                second + 1
            } else {
                return next;
            }
        } else {
            let joins = match token.symbol {
                b'-' | b'\'' => glued && is_capital(next + 1) && glued_after(next + 1),
                b'.' => {
                    let before = &tokens[end as usize];
                    glued
                        && is_capital(next + 1)
                        && (before.end - before.start == 1 || before.has(class::ABBREVIATION | class::TITLE))
                        && before.end - before.start < 6
                }
                b'&' => is_capital(next + 1),
                _ => false,
            };
            if !joins {
                return next;
            }
            next + 1
        };
    }
}

/// Reads one run.
pub(super) struct Reader<'r, 'a> {
    pub page: &'r Page<'a>,
    pub sentence: &'r Sentence,
    number: u32,
    pub units: &'r [Unit],
    /// What any unit of the run can be: a pattern whose head is missing need not be tried.
    heads: u32,
    names: &'r mut Vec<Name>,
    doubtful: &'r mut Vec<Name>,
    shouted: bool,
}

impl Reader<'_, '_> {
    /// Reads the whole run; returns the token after the last name, which may lie beyond the run ("Ministry of …").
    fn read(&mut self) -> u32 {
        if let [unit] = self.units {
            return if unit.is(can::FUNCTION) && !unit.is(can::ORG) { 0 } else { self.read_at(0).1 };
        }
        let mut at = 0;
        let mut read_to = 0;
        // "The", "During" at the head of a sentence is no part of a name.
        while at < self.units.len() && self.units[at].is(can::FUNCTION) && !self.units[at].is(can::ORG) {
            if self.units[at].is(can::ACRONYM | can::PLACE) && self.units[at].surface != NONE && at > 0 {
                break;
            }
            at += 1;
        }
        while at < self.units.len() {
            let (next, end) = self.read_at(at);
            debug_assert!(next > at);
            at = next;
            read_to = read_to.max(end);
            while at < self.units.len() && self.units[at].first < read_to {
                at += 1;
            }
        }
        read_to
    }

    /// Tries every pattern at unit `at`; returns the next unit and the token after what was read.
    fn read_at(&mut self, at: usize) -> (usize, u32) {
        let unit = self.units[at];
        let has = |bits: u32| self.heads & bits != 0;
        let (organisation, event) = (has(can::ORG_TAIL | can::ORG_OF), has(can::EVENT_HEAD));
        let (facility, location) = (has(can::FACILITY_HEAD), has(can::DIRECTION | can::PLACE_HEAD));
        if let Some(done) = organisation.then(|| self.organisation_by_head(at)).flatten() {
            return done;
        }
        if let Some(done) = event.then(|| self.named_event(at)).flatten() {
            return done;
        }
        let country = unit.is(can::COUNTRY) && unit.tokens() == 1;
        if unit.is(can::ORG)
            && !country
            && (unit.tokens() > 1 || !unit.is(can::TITLE | can::ROLE))
            && !self.person_goes_on(at)
        {
            return self.listed_organisation(at);
        }
        if unit.is(can::TITLE | can::ROLE) && !(unit.is_name_title() && self.is_person_here(at)) {
            return self.titled(at);
        }
        if unit.is(can::DEMONYM) && !self.is_person_here(at) {
            return self.demonym(at);
        }
        if let Some(done) = self.person_by_lists(at) {
            return done;
        }
        if let Some(done) = facility.then(|| self.facility(at)).flatten() {
            return done;
        }
        if let Some(done) = location.then(|| self.directed_place(at)).flatten() {
            return done;
        }
        if unit.is(can::PLACE) {
            return self.place(at);
        }
        self.unknown(at)
    }

    pub(super) fn push(&mut self, mut name: Name, sure_from: f32) {
        name.sentence = self.number;
        name.read_words(self.page.tokens);
        if self.shouted && name.surface == NONE && name.rule != Rule::PersonTitled {
            name.score -= 0.3;
        }
        if name.score >= sure_from { self.names.push(name) } else { self.doubtful.push(name) }
    }

    fn demonym(&mut self, at: usize) -> (usize, u32) {
        let unit = self.units[at];
        // "Kenyan MFA": a nationality and an acronym name that country's body.
        if let Some(next) = self.units.get(at + 1)
            && next.is(can::ACRONYM)
            && next.first == unit.end
            && !next.is(can::PLACE)
        {
            let name = Name::new(unit.first, next.end, EntityType::Org, Rule::OrgDemonymAcronym, 0.7);
            self.push(name, weight::ACCEPT);
            return (at + 2, next.end);
        }
        let mut name = Name::new(unit.first, unit.end, EntityType::Norp, Rule::ListDemonym, weight::DEMONYM);
        name.surface = unit.surface;
        self.push(name, weight::ACCEPT);
        (at + 1, unit.end)
    }

    /// Nothing is known, or too little: left to the document pass, except for acronyms in the middle of a sentence.
    fn unknown(&mut self, at: usize) -> (usize, u32) {
        let unit = self.units[at];
        if unit.is(can::TIME | can::FUNCTION | can::HONOUR) {
            return (at + 1, unit.end);
        }
        if unit.is(can::ACRONYM) && !self.shouted {
            let mut score = weight::ACRONYM;
            let bracket = unit.first > 0 && self.page.tokens[unit.first as usize - 1].is_symbol(b'(');
            if bracket {
                score += weight::IN_BRACKETS;
            }
            if !unit.is(can::LEXICON) && unit.tokens() == 1 {
                score += 0.15;
            }
            let name = Name::new(unit.first, unit.end, EntityType::Org, Rule::OrgAcronym, score);
            self.push(name, weight::ACCEPT);
            return (at + 1, unit.end);
        }
        // The longest stretch of words that are no language words, or name words, as one doubtful name.
        let mut i = at + 1;
        const ELSE: u32 =
            can::TITLE | can::ROLE | can::FUNCTION | can::PLACE | can::ORG | can::DEMONYM | can::TIME | can::ACRONYM;
        while i < self.units.len() && !self.units[i].is(ELSE) && !self.is_person_here(i) {
            i += 1;
        }
        let end = self.units[i - 1].end;
        let words = &self.units[at..i];
        let language = words.iter().filter(|u| u.is(can::LEXICON) && !u.is(can::GIVEN | can::SURNAME)).count();
        let starts = self.begins_sentence(unit.first);
        let score = if words.len() == 1 {
            // One word: a name that nobody listed, or the surname of somebody in the article.
            if language == 1 || starts && unit.is(can::LEXICON) { 0.05 } else { 0.35 }
        } else if language == 0 {
            0.45
        } else {
            0.2
        };
        let name = Name::new(unit.first, end, EntityType::Person, Rule::NameUnlisted, score);
        self.push(name, weight::ACCEPT);
        (i, end)
    }

    /// Whether a token is the first word of its sentence, marks aside.
    pub(super) fn begins_sentence(&self, at: u32) -> bool {
        self.page.tokens[self.sentence.first as usize..at as usize].iter().all(|t| t.form & form::WORD == 0)
    }
}

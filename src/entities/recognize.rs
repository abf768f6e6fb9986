//! Finds the names of people, organisations and places in the runs of capitalised words.
//!
//! A run is read from left to right; at each unit the patterns are tried from the most telling to the least: an
//! organisation's head ("… Border Guard", "Ministry of …"), a named event, a facility, a title with the person behind
//! it, a person by the name lists, a listed name. What no pattern can tell is kept as a *doubtful* name: the document
//! pass accepts it when the rest of the article does.
//!
//! How sure a name is, is a sum of the weights in [`weight`]; a name is taken from [`weight::ACCEPT`] up.

use super::evidence::{Name, Words, weight};
use super::nickname;
use super::page::Page;
use super::syllable::is_syllable;
use super::unit::{Sorter, Unit, can};
use super::{EntityType, Rule};
use crate::dictionary::NONE;
use crate::dictionary::class;
use crate::segment::{Part, Sentence};
use crate::token::{Token, form};

/// Finds names run by run: sure ones into `names`, doubtful ones into `doubtful`, both by position.
pub(super) fn recognize(
    sorter: &Sorter,
    page: &Page<'_>,
    units: &mut Vec<Unit>,
    names: &mut Vec<Name>,
    doubtful: &mut Vec<Name>,
) {
    names.clear();
    doubtful.clear();
    let Some(sentence) = page.sentences.first() else { return };
    let mut reader = Reader { page, sentence, number: 0, shouted: (u32::MAX, false), units, names, doubtful };
    let mut from = 0;
    loop {
        let at = page.begins.run_at(from) as u32;
        if at as usize >= page.tokens.len() {
            break;
        }
        reader.turn_to(at);
        let limit = reader.sentence.end;
        let mut unit = Unit::at(page, at);
        from = if page.begins.is_alone(at, unit.end, limit) {
            sorter.describe(page, &mut unit);
            reader.read_alone(&unit);
            unit.end
        } else {
            let end = run_end(page, at, limit);
            sorter.cut(page, at..end, reader.units);
            // A name of the lists may run on beyond its sentence, whose next is read from its beginning all the same.
            reader.read().max(end).min(limit)
        } as usize;
    }
}

/// What a run of one piece is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Nothing,
    Organisation,
    Demonym,
    Place,
    Acronym,
    /// A name that nobody listed, or the surname of somebody in the article.
    Unlisted,
}

impl Sort {
    #[inline(always)]
    fn of(unit: &Unit) -> Sort {
        let organisation = (unit.tokens() > 1) | !unit.is(can::COUNTRY | can::TITLE | can::ROLE);
        // Each of these goes before the one above it. All are asked: which holds cannot be guessed.
        let sort = Sort::Unlisted;
        let sort = if unit.is(can::ACRONYM) { Sort::Acronym } else { sort };
        let sort = if unit.is(NEVER_UNKNOWN) { Sort::Nothing } else { sort };
        let sort = if unit.is(can::PLACE) { Sort::Place } else { sort };
        let sort = if unit.is(can::DEMONYM) { Sort::Demonym } else { sort };
        let sort = if unit.is(can::TITLE | can::ROLE) { Sort::Nothing } else { sort };
        let sort = if unit.is(can::ORG) & organisation { Sort::Organisation } else { sort };
        if unit.is(can::FUNCTION) & !unit.is(can::ORG) { Sort::Nothing } else { sort }
    }
}

/// What a stretch is read as.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    pub kind: EntityType,
    pub rule: Rule,
    pub score: f32,
    pub surface: u32,
}

/// A line where capitals say nothing: a title or heading that writes most of its words with one.
fn is_shouted(page: &Page<'_>, sentence: &Sentence) -> bool {
    let (mut words, mut capitals, mut small_content) = (0, 0, 0);
    for token in page.tokens[sentence.range()].iter().take(40) {
        let is_word = (token.form & (form::WORD | form::DIGIT) == form::WORD) & (token.end - token.start > 3);
        let (is_capital, is_small) = (token.is(form::CAPITAL), token.has(class::FUNCTION));
        words += u32::from(is_word);
        capitals += u32::from(is_word & is_capital);
        small_content += u32::from(is_word & !is_capital & !is_small);
    }
    words >= 4 && small_content * 5 <= words && capitals * 10 >= words * 7
}

/// One past the last token of the run of capitalised words that begins at `first`.
fn run_end(page: &Page<'_>, first: u32, limit: u32) -> u32 {
    let tokens = page.tokens;
    let is_capital = |at: u32| at < limit && tokens[at as usize].form & form::CAPITAL != 0;
    let mut end = first;
    loop {
        // Whether a name of the lists begins here cannot be guessed, so the run goes to its end without a branch.
        let listed = page.begins.listed_at(end);
        let word = end;
        end = if listed.is_some() & (listed.end <= limit) { listed.end - 1 } else { end };
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
            } else if token.has(class::PARTICLE)
                && second < limit
                && tokens[second as usize].symbol == b'-'
                && tokens[second as usize].form & form::SPACE == 0
                && is_capital(second + 1)
                && glued_after(second + 1)
            {
                // "Omar al-Bashir".
                second + 1
            } else {
                return next;
            }
        } else {
            if matches!(token.symbol, b'"' | b'\'')
                && let Some(behind) = behind_nickname(page, next, limit)
            {
                end = behind;
                continue;
            }
            let joins = match token.symbol {
                b'-' if glued && end > first && end == word && glued_after(next + 1) => {
                    is_capital(next + 1) || is_given_in_two(page, end, next + 1, limit)
                }
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

/// The last name behind the nickname that opens at `open`, in the middle of a person's name.
fn behind_nickname(page: &Page<'_>, open: u32, limit: u32) -> Option<u32> {
    let tokens = &page.tokens[..limit as usize];
    let is_name = |token: &Token| token.is(form::CAPITAL) && token.has(class::GIVEN | class::SURNAME);
    let close = nickname::close_of(tokens, open as usize).filter(|_| is_name(&tokens[open as usize - 1]))?;
    let behind = tokens.get(close + 1)?;
    let goes_on =
        is_name(behind) && !behind.has(class::REPORT) || behind.is(form::CAPITAL) && !behind.has(class::LEXICON);
    goes_on.then_some(close as u32 + 1)
}

/// Whether the words at `first` and `second`, with a hyphen between, are a given name of two syllables whose second is in
/// small letters.
fn is_given_in_two(page: &Page<'_>, first: u32, second: u32, limit: u32) -> bool {
    let syllable = |at: u32| is_syllable(page.tokens[at as usize].of(page.text));
    second < limit && !page.tokens[second as usize].has(class::FUNCTION) && syllable(first) && syllable(second)
}

/// What is no name when nothing more is known of it.
const NEVER_UNKNOWN: u32 = can::TIME | can::FUNCTION | can::HONOUR;

/// A small word is nothing else, unless it can be one of these.
const NAMED_SO: u32 = can::ORG | can::TITLE | can::ROLE | can::DEMONYM | can::PLACE | can::PARTICLE | can::DIRECTION;

/// Reads one run after the other.
pub(super) struct Reader<'r, 'a> {
    pub page: &'r Page<'a>,
    /// The sentence of the run, and its number.
    pub sentence: &'r Sentence,
    number: u32,
    /// The number of the sentence that was asked last whether capitals say anything in it, and the answer.
    shouted: (u32, bool),
    /// The pieces of the run.
    pub units: &'r mut Vec<Unit>,
    pub names: &'r mut Vec<Name>,
    pub doubtful: &'r mut Vec<Name>,
}

impl Reader<'_, '_> {
    /// Goes to the sentence of token `at`.
    #[inline]
    fn turn_to(&mut self, at: u32) {
        let number = self.page.sentences.number_of(at as usize);
        (self.sentence, self.number) = (&self.page.sentences[number], number as u32);
    }

    /// Whether capitals say nothing in the sentence.
    #[inline]
    fn is_shouted(&mut self) -> bool {
        if self.shouted.0 != self.number {
            let line = matches!(self.sentence.part, Part::Title | Part::Heading | Part::Furniture);
            self.shouted = (self.number, line && is_shouted(self.page, self.sentence));
        }
        self.shouted.1
    }

    /// Reads a run of one piece that asks for nothing beside it.
    #[inline]
    fn read_alone(&mut self, unit: &Unit) {
        let reading = match Sort::of(unit) {
            Sort::Nothing => return,
            Sort::Organisation => self.listed_organisation(unit),
            Sort::Demonym => demonym(unit),
            Sort::Place => self.place(unit),
            Sort::Acronym => self.acronym_alone(unit),
            Sort::Unlisted => self.unlisted(unit),
        };
        self.push_unit(unit, reading);
    }

    /// An acronym by itself, where capitals say anything.
    fn acronym_alone(&mut self, unit: &Unit) -> Reading {
        if self.is_shouted() { self.unlisted(unit) } else { self.acronym(unit) }
    }

    /// A name that nobody listed, or the surname of somebody in the article.
    fn unlisted(&mut self, unit: &Unit) -> Reading {
        let word = unit.is(can::LEXICON) && (!unit.is(can::GIVEN | can::SURNAME) || self.begins_sentence(unit.first));
        let score = if word { 0.05 } else { weight::UNLISTED };
        Reading { kind: EntityType::Person, rule: Rule::NameUnlisted, score, surface: NONE }
    }

    /// Reads the whole run; returns the token after the last name, which may lie beyond the run ("Ministry of …").
    fn read(&mut self) -> u32 {
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
        if unit.is(can::FUNCTION) && !unit.is(NAMED_SO) {
            return (at + 1, unit.end);
        }
        let has = |bits: u32| unit.ahead & bits != 0;
        let (organisation, event) = (has(can::ORG_TAIL | can::ORG_OF), has(can::EVENT_HEAD));
        let (facility, location) = (has(can::FACILITY_HEAD), self.may_be_directed(at));
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
            let reading = self.listed_organisation(&unit);
            return self.push_at(at, reading);
        }
        if unit.is(can::TITLE | can::ROLE) && !(unit.is_name_title() && self.is_person_here(at)) {
            return self.titled(at);
        }
        if unit.is(can::DEMONYM) && !self.is_person_here(at) {
            return self.demonym_at(at);
        }
        if let Some(done) = self.team(at).or_else(|| self.person_by_lists(at)) {
            return done;
        }
        if let Some(done) = facility.then(|| self.facility(at)).flatten() {
            return done;
        }
        if let Some(done) = location.then(|| self.directed_place(at)).flatten() {
            return done;
        }
        if unit.is(can::PLACE) {
            let reading = self.place(&unit);
            return self.push_at(at, reading);
        }
        self.unknown(at)
    }

    /// Notes a name, sure or doubtful.
    pub(super) fn push(&mut self, first: u32, end: u32, kind: EntityType, rule: Rule, score: f32, surface: u32) {
        let lowered = surface == NONE && rule != Rule::PersonTitled && self.is_shouted();
        let score = if lowered { score - 0.3 } else { score };
        let first = if kind == EntityType::Person { self.particle_before(first) } else { first };
        let words = Words::of(&self.page.tokens[first as usize..end as usize]);
        let list = if score >= weight::ACCEPT { &mut self.names } else { &mut self.doubtful };
        list.push(Name { sentence: self.number, surface, ..Name::new(first, end, kind, rule, score, words) });
    }

    /// Where a family name begins: a small particle is joined to it by a hyphen, "al-Bashir".
    #[inline]
    fn particle_before(&self, first: u32) -> u32 {
        let glued = |token: &Token| token.form & form::SPACE == 0;
        let is_free = |at: u32| [&*self.names, &*self.doubtful].iter().all(|l| l.last().is_none_or(|n| n.end <= at));
        match &self.page.tokens[self.sentence.first as usize..=first as usize] {
            [.., particle, dash, name] if dash.is_symbol(b'-') && glued(dash) && glued(name) => {
                let joined = particle.has(class::PARTICLE) && is_free(first - 2);
                first - if joined { 2 } else { 0 }
            }
            _ => first,
        }
    }

    #[inline]
    fn push_unit(&mut self, unit: &Unit, reading: Reading) {
        let Reading { kind, rule, score, surface } = reading;
        self.push(unit.first, unit.end, kind, rule, score, surface);
    }

    /// Notes the unit at `at`; returns as [`read_at`](Self::read_at) does.
    fn push_at(&mut self, at: usize, reading: Reading) -> (usize, u32) {
        let unit = self.units[at];
        self.push_unit(&unit, reading);
        (at + 1, unit.end)
    }

    /// The name noted last, a sure one, has a title before it that begins at token `title`.
    pub(super) fn note_title(&mut self, title: u32) {
        if let Some(name) = self.names.last_mut() {
            name.title = title;
        }
    }

    fn demonym_at(&mut self, at: usize) -> (usize, u32) {
        let unit = self.units[at];
        // "Kenyan MFA": a nationality and an acronym name that country's body.
        if let Some(next) = self.units.get(at + 1)
            && next.is(can::ACRONYM)
            && next.first == unit.end
            && !next.is(can::PLACE | can::FUNCTION)
        {
            let end = next.end;
            self.push(unit.first, end, EntityType::Org, Rule::OrgDemonymAcronym, 0.7, NONE);
            return (at + 2, end);
        }
        self.push_at(at, demonym(&unit))
    }

    fn acronym(&self, unit: &Unit) -> Reading {
        let mut score = weight::ACRONYM;
        if self.stands_in_bracket(unit) {
            score += weight::IN_BRACKETS;
        }
        if !unit.is(can::LEXICON) && unit.tokens() == 1 {
            score += 0.15;
        }
        let token = &self.page.tokens[unit.first as usize];
        // "IE6", "MP500": models and makes.
        if self.is_common_acronym(unit) || token.of(self.page.text).bytes().any(|b| b.is_ascii_digit()) {
            score += weight::COMMON_ACRONYM;
        }
        Reading { kind: EntityType::Org, rule: Rule::OrgAcronym, score, surface: NONE }
    }

    fn stands_in_bracket(&self, unit: &Unit) -> bool {
        unit.first > 0 && self.page.tokens[unit.first as usize - 1].is_symbol(b'(')
    }

    /// Whether capitals make no name of an acronym: all know what it is short for ("DVD"), or it is a word that is shouted
    /// with another beside it ("THE BEST").
    pub(super) fn is_common_acronym(&self, unit: &Unit) -> bool {
        if self.page.token(unit.first).is_some_and(|t| self.page.pattern_words.things.has(t)) {
            return !self.stands_in_bracket(unit);
        }
        let shouts = |at: u32| self.page.is_loud(at) && self.page.token(at).is_some_and(|t| t.is(form::SPACE));
        // "THE 21-YEAR-OLD SON": numbers and hyphens are no louder than other words.
        let counted = || {
            const FAR: u32 = 5;
            let is_quiet = |at: &u32| self.page.token(*at).is_some_and(|t| t.is(form::DIGIT) || t.is_symbol(b'-'));
            let loud = (unit.end..unit.end + FAR).find(|at| !is_quiet(at));
            loud.is_some_and(|at| at > unit.end && self.page.token(at).is_some_and(|t| t.is(form::ALL_CAPITALS)))
        };
        unit.is(can::FUNCTION | can::COMMON)
            && (unit.first > 0 && shouts(unit.first - 1) || shouts(unit.end) || counted())
    }

    /// Nothing is known, or too little: left to the document pass, except for acronyms in the middle of a sentence.
    fn unknown(&mut self, at: usize) -> (usize, u32) {
        let unit = self.units[at];
        if unit.is(NEVER_UNKNOWN) {
            return (at + 1, unit.end);
        }
        if unit.is(can::ACRONYM) && !self.is_shouted() {
            let reading = self.acronym(&unit);
            return self.push_at(at, reading);
        }
        // The longest stretch of words that are no language words, or name words, as one doubtful name.
        let mut i = at + 1;
        const ELSE: u32 =
            can::TITLE | can::ROLE | can::FUNCTION | can::PLACE | can::ORG | can::DEMONYM | can::TIME | can::ACRONYM;
        while i < self.units.len() && !self.units[i].is(ELSE) && !self.is_person_here(i) {
            i += 1;
        }
        if i == at + 1 {
            let reading = self.unlisted(&unit);
            return self.push_at(at, reading);
        }
        let end = self.units[i - 1].end;
        let is_language = |u: &Unit| u.is(can::LEXICON) && !u.is(can::GIVEN | can::SURNAME);
        let score = if self.units[at..i].iter().any(is_language) { 0.2 } else { 0.45 };
        self.push(unit.first, end, EntityType::Person, Rule::NameUnlisted, score, NONE);
        (i, end)
    }

    /// Whether a token is the first word of its sentence, marks aside.
    pub(super) fn begins_sentence(&self, at: u32) -> bool {
        self.page.tokens[self.sentence.first as usize..at as usize].iter().all(|t| t.form & form::WORD == 0)
    }
}

fn demonym(unit: &Unit) -> Reading {
    Reading { kind: EntityType::Norp, rule: Rule::ListDemonym, score: weight::DEMONYM, surface: unit.surface }
}

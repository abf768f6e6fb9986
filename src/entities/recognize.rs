//! Finds the names of people, organisations and places in the runs of capitalised words.
//!
//! A run is read from left to right; at each unit the patterns are tried from the most telling to the least: an
//! organisation's head ("… Border Guard", "Ministry of …"), a named event, a facility, a title with the person behind
//! it, a person by the name lists, a listed name. What no pattern can tell is kept as a *doubtful* name: the document
//! pass accepts it when the rest of the article does.
//!
//! How sure a name is, is a sum of the weights in [`weight`]; a name is taken from [`weight::ACCEPT`] up.

use super::EntityType;
use super::unit::{Sorter, Unit, can};
use crate::dictionary::class::{self, Function};
use crate::dictionary::{Dictionary, Kind, NONE};
use crate::gazetteer::Match;
use crate::segment::{Part, Sentence};
use crate::token::{Token, form};

/// The evidence for names, in one table.
pub(super) mod weight {
    /// From here up a name is taken.
    pub const ACCEPT: f32 = 0.5;
    pub const TITLED: f32 = 0.55;
    pub const GIVEN_FIRST: f32 = 0.4;
    pub const GIVEN_FIRST_RARE: f32 = 0.3;
    pub const SURNAME_LAST: f32 = 0.25;
    pub const SUFFIX_LAST: f32 = 0.35;
    pub const INITIAL_OR_PARTICLE: f32 = 0.2;
    pub const UNKNOWN_WORD: f32 = 0.12;
    pub const WORD_OF_LANGUAGE: f32 = -0.3;
    pub const COMMON_WORD: f32 = -0.2;
    pub const SENTENCE_START: f32 = -0.1;
    pub const PLACE_INSIDE: f32 = -0.15;
    pub const DEMONYM: f32 = 0.9;
    pub const LOCATIVE: f32 = 0.3;
    pub const QUALIFIED: f32 = 0.4;
    pub const ALSO_PERSON: f32 = -0.3;
    pub const LISTED_ORG: f32 = 0.8;
    pub const ORG_BY_HEAD: f32 = 0.75;
    pub const ORG_OF: f32 = 0.8;
    pub const ACRONYM: f32 = 0.4;
    pub const IN_BRACKETS: f32 = 0.3;
    pub const LANGUAGE_WORD_NAME: f32 = -0.45;
}

/// A stretch of tokens read as a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub first: u32,
    pub end: u32,
    pub kind: EntityType,
    /// The chosen entry of the lists, or [`NONE`].
    pub entry: u32,
    /// The surface in the dictionary, or [`NONE`].
    pub surface: u32,
    pub sentence: u32,
    pub rule: &'static str,
    pub score: f32,
    /// A title or role stands directly before: its tokens begin here ([`NONE`]: none).
    pub title: u32,
}

impl Name {
    pub fn new(first: u32, end: u32, kind: EntityType, rule: &'static str, score: f32) -> Self {
        Name { first, end, kind, entry: NONE, surface: NONE, sentence: 0, rule, score, title: NONE }
    }
}

/// What the recogniser works on.
pub(super) struct Page<'a> {
    pub dictionary: &'a Dictionary<'a>,
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub sentences: &'a [Sentence],
    pub matches: &'a [Match],
}

impl Page<'_> {
    pub fn token(&self, at: u32) -> Option<&Token> {
        self.tokens.get(at as usize)
    }

    /// The closed class of a token.
    pub fn function(&self, at: u32) -> Function {
        self.token(at).map_or(Function::None, |t| self.dictionary.function(t))
    }

    fn is_word(&self, at: u32, words: &[&str]) -> bool {
        self.token(at).is_some_and(|t| words.iter().any(|w| t.of(self.text).eq_ignore_ascii_case(w)))
    }
}

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
    for (number, sentence) in page.sentences.iter().enumerate() {
        let begun = (names.len(), doubtful.len());
        let shouted = is_shouted(page, sentence);
        let mut at = sentence.first;
        while at < sentence.end {
            let token = &page.tokens[at as usize];
            if token.form & form::CAPITAL == 0 {
                at += 1;
                continue;
            }
            while page.matches.get(next_match).is_some_and(|m| m.first < at) {
                next_match += 1;
            }
            let end = run_end(page, at, sentence.end, &page.matches[next_match..]);
            sorter.cut(page.dictionary, page.text, page.tokens, at, end, &page.matches[next_match..], units);
            let mut reader = Reader { page, sentence, units, names, doubtful, shouted };
            let read_to = reader.read();
            at = end.max(read_to);
        }
        for name in names[begun.0..].iter_mut().chain(&mut doubtful[begun.1..]) {
            name.sentence = number as u32;
        }
    }
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

/// One past the last token of the run of capitalised words that begins at `first`.
fn run_end(page: &Page<'_>, first: u32, limit: u32, matches: &[Match]) -> u32 {
    let tokens = page.tokens;
    let is_capital = |at: u32| at < limit && tokens[at as usize].form & form::CAPITAL != 0;
    let mut matches = matches.iter().peekable();
    let mut end = first;
    loop {
        while let Some(m) = matches.next_if(|m| m.first <= end) {
            if m.first == end && m.end <= limit {
                end = m.end - 1;
            }
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
struct Reader<'r, 'a> {
    page: &'r Page<'a>,
    sentence: &'r Sentence,
    units: &'r [Unit],
    names: &'r mut Vec<Name>,
    doubtful: &'r mut Vec<Name>,
    shouted: bool,
}

impl Reader<'_, '_> {
    /// Reads the whole run; returns the token after the last name, which may lie beyond the run ("Ministry of …").
    fn read(&mut self) -> u32 {
        let mut at = 0;
        let mut read_to = 0;
        // "The", "During" at the head of a sentence is no part of a name.
        while at < self.units.len() && self.units[at].is(can::FUNCTION) && !self.units[at].is(can::ORG) {
            if self.units[at].is(can::ACRONYM | can::PLACE) && self.units[at].surface.is_some() && at > 0 {
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
        if let Some(done) = self.organisation_by_head(at) {
            return done;
        }
        if let Some(done) = self.named_event(at) {
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
        if let Some(done) = self.facility(at) {
            return done;
        }
        if let Some(done) = self.directed_place(at) {
            return done;
        }
        if unit.is(can::PLACE) {
            return self.place(at);
        }
        self.unknown(at)
    }

    fn push(&mut self, mut name: Name, sure_from: f32) {
        if self.shouted && name.surface == NONE && name.rule != "person.titled" {
            name.score -= 0.3;
        }
        if name.score >= sure_from { self.names.push(name) } else { self.doubtful.push(name) }
    }

    /// A run that an organisation's head closes ("Pakistan Ordnance Factories") or opens ("Ministry of Interior").
    fn organisation_by_head(&mut self, at: usize) -> Option<(usize, u32)> {
        let mut best = None;
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
            if unit.is(can::ORG_OF) && !unit.is(can::EVENT_HEAD) {
                if let Some(end) = self.of_phrase(here) {
                    best = Some((here, end, "org.of", weight::ORG_OF));
                    break;
                }
            }
            if unit.is(can::ORG_TAIL) && i > 0 {
                best = Some((here, unit.end, "org.head", weight::ORG_BY_HEAD));
            }
        }
        let (last, end, rule, mut score) = best?;
        // A person's name before the head is kept apart only if a title says so; a given name alone is no reason.
        let head_only = last == at;
        let longer_listed = self.units[at].is(can::ORG) && self.units[at].end >= end;
        if longer_listed {
            return None;
        }
        if head_only && rule != "org.of" {
            return None;
        }
        let words = &self.units[at..=last];
        if words.iter().all(|u| u.is(can::COMMON)) && self.begins_sentence(self.units[at].first) && rule == "org.head" {
            score -= 0.3;
        }
        let name = Name::new(self.units[at].first, end, EntityType::Org, rule, score);
        self.push(name, weight::ACCEPT);
        Some((last + 1, end))
    }

    /// The end of "of X (and Y)", "for X" after the head at unit `head`: capitals, listed names, "and"/"the" between.
    fn of_phrase(&self, head: usize) -> Option<u32> {
        let page = self.page;
        let limit = self.sentence.end;
        let mut at = self.units[head].end;
        // The head must end its run: "Bank America of" is not "Bank of".
        if head + 1 < self.units.len() && self.units[head + 1].first == at {
            return None;
        }
        if !page.is_word(at, &["of", "for"]) || at + 1 >= limit {
            return None;
        }
        at += 1;
        let mut end = None;
        while at < limit {
            let token = &page.tokens[at as usize];
            if token.form & form::CAPITAL != 0 && !token.has(class::WEEKDAY | class::MONTH) {
                at += 1;
                end = Some(at);
                continue;
            }
            let between = match token.symbol {
                b'-' | b'&' => token.form & form::WORD == 0,
                _ => page.is_word(at, &["and", "the", "for", "on", "of"]),
            };
            let capital_behind = |at: u32| {
                at < limit
                    && page.tokens[at as usize].form & form::CAPITAL != 0
                    && !page.tokens[at as usize].has(class::TITLE)
            };
            // "of Justice and Iran's" joins two names, "of Justice and Public Order" is one.
            if between && capital_behind(at + 1) && (end.is_none() || !self.begins_listed_name(at + 1)) {
                at += 1;
            } else if between
                && page.is_word(at, &["of", "for", "on", "and"])
                && page.is_word(at + 1, &["the"])
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
        let i = self.page.matches.partition_point(|m| m.first < token);
        self.page.matches.get(i).is_some_and(|m| {
            m.first == token
                && self
                    .page
                    .dictionary
                    .surface(m.surface)
                    .readings
                    .iter()
                    .any(|r| matches!(self.page.dictionary.kind(r.entry), Kind::Country | Kind::Organisation))
        })
    }

    /// "Riga International Expo", "second International Conference on Drug Control".
    fn named_event(&mut self, at: usize) -> Option<(usize, u32)> {
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
            let spoken = self.page.is_word(
                first - 1,
                &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
            );
            if spoken
                || before.is(form::DIGIT) && before.of(self.page.text).ends_with(|c: char| c.is_ascii_alphabetic())
            {
                first -= 1;
            }
        }
        let mut name = Name::new(first, end, EntityType::Event, "event.head", 0.7);
        if self.units[at..=last].iter().all(|u| u.is(can::COMMON)) && last == at {
            name.score -= 0.3;
        }
        self.push(name, weight::ACCEPT);
        Some((last + 1, end))
    }

    fn event_phrase(&self, head: usize) -> Option<u32> {
        let at = self.units[head].end;
        let page = self.page;
        if !page.is_word(at, &["of", "on", "for"]) {
            return None;
        }
        let mut i = at + 1;
        if page.is_word(i, &["the"]) {
            i += 1;
        }
        let mut end = None;
        while i < self.sentence.end {
            let token = &page.tokens[i as usize];
            if token.form & form::CAPITAL != 0 {
                i += 1;
                end = Some(i);
            } else if end.is_some()
                && page.is_word(i, &["of", "and", "for"])
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

    fn listed_organisation(&mut self, at: usize) -> (usize, u32) {
        let unit = self.units[at];
        let mut score = weight::LISTED_ORG;
        if unit.tokens() == 1 {
            if unit.is(can::LEXICON) && !unit.is(can::ACRONYM) {
                score += weight::LANGUAGE_WORD_NAME;
            }
            if unit.is(can::GIVEN | can::SURNAME | can::PLACE) && !unit.is(can::ACRONYM) {
                score += weight::ALSO_PERSON;
            }
        }
        let mut name = Name::new(unit.first, unit.end, EntityType::Org, "list.org", score);
        name.surface = unit.surface.unwrap_or(NONE);
        if unit.is(can::PLACE) && score < weight::ACCEPT {
            return self.place(at);
        }
        self.push(name, weight::ACCEPT);
        (at + 1, unit.end)
    }

    /// Titles, and the person behind them.
    fn titled(&mut self, at: usize) -> (usize, u32) {
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
            } else if !(self.units[i].is(can::LEXICON) && !self.units[i].is(can::GIVEN)) {
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
                let mut name =
                    Name::new(self.units[i].first, end, EntityType::Person, "person.titled", 0.35 + weight::TITLED);
                name.title = title;
                self.push(name, weight::ACCEPT);
                (end_unit, end)
            }
            None => (last_title + 1, self.units[last_title].end),
        }
    }

    /// The unit after a person's name that begins at unit `at`, when units can be one. With a title before it, unknown
    /// words and words of the language may be names too.
    fn names_goes_to(&self, at: usize, titled: bool) -> Option<usize> {
        let mut i = at;
        while i < self.units.len() && i - at < 6 {
            let unit = &self.units[i];
            let person = unit.is(can::GIVEN | can::SURNAME | can::INITIAL | can::PARTICLE | can::SUFFIX);
            let stops = unit.is(can::TITLE | can::TIME | can::ORG_OF | can::DEMONYM)
                && !(person && unit.surface.is_none() || unit.is_name_title())
                || unit.is(can::HONOUR)
                || unit.is(can::ACRONYM) && !person
                || unit.is(can::FUNCTION) && !unit.is(can::PARTICLE)
                || (unit.is(can::PLACE | can::ORG) && !person)
                || (unit.is(can::COUNTRY) && i == at && self.units.len() == at + 1)
                || (unit.is(can::LEXICON) && !person && !titled)
                || (unit.is(can::COMMON) && !person);
            if stops {
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

    /// Two or more units that the name lists know as a person's.
    fn person_by_lists(&mut self, at: usize) -> Option<(usize, u32)> {
        let end_unit = self.names_goes_to(at, false)?;
        let mut end_unit = end_unit;
        while end_unit - at >= 2 {
            let score = self.person_score(&self.units[at..end_unit]);
            if score >= weight::ACCEPT {
                let end = self.units[end_unit - 1].end;
                let name = Name::new(self.units[at].first, end, EntityType::Person, "person.lists", score.min(0.98));
                self.push(name, weight::ACCEPT);
                return Some((end_unit, end));
            }
            end_unit -= 1;
        }
        None
    }

    fn person_score(&self, units: &[Unit]) -> f32 {
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
        for unit in units {
            let listed = unit.is(can::GIVEN | can::SURNAME | can::SUFFIX);
            if unit.is(can::INITIAL | can::PARTICLE) {
                score += weight::INITIAL_OR_PARTICLE;
            } else if !listed && !unit.is(can::LEXICON) {
                score += weight::UNKNOWN_WORD;
            }
            if unit.is(can::LEXICON) {
                score += weight::WORD_OF_LANGUAGE * if listed { 0.4 } else { 1.0 };
            }
            if unit.is(can::COMMON) && unit.given < 9 && unit.surname < 9 {
                score += weight::COMMON_WORD;
            }
            if unit.is(can::PLACE) && !listed {
                score += weight::PLACE_INSIDE;
            }
        }
        // Listed in the middle or as both: names of three parts are mostly people.
        if units.len() >= 3 && units.iter().filter(|u| u.is(can::GIVEN | can::SURNAME | can::SUFFIX)).count() >= 2 {
            score += 0.1;
        }
        if self.begins_sentence(first.first) && first.is(can::LEXICON) {
            score += weight::SENTENCE_START;
        }
        score
    }

    /// Whether the unit at `at`, though listed as something else, opens a person's name.
    fn person_goes_on(&self, at: usize) -> bool {
        self.units[at].tokens() == 1 && !self.units[at].is(can::ACRONYM) && self.is_person_here(at)
    }

    fn is_person_here(&self, at: usize) -> bool {
        match self.names_goes_to(at, false) {
            Some(end) if end - at >= 2 => self.person_score(&self.units[at..end]) >= weight::ACCEPT,
            _ => false,
        }
    }

    fn demonym(&mut self, at: usize) -> (usize, u32) {
        let unit = self.units[at];
        // "Kenyan MFA": a nationality and an acronym name that country's body.
        if let Some(next) = self.units.get(at + 1) {
            if next.is(can::ACRONYM) && next.first == unit.end && !next.is(can::PLACE) {
                let name = Name::new(unit.first, next.end, EntityType::Org, "org.demonym_acronym", 0.7);
                self.push(name, weight::ACCEPT);
                return (at + 2, next.end);
            }
        }
        let mut name = Name::new(unit.first, unit.end, EntityType::Norp, "list.demonym", weight::DEMONYM);
        name.surface = unit.surface.unwrap_or(NONE);
        self.push(name, weight::ACCEPT);
        (at + 1, unit.end)
    }

    fn facility(&mut self, at: usize) -> Option<(usize, u32)> {
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
        let name = Name::new(self.units[at].first, end, EntityType::Fac, "facility.head", 0.65);
        self.push(name, weight::ACCEPT);
        Some((last + 1, end))
    }

    /// "Northern Arabian Sea", "West Bengal Province": a direction before a place, a kind of place behind it.
    fn directed_place(&mut self, at: usize) -> Option<(usize, u32)> {
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
        let mut name = Name::new(first, end, kind, "place.composed", 0.75);
        if named.is(can::PLACE) && !directed {
            name.surface = named.surface.unwrap_or(NONE);
        }
        self.push(name, weight::ACCEPT);
        Some((end_unit, end))
    }

    /// A listed place: surer the bigger it is, the less it is anything else, and where the sentence asks for a place.
    fn place(&mut self, at: usize) -> (usize, u32) {
        let unit = self.units[at];
        let Some(surface) = unit.surface else {
            return (at + 1, unit.end);
        };
        let mut score = self.page.dictionary.place_prior(surface);
        if unit.tokens() == 1 {
            if unit.is(can::COMMON) {
                score += weight::LANGUAGE_WORD_NAME;
            } else if unit.is(can::LEXICON) {
                score += weight::LANGUAGE_WORD_NAME / 2.0;
            }
            if unit.given.max(unit.surname) >= 8 && !unit.is(can::COUNTRY) {
                score += weight::ALSO_PERSON * if unit.given.max(unit.surname) >= 11 { 1.0 } else { 0.6 };
            }
        }
        if self.stands_locative(unit.first) {
            score += weight::LOCATIVE;
        }
        if self.is_qualified(unit.end) {
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
        let mut name = Name::new(unit.first, unit.end, kind, "list.place", score.min(0.98));
        name.surface = surface;
        self.push(name, weight::ACCEPT);
        (at + 1, unit.end)
    }

    fn stands_locative(&self, first: u32) -> bool {
        let mut at = first;
        while at > self.sentence.first {
            at -= 1;
            let token = &self.page.tokens[at as usize];
            if token.has(class::DIRECTION) || self.page.is_word(at, &["the", "downtown", "city", "town", "village"]) {
                continue;
            }
            return self.page.is_word(
                at,
                &[
                    "in",
                    "at",
                    "from",
                    "near",
                    "to",
                    "across",
                    "outside",
                    "around",
                    "throughout",
                    "into",
                    "via",
                    "towards",
                ],
            ) && token.form & form::WORD != 0;
        }
        false
    }

    /// ", Iraq" or ", Texas" behind it.
    fn is_qualified(&self, end: u32) -> bool {
        let comma = self.page.token(end).is_some_and(|t| t.is_symbol(b','));
        if !comma {
            return false;
        }
        let i = self.page.matches.partition_point(|m| m.first < end + 1);
        self.page.matches.get(i).is_some_and(|m| {
            m.first == end + 1
                && self
                    .page
                    .dictionary
                    .surface(m.surface)
                    .readings
                    .iter()
                    .any(|r| matches!(self.page.dictionary.kind(r.entry), Kind::Country | Kind::Admin1))
        })
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
            let name = Name::new(unit.first, unit.end, EntityType::Org, "org.acronym", score);
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
        let name = Name::new(unit.first, end, EntityType::Person, "name.unlisted", score);
        self.push(name, weight::ACCEPT);
        (i, end)
    }

    /// Whether a token is the first word of its sentence, marks aside.
    fn begins_sentence(&self, at: u32) -> bool {
        self.page.tokens[self.sentence.first as usize..at as usize].iter().all(|t| t.form & form::WORD == 0)
    }
}

fn is_loc(dictionary: &Dictionary<'_>, surface: u32) -> bool {
    let reading = dictionary
        .surface(surface)
        .readings
        .iter()
        .find(|r| matches!(dictionary.kind(r.entry), Kind::Region | Kind::Physical));
    let bigger = dictionary.readings(surface).iter().any(|r| {
        dictionary.kind(r.entry) == Kind::Admin1
            || dictionary.kind(r.entry) == Kind::City && dictionary.brief(r.entry).population >= 200_000
    });
    reading.is_some_and(|r| dictionary.entry(r.entry).sort != "GPE") && !bigger
}

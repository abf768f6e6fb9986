//! Dates counted from another day: "yesterday", "last week", "the end of 1965".

use super::feasts;
use super::meaning::{Base, Hit, Meaning, Piece, Year};
use super::period::{Period, Unit};
use super::scan::Scan;
use super::words::{Part, Role};
use crate::dictionary::class;
use crate::token::form;

/// First token, end and meaning, part of the day.
pub(super) type Relative = Option<(usize, (usize, Meaning), Option<Part>)>;

impl Scan<'_> {
    /// An expression that a word of time begins. `free`: first token that no expression has taken.
    pub(super) fn relative(&self, at: usize, free: usize) -> Relative {
        let token = self.token(at)?;
        // Only "Q3" is none of the words.
        if !token.has(class::TIME) && !matches!(token.symbol, b'Q' | b'q' | b'H') {
            return None;
        }
        let word = self.word(at);
        let keys = &self.lexicon.keys;
        let whole = |hit: Hit| hit.map(|h| (at, h, None));
        if word.nth > 0
            && let Some(hit) = self.ordinal(at, word.nth)
        {
            return whole(Some(hit));
        }
        if let Some(piece) = self.quarter_name(at) {
            let (end, year) = self.year_behind(at + 1);
            // The quartiles of statistics are written so, too.
            let said = year != Year::Open
                || self.after_preposition(at)
                || self
                    .token(end)
                    .is_some_and(|t| t.is(form::WORD) && t.form & form::CAPITAL == 0 && !t.has(class::FUNCTION));
            return whole(said.then(|| (end, part_of_year(piece, year))));
        }
        match word.role {
            Role::Day(0) if self.is_of_these_days(at) => None,
            Role::Day(by) => Some((at, (at + 1, Meaning::Shift(Unit::Day, i32::from(by))), None)),
            Role::Tonight => Some((at, (at + 1, Meaning::Shift(Unit::Day, 0)), Some(Part::Night))),
            Role::Relative(by) if matches!(self.role(at + 1), Role::Past(_)) => self.toward(at, at + 2, by.min(-1)),
            Role::Relative(by) => self.toward(at, at + 1, by),
            Role::Past(by) => self.past(at, by),
            Role::Beside(by) => self.beside(at, i32::from(by)),
            Role::Same => self.beside(at, 0),
            Role::Part(part) if self.is(at + 1, keys.of) => {
                let (end, meaning) = self.date(at + 2)?;
                super::clock::is_day(&meaning).then_some((at, (end, meaning), Some(part)))
            }
            Role::Season(season) => whole(self.season(at, season)),
            Role::Edge | Role::Later | Role::Earlier => self.edge(at, word.role),
            Role::EdgeOf if self.is(at + 1, keys.of) => {
                let the = usize::from(self.is(at + 2, keys.the));
                // "by end of year"
                let long = self.word(at + 2).unit.is_some_and(|unit| unit as u8 >= Unit::Month as u8);
                self.inner(at + 2 + the, the == 1 || long).map(|(hit, part)| (at, hit, part))
            }
            Role::Decade(first) => {
                let the = self.before(at).is_some_and(|b| self.is(b, keys.the));
                whole(the.then_some((at + 1, Meaning::Fixed(Period::Decade(i32::from(first))))))
            }
            _ => self.unit_alone(at, free),
        }
    }

    /// What stands behind "early", "the end of": any date, or with "the" a bare unit ("the end of the year").
    pub(super) fn inner(&self, at: usize, the: bool) -> Option<((usize, Meaning), Option<Part>)> {
        let word = self.word(at);
        if word.month > 0
            && let Some(hit) = self.month(at, word, true)
        {
            return Some((hit, None));
        }
        if let Some((value @ 1000..2200, 4)) = self.bare(at)
            && self.role(at + 1) != Role::Before
        {
            return Some(((at + 1, Meaning::Fixed(Period::Year(value))), None));
        }
        if let Some(hit) = self.date(at) {
            return Some((hit, None));
        }
        if let Some((_, hit, part)) = self.relative(at, at) {
            return Some((hit, part));
        }
        let unit = word.unit.filter(|u| the && !word.plural && *u as u8 >= Unit::Week as u8)?;
        self.closes(at + 1).then_some(((at + 1, Meaning::Shift(unit, 0)), None))
    }

    /// "early March", "mid-2023", "late last year", "later this week".
    fn edge(&self, at: usize, role: Role) -> Relative {
        let keys = &self.lexicon.keys;
        let mut next = at + 1 + usize::from(self.glued(at + 1, b'-'));
        let edge = role == Role::Edge;
        let in_ = usize::from(self.is(next, keys.in_) || edge && self.is(next, keys.of));
        next += in_;
        let the = usize::from(self.is(next, keys.the));
        // "late, late": nobody could tell how late, and a thousand times it would take long to find out.
        if the > in_ || self.role(next) == Role::Edge {
            return None;
        }
        next += the;
        let relative = matches!(self.role(next), Role::Relative(_) | Role::Same);
        let named = self.word(next).weekday > 0 || edge;
        if !relative && !named && in_ == 0 {
            return None;
        }
        let (hit, part) = self.inner(next, the == 1)?;
        (hit.0 > at + 1).then_some((at, hit, part))
    }

    /// "last week", "next Friday", "this morning", "last two weeks", "last March".
    fn toward(&self, first: usize, at: usize, by: i8) -> Relative {
        let word = self.word(at);
        let step = i32::from(by);
        let hit = |meaning| Some((first, (at + 1, meaning), None));
        if word.month > 0 {
            let (end, meaning) = self.month(at, word, true)?;
            let meaning = match meaning {
                Meaning::Piece(Piece::Months(a, b), Year::Open) => {
                    Meaning::Piece(Piece::Months(a, b), Year::Toward(by))
                }
                other => other,
            };
            return Some((first, (end, meaning), None));
        }
        if by < 0
            && (word.weekday > 0 || word.unit == Some(Unit::Day) && !word.plural)
            && let Some(hit) = self.nth_day(at + 1, -1, word.weekday)
        {
            return Some((first, hit, None));
        }
        if word.weekday > 0 && !word.short {
            return hit(Meaning::Weekday(word.weekday, Some(by)));
        }
        // "this years festival": many leave the apostrophe out.
        if word.plural && word.unit == Some(Unit::Year) && self.is(first, self.lexicon.keys.this) {
            return hit(Meaning::Shift(Unit::Year, 0));
        }
        if word.plural || self.token(at)?.has(class::NUMBER) || self.token(at)?.is(form::DIGIT) {
            return self.stretch(first, at);
        }
        // "the last week of July" lies in July.
        if by < 0
            && let Some(unit) = word.unit
            && self.is(at + 1, self.lexicon.keys.of)
        {
            return self.nth_week(at + 1, -1, unit).map(|hit| (first, hit, None));
        }
        // "next week Wednesday", "last week, on Tuesday"
        if word.unit == Some(Unit::Week) {
            let on = at + 1 + usize::from(self.is(at + 1, self.lexicon.keys.on));
            if let Some(weekday @ 1..) = self.token(on).map(|t| self.weekday_of(t)) {
                let base = Base::Shift(Unit::Week, step);
                return Some((first, (on + 1, Meaning::Nth { nth: 1, weekday, base }), None));
            }
        }
        match (word.unit, word.role) {
            (Some(Unit::Day), _) if by > 0 => hit(Meaning::Beside(Unit::Day, 1)),
            (Some(Unit::Second | Unit::Minute | Unit::Hour | Unit::Day), _) => None,
            (Some(unit), _) => hit(Meaning::Shift(unit, step)),
            (_, Role::Part(part)) => {
                let meaning = if by > 0 { Meaning::Beside(Unit::Day, 1) } else { Meaning::Shift(Unit::Day, step) };
                Some((first, (at + 1, meaning), Some(part)))
            }
            (_, Role::Season(season)) => {
                let year = if by == 0 { Year::Shift(0) } else { Year::Toward(by) };
                hit(Meaning::Piece(Piece::Season(season), year))
            }
            (_, Role::Feast) => {
                let (_, (end, meaning)) = self.feast(at, at)?;
                Some((first, (end, feasts::toward(meaning, by)), None))
            }
            _ => None,
        }
    }

    fn past(&self, at: usize, by: i8) -> Relative {
        let word = self.word(at + 1);
        match word.unit {
            Some(unit) if !word.plural && by < 0 && unit as u8 >= Unit::Hour as u8 => {
                Some((at, (at + 2, Meaning::Length(1.0, unit)), None))
            }
            Some(unit) if !word.plural && unit as u8 >= Unit::Week as u8 => {
                Some((at, (at + 2, Meaning::Shift(unit, i32::from(by))), None))
            }
            _ if word.weekday > 0 || word.month > 0 || matches!(word.role, Role::Season(_)) => {
                self.toward(at, at + 1, by)
            }
            _ => self.stretch(at, at + 1),
        }
    }

    /// "the following day", "that year", "the same month": counted from the last date.
    fn beside(&self, at: usize, by: i32) -> Relative {
        let word = self.word(at + 1);
        if let Role::Part(part) = word.role {
            return Some((at, (at + 2, Meaning::Beside(Unit::Day, by)), Some(part)));
        }
        if word.weekday > 0 && by != 0 {
            return Some((at, (at + 2, Meaning::Weekday(word.weekday, Some(by as i8))), None));
        }
        if word.plural || by != 0 && self.token(at + 1)?.has(class::NUMBER) {
            return if by == 0 { None } else { self.stretch(at, at + 1) };
        }
        let unit = word.unit.filter(|u| *u as u8 >= Unit::Day as u8)?;
        Some((at, (at + 2, Meaning::Beside(unit, by)), None))
    }

    /// "third quarter of 2019", "first half of the year", "nineteenth century".
    pub(super) fn ordinal(&self, at: usize, nth: u8) -> Hit {
        let hyphen = usize::from(self.glued(at + 1, b'-'));
        let noun = at + 1 + hyphen;
        if let Some(hit) = self.nth_century(noun, i32::from(nth)) {
            return Some(hit);
        }
        // "the first of March"
        let month = self.word(at + 2).month;
        if month > 0 && self.is(at + 1, self.lexicon.keys.of) {
            let (end, year) = self.year_behind(at + 3);
            return Some((end, super::digits::days(month, nth, nth, year)?));
        }
        let word = self.word(noun);
        if hyphen == 0 && (word.weekday > 0 || word.unit == Some(Unit::Day) && !word.plural) {
            return self.nth_day(noun + 1, nth as i8, word.weekday);
        }
        if hyphen == 0
            && let Some(unit @ (Unit::Week | Unit::Weekend)) = word.unit.filter(|_| !word.plural)
        {
            return self.nth_week(noun + 1, nth as i8, unit);
        }
        let quarter = word.unit == Some(Unit::Quarter) && nth <= 4 && !word.plural;
        let half = word.role == Role::Half && nth <= 2;
        if !quarter && !half {
            return None;
        }
        let piece = if quarter { Piece::Quarter(nth) } else { Piece::Half(nth) };
        let keys = &self.lexicon.keys;
        let mut next = noun + 1;
        next += usize::from(self.is(next, keys.of) || self.symbol(next, b','));
        let the = usize::from(self.is(next, keys.the));
        if the == 1 && self.word(next + 1).unit == Some(Unit::Year) {
            return Some((next + 2, Meaning::Piece(piece, Year::Shift(0))));
        }
        match self.year_behind(noun + 1) {
            (end, year) if year != Year::Open => Some((end, part_of_year(piece, year))),
            // A half alone is mostly one of a match, a quarter alone mostly a company's.
            _ if quarter && !self.is(noun + 1, keys.of) => Some((noun + 1, Meaning::Piece(piece, Year::Open))),
            _ => None,
        }
    }

    fn season(&self, at: usize, season: u8) -> Hit {
        let (end, year) = self.year_behind(at + 1);
        let piece = Piece::Season(season);
        if year != Year::Open {
            return Some((end, part_of_year(piece, year)));
        }
        let keys = &self.lexicon.keys;
        let b = self.before(at)?;
        let phrase = self.is(b, keys.in_) || self.is(b, keys.the) && b > self.first && self.is_before_date(b - 1);
        (phrase && self.closes(at + 1) && !self.is(at + 1, keys.of))
            .then_some((at + 1, Meaning::Piece(piece, Year::Open)))
    }

    /// "today" that means these days, not the day of the article: "still in use today", "as much today as then",
    /// "today more than ever".
    fn is_of_these_days(&self, at: usize) -> bool {
        let keys = &self.lexicon.keys;
        let from = at.saturating_sub(7).max(self.first);
        let to = self.tokens.len().min(at + 6);
        let as_as = || self.is(at + 1, keys.as_) && self.tokens[from..at].iter().any(|t| t.hash == keys.as_);
        self.tokens[from..at].iter().any(|t| t.hash == keys.still)
            || as_as()
            || self.tokens[at + 1..to].iter().any(|t| t.hash == keys.still || t.hash == keys.ever)
    }
}

fn part_of_year(piece: Piece, year: Year) -> Meaning {
    match (piece, year) {
        (Piece::Quarter(q), Year::Given(y)) => Meaning::Fixed(Period::Quarter(y, q)),
        (Piece::Half(h), Year::Given(y)) => Meaning::Fixed(Period::Half(y, h)),
        (Piece::Season(s), Year::Given(y)) => Meaning::Fixed(Period::Season(y, s)),
        _ => Meaning::Piece(piece, year),
    }
}

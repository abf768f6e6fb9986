//! Dates that begin with the name of a month or a weekday.

use super::digits::days;
use super::meaning::{Base, Hit, Meaning, Piece, Year};
use super::period::{Period, Unit};
use super::scan::Scan;
use super::words::{Role, Word};
use crate::dictionary::class;
use crate::token::form;

impl Scan<'_> {
    /// A date at a month's name. `led`: a word before it ("early", "last") already says that it is a month.
    pub(super) fn month(&self, at: usize, word: Word, led: bool) -> Hit {
        let token = self.token(at)?;
        let capital = token.is(form::CAPITAL);
        // "may" and "march" are verbs, "mar" a verb or a name.
        let verb = !capital && matches!(word.month, 3 | 5);
        let keys = &self.lexicon.keys;
        let mut next = at + 1;
        let dot = word.short && self.glued(next, b'.');
        next += usize::from(dot);
        if self.is(next, keys.the) {
            next += 1;
        }
        // "Oct/2"
        next += usize::from(self.glued(next, b'/'));
        if let Some(hit) = self.day_behind(next, word.month)
            && (!verb || self.closes(hit.0))
        {
            return Some(hit);
        }
        if verb && !(self.after_preposition(at) && self.bare(next).is_some()) {
            return None;
        }
        next = at + 1 + usize::from(dot);
        let (end, year) = self.year_behind(next);
        if year != Year::Open {
            return Some((end, months(word.month, word.month, year)));
        }
        let keys_through = self.symbol(next, b'-') || self.is(next, keys.to);
        let second = self.word(next + 1);
        if keys_through && second.month > word.month && self.token(next + 1).is_some_and(|t| t.is(form::CAPITAL)) {
            let (end, year) = self.year_behind(next + 2);
            if year != Year::Open || !word.doubtful || self.after_preposition(at) {
                return Some((end, months(word.month, second.month, year)));
            }
        }
        (led || self.is_bare_month(at, word, next)).then_some((next, months(word.month, word.month, Year::Open)))
    }

    /// The day behind a month's name, its range and its year.
    fn day_behind(&self, at: usize, month: u8) -> Hit {
        let token = self.token(at)?;
        if token.is(form::LINE) && !token.is(form::DIGIT) {
            return None;
        }
        let (first, mut next) = self.day_at(at)?;
        // "in March first reports came": in words it is the day behind "the", or where the phrase ends.
        if !token.is(form::DIGIT) && !self.is(at - 1, self.lexicon.keys.the) && !self.closes(next) {
            return None;
        }
        // "March 3,000", "June 2.5", "May 10:30", "May 5%".
        let runs_on = [b',', b'.', b':', b'%', b'/'].into_iter().any(|s| {
            self.glued(next, s)
                && (s == b'%' || self.token(next + 1).is_some_and(|t| t.is(form::DIGIT) && !t.is(form::SPACE)))
        });
        let counts = self.token(next).is_some_and(|t| {
            t.has(class::UNIT | class::PEOPLE | class::NUMBER) && !t.has(class::FUNCTION | class::TIME)
        });
        if runs_on || counts {
            return None;
        }
        let keys = &self.lexicon.keys;
        let mut last = first;
        let dash = self.symbol(next, b'-');
        let and = self.is(next, keys.and);
        if (dash || and || self.any(next, &keys.through))
            && let Some(day) = self.day_of_month(next + 1)
            && day > first
            && self.word(next + 2).month == 0
            && (!and || self.closes(next + 2) || self.bare(next + 2).is_some_and(|(_, n)| n == 4))
            // "Oct. 3-2024" names no second day, "March 3 to 5 percent" no date.
            && !self.symbol(next + 2, b'%')
        {
            last = day;
            next += 2;
        }
        let (end, year) = self.year_behind(next);
        Some((end, days(month, first, last, year)?))
    }

    /// Whether a month's name alone is a month: enough speaks for it.
    fn is_bare_month(&self, at: usize, word: Word, next: usize) -> bool {
        let token = &self.tokens[at];
        if !token.is(form::CAPITAL) {
            // "in april"; "an august man", "will march" and "may" are none.
            return !word.short && !matches!(word.month, 3 | 5) && self.after_preposition(at) && self.closes(next);
        }
        let keys = &self.lexicon.keys;
        let listed = self.before(at).is_some_and(|b| {
            (self.is(b, keys.and) || self.symbol(b, b',') || self.symbol(b, b'-'))
                && b > self.first
                && self.word(b - 1).month > 0
        });
        if self.after_preposition(at) || listed {
            // "by August Wilson", "for April Jones": a name goes on with a capital.
            let name = self.token(at + 1).is_some_and(|t| t.is(form::CAPITAL) && !t.is(form::LINE));
            let named_after = self.is(next, keys.of);
            return if word.short {
                next > at + 1 || self.closes(next)
            } else {
                !word.doubtful || !name && !named_after
            };
        }
        let possessive = self.symbol(next, b'\'') && self.is(next + 1, keys.s);
        !word.short && (!word.doubtful || possessive && word.month != 5 && word.month != 3)
    }

    /// A date at a weekday's name: `Thursday`, `Friday, July 21, 2017`, `Wed., Oct. 26`, `Wednesday 12 May`.
    pub(super) fn weekday(&self, at: usize, word: Word) -> Hit {
        let token = self.token(at)?;
        let mut next = at + 1;
        if word.short && self.glued(next, b'.') {
            next += 1;
        }
        let dotted = next > at + 1;
        let comma = usize::from(self.symbol(next, b','));
        let the = usize::from(comma == 0 && self.is(next, self.lexicon.keys.the));
        let with = next + comma + the;
        let named = self.word(with);
        let date = if named.month > 0 {
            self.month(with, named, false)
        } else if let Some(digits) = self.integer(with) {
            self.date_in_digits(with, digits)
        } else {
            None
        };
        if let Some((end, meaning)) = date
            && super::clock::is_day(&meaning)
        {
            return Some((end, meaning));
        }
        // "Tuesday of last week", "Thursday next week"
        let of = next + usize::from(self.is(next, self.lexicon.keys.of));
        if let Role::Relative(by) = self.role(of)
            && self.word(of + 1).unit == Some(Unit::Week)
        {
            let base = Base::Shift(Unit::Week, i32::from(by));
            return Some((of + 2, Meaning::Nth { nth: 1, weekday: word.weekday, base }));
        }
        // "Tuesday the 19th", "Mon 13th"
        if let Some((day, end)) = self.day_at(with)
            && (the == 1 || self.integer(with).is_some_and(|d| !d.suffix.is_empty()))
            && (self.closes(end) || self.word(end).role != Role::None)
            && !self.is(end, self.lexicon.keys.of)
        {
            return Some((end, Meaning::DayOfMonth(day)));
        }
        let before = self.before(at);
        if word.short {
            let led =
                before.is_some_and(|b| self.is(b, self.lexicon.keys.on) || matches!(self.role(b), Role::Relative(_)));
            let part = matches!(self.role(next), Role::Part(_));
            if !token.is(form::CAPITAL) || !(led || dotted && !self.closes(next) || part) {
                return None;
            }
        }
        if let Some(b) = before {
            let named = self.role(b) == Role::Named && self.tokens[b].is(form::CAPITAL);
            let newspaper = self.is(b, self.lexicon.keys.the)
                && self.token(next).is_some_and(|t| t.is(form::CAPITAL) && !t.has(class::TIME));
            if named || newspaper {
                return None;
            }
        }
        Some((next, Meaning::Weekday(word.weekday, None)))
    }
}

/// Months of a year, as a period when the year is known.
pub(super) fn months(first: u8, last: u8, year: Year) -> Meaning {
    match year {
        Year::Given(y) if first == last => Meaning::Fixed(Period::Month(y, first)),
        Year::Given(y) => Meaning::Range(Period::Month(y, first), Period::Month(y, last)),
        _ => Meaning::Piece(Piece::Months(first, last), year),
    }
}

//! Reads the parts of a dateline, from left to right: the place, dates, agencies, brackets.

use super::{Ending, MOST_WORDS, Reader, Source};
use crate::dictionary::class;
use crate::normalize::day::{self, Day};
use crate::normalize::listed::Copy;
use crate::token::{Token, form};
use std::ops::Range;

/// No part that has no bracket is longer, in tokens.
const LONGEST_PART: usize = 24;

impl Reader<'_> {
    pub(super) fn token(&self) -> Option<&Token> {
        self.copy.tokens.get(self.at)
    }

    fn sees(&self, symbol: u8) -> bool {
        self.token().is_some_and(|t| t.is_symbol(symbol))
    }

    fn sees_one_of(&self, symbols: &[u8]) -> bool {
        self.token().is_some_and(|t| t.form & form::WORD == 0 && symbols.contains(&t.symbol))
    }

    /// A dash that stands apart on one side, or two.
    fn sees_dash(&self) -> bool {
        let next = self.copy.tokens.get(self.at + 1);
        self.sees(b'-')
            && (self.token().is_some_and(|t| t.is(form::SPACE))
                || next.is_none_or(|t| t.is(form::SPACE) || t.is_symbol(b'-') || t.is_symbol(b'(')))
    }

    fn skip(&mut self, symbols: &[u8]) {
        while self.sees_one_of(symbols) {
            self.at += 1;
        }
    }

    pub(super) fn read(&mut self) -> Option<Ending> {
        self.opening();
        if self.sees(b'(') && self.found.date.is_none() {
            self.bracketed_place();
            self.bracket();
        }
        let begun = self.at;
        self.place();
        if self.at == begun && !self.seen.part {
            return None;
        }
        loop {
            if self.token().is_none() {
                return Some(Ending::Line);
            }
            if self.sees_dash() {
                self.skip(b"-");
                if !self.goes_on() {
                    return Some(Ending::Dash);
                }
            } else if self.sees(b':') || (self.sees(b';') && self.seen.part) {
                self.at += 1;
                return Some(Ending::Colon);
            } else if self.sees_one_of(b",./|") && !self.sees_strokes() {
                self.at += 1;
            } else if !self.part() {
                let last = &self.copy.tokens[self.at - 1];
                return match last.symbol {
                    b'.' if last.form & form::WORD == 0 => Some(Ending::Stop),
                    b',' | b'|' if last.form & form::WORD == 0 => None,
                    _ => self.seen.part.then_some(Ending::Part),
                };
            }
        }
    }

    /// What can stand before the place: the agency (`TEMPO.CO, Jakarta –`) or the date (`3 May 2024, Quito –`).
    fn opening(&mut self) {
        let line = self.at..self.copy.tokens.len();
        let agency = || self.copy.agency_at(line.clone()).filter(|_| !self.copy.may_be_place(line.clone()));
        if let Some(agency) = self.may_open_with_agency().then(agency).flatten() {
            let mut ahead = self.clone();
            ahead.take_agency(agency, Source::Listed);
            let in_capitals = self.token().is_some_and(|t| t.is(form::ALL_CAPITALS));
            if ahead.sees_dash() && in_capitals {
                *self = ahead;
                return;
            }
            ahead.skip(b",");
            let mut place = ahead.clone();
            if place.place() && place.copy.may_be_place(place.place_range()) {
                *self = ahead;
            }
        } else if self.date() {
            let mut ahead = self.clone();
            ahead.skip(b",|-");
            let mut place = ahead.clone();
            if place.place() && place.copy.may_be_place(place.place_range()) {
                *self = ahead;
            }
        }
    }

    /// Whether marks let an agency open the dateline, if one stands here: the lists are far away in memory, so they are
    /// not asked without need.
    fn may_open_with_agency(&self) -> bool {
        let Some([first, rest @ ..]) = self.copy.tokens.get(self.at..) else { return false };
        let is_date_or_longer = first.is(form::DIGIT) || first.has(class::NAME_START | class::MONTH | class::WEEKDAY);
        let goes_on = |t: &Token| t.is(form::CAPITAL) || t.is_symbol(b'-');
        is_date_or_longer
            || rest.first().is_some_and(|t| t.is_symbol(b'.'))
            || rest.iter().find(|t| !t.is_symbol(b',')).is_some_and(goes_on)
    }

    /// `(Quito, 3 May 2024) –`.
    fn bracketed_place(&mut self) {
        let mut ahead = self.clone();
        ahead.at += 1;
        if ahead.place() && ahead.copy.may_be_place(ahead.place_range()) {
            ahead.skip(b",");
            ahead.seen.part = ahead.date() || ahead.sees(b')');
            if ahead.sees(b')') {
                ahead.at += 1;
                if ahead.sees_dash() {
                    // The brackets are as good as capitals.
                    ahead.seen.capitals = true;
                    *self = ahead;
                }
            }
        }
    }

    pub(super) fn place_range(&self) -> Range<usize> {
        self.found.place.start as usize..self.found.place.end as usize
    }

    /// Reads the place, if one stands here and none was read.
    fn place(&mut self) -> bool {
        let (first, tokens) = (self.at, self.copy.tokens);
        if !self.found.place.is_empty() || !self.token().is_some_and(|t| t.is(form::CAPITAL)) || self.sees_date() {
            return false;
        }
        let (mut words, mut capitals, mut end) = (0, true, first);
        let mut first_part = true;
        while let Some(token) = self.token() {
            let glued = self.at > first && !token.is(form::SPACE);
            let small_inside = words > 0
                && token.is(form::WORD)
                && token.has(class::FUNCTION | class::PARTICLE)
                && tokens.get(self.at + 1).is_some_and(|t| t.is(form::CAPITAL));
            if token.is(form::CAPITAL) && words < MOST_WORDS {
                if self.at > first && self.sees_date() {
                    break;
                }
                // The first part alone must be in capitals: "KYIV, Ukraine".
                capitals &= token.is(form::ALL_CAPITALS) || !first_part;
                words += 1;
                self.at += 1;
                end = self.at;
            } else if (small_inside && words < MOST_WORDS) || (glued && self.joins_place()) {
                self.at += 1;
            } else if token.is_symbol(b',') && self.region_follows() {
                (words, first_part) = (0, false);
                self.at += 1;
            } else if token.is_symbol(b'[')
                && let Some(close) = (self.at..tokens.len().min(self.at + 6)).find(|&i| tokens[i].is_symbol(b']'))
            {
                self.at = close + 1;
                end = self.at;
                break;
            } else {
                break;
            }
        }
        self.at = end;
        self.found.place = first as u32..end as u32;
        self.seen.capitals = capitals;
        end > first
    }

    /// A hyphen, apostrophe, stroke or the stop of "St." inside a place.
    fn joins_place(&self) -> bool {
        let tokens = self.copy.tokens;
        let Some(next) = tokens.get(self.at + 1) else {
            return false;
        };
        let joined = !next.is(form::SPACE) && next.is(form::WORD);
        match tokens[self.at].symbol {
            b'-' | b'\'' => joined,
            b'/' => joined && next.is(form::CAPITAL) && !self.sees_strokes(),
            b'.' => {
                let before = &tokens[self.at - 1];
                let len = before.end - before.start;
                len == 1 || (len == 2 && before.has(class::ABBREVIATION) && next.is(form::CAPITAL))
            }
            _ => false,
        }
    }

    /// After a comma: one to three capitalised words and then what goes on with the dateline.
    fn region_follows(&self) -> bool {
        let start = self.at + 1;
        let rest = &self.copy.tokens[start..];
        let words = rest.iter().take_while(|t| t.is(form::CAPITAL)).count();
        let after = rest.get(words);
        let is_agency = || {
            self.copy.agency_at(start..start + words) == Some(words) && !self.copy.may_be_place(start..start + words)
        };
        (1..=3).contains(&words)
            && !rest[0].has(class::WEEKDAY | class::MONTH)
            && day::read_date(self.copy.text, self.copy.tokens, start).is_none()
            && after.is_some_and(|t| matches!(t.symbol, b'-' | b',' | b':' | b'(' | b'.') && t.form & form::WORD == 0)
            && !is_agency()
    }

    fn read_date(&self) -> Option<(usize, Option<Day>)> {
        let (copy, at) = (self.copy, self.at);
        let (end, value) = day::read_date(copy.text, copy.tokens, at)?;
        // "3 APR 90", in a dateline only.
        let short =
            copy.tokens.get(end).filter(|t| value.is_none() && t.is(form::DIGIT | form::SPACE) && t.end - t.start == 2);
        if let Some(year) = short.and_then(|t| t.of(copy.text).parse::<i32>().ok())
            && copy.tokens.get(end + 1).is_none_or(|t| t.form & form::WORD == 0)
        {
            return Some((
                end + 1,
                day::with_year(copy.text, copy.tokens, at, if year < 50 { 2000 } else { 1900 } + year),
            ));
        }
        Some((end, value))
    }

    fn sees_date(&self) -> bool {
        self.found.date.is_none() && self.read_date().is_some()
    }

    fn date(&mut self) -> bool {
        let Some((end, value)) = self.read_date().filter(|_| self.found.date.is_none()) else { return false };
        self.found.date = Some(self.at as u32..end as u32);
        self.found.date_value = value;
        self.at = end;
        self.seen.part = true;
        true
    }

    /// Reads a date, an agency, a bracket or the day of the week.
    fn part(&mut self) -> bool {
        if self.date() || self.bracket() || self.strokes() {
            return true;
        }
        let Some(token) = self.token().copied() else { return false };
        if token.has(class::WEEKDAY) && self.ends_part(self.at + 1) && day::is_weekday(token.of(self.copy.text)) {
            self.at += 1;
            return true;
        }
        if token.has(class::MONTH) && self.month() {
            return true;
        }
        if !self.found.agency.is_empty() || token.form & (form::CAPITAL | form::DIGIT) == 0 {
            return false;
        }
        let behind_stop = self.at > 0 && self.copy.tokens[self.at - 1].is_symbol(b'.');
        if let Some(length) = self.copy.agency_at(self.at..self.copy.tokens.len()) {
            self.take_agency(length, Source::Listed);
            return true;
        }
        let is_acronym = token.end - token.start >= 2
            && (token.is(form::ALL_CAPITALS) || token.is(form::CAPITAL | form::INNER_CAPITAL))
            && (behind_stop || !token.has(class::LEXICON) && self.ends_part(self.at + 1));
        if self.seen.capitals && is_acronym {
            self.take_agency(1, if behind_stop { Source::Apart } else { Source::Beside });
            return true;
        }
        false
    }

    /// `March`, `March 2024`, with a mark behind it.
    fn month(&mut self) -> bool {
        let tokens = self.copy.tokens;
        let mut end = self.at + 1;
        end += usize::from(tokens.get(end).is_some_and(|t| t.is_symbol(b'.')));
        end += usize::from(tokens.get(end).is_some_and(|t| t.is(form::DIGIT) && t.end - t.start == 4));
        let counts = self.found.date.is_none() && self.found.place.end as usize != self.at && self.ends_part(end);
        if counts {
            self.found.date = Some(self.at as u32..end as u32);
            self.at = end;
            self.seen.part = true;
        }
        counts
    }

    /// Whether at a token something new begins: a mark, or nothing.
    fn ends_part(&self, at: usize) -> bool {
        self.copy.tokens.get(at).is_none_or(|t| t.form & form::WORD == 0)
    }

    /// Takes some tokens for the agency, with the ending of its address: `AKIPRESS.COM`.
    fn take_agency(&mut self, length: usize, source: Source) {
        let from = self.at;
        self.at += length;
        if let Some([stop, domain]) = self.copy.tokens.get(self.at..self.at + 2)
            && stop.is_symbol(b'.')
            && domain.is(form::WORD)
            && !domain.is(form::SPACE)
            && domain.end - domain.start <= 3
        {
            self.at += 2;
        }
        self.found.agency.push(from as u32..self.at as u32);
        self.seen.source = self.seen.source.max(source);
        self.seen.part = true;
    }

    /// `/TASS/`, `/ APO Group /`.
    fn strokes(&mut self) -> bool {
        let Some(close) = self.stroke_behind() else { return false };
        self.at += 1;
        let (length, at) = (close - self.at, self.at);
        let listed = self.copy.agency_at(at..close) == Some(length);
        self.take_agency(length, if listed { Source::Listed } else { Source::Apart });
        self.at = close + 1;
        true
    }

    fn sees_strokes(&self) -> bool {
        self.stroke_behind().is_some()
    }

    /// Where the stroke is that closes the one here.
    fn stroke_behind(&self) -> Option<usize> {
        let words = self.copy.tokens.get(self.at + 1..)?.iter().take(5).take_while(|t| t.is(form::WORD)).count();
        let close = self.at + 1 + words;
        let closes = self.sees(b'/') && words > 0 && self.copy.tokens.get(close).is_some_and(|t| t.is_symbol(b'/'));
        closes.then_some(close)
    }

    /// `(Agency / Paper - 24th Oct, 2024)`: agencies and a date. Nothing is read of one that holds neither.
    fn bracket(&mut self) -> bool {
        if !self.sees(b'(') {
            return false;
        }
        let tokens = self.copy.tokens;
        let Some(close) = (self.at..tokens.len()).find(|&i| tokens[i].is_symbol(b')')) else { return false };
        let mut inner =
            Reader { copy: Copy { tokens: &tokens[..close], ..self.copy }, at: self.at + 1, ..self.clone() };
        let mut any = false;
        while inner.at < close {
            let from = inner.at;
            if inner.date() {
                any = true;
            } else if !inner.is_divider() {
                while inner.at < close && !inner.is_divider() && (inner.at == from || !inner.sees_date()) {
                    inner.at += 1;
                }
                if tokens[from].form & (form::CAPITAL | form::DIGIT) != 0 {
                    let length = inner.at - from;
                    let listed = self.copy.agency_at(from..inner.at) == Some(length);
                    inner.at = from;
                    inner.take_agency(length, if listed { Source::Listed } else { Source::Apart });
                    any = true;
                }
            } else {
                inner.at += 1;
            }
        }
        // "PANAMA CITY (PANAMA)".
        let region = self.at + 1..close;
        let may_be_region = !self.seen.part && !self.found.place.is_empty() && !region.is_empty();
        if may_be_region && self.copy.agency_at(region.clone()).is_none() && self.copy.is_place(region) {
            self.found.place.end = close as u32 + 1;
            self.at = close + 1;
            return true;
        }
        if any {
            (self.at, self.found, self.seen) = (close + 1, inner.found, inner.seen);
        }
        any
    }

    fn is_divider(&self) -> bool {
        self.sees_one_of(b"/|;,") || self.sees_dash()
    }

    /// Behind a dash: whether a further part and then an end follow; they are read up to that end.
    fn goes_on(&mut self) -> bool {
        let rest = &self.copy.tokens[self.at..];
        let ends = |t: &Token| t.form & form::WORD == 0 && matches!(t.symbol, b'-' | b':' | b'(');
        if rest.len() > LONGEST_PART && !rest.iter().any(ends) {
            return false;
        }
        let mut ahead = self.clone();
        let dated = self.found.date.is_some();
        let goes_on = ahead.part()
            && (ahead.token().is_none()
                || ahead.sees_dash()
                || ahead.sees(b':')
                || (ahead.sees(b'(') && !dated && ahead.found.date.is_some()));
        if goes_on {
            *self = ahead;
        }
        goes_on
    }
}

//! Years and what is told with one: `2019-2021`, `the 1990s`, `19th century`, `264 BC`, `2014-10`, `3Q 2024`.

use super::digits::full_year;
use super::meaning::{Hit, Meaning, Piece, Year};
use super::period::{Period, Unit};
use super::scan::{Digits, Scan};
use super::words::Role;
use crate::dictionary::class;
use crate::token::form;

/// Years that stand alone in the news without a preposition.
pub(super) const COMMON_YEARS: std::ops::Range<i32> = 1900..2100;

impl Scan<'_> {
    /// The end of "BC" or "B.C." at a token.
    pub(super) fn before_christ(&self, at: usize) -> Option<usize> {
        if self.role(at) == Role::Before {
            return Some(at + 1);
        }
        let dotted = self.is_letter(at, b'b') && self.glued(at + 1, b'.') && self.is_letter(at + 2, b'c');
        dotted.then(|| at + 3 + usize::from(self.glued(at + 3, b'.')))
    }

    /// `2014-10`, `2014-Q3`; "2009-10" is two years.
    pub(super) fn year_and_month(&self, at: usize, digits: Digits<'_>, joint: u8) -> Hit {
        let year = digits.value;
        if joint != b'-' || digits.count != 4 || !(1900..2100).contains(&year) {
            return None;
        }
        if let Some(piece) = self.quarter_name(at + 2).filter(|_| !self.tokens[at + 2].is(form::SPACE)) {
            return Some((at + 3, Meaning::Piece(piece, Year::Given(year))));
        }
        let (month @ 1..=12, 2) = self.bare(at + 2)? else {
            return None;
        };
        let tight = !self.tokens[at + 2].is(form::SPACE) && !self.glued(at + 3, b'-');
        (tight && month <= year % 100).then_some((at + 3, Meaning::Fixed(Period::Month(year, month as u8))))
    }

    /// The year behind a month or day: `2024`, `, 2024`, `of last year`. The given position when there is none.
    pub(super) fn year_behind(&self, at: usize) -> (usize, Year) {
        let keys = &self.lexicon.keys;
        let comma = usize::from(self.symbol(at, b','));
        let of = usize::from(comma == 0 && self.is(at, keys.of));
        let dash = usize::from(comma + of == 0 && self.glued(at, b'-'));
        let next = at + comma + of + dash;
        if self.token(next).is_some_and(|t| t.is(form::PARAGRAPH)) {
            return (at, Year::Open);
        }
        if let Some((year @ 1000..2200, 4)) = self.bare(next)
            && !(self.glued(next + 1, b',')
                && self.token(next + 2).is_some_and(|t| t.is(form::DIGIT) && !t.is(form::SPACE)))
        {
            return (next + 1, Year::Given(year));
        }
        // "the summer of '68"
        if dash == 0
            && self.symbol(next, b'\'')
            && self.tokens[next].is(form::SPACE)
            && let Some((value, 2)) = self.bare(next + 1)
            && !self.tokens[next + 1].is(form::SPACE)
            && !self.glued(next + 2, b'\'')
        {
            return (next + 2, Year::Given(full_year(value, 2).unwrap_or_default()));
        }
        if let Role::Relative(by) = self.role(next)
            && self.word(next + 1).unit == Some(Unit::Year)
        {
            return (next + 2, Year::Shift(i32::from(by)));
        }
        if of == 1 && self.role(next) == Role::Same && self.word(next + 1).unit == Some(Unit::Year) {
            return (next + 2, Year::Open);
        }
        (at, Year::Open)
    }

    /// `1990s`, `19th century`.
    pub(super) fn decade_or_century(&self, at: usize, digits: Digits<'_>, joint: u8) -> Hit {
        let keys = &self.lexicon.keys;
        let Digits { value, count, suffix } = digits;
        let (plural, end) = if suffix.eq_ignore_ascii_case(b"s") {
            (true, at + 1)
        } else if suffix.is_empty() && joint == b'\'' && self.is(at + 2, keys.s) {
            (true, at + 3)
        } else {
            (false, at)
        };
        if plural && value % 10 == 0 {
            let the = || {
                self.before(at).is_some_and(|b| {
                    self.is(b, keys.the)
                        || matches!(self.role(b), Role::Edge)
                        || self.symbol(b, b'\'')
                        || self.symbol(b, b'-')
                })
            };
            return match count {
                4 if (1000..2100).contains(&value) => Some((end, Meaning::Fixed(Period::Decade(value)))),
                2 if value >= 20 && the() => Some((end, Meaning::Fixed(Period::Decade(1900 + value)))),
                _ => None,
            };
        }
        if !(1..=30).contains(&value) || !digits.has_ending() {
            return None;
        }
        self.nth_century(at + 1, value)
    }

    /// `century` behind an ordinal, with or without a hyphen; not before Christ.
    pub(super) fn nth_century(&self, at: usize, nth: i32) -> Hit {
        let at = at + usize::from(self.glued(at, b'-'));
        let unit = self.word(at).unit?;
        (unit == Unit::Century && self.role(at + 1) != Role::Before)
            .then_some((at + 1, Meaning::Fixed(Period::Century(nth - 1))))
    }

    /// `3Q 2024`, `1H24`: the number of the part stands first.
    pub(super) fn quarter_in_digits(&self, at: usize, digits: Digits<'_>) -> Hit {
        let piece = match (digits.suffix, digits.value) {
            ([b'Q'], n @ 1..=4) => Piece::Quarter(n as u8),
            ([b'H'], n @ 1..=2) => Piece::Half(n as u8),
            _ => return None,
        };
        let (end, year) = self.year_behind(at + 1);
        (year != Year::Open).then_some((end, Meaning::Piece(piece, year)))
    }

    /// A bare year, or two: `2019`, `2019-2021`, `2009/10`.
    pub(super) fn year(&self, at: usize, value: i32) -> Hit {
        if !(1000..2200).contains(&value) {
            return None;
        }
        let supported = self.after_preposition(at) || self.is_listed_year(at);
        let next = at + 1;
        if let Some((end, last)) = self.year_range(at, value) {
            return Some((end, Meaning::Range(Period::Year(value), Period::Year(last))));
        }
        let hyphen = self.before(at).is_some_and(|b| self.glued(b, b'-'));
        let token = self.token(next);
        // "2019 Q3", "2024 first half".
        if let Some(piece) = self.quarter_name(next) {
            return Some((next + 1, Meaning::Piece(piece, Year::Given(value))));
        }
        let counted = token.is_some_and(|t| {
            let small_plural = t.is(form::WORD)
                && t.form & form::CAPITAL == 0
                && !t.has(class::FUNCTION | class::TIME | class::MONTH)
                && [b's', b'n'].contains(&self.text.as_bytes()[t.end as usize - 1])
                && is_plural(t.of(self.text));
            t.has(class::UNIT | class::PEOPLE | class::NUMBER) && !t.has(class::FUNCTION | class::DEMONYM)
                || t.has(class::MONEY)
                    && (t.form & form::CAPITAL == 0 || t.is(form::ALL_CAPITALS))
                    && !t.has(class::FUNCTION)
                || t.is_symbol(b'%')
                || t.form & (form::DIGIT | form::SPACE) == form::DIGIT
                || small_plural && !supported
        });
        let unit = self.word(next).unit.is_some() && !supported;
        let glued_number = [b'.', b',', b'/', b':', b'-'].into_iter().any(|c| self.glued(next, c))
            && self.token(at + 2).is_some_and(|t| t.is(form::DIGIT) && !t.is(form::SPACE));
        if counted || unit || glued_number || hyphen && !supported && !COMMON_YEARS.contains(&value) {
            return None;
        }
        (supported && value < 2100 || COMMON_YEARS.contains(&value) && !self.is_number_name(at))
            .then_some((next, Meaning::Fixed(Period::Year(value))))
    }

    /// "(1738)", "c. 1640", "in 1861 and 1862", "the 1829 abolition": what stands around it makes it a year.
    fn is_listed_year(&self, at: usize) -> bool {
        let keys = &self.lexicon.keys;
        let Some(b) = self.before(at) else {
            return false;
        };
        let year = |at: usize| matches!(self.bare(at), Some((1000..2100, 4)));
        let listed = (self.is(b, keys.and) || self.symbol(b, b',')) && self.before(b).is_some_and(year);
        let circa = self.symbol(b, b'.') && self.before(b).is_some_and(|c| self.tokens[c].of(self.text) == "c");
        let bracket = self.symbol(b, b'(') && !self.glued(at + 1, b'-');
        let the = self.is(b, keys.the)
            && self
                .token(at + 1)
                .is_some_and(|t| t.is(form::WORD | form::SPACE) && !t.has(class::PEOPLE | class::UNIT | class::NUMBER));
        listed || circa || bracket || the
    }

    fn year_range(&self, at: usize, first: i32) -> Option<(usize, i32)> {
        let keys = &self.lexicon.keys;
        let dash = self.symbol(at + 1, b'-');
        let slash = self.glued(at + 1, b'/');
        let word = self.is(at + 1, keys.to) && self.before(at).is_some_and(|b| self.is(b, keys.from))
            || self.is(at + 1, keys.and) && self.before(at).is_some_and(|b| self.is(b, keys.between));
        if !dash && !slash && !word {
            return None;
        }
        let (value, count) = self.bare(at + 2)?;
        let last = match count {
            4 => value,
            2 if !word => first / 100 * 100 + value,
            _ => return None,
        };
        (last > first && last - first < 150 && last < 2200).then_some((at + 3, last))
    }

    /// "No. 1984", "Flight 2019", "$2000": a name or amount, not a year.
    fn is_number_name(&self, at: usize) -> bool {
        self.before(at).is_some_and(|b| {
            let token = &self.tokens[b];
            token.has(class::MONEY | class::UNIT) && !token.has(class::FUNCTION)
                || token.is_symbol(b'$')
                || token.is_symbol(b'#')
                || token.symbol == 0 && !token.is(form::WORD)
        })
    }

    /// `Q3`, `H1` as one token.
    pub(super) fn quarter_name(&self, at: usize) -> Option<Piece> {
        let token = self.token(at).filter(|t| matches!(t.symbol, b'Q' | b'q' | b'H'))?;
        match token.of(self.text).as_bytes() {
            [b'Q' | b'q', n @ b'1'..=b'4'] => Some(Piece::Quarter(n - b'0')),
            [b'H', n @ b'1'..=b'2'] => Some(Piece::Half(n - b'0')),
            _ => None,
        }
    }
}

/// Whether a noun has the form of many: "sites", "schoolchildren".
fn is_plural(noun: &str) -> bool {
    noun.ends_with('s') || noun.ends_with("children") || noun.ends_with("women")
}

//! Reads a dateline: where, when and through which agency a report was filed.
//!
//! Houses write it in many ways (`GENEVA, 3 May (AFP) –`, `Quito: `, `MINSK. BELTA The …`), so no form is fixed. It is
//! read as a place, then any order of dates, agencies and brackets, up to a dash or a colon; what was found decides
//! whether it counts. A bare capitalised word before a dash is none: sentences begin so too.

use crate::dictionary::class;
use crate::token::{Token, form};
use std::ops::Range;

/// A dateline, as ranges of tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dateline {
    /// All of it, with the dash or colon that ends it.
    pub whole: Range<u32>,
    /// The place, with its region if one is named. Known by its shape only.
    pub place: Range<u32>,
    /// Agencies and papers.
    pub agency: Vec<Range<u32>>,
    /// The date.
    pub date: Option<Range<u32>>,
    /// The date as year, month, day, where it names all three.
    pub date_value: Option<Day>,
}

/// Year, month, day.
pub type Day = (i32, u8, u8);

/// The names of the months, in order.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// No dateline is longer, in tokens.
const LONGEST: usize = 45;

/// Reads the dateline that begins at token `first` of a line which ends before token `end`.
pub fn read(text: &str, tokens: &[Token], first: usize, end: usize) -> Option<Dateline> {
    let stop = end.min(first + LONGEST);
    let mut reader = Reader { text, tokens: &tokens[..stop], at: first, found: Dateline::default() };
    reader.read(end)
}

/// Reads a byline that ends in a place, `By Ana Example | Quito`, which fills its line.
pub fn read_byline(text: &str, tokens: &[Token], first: usize, end: usize) -> Option<Dateline> {
    if end - first > 14 || !tokens[first].of(text).eq_ignore_ascii_case("by") {
        return None;
    }
    let bar = (first..end).rfind(|&i| tokens[i].is_symbol(b'|'))?;
    let place = bar + 1..end;
    let written = place.len() <= 4 && !place.is_empty() && tokens[place.clone()].iter().all(|t| t.is(form::CAPITAL));
    written.then(|| Dateline {
        whole: first as u32..end as u32,
        place: place.start as u32..place.end as u32,
        ..Dateline::default()
    })
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    found: Dateline,
}

impl Reader<'_> {
    fn token(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn sees(&self, symbol: u8) -> bool {
        self.token().is_some_and(|t| t.is_symbol(symbol))
    }

    /// A dash that stands apart on one side, or two.
    fn sees_dash(&self) -> bool {
        let next = self.tokens.get(self.at + 1);
        self.sees(b'-')
            && (self.token().is_some_and(|t| t.is(form::SPACE))
                || next.is_some_and(|t| t.is(form::SPACE) || t.is_symbol(b'-')))
    }

    fn read(&mut self, line_end: usize) -> Option<Dateline> {
        let first = self.at;
        let capitals = self.place()?;
        let known = self.tokens[first].has(class::NAME | class::NAME_START);
        let mut bracket = false;
        let mut agency_beside = false;
        let ended = loop {
            let Some(token) = self.token() else {
                break false;
            };
            if self.sees_dash() {
                while self.sees(b'-') {
                    self.at += 1;
                }
                break true;
            }
            if token.is_symbol(b':') {
                self.at += 1;
                break true;
            }
            if token.is_symbol(b'(') {
                bracket |= self.bracket()?;
            } else if token.is_symbol(b',') || token.is_symbol(b'.') || token.is_symbol(b'/') || token.is_symbol(b'|') {
                self.at += 1;
            } else if let Some((end, value)) =
                read_date(self.text, self.tokens, self.at).filter(|_| self.found.date.is_none())
            {
                self.set_date(end, value);
            } else if capitals && self.is_agency() && self.found.agency.is_empty() {
                self.found.agency.push(self.at as u32..self.at as u32 + 1);
                self.at += 1;
                agency_beside = true;
            } else {
                break false;
            }
        };
        let dated = self.found.date.is_some();
        let sourced = !self.found.agency.is_empty();
        let text_follows = self.token().is_none_or(|t| t.is(form::CAPITAL) || t.is(form::DIGIT) || !t.is(form::WORD));
        let counts = if ended {
            (dated || (sourced && (bracket || capitals)) || (capitals && known)) && (known || dated || sourced)
        } else {
            text_follows
                && capitals
                && (known || dated)
                && ((bracket && (dated || sourced))
                    || agency_beside
                    || (dated && self.tokens[self.at - 1].is_symbol(b'.')))
        };
        if !counts || (self.at == line_end && !dated && !sourced) {
            return None;
        }
        self.found.whole = first as u32..self.at as u32;
        Some(std::mem::take(&mut self.found))
    }

    /// The place; whether it is all in capitals.
    fn place(&mut self) -> Option<bool> {
        let first = self.at;
        if !self.token()?.is(form::CAPITAL) {
            return None;
        }
        let (mut words, mut capitals, mut end) = (0, true, first);
        while let Some(token) = self.token() {
            let glued = self.at > first && !token.is(form::SPACE);
            let small_inside = words > 0
                && token.is(form::WORD)
                && token.has(class::FUNCTION | class::PARTICLE)
                && self.tokens.get(self.at + 1).is_some_and(|t| t.is(form::CAPITAL));
            if token.is(form::CAPITAL) && words < 5 {
                if self.starts_date() {
                    break;
                }
                // The first part alone must be in capitals: "KYIV, Ukraine".
                capitals &= token.is(form::ALL_CAPITALS)
                    || end > first && self.tokens[first..self.at].iter().any(|t| t.is_symbol(b','));
                words += 1;
                self.at += 1;
                end = self.at;
            } else if (small_inside && words < 5)
                || (glued && self.joins_place())
                || (token.is_symbol(b',') && self.region_follows())
            {
                self.at += 1;
            } else {
                break;
            }
        }
        self.at = end;
        self.found.place = first as u32..end as u32;
        (words > 0).then_some(capitals)
    }

    /// A hyphen, apostrophe, stroke or the stop of "St." inside a place.
    fn joins_place(&self) -> bool {
        let Some(next) = self.tokens.get(self.at + 1) else {
            return false;
        };
        let token = &self.tokens[self.at];
        let joined = !next.is(form::SPACE) && next.is(form::WORD);
        match token.symbol {
            b'-' | b'\'' | b'/' => joined,
            b'.' => {
                let before = &self.tokens[self.at - 1];
                let len = before.end - before.start;
                len == 1 || (len == 2 && before.has(class::ABBREVIATION) && next.is(form::CAPITAL))
            }
            _ => false,
        }
    }

    /// After a comma: one to three capitalised words and then what goes on with the dateline.
    fn region_follows(&self) -> bool {
        let rest = &self.tokens[self.at + 1..];
        let words = rest.iter().take_while(|t| t.is(form::CAPITAL)).count();
        let after = rest.get(words);
        (1..=3).contains(&words)
            && read_date(self.text, self.tokens, self.at + 1).is_none()
            && after.is_some_and(|t| matches!(t.symbol, b'-' | b',' | b':' | b'(' | b'.') && t.form & form::WORD == 0)
    }

    fn starts_date(&self) -> bool {
        self.found.date.is_none() && self.at > 0 && read_date(self.text, self.tokens, self.at).is_some()
    }

    fn is_agency(&self) -> bool {
        let token = &self.tokens[self.at];
        let inner = token.is(form::INNER_CAPITAL);
        token.end - token.start >= 2
            && (token.is(form::ALL_CAPITALS) || (token.is(form::CAPITAL) && inner) || self.between_strokes())
    }

    fn between_strokes(&self) -> bool {
        self.at > 0
            && self.tokens[self.at - 1].is_symbol(b'/')
            && self.tokens.get(self.at + 1).is_some_and(|t| t.is_symbol(b'/'))
    }

    fn set_date(&mut self, end: usize, value: Option<Day>) {
        self.found.date = Some(self.at as u32..end as u32);
        self.found.date_value = value;
        self.at = end;
    }

    /// `(Agency / Paper - 24th Oct, 2024)`: agencies and a date. False when it holds neither, `None` when it is open.
    fn bracket(&mut self) -> Option<bool> {
        let close = (self.at..self.tokens.len()).find(|&i| self.tokens[i].is_symbol(b')'))?;
        self.at += 1;
        let mut any = false;
        while self.at < close {
            if let Some((end, value)) = read_date(self.text, self.tokens, self.at).filter(|(end, _)| *end <= close) {
                self.set_date(end, value);
                any = true;
                continue;
            }
            let from = self.at;
            while self.at < close
                && !self.is_divider()
                && (self.at == from || read_date(self.text, self.tokens, self.at).is_none())
            {
                self.at += 1;
            }
            if self.at > from && self.tokens[from].is(form::CAPITAL) {
                self.found.agency.push(from as u32..self.at as u32);
                any = true;
            }
            while self.at < close && self.is_divider() {
                self.at += 1;
            }
            if self.at == from {
                self.at += 1;
            }
        }
        self.at = close + 1;
        Some(any)
    }

    fn is_divider(&self) -> bool {
        self.sees(b'/') || self.sees(b'|') || self.sees(b';') || self.sees(b',') || self.sees_dash()
    }
}

/// Reads a written date at token `at`: one past its last token, and its value when it names the year.
#[inline]
pub fn read_date(text: &str, tokens: &[Token], at: usize) -> Option<(usize, Option<Day>)> {
    // The lists know all names of months and days that are read here, so a word of no such class begins no date.
    let first = tokens.get(at)?;
    if first.is(form::DIGIT) || first.has(class::MONTH | class::WEEKDAY) { date(text, tokens, at) } else { None }
}

#[inline(never)]
fn date(text: &str, tokens: &[Token], mut at: usize) -> Option<(usize, Option<Day>)> {
    let first = tokens.get(at)?;
    if first.has(class::WEEKDAY) && is_weekday(first.of(text)) {
        at += 1;
        at += usize::from(tokens.get(at).is_some_and(|t| t.is_symbol(b',') || t.is_symbol(b'.')));
        if tokens.get(at).is_some_and(|t| t.is_symbol(b',')) {
            at += 1;
        }
    }
    let number = |at: usize| tokens.get(at).filter(|t| t.is(form::DIGIT)).and_then(|t| leading_number(t.of(text)));
    let month = |at: usize| tokens.get(at).filter(|t| t.has(class::MONTH)).and_then(|t| month(t.of(text)));
    let skip = |at: usize, symbol: u8| at + usize::from(tokens.get(at).is_some_and(|t| t.is_symbol(symbol)));
    if let Some((year, 4)) = number(at) {
        let value = iso(text, tokens, at)?;
        debug_assert_eq!(value.0, year);
        return Some((at + 5, Some(value)));
    }
    let (m, d, after) = if let (Some((d, ..=2)), Some(m)) = (number(at), month(at + 1)) {
        (m, d, skip(at + 2, b'.'))
    } else {
        let m = month(at)?;
        let next = skip(at + 1, b'.');
        let (d, digits) = number(next)?;
        (digits <= 2).then_some((m, d, next + 1))?
    };
    if !(1..=31).contains(&d) {
        return None;
    }
    let year_at = skip(after, b',');
    match number(year_at) {
        Some((y, 4)) if (1900..2200).contains(&y) => Some((year_at + 1, Some((y, m, d as u8)))),
        _ => Some((after, None)),
    }
}

/// `2024-10-24` as five tokens from `at` on.
pub fn iso(text: &str, tokens: &[Token], at: usize) -> Option<Day> {
    let five = tokens.get(at..at + 5)?;
    let glued = five[1..].iter().all(|t| !t.is(form::SPACE));
    if !glued || !five[1].is_symbol(b'-') || !five[3].is_symbol(b'-') {
        return None;
    }
    let part = |i: usize, len: usize| {
        five[i].of(text).parse::<i32>().ok().filter(|_| five[i].end - five[i].start == len as u32)
    };
    let (y, m, d) = (part(0, 4)?, part(2, 2)?, part(4, 2)?);
    ((1..=12).contains(&m) && (1..=31).contains(&d)).then_some((y, m as u8, d as u8))
}

/// The number that a word begins with and its digits; the rest may only be the ending of an ordinal.
fn leading_number(word: &str) -> Option<(i32, usize)> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &word[digits..];
    let ordinal = rest.is_empty() || ["st", "nd", "rd", "th"].iter().any(|o| rest.eq_ignore_ascii_case(o));
    (1..=4).contains(&digits).then_some(())?;
    ordinal.then(|| word[..digits].parse().ok().map(|n| (n, digits))).flatten()
}

fn month(word: &str) -> Option<u8> {
    let begins = |m: &str| {
        word.len() >= 3 && word.is_ascii() && m.len() >= word.len() && m[..word.len()].eq_ignore_ascii_case(word)
    };
    let full = |m: &str| word.len() == m.len() || word.len() == 3 || (word.len() == 4 && m == "september");
    MONTHS.iter().position(|m| begins(m) && full(m)).map(|i| i as u8 + 1)
}

fn is_weekday(word: &str) -> bool {
    DAYS.iter().any(|d| d.eq_ignore_ascii_case(word) || (word.len() == 3 && d[..3].eq_ignore_ascii_case(word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::token::hash_folded;

    #[test]
    fn the_lists_know_every_month_and_day_that_is_read() {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
        let knows = |word: &str, class: u32| dictionary.probe(hash_folded(word)).0 & class != 0;
        for month in MONTHS {
            assert!(knows(month, class::MONTH) && knows(&month[..3], class::MONTH), "{month}");
        }
        assert!(knows("sept", class::MONTH));
        for day in DAYS {
            assert!(knows(day, class::WEEKDAY) && knows(&day[..3], class::WEEKDAY), "{day}");
        }
    }
}

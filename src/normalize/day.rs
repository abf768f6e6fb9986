//! Reads the dates that stand in the head of an article: `3 March 2024`, `Oct. 24th`, `2024-10-24`, `12.03.2024`.

use crate::dictionary::class;
use crate::token::{Token, form};

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

/// Reads a written date at token `at`: one past its last token, and its value when it names the year.
#[inline]
pub fn read_date(text: &str, tokens: &[Token], at: usize) -> Option<(usize, Option<Day>)> {
    // The lists know all names of months and days that are read here, so a word of no such class begins no date.
    let first = tokens.get(at)?;
    if first.is(form::DIGIT) || first.has(class::MONTH | class::WEEKDAY) {
        Reader { text, tokens }.date(at)
    } else {
        None
    }
}

/// The date at token `at`, of this year.
pub fn with_year(text: &str, tokens: &[Token], at: usize, year: i32) -> Option<Day> {
    let reader = Reader { text, tokens };
    let at = reader.behind_weekday(at);
    let month = (at..at + 3).find_map(|at| reader.month(at))?;
    let number = (at..at + 3).find_map(|at| reader.number(at))?.0;
    day(year, i32::from(month), number)
}

/// `2024-10-24` as five tokens from `at` on.
pub fn iso(text: &str, tokens: &[Token], at: usize) -> Option<Day> {
    let reader = Reader { text, tokens };
    let [(y, 4), (m, 2), (d, 2)] = reader.numbers(at, b'-')? else { return None };
    day(y, m, d)
}

/// Whether a word is the name of a day of the week.
pub fn is_weekday(word: &str) -> bool {
    DAYS.iter().any(|d| d.eq_ignore_ascii_case(word) || (word.len() == 3 && d[..3].eq_ignore_ascii_case(word)))
}

fn day(y: i32, m: i32, d: i32) -> Option<Day> {
    ((1..=12).contains(&m) && (1..=31).contains(&d) && (1900..2200).contains(&y)).then_some((y, m as u8, d as u8))
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl Reader<'_> {
    #[inline(never)]
    fn date(&self, at: usize) -> Option<(usize, Option<Day>)> {
        let at = self.behind_weekday(at);
        if let Some(found) = self.in_numbers(at) {
            return Some(found);
        }
        let (m, d, after) = match self.number(at) {
            Some((d, ..=2)) => {
                let next = self.skip(at + 1, b'-');
                let next = next + usize::from(self.word(next).eq_ignore_ascii_case("of"));
                (self.month(next)?, d, self.skip(next + 1, b'.'))
            }
            Some(_) => return None,
            None => {
                let m = self.month(at)?;
                let next = self.skip(at + 1, b'.');
                let (d, digits) = self.number(next)?;
                (digits <= 2).then_some((m, d, next + 1))?
            }
        };
        if !(1..=31).contains(&d) {
            return None;
        }
        let year_at = self.skip(self.skip(after, b','), b'-');
        match self.number(year_at) {
            Some((y, 4)) if (1900..2200).contains(&y) => Some((year_at + 1, Some((y, m, d as u8)))),
            _ => Some((after, None)),
        }
    }

    /// `2024-10-24`, `2024/10/24`, `24.10.2024`, `24/10/2024`. Of the last form it is told which is the month only
    /// where one of both numbers can be none; with stops the day stands first everywhere.
    fn in_numbers(&self, at: usize) -> Option<(usize, Option<Day>)> {
        let mark = self.tokens.get(at + 1).map(|t| t.symbol).filter(|s| matches!(s, b'-' | b'/' | b'.'))?;
        let value = match self.numbers(at, mark)? {
            [(y, 4), (m, ..=2), (d, ..=2)] => Some(day(y, m, d)?),
            [(d, ..=2), (m, ..=2), (y, 4)] if mark == b'.' || d > 12 => Some(day(y, m, d)?),
            [(m, ..=2), (d, ..=2), (y, 4)] if d > 12 => Some(day(y, m, d)?),
            [(d, ..=2), (m, ..=2), (y, 4)] => Some(day(y, m, d)?).filter(|_| d == m),
            _ => return None,
        };
        Some((at + 5, value))
    }

    /// Three numbers with `mark` between them and nothing else, each with its digits.
    fn numbers(&self, at: usize, mark: u8) -> Option<[(i32, usize); 3]> {
        let five = self.tokens.get(at..at + 5)?;
        let glued = five[1..].iter().all(|t| !t.is(form::SPACE));
        if !glued || !five[1].is_symbol(mark) || !five[3].is_symbol(mark) {
            return None;
        }
        let part = |i: usize| {
            let word = five[i].of(self.text);
            word.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
            Some((word.parse::<i32>().ok()?, word.len()))
        };
        Some([part(0)?, part(2)?, part(4)?])
    }

    fn behind_weekday(&self, at: usize) -> usize {
        let is_named = self.tokens.get(at).is_some_and(|t| t.has(class::WEEKDAY) && is_weekday(t.of(self.text)));
        if is_named { self.skip(self.skip(at + 1, b'.'), b',') } else { at }
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.of(self.text))
    }

    fn skip(&self, at: usize, symbol: u8) -> usize {
        at + usize::from(self.tokens.get(at).is_some_and(|t| t.is_symbol(symbol)))
    }

    fn number(&self, at: usize) -> Option<(i32, usize)> {
        self.tokens.get(at).filter(|t| t.is(form::DIGIT)).and_then(|t| leading_number(t.of(self.text)))
    }

    fn month(&self, at: usize) -> Option<u8> {
        self.tokens.get(at).filter(|t| t.has(class::MONTH)).and_then(|t| month(t.of(self.text)))
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::token::{Tokens, hash_folded};

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

    #[test]
    fn dates_are_read_in_every_form() {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
        let some = Some((2024, 3, 14));
        for (written, value) in [
            ("14 March 2024", some),
            ("14th of March, 2024", some),
            ("14-Mar-2024", some),
            ("Thursday, March 14th, 2024", some),
            ("Thu. 14 Mar. 2024", some),
            ("MARCH 14, 2024", some),
            ("2024-03-14", some),
            ("2024/03/14", some),
            ("14.03.2024", some),
            ("14/3/2024", some),
            ("3/14/2024", some),
            ("03/04/2024", None),
            ("March 14", None),
            ("14 March", None),
        ] {
            let mut tokens = Tokens::default();
            tokens.tokenize(written);
            dictionary.annotate(&mut tokens);
            assert_eq!(read_date(written, &tokens, 0), Some((tokens.len(), value)), "{written}");
        }
        for written in ["March", "2024", "14", "Monday", "45 March", "2024-13-40", "14.15", "1.2.3"] {
            let mut tokens = Tokens::default();
            tokens.tokenize(written);
            dictionary.annotate(&mut tokens);
            assert_eq!(read_date(written, &tokens, 0), None, "{written}");
        }
    }
}

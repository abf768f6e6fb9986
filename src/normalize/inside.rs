//! Weighs a space that may be missing inside a word: `OmarSameko`, `in1997`, and by letters alone `ofthe`.
//!
//! How a word is written says most: at a change of case or beside digits few words are one. A word that only its letters
//! can divide is left to [`super::divide`].

use super::RepairKind;
use super::junction::{Junction, Scale, Workings};
use super::letters::LONGEST;
use super::words::Word;
use crate::dictionary::class;
use crate::token::form;

/// Endings that follow a number without being a word.
const AFTER_DIGITS: &[&str] = &[
    "st", "nd", "rd", "th", "s", "am", "pm", "km", "kg", "mm", "cm", "bn", "mn", "tn", "m", "k", "x", "ft", "lb",
    "lbs", "mph", "kph", "hz", "mb", "gb", "g", "d", "p", "yr", "hr", "hrs", "min", "mins", "sec", "ml", "mg", "oz",
    "in", "kw", "mw", "gw", "l", "t", "th", "a", "b", "c", "e", "i",
];
/// What may stand between an apostrophe and a lost space.
const AFTER_APOSTROPHE: &[&str] = &["s", "t", "d", "m", "ll", "re", "ve"];
/// Beginnings of names with a capital inside: McDonald, LaPorte, DeVos.
const NAME_PREFIXES: &[&str] =
    &["mc", "mac", "de", "di", "da", "du", "la", "le", "lo", "fitz", "al", "el", "ab", "o", "st"];

impl Scale<'_, '_> {
    /// The likeliest junction inside the word `i`, which must be no address. Its neighbours are asked only with
    /// `context`.
    pub fn inside(&self, i: usize, context: bool, workings: &mut Workings) -> Option<Junction> {
        let token = &self.tokens[i];
        let bytes = &self.text.as_bytes()[token.start as usize..token.end as usize];
        if bytes.len() < 2 || bytes.len() > LONGEST {
            return None;
        }
        if self.is_behind_apostrophe(i)
            && let Some(found) = self.after_apostrophe(i, &mut workings.folded)
        {
            return Some(found);
        }
        if bytes.iter().any(u8::is_ascii_digit) {
            return self.beside_digits(i, &mut workings.folded);
        }
        if token.is(form::ALL_CAPITALS) {
            return None;
        }
        if !token.is(form::INNER_CAPITAL) {
            return self.two_words(i, token.start as usize, context, workings);
        }
        let change = self.case_change(i, &mut workings.folded);
        // "LaSallesaid": the last part may hold a second word.
        let last = self.text[token.start as usize..token.end as usize].rfind(char::is_uppercase)?;
        let capital_before = self.text[..token.start as usize + last].ends_with(char::is_uppercase);
        let tail = (token.start as usize + last..token.end as usize).len();
        let rest = (tail > 3 && !capital_before)
            .then(|| self.two_words(i, token.start as usize + last, context, workings))
            .flatten();
        match (change, rest.filter(|r| r.odds > 0.0)) {
            (Some(c), Some(r)) if c.odds >= r.odds => Some(c),
            (c, r) => r.or(c),
        }
    }

    /// `theDanish`, `OmarSameko`, `NATOand`: the best change of case.
    fn case_change(&self, i: usize, folded: &mut String) -> Option<Junction> {
        let token = &self.tokens[i];
        let (start, end) = (token.start as usize, token.end as usize);
        let word = &self.text[start..end];
        let mut best: Option<Junction> = None;
        let mut before: Option<char> = None;
        for (k, c) in word.char_indices() {
            let was = before.replace(c);
            let Some(was) = was else { continue };
            let up = was.is_lowercase() && c.is_uppercase();
            let down = was.is_uppercase() && c.is_lowercase() && k >= 2;
            let after = word[k..].chars().nth(1);
            let last_of_run = k >= 2 && was.is_uppercase() && c.is_uppercase() && after.is_some_and(char::is_lowercase);
            if !up && !down && !last_of_run {
                continue;
            }
            let (first, second) = word.split_at(k);
            let a_capital = first.starts_with(char::is_uppercase);
            let a = self.words.look(self.dictionary, self.hash(start, start + k, folded), a_capital);
            let b = self.words.look(self.dictionary, self.hash(start + k, end, folded), !down);
            let odds = if up {
                self.up(first, second, &a, &b)
            } else if last_of_run {
                if first.chars().any(char::is_lowercase) || second.len() < 3 {
                    -9.0
                } else if b.is_function() {
                    1.5
                } else if b.known.is_some() {
                    0.7
                } else {
                    0.0
                }
            } else {
                down_odds(first, second, &b)
            };
            if best.is_none_or(|j| odds > j.odds) {
                best = Some(Junction {
                    at: (start + k) as u32,
                    token: i as u32,
                    odds,
                    kind: RepairKind::CaseChange,
                    parts: [a.hash, b.hash],
                });
            }
        }
        best.filter(|j| j.odds > -5.0)
    }

    /// Odds of small letters, then a capital.
    fn up(&self, first: &str, second: &str, a: &Word, b: &Word) -> f32 {
        const PERSON: u32 = class::GIVEN | class::SURNAME;
        let lower = first.starts_with(char::is_lowercase);
        if first.len() == 1 {
            return if first == "a" && b.known.is_some() { 0.0 } else { -9.0 };
        }
        if NAME_PREFIXES.iter().any(|p| p.eq_ignore_ascii_case(first)) {
            // "Al" and "La" begin names; "de" and "of" in small letters were glued.
            return if a.is_function() && lower { 2.0 } else { -9.0 };
        }
        let pull = if self.dictionary.bigram(a.hash, b.hash) > 0 { 1.0 } else { 0.0 };
        let base = if second.chars().filter(|c| c.is_uppercase()).count() > 2 && !lower {
            -0.5
        } else {
            match (lower, a.known.is_some(), b.known.is_some()) {
                (true, true, _) if a.is_function() => 3.0,
                (true, true, true) => 2.5,
                (true, true, false) if second.len() > 2 => 2.0,
                (false, true, _) if a.is_function() => 1.4,
                (false, true, true)
                    if a.class & PERSON != 0 && b.class & PERSON != 0 && a.class & class::LEXICON == 0 =>
                {
                    2.0
                }
                (false, true, true) => 0.7,
                (false, true, false) | (false, false, true) if second.len() > 3 => 1.2,
                _ => -0.5,
            }
        };
        base + pull
    }

    /// `in1997`, `1997the`.
    fn beside_digits(&self, i: usize, folded: &mut String) -> Option<Junction> {
        let token = &self.tokens[i];
        let (start, end) = (token.start as usize, token.end as usize);
        let word = &self.text[start..end];
        let mut k = word.find(|c: char| c.is_ascii_digit() != word.as_bytes()[0].is_ascii_digit())?;
        let digits_first = word.as_bytes()[0].is_ascii_digit();
        if digits_first {
            // "41stminute": the ending of an ordinal belongs to the number.
            let ordinal = ["st", "nd", "rd", "th"].iter().any(|o| word[k..].starts_with(o)) && word.len() > k + 4;
            k += if ordinal && !word[k..].starts_with("the") && !word[k..].starts_with("thi") { 2 } else { 0 };
        }
        let (first, second) = word.split_at(k);
        let (digits, letters) = if digits_first { (first, second) } else { (second, first) };
        let digits = digits.trim_end_matches(|c: char| digits_first && c.is_ascii_alphabetic());
        let digits = match digits.find(|c: char| c.is_ascii_alphabetic()) {
            Some(at) if AFTER_DIGITS.contains(&&digits[at..]) => &digits[..at],
            _ => digits,
        };
        if !digits.bytes().all(|b| b.is_ascii_digit())
            || !letters.bytes().all(|b| b.is_ascii_alphabetic())
            || letters.len() < 2
        {
            return None;
        }
        let (from, to) = if digits_first { (start + k, end) } else { (start, start + k) };
        let capital = letters.as_bytes()[0].is_ascii_uppercase();
        let part = self.words.look(self.dictionary, self.hash(from, to, folded), capital);
        part.known?;
        let lower = letters.bytes().all(|b| b.is_ascii_lowercase());
        let mixed = letters.bytes().skip(1).any(|b| b.is_ascii_uppercase());
        if mixed || (digits_first && AFTER_DIGITS.contains(&letters)) {
            return None;
        }
        let odds = match (lower, part.is_function(), part.class & class::COMMON != 0) {
            (true, true, _) => 2.5,
            (true, _, true) => 1.3,
            (false, _, true) => 0.8,
            _ => 0.0,
        };
        Some(Junction { at: (start + k) as u32, token: i as u32, odds, kind: RepairKind::Digits, parts: [0; 2] })
    }

    /// `Peru’srivers`.
    fn after_apostrophe(&self, i: usize, folded: &mut String) -> Option<Junction> {
        let token = &self.tokens[i];
        let (start, end) = (token.start as usize, token.end as usize);
        let word = &self.text[start..end];
        // An apostrophe that opens a quotation has a space before it.
        let joined = self.tokens[i.checked_sub(2)?].is(form::WORD) && !self.tokens[i - 1].is(form::SPACE);
        if AFTER_APOSTROPHE.contains(&word) || (token.class & class::LEXICON != 0 && !joined) {
            return None;
        }
        let first = AFTER_APOSTROPHE
            .iter()
            .filter(|a| word.starts_with(**a) && word.len() >= a.len() + 2)
            .max_by_key(|a| a.len())?;
        let at = start + first.len();
        let rest = &self.text[at..end];
        let b = self.words.look(self.dictionary, self.hash(at, end, folded), rest.starts_with(char::is_uppercase));
        b.known?;
        Some(Junction {
            at: at as u32,
            token: i as u32,
            odds: if rest.len() > 2 || b.is_function() { 2.0 } else { 0.0 },
            kind: RepairKind::Letters,
            parts: [0, b.hash],
        })
    }
}

fn down_odds(first: &str, second: &str, b: &Word) -> f32 {
    if second.chars().any(char::is_uppercase) || first.chars().any(char::is_lowercase) || second.len() < 2 {
        return -9.0;
    }
    // "NATOand" and "MPs": the capitals must be a word by themselves.
    match b.known {
        Some(_) if b.is_function() => 2.0,
        Some(_) if second.len() > 3 && b.class & class::COMMON != 0 => 0.5,
        Some(_) if second.len() > 4 => 0.2,
        _ => -9.0,
    }
}

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
/// Odds that a plural of capitals costs: "MPs and" for "MPsand".
const PLURAL: f32 = 0.3;
/// What may stand between an apostrophe and a lost space.
const AFTER_APOSTROPHE: &[&str] = &["s", "t", "d", "m", "ll", "re", "ve"];
/// Most changes from small letters to capitals in one word that may have lost spaces.
const LONGEST_RUN: usize = 2;
/// Beginnings of names with a capital inside: McDonald, LaPorte, DeVos.
const NAME_PREFIXES: &[&str] =
    &["mc", "mac", "de", "di", "da", "du", "la", "le", "lo", "fitz", "al", "el", "ab", "o", "st"];

impl Scale<'_, '_> {
    /// Adds the likeliest junctions inside the word `i`, which must be no address. Its neighbours are asked only with
    /// `context`.
    pub fn inside(&self, i: usize, context: bool, workings: &mut Workings, found: &mut Vec<Junction>) {
        let token = &self.tokens[i];
        let (start, end) = (token.start as usize, token.end as usize);
        let word = &self.text[start..end];
        if word.len() < 2 || word.len() > LONGEST {
            return;
        }
        if self.is_behind_apostrophe(i)
            && let Some(junction) = self.after_apostrophe(i, &mut workings.folded)
        {
            return found.push(junction);
        }
        if word.bytes().any(|b| b.is_ascii_digit()) {
            return found.extend(self.beside_digits(i, &mut workings.folded));
        }
        if token.is(form::ALL_CAPITALS) {
            return;
        }
        if !token.is(form::INNER_CAPITAL) {
            self.divide(i, start..end, context, workings, found);
            return;
        }
        // "YouTube" is listed as it is written.
        let listed = token.class & (class::NAME | class::NAME_CAPITALS | class::GIVEN | class::SURNAME) != 0;
        if !listed || word.starts_with(char::is_lowercase) {
            self.case_changes(i, &mut workings.folded, found);
        }
        // "LaSallesaid": the last part may hold a second word.
        let Some(last) = word.rfind(char::is_uppercase) else { return };
        let prefix = NAME_PREFIXES.iter().any(|p| p.eq_ignore_ascii_case(&word[..last]));
        if word.len() - last > 3 && !word[..last].ends_with(char::is_uppercase) && !(prefix && listed) {
            self.divide(i, start + last..end, context, workings, found);
        }
    }

    /// `theDanish`, `OmarSameko`: every small letter before a capital; `NATOand`, `MPsand`, `EXFBut`: the best change behind
    /// capitals.
    fn case_changes(&self, i: usize, folded: &mut String, found: &mut Vec<Junction>) {
        let token = &self.tokens[i];
        let (start, end) = (token.start as usize, token.end as usize);
        let word = &self.text[start..end];
        let mut junction =
            |from: usize, k: usize, to: usize, capital: bool, weigh: &dyn Fn(&str, &str, &Word, &Word) -> f32| {
                let (first, second) = (&word[from..k], &word[k..to]);
                let hash = self.hash(start + from, start + k, folded);
                let a = self.words.look(self.dictionary, hash, first.starts_with(char::is_uppercase));
                let b = self.words.look(self.dictionary, self.hash(start + k, start + to, folded), capital);
                let (at, token, odds) = ((start + k) as u32, i as u32, weigh(first, second, &a, &b));
                Junction { at, token, odds, kind: RepairKind::CaseChange, parts: [a.hash, b.hash] }
            };
        let is_up = |(k, c): &(usize, char)| c.is_uppercase() && word[..*k].ends_with(char::is_lowercase);
        // Where many words run together, a page wrote them so.
        let run = word.char_indices().filter(is_up).count() > LONGEST_RUN && word.starts_with(char::is_uppercase);
        let mut from = 0;
        for (k, _) in word.char_indices().filter(is_up) {
            let to = word[k..]
                .char_indices()
                .skip(1)
                .map(|(at, c)| (k + at, c))
                .find(is_up)
                .map_or(word.len(), |(at, _)| at);
            found.push(junction(from, k, to, true, &|first, second, a, b| {
                if run { -0.5 } else { self.up(i, first, second, a, b) }
            }));
            from = k;
        }
        let mut best: Option<Junction> = None;
        let mut before: Option<char> = None;
        for (k, c) in word.char_indices() {
            let Some(was) = before.replace(c) else { continue };
            let down = was.is_uppercase() && c.is_lowercase() && k >= 2;
            let after = word[k..].chars().nth(1);
            let article = k == 1 && was == 'A' && self.begins_sentence(i);
            let last_of_run =
                (k >= 2 || article) && was.is_uppercase() && c.is_uppercase() && after.is_some_and(char::is_lowercase);
            if !down && !last_of_run {
                continue;
            }
            let plural = down && c == 's' && word.len() - k > 3;
            let here = [
                Some(junction(0, k, word.len(), !down, &|first, second, _, b| match down {
                    true => behind_capitals(first, second, b),
                    false => before_capital(first, second, b),
                })),
                plural.then(|| {
                    junction(0, k + 1, word.len(), false, &|first, second, _, b| {
                        behind_capitals(&first[..k], second, b) - PLURAL
                    })
                }),
            ];
            for j in here.into_iter().flatten() {
                if best.is_none_or(|best| j.odds > best.odds) {
                    best = Some(j);
                }
            }
        }
        found.extend(best.filter(|j| j.odds > -5.0));
    }

    /// Odds of small letters, then a capital.
    fn up(&self, i: usize, first: &str, second: &str, a: &Word, b: &Word) -> f32 {
        const PERSON: u32 = class::GIVEN | class::SURNAME;
        let lower = first.starts_with(char::is_lowercase);
        if first.len() == 1 {
            return if first == "a" && b.known.is_some() { 2.0 } else { -9.0 };
        }
        if NAME_PREFIXES.iter().any(|p| p.eq_ignore_ascii_case(first)) {
            // "Al" and "La" begin names; "de" and "of" in small letters were glued.
            return if a.is_function() && lower { 2.5 } else { -9.0 };
        }
        let pull = if self.dictionary.bigram(a.hash, b.hash) > 0 { 0.9 } else { 0.0 };
        let base = match (lower, a.known.is_some(), b.known.is_some()) {
            (true, true, _) if a.is_function() => 3.6,
            (true, true, true) => 2.7,
            (true, true, false) if second.len() > 2 => 2.5,
            (false, true, _) if a.is_function() => 2.0,
            (false, true, true) if a.class & PERSON != 0 && b.class & PERSON != 0 && a.class & class::LEXICON == 0 => {
                2.8
            }
            (false, true, true) => 2.0,
            (false, true, false) | (false, false, true) if second.len() > 3 => 1.7,
            // "HollisK. Osei"
            (false, true, _) if second.len() == 1 && self.tokens.get(i + 1).is_some_and(|t| t.is_symbol(b'.')) => 2.0,
            _ => 0.5,
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
            k += self.ending_of_number(start, k, end, folded);
        } else if word.as_bytes()[1..k].iter().any(u8::is_ascii_uppercase)
            || word.as_bytes()[0].is_ascii_uppercase() && !word[k..].bytes().all(|b| b.is_ascii_digit())
        {
            return self.beside_code(i, folded);
        }
        let (first, second) = word.split_at(k);
        let (digits, letters) = if digits_first { (first, second) } else { (second, first) };
        let junction = |odds: f32, parts: [u64; 2]| {
            Some(Junction { at: (start + k) as u32, token: i as u32, odds, kind: RepairKind::Digits, parts })
        };
        let number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
        // "5p.m."
        if matches!(letters, "a" | "p") && digits_first && number(digits) && self.is_half_of_day(i) {
            return junction(1.5, [0; 2]);
        }
        // "a75-foot"; "200in the", for few lengths are told in inches.
        if letters == "a" && !digits_first && number(digits) {
            return junction(2.0, [0; 2]);
        }
        if letters == "in" && digits_first && number(digits) && self.begins_phrase(i + 1) {
            return junction(2.3, [0; 2]);
        }
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
            // "20million" is a way to write it.
            _ if digits_first && part.class & class::NUMBER != 0 => 1.0,
            (true, true, _) => 3.5,
            (true, _, true) => 3.1,
            (false, _, true) => 2.5,
            _ => 2.0,
        };
        let parts = if part.is_function() {
            [0; 2]
        } else {
            [self.hash(start, start + k, folded), self.hash(start + k, end, folded)]
        };
        junction(odds, parts)
    }

    /// Bytes behind the first `k` digits of a word that belong to the number: the ending of `41stminute`, the plural of
    /// `1960sand`. None where the letters are a word: `50students`.
    fn ending_of_number(&self, start: usize, k: usize, end: usize, folded: &mut String) -> usize {
        let (digits, letters) = (&self.text[start..start + k], &self.text[start + k..end]);
        let mut look = |from: usize| self.words.look(self.dictionary, self.hash(start + k + from, end, folded), false);
        let plural = digits.ends_with('0') && letters.starts_with('s') && letters.len() > 2;
        if plural && k == 4 && look(1).is_function() {
            return 1;
        }
        if look(0).known.is_some() {
            return 0;
        }
        if plural && look(1).known.is_some() {
            return 1;
        }
        if letters.len() > 3 && letters.starts_with(ordinal(digits)) { 2 } else { 0 }
    }

    /// `theB52`, `B52bombers`: a name with digits beside a common word.
    fn beside_code(&self, i: usize, folded: &mut String) -> Option<Junction> {
        let token = &self.tokens[i];
        let (start, end) = (token.start as usize, token.end as usize);
        let word = &self.text[start..end];
        let small = |part: &str| part.len() > 1 && part.bytes().all(|b| b.is_ascii_lowercase());
        let capital = word.find(|c: char| c.is_ascii_uppercase())?;
        let behind = word.trim_end_matches(|c: char| c.is_ascii_lowercase()).len();
        let (k, from, to) = match (small(&word[..capital]), small(&word[behind..])) {
            (true, _) => (capital, 0, capital),
            (_, true) if capital == 0 && word.as_bytes()[behind - 1].is_ascii_digit() => (behind, behind, word.len()),
            _ => return None,
        };
        let part = self.words.look(self.dictionary, self.hash(start + from, start + to, folded), false);
        if part.class & (class::COMMON | class::FUNCTION) == 0 || to - from < 3 && !part.is_function() {
            return None;
        }
        Some(Junction {
            at: (start + k) as u32,
            token: i as u32,
            odds: 2.3,
            kind: RepairKind::Digits,
            parts: [self.hash(start, start + k, folded), self.hash(start + k, end, folded)],
        })
    }

    /// Whether `.m` follows the word `i`.
    fn is_half_of_day(&self, i: usize) -> bool {
        let glued = |at: usize| self.tokens.get(at).filter(|t| !t.is(form::SPACE));
        glued(i + 1).is_some_and(|t| t.is_symbol(b'.')) && glued(i + 2).is_some_and(|t| t.of(self.text) == "m")
    }

    /// Whether the word `i` begins a line or stands behind the end of a sentence.
    fn begins_sentence(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).map(|at| &self.tokens[at]) else { return true };
        self.tokens[i].is(form::LINE) || matches!(before.symbol, b'.' | b'?' | b'!' | b'"' | b':')
    }

    /// Whether the word `i` begins what stands behind a preposition: "the", "June", a year.
    fn begins_phrase(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| {
            t.is(form::SPACE) && (t.has(class::MONTH | class::FUNCTION) || t.is(form::CAPITAL) || t.is(form::DIGIT))
        })
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
            .filter(|a| word.starts_with(**a) && (word.len() >= a.len() + 2 || word[a.len()..] == *"a"))
            .max_by_key(|a| a.len())?;
        let at = start + first.len();
        let rest = &self.text[at..end];
        let b = self.words.look(self.dictionary, self.hash(at, end, folded), rest.starts_with(char::is_uppercase));
        b.known?;
        Some(Junction {
            at: at as u32,
            token: i as u32,
            odds: if rest.len() > 2 || b.is_function() { 2.5 } else { 0.0 },
            kind: RepairKind::Letters,
            parts: [0, b.hash],
        })
    }
}

/// The ending of an ordinal number.
fn ordinal(digits: &str) -> &'static str {
    let tens = digits.len() > 1 && digits.as_bytes()[digits.len() - 2] == b'1';
    match digits.as_bytes().last() {
        Some(b'1') if !tens => "st",
        Some(b'2') if !tens => "nd",
        Some(b'3') if !tens => "rd",
        _ => "th",
    }
}

/// Odds of capitals, then small letters: `NATOand`. The capitals must be a word by themselves, unlike those of `MPs`.
fn behind_capitals(first: &str, second: &str, b: &Word) -> f32 {
    if second.chars().any(char::is_uppercase) || first.chars().any(char::is_lowercase) || second.len() < 2 {
        return -9.0;
    }
    match b.known {
        Some(_) if b.is_function() => 2.5,
        Some(_) if second.len() > 3 && b.class & class::COMMON != 0 => 2.3,
        Some(_) if second.len() > 4 => 1.8,
        _ => -9.0,
    }
}

/// Odds of capitals, then a word with one: `NATOThe`, `AWestern`.
fn before_capital(first: &str, second: &str, b: &Word) -> f32 {
    if first.chars().any(char::is_lowercase) || second.len() < 3 {
        return -9.0;
    }
    match b.known {
        Some(_) if b.is_function() => 2.3,
        Some(_) => 1.8,
        None => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_end_as_they_are_spoken() {
        for (digits, ending) in [("1", "st"), ("2", "nd"), ("23", "rd"), ("11", "th"), ("112", "th"), ("24", "th")] {
            assert_eq!(ordinal(digits), ending, "{digits}");
        }
    }
}

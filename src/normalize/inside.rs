//! Weighs a space that may be missing inside a word: `ofthe`, `OmarSameko`, `in1997`.
//!
//! Every division of the word is compared with the word as one: known, unknown by its letters, or a new compound. The
//! best division is chosen by its own probability before it is compared; choosing by the comparison would favour the
//! divisions that make the whole look worst.

use super::RepairKind;
use super::junction::{Junction, Scale};
use super::letters::{Model, Weights};
use super::words::Word;
use crate::dictionary::class;
use crate::token::form;

/// Longest word that is looked into, in bytes: the look costs a probe or two a letter.
const LONGEST: usize = 48;
/// Decades that an unknown word costs before its letters are weighed.
const UNKNOWN_NAME: f32 = -1.6;
const UNKNOWN_WORD: f32 = -2.6;
/// Decades that a compound which no list holds costs against its two words side by side.
const NEW_COMPOUND: f32 = -0.5;
/// Odds that a name with a short word at its end has against two words.
const SHORT_ENDING: f32 = 0.8;
/// What stands before `n't`, as tokens are cut: "don't" is `don`, `'`, `t`.
const BEFORE_NOT: &[&str] = &[
    "don", "doesn", "didn", "isn", "wasn", "weren", "aren", "won", "wouldn", "couldn", "shouldn", "hasn", "haven",
    "hadn", "can", "ain", "mustn", "needn",
];
/// Probability of such a stem.
const BEFORE_NOT_PROBABLE: f32 = -3.0;
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
    fn unknown(&self, weights: &[Weights; 2], from: usize, to: usize, capital: bool) -> f32 {
        let word = self.letters.of(Model::Word, &weights[0], from, to);
        if !capital {
            return UNKNOWN_WORD - word;
        }
        let name = self.letters.of(Model::Name, &weights[1], from, to);
        UNKNOWN_NAME - name.min(word + 1.0)
    }

    /// The likeliest junction inside the word `i`, which must be no address. Its neighbours are asked only with
    /// `context`.
    pub fn inside(&self, i: usize, context: bool, weights: &mut [Weights; 2], folded: &mut String) -> Option<Junction> {
        let token = &self.tokens[i];
        let bytes = &self.text.as_bytes()[token.start as usize..token.end as usize];
        if bytes.len() < 2 || bytes.len() > LONGEST {
            return None;
        }
        if i > 0
            && self.tokens[i - 1].is_symbol(b'\'')
            && !token.is(form::SPACE)
            && let Some(found) = self.after_apostrophe(i, folded)
        {
            return Some(found);
        }
        if bytes.iter().any(u8::is_ascii_digit) {
            return self.beside_digits(i, folded);
        }
        if token.is(form::ALL_CAPITALS) {
            return None;
        }
        if !token.is(form::INNER_CAPITAL) {
            return self.letters_alone(i, token.start as usize, context, weights, folded);
        }
        let change = self.case_change(i, folded);
        // "LaSallesaid": the last part may hold a second word.
        let last = self.text[token.start as usize..token.end as usize].rfind(char::is_uppercase)?;
        let capital_before = self.text[..token.start as usize + last].ends_with(char::is_uppercase);
        let tail = (token.start as usize + last..token.end as usize).len();
        let rest = (tail > 3 && !capital_before)
            .then(|| self.letters_alone(i, token.start as usize + last, context, weights, folded))
            .flatten();
        match (change, rest.filter(|r| r.odds > 0.0)) {
            (Some(c), Some(r)) if c.odds >= r.odds => Some(c),
            (c, r) => r.or(c),
        }
    }

    /// The likeliest two words in the word `i` from byte `start` on.
    fn letters_alone(
        &self,
        i: usize,
        start: usize,
        context: bool,
        weights: &mut [Weights; 2],
        folded: &mut String,
    ) -> Option<Junction> {
        let token = &self.tokens[i];
        let whole_token = start == token.start as usize;
        let end = token.end as usize;
        let bytes = &self.text.as_bytes()[start..end];
        let capital = !whole_token || token.is(form::CAPITAL);
        self.letters.weigh(Model::Word, bytes, &mut weights[0]);
        self.letters.weigh(Model::Name, bytes, &mut weights[1]);
        let n = bytes.len();
        let before = self.neighbour(
            i.checked_sub(1).map(|p| &self.tokens[p]),
            context && whole_token && token.is(form::SPACE) && !token.is(form::LINE),
        );
        let after = self.tokens.get(i + 1);
        let after = self.neighbour(after, context && after.is_some_and(|t| t.is(form::SPACE) && !t.is(form::LINE)));
        let pull = |a: Option<&Word>, b: Option<&Word>| match (a, b) {
            (Some(a), Some(b)) => self.words.pull(self.dictionary, a, b),
            _ => 0.0,
        };
        let whole = if whole_token {
            self.words.weigh(self.dictionary, token.hash, token.class, token.word, capital)
        } else {
            self.words.look(self.dictionary, self.hash(start, end, folded), capital)
        };
        let mut single = self.unknown(weights, 0, n, capital);
        if let Some(known) = whole.known {
            single = single.max(known + pull(before.as_ref(), Some(&whole)) + pull(Some(&whole), after.as_ref()));
        }
        let negated = self.tokens.get(i + 1).is_some_and(|t| t.is_symbol(b'\'') && !t.is(form::SPACE))
            && self.tokens.get(i + 2).is_some_and(|t| !t.is(form::SPACE) && matches!(t.of(self.text), "t"));
        let mut best: Option<(f32, f32, usize, Word, Word)> = None;
        for k in 1..n {
            if !self.text.is_char_boundary(start + k) {
                continue;
            }
            let (first, second) = (&self.text[start..start + k], &self.text[start + k..end]);
            if !may_stand_alone(first) || !may_stand_alone(second) {
                continue;
            }
            let mut a = self.words.look(self.dictionary, self.hash(start, start + k, folded), capital);
            if a.known.is_none() && k < if capital { 3 } else { 4 } {
                continue;
            }
            let mut b = self.words.look(self.dictionary, self.hash(start + k, end, folded), false);
            if !second.is_ascii() {
                // Without its accents nearly any ending of a name is an English word.
                (b.known, b.count) = (None, 0.0);
            } else if negated && BEFORE_NOT.contains(&second) {
                (b.known, b.count) = (Some(BEFORE_NOT_PROBABLE), 0.0);
            }
            let certain = a.known.is_some() && (!capital || a.is_function());
            if b.known.is_none() && (!second.is_ascii() || !certain || n - k < 4) {
                continue;
            }
            if capital && a.known.is_none() {
                a.class = 0;
            }
            let alone = a.known.unwrap_or_else(|| self.unknown(weights, 0, k, capital))
                + b.known.unwrap_or_else(|| self.unknown(weights, k, n, false));
            let score =
                alone + pull(Some(&a), Some(&b)) + pull(before.as_ref(), Some(&a)) + pull(Some(&b), after.as_ref());
            if best.as_ref().is_none_or(|(s, ..)| score > *s) {
                best = Some((score, alone, k, a, b));
            }
        }
        let (score, alone, k, a, b) = best?;
        if self.dictionary.bigram(a.hash, b.hash) == 0 {
            if self.words.may_be_compound(&a, &b) {
                single = single.max(alone + NEW_COMPOUND);
            } else if capital && b.is_function() && !a.is_function() && end - start - k <= 2 {
                // Short words end names by chance: -an, -in, -is.
                single += SHORT_ENDING;
            }
        }
        Some(Junction {
            at: (start + k) as u32,
            token: i as u32,
            odds: score - single,
            kind: RepairKind::Letters,
            parts: [a.hash, b.hash],
        })
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

/// Whether a part is long enough for a word: "a" and "I" are the only words of one letter.
fn may_stand_alone(part: &str) -> bool {
    part.chars().nth(1).is_some() || matches!(part, "a" | "A" | "I")
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

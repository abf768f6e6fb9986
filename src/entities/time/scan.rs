//! Looks at one sentence and finds what its expressions of time mean, not yet when that is.
//!
//! A scan is moved from left to right over tokens that carry a trigger and asks each at most a handful of questions
//! about its neighbours; it never goes back behind an expression that it has found. So it is linear in the tokens.

use super::feasts::Feasts;
use super::meaning::{Found, Hit, Meaning, Year};
use super::period::Unit;
use super::trigger::{Gate, LONGEST, TRIGGER};
use super::vague::Vague;
use super::words::{CLASSES, Role, Word, read};
use crate::dictionary::{Dictionary, class};
use crate::entities::little_words::LittleWords;
use crate::entities::number::Numbers;
use crate::entities::senses::Senses;
use crate::token::{Token, form, hash_folded};

/// The words that expressions lean on, as hashes: comparing them costs one comparison of numbers.
#[derive(Debug)]
pub(super) struct Keys {
    pub the: u64,
    pub of: u64,
    pub at: u64,
    pub be: u64,
    pub on: u64,
    pub and: u64,
    pub to: u64,
    pub now: u64,
    pub hence: u64,
    pub back: u64,
    pub half: u64,
    pub end: u64,
    pub time: u64,
    pub still: u64,
    pub ever: u64,
    pub as_: u64,
    pub this: u64,
    pub past: u64,
    pub from: u64,
    pub s: u64,
    pub in_: u64,
    pub between: u64,
    pub a: [u64; 2],
    pub every: [u64; 2],
    /// Stand between a week and the day that it begins or ends on.
    pub week_of: [u64; 6],
    /// Put a date between slashes behind them: "until 12/4".
    pub before_numeric: [u64; 6],
    /// Words that join the ends of a range.
    pub through: [u64; 5],
    /// Prepositions and the like that make a bare year or month a date.
    pub before_date: LittleWords<bool>,
    pub before_length: [u64; 14],
}

impl Keys {
    fn new() -> Self {
        let h = hash_folded;
        Keys {
            the: h("the"),
            of: h("of"),
            at: h("at"),
            be: h("be"),
            on: h("on"),
            and: h("and"),
            to: h("to"),
            now: h("now"),
            hence: h("hence"),
            back: h("back"),
            half: h("half"),
            end: h("end"),
            time: h("time"),
            still: h("still"),
            ever: h("ever"),
            as_: h("as"),
            this: h("this"),
            past: h("past"),
            from: h("from"),
            s: h("s"),
            in_: h("in"),
            between: h("between"),
            a: ["a", "an"].map(h),
            every: ["every", "each"].map(h),
            week_of: ["of", "beginning", "starting", "commencing", "ended", "ending"].map(h),
            before_numeric: ["on", "until", "till", "since", "from", "by"].map(h),
            through: ["to", "through", "thru", "until", "till"].map(h),
            before_date: LittleWords::of_lists(&[(
                true,
                "in since of by until till from during before after around through between to circa year years mid for \
                 early late",
            )]),
            before_length: [
                "for", "in", "than", "about", "nearly", "almost", "over", "within", "after", "every", "under", "only",
                "around", "just",
            ]
            .map(h),
        }
    }
}

/// What all scans share. Built once.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub words: Senses<Word>,
    pub numbers: Numbers,
    pub gate: Gate,
    pub feasts: Feasts,
    pub vague: Vague,
    pub keys: Keys,
}

impl Lexicon {
    pub(super) fn new(dictionary: &Dictionary<'_>) -> Self {
        let (words, numbers) = (Senses::new(dictionary, &CLASSES, read), Numbers::new(dictionary));
        let gate = Gate::new(dictionary, &words, &numbers);
        Lexicon { words, numbers, gate, feasts: Feasts::new(dictionary), vague: Vague::new(), keys: Keys::new() }
    }
}

/// One sentence under reading.
pub(super) struct Scan<'a> {
    pub lexicon: &'a Lexicon,
    pub text: &'a str,
    /// The article's tokens up to the sentence's end.
    pub tokens: &'a [Token],
    /// The sentence's first token.
    pub first: usize,
    /// First token that no expression has taken.
    pub free: usize,
    pub paragraph: u32,
    /// [`super::Reading::day_first`].
    pub day_first: bool,
}

/// An integer of at most four digits.
#[derive(Clone, Copy)]
pub(super) struct Digits<'a> {
    pub value: i32,
    pub count: u8,
    /// What the digits run into, in bytes.
    pub suffix: &'a [u8],
}

/// Bits of words that [`Lexicon::words`] knows.
const MEANT: u32 = class::MONTH | class::WEEKDAY | class::TIME;

impl<'a> Scan<'a> {
    /// The expression that begins at a token; else where to look next. `free`: first token that no expression has taken.
    pub(super) fn expression(&self, at: usize, free: usize) -> Result<Found, usize> {
        let token = &self.tokens[at];
        let digits = if token.is(form::DIGIT) { self.digits(token) } else { None };
        // "$5": a sum is neither a date nor a time of day, and only its end is asked for.
        let is_sum = token.form & (form::DIGIT | form::SPACE) == form::DIGIT
            && !token.has(TRIGGER)
            && self.before(at).is_some_and(|b| self.symbol(b, b'$'));
        if is_sum {
            return self.number_or_length(at, free, digits);
        }
        let clock = match digits {
            Some(digits) => self.clock_in_digits(at, digits),
            None => self.clock_in_words(at, token),
        };
        if let Some((end, clock)) = clock {
            return Ok(self.clock_with_date(self.found(at, (end, Meaning::Clock)), clock));
        }
        let feast = if token.has(MEANT) { self.feast(at, free) } else { None };
        let date = feast.or_else(|| match digits {
            Some(digits) => Some((at, self.date_in_digits(at, digits)?)),
            None => Some((at, self.date_in_words(at, token).or_else(|| self.day_in_words(at, token))?)),
        });
        if let Some((first, hit)) = date {
            // "every Friday" is no date.
            if token.has(class::WEEKDAY) && self.before(first).is_some_and(|b| self.any(b, &self.lexicon.keys.every)) {
                return Err(hit.0);
            }
            let mut date = self.found(first, hit);
            date.weekday = self.weekday_of(token);
            self.attach(&mut date);
            let open = match date.meaning {
                Meaning::Weekday(_, side) => side.is_none(),
                Meaning::Piece(_, year) => year == Year::Open,
                Meaning::DayOfMonth(_) => true,
                _ => false,
            };
            date.ahead = open && self.lies_ahead(at);
            return Ok(date);
        }
        if let Some((first, hit, part)) = self.relative(at, free) {
            let mut date = self.found(first, hit);
            date.part = part;
            self.attach(&mut date);
            return Ok(date);
        }
        self.number_or_length(at, free, digits)
    }

    /// A length of time that begins at a number; else where to look next.
    fn number_or_length(&self, at: usize, free: usize, digits: Option<Digits<'_>>) -> Result<Found, usize> {
        let token = &self.tokens[at];
        let in_digits = token.is(form::DIGIT);
        if !in_digits && !token.has(class::NUMBER) || digits.is_some_and(|d| self.is_number_alone(at, d)) {
            return Err(at + 1);
        }
        let Some(number) = self.lexicon.numbers.read(self.text, self.tokens, at) else {
            return Err(at + 1);
        };
        match self.counted(at, &number) {
            Some(hit) => Ok(self.length(number.first.max(free), free, hit)),
            // The later tokens of a number that is no date are not asked again.
            None => Err(if in_digits { number.end.max(at + 1) } else { at + 1 }),
        }
    }

    /// A length of time, or what the words around it make of one: "every two weeks", "in two weeks' time".
    fn length(&self, first: usize, free: usize, (end, meaning): (usize, Meaning)) -> Found {
        let Meaning::Length(count, unit) = meaning else {
            return self.found(first, (end, meaning));
        };
        let keys = &self.lexicon.keys;
        let Some(b) = self.before(first).filter(|b| *b >= free) else {
            return self.found(first, (end, meaning));
        };
        if self.any(b, &keys.every) {
            return self.found(b, (end, Meaning::Every(count, unit)));
        }
        if let Some(end) = self.whose_time(end).filter(|_| self.is(b, keys.in_)) {
            return self.found(first, (end, Meaning::Offset { unit, count, from_last: false }));
        }
        let whole_days = unit as u8 >= Unit::Day as u8;
        if whole_days && self.is(b, keys.in_) && self.closes(end) && self.lies_ahead(first) {
            return self.found(first, (end, Meaning::Offset { unit, count, from_last: false }));
        }
        self.found(first, (end, meaning))
    }

    /// The end of "' time" or "'s time" at a token.
    pub(super) fn whose_time(&self, at: usize) -> Option<usize> {
        let keys = &self.lexicon.keys;
        if !self.symbol(at, b'\'') {
            return None;
        }
        let noun = at + 1 + usize::from(self.is(at + 1, keys.s));
        self.is(noun, keys.time).then_some(noun + 1)
    }

    /// The day of the week that a token names, or 0.
    pub(super) fn weekday_of(&self, token: &Token) -> u8 {
        if token.has(class::WEEKDAY) { self.lexicon.words.of(token).weekday } else { 0 }
    }

    /// "million": nobody counts so many days.
    fn is_beyond_lengths(&self, token: &Token) -> bool {
        self.lexicon.numbers.word(token).value > LONGEST
    }

    /// Whether digits are a number of one token that nothing behind it can make a length of time: "32-53", "12 men".
    fn is_number_alone(&self, at: usize, digits: Digits<'_>) -> bool {
        let goes_on = |t: &Token| {
            t.has(class::NUMBER | class::TIME) && !(t.class & TRIGGER == class::NUMBER && self.is_beyond_lengths(t))
                || t.hash == self.lexicon.keys.and
        };
        digits.suffix.is_empty()
            && match self.token(at + 1) {
                None => true,
                Some(t) if t.is(form::WORD) => !goes_on(t),
                Some(t) => match t.symbol {
                    b',' | b'.' => t.is(form::SPACE),
                    b'-' => !self.token(at + 2).is_some_and(goes_on),
                    _ => true,
                },
            }
    }

    pub(super) fn found(&self, first: usize, (end, meaning): (usize, Meaning)) -> Found {
        let parts = if meaning.is_range() { self.parts(first, end) } else { None };
        Found {
            first,
            end,
            parts,
            meaning,
            part: None,
            clock: None,
            weekday: 0,
            ahead: false,
            paragraph: self.paragraph,
        }
    }

    /// Where what joins the two ends of a range stands: "to", "and" or a dash. Years with a slash ("2009/10") are one
    /// season.
    fn parts(&self, first: usize, end: usize) -> Option<(usize, usize)> {
        let keys = &self.lexicon.keys;
        let joins = |at: &usize| {
            let token = &self.tokens[*at];
            (token.is_symbol(b'-') || token.hash == keys.and || keys.through.contains(&token.hash))
                && self.token(self.behind_the(at + 1)).is_some_and(|t| t.is(form::DIGIT) || t.has(class::MONTH))
        };
        (first + 1..end.saturating_sub(1)).find(joins).map(|at| (at, self.behind_the(at + 1)))
    }

    /// The token itself, or the one behind it if it is "the".
    fn behind_the(&self, at: usize) -> usize {
        at + usize::from(self.is(at, self.lexicon.keys.the))
    }

    /// A date that begins at a token: digits, month or weekday.
    pub(super) fn date(&self, at: usize) -> Hit {
        let token = self.token(at)?;
        if token.is(form::DIGIT) {
            return self.date_in_digits(at, self.digits(token)?);
        }
        self.date_in_words(at, token)
    }

    fn date_in_words(&self, at: usize, token: &Token) -> Hit {
        if !token.has(class::MONTH | class::WEEKDAY) || token.is(form::DIGIT) {
            return None;
        }
        let word = self.lexicon.words.of(token);
        match () {
            () if word.weekday > 0 => self.weekday(at, word),
            () if word.month > 0 => self.month(at, word, false),
            () => None,
        }
    }

    /// Whether a word shortly before says that the date lies ahead, with no verb of saying in between.
    fn lies_ahead(&self, at: usize) -> bool {
        let from = at.saturating_sub(10).max(self.first);
        let keys = &self.lexicon.keys;
        let mut before = &self.tokens[from..at];
        // Most words say nothing of it, and those that may are told by one look.
        while let Some(last) = before.iter().rposition(|t| t.has(class::REPORT | class::TIME) | (t.hash == keys.be)) {
            let (token, place) = (&before[last], from + last);
            if token.has(class::REPORT) {
                return false;
            }
            let is_to_be = token.hash == keys.be && self.before(place).is_some_and(|b| self.is(b, keys.to));
            if is_to_be || token.has(class::TIME) && self.lexicon.words.of(token).role == Role::Ahead {
                return true;
            }
            before = &before[..last];
        }
        false
    }

    /// A token at or behind the sentence's first.
    #[inline]
    pub(super) fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    /// What a token means; nothing for a token outside the sentence.
    #[inline]
    pub(super) fn word(&self, at: usize) -> Word {
        match self.token(at) {
            Some(t) if t.has(MEANT) => self.lexicon.words.of(t),
            _ => Word::default(),
        }
    }

    #[inline]
    pub(super) fn role(&self, at: usize) -> Role {
        match self.token(at) {
            Some(t) if t.has(class::TIME) => self.lexicon.words.of(t).role,
            _ => Role::None,
        }
    }

    #[inline]
    pub(super) fn is(&self, at: usize, hash: u64) -> bool {
        self.token(at).is_some_and(|t| t.hash == hash)
    }

    pub(super) fn any(&self, at: usize, hashes: &[u64]) -> bool {
        self.token(at).is_some_and(|t| hashes.contains(&t.hash))
    }

    #[inline]
    pub(super) fn symbol(&self, at: usize, symbol: u8) -> bool {
        self.token(at).is_some_and(|t| t.is_symbol(symbol))
    }

    /// A symbol with no white space before it.
    #[inline]
    pub(super) fn glued(&self, at: usize, symbol: u8) -> bool {
        self.glued_symbol(at) == symbol
    }

    /// The symbol at a token when no white space stands before it, in its folded form; else 0.
    #[inline]
    pub(super) fn glued_symbol(&self, at: usize) -> u8 {
        self.token(at).filter(|t| t.form & (form::WORD | form::SPACE) == 0).map_or(0, |t| t.symbol)
    }

    #[inline]
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        (at > self.first).then(|| at - 1)
    }

    /// Whether one of the words before a date stands before a token, or before "the" before it.
    pub(super) fn after_preposition(&self, at: usize) -> bool {
        let keys = &self.lexicon.keys;
        let behind_the = |b| if self.is(b, keys.the) { self.before(b) } else { Some(b) };
        self.before(at).and_then(behind_the).is_some_and(|b| self.is_before_date(b))
    }

    /// Whether a token is one of the words that make a bare year or month behind them a date.
    pub(super) fn is_before_date(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| self.lexicon.keys.before_date.of_hash(t.hash))
    }

    /// An integer of at most four digits, with what the digits run into.
    #[inline]
    pub(super) fn integer(&self, at: usize) -> Option<Digits<'a>> {
        self.token(at).filter(|t| t.is(form::DIGIT)).and_then(|t| self.digits(t))
    }

    fn digits(&self, token: &Token) -> Option<Digits<'a>> {
        let word = &self.text.as_bytes()[token.start as usize..token.end as usize];
        let (mut value, mut suffix) = (0, word);
        while let Some((digit @ b'0'..=b'9', rest)) = suffix.split_first() {
            value = value * 10 + i32::from(digit - b'0');
            suffix = rest;
            if word.len() - rest.len() > 4 {
                return None;
            }
        }
        let count = (word.len() - suffix.len()) as u8;
        (count > 0).then_some(Digits { value, count, suffix })
    }

    /// An integer with nothing behind its digits.
    pub(super) fn bare(&self, at: usize) -> Option<(i32, u8)> {
        self.integer(at).filter(|d| d.suffix.is_empty()).map(|d| (d.value, d.count))
    }

    /// Whether a token ends or leaves a phrase: a symbol, a closed-class word, or the sentence's end.
    pub(super) fn closes(&self, at: usize) -> bool {
        self.token(at).is_none_or(|t| !t.is(form::WORD) || t.has(class::FUNCTION))
    }
}

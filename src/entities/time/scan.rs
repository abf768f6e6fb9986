//! Looks at one sentence and finds what its expressions of time mean, not yet when that is.
//!
//! A scan is moved from left to right over tokens that carry a trigger and asks each at most a handful of questions
//! about its neighbours; it never goes back behind an expression that it has found. So it is linear in the tokens.

use super::period::{Period, Unit};
use super::words::{Begins, CLASSES, Part, Role, Word, read};
use crate::dictionary::{Dictionary, class};
use crate::entities::number::Numbers;
use crate::entities::senses::Senses;
use crate::token::{Token, form, hash_folded};

/// Which year a part of a year belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Year {
    /// Not said: the nearest.
    Open,
    Given(i32),
    /// So many years after the article's.
    Shift(i32),
    /// "last March": the nearest on that side.
    Toward(i8),
}

/// A part of a year, its year not yet known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece {
    /// Month, first and last day.
    Days(u8, u8, u8),
    /// First and last month.
    Months(u8, u8),
    Quarter(u8),
    Half(u8),
    Season(u8),
}

/// What an expression means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    Fixed(Period),
    /// From the first day of one to the last day of the other.
    Range(Period, Period),
    Piece(Piece, Year),
    /// Day of the week; the side that a word before it names.
    Weekday(u8, Option<i8>),
    /// So many units after the article's date.
    Shift(Unit, i32),
    /// So many units after the last date.
    Beside(Unit, i32),
    /// "ago" (from the article's date) or "later" (from the last date).
    Offset {
        unit: Unit,
        count: f64,
        from_last: bool,
    },
    /// A length of time.
    Length(f64, Unit),
    /// Only a time of day.
    Clock,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: u8,
    pub minute: u8,
    /// Said to be universal time.
    pub universal: bool,
}

/// An expression in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub first: usize,
    pub end: usize,
    pub meaning: Meaning,
    pub part: Option<Part>,
    pub clock: Option<Clock>,
    /// Its weekday or month lies ahead, as a word before it says.
    pub ahead: bool,
    pub paragraph: u32,
}

/// End of what was read, and its meaning.
pub(super) type Hit = Option<(usize, Meaning)>;

/// The words that expressions lean on, as hashes: comparing them costs one comparison of numbers.
#[derive(Debug)]
pub(super) struct Keys {
    pub the: u64,
    pub of: u64,
    pub at: u64,
    pub on: u64,
    pub and: u64,
    pub to: u64,
    pub now: u64,
    pub from: u64,
    pub eve: u64,
    pub s: u64,
    pub a: [u64; 2],
    /// Words that join the ends of a range.
    pub through: [u64; 5],
    /// Prepositions and the like that make a bare year or month a date.
    pub before_date: [u64; 21],
    pub before_length: [u64; 14],
}

impl Keys {
    fn new() -> Self {
        let h = hash_folded;
        Keys {
            the: h("the"),
            of: h("of"),
            at: h("at"),
            on: h("on"),
            and: h("and"),
            to: h("to"),
            now: h("now"),
            from: h("from"),
            eve: h("eve"),
            s: h("s"),
            a: ["a", "an"].map(h),
            through: ["to", "through", "thru", "until", "till"].map(h),
            before_date: [
                "in", "since", "of", "by", "until", "till", "from", "during", "before", "after", "around", "through",
                "between", "to", "circa", "year", "years", "mid", "for", "early", "late",
            ]
            .map(h),
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
    pub keys: Keys,
}

impl Lexicon {
    pub(super) fn new(dictionary: &Dictionary<'_>) -> Self {
        let words = Senses::new(dictionary, &CLASSES, |word: &mut Word, class, value| {
            read(word, class, value);
            word.begins = word.begins();
        });
        Lexicon { words, numbers: Numbers::new(dictionary), keys: Keys::new() }
    }
}

/// One sentence under reading.
pub(super) struct Scan<'a> {
    pub lexicon: &'a Lexicon,
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// The sentence's first token.
    pub first: usize,
    /// First token that no expression has taken.
    pub free: usize,
    /// One past the last.
    pub end: usize,
    pub paragraph: u32,
}

/// Bits of words that may begin an expression, as any token may that begins with a digit.
pub(super) const TRIGGER: u32 = class::MONTH | class::WEEKDAY | class::TIME | class::NUMBER;

impl Scan<'_> {
    /// The expression that a trigger begins; else where to look next.
    pub(super) fn look(&self, at: usize) -> Result<Found, usize> {
        if !self.may_begin(at) {
            return Err(at + 1);
        }
        self.expression(at, self.free).ok_or_else(|| self.skip(at))
    }

    /// Whether a trigger can begin an expression, by the token before and the token behind it. Most cannot: "will",
    /// "this port", "12 men". Spares `expression` and `skip`, which would find nothing and end at the next token;
    /// `nothing_is_lost_by_looking_first` asks them in its place.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let behind = self.token(at + 1);
        let keys = &self.lexicon.keys;
        // A word that is neither one of time nor a number, nor the letter of "a.m.".
        let plain = |t: &Token| t.is(form::WORD) && t.form & form::DIGIT == 0 && !t.has(TRIGGER) && t.end - t.start > 1;
        if token.form & form::DIGIT != 0 || token.class & TRIGGER == class::NUMBER {
            let small = token.form & form::DIGIT == 0
                || token.end - token.start <= 3
                    && token.class & TRIGGER == 0
                    && token.of(self.text).bytes().all(|b| b.is_ascii_digit());
            let Some(behind) = behind.filter(|_| small) else { return true };
            if behind.is(form::WORD) {
                let joins = behind.has(class::FUNCTION)
                    && (behind.hash == keys.and || behind.hash == keys.of || behind.hash == keys.to);
                return !plain(behind) || joins || keys.through.contains(&behind.hash);
            }
            // "killed 12. The", "12, 13 and 14 May": a symbol joins what stands tight, or numbers in a list.
            let joins = matches!(behind.symbol, b'-' | b'/' | b'\'');
            return joins || self.token(at + 2).is_some_and(|t| t.form & form::SPACE == 0 || t.has(TRIGGER));
        }
        if token.has(class::NUMBER) {
            return true;
        }
        match self.lexicon.words.of(token).begins {
            Begins::Always => true,
            Begins::Never => false,
            Begins::Ahead => behind.is_some_and(|t| !plain(t) || t.has(class::FUNCTION)),
            Begins::BeforeTime => behind.is_some_and(|t| t.has(TRIGGER) || t.is(form::DIGIT)),
            Begins::BeforeOf => behind.is_some_and(|t| t.hash == keys.of),
            Begins::BehindArticle => self.before(at).is_some_and(|b| self.is(b, keys.the) || self.any(b, &keys.a)),
            Begins::Capital => {
                token.is(form::CAPITAL) || behind.is_some_and(|t| t.is(form::DIGIT) || t.hash == keys.the)
            }
        }
    }

    /// The end of a number that is no date, so that its later tokens are not asked again; else the next token.
    pub(super) fn skip(&self, at: usize) -> usize {
        if self.tokens[at].is(form::DIGIT) {
            let number = self.lexicon.numbers.read(self.text, &self.tokens[..self.end], at);
            number.map_or(at + 1, |n| n.end.max(at + 1))
        } else {
            at + 1
        }
    }

    pub(super) fn expression(&self, at: usize, free: usize) -> Option<Found> {
        let found = |first: usize, (end, meaning): (usize, Meaning)| Found {
            first,
            end,
            meaning,
            part: None,
            clock: None,
            ahead: false,
            paragraph: self.paragraph,
        };
        if let Some((end, clock)) = self.clock(at) {
            return Some(self.clock_with_date(found(at, (end, Meaning::Clock)), clock));
        }
        if let Some(hit) = self.date(at) {
            let mut date = found(at, hit);
            self.attach(&mut date);
            let open = match date.meaning {
                Meaning::Weekday(_, side) => side.is_none(),
                Meaning::Piece(_, year) => year == Year::Open,
                _ => false,
            };
            if open {
                date.ahead = self.lies_ahead(at);
            }
            return Some(date);
        }
        if let Some((first, hit, part)) = self.relative(at, free) {
            let mut date = found(first, hit);
            date.part = part;
            self.attach(&mut date);
            return Some(date);
        }
        self.counted(at).map(|(first, hit)| found(first.max(free), hit))
    }

    /// A date that begins at a token: digits, month or weekday.
    pub(super) fn date(&self, at: usize) -> Hit {
        let token = self.token(at)?;
        if token.is(form::DIGIT) {
            return self.date_in_digits(at);
        }
        let word = self.word(at);
        match () {
            () if word.weekday > 0 => self.weekday(at, word),
            () if word.month > 0 => self.month(at, word, false),
            () => None,
        }
    }

    /// Whether a word shortly before says that the date lies ahead, with no verb of saying in between.
    fn lies_ahead(&self, at: usize) -> bool {
        let from = at.saturating_sub(10).max(self.first);
        self.tokens[from..at]
            .iter()
            .rev()
            .take_while(|t| !t.has(class::REPORT))
            .any(|t| t.has(class::TIME) && self.lexicon.words.of(t).role == Role::Ahead)
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        (at >= self.first && at < self.end).then(|| &self.tokens[at])
    }

    /// What a token means; nothing for a token outside the sentence.
    pub(super) fn word(&self, at: usize) -> Word {
        match self.token(at) {
            Some(t) if t.has(TRIGGER) => self.lexicon.words.of(t),
            _ => Word::default(),
        }
    }

    pub(super) fn role(&self, at: usize) -> Role {
        self.word(at).role
    }

    pub(super) fn is(&self, at: usize, hash: u64) -> bool {
        self.token(at).is_some_and(|t| t.hash == hash)
    }

    pub(super) fn any(&self, at: usize, hashes: &[u64]) -> bool {
        self.token(at).is_some_and(|t| hashes.contains(&t.hash))
    }

    pub(super) fn symbol(&self, at: usize, symbol: u8) -> bool {
        self.token(at).is_some_and(|t| t.is_symbol(symbol))
    }

    /// A symbol with no white space before it.
    pub(super) fn glued(&self, at: usize, symbol: u8) -> bool {
        self.symbol(at, symbol) && !self.tokens[at].is(form::SPACE)
    }

    pub(super) fn before(&self, at: usize) -> Option<usize> {
        at.checked_sub(1).filter(|b| *b >= self.first)
    }

    /// Whether one of the words before a date stands before a token, or before "the" before it.
    pub(super) fn after_preposition(&self, at: usize) -> bool {
        let keys = &self.lexicon.keys;
        self.before(at).is_some_and(|b| {
            let b = if self.is(b, keys.the) { b.saturating_sub(1) } else { b };
            self.any(b, &keys.before_date)
        })
    }

    /// An integer of at most four digits: value, number of digits, and what the digits run into.
    pub(super) fn integer(&self, at: usize) -> Option<(i32, u8, &str)> {
        let token = self.token(at).filter(|t| t.is(form::DIGIT))?;
        let word = token.of(self.text);
        let (mut value, mut count) = (0, 0);
        while let Some(digit @ b'0'..=b'9') = word.as_bytes().get(count) {
            value = value * 10 + i32::from(digit - b'0');
            count += 1;
            if count > 4 {
                return None;
            }
        }
        (count > 0).then(|| (value, count as u8, &word[count..]))
    }

    /// An integer with nothing behind its digits.
    pub(super) fn bare(&self, at: usize) -> Option<(i32, u8)> {
        self.integer(at).filter(|(_, _, suffix)| suffix.is_empty()).map(|(value, count, _)| (value, count))
    }

    /// Whether a token ends or leaves a phrase: a symbol, a closed-class word, or the sentence's end.
    pub(super) fn closes(&self, at: usize) -> bool {
        self.token(at).is_none_or(|t| !t.is(form::WORD) || t.has(class::FUNCTION))
    }
}

//! Expressions of time: found from their trigger words, resolved against the article's date.
//!
//! Two steps, because the second needs the whole article: `scan` finds what each expression means ("the Friday
//! before", "June of an unsaid year"), `resolve` then says when that is. News counts from its own date, a chronicle
//! from the date told last; which of the two an article is, its own full dates tell.
//!
//! On the way out:
//!
//! * expressions are in order, none overlaps another, each lies inside one sentence;
//! * the two ends of a range are two expressions, as TIMEX3 has them;
//! * a value that counts from the article's date is resolved only when that date is known: today's clock is never asked.

mod calendar;
mod clock;
mod digits;
mod feasts;
mod length;
mod meaning;
mod names;
mod period;
mod published;
mod relative;
mod resolve;
mod scan;
#[cfg(test)]
mod tests;
mod trigger;
mod vague;
mod value;
mod words;
mod write;
mod year;

pub use calendar::{civil, day_of, weekday};
pub use published::{iso, parse_published};
pub use value::Value;

use crate::dictionary::Dictionary;
use crate::kernel::each_bit;
use crate::segment::Sentences;
use crate::token::{SHEET, Tokens};

/// TIMEX3 type of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    /// A calendar date of any grain.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that comes again: "every two weeks".
    Set,
}

/// The unit that an expression is exact to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grain {
    /// A clock time.
    Minute,
    /// One day.
    Day,
    /// An ISO week.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// What an expression was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It names its date in full.
    Absolute,
    /// The article's publication date.
    Document,
    /// The date in the article's dateline.
    Dateline,
    /// An earlier expression of the same paragraph.
    Previous,
}

/// A day of the proleptic Gregorian calendar, as days since 1970-01-01.
pub type Day = i32;

/// An expression of time in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value (`2024-10-24`, `2024-07`, `P2D`, `2024-W43`, `XXXX-WXX-4` when unresolved).
    pub value: Value,
    /// First and last day, both inclusive; none for durations and unresolved expressions.
    pub days: Option<(Day, Day)>,
    /// What it is exact to.
    pub grain: Grain,
    /// What it was counted from.
    pub anchor: Anchor,
    /// Whether the value is a calendar value.
    pub resolved: bool,
    /// The next expression is the last part of a range of which this is the first: "3" of "3 to 5 May".
    pub begins_range: bool,
}

/// The last part of the range that expression `at` begins; itself where it begins none.
pub fn end_of_range(times: &[TimeExpression], at: usize) -> usize {
    at + usize::from(times[at].begins_range)
}

/// The days that an article's expressions can be counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// When the article was published.
    pub published: Option<Day>,
    /// The date in its dateline.
    pub dateline: Option<Day>,
}

/// Where a weekday or a date without a year lies when neither its words nor those before it tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prefer {
    /// As the news means it: a weekday is the article's own day or the nearest before it, a date lies in the year that
    /// puts it nearest.
    #[default]
    Nearest,
    /// On the article's day or before it.
    Past,
    /// On the article's day or behind it, as in announcements and diaries.
    Future,
}

/// What a reader shall take dates for that can be read in more than one way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Where a weekday or a date without a year lies when nothing tells.
    pub prefer: Prefer,
    /// Count every date from the one told last, as tales and chronicles do. Without it an article's own full dates
    /// tell whether it is one.
    pub narrative: bool,
    /// Also find what has no place in the calendar: "now", "recently", "several weeks", "daily", "every Friday".
    pub vague: bool,
    /// Where day and month are both numbers and either could stand first, the day does.
    pub day_first: bool,
}

/// Finds expressions of time. Built once, shared by all workers.
#[derive(Debug)]
pub struct TimeReader {
    lexicon: scan::Lexicon,
    reading: Reading,
}

impl TimeReader {
    /// Takes the words of time from the dictionary.
    pub fn new(dictionary: &Dictionary<'_>) -> Self {
        TimeReader { lexicon: scan::Lexicon::new(dictionary), reading: Reading::default() }
    }

    /// Reads dates in another way than the news writes them.
    pub fn reading(self, reading: Reading) -> Self {
        TimeReader { reading, ..self }
    }

    /// Appends the article's expressions of time to `out`, by position.
    ///
    /// `tokens` must have been annotated by the dictionary that the reader was built from.
    pub fn read(
        &self,
        text: &str,
        tokens: &Tokens,
        sentences: &Sentences,
        reference: Reference,
        scratch: &mut Scratch,
        out: &mut Vec<TimeExpression>,
    ) {
        let Scratch { open, found } = scratch;
        self.lexicon.gate.open(text, tokens, open);
        self.find(text, tokens, sentences, open, found);
        if self.reading.vague {
            self.lexicon.vague.add(text, tokens, sentences, &self.lexicon, found);
        }
        resolve::resolve(found, reference, self.reading, &self.lexicon.feasts, out);
    }

    /// Finds what begins at the tokens that `open` tells, for each sheet of them bit by bit.
    fn find(&self, text: &str, tokens: &Tokens, sentences: &Sentences, open: &[u64], found: &mut Vec<meaning::Found>) {
        found.clear();
        let day_first = self.reading.day_first;
        let mut scan =
            scan::Scan { lexicon: &self.lexicon, text, tokens: &[], first: 0, free: 0, paragraph: 0, day_first };
        // First token that is still to be asked.
        let mut from = 0;
        for (number, open) in open.iter().enumerate() {
            for at in each_bit(*open).map(|i| number * SHEET + i) {
                if at < from {
                    continue;
                }
                let sentence = &sentences[sentences.number_of(at)];
                scan.tokens = &tokens[..sentence.end as usize];
                (scan.first, scan.paragraph) = (sentence.first as usize, sentence.paragraph);
                scan.free = scan.free.max(scan.first);
                match scan.expression(at, scan.free) {
                    Ok(expression) => {
                        from = expression.end.max(at + 1);
                        scan.free = from;
                        found.push(expression);
                    }
                    Err(next) => from = next,
                }
            }
        }
    }
}

/// What a reading needs besides; kept by a worker.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Which tokens can begin an expression, 64 a number.
    open: Vec<u64>,
    found: Vec<meaning::Found>,
}

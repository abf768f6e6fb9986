//! What has no place in the calendar: "now", "recently", "several weeks", "daily", "every Friday".
//!
//! An analyst who counts days has no use for it, so it is only looked for when asked: then all words of the article are
//! asked once more, between the expressions that were found.

use super::TimeKind;
use super::meaning::{Found, Meaning};
use super::period::Unit;
use super::scan::{Lexicon, Scan};
use crate::entities::little_words::LittleWords;
use crate::segment::Sentences;
use crate::token::{Tokens, form};

/// What a word or the first word of a phrase means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sense {
    #[default]
    None,
    Present,
    Past,
    Future,
    /// "few", "several": of the units behind it nobody knows how many.
    Some,
    /// "every", "each".
    Every,
    /// "for", "in": before the name of a unit alone.
    Lead,
    /// "weekly".
    Weekly(Unit),
}

/// The words of what is vague. Built once.
#[derive(Debug)]
pub(super) struct Vague {
    words: LittleWords<Sense>,
}

impl Vague {
    pub(super) fn new() -> Self {
        let words = LittleWords::of_lists(&[
            (Sense::Present, "now currently presently nowadays"),
            (Sense::Past, "recently lately formerly previously"),
            (Sense::Future, "soon shortly"),
            (Sense::Some, "few several some many"),
            (Sense::Every, "every each"),
            (Sense::Lead, "for in within after over"),
            (Sense::Weekly(Unit::Hour), "hourly"),
            (Sense::Weekly(Unit::Day), "daily nightly everyday"),
            (Sense::Weekly(Unit::Week), "weekly"),
            (Sense::Weekly(Unit::Fortnight), "fortnightly"),
            (Sense::Weekly(Unit::Month), "monthly"),
            (Sense::Weekly(Unit::Quarter), "quarterly"),
            (Sense::Weekly(Unit::Year), "yearly annual annually"),
        ]);
        Vague { words }
    }

    /// Adds what is vague to the expressions of an article, by position.
    pub(super) fn add(
        &self,
        text: &str,
        tokens: &Tokens,
        sentences: &Sentences,
        lexicon: &Lexicon,
        found: &mut Vec<Found>,
    ) {
        let mut taken = std::mem::take(found).into_iter().peekable();
        for sentence in sentences.iter() {
            let (mut at, end) = (sentence.first as usize, sentence.end as usize);
            let (first, paragraph) = (at, sentence.paragraph);
            let scan = Scan { lexicon, text, tokens: &tokens[..end], first, free: first, paragraph, day_first: false };
            while at < end {
                if let Some(next) = taken.next_if(|f| f.first <= at) {
                    at = next.end.max(at);
                    found.push(next);
                    continue;
                }
                let limit = taken.peek().map_or(end, |f| f.first.min(end));
                match self.at(&scan, at).filter(|f| f.end <= limit) {
                    Some(expression) => {
                        at = expression.end;
                        found.push(expression);
                    }
                    None => at += 1,
                }
            }
        }
        found.extend(taken);
    }

    /// What begins at a token.
    fn at(&self, scan: &Scan<'_>, at: usize) -> Option<Found> {
        let token = &scan.tokens[at];
        let vague = |end: usize, kind, value| Some(scan.found(at, (end, Meaning::Vague(kind, value))));
        let word = scan.word(at + 1);
        let capital = token.is(form::CAPITAL) && at > scan.first;
        match self.words.of_hash(token.hash) {
            // "Now Magazine", "the Daily Mail": names.
            _ if capital => None,
            Sense::None => None,
            Sense::Present => vague(at + 1, TimeKind::Date, "PRESENT_REF"),
            Sense::Past => vague(at + 1, TimeKind::Date, "PAST_REF"),
            Sense::Future => vague(at + 1, TimeKind::Date, "FUTURE_REF"),
            Sense::Weekly(unit) => Some(scan.found(at, (at + 1, Meaning::Every(1.0, unit)))),
            Sense::Every if word.weekday > 0 => Some(scan.found(at, (at + 2, Meaning::EveryWeekday(word.weekday)))),
            Sense::Every => {
                let unit = word.unit.filter(|_| !word.plural)?;
                Some(scan.found(at, (at + 2, Meaning::Every(1.0, unit))))
            }
            Sense::Some => vague(at + 2, TimeKind::Duration, unknown(word.unit.filter(|_| word.plural)?)),
            Sense::Lead => {
                let value = unknown(word.unit.filter(|_| word.plural && scan.closes(at + 2))?);
                Some(Found { first: at + 1, ..vague(at + 2, TimeKind::Duration, value)? })
            }
        }
    }
}

/// The TIMEX3 value of an unknown number of units.
fn unknown(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "PTXS",
        Unit::Minute => "PTXM",
        Unit::Hour => "PTXH",
        Unit::Day | Unit::Weekend => "PXD",
        Unit::Week | Unit::Fortnight => "PXW",
        Unit::Month | Unit::Quarter => "PXM",
        Unit::Year => "PXY",
        Unit::Decade => "PXDE",
        Unit::Century => "PXCE",
    }
}

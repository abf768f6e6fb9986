//! Reads a dateline: where, when and through which agency a report was filed.
//!
//! Houses write it in many ways (`GENEVA, 3 May (AFP) –`, `Quito: `, `MINSK. BELTA The …`), so no form is fixed. It is
//! read as a place, then any order of dates, agencies and brackets, up to a dash or a colon; what was found decides
//! whether it counts. A capitalised word before a dash or a colon is none by itself: sentences and headings begin so
//! too. There the lists must know the place, and a sentence must follow.
//!
//! `parts.rs` reads; here is decided whether it counts.

mod parts;

use super::day::Day;
use super::listed::Copy;
use crate::dictionary::class;
use crate::token::{Token, form};
use std::ops::Range;

/// A dateline, as ranges of tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dateline {
    /// All of it, with the dash or colon that ends it.
    pub whole: Range<u32>,
    /// The place, with its region if one is named; empty where only the agency or the date is told.
    pub place: Range<u32>,
    /// Agencies and papers.
    pub agency: Vec<Range<u32>>,
    /// The date.
    pub date: Option<Range<u32>>,
    /// The date as year, month, day, where it names all three.
    pub date_value: Option<Day>,
}

/// No dateline is longer, in tokens.
const LONGEST: usize = 45;
/// No place has more words.
const MOST_WORDS: usize = 5;
/// Shortest line, in tokens, that can be a sentence behind a dateline which is nothing but a place.
const SHORTEST_SENTENCE: usize = 5;

/// Where a dateline may stand.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its tokens.
    pub range: Range<usize>,
    /// Whether it is a sentence by its end, or goes on in the next line.
    pub is_prose: bool,
    /// Whether a paragraph of text comes behind it.
    pub is_above_text: bool,
}

/// Reads the dateline that begins a line.
pub fn read(copy: Copy<'_>, line: &Line) -> Option<Dateline> {
    let Range { start, end } = line.range;
    let tokens = &copy.tokens[..end.min(start + LONGEST)];
    if is_plain(&tokens[start..]) {
        return None;
    }
    let found = Dateline::default();
    let mut reader = Reader { copy: Copy { tokens, ..copy }, line, at: start, found, seen: Seen::default() };
    let ending = reader.read()?;
    if !reader.counts(ending) {
        return None;
    }
    reader.found.whole = start as u32..reader.at as u32;
    Some(reader.found)
}

/// Whether a line begins as most sentences do, with one capital and no mark: no dateline does.
fn is_plain(line: &[Token]) -> bool {
    let [first, second, ..] = line else { return true };
    let is_small = |t: &Token| t.is(form::WORD) && t.form & (form::CAPITAL | form::DIGIT) == 0;
    is_small(first)
        || first.form & (form::CAPITAL | form::DIGIT) != 0
            && is_small(second)
            && !second.has(class::PARTICLE | class::FUNCTION | class::MONTH)
        || first.has(class::FUNCTION) && !second.is(form::CAPITAL)
}

/// Reads a byline that ends in a place, `By Ana Example | Quito`, which fills its line.
pub fn read_byline(copy: Copy<'_>, line: Range<usize>) -> Option<Dateline> {
    let tokens = &copy.tokens[line.clone()];
    let begins = |word: &str| tokens[0].of(copy.text).eq_ignore_ascii_case(word);
    if tokens.len() > 14 || !(begins("by") || begins("from")) {
        return None;
    }
    let bar = line.clone().rfind(|&i| copy.tokens[i].is_symbol(b'|') || copy.tokens[i].is_symbol(b','))?;
    let place = bar + 1..line.end;
    let written =
        place.len() <= 4 && !place.is_empty() && copy.tokens[place.clone()].iter().all(|t| t.is(form::CAPITAL));
    let counts = written && (copy.tokens[bar].is_symbol(b'|') || copy.is_place(place.clone()));
    counts.then(|| Dateline {
        whole: line.start as u32..line.end as u32,
        place: place.start as u32..place.end as u32,
        ..Dateline::default()
    })
}

/// How a dateline ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Dash,
    Colon,
    /// With its line.
    Line,
    /// With something that can be its last part, and no mark behind it.
    Part,
    /// With a stop.
    Stop,
}

/// What is known of an agency.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    #[default]
    None,
    /// It stands beside the place, in capitals.
    Beside,
    /// It stands in brackets, between strokes or behind a stop: `MINSK. BELTA`.
    Apart,
    /// The lists know it for one.
    Listed,
}

/// What speaks for a dateline besides its place and its date.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// The place is in capitals.
    capitals: bool,
    source: Source,
    /// A part was read behind the place.
    part: bool,
}

#[derive(Clone)]
struct Reader<'a> {
    copy: Copy<'a>,
    line: &'a Line,
    at: usize,
    found: Dateline,
    seen: Seen,
}

impl Reader<'_> {
    /// Whether what was read is a dateline.
    fn counts(&self, ending: Ending) -> bool {
        let Seen { capitals, source, .. } = self.seen;
        let (copy, place, dated) = (self.copy, self.place_range(), self.found.date.is_some());
        if place.is_empty() {
            return source == Source::Listed
                && matches!(ending, Ending::Dash | Ending::Colon)
                && self.text_follows(false);
        }
        let is_place = || copy.is_place(place.clone());
        let may_be_place = || capitals && copy.may_be_place(place.clone()) || is_place() || self.has_known_region();
        let first = &copy.tokens[place.start];
        // A word of no dictionary, and no given name: a small place.
        let is_new = || !first.has(class::LEXICON | class::FUNCTION) && first.given_weight() == 0;
        let sure = match ending {
            Ending::Dash | Ending::Colon if dated => {
                source > Source::None || capitals || is_new() || copy.may_be_place(place.clone())
            }
            Ending::Dash | Ending::Colon => match source {
                Source::Listed => true,
                Source::Apart => capitals && (may_be_place() || is_new()) || is_place(),
                Source::Beside => may_be_place(),
                Source::None => return self.is_place_alone(ending == Ending::Dash),
            },
            Ending::Line if !dated && source == Source::None => capitals && self.line.is_above_text && is_place(),
            Ending::Line => (dated || source == Source::Listed) && may_be_place(),
            Ending::Stop => capitals && (dated || source >= Source::Apart && may_be_place()),
            Ending::Part => match source {
                Source::None => false,
                Source::Listed if dated => capitals || may_be_place(),
                Source::Listed => capitals && (is_new() || may_be_place()) || is_place() && self.is_glued(),
                Source::Apart => {
                    dated && (capitals || may_be_place() || is_new())
                        || capitals && may_be_place() && self.ends_in_agency()
                }
                Source::Beside => false,
            },
        };
        sure && self.text_follows(capitals && (dated || source > Source::None))
    }

    /// Whether the text begins without a space: `Quito (AFP)The minister`.
    fn is_glued(&self) -> bool {
        self.token().is_none_or(|t| !t.is(form::SPACE))
    }

    /// Whether the last part is an agency without brackets.
    fn ends_in_agency(&self) -> bool {
        self.found.agency.last().is_some_and(|a| a.end as usize == self.at)
    }

    /// Whether a sentence can begin where the dateline ends, with a small letter only if `small`.
    fn text_follows(&self, small: bool) -> bool {
        self.token().is_none_or(|t| {
            t.form & (form::CAPITAL | form::DIGIT | form::INNER_CAPITAL) != 0
                || t.form & (form::WORD | form::COMMA | form::STOP) == 0
                || small && self.copy.tokens[self.at - 1].form & form::WORD == 0
        })
    }

    /// Whether a place that is followed by a dash or a colon and nothing else is a dateline.
    fn is_place_alone(&self, dash: bool) -> bool {
        let (copy, place) = (self.copy, self.place_range());
        let Some(next) = self.token() else { return false };
        if !self.line.is_prose || self.line.range.len() < SHORTEST_SENTENCE || !self.text_follows(false) {
            return false;
        }
        let (first, words) = (&copy.tokens[place.start], place.len());
        if !self.seen.capitals {
            return copy.is_known_place(place) && next.is(form::CAPITAL) && (!dash || self.is_lone_dash());
        }
        let is_listed = |longest: usize| copy.name_at(place.clone()).is_some_and(|(length, _)| length >= longest);
        if !dash {
            return copy.is_place(place.clone()) || copy.is_of_sector(place, "IGO");
        }
        copy.may_be_place(place.clone())
            || self.has_known_region()
            || is_listed(2)
            || words <= 3 && !first.has(class::LEXICON | class::NAME) && next.is(form::CAPITAL)
    }

    /// Whether the second part of the place is one of the lists: `SMALLVILLE, Kansas`.
    fn has_known_region(&self) -> bool {
        let place = self.place_range();
        let Some(comma) = place.clone().rfind(|&i| self.copy.tokens[i].is_symbol(b',')) else { return false };
        let region = comma + 1..place.end;
        // "N.H.", "Fla.": the stop stands behind the place.
        let short = &self.copy.tokens[region.start];
        short.has(class::ABBREVIATION) || short.end - short.start == 1 || self.copy.may_be_place(region)
    }

    /// The dash before a sentence, not one of two around an insertion and not that of a way: "London – Paris trains".
    fn is_lone_dash(&self) -> bool {
        let tokens = self.copy.tokens;
        let dash = &tokens[self.at - 1];
        let long = dash.of(self.copy.text) == "—" || tokens[self.at - 2].is_symbol(b'-');
        let next = &tokens[self.at];
        let rest = &tokens[self.at..];
        let sentence = &rest[..rest.iter().position(|t| t.is(form::STOP)).unwrap_or(rest.len())];
        next.is(form::SPACE)
            && (long || next.has(class::FUNCTION | class::COMMON) && !next.has(class::NAME))
            && !sentence.iter().any(|t| t.is(form::DASH | form::SPACE))
    }
}

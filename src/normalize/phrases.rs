//! The phrases of page furniture, and how a line must look that holds one.

use crate::dictionary::class;
use crate::error::{Error, Result};
use crate::token::{Sieve, Token, Tokens, form, hash_folded};
use std::ops::Range;

/// How the line of a phrase must look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The line consists of such phrases and marks: `Facebook | Twitter | Email`.
    Item,
    /// The phrase and marks are the line.
    Whole,
    /// The line begins with the phrase.
    Starts,
    /// It begins with the phrase, and only names follow: `Photo by Ana Example`.
    Credit,
    /// It begins with the phrase, and only a date and a time follow: `Updated 12:30 GMT`.
    Stamp,
    /// The phrase stands anywhere in the line.
    Holds,
    /// The line ends with the phrase and what follows it, behind a sentence: `(Reporting by …)`.
    Closing,
    /// The same, and only names follow.
    ClosingCredit,
    /// The phrase and marks are the line, and the lines below it are links.
    List,
}

impl Form {
    const NAMES: [(&'static str, Form); 9] = [
        ("item", Form::Item),
        ("whole", Form::Whole),
        ("starts", Form::Starts),
        ("credit", Form::Credit),
        ("stamp", Form::Stamp),
        ("holds", Form::Holds),
        ("closing", Form::Closing),
        ("closing-credit", Form::ClosingCredit),
        ("list", Form::List),
    ];
}

/// Where on the page a line counts, the widest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zone {
    /// Anywhere.
    Any,
    /// Before or behind the text.
    Edge,
    /// Before the text.
    Head,
    /// Behind the text.
    Tail,
}

impl Zone {
    const NAMES: [(&'static str, Zone); 4] =
        [("any", Zone::Any), ("head", Zone::Head), ("edge", Zone::Edge), ("tail", Zone::Tail)];
}

/// Where a line is furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where on the page.
    pub zone: Zone,
    /// Whether links stand below it.
    pub is_list: bool,
}

/// Longest line, in bytes, that is furniture by one or two words at its beginning.
const LONGEST_LINE: u32 = 200;
/// Longest credit that may be all in capitals, in tokens.
const LONGEST_LOUD: usize = 8;
/// The hash that stands for any number in a phrase.
const NUMBER: u64 = 0;

struct Phrase {
    /// The hashes of its words and marks.
    pieces: Vec<u64>,
    /// How many marks stand before its first word.
    lead: usize,
    /// It has three words or more, so it is hardly met by chance.
    is_long: bool,
    form: Form,
    zone: Zone,
}

/// The phrases, by their first words or, where they may stand anywhere in a line, by their last.
///
/// Nearly no line begins with the first word of a phrase or holds the last word of one that may stand anywhere. So a
/// sieve that stays in the cache turns nearly all of them away.
#[derive(Default)]
pub struct Phrases {
    list: Vec<Phrase>,
    lines: Words,
    closing: Words,
    holds: Words,
    /// The little words between a date and a time.
    little: [u64; 3],
}

impl Phrases {
    /// Reads rows of form, zone and phrase. A number in a phrase stands for any number.
    ///
    /// # Errors
    /// When a row is none.
    pub fn new(rows: &str) -> Result<Self> {
        let mut phrases = Phrases { little: ["at", "on", "by"].map(hash_folded), ..Phrases::default() };
        let mut tokens = Tokens::default();
        for row in rows.lines() {
            let wrong = || Error::list(format!("no phrase of page furniture: {row:?}"));
            let mut columns = row.splitn(3, '\t');
            let mut column = || columns.next().ok_or_else(wrong);
            let (form, zone, text) = (column()?, column()?, column()?);
            let kind = Form::NAMES.iter().find(|(name, _)| *name == form).ok_or_else(wrong)?.1;
            let zone = Zone::NAMES.iter().find(|(name, _)| *name == zone).ok_or_else(wrong)?.1;
            tokens.tokenize(text);
            let pieces: Vec<u64> = tokens.iter().map(hash).collect();
            let lead = tokens.iter().position(is_word).ok_or_else(wrong)?;
            let number = phrases.list.len() as u32;
            match kind {
                Form::Holds => phrases.holds.add(pieces[pieces.len() - 1], number),
                Form::Closing | Form::ClosingCredit => phrases.closing.add(pieces[lead], number),
                _ => phrases.lines.add(pieces[lead], number),
            }
            let is_long = tokens.iter().filter(|t| t.is(form::WORD)).count() >= 3;
            phrases.list.push(Phrase { pieces, lead, is_long, form: kind, zone });
        }
        phrases.lines.sort();
        phrases.closing.sort();
        phrases.holds.sort();
        Ok(phrases)
    }

    /// Whether a line is furniture as a whole; phrases that may stand anywhere in it are asked where `holding`.
    pub fn line(&self, tokens: &[Token], line: Range<usize>, holding: bool) -> Option<Found> {
        let own = &tokens[line];
        // Before the words may stand marks: "▶ Watch also:".
        let may_begin = |t: &Token| is_word(t) && (!t.is(form::FOREIGN) || self.lines.sieve.may_hold(t.hash));
        let first = own.iter().position(may_begin)?;
        let mut found: Option<Found> = None;
        for (form, zone) in self.lines.of(hash(&own[first])).filter_map(|number| self.read(own, first, number)) {
            let is_list = form == Form::List;
            found = Some(match found {
                None => Found { zone, is_list },
                // A list has a place of its own, so the other phrase says where the line counts.
                Some(old) => {
                    Found { zone: if is_list { old.zone } else { zone.min(old.zone) }, is_list: is_list || old.is_list }
                }
            });
        }
        if found.is_some() || !holding || !own.iter().any(|t| self.holds.sieve.may_hold(t.hash)) {
            return found;
        }
        let ends = |at: usize| self.holds.of(own[at].hash).find(|&number| self.ends_at(own, at, number));
        let number = (0..own.len()).find_map(ends)?;
        Some(Found { zone: self.list[number].zone, is_list: false })
    }

    /// Where the closing credit of a line begins, if it has one in this stretch up to its end.
    pub fn closing(&self, tokens: &[Token], end: Range<usize>) -> Option<usize> {
        let behind = form::STOP | form::QUOTE | form::BRACKET | form::DASH | form::COMMA;
        end.clone().skip(1).filter(|&at| tokens[at - 1].form & behind != 0 && is_word(&tokens[at])).find_map(|at| {
            let found = self.closing.of(hash(&tokens[at])).find_map(|number| {
                let phrase = &self.list[number];
                let start = at.checked_sub(phrase.lead).filter(|start| *start > end.start)?;
                let after = matches(phrase, &tokens[start..end.end])? + start;
                let names = phrase.form == Form::Closing || are_names(&tokens[after..end.end]);
                names.then_some(start)
            })?;
            let sentence = tokens[..found].iter().rev().take(2).any(|t| t.is(form::STOP));
            (sentence || tokens[found].is(form::BRACKET)).then_some(found)
        })
    }

    /// Whether a line whose first word is token `first` is furniture by a phrase that begins there.
    fn read(&self, own: &[Token], first: usize, number: usize) -> Option<(Form, Zone)> {
        let phrase = &self.list[number];
        let after = self.after(own, first, number)?;
        let rest = &own[after..];
        let counts = match phrase.form {
            Form::Whole | Form::List => !rest.iter().any(|t| t.is(form::WORD)),
            // A quotation may begin so.
            Form::Starts if own[0].is(form::QUOTE) => false,
            Form::Starts => phrase.is_long || own[own.len() - 1].end - own[0].start <= LONGEST_LINE,
            Form::Credit => are_names(rest),
            Form::Stamp => self.is_stamp(rest),
            Form::Item => return self.items(own, after).map(|zone| (Form::Item, zone.max(phrase.zone))),
            Form::Holds | Form::Closing | Form::ClosingCredit => false,
        };
        counts.then_some((phrase.form, phrase.zone))
    }

    /// Whether the rest of a line consists of items; the narrowest of their zones.
    fn items(&self, own: &[Token], mut at: usize) -> Option<Zone> {
        let mut zone = Zone::Any;
        while at < own.len() {
            let token = &own[at];
            if token.form & form::WORD == 0 {
                at += 1;
                continue;
            }
            let items = self.lines.of(hash(token)).filter(|&number| self.list[number].form == Form::Item);
            let longest = items.filter_map(|number| Some((self.after(own, at, number)?, number))).max();
            match longest {
                Some((after, number)) => {
                    zone = zone.max(self.list[number].zone);
                    at = after;
                }
                None => return None,
            }
        }
        Some(zone)
    }

    /// Whether tokens are a date or a time of the day.
    fn is_stamp(&self, rest: &[Token]) -> bool {
        let of_time = class::MONTH | class::WEEKDAY | class::TIME;
        rest.iter().any(|t| t.is(form::DIGIT) || t.has(class::TIME | class::WEEKDAY))
            && rest.iter().all(|t| {
                t.form & form::WORD == 0
                    || t.is(form::DIGIT)
                    || t.has(of_time)
                    || self.little.contains(&t.hash)
                    || t.is(form::ALL_CAPITALS) && t.end - t.start <= 4
            })
    }

    /// One past a phrase whose first word is token `at`.
    fn after(&self, own: &[Token], at: usize, number: usize) -> Option<usize> {
        let phrase = &self.list[number];
        let start = at.checked_sub(phrase.lead)?;
        matches(phrase, &own[start..]).map(|after| start + after)
    }

    /// Whether a phrase ends with token `at`.
    fn ends_at(&self, own: &[Token], at: usize, number: usize) -> bool {
        let pieces = &self.list[number].pieces;
        (at + 1)
            .checked_sub(pieces.len())
            .is_some_and(|start| pieces.iter().zip(&own[start..]).all(|(piece, token)| *piece == hash(token)))
    }
}

/// A word or a mark that means something by itself: `©`, `###`.
fn is_word(token: &Token) -> bool {
    token.form & (form::WORD | form::FOREIGN) != 0 || token.is_symbol(b'#')
}

/// What stands for a token in a phrase.
fn hash(token: &Token) -> u64 {
    if token.is(form::DIGIT) { NUMBER } else { token.hash }
}

/// How many tokens a phrase takes that begins with the first of these. A number may have several parts: `12:30`.
fn matches(phrase: &Phrase, own: &[Token]) -> Option<usize> {
    let mut at = 0;
    for piece in &phrase.pieces {
        if hash(own.get(at)?) != *piece {
            return None;
        }
        at += 1;
        while *piece == NUMBER
            && let Some([mark, next]) = own.get(at..at + 2)
            && matches!(mark.symbol, b'.' | b',' | b':')
            && next.is(form::DIGIT)
            && !mark.is(form::SPACE)
            && !next.is(form::SPACE)
        {
            at += 2;
        }
    }
    Some(at)
}

/// Whether tokens are names, dates and the little words between them, and a name is among them.
fn are_names(rest: &[Token]) -> bool {
    let is_name = |t: &Token| t.is(form::CAPITAL) && !t.has(class::FUNCTION);
    let is_loud = |t: &Token| t.form & form::WORD == 0 || t.form & (form::ALL_CAPITALS | form::DIGIT) != 0;
    // "Ana Example; editing by Ruth Okello".
    let begins_another =
        |at: usize| at > 0 && rest[at - 1].is(form::COMMA) && rest.get(at + 1).is_some_and(|t| t.has(class::FUNCTION));
    let is_of_names = |(at, t): (usize, &Token)| {
        t.form & form::WORD == 0
            || t.form & (form::CAPITAL | form::DIGIT) != 0
            || t.has(class::FUNCTION | class::PARTICLE)
            || begins_another(at)
    };
    // In a text of capitals everything looks like a name.
    let is_loud = rest.len() > LONGEST_LOUD && rest.iter().all(is_loud);
    !is_loud && rest.iter().any(is_name) && rest.iter().enumerate().all(is_of_names)
}

/// Which phrases go by which word, with a sieve before them.
#[derive(Default)]
struct Words {
    sieve: Sieve,
    sorted: Vec<(u64, u32)>,
}

impl Words {
    fn add(&mut self, hash: u64, phrase: u32) {
        self.sieve.put(hash);
        self.sorted.push((hash, phrase));
    }

    fn sort(&mut self) {
        self.sorted.sort_unstable();
    }

    /// The phrases of a word.
    #[inline]
    fn of(&self, hash: u64) -> impl Iterator<Item = usize> {
        let from =
            if self.sieve.may_hold(hash) { self.sorted.partition_point(|(h, _)| *h < hash) } else { self.sorted.len() };
        self.sorted[from..].iter().take_while(move |(h, _)| *h == hash).map(|(_, phrase)| *phrase as usize)
    }
}

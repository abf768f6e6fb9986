//! The pieces of a capitalised run: what a name is put together from.
//!
//! Names in news come in runs of capitalised words ("Federal Interior Minister Jana Novak"). Before asking where in a
//! run a name begins and ends, each run is cut into units: a name of the lists, a hyphened word, an initial, a word;
//! and each unit says once what it could be. The recogniser then reads units, not tokens.

use super::begins::Listed;
use super::heads::Heads;
use super::nickname;
use super::page::Page;
use super::syllable::{is_chinese, is_syllable};
use crate::dictionary::class::{self, sort};
use crate::dictionary::{Case, Dictionary, NONE};
use crate::gazetteer;
use crate::token::{Token, form};
use std::ops::Range;

/// What a unit can be; bits of [`Unit::can`]. Those that a word's class tells are the class's own bits.
pub(super) mod can {
    use crate::dictionary::class;

    pub const GIVEN: u32 = class::GIVEN;
    pub const SURNAME: u32 = class::SURNAME;
    pub const LEXICON: u32 = class::LEXICON;
    pub const COMMON: u32 = class::COMMON;
    pub const PARTICLE: u32 = class::PARTICLE;
    pub const EVENT_HEAD: u32 = class::EVENT_HEAD;
    pub const FACILITY_HEAD: u32 = class::FACILITY_HEAD;
    pub const PLACE_HEAD: u32 = class::PLACE_HEAD;
    pub const DIRECTION: u32 = class::DIRECTION;
    pub const FUNCTION: u32 = class::FUNCTION;
    pub const TIME: u32 = class::MONTH | class::WEEKDAY;
    /// The bits that are taken over from a word's class.
    pub const OF_CLASS: u32 = GIVEN
        | SURNAME
        | LEXICON
        | COMMON
        | PARTICLE
        | EVENT_HEAD
        | FACILITY_HEAD
        | PLACE_HEAD
        | DIRECTION
        | FUNCTION
        | TIME;
    // The rest stand where a class has bits that mean nothing to a name.
    pub const PLACE: u32 = class::TRIGGER;
    pub const COUNTRY: u32 = class::REPORT;
    pub const DEMONYM: u32 = class::DEMONYM;
    pub const ORG: u32 = class::ORG_HEAD;
    pub const TITLE: u32 = class::TITLE;
    pub const ROLE: u32 = class::UNIT;
    pub const HONOUR: u32 = class::NUMBER;
    pub const LOC: u32 = class::MONEY;
    pub const ACRONYM: u32 = class::ABBREVIATION;
    pub const INITIAL: u32 = class::STARTER;
    pub const ORG_TAIL: u32 = class::CONTEXT;
    pub const ORG_OF: u32 = class::SPEECH;
    pub const SUFFIX: u32 = class::ITEM;
    /// Ends the name of a person that no title announces; known once a run is cut.
    pub const NO_PERSON: u32 = class::PEOPLE;
}

/// One piece of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub first: u32,
    pub end: u32,
    /// What it can be.
    pub can: u32,
    /// What it and the units behind it can be, up to a small word, which no name by a head goes beyond: a pattern whose
    /// head is missing there need not be tried. Known once a run is cut.
    pub ahead: u32,
    /// The surface in the dictionary, when the lists hold the unit as it stands, or [`NONE`].
    pub surface: u32,
    /// Weight of its first word as a given name, and of its last as a family name, 0–15.
    pub given: u8,
    pub surname: u8,
}

impl Unit {
    /// The unit that begins at a word; what it can be is not told yet.
    #[inline(always)]
    pub fn at(page: &Page<'_>, first: u32) -> Unit {
        let Listed { end, surface } = page.begins.listed_at(first);
        Unit { first, end: end.max(first + 1), can: 0, ahead: 0, surface, given: 0, surname: 0 }
    }

    #[inline]
    pub fn is(&self, bits: u32) -> bool {
        self.can & bits != 0
    }

    /// A title that is a given or family name too and no word of the language: Malik, Raja, Amir.
    #[inline]
    pub fn is_name_title(&self) -> bool {
        let title = self.can & (can::TITLE | can::LEXICON) == can::TITLE;
        title & (self.tokens() == 1) & (self.given.max(self.surname) >= 5)
    }

    #[inline]
    pub fn tokens(&self) -> u32 {
        self.end - self.first
    }

    /// Whether a person's name ends before it; a title before the name lets words of the language be part of it.
    #[inline]
    pub fn ends_person(&self, titled: bool) -> bool {
        const PERSON: u32 = can::GIVEN | can::SURNAME | can::INITIAL | can::PARTICLE | can::SUFFIX;
        const TITLE: u32 = can::TITLE | can::TIME | can::ORG_OF | can::DEMONYM;
        const NO_NAME: u32 = can::ACRONYM | can::PLACE | can::ORG | can::COMMON;
        let person = self.is(PERSON);
        let no_name = NO_NAME | if titled { 0 } else { can::LEXICON };
        let named = person & (self.surface == NONE) | self.is_name_title();
        let title = self.is(TITLE) & !named;
        let small = self.is(can::FUNCTION) & !self.is(can::PARTICLE);
        title | small | self.is(can::HONOUR) | (!person & self.is(no_name))
    }
}

/// Tables that turn words into what they can be, made once.
pub(super) struct Sorter {
    heads: Heads,
    /// For every set of [`sort`] bits what a listed name of them can be.
    of_sorts: [u32; 256],
    suffixes: Suffixes,
}

impl Sorter {
    pub fn new(dictionary: &Dictionary<'_>) -> Self {
        let heads = Heads::new(dictionary);
        let of_sorts = std::array::from_fn(|sorts| {
            // "The Hong Kong government": what a country's name says of its people is the country all the same.
            let sorts =
                if sorts & usize::from(sort::COUNTRY) != 0 { sorts & !usize::from(sort::DEMONYM) } else { sorts };
            [
                (sort::COUNTRY, can::COUNTRY),
                (sort::PLACE, can::PLACE),
                (sort::LOC, can::LOC),
                (sort::DEMONYM, can::DEMONYM),
                (sort::ORG, can::ORG),
                (sort::TITLE, can::TITLE),
                (sort::ROLE, can::ROLE),
                (sort::HONOUR, can::HONOUR),
            ]
            .iter()
            .fold(0, |bits, &(sort, bit)| if sorts & usize::from(sort) != 0 { bits | bit } else { bits })
        });
        Sorter { heads, of_sorts, suffixes: Suffixes::new(dictionary.text("name_suffixes").unwrap_or_default()) }
    }

    /// What one token can be by itself, its ending and the senses of its word aside.
    #[inline]
    fn token(token: &Token) -> u32 {
        let len = token.end - token.start;
        let shouted = token.form & (form::WORD | form::ALL_CAPITALS | form::DIGIT) == form::WORD | form::ALL_CAPITALS;
        let initial = token.is(form::WORD | form::CAPITAL) & (len == 1);
        token.class & can::OF_CLASS
            | if shouted & (2..=7).contains(&len) { can::ACRONYM } else { 0 }
            | if initial { can::INITIAL } else { 0 }
    }

    /// [`can::SUFFIX`] where an unlisted word ends as a family name.
    #[inline]
    fn suffix(&self, text: &str, token: &Token, bits: u32) -> u32 {
        let len = token.end - token.start;
        let asked =
            bits & (can::SURNAME | can::LEXICON | can::FUNCTION) == 0 && len >= 5 && !token.is(form::BEYOND_ASCII);
        let ends = asked && self.suffixes.end(&text.as_bytes()[..token.end as usize], len);
        if ends { can::SUFFIX } else { 0 }
    }

    /// Says what a unit can be. Its ending is not asked: it speaks only for a word among others. Whether it is listed, and
    /// of how many words it is, cannot be guessed, so nothing branches on either.
    #[inline(always)]
    pub fn describe(&self, page: &Page<'_>, unit: &mut Unit) {
        let all_if = |is_so: bool| u32::from(is_so).wrapping_neg();
        let tokens = &page.tokens[unit.first as usize..unit.end as usize];
        let (alone, listed) = (all_if(tokens.len() == 1), all_if(unit.surface != NONE));
        let by_list = self.listed(page.dictionary, tokens, unit.surface & listed);
        unit.can = Self::token(&tokens[0]) & alone | by_list & listed;
        let weights = tokens[0].name_weights & alone as u8;
        (unit.given, unit.surname) = (weights >> 4, weights & 15);
        // A listed "Border Guard" still closes "Chilean Border Guard".
        let last = &tokens[tokens.len() - 1];
        let closes = all_if(last.has(class::ORG_HEAD)) & can::ORG_TAIL;
        unit.can |= self.heads.of(last) & (alone | closes);
    }

    /// Cuts a run of tokens into units.
    pub fn cut(&self, page: &Page<'_>, run: Range<u32>, out: &mut Vec<Unit>) {
        let tokens = page.tokens;
        let (first, end) = (run.start, run.end);
        out.clear();
        let mut at = first;
        while at < end {
            if tokens[at as usize].form & form::WORD == 0 && page.begins.listed_at(at).end <= at + 1 {
                if at > first
                    && let Some(close) = nickname::close_of(&tokens[..end as usize], at as usize)
                {
                    let end = close as u32 + 1;
                    out.push(Unit { first: at, end, can: can::INITIAL, ahead: 0, surface: NONE, given: 0, surname: 0 });
                    at = end;
                    continue;
                }
                // A hyphen, an apostrophe, an initial's stop: part of a unit only if the next word joins it.
                at += 1;
                continue;
            }
            let mut unit = Unit::at(page, at);
            self.describe(page, &mut unit);
            if unit.tokens() == 1 {
                unit.can |= self.suffix(page.text, &tokens[at as usize], unit.can);
            }
            if unit.surface != NONE {
                name_in_place(tokens, &mut unit);
            } else if unit.can & MONTH_AND_MORE == MONTH_AND_MORE {
                name_as_month(tokens, out.last(), &mut unit);
            } else if unit.is(can::INITIAL) && tokens.get(at as usize + 1).is_some_and(is_glued_stop) {
                // "Ana A. Rojas", "Ana I. Rojas" are not of the article and of oneself.
                unit.can = can::INITIAL;
            }
            if unit.is(can::TITLE | can::ROLE) {
                name_as_title(tokens, out.last(), &mut unit);
            }
            if let Some(family) = out.last_mut().filter(|last| last.end == at) {
                family_name_first(page, family, &mut unit);
            }
            let glued = at > first && tokens[at as usize].form & form::SPACE == 0;
            let in_two = glued && out.len() > 1 && is_in_two(page, at);
            match out.last_mut() {
                Some(last) if in_two => {
                    last.end = unit.end;
                    last.surface = NONE;
                    last.can = can::GIVEN | can::SUFFIX;
                }
                Some(last) if glued && joins(last, &unit) => {
                    last.end = unit.end;
                    last.surface = NONE;
                    // "Anti-Corruption" is no name though somebody is called Anti; "Al-Zayani" is one by its second part.
                    let of_names = |u: &Unit| {
                        if u.is(can::LEXICON) {
                            can::PARTICLE
                        } else {
                            can::GIVEN | can::SURNAME | can::SUFFIX | can::PARTICLE
                        }
                    };
                    let names = last.can & of_names(last) | unit.can & of_names(&unit);
                    let names = if unit.is(can::LEXICON) && !last.is(can::PARTICLE) { 0 } else { names };
                    let words = unit.can & (can::LEXICON | can::COMMON);
                    let heads = unit.can & (can::ORG_TAIL | can::EVENT_HEAD | can::FACILITY_HEAD);
                    last.can = names | words | heads;
                    last.surname = last.surname.max(unit.surname);
                }
                Some(last) if glued && last.is(can::COUNTRY) && unit.is(can::COUNTRY | can::ORG) => {
                    // "UK-France" and "Israel-Hamas" are nobody.
                    let person = can::GIVEN | can::SURNAME | can::SUFFIX;
                    last.can &= !person;
                    unit.can &= !person;
                    out.push(unit);
                }
                _ => out.push(unit),
            }
            at = unit.end;
        }
        let mut ahead = 0;
        for unit in out.iter_mut().rev() {
            let goes_on = u32::from(unit.is(can::FUNCTION)).wrapping_sub(1);
            ahead = unit.can | ahead & goes_on;
            unit.ahead = ahead;
            unit.can |= can::NO_PERSON * u32::from(unit.ends_person(false));
        }
    }

    /// What a name of the lists can be, written as it is here.
    #[inline]
    fn listed(&self, dictionary: &Dictionary<'_>, tokens: &[Token], surface: u32) -> u32 {
        let (plainly, in_capitals) = (dictionary.sorts(surface, false), dictionary.sorts(surface, true));
        // Hardly any name is all in capitals; whether one can then be more could not be guessed of the others.
        let begins = tokens[0].form & (form::ALL_CAPITALS | form::DIGIT) != 0;
        let more = begins && plainly != in_capitals && gazetteer::is_cased(tokens, Case::AllCapitals);
        let can = self.of_sorts[usize::from(if more { in_capitals } else { plainly }) % 256];
        // "USI" is short for something, and not the town of Usi.
        let short = begins & (tokens.len() == 1) & (tokens[0].end - tokens[0].start <= SHORT);
        if short && plainly == in_capitals && can & (can::PLACE | can::COUNTRY) == can::PLACE { 0 } else { can }
    }
}

/// Up to so many letters in capitals are an acronym, whatever place is called so in small letters.
const SHORT: u32 = 3;

/// From this weight up, many people are called so, and that a dictionary has the word too says little: "Peter", "Smith".
pub(super) const STRONG: u8 = 9;

/// Endings of family names.
struct Suffixes {
    /// By their last two letters.
    list: Vec<Suffix>,
    /// For each two letters where their suffixes begin in `list`; those of the next two end them.
    begins: Vec<u16>,
    /// For each two letters a bit for each that stands before them in a suffix; all where one is of the two alone. Most
    /// words end in no suffix, and are told by it.
    before: Vec<u32>,
}

/// An ending of at most sixteen letters of ASCII.
#[derive(Clone, Copy)]
struct Suffix {
    /// Its letters, the last one highest, and all bits of their bytes.
    letters: u128,
    mask: u128,
    /// Length of the shortest word that it ends.
    shortest: u32,
}

impl Suffixes {
    /// Reads lines of a suffix and its shortest stem.
    fn new(lines: &str) -> Self {
        let mut list: Vec<Suffix> = lines
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .filter(|(suffix, _)| (2..=16).contains(&suffix.len()) && suffix.bytes().all(|b| b.is_ascii_lowercase()))
            .map(|(suffix, stem)| Suffix {
                letters: last_bytes(suffix.as_bytes()),
                mask: Self::mask(suffix.len()),
                shortest: suffix.len() as u32 + stem.trim().parse().unwrap_or(3),
            })
            .collect();
        let key = |suffix: &Suffix| Self::key(suffix.letters).unwrap_or_default();
        list.sort_unstable_by_key(key);
        let (mut begins, mut before) = (vec![0; 26 * 26 + 1], vec![0; 26 * 26]);
        for suffix in &list {
            begins[key(suffix) + 1] += 1;
            before[key(suffix)] |= if suffix.mask == Self::mask(2) { !0 } else { 1 << Self::third(suffix.letters) };
        }
        for at in 1..begins.len() {
            begins[at] += begins[at - 1];
        }
        Suffixes { list, begins, before }
    }

    /// The bits of the last so many bytes.
    fn mask(bytes: usize) -> u128 {
        !0 << (128 - 8 * bytes)
    }

    /// A number below 32 for the last letter but two.
    #[inline]
    fn third(letters: u128) -> u32 {
        (letters >> 104) as u32 & 31
    }

    /// A number for the last two letters of a word, when they are ASCII.
    #[inline]
    fn key(letters: u128) -> Option<usize> {
        let letter = |byte: u128| (byte as u8).wrapping_sub(b'a');
        let (a, b) = (letter(letters >> 112), letter(letters >> 120));
        (a < 26 && b < 26).then_some(usize::from(a) * 26 + usize::from(b))
    }

    /// Whether an unlisted ASCII word ends as family names of some language do ("-bayev", "-shvili"): the last `len` bytes
    /// of `text`.
    #[inline]
    fn end(&self, text: &[u8], len: u32) -> bool {
        // In small letters; what is no letter is told by the key or makes no suffix.
        let letters = last_bytes(text) | 0x2020_2020_2020_2020_2020_2020_2020_2020;
        let Some(key) = Self::key(letters).filter(|&key| self.before[key] >> Self::third(letters) & 1 != 0) else {
            return false;
        };
        let suffixes = &self.list[usize::from(self.begins[key])..usize::from(self.begins[key + 1])];
        suffixes.iter().any(|s| (letters & s.mask == s.letters) & (len >= s.shortest))
    }
}

/// The last sixteen bytes of a text, the last one highest; zeros below where it has fewer.
#[inline]
fn last_bytes(text: &[u8]) -> u128 {
    match text.last_chunk::<16>() {
        Some(bytes) => u128::from_le_bytes(*bytes),
        None => text.iter().fold(0, |bytes, byte| bytes >> 8 | u128::from(*byte) << 120),
    }
}

fn is_glued_stop(token: &Token) -> bool {
    token.is_symbol(b'.') && token.form & form::SPACE == 0
}

/// A month that is a little word too, "May".
const MONTH_AND_MORE: u32 = class::MONTH | can::FUNCTION;

/// "Ana May": behind a given name that many bear, and without a day, a month is a family name.
fn name_as_month(tokens: &[Token], before: Option<&Unit>, unit: &mut Unit) {
    let behind_given = before.is_some_and(|u| u.end == unit.first && u.given >= STRONG);
    if behind_given && !tokens.get(unit.end as usize).is_some_and(|t| t.is(form::DIGIT)) {
        (unit.can, unit.surname) = (can::SURNAME, STRONG);
    }
}

/// "Ana Bishop": behind a given name that many bear, and with no name behind it, a title that is a family name too is one.
fn name_as_title(tokens: &[Token], before: Option<&Unit>, unit: &mut Unit) {
    const FAMILY: u8 = 6;
    let behind_given = before.is_some_and(|u| u.end == unit.first && u.given >= STRONG && !u.is(can::COMMON));
    let ends = tokens.get(unit.end as usize).is_none_or(|t| !t.is(form::CAPITAL) && t.symbol | 0x20 != b'o');
    if unit.tokens() == 1 && unit.surname >= FAMILY && behind_given && ends {
        (unit.can, unit.surface) = (can::SURNAME, NONE);
    }
}

/// "Fan Jiande": behind a Chinese family name, two syllables of that language are a given name, whatever else both are.
fn family_name_first(page: &Page<'_>, family: &mut Unit, unit: &mut Unit) {
    const FAMILY: u8 = 5;
    let is_family = family.tokens() == 1 && family.surname >= FAMILY && !family.is(can::FUNCTION | can::ACRONYM);
    if !is_family || unit.tokens() > 1 || unit.is(can::LEXICON | can::FUNCTION | can::ACRONYM) {
        return;
    }
    let word = |unit: &Unit| page.tokens[unit.first as usize].of(page.text);
    if is_chinese(word(family), 1) && is_chinese(word(unit), 2) {
        (family.can, family.surface) = (can::SURNAME, NONE);
        (unit.can, unit.surface) = (can::GIVEN | can::SUFFIX, NONE);
    }
}

/// "O'Neill" is a town, and a family name all the same.
fn name_in_place(tokens: &[Token], unit: &mut Unit) {
    if let [_, mark, last] = &tokens[unit.first as usize..unit.end as usize]
        && mark.is_symbol(b'\'')
    {
        unit.can |= last.class & (can::GIVEN | can::SURNAME);
        unit.surname = last.name_weights & 15;
    }
}

/// Whether the word at `at` is, with what a hyphen joins to it, a given name of two syllables.
fn is_in_two(page: &Page<'_>, at: u32) -> bool {
    let syllable = |at: u32| is_syllable(page.tokens[at as usize].of(page.text));
    page.tokens[at as usize - 1].is_symbol(b'-') && syllable(at) && syllable(at - 2)
}

/// Whether a unit glued to the one before it by a hyphen or an apostrophe is one word with it ("Al-Zayani", "O'Neill",
/// "Anti-Corruption"), and not two names side by side ("Chad-Sudan").
fn joins(last: &Unit, unit: &Unit) -> bool {
    let names = can::PLACE | can::DEMONYM | can::ORG;
    let two_names = last.is(names) && unit.is(names);
    // "US-Iran": no country is a particle, though "us" is one.
    last.is(can::PARTICLE) && !last.is(can::COUNTRY) || !(two_names || unit.is(can::INITIAL))
}

//! Makes an image out of lists.
//!
//! Used by the build script for the lists that the program carries, and at start for a user's own; both make the same
//! form, so there is one reader. Everything is sorted before it is written: the same lists give the same bytes.

use super::class::{Function, TOLD_WANTED};
use super::image::{
    ClassSense, EntryRow, Image, NONE, PAIR_COUNT, PlaceRow, PlainWord, Reading, SPELLED_TOGETHER, Slice, SurfaceRow,
    WordRow,
};
use super::parts::Parts;
use super::prior;
use super::speech::Mark;
use super::trie::Trie;
use super::word_table::{NewWord, OwnTable, Told};
use super::{Case, Kind, bigram_key, class, place};
use crate::error::{Error, Result};
use crate::token::{Token, Tokens, fold_symbol, fold_word, form, hash_folded};
use std::collections::{BTreeMap, HashMap};

/// A thing to be put into the image.
#[derive(Clone, Debug)]
pub struct NewEntry<'a> {
    /// Main name.
    pub name: &'a str,
    /// What it is.
    pub kind: Kind,
    /// ISO 3166-1 alpha-2 in capitals, or empty.
    pub country: &'a str,
    /// Degrees north and east.
    pub position: Option<(f64, f64)>,
    /// Inhabitants; 0 when unknown.
    pub population: u32,
    /// Its number in GeoNames; 0 when it has none.
    pub geonameid: u32,
    /// As [`Kind`] says.
    pub sort: &'a str,
    /// As [`Kind`] says.
    pub detail: &'a str,
}

impl<'a> NewEntry<'a> {
    /// An entry with a name and a kind only.
    pub fn new(name: &'a str, kind: Kind) -> Self {
        NewEntry { name, kind, country: "", position: None, population: 0, geonameid: 0, sort: "", detail: "" }
    }
}

/// Counts of a word in the counted texts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// All occurrences.
    pub count: u32,
    /// Inside a sentence in lower case.
    pub lower: u32,
    /// Inside a sentence with a capital.
    pub capital: u32,
    /// Level in the lexicon, 0 for none.
    pub level: u8,
}

#[derive(Default)]
struct Word {
    class: u32,
    counts: Counts,
    given: u8,
    surname: u8,
    surface: Option<u32>,
    senses: Vec<[u32; 2]>,
    function: u8,
    /// Rules of events ask for it.
    is_wanted: bool,
    spelling: Option<String>,
}

struct NewSurface {
    /// Where it is spelled.
    text: u32,
    tokens: Vec<Token>,
    /// Length of the first word, folded.
    first: usize,
    readings: Vec<Reading>,
}

/// Gathers lists and writes the image.
pub struct Builder {
    words: BTreeMap<String, Word>,
    surfaces: BTreeMap<String, NewSurface>,
    entries: Vec<EntryRow>,
    /// Beside the entries.
    places: Vec<PlaceRow>,
    /// Where each name is spelled, so that an entry and the string that finds it share one spelling.
    spelled: HashMap<String, u32>,
    values: Vec<Slice>,
    value_ids: HashMap<String, u32>,
    /// Spellings of names that are looked at when all lists have been read.
    spellings: Vec<(String, u32, Case)>,
    /// Words, as lists write them, for which rules of events ask.
    wanted: Vec<String>,
    bigrams: BTreeMap<u64, u64>,
    texts: BTreeMap<String, String>,
    pool: Vec<u8>,
    tokens: Tokens,
    folded: String,
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// An empty image.
    pub fn new() -> Self {
        let mut builder = Builder {
            words: BTreeMap::new(),
            surfaces: BTreeMap::new(),
            entries: Vec::new(),
            places: Vec::new(),
            spelled: HashMap::new(),
            values: Vec::new(),
            value_ids: HashMap::new(),
            spellings: Vec::new(),
            wanted: Vec::new(),
            bigrams: BTreeMap::new(),
            texts: BTreeMap::new(),
            pool: Vec::new(),
            tokens: Tokens::default(),
            folded: String::new(),
        };
        builder.value("");
        builder
    }

    fn word(&mut self, word: &str) -> &mut Word {
        self.folded.clear();
        fold_word(word, &mut self.folded);
        self.words.entry(self.folded.clone()).or_default()
    }

    fn value(&mut self, value: &str) -> u32 {
        if let Some(&id) = self.value_ids.get(value) {
            return id;
        }
        let id = self.values.len() as u32;
        let slice = self.pooled(value);
        self.values.push(slice);
        self.value_ids.insert(value.to_owned(), id);
        id
    }

    /// Where a name is spelled; a zero stands behind it.
    fn spelled(&mut self, name: &str) -> u32 {
        if let Some(&at) = self.spelled.get(name) {
            return at;
        }
        let at = self.pooled(name).at;
        self.pool.push(0);
        self.spelled.insert(name.to_owned(), at);
        at
    }

    fn pooled(&mut self, text: &str) -> Slice {
        let at = self.pool.len() as u32;
        self.pool.extend_from_slice(text.as_bytes());
        Slice { at, len: text.len() as u32 }
    }

    /// Adds class bits to a single word.
    pub fn add_class(&mut self, word: &str, bits: u32) {
        self.word(word).class |= bits;
    }

    /// Adds a sense: a class bit with a value.
    pub fn add_sense(&mut self, word: &str, bit: u32, sense: &str) {
        let value = self.value(sense);
        let function = if bit == class::FUNCTION { Function::from_name(sense) } else { None };
        let word = self.word(word);
        word.class |= bit;
        if word.function == 0 {
            word.function = function.map_or(0, |f| f as u8);
        }
        if !word.senses.contains(&[bit, value]) {
            word.senses.push([bit, value]);
        }
    }

    /// Notes that rules of events ask for a word. One that no list holds stays unknown.
    pub fn want(&mut self, word: String) {
        self.wanted.push(word);
    }

    /// Marks the words for which rules of events ask, once all lists have been read.
    fn mark_wanted(&mut self) {
        for wanted in std::mem::take(&mut self.wanted) {
            self.folded.clear();
            fold_word(&wanted, &mut self.folded);
            if let Some(word) = self.words.get_mut(&self.folded) {
                word.is_wanted = true;
            }
        }
    }

    /// Adds the counts of a word; `lexicon` when it is a word of the language, `common` when it is a common one.
    pub fn add_lexicon(&mut self, word: &str, counts: Counts, lexicon: bool, common: bool) {
        let word = self.word(word);
        word.class |= if lexicon { class::LEXICON } else { 0 } | if common { class::COMMON } else { 0 };
        word.counts = counts;
    }

    /// Adds a given name with its weight, 0–15.
    pub fn add_given(&mut self, name: &str, weight: u8) {
        let word = self.word(name);
        word.spelling.get_or_insert_with(|| name.to_owned());
        word.class |= class::GIVEN;
        word.given = word.given.max(weight.min(15));
    }

    /// Adds a family name with its weight, 0–15.
    pub fn add_surname(&mut self, name: &str, weight: u8) {
        let word = self.word(name);
        word.spelling.get_or_insert_with(|| name.to_owned());
        word.class |= class::SURNAME;
        word.surname = word.surname.max(weight.min(15));
    }

    /// Adds a thing and returns its number.
    pub fn add_entry(&mut self, new: &NewEntry<'_>) -> u32 {
        let rank = match (new.kind, new.sort) {
            (Kind::City, "PPLC") => 2,
            (Kind::City, "PPLA") => 1,
            _ => 0,
        };
        let [sort, detail] = [new.sort, new.detail].map(|value| self.value(value) as u16);
        let country = new.country.as_bytes().try_into().unwrap_or_default();
        let name = self.spelled(new.name);
        self.entries.push(EntryRow {
            name,
            sort,
            detail,
            country,
            name_len: new.name.len().min(LONGEST_NAME) as u8,
            kind_and_rank: new.kind as u8 | rank << 4,
        });
        let degrees = |x: f64| (x * 10_000.0).round() as i32;
        self.places.push(PlaceRow {
            lat: new.position.map_or(i32::MIN, |p| degrees(p.0)),
            lon: new.position.map_or(i32::MIN, |p| degrees(p.1)),
            population: new.population,
            id: new.geonameid,
        });
        self.entries.len() as u32 - 1
    }

    /// The entry of a kind with a number of GeoNames; without one the country, or the place of a country with a name.
    pub fn find_entry(&self, kind: Kind, geonameid: u32, country: &str, name: &str) -> Option<u32> {
        let spelled = |row: &EntryRow| &self.pool[row.name as usize..][..usize::from(row.name_len)];
        let is = |(row, place): (&EntryRow, &PlaceRow)| {
            row.kind() == kind
                && if geonameid != 0 {
                    place.id == geonameid
                } else {
                    row.country == country.as_bytes() && (kind == Kind::Country || spelled(row) == name.as_bytes())
                }
        };
        self.entries.iter().zip(&self.places).position(is).map(|at| at as u32)
    }

    /// Adds a string by which an entry is named. `alias`: 0 its own name, 1 another, 2 its acronym.
    pub fn add_name(&mut self, name: &str, entry: u32, case: Case, alias: u8) {
        self.tokens.tokenize(name);
        let tokens: Vec<Token> = self.tokens.to_vec();
        if tokens.is_empty() || tokens.len() > 16 || tokens[0].form & form::WORD == 0 || name.contains('\0') {
            return;
        }
        let folded = folded_surface(name, &tokens);
        if !self.surfaces.contains_key(&folded) {
            let text = self.spelled(name);
            let first = folded_surface(name, &tokens[..1]).len();
            self.surfaces.insert(folded.clone(), NewSurface { text, tokens, first, readings: Vec::new() });
        }
        let readings = &mut self.surfaces.get_mut(&folded).expect("it was just put there").readings;
        let reading = Reading::new(entry, case, alias);
        match readings.iter_mut().find(|r| r.entry() == entry) {
            Some(known) => *known = Reading::new(entry, case.min(known.case()), alias.min(known.alias())),
            None => readings.push(reading),
        }
    }

    /// Adds a string by which an entry may be named where no list names anything by it.
    pub fn add_spelling(&mut self, name: String, entry: u32, case: Case) {
        self.spellings.push((name, entry, case));
    }

    /// Adds the spellings that name nothing yet.
    fn add_spellings(&mut self) {
        let mut spellings = std::mem::take(&mut self.spellings);
        spellings.retain(|(name, ..)| {
            self.tokens.tokenize(name);
            !self.surfaces.contains_key(&folded_surface(name, &self.tokens))
        });
        for (name, entry, case) in spellings {
            self.add_name(&name, entry, case, 1);
        }
    }

    /// Adds a count of two lower-case words side by side.
    pub fn add_bigram(&mut self, first: &str, second: &str, count: u32) {
        let key = bigram_key(hash_folded(first), hash_folded(second));
        self.bigrams.insert(key, u64::from(count));
    }

    /// Carries a list as text, for the station that reads it at start.
    pub fn add_text(&mut self, name: &str, body: &str) {
        self.texts.insert(name.to_owned(), body.to_owned());
    }

    /// Writes the image.
    ///
    /// # Errors
    /// When two different words or names share a hash, or the lists outgrow the image's numbers.
    pub fn finish(mut self) -> Result<Image> {
        self.mark_small_divisions();
        self.add_spellings();
        let (surfaces, readings, trie) = self.surfaces()?;
        self.mark_wanted();
        let (beginnings, pairs) = trie.finish()?;
        let Words { rows, told, plain, alone, spellings, spelling_starts, senses } = self.words(&surfaces)?;
        let mut bigrams = table(self.bigrams.len(), 0u64);
        for (&key, &count) in &self.bigrams {
            let pair = key & !PAIR_COUNT | count.min(PAIR_COUNT);
            insert(&mut bigrams, key & !PAIR_COUNT, pair, |row| row & !PAIR_COUNT)?;
        }
        let texts: Vec<[Slice; 2]> =
            std::mem::take(&mut self.texts).iter().map(|(name, body)| [self.pooled(name), self.pooled(body)]).collect();
        if let Some(name) = self.spelled.keys().filter(|name| name.len() > LONGEST_NAME).min() {
            return Err(Error::list(format!("the name {name:?} is longer than {LONGEST_NAME} bytes")));
        }
        let outgrown = [
            (self.pool.len(), u32::MAX as usize, "strings, in bytes"),
            (self.entries.len(), Reading::MOST_ENTRIES, "entries"),
            (self.values.len(), usize::from(u16::MAX), "values"),
        ];
        if let Some((size, most, what)) = outgrown.into_iter().find(|(size, most, _)| size > most) {
            return Err(Error::list(format!("the lists hold {size} {what}, and there is room for {most}")));
        }
        let last = self.places.iter().rposition(|place| *place != PlaceRow::NONE);
        self.places.truncate(last.map_or(0, |last| last + 1));
        self.places.push(PlaceRow::NONE);
        let pool = String::from_utf8(self.pool).map_err(|_| Error::list("the strings of the lists are not UTF-8"))?;
        let mut parts = Parts {
            stamp: 0,
            table: OwnTable::new(&rows)?,
            by_class: by_class(&told, &senses),
            words: told,
            plain_words: plain,
            alone,
            spellings,
            spelling_starts,
            senses,
            beginnings,
            pairs,
            surfaces,
            readings,
            entries: self.entries,
            places: self.places,
            values: self.values,
            bigrams,
            texts,
            pool,
            // No user's list is among what is compiled.
            users: Vec::new(),
            abouts: Vec::new(),
            user_surfaces: Vec::new(),
            strings: Vec::new(),
        };
        parts.set_stamp();
        Ok(parts.to_image())
    }

    /// Marks the divisions where hardly anybody lives. No list counts their people, and of many not even the towns are
    /// known to lie in them, so it takes both: that their towns are small, and that their country's divisions are on
    /// average.
    fn mark_small_divisions(&mut self) {
        const FEW: u64 = 30_000;
        let mut towns: HashMap<([u8; 2], u16), u64> = HashMap::new();
        let mut countries: HashMap<[u8; 2], (u64, u64)> = HashMap::new();
        for (row, place) in self.entries.iter().zip(&self.places) {
            match row.kind() {
                Kind::Country => countries.entry(row.country).or_default().0 += u64::from(place.population),
                Kind::Admin1 => countries.entry(row.country).or_default().1 += 1,
                Kind::City => *towns.entry((row.country, row.detail)).or_default() += u64::from(place.population),
                _ => {}
            }
        }
        for row in self.entries.iter_mut().filter(|row| row.kind() == Kind::Admin1) {
            let (people, divisions) = countries.get(&row.country).copied().unwrap_or_default();
            let in_towns = towns.get(&(row.country, row.detail)).copied().unwrap_or_default();
            if in_towns < FEW && (1..FEW * divisions).contains(&people) {
                row.kind_and_rank |= 1 << 4;
            }
        }
    }

    /// What kinds of things readings can be: bits of [`sort`](super::class::sort).
    fn sorts<'r>(&self, readings: impl Iterator<Item = &'r Reading>) -> u16 {
        readings.fold(0, |bits, reading| {
            let row = &self.entries[reading.entry() as usize];
            bits | prior::sorts(row.kind(), || self.value_text(u32::from(row.sort)))
        })
    }

    fn place_prior(&self, reading: &Reading) -> u8 {
        let entry = reading.entry() as usize;
        let row = &self.entries[entry];
        prior::as_place(row.kind(), row.rank(), self.places[entry].population, reading.alias())
    }

    fn prominence(&self, reading: &Reading) -> u8 {
        match self.entries[reading.entry() as usize].kind() {
            Kind::City => self.place_prior(reading),
            Kind::Organisation => 60,
            _ => 99,
        }
    }

    fn value_text(&self, value: u32) -> &str {
        let Slice { at, len } = self.values[value as usize];
        std::str::from_utf8(&self.pool[at as usize..(at + len) as usize]).unwrap_or_default()
    }

    /// Numbers the surfaces, lays the trie of the longer ones and marks the words that begin them.
    #[allow(clippy::type_complexity)]
    fn surfaces(&mut self) -> Result<(Vec<SurfaceRow>, Vec<Reading>, Trie)> {
        let mut rows = Vec::with_capacity(self.surfaces.len());
        let mut readings = vec![Reading::ONE];
        let mut trie = Trie::default();
        // Those that are met most lie together: a page of memory is then asked for often or never.
        let mut surfaces: Vec<(String, NewSurface)> = std::mem::take(&mut self.surfaces).into_iter().collect();
        surfaces.sort_by_cached_key(|(_, s)| std::cmp::Reverse(s.readings.iter().map(|r| self.prominence(r)).max()));
        for (number, (text, surface)) in surfaces.into_iter().enumerate() {
            let number = number as u32;
            let mut list = surface.readings;
            // The entry's own name before other names of others, then list order.
            list.sort_by_key(|r| (r.alias(), r.entry()));
            let sorts = [self.sorts(list.iter().filter(|r| r.case() < Case::AllCapitals)), self.sorts(list.iter())];
            let place_prior = list.iter().map(|r| self.place_prior(r)).max().unwrap_or(0);
            let row = SurfaceRow::new(surface.text, sorts, place_prior, &list, &mut readings);
            let case = row.case();
            rows.push(row);
            let small = case == Case::Any as u8;
            let tokens = &surface.tokens;
            if let [_single] = tokens.as_slice() {
                let word = self.words.entry(text).or_default();
                word.surface = Some(number);
                word.class |= match case {
                    0 => class::NAME | class::NAME_SMALL,
                    1 => class::NAME,
                    _ => class::NAME_CAPITALS,
                };
                continue;
            }
            self.words.entry(text[..surface.first].to_owned()).or_default().class |=
                class::NAME_START | if small { class::NAME_START_SMALL } else { 0 };
            trie.add(tokens, number, case)?;
        }
        Ok((rows, readings, trie))
    }

    /// Numbers the words and lays down what is known of them. Those that are met most lie together: words that were
    /// counted or have senses first, the commonest at their head, then names by themselves, then what else is a word;
    /// the names of people among them by weight.
    fn words(&mut self, surfaces: &[SurfaceRow]) -> Result<Words> {
        let mut words: Vec<(String, Word)> = std::mem::take(&mut self.words).into_iter().collect();
        words.sort_by_key(|(_, w)| {
            let weight = w.given.max(w.surname);
            std::cmp::Reverse((w.counts.count, !w.senses.is_empty(), w.surface.is_some(), weight))
        });
        let alone = words.iter().rposition(|(_, word)| word.surface.is_some()).map_or(0, |last| last + 1);
        let alone = words[..alone].iter().map(|(_, word)| word.surface.unwrap_or(NONE)).collect();
        let mut all = Words { alone, ..Words::default() };
        for (number, (text, mut word)) in words.into_iter().enumerate() {
            if number % SPELLED_TOGETHER == 0 {
                all.spelling_starts.push(self.pool.len() as u32);
            }
            // A name by itself is spelled already, unless it has other letters there.
            let is_spelled = |surface: u32| {
                let known = &self.pool[surfaces[surface as usize].text as usize..];
                let known = known.split(|byte| *byte == 0).next().unwrap_or_default();
                match &word.spelling {
                    Some(name) => known == name.as_bytes(),
                    None => known.eq_ignore_ascii_case(text.as_bytes()),
                }
            };
            let spelling = word.spelling.as_deref().unwrap_or(&text);
            let spelling = if word.surface.is_some_and(is_spelled) { "" } else { spelling };
            let len = u8::try_from(spelling.len())
                .map_err(|_| Error::list(format!("the word {text:?} is longer than {LONGEST_NAME} bytes")))?;
            all.spellings.push(len);
            self.pool.extend_from_slice(spelling.as_bytes());
            let weights = word.given << 4 | word.surname;
            let mark = Mark::of_word(&text, word.senses.iter().map(|&[class, value]| (class, self.value_text(value))));
            let function = Function::from_byte(word.function).told() | if word.is_wanted { TOLD_WANTED } else { 0 };
            let told = Told { class: word.class, name_weights: weights, function, mark: mark.0, pad: 0 };
            all.rows.push(NewWord { hash: hash_folded(&text), told });
            let plain = PlainWord { level: word.counts.level, name_weights: weights };
            if word.counts.count == 0 && word.senses.is_empty() {
                all.plain.push(plain);
                continue;
            }
            let Counts { count, lower, capital, .. } = word.counts;
            let (senses, sense_count) = (all.senses.len() as u32, word.senses.len() as u16);
            all.told.push(WordRow { count, lower, capital, senses, sense_count, plain });
            all.senses.append(&mut word.senses);
        }
        Ok(all)
    }
}

/// Longest name of a thing, and longest word, in bytes.
pub const LONGEST_NAME: usize = u8::MAX as usize;

/// The words of the lists by number, as their sections hold them.
#[derive(Default)]
struct Words {
    rows: Vec<NewWord>,
    told: Vec<WordRow>,
    plain: Vec<PlainWord>,
    alone: Vec<u32>,
    spellings: Vec<u8>,
    spelling_starts: Vec<u32>,
    senses: Vec<[u32; 2]>,
}

/// The senses by class, and within a class by word.
fn by_class(words: &[WordRow], senses: &[[u32; 2]]) -> Vec<ClassSense> {
    let mut all = Vec::with_capacity(senses.len());
    for (word, row) in (0..).zip(words) {
        all.extend(row.own_senses(senses).iter().map(|&[class, value]| ClassSense { class, word, value }));
    }
    all.sort_by_key(|s| (s.class, s.word));
    all
}

/// An empty open-addressing table, at most two thirds full: a fuller one probes longer, an emptier one leaves the cache.
pub(super) fn table<T: Copy>(rows: usize, empty: T) -> Vec<T> {
    vec![empty; (rows + rows / 2).next_power_of_two().max(8)]
}

pub(super) fn insert<T: Copy>(table: &mut [T], key: u64, row: T, key_of: impl Fn(&T) -> u64) -> Result<()> {
    if key == 0 {
        return Err(Error::list("a hash of zero marks an empty slot"));
    }
    let mask = table.len() - 1;
    let mut at = place(key, table);
    loop {
        match key_of(&table[at]) {
            0 => {
                table[at] = row;
                return Ok(());
            }
            k if k == key => return Err(Error::list("two keys share a hash")),
            _ => at = (at + 1) & mask,
        }
    }
}

/// The folded form of a name: its folded tokens, one space where the name has white space.
pub fn folded_surface(name: &str, tokens: &[Token]) -> String {
    let mut out = String::with_capacity(name.len());
    for (i, token) in tokens.iter().enumerate() {
        if i > 0 && token.form & form::SPACE != 0 {
            out.push(' ');
        }
        if token.form & form::WORD != 0 {
            fold_word(token.of(name), &mut out);
        } else {
            out.extend(token.of(name).chars().map(fold_symbol));
        }
    }
    out
}

//! Puts names into an image that is there already, and takes names out of it.
//!
//! There is one image and one search whether or not a user brings lists: the sections are copied, what is new goes behind
//! what is there, and the tables get further rows. So a user's name costs what any name costs, and nothing when there is
//! none. What a user says beats what we say: an entry of a user's list takes the names that it has away from our entries of
//! the same type.

use super::class::{self, sort};
use super::compile::{Counts, folded_surface, table};
use super::image::{
    AboutRow, ClassSense, Edge, EntryRow, Reading, SECTIONS, STATE_BITS, Slice, Slot, SurfaceRow, UserRow, WordInfo,
    assemble, hash_bytes,
};
use super::prior::{self, Prior};
use super::speech::Mark;
use super::user::NameType;
use super::{Case, Dictionary, Kind, NONE, START, edge_key, pair_key, place};
use crate::error::{Error, Result};
use crate::token::{NO_WORD, Token, Tokens, fold_word, form, hash_folded};
use std::collections::HashMap;

/// An entry to be put in.
#[derive(Clone, Debug)]
pub struct NewUser<'n> {
    /// File name of its list.
    pub list: &'n str,
    /// Main name.
    pub name: &'n str,
    /// What records shall call it.
    pub kind: NameType,
    /// As [`super::User`] says.
    pub subtype: &'n str,
    /// As [`super::User`] says.
    pub id: &'n str,
    /// As [`super::User`] says.
    pub code: &'n str,
    /// PLOVER sector.
    pub sector: &'n str,
    /// ISO 3166-1 alpha-2; zeros for none.
    pub country: [u8; 2],
    /// Degrees north and east.
    pub position: Option<(f64, f64)>,
    /// In hundredths.
    pub weight: u8,
    /// As [`super::User`] says.
    pub from: i32,
    /// As [`super::User`] says.
    pub to: i32,
}

/// An image in the making: another one's sections, copied, and what is added to them.
pub struct Patch {
    stamp: u64,
    hot: Vec<Slot>,
    slots: Vec<Slot>,
    words: Vec<WordInfo>,
    senses: Vec<[u32; 2]>,
    edges: Vec<Edge>,
    pairs: Vec<u64>,
    surfaces: Vec<SurfaceRow>,
    readings: Vec<Reading>,
    entries: Vec<EntryRow>,
    values: Vec<Slice>,
    bigrams: Vec<[u64; 2]>,
    texts: Vec<[Slice; 2]>,
    pool: String,
    by_class: Vec<ClassSense>,
    users: Vec<UserRow>,
    abouts: Vec<AboutRow>,
    user_surfaces: Vec<u64>,
    strings: Vec<u32>,
    adding: Adding,
}

/// What is only needed while names are put in.
#[derive(Default)]
struct Adding {
    /// Entries that were there before.
    first_new: u32,
    used_edges: usize,
    next_state: u32,
    /// Names in the table of pairs, so far as they are new.
    pairs: usize,
    values: HashMap<String, u32>,
    abouts: HashMap<AboutRow, u32>,
    strings: HashMap<String, u32>,
    tokens: Tokens,
    folded: String,
}

impl Patch {
    /// Copies an image.
    pub fn new(base: &Dictionary<'_>) -> Self {
        let next_state = base.edges.iter().map(|e| e.next & ((1 << STATE_BITS) - 1)).max().unwrap_or(0).max(START) + 1;
        let mut adding = Adding {
            first_new: base.entries.len() as u32,
            used_edges: base.edges.iter().filter(|e| e.key != 0).count(),
            next_state,
            ..Adding::default()
        };
        for (number, about) in (0..).zip(base.abouts) {
            adding.abouts.insert(*about, number);
        }
        for &surface in base.strings {
            adding.strings.insert(base.surface(surface).text.to_owned(), surface);
        }
        Patch {
            stamp: base.stamp,
            hot: base.hot.to_vec(),
            slots: base.slots.to_vec(),
            words: base.words.to_vec(),
            senses: base.senses.to_vec(),
            edges: base.edges.to_vec(),
            pairs: base.pairs.to_vec(),
            surfaces: base.surfaces.to_vec(),
            readings: base.readings.to_vec(),
            entries: base.entries.to_vec(),
            values: base.values.to_vec(),
            bigrams: base.bigrams.to_vec(),
            texts: base.texts.to_vec(),
            pool: base.pool.to_owned(),
            by_class: base.by_class.to_vec(),
            users: base.users.to_vec(),
            abouts: base.abouts.to_vec(),
            user_surfaces: base.user_surfaces.to_vec(),
            strings: base.strings.to_vec(),
            adding,
        }
    }

    /// The image as it is now, open for reading.
    pub fn dictionary(&self) -> Dictionary<'_> {
        Dictionary {
            stamp: self.stamp,
            hot: &self.hot,
            slots: &self.slots,
            words: &self.words,
            senses: &self.senses,
            edges: &self.edges,
            pairs: &self.pairs,
            surfaces: &self.surfaces,
            readings: &self.readings,
            entries: &self.entries,
            values: &self.values,
            bigrams: &self.bigrams,
            texts: &self.texts,
            pool: &self.pool,
            by_class: &self.by_class,
            users: &self.users,
            abouts: &self.abouts,
            user_surfaces: &self.user_surfaces,
            strings: &self.strings,
        }
    }

    /// The image as bytes, to be kept in a file.
    pub fn to_image(&self) -> Vec<u8> {
        let bodies: [&[u8]; SECTIONS] = [
            bytemuck::cast_slice(&self.hot),
            bytemuck::cast_slice(&self.slots),
            bytemuck::cast_slice(&self.words),
            bytemuck::cast_slice(&self.senses),
            bytemuck::cast_slice(&self.edges),
            bytemuck::cast_slice(&self.pairs),
            bytemuck::cast_slice(&self.surfaces),
            bytemuck::cast_slice(&self.readings),
            bytemuck::cast_slice(&self.entries),
            bytemuck::cast_slice(&self.values),
            bytemuck::cast_slice(&self.bigrams),
            bytemuck::cast_slice(&self.texts),
            self.pool.as_bytes(),
            bytemuck::cast_slice(&self.by_class),
            bytemuck::cast_slice(&self.users),
            bytemuck::cast_slice(&self.abouts),
            bytemuck::cast_slice(&self.user_surfaces),
            bytemuck::cast_slice(&self.strings),
        ];
        assemble(self.stamp, &bodies)
    }

    /// The version of the lists depends on these bytes too.
    pub fn sign(&mut self, bytes: &[u8]) {
        self.stamp = hash_bytes(self.stamp, bytes);
    }

    /// Puts an entry in and returns its number. Where our lists have an entry of this name and type that the user's does
    /// not contradict, what the user does not say is taken from it.
    ///
    /// # Errors
    /// When the image has no room left.
    pub fn add_entry(&mut self, new: &NewUser<'_>) -> Result<u32> {
        let known = self.known_entry(new);
        let name = self.pooled(new.name)?;
        let sort = match new.kind {
            NameType::Person | NameType::Org | NameType::Fac | NameType::Event => {
                self.shared_value(new.sector)?
            }
            _ => self.value("")?,
        };
        let detail = self.value("")?;
        let degrees = |x: f64| (x * 10_000.0).round() as i32;
        let mut row = known.unwrap_or(EntryRow {
            name: 0,
            name_len: 0,
            kind: match new.kind {
                NameType::Person | NameType::Fac | NameType::Event => Kind::User,
                NameType::Org => Kind::Organisation,
                NameType::Gpe => Kind::City,
                NameType::Loc => Kind::Physical,
                NameType::Norp => Kind::Demonym,
            } as u8,
            rank: 0,
            country: [0; 2],
            pad2: [0; 2],
            lat: i32::MIN,
            lon: i32::MIN,
            population: 0,
            id: 0,
            sort,
            detail,
        });
        (row.name, row.name_len) = (name.at, name.len as u16);
        if new.country != [0; 2] {
            row.country = new.country;
        }
        if let Some((lat, lon)) = new.position {
            (row.lat, row.lon) = (degrees(lat), degrees(lon));
        }
        if !new.sector.is_empty() && new.kind == NameType::Org {
            row.sort = sort;
        }
        let id = self.pooled(new.id)?;
        let about = AboutRow {
            list: self.value(new.list)?,
            subtype: self.value(new.subtype)?,
            code: self.value(new.code)?,
            from: new.from,
            to: new.to,
            kind: new.kind as u8,
            weight: new.weight,
            pad: [0; 2],
        };
        let next = self.abouts.len() as u32;
        let number = *self.adding.abouts.entry(about).or_insert(next);
        if number == next {
            self.abouts.push(about);
        }
        self.users.push(UserRow { id: id.at, id_len: id.len, about: number });
        self.entries.push(row);
        Ok(self.entries.len() as u32 - 1)
    }

    /// Our likeliest entry of the same name and type, when the country and position of the user's do not speak against it.
    fn known_entry(&mut self, new: &NewUser<'_>) -> Option<EntryRow> {
        let surface = self.find(new.name)?;
        let kind = new.kind;
        self.readings(surface)
            .iter()
            .filter(|r| r.entry < self.adding.first_new && self.type_of(r.entry) == Some(kind))
            .map(|r| (Prior::of(&self.entries[r.entry as usize], r.alias).sum(), &self.entries[r.entry as usize]))
            .filter(|(_, row)| {
                let same_country = new.country == [0; 2] || new.country == row.country;
                let near = |(lat, lon): (f64, f64)| {
                    let off = |degrees: f64, own: i32| (degrees - f64::from(own) / 10_000.0).abs();
                    row.lat == i32::MIN || off(lat, row.lat) < 1.0 && off(lon, row.lon) < 1.0
                };
                same_country && new.position.is_none_or(near)
            })
            // Of several alike the first: `max_by_key` would take the last.
            .fold(None, |best, next| match best {
                Some((prior, _)) if prior >= next.0 => best,
                _ => Some(next),
            })
            .map(|(_, row)| *row)
    }

    /// What the records call an entry; none for titles, which are no entities.
    fn type_of(&self, entry: u32) -> Option<NameType> {
        let first = (self.entries.len() - self.users.len()) as u32;
        if let Some(user) = entry.checked_sub(first).and_then(|at| self.users.get(at as usize)) {
            return Some(NameType::ALL[usize::from(self.abouts[user.about as usize].kind)]);
        }
        let row = &self.entries[entry as usize];
        match Kind::ALL[usize::from(row.kind)] {
            Kind::Country | Kind::Admin1 | Kind::City => Some(NameType::Gpe),
            Kind::Region if self.text(self.values[row.sort as usize]) == "GPE" => Some(NameType::Gpe),
            Kind::Region | Kind::Physical => Some(NameType::Loc),
            Kind::Demonym => Some(NameType::Norp),
            Kind::Organisation => Some(NameType::Org),
            Kind::Title | Kind::User => None,
        }
    }

    /// Adds a string by which an entry is named, and takes it away from our entries of the same type. `exact`: it is found
    /// letter for letter.
    ///
    /// # Errors
    /// When the string holds nothing to be found, or the image has no room left.
    pub fn add_name(&mut self, name: &str, entry: u32, case: Case, alias: u8, exact: bool) -> Result<()> {
        let mut tokens = std::mem::take(&mut self.adding.tokens);
        tokens.tokenize(name);
        let surface = match tokens.first() {
            None => Err(Error::list("the name holds neither a letter nor a sign")),
            Some(_) if exact || !is_run_of_words(name, &tokens) => self.string(name),
            Some(_) => self.surface(name, &tokens),
        };
        self.adding.tokens = tokens;
        let surface = surface?;
        let first_new = self.adding.first_new;
        let kind = self.type_of(entry);
        let mut list: Vec<Reading> = self.readings(surface).to_vec();
        list.retain(|r| r.entry >= first_new || self.type_of(r.entry) != kind);
        match list.iter_mut().find(|r| r.entry == entry) {
            Some(known) => {
                known.case = known.case.min(case as u8);
                known.alias = known.alias.min(alias);
            }
            None => list.push(Reading { entry, case: case as u8, alias, pad: 0 }),
        }
        // As the builder orders them: an entry's own name before other names of others.
        list.sort_by_key(|r| (r.alias, r.entry));
        self.set_readings(surface, list);
        let (word, bit) = (surface as usize / 64, surface % 64);
        if self.user_surfaces.len() <= word {
            self.user_surfaces.resize(word + 1, 0);
        }
        self.user_surfaces[word] |= 1 << bit;
        Ok(())
    }

    /// Takes a name out: of one type, or whatever it means. As a person's, its weights as a given and as a family name go
    /// too.
    pub fn delete(&mut self, name: &str, kind: Option<NameType>) {
        if kind.is_none_or(|kind| kind == NameType::Person)
            && let Some(slot) = self.word_slot(name)
        {
            let number = self.slots[slot].number();
            self.words[number as usize].name_weights = 0;
            self.set_class(slot, class::GIVEN | class::SURNAME, 0);
        }
        if let Some(surface) = self.find(name) {
            let mut list = self.readings(surface).to_vec();
            list.retain(|r| kind.is_some() && self.type_of(r.entry) != kind);
            self.set_readings(surface, list);
        }
    }

    fn readings(&self, surface: u32) -> &[Reading] {
        let row = &self.surfaces[surface as usize];
        &self.readings[row.readings as usize..row.readings as usize + usize::from(row.reading_count)]
    }

    /// Gives a surface its readings and says so wherever it is said what the surface is.
    fn set_readings(&mut self, surface: u32, list: Vec<Reading>) {
        let sorts = |readings: &mut dyn Iterator<Item = &Reading>| {
            readings.fold(0, |bits, r| {
                let row = &self.entries[r.entry as usize];
                bits | prior::sorts(row, || self.text(self.values[row.sort as usize]))
            })
        };
        let plainly = sorts(&mut list.iter().filter(|r| r.case < Case::AllCapitals as u8));
        let in_capitals = sorts(&mut list.iter());
        let place_prior = list.iter().map(|r| self.place_prior(r)).max().unwrap_or(0);
        let case = list.iter().map(|r| r.case).min();
        let count = list.len().min(usize::from(u16::MAX)) as u16;
        let own = self.surfaces[surface as usize];
        let fits = own.reading_count >= count && own.reading_count > 0;
        let at = if fits { own.readings as usize } else { self.readings.len() };
        if !fits {
            self.readings.resize(at + list.len(), Reading { entry: 0, case: 0, alias: 0, pad: 0 });
        }
        self.readings[at..at + list.len()].copy_from_slice(&list);
        let row = &mut self.surfaces[surface as usize];
        (row.readings, row.reading_count) = (at as u32, count);
        (row.sorts, row.sorts_in_capitals, row.place_prior) = (plainly, in_capitals, place_prior);
        row.case = case.unwrap_or(0);
        self.announce(surface, case);
    }

    /// Makes a surface findable in texts, in the case that its readings ask for; one without readings is not to be found.
    fn announce(&mut self, surface: u32, case: Option<u8>) {
        let row = self.surfaces[surface as usize];
        let text = row.text as usize..row.text as usize + usize::from(row.text_len);
        if self.adding.strings.get(&self.pool[text.clone()]) == Some(&surface) {
            if case.is_none() {
                self.strings.retain(|s| *s != surface);
            }
            return;
        }
        let name = self.pool[text].to_owned();
        let mut tokens = std::mem::take(&mut self.adding.tokens);
        tokens.tokenize(&name);
        if let [only] = &tokens[..] {
            if let Some(slot) = self.slot_of(only.hash) {
                let bits = match case {
                    Some(0) => class::NAME | class::NAME_SMALL,
                    Some(1) => class::NAME,
                    Some(_) => class::NAME_CAPITALS,
                    None => 0,
                };
                self.set_class(slot, class::NAME | class::NAME_SMALL | class::NAME_CAPITALS, bits);
                let number = self.slots[slot].number();
                self.words[number as usize].surface = if case.is_some() { surface } else { NONE };
            }
        } else {
            if case == Some(Case::Any as u8)
                && let Some(slot) = self.slot_of(tokens[0].hash)
            {
                self.set_class(slot, 0, class::NAME_START_SMALL);
            }
            if let Some(edge) = self.last_edge(&tokens) {
                let edge = &mut self.edges[edge];
                let state = edge.next & ((1 << STATE_BITS) - 1);
                edge.surface = if case.is_some() { surface } else { NONE };
                edge.next = state | u32::from(case.unwrap_or(0)) << STATE_BITS;
            }
        }
        self.adding.tokens = tokens;
    }

    /// How likely a reading is meant as a place. What a user lists is meant as surely as the list says.
    fn place_prior(&self, reading: &Reading) -> u8 {
        let row = &self.entries[reading.entry as usize];
        let is_place = prior::sorts(row, || "") & (sort::PLACE | sort::LOC) != 0;
        let first = self.entries.len() - self.users.len();
        match (reading.entry as usize).checked_sub(first) {
            Some(user) if is_place => self.abouts[self.users[user].about as usize].weight.min(98),
            _ => Prior::of(row, reading.alias).sum(),
        }
    }

    /// The surface of a name, if there is one.
    fn find(&mut self, name: &str) -> Option<u32> {
        if let Some(&surface) = self.adding.strings.get(name) {
            return Some(surface);
        }
        let mut tokens = std::mem::take(&mut self.adding.tokens);
        tokens.tokenize(name);
        let surface = match &tokens[..] {
            [] => NONE,
            [only] => self.slot_of(only.hash).map_or(NONE, |s| self.words[self.slots[s].number() as usize].surface),
            _ => self.last_edge(&tokens).map_or(NONE, |edge| self.edges[edge].surface),
        };
        self.adding.tokens = tokens;
        Some(surface).filter(|&s| s != NONE)
    }

    /// The surface of a string that is found letter by letter.
    fn string(&mut self, name: &str) -> Result<u32> {
        if let Some(&surface) = self.adding.strings.get(name) {
            return Ok(surface);
        }
        let surface = self.new_surface(name, 0)?;
        self.strings.push(surface);
        self.adding.strings.insert(name.to_owned(), surface);
        Ok(surface)
    }

    /// The surface of a run of words, laid into the tables if it is new.
    fn surface(&mut self, name: &str, tokens: &[Token]) -> Result<u32> {
        let first = self.word_of(tokens[0].of(name))?;
        if let [_only] = tokens {
            let number = self.slots[first].number() as usize;
            if self.words[number].surface == NONE {
                self.words[number].surface = self.new_surface(name, 1)?;
            } else {
                self.same(self.words[number].surface, name, tokens)?;
            }
            return Ok(self.words[number].surface);
        }
        self.set_class(first, 0, class::NAME_START);
        self.add_pair(pair_key(edge_key(START, &tokens[0], false), &tokens[1]));
        let mut state = START;
        for (i, token) in tokens.iter().enumerate() {
            let space = i > 0 && token.form & form::SPACE != 0;
            let edge = self.edge(edge_key(state, token, space));
            if i + 1 < tokens.len() {
                state = self.edges[edge].next & ((1 << STATE_BITS) - 1);
                if state == 0 {
                    state = self.adding.next_state;
                    self.adding.next_state += 1;
                    if state >> STATE_BITS != 0 {
                        return Err(Error::list("the names have more beginnings than a state's number has room for"));
                    }
                    self.edges[edge].next |= state;
                }
            } else if self.edges[edge].surface == NONE {
                let surface = self.new_surface(name, tokens.len() as u8)?;
                self.edges[edge].surface = surface;
            } else {
                self.same(self.edges[edge].surface, name, tokens)?;
            }
            if i + 1 == tokens.len() {
                return Ok(self.edges[edge].surface);
            }
        }
        unreachable!("the last token returns")
    }

    /// Whether a surface that was found by hash is the name.
    fn same(&self, surface: u32, name: &str, tokens: &[Token]) -> Result<()> {
        let row = &self.surfaces[surface as usize];
        let text = self.text(Slice { at: row.text, len: u32::from(row.text_len) });
        let mut own = Tokens::default();
        own.tokenize(text);
        if folded_surface(text, &own) == folded_surface(name, tokens) {
            Ok(())
        } else {
            Err(Error::list(format!("{name:?} and {text:?} share a hash")))
        }
    }

    fn new_surface(&mut self, name: &str, tokens: u8) -> Result<u32> {
        let text = self.pooled(name)?;
        let number = self.surfaces.len() as u32;
        self.surfaces.push(SurfaceRow {
            text: text.at,
            text_len: u16::try_from(text.len).map_err(|_| Error::list("the name is longer than 65,535 bytes"))?,
            case: 0,
            tokens,
            readings: 0,
            reading_count: 0,
            sorts: 0,
            sorts_in_capitals: 0,
            place_prior: 0,
            pad: 0,
        });
        Ok(number)
    }

    /// The slot of a single word, if it is one and is listed.
    fn word_slot(&mut self, name: &str) -> Option<usize> {
        let mut tokens = std::mem::take(&mut self.adding.tokens);
        tokens.tokenize(name);
        let slot = match &tokens[..] {
            [only] if only.form & form::WORD != 0 => self.slot_of(only.hash),
            _ => None,
        };
        self.adding.tokens = tokens;
        slot
    }

    fn slot_of(&self, hash: u64) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let mut at = place(hash, &self.slots);
        loop {
            let slot = &self.slots[at & mask];
            if slot.is_empty() {
                return None;
            }
            if slot.holds(hash) {
                return Some(at & mask);
            }
            at += 1;
        }
    }

    /// The slot of a word, which is added when no list holds it.
    fn word_of(&mut self, word: &str) -> Result<usize> {
        let mut folded = std::mem::take(&mut self.adding.folded);
        folded.clear();
        fold_word(word, &mut folded);
        let hash = hash_folded(&folded);
        let slot = match self.slot_of(hash) {
            Some(slot) => Ok(slot),
            None => self.new_word(&folded, hash),
        };
        self.adding.folded = folded;
        slot
    }

    fn new_word(&mut self, folded: &str, hash: u64) -> Result<usize> {
        let number = self.words.len() as u32;
        if number >= NO_WORD {
            return Err(Error::list("the lists hold more words than a word's number has room for"));
        }
        let text = self.pooled(folded)?;
        let Counts { count, lower, capital, level } = Counts::default();
        self.words.push(WordInfo {
            count,
            lower,
            capital,
            surface: NONE,
            senses: 0,
            text: text.at,
            text_len: text.len as u16,
            sense_count: 0,
            level,
            name_weights: 0,
            pad: 0,
        });
        if self.words.len() * 3 > self.slots.len() * 2 {
            let wider = table(self.slots.len(), Slot::EMPTY);
            for slot in std::mem::replace(&mut self.slots, wider).into_iter().filter(|s| !s.is_empty()) {
                let at = self.free_slot(slot.key);
                self.slots[at] = slot;
            }
        }
        let at = self.free_slot(hash);
        self.slots[at] = Slot::new(hash, 0, 0, number, 0, Mark::of_word(folded, std::iter::empty()));
        Ok(at)
    }

    fn free_slot(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = place(hash, &self.slots);
        while !self.slots[at & mask].is_empty() {
            at += 1;
        }
        at & mask
    }

    /// Changes class bits of a word, in both tables; with the bits of names its weights go too.
    fn set_class(&mut self, slot: usize, clear: u32, set: u32) {
        let number = self.slots[slot].number();
        let weights = self.words[number as usize].name_weights;
        let place = place(self.slots[slot].key, &self.hot);
        let change = |slot: &mut Slot| {
            slot.class = slot.class & !clear | set;
            slot.set_name_weights(weights);
        };
        change(&mut self.slots[slot]);
        let hot = &mut self.hot[place];
        if !hot.is_empty() && hot.number() == number {
            change(hot);
        }
    }

    /// The edge of a key, which is added when there is none.
    fn edge(&mut self, key: u64) -> usize {
        if let Some(at) = self.find_edge(key) {
            return at;
        }
        self.adding.used_edges += 1;
        if self.adding.used_edges * 3 > self.edges.len() * 2 {
            let wider = table(self.edges.len(), Edge { key: 0, next: 0, surface: NONE });
            for edge in std::mem::replace(&mut self.edges, wider).into_iter().filter(|e| e.key != 0) {
                let at = self.edge_place(edge.key);
                self.edges[at] = edge;
            }
        }
        let at = self.edge_place(key);
        self.edges[at] = Edge { key, next: 0, surface: NONE };
        at
    }

    fn find_edge(&self, key: u64) -> Option<usize> {
        let at = self.edge_place(key);
        (self.edges[at].key == key).then_some(at)
    }

    /// Where an edge stands, or would stand.
    fn edge_place(&self, key: u64) -> usize {
        let mask = self.edges.len() - 1;
        let mut at = place(key, &self.edges);
        while self.edges[at & mask].key != key && self.edges[at & mask].key != 0 {
            at += 1;
        }
        at & mask
    }

    /// The edge over the last token of a name, if its whole way is there.
    fn last_edge(&self, tokens: &[Token]) -> Option<usize> {
        let mut state = START;
        let mut last = None;
        for (i, token) in tokens.iter().enumerate() {
            if state == 0 {
                return None;
            }
            let space = i > 0 && token.form & form::SPACE != 0;
            let at = self.find_edge(edge_key(state, token, space))?;
            state = self.edges[at].next & ((1 << STATE_BITS) - 1);
            last = Some(at);
        }
        last
    }

    /// Notes that a name begins with two tokens. When many have been noted the table is doubled: a place of the old one is
    /// two of the new, so all that was noted is still so.
    fn add_pair(&mut self, key: u64) {
        self.adding.pairs += 1;
        if self.adding.pairs * 16 > self.pairs.len() * 64 {
            let doubled = |bits: u32| (0..32).fold(0u64, |wide, i| wide | u64::from(bits >> i & 1) * 3 << (2 * i));
            self.pairs = self.pairs.iter().flat_map(|&w| [doubled(w as u32), doubled((w >> 32) as u32)]).collect();
            self.adding.pairs = 0;
        }
        let bit = key >> (64 - self.pairs.len().ilog2() - 6);
        self.pairs[(bit >> 6) as usize] |= 1 << (bit & 63);
    }

    /// The value id of a string that our lists may have: stations compare ids, so it is looked for.
    fn shared_value(&mut self, text: &str) -> Result<u32> {
        if !self.adding.values.contains_key(text)
            && let Some(known) = self.values.iter().position(|&value| self.text(value) == text)
        {
            self.adding.values.insert(text.to_owned(), known as u32);
        }
        self.value(text)
    }

    /// The value id of a string of users' lists.
    fn value(&mut self, text: &str) -> Result<u32> {
        if let Some(&id) = self.adding.values.get(text) {
            return Ok(id);
        }
        let id = match text.is_empty().then_some(0) {
            Some(none) => none,
            None => {
                let slice = self.pooled(text)?;
                self.values.push(slice);
                self.values.len() as u32 - 1
            }
        };
        self.adding.values.insert(text.to_owned(), id);
        Ok(id)
    }

    fn text(&self, slice: Slice) -> &str {
        &self.pool[slice.at as usize..(slice.at + slice.len) as usize]
    }

    fn pooled(&mut self, text: &str) -> Result<Slice> {
        let at = u32::try_from(self.pool.len()).ok().filter(|at| at.checked_add(text.len() as u32).is_some());
        let at = at.ok_or_else(|| Error::list("the strings of the lists outgrow four gigabytes"))?;
        self.pool.push_str(text);
        Ok(Slice { at, len: text.len() as u32 })
    }
}

/// Whether the search by words finds a name: it begins with a word, is not too long, and is of a script in which spaces
/// part words.
fn is_run_of_words(name: &str, tokens: &[Token]) -> bool {
    tokens.len() <= 16 && tokens[0].form & form::WORD != 0 && crate::token::has_spaces_between_words(name)
}

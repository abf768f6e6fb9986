//! Puts names into an image that is there already, and takes names out of it.
//!
//! There is one image and one search whether or not a user brings lists: the sections are copied, what is new goes behind
//! what is there, and the tables get further rows (`tables.rs`). So a user's name costs what any name costs, and nothing
//! when there is none. What a user says beats what we say: an entry of a user's list takes the names that it has away from
//! our entries of the same type.

mod tables;

use super::class::{self, sort};
use super::compile::LONGEST_NAME;
use super::image::{AboutRow, EntryRow, NONE, PlaceRow, Reading, SurfaceRow, UserRow, hash_bytes};
use super::parts::Parts;
use super::prior;
use super::trie;
use super::user::NameType;
use super::{Case, Dictionary, Kind};
use crate::error::{Error, Result};
use crate::token::{Token, Tokens, form, has_spaces_between_words};
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

/// An image in the making: a copy of another one, and what is added to it.
pub struct Patch {
    parts: Parts,
    /// Number of the first entry that is new.
    first_new: u32,
    /// Beginnings of longer names.
    beginnings: usize,
    /// Names put into the table of pairs since it was doubled.
    new_pairs: usize,
    values: HashMap<String, u32>,
    abouts: HashMap<AboutRow, u32>,
    strings: HashMap<String, u32>,
    /// A surface that has no readings.
    blank: Option<SurfaceRow>,
    /// Words that were there before, and of those that were not their spelling, one behind the other, and their hashes.
    first_word: usize,
    new_words: String,
    new_hashes: Vec<u64>,
    /// The name pooled last: an entry's is also its first surface's.
    last_name: (String, u32),
    tokens: Tokens,
    folded: String,
}

impl Patch {
    /// Copies an image.
    pub fn new(base: &Dictionary<'_>) -> Self {
        Patch::of(Parts::copy(base))
    }

    /// An image to be changed further.
    pub fn of(parts: Parts) -> Self {
        let base = parts.dictionary();
        let strings = base.strings_to_find().iter().map(|&s| (base.surface(s).text.to_owned(), s)).collect();
        Patch {
            first_new: parts.entries.len() as u32,
            beginnings: trie::count(&parts.beginnings),
            new_pairs: 0,
            values: HashMap::new(),
            abouts: (0..).zip(&parts.abouts).map(|(number, about)| (*about, number)).collect(),
            strings,
            blank: None,
            first_word: parts.spellings.len(),
            new_words: String::new(),
            new_hashes: Vec::new(),
            last_name: (String::new(), 0),
            tokens: Tokens::default(),
            folded: String::new(),
            parts,
        }
    }

    /// The image with all that was put in.
    pub fn finish(mut self) -> Parts {
        self.spell_words();
        self.parts
    }

    /// The version of the lists depends on these bytes too.
    pub fn sign(&mut self, bytes: &[u8]) {
        self.parts.stamp = hash_bytes(self.parts.stamp, bytes);
    }

    /// Puts an entry in and returns its number. Where our lists have an entry of this name and type that the user's does
    /// not contradict, what the user does not say is taken from it.
    ///
    /// # Errors
    /// When the image has no room left.
    pub fn add_entry(&mut self, new: &NewUser<'_>) -> Result<u32> {
        let number = self.parts.entries.len() as u32;
        if number as usize >= Reading::MOST_ENTRIES {
            return Err(Error::list(format!("the lists hold {number} entries, and there is room for no more")));
        }
        let (known, mut place) = match self.known_entry(new) {
            Some(entry) => (Some(self.parts.entries[entry as usize]), self.place_row(entry)),
            None => (None, PlaceRow::NONE),
        };
        let has_sector = matches!(new.kind, NameType::Person | NameType::Org | NameType::Fac | NameType::Event);
        let sector = self.shared_value(if has_sector { new.sector } else { "" })?;
        let kind = match new.kind {
            NameType::Person | NameType::Fac | NameType::Event => Kind::User,
            NameType::Org => Kind::Organisation,
            NameType::Gpe => Kind::City,
            NameType::Loc => Kind::Physical,
            NameType::Norp => Kind::Demonym,
        };
        let blank =
            EntryRow { name: 0, sort: sector, detail: 0, country: [0; 2], name_len: 0, kind_and_rank: kind as u8 };
        let mut row = known.unwrap_or(blank);
        row.name = self.named(new.name)?;
        row.name_len = new.name.len() as u8;
        if new.country != [0; 2] {
            row.country = new.country;
        }
        if new.kind == NameType::Org && !new.sector.is_empty() {
            row.sort = sector;
        }
        if let Some(position) = new.position {
            let [lat, lon] = [position.0, position.1].map(|degrees| (degrees * 10_000.0).round() as i32);
            (place.lat, place.lon) = (lat, lon);
        }
        self.set_place(number, place);
        let id = if new.id.is_empty() { NONE } else { self.spelled(new.id)? };
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
        let next = self.parts.abouts.len() as u32;
        let about_number = *self.abouts.entry(about).or_insert(next);
        if about_number == next {
            self.parts.abouts.push(about);
        }
        self.parts.users.push(UserRow { id, about: about_number });
        self.parts.entries.push(row);
        Ok(number)
    }

    /// Our likeliest entry of the same name and type, when the country and position of the user's do not speak against it.
    fn known_entry(&mut self, new: &NewUser<'_>) -> Option<u32> {
        let surface = self.with_tokens(new.name, |patch, tokens| patch.find(new.name, tokens))?;
        let mut best: Option<(f64, u32)> = None;
        for reading in self.readings(surface) {
            let entry = reading.entry();
            if entry >= self.first_new || self.type_of(entry) != Some(new.kind) {
                continue;
            }
            let (row, place) = (&self.parts.entries[entry as usize], self.place_row(entry));
            let same_country = new.country == [0; 2] || new.country == row.country;
            let near = |(lat, lon): (f64, f64)| {
                let off = |degrees: f64, own: i32| (degrees - f64::from(own) / 10_000.0).abs();
                place.lat == i32::MIN || off(lat, place.lat) < 1.0 && off(lon, place.lon) < 1.0
            };
            let score = self.parts.dictionary().place_score(reading).unwrap_or(0.0);
            if same_country && new.position.is_none_or(near) && best.is_none_or(|(known, _)| score > known) {
                best = Some((score, entry));
            }
        }
        best.map(|(_, entry)| entry)
    }

    /// What the records call an entry; none for titles, which are no entities.
    fn type_of(&self, entry: u32) -> Option<NameType> {
        if let Some(about) = self.about(entry) {
            return Some(NameType::ALL[usize::from(about.kind)]);
        }
        let row = &self.parts.entries[entry as usize];
        match row.kind() {
            Kind::Country | Kind::Admin1 | Kind::County | Kind::City => Some(NameType::Gpe),
            Kind::Region if self.sort(row) == "GPE" => Some(NameType::Gpe),
            Kind::Region | Kind::Physical => Some(NameType::Loc),
            Kind::Demonym => Some(NameType::Norp),
            Kind::Organisation => Some(NameType::Org),
            Kind::Title | Kind::User => None,
        }
    }

    /// What a user's list says of an entry.
    fn about(&self, entry: u32) -> Option<&AboutRow> {
        let first = self.parts.entries.len() - self.parts.users.len();
        let user = self.parts.users.get((entry as usize).checked_sub(first)?)?;
        self.parts.abouts.get(user.about as usize)
    }

    fn sort(&self, row: &EntryRow) -> &str {
        self.text(self.parts.values[usize::from(row.sort)])
    }

    /// Adds a string by which an entry is named, and takes it away from our entries of the same type. `exact`: it is found
    /// letter for letter.
    ///
    /// # Errors
    /// When the string holds nothing to be found, or the image has no room left.
    pub fn add_name(&mut self, name: &str, entry: u32, case: Case, alias: u8, exact: bool) -> Result<()> {
        self.with_tokens(name, |patch, tokens| {
            let surface = match tokens.first() {
                None => return Err(Error::list("the name holds neither a letter nor a sign")),
                Some(_) if exact || !is_run_of_words(name, tokens) => patch.string(name)?,
                Some(_) => patch.surface(name, tokens)?,
            };
            let kind = patch.type_of(entry);
            let mut list: Vec<Reading> = patch.readings(surface).to_vec();
            list.retain(|r| r.entry() >= patch.first_new || patch.type_of(r.entry()) != kind);
            let reading = Reading::new(entry, case, alias);
            match list.iter_mut().find(|r| r.entry() == entry) {
                Some(known) => *known = Reading::new(entry, case.min(known.case()), alias.min(known.alias())),
                None => list.push(reading),
            }
            // As the builder orders them: an entry's own name before other names of others.
            list.sort_by_key(|r| (r.alias(), r.entry()));
            patch.set_readings(surface, &list, tokens)?;
            let word = surface as usize / 64;
            if patch.parts.user_surfaces.len() <= word {
                patch.parts.user_surfaces.resize(word + 1, 0);
            }
            patch.parts.user_surfaces[word] |= 1 << (surface % 64);
            Ok(())
        })
    }

    /// Takes a name out: of one type, or whatever it means. As a person's, its weights as a given and as a family name go
    /// too.
    ///
    /// # Errors
    /// When the image has no room left.
    pub fn delete(&mut self, name: &str, kind: Option<NameType>) -> Result<()> {
        self.with_tokens(name, |patch, tokens| {
            if kind.is_none_or(|kind| kind == NameType::Person)
                && let [only] = tokens
            {
                patch.forget_weights(only.hash)?;
            }
            if let Some(surface) = patch.find(name, tokens) {
                let mut list = patch.readings(surface).to_vec();
                list.retain(|r| kind.is_some() && patch.type_of(r.entry()) != kind);
                patch.set_readings(surface, &list, tokens)?;
            }
            Ok(())
        })
    }

    /// Replaces the rows of a list that is carried as text.
    ///
    /// # Errors
    /// When the image has no such list, or no room left.
    pub fn set_text(&mut self, name: &str, rows: &str) -> Result<()> {
        let at = self.parts.texts.iter().position(|[known, _]| self.text(*known) == name);
        let at = at.ok_or_else(|| Error::list(format!("the lists carry no {name:?} as text")))?;
        self.parts.texts[at][1] = self.pooled(rows)?;
        Ok(())
    }

    fn readings(&self, surface: u32) -> &[Reading] {
        self.parts.surfaces[surface as usize].readings(&self.parts.readings)
    }

    /// Gives a surface, whose tokens these are, its readings, and says so wherever it is said what the surface is.
    fn set_readings(&mut self, surface: u32, list: &[Reading], tokens: &[Token]) -> Result<()> {
        let sorts = |patch: &Patch, in_capitals: bool| {
            let asked = list.iter().filter(|r| in_capitals || r.case() < Case::AllCapitals);
            asked.fold(0, |bits, r| {
                let row = &patch.parts.entries[r.entry() as usize];
                bits | prior::sorts(row.kind(), || patch.sort(row))
            })
        };
        let sorts = [sorts(self, false), sorts(self, true)];
        let place_prior = list.iter().map(|r| self.place_prior(r)).max().unwrap_or(0);
        let text = self.parts.surfaces[surface as usize].text;
        self.parts.surfaces[surface as usize] =
            SurfaceRow::new(text, sorts, place_prior, list, &mut self.parts.readings);
        self.announce(surface, list.iter().map(|r| r.case()).min(), tokens)
    }

    /// Makes a surface findable in texts, in the case that its readings ask for; one without readings is not to be found.
    fn announce(&mut self, surface: u32, case: Option<Case>, tokens: &[Token]) -> Result<()> {
        if let Ok(string) = self.parts.strings.binary_search(&surface) {
            if case.is_none() {
                self.parts.strings.remove(string);
                self.strings.retain(|_, known| *known != surface);
            }
            return Ok(());
        }
        match tokens {
            [only] => {
                let bits = match case {
                    Some(Case::Any) => class::NAME | class::NAME_SMALL,
                    Some(Case::Capital) => class::NAME,
                    Some(Case::AllCapitals) => class::NAME_CAPITALS,
                    None => 0,
                };
                self.set_class(only.hash, class::NAME | class::NAME_SMALL | class::NAME_CAPITALS, bits)
            }
            _ => {
                if case == Some(Case::Any) {
                    self.set_class(tokens[0].hash, 0, class::NAME_START_SMALL)?;
                }
                self.set_longer(tokens, case.map(|case| (surface, case)))
            }
        }
    }

    /// How likely a reading is meant as a place. What a user lists is meant as surely as the list says.
    fn place_prior(&self, reading: &Reading) -> u8 {
        let row = &self.parts.entries[reading.entry() as usize];
        match self.about(reading.entry()) {
            Some(about) if prior::sorts(row.kind(), || "") & (sort::PLACE | sort::LOC) != 0 => about.weight.min(98),
            _ => {
                let population = self.place_row(reading.entry()).population;
                prior::as_place(row.kind(), row.rank(), population, reading.alias())
            }
        }
    }

    /// The surface of a name, if there is one.
    fn find(&self, name: &str, tokens: &[Token]) -> Option<u32> {
        match (self.strings.get(name), tokens) {
            (Some(&surface), _) => Some(surface),
            (None, []) => None,
            (None, [only]) => self.surface_alone(only.hash),
            (None, _) => self.longer(tokens),
        }
    }

    /// The surface of a string that is found letter by letter.
    fn string(&mut self, name: &str) -> Result<u32> {
        if let Some(&surface) = self.strings.get(name) {
            return Ok(surface);
        }
        let surface = self.new_surface(name)?;
        self.parts.strings.push(surface);
        self.strings.insert(name.to_owned(), surface);
        Ok(surface)
    }

    /// Works with the tokens of a name, in a buffer that is used again.
    fn with_tokens<T>(&mut self, name: &str, work: impl FnOnce(&mut Patch, &[Token]) -> T) -> T {
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.tokenize(name);
        let done = work(self, &tokens);
        self.tokens = tokens;
        done
    }

    fn place_row(&self, entry: u32) -> PlaceRow {
        self.parts.places[(entry as usize).min(self.parts.places.len() - 1)]
    }

    /// Notes where an entry lies. The last row stands for all entries behind it and says nothing.
    fn set_place(&mut self, entry: u32, place: PlaceRow) {
        if place != PlaceRow::NONE {
            self.parts.places.resize(entry as usize + 2, PlaceRow::NONE);
            self.parts.places[entry as usize] = place;
        }
    }

    /// Where a name is spelled, with a zero behind it.
    fn named(&mut self, name: &str) -> Result<u32> {
        if name.len() > LONGEST_NAME {
            return Err(Error::list(format!("the name is longer than {LONGEST_NAME} bytes")));
        }
        if self.last_name.0 != name {
            self.last_name = (name.to_owned(), self.spelled(name)?);
        }
        Ok(self.last_name.1)
    }

    /// Spells a text, with a zero behind it.
    fn spelled(&mut self, text: &str) -> Result<u32> {
        if text.contains('\0') {
            return Err(Error::list(format!("{text:?} holds a zero")));
        }
        let at = self.pooled(text)?.at;
        self.parts.pool.push('\0');
        Ok(at)
    }

    /// The name of a surface.
    fn name_of(&self, surface: u32) -> &str {
        let text = &self.parts.pool[self.parts.surfaces[surface as usize].text as usize..];
        text.split_once('\0').map_or(text, |(name, _)| name)
    }

    /// A surface that has no readings yet.
    fn new_surface(&mut self, name: &str) -> Result<u32> {
        let text = self.named(name)?;
        let readings = &mut self.parts.readings;
        let mut row = *self.blank.get_or_insert_with(|| SurfaceRow::new(0, [0; 2], 0, &[], readings));
        row.text = text;
        self.parts.surfaces.push(row);
        Ok(self.parts.surfaces.len() as u32 - 1)
    }
}

/// Whether the search by words finds a name: it begins with a word, is not too long, and is of a script in which spaces
/// part words.
fn is_run_of_words(name: &str, tokens: &[Token]) -> bool {
    tokens.len() <= 16 && tokens[0].form & form::WORD != 0 && has_spaces_between_words(name)
}

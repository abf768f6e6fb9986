//! Puts users' lists into an image.

use super::{Row, Source, Types, Written, files, read};
use crate::dictionary::patch::{NewUser, Patch};
use crate::dictionary::{Case, Dictionary, Kind, NameType, Parts, is_in_capitals};
use crate::error::{Error, Result, line_of};
use crate::token::{Token, Tokens, form, hash_folded};
use std::collections::HashMap;
use std::path::PathBuf;

/// An image with the names of users' lists, which may be files or folders of them.
///
/// # Errors
/// A list that cannot be read or is not as its format asks, with file and line.
pub fn add(base: &Dictionary<'_>, paths: &[PathBuf], types: &Types) -> Result<Parts> {
    let mut adder = Adder { patch: Patch::new(base), base, countries: countries(base), tokens: Tokens::default() };
    types.written().for_each(|pair| adder.patch.sign(pair.as_bytes()));
    for path in paths {
        for file in files(path)? {
            let body = std::fs::read(&file).map_err(|e| Error::from(e).at(&file, 0))?;
            let body = String::from_utf8(body).map_err(|e| not_text(&e).at(&file, 0))?;
            let list = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            adder.patch.sign(list.as_bytes());
            read(&Source { path: &file, body: &body, types }, &mut |row| adder.row(&list, &row))?;
        }
    }
    Ok(adder.patch.finish())
}

fn not_text(e: &std::string::FromUtf8Error) -> Error {
    Error::list(format!("line {} is not UTF-8", line_of(e.as_bytes(), e.utf8_error())))
}

/// Countries by their codes of two and three letters.
fn countries(dictionary: &Dictionary<'_>) -> HashMap<String, [u8; 2]> {
    let all = (0..dictionary.first_of_users()).filter(|&e| dictionary.kind(e) == Kind::Country);
    let codes = all.map(|e| dictionary.entry(e)).flat_map(|entry| {
        let two = String::from_utf8_lossy(&entry.country).into_owned();
        [(two, entry.country), (entry.sort.to_owned(), entry.country)]
    });
    codes.filter(|(code, _)| code.len() > 1).collect()
}

struct Adder<'d> {
    patch: Patch,
    base: &'d Dictionary<'d>,
    countries: HashMap<String, [u8; 2]>,
    tokens: Tokens,
}

impl Adder<'_> {
    fn row(&mut self, list: &str, row: &Row<'_>) -> Result<()> {
        self.sign(row);
        if row.delete {
            return self.patch.delete(&row.name, row.kind);
        }
        let country = match (&*row.country, row.is_cameo) {
            ("", true) => row.code.get(..3).and_then(|code| self.countries.get(code)).copied().unwrap_or([0; 2]),
            ("", false) => [0; 2],
            (code, _) => *self
                .countries
                .get(&code.to_uppercase())
                .ok_or_else(|| Error::list(format!("no country has the code {code:?} in ISO 3166-1")))?,
        };
        let entry = self.patch.add_entry(&NewUser {
            list: if row.list.is_empty() { list } else { &row.list },
            name: &row.name,
            kind: row.kind.unwrap_or_else(|| self.guess(row, country)),
            subtype: &row.subtype,
            id: &row.id,
            code: &row.code,
            sector: &row.sector,
            country,
            position: row.position,
            weight: row.weight,
            from: row.from.unwrap_or(i32::MIN),
            to: row.to.unwrap_or(i32::MAX),
        })?;
        let names = row.others.iter().map(|(name, relation)| (&**name, *relation as u8));
        for (name, alias) in std::iter::once((&*row.name, 0)).chain(names) {
            let (case, exact) = match row.written {
                Written::AsNamed => (self.case_of(name), false),
                Written::Case(case) => (case, false),
                Written::Exact => (Case::Capital, true),
            };
            self.patch.add_name(name, entry, case, alias, exact)?;
        }
        Ok(())
    }

    /// How a name must be written when nobody said: as its own letters suggest.
    fn case_of(&mut self, name: &str) -> Case {
        if is_in_capitals(name) {
            return Case::AllCapitals;
        }
        self.tokens.tokenize(name);
        let is_high = |t: &Token| t.form & (form::CAPITAL | form::DIGIT) != 0;
        let mut words = self.tokens.iter().filter(|t| t.form & form::WORD != 0);
        let first = words.next();
        let last = words.next_back().or(first);
        // "Harbour board" begins with a capital and does not end with one, so its capitals say nothing.
        if first.is_some_and(is_high) && last.is_some_and(is_high) { Case::Capital } else { Case::Any }
    }

    /// What an entry is that only has a code of CAMEO: a country, a person if it begins as people's names do, else an
    /// organisation.
    fn guess(&self, row: &Row<'_>, country: [u8; 2]) -> NameType {
        if row.code.len() == 3 && country != [0; 2] {
            return NameType::Gpe;
        }
        let mut words = row.name.split(' ');
        let first = words.next().unwrap_or_default();
        let word = self.base.word(self.base.probe(hash_folded(&first.to_lowercase())).1);
        let given = word.is_some_and(|w| w.given() > 0 && w.level == 0);
        if given && (1..4).contains(&words.count()) { NameType::Person } else { NameType::Org }
    }

    /// Everything that a row says is part of the version of the lists.
    fn sign(&mut self, row: &Row<'_>) {
        let texts = [&row.name, &row.subtype, &row.id, &row.code, &row.sector, &row.country];
        texts.into_iter().for_each(|text| self.patch.sign(text.as_bytes()));
        row.others.iter().for_each(|(name, _)| self.patch.sign(name.as_bytes()));
        let (lat, lon) = row.position.unwrap_or((f64::NAN, f64::NAN));
        let written = match row.written {
            Written::AsNamed => 0,
            Written::Exact => 1,
            Written::Case(case) => 2 + case as u8,
        };
        let [from, to] = [row.from, row.to].map(|day| u64::from(day.unwrap_or(0) as u32));
        let small = [row.kind.map_or(0, |kind| kind as u8 + 1), written, row.weight, u8::from(row.delete), 0, 0, 0, 0];
        let rest = [lat.to_bits(), lon.to_bits(), from, to, u64::from_le_bytes(small)].map(u64::to_le_bytes);
        self.patch.sign(rest.as_flattened());
    }
}

//! Reads the folder of lists into a [`Builder`]: what each list is, and what its rows say.
//!
//! The columns of each list are documented in gazetteers/README.md; the form that all share is checked in `table.rs`. A
//! broken list is a defect of the program, so every fault stops the build with the list and the line.

use super::compile::{Builder, Counts, NewEntry};
use super::speech::plural;
use super::spellings::other_spellings;
use super::table::{Form, Key, Row, Table};
use super::{Case, Kind, class, is_in_capitals};
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// A list of the folder.
struct List {
    file: &'static str,
    /// As [`Form`] says.
    columns: &'static str,
    read: fn(&Row<'_>, &mut Builder) -> Result<()>,
    /// Its rows are also kept as text, for whoever asks for more than names; see [`super::Dictionary::text`].
    is_kept: bool,
}

/// The lists in the order in which they are read. Where one string has several readings, those of earlier lists come
/// first.
const LISTS: [List; 24] = [
    read("lexicon.tsv", "word count lower_mid cap_mid initial level", lexicon),
    read("given.tsv", "name weight sex countries", given),
    read("surnames.tsv", "name weight countries", surname),
    read("countries.tsv", "cc iso3 name official capital population lat lon geonameid aliases", country),
    read("admin1.tsv", "name cc iso3166_2 geonames_code geonameid type lat lon aliases", admin1),
    read("counties.tsv", "name cc adm1 lat lon geonameid", county),
    read("places.tsv", "name cc adm1 lat lon population fcode geonameid aliases", place),
    read("regions.tsv", "name kind iso_or_source lat? lon? aliases", region),
    read("physical.tsv", "name kind lat? lon? aliases", physical),
    read("demonyms.tsv", "form cc kind", demonym),
    read("orgs.tsv", "name acronym cc sector kind aliases", organisation),
    read("titles.tsv", "title class sector", title),
    read("particles.tsv", "particle kind", particle),
    read("org_heads.tsv", "word kind sector", org_head),
    read("event_heads.tsv", "word", event_head),
    read("facility_heads.tsv", "word", facility_head),
    read("bigrams.tsv", "bigram count", bigram),
    keep("former_places.tsv", "name now cc kind geonameid from to", former_place),
    keep("name_suffixes.tsv", "suffix min_stem", |row, _| row.number::<u8>("min_stem").map(drop)),
    keep("holders.tsv", "name office cc from to aliases", holder),
    keep("nicknames.tsv", "nickname names", nothing_more),
    keep("name_variants.tsv", "name variants", nothing_more),
    keep("commodities.tsv", "name class aliases", nothing_more),
    keep("holidays.tsv", "name date cc aliases", holiday),
];

const fn read(file: &'static str, columns: &'static str, read: fn(&Row<'_>, &mut Builder) -> Result<()>) -> List {
    List { file, columns, read, is_kept: false }
}

const fn keep(file: &'static str, columns: &'static str, read: fn(&Row<'_>, &mut Builder) -> Result<()>) -> List {
    List { file, columns, read, is_kept: true }
}

/// Reads every list of a folder laid out as `gazetteers/` is.
///
/// # Errors
/// When a list that `index.toml` names is missing, names one that nothing reads, or has any fault.
pub fn read_folder(folder: &Path, builder: &mut Builder) -> Result<()> {
    let named = named(&folder.join("index.toml"))?;
    for list in &LISTS {
        let path = folder.join(list.file);
        if named.iter().any(|file| file == list.file) || path.exists() {
            read_list(&path, list.is_kept, list.read, builder)?;
        }
    }
    for path in files_of(&folder.join("vocabulary"))? {
        read_list(&path, false, vocabulary, builder)?;
    }
    for path in files_of(&folder.join("rules"))? {
        let row = if path.ends_with("events.tsv") { event_rule } else { nothing_more };
        read_list(&path, true, row, builder)?;
    }
    Ok(())
}

/// The lists whose rows are kept as text, by the name that [`super::Dictionary::text`] knows them by, with their columns.
pub fn kept() -> impl Iterator<Item = (&'static str, &'static str)> {
    LISTS.iter().filter(|list| list.is_kept).map(|list| (list.file.trim_end_matches(".tsv"), list.columns))
}

/// Tells every fault of the form of a list with its line.
pub fn check(path: &Path, bytes: &[u8], fault: &mut dyn FnMut(usize, String)) {
    Table::check(bytes, form_of(path), fault);
}

/// How a list is laid out, by its name and the folder that it lies in. A list by hand becomes one of ours together with
/// others and may have fewer columns; of a list that we do not know we ask only what all have in common.
fn form_of(path: &Path) -> Form {
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
    if folder == "rules" {
        return Form { columns: "", sorted: false, key: Key::Row };
    }
    if folder == "vocabulary" {
        return Form { columns: "word class value", sorted: true, key: Key::Row };
    }
    if folder == "hand" {
        return Form { columns: "", sorted: true, key: Key::First(3) };
    }
    let file = path.file_name().unwrap_or_default();
    let columns = LISTS.iter().find(|list| file == list.file).map_or("", |list| list.columns);
    let key = match file.to_str() {
        Some("places.tsv") => Key::Columns("name geonameid"),
        Some("counties.tsv") => Key::Columns("name cc adm1"),
        Some("admin1.tsv") => Key::Columns("name cc geonames_code"),
        Some("orgs.tsv") => Key::Columns("name cc"),
        _ => Key::First(2),
    };
    Form { columns, sorted: true, key }
}

/// The lists that an index names.
fn named(index: &Path) -> Result<Vec<String>> {
    let body = String::from_utf8(read_file(index)?).map_err(|_| Error::list("not UTF-8").at(index, 0))?;
    let mut files = Vec::new();
    for (number, line) in (1..).zip(body.lines()) {
        let Some(file) = line.strip_prefix("file = ").map(|file| file.trim_matches('"')) else { continue };
        if !LISTS.iter().any(|list| list.file == file) {
            return Err(Error::list(format!("nothing reads the list {file:?}")).at(index, number));
        }
        files.push(file.to_owned());
    }
    Ok(files)
}

/// The lists of a folder, which may be missing.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| Error::from(e).at(folder, 0))? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "tsv") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|e| Error::from(e).at(path, 0))
}

fn read_list(
    path: &Path,
    is_kept: bool,
    read: fn(&Row<'_>, &mut Builder) -> Result<()>,
    builder: &mut Builder,
) -> Result<()> {
    let body = read_file(path)?;
    let table = Table::new(path, &body, form_of(path))?;
    table.each(path, |row| read(row, builder))?;
    if is_kept {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        builder.add_text(&name, table.rows);
    }
    Ok(())
}

/// An all-capital name ("WHO") is read only when written so; others ask for a first capital.
fn case_of(name: &str) -> Case {
    if is_in_capitals(name) { Case::AllCapitals } else { Case::Capital }
}

/// Adds a place under its own name, its other names, and what else a text may write for each.
fn add_place<'r>(new: &NewEntry<'_>, aliases: impl Iterator<Item = &'r str>, b: &mut Builder) {
    let entry = b.add_entry(new);
    add_place_name(new.name, entry, new, 0, b);
    aliases.for_each(|alias| add_place_name(alias, entry, new, 1, b));
}

fn add_place_name(name: &str, entry: u32, new: &NewEntry<'_>, alias: u8, b: &mut Builder) {
    b.add_name(name, entry, case_of(name), alias);
    for other in other_spellings(name, new.kind, new.country, alias == 0) {
        let case = case_of(&other);
        b.add_spelling(other, entry, case);
    }
}

/// A row that says nothing that must be understood here.
fn nothing_more(_: &Row<'_>, _: &mut Builder) -> Result<()> {
    Ok(())
}

fn country(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let new = NewEntry {
        country: row.country()?,
        position: row.position()?,
        population: row.number("population")?,
        geonameid: row.number("geonameid")?,
        sort: row.get("iso3")?,
        detail: row.get("capital")?,
        ..NewEntry::new(row.get("name")?, Kind::Country)
    };
    add_place(&new, row.parts("aliases")?.chain(row.parts("official")?), b);
    Ok(())
}

fn admin1(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let new = NewEntry {
        country: row.country()?,
        position: row.position()?,
        geonameid: row.number("geonameid")?,
        sort: row.get("type")?,
        detail: row.get("iso3166_2")?,
        ..NewEntry::new(row.get("name")?, Kind::Admin1)
    };
    add_place(&new, row.parts("aliases")?, b);
    Ok(())
}

fn county(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let new = NewEntry {
        country: row.country()?,
        position: row.position()?,
        geonameid: row.number("geonameid")?,
        sort: "ADM2",
        detail: row.get("adm1")?,
        ..NewEntry::new(row.get("name")?, Kind::County)
    };
    add_place(&new, std::iter::empty(), b);
    Ok(())
}

fn place(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let new = NewEntry {
        country: row.country()?,
        position: row.position()?,
        population: row.number("population")?,
        geonameid: row.number("geonameid")?,
        sort: row.get("fcode")?,
        detail: row.get("adm1")?,
        ..NewEntry::new(row.get("name")?, Kind::City)
    };
    add_place(&new, row.parts("aliases")?, b);
    Ok(())
}

fn region(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let sort = row.one_of("kind", &["GPE", "LOC"])?;
    let new = NewEntry { sort, position: row.position()?, ..NewEntry::new(row.get("name")?, Kind::Region) };
    add_place(&new, row.parts("aliases")?, b);
    Ok(())
}

fn physical(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let sort = row.get("kind")?;
    let new = NewEntry { sort, position: row.position()?, ..NewEntry::new(row.get("name")?, Kind::Physical) };
    add_place(&new, row.parts("aliases")?, b);
    Ok(())
}

/// What a place was called once: another name of it. When that was stands in the text that is kept.
fn former_place(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let (name, now, country) = (row.get("name")?, row.get("now")?, row.country()?);
    let kind = match row.one_of("kind", &["city", "admin1", "country"])? {
        "city" => Kind::City,
        "admin1" => Kind::Admin1,
        _ => Kind::Country,
    };
    row.validity()?;
    let entry = b
        .find_entry(kind, row.number("geonameid")?, country, now)
        .ok_or_else(|| Error::list(format!("no list has {now:?} of {country:?} with that number")))?;
    add_place_name(name, entry, &NewEntry { country, ..NewEntry::new(now, kind) }, 1, b);
    Ok(())
}

fn holder(row: &Row<'_>, _: &mut Builder) -> Result<()> {
    row.country()?;
    row.validity()
}

/// A holiday: `MM-DD`, `easter+N`, `julian+N` for one that the eastern churches count from Easter, `4thu-11` and
/// `lastmon-05` for a weekday of a month, or `days 2001 0410 0311+29 -`: a year, and for it and each that follows the day
/// with how many more it lasts.
fn holiday(row: &Row<'_>, _: &mut Builder) -> Result<()> {
    const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let in_range = |text: &str, most: u32| text.len() == 2 && text.parse().is_ok_and(|n| (1..=most).contains(&n));
    let is_day = |text: &str| text.split_once('-').is_some_and(|(m, d)| in_range(m, 12) && in_range(d, 31));
    let date = row.get("date")?;
    let is_listed = |text: &str| {
        let (day, more) = text.split_once('+').unwrap_or((text, "0"));
        let parts = day.split_at_checked(2);
        text == "-"
            || parts.is_some_and(|(m, d)| in_range(m, 12) && in_range(d, 31))
                && more.parse::<u8>().is_ok_and(|n| n < 60)
    };
    let known = if let Some((year, days)) = date.strip_prefix("days ").and_then(|list| list.split_once(' ')) {
        year.len() == 4 && year.parse::<u16>().is_ok() && days.split(' ').all(is_listed)
    } else if let Some(days) = date.strip_prefix("easter").or_else(|| date.strip_prefix("julian")) {
        days.is_empty() || days.starts_with(['+', '-']) && days[1..].parse::<u8>().is_ok()
    } else if let Some((nth, month)) = date.split_once('-').filter(|(nth, _)| WEEKDAYS.iter().any(|w| nth.ends_with(w)))
    {
        let number = &nth[..nth.len() - 3];
        ["1", "2", "3", "4", "5", "last"].contains(&number) && in_range(month, 12)
    } else {
        is_day(date)
    };
    if known { Ok(()) } else { Err(Error::list(format!("{date:?} is no date of a holiday"))) }
}

fn lexicon(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let counts = Counts {
        count: row.number("count")?,
        lower: row.number("lower_mid")?,
        capital: row.number("cap_mid")?,
        level: row.number("level")?,
    };
    let common = (1..=20).contains(&counts.level) || ((1..=35).contains(&counts.level) && counts.lower >= 20);
    // What is written with a capital in the counted texts and is in no word list is a name, not a word.
    let word = counts.level > 0 || counts.lower > counts.capital;
    b.add_lexicon(row.get("word")?, counts, word, common);
    Ok(())
}

fn given(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    b.add_given(row.get("name")?, row.number("weight")?);
    Ok(())
}

fn surname(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    b.add_surname(row.get("name")?, row.number("weight")?);
    Ok(())
}

fn demonym(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let form = row.get("form")?;
    // Several countries may share a form ("Congolese"): then no country can be said.
    let country = row.country()?;
    let entry = b.add_entry(&NewEntry { country, sort: row.get("kind")?, ..NewEntry::new(form, Kind::Demonym) });
    b.add_name(form, entry, Case::Capital, 0);
    if !form.contains(' ') {
        b.add_class(form, class::DEMONYM);
    }
    Ok(())
}

fn organisation(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let name = row.get("name")?;
    let entry = b.add_entry(&NewEntry {
        country: row.country()?,
        sort: row.get("sector")?,
        detail: row.get("kind")?,
        ..NewEntry::new(name, Kind::Organisation)
    });
    b.add_name(name, entry, case_of(name), 0);
    for alias in row.parts("aliases")? {
        b.add_name(alias, entry, case_of(alias), 1);
    }
    for acronym in row.parts("acronym")? {
        b.add_name(acronym, entry, case_of(acronym), 2);
    }
    Ok(())
}

fn title(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let title = row.get("title")?;
    let sort = row.one_of("class", &["title", "role", "honour"])?;
    let entry = b.add_entry(&NewEntry { sort, detail: row.get("sector")?, ..NewEntry::new(title, Kind::Title) });
    let case = if sort == "role" { Case::Any } else { case_of(title) };
    b.add_name(title, entry, case, 0);
    let bare = title.trim_end_matches('.');
    if !bare.contains(|c: char| !c.is_alphanumeric()) {
        b.add_sense(bare, class::TITLE, sort);
    }
    Ok(())
}

fn particle(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    b.add_sense(row.get("particle")?, class::PARTICLE, row.one_of("kind", &["prefix", "infix", "suffix"])?);
    Ok(())
}

fn org_head(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let value = format!("{} {}", row.one_of("kind", &["head", "both", "tail", "sort"])?, row.get("sector")?);
    b.add_sense(row.get("word")?, class::ORG_HEAD, value.trim_end());
    Ok(())
}

fn event_head(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    last_word(row, b, class::EVENT_HEAD)
}

fn facility_head(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    last_word(row, b, class::FACILITY_HEAD)
}

/// A head of several words ("Press Conference") is seen by its last one.
fn last_word(row: &Row<'_>, b: &mut Builder, bit: u32) -> Result<()> {
    let head = row.get("word")?;
    b.add_class(head.rsplit(' ').next().unwrap_or(head), bit);
    Ok(())
}

fn bigram(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let pair = row.get("bigram")?;
    let (first, second) = pair.split_once(' ').ok_or_else(|| Error::list("a bigram is two words"))?;
    b.add_bigram(first, second, row.number("count")?);
    Ok(())
}

/// Words that a station reads by class: `word`, `class`, `value`. A word of several tokens cannot stand here.
fn vocabulary(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let (word, name) = (row.get("word")?, row.get("class")?);
    let (_, bit) =
        class::NAMES.iter().find(|(n, _)| *n == name).ok_or_else(|| Error::list(format!("no class {name:?}")))?;
    if word.is_empty() || word.contains(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()) {
        return Err(Error::list(format!("{word:?} is not one word")));
    }
    let value = row.get("value")?;
    b.add_sense(word, *bit, value);
    // Verbs that carry the noun of an event.
    if *bit == class::SPEECH && value.starts_with("light.") {
        b.want(word.to_owned());
    }
    Ok(())
}

/// A row of the catalogue of events: each form of each lemma is a trigger. The station reads the rest from the text.
fn event_rule(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    for lemma in row.get("forms")?.split(';') {
        let (lemma, forms) = lemma.split_once('=').ok_or_else(|| Error::list(format!("{lemma:?} has no forms")))?;
        for form in forms.split(',') {
            b.add_sense(form, class::TRIGGER, lemma);
        }
    }
    // What must not stand there, and what is no word, has a sign before it.
    let named = row.get("needs")?.split(' ').filter(|need| !need.starts_with(['!', '<', '+', '@', '=']));
    for word in named.flat_map(|need| need.split(|c: char| !c.is_alphanumeric())).filter(|word| !word.is_empty()) {
        b.want(word.to_owned());
        b.want(plural(word));
    }
    Ok(())
}

#[cfg(test)]
mod tests;

//! Reads the folder of lists into a [`Builder`].
//!
//! A list is a text file with a head: lines that begin with `# `, of which `# columns:` names the columns. Fields are
//! apart by tabs, several values in a field by `|`. The columns of each list are documented in gazetteers/README.md.
//! A broken list is a defect of the program, so every fault stops the build with the list and the line.

use super::compile::{Builder, Counts, NewEntry};
use super::{Case, Kind, class};
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// Reads every list of a folder laid out as `gazetteers/` is.
///
/// # Errors
/// When a file is missing or cannot be read, or a line does not have the columns of its list.
pub fn read_folder(folder: &Path, builder: &mut Builder) -> Result<()> {
    let list = |name: &str, read: fn(&Row<'_>, &mut Builder) -> Result<()>, builder: &mut Builder| {
        read_list(&folder.join(name), read, builder)
    };
    list("lexicon.tsv", lexicon, builder)?;
    list("given.tsv", given, builder)?;
    list("surnames.tsv", surname, builder)?;
    list("countries.tsv", country, builder)?;
    list("admin1.tsv", admin1, builder)?;
    list("places.tsv", place, builder)?;
    list("regions.tsv", region, builder)?;
    list("physical.tsv", physical, builder)?;
    list("demonyms.tsv", demonym, builder)?;
    list("orgs.tsv", organisation, builder)?;
    list("titles.tsv", title, builder)?;
    list("particles.tsv", particle, builder)?;
    list("org_heads.tsv", org_head, builder)?;
    list("event_heads.tsv", event_head, builder)?;
    list("facility_heads.tsv", facility_head, builder)?;
    list("bigrams.tsv", bigram, builder)?;
    builder.add_text("name_suffixes", &rows_only(&read_file(&folder.join("name_suffixes.tsv"))?));
    for path in files_of(&folder.join("vocabulary"))? {
        read_list(&path, vocabulary, builder)?;
    }
    for path in files_of(&folder.join("rules"))? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        builder.add_text(&name, &rows_only(&read_file(&path)?));
        if name == "events" {
            read_list(&path, event_rule, builder)?;
        }
    }
    Ok(())
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
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

fn read_file(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|e| Error::from(e).at(path, 0))
}

fn rows_only(body: &str) -> String {
    body.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).flat_map(|l| [l, "\n"]).collect()
}

/// One line of a list, its fields by column name.
struct Row<'a> {
    columns: &'a [&'a str],
    fields: Vec<&'a str>,
}

impl<'a> Row<'a> {
    fn get(&self, column: &str) -> Result<&'a str> {
        let at = self.columns.iter().position(|c| *c == column);
        at.and_then(|at| self.fields.get(at).copied()).ok_or_else(|| Error::list(format!("no column {column:?}")))
    }

    fn number<T: std::str::FromStr + Default>(&self, column: &str) -> Result<T> {
        match self.get(column)? {
            "" => Ok(T::default()),
            text => text.parse().map_err(|_| Error::list(format!("{column} is not a number: {text:?}"))),
        }
    }

    fn position(&self) -> Result<Option<(f64, f64)>> {
        match (self.get("lat")?, self.get("lon")?) {
            ("", _) | (_, "") => Ok(None),
            _ => Ok(Some((self.number("lat")?, self.number("lon")?))),
        }
    }

    fn parts(&self, column: &str) -> Result<impl Iterator<Item = &'a str>> {
        Ok(self.get(column)?.split('|').filter(|p| !p.is_empty()))
    }
}

fn read_list(path: &Path, read: fn(&Row<'_>, &mut Builder) -> Result<()>, builder: &mut Builder) -> Result<()> {
    let body = read_file(path)?;
    let columns: Vec<&str> = body
        .lines()
        .take_while(|l| l.starts_with('#'))
        .find_map(|l| l.strip_prefix("# columns: "))
        .map(|c| c.split('\t').collect())
        .ok_or_else(|| Error::list("no line `# columns:` in the head").at(path, 0))?;
    for (number, line) in body.lines().enumerate() {
        if line.is_empty() || line.starts_with("# ") {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let at = |e: Error| e.at(path, number as u64 + 1);
        if fields.len() != columns.len() {
            let message = format!("expected {} columns, found {}", columns.len(), fields.len());
            return Err(at(Error::list(message)));
        }
        read(&Row { columns: &columns, fields }, builder).map_err(at)?;
    }
    Ok(())
}

/// An all-capital name ("WHO") is read only when written so; others ask for a first capital.
fn case_of(name: &str) -> Case {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    if letters().count() >= 2 && letters().all(char::is_uppercase) { Case::AllCapitals } else { Case::Capital }
}

/// An entry's own name and its other names.
fn add_names(row: &Row<'_>, b: &mut Builder, name: &str, entry: u32) -> Result<()> {
    b.add_name(name, entry, case_of(name), 0);
    for alias in row.parts("aliases")? {
        b.add_name(alias, entry, case_of(alias), 1);
    }
    Ok(())
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

fn country(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let name = row.get("name")?;
    let entry = b.add_entry(&NewEntry {
        country: row.get("cc")?,
        position: row.position()?,
        population: row.number("population")?,
        geonameid: row.number("geonameid")?,
        sort: row.get("iso3")?,
        detail: row.get("capital")?,
        ..NewEntry::new(name, Kind::Country)
    });
    b.add_name(name, entry, case_of(name), 0);
    for alias in row.parts("aliases")?.chain(row.parts("official")?) {
        b.add_name(alias, entry, case_of(alias), 1);
    }
    Ok(())
}

fn admin1(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let name = row.get("name")?;
    let entry = b.add_entry(&NewEntry {
        country: row.get("cc")?,
        position: row.position()?,
        geonameid: row.number("geonameid")?,
        sort: row.get("type")?,
        detail: row.get("iso3166_2")?,
        ..NewEntry::new(name, Kind::Admin1)
    });
    add_names(row, b, name, entry)
}

fn place(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let name = row.get("name")?;
    let entry = b.add_entry(&NewEntry {
        country: row.get("cc")?,
        position: row.position()?,
        population: row.number("population")?,
        geonameid: row.number("geonameid")?,
        sort: row.get("fcode")?,
        detail: row.get("adm1")?,
        ..NewEntry::new(name, Kind::City)
    });
    add_names(row, b, name, entry)
}

fn region(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    named(row, b, Kind::Region, row.get("kind")?)
}

fn physical(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    named(row, b, Kind::Physical, row.get("kind")?)
}

fn named(row: &Row<'_>, b: &mut Builder, kind: Kind, sort: &str) -> Result<()> {
    let name = row.get("name")?;
    let entry = b.add_entry(&NewEntry { sort, ..NewEntry::new(name, kind) });
    add_names(row, b, name, entry)
}

fn demonym(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let form = row.get("form")?;
    // Several countries may share a form ("Congolese"): then no country can be said.
    let country = Some(row.get("cc")?).filter(|c| c.len() == 2).unwrap_or("");
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
        country: row.get("cc")?,
        sort: row.get("sector")?,
        detail: row.get("kind")?,
        ..NewEntry::new(name, Kind::Organisation)
    });
    add_names(row, b, name, entry)?;
    for acronym in row.parts("acronym")? {
        b.add_name(acronym, entry, case_of(acronym), 2);
    }
    Ok(())
}

fn title(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let title = row.get("title")?;
    let sort = row.get("class")?;
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
    b.add_sense(row.get("particle")?, class::PARTICLE, row.get("kind")?);
    Ok(())
}

fn org_head(row: &Row<'_>, b: &mut Builder) -> Result<()> {
    let value = format!("{} {}", row.get("kind")?, row.get("sector")?);
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
    b.add_sense(word, *bit, row.get("value")?);
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
    Ok(())
}

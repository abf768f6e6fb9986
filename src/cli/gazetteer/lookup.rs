//! `gazetteer lookup`: all readings of a name, and why they rank so.

use std::io::Write;

use dateline::Result;
use dateline::dictionary::prior::Prior;
use dateline::dictionary::{Ambiguity, Case, Dictionary, Entry, Kind, Ranked, class};
use dateline::gazetteer::{Lists, Note, notes, surface_of};
use dateline::token::{Tokens, form};
use serde_json::{Map, Value, json};

use super::list_of;

/// What makes up a likelihood, what a word is if it is a name, and what the columns of the lists carried as text say: in
/// the order in which people are told.
const PARTS: [&str; 5] = ["kind", "population", "rank", "alias", "user_weight"];
const SHARES: [&str; 4] = ["given", "surname", "place", "other"];
const NOTED: [&str; 14] = [
    "name",
    "nickname",
    "names",
    "variants",
    "now",
    "office",
    "class",
    "date",
    "kind",
    "cc",
    "geonameid",
    "from",
    "to",
    "aliases",
];

pub fn run(names: &[String], as_json: bool, lists: &Lists, out: &mut dyn Write) -> Result<()> {
    let dictionary = lists.dictionary()?;
    for (at, name) in names.iter().enumerate() {
        let found = look_up(&dictionary, name);
        if as_json {
            writeln!(out, "{found}")?;
        } else {
            if at > 0 {
                writeln!(out)?;
            }
            print(&found, out)?;
        }
    }
    Ok(())
}

/// Everything about a name. Absent is absent, as in records.
fn look_up(dictionary: &Dictionary<'_>, name: &str) -> Value {
    let mut found = Map::new();
    found.insert("name".into(), json!(name));
    if let Some(number) = surface_of(dictionary, name) {
        let surface = dictionary.surface(number);
        found.insert("listed_as".into(), json!(surface.text));
        found.insert("written".into(), json!(written(surface.case)));
        found.insert("place_prior".into(), json!(rounded(f64::from(dictionary.place_prior(number)), 2)));
        let readings: Vec<Value> = dictionary.ranked(number).iter().map(|r| reading(dictionary, r)).collect();
        found.insert("readings".into(), json!(readings));
    }
    let notes: Vec<Value> = notes(dictionary, name).iter().map(note).collect();
    if !notes.is_empty() {
        found.insert("notes".into(), json!(notes));
    }
    let words = words(dictionary, name);
    if !words.is_empty() {
        found.insert("words".into(), json!(words));
    }
    Value::Object(found)
}

fn reading(dictionary: &Dictionary<'_>, ranked: &Ranked) -> Value {
    let reading = &ranked.reading;
    let entry = dictionary.entry(reading.entry());
    let user = dictionary.user(reading.entry());
    let mut found = Map::new();
    let mut put = |key: &str, value: Value| {
        if value != json!("") && !value.is_null() {
            found.insert(key.into(), value);
        }
    };
    put("kind", json!(user.as_ref().map_or_else(|| kind(entry.kind), |user| user.kind.label())));
    put("entry", json!(entry.name));
    put("relation", json!(["name", "alias", "acronym"][usize::from(reading.alias().min(2))]));
    put("written", json!(written(reading.case())));
    put("country", json!(entry.country()));
    if let Some([lat, lon]) = entry.position {
        put("lat", json!(f64::from(lat) / 10_000.0));
        put("lon", json!(f64::from(lon) / 10_000.0));
    }
    put("population", if entry.population == 0 { Value::Null } else { json!(entry.population) });
    put("geonameid", if entry.geonameid == 0 { Value::Null } else { json!(entry.geonameid) });
    let [sort, detail] = keys(&entry);
    put(sort, json!(entry.sort));
    put(detail, json!(entry.detail));
    put("list", json!(list_of(dictionary, reading.entry())));
    let is_of_user = user.is_some();
    if let Some(user) = user {
        put("list_id", json!(user.id));
        put("code", json!(user.code));
        put("subtype", json!(user.subtype));
        put("from", if user.from == i32::MIN { Value::Null } else { json!(day(user.from)) });
        put("to", if user.to == i32::MAX { Value::Null } else { json!(day(user.to)) });
    }
    put("share", json!(rounded(ranked.share, 4)));
    put("score", json!(rounded(ranked.prior.sum(), 2)));
    put("score_parts", parts(&ranked.prior, 1.0));
    // A user's entry is meant as surely as its list says.
    if let Some(prior) = dictionary.prior(reading).filter(|_| !is_of_user) {
        put("place_prior", json!(f64::from(prior.hundredths()) / 100.0));
        put("place_prior_parts", parts(&prior, 100.0));
    }
    Value::Object(found)
}

/// What makes up a likelihood that is given in so many parts of one.
fn parts(prior: &Prior, unit: f64) -> Value {
    let Prior { kind, population, rank, alias, user } = *prior;
    let all = PARTS.into_iter().zip([kind, population, rank, alias, user]);
    let said = all.filter(|(_, value)| *value != 0.0);
    said.map(|(part, value)| (part.to_owned(), json!(rounded(value / unit, 2)))).collect::<Map<_, _>>().into()
}

fn note(note: &Note<'_>) -> Value {
    let mut said = Map::from_iter([("list".to_owned(), json!(format!("{}.tsv", note.list)))]);
    said.extend(note.fields.iter().map(|(column, field)| ((*column).to_owned(), json!(field))));
    Value::Object(said)
}

/// What an entry's `sort` and `detail` are.
fn keys(entry: &Entry<'_>) -> [&'static str; 2] {
    match entry.kind {
        Kind::Country => ["iso3", "capital"],
        Kind::Admin1 => ["division", "code"],
        Kind::County | Kind::City => ["feature", "admin1"],
        Kind::Region | Kind::Physical | Kind::Demonym => ["sort", "detail"],
        Kind::Organisation => ["sector", "sort"],
        Kind::Title => ["class", "sector"],
        Kind::User => ["sector", "detail"],
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Country => "country",
        Kind::Admin1 => "division",
        Kind::County => "county",
        Kind::City => "city",
        Kind::Region => "region",
        Kind::Physical => "natural feature",
        Kind::Demonym => "nationality",
        Kind::Organisation => "organisation",
        Kind::Title => "title",
        Kind::User => "user's",
    }
}

fn written(case: Case) -> &'static str {
    match case {
        Case::Any => "in any way",
        Case::Capital => "with a capital",
        Case::AllCapitals => "in capitals",
    }
}

/// Each word of a name as a word: a part of people's names, a word of the language.
fn words(dictionary: &Dictionary<'_>, name: &str) -> Vec<Value> {
    let mut tokens = Tokens::default();
    tokens.tokenize(name);
    dictionary.annotate(&mut tokens);
    let is_word = |form: u32| form & form::WORD != 0;
    let mut all = Vec::new();
    for token in tokens.iter().filter(|t| is_word(t.form)) {
        let mut found = Map::new();
        found.insert("word".into(), json!(token.of(name)));
        let Some(word) = dictionary.word(token.word) else {
            found.insert("unlisted".into(), json!(true));
            all.push(Value::Object(found));
            continue;
        };
        for (key, number) in [
            ("given_weight", u32::from(word.given())),
            ("surname_weight", u32::from(word.surname())),
            ("count", word.count),
            ("lower", word.lower),
            ("capital", word.capital),
            ("level", u32::from(word.level)),
        ] {
            if number > 0 {
                found.insert(key.into(), json!(number));
            }
        }
        let Ambiguity { name, given, surname, place, other } = dictionary.ambiguity(token.word);
        found.insert("name".into(), json!(rounded(f64::from(name), 2)));
        let shares = SHARES.into_iter().zip([given, surname, place, other]);
        let shares = shares.filter(|(_, share)| *share > 0.0);
        let shares: Map<_, _> = shares.map(|(key, share)| (key.into(), json!(rounded(f64::from(share), 4)))).collect();
        if !shares.is_empty() {
            found.insert("if_a_name".into(), json!(shares));
        }
        let classes: Vec<&str> =
            class::NAMES.iter().filter(|(_, bit)| token.class & bit != 0).map(|(name, _)| *name).collect();
        found.insert("classes".into(), json!(classes));
        all.push(Value::Object(found));
    }
    all
}

/// YYYYMMDD as an ISO day.
fn day(number: i32) -> String {
    format!("{:04}-{:02}-{:02}", number / 10_000, number / 100 % 100, number % 100)
}

fn rounded(value: f64, digits: i32) -> f64 {
    let scale = 10f64.powi(digits);
    (value * scale).round() / scale
}

/// The same for people, narrow.
fn print(found: &Value, out: &mut dyn Write) -> std::io::Result<()> {
    let text = |value: &Value, key: &str| match &value[key] {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    writeln!(out, "{}", text(found, "name"))?;
    match found["readings"].as_array() {
        None => writeln!(out, "  is no name of the lists by itself")?,
        Some(readings) => {
            writeln!(out, "  listed as {:?}, found {}", text(found, "listed_as"), text(found, "written"))?;
            writeln!(out, "  likely a place: {}", text(found, "place_prior"))?;
            for (number, reading) in (1..).zip(readings) {
                writeln!(out, "{number:>3}  {}: {}", text(reading, "kind"), text(reading, "entry"))?;
                let mut line = vec![format!("as its {}", text(reading, "relation")), text(reading, "written")];
                if !reading["country"].is_null() {
                    line.push(text(reading, "country"));
                }
                if !reading["lat"].is_null() {
                    line.push(format!("{} {}", text(reading, "lat"), text(reading, "lon")));
                }
                writeln!(out, "       {}", line.join(", "))?;
                print_rest(reading, out, &text)?;
            }
        }
    }
    for note in found["notes"].as_array().into_iter().flatten() {
        wrap(&format!("{}: {}", text(note, "list"), said(note, &NOTED).replace('|', ", ")), "  ", out)?;
    }
    for word in found["words"].as_array().into_iter().flatten() {
        let mut line = Vec::new();
        for (key, name) in [
            ("given_weight", "given name"),
            ("surname_weight", "family name"),
            ("level", "lexicon level"),
            ("count", "counted"),
            ("lower", "in small letters"),
            ("capital", "with a capital"),
        ] {
            if !word[key].is_null() {
                line.push(format!("{name} {}", text(word, key)));
            }
        }
        if !word["unlisted"].is_null() {
            line.push("in no list".into());
        }
        writeln!(out, "  word {:?}: {}", text(word, "word"), line.join(", "))?;
        if !word["name"].is_null() {
            let likely = if word["if_a_name"].is_null() { String::new() } else { said(&word["if_a_name"], &SHARES) };
            let likely = if likely.is_empty() { likely } else { format!("; if it is: {likely}") };
            writeln!(out, "       likely a name: {}{likely}", text(word, "name"))?;
        }
        let classes: Vec<&str> = word["classes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if !classes.is_empty() {
            writeln!(out, "       {}", classes.join(" "))?;
        }
    }
    Ok(())
}

/// What a reading has besides, in a few lines.
fn print_rest(reading: &Value, out: &mut dyn Write, text: &dyn Fn(&Value, &str) -> String) -> std::io::Result<()> {
    const ABOUT: [&str; 10] =
        ["population", "geonameid", "iso3", "capital", "feature", "admin1", "division", "class", "sector", "sort"];
    let lines = [said(reading, &ABOUT), said(reading, &["list", "list_id", "code", "subtype", "from", "to"])];
    for line in lines.iter().filter(|line| !line.is_empty()) {
        writeln!(out, "       {line}")?;
    }
    let score = said(&reading["score_parts"], &PARTS);
    writeln!(out, "       share {}, ranked by {} = {score}", text(reading, "share"), text(reading, "score"))?;
    if !reading["place_prior"].is_null() {
        let parts = said(&reading["place_prior_parts"], &PARTS);
        writeln!(out, "       likely this place: {} = {parts}", text(reading, "place_prior"))?;
    }
    Ok(())
}

/// What an object says under some keys, in a line.
fn said(object: &Value, keys: &[&str]) -> String {
    let said = keys.iter().filter_map(|key| {
        let value = object.get(key)?;
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Some(format!("{} {value}", key.replace('_', " ")))
    });
    said.collect::<Vec<_>>().join(", ")
}

/// Words in lines of a width that a terminal has, all but the first further in.
fn wrap(words: &str, indent: &str, out: &mut dyn Write) -> std::io::Result<()> {
    const WIDTH: usize = 96;
    let mut line = indent.to_owned();
    for word in words.split(' ') {
        if line.len() + word.len() > WIDTH {
            writeln!(out, "{}", line.trim_end())?;
            line = format!("{indent}     ");
        }
        line += word;
        line.push(' ');
    }
    writeln!(out, "{}", line.trim_end())
}

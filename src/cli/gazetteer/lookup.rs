//! `gazetteer lookup`: all readings of a name, and why they rank so.

use std::io::Write;

use dateline::Result;
use dateline::dictionary::{Case, Dictionary, Entry, Kind, Reading, class};
use dateline::gazetteer::{Lists, surface_of};
use dateline::token::{Tokens, form};
use serde_json::{Map, Value, json};

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
        let prior = dictionary.place_prior(number);
        if prior > 0.0 {
            found.insert("place_prior".into(), json!(hundredths(f64::from(prior) * 100.0)));
        }
        let mut readings: Vec<(f64, &Reading)> =
            surface.readings.iter().map(|reading| (rank(dictionary, reading), reading)).collect();
        readings.sort_by(|a, b| b.0.total_cmp(&a.0));
        let readings: Vec<Value> = readings.iter().map(|(rank, r)| reading(dictionary, r, *rank)).collect();
        if !readings.is_empty() {
            found.insert("readings".into(), json!(readings));
        }
    }
    let words = words(dictionary, name);
    if !words.is_empty() {
        found.insert("words".into(), json!(words));
    }
    Value::Object(found)
}

/// By how much a reading goes before the others of its name: users' first, places as the choice among places weighs them,
/// the rest in the order of the lists.
fn rank(dictionary: &Dictionary<'_>, reading: &Reading) -> f64 {
    match dictionary.user(reading.entry()) {
        Some(user) => 100.0 + f64::from(user.weight),
        None => dictionary.place_score(reading).unwrap_or(0.0),
    }
}

fn reading(dictionary: &Dictionary<'_>, reading: &Reading, rank: f64) -> Value {
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
    match user {
        Some(user) => {
            put("list", json!(format!("user:{}", user.list)));
            put("list_id", json!(user.id));
            put("code", json!(user.code));
            put("subtype", json!(user.subtype));
            put("from", if user.from == i32::MIN { Value::Null } else { json!(day(user.from)) });
            put("to", if user.to == i32::MAX { Value::Null } else { json!(day(user.to)) });
            put("rank", json!({ "user_weight": hundredths(f64::from(user.weight) * 100.0) }));
        }
        None => {
            put("list", json!(list(entry.kind)));
            let prior = dictionary.prior(reading);
            if prior.sum() > 0 {
                let mut parts = Map::new();
                for (part, value) in [
                    ("kind", prior.kind),
                    ("population", prior.population),
                    ("rank", prior.rank),
                    ("alias", prior.alias),
                ] {
                    if value != 0.0 {
                        parts.insert(part.into(), json!(hundredths(value)));
                    }
                }
                put("place_prior", json!(hundredths(f64::from(prior.sum()))));
                put("place_prior_parts", json!(parts));
                put("rank", json!({ "among_places": (rank * 100.0).round() / 100.0 }));
            }
        }
    }
    Value::Object(found)
}

/// What an entry's `sort` and `detail` are.
fn keys(entry: &Entry<'_>) -> [&'static str; 2] {
    match entry.kind {
        Kind::Country => ["iso3", "capital"],
        Kind::Admin1 => ["division", "code"],
        Kind::City => ["feature", "admin1"],
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
        Kind::City => "city",
        Kind::Region => "region",
        Kind::Physical => "natural feature",
        Kind::Demonym => "nationality",
        Kind::Organisation => "organisation",
        Kind::Title => "title",
        Kind::User => "user's",
    }
}

/// The list that our entries of a kind come from.
fn list(kind: Kind) -> &'static str {
    match kind {
        Kind::Country => "countries.tsv",
        Kind::Admin1 => "admin1.tsv",
        Kind::City => "places.tsv",
        Kind::Region => "regions.tsv",
        Kind::Physical => "physical.tsv",
        Kind::Demonym => "demonyms.tsv",
        Kind::Organisation => "orgs.tsv",
        Kind::Title => "titles.tsv",
        Kind::User => "",
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
            ("given_weight", u32::from(word.name_weights >> 4)),
            ("surname_weight", u32::from(word.name_weights & 15)),
            ("count", word.count),
            ("lower", word.lower),
            ("capital", word.capital),
            ("level", u32::from(word.level)),
        ] {
            if number > 0 {
                found.insert(key.into(), json!(number));
            }
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

fn hundredths(value: f64) -> f64 {
    value.round() / 100.0
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
            if !found["place_prior"].is_null() {
                writeln!(out, "  likely a place: {}", text(found, "place_prior"))?;
            }
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
        let classes: Vec<&str> = word["classes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if !classes.is_empty() {
            writeln!(out, "       {}", classes.join(" "))?;
        }
    }
    Ok(())
}

/// What a reading has besides, in a few lines.
fn print_rest(reading: &Value, out: &mut dyn Write, text: &dyn Fn(&Value, &str) -> String) -> std::io::Result<()> {
    let named = |keys: &[&str]| {
        let known = keys.iter().filter(|key| !reading[**key].is_null());
        known.map(|key| format!("{} {}", key.replace('_', " "), text(reading, key))).collect::<Vec<_>>().join(", ")
    };
    let lines = [
        named(&[
            "population",
            "geonameid",
            "iso3",
            "capital",
            "feature",
            "admin1",
            "division",
            "class",
            "sector",
            "sort",
        ]),
        named(&["list", "list_id", "code", "subtype", "from", "to"]),
    ];
    for line in lines.iter().filter(|line| !line.is_empty()) {
        writeln!(out, "       {line}")?;
    }
    let parts = |value: &Value| {
        let parts = value.as_object().into_iter().flatten();
        parts.map(|(part, value)| format!("{} {value}", part.replace('_', " "))).collect::<Vec<_>>().join(", ")
    };
    if !reading["rank"].is_null() {
        writeln!(out, "       ranked by {}", parts(&reading["rank"]))?;
    }
    if !reading["place_prior"].is_null() {
        let parts = parts(&reading["place_prior_parts"]);
        writeln!(out, "       likely this place: {} = {parts}", text(reading, "place_prior"))?;
    }
    Ok(())
}

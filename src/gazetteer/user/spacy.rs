//! Patterns of spaCy's EntityRuler: `{"label":"ORG","pattern":…,"id":…}` a line.
//!
//! A pattern is a string, or a list of tokens. A token says how it is written (`ORTH`, `TEXT`) or how it is written in
//! small letters (`LOWER`), as a string or as `{"IN":[…]}`, and may be optional (`"OP":"?"`). That is written out: every
//! way through the pattern is a name. What asks for more than letters (`REGEX`, `POS`, `LEMMA`) is refused.

use super::json_lines::{object, string};
use super::{Relation, Row, Source, Written};
use crate::dictionary::Case;
use crate::error::{Error, Result};
use serde_json::{Map, Value};

/// Names that one pattern may be written out to.
const MOST_NAMES: usize = 1000;

pub(super) fn read(source: &Source<'_>, take: &mut dyn FnMut(Row<'_>) -> Result<()>) -> Result<()> {
    for (number, line) in source.lines().filter(|(_, line)| !line.is_empty()) {
        let row = object(line).and_then(|object| row(&object, number, source)).map_err(source.at(number))?;
        if let Some(row) = row {
            take(row).map_err(source.at(number))?;
        }
    }
    Ok(())
}

fn row(object: &Map<String, Value>, line: u64, source: &Source<'_>) -> Result<Option<Row<'static>>> {
    let label = string(object, "label")?;
    if label.is_empty() {
        return Err(Error::list("the key \"label\" is missing"));
    }
    let Some((kind, subtype)) = source.types.of(&label)? else { return Ok(None) };
    let (names, written) = match object.get("pattern") {
        Some(Value::String(name)) => (vec![name.trim().to_owned()], Written::AsNamed),
        Some(Value::Array(tokens)) => names(tokens)?,
        _ => return Err(Error::list("\"pattern\" is neither a string nor a list of tokens")),
    };
    let mut names = names.into_iter().filter(|name| !name.is_empty());
    let name = names.next().ok_or_else(|| Error::list("the pattern holds no word"))?;
    let mut row = Row::new(line, name, Some(kind));
    row.others.extend(names.map(|name| (name.into(), Relation::Alias)));
    (row.id, row.subtype, row.written) = (string(object, "id")?.into(), subtype.into_owned().into(), written);
    Ok(Some(row))
}

/// Every way through a pattern of tokens, and how these names must be written.
fn names(tokens: &[Value]) -> Result<(Vec<String>, Written)> {
    let mut names = vec![String::new()];
    let mut all_lower = true;
    for token in tokens {
        let Token { words, optional, lower } = Token::read(token)?;
        all_lower &= lower;
        let mut next: Vec<String> = if optional { names.clone() } else { Vec::new() };
        for name in &names {
            next.extend(words.iter().map(|word| joined(name, word)));
        }
        next.dedup();
        if next.len() > MOST_NAMES {
            return Err(Error::list(format!("the pattern stands for more than {MOST_NAMES} names")));
        }
        names = next;
    }
    Ok((names, if all_lower { Written::Case(Case::Any) } else { Written::AsNamed }))
}

struct Token<'v> {
    words: Vec<&'v str>,
    optional: bool,
    lower: bool,
}

impl<'v> Token<'v> {
    fn read(value: &'v Value) -> Result<Self> {
        let object = value.as_object().ok_or_else(|| Error::list("a token of a pattern is an object"))?;
        let mut token = Token { words: Vec::new(), optional: false, lower: false };
        for (key, value) in object {
            match key.to_uppercase().as_str() {
                "ORTH" | "TEXT" => token.words = words(key, value)?,
                "LOWER" => (token.words, token.lower) = (words(key, value)?, true),
                "OP" if value == "?" => token.optional = true,
                "OP" => {
                    return Err(Error::list(format!("OP {value} is not supported; \"?\" is")));
                }
                _ => {
                    return Err(Error::list(format!(
                        "{key} is not supported: a list of names can only ask for letters (ORTH, TEXT, LOWER, with IN \
                         and with OP \"?\")"
                    )));
                }
            }
        }
        if token.words.is_empty() {
            return Err(Error::list("a token of the pattern fits any word; it must have ORTH, TEXT or LOWER"));
        }
        Ok(token)
    }
}

fn words<'v>(key: &str, value: &'v Value) -> Result<Vec<&'v str>> {
    let wrong = |what: &str| Error::list(format!("{key} with {what} is not supported; a string and IN are"));
    match value {
        Value::String(word) => Ok(vec![word]),
        Value::Object(ways) => {
            if let Some(way) = ways.keys().find(|way| *way != "IN") {
                return Err(wrong(way));
            }
            let list = ways.get("IN").and_then(Value::as_array).ok_or_else(|| wrong("IN without a list"))?;
            list.iter().map(|word| word.as_str().ok_or_else(|| wrong("IN of what is no string"))).collect()
        }
        _ => Err(wrong("what is no string")),
    }
}

/// A word behind a name, as text writes it: spaCy's tokens do not say where a space stands.
fn joined(name: &str, word: &str) -> String {
    let glues = |c: char| matches!(c, '-' | '–' | '/' | '\'' | '’');
    let glued = name.is_empty()
        || name.ends_with(glues)
        || word.starts_with(glues)
        || name.ends_with(['(', '[', '#', '@', '$'])
        || word.starts_with(['.', ',', ';', ':', ')', ']', '!', '?', '%']);
    if glued { format!("{name}{word}") } else { format!("{name} {word}") }
}

//! One JSON object a line, its keys named as the columns of a TSV; `aliases` and `acronym` are a string or a list of
//! strings. `{"delete":"NAME"}` takes a name out of the lists.

use super::tsv::COLUMNS;
use super::{Relation, Row, Source, position, sector, types, weight, written};
use crate::dictionary::date;
use crate::error::{Error, Result};
use serde_json::{Map, Value};
use std::borrow::Cow;

pub(super) fn read(source: &Source<'_>, take: &mut dyn FnMut(Row<'_>) -> Result<()>) -> Result<()> {
    let of_list = types::of_list(source.path, source.body, source.types).map_err(source.at(0))?;
    for (number, line) in source.lines().filter(|(_, line)| !line.is_empty()) {
        let row = object(line).and_then(|object| row(&object, number, source, of_list.as_ref()));
        if let Some(row) = row.map_err(source.at(number))? {
            take(row).map_err(source.at(number))?;
        }
    }
    Ok(())
}

/// The object of a line.
pub(super) fn object(line: &str) -> Result<Map<String, Value>> {
    match serde_json::from_str(line) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Error::list("expected a JSON object")),
        Err(e) => Err(Error::list(format!("no JSON: {e}"))),
    }
}

fn row(
    object: &Map<String, Value>,
    line: u64,
    source: &Source<'_>,
    of_list: Option<&(crate::dictionary::NameType, String)>,
) -> Result<Option<Row<'static>>> {
    if let Some(key) = object.keys().find(|key| *key != "delete" && !COLUMNS.contains(&key.as_str())) {
        return Err(Error::list(format!("no key {key:?} is known; the keys are {}, delete", COLUMNS.join(", "))));
    }
    let (kind, subtype) = match &*string(object, "type")? {
        "" => of_list.map(|(kind, subtype)| (*kind, subtype.clone())).unzip(),
        word => match source.types.of(word)? {
            Some((kind, subtype)) => (Some(kind), Some(subtype.into_owned())),
            None => return Ok(None),
        },
    };
    let name = string(object, "name")?.trim().to_owned();
    let deleted = string(object, "delete")?.trim().to_owned();
    match (name.is_empty(), deleted.is_empty()) {
        (true, false) => return Ok(Some(Row::deletion(line, deleted, kind))),
        (false, true) => {}
        (true, true) => return Err(Error::list("the key \"name\" is missing")),
        (false, false) => return Err(Error::list("an object has a name or deletes one, not both")),
    }
    let kind = kind.ok_or_else(|| Error::list("the key \"type\" is missing"))?;
    let mut row = Row::new(line, name, Some(kind));
    row.others.extend(strings(object, "aliases")?.into_iter().map(|name| (name, Relation::Alias)));
    row.others.extend(strings(object, "acronym")?.into_iter().map(|name| (name, Relation::Acronym)));
    row.subtype = match string(object, "subtype")? {
        own if own.is_empty() => subtype.unwrap_or_default().into(),
        own => own.into(),
    };
    row.id = string(object, "id")?.into();
    row.code = string(object, "code")?.into();
    row.country = string(object, "cc")?.into();
    row.sector = sector(&string(object, "sector")?)?.to_owned().into();
    row.position = position(number(object, "lat")?, number(object, "lon")?)?;
    if let Some(value) = number(object, "weight")? {
        row.weight = weight(value)?;
    }
    row.written = written(&string(object, "case")?)?;
    row.from = date::iso(&string(object, "from")?, false)?;
    row.to = date::iso(&string(object, "to")?, true)?;
    date::in_order(row.from, row.to)?;
    Ok(Some(row))
}

/// A string, or a number as it is written; empty where there is none.
pub(super) fn string(object: &Map<String, Value>, key: &str) -> Result<String> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Number(number)) => Ok(number.to_string()),
        Some(_) => Err(Error::list(format!("{key:?} is no string"))),
    }
}

fn strings(object: &Map<String, Value>, key: &str) -> Result<Vec<Cow<'static, str>>> {
    let wrong = || Error::list(format!("{key:?} is no list of strings"));
    match object.get(key) {
        Some(Value::Array(all)) => {
            all.iter().map(|v| v.as_str().map(|s| s.to_owned().into()).ok_or_else(wrong)).collect()
        }
        Some(Value::String(one)) => Ok(vec![one.clone().into()]),
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(_) => Err(wrong()),
    }
}

fn number(object: &Map<String, Value>, key: &str) -> Result<Option<f64>> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_f64().map(Some).ok_or_else(|| Error::list(format!("{key:?} is not a number"))),
    }
}

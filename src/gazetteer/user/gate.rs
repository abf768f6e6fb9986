//! GATE's lists: `lists.def` names files with their types, a line each, and every file holds one entry a line.
//!
//! A line of `lists.def` is `file.lst:major:minor:language:annotationType`, of which all behind the major type may be
//! missing. The annotation type says what the names are when it is a type, else the minor type, else the major one. An
//! entry may have features behind a tab or an `&`, each `key=value`: those that mean a column of a TSV are read, others
//! are for GATE's own grammars and are left.

use super::{Row, Source, part, position};
use crate::dictionary::NameType;
use crate::error::{Error, Result};
use std::borrow::Cow;

/// The lines of a `lists.def` that name a list, with their fields.
pub(super) fn lists(body: &str) -> impl Iterator<Item = (u64, Vec<&str>)> {
    let body = body.trim_start_matches('\u{FEFF}');
    (1..)
        .zip(body.lines().map(str::trim))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| (number, line.split(':').map(str::trim).collect()))
}

pub(super) fn read(source: &Source<'_>, take: &mut dyn FnMut(Row<'_>) -> Result<()>) -> Result<()> {
    let types = source.types.with_head(source.body).map_err(source.at(0))?;
    let folder = source.path.parent().unwrap_or(std::path::Path::new("."));
    for (number, fields) in lists(source.body) {
        let Some((kind, subtype)) = type_of(&fields, &types).map_err(source.at(number))? else { continue };
        let path = folder.join(fields[0]);
        let body = std::fs::read_to_string(&path)
            .map_err(|e| Error::list(format!("{}: {e}", path.display())))
            .map_err(source.at(number))?;
        let list = Source { path: &path, body: &body, types: &types };
        entries(&list, kind, &subtype, &mut |row| take(Row { list: part(fields[0]), ..row }))?;
    }
    Ok(())
}

/// The type and the user's own subtype of a list; none where it is to be left out.
fn type_of(fields: &[&str], types: &super::Types) -> Result<Option<(NameType, String)>> {
    let field = |at: usize| fields.get(at).copied().unwrap_or("");
    let (major, minor, annotation) = (field(1), field(2), field(4));
    if fields.len() > 5 || major.is_empty() || field(0).is_empty() {
        return Err(Error::list(
            "expected file.lst:major:minor:language:annotationType, of which the first two are needed",
        ));
    }
    let word = [annotation, minor, major].into_iter().find(|word| !word.is_empty() && types.knows(word));
    let Some((kind, subtype)) = types.of(word.unwrap_or(major))? else { return Ok(None) };
    let subtype = if minor.is_empty() { subtype.into_owned() } else { minor.to_owned() };
    Ok(Some((kind, subtype)))
}

fn entries(
    source: &Source<'_>,
    kind: NameType,
    subtype: &str,
    take: &mut dyn FnMut(Row<'_>) -> Result<()>,
) -> Result<()> {
    for (number, line) in source.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, features) = split(line);
        let row = || -> Result<Row<'_>> {
            if let Some(name) = name.strip_prefix('-') {
                return Ok(Row::deletion(number, part(name.trim()), Some(kind)));
            }
            let mut row = Row { subtype: part(subtype), ..Row::new(number, part(name), Some(kind)) };
            add_features(&mut row, features)?;
            Ok(row)
        };
        row().and_then(&mut *take).map_err(source.at(number))?;
    }
    Ok(())
}

/// A name and its features: behind the first tab, or the first `&` with a `key=value` behind it.
fn split(line: &str) -> (&str, &str) {
    if let Some((name, features)) = line.split_once('\t') {
        return (name.trim(), features);
    }
    for (at, _) in line.match_indices('&') {
        let key = line[at + 1..].split(['&', '=', ' ']).next().unwrap_or_default();
        if !key.is_empty() && line[at + 1 + key.len()..].starts_with('=') {
            return (line[..at].trim(), &line[at + 1..]);
        }
    }
    (line, "")
}

fn add_features<'r>(row: &mut Row<'r>, features: &'r str) -> Result<()> {
    let (mut lat, mut lon) = (None, None);
    for feature in features.split(['\t', '&']).map(str::trim).filter(|f| !f.is_empty()) {
        let (key, value) = feature
            .split_once('=')
            .ok_or_else(|| Error::list(format!("a feature is written key=value, not {feature:?}")))?;
        let (key, value) = (key.trim(), value.trim());
        let degrees =
            || value.parse::<f64>().map(Some).map_err(|_| Error::list(format!("{key} is not a number: {value:?}")));
        match &*key.to_lowercase() {
            "id" | "inst" | "uri" => row.id = part(value),
            "code" | "cameo" => row.code = part(value),
            "cc" | "country" if value.len() <= 3 => row.country = part(value),
            "sector" => row.sector = part(super::sector(value)?),
            "lat" | "latitude" => lat = degrees()?,
            "lon" | "long" | "longitude" => lon = degrees()?,
            "alias" | "aliases" => {
                row.others.extend(value.split('|').map(|name| (Cow::Borrowed(name.trim()), super::Relation::Alias)));
            }
            _ => {}
        }
    }
    row.position = position(lat, lon)?;
    Ok(())
}

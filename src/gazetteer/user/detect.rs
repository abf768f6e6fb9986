//! Which files a path means, and in which format a file is.

use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// The formats of users' lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Tsv,
    Plain,
    JsonLines,
    Gate,
    Spacy,
    Petrarch,
}

/// Endings of the files of a folder that are lists.
const ENDINGS: [&str; 7] = ["tsv", "lst", "txt", "jsonl", "ndjson", "json", "def"];

/// The lists that a path means: itself, or all lists of a folder by name. Where a folder has a `lists.def`, the `.lst`
/// files that it names are read through it.
///
/// # Errors
/// When there is nothing, or a folder holds no list.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut all = Vec::new();
    for entry in std::fs::read_dir(path).map_err(|e| Error::from(e).at(path, 0))? {
        let file = entry.map_err(|e| Error::from(e).at(path, 0))?.path();
        let hidden = file.file_name().is_none_or(|n| n.to_string_lossy().starts_with('.'));
        if !hidden && file.is_file() && ending(&file).is_some_and(|e| ENDINGS.contains(&&*e)) {
            all.push(file);
        }
    }
    let mut named = Vec::new();
    for file in all.iter().filter(|f| ending(f).is_some_and(|e| e == "def")) {
        let body = std::fs::read_to_string(file).map_err(|e| Error::from(e).at(file, 0))?;
        named.extend(super::gate::lists(&body).map(|(_, fields)| path.join(fields[0])));
    }
    all.retain(|f| !named.contains(f));
    all.sort();
    if all.is_empty() {
        let endings = ENDINGS.map(|e| format!(".{e}")).join(", ");
        return Err(Error::list(format!("no list in this folder (files that end in {endings})")).at(path, 0));
    }
    Ok(all)
}

fn ending(path: &Path) -> Option<String> {
    path.extension().map(|e| e.to_string_lossy().to_lowercase())
}

/// Lines that are looked at to tell a format.
const LOOKED_AT: usize = 200;

/// The format of a list: told by what is in it, then by its ending.
pub(super) fn format(path: &Path, body: &str) -> Result<Format> {
    let ending = ending(path).unwrap_or_default();
    if ending == "def" {
        return Ok(Format::Gate);
    }
    let body = body.trim_start_matches('\u{FEFF}');
    let mut lines = body.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).take(LOOKED_AT).peekable();
    match lines.peek().map(|l| l.trim_start()) {
        Some(line) if line.starts_with('{') => {
            let is_pattern = serde_json::from_str::<serde_json::Value>(line).is_ok_and(|v| v.get("pattern").is_some());
            return Ok(if is_pattern { Format::Spacy } else { Format::JsonLines });
        }
        Some(line) if line.starts_with('[') && ending.starts_with("json") => {
            return Err(Error::list("this is one JSON array; a list holds one JSON object a line"));
        }
        _ => {}
    }
    let head = body.lines().take_while(|l| l.starts_with('#')).any(|l| super::tsv::columns_in_head(l).is_some());
    if head || lines.peek().is_some_and(|l| l.split('\t').any(|field| field == "name")) {
        return Ok(Format::Tsv);
    }
    if lines.any(super::petrarch::has_code) {
        return Ok(Format::Petrarch);
    }
    match &*ending {
        "lst" | "txt" | "" => Ok(Format::Plain),
        "tsv" => Err(Error::list("no line of column names: the first line must name the columns, `name` among them")),
        "jsonl" | "ndjson" | "json" => Err(Error::list("no line of this list is a JSON object")),
        _ => Err(Error::list(format!(
            "a file that ends in .{ending} is no list; lists are read in the formats TSV, one name a line (.lst, .txt), \
             JSON lines, GATE (.def), spaCy EntityRuler and PETRARCH actors"
        ))),
    }
}

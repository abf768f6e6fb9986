//! Whether lists are as they should be: for those who keep them.
//!
//! A list in the form of `gazetteers/` begins with a line `# what:`; of it everything is checked that the build and the
//! readers of the list rely on, and all faults are told. Any other list is a user's, and is read as it would be at start.

use super::user::Types;
use super::{Lists, user};
use crate::error::{Error, ErrorKind, Result};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use unicode_normalization::is_nfc;

/// What a head tells, in this order.
const HEAD: [&str; 5] = ["what", "columns", "source", "licence", "date"];

/// Columns that hold a number, and its bounds.
const NUMBERS: [(&str, f64, f64); 13] = [
    ("lat", -90.0, 90.0),
    ("lon", -180.0, 180.0),
    ("population", 0.0, 4e9),
    ("geonameid", 1.0, 4e9),
    ("weight", 0.0, 15.0),
    ("count", 0.0, 4e9),
    ("lower_mid", 0.0, 4e9),
    ("cap_mid", 0.0, 4e9),
    ("initial", 0.0, 4e9),
    ("level", 0.0, 95.0),
    ("min_stem", 0.0, 16.0),
    ("from_year", -5000.0, 3000.0),
    ("to_year", -5000.0, 3000.0),
];

/// Columns that tell one line of a list from all others, where they are not the first two, or of hand lists three.
const KEYS: [(&str, &[&str]); 3] = [
    ("places.tsv", &["name", "geonameid"]),
    ("admin1.tsv", &["name", "cc", "geonames_code"]),
    ("orgs.tsv", &["name", "cc"]),
];

/// Faults of a list that are told one by one; of more there is a number.
const MOST_TOLD: usize = 20;

/// What was checked.
#[derive(Debug, Default)]
pub struct Checked {
    /// The lists, in order.
    pub lists: Vec<PathBuf>,
    /// What is wrong with them, with file and line.
    pub faults: Vec<Error>,
}

/// Checks lists and folders of lists, with the folders in them.
///
/// # Errors
/// A path that cannot be read.
pub fn check(paths: &[PathBuf], types: &Types) -> Result<Checked> {
    let mut checked = Checked::default();
    for path in paths {
        gather(path, &mut checked.lists)?;
    }
    for path in checked.lists.clone() {
        let bytes = std::fs::read(&path).map_err(|e| Error::from(e).at(&path, 0))?;
        match String::from_utf8(bytes) {
            Ok(body) if body.starts_with("# what:") => list(&path, &body, &mut checked.faults),
            Ok(_) => {
                let fault = Lists::shipped().with_users(std::slice::from_ref(&path), types).err();
                checked.faults.extend(fault);
            }
            Err(_) => checked.faults.push(Error::list("not UTF-8").at(&path, 0)),
        }
    }
    Ok(checked)
}

/// The lists that a path means: a folder's in our own form, with those of the folders in it, or else its users' lists.
fn gather(path: &Path, lists: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        lists.push(path.to_owned());
        return Ok(());
    }
    let before = lists.len();
    gather_own(path, lists)?;
    if lists.len() == before {
        lists.extend(user::files(path)?);
    }
    Ok(())
}

/// The lists in our own form in a folder and those in it; what else lies there (pins, texts, scripts) is none.
fn gather_own(folder: &Path, lists: &mut Vec<PathBuf>) -> Result<()> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| Error::from(e).at(folder, 0))? {
        all.push(entry.map_err(|e| Error::from(e).at(folder, 0))?.path());
    }
    all.sort();
    for path in all {
        if path.is_dir() {
            gather_own(&path, lists)?;
        } else if path.extension().is_some_and(|e| e == "tsv")
            && std::fs::read(&path).is_ok_and(|bytes| bytes.starts_with(b"# what:"))
        {
            lists.push(path);
        }
    }
    Ok(())
}

/// A list in the form of `gazetteers/`.
fn list(path: &Path, body: &str, faults: &mut Vec<Error>) {
    let mut told = 0;
    let mut fault = |line: usize, message: String| {
        told += 1;
        if told <= MOST_TOLD {
            faults.push(Error::new(ErrorKind::List(message)).at(path, line as u64));
        }
    };
    let lines: Vec<&str> = body.split('\n').collect();
    if !body.ends_with('\n') || body.ends_with("\n\n") {
        fault(lines.len(), "the last line ends with one line break".into());
    }
    let mut columns: Vec<&str> = Vec::new();
    for (at, key) in HEAD.iter().enumerate() {
        let value = lines.get(at).and_then(|line| line.strip_prefix("# ")?.strip_prefix(key)?.strip_prefix(": "));
        match value.filter(|value| !value.trim().is_empty()) {
            Some(value) if *key == "columns" => columns = value.split('\t').collect(),
            Some(_) => {}
            None => fault(at + 1, format!("the head's line {} says `# {key}: …`", at + 1)),
        }
    }
    let knowledge = path.components().any(|c| matches!(c.as_os_str().to_str(), Some("vocabulary" | "rules")));
    let key = key_columns(path, &columns);
    let mut seen = HashSet::new();
    let mut last = "";
    for (number, line) in (1..).zip(&lines).skip(HEAD.len()).filter(|(_, line)| !line.is_empty()) {
        if line.contains('\r') {
            fault(number, "a line ends with a line feed alone".into());
        }
        if !is_nfc(line) {
            fault(number, "not in Unicode's normal form C".into());
        }
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() != columns.len() {
            fault(number, format!("expected {} columns, found {}", columns.len(), fields.len()));
            continue;
        }
        for (column, field) in columns.iter().zip(&fields) {
            if let Some(message) = wrong_field(column, field).filter(|_| !knowledge) {
                fault(number, message);
            }
        }
        if knowledge {
            continue;
        }
        if fields[0].is_empty() {
            fault(number, "the first column is empty".into());
        }
        if fields[0].as_bytes() < last.as_bytes() {
            fault(number, format!("{:?} stands before {:?} in byte order", fields[0], last));
        }
        last = fields[0];
        let own: Vec<&str> = key.iter().map(|&at| fields[at]).collect();
        if !seen.insert(own.join("\t")) {
            fault(number, format!("{:?} stands twice", own.join(", ")));
        }
    }
    if told > MOST_TOLD {
        faults.push(Error::list(format!("{} faults more", told - MOST_TOLD)).at(path, 0));
    }
}

/// The columns that tell one line of a list from all others. What held from different days is not the same.
fn key_columns(path: &Path, columns: &[&str]) -> Vec<usize> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let by_hand = path.parent().is_some_and(|folder| folder.ends_with("hand"));
    let first = |count: usize| &columns[..columns.len().min(count)];
    let wanted = match KEYS.iter().find(|(list, _)| *list == name) {
        _ if by_hand => first(3),
        Some((_, key)) => key,
        None => first(2),
    };
    wanted.iter().chain(&["from"]).filter_map(|wanted| columns.iter().position(|column| column == wanted)).collect()
}

fn wrong_field(column: &str, field: &str) -> Option<String> {
    if field != field.trim() || field.contains("  ") {
        return Some(format!("stray white space in {column}: {field:?}"));
    }
    if field.starts_with('|') || field.ends_with('|') || field.contains("||") {
        return Some(format!("an empty value between bars in {column}: {field:?}"));
    }
    if field.is_empty() {
        return None;
    }
    if let Some((_, least, most)) = NUMBERS.iter().find(|(name, ..)| *name == column) {
        return match field.parse::<f64>() {
            Ok(number) if (*least..=*most).contains(&number) => None,
            Ok(_) => Some(format!("{column} lies between {least} and {most}, not at {field}")),
            Err(_) => Some(format!("{column} is not a number: {field:?}")),
        };
    }
    let is_code = |code: &str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    (column == "cc" && !field.split('|').all(is_code)).then(|| format!("no code of two capitals in cc: {field:?}"))
}

//! Actor files of TABARI, PETRARCH and Phoenix: names in capitals with underscores, and codes in brackets.
//!
//! ```text
//! HARBOUR_WATCH_ [LVACOP]  # a comment
//! +WATCH_OF_THE_HARBOUR_
//! ILZE_KALNA_
//!     [LVAELI <20190601]
//!     [LVAGOV 20190601-20230914]
//!     [LVAELI >20230914]
//! ```
//!
//! A line with `+` is a further name of the entry above it, a line that begins with white space a further code. Each code
//! may say when it holds, so an entry with several codes becomes several, one a time. Names are matched as whole words,
//! whether or not an underscore ends them.

use super::{Relation, Row, Source};
use crate::dictionary::{NameType, date};
use crate::error::{Error, Result};

/// PLOVER sectors that follow the country in a code.
const SECTORS: [&str; 26] = [
    "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "ENV", "GOV", "HLH", "HRI", "JRN", "JUD", "LAB", "LEG", "MED",
    "MIL", "NGO", "IGO", "OPP", "REB", "REF", "REL", "SPY", "UAF", "INS",
];

/// Whether a line has a code in brackets.
pub(super) fn has_code(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or_default();
    let inside = line.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(inside, _)| inside.trim());
    inside.is_some_and(|inside| {
        let code = inside.split([' ', '<', '>']).next().unwrap_or_default();
        code.trim_start_matches('~').len() >= 3
            && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'~' || b == b'-')
    })
}

/// An entry, gathered over its lines.
struct Actor {
    line: u64,
    names: Vec<String>,
    codes: Vec<Code>,
}

struct Code {
    code: String,
    from: Option<i32>,
    to: Option<i32>,
}

pub(super) fn read(source: &Source<'_>, take: &mut dyn FnMut(Row<'_>) -> Result<()>) -> Result<()> {
    let types = source.types.with_head(source.body).map_err(source.at(0))?;
    let of_list = super::types::of_list(source.path, source.body, &types).map_err(source.at(0))?.map(|t| t.0);
    let mut actor: Option<Actor> = None;
    let mut in_note = false;
    for (number, line) in source.lines() {
        // Such files open with notes between <!-- and -->.
        in_note |= line.trim_start().starts_with("<!--");
        if in_note {
            in_note = !line.contains("-->");
            continue;
        }
        let text = line.split('#').next().unwrap_or_default().trim_end();
        if text.trim().is_empty() || text.trim_start().starts_with(';') {
            continue;
        }
        let read = |actor: &mut Option<Actor>| -> Result<Option<Actor>> {
            let orphan = || Error::list("this line belongs to an entry, and none stands above it");
            let (name, codes) = parts(text)?;
            if text.starts_with(char::is_whitespace) && name.is_empty() {
                actor.as_mut().ok_or_else(orphan)?.codes.extend(codes);
                return Ok(None);
            }
            if let Some(name) = name.strip_prefix('+') {
                let actor = actor.as_mut().ok_or_else(orphan)?;
                actor.names.push(spelled(name)?);
                actor.codes.extend(codes);
                return Ok(None);
            }
            Ok(actor.replace(Actor { line: number, names: vec![spelled(name)?], codes }))
        };
        if let Some(done) = read(&mut actor).map_err(source.at(number))? {
            put(done, of_list, source, take)?;
        }
    }
    actor.map_or(Ok(()), |last| put(last, of_list, source, take))
}

fn put(
    actor: Actor,
    of_list: Option<NameType>,
    source: &Source<'_>,
    take: &mut dyn FnMut(Row<'_>) -> Result<()>,
) -> Result<()> {
    if actor.codes.is_empty() {
        return Err(Error::list("the entry has no code").at(source.path, actor.line));
    }
    for Code { code, from, to } in &actor.codes {
        let mut row = Row::new(actor.line, &*actor.names[0], of_list);
        row.others = actor.names[1..].iter().map(|name| (name.as_str().into(), Relation::Alias)).collect();
        row.code = code.as_str().into();
        row.is_cameo = true;
        row.sector = code.get(3..6).filter(|s| SECTORS.contains(s)).unwrap_or_default().into();
        (row.from, row.to) = (*from, *to);
        take(row).map_err(|e| e.at(source.path, actor.line))?;
    }
    Ok(())
}

/// The name and the codes of a line.
fn parts(text: &str) -> Result<(&str, Vec<Code>)> {
    let (name, mut rest) = match text.find('[') {
        Some(at) => (text[..at].trim(), &text[at..]),
        None => (text.trim(), ""),
    };
    let mut codes = Vec::new();
    while let Some(open) = rest.strip_prefix('[') {
        let (inside, behind) = open.split_once(']').ok_or_else(|| Error::list("a bracket is not closed"))?;
        codes.push(code(inside.trim())?);
        rest = behind.trim_start();
    }
    if !rest.is_empty() {
        return Err(Error::list(format!("{rest:?} stands behind the code; a comment begins with #")));
    }
    if name.contains(['{', ']']) {
        return Err(agents());
    }
    Ok((name, codes))
}

fn agents() -> Error {
    Error::list("this is a line of an agents file; only actor files are read")
}

fn code(inside: &str) -> Result<Code> {
    if inside.starts_with('~') {
        return Err(agents());
    }
    let (code, when) = match inside.find([' ', '\t', '<', '>']) {
        Some(at) => (&inside[..at], inside[at..].trim()),
        None => (inside, ""),
    };
    if code.is_empty() || !code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        return Err(Error::list(format!("a code is made of capitals, not {code:?}")));
    }
    let (from, to) = if let Some(day) = when.strip_prefix('>') {
        (Some(date::digits(day.trim())?), None)
    } else if let Some(day) = when.strip_prefix('<') {
        (None, Some(date::digits(day.trim())?))
    } else if let Some((first, last)) = when.split_once('-') {
        (Some(date::digits(first.trim())?), Some(date::digits(last.trim())?))
    } else if when.is_empty() {
        (None, None)
    } else {
        let day = date::digits(when)?;
        (Some(day), Some(day))
    };
    date::in_order(from, to)?;
    Ok(Code { code: code.to_owned(), from, to })
}

/// `HARBOUR_WATCH_OF_RIGA_` as text writes it: "Harbour Watch of Riga". A single short word is an acronym.
fn spelled(name: &str) -> Result<String> {
    let words: Vec<&str> = name.split('_').map(str::trim).filter(|w| !w.is_empty()).collect();
    if words.is_empty() {
        return Err(Error::list("the name is empty"));
    }
    if let [word] = words[..]
        && word.len() <= 4
    {
        return Ok(word.to_owned());
    }
    let spell = |(at, word): (usize, &&str)| {
        if at > 0 && matches!(*word, "OF" | "THE" | "AND" | "FOR" | "IN" | "ON" | "AT" | "DE" | "LA" | "BIN" | "AL") {
            return word.to_lowercase();
        }
        let mut begins = true;
        let letter = |c: char| {
            let upper = begins;
            begins = !c.is_alphanumeric() && c != '\'' && c != '.';
            if upper { c.to_uppercase().to_string() } else { c.to_lowercase().to_string() }
        };
        word.chars().map(letter).collect()
    };
    Ok(words.iter().enumerate().map(spell).collect::<Vec<String>>().join(" "))
}

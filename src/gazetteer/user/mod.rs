//! Users' own lists of names, in the formats that users have.
//!
//! Each format is a file of this folder: it turns text into [`Row`]s and knows nothing of the image. What is wrong with a
//! line is told with its number, because a list that is read by half is worse than one that is not read: the records
//! would lack names, and nobody would know.
//!
//! | format | told by |
//! |---|---|
//! | tab-separated values (`tsv`) | a line of column names with `name` among them |
//! | JSON lines (`json_lines`) | a line that begins with `{` |
//! | spaCy's EntityRuler (`spacy`) | the same, with the key `pattern` |
//! | GATE (`gate`) | the ending `.def` |
//! | PETRARCH and Phoenix actors (`petrarch`) | codes in square brackets |
//! | one name a line (`plain`) | the endings `.lst` and `.txt`, or none |

mod add;
mod detect;
mod gate;
mod json_lines;
mod petrarch;
mod plain;
mod spacy;
mod tsv;
mod types;

pub use add::add;
pub use detect::files;
pub use types::Types;

use crate::dictionary::{Case, NameType};
use crate::error::{Error, Result};
use detect::Format;
use std::borrow::Cow;
use std::path::Path;

/// How a name of a user's list must be written to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// As the name itself suggests: in capitals, with a capital, or in any way when it has none.
    AsNamed,
    /// As one of the cases of all lists.
    Case(Case),
    /// Letter for letter, accents and marks too.
    Exact,
}

/// What a name is in relation to its thing; the numbers are those of [`crate::dictionary::Reading::alias`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Relation {
    /// Another name.
    Alias = 1,
    /// Its acronym.
    Acronym = 2,
}

/// One entry of a user's list.
#[derive(Clone, Debug)]
pub struct Row<'r> {
    /// Number of its line, from 1.
    pub line: u64,
    /// File name of the list, where that is another than the one that was asked for.
    pub list: Cow<'r, str>,
    /// Main name.
    pub name: Cow<'r, str>,
    /// Further names.
    pub others: Vec<(Cow<'r, str>, Relation)>,
    /// What it is; none where a format does not say and the lists are asked.
    pub kind: Option<NameType>,
    /// The user's own, finer type.
    pub subtype: Cow<'r, str>,
    /// The user's id.
    pub id: Cow<'r, str>,
    /// A code.
    pub code: Cow<'r, str>,
    /// The code is one of CAMEO, whose first three letters name a country.
    pub is_cameo: bool,
    /// PLOVER sector.
    pub sector: Cow<'r, str>,
    /// ISO 3166-1, two or three letters.
    pub country: Cow<'r, str>,
    /// Degrees north and east.
    pub position: Option<(f64, f64)>,
    /// How sure it is that the name is meant, in hundredths.
    pub weight: u8,
    /// How it must be written.
    pub written: Written,
    /// First and last day of validity as the number YYYYMMDD.
    pub from: Option<i32>,
    /// As `from`.
    pub to: Option<i32>,
    /// Take the name out of the lists instead.
    pub delete: bool,
}

/// Weight of a name of which its list says none.
pub const WEIGHT: u8 = 95;

impl<'r> Row<'r> {
    fn new(line: u64, name: impl Into<Cow<'r, str>>, kind: Option<NameType>) -> Self {
        let none = Cow::Borrowed("");
        Row {
            line,
            list: none.clone(),
            name: name.into(),
            others: Vec::new(),
            kind,
            subtype: none.clone(),
            id: none.clone(),
            code: none.clone(),
            is_cameo: false,
            sector: none.clone(),
            country: none,
            position: None,
            weight: WEIGHT,
            written: Written::AsNamed,
            from: None,
            to: None,
            delete: false,
        }
    }

    /// A name to be taken out: of one type, or whatever it is.
    fn deletion(line: u64, name: impl Into<Cow<'r, str>>, kind: Option<NameType>) -> Self {
        Row { delete: true, ..Row::new(line, name, kind) }
    }
}

/// A list that lies in memory.
#[derive(Clone, Copy)]
pub struct Source<'s> {
    /// Where it was read.
    pub path: &'s Path,
    /// Its text.
    pub body: &'s str,
    /// What types users' words for types mean.
    pub types: &'s Types,
}

/// Calls `take` for every entry of a list.
///
/// # Errors
/// A line that is not as its format asks, with file and line; whatever `take` refuses, too.
pub fn read(source: &Source<'_>, take: &mut dyn FnMut(Row<'_>) -> Result<()>) -> Result<()> {
    let format = detect::format(source.path, source.body).map_err(|e| e.at(source.path, 0))?;
    // Each format says itself in which line a fault lies.
    match format {
        Format::Tsv => tsv::read(source, take),
        Format::Plain => plain::read(source, take),
        Format::JsonLines => json_lines::read(source, take),
        Format::Gate => gate::read(source, take),
        Format::Spacy => spacy::read(source, take),
        Format::Petrarch => petrarch::read(source, take),
    }
}

impl<'s> Source<'s> {
    /// The lines with their numbers, from 1, and what their faults are told with. White space at the end of a line and a
    /// byte order mark say nothing.
    fn lines(&self) -> impl Iterator<Item = (u64, &'s str)> + use<'s> {
        let body = self.body.strip_prefix('\u{FEFF}').unwrap_or(self.body);
        (1..).zip(body.lines().map(str::trim_end))
    }

    fn at(&self, line: u64) -> impl FnOnce(Error) -> Error + use<'s> {
        let path = self.path;
        move |e| e.at(path, line)
    }
}

/// A stretch of the list's own text.
fn part(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// Degrees, checked: both or none.
fn position(lat: Option<f64>, lon: Option<f64>) -> Result<Option<(f64, f64)>> {
    let (lat, lon) = match (lat, lon) {
        (Some(lat), Some(lon)) => (lat, lon),
        (None, None) => return Ok(None),
        _ => return Err(Error::list("lat and lon stand together or not at all")),
    };
    if !(-90.0..=90.0).contains(&lat) {
        return Err(Error::list(format!("lat lies between -90 and 90, not at {lat}")));
    }
    if !(-180.0..=180.0).contains(&lon) {
        return Err(Error::list(format!("lon lies between -180 and 180, not at {lon}")));
    }
    Ok(Some((lat, lon)))
}

/// A weight between 0 and 1, in hundredths.
fn weight(value: f64) -> Result<u8> {
    if (0.0..=1.0).contains(&value) {
        Ok((value * 100.0).round() as u8)
    } else {
        Err(Error::list(format!("weight lies between 0 and 1, not at {value}")))
    }
}

fn written(word: &str) -> Result<Written> {
    match word {
        "" => Ok(Written::AsNamed),
        "any" => Ok(Written::Case(Case::Any)),
        "capital" => Ok(Written::Case(Case::Capital)),
        "capitals" => Ok(Written::Case(Case::AllCapitals)),
        "exact" => Ok(Written::Exact),
        _ => Err(Error::list(format!("case is one of any, capital, capitals, exact, not {word:?}"))),
    }
}

fn sector(code: &str) -> Result<&str> {
    if code.is_empty() || (2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase()) {
        Ok(code)
    } else {
        Err(Error::list(format!("a sector is a code of two to four capitals such as GOV, not {code:?}")))
    }
}

#[cfg(test)]
mod tests;

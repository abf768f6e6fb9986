//! What types users' words for types mean.

use crate::dictionary::NameType;
use crate::error::{Error, Result};
use std::borrow::Cow;
use std::path::Path;

/// Words for types by what they mean; those behind the bar say more than the type and are kept as a subtype.
const WORDS: [(NameType, &str, &str); 7] = [
    (NameType::Person, "person per people", "politician official suspect leader"),
    (
        NameType::Org,
        "org organisation organization",
        "company agency ministry party media ngo igo bank university court army police team group",
    ),
    (NameType::Gpe, "gpe place", "city town village country province state admin1 admin2 district county"),
    (NameType::Loc, "loc location", "region sea river lake mountain island desert water"),
    (NameType::Fac, "fac facility", "building airport port bridge prison base plant hospital school"),
    (NameType::Norp, "norp nationality", "demonym religion ethnicity"),
    (NameType::Event, "event", "conference war exercise summit"),
];

/// What a word for a type means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Type(NameType),
    /// Names of this type are left out.
    Skip,
}

/// The meanings of words for types: those of a user before those that everybody knows.
#[derive(Clone, Debug, Default)]
pub struct Types {
    own: Vec<(String, Meaning)>,
}

impl Types {
    /// Adds `word=TYPE`, or `word=skip` for names to be left out.
    ///
    /// # Errors
    /// When it is not of this form, or the type is none of ours.
    pub fn add(&mut self, pair: &str) -> Result<()> {
        let (word, meaning) = pair
            .split_once('=')
            .map(|(word, meaning)| (word.trim(), meaning.trim()))
            .filter(|(word, _)| !word.is_empty())
            .ok_or_else(|| Error::list(format!("expected WORD=TYPE, such as vessel=FAC, not {pair:?}")))?;
        let meaning = if meaning == "skip" { Meaning::Skip } else { Meaning::Type(label(meaning)?) };
        self.own.push((word.to_lowercase(), meaning));
        Ok(())
    }

    /// All of them, as they were added: what the names of a list depend on besides the list.
    pub(crate) fn written(&self) -> impl Iterator<Item = String> + '_ {
        self.own.iter().map(|(word, meaning)| format!("{word}={meaning:?}"))
    }

    /// What a word means: a type and, when it says more than that, itself as the subtype; none when such names are to be
    /// left out.
    ///
    /// # Errors
    /// When nobody said what the word means.
    pub(super) fn of<'w>(&self, word: &'w str) -> Result<Option<(NameType, Cow<'w, str>)>> {
        match self.find(word) {
            Some((Meaning::Skip, _)) => Ok(None),
            Some((Meaning::Type(kind), finer)) => Ok(Some((kind, Cow::Borrowed(if finer { word } else { "" })))),
            None => {
                let known: Vec<&str> = NameType::ALL.iter().map(|t| t.label()).collect();
                let known = known.join(", ");
                let message = format!(
                    "unknown type {word:?}; the types are {known}; \
                     `# types: {word}=ORG` in the head of the list, or --gazetteer-type {word}=ORG, gives it one of them"
                );
                Err(Error::list(message))
            }
        }
    }

    /// Whether the word means something here.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.find(word).is_some()
    }

    fn find(&self, word: &str) -> Option<(Meaning, bool)> {
        let word = word.trim().to_lowercase();
        // What was said last counts, so that a list's own head beats the command line.
        if let Some((_, meaning)) = self.own.iter().rev().find(|(own, _)| *own == word) {
            return Some((*meaning, true));
        }
        let holds = |words: &str, word: &str| words.split(' ').any(|w| w == word);
        WORDS.iter().find_map(|(kind, plain, finer)| {
            let plain = holds(plain, &word);
            (plain || holds(finer, &word)).then_some((Meaning::Type(*kind), !plain))
        })
    }

    /// These and what the head of a list adds: lines `# types: word=TYPE …`. The head is what stands above the first
    /// line that is no comment.
    pub(super) fn with_head(&self, body: &str) -> Result<Types> {
        let mut types = self.clone();
        for pairs in head(body, "types:") {
            pairs.split_whitespace().try_for_each(|pair| types.add(pair))?;
        }
        Ok(types)
    }
}

fn label(word: &str) -> Result<NameType> {
    NameType::ALL.into_iter().find(|t| t.label().eq_ignore_ascii_case(word)).ok_or_else(|| {
        let known: Vec<&str> = NameType::ALL.iter().map(|t| t.label()).collect();
        Error::list(format!("{word:?} is no type; the types are {}, or skip", known.join(", ")))
    })
}

/// What a list's head says under a key.
fn head<'b>(body: &'b str, key: &'static str) -> impl Iterator<Item = &'b str> {
    let lines = body.trim_start_matches('\u{FEFF}').lines();
    lines
        .take_while(|line| line.starts_with('#') || line.trim().is_empty())
        .filter_map(move |line| line.trim_start_matches('#').trim_start().strip_prefix(key))
        .map(str::trim)
}

/// The type of a whole list: a line `# type: ORG` in its head, or else the name of its file (`person.lst`,
/// `org_agencies.tsv`).
pub(super) fn of_list(path: &Path, body: &str, types: &Types) -> Result<Option<(NameType, String)>> {
    if let Some(word) = head(body, "type:").next() {
        return Ok(types.of(word)?.map(|(kind, subtype)| (kind, subtype.into_owned())));
    }
    Ok(of_name(path, types))
}

fn of_name(path: &Path, types: &Types) -> Option<(NameType, String)> {
    let stem = path.file_name()?.to_str()?.split('.').next()?.to_lowercase();
    let words = std::iter::once(&*stem).chain(stem.split(['_', '-', ' ']));
    for word in words {
        let single = match word {
            _ if word.ends_with("ies") => format!("{}y", &word[..word.len() - 3]),
            _ => word.trim_end_matches('s').to_owned(),
        };
        if let Some(word) = [word, &single].into_iter().find(|word| types.knows(word)) {
            return types.of(word).ok()?.map(|(kind, subtype)| (kind, subtype.into_owned()));
        }
    }
    None
}

/// The fault of a list whose names have no type.
pub(super) fn missing(path: &Path) -> Error {
    let ending = path.extension().map_or(String::new(), |e| format!(".{}", e.to_string_lossy()));
    Error::list(format!(
        "nothing says what these names are: begin the list with `# type: ORG`, or name the file org{ending}"
    ))
}

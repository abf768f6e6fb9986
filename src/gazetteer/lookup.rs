//! What the lists know of one name: for people who ask why it was read so.

use crate::dictionary::{Dictionary, NONE, lists};
use crate::token::Tokens;

/// The surface that a name is by itself, in whatever case it is typed.
pub fn surface_of(dictionary: &Dictionary<'_>, name: &str) -> Option<u32> {
    let strings = dictionary.strings_to_find();
    if let Some(&string) = strings.iter().find(|&&s| dictionary.surface(s).text == name) {
        return Some(string);
    }
    let mut tokens = Tokens::default();
    tokens.tokenize(name);
    dictionary.annotate(&mut tokens);
    let surface = match &tokens[..] {
        [] => NONE,
        [only] => dictionary.surface_of_word(only.word),
        all => dictionary.longer_name(all),
    };
    // A name that was taken out has no reading left.
    Some(surface).filter(|&surface| surface != NONE && !dictionary.readings(surface).is_empty())
}

/// A row of a list that says more of a name than the dictionary's entries hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note<'a> {
    /// The list, without its ending.
    pub list: &'static str,
    /// What its columns say, where they say something.
    pub fields: Vec<(&'static str, &'a str)>,
}

/// The columns that hold names.
const NAMES: [&str; 6] = ["name", "now", "aliases", "nickname", "names", "variants"];

/// What the lists that are carried as text say of a name: when a place was called so, which office somebody held, which
/// names are the same. No station asks this of a single name, so all rows are gone through.
pub fn notes<'a>(dictionary: &Dictionary<'a>, name: &str) -> Vec<Note<'a>> {
    let name = name.to_lowercase();
    let mut notes = Vec::new();
    for (list, columns) in lists::kept() {
        for row in dictionary.text(list).unwrap_or_default().lines() {
            let all = || columns.split(' ').zip(row.split('\t'));
            let mut names = all().filter(|(column, _)| NAMES.contains(column)).flat_map(|(_, field)| field.split('|'));
            if names.any(|known| known.to_lowercase() == name) {
                notes.push(Note { list, fields: all().filter(|(_, field)| !field.is_empty()).collect() });
            }
        }
    }
    notes
}

//! What the lists know of one name: for people who ask why it was read so.

use crate::dictionary::{Dictionary, NONE};
use crate::token::{Token, Tokens};

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
        all => walk(dictionary, all),
    };
    // A name that was taken out has no reading left.
    Some(surface).filter(|&surface| surface != NONE && !dictionary.readings(surface).is_empty())
}

/// The surface of several words.
fn walk(dictionary: &Dictionary<'_>, tokens: &[Token]) -> u32 {
    let key = tokens[1..].iter().fold(tokens[0].hash, |key, token| dictionary.join(key, token));
    dictionary.beginning(key).surface
}

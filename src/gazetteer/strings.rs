//! Finds the strings of users' lists that are no run of whole words: `@handle`, `.net`, a name in a script without
//! spaces, or any name whose list asks for its exact letters.
//!
//! The search by words does not see them, so here a byte automaton goes over the text. Only users' lists hold such names;
//! without them this is not run at all.

use super::Match;
use crate::dictionary::{Case, Dictionary};
use crate::error::{Error, Result};
use crate::span::Span;
use crate::token::{Tokens, has_spaces_between_words};
use aho_corasick::{AhoCorasick, MatchKind};

/// The automaton of all such strings.
pub struct Strings {
    automaton: AhoCorasick,
    names: Vec<Name>,
}

struct Name {
    surface: u32,
    text: String,
    /// Found in small letters and capitals alike.
    in_any_case: bool,
    /// It must not go on with a letter before its begin or behind its end.
    ends: [bool; 2],
}

/// Where a string that begins or ends inside a token stands, by the first token of its match.
pub type Inside = Vec<(u32, Span)>;

impl Strings {
    /// The strings of a dictionary, when it has any.
    ///
    /// # Errors
    /// When there are more of them than an automaton can hold.
    pub fn new(dictionary: &Dictionary<'_>) -> Result<Option<Strings>> {
        let name = |&number: &u32| {
            let surface = dictionary.surface(number);
            let text = surface.text.to_owned();
            let parts_words = |c: Option<char>| {
                c.is_some_and(|c| c.is_alphanumeric() && has_spaces_between_words(c.encode_utf8(&mut [0; 4])))
            };
            let ends = [parts_words(text.chars().next()), parts_words(text.chars().next_back())];
            Name { surface: number, in_any_case: surface.case == Case::Any, text, ends }
        };
        let names: Vec<Name> = dictionary.strings_to_find().iter().map(name).collect();
        if names.is_empty() {
            return Ok(None);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(names.iter().map(|name| &name.text))
            .map_err(|e| Error::list(format!("the strings of the users' lists: {e}")))?;
        Ok(Some(Strings { automaton, names }))
    }

    /// Puts the strings found in a text among the names found in it: of all, those that begin first, and of these the
    /// longest. `inside` becomes the exact place of each string that does not begin and end with tokens.
    pub fn join(&self, text: &str, tokens: &Tokens, matches: &mut Vec<Match>, inside: &mut Inside) {
        inside.clear();
        let mut found: Vec<(Span, bool, Match)> = Vec::new();
        for hit in self.automaton.find_overlapping_iter(text) {
            let name = &self.names[hit.pattern()];
            let span = Span::new(hit.start() as u32, hit.end() as u32);
            if (name.in_any_case || span.of(text) == name.text) && stands_apart(text, span, name.ends) {
                let first = tokens.partition_point(|t| t.end <= span.start());
                let end = tokens.partition_point(|t| t.start < span.end());
                // White space alone is no token.
                if first < end {
                    let surface = name.surface;
                    found.push((span, false, Match { first: first as u32, end: end as u32, surface }));
                }
            }
        }
        if found.is_empty() {
            return;
        }
        let by_words = matches.drain(..).map(|m| {
            let span = Span::new(tokens[m.first as usize].start, tokens[m.end as usize - 1].end);
            (span, true, m)
        });
        found.extend(by_words);
        // What a user asked for to the letter goes before the same place found by words.
        found.sort_by_key(|(span, by_words, m)| (span.start(), std::cmp::Reverse(span.end()), *by_words, m.surface));
        let (mut free, mut free_token) = (0, 0);
        for (span, _, m) in found {
            if span.start() >= free && m.first >= free_token {
                (free, free_token) = (span.end(), m.end);
                let (first, last) = (&tokens[m.first as usize], &tokens[m.end as usize - 1]);
                if first.start != span.start() || last.end != span.end() {
                    inside.push((m.first, span));
                }
                matches.push(m);
            }
        }
    }
}

/// Whether no letter or digit goes on at the ends of a stretch where none may.
fn stands_apart(text: &str, span: Span, ends: [bool; 2]) -> bool {
    let before = text[..span.start() as usize].chars().next_back();
    let behind = text[span.end() as usize..].chars().next();
    let goes_on = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !(ends[0] && goes_on(before) || ends[1] && goes_on(behind))
}

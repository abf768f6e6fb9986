//! Finds the lines that a page put around the article: "Share:", "Also Read: …", "All rights reserved".
//!
//! Extractors keep them, and a reader of events must not take "Follow us on …" for a statement. A line is furniture by
//! its words only, never by its length: sub-headings and last sentences are short too. The phrases stand in
//! `rules/furniture.tsv`, each with where it must stand in the line.

use crate::token::{Token, fold_symbol, form};
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use std::ops::Range;

/// Longer lines are text, in bytes.
const LONGEST: usize = 200;
/// Longer lines are text even if they hold a phrase in their middle.
const LONGEST_HOLDING: usize = 120;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The phrase and closing punctuation are the line.
    Whole,
    /// The line begins with the phrase.
    Start,
    /// The phrase stands anywhere in the line.
    Anywhere,
}

/// The phrases, compiled.
pub struct Furniture {
    places: Vec<Place>,
    phrases: Option<AhoCorasick>,
}

impl Furniture {
    /// Reads the rows of `rules/furniture.tsv`: phrase, where.
    pub fn new(rows: &str) -> Self {
        let mut places = Vec::new();
        let mut phrases = Vec::new();
        for (phrase, place) in rows.lines().filter_map(|r| r.split_once('\t')) {
            places.push(match place {
                "whole" => Place::Whole,
                "contains" => Place::Anywhere,
                _ => Place::Start,
            });
            phrases.push(phrase);
        }
        // A list that cannot be compiled would be too large for memory: then nothing is furniture.
        let phrases =
            AhoCorasickBuilder::new().ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(&phrases).ok();
        Furniture { places, phrases }
    }

    /// Replaces `out` by the lines of `tokens` that are furniture, in order, as ranges of tokens.
    pub fn find(&self, text: &str, tokens: &[Token], out: &mut Vec<Range<u32>>) {
        out.clear();
        let Some(mut start) = (!tokens.is_empty()).then_some(0) else {
            return;
        };
        for end in 1..=tokens.len() {
            if end < tokens.len() && !tokens[end].is(form::LINE) {
                continue;
            }
            let line = tokens[start].start as usize..tokens[end - 1].end as usize;
            if line.len() <= LONGEST && self.is_furniture(&text[line]) {
                out.push(start as u32..end as u32);
            }
            start = end;
        }
    }

    fn is_furniture(&self, line: &str) -> bool {
        let folded: String;
        let line = if line.is_ascii() {
            line
        } else {
            folded = line.chars().map(fold_symbol).collect();
            &folded
        };
        let Some(phrases) = &self.phrases else {
            return false;
        };
        phrases.find_overlapping_iter(line).any(|found| {
            let rest = &line[found.end()..];
            let ends_a_word =
                !line[..found.end()].ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphanumeric);
            ends_a_word
                && match self.places[found.pattern().as_usize()] {
                    Place::Start => found.start() == 0,
                    Place::Whole => found.start() == 0 && !rest.contains(|c: char| c.is_alphanumeric()),
                    Place::Anywhere => {
                        line.len() <= LONGEST_HOLDING && !line[..found.start()].ends_with(char::is_alphanumeric)
                    }
                }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::token::Tokens;

    fn lines(text: &str) -> Vec<String> {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
        let furniture = Furniture::new(dictionary.text("furniture").expect("the list is carried"));
        let mut tokens = Tokens::default();
        tokens.tokenize(text);
        let mut found = Vec::new();
        furniture.find(text, &tokens, &mut found);
        found
            .iter()
            .map(|r| {
                let (first, last) = (&tokens[r.start as usize], &tokens[r.end as usize - 1]);
                text[first.start as usize..last.end as usize].to_owned()
            })
            .collect()
    }

    #[test]
    fn lines_around_the_article_are_furniture() {
        for line in [
            "Share:",
            "SEARCH",
            "Also Read: Two ministers sign a border treaty",
            "Don’t miss: our week in pictures",
            "© 2024 The Daily Example. All rights reserved.",
            "Photo: Press office",
            "Subscribe to our newsletter",
            "3 min read",
        ] {
            let text = format!("Rain fell.\n\n{line}\n\nIt stopped.");
            assert_eq!(lines(&text), [line], "{line}");
        }
    }

    #[test]
    fn text_is_no_furniture() {
        for line in [
            "Regional talks resume",
            "Searches went on.",
            "Shares fell sharply on Monday.",
            "Homes were destroyed.",
            "Police closed the menu of options.",
        ] {
            assert_eq!(lines(line), [""; 0], "{line}");
        }
    }
}

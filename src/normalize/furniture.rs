//! Finds the lines that a page put around the article: "Share:", "Also Read: …", "All rights reserved".
//!
//! Extractors keep them, and a reader of events must not take "Follow us on …" for a statement. A line is furniture by
//! its words only, never by its length: sub-headings and last sentences are short too. The phrases stand in
//! `rules/furniture.tsv`, each with where it must stand in the line.

use super::Lines;
use crate::error::{Error, Result};
use crate::token::{Sieve, Token, Tokens, fold_symbol, form, mix};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::borrow::Cow;
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
///
/// Nearly no line begins with the first two words of a phrase or holds the last word of one that may stand anywhere. So a
/// line's words are asked first, by the hashes that they have anyway, and the automaton reads it only where one agrees.
pub struct Furniture {
    places: Vec<Place>,
    automaton: AhoCorasick,
    /// How the phrases begin that begin a line.
    first: Words,
    /// Last words of the phrases that stand anywhere.
    last: Words,
}

impl Furniture {
    /// Reads the rows of `rules/furniture.tsv`: phrase, where.
    ///
    /// # Errors
    /// When no automaton can be built of the phrases: there are too many.
    pub fn new(rows: &str) -> Result<Self> {
        let (mut phrases, mut places) = (Vec::new(), Vec::new());
        let (mut first, mut last) = (Words::default(), Words::default());
        let mut tokens = Tokens::default();
        for (phrase, place) in rows.lines().filter_map(|r| r.split_once('\t')) {
            let place = match place {
                "whole" => Place::Whole,
                "contains" => Place::Anywhere,
                _ => Place::Start,
            };
            tokens.tokenize(phrase);
            match (place, &tokens[..]) {
                (Place::Anywhere, [.., word]) => last.add(word.hash),
                // A number may go on behind the phrase: "copyright 20".
                (_, [word, second, rest @ ..]) if !(rest.is_empty() && second.is(form::DIGIT)) => {
                    first.add(mix(word.hash, second.hash));
                }
                (_, [word, ..]) => first.add(word.hash),
                (_, []) => {}
            }
            phrases.push(phrase);
            places.push(place);
        }
        let automaton = AhoCorasick::builder()
            // Of the kinds the quickest to build: it is asked of few lines.
            .kind(Some(AhoCorasickKind::NoncontiguousNFA))
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(&phrases)
            .map_err(|e| Error::list(format!("the phrases of page furniture: {e}")))?;
        Ok(Furniture { places, automaton, first, last })
    }

    /// Replaces `out` by the lines of `tokens` that are furniture, in order, as ranges of tokens.
    pub fn find(&self, text: &str, tokens: &[Token], lines: &Lines, out: &mut Vec<Range<u32>>) {
        out.clear();
        let mut start = 0;
        for end in lines.breaks().chain([tokens.len()]) {
            let own = &tokens[start..end];
            let Some(last) = own.last() else { break };
            let line = own[0].start as usize..last.end as usize;
            if line.len() <= LONGEST && self.is_furniture(text, line, own) {
                out.push(start as u32..end as u32);
            }
            start = end;
        }
    }

    /// Whether the line `line` of `text`, whose tokens are `tokens`, is furniture.
    fn is_furniture(&self, text: &str, line: Range<usize>, tokens: &[Token]) -> bool {
        let line = &text[line];
        // An apostrophe that counts as a letter, a soft hyphen: they join to one word what a phrase sees as two.
        let is_joined = |t: &Token| {
            t.is(form::WORD | form::BEYOND_ASCII) && t.of(text).contains(|c| !fold_symbol(c).is_alphanumeric())
        };
        let is_asked = self.first.hold(tokens[0].hash)
            || tokens.get(1).is_some_and(|second| self.first.hold(mix(tokens[0].hash, second.hash)))
            || tokens.iter().any(|t| self.last.hold(t.hash))
            || !line.is_ascii() && tokens.iter().any(is_joined);
        is_asked && self.holds_phrase(line)
    }

    /// Whether a phrase stands in the line where it must stand.
    fn holds_phrase(&self, line: &str) -> bool {
        // Quotation marks and dashes of Unicode are those of ASCII.
        let line: Cow<'_, str> =
            if line.is_ascii() { line.into() } else { line.chars().map(fold_symbol).collect::<String>().into() };
        self.automaton.find_overlapping_iter(&*line).any(|found| {
            let (before, rest) = (&line[..found.start()], &line[found.end()..]);
            let ends_a_word =
                !line[..found.end()].ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphanumeric);
            ends_a_word
                && match self.places[found.pattern().as_usize()] {
                    Place::Start => before.is_empty(),
                    Place::Whole => before.is_empty() && !rest.contains(char::is_alphanumeric),
                    Place::Anywhere => line.len() <= LONGEST_HOLDING && !before.ends_with(char::is_alphanumeric),
                }
        })
    }
}

/// Hashes of words, with a sieve before them that turns nearly all others away.
#[derive(Default)]
struct Words {
    sieve: Sieve,
    sorted: Vec<u64>,
}

impl Words {
    fn add(&mut self, hash: u64) {
        self.sieve.put(hash);
        if let Err(place) = self.sorted.binary_search(&hash) {
            self.sorted.insert(place, hash);
        }
    }

    #[inline]
    fn hold(&self, hash: u64) -> bool {
        self.sieve.may_hold(hash) && self.sorted.binary_search(&hash).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use proptest::prelude::*;

    fn lines(text: &str) -> Vec<String> {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
        let furniture =
            Furniture::new(dictionary.text("furniture").expect("the list is carried")).expect("an automaton");
        let mut tokens = Tokens::default();
        tokens.tokenize(text);
        dictionary.annotate(&mut tokens);
        let (mut breaks, mut found) = (Lines::default(), Vec::new());
        breaks.read(&tokens);
        furniture.find(text, &tokens, &breaks, &mut found);
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

    proptest! {
        #[test]
        fn no_line_is_missed_by_its_words(line in "(share|Read|also|this|copyright|min|minutes|3|our newsletter|all rights reserved|top|©|20|24|don|t|s| miss|editor|picks|’|ʼ|'|:| |-|…|\u{AD}){1,9}") {
            let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
            let furniture = Furniture::new(dictionary.text("furniture").expect("the list is carried")).expect("an automaton");
            let line = line.trim();
            let expected = furniture.holds_phrase(line);
            prop_assert_eq!(lines(line), if expected { vec![line.to_owned()] } else { Vec::new() });
        }
    }
}

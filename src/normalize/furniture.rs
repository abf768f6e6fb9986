//! Finds the lines that a page put around the article: "Share:", "Also Read: …", "All rights reserved".
//!
//! Extractors keep them, and a reader of events must not take "Follow us on …" for a statement. A line is furniture by
//! its words only, never by its length: sub-headings and last sentences are short too. The phrases stand in
//! `rules/furniture.tsv`, each with where it must stand in the line.

use super::Lines;
use crate::token::{Token, Tokens, fold_symbol, form};
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

struct Phrase {
    text: String,
    place: Place,
}

/// The phrases, by one of their words.
///
/// Nearly no line begins with the first word of a phrase or holds the last word of one that may stand anywhere. So a
/// line's words are asked first, by the hashes that they have anyway, and its letters only where one agrees.
pub struct Furniture {
    phrases: Vec<Phrase>,
    /// Those that begin a line, by their first word.
    by_first: Index,
    /// Those that stand anywhere, by their last word.
    by_last: Index,
}

impl Furniture {
    /// Reads the rows of `rules/furniture.tsv`: phrase, where.
    pub fn new(rows: &str) -> Self {
        let (mut phrases, mut first, mut last) = (Vec::new(), Vec::new(), Vec::new());
        let mut tokens = Tokens::default();
        for (text, place) in rows.lines().filter_map(|r| r.split_once('\t')) {
            let place = match place {
                "whole" => Place::Whole,
                "contains" => Place::Anywhere,
                _ => Place::Start,
            };
            tokens.tokenize(text);
            let (list, key) = match place {
                Place::Anywhere => (&mut last, tokens.last()),
                _ => (&mut first, tokens.first()),
            };
            list.extend(key.map(|key| (key.hash, phrases.len())));
            phrases.push(Phrase { text: text.to_owned(), place });
        }
        Furniture { phrases, by_first: Index::new(first), by_last: Index::new(last) }
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
        if !line.is_ascii() && tokens.iter().any(is_joined) {
            return self.phrases.iter().any(|phrase| phrase.is_found(line));
        }
        let is_found = |phrase: usize| self.phrases[phrase].is_found(line);
        self.by_first.of(tokens[0].hash).any(is_found) || tokens.iter().any(|t| self.by_last.of(t.hash).any(is_found))
    }
}

impl Phrase {
    /// Whether the line is furniture by this phrase.
    fn is_found(&self, line: &str) -> bool {
        match self.place {
            Place::Anywhere => self.is_in(line),
            Place::Whole | Place::Start => self.begins(line),
        }
    }

    /// Whether the line is or begins with the phrase.
    fn begins(&self, line: &str) -> bool {
        let fold = folding(line);
        self.rest(line, fold)
            .is_some_and(|rest| self.place == Place::Start || !rest.chars().any(|c| fold(c).is_alphanumeric()))
    }

    /// Whether the phrase stands in the line, and the line is short enough for that to count.
    fn is_in(&self, line: &str) -> bool {
        let fold = folding(line);
        let len: usize = line.chars().map(|c| fold(c).len_utf8()).sum();
        let mut inside_word = false;
        len <= LONGEST_HOLDING
            && line.char_indices().any(|(at, c)| {
                let begins_word = !std::mem::replace(&mut inside_word, fold(c).is_alphanumeric());
                begins_word && self.rest(&line[at..], fold).is_some()
            })
    }

    /// What stands behind the phrase that `line` begins with; none when it does not, or the phrase ends inside a word.
    fn rest<'t>(&self, line: &'t str, fold: fn(char) -> char) -> Option<&'t str> {
        let mut rest = line.chars();
        let same = |own: char| rest.next().is_some_and(|c| fold(c).eq_ignore_ascii_case(&own));
        if !self.text.chars().all(same) {
            return None;
        }
        let goes_on = rest.clone().next().is_some_and(|c| fold(c).is_alphanumeric());
        (!goes_on || !self.text.ends_with(char::is_alphabetic)).then_some(rest.as_str())
    }
}

/// How the characters of a line are compared: quotation marks and dashes of Unicode are those of ASCII.
fn folding(line: &str) -> fn(char) -> char {
    if line.is_ascii() { |c| c } else { fold_symbol }
}

/// Rows by hash, with a small table of bits before them that turns nearly all other hashes away.
struct Index {
    bits: [u64; 64],
    rows: Vec<(u64, usize)>,
}

impl Index {
    fn new(mut rows: Vec<(u64, usize)>) -> Self {
        rows.sort_unstable();
        rows.dedup();
        let mut bits = [0; 64];
        for (hash, _) in &rows {
            bits[(hash >> 58) as usize] |= 1 << (hash >> 52 & 63);
        }
        Index { bits, rows }
    }

    /// The rows of a hash.
    #[inline]
    fn of(&self, hash: u64) -> impl Iterator<Item = usize> {
        let may_hold = self.bits[(hash >> 58) as usize] >> (hash >> 52 & 63) & 1 != 0;
        let from = if may_hold { self.rows.partition_point(|row| row.0 < hash) } else { self.rows.len() };
        self.rows[from..].iter().take_while(move |row| row.0 == hash).map(|row| row.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use proptest::prelude::*;

    fn lines(text: &str) -> Vec<String> {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
        let furniture = Furniture::new(dictionary.text("furniture").expect("the list is carried"));
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
        fn no_line_is_missed_by_its_words(line in "(share|Read|min|minutes|3|our newsletter|all rights reserved|top|©|20|don|t|s| miss|editor|picks|’|ʼ|'|:| |-|…|\u{AD}){1,9}") {
            let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
            let furniture = Furniture::new(dictionary.text("furniture").expect("the list is carried"));
            let line = line.trim();
            let expected = furniture.phrases.iter().any(|phrase| phrase.is_found(line));
            prop_assert_eq!(lines(line), if expected { vec![line.to_owned()] } else { Vec::new() });
        }
    }
}

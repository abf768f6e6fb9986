//! Finds what a page put around the article: "Share:", "Also Read: …", "(Reporting by …)", "All rights reserved".
//!
//! Extractors keep it, and a reader of events must not take "Follow us on …" for a statement. A line is furniture by
//! its words only, never by its length: sub-headings and last sentences are short too. The phrases stand in
//! `rules/furniture.tsv`, each with how the rest of the line must look and where on the page it counts; they are
//! compared as words, by the hashes that the tokens have anyway.

use super::Lines;
use super::phrases::{Found, Phrases, Zone};
use crate::error::Result;
use crate::ingest::{EDGE_LINES, line_hash};
use crate::token::{Token, form};
use std::ops::Range;

/// Longer lines are text, in bytes.
const LONGEST: usize = 400;
/// Longer lines are text if they only hold a phrase, in bytes.
const LONGEST_HOLDING: usize = 160;
/// How far from its end a line is searched for a closing credit, in tokens.
const CLOSING_WITHIN: usize = 40;
/// How many of the last lines are searched for one in any case; others only when they end in a bracket.
const LAST_LINES: usize = 3;
/// Shortest paragraph that shows where the text is, in tokens.
const SHORTEST_PROSE: usize = 10;
/// Shortest line that can have been cut at the width of a window, in bytes.
const SHORTEST_WRAPPED: u32 = 50;

/// The phrases of page furniture.
pub struct Furniture {
    phrases: Phrases,
}

impl Furniture {
    /// Reads the rows of `rules/furniture.tsv`: form, zone, phrase.
    ///
    /// # Errors
    /// When a row is none.
    pub fn new(rows: &str) -> Result<Self> {
        Ok(Furniture { phrases: Phrases::new(rows)? })
    }

    /// Replaces `out` by the stretches of `tokens` that are furniture, in order: whole lines and the ends of lines.
    pub fn find(&self, tokens: &[Token], lines: &Lines, out: &mut Vec<Range<u32>>) {
        out.clear();
        // Lines that are furniture only at some places of the page, which are looked for when all others are known.
        let mut placed = Vec::new();
        let mut before = 0..0;
        let mut left = lines.list().len() + 1;
        for end in lines.breaks().chain([tokens.len()]) {
            let line = before.end..end;
            left -= 1;
            let own = &tokens[line.clone()];
            let (Some(first), Some(last)) = (own.first(), own.last()) else { break };
            let bytes = (last.end - first.start) as usize;
            match self.line(tokens, &before, &line, bytes) {
                Some(Found { zone: Zone::Any, is_list: false }) => out.push(line.start as u32..end as u32),
                Some(found) => placed.push((line.clone(), found)),
                // A sentence ends with a stop, a credit hardly ever.
                None if last.is(form::BRACKET) || left < LAST_LINES && last.is(form::WORD) => {
                    if let Some(at) =
                        self.phrases.closing(tokens, line.start.max(end.saturating_sub(CLOSING_WITHIN))..end)
                    {
                        out.push(at as u32..end as u32);
                    }
                }
                None => {}
            }
            before = line;
        }
        if !placed.is_empty() {
            place(tokens, lines, &placed, out);
        }
    }

    /// Whether a line is furniture, and where.
    #[inline]
    fn line(&self, tokens: &[Token], before: &Range<usize>, line: &Range<usize>, bytes: usize) -> Option<Found> {
        if bytes > LONGEST {
            return None;
        }
        let found = self.phrases.line(tokens, line.clone(), bytes <= LONGEST_HOLDING)?;
        (!is_continuation(tokens, before, line)).then_some(found)
    }
}

/// Adds the first and last lines that the source repeats around its articles.
pub fn add_repeated(text: &str, tokens: &[Token], lines: &Lines, repeated: &[u64], out: &mut Vec<Range<u32>>) {
    let found = out.len();
    let last = lines.list().len();
    for number in (0..=last).filter(|&number| number < EDGE_LINES || number + EDGE_LINES > last) {
        let start = if number == 0 { 0 } else { lines.list()[number - 1] };
        let end = lines.list().get(number).map_or(tokens.len() as u32, |&at| at);
        let own = &tokens[start as usize..end as usize];
        let (Some(first), Some(token)) = (own.first(), own.last()) else { break };
        let line = &text[first.start as usize..token.end as usize];
        let is_known = out[..found].iter().any(|range| range.start < end && start < range.end);
        if !is_known && repeated.binary_search(&line_hash(line)).is_ok() {
            out.push(start..end);
        }
    }
    out.sort_unstable_by_key(|range| range.start);
}

/// Whether a line goes on with the sentence of the line before, which was cut at the width of a window.
fn is_continuation(tokens: &[Token], before: &Range<usize>, line: &Range<usize>) -> bool {
    let [.., last] = &tokens[before.clone()] else { return false };
    let (first, end) = (&tokens[line.start], &tokens[line.end - 1]);
    !first.is(form::PARAGRAPH)
        && is_wide(&tokens[before.start], last)
        && last.form & form::STOP == 0
        && (is_wide(first, end) || end.form & (form::STOP | form::COMMA) != 0)
}

/// Whether a line from one token to another can have been cut at the width of a window.
fn is_wide(first: &Token, last: &Token) -> bool {
    last.end - first.start >= SHORTEST_WRAPPED
}

/// Adds those of the lines that stand where they count, before, behind or outside the text, and the links below a
/// heading that announces them.
fn place(tokens: &[Token], lines: &Lines, placed: &[(Range<usize>, Found)], out: &mut Vec<Range<u32>>) {
    let text = text(tokens, lines, out);
    for (line, found) in placed {
        // Where no paragraph shows the text, nothing is known to stand outside it.
        let head = text.as_ref().is_some_and(|text| line.start < text.start);
        let tail = text.as_ref().is_some_and(|text| line.start >= text.end);
        let counts = match found.zone {
            Zone::Any => true,
            Zone::Edge => head || tail,
            Zone::Head => head,
            Zone::Tail => tail,
        };
        let links = found.is_list && tail;
        if counts {
            out.push(line.start as u32..line.end as u32);
        }
        if links {
            let mut start = line.end;
            for end in lines.breaks().filter(|&at| at > line.end).chain([tokens.len()]) {
                out.push(start as u32..end as u32);
                start = end;
            }
            break;
        }
    }
    out.sort_unstable_by_key(|range| (range.start, range.end));
    out.dedup_by_key(|range| range.start);
    out.retain(|range| !range.is_empty());
}

/// From the first paragraph of the text to the last, by those that end as sentences do.
fn text(tokens: &[Token], lines: &Lines, furniture: &[Range<u32>]) -> Option<Range<usize>> {
    let mut text: Option<Range<usize>> = None;
    let (mut start, mut line) = (0, 0);
    for end in lines.breaks().chain([tokens.len()]) {
        let goes_on = tokens.get(end).is_some_and(|next| !next.is(form::PARAGRAPH))
            && is_wide(&tokens[line], &tokens[end - 1])
            && !ends_sentence(tokens, end);
        line = end;
        if goes_on {
            continue;
        }
        let is_furniture = furniture.binary_search_by_key(&(start as u32), |range| range.start).is_ok();
        if end - start >= SHORTEST_PROSE && ends_sentence(tokens, end) && !is_furniture {
            text = Some(text.map_or(start, |text| text.start)..end);
        }
        start = end;
    }
    text
}

/// Whether a sentence ends before token `at`.
fn ends_sentence(tokens: &[Token], at: usize) -> bool {
    let closers = form::QUOTE | form::BRACKET;
    tokens[..at].iter().rev().take(3).find(|t| t.form & closers == 0).is_some_and(|t| t.is(form::STOP))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::token::Tokens;
    use proptest::prelude::*;

    /// What is furniture in a text.
    fn found(text: &str) -> Vec<String> {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
        let furniture = Furniture::new(dictionary.text("furniture").expect("the list is carried")).expect("phrases");
        let (mut tokens, mut lines, mut out) = (Tokens::default(), Lines::default(), Vec::new());
        tokens.tokenize(text);
        dictionary.annotate(&mut tokens);
        lines.read(&tokens);
        furniture.find(&tokens, &lines, &mut out);
        assert!(out.windows(2).all(|w| w[0].end <= w[1].start));
        out.iter()
            .map(|r| {
                let (first, last) = (&tokens[r.start as usize], &tokens[r.end as usize - 1]);
                text[first.start as usize..last.end as usize].to_owned()
            })
            .collect()
    }

    const PROSE: &str = "The harbour office of the southern district opened a second pier on Tuesday, the mayor said, and it will be used by ferries from now on.";

    /// The table is for linguists to add to; its head says how.
    #[test]
    fn lines_are_furniture_where_the_table_says_so() {
        let table = include_str!("../../tests/cases/furniture.txt");
        let mut wrong = Vec::new();
        let mut section = "";
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            if let Some(name) = line.strip_prefix("== ") {
                section = name;
                continue;
            }
            let text = match section {
                "head" => format!("{line}\n\n{PROSE}\n\n{PROSE}"),
                "tail" => format!("{PROSE}\n\n{PROSE}\n\n{line}"),
                "closing" => format!("{PROSE}\n\n{PROSE} {line}"),
                _ => format!("{PROSE}\n\n{line}\n\n{PROSE}"),
            };
            let expected = if section == "text" { Vec::new() } else { vec![line.to_owned()] };
            let found = found(&text);
            if found != expected {
                wrong.push(format!("{section}: {line}\n  found {found:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn links_below_the_text_are_furniture_with_their_heading() {
        let links = "Related stories\nTwo ministers sign a border treaty\n\nFerry prices rise\nSearch";
        assert_eq!(found(&format!("{PROSE}\n\n{links}")).len(), 4);
        assert_eq!(found(&format!("{PROSE}\n\n{links}\n\n{PROSE}")), ["Related stories"]);
    }

    #[test]
    fn a_line_cut_at_the_width_of_a_window_is_text() {
        for text in [
            "A statement of the rebels, which was printed by two weeklies and later\npublished in 1990, said that the front had asked for talks.",
            "The mayor told the crowd that the broadcast from the harbour would be\nlive.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    proptest! {
        #[test]
        fn stretches_are_in_order_and_none_is_empty(text in "(Share|Related stories|END|\\(|\\)|Reporting by|Ana|the|:|\\.|12|© 20|Photo|min read|comments|\n|\n\n| |\\PC){0,40}") {
            found(&text);
        }
    }
}

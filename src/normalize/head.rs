//! Reads what stands before an article's text: a metadata line, the title, the dateline.
//!
//! Crawlers write ` date 2024-10-24 TITLE` before the text, sometimes with the text's own first paragraph in the
//! title's stead; papers write a dateline into the first sentence. All of it dates and places the report, and none of
//! it is a sentence about an event.

use super::Lines;
use super::dateline::{self, Dateline};
use super::day::{self, Day};
use super::listed::Copy;
use crate::dictionary::class;
use crate::token::{Token, form};
use std::ops::Range;

/// What stands before the text, as ranges of tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The metadata: `date 2024-10-24`.
    pub header: Option<Range<u32>>,
    /// Its date, or that of a line which says nothing but when it was published.
    pub header_date: Option<Day>,
    /// The title line.
    pub title: Option<Range<u32>>,
    /// The dateline; it stays inside the first sentence of the text.
    pub dateline: Option<Dateline>,
}

/// Longest title, in tokens.
const LONGEST_TITLE: usize = 45;
/// Longest title that only its place on the page makes one, in tokens.
const LONGEST_BARE_TITLE: usize = 30;
/// Longest title with a stop inside, in tokens.
const LONGEST_WITH_STOP: usize = 25;
/// Shortest paragraph that makes the line before it a title, in tokens.
const SHORTEST_PARAGRAPH: usize = 12;
/// So many lines behind the title may hold the dateline: a lead, a byline, a date can stand before it.
const DATELINE_WITHIN: usize = 5;
/// So many of them may be paragraphs.
const PARAGRAPHS_BEFORE: usize = 2;
/// Longest line, in tokens, that only says when the article was published, or by whom it was written.
const LONGEST_NOTE: usize = 16;

/// Reads the head of an article. `furniture` are the lines that are none of the article's.
pub fn head(copy: Copy<'_>, lines: &Lines, furniture: &[Range<u32>]) -> Head {
    Reader { copy, lines, furniture }.read()
}

struct Reader<'a> {
    copy: Copy<'a>,
    lines: &'a Lines,
    furniture: &'a [Range<u32>],
}

impl Reader<'_> {
    fn read(&self) -> Head {
        let mut head = Head::default();
        let tokens = self.copy.tokens;
        let mut at = self.behind_furniture(0, &mut head.header_date);
        let header = header(self.copy.text, tokens, at);
        if let Some((end, date)) = header {
            head.header = Some(at as u32..end as u32);
            head.header_date = Some(date);
            at = end;
        }
        at = self.behind_furniture(at, &mut head.header_date);
        let Some(first) = tokens.get(at) else { return head };
        let line = at..self.line_end(at);
        let same_line = head.header.is_some() && !first.is(form::LINE);
        if self.dateline(&line).is_none()
            && is_title_by_itself(self.copy.text, &tokens[line.clone()], same_line)
            && self.date_alone(&line).is_none()
            && (same_line || self.text_follows(line.end))
        {
            head.title = Some(line.start as u32..line.end as u32);
            at = line.end;
        }
        let mut paragraphs = 0;
        for _ in 0..DATELINE_WITHIN {
            at = self.behind_furniture(at, &mut head.header_date);
            if at >= tokens.len() || paragraphs > PARAGRAPHS_BEFORE {
                break;
            }
            let line = at..self.line_end(at);
            head.dateline = self.dateline(&line);
            if head.dateline.is_some() {
                break;
            }
            head.header_date = head.header_date.or_else(|| self.date_alone(&line));
            paragraphs += usize::from(line.len() > LONGEST_NOTE);
            at = line.end;
        }
        head
    }

    fn line_end(&self, at: usize) -> usize {
        self.lines.end(at, self.copy.tokens.len())
    }

    fn dateline(&self, line: &Range<usize>) -> Option<Dateline> {
        let place = dateline::Line {
            range: line.clone(),
            is_prose: self.is_prose(line),
            is_above_text: self.is_paragraph(self.behind_furniture(line.end, &mut None)),
        };
        dateline::read(self.copy, &place).or_else(|| dateline::read_byline(self.copy, line.clone()))
    }

    /// Whether a line ends as a sentence does, or goes on in the next line.
    fn is_prose(&self, line: &Range<usize>) -> bool {
        let tokens = self.copy.tokens;
        let goes_on = tokens
            .get(line.end)
            .is_some_and(|t| t.is(form::WORD) && t.form & (form::PARAGRAPH | form::CAPITAL | form::DIGIT) == 0);
        goes_on || tokens[line.clone()].last().is_some_and(|t| t.form & (form::STOP | form::QUOTE | form::BRACKET) != 0)
    }

    /// Whether a line that begins at token `at` is long enough for a text with a title above it.
    fn is_paragraph(&self, at: usize) -> bool {
        at < self.copy.tokens.len() && self.line_end(at) - at >= SHORTEST_PARAGRAPH
    }

    /// Whether a paragraph of the text follows a line, with nothing between them but who wrote it and when.
    fn text_follows(&self, mut at: usize) -> bool {
        let mut apart = false;
        for _ in 0..DATELINE_WITHIN {
            at = self.behind_furniture(at, &mut None);
            let Some(first) = self.copy.tokens.get(at) else { return false };
            apart |= first.is(form::PARAGRAPH);
            let line = at..self.line_end(at);
            if line.len() >= SHORTEST_PARAGRAPH {
                return apart;
            }
            let is_note = first.of(self.copy.text).eq_ignore_ascii_case("by") || self.date_alone(&line).is_some();
            if !is_note {
                return false;
            }
            at = line.end;
        }
        false
    }

    /// One past the furniture that begins at token `at`. When the page was published may be told there.
    fn behind_furniture(&self, mut at: usize, published: &mut Option<Day>) -> usize {
        let next = self.furniture.partition_point(|range| (range.start as usize) < at);
        for range in &self.furniture[next..] {
            if range.start as usize != at {
                break;
            }
            at = range.end as usize;
            let line = range.start as usize..range.end as usize;
            if published.is_none() && line.len() <= LONGEST_NOTE {
                *published = line.clone().find_map(|at| self.full_date(at)).map(|(_, date)| date);
            }
        }
        at
    }

    fn full_date(&self, at: usize) -> Option<(usize, Day)> {
        let (end, value) = day::read_date(self.copy.text, self.copy.tokens, at)?;
        Some((end, value?))
    }

    /// The date of a line that holds nothing but a date and a time of the day.
    fn date_alone(&self, line: &Range<usize>) -> Option<Day> {
        if line.len() > LONGEST_NOTE {
            return None;
        }
        let (end, date) = self.full_date(line.start)?;
        let is_time = |t: &Token| {
            let word = t.of(self.copy.text);
            t.form & form::WORD == 0 || t.is(form::DIGIT) || t.is(form::ALL_CAPITALS) && word.len() <= 4 || {
                ["at", "am", "pm", "a", "m", "p", "hrs"].iter().any(|w| w.eq_ignore_ascii_case(word))
            }
        };
        (end <= line.end && self.copy.tokens[end..line.end].iter().all(is_time)).then_some(date)
    }
}

/// `date 2024-10-24` at token `at`: one past it, and the day.
fn header(text: &str, tokens: &[Token], at: usize) -> Option<(usize, Day)> {
    let word = tokens.get(at)?.of(text);
    if !["date", "published"].iter().any(|w| w.eq_ignore_ascii_case(word)) {
        return None;
    }
    let number = at + 1 + usize::from(tokens.get(at + 1)?.is_symbol(b':'));
    let day = day::iso(text, tokens, number)?;
    Some((number + 5, day))
}

/// Whether a line may be the title by its shape; after a metadata header it then is.
fn is_title_by_itself(text: &str, own: &[Token], after_header: bool) -> bool {
    let last = own.iter().rev().find(|t| !matches!(t.symbol, b'"' | b'\'' | b')' | b']') || t.is(form::WORD));
    let Some(last) = last else { return false };
    let stops =
        last.form & form::WORD == 0 && (matches!(last.symbol, b'.' | b',' | b';' | b':') || last.of(text) == "…");
    let abbreviated = last.is_symbol(b'.') && own.len() < 15 && {
        let before = own.iter().rev().nth(1);
        before.is_some_and(|t| t.has(class::ABBREVIATION) || t.end - t.start == 1)
    };
    if stops && !abbreviated {
        return false;
    }
    let has_inner_stop = || {
        own.windows(3).any(|w| {
            let long_word = w[0].is(form::WORD) && w[0].end - w[0].start > 3;
            long_word && w[1].is_symbol(b'.') && w[2].is(form::CAPITAL | form::SPACE)
        })
    };
    if after_header {
        return own.len() <= LONGEST_TITLE && (own.len() <= LONGEST_WITH_STOP || !has_inner_stop());
    }
    let begins = own[0].is(form::CAPITAL) || own[0].is(form::DIGIT) || matches!(own[0].symbol, b'"' | b'\'');
    begins && own.len() <= LONGEST_BARE_TITLE && !has_inner_stop()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::token::Tokens;

    /// Reads a head and shows it: title, then the dateline's end, place, agencies, date.
    fn shown(text: &str) -> String {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
        let mut tokens = Tokens::default();
        tokens.tokenize(text);
        dictionary.annotate(&mut tokens);
        let mut lines = Lines::default();
        lines.read(&tokens);
        let head = head(Copy { dictionary: &dictionary, text, tokens: &tokens }, &lines, &[]);
        let words = |r: &Range<u32>| {
            let (first, last) = (&tokens[r.start as usize], &tokens[r.end as usize - 1]);
            text[first.start as usize..last.end as usize].to_owned()
        };
        let mut out = String::new();
        if let Some((y, m, d)) = head.header_date {
            out += &format!("{y}-{m:02}-{d:02} ");
        }
        if let Some(title) = &head.title {
            out += &format!("<{}> ", words(title));
        }
        if let Some(d) = &head.dateline {
            let agencies: Vec<String> = d.agency.iter().map(words).collect();
            let place = if d.place.is_empty() { "-".to_owned() } else { words(&d.place) };
            out += &format!("{place} [{}]", agencies.join("; "));
            if let Some(date) = &d.date {
                out += &format!(" {}", words(date));
            }
            if let Some((y, m, day)) = d.date_value {
                out += &format!(" = {y}-{m:02}-{day:02}");
            }
            out += &format!(" ..{}", words(&(d.whole.end - 1..d.whole.end)));
        }
        out.trim_end().to_owned()
    }

    /// The table is for linguists to add to; its head says how.
    #[test]
    fn datelines_are_read_and_sentences_are_not() {
        let table = include_str!("../../tests/cases/datelines.txt");
        let cases = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let wrong: Vec<String> = cases
            .filter_map(|case| {
                let (text, expected) = case.rsplit_once(" => ").expect("each case has an arrow");
                let found = shown(&text.replace("\\n", "\n"));
                let expected = if expected == "none" { "" } else { expected };
                (found != expected).then(|| format!("{text}\n  found    {found}\n  expected {expected}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_metadata_line_holds_a_title_or_the_text_itself() {
        assert_eq!(
            shown(" date 2024-02-03 Two ministers sign a border treaty\n\nQUITO – They signed it."),
            "2024-02-03 <Two ministers sign a border treaty> QUITO [] ..–"
        );
        assert_eq!(
            shown(" date 2024-02-03 LISBON –The police chief, a former judge, has asked for help.\n\nHe left."),
            "2024-02-03 LISBON [] ..–"
        );
        assert_eq!(
            shown(
                "date 2024-02-03\nTwo ministers sign a border treaty\n\nThe ministers of both countries signed the treaty on Saturday after two years of talks."
            ),
            "2024-02-03 <Two ministers sign a border treaty>"
        );
    }

    #[test]
    fn a_line_that_is_a_date_tells_when_it_was_published() {
        let body = "The ministers of both countries signed the treaty on Saturday after two years of talks.";
        for date in ["3 February 2024", "Saturday, February 3, 2024 12:30 GMT", "03.02.2024 | 12:30"] {
            assert_eq!(
                shown(&format!("Ministers sign treaty\n\n{date}\n\n{body}")),
                "2024-02-03 <Ministers sign treaty>"
            );
            assert_eq!(shown(&format!("{date}\n\nMinisters sign treaty\n\n{body}")), "2024-02-03");
        }
        assert_eq!(shown(&format!("3 February 2024 was cold\n\n{body}")), "<3 February 2024 was cold>");
    }

    #[test]
    fn a_short_first_line_before_a_paragraph_is_the_title() {
        let body = "The ministers of both countries signed the treaty on Saturday after two years of talks.";
        assert_eq!(shown(&format!("Ministers sign treaty\n\n{body}")), "<Ministers sign treaty>");
        assert_eq!(shown(&format!("They signed.\n\n{body}")), "");
        assert_eq!(shown("Ministers sign treaty\n\nMore soon"), "");
    }
}

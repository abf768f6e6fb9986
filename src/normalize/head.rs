//! Reads what stands before an article's text: a metadata line, the title, the dateline.
//!
//! Crawlers write ` date 2024-10-24 TITLE` before the text, sometimes with the text's own first paragraph in the
//! title's stead; papers write a dateline into the first sentence. All of it dates and places the report, and none of
//! it is a sentence about an event.

use super::Lines;
use super::dateline::{self, Dateline, Day};
use crate::token::{Token, form};
use std::ops::Range;

/// What stands before the text, as ranges of tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The metadata: `date 2024-10-24`.
    pub header: Option<Range<u32>>,
    /// Its date.
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
/// So many lines after the title may hold the dateline: a lead or a byline can stand before it.
const DATELINE_WITHIN: usize = 3;

/// Reads the head of an article. `furniture` are the lines that are none of the article's.
pub fn head(text: &str, tokens: &[Token], lines: &Lines, furniture: &[Range<u32>]) -> Head {
    let mut head = Head::default();
    let line_end = |at: usize| lines.end(at, tokens.len());
    let mut at = after_furniture(furniture, 0);
    if let Some((end, day)) = header(text, tokens, at) {
        head.header = Some(at as u32..end as u32);
        head.header_date = Some(day);
        at = end;
    }
    at = after_furniture(furniture, at);
    if at >= tokens.len() {
        return head;
    }
    let end = line_end(at);
    let same_line = head.header.is_some() && !tokens[at].is(form::LINE);
    if dateline::read(text, tokens, at, end).is_none()
        && dateline::read_byline(text, tokens, at, end).is_none()
        && is_title_by_itself(text, &tokens[at..end], same_line)
        && (same_line || paragraph_follows(tokens, after_furniture(furniture, end), line_end))
    {
        head.title = Some(at as u32..end as u32);
        at = end;
    }
    for _ in 0..DATELINE_WITHIN {
        at = after_furniture(furniture, at);
        if at >= tokens.len() {
            break;
        }
        let end = line_end(at);
        head.dateline = dateline::read(text, tokens, at, end).or_else(|| dateline::read_byline(text, tokens, at, end));
        if head.dateline.is_some() {
            break;
        }
        at = end;
    }
    head
}

/// `date 2024-10-24` at token `at`: one past it, and the day.
fn header(text: &str, tokens: &[Token], at: usize) -> Option<(usize, Day)> {
    let word = tokens.get(at)?.of(text);
    if !["date", "published"].iter().any(|w| w.eq_ignore_ascii_case(word)) {
        return None;
    }
    let number = at + 1 + usize::from(tokens.get(at + 1)?.is_symbol(b':'));
    let day = dateline::iso(text, tokens, number)?;
    Some((number + 5, day))
}

fn after_furniture(furniture: &[Range<u32>], mut at: usize) -> usize {
    for range in furniture {
        if range.start as usize == at {
            at = range.end as usize;
        }
    }
    at
}

/// Whether a paragraph begins at token `at` that is long enough for a text with a title above it.
fn paragraph_follows(tokens: &[Token], at: usize, line_end: impl Fn(usize) -> usize) -> bool {
    tokens.get(at).is_some_and(|t| t.is(form::PARAGRAPH)) && line_end(at) - at >= SHORTEST_PARAGRAPH
}

/// Whether a line may be the title by its shape; after a metadata header it then is.
fn is_title_by_itself(text: &str, own: &[Token], after_header: bool) -> bool {
    let last = own.iter().rev().find(|t| !matches!(t.symbol, b'"' | b'\'' | b')' | b']') || t.is(form::WORD));
    let Some(last) = last else { return false };
    let stops =
        last.form & form::WORD == 0 && (matches!(last.symbol, b'.' | b',' | b';' | b':') || last.of(text) == "…");
    let abbreviated = last.is_symbol(b'.') && own.len() < 15 && {
        let before = own.iter().rev().nth(1);
        before.is_some_and(|t| t.has(crate::dictionary::class::ABBREVIATION) || t.end - t.start == 1)
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
        let head = head(text, &tokens, &lines, &[]);
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
            out += &format!("{} [{}]", words(&d.place), agencies.join("; "));
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

    #[test]
    fn datelines_of_many_houses() {
        for (text, expected) in [
            (
                "QUITO, (Example News / Andes Daily - 3rd Feb, 2024) The minister left.",
                "QUITO [Example News; Andes Daily] 3rd Feb, 2024 = 2024-02-03 ..)",
            ),
            ("Nairobi, 3 February 2024 (KNA): The minister left.", "Nairobi [KNA] 3 February 2024 = 2024-02-03 ..:"),
            ("LISBON –The minister left.", "LISBON [] ..–"),
            ("MINSK. BELTA The minister left.", "MINSK [BELTA] ..BELTA"),
            ("RIGA, 3 March 2026 – Customs officers left.", "RIGA [] 3 March 2026 = 2026-03-03 ..–"),
            ("CHICAGO (AP) — The mayor left.", "CHICAGO [AP] ..—"),
            ("NEW DELHI, Oct 3 (Reuters) - The minister left.", "NEW DELHI [Reuters] Oct 3 ..-"),
            ("NAIROBI, Kenya — The minister left.", "NAIROBI, Kenya [] ..—"),
            (
                "BRUSSELS, Feb. 3, 2024 /PRNewswire/ -- The company grew.",
                "BRUSSELS [PRNewswire] Feb. 3, 2024 = 2024-02-03 ..-",
            ),
            ("OSLO, February 3. /NTB/. The minister left.", "OSLO [NTB] February 3 ..."),
            ("ST. PETERSBURG, Fla. (AP) — The mayor left.", "ST. PETERSBURG, Fla [AP] ..—"),
            ("By Ana Example | Quito\n\nThe minister left.", "Quito [] ..Quito"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn sentences_are_no_datelines() {
        for text in [
            "Quito – the capital – was calm.",
            "The minister left Quito on Monday (Reuters).",
            "BREAKING: The minister left.",
            "Police said on Monday: nobody was hurt.",
            "Quito was calm, the minister said.",
        ] {
            assert_eq!(shown(text), "", "{text}");
        }
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
    fn a_short_first_line_before_a_paragraph_is_the_title() {
        let body = "The ministers of both countries signed the treaty on Saturday after two years of talks.";
        assert_eq!(shown(&format!("Ministers sign treaty\n\n{body}")), "<Ministers sign treaty>");
        assert_eq!(shown(&format!("They signed.\n\n{body}")), "");
        assert_eq!(shown("Ministers sign treaty\n\nMore soon"), "");
    }
}

//! Finds the sentences of one article.
//!
//! In newswire a full stop is weak evidence: datelines, ranks and initials all carry one. So only tokens that may end
//! a sentence are looked at, and for each the reasons that speak against an end are asked in turn (`stops.rs`). An open
//! quotation mark is never such a reason: one that is left unbalanced would swallow the rest of the article.
//!
//! Line breaks end a sentence where they part paragraphs. Whether single line breaks do, or only show the width of a
//! window, is read from the article itself.
//!
//! On the way out: the sentences tile the tokens; every token is in exactly one, in order, and none is empty.

mod sentences;
mod stops;

use crate::dictionary::Dictionary;
use crate::normalize::{Frame, Head, Lines};
use crate::token::{Token, Tokens, form};
use std::ops::Range;
use stops::Stops;

pub use sentences::Sentences;

/// What a sentence is within its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The metadata before the text: ` date 2024-10-24`, a dateline.
    Header,
    /// The title line.
    Title,
    /// A line without a final stop that stands alone: a sub-heading.
    Heading,
    /// The article's text.
    Body,
    /// What the page put around it: "Share:", "Also Read: …".
    Furniture,
}

/// A sentence, in numbers of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// Number of the paragraph, from 0.
    pub paragraph: u32,
    /// What it is within its article.
    pub part: Part,
}

impl Sentence {
    /// Its tokens as a range.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// Longest sentence, in tokens. Tables, lists and text without stops are cut here: later stations look back and forth
/// within a sentence, and their work on any input shall stay in proportion to its length.
const LONGEST_SENTENCE: usize = 600;

/// Longest sub-heading, in tokens.
const LONGEST_HEADING: usize = 20;

/// Replaces `out` by the sentences of `tokens`, which must have been annotated by `dictionary`.
///
/// What `frame` says to be no sentence of the text becomes a sentence of its own part. A dateline stays inside the first
/// sentence of the body.
pub fn segment(dictionary: &Dictionary<'_>, text: &str, tokens: &Tokens, frame: &Frame, out: &mut Sentences) {
    out.fill(|out| cut(dictionary, text, tokens, frame, out));
}

fn cut(dictionary: &Dictionary<'_>, text: &str, tokens: &Tokens, frame: &Frame, out: &mut Vec<Sentence>) {
    let Frame { lines, furniture, head } = frame;
    let stops = Stops { dictionary, text, tokens, wrapped: is_wrapped(tokens, lines) };
    let mut cutter = Cutter { stops: &stops, start: 0, paragraph_start: 0, paragraph: 0, out };
    let mut fixed = Fixed { head, furniture };
    // A dateline's own stops end nothing.
    let dateline = head.dateline.as_ref().map_or(0..0, |d| d.whole.clone());
    let mut marks = tokens.marked(0, form::STOP | form::BRACKET | form::FOREIGN | form::LINE);
    let mut item = None;
    let mut at = 0;
    let mut next = fixed.after(0);
    loop {
        let limit = next.as_ref().map_or(tokens.len(), |(range, _)| range.start as usize);
        at = marks.next_at(at).map_or(limit, |mark| mark.min(limit));
        if at == limit {
            let Some((range, part)) = next else { break };
            cutter.end_paragraph(at);
            at = range.end as usize;
            cutter.push(at, part);
            cutter.new_paragraph(at);
            next = fixed.after(at);
            item = None;
            continue;
        }
        let token = &tokens[at];
        if token.is(form::LINE) && at > cutter.paragraph_start && stops.parts_paragraphs(at) {
            cutter.end_paragraph(at);
            item = None;
        }
        if !stops.may_end(token, item.is_some()) || dateline.contains(&(at as u32)) {
            at += 1;
            continue;
        }
        if stops.is_plain_end(at) {
            at += 1;
            cutter.end_sentence(at);
            continue;
        }
        // "1. First 2. Second": the number begins an item, so its stop looks back.
        if let Some(from) = stops.item_before(at, cutter.start, &mut item) {
            cutter.end_sentence(from);
            at += 1;
            continue;
        }
        let (after, ends) = stops.end_after(at, cutter.start, limit);
        if ends {
            cutter.end_sentence(after);
        }
        at = after;
    }
    cutter.end_paragraph(tokens.len());
}

/// Header, title and furniture by position.
struct Fixed<'a> {
    head: &'a Head,
    furniture: &'a [Range<u32>],
}

impl Fixed<'_> {
    /// The first of them that begins at token `at` or after it.
    fn after(&mut self, at: usize) -> Option<(Range<u32>, Part)> {
        while let [first, rest @ ..] = self.furniture
            && (first.start as usize) < at
        {
            self.furniture = rest;
        }
        let of = |range: &Option<Range<u32>>, part| range.clone().map(|r| (r, part));
        let list = [
            of(&self.head.header, Part::Header),
            of(&self.head.title, Part::Title),
            self.furniture.first().map(|r| (r.clone(), Part::Furniture)),
        ];
        list.into_iter()
            .flatten()
            .filter(|(range, _)| range.start as usize >= at && !range.is_empty())
            .min_by_key(|(range, _)| range.start)
    }
}

/// Writes sentences and keeps count of paragraphs.
struct Cutter<'a, 'd> {
    stops: &'a Stops<'a, 'd>,
    start: usize,
    paragraph_start: usize,
    paragraph: u32,
    out: &'a mut Vec<Sentence>,
}

impl Cutter<'_, '_> {
    fn push(&mut self, end: usize, part: Part) {
        while self.start < end {
            let mut cut = end.min(self.start + LONGEST_SENTENCE);
            if cut < end {
                // At a gap, so that no word and no name is cut in two where it can be helped.
                let tokens = &self.stops.tokens[self.start + LONGEST_SENTENCE / 2..cut];
                let gap = tokens.iter().rposition(|t| t.is(form::SPACE) && t.form & form::CAPITAL == 0);
                cut = gap.map_or(cut, |at| self.start + LONGEST_SENTENCE / 2 + at);
            }
            self.out.push(Sentence { first: self.start as u32, end: cut as u32, paragraph: self.paragraph, part });
            self.start = cut;
        }
    }

    fn end_sentence(&mut self, end: usize) {
        if end > self.start {
            self.push(end, Part::Body);
        }
    }

    fn end_paragraph(&mut self, end: usize) {
        if end > self.start {
            let whole = self.start == self.paragraph_start;
            let goes_on = end < self.stops.tokens.len();
            let heading = whole && goes_on && self.stops.is_heading(self.start, end);
            self.push(end, if heading { Part::Heading } else { Part::Body });
        }
        self.new_paragraph(end);
    }

    fn new_paragraph(&mut self, at: usize) {
        if at > self.paragraph_start {
            self.paragraph += 1;
            self.paragraph_start = at;
        }
    }
}

/// Whether single line breaks stand inside sentences: text wrapped at a fixed width.
fn is_wrapped(tokens: &[Token], lines: &Lines) -> bool {
    let (mut breaks, mut inside) = (0u32, 0u32);
    for at in lines.breaks() {
        let (before, token) = (&tokens[at - 1], &tokens[at]);
        if token.is(form::PARAGRAPH) {
            continue;
        }
        breaks += 1;
        let open = before.form & form::WORD != 0 || matches!(before.symbol, b',' | b';' | b'-');
        inside += u32::from(open && token.is(form::WORD) && token.form & (form::CAPITAL | form::DIGIT) == 0);
    }
    inside > 0 && inside * 5 >= breaks * 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Normalizer;
    use crate::token::Tokens;
    use proptest::prelude::*;

    fn dictionary() -> Dictionary<'static> {
        Dictionary::open(crate::gazetteer::shipped()).expect("shipped")
    }

    fn sentences(text: &str) -> Vec<(Part, String)> {
        let dictionary = dictionary();
        let normalizer = Normalizer::new(&dictionary).expect("the shipped phrases");
        let (mut tokens, mut frame, mut out) = (Tokens::default(), Frame::default(), Sentences::default());
        tokens.tokenize(text);
        dictionary.annotate(&mut tokens);
        normalizer.frame(&dictionary, text, &tokens, &[], &mut frame);
        segment(&dictionary, text, &tokens, &frame, &mut out);
        out.iter()
            .map(|s| {
                let (first, last) = (&tokens[s.first as usize], &tokens[s.end as usize - 1]);
                (s.part, text[first.start as usize..last.end as usize].to_owned())
            })
            .collect()
    }

    #[test]
    fn text_without_stops_is_cut_at_gaps() {
        let text = "goats and sheep ".repeat(1000);
        let found = sentences(&text);
        assert!(found.len() >= 5 && found.iter().all(|(_, s)| s.split(' ').count() <= LONGEST_SENTENCE));
        assert_eq!(found.iter().map(|(_, s)| s.as_str()).collect::<Vec<_>>().join(" "), text.trim_end());
    }

    /// Each case is its sentences, apart by ` | `.
    #[test]
    fn stops_end_sentences_or_not() {
        for case in [
            "Rain fell. | It stopped.",
            "Did it rain? | It did! | Nobody cared.",
            "Gen. Ruth Okello met Dr. T. Lindqvist in St. Gallen. | They talked.",
            "He works for Acme Inc. in the U.S. and the U.K. now.",
            "She left the U.S. | They stayed.",
            "The U.S. Senate voted at 5 p.m. on Monday.",
            "Prices rose 3.5 percent, see No. 5 and p. 12 there.",
            "“We won.” | He smiled.",
            "“We won!” she said.",
            "«We won.» | Then they left.",
            "(They left early.) | We stayed.",
            "He waited ... and left.",
            "He waited... | The bus never came.",
            "The shop (closed since May.) is open.",
            "1. Buy bread. | 2. Sell it.",
            "He read it in Barrow's. | Nobody else did.",
            "“It grew [...]” (see below).",
            "It was founded in 1990.[4] | It closed in 2001.[5][6] | Nobody noticed.",
            "天气很好。 | 我们走了。",
            "هل وصلوا؟ | نعم وصلوا۔ | ثم ذهبوا۔",
        ] {
            let expected: Vec<&str> = case.split(" | ").collect();
            let text = if case.is_ascii() || !case.contains('。') { expected.join(" ") } else { expected.concat() };
            let found: Vec<String> = sentences(&text).into_iter().map(|(_, s)| s).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_dateline_stays_inside_the_first_sentence() {
        let found = sentences("MINSK. BELTA The ministers met on Monday. They talked.");
        assert_eq!(found[0].1, "MINSK. BELTA The ministers met on Monday.");
    }

    #[test]
    fn an_open_quotation_mark_swallows_nothing() {
        let found = sentences("He said “no. She said yes. They left.");
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn wrapped_lines_are_joined_and_short_lines_are_not() {
        let wrapped = sentences(
            "The ministers met in the capital on\nMonday and signed the treaty that\nthey had discussed for years.",
        );
        assert_eq!(wrapped.len(), 1);
        let lines = sentences("The ministers met on Monday.\nThey signed a treaty.\nNobody spoke");
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn parts_are_told_apart() {
        let text = " date 2024-02-03 Two ministers sign a border treaty\n\nQUITO, (Example News - 3rd Feb, 2024) The ministers signed the treaty on Saturday after two years of talks.\n\nA long way\n\nThe talks began in 2022.\n\nShare:";
        let parts: Vec<Part> = sentences(text).into_iter().map(|(p, _)| p).collect();
        use Part::{Body, Furniture, Header, Heading, Title};
        assert_eq!(parts, [Header, Title, Body, Heading, Body, Furniture]);
    }

    proptest! {
        #[test]
        fn sentences_tile_the_tokens(text in "([A-Z]?[a-z]{0,6}[.?!…)\"”’0-9 \n]{0,3}|date 2024-01-02 |Share:\n|U\\.S\\. |1\\. |\\PC){0,60}") {
            let dictionary = dictionary();
            let normalizer = Normalizer::new(&dictionary).expect("the shipped phrases");
            let (mut tokens, mut frame, mut out) = (Tokens::default(), Frame::default(), Sentences::default());
            tokens.tokenize(&text);
            dictionary.annotate(&mut tokens);
            normalizer.frame(&dictionary, &text, &tokens, &[], &mut frame);
            segment(&dictionary, &text, &tokens, &frame, &mut out);
            let mut at = 0;
            for s in out.iter() {
                prop_assert_eq!(s.first, at);
                prop_assert!(s.end > s.first);
                at = s.end;
            }
            prop_assert_eq!(at as usize, tokens.len());
            prop_assert!(out.windows(2).all(|w| w[0].paragraph <= w[1].paragraph));
        }
    }
}

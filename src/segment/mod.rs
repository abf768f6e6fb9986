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

mod abbreviation;
mod items;
mod run;
mod sentences;
mod signs;
mod stops;

use crate::dictionary::Dictionary;
use crate::normalize::{Frame, Head, Lines};
use crate::token::{Token, Tokens, form, marks};
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

/// A line of capitals that is wrapped is no shorter, in bytes.
const NARROWEST: u32 = 45;

/// Longest sub-heading, in tokens.
const LONGEST_HEADING: usize = 20;

/// Replaces `out` by the sentences of `tokens`, which must have been annotated by `dictionary`.
///
/// What `frame` says to be no sentence of the text becomes a sentence of its own part. A dateline stays inside the first
/// sentence of the body.
pub fn segment(dictionary: &Dictionary<'_>, text: &str, tokens: &Tokens, frame: &Frame, out: &mut Sentences) {
    out.fill(|marks, out| {
        tokens.find::<MARKS>(marks);
        cut(dictionary, text, tokens, frame, marks, out);
    });
}

/// What a sentence may end at, and line breaks.
const MARKS: u64 = marks(0, form::STOP | form::BRACKET | form::FOREIGN | form::SIGN | form::LINE);

/// `marks` are the tokens that have one of [`MARKS`].
fn cut(
    dictionary: &Dictionary<'_>,
    text: &str,
    tokens: &[Token],
    frame: &Frame,
    marks: &[u32],
    out: &mut Vec<Sentence>,
) {
    let Frame { lines, furniture, head } = frame;
    let stops = Stops { dictionary, text, tokens, wrapped: is_wrapped(tokens, lines) };
    let mut cutter = Cutter { stops: &stops, start: 0, paragraph_start: 0, paragraph: 0, out };
    let mut fixed = Fixed { head, furniture };
    // A dateline's own stops end nothing.
    let dateline = head.dateline.as_ref().map_or(0..0, |d| d.whole.clone());
    let mut marks = marks.iter().map(|&mark| mark as usize).peekable();
    let mut item = None;
    let mut at = 0;
    let mut next = fixed.after(0);
    loop {
        let limit = next.as_ref().map_or(tokens.len(), |(range, _)| range.start as usize);
        while marks.next_if(|&mark| mark < at).is_some() {}
        at = marks.peek().map_or(limit, |&mark| mark.min(limit));
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
        if stops.is_plain_end(at) && !dateline.contains(&(at as u32)) {
            at += 1;
            cutter.end_sentence(at);
            continue;
        }
        let token = &tokens[at];
        if token.is(form::LINE) && at > cutter.paragraph_start && stops.parts_paragraphs(at) {
            cutter.end_paragraph(at);
            item = None;
        }
        if dateline.contains(&(at as u32)) {
            at += 1;
            continue;
        }
        if token.is(form::SIGN) {
            let cuts = stops.around_sign(at, cutter.start);
            for end in [cuts.before, cuts.after].into_iter().flatten() {
                cutter.end_sentence(end.min(limit));
            }
            at = cuts.next.min(limit);
            continue;
        }
        if !stops.may_end(at) {
            at += 1;
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
            self.end_sign_off();
        }
    }

    /// "Kind regards," at a sentence's beginning is one.
    fn end_sign_off(&mut self) {
        if let Some(end) = self.stops.sign_off_end(self.start) {
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
            self.end_sign_off();
        }
    }
}

/// Whether single line breaks stand inside sentences: text wrapped at a fixed width. Where all is in capitals, only how
/// long a line is tells that it does not end because its sentence does.
fn is_wrapped(tokens: &[Token], lines: &Lines) -> bool {
    const CAPITALS: u32 = form::WORD | form::ALL_CAPITALS;
    let (mut breaks, mut inside) = (0u32, 0u32);
    let mut line_start = 0;
    for at in lines.breaks() {
        let (before, token) = (&tokens[at - 1], &tokens[at]);
        let width = before.end - std::mem::replace(&mut line_start, token.start);
        if token.is(form::PARAGRAPH) {
            continue;
        }
        breaks += 1;
        let open = before.form & form::WORD != 0 || matches!(before.symbol, b',' | b';' | b'-');
        let small = token.form & (form::WORD | form::CAPITAL | form::DIGIT) == form::WORD;
        let full = width >= NARROWEST && token.is(CAPITALS) && (before.is(CAPITALS) || before.form & form::WORD == 0);
        inside += u32::from(open && (small || full));
    }
    inside > 0 && inside * 5 >= breaks * 2
}

#[cfg(test)]
mod tests;

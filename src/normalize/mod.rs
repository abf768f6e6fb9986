//! Makes the clean text: spacing repaired, with the way back to every original position.
//!
//! Nothing is ever deleted or rewritten, only spaces that were lost are put back, and every one is listed with its
//! odds. What the page put around the article and what its head says are found here too, as ranges of tokens.
//!
//! On the way out:
//!
//! * a text without a fault is left as it is, at the cost of one look at each token;
//! * the clean text without the inserted spaces is the original.

mod alignment;
mod dateline;
mod furniture;
mod head;
mod junction;
mod layout;
mod letters;
mod words;

pub use alignment::Alignment;
pub use dateline::{Dateline, Day};
pub use head::{Head, head};

use crate::dictionary::{Dictionary, class};
use crate::token::{Token, Tokens, form};
use furniture::Furniture;
use junction::{Junction, Scale, is_unusual};
use layout::Candidate;
use letters::{Letters, Weights};
use std::ops::Range;
use words::Words;

/// What met where a space was missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepairKind {
    /// Two words: `ofthe`.
    Letters,
    /// A small letter and a capital, or the reverse: `OmarSameko`.
    CaseChange,
    /// A comma, stop … and a word: `rivers,mostly`.
    Punctuation,
    /// A closing quotation mark or bracket and a word: `»said`.
    Closer,
    /// A word and an opening quotation mark, bracket or dash: `Force(EXF)`.
    Opener,
    /// A number and a word: `in1997`.
    Digits,
}

/// A space that was put in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repair {
    /// Byte of the body, as received, before which the space was put.
    pub at: u32,
    /// What met there.
    pub kind: RepairKind,
    /// Odds that it was missing, as a decimal logarithm.
    pub log_odds: f32,
}

/// A repaired text.
#[derive(Clone, Debug, Default)]
pub struct Repaired {
    /// The clean text.
    pub text: String,
    /// The way back from it.
    pub alignment: Alignment,
    /// What was done, left to right.
    pub repairs: Vec<Repair>,
}

/// Buffers of a worker for [`Normalizer::repair`].
#[derive(Debug, Default)]
pub struct Scratch {
    weights: [Weights; 2],
    folded: String,
    junctions: Vec<Junction>,
    /// Words that were found to be one, by hash; a cache that forgets.
    whole: Vec<u64>,
    hashes: Vec<u64>,
    candidates: Vec<Candidate>,
    best: Vec<(f32, u32)>,
    chosen: Vec<(u32, f32)>,
}

/// Odds from which a junction is sure by its words alone.
const SURE: f32 = 1.5;
/// Odds from which one junction alone opens the gate.
const CERTAIN: f32 = 5.5;
/// Odds below which a place is no candidate even with the layout's help.
const HOPELESS: f32 = -2.5;
/// Odds that a word loses when the article writes it twice.
const WRITTEN_TWICE: f32 = 3.5;

/// Words that are remembered to be one.
const WHOLE_WORDS: usize = 4096;

/// The tables of this station; built once, shared by workers.
pub struct Normalizer {
    letters: Letters,
    words: Words,
    furniture: Furniture,
}

impl Normalizer {
    /// Reads the tables that the dictionary carries.
    pub fn new(dictionary: &Dictionary<'_>) -> Self {
        Normalizer {
            letters: Letters::new(dictionary.text("letters").unwrap_or_default()),
            words: Words::new(),
            furniture: Furniture::new(dictionary.text("furniture").unwrap_or_default()),
        }
    }

    /// Replaces `out` by the lines that the page put around the article, in order, as ranges of tokens.
    pub fn furniture(&self, text: &str, tokens: &[Token], out: &mut Vec<Range<u32>>) {
        self.furniture.find(text, tokens, out);
    }

    /// Puts back the spaces that `body` lost. False when it lost none (then `out` is emptied but for its buffers).
    ///
    /// `tokens` are the body's, annotated by `dictionary`. The usual article costs one look at each token; only where
    /// two places are sure by their words is the whole article weighed.
    pub fn repair(
        &self,
        dictionary: &Dictionary<'_>,
        body: &str,
        tokens: &Tokens,
        scratch: &mut Scratch,
        out: &mut Repaired,
    ) -> bool {
        out.text.clear();
        out.alignment.clear();
        out.repairs.clear();
        let scale = Scale {
            dictionary,
            letters: &self.letters,
            words: &self.words,
            text: body,
            tokens,
        };
        scan(&scale, scratch, false);
        if !is_broken(&mut scratch.junctions) {
            return false;
        }
        scan(&scale, scratch, true);
        self.forgive_repeated(&scale, scratch);
        place(&scale, scratch);
        let layout = layout::read(&scratch.candidates, SURE, body.len() as u32);
        collect(&scale, layout, scratch, out);
        if out.repairs.is_empty() {
            return false;
        }
        write(body, out);
        true
    }

    /// A word that the article writes twice is a word, unless it also writes both of its parts.
    fn forgive_repeated(&self, scale: &Scale<'_, '_>, scratch: &mut Scratch) {
        scratch.hashes.clear();
        scratch.hashes.extend(
            scale
                .tokens
                .iter()
                .filter(|t| t.is(form::WORD))
                .map(|t| t.hash),
        );
        scratch.hashes.sort_unstable();
        let hashes = &scratch.hashes;
        let count = |hash: u64| {
            let from = hashes.partition_point(|h| *h < hash);
            hashes[from..]
                .iter()
                .take(3)
                .take_while(|h| **h == hash)
                .count()
        };
        for j in scratch.junctions.iter_mut().filter(|j| j.parts[0] != 0) {
            let own = scale.tokens[j.token as usize].hash;
            let parts_seen = j.parts.iter().all(|p| count(*p) > 0);
            // "wikiPage" again and again is a brand, although "wiki" and "page" are words of the article.
            let small = !scale.tokens[j.token as usize].is(form::CAPITAL);
            let brand = small && j.kind == RepairKind::CaseChange && count(own) > 2;
            if count(own) > 1 && (!parts_seen || brand) {
                j.odds -= WRITTEN_TWICE;
            }
        }
    }
}

/// Collects junctions: of unusual words and beside marks only, or of every word.
fn scan(scale: &Scale<'_, '_>, scratch: &mut Scratch, every: bool) {
    scratch.junctions.clear();
    let text = scale.text.as_bytes();
    let mut inside_quotes = false;
    let mut before = form::WORD | form::SPACE;
    let floor = if every { HOPELESS } else { SURE };
    for (i, token) in scale.tokens.iter().enumerate() {
        let bits = token.form;
        if bits & form::LINE != 0 {
            inside_quotes = false;
        }
        // A mark and a word side by side; commas and stops after words are passed over at once.
        let beside = bits & form::SPACE == 0
            && (before & form::WORD == 0
                || (bits & form::WORD == 0
                    && !matches!(token.symbol, b',' | b'.' | b'\'' | b';' | b':')));
        let mut found = None;
        if beside {
            found = scale.beside_mark(i, inside_quotes);
        }
        scratch.junctions.extend(found.filter(|j| j.odds >= floor));
        if bits & form::WORD != 0
            && (is_unusual(token, text)
                || (every && token.end - token.start > 2 && token.class & class::COMMON == 0))
        {
            let found = inside(scale, i, every, scratch);
            scratch.junctions.extend(found.filter(|j| j.odds >= floor));
        }
        if token.symbol == b'"' && bits & (form::BEYOND_ASCII | form::WORD) == 0 {
            // Spaces tell the sides of a mark; only where they do not is it simply the other side's turn.
            let next_apart = scale.tokens.get(i + 1).is_none_or(|t| t.is(form::SPACE));
            inside_quotes = match (bits & form::SPACE != 0, next_apart) {
                (true, false) => true,
                (false, true) => false,
                _ => !inside_quotes,
            };
        }
        before = bits;
    }
}

/// The junction inside the word `i`. The first look leaves the neighbours out, so that a word that was found whole once
/// need not be weighed again: in news the same unknown names return.
fn inside(scale: &Scale<'_, '_>, i: usize, every: bool, scratch: &mut Scratch) -> Option<Junction> {
    let token = &scale.tokens[i];
    let written = token.form & (form::CAPITAL | form::INNER_CAPITAL | form::ALL_CAPITALS);
    let key = token.hash ^ u64::from(written);
    let slot = (key >> 32) as usize % WHOLE_WORDS;
    if !every && scratch.whole.get(slot) == Some(&key) {
        return None;
    }
    if scale.is_address(i) || scale.is_host(i) {
        return None;
    }
    let found = scale.inside(i, every, &mut scratch.weights, &mut scratch.folded);
    if !every && found.is_none_or(|j| j.odds < SURE) && !scale.is_beside_apostrophe(i) {
        scratch.whole.resize(WHOLE_WORDS, 0);
        scratch.whole[slot] = key;
    }
    found
}

/// The document gate: one certain place, or two sure ones that are not the same word again.
fn is_broken(junctions: &mut Vec<Junction>) -> bool {
    if junctions.is_empty() {
        return false;
    }
    if junctions.iter().any(|j| j.odds >= CERTAIN) {
        return true;
    }
    junctions.sort_unstable_by_key(|j| (j.parts, if j.parts[0] == 0 { j.at } else { 0 }));
    junctions.dedup_by_key(|j| (j.parts, if j.parts[0] == 0 { j.at } else { 0 }));
    junctions.len() >= 2
}

/// Gives every junction its line and column.
fn place(scale: &Scale<'_, '_>, scratch: &mut Scratch) {
    scratch.candidates.clear();
    scratch.junctions.sort_unstable_by_key(|j| j.at);
    let (mut line, mut line_start, mut token) = (0, 0u32, 0usize);
    let (mut counted, mut column) = (0u32, 0u32);
    let characters =
        |from: u32, to: u32| scale.text[from as usize..to as usize].chars().count() as u32;
    for j in &scratch.junctions {
        while token < scale.tokens.len() && token <= j.token as usize {
            if scale.tokens[token].is(form::LINE) {
                line += 1;
                line_start = scale.tokens[token].start;
                (counted, column) = (line_start, 0);
            }
            token += 1;
        }
        debug_assert!(j.at >= line_start);
        column += characters(counted, j.at);
        counted = j.at;
        let end = scale.tokens[j.token as usize + 1..]
            .iter()
            .take(24)
            .take_while(|t| !t.is(form::SPACE))
            .last()
            .map_or(scale.tokens[j.token as usize].end, |t| t.end);
        scratch.candidates.push(Candidate {
            at: j.at,
            column,
            next: characters(j.at, end),
            line,
            odds: j.odds,
            kind: j.kind,
        });
    }
}

fn collect(
    scale: &Scale<'_, '_>,
    layout: layout::Layout,
    scratch: &mut Scratch,
    out: &mut Repaired,
) {
    let mut lines = line_ends(scale.text, scale.tokens);
    for group in scratch.candidates.chunk_by(|a, b| a.line == b.line) {
        let first = &group[0];
        let end = lines
            .find(|(line, _)| *line == first.line)
            .map_or(0, |(_, end)| end);
        let length = first.column
            + scale.text[first.at as usize..(end as usize).max(first.at as usize)]
                .chars()
                .count() as u32;
        layout::choose(
            layout,
            group,
            length.max(group[group.len() - 1].column),
            &mut scratch.best,
            &mut scratch.chosen,
        );
        for &(i, odds) in &scratch.chosen {
            let c = &group[i as usize];
            out.repairs.push(Repair {
                at: c.at,
                kind: c.kind,
                log_odds: odds,
            });
        }
    }
}

/// The lines with a number each, from 1, and the byte where each ends.
fn line_ends<'a>(text: &'a str, tokens: &'a [Token]) -> impl Iterator<Item = (u32, u32)> + 'a {
    let mut line = 0;
    tokens.iter().enumerate().filter_map(move |(i, t)| {
        line += u32::from(t.is(form::LINE));
        match tokens.get(i + 1) {
            Some(next) if next.is(form::LINE) => Some((line, t.end)),
            None => Some((line, text.trim_end().len() as u32)),
            _ => None,
        }
    })
}

/// Writes the clean text and its alignment.
fn write(body: &str, out: &mut Repaired) {
    out.text.reserve(body.len() + out.repairs.len());
    let mut from = 0;
    for repair in &out.repairs {
        let at = repair.at as usize;
        out.text.push_str(&body[from..at]);
        out.alignment.push(out.text.len() as u32, repair.at, 1, 0);
        out.text.push(' ');
        from = at;
    }
    out.text.push_str(&body[from..]);
}

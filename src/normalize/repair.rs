//! Puts lost spaces back: a look at every token, a gate for the document, and only then the whole weighing.
//!
//! A clean article must cost nearly nothing and must never be changed, so the first look asks unusual words only and
//! needs two places that are sure by their words. Once an article is known to be broken, every word may be.

use super::junction::{Junction, Scale, is_unusual};
use super::layout::{self, Candidate};
use super::{Repair, RepairKind, Repaired, Scratch};
use crate::dictionary::class;
use crate::token::{Token, form};

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

/// Repairs the text of `scale` into `out`, which is empty. False when nothing is missing.
pub(super) fn repair(scale: &Scale<'_, '_>, scratch: &mut Scratch, out: &mut Repaired) -> bool {
    scan(scale, scratch, false);
    if !is_broken(&mut scratch.junctions) {
        return false;
    }
    scan(scale, scratch, true);
    forgive_repeated(scale, scratch);
    place(scale, scratch);
    let layout = layout::read(&scratch.candidates, SURE, scale.text.len() as u32);
    collect(scale, layout, scratch, out);
    if out.repairs.is_empty() {
        return false;
    }
    write(scale.text, out);
    true
}

/// A word that the article writes twice is a word, unless it also writes both of its parts.
fn forgive_repeated(scale: &Scale<'_, '_>, scratch: &mut Scratch) {
    scratch.hashes.clear();
    scratch.hashes.extend(scale.tokens.iter().filter(|t| t.is(form::WORD)).map(|t| t.hash));
    scratch.hashes.sort_unstable();
    let hashes = &scratch.hashes;
    let count = |hash: u64| {
        let from = hashes.partition_point(|h| *h < hash);
        hashes[from..].iter().take(3).take_while(|h| **h == hash).count()
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
                || (bits & form::WORD == 0 && !matches!(token.symbol, b',' | b'.' | b'\'' | b';' | b':')));
        let mut found = None;
        if beside {
            found = scale.beside_mark(i, inside_quotes);
        }
        scratch.junctions.extend(found.filter(|j| j.odds >= floor));
        if bits & form::WORD != 0
            && (is_unusual(token, text) || (every && token.end - token.start > 2 && token.class & class::COMMON == 0))
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
    // The model of letters knows ASCII only; a name with other letters would look like two words to it.
    if token.is(form::BEYOND_ASCII) {
        return None;
    }
    // A word may be remembered only where its folded form and its capitals say how it is written, or what an article
    // gives would hang on the articles before it.
    let written = token.form & (form::CAPITAL | form::ALL_CAPITALS);
    let remember = !every && (!token.is(form::INNER_CAPITAL) || token.is(form::ALL_CAPITALS));
    let key = token.hash ^ u64::from(written);
    let slot = (key >> 32) as usize % WHOLE_WORDS;
    if remember && scratch.whole.get(slot) == Some(&key) {
        return None;
    }
    if scale.is_address(i) || scale.is_host(i) {
        return None;
    }
    let found = scale.inside(i, every, &mut scratch.weights, &mut scratch.folded);
    if remember && found.is_none_or(|j| j.odds < SURE) && !scale.is_beside_apostrophe(i) {
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
    let characters = |from: u32, to: u32| scale.text[from as usize..to as usize].chars().count() as u32;
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

fn collect(scale: &Scale<'_, '_>, layout: layout::Layout, scratch: &mut Scratch, out: &mut Repaired) {
    let mut lines = line_ends(scale.text, scale.tokens);
    for group in scratch.candidates.chunk_by(|a, b| a.line == b.line) {
        let first = &group[0];
        let end = lines.find(|(line, _)| *line == first.line).map_or(0, |(_, end)| end);
        let length =
            first.column + scale.text[first.at as usize..(end as usize).max(first.at as usize)].chars().count() as u32;
        layout::choose(
            layout,
            group,
            length.max(group[group.len() - 1].column),
            &mut scratch.best,
            &mut scratch.chosen,
        );
        for &(i, odds) in &scratch.chosen {
            let c = &group[i as usize];
            out.repairs.push(Repair { at: c.at, kind: c.kind, log_odds: odds });
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

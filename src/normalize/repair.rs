//! Puts lost spaces back: a look at every token, a gate for the document, and only then the whole weighing.
//!
//! A clean article must cost nearly nothing and must never be changed, so the first look asks unusual words only and
//! needs two places that are sure by their words and near each other. Around those every word may be broken.

use super::junction::{HOPELESS, Junction, SURE, Scale};
use super::layout::{self, Candidate};
use super::letters::LONGEST;
use super::look::{Suspects, is_unusual};
use super::losses::Trace;
use super::marks::Quotes;
use super::{Repair, RepairKind, Repaired, Scratch};
use crate::dictionary::class;
use crate::ingest::Losses;
use crate::kernel::{self, each_bit};
use crate::token::{SHEET, Token, form};
use std::ops::Range;

/// Odds from which one junction alone opens the gate.
const CERTAIN: f32 = 4.0;
/// What is taken for granted of a text of which no source tells anything: that one article in a hundred lost spaces, and
/// then one in a hundred. A repair must be likelier than that to tell anything of the article, and all of them must tell
/// enough together for the article to be touched.
pub(super) static ALONE: Losses = Losses { odds: -2.0, rate: -2.0, width: None, words: Vec::new() };
/// Odds that articles of a source lost spaces from which one sure place in them is enough, and a short one is weighed
/// whole without any; and how many tokens make a short one.
const LIKELY: f32 = -1.5;
const SHORT: usize = 512;
/// Odds that a junction loses when the article writes the whole twice.
const WRITTEN_TWICE: f32 = 3.0;

/// Sure faults that so many tokens part bear no witness to each other. Most articles are shorter, and in a text as long as
/// a book a second slip is found by chance.
const ARTICLE: u32 = 2048;
/// So many tokens on either side of a sure fault are weighed: some twenty lines. Where a text lost its spaces, sure faults
/// stand closer; and two slips in a long article that is in order must not have it weighed from end to end.
const REACH: usize = 4 * SHEET;

/// So many sure faults inside the words of one sheet are enough: its text has hardly a space left.
const MANY: usize = 8;

/// Words that are remembered to be one.
const WHOLE_WORDS: usize = 1 << 14;

/// Repairs the text of `scale` into `out`, which is empty. False when nothing is missing. A text alone is taken for one
/// of a source of which nothing is known.
pub(super) fn repair(
    scale: &mut Scale<'_, '_>,
    losses: Option<&Losses>,
    scratch: &mut Scratch,
    out: &mut Repaired,
) -> bool {
    let is_likely = losses.is_some_and(|losses| losses.odds >= LIKELY);
    let is_weighed_whole = is_likely && scale.tokens.len() <= SHORT;
    if is_weighed_whole {
        take_all(scale.tokens, &mut scratch.near);
    } else {
        scan_suspects(scale, scratch);
        broken(&mut scratch.junctions, scale.tokens.len(), is_likely, &mut scratch.near);
    }
    if scratch.near.is_empty() {
        return false;
    }
    weigh_near(scale, losses.map_or(&[], |losses| &losses.words), scratch);
    let layout = layout::read(&scratch.candidates, SURE, weighed(scale.tokens, &scratch.near), losses);
    let total = collect(scale, layout, scratch, out);
    let losses = losses.unwrap_or(&ALONE);
    let mut evidence = evidence(&scratch.candidates, &out.repairs, losses.rate);
    if is_weighed_whole {
        // Where all is weighed, line ends that were not lost tell something too.
        evidence = evidence.min(total);
    }
    if evidence < -losses.odds {
        out.repairs.clear();
        return false;
    }
    write(scale.text, out);
    true
}

/// Weighs all places of the text, whatever its first look says: what it tells of its source.
pub(super) fn trace(scale: &mut Scale<'_, '_>, scratch: &mut Scratch) -> Trace {
    take_all(scale.tokens, &mut scratch.near);
    weigh_near(scale, &[], scratch);
    Trace::new(scale.tokens, &scratch.candidates, &scratch.junctions)
}

/// All of the text as one stretch.
fn take_all(tokens: &[Token], near: &mut Vec<Range<usize>>) {
    near.clear();
    near.extend((!tokens.is_empty()).then_some(0..tokens.len()));
}

/// Makes candidates of what lies within the stretches that are weighed. `words` are those that the source writes in one.
fn weigh_near(scale: &mut Scale<'_, '_>, words: &[u64], scratch: &mut Scratch) {
    scale.counts.read(scale.tokens);
    scan_near(scale, scratch);
    forgive_repeated(scale, words, scratch);
    place(scale, scratch);
}

/// Bytes of the stretches that are weighed.
fn weighed(tokens: &[Token], near: &[Range<usize>]) -> u32 {
    near.iter().map(|stretch| tokens[stretch.end - 1].end - tokens[stretch.start].start).sum()
}

/// How much the repairs together tell that the article lost spaces.
fn evidence(candidates: &[Candidate], repairs: &[Repair], rate: f32) -> f32 {
    let odds = |at: u32| candidates.binary_search_by_key(&at, |c| c.at).map_or(0.0, |found| candidates[found].odds);
    repairs.iter().map(|repair| (odds(repair.at) + rate).max(0.0)).sum()
}

/// What the article writes twice in one is a name, "WikiPage" or "Channel4", unless it also writes its parts apart; and
/// what its source does so is one.
fn forgive_repeated(scale: &Scale<'_, '_>, words: &[u64], scratch: &mut Scratch) {
    for j in scratch.junctions.iter_mut().filter(|j| j.parts[0] != 0) {
        let whole = scale.tokens[j.token as usize].hash;
        if words.binary_search(&whole).is_ok() {
            j.odds -= WRITTEN_TWICE;
            continue;
        }
        if j.kind == RepairKind::Letters {
            continue;
        }
        let elsewhere = scale.counts.of(whole).saturating_sub(1);
        if elsewhere > 0 && scale.counts.of_pair(j.parts[0], j.parts[1]) < elsewhere {
            j.odds -= WRITTEN_TWICE;
        }
    }
}

/// Collects the junctions of the first look: those that are sure, inside unusual words and beside marks. Of a sheet that
/// has many it does not ask for more, and behind one that is broken by itself it passes over what will be weighed in any
/// case.
fn scan_suspects(scale: &Scale<'_, '_>, scratch: &mut Scratch) {
    scratch.junctions.clear();
    let tokens: &[Token] = scale.tokens;
    let mut quotes = Quotes::new(scale.tokens);
    let mut reached = 0;
    let mut all = std::mem::take(&mut scratch.suspects);
    Suspects::read(scale.tokens, scale.text, &mut all);
    for (sheet, suspects) in all.iter().enumerate() {
        let (first, before) = (sheet * SHEET, scratch.junctions.len());
        if let Some(next) = all.get(sheet + 1) {
            each_bit(next.words).for_each(|bit| expect_whole(&tokens[first + SHEET + bit], &scratch.whole));
        }
        if first + SHEET <= reached {
            continue;
        }
        // Words and marks apart: which comes next could not be guessed.
        for i in each_bit(suspects.words).map(|bit| first + bit) {
            if is_unusual(&tokens[i], scale.text) {
                inside_once(scale, i, scratch);
                if scratch.junctions.len() - before >= MANY {
                    break;
                }
            }
        }
        for i in each_bit(suspects.marks).map(|bit| first + bit) {
            // Sure is only a place beside a mark that is glued to what follows, and none beside an apostrophe.
            let (mark, Some(next)) = (&tokens[i], tokens.get(i + 1)) else { break };
            if mark.symbol == b'\'' {
                continue;
            }
            if !mark.is(form::SPACE) && may_follow_gap(mark) {
                add(scale.beside_mark(i, &mut quotes), SURE, &mut scratch.junctions);
            }
            if next.is(form::WORD) {
                add(scale.beside_mark(i + 1, &mut quotes), SURE, &mut scratch.junctions);
            }
        }
        let sure = &scratch.junctions[before..];
        if is_broken(sure) {
            reached = sure.iter().map(|j| j.token as usize + REACH).max().unwrap_or(0);
        }
    }
    scratch.suspects = all;
}

/// Collects all junctions within reach of sure ones that are not hopeless.
fn scan_near(scale: &Scale<'_, '_>, scratch: &mut Scratch) {
    scratch.junctions.clear();
    let near = std::mem::take(&mut scratch.near);
    let mut quotes = Quotes::new(scale.tokens);
    for stretch in near.iter().cloned() {
        let mut behind_mark = stretch.start.checked_sub(1).is_some_and(|before| !scale.tokens[before].is(form::WORD));
        for i in stretch {
            let token = &scale.tokens[i];
            let is_word = token.is(form::WORD);
            // A mark and a word side by side; commas and stops after words are passed over at once.
            if !token.is(form::SPACE) && (behind_mark || (!is_word && may_follow_gap(token))) {
                add(scale.beside_mark(i, &mut quotes), HOPELESS, &mut scratch.junctions);
            }
            let rare = token.end - token.start > 2 && !token.has(class::COMMON);
            if is_word && (rare || is_unusual(token, scale.text) || token.is(form::BEYOND_ASCII)) {
                inside(scale, i, true, HOPELESS, scratch);
            }
            behind_mark = !is_word;
        }
    }
    scratch.near = near;
}

fn add(found: Option<Junction>, least: f32, junctions: &mut Vec<Junction>) {
    if let Some(junction) = found
        && junction.odds >= least
    {
        junctions.push(junction);
    }
}

/// Whether a space may have stood before a mark: none does before a comma or a stop, or before an apostrophe of ASCII.
fn may_follow_gap(mark: &Token) -> bool {
    match mark.symbol {
        b',' | b'.' | b';' | b':' => false,
        b'\'' => mark.is(form::BEYOND_ASCII),
        _ => true,
    }
}

/// Adds the junctions inside the word `i` in the first look. It leaves the neighbours out, so that a word that was found
/// whole once need not be weighed again: in news the same unknown names return.
fn inside_once(scale: &Scale<'_, '_>, i: usize, scratch: &mut Scratch) {
    let token = &scale.tokens[i];
    // Most unlisted words are the "s" of "Osei's".
    if token.end - token.start < 2 {
        return;
    }
    // A word may be remembered only where its folded form and its capitals say how it is written and nothing beside it
    // what it is, or what an article gives would hang on the articles before it.
    if scale.is_behind_apostrophe(i) || scale.is_before_not(i) || scale.is_before_hyphen(i) {
        return inside(scale, i, false, SURE, scratch);
    }
    let key = token.hash ^ capitals(token, scale.text);
    let slot = slot_of_whole(key);
    if scratch.whole.get(slot) == Some(&key) || scale.is_address(i) || scale.is_host(i) {
        return;
    }
    let before = scratch.junctions.len();
    inside(scale, i, false, SURE, scratch);
    if scratch.junctions.len() == before {
        scratch.whole.resize(WHOLE_WORDS, 0);
        scratch.whole[slot] = key;
    }
}

/// Where a word is remembered that was found to be one.
fn slot_of_whole(key: u64) -> usize {
    (key >> 32) as usize % WHOLE_WORDS
}

/// Asks for the place where a word would be remembered; capitals hardly ever move it.
fn expect_whole(token: &Token, whole: &[u64]) {
    if let Some(slot) = whole.get(slot_of_whole(token.hash)) {
        kernel::prefetch(slot);
    }
}

/// Which letters of a word of ASCII are capitals; of a word that is too long to be looked into, of its beginning.
fn capitals(token: &Token, text: &str) -> u64 {
    if !token.is(form::INNER_CAPITAL) {
        return u64::from(token.is(form::CAPITAL));
    }
    let bits = token.of(text).bytes().zip(0..LONGEST).map(|(byte, at)| u64::from(byte.is_ascii_uppercase()) << at);
    bits.sum()
}

/// Adds the junctions inside the word `i` that have the `least` odds. Its neighbours are asked only with `context`.
fn inside(scale: &Scale<'_, '_>, i: usize, context: bool, least: f32, scratch: &mut Scratch) {
    if scale.is_address(i) || scale.is_host(i) {
        return;
    }
    let found = &mut scratch.found;
    found.clear();
    scale.inside(i, context, &mut scratch.workings, found);
    scratch.junctions.extend(found.iter().filter(|j| j.odds >= least));
}

/// The gate: the stretches of the text that are weighed, in order and apart from each other. `sure` are the junctions of
/// the first look; where losses are likely in any case, one of them will do.
fn broken(sure: &mut [Junction], tokens: usize, is_likely: bool, near: &mut Vec<Range<usize>>) {
    near.clear();
    // Within a sheet words came before marks.
    sure.sort_unstable_by_key(|j| j.at);
    for article in sure.chunk_by(|a, b| b.token - a.token <= ARTICLE).filter(|sure| is_likely || is_broken(sure)) {
        for at in article.iter().map(|j| j.token as usize) {
            let (from, to) = (at.saturating_sub(REACH), tokens.min(at + REACH));
            match near.last_mut().filter(|last| from <= last.end) {
                Some(last) => last.end = to,
                None => near.push(from..to),
            }
        }
    }
}

/// One certain place, or two sure ones that are not the same word again.
fn is_broken(sure: &[Junction]) -> bool {
    let Some((first, rest)) = sure.split_first() else { return false };
    let is_other = |j: &Junction| j.parts[0] == 0 || j.parts != first.parts;
    sure.iter().any(|j| j.odds >= CERTAIN) || rest.iter().any(is_other)
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

/// Chooses among the candidates, line by line. Returns the odds of all that was chosen against a text that lost nothing.
fn collect(scale: &Scale<'_, '_>, layout: layout::Layout, scratch: &mut Scratch, out: &mut Repaired) -> f32 {
    let mut total = 0.0;
    let mut lines = line_ends(scale.text, scale.tokens);
    for group in scratch.candidates.chunk_by(|a, b| a.line == b.line) {
        let first = &group[0];
        let end = lines.find(|(line, _)| *line == first.line).map_or(0, |(_, end)| end);
        let length =
            first.column + scale.text[first.at as usize..(end as usize).max(first.at as usize)].chars().count() as u32;
        total += layout::choose(
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
    total
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

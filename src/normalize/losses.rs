//! How the documents of one source lose spaces: what their places tell together.
//!
//! A headline or a flash has too few words to show that it lost spaces, but the documents around it show it. So all
//! places of some documents are weighed, and two things are guessed in turns until they agree: which of the documents lost
//! spaces, and how often those lost one. A source may well hold both kinds.
//!
//! What a source says again and again is no further witness: the name of a column, its own mark, an address. A place counts
//! in the first document that has it; and what is written in one by several documents and apart by fewer is a word.

use super::junction::{Junction, SURE};
use super::layout::{self, Candidate, Layout, WORD};
use super::repair::ALONE;
use crate::ingest::Losses;
use crate::token::{Tokens, form, mix};
use std::collections::{HashMap, HashSet};

/// Fewer documents tell nothing of their source but what each tells of itself.
const FEWEST: usize = 8;
/// What is believed of a source before any document of it was seen counts as so many documents and words.
const DOCUMENTS: f32 = 40.0;
const WORDS: f32 = 200.0;
/// Rounds of guessing.
const ROUNDS: usize = 8;
/// Bounds of what is believed: shares of spaces and odds of documents, as decimal logarithms.
const RATES: [f32; 2] = [-2.0, -1.0];
const ODDS: [f32; 2] = [-3.0, 1.0];
/// So many documents write a word alike.
const AGAIN: u32 = 3;

/// What one document tells.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// The places where a space may be missing.
    places: Vec<Place>,
    /// Its words that stand side by side, by what stands for both.
    pairs: Vec<u64>,
    words: u32,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    candidate: Candidate,
    /// What stands for the word that it may divide, or for what meets there.
    whole: u64,
    /// What stands for both parts of a divided word; 0 beside marks.
    pair: u64,
}

impl Trace {
    /// That of a document with these `candidates`, which were made of the `junctions`, in their order.
    pub(super) fn new(tokens: &Tokens, candidates: &[Candidate], junctions: &[Junction]) -> Self {
        let place = |(candidate, junction): (&Candidate, &Junction)| {
            let at = junction.token as usize;
            let (token, before) = (&tokens[at], &tokens[at.saturating_sub(1)]);
            let beside = mix(before.hash ^ u64::from(before.symbol), token.hash ^ u64::from(token.symbol));
            let [first, second] = junction.parts;
            let (whole, pair) = if first == 0 { (beside, 0) } else { (token.hash, mix(first, second)) };
            Place { candidate: *candidate, whole, pair }
        };
        let words = || tokens.iter().filter(|token| token.is(form::WORD));
        let pairs = words().zip(words().skip(1)).filter(|(_, b)| b.is(form::SPACE)).map(|(a, b)| mix(a.hash, b.hash));
        Trace {
            places: candidates.iter().zip(junctions).map(place).collect(),
            pairs: pairs.collect(),
            words: words().count() as u32,
        }
    }

    /// Odds that the document lost spaces, when of those that did so many lost such a share.
    fn odds(&self, losses: &Losses) -> f32 {
        let rate = 10f32.powf(losses.rate);
        let place = |place: &Place| (1.0 - rate + rate * 10f32.powf(place.candidate.odds)).log10();
        losses.odds + self.places.iter().map(place).sum::<f32>() + self.words as f32 * (1.0 - rate).log10()
    }

    /// Spaces that it lost, if it lost any, at such a share.
    fn missing(&self, rate: f32) -> f32 {
        self.places.iter().map(|place| 1.0 / (1.0 + 10f32.powf(-place.candidate.odds - rate))).sum()
    }
}

/// What the documents tell of their source; nothing when they are few.
pub fn losses(mut traces: Vec<Trace>) -> Option<Losses> {
    if traces.len() < FEWEST {
        return None;
    }
    let mut losses = Losses { words: words(&traces), ..ALONE.clone() };
    let mut known: HashSet<u64> = losses.words.iter().copied().collect();
    for trace in &mut traces {
        trace.places.retain(|place| known.insert(place.whole));
    }
    for _ in 0..ROUNDS {
        let (mut documents, mut words, mut missing) =
            (share(ALONE.odds) * DOCUMENTS, WORDS, WORDS * 10f32.powf(ALONE.rate));
        for trace in &traces {
            let broken = share(trace.odds(&losses));
            documents += broken;
            words += broken * trace.words as f32;
            missing += broken * trace.missing(losses.rate);
        }
        let broken = documents / (traces.len() as f32 + DOCUMENTS);
        losses.odds = (broken / (1.0 - broken)).log10().clamp(ODDS[0], ODDS[1]);
        losses.rate = (missing / words).log10().clamp(RATES[0], RATES[1]);
    }
    losses.width = width(&traces, &losses);
    Some(losses)
}

/// What several of the documents write in one, and fewer apart, sorted.
fn words(traces: &[Trace]) -> Vec<u64> {
    // By what stands for the word: its parts, the last document that had it, how many had it.
    let mut wholes: HashMap<u64, (u64, usize, u32)> = HashMap::new();
    let mut apart: HashMap<u64, u32> = HashMap::new();
    for (number, trace) in traces.iter().enumerate() {
        for place in trace.places.iter().filter(|place| place.pair != 0) {
            let (_, last, documents) = wholes.entry(place.whole).or_insert((place.pair, usize::MAX, 0));
            *documents += u32::from(*last != number);
            *last = number;
            apart.entry(place.pair).or_default();
        }
    }
    for pair in traces.iter().flat_map(|trace| &trace.pairs) {
        apart.entry(*pair).and_modify(|count| *count += 1);
    }
    let is_word = |(pair, _, documents): &(u64, usize, u32)| *documents >= AGAIN && apart[pair] < *documents;
    let mut words: Vec<u64> = wholes.iter().filter(|(_, seen)| is_word(seen)).map(|(whole, _)| *whole).collect();
    words.sort_unstable();
    words
}

/// The column at which the broken ones of the documents were wrapped, if they were.
fn width(traces: &[Trace], losses: &Losses) -> Option<u32> {
    let (mut candidates, mut line, mut words) = (Vec::new(), 0, 0);
    for trace in traces.iter().filter(|trace| trace.odds(losses) > 0.0) {
        let own = trace.places.iter().map(|place| Candidate { line: place.candidate.line + line, ..place.candidate });
        candidates.extend(own);
        line = candidates.last().map_or(line, |last| last.line + 1);
        words += trace.words;
    }
    match layout::read(&candidates, SURE, (words as f32 * WORD) as u32, Some(losses)) {
        Layout::Wrapped(width) => Some(width),
        _ => None,
    }
}

/// The share that is as likely as these odds.
fn share(odds: f32) -> f32 {
    1.0 / (1.0 + 10f32.powf(-odds))
}

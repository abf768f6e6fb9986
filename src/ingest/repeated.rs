//! Learns which lines a source puts around all its articles: its own menu, its appeals, its address.
//!
//! Such lines cannot be listed, but they repeat. So the first documents of a source are looked at before any of them is
//! worked on; what many of them have at their head or tail is told to all documents of the source. This happens where
//! the input is cut, in order, and a fixed number of documents decides: neither the threads nor the sizes of the batches
//! have a say, and a pipe is read once.
//!
//! A source is a file of lines, or a folder of files that are one document each. What waits is bounded by
//! [`SAMPLE`] documents and [`SAMPLE_BYTES`].

use super::Options;
use super::batch::{Batch, Scratch};
use super::json::Fields;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// So many documents of a source are looked at.
const SAMPLE: usize = 64;
/// And no more of their bytes.
const SAMPLE_BYTES: usize = 4 << 20;
/// A source with fewer documents repeats nothing.
const FEWEST: u32 = 8;
/// A line repeats when one in so many documents has it.
const SHARE: u32 = 4;
/// So many lines at the head and at the tail of a document are looked at.
pub const EDGE_LINES: usize = 10;
/// Longer lines are text, in bytes.
const LONGEST: usize = 400;

/// What stands for a line among the repeated ones; white space around it does not count.
pub fn line_hash(line: &str) -> u64 {
    // FNV-1a.
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    line.trim().as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, step)
}

/// Holds the batches of a source back until its repeated lines are known.
pub struct Learner {
    fields: Fields,
    scratch: Scratch,
    held: Vec<Batch>,
    /// That of the last document; none before the first.
    source: Option<String>,
    sample: Sample,
    /// The batch and document with which a source began that is not known yet.
    begun: Option<(usize, usize)>,
    known: Arc<[u64]>,
}

impl Learner {
    /// For documents that are found so.
    pub fn new(options: &Options) -> Self {
        Learner {
            fields: Fields::new(options),
            scratch: Scratch::default(),
            held: Vec::new(),
            source: None,
            sample: Sample::default(),
            begun: None,
            known: Arc::default(),
        }
    }

    /// Takes the next batch of the input, an empty one at its end, and appends to `out` those that can be worked on.
    pub fn pass(&mut self, mut batch: Batch, out: &mut Vec<Batch>) {
        if self.begun.is_none() {
            batch.know(0, &self.known);
        }
        let (number, is_end) = (self.held.len(), batch.is_empty());
        self.held.push(batch);
        for document in 0..self.held[number].len() {
            if self.source.as_deref() != Some(self.held[number].origin(document)) {
                self.decide();
                self.source = Some(self.held[number].origin(document).to_owned());
                self.begun = Some((number, document));
            }
            if self.begun.is_some() {
                let Learner { fields, scratch, held, sample, .. } = self;
                if let Ok(article) = held[number].article(document, fields, scratch) {
                    sample.add(&article.body);
                }
                if sample.documents == SAMPLE || sample.bytes > SAMPLE_BYTES {
                    self.decide();
                }
            }
        }
        if is_end {
            self.decide();
        }
        if self.begun.is_none() {
            out.append(&mut self.held);
        }
    }

    /// Tells what is known now to all documents since the source began.
    fn decide(&mut self) {
        let Some((batch, document)) = self.begun.take() else { return };
        self.known = self.sample.repeated();
        for (number, held) in self.held.iter_mut().enumerate().skip(batch) {
            held.know(if number == batch { document } else { 0 }, &self.known);
        }
    }
}

/// The lines at the edges of some documents.
#[derive(Default)]
struct Sample {
    documents: usize,
    bytes: usize,
    /// Different documents: a text that came twice repeats nothing.
    bodies: HashSet<u64>,
    lines: HashMap<u64, u32>,
}

impl Sample {
    fn add(&mut self, body: &str) {
        self.documents += 1;
        self.bytes += body.len();
        if !self.bodies.insert(line_hash(body)) {
            return;
        }
        let lines: Vec<&str> = body.lines().filter(|line| !line.trim().is_empty()).collect();
        let tail = lines.len().saturating_sub(EDGE_LINES).max(EDGE_LINES.min(lines.len()));
        let edges = lines[..EDGE_LINES.min(lines.len())].iter().chain(&lines[tail..]);
        let hashes: HashSet<u64> = edges.filter(|line| line.len() <= LONGEST).map(|line| line_hash(line)).collect();
        for hash in hashes {
            *self.lines.entry(hash).or_default() += 1;
        }
    }

    /// Empties itself for the lines that repeat, sorted.
    fn repeated(&mut self) -> Arc<[u64]> {
        let Sample { bodies, lines, .. } = std::mem::take(self);
        let all = bodies.len() as u32;
        let repeats = |&(_, count): &(u64, u32)| all >= FEWEST && count * SHARE >= all;
        let mut repeated: Vec<u64> = lines.into_iter().filter(repeats).map(|(hash, _)| hash).collect();
        repeated.sort_unstable();
        repeated.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repeated(bodies: impl IntoIterator<Item = String>) -> Arc<[u64]> {
        let mut sample = Sample::default();
        bodies.into_iter().for_each(|body| sample.add(&body));
        sample.repeated()
    }

    #[test]
    fn lines_that_many_documents_have_at_an_edge_repeat() {
        let body = |n: usize| format!("The Example\n\nStory {n}\n\n  Write to us.\n");
        let found = repeated((0..12).map(body));
        let mut expected = [line_hash("The Example"), line_hash("Write to us.")];
        expected.sort_unstable();
        assert_eq!(*found, expected);
        assert!(repeated((0..7).map(body)).is_empty(), "too few documents");
        assert!(repeated((0..12).map(|_| body(1))).is_empty(), "one document twelve times");
    }

    #[test]
    fn lines_in_the_middle_do_not_repeat() {
        let edge = |n: usize| (0..EDGE_LINES).map(|line| format!("{n} {line}\n")).collect::<String>();
        assert!(repeated((0..12).map(|n| format!("{}The same\n{}", edge(n), edge(n + 100)))).is_empty());
    }
}

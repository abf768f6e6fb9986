//! Finds the lines that a source puts around all its articles: its own menu, its appeals, its address.
//!
//! Such lines cannot be listed, but they repeat: what many of its documents have at their head or tail is told to all of
//! them ([`super::Learner`]).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

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

/// The lines at the edges of some documents.
#[derive(Default)]
pub(super) struct Edges {
    /// Different documents: a text that came twice repeats nothing.
    bodies: HashSet<u64>,
    lines: HashMap<u64, u32>,
}

impl Edges {
    pub(super) fn add(&mut self, body: &str) {
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

    /// The lines that repeat, sorted.
    pub(super) fn repeated(self) -> Arc<[u64]> {
        let Edges { bodies, lines } = self;
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
        let mut edges = Edges::default();
        bodies.into_iter().for_each(|body| edges.add(&body));
        edges.repeated()
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

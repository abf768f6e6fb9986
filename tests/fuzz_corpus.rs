//! The targets of fuzz/ over their corpora, and over what becomes of these by chance.
//!
//! The same bytes in every run. `DATELINE_FUZZ_ROUNDS=100000` tries that many of each target in place of a few.

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

#[path = "../fuzz/targets.rs"]
mod targets;

use targets::TARGETS;

/// Inputs by chance of each target; of those that compile lists, which takes long, a tenth.
const ROUNDS: usize = 60;

struct Dice(u64);

impl Dice {
    fn below(&mut self, many: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % many.max(1)
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..(start + self.below(24)).min(length)
    }
}

/// What often lies at the bottom of trouble.
const PIECES: [&[u8]; 20] = [
    b"\0",
    b"\n",
    b"\r\n",
    b"\t",
    b"\"",
    b"\\u",
    b"{",
    b"}",
    b"[",
    b"<",
    b"&#",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xe2\x80",
    b"\x1f\x8b\x08",
    b"99999999999999999999",
    b"-",
    b". ",
    "“".as_bytes(),
    "\u{301}".as_bytes(),
];

/// One input, changed in a few places.
fn changed(corpus: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = corpus[dice.below(corpus.len())].clone();
    for _ in 0..=dice.below(6) {
        let range = dice.range(bytes.len());
        match dice.below(6) {
            0 => drop(bytes.drain(range)),
            1 => {
                let again = bytes[range.clone()].repeat(1 + dice.below(40));
                bytes.splice(range, again);
            }
            2 => drop(bytes.splice(range.start..range.start, PIECES[dice.below(PIECES.len())].iter().copied())),
            3 => bytes[range].iter_mut().for_each(|byte| *byte ^= 1 << dice.below(8)),
            4 => {
                let other = &corpus[dice.below(corpus.len())];
                let part = dice.range(other.len());
                bytes.splice(range, other[part].iter().copied());
            }
            _ => bytes.truncate(range.start),
        }
    }
    bytes
}

#[test]
fn targets_hold_for_their_corpora_and_what_becomes_of_them() {
    let rounds = std::env::var("DATELINE_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, target) in TARGETS {
        let files = fs::read_dir(folder.join(name)).expect("a corpus");
        let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
        paths.sort();
        let corpus: Vec<_> = paths.iter().map(|path| fs::read(path).expect("a file")).collect();
        assert!(!corpus.is_empty(), "{name}");
        let run = |bytes: &[u8]| {
            if catch_unwind(|| target(bytes)).is_err() {
                panic!("{name} fails on: {}", bytes.escape_ascii());
            }
        };
        corpus.iter().for_each(|bytes| run(bytes));
        let mut dice = Dice(1);
        let is_slow = matches!(name, "lists" | "rules");
        (0..if is_slow { rounds / 10 } else { rounds }).for_each(|_| run(&changed(&corpus, &mut dice)));
    }
}

//! Which pairs of words a text has, in a few bytes.
//!
//! A pair is two words that follow each other once words like "the" and "of" are left out: such pairs are rare enough
//! that texts on one event share few, and short enough that one edited word costs only two. Of all pairs, those with the
//! least hash in each of some classes are kept (MinHash by one permutation). The share of places in which two sketches
//! agree is then the share of pairs that the texts have in common (Jaccard's), give or take a twentieth.

use crate::token::mix;

/// Places of a sketch.
pub(crate) const PLACES: usize = 128;

/// Fewer pairs say too little: two short texts would share half of them by chance.
const FEWEST: u32 = 12;

/// The pairs of words of a text, in brief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch(pub(crate) [u16; PLACES]);

pub(crate) struct Sketcher {
    least: [u32; PLACES],
    pairs: u32,
}

/// No pair of this class. A pair that hashes to it is lost, which is one in four billions.
const NONE: u32 = u32::MAX;

impl Sketcher {
    pub(crate) fn new() -> Self {
        Sketcher { least: [NONE; PLACES], pairs: 0 }
    }

    /// One more pair; its hash must be well mixed.
    #[inline]
    pub(crate) fn add(&mut self, hash: u64) {
        let place = &mut self.least[(hash >> 57) as usize];
        *place = (*place).min(hash as u32);
        self.pairs += 1;
    }

    /// The sketch; none of too few pairs.
    pub(crate) fn finish(self) -> Option<Sketch> {
        if self.pairs < FEWEST {
            return None;
        }
        let least = self.least;
        // An empty place takes what stands in another one, chosen alike for all texts; so places of short texts agree
        // as often as those of long ones. Some place is filled, for there are pairs, and the walk comes by all of them.
        let filled = |place: usize| {
            let mut at = place;
            for round in 1.. {
                if least[at] != NONE {
                    break;
                }
                at = if round < 64 { mix(place as u64, round) as usize } else { at + 1 } % PLACES;
            }
            // The low half: that the number is the least of many shows in its high bits.
            least[at] as u16
        };
        Some(Sketch(std::array::from_fn(filled)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(pairs: impl Iterator<Item = u64>) -> Option<Sketch> {
        let mut sketcher = Sketcher::new();
        pairs.for_each(|pair| sketcher.add(mix(pair, 1)));
        sketcher.finish()
    }

    #[test]
    fn places_agree_as_often_as_pairs_are_shared() {
        for size in [40, 100, 1000] {
            for shared in [0.2, 0.5, 0.8] {
                let own = (size as f64 * (1.0 - shared) / (2.0 * shared)) as u64;
                let mut sum = 0.0;
                for round in 0..40 {
                    let base = round * 1_000_000;
                    let common = base..base + size;
                    let one = sketch(common.clone().chain(base + 100_000..base + 100_000 + own)).expect("enough pairs");
                    let two = sketch(common.chain(base + 200_000..base + 200_000 + own)).expect("enough pairs");
                    sum += one.0.iter().zip(&two.0).filter(|(a, b)| a == b).count() as f64 / PLACES as f64;
                }
                let mean = sum / 40.0;
                assert!((mean - shared).abs() < 0.05, "{size} pairs, {shared} shared, {mean} measured");
            }
        }
    }

    #[test]
    fn a_few_pairs_are_too_few() {
        assert_eq!(sketch(0..u64::from(FEWEST) - 1), None);
        assert!(sketch(0..u64::from(FEWEST)).is_some());
    }
}

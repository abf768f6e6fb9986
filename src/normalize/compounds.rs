//! How likely two words are to grow together: `sportsbooks` does what "sportswear" and "notebooks" do, `viablecandidate`
//! resembles no compound.
//!
//! No list holds all compounds, so an unlisted one must be told from two words that lost their space. The lexicon says
//! how many of its own words begin or end in a word; a new compound is made as the old ones are.

use crate::token::hash_folded;

/// Share of compounds whose part, on one side, is in no other compound.
const NEW_PART: f32 = 0.25;
/// Words that may be such a part, as a number of occurrences.
const NEW_PARTS: f32 = 20_000.0;

/// The parts of the compounds that the lexicon holds.
pub struct Compounds {
    /// By hash: decades of probability as the first part and as the second.
    parts: Vec<(u64, [f32; 2])>,
    /// The same of a word that is part of none.
    new: f32,
}

impl Compounds {
    /// Reads the rows of `rules/compounds.tsv`: a part, how many words begin with it and how many end in it. Rows that
    /// are none are passed over.
    pub fn new(rows: &str) -> Self {
        let row = |line: &str| {
            let mut fields = line.split('\t');
            let hash = hash_folded(fields.next()?);
            let mut count = || fields.next()?.parse::<u32>().ok();
            Some((hash, [count()?, count()?]))
        };
        let counted: Vec<(u64, [u32; 2])> = rows.lines().filter_map(row).collect();
        let total = [0, 1].map(|side: usize| counted.iter().map(|(_, n)| n[side] as f32).sum::<f32>().max(1.0));
        let cost = |side: usize, n: u32| ((1.0 - NEW_PART) * n as f32 / total[side] + NEW_PART / NEW_PARTS).log10();
        let mut parts: Vec<_> = counted.iter().map(|&(hash, n)| (hash, [cost(0, n[0]), cost(1, n[1])])).collect();
        parts.sort_unstable_by_key(|(hash, _)| *hash);
        Compounds { parts, new: (NEW_PART / NEW_PARTS).log10() }
    }

    /// By how many decades two words are likelier to be a compound than two that are in none.
    pub fn likelihood(&self, first: u64, second: u64) -> f32 {
        self.part(first)[0] + self.part(second)[1] - 2.0 * self.new
    }

    fn part(&self, hash: u64) -> [f32; 2] {
        self.parts.binary_search_by_key(&hash, |(own, _)| *own).map_or([self.new; 2], |at| self.parts[at].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    #[test]
    fn new_compounds_are_made_as_old_ones_are() {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
        let compounds = Compounds::new(dictionary.text("compounds").expect("the list is carried"));
        let of = |a: &str, b: &str| compounds.likelihood(hash_folded(a), hash_folded(b));
        for (old, new) in [(["snow", "house"], ["viable", "candidate"]), (["super", "market"], ["market", "super"])] {
            assert!(of(old[0], old[1]) > of(new[0], new[1]), "{old:?} {new:?}");
        }
        assert_eq!(Compounds::new("no row\n").likelihood(1, 2), 0.0);
    }
}

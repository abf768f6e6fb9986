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
/// Bytes of a row of the shortest kind.
const SHORTEST_ROW: usize = 7;

/// The parts of the compounds that the lexicon holds.
pub struct Compounds {
    /// By hash: in how many a word is the first part and in how many the second.
    parts: Vec<(u64, [u32; 2])>,
    /// How many compounds there are, by either part.
    total: [u32; 2],
}

impl Compounds {
    /// Reads the rows of `rules/compounds.tsv`: a part, how many words begin with it and how many end in it. Rows that
    /// are none are passed over.
    pub fn new(rows: &str) -> Self {
        let row = |line: &str| {
            let (part, counts) = line.split_once('\t')?;
            let (first, second) = counts.split_once('\t')?;
            Some((hash_folded(part), [first.parse().ok()?, second.parse().ok()?]))
        };
        let mut parts: Vec<(u64, [u32; 2])> = Vec::with_capacity(rows.len() / SHORTEST_ROW);
        parts.extend(rows.lines().filter_map(row));
        parts.sort_unstable_by_key(|(hash, _)| *hash);
        let total = [0, 1].map(|side: usize| parts.iter().map(|(_, counts)| counts[side]).sum());
        Compounds { parts, total }
    }

    /// By how many decades two words are likelier to be a compound than two that are in none.
    pub fn likelihood(&self, first: u64, second: u64) -> f32 {
        self.of_part(first, 0) + self.of_part(second, 1)
    }

    fn of_part(&self, hash: u64, side: usize) -> f32 {
        let counts = self.parts.binary_search_by_key(&hash, |(own, _)| *own).map_or([0; 2], |at| self.parts[at].1);
        let share = counts[side] as f32 / self.total[side].max(1) as f32;
        (1.0 + (1.0 - NEW_PART) * share * NEW_PARTS / NEW_PART).log10()
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

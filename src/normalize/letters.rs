//! How much a word looks like English, or like a name, by its letters alone.
//!
//! Most unknown words of news are names that no list holds. To tell `Samekoand` (a name and a word, glued) from
//! `Samekobayev` (a name) the letters must be weighed: a trigram table, made from the lists when they are built, of
//! which this file only reads the numbers. Costs are decades of improbability: 2.0 is one in a hundred.

/// Longest word that is looked into, in bytes: the look costs a probe or two a letter.
pub const LONGEST: usize = 48;
/// Signs of the alphabet: the edge of a word and a to z.
const SIGNS: usize = 27;
/// Decades of one step of the table's alphabet, which begins at `0`.
const STEP: f32 = 0.06;
/// Cost of a letter that the tables do not know.
const UNKNOWN: f32 = 1.3;

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// English words.
    Word = 0,
    /// Names of people and places.
    Name = 1,
}

/// The two tables.
pub struct Letters {
    costs: [Vec<f32>; 2],
}

impl Letters {
    /// Reads the rows of `rules/letters.tsv`: model, context, costs. Rows that are none are passed over, and a missing
    /// table leaves every letter at the same cost.
    pub fn new(rows: &str) -> Self {
        let mut costs = [vec![UNKNOWN; SIGNS.pow(3)], vec![UNKNOWN; SIGNS.pow(3)]];
        for row in rows.lines() {
            let mut fields = row.split('\t');
            let (Some(model), Some(context), Some(signs)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            let &[a, b] = context.as_bytes() else {
                continue;
            };
            let table = &mut costs[usize::from(model == "name")];
            let row = (sign(a) * SIGNS + sign(b)) * SIGNS;
            for (slot, s) in table[row..row + SIGNS].iter_mut().zip(signs.bytes()) {
                *slot = f32::from(s.saturating_sub(b'0')) * STEP;
            }
        }
        Letters { costs }
    }

    #[inline]
    fn cost(&self, model: Model, a: usize, b: usize, c: usize) -> f32 {
        self.costs[model as usize][(a * SIGNS + b) * SIGNS + c]
    }

    /// Weighs every beginning and every end of one word at once; of a longer one than [`LONGEST`] only so many bytes.
    pub fn weigh(&self, model: Model, word: &[u8], out: &mut Weights) {
        let costs = &self.costs[model as usize];
        let (mut b, mut row, mut sum) = (0, 0, 0.0);
        out.up_to[0] = 0.0;
        for (i, &byte) in word[..word.len().min(LONGEST)].iter().enumerate() {
            let c = sign(byte);
            sum += costs[row * SIGNS + c];
            (out.signs[i], out.up_to[i + 1]) = (c as u8, sum);
            (row, b) = (b * SIGNS + c, c);
        }
    }

    /// Cost of the letters `from..to` of the weighed word as a word by themselves.
    pub fn of(&self, model: Model, weights: &Weights, from: usize, to: usize) -> f32 {
        // The first two letters stand after an edge; from the third on the running sum is right.
        let head = from + 2.min(to - from);
        let (mut a, mut b, mut sum) = (0, 0, 0.0);
        for &c in &weights.signs[from..head] {
            sum += self.cost(model, a, b, usize::from(c));
            (a, b) = (b, usize::from(c));
        }
        sum += weights.up_to[to] - weights.up_to[head];
        if to - from > 2 {
            (a, b) = (usize::from(weights.signs[to - 2]), usize::from(weights.signs[to - 1]));
        }
        sum + self.cost(model, a, b, 0)
    }
}

/// The running costs of one word; kept and filled anew.
#[derive(Debug)]
pub struct Weights {
    signs: [u8; LONGEST],
    up_to: [f32; LONGEST + 1],
}

impl Default for Weights {
    fn default() -> Self {
        Weights { signs: [0; LONGEST], up_to: [0.0; LONGEST + 1] }
    }
}

/// Number of a letter's sign; whatever is no Latin letter counts as an edge.
#[inline]
fn sign(byte: u8) -> usize {
    let letter = (byte | 0x20).wrapping_sub(b'a');
    if letter < 26 { usize::from(letter) + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    #[test]
    fn a_part_weighs_what_it_weighs_as_a_word() {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
        let letters = Letters::new(dictionary.text("letters").expect("the list is carried"));
        let (mut whole, mut part) = (Weights::default(), Weights::default());
        for model in [Model::Word, Model::Name] {
            letters.weigh(model, b"gatheringthe", &mut whole);
            for from in 0..11 {
                for to in from + 1..=12 {
                    letters.weigh(model, &b"gatheringthe"[from..to], &mut part);
                    let (one, other) = (letters.of(model, &whole, from, to), letters.of(model, &part, 0, to - from));
                    assert!((one - other).abs() < 1e-3, "{from}..{to}: {one} {other}");
                }
            }
        }
    }

    #[test]
    fn english_looks_like_english() {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
        let letters = Letters::new(dictionary.text("letters").expect("the list is carried"));
        let mut w = Weights::default();
        let mut cost = |word: &str| {
            letters.weigh(Model::Word, word.as_bytes(), &mut w);
            letters.of(Model::Word, &w, 0, word.len())
        };
        assert!(cost("gathering") < cost("gnirehtag"));
    }
}

//! What the lists know of every beginning and every end of one word.
//!
//! To divide a word is to ask of all its divisions what is known of both halves. The halves lie anywhere in the word
//! table, most of it out of any cache, so all are asked for at once and none is asked for twice.

use super::letters::LONGEST;
use crate::dictionary::Dictionary;
use crate::token::{NO_WORD, Pieces, hash_ascii};

/// One of the two halves of a division.
#[derive(Clone, Copy, Debug)]
pub struct Half {
    /// Hash of its folded form.
    pub hash: u64,
    /// Its classes.
    pub class: u32,
    /// Its number, or [`NO_WORD`].
    pub word: u32,
}

impl Half {
    /// Whether some list holds it.
    #[inline]
    pub fn is_listed(&self) -> bool {
        self.word != NO_WORD
    }
}

/// The halves of one word by the number of letters before the division; kept and filled anew.
#[derive(Debug)]
pub struct Halves {
    hashes: [u64; 2 * LONGEST],
    known: [(u32, u32); 2 * LONGEST],
}

impl Default for Halves {
    fn default() -> Self {
        Halves { hashes: [0; 2 * LONGEST], known: [(0, NO_WORD); 2 * LONGEST] }
    }
}

impl Halves {
    /// Reads those of the ASCII word `text[start..end]`, which has at most [`LONGEST`] letters.
    pub fn read(&mut self, dictionary: &Dictionary<'_>, text: &[u8], start: usize, end: usize) {
        let divisions = end - start - 1;
        let (hashes, _) = self.hashes.as_chunks_mut::<2>();
        match Pieces::new(text, start, end) {
            Some(pieces) => {
                for (k, halves) in (1..).zip(&mut hashes[..divisions]) {
                    *halves = [pieces.beginning(k), pieces.end(k)];
                }
            }
            None => {
                for (at, halves) in (start + 1..).zip(&mut hashes[..divisions]) {
                    *halves = [hash_ascii(text, start, at), hash_ascii(text, at, end)];
                }
            }
        }
        dictionary.probe_all(&self.hashes[..2 * divisions], &mut self.known);
    }

    /// The first `k` letters.
    #[inline]
    pub fn beginning(&self, k: usize) -> Half {
        self.half(2 * k - 2)
    }

    /// All letters but the first `k`.
    #[inline]
    pub fn end(&self, k: usize) -> Half {
        self.half(2 * k - 1)
    }

    #[inline]
    fn half(&self, at: usize) -> Half {
        let (class, word) = self.known[at];
        Half { hash: self.hashes[at], class, word }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_is_what_it_is_as_a_word() {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("shipped");
        let mut halves = Halves::default();
        for word in ["thegathering", "Samekoand", "internationalorganisations", "ab"] {
            let text = format!("({word}) and more");
            halves.read(&dictionary, text.as_bytes(), 1, 1 + word.len());
            for k in 1..word.len() {
                for (part, half) in [(&word[..k], halves.beginning(k)), (&word[k..], halves.end(k))] {
                    let hash = hash_ascii(part.as_bytes(), 0, part.len());
                    assert_eq!(half.hash, hash, "{part}");
                    assert_eq!((half.class, half.word), dictionary.probe(hash), "{part}");
                }
            }
        }
    }
}

//! Words with letters beyond ASCII, as those they fold to: what weighs letters knows a to z only.

use super::letters::LONGEST;
use crate::token::fold_word;

/// The letters of a word that has others than those of ASCII, each as the ASCII letters that it folds to.
pub struct Plain {
    /// The ASCII letters.
    pub letters: [u8; LONGEST],
    /// Where the letter that each stands for begins in the word, in bytes; `u8::MAX` within one.
    pub origins: [u8; LONGEST + 1],
    /// How many ASCII letters there are.
    pub len: usize,
}

impl Plain {
    /// None when the word has letters that fold to none of ASCII, or too many or too few.
    pub fn new(word: &str) -> Option<Plain> {
        let mut plain = Plain { letters: [0; LONGEST], origins: [u8::MAX; LONGEST + 1], len: 0 };
        let mut folded = String::new();
        for (at, c) in word.char_indices() {
            folded.clear();
            fold_word(c.encode_utf8(&mut [0; 4]), &mut folded);
            if !folded.bytes().all(|b| b.is_ascii_alphabetic()) || plain.len + folded.len() > LONGEST {
                return None;
            }
            if !folded.is_empty() {
                plain.origins[plain.len] = at as u8;
            }
            plain.letters[plain.len..plain.len + folded.len()].copy_from_slice(folded.as_bytes());
            plain.len += folded.len();
        }
        plain.origins[plain.len] = word.len() as u8;
        (plain.len > 1).then_some(plain)
    }

    /// Those of the divisions that fall between letters of the word itself and before one of ASCII: no English word
    /// begins with another, but what was read in a wrong encoding looks as if it did.
    pub fn between_letters(&self, word: &str, divisions: u64) -> u64 {
        let begins_plain = |k: &usize| word.as_bytes().get(usize::from(self.origins[*k])).is_some_and(u8::is_ascii);
        (0..self.len).filter(begins_plain).fold(0, |own, k| own | 1 << k) & divisions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_knows_where_it_came_from() {
        let plain = Plain::new("sinceÆröß").expect("all of them fold");
        assert_eq!(&plain.letters[..plain.len], b"sinceaeross");
        assert_eq!(plain.origins[..plain.len], [0, 1, 2, 3, 4, 5, u8::MAX, 7, 8, 10, u8::MAX]);
        assert_eq!(plain.between_letters("sinceÆröß", !0), 0b1001_1111);
        assert!(Plain::new("Москва").is_none());
    }
}

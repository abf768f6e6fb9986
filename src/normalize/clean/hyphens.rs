//! Words cut in two: by a hyphen at the end of a line, or by a character that nobody sees.

use super::draft::Draft;
use crate::dictionary::Dictionary;
use crate::token::{NO_WORD, fold_word, hash_folded};

/// Longest half of a word, in bytes.
const LONGEST: usize = 32;
/// Words up to this level of the lexicon are common.
const COMMON: u8 = 50;

/// What the lists say of how words are spelled.
pub(super) struct Spelling<'d, 'l> {
    dictionary: &'d Dictionary<'l>,
}

impl<'d, 'l> Spelling<'d, 'l> {
    pub fn new(dictionary: &'d Dictionary<'l>) -> Self {
        Spelling { dictionary }
    }

    /// Whether the letters before byte `start` and from byte `end` on are the halves of one word, as far as the lists
    /// know. Where both halves are words themselves, it must be a common one.
    pub fn is_one_word(&self, text: &str, start: usize, end: usize) -> bool {
        let left = &text[..start];
        let left = &left[left.len() - letters(left.chars().rev())..];
        let right = &text[end..];
        let right = &right[..letters(right.chars())];
        if left.is_empty() || right.is_empty() || left.len() > LONGEST || right.len() > LONGEST {
            return false;
        }
        let (mut folded, mut whole) = (String::new(), String::new());
        fold_word(left, &mut whole);
        fold_word(right, &mut folded);
        let both_known = self.level(&whole).is_some() && self.level(&folded).is_some();
        whole.push_str(&folded);
        self.level(&whole).is_some_and(|level| !both_known || (1..=COMMON).contains(&level))
    }

    /// The level of a folded word in the lexicon, 0 for a name; none when no list holds it.
    fn level(&self, folded: &str) -> Option<u8> {
        let (_, word) = self.dictionary.probe(hash_folded(folded));
        (word != NO_WORD).then(|| self.dictionary.word(word).map_or(0, |info| info.level))
    }
}

/// Bytes of the letters that a text begins with; hardly more than [`LONGEST`].
fn letters(text: impl Iterator<Item = char>) -> usize {
    let mut len = 0;
    for c in text.take_while(|c| c.is_alphabetic()) {
        len += c.len_utf8();
        if len > LONGEST {
            break;
        }
    }
    len
}

/// Joins words that were cut by a hyphen at the end of a line, where the lists know the joined one.
pub(super) fn mend(draft: &mut Draft<'_>, spelling: &Spelling<'_, '_>) {
    draft.edit(|pass| {
        let text = pass.text();
        for at in memchr::memchr_iter(b'-', text.as_bytes()) {
            let Some(next) = next_line(&text[at + 1..]) else { continue };
            let end = text.len() - next.len();
            let is_cut = next.starts_with(char::is_lowercase) && text[..at].ends_with(char::is_alphabetic);
            if is_cut && spelling.is_one_word(text, at, end) {
                pass.replace(at..end, "");
            }
        }
    });
}

/// What the next line begins with, where only the end of the line and white space stand before it.
fn next_line(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix('\r').unwrap_or(rest).strip_prefix('\n')?;
    // An empty line is the end of a paragraph.
    Some(rest.trim_start_matches([' ', '\t'])).filter(|line| !line.starts_with(['\n', '\r']))
}

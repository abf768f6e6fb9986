//! Reads single tokens of a text that is not cut: what [`super::Tokens`] would say of them.

use super::cut::{BLANK, beyond_ascii, form_of};
use super::{Sort, Token, fold, form, sort, writes_no_spaces};
use crate::kernel::{WordBits, Words};

/// A token, as far as names are looked up by it. Two numbers: so much is returned in registers, where nothing waits for
/// what was just written to memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Glance {
    /// Hash of its folded form; joined to it [`form::SPACE`], where it was asked what stands before it and that is white
    /// space.
    pub hash: u64,
    pub place: Place,
}

/// The first byte of a token, and one past its last: the lower and the upper half. All 0 where there is no token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place(u64);

impl Place {
    #[inline(always)]
    pub fn new(start: u32, end: u32) -> Self {
        Place(u64::from(start) | u64::from(end) << 32)
    }

    #[inline(always)]
    pub fn start(self) -> u32 {
        self.0 as u32
    }

    #[inline(always)]
    pub fn end(self) -> u32 {
        (self.0 >> 32) as u32
    }
}

/// Adds to the bits of a text the words that it has beyond ASCII. Returns whether spaces stand between all words: of a
/// text where they do not, the bits do not tell its tokens.
pub(crate) fn mark_words(text: &str, bits: &mut WordBits) -> bool {
    for number in 0..bits.beyond().len() {
        let block = bits.beyond()[number] as usize;
        let mut left = bits.block(block).beyond;
        while left != 0 {
            let at = block * 64 + left.trailing_zeros() as usize;
            // Letters and marks come one after the other as nobody can guess, so of the common ones there is no branch.
            let four = text.as_bytes().get(at..).and_then(<[u8]>::first_chunk).map_or([0; 4], |four| *four);
            let (mut len, mut is_word, is_mark) = common(four);
            if !is_word & !is_mark {
                // The end of a character that began in the block before.
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
                    left &= left - 1;
                    continue;
                };
                if writes_no_spaces(c) {
                    return false;
                }
                (len, is_word) = (c.len_utf8(), matches!(sort(c), Sort::Word));
            }
            let own = (1 << len) - 1;
            left &= !(own << (at % 64));
            bits.add_words(at, if is_word { own as u8 } else { 0 });
        }
    }
    true
}

/// The length of a character beyond ASCII, by its bytes and those behind it, and whether it is one of the common letters
/// or one of the common marks; those of [`sort`].
#[inline(always)]
fn common([first, second, third, _]: [u8; 4]) -> (usize, bool, bool) {
    let c = u32::from(first) << 8 | u32::from(second);
    let is_letter = (first.wrapping_sub(0xC3) < 7) & (c != 0xC397) & (c != 0xC3B7);
    let is_mark = (c == 0xE280) & (third.wrapping_sub(0x90) < 0x18)
        | (c == 0xE282) & (third >= 0xA0)
        | (c.wrapping_sub(0xC2A1) < 9);
    (if first < 0xE0 { 2 } else { 3 }, is_letter, is_mark)
}

/// Of so many bytes of a text, a space and a token behind it are read at once.
const WINDOW: usize = 17;

/// Reads tokens of a text by the bits of its bytes: a text, or one of its tokens, is looked at with a single branch, which
/// is taken where the token is rare: long, beyond ASCII, behind other white space than one space.
pub(crate) struct Reader<'t> {
    text: &'t str,
    words: Words<'t>,
    /// The last bytes of the text, and behind them bytes that no token has.
    tail: [u8; 2 * WINDOW],
    tail_start: usize,
    /// For the folded form of a rare word.
    folded: &'t mut String,
}

impl<'t> Reader<'t> {
    /// Of a text whose words were [marked](mark_words).
    pub fn new(text: &'t str, bits: &'t WordBits, folded: &'t mut String) -> Self {
        let mut tail = [!0; 2 * WINDOW];
        let tail_start = text.len().saturating_sub(WINDOW);
        let last = &text.as_bytes()[tail_start..];
        tail[..last.len()].copy_from_slice(last);
        Reader { text, words: bits.words(), tail, tail_start, folded }
    }

    /// The bytes from a place of the text on, the end included.
    #[inline(always)]
    fn window(&self, at: usize) -> &[u8; WINDOW] {
        let rest =
            self.text.as_bytes().get(at..at + WINDOW).or_else(|| self.tail.get(at - self.tail_start..)?.get(..WINDOW));
        rest.and_then(<[u8]>::first_chunk).expect("there is room behind the last bytes")
    }

    /// The token that begins at byte `at` or behind it.
    pub fn token(&mut self, at: u32) -> Option<Token> {
        token_at(self.text, at as usize, self.folded)
    }

    /// A byte of the text.
    #[inline(always)]
    pub fn byte(&self, at: u32) -> u8 {
        self.text.as_bytes()[at as usize]
    }

    /// The word that begins at byte `start`.
    #[inline(always)]
    pub fn word(&mut self, start: u32) -> Glance {
        let len = self.words.from(start as usize).trailing_ones();
        let (first, _) = self.window(start as usize).split_first_chunk().expect("sixteen of more");
        match fold::hash_plain_word(*first, len as usize) {
            (hash, true) => Glance { hash, place: Place::new(start, start + len) },
            _ => self.beyond_ascii(start, 0, len),
        }
    }

    /// The token behind one that ends at byte `at`.
    #[inline(always)]
    pub fn next(&mut self, at: u32) -> Glance {
        let window = self.window(at as usize);
        let space = u32::from(window[0] == b' ');
        let words = self.words.from(at as usize) >> space;
        let len = length(words);
        let first = window[space as usize..space as usize + 16].try_into().expect("a slice of sixteen bytes");
        let (hash, is_plain) = fold::hash_plain(first, len as usize);
        let start = at + space;
        if is_plain & !is_space(window[space as usize]) {
            return Glance { hash: hash ^ u64::from(form::SPACE * space), place: Place::new(start, start + len) };
        }
        self.beyond_ascii(start, space, words.trailing_ones())
    }

    /// The token that begins at byte `start`, behind so many spaces, and has so many bytes if it is a word; or a token
    /// behind it, if white space stands there.
    #[cold]
    #[inline(never)]
    fn beyond_ascii(&mut self, start: u32, space: u32, len: u32) -> Glance {
        let window = self.window(start as usize);
        let own = match window {
            [0xE2, 0x80, third @ 0x90..=0xA7, ..] => {
                let symbol = char::from_u32(0x2000 | u32::from(third & 0x3F)).map(fold::hash_symbol);
                symbol.map(|hash| (hash, 3))
            }
            _ if (1..=16).contains(&len) => {
                let mut bytes = [0; 16];
                bytes[..len as usize].copy_from_slice(&window[..len as usize]);
                fold::hash_latin(bytes).map(|hash| (hash, len))
            }
            _ => None,
        };
        if let Some((hash, len)) = own {
            return Glance { hash: hash ^ u64::from(form::SPACE * space), place: Place::new(start, start + len) };
        }
        token_at(self.text, (start - space) as usize, self.folded).map_or(Glance::default(), |token| {
            let hash = token.hash ^ u64::from(token.form & form::SPACE);
            Glance { hash, place: Place::new(token.start, token.end) }
        })
    }
}

/// The length of the token of ASCII whose first byte the lowest bit speaks of: a symbol is one byte.
#[inline(always)]
fn length(words: u64) -> u32 {
    (!words & !1 | (!words & 1) << 1).trailing_zeros()
}

#[inline(always)]
fn is_space(byte: u8) -> bool {
    (byte.wrapping_sub(b'\t') < 5) | (byte == b' ')
}

/// The first token at byte `at` or behind it, where a token or white space begins. Of its form, what stands before it is
/// told by [`form::SPACE`] alone, as if the text began there. Words of scripts without spaces are not cut.
pub(crate) fn token_at(text: &str, at: usize, folded: &mut String) -> Option<Token> {
    let bytes = text.as_bytes();
    let start = at + bytes[at..].iter().position(|&byte| !is_space(byte))?;
    let len = match bytes[start] {
        first if first.is_ascii_alphanumeric() => {
            bytes[start..].iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len() - start)
        }
        _ => 1,
    };
    let end = start + len;
    if !bytes[start].is_ascii()
        || bytes[start].is_ascii_alphanumeric() && bytes.get(end).is_some_and(|byte| !byte.is_ascii())
    {
        return token_beyond_ascii(text, at, folded);
    }
    let space = if start > at { form::SPACE } else { 0 };
    Some(one_token(&text[start..end], start, space, folded))
}

#[inline(never)]
fn token_beyond_ascii(text: &str, at: usize, folded: &mut String) -> Option<Token> {
    let mut characters = text[at..].char_indices().map(|(offset, c)| (at + offset, c));
    let is_space = |c: char| if c.is_ascii() { is_space(c as u8) } else { matches!(sort(c), Sort::Space) };
    let (start, first) = characters.find(|(_, c)| !is_space(*c))?;
    let space = if start > at { form::SPACE } else { 0 };
    let is_word = |c: char| if c.is_ascii() { c.is_ascii_alphanumeric() } else { matches!(sort(c), Sort::Word) };
    let end = if is_word(first) {
        characters.find(|(_, c)| !is_word(*c)).map_or(text.len(), |(end, _)| end)
    } else {
        start + first.len_utf8()
    };
    Some(one_token(&text[start..end], start, space, folded))
}

fn one_token(own: &str, start: usize, space: u32, folded: &mut String) -> Token {
    let Some(&first) = own.as_bytes().first().filter(|_| own.is_ascii()) else {
        return beyond_ascii(own, start, space, folded);
    };
    let (hash, form) = if first.is_ascii_alphanumeric() {
        (fold::hash_ascii(own.as_bytes(), 0, own.len()), form_of(own.as_bytes()))
    } else {
        (fold::hash_symbol(first.into()), form::OF_SYMBOL[usize::from(first)])
    };
    let symbol = if form & form::WORD != 0 { first } else { fold::fold_symbol(first.into()) as u8 };
    Token { hash, start: start as u32, end: (start + own.len()) as u32, form: form | space, symbol, ..BLANK }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Tokens;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_glance_sees_what_the_tokens_are(text in "([a-zA-Z0-9]{1,20}|[ .,'’-]|\\s{1,3}|[éßłİŉƙầ×÷“–£€\u{301}\u{ad}\u{a0}😀½]){0,40}") {
            let mut tokens = Tokens::default();
            tokens.tokenize(&text);
            let (mut bits, mut folded) = (WordBits::default(), String::new());
            bits.read(text.as_bytes());
            prop_assert!(mark_words(&text, &mut bits));
            let mut at = 0;
            for token in tokens.iter() {
                let own = token_at(&text, at, &mut folded).expect("there is a token");
                const GAP: u32 = form::LINE | form::PARAGRAPH | form::SPACE;
                prop_assert_eq!(own.form & !GAP, token.form & !GAP);
                // Before the first token, white space is noted of the one and not of the other.
                prop_assert!(at == 0 || (own.form ^ token.form) & form::SPACE == 0);
                prop_assert_eq!((own.hash, own.start, own.end), (token.hash, token.start, token.end));
                prop_assert_eq!(own.symbol, token.symbol);
                at = token.end as usize;
            }
            prop_assert!(token_at(&text, at, &mut folded).is_none());
            let mut reader = Reader::new(&text, &bits, &mut folded);
            for word in tokens.iter().filter(|token| token.form & form::WORD != 0) {
                let seen = reader.word(word.start);
                prop_assert_eq!((seen.hash, seen.place), (word.hash, Place::new(word.start, word.end)));
            }
            for (at, token) in tokens.iter().enumerate() {
                let seen = reader.next(token.end);
                match tokens.get(at + 1) {
                    Some(next) => {
                        prop_assert_eq!(seen.hash, next.hash ^ u64::from(next.form & form::SPACE));
                        prop_assert_eq!(seen.place, Place::new(next.start, next.end));
                    }
                    None => prop_assert_eq!(seen.place.end(), 0),
                }
            }
        }
    }
}

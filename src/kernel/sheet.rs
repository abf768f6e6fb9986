//! A buffer that takes whole words, of which only the first bytes count.
//!
//! What comes next is written over what was too much. So each byte is written once and where it stays: the buffer need not
//! be filled beforehand, and nothing is copied into it. The plain twin is [`Vec::extend_from_slice`].

#![allow(unsafe_code)]

/// The longest word, in bytes.
pub const WORD: usize = 64;
/// What fits between one [`Nib::turn`] and the next, in bytes.
const ROOM: usize = 1 << 13;

/// A buffer that a [`Nib`] appends to, and how far it may go.
pub struct Sheet<'s> {
    out: &'s mut Vec<u8>,
    /// Behind this place less than `ROOM` bytes are sure to be left for the beginnings of words.
    full: *const u8,
    /// The last place at which there are `WORD` bytes for a word.
    last: *const u8,
}

impl<'s> Sheet<'s> {
    /// The end of `out`.
    pub fn new(out: &'s mut Vec<u8>) -> Self {
        Sheet { out, full: std::ptr::null(), last: std::ptr::null() }
    }
}

/// A place on a sheet. Handed on by value, so that the place stays in a register.
///
/// Always: `at` lies in the buffer's memory, from its begin to `WORD` bytes behind `last`, which is the end of its capacity;
/// and all bytes before `at` are written. What was written counts once the nib has finished.
#[must_use]
pub struct Nib<'s> {
    sheet: &'s mut Sheet<'s>,
    at: *mut u8,
}

impl<'s> Nib<'s> {
    /// A nib at the end of the buffer.
    pub fn new(sheet: &'s mut Sheet<'s>) -> Self {
        Nib { sheet, at: std::ptr::null_mut() }.at_end()
    }

    /// Makes room for some words.
    #[inline(always)]
    pub fn turn(self) -> Self {
        if self.at.cast_const() <= self.sheet.full { self } else { self.appended(|_| {}) }
    }

    /// Writes a word; the first `len` bytes of it count.
    ///
    /// # Panics
    /// When there is no room left since the last turn, or the word is shorter.
    #[inline(always)]
    pub fn word<const N: usize>(mut self, word: &[u8; N], len: usize) -> Self {
        const { assert!(N <= WORD) }
        if len > N || self.at.cast_const() > self.sheet.last {
            beyond();
        }
        // SAFETY: from `last` and all places before it, `WORD` bytes lie in the buffer's memory, which the sheet borrows.
        // The word is not longer, nor is what of it counts, and that is written.
        unsafe {
            self.at.cast::<[u8; N]>().write_unaligned(*word);
            self.at = self.at.add(len);
        }
        self
    }

    /// Takes back the last byte.
    ///
    /// # Panics
    /// When there is none.
    #[inline(always)]
    pub fn back(mut self) -> Self {
        if self.at.cast_const() <= self.sheet.out.as_ptr() {
            beyond();
        }
        // SAFETY: there is a byte before this place.
        self.at = unsafe { self.at.sub(1) };
        self
    }

    /// Appends to the buffer in any other way, behind all that is written.
    #[inline(never)]
    pub fn appended(mut self, append: impl FnOnce(&mut Vec<u8>)) -> Self {
        self.count();
        append(self.sheet.out);
        self.at_end()
    }

    /// The buffer, with all that is written.
    pub fn finish(mut self) -> &'s mut Vec<u8> {
        self.count();
        self.sheet.out
    }

    /// How many bytes are in the buffer, up to here.
    #[inline]
    pub fn written(&self) -> usize {
        self.at.addr() - self.sheet.out.as_ptr().addr()
    }

    /// What is written from byte `begin` of the buffer on.
    ///
    /// # Panics
    /// When there are fewer bytes.
    pub fn since(&self, begin: usize) -> &[u8] {
        // SAFETY: all bytes before `at` are written, and nobody else has the buffer while the sheet borrows it.
        let all = unsafe { std::slice::from_raw_parts(self.sheet.out.as_ptr(), self.written()) };
        &all[begin..]
    }

    /// Lets the buffer know of all that is written.
    fn count(&mut self) {
        let len = self.written();
        // SAFETY: so many bytes are written, and `at` is not behind the capacity.
        unsafe { self.sheet.out.set_len(len) }
    }

    /// Goes to the end of the buffer, with room behind it.
    fn at_end(mut self) -> Self {
        let Sheet { out, full, last } = &mut *self.sheet;
        out.reserve(ROOM + WORD);
        *last = out.as_ptr().wrapping_add(out.capacity() - WORD);
        *full = last.wrapping_sub(ROOM);
        // SAFETY: the length is not above the capacity.
        self.at = unsafe { out.as_mut_ptr().add(out.len()) };
        self
    }
}

#[cold]
#[inline(never)]
fn beyond() -> ! {
    panic!("a word was written beyond its sheet");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_stands_in_the_buffer_in_order(
            before in prop::collection::vec(0u8.., 0..99),
            texts in prop::collection::vec((prop::collection::vec(0u8.., 0..=WORD), 0..4u8), 0..400),
        ) {
            let (mut out, mut expected) = (before.clone(), before.clone());
            let mut sheet = Sheet::new(&mut out);
            let mut nib = Nib::new(&mut sheet);
            for (text, way) in &texts {
                if *way == 0 {
                    nib = nib.appended(|out| out.extend_from_slice(text));
                } else {
                    let mut word = [b'!'; WORD];
                    word[..text.len()].copy_from_slice(text);
                    nib = nib.turn().word(&word, text.len());
                }
                expected.extend_from_slice(text);
                if *way == 1 && expected.pop().is_some() {
                    nib = nib.back();
                }
                prop_assert_eq!(nib.written(), expected.len());
                let begin = expected.len().min(before.len());
                prop_assert_eq!(nib.since(begin), &expected[begin..]);
            }
            prop_assert_eq!(&*nib.finish(), &expected);
            prop_assert_eq!(out, expected);
        }
    }

    #[test]
    #[should_panic(expected = "beyond its sheet")]
    fn nothing_is_written_beyond_the_capacity() {
        let mut out = Vec::new();
        let mut sheet = Sheet::new(&mut out);
        let mut nib = Nib::new(&mut sheet);
        loop {
            nib = nib.word(&[0; WORD], WORD);
        }
    }

    #[test]
    #[should_panic(expected = "beyond its sheet")]
    fn no_more_than_the_word_counts() {
        let mut out = Vec::new();
        Nib::new(&mut Sheet::new(&mut out)).word(b"ab", 3).finish();
    }

    #[test]
    #[should_panic(expected = "beyond its sheet")]
    fn nothing_is_taken_back_from_nothing() {
        let mut out = Vec::new();
        Nib::new(&mut Sheet::new(&mut out)).back().finish();
    }
}

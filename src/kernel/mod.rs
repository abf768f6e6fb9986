//! The vector kernels, mapped files and the buffer of records: the one folder where `unsafe` is allowed.
//!
//! Everything later reads the masks made here, so this is the only pass that looks at every byte of every article.
//! The plain twin ([`classify_scalar`]) says what the result is; the vector one must agree with it on any bytes
//! (`kernel_agrees` in tests/properties.rs).

#[cfg(target_arch = "x86_64")]
mod answer;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod mapped;
mod sheet;
mod words;

pub use mapped::{Large, Mapped};
pub use sheet::{Nib, Sheet, WORD};
pub use words::{WordBits, WordBlock, Words};

/// What the 64 bytes of one block are; bit `i` speaks of byte `i` of the block. One line of the cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C, align(64))]
pub struct Block {
    /// ASCII letters and digits.
    pub word: u64,
    /// ASCII white space: space, tab, line feed, vertical tab, form feed, carriage return.
    pub space: u64,
    /// The space alone.
    pub blank: u64,
    /// ASCII capitals.
    pub upper: u64,
    /// ASCII digits.
    pub digit: u64,
    /// Bytes of characters beyond ASCII.
    pub high: u64,
    /// Second and later bytes of such characters.
    pub inner: u64,
    /// What a clean text of ASCII has hardly anywhere: control characters that are no white space, carriage returns, `&`,
    /// and hyphens before a line feed.
    pub seldom: u64,
}

/// Sorts the bytes of a text into classes, 64 to a block. Bytes past the end of the text count as spaces.
///
/// Replaces the content of `blocks`.
pub fn classify(bytes: &[u8], blocks: &mut Vec<Block>) {
    blocks.clear();
    blocks.reserve(bytes.len() / 64 + 1);
    #[cfg(target_arch = "x86_64")]
    if let Some(proof) = avx512::available() {
        return avx512::classify(proof, bytes, blocks);
    } else if let Some(proof) = avx2::available() {
        return avx2::classify(proof, bytes, blocks);
    }
    classify_scalar(bytes, blocks);
}

/// Room that [`places`] asks for behind the last place.
pub const PLACES_MORE: usize = 64;

/// Writes the numbers of the bits that are set in `rows`, 64 in each, to the beginning of `out`. What lies behind them is
/// of no content.
///
/// # Panics
/// When `out` has no room for them and [`PLACES_MORE`] more.
#[inline]
pub fn places(rows: &[u64], out: &mut [u32]) {
    #[cfg(target_arch = "x86_64")]
    if let Some(proof) = avx512::available() {
        return avx512::places(proof, rows, out);
    }
    widely(Places { rows, out });
}

/// The plain twin of [`places`].
pub fn places_scalar(rows: &[u64], out: &mut [u32]) {
    Places { rows, out }.run();
}

struct Places<'r> {
    rows: &'r [u64],
    out: &'r mut [u32],
}

impl Wide for Places<'_> {
    type Answer = ();

    #[inline(always)]
    fn run(self) {
        /// As many places are written of any row, since nobody can guess how many it has; few rows of prose have more.
        const AT_LEAST: usize = 16;
        let mut at = 0;
        for (&row, base) in self.rows.iter().zip((0u32..).step_by(64)) {
            let room: &mut [u32; PLACES_MORE] = self.out[at..].first_chunk_mut().expect("there is room for a row more");
            let (most, rest) = room.split_at_mut(AT_LEAST);
            let mut bits = row;
            let mut write = |place: &mut u32| {
                *place = base + bits.trailing_zeros();
                bits &= bits.wrapping_sub(1);
                bits
            };
            let mut left = 0;
            most.iter_mut().for_each(|place| left = write(place));
            for place in rest {
                if left == 0 {
                    break;
                }
                left = write(place);
            }
            at += row.count_ones() as usize;
        }
    }
}

/// Asks for the cache line of `target`, to be there when it is read. Changes nothing but time.
#[inline(always)]
pub fn prefetch<T>(target: &T) {
    #[cfg(target_arch = "x86_64")]
    avx2::prefetch(target);
    #[cfg(not(target_arch = "x86_64"))]
    let _ = target;
}

/// Work that is worth compiling once more for a better processor.
pub trait Wide {
    /// What comes of it.
    type Answer;

    /// Does the work. Must be marked `#[inline(always)]`, and so must be what it calls and is to be compiled with it.
    fn run(self) -> Self::Answer;
}

/// Runs `work` compiled for a processor with AVX2 and BMI where there is one: what is inlined into it then shifts and
/// counts bits in one instruction instead of three. The code is the same, so the answer is.
#[inline]
pub fn widely<W: Wide>(work: W) -> W::Answer {
    #[cfg(target_arch = "x86_64")]
    if let Some(proof) = avx2::available() {
        return avx2::widely(proof, work);
    }
    work.run()
}

/// How many bytes a plane has.
pub const LANES: usize = 64;

/// Bit `i` of the answer: whether byte `i` of some plane has one of the bits that are wanted of that plane, which are byte
/// `p` of `wanted` for plane `p`, the lowest first.
#[inline]
pub fn any_of(planes: &[[u8; LANES]; 8], wanted: u64) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if let Some(proof) = avx2::available() {
        return avx2::any_of(proof, planes, wanted);
    }
    any_of_scalar(planes, wanted)
}

/// [`any_of`] of what is wanted everywhere, and known when the program is compiled: without a branch.
#[inline]
pub fn any_of_these<const WANTED: u64>(planes: &[[u8; LANES]; 8]) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if let Some(proof) = avx2::available() {
        return avx2::any_of_these::<WANTED>(proof, planes);
    }
    any_of_scalar(planes, WANTED)
}

/// The plain twin of [`any_of`] and [`any_of_these`].
pub fn any_of_scalar(planes: &[[u8; LANES]; 8], wanted: u64) -> u64 {
    let mut bits = 0;
    for (plane, wanted) in planes.iter().zip(wanted.to_le_bytes()) {
        for (i, byte) in plane.iter().enumerate() {
            bits |= u64::from(byte & wanted != 0) << i;
        }
    }
    bits
}

/// Bit `i` of the answer: whether byte `i` has one of the bits of `wanted`.
#[inline(always)]
pub fn having(bytes: &[u8; LANES], wanted: u8) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if let Some(proof) = avx2::available() {
        return avx2::having(proof, bytes, wanted);
    }
    having_scalar(bytes, wanted)
}

/// The plain twin of [`having`].
pub fn having_scalar(bytes: &[u8; LANES], wanted: u8) -> u64 {
    bytes.iter().enumerate().fold(0, |bits, (i, byte)| bits | u64::from(byte & wanted != 0) << i)
}

/// The bytes of 64 numbers, by plane: plane `p` has byte `p` of each of them, the lowest first.
#[inline]
pub fn planes(numbers: &[u32; LANES], planes: &mut [[u8; LANES]; 4]) {
    #[cfg(target_arch = "x86_64")]
    if let Some(proof) = avx2::available() {
        return avx2::planes(proof, numbers, planes);
    }
    planes_scalar(numbers, planes);
}

/// The plain twin of [`planes`].
pub fn planes_scalar(numbers: &[u32; LANES], planes: &mut [[u8; LANES]; 4]) {
    for (i, number) in numbers.iter().enumerate() {
        for (plane, byte) in planes.iter_mut().zip(number.to_le_bytes()) {
            plane[i] = byte;
        }
    }
}

/// Bit `i` of the answer: whether number `i` is `wanted`.
#[inline(always)]
pub fn equal(numbers: &[u32; 8], wanted: u32) -> u8 {
    #[cfg(target_arch = "x86_64")]
    return avx2::equal(numbers, wanted);
    #[cfg(not(target_arch = "x86_64"))]
    equal_scalar(numbers, wanted)
}

/// The plain twin of [`equal`].
pub fn equal_scalar(numbers: &[u32; 8], wanted: u32) -> u8 {
    numbers.iter().enumerate().fold(0, |bits, (i, &number)| bits | u8::from(number == wanted) << i)
}

/// The numbers of the bits that are set, in order.
#[inline(always)]
pub fn each_bit(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (bits != 0).then_some(bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        at
    })
}

/// The plain twin of [`classify`]: appends to `blocks`.
pub fn classify_scalar(bytes: &[u8], blocks: &mut Vec<Block>) {
    for (chunk, end) in bytes.chunks(64).zip((64..).step_by(64)) {
        blocks.push(one_block(chunk, bytes.get(end).copied()));
    }
}

/// The block of up to 64 bytes, behind which another may follow.
fn one_block(chunk: &[u8], following: Option<u8>) -> Block {
    let mut block = Block::default();
    for (i, &byte) in chunk.iter().enumerate() {
        let bit = 1u64 << i;
        match byte {
            b'a'..=b'z' => block.word |= bit,
            b'A'..=b'Z' => {
                block.word |= bit;
                block.upper |= bit;
            }
            b'0'..=b'9' => {
                block.word |= bit;
                block.digit |= bit;
            }
            b' ' => {
                block.space |= bit;
                block.blank |= bit;
            }
            9..=13 => block.space |= bit,
            0x80..=0xBF => {
                block.high |= bit;
                block.inner |= bit;
            }
            0xC0.. => block.high |= bit,
            _ => {}
        }
        let next = chunk.get(i + 1).copied().or(following);
        let is_seldom = match byte {
            b'\r' | b'&' => true,
            b'-' => next == Some(b'\n'),
            _ => byte.is_ascii_control() && !matches!(byte, 9..=13),
        };
        block.seldom |= u64::from(is_seldom) << i;
    }
    if chunk.len() < 64 {
        block.space |= !0u64 << chunk.len();
        block.blank |= !0u64 << chunk.len();
    }
    block
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The widest vectors alone are asked elsewhere, so here every kernel is that this processor can run.
        #[test]
        fn all_twins_agree(
            bytes in proptest::collection::vec(prop_oneof![any::<u8>(), proptest::sample::select(&b"-\n\r& a"[..])], 0..300),
            rows in proptest::collection::vec(prop_oneof![any::<u64>(), Just(0), Just(!0)], 0..9),
        ) {
            let (mut plain, mut fast) = (Vec::new(), Vec::new());
            classify_scalar(&bytes, &mut plain);
            if let Some(proof) = avx2::available() {
                avx2::classify(proof, &bytes, &mut fast);
                prop_assert_eq!(&fast, &plain);
            }
            if let Some(proof) = avx512::available() {
                fast.clear();
                avx512::classify(proof, &bytes, &mut fast);
                prop_assert_eq!(&fast, &plain);
            }
            let count = rows.iter().map(|row| row.count_ones() as usize).sum::<usize>();
            let bits = |bit: &u32| rows[*bit as usize / 64] >> (bit % 64) & 1 != 0;
            let expected: Vec<u32> = (0..64 * rows.len() as u32).filter(bits).collect();
            for find in [places, places_scalar] {
                let mut found = vec![0; count + PLACES_MORE];
                find(&rows, &mut found);
                prop_assert_eq!(&found[..count], &expected[..]);
            }
        }
    }
}

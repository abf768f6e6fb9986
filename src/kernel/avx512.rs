//! The AVX-512 twins: 64 bytes lie in one register, and what is told of them is a mask, which is a number at once.
//!
//! Checked against the scalar twins on random bytes.

#![allow(unsafe_code)]

use super::answer::Answer;
use super::{Block, avx2};
use std::arch::x86_64::*;
use std::mem::MaybeUninit;

/// Proof that this processor has what these kernels ask for.
#[derive(Clone, Copy)]
pub struct Avx512(());

/// The proof, where there is one, as [`avx2::available`].
#[inline(always)]
pub fn available() -> Option<Avx512> {
    static ANSWER: Answer = Answer::unasked();
    let has = ANSWER.get(|| {
        avx2::available().is_some()
            && is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vbmi2")
    });
    has.then_some(Avx512(()))
}

/// Bytes that a block speaks of.
const BLOCK: usize = 64;

/// Appends the blocks of `bytes`, of which the last is filled up with spaces.
pub fn classify(_: Avx512, bytes: &[u8], blocks: &mut Vec<Block>) {
    #[target_feature(enable = "avx512f,avx512bw,bmi1,bmi2")]
    fn run(bytes: &[u8], room: &mut [MaybeUninit<Block>]) {
        let (whole, rest) = bytes.as_chunks::<BLOCK>();
        let next_is_line = |end: usize| bytes.get(end) == Some(&b'\n');
        for ((chunk, room), at) in whole.iter().zip(&mut *room).zip((0..).step_by(BLOCK)) {
            if let Some(ahead) = bytes.get(at + avx2::AHEAD) {
                super::prefetch(ahead);
            }
            // SAFETY: the array is 64 readable bytes, and `loadu` asks for no alignment.
            let x = unsafe { _mm512_loadu_si512(chunk.as_ptr().cast()) };
            room.write(one_block(x, next_is_line(at + BLOCK)));
        }
        if let Some(room) = room.get_mut(whole.len()) {
            let blank = _mm512_set1_epi8(b' ' as i8);
            let own = !(!0 << rest.len());
            // SAFETY: `own` has a bit for each byte of `rest`, which is shorter than a block, and what it has no bit for
            // is not read.
            let x = unsafe { _mm512_mask_loadu_epi8(blank, own, rest.as_ptr().cast()) };
            room.write(one_block(x, false));
        }
    }
    let count = bytes.len().div_ceil(BLOCK);
    blocks.reserve(count);
    avx2::begin(bytes);
    let room = &mut blocks.spare_capacity_mut()[..count];
    // SAFETY: there is a proof that the processor has what `run` asks for.
    unsafe { run(bytes, room) };
    let len = blocks.len() + count;
    // SAFETY: there is room for `count` more, which `reserve` made, and `run` wrote each of them: one for each whole chunk
    // of `bytes`, and one for the rest, if there is any.
    unsafe { blocks.set_len(len) }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn one_block(x: __m512i, next_is_line: bool) -> Block {
    let letter = within::<b'a', 26>(_mm512_or_si512(x, _mm512_set1_epi8(0x20)));
    let digit = within::<b'0', 10>(x);
    let blank = is::<b' '>(x);
    let space = within::<9, 5>(x);
    let lines = is::<b'\n'>(x) >> 1 | u64::from(next_is_line) << 63;
    let control = within::<0, 32>(x) & !space | is::<0x7F>(x);
    Block {
        word: letter | digit,
        space: blank | space,
        blank,
        upper: within::<b'A', 26>(x),
        digit,
        high: _mm512_movepi8_mask(x),
        inner: within::<0x80, 64>(x),
        seldom: control | is::<b'\r'>(x) | is::<b'&'>(x) | is::<b'-'>(x) & lines,
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn is<const OWN: u8>(x: __m512i) -> u64 {
    _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8(OWN as i8))
}

/// Which bytes are one of the `COUNT` from `FIRST` on.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn within<const FIRST: u8, const COUNT: u8>(x: __m512i) -> u64 {
    let moved = _mm512_sub_epi8(x, _mm512_set1_epi8(FIRST as i8));
    _mm512_cmplt_epu8_mask(moved, _mm512_set1_epi8(COUNT as i8))
}

/// [`super::places`], which says how long `out` must be.
pub fn places(_: Avx512, rows: &[u64], out: &mut [u32]) {
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi2,popcnt")]
    fn run(rows: &[u64], out: &mut [u32]) {
        const NUMBERS: [u8; 64] = {
            let mut numbers = [0; 64];
            let mut at = 0;
            while at < 64 {
                numbers[at] = at as u8;
                at += 1;
            }
            numbers
        };
        // SAFETY: the array is 64 readable bytes, and `loadu` asks for no alignment.
        let numbers = unsafe { _mm512_loadu_si512(NUMBERS.as_ptr().cast()) };
        let mut at = 0;
        for (row, base) in rows.iter().zip((0..).step_by(64)) {
            let own = _mm512_maskz_compress_epi8(*row, numbers);
            let room: &mut [u32; 64] = out[at..].first_chunk_mut().expect("there is room for a row more");
            let base = _mm512_set1_epi32(base);
            let ([first, second, third, fourth], _) = room.as_chunks_mut::<16>() else {
                unreachable!("four times sixteen are 64")
            };
            let count = row.count_ones() as usize;
            // A row of prose has a dozen, seldom more than the first half can hold.
            write_places(first, _mm512_castsi512_si128(own), base);
            write_places(second, _mm512_extracti32x4_epi32::<1>(own), base);
            if count > 32 {
                write_places(third, _mm512_extracti32x4_epi32::<2>(own), base);
                write_places(fourth, _mm512_extracti32x4_epi32::<3>(own), base);
            }
            at += count;
        }
    }
    // SAFETY: there is a proof that the processor has what `run` asks for.
    unsafe { run(rows, out) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn write_places(room: &mut [u32; 16], bytes: __m128i, base: __m512i) {
    let places = _mm512_add_epi32(_mm512_cvtepu8_epi32(bytes), base);
    // SAFETY: the array is 16 numbers of 32 bits to write, and `storeu` asks for no alignment.
    unsafe { _mm512_storeu_si512(room.as_mut_ptr().cast(), places) }
}

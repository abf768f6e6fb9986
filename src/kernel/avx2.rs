//! The AVX2 twin of the byte classes, 64 bytes a step.
//!
//! Checked against the scalar twin on random bytes; the tail of a text goes through the scalar twin itself.

#![allow(unsafe_code)]

use super::{Block, LANES, classify_scalar};
use std::arch::x86_64::*;

/// Whether this processor has what the kernels ask for.
#[inline]
pub fn available() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("bmi1") && is_x86_feature_detected!("bmi2")
}

/// Asks for the cache line of `target`.
#[inline(always)]
pub fn prefetch<T>(target: &T) {
    // SAFETY: a prefetch reads nothing and faults on no address; SSE is part of every x86_64.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(target).cast()) }
}

/// Runs `work`, compiled for AVX2 and BMI. Must only be called where [`available`] holds.
#[inline(always)]
pub fn widely<R>(work: impl FnOnce() -> R) -> R {
    #[target_feature(enable = "avx2,bmi1,bmi2")]
    fn run<R>(work: impl FnOnce() -> R) -> R {
        work()
    }
    assert!(available());
    // SAFETY: the assertion has just shown that the processor has what `run` asks for.
    unsafe { run(work) }
}

/// Appends the blocks of `bytes`. Must only be called where [`available`] holds.
pub fn classify(bytes: &[u8], blocks: &mut Vec<Block>) {
    assert!(available());
    // SAFETY: the assertion has just shown that the processor has AVX2, which is all that `whole_blocks` asks for.
    let done = unsafe { whole_blocks(bytes, blocks) };
    classify_scalar(&bytes[done..], blocks);
}

/// [`super::any_of`], eight numbers a step. Must only be called where [`available`] holds.
pub fn any_of(left: &[u32; LANES], right: &[u32; LANES], in_left: u32, in_right: u32) -> u64 {
    #[target_feature(enable = "avx2")]
    fn run(left: &[u32; LANES], right: &[u32; LANES], in_left: u32, in_right: u32) -> u64 {
        let (in_left, in_right) = (_mm256_set1_epi32(in_left as i32), _mm256_set1_epi32(in_right as i32));
        let (left, _) = left.as_chunks::<8>();
        let (right, _) = right.as_chunks::<8>();
        let mut none = 0;
        for (i, (l, r)) in left.iter().zip(right).enumerate() {
            // SAFETY: both point at eight numbers, and the load asks for no alignment.
            let (l, r) = unsafe { (_mm256_loadu_si256(l.as_ptr().cast()), _mm256_loadu_si256(r.as_ptr().cast())) };
            let both = _mm256_or_si256(_mm256_and_si256(l, in_left), _mm256_and_si256(r, in_right));
            let is_zero = _mm256_cmpeq_epi32(both, _mm256_setzero_si256());
            none |= u64::from(_mm256_movemask_ps(_mm256_castsi256_ps(is_zero)) as u32) << (8 * i);
        }
        !none
    }
    assert!(available());
    // SAFETY: the assertion has just shown that the processor has AVX2.
    unsafe { run(left, right, in_left, in_right) }
}

#[target_feature(enable = "avx2")]
fn whole_blocks(bytes: &[u8], blocks: &mut Vec<Block>) -> usize {
    let mut done = 0;
    for chunk in bytes.chunks_exact(64) {
        let (halves, _) = chunk.as_chunks::<32>();
        let (a, b) = (half(&halves[0]), half(&halves[1]));
        blocks.push(Block { word: join(a.0, b.0), space: join(a.1, b.1), high: join(a.2, b.2), inner: join(a.3, b.3) });
        done += 64;
    }
    done
}

#[inline]
fn join(low: u32, high: u32) -> u64 {
    u64::from(low) | u64::from(high) << 32
}

/// Word, space, high and inner bits of 32 bytes.
///
/// Never inlined: where the compiler sees that two of these masks are joined to one of 64 bits, it takes the whole
/// computation apart into single bytes, a dozen times slower (seen with rustc 1.95).
#[inline(never)]
#[target_feature(enable = "avx2")]
fn half(bytes: &[u8; 32]) -> (u32, u32, u32, u32) {
    // SAFETY: the array is 32 readable bytes, and `loadu` asks for no alignment.
    let x = unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) };
    let lower = _mm256_or_si256(x, _mm256_set1_epi8(0x20));
    let word = _mm256_or_si256(within::<b'a', 26>(lower), within::<b'0', 10>(x));
    let space = _mm256_or_si256(_mm256_cmpeq_epi8(x, _mm256_set1_epi8(b' ' as i8)), within::<9, 5>(x));
    let inner = within::<0x80, 64>(x);
    (bits(word), bits(space), bits(x), bits(inner))
}

/// All ones where a byte is one of the `COUNT` from `FIRST` on. A function of its own, not a closure: a closure would
/// not be compiled for AVX2, and each step of it would be a call.
#[inline]
#[target_feature(enable = "avx2")]
fn within<const FIRST: u8, const COUNT: u8>(x: __m256i) -> __m256i {
    // Moved so that the range begins at the least signed byte, one signed comparison tells.
    let moved = _mm256_add_epi8(x, _mm256_set1_epi8(i8::MIN.wrapping_sub(FIRST as i8)));
    _mm256_cmpgt_epi8(_mm256_set1_epi8(i8::MIN.wrapping_add(COUNT as i8)), moved)
}

#[inline]
#[target_feature(enable = "avx2")]
fn bits(mask: __m256i) -> u32 {
    _mm256_movemask_epi8(mask) as u32
}

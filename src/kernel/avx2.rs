//! The AVX2 twin of the byte classes, 64 bytes a step.
//!
//! Checked against the scalar twin on random bytes; the tail of a text goes through the scalar twin itself.

#![allow(unsafe_code)]

use super::{Block, LANES, Wide, classify_scalar};
use std::arch::x86_64::*;
use std::sync::LazyLock;

/// Whether this processor has what the kernels ask for. Asked once, since the standard library looks at each feature
/// anew.
#[inline]
pub fn available() -> bool {
    static AVAILABLE: LazyLock<bool> = LazyLock::new(|| {
        is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("lzcnt")
            && is_x86_feature_detected!("popcnt")
    });
    *AVAILABLE
}

/// Asks for the cache line of `target`.
#[inline(always)]
pub fn prefetch<T>(target: &T) {
    // SAFETY: a prefetch reads nothing and faults on no address; SSE is part of every x86_64.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(target).cast()) }
}

/// Runs `work`, compiled for AVX2 and BMI. Must only be called where [`available`] holds.
#[inline]
pub fn widely<W: Wide>(work: W) -> W::Answer {
    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    fn run<W: Wide>(work: W) -> W::Answer {
        work.run()
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

/// [`super::any_of`], 32 numbers a step. Must only be called where [`available`] holds.
#[inline]
pub fn any_of(left: &[u32; LANES], right: &[u32; LANES], in_left: u32, in_right: u32) -> u64 {
    #[target_feature(enable = "avx2")]
    fn run(left: &[u32; LANES], right: &[u32; LANES], in_left: u32, in_right: u32) -> u64 {
        let (in_left, in_right) = (_mm256_set1_epi32(in_left as i32), _mm256_set1_epi32(in_right as i32));
        let (left, _) = left.as_chunks::<32>();
        let (right, _) = right.as_chunks::<32>();
        let low = none_of(&left[0], &right[0], in_left, in_right);
        let high = none_of(&left[1], &right[1], in_left, in_right);
        !join(low, high)
    }
    assert!(available());
    // SAFETY: the assertion has just shown that the processor has AVX2.
    unsafe { run(left, right, in_left, in_right) }
}

/// Of 32 pairs of numbers, which have none of the bits.
#[inline]
#[target_feature(enable = "avx2")]
fn none_of(left: &[u32; 32], right: &[u32; 32], in_left: __m256i, in_right: __m256i) -> u32 {
    let (left, _) = left.as_chunks::<8>();
    let (right, _) = right.as_chunks::<8>();
    // Four times eight answers of 32 bits are packed to 32 of 8; packing goes on within the halves of a vector, so the
    // quarters are put in order at the end. Written out: a closure would not be compiled for AVX2.
    let a = are_none(&left[0], &right[0], in_left, in_right);
    let b = are_none(&left[1], &right[1], in_left, in_right);
    let c = are_none(&left[2], &right[2], in_left, in_right);
    let d = are_none(&left[3], &right[3], in_left, in_right);
    let packed = _mm256_packs_epi16(_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
    let order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    bits(_mm256_permutevar8x32_epi32(packed, order))
}

/// All ones where a pair of numbers has none of the bits.
#[inline]
#[target_feature(enable = "avx2")]
fn are_none(left: &[u32; 8], right: &[u32; 8], in_left: __m256i, in_right: __m256i) -> __m256i {
    // SAFETY: both point at eight numbers, and the load asks for no alignment.
    let (l, r) = unsafe { (_mm256_loadu_si256(left.as_ptr().cast()), _mm256_loadu_si256(right.as_ptr().cast())) };
    let both = _mm256_or_si256(_mm256_and_si256(l, in_left), _mm256_and_si256(r, in_right));
    _mm256_cmpeq_epi32(both, _mm256_setzero_si256())
}

#[target_feature(enable = "avx2")]
fn whole_blocks(bytes: &[u8], blocks: &mut Vec<Block>) -> usize {
    let mut done = 0;
    for chunk in bytes.chunks_exact(64) {
        let (halves, _) = chunk.as_chunks::<32>();
        let (a, b) = (half(&halves[0]), half(&halves[1]));
        blocks.push(Block {
            word: join(a.word, b.word),
            space: join(a.space, b.space),
            blank: join(a.blank, b.blank),
            upper: join(a.upper, b.upper),
            digit: join(a.digit, b.digit),
            high: join(a.high, b.high),
            inner: join(a.inner, b.inner),
        });
        done += 64;
    }
    done
}

#[inline]
fn join(low: u32, high: u32) -> u64 {
    u64::from(low) | u64::from(high) << 32
}

/// The masks of a [`Block`] for 32 bytes.
struct Half {
    word: u32,
    space: u32,
    blank: u32,
    upper: u32,
    digit: u32,
    high: u32,
    inner: u32,
}

/// The bits of 32 bytes.
///
/// Never inlined: where the compiler sees that two of these masks are joined to one of 64 bits, it takes the whole
/// computation apart into single bytes, a dozen times slower (seen with rustc 1.95).
#[inline(never)]
#[target_feature(enable = "avx2")]
fn half(bytes: &[u8; 32]) -> Half {
    // SAFETY: the array is 32 readable bytes, and `loadu` asks for no alignment.
    let x = unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) };
    let letter = within::<b'a', 26>(_mm256_or_si256(x, _mm256_set1_epi8(0x20)));
    let digit = within::<b'0', 10>(x);
    let blank = _mm256_cmpeq_epi8(x, _mm256_set1_epi8(b' ' as i8));
    Half {
        word: bits(_mm256_or_si256(letter, digit)),
        space: bits(_mm256_or_si256(blank, within::<9, 5>(x))),
        blank: bits(blank),
        upper: bits(within::<b'A', 26>(x)),
        digit: bits(digit),
        high: bits(x),
        inner: bits(within::<0x80, 64>(x)),
    }
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

//! The AVX2 twin of the byte classes, 64 bytes a step.
//!
//! Checked against the scalar twin on random bytes.

#![allow(unsafe_code)]

use super::answer::Answer;
use super::{Block, LANES, Wide};
use std::arch::x86_64::*;
use std::mem::MaybeUninit;

/// Proof that this processor has what the kernels ask for.
#[derive(Clone, Copy)]
pub struct Avx2(());

/// The proof, where there is one.
#[inline(always)]
pub fn available() -> Option<Avx2> {
    static ANSWER: Answer = Answer::unasked();
    let has = ANSWER.get(|| {
        is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("lzcnt")
            && is_x86_feature_detected!("popcnt")
    });
    has.then_some(Avx2(()))
}

/// Asks for the cache line of `target`.
#[inline(always)]
pub fn prefetch<T>(target: &T) {
    // SAFETY: a prefetch reads nothing and faults on no address; SSE is part of every x86_64.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(target).cast()) }
}

/// Runs `work`, compiled for AVX2 and BMI.
#[inline]
pub fn widely<W: Wide>(_: Avx2, work: W) -> W::Answer {
    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    fn run<W: Wide>(work: W) -> W::Answer {
        work.run()
    }
    // SAFETY: there is a proof that the processor has what `run` asks for.
    unsafe { run(work) }
}

/// Appends the blocks of `bytes`.
pub fn classify(_: Avx2, bytes: &[u8], blocks: &mut Vec<Block>) {
    // SAFETY: there is a proof that the processor has AVX2, which is all that `all_blocks` asks for.
    unsafe { all_blocks(bytes, blocks) }
}

/// Reads of `bytes`, 64 of them a step, which are of words, which are tall and which are beyond ASCII; see
/// [`super::WordBits`].
pub fn words(_: Avx2, bytes: &[u8], bits: [&mut [[u8; 8]]; 3]) {
    #[target_feature(enable = "avx2")]
    fn run(bytes: &[u8], [word, tall, beyond]: [&mut [[u8; 8]]; 3]) {
        begin(bytes);
        let (lines, rest) = bytes.as_chunks::<BLOCK>();
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        let lines = lines.iter().chain((!rest.is_empty()).then_some(&last));
        let places = word.iter_mut().zip(tall).zip(beyond);
        for ((line, ((word, tall), beyond)), ahead) in lines.zip(places).zip((AHEAD..).step_by(BLOCK)) {
            if let Some(ahead) = bytes.get(ahead) {
                prefetch(ahead);
            }
            let (halves, _) = line.as_chunks::<32>();
            let (low, high) = (three(&halves[0]), three(&halves[1]));
            *word = join(low[0], high[0]).to_le_bytes();
            *tall = join(low[1], high[1]).to_le_bytes();
            *beyond = join(low[2], high[2]).to_le_bytes();
        }
    }
    // SAFETY: there is a proof that the processor has AVX2.
    unsafe { run(bytes, bits) }
}

/// The bits of half a block that [`words`] asks for.
#[inline]
#[target_feature(enable = "avx2")]
fn three(half: &[u8; 32]) -> [u32; 3] {
    let x = load(half);
    let letter = within::<b'a', 26>(_mm256_or_si256(x, _mm256_set1_epi8(0x20)));
    let digit = within::<b'0', 10>(x);
    [bits(_mm256_or_si256(letter, digit)), bits(_mm256_or_si256(within::<b'A', 26>(x), digit)), bits(x)]
}

/// [`super::any_of`], 32 bytes a step.
#[inline]
pub fn any_of(_: Avx2, planes: &[[u8; LANES]; 8], wanted: u64) -> u64 {
    #[inline]
    #[target_feature(enable = "avx2,bmi1,bmi2")]
    fn run(planes: &[[u8; LANES]; 8], wanted: u64) -> u64 {
        let zero = _mm256_setzero_si256();
        let (mut low, mut high) = (zero, zero);
        let mut rest = wanted;
        while rest != 0 {
            // Plane by plane; those of which nothing is wanted are not looked at.
            let shift = rest.trailing_zeros() & !7;
            let (halves, _) = planes[shift as usize / 8].as_chunks::<32>();
            let own = _mm256_set1_epi8((wanted >> shift) as i8);
            low = _mm256_or_si256(low, _mm256_and_si256(load(&halves[0]), own));
            high = _mm256_or_si256(high, _mm256_and_si256(load(&halves[1]), own));
            rest &= !(0xFF << shift);
        }
        !join(bits(_mm256_cmpeq_epi8(low, zero)), bits(_mm256_cmpeq_epi8(high, zero)))
    }
    // SAFETY: there is a proof that the processor has AVX2 and BMI.
    unsafe { run(planes, wanted) }
}

/// [`super::any_of_these`], 32 bytes a step.
#[inline]
pub fn any_of_these<const WANTED: u64>(_: Avx2, planes: &[[u8; LANES]; 8]) -> u64 {
    #[inline]
    #[target_feature(enable = "avx2")]
    fn run<const WANTED: u64>(planes: &[[u8; LANES]; 8]) -> u64 {
        let zero = _mm256_setzero_si256();
        let (mut low, mut high) = (zero, zero);
        let mut at = 0;
        while at < 8 {
            let own = (WANTED >> (8 * at)) as u8;
            if own != 0 {
                let (halves, _) = planes[at].as_chunks::<32>();
                let own = _mm256_set1_epi8(own as i8);
                low = _mm256_or_si256(low, _mm256_and_si256(load(&halves[0]), own));
                high = _mm256_or_si256(high, _mm256_and_si256(load(&halves[1]), own));
            }
            at += 1;
        }
        !join(bits(_mm256_cmpeq_epi8(low, zero)), bits(_mm256_cmpeq_epi8(high, zero)))
    }
    // SAFETY: there is a proof that the processor has AVX2.
    unsafe { run::<WANTED>(planes) }
}

/// [`super::having`], 32 bytes a step.
#[inline(always)]
pub fn having(_: Avx2, bytes: &[u8; LANES], wanted: u8) -> u64 {
    #[inline]
    #[target_feature(enable = "avx2")]
    fn run(bytes: &[u8; LANES], wanted: u8) -> u64 {
        let (halves, _) = bytes.as_chunks::<32>();
        let (own, zero) = (_mm256_set1_epi8(wanted as i8), _mm256_setzero_si256());
        let low = _mm256_cmpeq_epi8(_mm256_and_si256(load(&halves[0]), own), zero);
        let high = _mm256_cmpeq_epi8(_mm256_and_si256(load(&halves[1]), own), zero);
        !join(bits(low), bits(high))
    }
    // SAFETY: there is a proof that the processor has AVX2.
    unsafe { run(bytes, wanted) }
}

/// [`super::planes`], 32 numbers a step.
#[inline]
pub fn planes(_: Avx2, numbers: &[u32; LANES], planes: &mut [[u8; LANES]; 4]) {
    #[target_feature(enable = "avx2")]
    fn run(numbers: &[u32; LANES], planes: &mut [[u8; LANES]; 4]) {
        let (eights, _) = numbers.as_chunks::<8>();
        let [zero, one, two, three] = planes;
        for (half, eights) in eights.as_chunks::<4>().0.iter().enumerate() {
            // Each half of a vector becomes four bytes of plane 0, four of plane 1 and so on; then the fours of one
            // plane are brought together, and at the end put in order.
            let [a, b, c, d] = [fours(&eights[0]), fours(&eights[1]), fours(&eights[2]), fours(&eights[3])];
            let (ab, cd) = (_mm256_unpacklo_epi32(a, b), _mm256_unpacklo_epi32(c, d));
            store(&mut zero.as_chunks_mut().0[half], _mm256_unpacklo_epi64(ab, cd));
            store(&mut one.as_chunks_mut().0[half], _mm256_unpackhi_epi64(ab, cd));
            let (ab, cd) = (_mm256_unpackhi_epi32(a, b), _mm256_unpackhi_epi32(c, d));
            store(&mut two.as_chunks_mut().0[half], _mm256_unpacklo_epi64(ab, cd));
            store(&mut three.as_chunks_mut().0[half], _mm256_unpackhi_epi64(ab, cd));
        }
    }
    #[inline]
    #[target_feature(enable = "avx2")]
    fn fours(numbers: &[u32; 8]) -> __m256i {
        let by_plane = _mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        _mm256_shuffle_epi8(load_numbers(numbers), _mm256_broadcastsi128_si256(by_plane))
    }
    #[inline]
    #[target_feature(enable = "avx2")]
    fn store(bytes: &mut [u8; 32], fours: __m256i) {
        let ordered = _mm256_permutevar8x32_epi32(fours, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
        // SAFETY: the array is 32 bytes to write, and `storeu` asks for no alignment.
        unsafe { _mm256_storeu_si256(bytes.as_mut_ptr().cast(), ordered) }
    }
    // SAFETY: there is a proof that the processor has AVX2.
    unsafe { run(numbers, planes) }
}

/// [`super::equal`], of SSE2, which every x86_64 has: a line of a table is so short that to ask for more takes longer.
#[inline(always)]
pub fn equal(numbers: &[u32; 8], wanted: u32) -> u8 {
    let ([low, high], _) = numbers.as_chunks::<4>() else { unreachable!("twice four are eight") };
    // SAFETY: SSE2 is part of every x86_64; each half is four numbers of 32 bits to read, and `loadu` asks for no
    // alignment.
    unsafe {
        let wanted = _mm_set1_epi32(wanted as i32);
        let low = _mm_cmpeq_epi32(_mm_loadu_si128(low.as_ptr().cast()), wanted);
        let high = _mm_cmpeq_epi32(_mm_loadu_si128(high.as_ptr().cast()), wanted);
        let both = _mm_packs_epi32(low, high);
        _mm_movemask_epi8(_mm_packs_epi16(both, both)) as u8
    }
}

#[inline]
#[target_feature(enable = "avx2")]
fn load_numbers(numbers: &[u32; 8]) -> __m256i {
    // SAFETY: the array is eight numbers of 32 bits to read, and `loadu` asks for no alignment.
    unsafe { _mm256_loadu_si256(numbers.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn load(bytes: &[u8; 32]) -> __m256i {
    // SAFETY: the array is 32 readable bytes, and `loadu` asks for no alignment.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}

/// Appends the blocks of `bytes`, of which the last is filled up with spaces.
#[target_feature(enable = "avx2")]
fn all_blocks(bytes: &[u8], blocks: &mut Vec<Block>) {
    let count = bytes.len().div_ceil(BLOCK);
    blocks.reserve(count);
    let room = &mut blocks.spare_capacity_mut()[..count];
    begin(bytes);
    // Each block is read with the byte that follows it.
    let whole = bytes.len().saturating_sub(1) / BLOCK;
    let ahead = (AHEAD..).step_by(BLOCK);
    for ((chunk, room), ahead) in bytes.windows(BLOCK + 1).step_by(BLOCK).zip(&mut room[..whole]).zip(ahead) {
        if let Some(ahead) = bytes.get(ahead) {
            prefetch(ahead);
        }
        let chunk = chunk.first_chunk().expect("a window has its length");
        one_block(chunk, room);
    }
    if let Some(room) = room.get_mut(whole) {
        let mut last = [b' '; BLOCK + 1];
        let rest = &bytes[whole * BLOCK..];
        last[..rest.len()].copy_from_slice(rest);
        one_block(&last, room);
    }
    let len = blocks.len() + count;
    // SAFETY: there is room for `count` more, which `reserve` made, and `one_block` wrote each of them.
    unsafe { blocks.set_len(len) }
}

/// Bytes that a block speaks of, and a line of the cache holds.
const BLOCK: usize = 64;
/// So many bytes are asked for together where a text begins; then a line more with each that is read. Few articles are so
/// long that the processor would see by itself that they are read on.
pub(super) const AHEAD: usize = 16 * BLOCK;

/// Asks for the beginning of a text.
#[inline]
pub(super) fn begin(bytes: &[u8]) {
    for line in bytes[..bytes.len().min(AHEAD)].chunks(BLOCK) {
        prefetch(&line[0]);
    }
}

/// Writes the block of the first 64 bytes.
///
/// Each mask is written in two halves of 32 bits, and read as one of 64 only later: where the compiler sees that two of
/// them are joined, it takes the whole computation apart into single bytes, a dozen times slower (seen with rustc 1.95).
#[inline]
#[target_feature(enable = "avx2")]
fn one_block(bytes: &[u8; BLOCK + 1], room: &mut MaybeUninit<Block>) {
    let (own, next) = bytes.split_at(BLOCK / 2);
    let (low, high) = (own.first_chunk(), next.first_chunk());
    let (low_next, high_next) = (bytes[1..].first_chunk(), next[1..].first_chunk());
    let (Some(low), Some(high), Some(low_next), Some(high_next)) = (low, high, low_next, high_next) else {
        unreachable!("a block and a byte have two halves, and two that are a byte on")
    };
    let halves: *mut [u32; 2] = room.as_mut_ptr().cast();
    let write = |half: usize, masks: [u32; 8]| {
        let mut field = 0;
        while field < masks.len() {
            // SAFETY: a block is eight fields of 64 bits in the order of `half_block`'s masks, each of which is written in
            // its two halves, the lower bytes first as this processor reads them. So all of the block is written.
            unsafe { (&raw mut (*halves.add(field))[half]).write(masks[field]) }
            field += 1;
        }
    };
    write(0, half_block(load(low), load(low_next)));
    write(1, half_block(load(high), load(high_next)));
}

/// The masks of a [`Block`] for 32 bytes, in the order of its fields; `next` are the bytes that follow each.
#[inline]
#[target_feature(enable = "avx2")]
fn half_block(x: __m256i, next: __m256i) -> [u32; 8] {
    let letter = within::<b'a', 26>(_mm256_or_si256(x, _mm256_set1_epi8(0x20)));
    let digit = within::<b'0', 10>(x);
    let blank = is::<b' '>(x);
    let space = within::<9, 5>(x);
    let control = _mm256_or_si256(within::<0, 32>(x), is::<0x7F>(x));
    let reference = _mm256_or_si256(is::<b'\r'>(x), is::<b'&'>(x));
    let hyphen = _mm256_and_si256(is::<b'-'>(x), is::<b'\n'>(next));
    let seldom = _mm256_or_si256(_mm256_andnot_si256(space, control), _mm256_or_si256(reference, hyphen));
    [
        bits(_mm256_or_si256(letter, digit)),
        bits(_mm256_or_si256(blank, space)),
        bits(blank),
        bits(within::<b'A', 26>(x)),
        bits(digit),
        bits(x),
        bits(within::<0x80, 64>(x)),
        bits(seldom),
    ]
}

#[inline]
fn join(low: u32, high: u32) -> u64 {
    u64::from(low) | u64::from(high) << 32
}

/// All ones where a byte is `OWN`.
#[inline]
#[target_feature(enable = "avx2")]
fn is<const OWN: u8>(x: __m256i) -> __m256i {
    _mm256_cmpeq_epi8(x, _mm256_set1_epi8(OWN as i8))
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

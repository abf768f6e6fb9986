//! Numbers as decimal digits, a word at a time.
//!
//! Nearly half of a record's values are numbers. Those beyond the table of small ones (`number.rs`), fractions and dates
//! have their digits worked out side by side in one register, without a loop.

/// The ASCII digit zero in each of eight bytes.
pub(super) const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The four digits of a number below ten thousand, the first in the lowest byte, as values 0–9.
#[inline(always)]
pub(super) fn four(number: u32) -> u32 {
    debug_assert!(number < 10_000);
    // 5243 / 2^19 is 1/100, and 103 / 2^10 is 1/10, near enough for every number that can stand there.
    let hundreds = (number * 5243) >> 19;
    let pairs = hundreds | (number - hundreds * 100) << 16;
    let tens = (pairs * 103) >> 10 & 0x000F_000F;
    tens | (pairs - tens * 10) << 8
}

/// The eight digits of a number below a hundred million, the first in the lowest byte, as values 0–9: [`four`] of its two
/// halves side by side.
#[inline(always)]
pub(super) fn eight(number: u32) -> u64 {
    debug_assert!(number < 100_000_000);
    let halves = u64::from(number / 10_000) | u64::from(number % 10_000) << 32;
    let hundreds = (halves * 5243) >> 19 & 0x0000_007F_0000_007F;
    let pairs = hundreds | (halves - hundreds * 100) << 16;
    let tens = (pairs * 103) >> 10 & 0x000F_000F_000F_000F;
    tens | (pairs - tens * 10) << 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_number() {
        for number in 0..10_000u32 {
            let bytes = (four(number) | ZEROS as u32).to_le_bytes();
            assert_eq!(bytes.as_slice(), format!("{number:04}").as_bytes());
        }
        for number in (0..100_000_000u32).step_by(99_991) {
            let bytes = (eight(number) | ZEROS).to_le_bytes();
            assert_eq!(bytes.as_slice(), format!("{number:08}").as_bytes());
        }
    }
}

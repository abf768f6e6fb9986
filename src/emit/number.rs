//! Numbers, as JSON writes them.

use super::digits::{ZEROS, eight, four};
use super::pen::Pen;

/// Scores by hundredths, without trailing zeros: the digits and how many.
static SCORES: [([u8; 4], u32); 101] = {
    let mut scores = [(*b"0.00", 1); 101];
    let mut hundredths = 1;
    while hundredths < 100 {
        let (tens, ones) = (hundredths / 10, hundredths % 10);
        scores[hundredths] = ([b'0', b'.', b'0' + tens as u8, b'0' + ones as u8], if ones == 0 { 3 } else { 4 });
        hundredths += 1;
    }
    scores[100] = (*b"1.00", 1);
    scores
};

/// The digits of numbers of up to four and a comma behind them, and in the highest byte how many digits.
///
/// An article's positions lie close together, so what is read of the table stays in a cache near by.
static DIGITS: [u64; 10_000] = {
    let mut words = [0; 10_000];
    let mut number = 0;
    while number < words.len() {
        let (mut left, mut digits, mut len) = (number as u64, b',' as u64, 0);
        while len == 0 || left > 0 {
            digits = digits << 8 | (b'0' as u64 + left % 10);
            left /= 10;
            len += 1;
        }
        words[number] = digits | len << 56;
        number += 1;
    }
    words
};

impl Pen<'_> {
    /// An unsigned number.
    #[inline(always)]
    pub fn number(self, number: u32) -> Self {
        self.number_then(number, b"")
    }

    /// An unsigned number and what stands behind it.
    #[inline(always)]
    pub fn number_then<const A: usize>(self, number: u32, after: &[u8; A]) -> Self {
        let pen = match DIGITS.get(number as usize) {
            Some(digits) => self.word(&digits.to_le_bytes(), (digits >> 56) as usize),
            None => self.large(u64::from(number)),
        };
        pen.raw(after)
    }

    /// Two positions and what stands behind them: `start,end]…`.
    #[inline(always)]
    pub fn span<const A: usize>(self, start: u32, end: u32, after: &[u8; A]) -> Self {
        let (Some(first), Some(last)) = (DIGITS.get(start as usize), DIGITS.get(end as usize)) else {
            return self.wide_span(start, end).raw(after);
        };
        self.word(&first.to_le_bytes(), (first >> 56) as usize + 1)
            .word(&last.to_le_bytes(), (last >> 56) as usize)
            .raw(b"]")
            .raw(after)
    }

    #[inline(never)]
    fn wide_span(self, start: u32, end: u32) -> Self {
        self.number_then(start, b",").number_then(end, b"]")
    }

    #[inline(never)]
    fn large(self, number: u64) -> Self {
        if number >= 100_000_000 {
            let mut buffer = itoa::Buffer::new();
            return self.bytes_of_any_length(buffer.format(number).as_bytes());
        }
        let digits = eight(number as u32);
        let zeros = (digits | 1 << 56).trailing_zeros() & !7;
        self.word(&((digits | ZEROS) >> zeros).to_le_bytes(), 8 - zeros as usize / 8)
    }

    /// A number with a fraction; a whole one is written without (`2400`, not `2400.0`).
    #[inline(never)]
    pub fn float(self, number: f64) -> Self {
        let whole = number as i64;
        if whole as f64 == number && number.abs() < 9.0e15 {
            return self.raw_if(whole < 0, b"-").large(whole.unsigned_abs());
        }
        // A decimal of fifteen digits or fewer that reads back as the number is the shortest one that does.
        let size = (number * 10_000.0).round();
        if size.abs() < 2.0e9 && size / 10_000.0 == number {
            return self.ten_thousandths(size as i32);
        }
        let mut buffer = ryu::Buffer::new();
        self.bytes_of_any_length(buffer.format_finite(number).as_bytes())
    }

    /// A number of ten-thousandths, as a decimal fraction without trailing zeros.
    #[inline]
    pub fn ten_thousandths(self, number: i32) -> Self {
        let size = number.unsigned_abs();
        let digits = four(size % 10_000);
        let word = u64::from(digits | ZEROS as u32) << 8 | u64::from(b'.');
        let len = if digits == 0 { 0 } else { 5 - digits.leading_zeros() as usize / 8 };
        self.raw_if(number < 0, b"-").number(size / 10_000).word(&word.to_le_bytes(), len)
    }

    /// A score with two decimals.
    #[inline(always)]
    pub fn score(self, score: f32) -> Self {
        let hundredths = f64::from(score.clamp(0.0, 1.0) * 100.0) + 0.5;
        let (digits, len) = &SCORES[hundredths as usize];
        self.word(digits, *len as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::super::pen::tests::written;
    use proptest::prelude::*;

    #[test]
    fn scores_have_two_decimals_and_no_zeros_behind() {
        for (score, text) in
            [(0.0, "0"), (0.004, "0"), (0.1, "0.1"), (0.755, "0.76"), (0.9, "0.9"), (0.999, "1"), (3.0, "1")]
        {
            assert_eq!(written(|pen| pen.score(score)), text, "{score}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_as_the_standard_library_writes_them(number: u32, small in 0..20_000u32, more in 0..200_000u32) {
            prop_assert_eq!(written(|pen| pen.number(number)), number.to_string());
            prop_assert_eq!(written(|pen| pen.number_then(small, b"bcde")), format!("{small}bcde"));
            let span = written(|pen| pen.span(small, small + more, b",\"text\":\""));
            prop_assert_eq!(span, format!("{small},{}],\"text\":\"", small + more));
        }

        #[test]
        fn fractions_are_the_shortest_that_read_back(size in -1_000_000_000..1_000_000_000i64, places in 0..8i32, any: f64) {
            let decimal = size as f64 / 10f64.powi(places);
            for number in [decimal, any] {
                if number.is_finite() && number.fract() != 0.0 {
                    let text = written(|pen| pen.float(number));
                    let mut buffer = ryu::Buffer::new();
                    prop_assert_eq!(text.as_str(), buffer.format_finite(number));
                }
            }
        }
    }
}

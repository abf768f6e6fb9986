//! Offsets in a sentence, as rows of bits: what is asked of a few tokens is then asked without passing the others.

/// Offsets in a row.
pub const ROW: usize = u64::BITS as usize;

/// A set of offsets in a sentence.
#[derive(Debug, Default)]
pub struct Bits {
    rows: Vec<u64>,
}

impl Bits {
    /// Forgets all, and makes room for offsets up to and with `length`.
    #[inline]
    pub fn lay(&mut self, length: usize) {
        self.rows.clear();
        self.rows.resize(length / ROW + 1, 0);
    }

    /// How many rows there are.
    #[inline]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Forgets all.
    #[inline(always)]
    pub fn clear(&mut self) {
        self.rows.clear();
    }

    /// Adds the next row.
    #[inline(always)]
    pub fn push(&mut self, row: u64) {
        self.rows.push(row);
    }

    /// The row of the offsets from `row * ROW` on.
    #[inline(always)]
    pub fn row(&self, row: usize) -> u64 {
        self.rows[row]
    }

    /// The offsets from `from` on, as many as a row holds. Another row stands behind theirs.
    #[inline(always)]
    pub fn window(&self, from: usize) -> u64 {
        let (row, shift) = (from / ROW, from % ROW);
        self.rows[row] >> shift | self.rows[row + 1] << 1 << (ROW - 1 - shift)
    }

    /// Whether an offset is one of them.
    #[inline(always)]
    pub fn has(&self, at: usize) -> bool {
        self.rows[at / ROW] >> (at % ROW) & 1 != 0
    }

    /// Whether an offset of a stretch is one of them. Another row stands behind it.
    #[inline(always)]
    pub fn meets(&self, from: usize, end: usize) -> bool {
        let mut from = from;
        while from + ROW < end {
            if self.window(from) != 0 {
                return true;
            }
            from += ROW;
        }
        from < end && self.window(from) << (ROW - (end - from)) != 0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().fold(0, |bits, row| bits | row) == 0
    }

    /// Adds the offsets of a stretch. Another row stands behind its own.
    #[inline(always)]
    pub fn add(&mut self, from: usize, end: usize) {
        if end - from >= ROW {
            return self.edit(from, end, |row, bits| *row |= bits);
        }
        // Whether so few offsets lie in one row or two is not asked.
        let (bits, shift) = (!(!0 << (end - from)), from % ROW);
        if let Some([own, next]) = self.rows[from / ROW..].first_chunk_mut() {
            *own |= bits << shift;
            *next |= bits >> 1 >> (ROW - 1 - shift);
        }
    }

    /// Takes out the offsets of a stretch.
    pub fn remove(&mut self, from: usize, end: usize) {
        self.edit(from, end, |row, bits| *row &= !bits);
    }

    #[inline(never)]
    fn edit(&mut self, from: usize, end: usize, change: impl Fn(&mut u64, u64)) {
        let behind = |at: usize| !0 << (at % ROW);
        let mut bits = behind(from);
        for row in from / ROW..end / ROW {
            change(&mut self.rows[row], bits);
            bits = !0;
        }
        change(&mut self.rows[end / ROW], bits & !behind(end));
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::random;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn stretches_are_their_offsets() {
        const LENGTH: usize = 300;
        let mut random = random(11);
        for _ in 0..2000 {
            let (mut bits, mut known) = (Bits::default(), BTreeSet::new());
            bits.lay(LENGTH + ROW);
            for _ in 0..random(6) {
                let (from, longest) = (random(LENGTH), [3, 70, 200][random(3)]);
                let end = (from + random(longest)).min(LENGTH);
                if random(3) > 0 {
                    bits.add(from, end);
                    known.extend(from..end);
                } else {
                    bits.remove(from, end);
                    known.retain(|at| !(from..end).contains(at));
                }
            }
            assert!((0..LENGTH).all(|at| bits.has(at) == known.contains(&at)));
            let from = random(LENGTH);
            let end = from + random(LENGTH - from);
            assert_eq!(bits.meets(from, end), known.range(from..end).next().is_some(), "{from}..{end} of {known:?}");
        }
    }
}

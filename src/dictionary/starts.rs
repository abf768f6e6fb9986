//! Where names may begin: a few bits by the hashes of words, in as much memory as a second-level cache holds.
//!
//! Of the words of a text hardly any is a name or begins one. Who knows no more of a word than its hash asks here first,
//! and asks the tables, which lie in memory, only for what is left.

use super::{Dictionary, class, trie};
use crate::kernel;

/// Bits by hash: what may be a name, and what may begin one. Nothing that is or does is denied.
pub(crate) struct Starts {
    /// Words that are a name by themselves.
    alone: Bits,
    /// Words that are a name or begin one also in small letters.
    small: Bits,
    has_small: bool,
    /// Two words that begin a name, and three or more that do.
    pairs: Bits,
}

impl Starts {
    /// Reads them off the tables of a dictionary.
    pub fn new(dictionary: &Dictionary<'_>) -> Starts {
        const ALONE: u32 = class::NAME | class::NAME_SMALL | class::NAME_CAPITALS;
        const SMALL: u32 = class::NAME_SMALL | class::NAME_START_SMALL;
        let count = |bits: u32| dictionary.table.halves().filter(|(_, told)| told.class & bits != 0).count();
        let small_words = count(SMALL);
        let (mut alone, mut small) = (Bits::for_rows(count(ALONE)), Bits::for_rows(small_words));
        for (half, told) in dictionary.table.halves() {
            if told.class & ALONE != 0 {
                alone.put(half);
            }
            if told.class & SMALL != 0 {
                small.put(half);
            }
        }
        let beginnings = trie::halves(dictionary.beginnings);
        let mut pairs = Bits::for_rows(beginnings.clone().count());
        beginnings.for_each(|half| pairs.put(half));
        Starts { alone, small, has_small: small_words > 0, pairs }
    }

    /// Whether any name may begin with a small letter.
    pub fn has_small(&self) -> bool {
        self.has_small
    }

    /// Words that may be a name by themselves.
    #[inline(always)]
    pub fn alone(&self) -> Hashes<'_> {
        self.alone.open()
    }

    /// Words that may be a name or begin one in small letters.
    #[inline(always)]
    pub fn small(&self) -> Hashes<'_> {
        self.small.open()
    }

    /// Keys of two words that may begin a name.
    #[inline(always)]
    pub fn pairs(&self) -> Hashes<'_> {
        self.pairs.open()
    }
}

/// Hashes of which bits tell that they may be meant.
#[derive(Clone, Copy)]
pub(crate) struct Hashes<'s> {
    rows: &'s [u64],
    shift: u32,
}

impl Hashes<'_> {
    /// Whether a hash may be meant; what is meant is never denied.
    #[inline(always)]
    pub fn may_hold(self, hash: u64) -> bool {
        let bits = Bits::of(hash as u32);
        self.rows[(hash as u32 >> self.shift) as usize] & bits == bits
    }

    /// Asks for what [`Hashes::may_hold`] reads.
    #[inline(always)]
    pub fn expect(self, hash: u64) {
        kernel::prefetch(&self.rows[(hash as u32 >> self.shift) as usize]);
    }
}

/// Two bits a hash, both in one row, by its lower half.
struct Bits {
    rows: Vec<u64>,
    /// How far a half is shifted to be the number of a row.
    shift: u32,
}

/// The logarithm of the most rows, of eight bytes each: two such tables are as large as a second-level cache. Larger ones
/// deny more, but are waited for.
const MOST: u32 = 17;

impl Bits {
    /// Empty ones for so many hashes, with sixteen bits for each.
    fn for_rows(count: usize) -> Bits {
        let size = (count / 4).next_power_of_two().ilog2().clamp(4, MOST);
        Bits { rows: vec![0; 1 << size], shift: 32 - size }
    }

    fn put(&mut self, half: u32) {
        self.rows[(half >> self.shift) as usize] |= Bits::of(half);
    }

    #[inline(always)]
    fn open(&self) -> Hashes<'_> {
        Hashes { rows: &self.rows, shift: self.shift }
    }

    /// The bits in its row.
    #[inline(always)]
    fn of(half: u32) -> u64 {
        1 << (half & 63) | 1 << (half >> 6 & 63)
    }
}

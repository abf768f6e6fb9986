//! Where names may begin: a few bits by the hashes of words, in as much memory as a second-level cache holds.
//!
//! Of the words of a text hardly any is a name or begins one. Who knows no more of a word than its hash asks here first,
//! and asks the tables, which lie in memory, only for what is left.

use super::{Dictionary, class, trie};
use crate::kernel;

/// Bits by hash: what may be a name, and what may begin one. Nothing that is or does is denied.
pub(crate) struct Starts {
    /// Words that are a name by themselves and, turned by half a row, words that begin a longer one.
    firsts: Bits,
    /// Words that are a name or begin one also in small letters.
    small: Bits,
    has_small: bool,
    /// Two words that begin a name, and three or more that do.
    longer: Bits,
}

impl Starts {
    /// Reads them off the tables of a dictionary.
    pub fn new(dictionary: &Dictionary<'_>) -> Starts {
        const ALONE: u32 = class::NAME | class::NAME_SMALL | class::NAME_CAPITALS;
        const BEGINS: u32 = class::NAME_START | class::NAME_START_SMALL;
        const SMALL: u32 = class::NAME_SMALL | class::NAME_START_SMALL;
        let counts = dictionary.table.halves().fold([0; 3], |counts, (_, told)| {
            let has = |bits: u32| usize::from(told.class & bits != 0);
            [counts[0] + has(ALONE), counts[1] + has(BEGINS), counts[2] + has(SMALL)]
        });
        let [alone, begins, small_words] = counts;
        let (mut firsts, mut small) = (Bits::for_rows(alone + begins), Bits::for_rows(small_words));
        for (half, told) in dictionary.table.halves() {
            if told.class & ALONE != 0 {
                firsts.put(half, Bits::of(half));
            }
            if told.class & BEGINS != 0 {
                firsts.put(half, Bits::of(half).rotate_left(TURN));
            }
            if told.class & SMALL != 0 {
                small.put(half, Bits::of(half));
            }
        }
        let beginnings = trie::halves(dictionary.beginnings);
        let mut longer = Bits::for_rows(beginnings.clone().count());
        beginnings.for_each(|half| longer.put(half, Bits::of(half)));
        Starts { firsts, small, has_small: small_words > 0, longer }
    }

    /// Whether any name may begin with a small letter.
    pub fn has_small(&self) -> bool {
        self.has_small
    }

    /// First words of names.
    #[inline(always)]
    pub fn firsts(&self) -> Hashes<'_> {
        self.firsts.open()
    }

    /// Words that may be a name or begin one in small letters.
    #[inline(always)]
    pub fn small(&self) -> Hashes<'_> {
        self.small.open()
    }

    /// Keys of two words or more that may begin a name.
    #[inline(always)]
    pub fn longer(&self) -> Hashes<'_> {
        self.longer.open()
    }
}

/// How far the bits of a word that begins a longer name are turned.
const TURN: u32 = 32;

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

    /// Of the hash of a word: whether it may be a name by itself, and whether it may begin a longer one.
    #[inline(always)]
    pub fn may_be_or_begin(self, hash: u64) -> [bool; 2] {
        let (row, bits) = (self.rows[(hash as u32 >> self.shift) as usize], Bits::of(hash as u32));
        [row & bits == bits, row.rotate_right(TURN) & bits == bits]
    }

    /// Asks for what the others read.
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

    /// Sets these bits in the row of a half.
    fn put(&mut self, half: u32, bits: u64) {
        self.rows[(half >> self.shift) as usize] |= bits;
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

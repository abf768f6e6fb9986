//! A few hashes out of many, told from nearly all others in a first-level cache.

/// Remembers one bit a hash: it never denies a hash that was put in, and seldom lets another through.
#[derive(Clone, Copy, Debug)]
pub struct Sieve([u64; 64]);

impl Default for Sieve {
    fn default() -> Self {
        Sieve([0; 64])
    }
}

impl Sieve {
    /// Puts a hash in.
    #[inline]
    pub fn put(&mut self, hash: u64) {
        self.0[(hash >> 58) as usize] |= 1 << (hash >> 52 & 63);
    }

    /// Whether a hash may have been put in.
    #[inline(always)]
    pub fn may_hold(&self, hash: u64) -> bool {
        self.0[(hash >> 58) as usize] >> (hash >> 52 & 63) & 1 != 0
    }
}

//! Which bytes of a text are of words, as bits that can be read from any place on.
//!
//! Who looks for a few words only, and knows how those begin, need not cut the text: three bits a byte are enough.

/// Bits of the bytes of a text, the first byte's lowest. Kept, and filled anew for each text.
#[derive(Debug, Default)]
pub struct WordBits {
    /// Room for blocks of 64 bytes, of which the first `blocks` are the text's and one more is empty: it never shrinks.
    word: Vec<[u8; 8]>,
    tall: Vec<[u8; 8]>,
    beyond: Vec<[u8; 8]>,
    blocks: usize,
    /// Numbers of the blocks that have characters beyond ASCII: the first so many.
    beyond_at: Vec<u32>,
    beyond_count: usize,
}

/// Which bytes of a text are of words.
#[derive(Clone, Copy, Debug)]
pub struct Words<'b> {
    /// Eight bits each, and behind the text no less than 64 that are not set.
    bytes: &'b [u8],
}

impl Words<'_> {
    /// The bits of the bytes from byte `at` of the text on: 57 of them at least, the first lowest.
    ///
    /// # Panics
    /// When `at` lies behind the text's end.
    #[inline(always)]
    pub fn from(self, at: usize) -> u64 {
        let eight = self.bytes[at / 8..at / 8 + 8].try_into().expect("a slice of eight bytes");
        u64::from_le_bytes(eight) >> (at % 8)
    }
}

/// The bits of one block of 64 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordBlock {
    /// Letters and digits: of ASCII, and those that were [said](WordBits::add_words) to be some.
    pub word: u64,
    /// Capitals and digits of ASCII.
    pub tall: u64,
    /// Bytes of characters beyond ASCII.
    pub beyond: u64,
}

impl WordBits {
    /// Reads a text.
    pub fn read(&mut self, bytes: &[u8]) {
        self.read_by(bytes, Self::write);
    }

    /// The plain twin of [`WordBits::read`].
    pub fn read_scalar(&mut self, bytes: &[u8]) {
        self.read_by(bytes, Self::write_scalar);
    }

    fn read_by(&mut self, bytes: &[u8], write: impl Fn(&mut Self, &[u8])) {
        self.make_room(bytes.len());
        write(self, bytes);
        self.note_beyond();
    }

    fn write(&mut self, bytes: &[u8]) {
        #[cfg(target_arch = "x86_64")]
        if let Some(proof) = super::avx2::available() {
            super::avx2::words(proof, bytes, [&mut self.word, &mut self.tall, &mut self.beyond]);
            return;
        }
        self.write_scalar(bytes);
    }

    fn write_scalar(&mut self, bytes: &[u8]) {
        for (at, bytes) in bytes.chunks(64).enumerate() {
            let bits = |is: fn(&u8) -> bool| {
                (0..).zip(bytes).fold(0u64, |bits, (at, byte)| bits | u64::from(is(byte)) << at).to_le_bytes()
            };
            self.word[at] = bits(u8::is_ascii_alphanumeric);
            self.tall[at] = bits(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
            self.beyond[at] = bits(|byte| !byte.is_ascii());
        }
    }

    /// Room for a text of so many bytes. What lies in the blocks is of a text before; only behind the text it is nothing.
    fn make_room(&mut self, bytes: usize) {
        self.blocks = bytes.div_ceil(64);
        for bits in [&mut self.word, &mut self.tall, &mut self.beyond] {
            bits.resize(bits.len().max(self.blocks + 1), [0; 8]);
            bits[self.blocks] = [0; 8];
        }
        self.beyond_at.resize(self.word.len(), 0);
    }

    /// Which blocks have characters beyond ASCII cannot be guessed, so there is no branch on it.
    fn note_beyond(&mut self) {
        self.beyond_count = 0;
        for (at, bits) in (0..).zip(&self.beyond[..self.blocks]) {
            self.beyond_at[self.beyond_count] = at;
            self.beyond_count += usize::from(*bits != [0; 8]);
        }
    }

    /// The numbers of the blocks that have characters beyond ASCII.
    #[inline]
    pub fn beyond(&self) -> &[u32] {
        &self.beyond_at[..self.beyond_count]
    }

    /// Number of blocks.
    pub fn blocks(&self) -> usize {
        self.blocks
    }

    /// A block of the text.
    #[inline(always)]
    pub fn block(&self, at: usize) -> WordBlock {
        WordBlock {
            word: u64::from_le_bytes(self.word[at]),
            tall: u64::from_le_bytes(self.tall[at]),
            beyond: u64::from_le_bytes(self.beyond[at]),
        }
    }

    /// The bits of words, to be read from any byte on.
    #[inline]
    pub fn words(&self) -> Words<'_> {
        Words { bytes: self.word.as_flattened() }
    }

    /// Says that some of the bytes from byte `at` on are of a word: those whose bits are set, the first lowest.
    #[inline(always)]
    pub fn add_words(&mut self, at: usize, own: u8) {
        let bytes = self.word.as_flattened_mut();
        let [low, high] = (u16::from(own) << (at % 8)).to_le_bytes();
        bytes[at / 8] |= low;
        bytes[at / 8 + 1] |= high;
    }
}

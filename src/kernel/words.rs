//! Which bytes of a text are of words, as bits that can be read from any place on.
//!
//! Who looks for a few words only, and knows how those begin, need not cut the text: three bits a byte are enough.

/// Bits of the bytes of a text, the first byte's lowest. Kept, and filled anew for each text.
#[derive(Debug, Default)]
pub struct WordBits {
    /// Room for blocks of 64 bytes, of which the first `blocks` are the text's and one more is empty: it never shrinks.
    word: Vec<[[u8; 4]; 2]>,
    tall: Vec<[[u8; 4]; 2]>,
    beyond: Vec<[[u8; 4]; 2]>,
    blocks: usize,
}

/// The bits of one block of 64 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordBlock {
    /// Letters and digits: of ASCII, and those that were [said](WordBits::set_words) to be some.
    pub word: u64,
    /// Capitals and digits of ASCII.
    pub tall: u64,
    /// Bytes of characters beyond ASCII.
    pub beyond: u64,
}

/// Where the bits of half a block are put.
pub(super) struct Half<'b> {
    pub word: &'b mut [u8; 4],
    pub tall: &'b mut [u8; 4],
    pub beyond: &'b mut [u8; 4],
}

impl WordBits {
    /// Reads a text.
    pub fn read(&mut self, bytes: &[u8]) {
        #[cfg(target_arch = "x86_64")]
        if let Some(proof) = super::avx2::available() {
            super::avx2::words(proof, bytes, self.halves(bytes.len()));
            return;
        }
        self.read_scalar(bytes);
    }

    /// The plain twin of [`WordBits::read`].
    pub fn read_scalar(&mut self, bytes: &[u8]) {
        for (bytes, half) in bytes.chunks(32).zip(self.halves(bytes.len())) {
            let bits = |is: fn(&u8) -> bool| {
                (0..).zip(bytes).fold(0u32, |bits, (at, byte)| bits | u32::from(is(byte)) << at).to_le_bytes()
            };
            *half.word = bits(u8::is_ascii_alphanumeric);
            *half.tall = bits(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
            *half.beyond = bits(|byte| !byte.is_ascii());
        }
    }

    /// Room for a text of so many bytes. What lies in the halves is of a text before; only behind the text it is nothing.
    fn halves(&mut self, bytes: usize) -> impl Iterator<Item = Half<'_>> {
        self.blocks = bytes.div_ceil(64);
        for bits in [&mut self.word, &mut self.tall, &mut self.beyond] {
            bits.resize(bits.len().max(self.blocks + 1), [[0; 4]; 2]);
            bits[self.blocks.saturating_sub(1)..=self.blocks].fill([[0; 4]; 2]);
        }
        let halves = self.word.as_flattened_mut().iter_mut().zip(self.tall.as_flattened_mut());
        let halves = halves.zip(self.beyond.as_flattened_mut());
        halves.map(|((word, tall), beyond)| Half { word, tall, beyond })
    }

    /// Number of blocks.
    pub fn blocks(&self) -> usize {
        self.blocks
    }

    /// A block of the text.
    #[inline(always)]
    pub fn block(&self, at: usize) -> WordBlock {
        let bits = |of: &[[[u8; 4]; 2]]| u64::from_le_bytes(bytemuck::cast(of[at]));
        WordBlock { word: bits(&self.word), tall: bits(&self.tall), beyond: bits(&self.beyond) }
    }

    /// The first block from block `at` on that has characters beyond ASCII, and which bytes of it are theirs.
    #[inline]
    pub fn beyond_from(&self, at: usize) -> Option<(usize, u64)> {
        let rest = self.beyond[..self.blocks].get(at..)?;
        let next = rest.iter().position(|block| *block != [[0; 4]; 2])?;
        Some((at + next, self.block(at + next).beyond))
    }

    /// Which of the bytes from byte `at` of the text on are of words: 57 of them at least, the first lowest.
    ///
    /// # Panics
    /// When `at` lies behind the text's end.
    #[inline(always)]
    pub fn words_from(&self, at: usize) -> u64 {
        let bytes: &[u8] = bytemuck::cast_slice(&self.word);
        let eight = bytes[at / 8..at / 8 + 8].try_into().expect("a slice of eight bytes");
        u64::from_le_bytes(eight) >> (at % 8)
    }

    /// Says that the bytes of a stretch are of a word.
    pub fn set_words(&mut self, stretch: std::ops::Range<usize>) {
        let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut self.word);
        stretch.for_each(|at| bytes[at / 8] |= 1 << (at % 8));
    }
}

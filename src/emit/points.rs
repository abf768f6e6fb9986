//! From bytes to code points of the article as received.
//!
//! Readers of the records slice the text in Python, Java or R, where positions count characters. The count is made once
//! an article, 64 bytes a step; a look-up is one addition and one population count.

use crate::kernel::Block;

/// Turns byte positions of the article as received into code points.
#[derive(Debug, Default)]
pub struct CodePoints {
    /// Code points before each block of 64 bytes, and which bytes of the block begin one.
    blocks: Vec<(u32, u64)>,
    ascii: bool,
    len: u32,
}

impl CodePoints {
    /// Counts the code points of `body`, whose bytes `blocks` has sorted already.
    pub fn count(&mut self, body: &str, blocks: &[Block]) {
        self.blocks.clear();
        self.ascii = blocks.iter().all(|b| b.high == 0);
        self.len = body.len() as u32;
        if self.ascii {
            return;
        }
        let mut before = 0;
        let mut left = body.len();
        for block in blocks {
            // Bytes past the end count as spaces in a block, and as nothing here.
            let inside = if left >= 64 { !0 } else { (1u64 << left) - 1 };
            left = left.saturating_sub(64);
            let begins = !block.inner & inside;
            self.blocks.push((before, begins));
            before += begins.count_ones();
        }
        self.len = before;
    }

    /// Code points in the whole article.
    pub fn total(&self) -> u32 {
        self.len
    }

    /// Code points before a byte of the article as received.
    #[inline]
    pub fn at(&self, byte: u32) -> u32 {
        if self.ascii {
            return byte;
        }
        match self.blocks.get(byte as usize / 64) {
            Some((before, begins)) => before + (begins & ((1u64 << (byte % 64)) - 1)).count_ones(),
            None => self.len,
        }
    }
}

//! From bytes to code points of the article as received.
//!
//! Readers of the records slice the text in Python, Java or R, where positions count characters. The count is made once
//! an article, 64 bytes a step; a look-up is one addition and one population count.

use crate::kernel::{self, Block, Wide};
use crate::span::Span;

/// Every byte of a block begins a code point.
const ALL: u64 = !0;

/// Counts the code points before each block, and in all of them.
struct Count<'c> {
    blocks: &'c [Block],
    out: &'c mut [(u32, u64)],
}

impl Wide for Count<'_> {
    type Answer = u32;

    #[inline(always)]
    fn run(self) -> u32 {
        let mut before = 0;
        for (block, out) in self.blocks.iter().zip(self.out) {
            let begins = !block.inner;
            *out = (before, begins);
            before += begins.count_ones();
        }
        before
    }
}

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
        self.ascii = blocks.iter().all(|b| b.high == 0);
        self.len = body.len() as u32;
        if self.ascii {
            return;
        }
        self.blocks.resize(blocks.len(), (0, 0));
        let all = kernel::widely(Count { blocks, out: &mut self.blocks });
        // Bytes past the end count as spaces in a block, and as nothing here.
        self.len = all - (blocks.len() * 64 - body.len()) as u32;
    }

    /// Code points in the whole article.
    pub fn total(&self) -> u32 {
        self.len
    }

    /// Code points before the first byte of a stretch of the article as received, and before the byte behind it.
    #[inline(always)]
    pub fn of(&self, span: Span) -> (u32, u32) {
        let (start, end) = (span.start(), span.end());
        if self.ascii {
            return (start, end);
        }
        // Most names lie in one block.
        if let Some((before, ALL)) = self.blocks.get(start as usize / 64)
            && start / 64 == end / 64
        {
            return (before + start % 64, before + end % 64);
        }
        (self.at(start), self.at(end))
    }

    /// Code points before a byte of the article as received.
    #[inline]
    pub fn at(&self, byte: u32) -> u32 {
        if self.ascii {
            return byte;
        }
        match self.blocks.get(byte as usize / 64) {
            // Most blocks of most articles are ASCII.
            Some((before, ALL)) => before + byte % 64,
            Some((before, begins)) => before + (begins & ((1u64 << (byte % 64)) - 1)).count_ones(),
            None => self.len,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_stretch_counts_the_characters_before_it(
            body in "[a-z]{0,150}[a-zé’😀]{0,40}[a-z]{0,90}", start: prop::sample::Index, end: prop::sample::Index,
        ) {
            let mut blocks = Vec::new();
            kernel::classify(body.as_bytes(), &mut blocks);
            let mut points = CodePoints::default();
            points.count(&body, &blocks);
            let places: Vec<usize> = body.char_indices().map(|(at, _)| at).chain([body.len()]).collect();
            let (a, b) = (start.index(places.len()), end.index(places.len()));
            let (start, end) = (a.min(b), a.max(b));
            let span = Span::new(places[start] as u32, places[end] as u32);
            prop_assert_eq!(points.of(span), (start as u32, end as u32));
            prop_assert_eq!(points.total() as usize, places.len() - 1);
        }
    }
}

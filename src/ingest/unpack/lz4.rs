//! Frames of lz4.

use std::io::{self, BufRead, Read};

use lz4_flex::frame::FrameDecoder;

use super::super::open::fill;

/// Reads all frames, one after the other. The decoder says of a frame that is cut off between two blocks that it ended.
pub(super) struct Lz4<R: BufRead>(FrameDecoder<Tail<R>>);

impl<R: BufRead> Lz4<R> {
    pub(super) fn new(stored: R) -> Self {
        Lz4(FrameDecoder::new(Tail { stored, last: [0; 8] }))
    }
}

impl<R: BufRead> Read for Lz4<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.0.read(buffer)?;
            if n > 0 || buffer.is_empty() {
                return Ok(n);
            }
            let tail = self.0.get_mut();
            if fill(&mut tail.stored)?.is_empty() {
                // A frame ends with four zeros, and perhaps a checksum behind them.
                let is_whole = tail.last.ends_with(&[0; 4]) || tail.last.starts_with(&[0; 4]);
                let cut_off = || io::Error::new(io::ErrorKind::UnexpectedEof, "the file ends inside an lz4 frame");
                return if is_whole { Ok(0) } else { Err(cut_off()) };
            }
        }
    }
}

/// Remembers the last bytes that were read.
struct Tail<R> {
    stored: R,
    last: [u8; 8],
}

impl<R: BufRead> Read for Tail<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.stored.read(buffer)?;
        let read = &buffer[..n];
        let kept = read.len().min(self.last.len());
        self.last.rotate_left(kept);
        let len = self.last.len();
        self.last[len - kept..].copy_from_slice(&read[n - kept..]);
        Ok(n)
    }
}

//! What a decoder gives, buffered.

use std::io::{self, BufRead, BufReader, Read};

use super::super::open::{BUFFER, Bytes};

/// The unpacked bytes of a decoder, some at a time.
pub(super) struct Unpacked<R>(pub BufReader<R>);

impl<R: Read> Unpacked<R> {
    pub fn new(decoder: R) -> Box<Self> {
        Box::new(Unpacked(BufReader::with_capacity(BUFFER, decoder)))
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<R: Read> BufRead for Unpacked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.0.consume(bytes);
    }
}

impl<R: Read> Bytes for Unpacked<R> {}

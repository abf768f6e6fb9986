//! The bytes of a file around the place where it is being cut.

use std::io;

use super::super::open::{Bytes, fill};
use super::super::position::Position;

/// What has been read of a file and not yet been passed.
pub(super) struct Window<'a> {
    reader: Box<dyn Bytes + 'a>,
    held: Vec<u8>,
    /// Where in `held` what has not been passed begins.
    start: usize,
    is_over: bool,
    /// Why it is over.
    error: Option<io::Error>,
}

impl<'a> Window<'a> {
    pub fn new(reader: Box<dyn Bytes + 'a>) -> Self {
        Window { reader, held: Vec::new(), start: 0, is_over: false, error: None }
    }

    /// The bytes held.
    pub fn bytes(&self) -> &[u8] {
        &self.held[self.start..]
    }

    /// Reads on. False at the end of the file, and where it broke off.
    pub fn more(&mut self) -> bool {
        if self.is_over {
            return false;
        }
        // What was passed is dropped when it is the larger part, so a byte is moved but once on average.
        if self.start * 2 > self.held.len() {
            self.held.drain(..self.start);
            self.start = 0;
        }
        match fill(&mut *self.reader) {
            Ok([]) => self.is_over = true,
            Ok(chunk) => {
                let length = chunk.len();
                self.held.extend_from_slice(chunk);
                self.reader.consume(length);
            }
            Err(e) => {
                self.is_over = true;
                self.error = Some(e);
            }
        }
        !self.is_over
    }

    /// Reads on until so many bytes are held; false where there are fewer.
    pub fn have(&mut self, bytes: usize) -> bool {
        while self.bytes().len() < bytes {
            if !self.more() {
                return false;
            }
        }
        true
    }

    /// Moves behind the first bytes held.
    pub fn pass(&mut self, bytes: usize, position: &mut Position) {
        position.offset += bytes as u64;
        self.start += bytes;
    }

    /// The same, where lines count.
    pub fn pass_lines(&mut self, bytes: usize, position: &mut Position) {
        position.line += memchr::memchr_iter(b'\n', &self.bytes()[..bytes]).count() as u64;
        self.pass(bytes, position);
    }

    /// Passes over so many bytes that are not held, or that are.
    pub fn skip(&mut self, bytes: u64) -> io::Result<()> {
        let held = bytes.min(self.bytes().len() as u64);
        self.start += held as usize;
        self.reader.skip(bytes - held)
    }

    /// Why the file broke off, if it did.
    pub fn error(&mut self) -> Option<io::Error> {
        self.error.take()
    }
}

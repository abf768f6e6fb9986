//! The bytes of a file around the place where it is being cut.

use std::collections::VecDeque;
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
    /// Where in `held` members begin, below 0 those that began before it, and where they do in the file as stored.
    members: VecDeque<(isize, u64)>,
}

impl<'a> Window<'a> {
    pub fn new(reader: Box<dyn Bytes + 'a>) -> Self {
        Window { reader, held: Vec::new(), start: 0, is_over: false, error: None, members: VecDeque::new() }
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
            self.members.iter_mut().for_each(|(at, _)| *at -= self.start as isize);
            self.start = 0;
        }
        match fill(&mut *self.reader) {
            Ok([]) => self.is_over = true,
            Ok(chunk) => {
                let (at, length) = (self.held.len(), chunk.len());
                self.held.extend_from_slice(chunk);
                self.reader.consume(length);
                if let Some(member) = self.reader.member()
                    && self.members.back().is_none_or(|(_, last)| *last != member)
                {
                    self.members.push_back((at as isize, member));
                }
            }
            Err(e) => {
                self.is_over = true;
                self.error = Some(e);
            }
        }
        !self.is_over
    }

    /// Where `end` finds an end in what is held, which is read on for until more than `limit` bytes of it are held; none
    /// where the file ends before, or the limit is passed.
    pub fn until(&mut self, limit: usize, mut end: impl FnMut(&[u8]) -> Option<usize>) -> Option<usize> {
        loop {
            if let Some(end) = end(self.bytes()) {
                return Some(end);
            }
            if self.bytes().len() > limit || !self.more() {
                return None;
            }
        }
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
        while self.members.get(1).is_some_and(|(at, _)| *at <= self.start as isize) {
            self.members.pop_front();
        }
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

    /// Where the member that begins with the bytes held does so in the file as stored; none where none does.
    pub fn member(&mut self) -> Option<u64> {
        if self.bytes().is_empty() && !self.more() {
            return self.reader.member();
        }
        self.members.front().filter(|(at, _)| *at == self.start as isize).map(|(_, member)| *member)
    }

    /// Whether the file broke off.
    pub fn is_broken(&self) -> bool {
        self.error.is_some()
    }

    /// Whether the last of so many bytes held is of the member at which the file broke off.
    pub fn is_of_damaged(&self, bytes: usize) -> bool {
        let Some(damaged) = self.reader.member() else { return true };
        let last = self.members.iter().rev().find(|(at, _)| *at < (self.start + bytes) as isize);
        last.is_some_and(|(_, member)| *member == damaged)
    }

    /// Why the file broke off, if it did.
    pub fn broken_by(&self) -> Option<&io::Error> {
        self.error.as_ref()
    }

    /// Goes behind what is damaged, when all before it has been passed. False where nothing follows.
    pub fn go_on(&mut self, position: &mut Position) -> bool {
        position.line += 1;
        self.is_over = !matches!(self.reader.go_on(), Ok(true));
        self.error = None;
        self.members.clear();
        self.held.clear();
        self.start = 0;
        !self.is_over
    }

    /// Passes over so many bytes, and as many damages between and behind them.
    pub fn skip_damaged(&mut self, bytes: u64, mut damages: u64) -> io::Result<()> {
        let mut left = bytes;
        while left > 0 || damages > 0 {
            match fill(&mut *self.reader) {
                Ok([]) => break,
                Ok(chunk) => {
                    let length = left.min(chunk.len() as u64);
                    self.reader.consume(length as usize);
                    left -= length;
                    self.members.clear();
                    self.members.extend(self.reader.member().map(|member| (-1, member)));
                }
                Err(e) => {
                    if damages == 0 || !self.reader.go_on()? {
                        return Err(e);
                    }
                    damages -= 1;
                }
            }
        }
        Ok(())
    }

    /// The same, once.
    pub fn error(&mut self) -> Option<io::Error> {
        self.error.take()
    }
}

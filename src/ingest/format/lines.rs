//! JSON lines: one document a line.
//!
//! This is what most dumps are, and every byte of them goes through one thread, so it only looks for line ends, in the
//! bytes that the worker will read. What is longer than allowed is dropped while it is read, up to the next line's start,
//! and the lines after it are read as if nothing had been.

use std::io;
use std::sync::Arc;

use super::super::batch::{At, Place};
use super::super::dead::RAW;
use super::super::inputs::{Kind, Source};
use super::super::open::{Bytes, fill, skip_mark};
use super::super::position::Position;
use super::{Cut, End, Format, too_large, unreadable};

/// A file of lines, read in part.
pub(super) struct Lines<'a> {
    reader: Box<dyn Bytes + 'a>,
    source: Arc<Source>,
    /// What of the bytes read lies behind the last document: lines of the next shard, the beginning of a line.
    carry: Vec<u8>,
    /// From a pipe: hand on what is there, for somebody may be waiting at the other end.
    eager: bool,
}

impl<'a> Lines<'a> {
    /// Begins at `position`, which is moved behind a byte order mark.
    pub(super) fn begin(
        mut reader: Box<dyn Bytes + 'a>,
        source: Source,
        eager: bool,
        position: &mut Position,
    ) -> io::Result<Self> {
        let mark = skip_mark(&mut *reader)?;
        reader.skip(position.offset.saturating_sub(mark))?;
        position.offset = position.offset.max(mark);
        Ok(Lines { reader, source: Arc::new(source), carry: Vec::new(), eager })
    }

    /// A complete line. A blank one is no document.
    fn line(to: &mut Cut<'_>, start: usize, end: usize) {
        let length = (end - start) as u64;
        let place = Lines::pass(to, length);
        if end - start > to.options.max_record {
            to.reject(too_large(to.options.max_record), place, start..start + RAW.min(end - start), length);
        } else if !to.batch.bytes[start..end].trim_ascii().is_empty() {
            to.push(Kind::Lines, place, start..end);
        }
    }

    /// Moves the position behind a line of `length` bytes; where it was.
    fn pass(to: &mut Cut<'_>, length: u64) -> Place {
        to.position.line += 1;
        let place = Place { at: At::Line(to.position.line), offset: to.position.offset };
        to.position.offset += length + 1;
        place
    }

    /// Drops the rest of a line that is too long already; of its beginning a few bytes are kept.
    fn skip(&mut self, to: &mut Cut<'_>, start: usize) -> io::Result<End> {
        let mut length = (to.batch.bytes() - start) as u64;
        to.batch.bytes.truncate(start + RAW.min(length as usize));
        let end = loop {
            let chunk = fill(&mut *self.reader)?;
            let (taken, found) = match memchr::memchr(b'\n', chunk) {
                Some(at) => (at, true),
                None => (chunk.len(), false),
            };
            let last = chunk.is_empty();
            length += taken as u64;
            self.reader.consume(taken + usize::from(found));
            if found {
                break End::Batch;
            }
            if last {
                break End::File;
            }
        };
        let place = Lines::pass(to, length);
        to.reject(too_large(to.options.max_record), place, start..to.batch.bytes(), length);
        Ok(end)
    }

    /// The file broke off: everything up to the last whole line counts, the rest is one dead letter.
    fn broken(to: &mut Cut<'_>, start: usize, e: &io::Error) -> End {
        let length = to.batch.bytes() - start;
        to.batch.bytes.truncate(start + to.shown(length));
        let place = Lines::pass(to, length as u64);
        to.reject(unreadable(e), place, start..to.batch.bytes(), length as u64);
        End::File
    }

    /// Keeps what lies behind `start` for the next batch.
    fn keep(&mut self, to: &mut Cut<'_>, start: usize) -> End {
        self.carry.extend_from_slice(&to.batch.bytes[start..]);
        to.batch.bytes.truncate(start);
        End::Batch
    }
}

impl Format for Lines<'_> {
    fn cut(&mut self, to: &mut Cut<'_>) -> End {
        to.batch.enter(&self.source);
        let (first, origin) = (to.batch.len(), to.batch.bytes());
        let mut start = origin;
        to.batch.bytes.append(&mut self.carry);
        let mut scanned = start;
        loop {
            while let Some(at) = memchr::memchr(b'\n', &to.batch.bytes[scanned..]) {
                if !to.is_of_shard() {
                    return self.keep(to, start);
                }
                Lines::line(to, start, scanned + at);
                start = scanned + at + 1;
                scanned = start;
            }
            if !to.is_of_shard() {
                return self.keep(to, start);
            }
            if to.batch.len() == first && start > origin {
                // Blank lines only: a file of nothing else must not fill the memory.
                to.batch.bytes.drain(origin..start);
                start = origin;
            }
            scanned = to.batch.bytes();
            if scanned - start > to.options.max_record {
                match self.skip(to, start) {
                    Ok(End::Batch) => {}
                    Ok(End::File) => return End::File,
                    Err(e) => return Lines::broken(to, start, &e),
                }
                start = to.batch.bytes();
                scanned = start;
                continue;
            }
            let some = to.batch.len() > first;
            if some && (self.eager || to.batch.bytes() >= to.options.batch) {
                return self.keep(to, start);
            }
            match fill(&mut *self.reader) {
                Ok([]) => {
                    if to.batch.bytes() > start {
                        Lines::line(to, start, to.batch.bytes());
                    }
                    return End::File;
                }
                Ok(chunk) => {
                    let n = chunk.len();
                    to.batch.bytes.extend_from_slice(chunk);
                    self.reader.consume(n);
                }
                Err(e) => return Lines::broken(to, start, &e),
            }
        }
    }
}

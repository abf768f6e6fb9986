//! WARC and WET: what crawlers write.
//!
//! A record is a header with its length, and so many bytes. Where one is damaged, the next is looked for: behind the
//! member of gzip that is damaged, or where a line begins as a header does. Most records of an archive are no articles
//! (requests, pictures, what was not found): these are counted as filtered, never as read.

use std::io;
use std::sync::Arc;

use super::super::batch::{At, Place};
use super::super::dead::{RAW, Reason, Reject};
use super::super::inputs::{Kind, Source};
use super::super::open::Bytes;
use super::super::position::Position;
use super::super::warc::{Header, header_end, is_article};
use super::window::Window;
use super::{Cut, End, Format, too_large, unreadable};

/// Longest header of a record, in bytes.
const LONGEST_HEADER: usize = 64 << 10;

/// The beginning of a header by which it is known, in bytes.
const ACROSS: usize = 32;

/// An archive, read in part.
pub(super) struct Archive<'a> {
    window: Window<'a>,
    source: Arc<Source>,
}

/// What begins at the window.
enum Found {
    /// A record of so many bytes, with its header.
    Record(usize),
    /// One with so many bytes behind its header, which are too many to be held.
    Large(u64),
    /// None that can be read.
    Damaged(&'static str),
    /// The file ends here, or breaks off.
    Over,
}

impl<'a> Archive<'a> {
    pub(super) fn begin(reader: Box<dyn Bytes + 'a>, source: Source, position: &mut Position) -> io::Result<Self> {
        let mut window = Window::new(reader);
        window.skip_damaged(position.offset, position.line)?;
        Ok(Archive { window, source: Arc::new(source) })
    }

    /// Passes over empty lines between records.
    fn between(&mut self, position: &mut Position) {
        loop {
            let bytes = self.window.bytes();
            let ends = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let is_all = ends == bytes.len();
            self.window.pass(ends, position);
            if !is_all || !self.window.more() {
                return;
            }
        }
    }

    fn find(&mut self, limit: usize) -> Found {
        let mut looked = 0;
        let header = loop {
            let bytes = self.window.bytes();
            if !b"WARC/".starts_with(&bytes[..bytes.len().min(5)]) {
                return Found::Damaged("no record begins here");
            }
            if let Some(end) = header_end(&bytes[..bytes.len().min(LONGEST_HEADER)], looked) {
                break end;
            }
            if bytes.len() >= LONGEST_HEADER {
                return Found::Damaged("the header of the record does not end");
            }
            looked = bytes.len().saturating_sub(3);
            if !self.window.more() {
                return if self.window.is_broken() || self.window.bytes().is_empty() {
                    Found::Over
                } else {
                    Found::Damaged("the file ends inside the header of the record")
                };
            }
        };
        if next_header(&self.window.bytes()[..header]).is_some() {
            return Found::Damaged("another record begins in the header of this one");
        }
        let Some(length) = Header(&self.window.bytes()[..header]).length() else {
            return Found::Damaged("the record does not tell its length");
        };
        if length > limit as u64 {
            return Found::Large(length);
        }
        let end = header + length as usize;
        if !self.window.have(end) {
            return if self.window.is_broken() {
                Found::Over
            } else {
                Found::Damaged("the file ends inside the record")
            };
        }
        // Behind it stand two line ends. To look at what follows them shows whether its member is whole.
        self.window.have(end + 5);
        let behind = &self.window.bytes()[end..];
        let ends = behind.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        if self.window.is_broken() && self.window.is_of_damaged(end) {
            return Found::Over;
        }
        let is_end = behind.len() == ends || behind[ends..].starts_with(b"W") || ends >= 4;
        if is_end { Found::Record(end) } else { Found::Damaged("the record is not as long as it says") }
    }

    /// A record that cannot be read goes on to where the next one seems to begin.
    fn reject(&mut self, to: &mut Cut<'_>, reject: Reject, place: Place) -> End {
        let mut raw = None;
        let mut length = 0;
        loop {
            let bytes = self.window.bytes();
            raw.get_or_insert_with(|| bytes[..RAW.min(bytes.len())].to_vec());
            let next = next_header(bytes);
            // The beginning of a header may lie across.
            let passed = next.unwrap_or(bytes.len().saturating_sub(ACROSS));
            length += passed as u64;
            self.window.pass(passed, to.position);
            if next.is_some() {
                break;
            }
            if !self.window.more() {
                let rest = self.window.bytes().len();
                length += rest as u64;
                self.window.pass(rest, to.position);
                break;
            }
        }
        to.reject_bytes(reject, place, &raw.unwrap_or_default(), length);
        // Where its member is damaged, that was it.
        if self.window.bytes().is_empty() && self.window.is_broken() && !self.window.go_on(to.position) {
            return End::File;
        }
        End::Batch
    }

    /// Passes over a record of so many bytes, or what there is of it.
    fn pass(&mut self, mut length: u64, position: &mut Position) {
        while length > 0 && (!self.window.bytes().is_empty() || self.window.more()) {
            let passed = length.min(self.window.bytes().len() as u64);
            self.window.pass(passed as usize, position);
            length -= passed;
        }
    }

    /// The bytes of a damaged member, and goes behind it; false where nothing follows.
    fn leave_member(&mut self, to: &mut Cut<'_>, place: Place) -> bool {
        let held = self.window.bytes();
        let error = self.window.broken_by();
        let reject = error.map_or_else(|| Reject::new(Reason::Unreadable, "the file breaks off"), unreadable);
        to.reject_bytes(reject, place, held, held.len() as u64);
        let length = held.len();
        self.window.pass(length, to.position);
        self.window.go_on(to.position)
    }
}

impl Format for Archive<'_> {
    fn cut(&mut self, to: &mut Cut<'_>) -> End {
        to.batch.enter(&self.source);
        while to.has_room() {
            self.between(to.position);
            let offset = self.window.member().unwrap_or(to.position.offset);
            let place = Place { at: At::Offset, offset };
            let limit = to.options.max_record;
            match self.find(limit) {
                Found::Over if !self.window.is_broken() => return End::File,
                Found::Over => {
                    if !self.leave_member(to, place) {
                        return End::File;
                    }
                }
                Found::Damaged(what) => {
                    if self.reject(to, Reject::new(Reason::BadRecord, what), place) == End::File {
                        return End::File;
                    }
                }
                Found::Record(end) => {
                    let record = &self.window.bytes()[..end];
                    if is_article(record) {
                        to.push_bytes(Kind::Archive, place, record);
                    } else {
                        to.filter();
                    }
                    self.window.pass(end, to.position);
                }
                Found::Large(length) => {
                    let header = header_end(self.window.bytes(), 0).unwrap_or(0);
                    if Header(&self.window.bytes()[..header]).may_be_article() {
                        to.reject_bytes(
                            too_large(limit),
                            place,
                            &self.window.bytes()[..header],
                            header as u64 + length,
                        );
                    } else {
                        to.filter();
                    }
                    self.pass(header as u64 + length, to.position);
                }
            }
        }
        End::Batch
    }
}

/// Where behind the first byte a header begins, by the look of it: perhaps within a line that was cut off.
fn next_header(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, b"WARC/").filter(|at| *at > 0).find(|&at| {
        let version = &bytes[at + 5..];
        let digits = version.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
        let behind = &version[digits..];
        let line = behind.strip_prefix(b"\r\n").or_else(|| behind.strip_prefix(b"\n"));
        digits >= 3 && line.is_some_and(|line| line.starts_with(b"WARC-") || line.starts_with(b"Content-"))
    })
}

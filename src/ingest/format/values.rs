//! Objects of JSON that do not stand on a line each: one big array of them, an array inside of objects (what an API
//! answers, `{"status":"ok","articles":[…]}`), or objects one after the other, spread over lines.
//!
//! An object ends where its braces are even, outside of strings. Where a brace or a quotation mark is lost, that may be
//! documents later. So an object in which another seems to begin, with the same first key, must be JSON; if it is not,
//! it ends where the other begins. A quotation mark inside a string is always escaped, hence a key cannot be part of one.

use std::io;
use std::sync::Arc;

use serde::de::IgnoredAny;

use super::super::Options;
use super::super::batch::{At, Batch, Place};
use super::super::dead::{RAW, Reason, Reject};
use super::super::inputs::{Kind, Source};
use super::super::json::is_text_name;
use super::super::mend::mend;
use super::super::open::{Bytes, skip_mark};
use super::super::position::Position;
use super::objects::{Begin, LONGEST_KEY, Scan};
use super::window::Window;
use super::{Cut, End, Format, too_large, unreadable};

/// What an array of articles is called in an object around it.
const LISTS: [&str; 13] = [
    "articles",
    "data",
    "docs",
    "documents",
    "entries",
    "hits",
    "items",
    "news",
    "posts",
    "records",
    "results",
    "rows",
    "stories",
];
/// Objects around it, one in the other.
const DEEPEST: u32 = 3;

/// A file of objects, read in part.
pub(super) struct Values<'a> {
    window: Window<'a>,
    source: Arc<Source>,
    /// None where no value has begun.
    shape: Option<Shape>,
    begin: Begin,
}

/// What stands around the objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Array,
    /// An array in so many objects, one in the other.
    Wrapped(u32),
}

impl<'a> Values<'a> {
    /// Begins at `position`. What stands around the objects, and how the last one began, tells how the next ones are cut:
    /// so a file is cut from its beginning wherever reading goes on, and what was cut before is left out.
    pub(super) fn begin(
        mut reader: Box<dyn Bytes + 'a>,
        source: Source,
        options: &Options,
        position: &mut Position,
    ) -> io::Result<Self> {
        let mark = skip_mark(&mut *reader)?;
        let mut values =
            Values { window: Window::new(reader), source: Arc::new(source), shape: None, begin: Begin::default() };
        if position.offset == 0 {
            position.offset = mark;
            return Ok(values);
        }
        let (mut batch, mut passed) = (Batch::default(), Position { offset: mark, ..Position::default() });
        while passed.record < position.record && values.between(&mut passed) {
            batch.clear();
            batch.enter(&values.source);
            if values.value(&mut Cut { batch: &mut batch, position: &mut passed, options }) == End::File {
                break;
            }
        }
        Ok(values)
    }

    /// Passes over what stands between objects; false at the end of the file.
    fn between(&mut self, position: &mut Position) -> bool {
        loop {
            let bytes = self.window.bytes();
            let blank = bytes.len() - bytes.trim_ascii_start().len();
            self.window.pass_lines(blank, position);
            let Some(&byte) = self.window.bytes().first() else {
                if self.window.more() { continue } else { return false }
            };
            let passed = match (byte, self.shape) {
                (b',', _) | (b'}', None) => 1,
                (b'[', None) => {
                    self.shape = Some(Shape::Array);
                    1
                }
                (b'[', Some(_)) => 1,
                (b']', Some(Shape::Wrapped(depth))) => {
                    self.window.pass(1, position);
                    self.close(depth, position);
                    self.shape = None;
                    0
                }
                (b']', _) => {
                    self.shape = None;
                    1
                }
                (b'{', None) => {
                    self.window.have(LONGEST_HEAD);
                    match shape(self.window.bytes()) {
                        Some((shape, length)) => {
                            self.shape = Some(shape);
                            length
                        }
                        None => return true,
                    }
                }
                _ => return true,
            };
            self.window.pass_lines(passed, position);
        }
    }

    /// Passes over the rest of so many objects.
    fn close(&mut self, depth: u32, position: &mut Position) {
        let mut scan = Scan { depth: depth as usize, ..Scan::default() };
        loop {
            let end = scan.run(self.window.bytes());
            let passed = end.unwrap_or(self.window.bytes().len());
            self.window.pass_lines(passed, position);
            scan.at = 0;
            if end.is_some() || !self.window.more() {
                return;
            }
        }
    }

    /// Cuts out the value that begins here.
    fn value(&mut self, to: &mut Cut<'_>) -> End {
        let place = Place { at: At::Record(to.position.record + 1), offset: to.position.offset };
        let limit = to.options.max_record;
        let mut scan = Scan::default();
        let end = self.window.until(limit, |bytes| scan.run(bytes));
        let held = &self.window.bytes()[..end.unwrap_or(self.window.bytes().len())];
        if self.begin.first.is_empty() || end.is_some() {
            self.begin.learn(held);
        }
        let next = self.begin.find(held).or_else(|| if end.is_none() { self.begin.find_alike(held) } else { None });
        let is_damaged = || end.is_none() || !is_json(held);
        if let Some(next) = next.filter(|_| is_damaged()) {
            let value = held[..next].trim_ascii_end();
            let value = value.strip_suffix(b",").unwrap_or(value).trim_ascii_end();
            let reject = Reject::new(Reason::BadJson, "the object does not end before the next one begins");
            to.reject_bytes(reject, place, value, value.len() as u64);
            self.window.pass_lines(next, to.position);
            return End::Batch;
        }
        match end {
            Some(end) if end <= limit => {
                to.push_bytes(Kind::Values, place, held);
                self.window.pass_lines(end, to.position);
                End::Batch
            }
            _ if held.len() > limit => self.drop(to, place, scan),
            _ => {
                // The file ends inside of it.
                let error = self.window.error();
                let reject = error
                    .map_or_else(|| Reject::new(Reason::BadJson, "the file ends inside of it"), |e| unreadable(&e));
                let held = self.window.bytes();
                to.reject_bytes(reject, place, held, held.len() as u64);
                End::File
            }
        }
    }

    /// Passes over a value that is longer than allowed.
    fn drop(&mut self, to: &mut Cut<'_>, place: Place, mut scan: Scan) -> End {
        let raw = self.window.bytes()[..RAW.min(self.window.bytes().len())].to_vec();
        let begin = to.position.offset;
        let end = loop {
            let bytes = self.window.bytes();
            let found = scan.run(bytes).or_else(|| self.begin.find(bytes));
            // The beginning of another object may lie across.
            let passed = found.unwrap_or(bytes.len().saturating_sub(LONGEST_KEY * 2));
            self.window.pass_lines(passed, to.position);
            scan.at -= passed.min(scan.at);
            if found.is_some() {
                break End::Batch;
            }
            if !self.window.more() {
                let rest = self.window.bytes().len();
                self.window.pass_lines(rest, to.position);
                break End::File;
            }
        };
        to.reject_bytes(too_large(to.options.max_record), place, &raw, to.position.offset - begin);
        end
    }
}

impl Format for Values<'_> {
    fn cut(&mut self, to: &mut Cut<'_>) -> End {
        to.batch.enter(&self.source);
        while to.has_room() {
            if self.between(to.position) {
                if self.value(to) == End::File {
                    return End::File;
                }
                continue;
            }
            let error = self.window.error();
            if error.is_some() || self.shape.is_some() {
                let reject = error.map_or_else(
                    || Reject::new(Reason::Unreadable, "the file ends inside the array"),
                    |e| unreadable(&e),
                );
                let place = Place { at: At::Record(to.position.record + 1), offset: to.position.offset };
                to.reject_bytes(reject, place, b"", 0);
            }
            return End::File;
        }
        End::Batch
    }
}

/// So much of a file tells what stands around its objects, in bytes.
pub(crate) const LONGEST_HEAD: usize = 64 << 10;

/// What stands around the objects of a file that begins so, and how much of it there is.
fn shape(head: &[u8]) -> Option<(Shape, usize)> {
    let head = &head[..head.len().min(LONGEST_HEAD)];
    if head.first() == Some(&b'[') {
        return Some((Shape::Array, 1));
    }
    let mut found = None;
    // It ends without an answer where the head does.
    let _ = find_list(head, &mut found);
    found
}

/// Walks through the keys of an object, up to the end of what is there of it.
fn find_list(head: &[u8], found: &mut Option<(Shape, usize)>) -> Option<()> {
    let blank = |at: usize| head.len() - head.get(at..).unwrap_or_default().trim_ascii_start().len();
    let mut at = blank(head.strip_prefix(b"{").map(|_| 1)?);
    let mut depth = 1;
    loop {
        match head.get(at)? {
            b'}' => {
                depth -= 1;
                at = blank(at + 1);
                if depth == 0 {
                    return None;
                }
            }
            b',' => at = blank(at + 1),
            b'"' => {
                let key = Scan::default().run(&head[at..])?;
                let name = std::str::from_utf8(&head[at + 1..at + key - 1]).ok()?;
                at = blank(at + key);
                at = blank(head[at..].strip_prefix(b":").map(|_| at + 1)?);
                let value = *head.get(at)?;
                if value == b'{' && depth < DEEPEST {
                    depth += 1;
                    at = blank(at + 1);
                    continue;
                }
                // What has a text is an article, whatever else it has.
                if value == b'"' && is_text_name(name) {
                    *found = None;
                    return None;
                }
                let is_list = LISTS.iter().any(|list| list.eq_ignore_ascii_case(name));
                if found.is_none() && is_list && value == b'[' && matches!(head.get(blank(at + 1)), Some(b'{' | b']')) {
                    *found = Some((Shape::Wrapped(depth), at + 1));
                }
                at = blank(at + Scan::default().run(&head[at..])?);
            }
            _ => return None,
        }
    }
}

/// Whether a file that begins with a brace holds something else than one object a line.
pub(crate) fn is_spread(head: &[u8]) -> bool {
    if let Some((Shape::Wrapped(_), _)) = shape(head) {
        // Lines of answers are none of the articles in them.
        return true;
    }
    // An object goes on behind a line's end. Where the next line begins another, the first one is only damaged.
    let Some(end) = memchr::memchr(b'\n', head) else { return false };
    let (line, behind) = head.split_at(end);
    let mut scan = Scan::default();
    scan.run(line).is_none() && !scan.is_string && !behind.trim_ascii_start().starts_with(b"{")
}

fn is_json(value: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(value).is_ok()
        || std::str::from_utf8(value)
            .ok()
            .and_then(mend)
            .is_some_and(|value| serde_json::from_str::<IgnoredAny>(&value).is_ok())
}

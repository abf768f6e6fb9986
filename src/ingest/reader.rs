//! Cuts the input into documents.
//!
//! This is the one thread through which every byte goes, so it only looks for line ends. It never holds more than a
//! document of the longest length allowed: what is longer is dropped while it is read, up to the next line's start, and
//! the lines after it are read as if nothing had been.

use std::io::{self, BufRead};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::Options;
use super::batch::{Batch, Place};
use super::dead::{RAW, Reason, Reject};
use super::inputs::{Input, Inputs, Kind, Source};
use super::open::{fill, open};

/// Reads all inputs, batch after batch.
pub struct Reader<'a> {
    inputs: std::slice::Iter<'a, Input>,
    options: &'a Options,
    read: &'a AtomicU64,
    lines: Option<Lines<'a>>,
}

impl<'a> Reader<'a> {
    /// A reader of `inputs`; bytes read, as stored, are added to `read`.
    pub fn new(inputs: &'a Inputs, options: &'a Options, read: &'a AtomicU64) -> Self {
        Reader { inputs: inputs.as_slice().iter(), options, read, lines: None }
    }

    /// Fills an empty batch with the next documents. It stays empty at the end of the input.
    pub fn fill(&mut self, batch: &mut Batch) {
        while batch.bytes() < self.options.batch {
            let full = match &mut self.lines {
                Some(lines) => match lines.read(batch, self.options) {
                    End::Batch => true,
                    End::File => {
                        self.lines = None;
                        false
                    }
                },
                None => match self.inputs.next() {
                    Some(input) => {
                        self.start(input, batch);
                        false
                    }
                    None => true,
                },
            };
            if full {
                return;
            }
        }
    }

    fn start(&mut self, input: &Input, batch: &mut Batch) {
        let source = Arc::new(Source::new(&input.path));
        batch.enter(&source);
        let start = batch.bytes();
        match open(input, self.read) {
            Ok(opened) if opened.kind == Kind::Lines => {
                let place = Place { line: 1, offset: opened.skipped };
                let eager = input.size.is_none();
                self.lines = Some(Lines { reader: opened.reader, source, place, carry: Vec::new(), eager });
            }
            Ok(mut opened) => whole(opened.kind, &mut *opened.reader, batch, self.options.max_record),
            Err(e) => batch.reject(unreadable(&e), Place { line: 0, offset: 0 }, start..start, 0),
        }
    }
}

fn unreadable(e: &io::Error) -> Reject {
    Reject::new(Reason::Unreadable, e.to_string())
}

fn too_large(limit: usize) -> Reject {
    Reject::new(Reason::TooLarge, format!("longer than {limit} bytes"))
}

/// Appends a file that is one document.
fn whole(kind: Kind, reader: &mut dyn BufRead, batch: &mut Batch, limit: usize) {
    let start = batch.bytes();
    let place = Place { line: 0, offset: 0 };
    let mut length = 0u64;
    let failed = loop {
        match fill(reader) {
            Ok([]) => break None,
            Ok(chunk) => {
                let n = chunk.len();
                length += n as u64;
                if length <= limit as u64 {
                    batch.bytes.extend_from_slice(chunk);
                } else if batch.bytes.len() == start {
                    batch.bytes.extend_from_slice(&chunk[..n.min(RAW)]);
                }
                reader.consume(n);
            }
            Err(e) => break Some(unreadable(&e)),
        }
    };
    match failed.or_else(|| (length > limit as u64).then(|| too_large(limit))) {
        None => batch.push(kind, place, start..start + length as usize),
        Some(reject) => {
            batch.bytes.truncate(start + RAW);
            batch.reject(reject, place, start..batch.bytes.len(), length);
        }
    }
}

/// A file of lines, read in part.
struct Lines<'a> {
    reader: Box<dyn BufRead + 'a>,
    source: Arc<Source>,
    /// Of the next line to be pushed.
    place: Place,
    /// The beginning of a line whose end did not fit the last batch.
    carry: Vec<u8>,
    /// From a pipe: hand on what is there, for somebody may be waiting at the other end.
    eager: bool,
}

enum End {
    Batch,
    File,
}

impl Lines<'_> {
    fn read(&mut self, batch: &mut Batch, options: &Options) -> End {
        batch.enter(&self.source);
        let (first, origin) = (batch.len(), batch.bytes());
        let mut start = origin;
        batch.bytes.append(&mut self.carry);
        let mut scanned = start;
        loop {
            while let Some(at) = memchr::memchr(b'\n', &batch.bytes[scanned..]) {
                self.line(batch, start, scanned + at, options.max_record);
                start = scanned + at + 1;
                scanned = start;
            }
            if batch.len() == first && start > origin {
                // Blank lines only: a file of nothing else must not fill the memory.
                batch.bytes.drain(origin..start);
                start = origin;
            }
            scanned = batch.bytes();
            if scanned - start > options.max_record {
                match self.skip(batch, start, options.max_record) {
                    Ok(End::Batch) => {}
                    Ok(End::File) => return End::File,
                    Err(e) => return self.broken(batch, start, &e),
                }
                start = batch.bytes();
                scanned = start;
            }
            let some = batch.len() > first;
            if some && (self.eager || batch.bytes() >= options.batch) {
                self.carry.extend_from_slice(&batch.bytes[start..]);
                batch.bytes.truncate(start);
                return End::Batch;
            }
            match fill(&mut *self.reader) {
                Ok([]) => {
                    if batch.bytes() > start {
                        self.line(batch, start, batch.bytes.len(), options.max_record);
                    }
                    return End::File;
                }
                Ok(chunk) => {
                    let n = chunk.len();
                    batch.bytes.extend_from_slice(chunk);
                    self.reader.consume(n);
                }
                Err(e) => return self.broken(batch, start, &e),
            }
        }
    }

    /// A complete line. A blank one is no document.
    fn line(&mut self, batch: &mut Batch, start: usize, end: usize, limit: usize) {
        let length = (end - start) as u64;
        let place = self.place;
        self.place = Place { line: place.line + 1, offset: place.offset + length + 1 };
        if end - start > limit {
            batch.reject(too_large(limit), place, start..start + RAW.min(end - start), length);
        } else if !batch.bytes[start..end].trim_ascii().is_empty() {
            batch.push(Kind::Lines, place, start..end);
        }
    }

    /// Drops the rest of a line that is too long already; of its beginning a few bytes are kept.
    fn skip(&mut self, batch: &mut Batch, start: usize, limit: usize) -> io::Result<End> {
        let mut length = (batch.bytes() - start) as u64;
        batch.bytes.truncate(start + RAW.min(length as usize));
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
        let place = self.place;
        batch.reject(too_large(limit), place, start..batch.bytes.len(), length);
        self.place = Place { line: place.line + 1, offset: place.offset + length + 1 };
        Ok(end)
    }

    /// The file broke off: everything up to the last whole line counts, the rest is one dead letter.
    fn broken(&mut self, batch: &mut Batch, start: usize, e: &io::Error) -> End {
        let length = batch.bytes() - start;
        batch.bytes.truncate(start + RAW.min(length));
        batch.reject(unreadable(e), self.place, start..batch.bytes.len(), length as u64);
        End::File
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Fields, Scratch};
    use std::fs;
    use std::path::Path;

    /// What becomes of every document: `id=text`, or `reason@line+offset:bytes`.
    fn read(paths: &[&Path], options: &Options) -> Vec<String> {
        let inputs = Inputs::find(paths).expect("files");
        let (read, fields) = (AtomicU64::new(0), Fields::new(options));
        let mut reader = Reader::new(&inputs, options, &read);
        let (mut batch, mut scratch, mut seen) = (Batch::default(), Scratch::default(), Vec::new());
        loop {
            batch.clear();
            reader.fill(&mut batch);
            if batch.is_empty() {
                return seen;
            }
            for number in 0..batch.len() {
                seen.push(match batch.article(number, &fields, &mut scratch) {
                    Ok(article) => {
                        let id = article.id.rsplit('/').next().unwrap_or_default();
                        format!("{id}={}", article.body)
                    }
                    Err(dead) => {
                        format!("{}@{}+{}:{}", dead.reason, dead.line.unwrap_or(0), dead.offset, dead.bytes)
                    }
                });
            }
        }
    }

    #[test]
    fn lines_are_cut_alike_whatever_the_batch() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("d.jsonl");
        let long = "x".repeat(300);
        let lines = format!(
            "\u{feff}{{\"text\":\"a\"}}\r\n\n  \n{{\"id\":1,\"text\":\"b\"}}\n{{\"text\":\"{long}\"}}\nnot json\n{{\"text\":\"c\"}}"
        );
        fs::write(&path, lines).expect("a file");
        let expected = ["d:1=a", "1=b", "too_large@5+41:311", "bad_json@6+353:8", "d:7=c"];
        for batch in [1, 7, 64, 1 << 20] {
            let options = Options { max_record: 100, batch, ..Options::default() };
            assert_eq!(read(&[&path], &options), expected, "batch of {batch}");
        }
    }

    #[test]
    fn a_line_longer_than_the_buffer_is_left_out_and_reading_goes_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("d.jsonl");
        let long = "x".repeat(1 << 20);
        fs::write(&path, format!("{long}\n{{\"text\":\"a\"}}\n{long}")).expect("a file");
        let options = Options { max_record: 1000, ..Options::default() };
        let expected = ["too_large@1+0:1048576", "d:2=a", "too_large@3+1048590:1048576"];
        assert_eq!(read(&[&path], &options), expected);
    }

    #[test]
    fn folders_are_read_in_order_without_what_is_hidden() {
        let folder = tempfile::tempdir().expect("a folder");
        let sub = folder.path().join("b");
        fs::create_dir(&sub).expect("a folder");
        for (name, bytes) in [
            ("c.txt", &b"three"[..]),
            ("b/z.json", b"{\"text\":\"two\"}"),
            ("a.txt", b"one"),
            (".hidden.txt", b"no"),
            ("picture.png", b"no"),
            ("d.txt", b""),
        ] {
            fs::write(folder.path().join(name), bytes).expect("a file");
        }
        assert_eq!(read(&[folder.path()], &Options::default()), ["a=one", "z:1=two", "c=three", "d="]);
    }

    #[test]
    fn a_file_that_breaks_off_keeps_what_came_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let (long, bz) = (folder.path().join("long.txt"), folder.path().join("x.txt"));
        fs::write(&long, "y".repeat(500)).expect("a file");
        fs::write(&bz, b"BZh91AY").expect("a file");
        let options = Options { max_record: 400, ..Options::default() };
        assert_eq!(read(&[&long, &bz], &options), ["too_large@0+0:500", "unreadable@0+0:0"]);
    }
}

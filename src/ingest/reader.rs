//! Reads all inputs, one after the other, and gives their documents out in batches.
//!
//! This is the one thread through which every byte goes; what a file holds is told when it is opened, and how documents
//! are cut out of it is the matter of its format.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::Options;
use super::batch::{Batch, Place};
use super::format::{self, Cut, End, Format, unreadable};
use super::inputs::{Input, Inputs, Source};
use super::open::open;
use super::position::Position;

/// Reads all inputs, batch after batch.
pub struct Reader<'a> {
    inputs: &'a [Input],
    options: &'a Options,
    read: &'a AtomicU64,
    /// Behind the last document that was cut.
    position: Position,
    /// The input of the position, if it has been opened.
    open: Option<Box<dyn Format + 'a>>,
}

impl<'a> Reader<'a> {
    /// A reader of `inputs`; bytes read, as stored, are added to `read`.
    pub fn new(inputs: &'a Inputs, options: &'a Options, read: &'a AtomicU64) -> Self {
        Reader::at(inputs, options, read, Position::default())
    }

    /// A reader of what is left of `inputs` at a position that a batch of the same inputs ended at. In a plain file of
    /// lines it goes there at once; another file is unpacked up to there.
    pub fn at(inputs: &'a Inputs, options: &'a Options, read: &'a AtomicU64, position: Position) -> Self {
        let inputs = inputs.as_slice();
        let passed = inputs.iter().take(position.input).filter_map(|input| input.size).sum();
        read.fetch_add(passed, Relaxed);
        Reader { inputs, options, read, position, open: None }
    }

    /// Fills an empty batch with the next documents, all of one shard. It stays empty at the end of the input.
    pub fn fill(&mut self, batch: &mut Batch) {
        let mut to = Cut { batch, position: &mut self.position, options: self.options };
        while to.has_room() {
            let end = match &mut self.open {
                Some(format) => format.cut(&mut to),
                None => match self.inputs.get(to.position.input) {
                    Some(input) => {
                        self.open = begin(input, self.read, &mut to);
                        if self.open.is_some() { continue } else { End::File }
                    }
                    None => break,
                },
            };
            match end {
                End::Batch => break,
                End::File => {
                    self.open = None;
                    *to.position = to.position.next_input();
                }
            }
        }
        let after = *to.position;
        batch.end(after);
    }
}

/// Opens an input at the position in it; none, and a dead letter, where that cannot be done.
fn begin<'a>(input: &Input, read: &'a AtomicU64, to: &mut Cut<'_>) -> Option<Box<dyn Format + 'a>> {
    if let Some(part) = input.part
        && to.position.offset < part.start
    {
        (to.position.offset, to.position.line) = (part.start, part.lines);
    }
    let begun = open(input, read).map_err(|e| unreadable(&e)).and_then(|opened| {
        let source = Source::new(&input.path);
        format::begin(opened, source, input, to.options, read, to.position)
    });
    // What stands before the part was passed over and is none of its bytes.
    read.fetch_sub(input.part.filter(|_| begun.is_ok()).map_or(0, |part| part.start), Relaxed);
    begun
        .map_err(|reject| {
            to.batch.enter(&Arc::new(Source::new(&input.path)));
            to.reject_bytes(reject, Place::FILE, b"", 0);
        })
        .ok()
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

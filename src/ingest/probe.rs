//! What an input is, by its first bytes and documents, without reading it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::AtomicU64;

use super::inputs::{Input, Inputs, Kind};
use super::{Batch, Fields, Options, Reader, Scratch};
use crate::ingest::open::open;

/// Bytes of documents that are looked at.
const LOOK: usize = 64 << 10;

/// What the beginning of an input tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Probe {
    /// What it holds; none where that is not known before it is read.
    pub format: Option<String>,
    /// What it is packed with, if it is.
    pub packing: Option<&'static str>,
    /// The keys under which id, text, title and date were found; none of a format without keys.
    pub keys: [Option<String>; 4],
    /// Of the first documents: those that could be read, those with a title, those with a date.
    pub articles: usize,
    /// With a title.
    pub titles: usize,
    /// With a date of publication.
    pub dates: usize,
    /// What was wrong with the first of them that could not be read, and how many there were.
    pub wrong: Option<String>,
    /// Those that could not be read.
    pub rejects: usize,
}

impl Input {
    /// The path as given, or as found.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes to be read of it, as stored; none for a pipe or a device.
    pub fn bytes(&self) -> Option<u64> {
        self.size
    }

    /// Looks at its beginning. A pipe or a device is left alone: what is read from it is gone.
    pub fn probe(&self, options: &Options) -> Probe {
        let mut probe = Probe::default();
        if self.size.is_none() {
            return probe;
        }
        probe.packing = File::open(&self.path).and_then(packing).ok().flatten();
        let read = AtomicU64::new(0);
        probe.format = open(self, &read).ok().map(|opened| format!("{:?}", opened.kind).to_lowercase());
        let options = Options { batch: LOOK, ..options.clone() };
        let inputs = Inputs::of(vec![self.clone()]);
        let (mut batch, mut scratch, fields) = (Batch::default(), Scratch::default(), Fields::new(&options));
        Reader::new(&inputs, &options, &read).fill(&mut batch);
        for number in 0..batch.len() {
            match batch.article(number, &fields, &mut scratch) {
                Ok(article) => {
                    probe.articles += 1;
                    probe.titles += usize::from(article.title.is_some());
                    probe.dates += usize::from(article.published.is_some());
                }
                Err(letter) => {
                    probe.rejects += 1;
                    probe.wrong.get_or_insert_with(|| letter.to_string());
                }
            }
            if let Some(line) = batch.line(number) {
                for (known, found) in probe.keys.iter_mut().zip(fields.keys(line)) {
                    *known = known.take().or(found);
                }
            }
        }
        probe
    }
}

impl Batch {
    /// The bytes of a document that is a line of JSON.
    fn line(&self, number: usize) -> Option<&[u8]> {
        let (kind, bytes) = self.stored(number)?;
        (kind == Kind::Lines).then_some(bytes)
    }
}

/// What the first bytes say that the others are packed with.
pub(crate) fn packing(file: File) -> io::Result<Option<&'static str>> {
    const PACKINGS: [(&[u8], &str); 5] = [
        (b"\x1f\x8b", "gzip"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"BZh", "bzip2"),
        (b"\xfd7zXZ\0", "xz"),
        (b"\x04\x22\x4d\x18", "lz4"),
    ];
    let mut head = Vec::new();
    file.take(6).read_to_end(&mut head)?;
    Ok(PACKINGS.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, name)| *name))
}

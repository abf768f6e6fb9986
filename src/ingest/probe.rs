//! What an input is, by its first bytes and documents, without reading it.

use std::sync::atomic::AtomicU64;

use super::inputs::{Input, Inputs, Kind};
use super::{Batch, Fields, Options, Reader, Scratch};

/// Bytes of documents that are looked at.
const LOOK: usize = 64 << 10;

/// What the first documents of an input tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Probe {
    /// The keys under which id, text, title and date were found; none of a format without keys.
    pub keys: [Option<String>; 4],
    /// Documents that can be read.
    pub articles: usize,
    /// Those of them with a title.
    pub titles: usize,
    /// Those of them with a date of publication.
    pub dates: usize,
    /// Documents that cannot be read.
    pub rejects: usize,
    /// What is wrong with the first of these.
    pub wrong: Option<String>,
}

impl Input {
    /// Bytes to be read of it, as stored; none for a pipe or a device.
    pub fn bytes(&self) -> Option<u64> {
        self.size
    }

    /// Looks at its first documents. A pipe or a device is left alone: what is read from it is gone.
    pub fn probe(&self, options: &Options) -> Probe {
        let mut probe = Probe::default();
        if self.size.is_none() {
            return probe;
        }
        let read = AtomicU64::new(0);
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

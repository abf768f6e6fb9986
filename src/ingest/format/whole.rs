//! A file that is one document.

use std::sync::Arc;

use super::super::batch::Place;
use super::super::dead::RAW;
use super::super::inputs::{Kind, Source};
use super::super::open::{Bytes, fill};
use super::{Cut, End, Format, too_large, unreadable};

/// A text or a page.
pub(super) struct Whole<'a> {
    reader: Box<dyn Bytes + 'a>,
    source: Arc<Source>,
    kind: Kind,
}

impl<'a> Whole<'a> {
    pub(super) fn begin(reader: Box<dyn Bytes + 'a>, source: Source, kind: Kind) -> Self {
        Whole { reader, source: Arc::new(source), kind }
    }
}

impl Format for Whole<'_> {
    fn cut(&mut self, to: &mut Cut<'_>) -> End {
        if to.position.record > 0 {
            return End::File;
        }
        to.batch.enter(&self.source);
        let (start, limit) = (to.batch.bytes(), to.options.max_record);
        let place = Place::FILE;
        let mut length = 0u64;
        let failed = loop {
            match fill(&mut *self.reader) {
                Ok([]) => break None,
                Ok(chunk) => {
                    let n = chunk.len();
                    length += n as u64;
                    if length <= limit as u64 {
                        to.batch.bytes.extend_from_slice(chunk);
                    } else if to.batch.bytes.len() == start {
                        to.batch.bytes.extend_from_slice(&chunk[..n.min(RAW)]);
                    }
                    self.reader.consume(n);
                }
                Err(e) => break Some(unreadable(&e)),
            }
        };
        match failed.or_else(|| (length > limit as u64).then(|| too_large(limit))) {
            None => to.push(self.kind, place, start..start + length as usize),
            Some(reject) => {
                to.batch.bytes.truncate(start + RAW);
                to.reject(reject, place, start..to.batch.bytes(), length);
            }
        }
        End::File
    }
}

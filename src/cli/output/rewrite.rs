//! What is changed in records by those before them.

use std::io;

use dateline::stream::{Ended, Told, Written};

use super::super::duplicates::Doubles;
use super::super::one_a_day::Seen;

/// Documents that say the same and events that were told, as far as these are asked for.
pub struct Rewrite {
    doubles: Option<Doubles>,
    seen: Option<Seen>,
    /// The records of one document, with what they are doubles of.
    marked: Vec<u8>,
    /// The records of a batch, and where those of its documents end.
    records: Vec<u8>,
    ends: Vec<Ended>,
}

impl Rewrite {
    /// None where nothing is to be changed.
    pub fn new(doubles: Option<Doubles>, seen: Option<Seen>) -> Option<Self> {
        let (marked, records, ends) = Default::default();
        (doubles.is_some() || seen.is_some()).then_some(Rewrite { doubles, seen, marked, records, ends })
    }

    /// A batch as it is to be written. Its first `known` documents are written already, and only learnt from.
    pub fn batch<'a>(&'a mut self, batch: &Written<'a>, known: usize) -> io::Result<Written<'a>> {
        self.records.clear();
        self.ends.clear();
        let mut begin = 0;
        for (number, document) in batch.documents.iter().enumerate() {
            let records = &batch.records[begin..document.end];
            begin = document.end;
            let start = self.records.len();
            match (&mut self.doubles, &mut self.seen) {
                (Some(doubles), Some(seen)) => {
                    self.marked.clear();
                    doubles.mark(records, &document.told, &mut self.marked);
                    seen.write(&self.marked, &mut self.records)?;
                }
                (Some(doubles), None) => doubles.mark(records, &document.told, &mut self.records),
                (None, Some(seen)) => seen.write(records, &mut self.records)?,
                (None, None) => self.records.extend_from_slice(records),
            }
            if number < known {
                self.records.truncate(start);
            } else {
                let told = Told { signature: None, ..document.told };
                self.ends.push(Ended { end: self.records.len(), told });
            }
        }
        Ok(Written { records: &self.records, documents: &self.ends, ..*batch })
    }
}

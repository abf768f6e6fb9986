//! `--duplicates`: the document record of an article that came before says so.
//!
//! Workers tell the signature of each article beside its records; the writer, which sees all of them in the order of the
//! input, looks it up. So the result does not depend on the number of threads.

use clap::{Args, ValueEnum};
use dateline::duplicates::{Index, Likeness, Signature};
use dateline::stream::{Ended, Told, Written};

use super::args::size;

#[derive(Debug, Args)]
pub struct Duplicates {
    /// Name in each document record the earlier document that says the same: exact, word for word but for headline,
    /// dateline and page furniture; near, also with up to a fifth of its words edited or a good third cut off
    #[arg(long, value_name = "LIKENESS", value_enum, conflicts_with = "view")]
    pub duplicates: Option<Alike>,
    /// Memory for what earlier documents say; when it is full, the oldest are forgotten. Some 500,000 documents fit into
    /// the default with near, 2,000,000 with exact
    #[arg(long, value_name = "SIZE", default_value = "256MiB", value_parser = size, requires = "duplicates")]
    pub duplicates_memory: usize,
}

/// What is taken for a duplicate, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Alike {
    Exact,
    Near,
}

impl From<Alike> for Likeness {
    fn from(alike: Alike) -> Self {
        match alike {
            Alike::Exact => Likeness::Exact,
            Alike::Near => Likeness::Near,
        }
    }
}

/// Puts the earlier document into the records of later ones.
pub struct Doubles {
    index: Index,
    records: Vec<u8>,
    documents: Vec<Ended>,
}

impl Doubles {
    /// What was asked for, if it was.
    pub fn new(args: &Duplicates) -> Option<Self> {
        let index = Index::new(args.duplicates?.into(), args.duplicates_memory);
        Some(Doubles { index, records: Vec::new(), documents: Vec::new() })
    }

    /// The batch with `duplicate_of` in the document records that deserve it. Nothing is copied where none does.
    pub fn mark<'a>(&'a mut self, batch: &Written<'a>) -> Written<'a> {
        self.records.clear();
        self.documents.clear();
        let (mut start, mut copied) = (0, 0);
        for document in batch.documents {
            let records = &batch.records[start..document.end];
            let signature = document.told.signature.as_deref().and_then(Signature::from_numbers);
            let line = memchr::memchr(b'\n', records).and_then(|line| line.checked_sub(1));
            if let (Some(signature), Some(id), Some(line)) = (signature, id(records), line)
                && let Some(earlier) = self.index.meet(id, &signature)
            {
                self.records.extend_from_slice(&batch.records[copied..start + line]);
                self.records.extend_from_slice(b",\"duplicate_of\":\"");
                self.records.extend_from_slice(earlier.as_bytes());
                self.records.push(b'"');
                copied = start + line;
            }
            start = document.end;
            let told = Told { signature: None, ..document.told };
            self.documents.push(Ended { end: self.records.len() + start - copied, told });
        }
        if copied == 0 {
            return *batch;
        }
        self.records.extend_from_slice(&batch.records[copied..]);
        Written { records: &self.records, documents: &self.documents, ..*batch }
    }
}

/// The document's id as JSON writes it, without its quotation marks.
fn id(records: &[u8]) -> Option<&str> {
    let id = records.strip_prefix(b"{\"kind\":\"document\",\"doc\":\"")?;
    let mut at = 0;
    loop {
        match id.get(at)? {
            b'"' => return std::str::from_utf8(&id[..at]).ok(),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline::ingest::Position;

    #[test]
    fn the_earlier_id_stands_at_the_end_of_the_document_record() {
        let args = Duplicates { duplicates: Some(Alike::Exact), duplicates_memory: 1 << 16 };
        let mut doubles = Doubles::new(&args).expect("asked for");
        let (first, second) = ("{\"kind\":\"document\",\"doc\":\"a\\\"1\"}\n", "{\"kind\":\"document\",\"doc\":\"b\"}\n");
        let records = format!("{first}{{\"kind\":\"entity\"}}\n{second}{{\"kind\":\"entity\"}}\n");
        let told = Told { signature: Some([7].into()), ..Told::default() };
        let ends = [records.len() / 2 + first.len() / 2 - second.len() / 2, records.len()];
        let documents = ends.map(|end| Ended { end, told: told.clone() });
        let batch = Written {
            records: records.as_bytes(),
            documents: &documents,
            dead: &[],
            after: Position::default(),
            shard: 0,
        };
        let marked = doubles.mark(&batch);
        let text = std::str::from_utf8(marked.records).expect("text");
        let ends: Vec<&str> = marked.documents.iter().map(|document| &text[..document.end]).collect();
        let one = format!("{first}{{\"kind\":\"entity\"}}\n");
        let two = "{\"kind\":\"document\",\"doc\":\"b\",\"duplicate_of\":\"a\\\"1\"}\n{\"kind\":\"entity\"}\n";
        assert_eq!(ends, [&*one, &*format!("{one}{two}")]);
    }
}

//! `--duplicates`: the document record of an article that came before says so.
//!
//! Workers tell the signature of each article beside its records; the writer, which sees all of them in the order of the
//! input, looks it up. So the result does not depend on the number of threads.

use clap::{Args, ValueEnum};
use dateline::duplicates::{Index, Likeness, Signature};
use dateline::stream::Told;

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

/// Puts the earlier document into the record of a later one.
pub struct Doubles {
    index: Index,
}

impl Doubles {
    /// What was asked for, if it was.
    pub fn new(args: &Duplicates) -> Option<Self> {
        let index = Index::new(args.duplicates?.into(), args.duplicates_memory);
        Some(Doubles { index })
    }

    /// Appends the records of one document, with `duplicate_of` in the first one where it is deserved.
    pub fn mark(&mut self, records: &[u8], told: &Told, out: &mut Vec<u8>) {
        let signature = told.signature.as_deref().and_then(Signature::from_numbers);
        let line = memchr::memchr(b'\n', records).and_then(|line| line.checked_sub(1));
        if let (Some(signature), Some(id), Some(line)) = (signature, id(records), line)
            && let Some(earlier) = self.index.meet(id, &signature)
        {
            out.extend_from_slice(&records[..line]);
            out.extend_from_slice(b",\"duplicate_of\":\"");
            out.extend_from_slice(earlier.as_bytes());
            out.push(b'"');
            out.extend_from_slice(&records[line..]);
        } else {
            out.extend_from_slice(records);
        }
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

    #[test]
    fn the_earlier_id_stands_at_the_end_of_the_document_record() {
        let args = Duplicates { duplicates: Some(Alike::Exact), duplicates_memory: 1 << 16 };
        let mut doubles = Doubles::new(&args).expect("asked for");
        let told = Told { signature: Some([7].into()), ..Told::default() };
        let mut mark = |id: &str| {
            let records = format!("{{\"kind\":\"document\",\"doc\":\"{id}\"}}\n{{\"kind\":\"entity\"}}\n");
            let mut out = Vec::new();
            doubles.mark(records.as_bytes(), &told, &mut out);
            String::from_utf8(out).expect("text").replace(&records, "as it was")
        };
        assert_eq!(mark("a\\\"1"), "as it was");
        let second = "{\"kind\":\"document\",\"doc\":\"b\",\"duplicate_of\":\"a\\\"1\"}\n{\"kind\":\"entity\"}\n";
        assert_eq!(mark("b"), second);
    }
}

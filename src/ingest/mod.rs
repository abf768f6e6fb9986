//! Bytes in, articles out.
//!
//! A dump is a file of lines, a folder of texts or a pipe; whatever it is, every document in it leaves this room as an
//! [`Article`] or as a [`DeadLetter`] with its position and reason, in the order of the input.
//!
//! The work is cut where the threads are cut. Finding, opening and cutting into documents ([`Inputs`], [`Reader`]) is
//! cheap and happens on one thread, in order; making an article of a document ([`Batch`], [`Fields`]) is dear and
//! happens wherever a worker is free.

mod batch;
mod dead;
mod decode;
mod format;
mod html;
mod inputs;
mod json;
mod learner;
mod mend;
mod open;
mod position;
mod probe;
mod quick;
mod reader;
mod repeated;
mod share;
mod unpack;
mod warc;

use std::borrow::Cow;
use std::sync::Arc;

pub use batch::{Batch, Scratch};
pub use dead::{DeadLetter, Reason, Reject};
pub use decode::decode;
pub use inputs::{Input, Inputs, Kind};
pub use json::Fields;
pub use learner::{Learner, Losses, Survey};
pub use position::Position;
pub use probe::Probe;
pub use reader::Reader;
pub use repeated::{EDGE_LINES, line_hash};
pub use share::Share;
pub use unpack::Packing;

/// One document as received, before any stage has looked at it.
///
/// `body` is the text that all offsets of the records count in (in code points). It is decoded Unicode, not repaired,
/// and shorter than 4 GiB. Of a page or of a field with HTML it is the text without the markup, for the markup is how the
/// text was sent and not what was said; its references are decoded, its white space is as a browser shows it. Whoever
/// wants to slice that text asks for it: `dateline normalize --received`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article<'a> {
    /// The document's id: its id field, else its file name without the ending, else `path:line`.
    pub id: Cow<'a, str>,
    /// Where it came from: path and position, as printed in the record (`dump.jsonl:17`).
    pub source: Cow<'a, str>,
    /// The text as received.
    pub body: Cow<'a, str>,
    /// The title, when a field gave one.
    pub title: Option<Cow<'a, str>>,
    /// The publication date as its field gave it, not yet parsed.
    pub published: Option<Cow<'a, str>>,
    /// When it was fetched, as the archive tells it: the last resort for its date.
    pub captured: Option<Cow<'a, str>>,
    /// What had to be done to read it at all: `bad_utf8` or `bad_encoding` (bytes that are not the encoding they claim),
    /// an encoding that was guessed (`windows_1252`), `mended_json` (a line that strict JSON refuses), `html` (the text
    /// was taken out of markup), `truncated` (the crawler kept its beginning). To be printed among the record's warnings.
    pub warnings: Vec<&'static str>,
    /// Lines that its source puts around many articles, where they were looked for: their [`line_hash`], sorted.
    pub repeated: Cow<'a, [u64]>,
    /// How its source loses spaces, where that was looked for.
    pub losses: Option<Arc<Losses>>,
}

impl Article<'_> {
    /// The same article, holding its own strings.
    pub fn into_owned(self) -> Article<'static> {
        fn own(text: Cow<'_, str>) -> Cow<'static, str> {
            Cow::Owned(text.into_owned())
        }
        Article {
            id: own(self.id),
            source: own(self.source),
            body: own(self.body),
            title: self.title.map(own),
            published: self.published.map(own),
            captured: self.captured.map(own),
            warnings: self.warnings,
            repeated: Cow::Owned(self.repeated.into_owned()),
            losses: self.losses,
        }
    }
}

/// How documents are found in the input.
///
/// A field left at `None` is looked for under its usual names; a dotted name (`meta.id`) looks inside objects.
#[derive(Clone, Debug)]
pub struct Options {
    /// Name of the field with the text.
    pub text: Option<String>,
    /// Name of the field with the id.
    pub id: Option<String>,
    /// Name of the field with the title.
    pub title: Option<String>,
    /// Name of the field with the publication date.
    pub published: Option<String>,
    /// Longest document read, in bytes as stored (after decompression); below 4 GiB. Longer ones are dead letters.
    pub max_record: usize,
    /// Bytes of documents handed to a worker at a time. A document is never cut, so a batch may be longer.
    pub batch: usize,
    /// Bytes of documents in a shard: what a batch never spans the end of, and outputs may be cut by. A shard ends before
    /// the first document that begins at or behind the next multiple, so its end depends on the input alone. None for one
    /// shard.
    pub shard: Option<u64>,
    /// Put all bytes of a document into its dead letter, and not only the first few.
    pub whole_letters: bool,
}

impl Options {
    /// The shard of a document with so many bytes of documents before it.
    pub(crate) fn shard_at(&self, bytes: u64) -> u64 {
        self.shard.map_or(0, |shard| bytes / shard.max(1))
    }
}

impl Default for Options {
    fn default() -> Self {
        Options {
            text: None,
            id: None,
            title: None,
            published: None,
            max_record: 64 << 20,
            batch: 256 << 10,
            shard: None,
            whole_letters: false,
        }
    }
}

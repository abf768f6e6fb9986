//! Bytes in, articles out.
//!
//! A dump is a file of lines, a folder of texts or a pipe; whatever it is, every document in it leaves this room as an
//! [`Article`] or as a dead letter with its position and reason, in the order of the input.

use std::borrow::Cow;

/// One document as received, before any stage has looked at it.
///
/// `body` is the text that all offsets of the records count in (in code points). It is decoded Unicode, not repaired.
#[derive(Clone, Debug, Default)]
pub struct Article<'a> {
    /// The document's id: its id field, else its path without the ending, else `path:line`.
    pub id: Cow<'a, str>,
    /// Where it came from: path and position, as printed in the record (`dump.jsonl:17`).
    pub source: Cow<'a, str>,
    /// The text as received.
    pub body: Cow<'a, str>,
    /// The title, when a field gave one.
    pub title: Option<Cow<'a, str>>,
    /// The publication date as its field gave it, not yet parsed.
    pub published: Option<Cow<'a, str>>,
}

//! What becomes of a document that cannot be read.
//!
//! One bad line must not cost the other million. It is put aside with enough to find it again (file, line, byte offset)
//! and to see at a glance what is wrong with it (a reason from a short list, a message, its first bytes).

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::{Serialize, Serializer};
use twox_hash::XxHash3_64;

/// Bytes of the document shown in a dead letter, where not all are asked for.
pub(crate) const RAW: usize = 200;

/// Why a document became a dead letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The line or value is not a JSON object.
    BadJson,
    /// The row of a table does not have its columns.
    BadRow,
    /// The record of an archive is damaged, or its body cannot be unpacked.
    BadRecord,
    /// The line is not UTF-8.
    BadUtf8,
    /// The object holds no text.
    MissingField,
    /// The document is longer than the longest one allowed.
    TooLarge,
    /// The file could not be opened, or broke off while it was read.
    Unreadable,
    /// A stage failed on it: a defect of dateline, and worth a report.
    Panic,
}

impl Reason {
    /// The reason as written in the dead letter.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::BadJson => "bad_json",
            Reason::BadRow => "bad_row",
            Reason::BadRecord => "bad_record",
            Reason::BadUtf8 => "bad_utf8",
            Reason::MissingField => "missing_field",
            Reason::TooLarge => "too_large",
            Reason::Unreadable => "unreadable",
            Reason::Panic => "panic",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Why bytes are not an article; the place is added by who knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The kind of defect.
    pub reason: Reason,
    /// The defect, in words.
    pub message: String,
}

impl Reject {
    pub(crate) fn new(reason: Reason, message: impl Into<String>) -> Self {
        Reject { reason, message: message.into() }
    }
}

/// A document that was put aside. Its JSON form is one line of the dead-letter file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeadLetter {
    /// The file as named by the user, or found below a folder that they named.
    pub source: String,
    /// Its line there, from 1; none for a file that is one document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Its number there, from 1, where documents are counted and not lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    /// Bytes before it in the (decompressed) file; of an archive packed record by record, in the file as stored.
    pub offset: u64,
    /// Its length in bytes, without the line's end.
    pub bytes: u64,
    /// The kind of defect.
    pub reason: Reason,
    /// The defect, in words.
    pub message: String,
    /// XXH3 (64 bits, hexadecimal) of its bytes; none where they were not all held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// Its first 200 bytes, as far as they are text, or all where that is asked for; none where no byte was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// All of its bytes in base64, where they are asked for and not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
}

impl fmt::Display for DeadLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line.or(self.record) {
            Some(line) => write!(f, "{}:{line}: {}: {}", self.source, self.reason, self.message),
            None => write!(f, "{}: {}: {}", self.source, self.reason, self.message),
        }
    }
}

/// The beginning of `bytes`, or all of it, as a dead letter shows it: as text, and in base64.
pub(crate) fn shown(bytes: &[u8], all: bool) -> (Option<String>, Option<String>) {
    if all && let Ok(text) = std::str::from_utf8(bytes) {
        return (Some(text.to_owned()), None);
    }
    let head = &bytes[..bytes.len().min(RAW)];
    let raw = (!head.is_empty()).then(|| String::from_utf8_lossy(head).into_owned());
    (raw, all.then(|| BASE64_STANDARD.encode(bytes)))
}

/// What stands for bytes, to find the same ones again.
pub(crate) fn hash(bytes: &[u8]) -> String {
    format!("{:016x}", XxHash3_64::oneshot(bytes))
}

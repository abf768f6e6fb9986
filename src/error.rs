//! The one public error.
//!
//! Only reading, building and writing can fail; a stage, given an article, always returns a value. So the kinds
//! are few, and each carries the place (file and line) where there is one.

use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong, and where.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    at: Option<(PathBuf, u64)>,
}

/// The ways in which dateline can fail.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Reading or writing failed.
    Io(std::io::Error),
    /// A list, a rule file or a compiled image does not hold what its format asks for.
    List(String),
    /// The options contradict each other or name something that is not there.
    Usage(String),
    /// Documents were lost on the way: a defect of dateline.
    Lost(String),
    /// More documents could not be read than were allowed to.
    Rejects(String),
}

/// The result of what can fail.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error without a place.
    pub fn new(kind: ErrorKind) -> Self {
        Error { kind, at: None }
    }

    /// A defect of a list or of a compiled image.
    pub fn list(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::List(message.into()))
    }

    /// Options that cannot be served.
    pub fn usage(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Usage(message.into()))
    }

    /// Counts that do not agree at the end of a run.
    pub fn lost(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Lost(message.into()))
    }

    /// Whether the reader of our output has gone away, which is how `head` says that it has seen enough.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(&self.kind, ErrorKind::Io(e) if e.kind() == std::io::ErrorKind::BrokenPipe)
    }

    /// The same error with its file and line (counted from 1; 0 for the file as a whole).
    pub fn at(mut self, path: &Path, line: u64) -> Self {
        self.at = Some((path.to_owned(), line));
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }
}

/// The line, counted from 1, in which bytes stop being UTF-8.
pub(crate) fn line_of(bytes: &[u8], error: std::str::Utf8Error) -> u64 {
    bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() as u64 + 1
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.at {
            Some((path, 0)) => write!(f, "{}: ", path.display())?,
            Some((path, line)) => write!(f, "{}:{line}: ", path.display())?,
            None => {}
        }
        match &self.kind {
            ErrorKind::Io(e) => e.fmt(f),
            ErrorKind::List(m) | ErrorKind::Usage(m) | ErrorKind::Lost(m) | ErrorKind::Rejects(m) => f.write_str(m),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Io(e) => Some(e),
            _ => None,
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        Error::new(ErrorKind::Io(e))
    }
}

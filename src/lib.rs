//! Reads news articles and tells who did what, to whom, when and where.

#![deny(missing_docs)]

pub mod error;
pub mod ingest;
pub mod pipeline;
pub mod span;

pub use error::{Error, ErrorKind, Result};
pub use ingest::Article;
pub use span::Span;

//! Reads news articles and tells who did what, to whom, when and where.

#![deny(missing_docs)]

pub mod analysis;
pub mod dictionary;
pub mod duplicates;
pub mod emit;
pub mod entities;
pub mod error;
pub mod events;
#[doc(hidden)]
pub mod failpoint;
pub mod gazetteer;
pub mod ingest;
pub mod kernel;
pub mod normalize;
pub mod pipeline;
pub mod segment;
pub mod span;
pub mod stream;
#[cfg(feature = "parquet")]
pub mod tables;
pub mod token;

pub use error::{Error, ErrorKind, Result};
pub use ingest::Article;
pub use span::Span;

// The README's example is compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

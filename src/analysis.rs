//! Everything found in one article: what the stations leave for `emit` to write.

use crate::entities::Entities;
use crate::events::Event;
use crate::ingest::Article;
use crate::kernel::Block;
use crate::normalize::{Alignment, Head, Language, Repair};
use crate::segment::Sentence;
use crate::token::Token;
use std::ops::Range;

/// One article, read.
#[derive(Clone, Copy)]
pub struct Analysis<'a> {
    /// The article as received.
    pub article: &'a Article<'a>,
    /// The clean text; all byte spans are of it.
    pub text: &'a str,
    /// The classes of the bytes of the article as received, 64 a block.
    pub blocks: &'a [Block],
    /// From the clean text back to the article as received.
    pub alignment: &'a Alignment,
    /// Its language.
    pub language: Language,
    /// What was repaired.
    pub repairs: &'a [Repair],
    /// The tokens of the clean text.
    pub tokens: &'a [Token],
    /// The article's head.
    pub head: &'a Head,
    /// Page furniture, as token ranges.
    pub furniture: &'a [Range<u32>],
    /// The sentences.
    pub sentences: &'a [Sentence],
    /// Publication date in days since 1970-01-01, and where it was read: `field`, `header` or `dateline`.
    pub published: Option<(i32, &'static str)>,
    /// Names, dates, amounts, quotations.
    pub entities: &'a Entities,
    /// What happened.
    pub events: &'a [Event],
}

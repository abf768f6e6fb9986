//! Finds the sentences of one article.

/// What a sentence is within its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The metadata before the text: ` date 2024-10-24`, a dateline.
    Header,
    /// The title line.
    Title,
    /// A line without a final stop that stands alone: a sub-heading.
    Heading,
    /// The article's text.
    Body,
    /// What the page put around it: "Share:", "Also Read: …".
    Furniture,
}

/// A sentence, in numbers of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// Number of the paragraph, from 0.
    pub paragraph: u32,
    /// What it is within its article.
    pub part: Part,
}

impl Sentence {
    /// Its tokens as a range.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.first as usize..self.end as usize
    }
}

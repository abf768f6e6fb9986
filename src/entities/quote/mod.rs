//! Quotations with their cue and their speaker.

/// A quotation in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// First token inside the marks.
    pub first: u32,
    /// One past the last token inside the marks.
    pub end: u32,
    /// The cue: the verb of saying ("said"), as a token.
    pub cue: Option<u32>,
    /// The speaker's tokens as written beside the cue: a name, a title with a name, a pronoun.
    pub speaker: Option<(u32, u32)>,
}

//! A text on its way to being clean, pass by pass, with the way back to where it began.

use crate::normalize::Alignment;
use std::ops::Range;

/// What the passes have made of a text so far.
#[derive(Debug)]
pub(super) struct Draft<'t> {
    received: &'t str,
    /// The text as it is now, once something was edited.
    text: String,
    alignment: Alignment,
}

/// The edits of one pass, left to right.
#[derive(Debug)]
pub(super) struct Pass<'p> {
    text: &'p str,
    /// What of it has been copied or replaced.
    done: usize,
    out: String,
    alignment: Alignment,
}

impl<'t> Draft<'t> {
    pub fn new(received: &'t str) -> Self {
        Draft { received, text: String::new(), alignment: Alignment::default() }
    }

    /// The text as it is now.
    pub fn text(&self) -> &str {
        if self.alignment.is_identity() { self.received } else { &self.text }
    }

    /// Runs a pass over the text as it is now.
    pub fn edit(&mut self, pass: impl FnOnce(&mut Pass<'_>)) {
        let mut edits = Pass { text: self.text(), done: 0, out: String::new(), alignment: Alignment::default() };
        pass(&mut edits);
        let Pass { text, done, mut out, alignment, .. } = edits;
        if alignment.is_identity() {
            return;
        }
        out.push_str(&text[done..]);
        self.alignment = alignment.behind(&self.alignment);
        self.text = out;
    }

    /// The clean text and the way back, when something was edited.
    pub fn finish(self) -> Option<(String, Alignment)> {
        (!self.alignment.is_identity()).then_some((self.text, self.alignment))
    }
}

impl<'p> Pass<'p> {
    /// The text before the pass.
    pub fn text(&self) -> &'p str {
        self.text
    }

    /// Puts `now` in the place of some bytes behind those replaced before.
    pub fn replace(&mut self, range: Range<usize>, now: &str) {
        self.out.push_str(&self.text[self.done..range.start]);
        self.alignment.push(self.out.len() as u32, range.start as u32, now.len() as u32, range.len() as u32);
        self.out.push_str(now);
        self.done = range.end;
    }
}

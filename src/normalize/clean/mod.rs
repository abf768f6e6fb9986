//! Mends what is broken in a text before its spaces are: letters misread, references of HTML, characters that nobody
//! sees, words cut at the end of a line.
//!
//! The text is edited only where it was broken. What merely looks otherwise (kinds of quotation marks, no-break spaces,
//! ligatures, wide letters) is left as received and folded where words are compared.
//!
//! On the way out: of a text with nothing suspicious, nothing, at the cost of one look at its bytes; else the clean text
//! with the way back, or nothing when all was in order.

mod characters;
mod draft;
mod entities;
mod gate;
mod hyphens;
mod mojibake;

use super::Alignment;
use crate::dictionary::Dictionary;
use crate::kernel::{self, Block};
use draft::Draft;
use gate::Suspects;
use hyphens::Spelling;

/// What was wrong with some characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A reference of HTML: `&amp;`.
    Entity,
    /// UTF-8 that was read as another encoding: `Ã©`.
    Mojibake,
    /// Characters that nobody sees.
    Unseen,
    /// A word cut at the end of a line.
    LineEnd,
}

impl Fault {
    /// The fault of characters that were replaced.
    pub fn of(was: &str) -> Self {
        if was.starts_with('&') && was.ends_with(';') {
            Fault::Entity
        } else if was.starts_with('-') || was.starts_with('\u{ad}') && was.contains('\n') {
            Fault::LineEnd
        } else if was.chars().all(characters::is_unseen) && !was.contains(|c| mojibake::instead_of_control(c).is_some())
        {
            Fault::Unseen
        } else {
            Fault::Mojibake
        }
    }

    /// Its name in the records.
    pub fn name(self) -> &'static str {
        match self {
            Fault::Entity => "entity",
            Fault::Mojibake => "mojibake",
            Fault::Unseen => "unseen",
            Fault::LineEnd => "line_end",
        }
    }
}

/// A text after its faults were mended.
#[derive(Clone, Debug, Default)]
pub struct Cleaned {
    /// The clean text.
    pub text: String,
    /// The way back from it to the text as received.
    pub alignment: Alignment,
    /// What the reader of its records should know.
    pub warnings: Vec<&'static str>,
}

/// Buffers of a worker for [`clean`].
#[derive(Debug, Default)]
pub struct Scratch {
    blocks: Vec<Block>,
    mojibake: mojibake::Scratch,
}

/// Mends what is broken in `body`, whose bytes are sorted into `blocks`. False when nothing is; then `out` is not touched.
pub fn clean(
    dictionary: &Dictionary<'_>,
    body: &str,
    blocks: &[Block],
    scratch: &mut Scratch,
    out: &mut Cleaned,
) -> bool {
    let suspects = Suspects::of(body, blocks);
    suspects.any() && mend(dictionary, body, suspects, scratch, out)
}

/// A line that is not part of the text, mended; none when nothing is broken.
pub fn line(dictionary: &Dictionary<'_>, line: &str, scratch: &mut Scratch) -> Option<String> {
    kernel::classify(line.as_bytes(), &mut scratch.blocks);
    let suspects = Suspects::of(line, &scratch.blocks);
    let mut out = Cleaned::default();
    (suspects.any() && mend(dictionary, line, suspects, scratch, &mut out)).then_some(out.text)
}

#[cold]
#[inline(never)]
fn mend(dictionary: &Dictionary<'_>, body: &str, suspects: Suspects, scratch: &mut Scratch, out: &mut Cleaned) -> bool {
    let spelling = Spelling::new(dictionary);
    let mut draft = Draft::new(body);
    let mut warnings = Vec::new();
    if suspects.entity {
        entities::mend(&mut draft);
    }
    // What references stood for may be misread or unseen in its turn.
    let again = if suspects.entity {
        kernel::classify(draft.text().as_bytes(), &mut scratch.blocks);
        Suspects::of(draft.text(), &scratch.blocks)
    } else {
        suspects
    };
    if again.mojibake && mojibake::mend(&mut draft, &mut scratch.mojibake) {
        warnings.push("mojibake");
    }
    if again.unseen && characters::mend(&mut draft, &spelling) {
        warnings.push("control_characters");
    }
    if again.hyphen {
        hyphens::mend(&mut draft, &spelling);
    }
    match draft.finish() {
        Some((text, alignment)) => {
            *out = Cleaned { text, alignment, warnings };
            true
        }
        None => false,
    }
}

//! Whether a text has anything at all that may be broken: one look at its bytes, many at once. What the tokenizer has
//! sorted them into is used again: which end lines, which are beyond ASCII.

use super::{entities, mojibake};
use crate::kernel::{Block, Wide, each_bit, widely};

/// What of a text is to be looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Suspects {
    /// A reference of HTML.
    pub entity: bool,
    /// Characters that could be misread ones.
    pub mojibake: bool,
    /// Control characters, soft hyphens, characters of no width.
    pub unseen: bool,
    /// A hyphen at the end of a line.
    pub hyphen: bool,
}

impl Suspects {
    pub fn any(self) -> bool {
        self != Suspects::default()
    }

    /// Those of a text whose bytes are sorted into `blocks`.
    pub fn of(text: &str, blocks: &[Block]) -> Self {
        widely(Look { text, blocks })
    }
}

struct Look<'t> {
    text: &'t str,
    blocks: &'t [Block],
}

/// Bytes that a block speaks of.
const BLOCK: usize = 64;
/// Bytes looked at together: so many that to ask for all of them costs little beside the looking.
const STEP: usize = 256;

impl Wide for Look<'_> {
    type Answer = Suspects;

    #[inline(always)]
    fn run(self) -> Suspects {
        let Look { text, blocks } = self;
        let bytes = text.as_bytes();
        let mut found = Suspects::default();
        for (step, from) in bytes.chunks(STEP).zip((0..).step_by(STEP)) {
            let is_rare = step.first_chunk::<STEP>().map_or_else(|| has_rare(step), |whole| has_rare(whole));
            if is_rare {
                ascii(bytes, from, &mut found);
            }
        }
        let mut high = 0;
        for (block, from) in blocks.iter().zip((0..).step_by(BLOCK)) {
            high |= block.high;
            for bit in each_bit(block.space & !block.blank) {
                line_end(bytes, from + bit, &mut found);
            }
        }
        if high != 0 {
            beyond_ascii(text, blocks, &mut found);
        }
        found
    }
}

/// Whether one of the bytes is a control character or `&`. Written so that the compiler sees vectors.
#[inline(always)]
fn has_rare(own: &[u8]) -> bool {
    let mut any = 0;
    for &byte in own {
        let control = (byte < b' ') & (byte.wrapping_sub(9) > 4);
        any |= u8::from(control | (byte == b'&') | (byte == 0x7F));
    }
    any != 0
}

/// Looks at the rare bytes of a step, of ASCII.
#[cold]
#[inline(never)]
fn ascii(bytes: &[u8], from: usize, found: &mut Suspects) {
    for at in from..bytes.len().min(from + STEP) {
        match bytes[at] {
            b'\t'..=b'\r' => {}
            b'&' => found.entity |= entities::may_begin(&bytes[at..]),
            0..b' ' | 0x7F => found.unseen = true,
            _ => {}
        }
    }
}
/// Looks at white space that is no blank.
#[inline(always)]
fn line_end(bytes: &[u8], at: usize, found: &mut Suspects) {
    let is_line_feed = bytes[at] == b'\n';
    if is_line_feed || bytes[at] == b'\r' {
        found.hyphen |= at > 0 && bytes[at - 1] == b'-';
        found.unseen |= !is_line_feed && bytes.get(at + 1) != Some(&b'\n');
    }
}

/// Looks at the characters beyond ASCII.
#[inline(always)]
fn beyond_ascii(text: &str, blocks: &[Block], found: &mut Suspects) {
    let bytes = text.as_bytes();
    let mut inner_before = 0;
    for (block, from) in blocks.iter().zip((0..).step_by(BLOCK)) {
        let leads = block.high & !block.inner;
        for bit in each_bit(leads) {
            match bytes[from + bit..] {
                [0xC2, 0x80..=0x9F, ..] => {
                    found.mojibake = true;
                    found.unseen = true;
                }
                // Ã and Â alone have such a habit of losing what belongs to them.
                [0xC3, 0x82 | 0x83, b' ', ..] => found.mojibake = true,
                [0xC2, 0xAD, ..]
                | [0xE2, 0x80, 0x8B..=0x8F | 0xAA..=0xAE, ..]
                | [0xE2, 0x81, 0xA0..=0xAF, ..]
                | [0xEF, 0xBB, 0xBF, ..] => found.unseen = true,
                _ => {}
            }
        }
        // Two of them side by side.
        for bit in each_bit(leads & (block.inner << 1 | inner_before >> 63)) {
            let (before, behind) = text.split_at(from + bit);
            if let (Some(first), Some(second)) = (before.chars().next_back(), behind.chars().next()) {
                // What a Macintosh made of UTF-8 has quotation marks in it too, but never they alone; and before a letter
                // with an accent they are usual.
                let is_quote = matches!(first, '‘' | '’' | '“' | '”' | '…' | '«' | '»');
                found.mojibake |= !is_quote && mojibake::may_begin(first, second);
            }
        }
        inner_before = block.inner;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::classify;

    /// What a fault is told by wherever it stands, in text long enough for several steps.
    fn of(fault: &str) -> Vec<Suspects> {
        let of = |text: &str| {
            let mut blocks = Vec::new();
            classify(text.as_bytes(), &mut blocks);
            Suspects::of(text, &blocks)
        };
        (0..300).map(|at| of(&format!("{}{fault}{}", "x".repeat(at), "y".repeat(270)))).collect()
    }

    #[test]
    fn a_fault_is_seen_wherever_it_stands() {
        let none = Suspects::default();
        let cases = [
            ("plain", none),
            ("R&D; \t\n\r\n", none),
            ("“e” — ’é, “É", none),
            ("&amp;", Suspects { entity: true, ..none }),
            ("-\n", Suspects { hyphen: true, ..none }),
            ("-\r\n", Suspects { hyphen: true, ..none }),
            ("\0", Suspects { unseen: true, ..none }),
            ("\r", Suspects { unseen: true, ..none }),
            ("\u{7f}", Suspects { unseen: true, ..none }),
            ("\u{ad}", Suspects { unseen: true, ..none }),
            ("\u{200b}", Suspects { unseen: true, ..none }),
            ("Ã©", Suspects { mojibake: true, ..none }),
            ("Ã ", Suspects { mojibake: true, ..none }),
        ];
        for (fault, expected) in cases {
            for (at, found) in of(fault).into_iter().enumerate() {
                assert_eq!(found, expected, "{fault:?} at {at}");
            }
        }
    }
}

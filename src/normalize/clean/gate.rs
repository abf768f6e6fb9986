//! Whether a text has anything at all that may be broken. The tokenizer has sorted its bytes: which are seldom in a clean
//! text, which are beyond ASCII. Only those are looked at.

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

impl Wide for Look<'_> {
    type Answer = Suspects;

    #[inline(always)]
    fn run(self) -> Suspects {
        let Look { text, blocks } = self;
        let (mut high, mut seldom) = (0, 0);
        for block in blocks {
            high |= block.high;
            seldom |= block.seldom;
        }
        let mut found = Suspects::default();
        if seldom != 0 {
            ascii(text.as_bytes(), blocks, &mut found);
        }
        if high != 0 {
            beyond_ascii(text, blocks, &mut found);
        }
        found
    }
}

/// Looks at the bytes of ASCII that are seldom.
#[inline(never)]
fn ascii(bytes: &[u8], blocks: &[Block], found: &mut Suspects) {
    for (block, from) in blocks.iter().zip((0..).step_by(BLOCK)) {
        for at in each_bit(block.seldom).map(|bit| from + bit) {
            match bytes[at] {
                b'&' => found.entity |= entities::may_begin(&bytes[at..]),
                b'-' => found.hyphen = true,
                b'\r' => {
                    found.hyphen |= at > 0 && bytes[at - 1] == b'-';
                    found.unseen |= bytes.get(at + 1) != Some(&b'\n');
                }
                _ => found.unseen = true,
            }
        }
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

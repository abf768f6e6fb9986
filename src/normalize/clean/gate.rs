//! Whether a text has anything at all that may be broken: one look at its bytes, many at once.

use super::{entities, mojibake};
use crate::kernel::{Wide, each_bit, widely};

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

    /// Those of a text.
    pub fn of(text: &str) -> Self {
        widely(Look(text))
    }
}

struct Look<'t>(&'t str);

/// Bytes looked at together.
const STEP: usize = 64;

impl Wide for Look<'_> {
    type Answer = Suspects;

    #[inline(always)]
    fn run(self) -> Suspects {
        let bytes = self.0.as_bytes();
        let (mut found, mut at) = (Suspects::default(), 0);
        // A byte more than a step, since some faults are told by two.
        while let Some(own) = bytes[at..].first_chunk::<{ STEP + 1 }>() {
            if has_rare(own) {
                look_closer(self.0, at, at + STEP, &mut found);
            }
            at += STEP;
        }
        look_closer(self.0, at, bytes.len(), &mut found);
        found
    }
}

/// Whether one of the bytes needs a closer look. Written so that the compiler sees vectors.
#[inline(always)]
fn has_rare(own: &[u8; STEP + 1]) -> bool {
    let mut any = 0;
    for i in 0..STEP {
        let (byte, next) = (own[i], own[i + 1]);
        // Beyond ASCII, below the space but for tab and line feed, and delete.
        let odd = (byte.wrapping_add(1) as i8 <= 0x20) & (byte.wrapping_sub(9) > 1);
        let hyphen = (byte == b'-') & (next < b' ');
        any |= u8::from(odd | (byte == b'&') | hyphen);
    }
    any != 0
}

/// Looks at the bytes from `from` to `to` one by one, as far as they are rare.
#[inline(never)]
fn look_closer(text: &str, from: usize, to: usize, found: &mut Suspects) {
    let bytes = text.as_bytes();
    let mut rare = 0u64;
    for (i, &byte) in bytes[from..to].iter().enumerate() {
        let is_rare = byte >= 0xC0 || byte < b' ' || matches!(byte, b'&' | b'-' | 0x7F);
        rare |= u64::from(is_rare) << i;
    }
    for i in each_bit(rare) {
        let at = from + i;
        match bytes[at] {
            b'\t' | b'\n' | 0xB | 0xC => {}
            b'\r' => found.unseen |= bytes.get(at + 1) != Some(&b'\n'),
            b'&' => found.entity |= entities::may_begin(&bytes[at..]),
            b'-' => found.hyphen |= matches!(bytes.get(at + 1), Some(b'\n' | b'\r')),
            0xC0.. => beyond_ascii(text, at, found),
            _ => found.unseen = true,
        }
    }
}

#[inline(always)]
fn beyond_ascii(text: &str, at: usize, found: &mut Suspects) {
    let mut rest = text[at..].chars();
    let Some(c) = rest.next() else { return };
    match c {
        '\u{80}'..='\u{9f}' => {
            found.mojibake = true;
            found.unseen = true;
        }
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {
            found.unseen = true;
        }
        _ => {}
    }
    if let Some(next) = rest.next()
        && (!next.is_ascii() || matches!(next, ' ' | '?'))
    {
        found.mojibake |= mojibake::may_begin(c, next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a fault is told by wherever it stands, in text long enough for several steps.
    fn of(fault: &str) -> Vec<Suspects> {
        (0..140).map(|at| Suspects::of(&format!("{}{fault}{}", "x".repeat(at), "y".repeat(70)))).collect()
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

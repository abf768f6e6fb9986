//! Characters that, read as bytes of a code page, are one character of UTF-8.

use super::codepage::bytes_of;

/// Such characters, and what they stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sequence {
    /// Their bytes in the text.
    pub start: u32,
    pub end: u32,
    /// What they stand for; U+FFFD where a byte of it was lost.
    pub meant: char,
    /// A space stands in it for a no-break space, as programs leave it that fold white space.
    pub is_spaced: bool,
    /// A byte was lost to U+FFFD or a question mark.
    pub is_lossy: bool,
    /// A question mark stands for it, which as a rule is one.
    pub has_question_mark: bool,
}

/// The sequence of code page `page` that begins at byte `start` of the text.
pub(super) fn read(text: &str, start: usize, page: usize) -> Option<Sequence> {
    let (number, mut sequence) = read_number(text, start, page)?;
    // Some programs write a character beyond the first plane as two, halves of a pair of UTF-16.
    let number = match number {
        Some(high @ 0xD800..0xDC00) => {
            let (Some(low @ 0xDC00..0xE000), second) = read_number(text, sequence.end as usize, page)? else {
                return None;
            };
            sequence.end = second.end;
            sequence.is_spaced |= second.is_spaced;
            Some(0x10000 + ((high & 0x3FF) << 10 | low & 0x3FF))
        }
        other => other,
    };
    if let Some(number) = number {
        sequence.meant = char::from_u32(number)?;
    }
    Some(sequence)
}

/// [`read`] of one number, which may be half a pair; none where a byte was lost.
fn read_number(text: &str, start: usize, page: usize) -> Option<(Option<u32>, Sequence)> {
    let mut rest = text[start..].chars();
    let lead = bytes_of(rest.next()?).of[page];
    let (length, least) = match lead {
        0xC2..=0xDF => (1, 0x80),
        0xE0..=0xEF => (2, 0x800),
        0xF0..=0xF4 => (3, 0x10000),
        _ => return None,
    };
    let mut number = u32::from(lead) & (0x3F >> length);
    let mut found = Sequence {
        start: start as u32,
        end: 0,
        meant: '\u{fffd}',
        is_spaced: false,
        is_lossy: false,
        has_question_mark: false,
    };
    let mut kept = 0;
    for _ in 0..length {
        let mut c = rest.next()?;
        // `â€`, of which quotation marks and dashes are made.
        let is_mark = lead == 0xE2 && number == 0x80 && kept == 1;
        if c == ' ' && is_mark && rest.clone().next().is_some_and(|next| ends_mark(next, page)) {
            // Some programs put a space into it.
            c = rest.next()?;
        }
        let byte = match c {
            // Of the five bytes that windows-1252 has nothing for, only this one ends a mark that is used.
            '\u{fffd}' if is_mark && page == 0 => CLOSING,
            ' ' => {
                found.is_spaced = true;
                0xA0
            }
            '\u{fffd}' | '?' => {
                found.is_lossy = true;
                found.has_question_mark |= c == '?';
                0x80
            }
            _ => match bytes_of(c).of[page] {
                byte @ 0x80..=0xBF => {
                    kept += 1;
                    byte
                }
                _ => return None,
            },
        };
        number = number << 6 | u32::from(byte & 0x3F);
    }
    found.end = (text.len() - rest.as_str().len()) as u32;
    if found.is_lossy {
        // Of a long one something must be left, or it is nothing but a letter before damage.
        return (kept + 1 >= length && !found.is_spaced).then_some((None, found));
    }
    (number >= least && number <= 0x10FFFF).then_some((Some(number), found))
}

/// The last byte of `”`.
const CLOSING: u8 = 0x9D;

/// Whether a character behind `â€` is the last byte of a quotation mark or a dash.
fn ends_mark(c: char, page: usize) -> bool {
    c == '\u{fffd}' || matches!(bytes_of(c).of[page], 0x93..=CLOSING)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str, page: usize) -> Option<char> {
        read(text, 0, page).filter(|s| s.end as usize == text.len()).map(|s| s.meant)
    }

    #[test]
    fn sequences_are_read_back() {
        let cases = [
            ("Ã¼", 0, Some('ü')),
            ("â€™", 0, Some('’')),
            ("ðŸŒ³", 0, Some('🌳')),
            ("í\u{a0}¼í¼³", 0, Some('🌳')),
            ("Ñ\u{81}", 0, Some('с')),
            ("С†", 1, Some('ц')),
            ("├╝", 8, Some('ü')),
            ("√º", 7, Some('ü')),
            ("Ã ", 0, Some('à')),
            ("Ä\u{fffd}", 0, Some('\u{fffd}')),
            ("â€\u{fffd}", 0, Some('”')),
            ("â€ ™", 0, Some('’')),
            ("â€ \u{fffd}", 0, Some('”')),
            ("â€ ", 0, Some('†')),
            ("é", 0, None),
            ("éa", 0, None),
            ("À®", 0, None),
            ("à®", 0, None),
            ("à‚®", 0, None),
            ("í´´", 0, None),
            ("ô¿¿¿", 0, None),
        ];
        for (text, page, expected) in cases {
            assert_eq!(meant(text, page), expected, "{text}");
        }
    }
}

//! References of HTML that a scraper left in the text: `&amp;`, `&#8217;`, `&nbsp;`.
//!
//! Only whole ones with their semicolon are read: in running text `&copy` is more often a parameter of an address than a
//! sign. Names are looked up by html5gum, which has them all; numbers are read here, as HTML reads them.

use super::draft::Draft;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::convert::Infallible;

/// The longest name of HTML, with its marks, has so many bytes.
const LONGEST: usize = 33;

/// Replaces the references of `draft` by what they stand for. Whether there was one.
pub(super) fn mend(draft: &mut Draft<'_>) {
    draft.edit(|pass| {
        let text = pass.text();
        let (mut at, mut now) = (0, String::new());
        while let Some(found) = memchr::memchr(b'&', &text.as_bytes()[at..]) {
            let start = at + found;
            now.clear();
            at = match read(&text[start..], &mut now) {
                Some(len) => {
                    pass.replace(start..start + len, &now);
                    start + len
                }
                None => start + 1,
            };
        }
    });
}

/// Whether a reference may begin with the `&` at the start of `rest`.
pub(super) fn may_begin(rest: &[u8]) -> bool {
    let name = rest[1..].iter().take(LONGEST).position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'#'));
    name.is_some_and(|len| len > 1 && rest[1 + len] == b';')
}

/// What the reference at the start of `rest` stands for, put to `out`, and its length in bytes. What was escaped several
/// times (`&amp;#8217;`) is one reference.
fn read(rest: &str, out: &mut String) -> Option<usize> {
    if !may_begin(rest.as_bytes()) {
        return None;
    }
    let mut len = rest.find(';')? + 1;
    let mut inside = &rest[1..len - 1];
    while matches!(inside, "amp" | "AMP" | "#38" | "#x26") {
        // What follows is read as if the `&` stood before it.
        let behind = &rest[len..];
        let end = behind.bytes().take(LONGEST).position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'#'));
        match end {
            Some(end) if end > 1 && behind.as_bytes()[end] == b';' && is_known(&behind[..end]) => {
                inside = &behind[..end];
                len += end + 1;
            }
            _ => break,
        }
    }
    decode(inside, out).then_some(len)
}

fn is_known(inside: &str) -> bool {
    decode(inside, &mut String::new())
}

/// Puts to `out` what stands between the marks of a reference means; whether it means anything.
fn decode(inside: &str, out: &mut String) -> bool {
    let usual = match inside {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        "lsquo" => "‘",
        "rsquo" => "’",
        "ldquo" => "“",
        "rdquo" => "”",
        "ndash" => "–",
        "mdash" => "—",
        "hellip" => "…",
        _ => "",
    };
    if !usual.is_empty() {
        out.push_str(usual);
        return true;
    }
    match inside.strip_prefix('#') {
        Some(number) => match numbered(number) {
            Some(c) => {
                out.push(c);
                true
            }
            None => false,
        },
        None => named(inside, out),
    }
}

/// The character with a number, decimal or with an `x` before it.
fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok()?,
        None if number.bytes().all(|b| b.is_ascii_digit()) => number.parse().ok()?,
        _ => return None,
    };
    let c = char::from_u32(code)?;
    // As browsers do: a number of the control characters is meant as windows-1252.
    let c = super::mojibake::instead_of_control(c).unwrap_or(c);
    (!c.is_control() || matches!(c, '\t' | '\n' | '\r')).then_some(c)
}

/// What html5gum makes of a name.
fn named(name: &str, out: &mut String) -> bool {
    if !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return false;
    }
    let reference = format!("&{name};");
    let before = out.len();
    let read = |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        if let CallbackEvent::String { value } = event {
            out.push_str(&String::from_utf8_lossy(value));
        }
        None
    };
    let Ok(()) = Tokenizer::new_with_emitter(&reference, CallbackEmitter::new(read)).finish();
    // A name that only begins with a known one keeps its semicolon.
    let is_known = !out[before..].ends_with(';');
    if !is_known {
        out.truncate(before);
    }
    is_known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let mut draft = Draft::new(text);
        mend(&mut draft);
        draft.text().to_owned()
    }

    #[test]
    fn references_are_read_as_html_reads_them() {
        let cases = [
            ("Fish &amp; chips", "Fish & chips"),
            ("the mayor&#8217;s &ldquo;plan&rdquo;", "the mayor’s “plan”"),
            ("the mayor&#146;s caf&eacute; &#x2014; closed", "the mayor’s café — closed"),
            ("10&nbsp;000 &euro; &hearts;", "10\u{a0}000 € ♥"),
            ("Q&amp;amp;A, it&amp;#039;s &amp;quot;on&amp;quot;", "Q&A, it's \"on\""),
            ("&amp;lt;b&amp;gt;", "<b>"),
        ];
        for (text, expected) in cases {
            assert_eq!(mended(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_reference_stays() {
        for text in [
            "AT&T; and R&D",
            "http://example.org/?a=1&copy=2&b=3",
            "&#0; &#xD800; &#99999999; &#; &; &#x; &#1;",
            "&nosuchname; &ampere;",
            "a & b; c &amp",
            "&",
        ] {
            assert_eq!(mended(text), text);
        }
        assert_eq!(mended(&"&".repeat(1 << 20)).len(), 1 << 20);
        assert_eq!(mended(&"&amp;".repeat(1 << 12)).len(), 1 << 12);
    }
}

//! Makes strict JSON of a line that only Python would take.
//!
//! Dumps written by Python hold three things that the standard forbids and Python reads back without a word: half of a
//! surrogate pair (a text cut in the middle of an emoji), `NaN` for a missing number, and bare control characters.
//! Refusing them would lose whole articles over a comma's worth of damage.

/// The line with lone surrogates as U+FFFD, `NaN` and `Infinity` as `null` and control characters escaped; `None` when
/// there was nothing of the kind. One code point stays one code point, so offsets agree with a lenient reader's.
pub(crate) fn mend(line: &str) -> Option<String> {
    let mut out = String::with_capacity(line.len() + 16);
    let mut rest = line;
    let mut changed = false;
    let mut quoted = false;
    while let Some(at) = rest.find(|c: char| c == '"' || c == '\\' || c < ' ' || (!quoted && "NI-".contains(c))) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest.as_bytes()[0] {
            b'"' => {
                quoted = !quoted;
                out.push('"');
                1
            }
            b'\\' => {
                let (written, taken, lone) = escape(rest);
                out.push_str(written);
                changed |= lone;
                taken
            }
            control if quoted && control < b' ' => {
                out.push_str(&format!("\\u{control:04x}"));
                changed = true;
                1
            }
            other => match ["NaN", "Infinity", "-Infinity"].iter().find(|word| rest.starts_with(**word)) {
                Some(word) if !quoted => {
                    out.push_str("null");
                    changed = true;
                    word.len()
                }
                _ => {
                    out.push(other as char);
                    1
                }
            },
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    changed.then_some(out)
}

/// What to write for the escape at the start of `rest`, how many bytes it takes, and whether it was half a pair.
fn escape(rest: &str) -> (&str, usize, bool) {
    match unit(rest) {
        Some(0xd800..=0xdbff) if matches!(rest.get(6..).and_then(unit), Some(0xdc00..=0xdfff)) => {
            (&rest[..12], 12, false)
        }
        Some(0xd800..=0xdfff) => ("\\ufffd", 6, true),
        Some(_) => (&rest[..6], 6, false),
        // The character after the backslash may be a quotation mark: it must not end the string.
        None => {
            let len = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
            (&rest[..len], len, false)
        }
    }
}

/// The UTF-16 unit that `\uXXXX` at the start of `rest` names.
fn unit(rest: &str) -> Option<u32> {
    u32::from_str_radix(rest.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_python_writes_is_mended() {
        let cases = [
            (r#"{"a":"x\ud83d"}"#, Some(r#"{"a":"x\ufffd"}"#)),
            (r#"{"a":"\udc00\ud83d\ude00"}"#, Some(r#"{"a":"\ufffd\ud83d\ude00"}"#)),
            (r#"{"a":NaN,"b":-Infinity,"c":"NaN"}"#, Some(r#"{"a":null,"b":null,"c":"NaN"}"#)),
            ("{\"a\":\"tab\there\"}", Some(r#"{"a":"tab\u0009here"}"#)),
            (r#"{"a":"\\\"NaN","b":-1}"#, None),
            (r#"{"a":"\u"}"#, None),
            (r#"{"a":"\"#, None),
            (r#"{"a":"\é"}"#, None),
        ];
        for (line, mended) in cases {
            assert_eq!(mend(line).as_deref(), mended, "{line}");
        }
    }
}

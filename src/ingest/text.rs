//! Makes Unicode of a plain text file.
//!
//! Nothing in a text file says how it is encoded. UTF-8 that holds is never an accident; a byte order mark is a promise;
//! what remains is either UTF-8 that was damaged or a text of the windows-1252 family, and which of the two shows in
//! whether multi-byte characters came through intact.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

/// The text of a file, borrowed where it is UTF-8, and the warning that belongs on its article.
///
/// A byte order mark is not part of the text. NUL bytes are.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<&'static str>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (text, damaged.then_some("bad_utf8"));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(_) if mostly_utf8(bytes) => (String::from_utf8_lossy(bytes), Some("bad_utf8")),
        Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0, Some("windows_1252")),
    }
}

/// Whether more characters beyond ASCII came through than broke: chance makes valid sequences of windows-1252 rarely,
/// while a damaged UTF-8 file has one cut at its end or a few stray bytes.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let cases: [(&[u8], &str, Option<&str>); 7] = [
            (b"plain", "plain", None),
            ("na\u{ef}ve".as_bytes(), "naïve", None),
            (b"\xef\xbb\xbfmarked", "marked", None),
            (b"\xff\xfeh\0i\0", "hi", None),
            (b"\xfe\xff\0h\0i", "hi", None),
            (b"caf\xe9 \x93quoted\x94", "café \u{201c}quoted\u{201d}", Some("windows_1252")),
            (b"\xc3\xa9t\xc3\xa9 cut \xc3", "été cut \u{fffd}", Some("bad_utf8")),
        ];
        for (bytes, text, warning) in cases {
            assert_eq!(decode(bytes), (Cow::Borrowed(text), warning), "{bytes:?}");
        }
    }

    #[test]
    fn nul_bytes_are_kept() {
        assert_eq!(decode(b"a\0b").0, "a\0b");
    }
}

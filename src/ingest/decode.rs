//! Makes Unicode of bytes.
//!
//! UTF-8 that holds is never an accident, so it is asked first, at the speed of memory. Next comes a byte order mark,
//! which is a promise. What remains is either UTF-8 that was damaged or a text in a legacy encoding, and which of the two
//! shows in whether multi-byte characters came through whole: damaged UTF-8 stays UTF-8 with U+FFFD in the broken places
//! whatever the page declares. Of the others a page says itself what they are, or chardetng guesses it from a prefix.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes that the guess is made from: enough to tell languages apart, and no more time for a large file than for a small.
const PREFIX: usize = 64 << 10;
/// Bytes in which a page must declare its encoding; HTML asks for it in the first kilobyte.
const DECLARED_IN: usize = 4 << 10;

/// The text of a document, borrowed where it is UTF-8, and the warning that belongs on its article: `bad_utf8`, or the
/// encoding that was guessed.
///
/// A byte order mark is not part of the text. NUL bytes are.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<&'static str>) {
    decode_as(bytes, None)
}

/// The same, for bytes that came with a word on what they are in; it counts as what a page declares, and before it.
pub(crate) fn decode_as<'a>(bytes: &'a [u8], told: Option<&'static Encoding>) -> (Cow<'a, str>, Option<&'static str>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let bytes = &bytes[mark..];
        if encoding == UTF_8 && std::str::from_utf8(bytes).is_err() {
            return (Cow::Owned(damaged(bytes).text), Some("bad_utf8"));
        }
        let (text, is_damaged) = encoding.decode_without_bom_handling(bytes);
        return (text, is_damaged.then_some("bad_utf8"));
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return (encoding.decode_without_bom_handling(bytes).0, Some(warning(encoding)));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), None);
    }
    let read = damaged(bytes);
    // Chance makes valid sequences of a legacy encoding rarely, while a damaged UTF-8 file has one cut at its end or a few
    // stray bytes.
    if read.whole > read.broken {
        return (Cow::Owned(read.text), Some("bad_utf8"));
    }
    let told = told.filter(|encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding));
    let declared = told.or_else(|| declared(&bytes[..bytes.len().min(DECLARED_IN)]));
    let encoding = declared.unwrap_or_else(|| guessed(bytes));
    let (text, is_damaged) = encoding.decode_without_bom_handling(bytes);
    let warning = if declared.is_some() { is_damaged.then_some("bad_encoding") } else { Some(warning(encoding)) };
    (text, warning)
}

/// Bytes read as UTF-8 that is not all whole.
struct Damaged {
    text: String,
    /// Characters beyond ASCII that came through, and places where none did.
    whole: usize,
    broken: usize,
}

/// Reads bytes as UTF-8, U+FFFD for what is broken. Pairs of surrogates written as two characters, as some databases and
/// Java programs do, are the one that they stand for; half of a pair is one U+FFFD.
fn damaged(bytes: &[u8]) -> Damaged {
    let mut read = Damaged { text: String::with_capacity(bytes.len()), whole: 0, broken: 0 };
    let mut rest = bytes;
    loop {
        let (valid, error) = match std::str::from_utf8(rest) {
            Ok(valid) => (valid, None),
            Err(e) => {
                let valid = std::str::from_utf8(&rest[..e.valid_up_to()]).expect("it is valid up to there");
                (valid, Some(e.error_len()))
            }
        };
        read.whole += valid.chars().filter(|c| !c.is_ascii()).count();
        read.text.push_str(valid);
        rest = &rest[valid.len()..];
        let Some(length) = error else { return read };
        let (character, taken) = match surrogates(rest) {
            Some((character, taken)) => {
                read.whole += 1;
                (character, taken)
            }
            None => {
                // A character cut off by the end of the file, of which more than one byte is left, was whole once.
                let is_cut = length.is_none() && rest.len() > 1;
                *(if is_cut { &mut read.whole } else { &mut read.broken }) += 1;
                ('\u{fffd}', length.unwrap_or(rest.len()))
            }
        };
        read.text.push(character);
        rest = &rest[taken..];
    }
}

/// The character for which a pair of surrogates at the start of `bytes` stands, or U+FFFD for half a pair, and how many
/// bytes they take.
fn surrogates(bytes: &[u8]) -> Option<(char, usize)> {
    let half = |at: usize| match bytes.get(at..at + 3)? {
        &[0xED, second @ 0xA0..=0xBF, third @ 0x80..=0xBF] => {
            Some(0xD000 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F))
        }
        _ => None,
    };
    let high = half(0)?;
    match half(3) {
        Some(low) if high < 0xDC00 && low >= 0xDC00 => {
            Some((char::from_u32(0x10000 + ((high & 0x3FF) << 10 | low & 0x3FF))?, 6))
        }
        _ => Some(('\u{fffd}', 3)),
    }
}

/// UTF-16 without a mark, told by the zero in every other byte of its first characters.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes[..bytes.len().min(64)].as_chunks::<2>();
    let all = |test: fn(&[u8; 2]) -> bool| pairs.len() >= 8 && pairs.iter().all(test);
    if all(|pair| pair[0] != 0 && pair[1] == 0) {
        Some(UTF_16LE)
    } else if all(|pair| pair[0] == 0 && pair[1] != 0) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding that a page names: the `charset` of a `meta` element of HTML or the `encoding` of the first line of XML.
/// That it is none of the Unicodes has been found out before.
fn declared(prefix: &[u8]) -> Option<&'static Encoding> {
    if !prefix.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let lower = prefix.to_ascii_lowercase();
    let is_xml = lower.trim_ascii_start().starts_with(b"<?xml");
    let keys: [(&[u8], bool); 2] = [(b"charset", true), (b"encoding", is_xml)];
    keys.into_iter().filter(|(_, counts)| *counts).find_map(|(key, _)| {
        memchr::memmem::find_iter(&lower, key).find_map(|at| {
            let rest = lower[at + key.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
            let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest).trim_ascii_start();
            let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:.".contains(byte))?;
            Encoding::for_label(&rest[..length]).filter(|e| ![UTF_8, UTF_16LE, UTF_16BE].contains(e))
        })
    })
}

/// The legacy encoding that a text most likely is in.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    // A long beginning in ASCII tells nothing.
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let from = first.saturating_sub(PREFIX / 64);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[from..bytes.len().min(from + PREFIX)], true);
    match detector.guess(None, Utf8Detection::Deny) {
        // What is no text at all: any byte is a character of windows-1252.
        encoding if encoding == UTF_8 => WINDOWS_1252,
        encoding => encoding,
    }
}

/// The warning that an encoding was guessed: its name.
fn warning(encoding: &'static Encoding) -> &'static str {
    const NAMES: [(&str, &str); 22] = [
        ("windows-1250", "windows_1250"),
        ("windows-1251", "windows_1251"),
        ("windows-1252", "windows_1252"),
        ("windows-1253", "windows_1253"),
        ("windows-1254", "windows_1254"),
        ("windows-1255", "windows_1255"),
        ("windows-1256", "windows_1256"),
        ("windows-1257", "windows_1257"),
        ("windows-1258", "windows_1258"),
        ("windows-874", "windows_874"),
        ("ISO-8859-2", "iso_8859_2"),
        ("ISO-8859-7", "iso_8859_7"),
        ("KOI8-R", "koi8_r"),
        ("KOI8-U", "koi8_u"),
        ("Shift_JIS", "shift_jis"),
        ("EUC-JP", "euc_jp"),
        ("EUC-KR", "euc_kr"),
        ("GBK", "gbk"),
        ("gb18030", "gb18030"),
        ("Big5", "big5"),
        ("UTF-16LE", "utf_16le"),
        ("UTF-16BE", "utf_16be"),
    ];
    NAMES.iter().find(|(name, _)| *name == encoding.name()).map_or("legacy_encoding", |(_, warning)| warning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_JP, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1253};

    #[test]
    fn encodings_are_told_apart() {
        let cases: [(&[u8], &str, Option<&str>); 13] = [
            (b"plain", "plain", None),
            ("na\u{ef}ve".as_bytes(), "naïve", None),
            (b"\xef\xbb\xbfmarked", "marked", None),
            (b"\xef\xbb\xbfmarked \xe2\x80", "marked \u{fffd}", Some("bad_utf8")),
            (b"\xff\xfeh\0i\0", "hi", None),
            (b"\xfe\xff\0h\0i", "hi", None),
            (b"u\0n\0m\0a\0r\0k\0e\0d\0", "unmarked", Some("utf_16le")),
            (b"\0u\0n\0m\0a\0r\0k\0e\0d", "unmarked", Some("utf_16be")),
            (b"caf\xe9 \x93quoted\x94", "café \u{201c}quoted\u{201d}", Some("windows_1252")),
            (b"\xc3\xa9t\xc3\xa9 cut \xc3", "été cut \u{fffd}", Some("bad_utf8")),
            (b"cut within a dash \xe2\x80", "cut within a dash \u{fffd}", Some("bad_utf8")),
            (b"a pair \xed\xa0\xbd\xed\xb8\x80 as two", "a pair 😀 as two", Some("bad_utf8")),
            (b"half \xed\xa0\xbd a pair", "half \u{fffd} a pair", Some("bad_utf8")),
        ];
        for (bytes, text, warning) in cases {
            assert_eq!(decode(bytes), (Cow::Borrowed(text), warning), "{bytes:?}");
        }
    }

    #[test]
    fn legacy_texts_are_guessed() {
        for (encoding, text) in [
            (WINDOWS_1251, "Министр принял в среду делегацию рыбаков из северных портов страны."),
            (KOI8_R, "Министр принял в среду делегацию рыбаков из северных портов страны."),
            (WINDOWS_1253, "Ο υπουργός δέχτηκε την Τετάρτη αντιπροσωπεία ψαράδων από τα λιμάνια."),
            (EUC_JP, "大臣は水曜日に北部の港から来た漁師の代表団と会談した。"),
            (SHIFT_JIS, "大臣は水曜日に北部の港から来た漁師の代表団と会談した。"),
        ] {
            let (bytes, ..) = encoding.encode(text);
            // A long beginning in ASCII must not hide it.
            let long = [&b"plain words "[..]; 9000].concat();
            for begin in [&[][..], &long] {
                let bytes = [begin, &bytes].concat();
                assert!(decode(&bytes).0.ends_with(text), "{}", encoding.name());
            }
        }
    }

    #[test]
    fn a_page_may_say_what_it_is_in() {
        for head in [
            "<html><head><meta charset=windows-1251>",
            "<!DOCTYPE html>\n<META http-equiv='Content-Type' content='text/html; charset = \"cp1251\"'>",
            "<?xml version='1.0' encoding='WINDOWS-1251'?>",
        ] {
            let (bytes, ..) = WINDOWS_1251.encode("Да");
            let text = [head.as_bytes(), &bytes, b"<"].concat();
            assert_eq!(decode(&text), (Cow::Owned(format!("{head}Да<")), None), "{head}");
        }
        // UTF-8 is believed before what a page says, damaged UTF-8 too.
        let page = "<meta charset=windows-1251> Дача";
        assert_eq!(decode(page.as_bytes()).0, page);
        let cut = &page.as_bytes()[..page.len() - 1];
        assert_eq!(decode(cut), (Cow::Owned(page.replace("Дача", "Дач\u{fffd}")), Some("bad_utf8")));
    }

    #[test]
    fn nul_bytes_are_kept() {
        assert_eq!(decode(b"a\0b").0, "a\0b");
    }
}

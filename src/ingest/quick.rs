//! Reads the line that most are: one flat object of strings, numbers and words.
//!
//! Nearly all of a line is one long string, so what costs is to find its end and to undo its escapes, and both are done
//! for many bytes at once. Whatever is out of the ordinary is left to serde_json, which also says what is wrong with a
//! line: what is read here must be read by it to the same values (`what_is_read_quickly_is_what_serde_reads`).

use std::borrow::Cow;

use encoding_rs::UTF_8;
use serde::de::IgnoredAny;

use super::json::{Fields, Found, Step};
use crate::kernel::{Wide, widely};

/// What the line holds for `fields`; none when it must be read with more care.
pub(super) fn find<'a>(fields: &Fields, line: &'a [u8]) -> Option<Found<'a>> {
    let mut found = Found::default();
    let mut rest = Rest { line, at: 0 };
    rest.take(b'{')?;
    loop {
        let key = rest.string()?;
        if key.is_escaped {
            return None;
        }
        let key = utf8(key.inside)?;
        rest.take(b':')?;
        match fields.step(key, 0, [true; 4]) {
            Step::Skip => rest.skip()?,
            Step::Take { field, rank } => found.put(field, rank, rest.value()?),
            Step::Enter(_) => return None,
        }
        match rest.next()? {
            b',' => {}
            b'}' => break,
            _ => return None,
        }
    }
    rest.peek().is_none().then_some(found)
}

/// The part of a line that is still to be read.
struct Rest<'a> {
    line: &'a [u8],
    at: usize,
}

/// The inside of a string as it stands in the line, not yet known to be UTF-8.
struct Raw<'a> {
    inside: &'a [u8],
    is_escaped: bool,
}

impl<'a> Rest<'a> {
    /// The next byte that is no white space, which stays.
    fn peek(&mut self) -> Option<u8> {
        while let Some(&byte) = self.line.get(self.at) {
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    /// The next byte that is no white space.
    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// Passes over white space and `byte`.
    fn take(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    /// A string.
    fn string(&mut self) -> Option<Raw<'a>> {
        self.take(b'"')?;
        let (start, mut is_escaped) = (self.at, false);
        loop {
            self.at += widely(Plain(self.line.get(self.at..)?));
            match self.line.get(self.at)? {
                b'"' => break,
                b'\\' => {
                    is_escaped = true;
                    // Line breaks come in pairs, and quotation marks beside them.
                    while self.line.get(self.at) == Some(&b'\\') {
                        self.at += 2;
                    }
                }
                _ => return None,
            }
        }
        let inside = &self.line[start..self.at];
        self.at += 1;
        Some(Raw { inside, is_escaped })
    }

    /// Passes over a value that nobody asks for.
    fn skip(&mut self) -> Option<()> {
        let is_string = self.peek()? == b'"';
        let rest = &self.line[self.at..];
        if is_string {
            let raw = self.string()?;
            if !raw.is_escaped {
                return utf8(raw.inside).map(drop);
            }
        }
        let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        let (value, behind) = rest.split_at(values.byte_offset());
        self.at = self.line.len() - behind.len();
        utf8(value).map(drop)
    }

    /// A string, a number or nothing.
    fn value(&mut self) -> Option<Option<Cow<'a, str>>> {
        match self.peek()? {
            b'"' => self.text().map(Some),
            b'0'..=b'9' => self.number().map(Some),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => None,
        }
    }

    /// The text of a string, its escapes undone.
    fn text(&mut self) -> Option<Cow<'a, str>> {
        self.take(b'"')?;
        let begin = self.plain()?;
        if self.line[self.at] == b'"' {
            self.at += 1;
            return Some(Cow::Borrowed(begin));
        }
        // Escapes are longer than what they stand for.
        let mut text = String::with_capacity(begin.len() + self.line.len() - self.at);
        text.push_str(begin);
        loop {
            match self.line[self.at] {
                b'"' => break,
                b'\\' => {
                    let (&escape, behind) = self.line[self.at + 1..].split_first()?;
                    let (character, len) = unescape(escape, behind)?;
                    text.push(character);
                    self.at += len;
                    // Line breaks come in pairs, and quotation marks beside them.
                    if *self.line.get(self.at)? != b'\\' {
                        text.push_str(self.plain()?);
                    }
                }
                _ => return None,
            }
        }
        self.at += 1;
        Some(Cow::Owned(text))
    }

    /// What of a string goes on without an escape; something stands behind it.
    fn plain(&mut self) -> Option<&'a str> {
        let rest = &self.line[self.at..];
        let (plain, behind) = rest.split_at(widely(Plain(rest)));
        self.at += plain.len();
        behind.first()?;
        utf8(plain)
    }

    /// A whole number that is written as it is printed.
    fn number(&mut self) -> Option<Cow<'a, str>> {
        let rest = &self.line[self.at..];
        let len = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, behind) = rest.split_at(len);
        let goes_on = matches!(behind.first(), Some(b'.' | b'e' | b'E'));
        // Numbers of more digits may be too large for an integer.
        if goes_on || len > 18 || len > 1 && digits[0] == b'0' {
            return None;
        }
        self.at += len;
        utf8(digits).map(Cow::Borrowed)
    }

    /// A word that stands for no text.
    fn word(&mut self, word: &[u8]) -> Option<Option<Cow<'a, str>>> {
        self.line[self.at..].starts_with(word).then(|| self.at += word.len())?;
        Some(None)
    }
}

/// The bytes as a text, if they are UTF-8.
fn utf8(bytes: &[u8]) -> Option<&str> {
    // What encoding_rs asks of long texts it asks of many bytes at once, whatever the letters; the standard library is
    // held up by each that is not ASCII.
    if bytes.len() < 64 {
        return std::str::from_utf8(bytes).ok();
    }
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes)? {
        Cow::Borrowed(text) => Some(text),
        Cow::Owned(_) => None,
    }
}

/// How many bytes a string goes on for without an escape, its end, or what must not stand in one.
struct Plain<'a>(&'a [u8]);

impl Wide for Plain<'_> {
    type Answer = usize;

    #[inline(always)]
    fn run(self) -> usize {
        let (chunks, rest) = self.0.as_chunks::<64>();
        for (number, chunk) in chunks.iter().enumerate() {
            // Written so that the compiler sees vectors.
            let mut any = 0;
            for &byte in chunk {
                any |= u8::from(is_special(byte));
            }
            if any != 0 {
                return number * 64 + first_special(chunk);
            }
        }
        chunks.len() * 64 + first_special(rest)
    }
}

#[inline(always)]
fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

/// The first special byte; the length when there is none.
#[inline(always)]
fn first_special(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 0xFF;
    const HIGHS: u64 = ONES << 7;
    let (words, rest) = bytes.as_chunks();
    for (number, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        // The sign of each byte that is below another; a byte that is not may have it only behind one that is.
        let below = |word: u64, least: u8| word.wrapping_sub(ONES * u64::from(least)) & !word;
        let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
        let special = (below(word, 0x20) | is(b'"') | is(b'\\')) & HIGHS;
        if special != 0 {
            return number * 8 + special.trailing_zeros() as usize / 8;
        }
    }
    words.len() * 8 + rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len())
}

/// The character that stands for a backslash, `escape` and some of what is `behind` it, and how many bytes they are.
#[inline]
fn unescape(escape: u8, behind: &[u8]) -> Option<(char, usize)> {
    let character = match escape {
        b'n' => '\n',
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b't' => '\t',
        b'r' => '\r',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'u' => {
            let number = hex(behind)?;
            if !(0xD800..0xDC00).contains(&number) {
                return Some((char::from_u32(number)?, 6));
            }
            // The first half of a character; the second has its own escape.
            let low = hex(behind[4..].strip_prefix(b"\\u")?)?.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
            return Some((char::from_u32(0x10000 + ((number - 0xD800) << 10 | low))?, 12));
        }
        _ => return None,
    };
    Some((character, 2))
}

/// Four hexadecimal digits.
fn hex(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk::<4>()?.iter().try_fold(0, |number, &byte| Some(number << 4 | char::from(byte).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::*;
    use proptest::prelude::*;

    fn fields() -> Fields {
        let inside = Options { title: Some("a.b".into()), ..Options::default() };
        Fields::new(&inside)
    }

    /// Whether a line was read quickly; it then was read as serde_json reads it.
    fn is_quick(fields: &Fields, line: &[u8]) -> bool {
        let Some(quick) = find(fields, line) else { return false };
        let line = std::str::from_utf8(line).expect("what is read is UTF-8");
        let careful = fields.find(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        assert_eq!(quick, careful, "{line}");
        true
    }

    #[test]
    fn usual_lines_are_read_quickly() {
        let fields = Fields::new(&Options::default());
        for line in [
            r#"{"id":"a","text":"t"}"#,
            "{ \"id\" : 7 , \"text\" : \"one\\n\\ntwo \\u2019 \\ud83d\\ude00 \\\\ \\/ \\\"\" } \r",
            r#"{"text":"é","x":null,"y":true,"n":[1,{"text":"deep"}],"m":{"a":"\ud83d"},"title":"b"}"#,
            r#"{"text":"first","text":null,"text":"last","date":20240102}"#,
        ] {
            assert!(is_quick(&fields, line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn what_is_no_json_is_not_read() {
        for line in [
            &b"{\"text\":\"a"[..],
            b"{\"text\":\"a\"",
            b"{\"text\":\"a\",}",
            b"{\"text\":\"a\"} {}",
            b"{\"text\":\"\xff\"}",
            b"{\"x\":\"\xff\",\"text\":\"a\"}",
            b"{\"x\":[\"\xff\"],\"text\":\"a\"}",
            b"{\"text\":\"a\tb\"}",
            b"{\"text\":\"\\x\"}",
            b"{\"x\":\"\\x\",\"text\":\"a\"}",
            b"{\"text\":\"\\ud83d\"}",
            b"{\"text\":\"\\ud83d\\u0041\"}",
            b"{\"text\":\"\\u+123\"}",
            b"{\"text\":\"a\\",
            b"{\"text\":\"\\u12",
            b"{\"text\":01}",
            b"{}x",
            b"",
        ] {
            assert!(find(&fields(), line).is_none(), "{}", line.escape_ascii());
        }
    }

    proptest! {
        #[test]
        fn the_first_special_byte_is_found(text in prop::collection::vec(prop_oneof![9 => 0x20u8.., 1 => 0u8..], 0..200)) {
            let special = text.iter().position(|&byte| is_special(byte)).unwrap_or(text.len());
            prop_assert_eq!(widely(Plain(&text)), special);
            prop_assert_eq!(Plain(&text).run(), special);
        }

        #[test]
        fn what_is_read_quickly_is_what_serde_reads(
            members in prop::collection::vec(
                "(\"(text|Body|id|url|title|a|date|x|caf\u{e9}|te\\\\u0078t)\"|[\\PC]{0,2})[ \t]{0,1}[:]{0,1}[ ]{0,1}(\"([a-z \u{e9}\u{1f600}]|\\\\[\"\\\\/bfnrtux]|\\\\u[0-9a-dD+]{3,4}|\\\\ud83d|\\\\ude00|[\u{1}-\u{1f}])*\"|[+-]{0,1}[0-9]{1,20}([.eE][0-9]{0,2}){0,1}|true|nul|null|false|\\{\"a\":1\\}|\\{\"b\":\"x\"\\}|\\[1,\"\\\\ud800\"\\]|\\[1,\\])",
                0..5,
            ),
            ends in "[}]{0,1}[ \r]{0,2}[x]{0,1}",
            cut in 0..2000usize,
        ) {
            let line = format!("{{{}{ends}", members.join(","));
            let fields = fields();
            is_quick(&fields, line.as_bytes());
            is_quick(&fields, &line.as_bytes()[..cut.min(line.len())]);
        }
    }
}

//! Makes an article of a record of WARC: of a page as a server sent it, or of the text that a crawler made of one.

use std::borrow::Cow;
use std::io::Read;

use encoding_rs::Encoding;

use super::dead::{Reason, Reject};
use super::decode::decode_as;
use super::{Article, html};

/// The lines of a header, of a record or of HTTP, behind the first of which names have values.
#[derive(Clone, Copy)]
pub(super) struct Header<'a>(pub &'a [u8]);

impl<'a> Header<'a> {
    /// The value under a name, whatever its case.
    pub fn get(self, name: &str) -> Option<&'a [u8]> {
        self.0.split(|byte| *byte == b'\n').skip(1).find_map(|line| {
            let colon = memchr::memchr(b':', line)?;
            line[..colon].trim_ascii().eq_ignore_ascii_case(name.as_bytes()).then(|| line[colon + 1..].trim_ascii())
        })
    }

    /// Bytes of the record behind the header.
    pub fn length(self) -> Option<u64> {
        std::str::from_utf8(self.get("Content-Length")?).ok()?.parse().ok()
    }

    /// Whether the record is of a type that may hold an article.
    pub fn may_be_article(self) -> bool {
        let kind = self.get("WARC-Type").unwrap_or_default();
        ["response", "conversion", "resource"].iter().any(|name| kind.eq_ignore_ascii_case(name.as_bytes()))
    }

    /// The type of what follows, without its parameters.
    fn content_type(self) -> Option<String> {
        let value = self.get("Content-Type")?;
        let kind = value.split(|byte| *byte == b';').next().unwrap_or_default();
        Some(String::from_utf8_lossy(kind.trim_ascii()).to_ascii_lowercase())
    }

    /// The encoding that the type of what follows names.
    fn charset(self) -> Option<&'static Encoding> {
        let value = self.get("Content-Type")?.to_ascii_lowercase();
        let at = memchr::memmem::find(&value, b"charset")?;
        let label = value[at + 7..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        Encoding::for_label(label.split(|byte| b";, \"'".contains(byte)).find(|label| !label.is_empty())?)
    }
}

/// A header and what follows it.
fn split(bytes: &[u8]) -> (Header<'_>, &[u8]) {
    let (header, rest) = bytes.split_at(header_end(bytes, 0).unwrap_or(bytes.len()));
    (Header(header), rest)
}

/// Where a header ends, behind its empty line; of the first bytes it is known that they hold no end.
pub(super) fn header_end(bytes: &[u8], looked: usize) -> Option<usize> {
    memchr::memchr_iter(b'\n', &bytes[looked..]).find_map(|at| {
        let behind = &bytes[looked + at + 1..];
        let empty = if behind.starts_with(b"\r\n") { 2 } else { usize::from(behind.starts_with(b"\n")) };
        (empty > 0).then_some(looked + at + 1 + empty)
    })
}

/// Whether a record holds what can be read as an article.
pub(super) fn is_article(record: &[u8]) -> bool {
    let (header, block) = split(record);
    if !header.may_be_article() {
        return false;
    }
    let kind = header.content_type().unwrap_or_default();
    if kind != "application/http" {
        return is_text(&kind);
    }
    let (http, body) = split(block);
    let status = http.0.split(|byte| *byte == b' ').nth(1);
    let is_good = status.is_some_and(|status| status.starts_with(b"20"));
    // Without a type it may be a page; the body shows it.
    is_good && !body.is_empty() && http.content_type().is_none_or(|kind| is_text(&kind))
}

fn is_text(kind: &str) -> bool {
    matches!(kind, "text/html" | "application/xhtml+xml" | "text/plain")
}

/// The article in a record. `limit` is the longest body that is unpacked, in bytes.
pub(super) fn article<'a>(record: &'a [u8], limit: usize) -> Result<Article<'a>, Reject> {
    let (header, block) = split(record);
    let (about, body) = match header.content_type().as_deref() {
        Some("application/http") => {
            let (http, body) = split(block);
            (http, unpacked(http, body, limit)?)
        }
        _ => (header, Cow::Borrowed(block)),
    };
    let kind = about.content_type();
    let (body, warning) = decode_as(&body, about.charset());
    if u32::try_from(body.len()).is_err() {
        return Err(Reject::new(Reason::TooLarge, "the decoded text has 4 GiB or more"));
    }
    let body = Cow::Owned(body.into_owned());
    let id = header.get("WARC-Target-URI").or_else(|| header.get("WARC-Record-ID")).unwrap_or_default();
    // The standard once asked for addresses in angle brackets.
    let id = id.strip_prefix(b"<").and_then(|id| id.strip_suffix(b">")).unwrap_or(id);
    let mut warnings: Vec<_> = warning.into_iter().collect();
    if header.get("WARC-Truncated").is_some() {
        warnings.push("truncated");
    }
    let captured = header.get("WARC-Date").map(String::from_utf8_lossy);
    let mut article = Article { id: String::from_utf8_lossy(id), body, captured, warnings, ..Article::default() };
    let is_page = matches!(kind.as_deref(), Some("text/html" | "application/xhtml+xml"));
    if is_page || html::begins_as_page(&article.body) {
        html::put_page(&mut article);
    }
    Ok(article)
}

/// The body of an answer as the server meant it.
fn unpacked<'a>(http: Header<'_>, body: &'a [u8], limit: usize) -> Result<Cow<'a, [u8]>, Reject> {
    let names = |name: &str| String::from_utf8_lossy(http.get(name).unwrap_or_default()).to_ascii_lowercase();
    // Many crawlers undo both and leave the header as it was.
    let body = match names("Transfer-Encoding").contains("chunked").then(|| joined(body)).flatten() {
        Some(joined) => Cow::Owned(joined),
        None => Cow::Borrowed(body),
    };
    let encoding = names("Content-Encoding");
    let is_gzip = encoding.contains("gzip") && body.starts_with(b"\x1f\x8b");
    let is_zlib = encoding.contains("deflate") && body.first().is_some_and(|byte| byte & 0x0f == 8);
    if !is_gzip && !is_zlib {
        let is_text = body.iter().take(512).filter(|byte| **byte < 9).count() < 8;
        return match &*encoding {
            "br" | "zstd" | "compress" if !is_text => {
                Err(Reject::new(Reason::BadRecord, format!("cannot read a body in the encoding {encoding}")))
            }
            _ => Ok(body),
        };
    }
    inflated(&body, is_gzip, limit).map(Cow::Owned)
}

#[cfg(feature = "compressed")]
fn inflated(body: &[u8], is_gzip: bool, limit: usize) -> Result<Vec<u8>, Reject> {
    let mut text = Vec::new();
    let most = limit as u64 + 1;
    let read = if is_gzip {
        flate2::read::MultiGzDecoder::new(body).take(most).read_to_end(&mut text)
    } else {
        flate2::read::ZlibDecoder::new(body).take(most).read_to_end(&mut text)
    };
    if text.len() > limit {
        return Err(Reject::new(Reason::TooLarge, format!("longer than {limit} bytes")));
    }
    // What came before a damage is no whole article.
    read.map_err(|e| Reject::new(Reason::BadRecord, format!("the body cannot be unpacked: {e}")))?;
    Ok(text)
}

#[cfg(not(feature = "compressed"))]
fn inflated(_: &[u8], _: bool, _: usize) -> Result<Vec<u8>, Reject> {
    Err(Reject::new(Reason::BadRecord, "cannot read a compressed body"))
}

/// The chunks of a body in one; none where it is not in chunks. What is cut off is as long as it is.
fn joined(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    let mut is_first = true;
    while !body.is_empty() {
        let end = memchr::memchr(b'\n', &body[..body.len().min(64)]);
        let size = end.and_then(|end| {
            let digits = body[..end].split(|byte| *byte == b';').next()?.trim_ascii();
            let size = usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
            Some((size, end + 1))
        });
        let Some((size, begin)) = size else { return (!is_first).then_some(joined) };
        if size == 0 {
            break;
        }
        is_first = false;
        let chunk = &body[begin..];
        let (chunk, rest) = chunk.split_at(size.min(chunk.len()));
        joined.extend_from_slice(chunk);
        body = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    Some(joined)
}

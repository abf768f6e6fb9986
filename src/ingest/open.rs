//! Opens a file, whatever it is wrapped in.
//!
//! What a file is called and what it holds are often two things: servers unpack on the way and keep the name, archives
//! drop endings. So the first bytes decide about compression, and about the kind where the ending is silent.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::inputs::{Input, Kind};

/// Large enough that the system calls do not show, small enough to stay in the second-level cache.
const BUFFER: usize = 256 << 10;

/// A file ready to be read: unpacked, its byte order mark taken off when it holds lines.
pub(crate) struct Opened<'a> {
    pub(crate) kind: Kind,
    pub(crate) reader: Box<dyn BufRead + 'a>,
    /// Bytes of the mark that was taken off.
    pub(crate) skipped: u64,
}

/// Opens `input`. Bytes read from it, as stored, are added to `read`.
pub(crate) fn open<'a>(input: &Input, read: &'a AtomicU64) -> io::Result<Opened<'a>> {
    let stdin = &*input.path == Path::new("-");
    let bytes: Box<dyn Read> = if stdin { Box::new(io::stdin().lock()) } else { Box::new(File::open(&input.path)?) };
    let reader = unpack(BufReader::with_capacity(BUFFER, Counted { bytes, read }))?;
    let ending = if stdin { None } else { Kind::of_ending(&input.path) };
    prepare(reader, ending)
}

fn prepare<'a>(mut reader: Box<dyn BufRead + 'a>, ending: Option<Kind>) -> io::Result<Opened<'a>> {
    let head = fill(&mut *reader)?;
    let mark = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let kind = ending.unwrap_or_else(|| match head[mark..].iter().find(|b| !b.is_ascii_whitespace()) {
        Some(b'{') => Kind::Lines,
        // An empty pipe is no documents, not an empty one.
        None if head.is_empty() => Kind::Lines,
        _ => Kind::Text,
    });
    // A text keeps its mark: `decode` reads it.
    let skipped = if kind == Kind::Lines { mark } else { 0 };
    reader.consume(skipped);
    Ok(Opened { kind, reader, skipped: skipped as u64 })
}

/// The next bytes, none at the end. Signals do not interrupt it.
pub(crate) fn fill(reader: &mut dyn BufRead) -> io::Result<&[u8]> {
    loop {
        match reader.fill_buf() {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
            Ok(_) => break,
        }
    }
    reader.fill_buf()
}

fn unpack<'a>(mut reader: BufReader<Counted<'a>>) -> io::Result<Box<dyn BufRead + 'a>> {
    const PACKINGS: [(&[u8], &str); 4] =
        [(b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz")];
    let head = fill(&mut reader)?;
    match PACKINGS.iter().find(|(magic, _)| head.starts_with(magic)) {
        None => Ok(Box::new(reader)),
        // Dumps are often many members or frames one after the other; a reader of one would lose the rest silently.
        #[cfg(feature = "compressed")]
        Some((_, "gzip")) => {
            Ok(Box::new(BufReader::with_capacity(BUFFER, flate2::bufread::MultiGzDecoder::new(reader))))
        }
        #[cfg(feature = "compressed")]
        Some((_, "zstd")) => {
            Ok(Box::new(BufReader::with_capacity(BUFFER, zstd::stream::read::Decoder::with_buffer(reader)?)))
        }
        Some((_, packing)) => {
            Err(io::Error::new(io::ErrorKind::Unsupported, format!("cannot read {packing}-compressed files")))
        }
    }
}

/// Counts bytes as stored, so that the share done is right for compressed files too.
struct Counted<'a> {
    bytes: Box<dyn Read>,
    read: &'a AtomicU64,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(buffer)?;
        self.read.fetch_add(n as u64, Relaxed);
        Ok(n)
    }
}

//! Opens a file, whatever it is wrapped in.
//!
//! What a file is called and what it holds are often two things: servers unpack on the way and keep the name, archives
//! drop endings. So the first bytes decide about compression, and about the kind where the ending is silent.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, StdinLock};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::format;
use super::inputs::{Input, Kind};
use super::unpack::{Packing, unpack};

/// Large enough that the system calls do not show, small enough to stay in the second-level cache.
pub(crate) const BUFFER: usize = 256 << 10;

/// Bytes to be read, and passed over.
pub(crate) trait Bytes: BufRead {
    /// Passes over so many bytes, or all that are left.
    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        skip(self, bytes)
    }

    /// Where the member of the next bytes began in the file as stored; none where there are no members.
    fn member(&self) -> Option<u64> {
        None
    }

    /// After an error, passes over what is damaged. False where nothing is known to follow.
    ///
    /// # Errors
    /// The file as stored cannot be read.
    fn go_on(&mut self) -> io::Result<bool> {
        Ok(false)
    }
}

pub(crate) fn skip<R: BufRead + ?Sized>(reader: &mut R, mut bytes: u64) -> io::Result<()> {
    while bytes > 0 {
        let n = fill(reader)?.len() as u64;
        if n == 0 {
            break;
        }
        let n = n.min(bytes);
        reader.consume(n as usize);
        bytes -= n;
    }
    Ok(())
}

/// A file ready to be read, unpacked.
pub(crate) struct Opened<'a> {
    pub(crate) kind: Kind,
    pub(crate) packing: Packing,
    pub(crate) bytes: Box<dyn Bytes + 'a>,
}

/// Opens `input`. Bytes read from it, as stored, are added to `read`.
pub(crate) fn open<'a>(input: &Input, read: &'a AtomicU64) -> io::Result<Opened<'a>> {
    let stdin = &*input.path == Path::new("-");
    let stored = if stdin {
        Stored::Pipe(io::stdin().lock())
    } else {
        let file = File::open(&input.path)?;
        // What is no regular file is read from its beginning to its end, whatever it can do.
        if input.size.is_some() { Stored::File(file) } else { Stored::Device(file) }
    };
    let stored = BufReader::with_capacity(BUFFER, Counted { stored, left: input.part.map(|part| part.end), read });
    let (packing, mut bytes) = unpack(Box::new(stored))?;
    let ending = if stdin { None } else { Kind::of_ending(&input.path) };
    // Only files of lines are read in part, and the beginning of a part may not tell.
    let kind = if input.part.is_some() { Kind::Lines } else { sniff(fill(&mut *bytes)?, ending) };
    Ok(Opened { kind, packing, bytes })
}

/// What a file holds by its first bytes, and by its name where these could be anything.
fn sniff(head: &[u8], ending: Option<Kind>) -> Kind {
    let text = head.strip_prefix(MARK).unwrap_or(head).trim_ascii_start();
    match (text.first(), ending) {
        (Some(b'P'), _) if text.starts_with(b"PAR1") => Kind::Parquet,
        (Some(b'W'), _) if text.starts_with(b"WARC/") => Kind::Archive,
        (_, Some(kind @ (Kind::Text | Kind::Page | Kind::Table))) => kind,
        (Some(b'{'), _) if format::is_spread(text) => Kind::Values,
        (Some(b'['), Some(_)) => Kind::Values,
        // A text may begin with a bracket.
        (Some(b'['), None) if text[1..].trim_ascii_start().starts_with(b"{") => Kind::Values,
        (_, Some(kind)) => kind,
        (Some(b'{'), None) => Kind::Lines,
        // An empty pipe is no documents, not an empty one.
        (None, None) if head.is_empty() => Kind::Lines,
        _ => Kind::Text,
    }
}

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Passes over a byte order mark; its length.
pub(crate) fn skip_mark(reader: &mut dyn Bytes) -> io::Result<u64> {
    let mark = if fill(reader)?.starts_with(MARK) { MARK.len() } else { 0 };
    reader.consume(mark);
    Ok(mark as u64)
}

/// The next bytes, none at the end. Signals do not interrupt it.
pub(crate) fn fill<R: BufRead + ?Sized>(reader: &mut R) -> io::Result<&[u8]> {
    loop {
        match reader.fill_buf() {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
            Ok(_) => break,
        }
    }
    reader.fill_buf()
}

/// A file as it is stored. Counts the bytes, so that the share done is right for compressed files too.
struct Counted<'a> {
    stored: Stored,
    /// Bytes up to the end of the part that is read, where it is not all.
    left: Option<u64>,
    read: &'a AtomicU64,
}

enum Stored {
    File(File),
    Device(File),
    Pipe(StdinLock<'static>),
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = self.left.map_or(buffer.len(), |left| left.min(buffer.len() as u64) as usize);
        let buffer = &mut buffer[..room];
        let n = match &mut self.stored {
            Stored::File(file) | Stored::Device(file) => file.read(buffer)?,
            Stored::Pipe(pipe) => pipe.read(buffer)?,
        };
        self.left = self.left.map(|left| left - n as u64);
        self.read.fetch_add(n as u64, Relaxed);
        Ok(n)
    }
}

impl Bytes for BufReader<Counted<'_>> {
    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        let held = self.buffer().len();
        let Some(behind) = bytes.checked_sub(held as u64) else {
            self.consume(bytes as usize);
            return Ok(());
        };
        self.consume(held);
        match (&mut self.get_mut().stored, i64::try_from(behind)) {
            (Stored::File(file), Ok(far)) => {
                file.seek_relative(far)?;
                let counted = self.get_mut();
                counted.left = counted.left.map(|left| left.saturating_sub(behind));
                self.get_ref().read.fetch_add(behind, Relaxed);
                Ok(())
            }
            _ => skip(self, behind),
        }
    }
}

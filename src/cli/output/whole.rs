//! Files that are written whole or not at all.
//!
//! A file that looks finished and is not costs its reader hours. So output goes to a temporary name beside its target
//! and takes the name only when everything is on the disk.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use dateline::{Error, Result};
use flate2::write::GzEncoder;

type Bytes = Box<dyn Write>;

/// Where lines go: a file, a device or standard output.
pub struct Output {
    writer: Writer,
    pending: Option<Pending>,
    path: PathBuf,
}

enum Writer {
    Plain(Bytes),
    Gzip(GzEncoder<Bytes>),
    Zstd(zstd::Encoder<'static, Bytes>),
}

impl Output {
    /// Opens `path`, or standard output where there is none or it is `-`.
    ///
    /// # Errors
    /// The file cannot be created.
    pub fn create(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Output { writer: Writer::Plain(Box::new(io::stdout())), pending: None, path: "-".into() });
        };
        Output::open(path).map_err(|e| Error::from(e).at(path, 0))
    }

    fn open(path: &Path) -> io::Result<Self> {
        // A link stays a link; what it points to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let special = fs::metadata(&target).is_ok_and(|about| !about.is_file());
        let (bytes, pending): (Bytes, _) = if special {
            // A device or a pipe is no file: there is nothing to rename.
            (Box::new(File::options().write(true).open(&target)?), None)
        } else {
            let pending = Pending::create(target)?;
            (Box::new(BufWriter::with_capacity(256 << 10, pending.file.try_clone()?)), Some(pending))
        };
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        let writer = match ending.to_str() {
            Some("gz") => Writer::Gzip(GzEncoder::new(bytes, flate2::Compression::default())),
            Some("zst") => Writer::Zstd(zstd::Encoder::new(bytes, zstd::DEFAULT_COMPRESSION_LEVEL)?),
            _ => Writer::Plain(bytes),
        };
        Ok(Output { writer, pending, path: path.to_owned() })
    }

    /// Ends the compression and gives the file its name.
    ///
    /// # Errors
    /// The last bytes did not reach the disk; the target is as it was.
    pub fn finish(self) -> Result<()> {
        let Output { writer, pending, path } = self;
        let close = || {
            match writer {
                Writer::Plain(bytes) => Ok(bytes),
                Writer::Gzip(encoder) => encoder.finish(),
                Writer::Zstd(encoder) => encoder.finish(),
            }?
            .flush()?;
            pending.map_or(Ok(()), Pending::publish)
        };
        close().map_err(|e| Error::from(e).at(&path, 0))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Writer::Plain(writer) => writer.write(bytes),
            Writer::Gzip(writer) => writer.write(bytes),
            Writer::Zstd(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Writer::Plain(writer) => writer.flush(),
            Writer::Gzip(writer) => writer.flush(),
            Writer::Zstd(writer) => writer.flush(),
        }
    }
}

/// A file under its temporary name. Dropped, it is removed.
struct Pending {
    file: File,
    temporary: PathBuf,
    target: PathBuf,
}

impl Pending {
    fn create(target: PathBuf) -> io::Result<Self> {
        let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}.part", std::process::id()));
        let temporary = target.with_file_name(hidden);
        Ok(Pending { file: File::create(&temporary)?, temporary, target })
    }

    fn publish(self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.temporary, &self.target)?;
        // The name is on the disk only when the folder is. Not every system can open one.
        let folder = self.target.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        // After publishing there is nothing under this name, which is as well.
        let _ = fs::remove_file(&self.temporary);
    }
}

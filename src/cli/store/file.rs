//! A file of a shard, from its first byte to its name.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use dateline::failpoint;
use flate2::Crc;

/// So many bytes are gathered before the file is opened for them.
const GATHERED: usize = 256 << 10;

/// A file that grows under a hidden name.
///
/// It is opened only to be written to: a shard may have a file for each month of a century, and a program not so many open
/// files.
pub struct Growing {
    hidden: PathBuf,
    target: PathBuf,
    gathered: Vec<u8>,
    bytes: u64,
    checksum: Crc,
}

impl Growing {
    /// A file of no bytes. It is made when the first ones are written.
    pub fn new(target: PathBuf) -> Growing {
        let mut name = std::ffi::OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(".tmp");
        Growing { hidden: target.with_file_name(name), target, gathered: Vec::new(), bytes: 0, checksum: Crc::new() }
    }

    fn put(&mut self) -> io::Result<()> {
        failpoint::pass("write");
        let is_first = self.bytes == 0;
        if is_first && let Some(folder) = self.hidden.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut options = File::options();
        if is_first { options.write(true).truncate(true) } else { options.append(true) };
        options.create(is_first).open(&self.hidden)?.write_all(&self.gathered)?;
        self.bytes += self.gathered.len() as u64;
        self.gathered.clear();
        Ok(())
    }

    /// Brings all of it to the disk. It has its hidden name still.
    pub fn end(mut self) -> io::Result<Ended> {
        if self.bytes == 0 || !self.gathered.is_empty() {
            self.put()?;
        }
        failpoint::pass("fsync");
        File::options().write(true).open(&self.hidden)?.sync_all()?;
        let Growing { hidden, target, bytes, checksum, .. } = self;
        Ok(Ended { hidden, target, bytes, checksum: checksum.sum() })
    }
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.checksum.update(bytes);
        self.gathered.extend_from_slice(bytes);
        if self.gathered.len() >= GATHERED {
            self.put()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A whole file on the disk.
pub struct Ended {
    hidden: PathBuf,
    pub target: PathBuf,
    pub bytes: u64,
    pub checksum: u32,
}

impl Ended {
    /// Gives it its name; the folder of the name is not yet on the disk.
    pub fn publish(&self) -> io::Result<()> {
        fs::rename(&self.hidden, &self.target)
    }
}

/// Brings the names in a folder to the disk. Not every system can open one.
pub fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }) {
        let _ = folder.sync_all();
    }
}

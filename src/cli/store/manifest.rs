//! Which shards of a folder are finished.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use dateline::failpoint;
use dateline::ingest::Position;
use serde::{Deserialize, Serialize};

use super::super::output::checksum;

/// Its name in the folder.
pub const NAME: &str = "manifest.jsonl";

/// What is told of a finished shard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shard {
    /// Its number; shards without a document leave none.
    pub shard: u64,
    /// Documents whose records are in it.
    pub documents: u64,
    pub files: Vec<Told>,
    /// Where reading goes on behind it.
    pub after: Position,
}

/// What is told of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Its path in the folder, with slashes.
    pub path: String,
    /// Rows or lines.
    pub rows: u64,
    pub bytes: u64,
    /// CRC-32 of its bytes, in eight hexadecimal digits.
    pub crc32: String,
}

/// The manifest on the disk.
pub struct Manifest {
    file: File,
    pub shards: Vec<Shard>,
}

impl Manifest {
    /// Begins an empty one.
    pub fn create(folder: &Path) -> io::Result<Manifest> {
        Ok(Manifest { file: File::create(folder.join(NAME))?, shards: Vec::new() })
    }

    /// Takes up one that a run left behind, cut back to a number of shards.
    ///
    /// # Errors
    /// It has fewer, or their files are not those that it tells.
    pub fn cut_back(folder: &Path, shards: u64) -> io::Result<Manifest> {
        let path = folder.join(NAME);
        let mut kept = read(&path)?;
        kept.truncate(usize::try_from(shards).unwrap_or(usize::MAX));
        let missing = |what: String| io::Error::new(io::ErrorKind::InvalidData, what);
        if kept.len() as u64 != shards {
            return Err(missing(format!("{NAME} tells of {} shards in place of {shards}", kept.len())));
        }
        for file in kept.iter().flat_map(|shard| &shard.files) {
            let found = fs::metadata(folder.join(&file.path)).map_or(0, |about| about.len());
            if found != file.bytes {
                return Err(missing(format!("{} has {found} bytes in place of {}", file.path, file.bytes)));
            }
        }
        // Lines of later shards, or torn ones, go; those that stay are the same bytes again.
        let length: usize = kept.iter().map(|shard| line(shard).len()).sum();
        let mut file = File::options().write(true).open(&path)?;
        file.set_len(length as u64)?;
        io::Seek::seek(&mut file, io::SeekFrom::End(0))?;
        Ok(Manifest { file, shards: kept })
    }

    /// Tells of a shard, whose files have their names on the disk.
    pub fn append(&mut self, shard: Shard) -> io::Result<()> {
        failpoint::pass("manifest");
        self.file.write_all(line(&shard).as_bytes())?;
        self.file.sync_data()?;
        failpoint::pass("manifest");
        self.shards.push(shard);
        Ok(())
    }

    /// Paths of all files that it tells of.
    pub fn files(&self, folder: &Path) -> Vec<PathBuf> {
        self.shards.iter().flat_map(|shard| &shard.files).map(|file| folder.join(&file.path)).collect()
    }
}

const CHECKED: &str = "{\"crc32\":\"";

/// A line: the shard, and before it the checksum of what stands behind that.
fn line(shard: &Shard) -> String {
    let shard = serde_json::to_string(shard).expect("numbers and texts are JSON");
    let rest = &shard[1..];
    format!("{CHECKED}{:08x}\",{rest}\n", checksum(rest.as_bytes()))
}

/// The shards of the lines that are whole, up to the first that is not.
fn read(path: &Path) -> io::Result<Vec<Shard>> {
    let bytes = fs::read(path)?;
    let shard = |line: &[u8]| -> Option<Shard> {
        let line = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
        let (sum, rest) = line.strip_prefix(CHECKED)?.split_once("\",")?;
        let is_whole = u32::from_str_radix(sum, 16) == Ok(checksum(rest.as_bytes()));
        is_whole.then(|| serde_json::from_str(&format!("{{{rest}")).ok())?
    };
    Ok(bytes.split_inclusive(|&byte| byte == b'\n').map_while(shard).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shard(number: u64, folder: &Path) -> Shard {
        let name = format!("part-{number}");
        fs::write(folder.join(&name), b"abc").expect("a file");
        let file = Told { path: name, rows: 1, bytes: 3, crc32: "352441c2".into() };
        Shard { shard: number, documents: 1, files: vec![file], after: Position::default() }
    }

    #[test]
    fn whole_lines_count_wherever_the_tail_is_torn() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(NAME);
        let mut manifest = Manifest::create(folder.path()).expect("a file");
        let ends: Vec<usize> = (0..3)
            .map(|number| {
                manifest.append(shard(number, folder.path())).expect("room");
                fs::metadata(&path).expect("a file").len() as usize
            })
            .collect();
        let whole = fs::read(&path).expect("a file");
        for length in 0..=whole.len() {
            fs::write(&path, &whole[..length]).expect("a file");
            let lines = ends.iter().filter(|end| **end <= length).count() as u64;
            assert!(Manifest::cut_back(folder.path(), lines + 1).is_err());
            let mut manifest = Manifest::cut_back(folder.path(), lines).expect("they are whole");
            assert_eq!(manifest.files(folder.path()).len() as u64, lines);
            manifest.append(shard(7, folder.path())).expect("room");
            assert_eq!(read(&path).expect("a file").len() as u64, lines + 1);
        }
    }

    #[test]
    fn files_that_are_not_as_told_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        Manifest::create(folder.path()).and_then(|mut m| m.append(shard(0, folder.path()))).expect("room");
        assert!(Manifest::cut_back(folder.path(), 1).is_ok());
        fs::write(folder.path().join("part-0"), b"ab").expect("a file");
        assert!(Manifest::cut_back(folder.path(), 1).is_err());
    }
}

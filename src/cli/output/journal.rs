//! What of a run is on the disk.
//!
//! A file of lines, each with its checksum before it. The first says of which run it is, each further one to where that
//! run came: what was read, and how long its files were when all of them were on the disk. A run that is gone on with
//! cuts its files back to the last whole line. A torn line is none.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use dateline::failpoint;
use dateline::ingest::Position;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Mark;
use super::fingerprint::Fingerprint;
use super::part::sync_folder;

/// What became of the documents so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Documents of which the records were written.
    pub written: u64,
    /// Documents put aside, by reason.
    pub rejected: BTreeMap<String, u64>,
    /// Documents that were not asked for.
    pub filtered: u64,
}

impl Counts {
    /// Documents put aside.
    pub fn skipped(&self) -> u64 {
        self.rejected.values().sum()
    }

    /// Documents that ended in one way or another.
    pub fn all(&self) -> u64 {
        self.written + self.skipped() + self.filtered
    }
}

/// To where a run came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Where reading goes on.
    pub after: Position,
    /// The shard that was being written.
    pub shard: u64,
    /// How the store is cut back.
    pub records: Mark,
    /// Bytes of dead letters.
    pub letters: u64,
    pub counts: Counts,
    /// Whether all was read and written, and files may have their names already.
    pub done: bool,
}

/// A journal that was found.
pub struct Found {
    pub of: Fingerprint,
    pub last: Option<Line>,
    /// Bytes of its whole lines.
    length: u64,
}

/// The journal of the run.
pub struct Journal {
    file: File,
    path: PathBuf,
}

impl Journal {
    /// Begins one.
    pub fn create(path: PathBuf, of: &Fingerprint) -> io::Result<Self> {
        let mut journal = Journal { file: File::create(&path)?, path };
        journal.append(of)?;
        sync_folder(&journal.path);
        Ok(journal)
    }

    /// Reads the one that a run left behind, if it did.
    pub fn find(path: &Path) -> io::Result<Option<Found>> {
        let bytes = match fs::read(path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            bytes => bytes?,
        };
        let mut lines = bytes.split_inclusive(|&byte| byte == b'\n');
        let Some((first, of)) = lines.next().and_then(|line| Some((line.len(), checked(line)?))) else {
            return Ok(None);
        };
        let mut found = Found { of, last: None, length: first as u64 };
        for line in lines {
            let Some(read) = checked(line) else { break };
            found.length += line.len() as u64;
            found.last = Some(read);
        }
        Ok(Some(found))
    }

    /// Goes on with one that was found.
    pub fn go_on(path: PathBuf, found: &Found) -> io::Result<Self> {
        let mut file = File::options().write(true).open(&path)?;
        file.set_len(found.length)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Journal { file, path })
    }

    /// Appends a line and brings it to the disk.
    pub fn append(&mut self, line: &impl Serialize) -> io::Result<()> {
        let json = serde_json::to_string(line)?;
        failpoint::pass("journal");
        self.file.write_all(format!("{:08x} {json}\n", checksum(json.as_bytes())).as_bytes())?;
        self.file.sync_data()
    }

    /// Removes it: there is nothing to go on with.
    pub fn remove(self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// What a whole line says; none for a torn one.
fn checked<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    let line = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
    let (sum, json) = line.split_once(' ')?;
    let is_whole = u32::from_str_radix(sum, 16) == Ok(checksum(json.as_bytes()));
    is_whole.then(|| serde_json::from_str(json).ok())?
}

/// CRC-32 of some bytes.
pub fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(written: u64) -> Line {
        Line { counts: Counts { written, ..Counts::default() }, ..Line::default() }
    }

    #[test]
    fn the_last_whole_line_counts_wherever_the_tail_is_torn() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal");
        let of = Fingerprint::default();
        let mut journal = Journal::create(path.clone(), &of).expect("a file");
        let ends: Vec<usize> = (0..3)
            .map(|n| {
                journal.append(&line(n)).expect("room");
                fs::metadata(&path).expect("a file").len() as usize
            })
            .collect();
        let whole = fs::read(&path).expect("a file");
        for length in 0..=whole.len() {
            fs::write(&path, &whole[..length]).expect("a file");
            let found = Journal::find(&path).expect("readable");
            let lines = ends.iter().filter(|end| **end <= length).count() as u64;
            let last = found.as_ref().and_then(|found| found.last.clone());
            assert_eq!(last, lines.checked_sub(1).map(line), "{length} bytes");
            let Some(found) = found else { continue };
            Journal::go_on(path.clone(), &found).expect("a file").append(&line(9)).expect("room");
            let found = Journal::find(&path).expect("readable").expect("a journal");
            assert_eq!(found.last, Some(line(9)), "{length} bytes, and gone on with");
        }
    }

    #[test]
    fn a_line_with_a_wrong_byte_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal");
        let mut journal = Journal::create(path.clone(), &Fingerprint::default()).expect("a file");
        journal.append(&line(1)).expect("room");
        journal.append(&line(2)).expect("room");
        let mut bytes = fs::read(&path).expect("a file");
        let at = bytes.len() - 30;
        bytes[at] ^= 1;
        fs::write(&path, bytes).expect("a file");
        let found = Journal::find(&path).expect("readable").expect("a journal");
        assert_eq!(found.last, Some(line(1)));
    }
}

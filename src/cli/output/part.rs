//! A file that grows under a hidden name and takes its own when it is whole.
//!
//! The hidden name stays the same from run to run, so that a run which was broken off finds what it had written.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use dateline::failpoint;
use dateline::ingest::Position;
use dateline::stream::Written;
use dateline::{Error, Result};

use super::packing::Packing;
use super::{Mark, Published, Store};

/// The path of a hidden file beside a target.
pub fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".");
    name.push(ending);
    target.with_file_name(name)
}

/// Brings the names in the folder of a file to the disk. Not every system can open a folder.
pub fn sync_folder(of: &Path) {
    let folder = of.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
        let _ = folder.sync_all();
    }
}

/// A file of lines on its way.
pub struct Part {
    /// None when it was published by a run that was broken off right then.
    file: Option<File>,
    packing: Packing,
    /// Bytes of it that count.
    length: u64,
    hidden: PathBuf,
    target: PathBuf,
    buffer: Vec<u8>,
}

impl Part {
    /// An empty one.
    pub fn create(target: PathBuf) -> io::Result<Self> {
        let (packing, hidden) = (Packing::of(&target), beside(&target, "part"));
        let file = File::create(&hidden)?;
        sync_folder(&hidden);
        Ok(Part { file: Some(file), packing, length: 0, hidden, target, buffer: Vec::new() })
    }

    /// One that a run left behind, cut back to a length. When that run was publishing it already, it may have its name.
    pub fn cut_back(target: PathBuf, length: u64, publishing: bool) -> io::Result<Self> {
        let (packing, hidden) = (Packing::of(&target), beside(&target, "part"));
        let file = match File::options().write(true).open(&hidden) {
            Err(e) if e.kind() == io::ErrorKind::NotFound && publishing && target.exists() => None,
            file => Some(file?),
        };
        if let Some(mut file) = file.as_ref() {
            let found = file.metadata()?.len();
            if found < length {
                let what = format!("{} has {found} bytes of {length}", hidden.display());
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, what));
            }
            file.set_len(length)?;
            file.seek(SeekFrom::End(0))?;
        }
        Ok(Part { file, packing, length, hidden, target, buffer: Vec::new() })
    }

    /// Appends lines.
    pub fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        if self.packing == Packing::Plain || lines.is_empty() {
            return self.append_packed(lines);
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        self.packing.pack(lines, &mut buffer);
        let appended = self.append_packed(&buffer);
        self.buffer = buffer;
        appended
    }

    /// Appends lines that are packed as the file is.
    fn append_packed(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(file) = &mut self.file
            && !bytes.is_empty()
        {
            file.write_all(bytes)?;
            failpoint::pass("write");
            self.length += bytes.len() as u64;
        }
        Ok(())
    }

    /// Brings all of it to the disk, and says how long it is.
    pub fn sync(&mut self) -> io::Result<u64> {
        failpoint::pass("fsync");
        self.file.as_ref().map_or(Ok(()), File::sync_data)?;
        Ok(self.length)
    }

    /// Ends it: what is packed is never without any frame.
    pub fn close(&mut self) -> io::Result<()> {
        if self.length == 0 && self.packing != Packing::Plain {
            let mut empty = Vec::new();
            self.packing.pack(b"", &mut empty);
            self.append_packed(&empty)?;
        }
        Ok(())
    }

    /// Gives it its name.
    pub fn publish(self) -> io::Result<(PathBuf, u64)> {
        if let Some(file) = &self.file {
            file.sync_all()?;
            failpoint::pass("rename");
            fs::rename(&self.hidden, &self.target)?;
            sync_folder(&self.target);
        }
        Ok((self.target, self.length))
    }

    /// Removes it.
    pub fn discard(self) {
        let _ = fs::remove_file(&self.hidden);
    }
}

impl Store for Part {
    fn write(&mut self, batch: &Written<'_>) -> io::Result<()> {
        if batch.packed.is_empty() { self.append(batch.records) } else { self.append_packed(batch.packed) }
    }

    fn checkpoint(&mut self, _: Position, _: bool) -> io::Result<Option<Mark>> {
        self.sync().map(|length| Some(Mark { length }))
    }

    fn close(&mut self) -> io::Result<()> {
        Part::close(self)
    }

    fn finish(self: Box<Self>) -> Result<Published> {
        let target = self.target.clone();
        let (file, bytes) = self.publish().map_err(|e| Error::from(e).at(&target, 0))?;
        Ok(Published { files: vec![file], bytes })
    }

    fn discard(self: Box<Self>) {
        Part::discard(*self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_name_only_when_it_is_whole_and_goes_on_where_it_was_cut() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("a.jsonl");
        let mut part = Part::create(target.clone()).expect("a file");
        part.append(b"one\ntwo\n").expect("room");
        part.append(b"tor").expect("room");
        drop(part);
        assert!(!target.exists());
        let mut part = Part::cut_back(target.clone(), 4, false).expect("it is there");
        part.append(b"three\n").expect("room");
        assert_eq!(part.sync().expect("a disk"), 10);
        assert_eq!(part.publish().expect("a name"), (target.clone(), 10));
        assert_eq!(fs::read(&target).expect("a file"), b"one\nthree\n");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
        assert!(Part::cut_back(target.clone(), 10, false).is_err(), "nothing is left to go on with");
        assert!(Part::cut_back(target, 10, true).is_ok(), "it was published");
    }

    #[test]
    fn a_part_that_lost_bytes_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("a.jsonl");
        Part::create(target.clone()).expect("a file").append(b"one\n").expect("room");
        assert!(Part::cut_back(target, 5, false).is_err());
    }
}

//! Finds the files to be read, and names the documents in them.
//!
//! The list is made before the first byte is read: a path that does not exist stops a run at its start instead of after
//! an hour, the order is fixed and the same on every machine, and the sum of the sizes tells how long it will take.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

use super::format::Columns;
use super::open::open;
use super::share::Part;
use super::unpack::Packing;
use crate::error::{Error, Result};

/// One file to be read, or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path as given, or as found below a folder that was given; `-` is standard input.
    pub(crate) path: Box<Path>,
    /// Bytes on disk; none for a pipe or a device.
    pub(crate) size: Option<u64>,
    /// The lines of it that are read, where they are not all.
    pub(crate) part: Option<Part>,
}

impl Input {
    /// The path as given, or as found below a folder that was given; `-` is standard input.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it holds and what it is packed with, by its first bytes and its name. A pipe loses these bytes.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn look(&self) -> io::Result<(Kind, Packing)> {
        let read = AtomicU64::new(0);
        let opened = open(self, &read)?;
        Ok((opened.kind, opened.packing))
    }
}

/// The files to be read, in the order in which their records will be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    list: Vec<Input>,
}

impl Inputs {
    /// The files named by `paths`: files as they are, folders as all files below them that have the ending of a format,
    /// plain or packed, by name, without hidden ones. `-` is standard input.
    ///
    /// # Errors
    /// A path does not exist or a folder cannot be listed.
    pub fn find<P: AsRef<Path>>(paths: &[P]) -> Result<Self> {
        Inputs::choose(paths, &|path| Kind::of_ending(path).is_some())
    }

    /// The same, where of the files below a folder those are taken that `is_wanted`, which is asked with the path below
    /// that folder.
    ///
    /// # Errors
    /// As for [`Inputs::find`].
    pub fn choose<P: AsRef<Path>>(paths: &[P], is_wanted: &dyn Fn(&Path) -> bool) -> Result<Self> {
        let mut inputs = Inputs::default();
        for path in paths {
            let path = path.as_ref();
            if path == Path::new("-") {
                inputs.list.push(Input { path: path.into(), size: None, part: None });
                continue;
            }
            let about = fs::metadata(path).map_err(|e| Error::from(e).at(path, 0))?;
            if about.is_dir() {
                inputs.walk(path, Path::new(""), is_wanted)?;
            } else {
                inputs.push(path.to_owned(), &about);
            }
        }
        Ok(inputs)
    }

    /// These and no others.
    pub(crate) fn of(list: Vec<Input>) -> Self {
        Inputs { list }
    }

    pub(crate) fn into_list(self) -> Vec<Input> {
        self.list
    }

    /// The files, in order.
    pub fn as_slice(&self) -> &[Input] {
        &self.list
    }

    /// Bytes on disk of all of them; none where one is a pipe or a device.
    pub fn bytes(&self) -> Option<u64> {
        self.list.iter().map(|input| input.size).sum()
    }

    fn push(&mut self, path: PathBuf, about: &fs::Metadata) {
        let size = about.is_file().then_some(about.len());
        self.list.push(Input { path: path.into(), size, part: None });
    }

    /// The files in a folder that lies `below` the one that was named.
    fn walk(&mut self, folder: &Path, below: &Path, is_wanted: &dyn Fn(&Path) -> bool) -> Result<()> {
        let wrong = |e| Error::from(e).at(folder, 0);
        let mut entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(wrong)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let (name, path) = (entry.file_name(), entry.path());
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let below = below.join(&name);
            // A link to a folder may lead back up; a link to a file cannot.
            if entry.file_type().map_err(wrong)?.is_dir() {
                self.walk(&path, &below, is_wanted)?;
            } else if is_wanted(&below)
                && let Ok(about) = fs::metadata(&path)
                && about.is_file()
            {
                self.push(path, &about);
            }
        }
        Ok(())
    }
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Objects of JSON, one a line.
    Lines,
    /// Objects of JSON in an array, or one after the other.
    Values,
    /// Rows of comma- or tab-separated values, below their names.
    Table,
    /// Rows of Parquet.
    Parquet,
    /// Records of a crawl: WARC, WET.
    Archive,
    /// One document.
    Text,
    /// One document, in HTML.
    Page,
}

impl Kind {
    /// What the name of a file promises, if it promises anything.
    pub fn of_ending(path: &Path) -> Option<Kind> {
        let name = Packing::unpacked(path.file_name()?.to_str()?);
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" | "json" => Some(Kind::Lines),
            "csv" | "tsv" | "tab" => Some(Kind::Table),
            "parquet" => Some(Kind::Parquet),
            "warc" | "wet" => Some(Kind::Archive),
            "txt" => Some(Kind::Text),
            "html" | "htm" | "xhtml" => Some(Kind::Page),
            _ => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Lines => "JSON lines",
            Kind::Values => "JSON",
            Kind::Table => "table",
            Kind::Parquet => "Parquet",
            Kind::Archive => "WARC",
            Kind::Text => "text",
            Kind::Page => "HTML",
        })
    }
}

/// What the documents of one file are called.
#[derive(Debug)]
pub(crate) struct Source {
    /// The path as printed.
    pub(crate) path: String,
    /// The document's id where the file is one document.
    pub(crate) name: String,
    /// Bytes of `path` before its ending: with the line's number, the id of a line that has none.
    pub(crate) stem: usize,
    /// Of a table.
    pub(crate) columns: Option<Columns>,
}

impl Source {
    pub(crate) fn new(path: &Path) -> Self {
        if path == Path::new("-") {
            return Source { path: "stdin".into(), name: "stdin".into(), stem: "stdin".len(), columns: None };
        }
        let whole = path.file_name().map_or_else(|| path.as_os_str().to_string_lossy(), OsStr::to_string_lossy);
        let name = stem(&whole).to_owned();
        let path = path.to_string_lossy().into_owned();
        let stem = path.len().saturating_sub(whole.len() - name.len());
        Source { path, name, stem, columns: None }
    }

    /// The path without its ending.
    pub(crate) fn stem(&self) -> &str {
        &self.path[..self.stem]
    }
}

/// The name without its ending. `report.7` has none: digits after a point are a number, and cutting them off would give
/// many files one name.
fn stem(name: &str) -> &str {
    let name = Packing::unpacked(name);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.bytes().any(|b| b.is_ascii_alphabetic()) => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_named_after_their_file() {
        let cases = [
            ("news/a.txt", "a", "news/a"),
            ("a.b.txt.gz", "a.b", "a.b"),
            ("dump.jsonl.ZST", "dump", "dump"),
            ("report.7", "report.7", "report.7"),
            ("noending", "noending", "noending"),
            ("./x/.hidden", ".hidden", "./x/.hidden"),
            ("-", "stdin", "stdin"),
        ];
        for (path, name, stem) in cases {
            let source = Source::new(Path::new(path));
            assert_eq!((source.name.as_str(), source.stem()), (name, stem), "{path}");
        }
    }

    #[test]
    fn endings_tell_the_kind() {
        let cases = [
            ("a.txt", Some(Kind::Text)),
            ("a.TXT.gz", Some(Kind::Text)),
            ("a.HTM", Some(Kind::Page)),
            ("a.json", Some(Kind::Lines)),
            ("a.ndjson.zst", Some(Kind::Lines)),
            ("a.gz", None),
            ("a.csv.xz", Some(Kind::Table)),
            ("a.png", None),
            ("a", None),
        ];
        for (path, kind) in cases {
            assert_eq!(Kind::of_ending(Path::new(path)), kind, "{path}");
        }
    }
}

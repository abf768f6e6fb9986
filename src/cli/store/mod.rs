//! Folders of files: records in shards, as lines or as tables.
//!
//! ```text
//! out/manifest.jsonl                    a line for each finished shard: its files, their rows, bytes and checksums
//! out/_SUCCESS                          there is no more to come
//! out/records/part-00000.jsonl.zst      lines; as tables: documents/, entities/, events/
//! out/events/published_month=2026-03/part-00000.parquet        with --partition-by published-month
//! ```
//!
//! A shard holds the documents of a stretch of the input, so what is in it depends on the input alone. It is there as a
//! whole or not at all: its files are written under hidden names, brought to the disk, given their names, and told in the
//! manifest. A run that is gone on with keeps the shards that the manifest tells and writes the next one anew.

mod file;
mod folder;
mod manifest;
mod packer;

use std::path::Path;

use clap::{Args, ValueEnum};
use dateline::{Error, Result};

use super::args::size;
use super::output::Packing;
pub use folder::Folder;
use folder::State;
use packer::Packer;

/// Bytes of documents in a shard, where nobody says otherwise.
const SHARD: u64 = 1_000_000_000;

#[derive(Debug, Args)]
#[command(next_help_heading = "Folders of files")]
pub struct StoreArgs {
    /// Form of the records; by the ending of --output when not given (.parquet, .arrow). Tables are a folder of files
    #[arg(long, value_name = "FORM", value_enum)]
    pub format: Option<Format>,
    /// Write a folder of files, each with the records of so many bytes of documents; 1GB for folders when not given
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub rotate: Option<usize>,
    /// Write a folder of files, apart by what is known of their documents: published_month=2026-03/
    #[arg(long, value_name = "WHAT", value_enum)]
    pub partition_by: Option<PartitionBy>,
    /// How the files of a folder are compressed: lines gz or zst, Arrow files zst; Parquet files always are
    #[arg(long, value_name = "HOW", value_enum)]
    pub compress: Option<Compress>,
    /// Replace the output of an earlier run in the folder
    #[arg(long)]
    pub overwrite: bool,
}

/// A form of the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// JSON lines
    Jsonl,
    /// A table for each kind of record
    #[cfg(feature = "parquet")]
    Parquet,
    /// The same, to be mapped into memory
    #[cfg(feature = "parquet")]
    Arrow,
}

/// What is known of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PartitionBy {
    /// The month in which it was published
    PublishedMonth,
}

/// A compression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Compress {
    Gz,
    Zst,
}

/// What the lines of a run are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Records, with those that were asked for.
    Records { explanations: bool, repeats: bool },
    /// Lines of another form.
    Others,
    /// Rows under one header.
    Rows,
}

/// With what a folder is written.
#[derive(Clone, Copy, Debug)]
pub struct Means {
    /// Threads that pack records; 0 for one a processor.
    pub threads: usize,
    /// Bytes for the run as a whole.
    pub memory: usize,
}

/// How a folder is written.
pub struct Order {
    packer: Packer,
    by_month: bool,
    shard: u64,
    overwrite: bool,
    means: Means,
}

impl Order {
    /// Bytes of documents in a shard.
    pub fn shard(&self) -> u64 {
        self.shard
    }

    /// Whether a folder may be begun anew.
    ///
    /// # Errors
    /// There is something in it that is not to be replaced.
    pub fn check(&self, root: &Path, resume: bool) -> Result<()> {
        let refuse = |what: &str| Err(Error::usage(what).at(root, 0));
        match folder::state(root) {
            State::Empty => Ok(()),
            State::Others => refuse("the folder is not empty, and holds no output of dateline"),
            // A run that was killed after its last step has no journal any more, and is gone on with all the same: it
            // begins anew, as with a file.
            State::Whole if !self.overwrite && !resume => {
                refuse("the folder holds the output of another run; --overwrite replaces it")
            }
            State::BrokenOff if !self.overwrite && !resume => refuse(
                "the folder holds what a run left that was broken off: --resume goes on, --overwrite begins anew",
            ),
            State::Whole | State::BrokenOff => Ok(()),
        }
    }
}

impl StoreArgs {
    /// How the output is written, when it is a folder.
    ///
    /// # Errors
    /// What was asked for cannot be had together.
    pub fn order(&self, output: Option<&Path>, lines: Lines, means: Means) -> Result<Option<Order>> {
        let output = output.filter(|path| *path != Path::new("-"));
        let format = self.format.or_else(|| by_ending(output?)).unwrap_or(Format::Jsonl);
        let is_folder = |path: &Path| {
            path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
        };
        let asked = format != Format::Jsonl || self.rotate.is_some() || self.partition_by.is_some();
        if !asked && !output.is_some_and(is_folder) {
            let flags = [("--compress", self.compress.is_some()), ("--overwrite", self.overwrite)];
            return match flags.iter().find(|(_, given)| *given) {
                Some((flag, _)) => Err(Error::usage(format!("{flag} is for folders of files: -o FOLDER/"))),
                None => Ok(None),
            };
        }
        let Some(output) = output else {
            return Err(Error::usage("shards and tables are files in a folder: name it with -o FOLDER"));
        };
        if output.exists() && !output.is_dir() {
            return Err(Error::usage("shards and tables are files in a folder, and this is none").at(output, 0));
        }
        if lines == Lines::Rows {
            return Err(Error::usage("a view is one table: write it to a file"));
        }
        if !matches!(lines, Lines::Records { .. }) && (format != Format::Jsonl || self.partition_by.is_some()) {
            return Err(Error::usage("only `extract` writes records, of which tables are made and months are known"));
        }
        let packer = self.packer(format, lines)?;
        let shard = self.rotate.map_or(SHARD, |bytes| bytes as u64);
        Ok(Some(Order { packer, by_month: self.partition_by.is_some(), shard, overwrite: self.overwrite, means }))
    }

    fn packer(&self, format: Format, lines: Lines) -> Result<Packer> {
        #[cfg(not(feature = "parquet"))]
        let _ = lines;
        #[cfg(feature = "parquet")]
        let tables = match lines {
            Lines::Records { explanations, repeats } => dateline::tables::Table::of_run(explanations, repeats),
            Lines::Others | Lines::Rows => Vec::new(),
        };
        match (format, self.compress) {
            (Format::Jsonl, None) => Ok(Packer::Lines(Packing::Plain)),
            (Format::Jsonl, Some(Compress::Gz)) => Ok(Packer::Lines(Packing::Gzip)),
            (Format::Jsonl, Some(Compress::Zst)) => Ok(Packer::Lines(Packing::Zstd)),
            #[cfg(feature = "parquet")]
            (Format::Parquet, None) => Ok(Packer::parquet(&tables)?),
            #[cfg(feature = "parquet")]
            (Format::Parquet, Some(_)) => Err(Error::usage("Parquet files are compressed already, with zstd")),
            #[cfg(feature = "parquet")]
            (Format::Arrow, Some(Compress::Gz)) => {
                Err(Error::usage("Arrow files are compressed with zst or not at all"))
            }
            #[cfg(feature = "parquet")]
            (Format::Arrow, compress) => Ok(Packer::Arrow { tables, is_compressed: compress.is_some() }),
        }
    }
}

/// The form that the ending of a path promises.
fn by_ending(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()? {
        #[cfg(feature = "parquet")]
        "parquet" => Some(Format::Parquet),
        #[cfg(feature = "parquet")]
        "arrow" | "feather" => Some(Format::Arrow),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDS: Lines = Lines::Records { explanations: false, repeats: false };
    const MEANS: Means = Means { threads: 1, memory: 1 << 20 };

    fn args() -> StoreArgs {
        StoreArgs { format: None, rotate: None, partition_by: None, compress: None, overwrite: false }
    }

    #[test]
    fn a_folder_is_asked_for_in_many_ways_and_never_by_chance() {
        let folder = tempfile::tempdir().expect("a folder");
        let is_folder = |args: StoreArgs, output: &str| {
            args.order(Some(&folder.path().join(output)), RECORDS, MEANS).expect("it can be had").is_some()
        };
        assert!(!is_folder(args(), "a.jsonl"));
        assert!(!is_folder(args(), "a"));
        assert!(is_folder(args(), "a/"));
        assert!(is_folder(args(), "."));
        assert!(is_folder(StoreArgs { rotate: Some(1), ..args() }, "a"));
        assert!(is_folder(StoreArgs { partition_by: Some(PartitionBy::PublishedMonth), ..args() }, "a"));
        assert!(args().order(None, RECORDS, MEANS).expect("standard output").is_none());
        assert!(args().order(Some(Path::new("-")), RECORDS, MEANS).expect("standard output").is_none());
        #[cfg(feature = "parquet")]
        for name in ["a.parquet", "a.arrow", "a.feather"] {
            assert!(is_folder(args(), name));
        }
    }

    #[test]
    fn what_cannot_be_had_together_is_told() {
        let wrong = |args: StoreArgs, output: Option<&str>, lines| {
            let order = args.order(output.map(Path::new), lines, MEANS);
            order.err().expect("it cannot be had").to_string()
        };
        let rotate = || StoreArgs { rotate: Some(1), ..args() };
        assert!(wrong(rotate(), None, RECORDS).contains("-o FOLDER"));
        assert!(wrong(rotate(), Some("-"), RECORDS).contains("-o FOLDER"));
        assert!(wrong(rotate(), Some("/dev/null"), RECORDS).contains("this is none"));
        assert!(wrong(rotate(), Some("a"), Lines::Rows).contains("a view"));
        let months = StoreArgs { partition_by: Some(PartitionBy::PublishedMonth), ..args() };
        assert!(wrong(months, Some("a"), Lines::Others).contains("extract"));
        assert!(wrong(StoreArgs { overwrite: true, ..args() }, Some("a.jsonl"), RECORDS).contains("--overwrite"));
        let compress = || StoreArgs { compress: Some(Compress::Gz), ..args() };
        assert!(wrong(compress(), Some("a.jsonl"), RECORDS).contains("--compress"));
        #[cfg(feature = "parquet")]
        {
            assert!(wrong(args(), Some("a.parquet"), Lines::Others).contains("extract"));
            assert!(wrong(compress(), Some("a.parquet"), RECORDS).contains("already"));
            assert!(wrong(compress(), Some("a.arrow"), RECORDS).contains("zst"));
        }
    }
}

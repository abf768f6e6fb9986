//! What can be typed.
//!
//! This is the typed form only; the library's `Options` are made of it where they are used.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use dateline::{ingest, stream};

const EXAMPLES: &str = "\
Examples:
  dateline extract dump.jsonl.zst news/ -o records.jsonl.zst
  cat articles.jsonl | dateline extract - > records.jsonl
  dateline normalize dump.jsonl --text-field content -o clean.jsonl
  dateline bench dump.jsonl

Input is read as JSON lines (.jsonl, .ndjson, .json), as plain text, one document a file (.txt), as a folder of such
files, or from standard input (-); plain, gzip or zstd. The id, text, title and date of a JSON document are found under
their usual names, or under the names given.

Exit status: 0 clean, 1 could not run, 2 ran but left documents out.";

/// Reads news dumps and writes who did what, to whom, when and where, as JSON lines
#[derive(Debug, Parser)]
#[command(version, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Say nothing but what is wrong with the run itself
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say what was done at the end
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the document, entity and event records of every article
    Extract(Records),
    /// Write the clean text of every article: {"id","text"}
    Normalize(Records),
    /// Write the sentences of every article: {"id","sentences":[[start,end],…]}
    Segment(Records),
    /// Measure the speed, in megabytes of text a second
    Bench(Bench),
    /// Write made-up articles to measure with
    Generate(Generate),
    /// Print the JSON Schema of the records
    Schema,
    /// Print a completion script for a shell
    Completions { shell: Shell },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub struct Records {
    /// Files and folders to read; `-` for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// File to write, compressed when it ends in .gz or .zst; else standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Threads that work; one a processor when not given
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub threads: usize,
    /// File for the documents that could not be read, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub dead_letters: Option<PathBuf>,
    /// Key of the text; a.b looks inside objects
    #[arg(long, value_name = "NAME")]
    pub text_field: Option<String>,
    /// Key of the id
    #[arg(long, value_name = "NAME")]
    pub id_field: Option<String>,
    /// Key of the title
    #[arg(long, value_name = "NAME")]
    pub title_field: Option<String>,
    /// Key of the publication date
    #[arg(long, value_name = "NAME")]
    pub date_field: Option<String>,
    /// Longest document read; longer ones are left out
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = size)]
    pub max_record: usize,
    /// Text under way at a time; the memory used grows with it
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = size)]
    pub budget: usize,
    /// List every repair of spacing in the document record
    #[arg(long)]
    pub repairs: bool,
}

impl Records {
    pub fn options(&self) -> stream::Options {
        let ingest = ingest::Options {
            text: self.text_field.clone(),
            id: self.id_field.clone(),
            title: self.title_field.clone(),
            published: self.date_field.clone(),
            max_record: self.max_record,
            ..ingest::Options::default()
        };
        stream::Options { threads: self.threads, budget: self.budget, ingest }
    }
}

#[derive(Debug, Args)]
pub struct Bench {
    /// JSON lines to measure with
    #[arg(value_name = "FILE", conflicts_with = "generate")]
    pub file: Option<PathBuf>,
    /// Made-up articles to measure with, when there is no file
    #[arg(long, value_name = "SIZE", default_value = "16MB", value_parser = size)]
    pub generate: usize,
    /// Search the same text for all names of the lists with a bare aho-corasick, in the same rounds
    #[arg(long)]
    pub vs_aho_corasick: bool,
    /// Measure instead how fast names are found, with so many of them, against a bare aho-corasick over the same names
    #[arg(long, value_name = "N,…", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..))]
    pub names: Vec<u32>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
    /// Rounds; the fastest one of each measure counts
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub rounds: usize,
    /// Also measure the whole on this many threads
    #[arg(short = 'j', long, value_name = "N", default_value_t = 1)]
    pub threads: usize,
}

#[derive(Debug, Args)]
pub struct Generate {
    /// How much to write
    #[arg(long, value_name = "SIZE", default_value = "16MB", value_parser = size)]
    pub size: usize,
    /// The same seed writes the same articles
    #[arg(long, value_name = "N", default_value_t = 7)]
    pub seed: u64,
    /// File to write, compressed when it ends in .gz or .zst; else standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A number of bytes: `4096`, `64MB`, `64MiB`, `1.5GB`.
fn size(text: &str) -> Result<usize, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let scale = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1u64,
        "k" | "kb" => 1000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return Err("expected bytes, such as 64MB or 64MiB".into()),
    };
    match number.parse::<f64>() {
        Ok(number) if number > 0.0 => Ok((number * scale as f64) as usize),
        _ => Err("expected bytes, such as 64MB or 64MiB".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_flags_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("4096"), Ok(4096));
        assert_eq!(size("1.5kB"), Ok(1500));
        assert_eq!(size("2MiB"), Ok(2 << 20));
        for wrong in ["", "MB", "0", "-1", "5 apples"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}

//! What can be typed.
//!
//! This is the typed form only; the library's `Options` are made of it where they are used.

mod reading;
mod watch;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use dateline::entities::tagger::Tagging;
use dateline::entities::time::{Prefer, Reading};
use dateline::events::user::with_rules;
use dateline::gazetteer::Lists;
use dateline::gazetteer::user::Types;
use dateline::{Error, Result, ingest, pipeline, stream};

use super::duplicates::Duplicates;
use super::output::args::RunArgs;
use super::output::fingerprint::Typed;
use super::store::StoreArgs;
use super::view::View;
use reading::ReadArgs;
pub use watch::{Level, Watch};

const GAZETTEER_EXAMPLES: &str = "\
Examples:
  dateline gazetteer find dump.jsonl --gazetteer vessels.tsv -o names.jsonl
  dateline gazetteer lookup Jordan \"Port Vila\"
  dateline gazetteer lookup Ventspils --gazetteer my-places.tsv --json
  dateline gazetteer stats
  dateline gazetteer check my-places.tsv lists/
  dateline gazetteer build --gazetteer lists/ -o all.image
  dateline extract dump.jsonl --lists all.image

Formats of lists of your own:
  tab-separated values, the first line names the columns: name and any of type, subtype, id,
    code, cc, lat, lon, aliases, acronym, sector, weight, case, from, to
  one name a line; the file is named after what they are: person.lst, org.txt
  JSON lines with the same keys
  GATE lists (lists.def), patterns of spaCy's EntityRuler, actor files of PETRARCH

The types are PERSON, ORG, GPE, LOC, FAC, NORP and EVENT. A name with - before it is taken
out of the lists.";

const RULES_EXAMPLES: &str = "\
Examples:
  dateline rules
  dateline rules coerce.seize --json
  dateline rules --type ASSAULT
  dateline rules coerce.seize --tsv > mine.tsv     # change it, then:
  dateline rules --check mine.tsv
  dateline extract dump.jsonl --rules mine.tsv -o records.jsonl

A file of rules has the columns of the catalogue, apart by tabs: rule, event_type, mode, kind, forms, frame, needs, cameo,
contexts, yes, no. An id of the catalogue replaces that rule, any other adds one, and a line of - and an id takes one out.
Lines that begin with # are remarks. CONTRIBUTING.md explains the columns.";

const TRAIN_FORMAT: &str = "\
Each line is an object with the article's text and all of its names:
  {\"text\":\"Ana left Riga.\",\"entities\":[{\"start\":0,\"end\":3,\"type\":\"PERSON\"},
   {\"start\":9,\"end\":13,\"type\":\"GPE\"}]}

start and end count code points. The types are PERSON, ORG and, for places, GPE, LOC, FAC or PLACE;
names of any other type are taken for none of these. id and published may be given too.

The table belongs into gazetteers/rules/tagger.tsv, and is read when the program is built anew.";

const EXAMPLES: &str = "\
Examples:
  dateline extract dump.jsonl.zst news/ -o records.jsonl.zst
  cat articles.jsonl | dateline extract - > records.jsonl
  dateline normalize dump.jsonl --text-field content -o clean.jsonl
  dateline extract dump.jsonl --gazetteer vessels.tsv --gazetteer lists/ -o records.jsonl
  dateline extract dump.jsonl --view gdelt --one-a-day -o events.tsv
  dateline extract dump.jsonl -o records.jsonl --dead-letters dead.jsonl --resume
  dateline retry dead.jsonl --text-field story -o more.jsonl
  dateline gazetteer lookup Jordan
  dateline rules --type COERCE
  dateline bench dump.jsonl

Input is read as JSON lines, as an array of JSON objects, also inside of an object (.jsonl, .ndjson, .json), as a
table with names in its first line (.csv, .tsv), as Parquet (.parquet), as WARC or WET (.warc, .wet), as plain text or
HTML, one document a file (.txt, .html, .htm, .xhtml), as a folder of such files, or from standard input (-); plain,
gzip, zstd, bzip2, xz or lz4. What a file begins with counts before its name. The id, text, title and date of a
document are found under their usual names, or under the names given.

Exit status: 0 clean, 1 could not run or failed, 2 ran but left documents out, 70 documents were lost by a defect, 130 was
asked to end; --resume goes on with a run that failed or was asked to end.";

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
    /// What was typed, for who goes on with it.
    #[arg(skip)]
    pub typed: Typed,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the document, entity and event records of every article
    Extract {
        #[command(flatten)]
        records: Records,
        /// Write the events alone, one a line, as tab-separated values with the columns of another project
        #[arg(long, value_name = "PROJECT", value_enum, conflicts_with = "explain")]
        view: Option<View>,
        /// Write at most one event of a day, actor, recipient and type, and one of each happening in a document; for every
        /// other one a record of its id and of the one that it repeats. Needs some memory for each event of the run
        #[arg(long)]
        one_a_day: bool,
        #[command(flatten)]
        duplicates: Duplicates,
    },
    /// Write the clean text of every article: {"id","text"}
    Normalize {
        #[command(flatten)]
        records: Records,
        /// Write the text as received, in which the spans of the records count: decoded, without markup, not repaired
        #[arg(long)]
        received: bool,
    },
    /// Write the sentences of every article: {"id","sentences":[[start,end],…]}
    Segment(Records),
    /// Write the records of documents that were put aside: INPUT are files of dead letters, whose files are read again
    Retry(Records),
    /// Look into the word lists, check them, compile them
    Gazetteer(Gazetteer),
    /// List the rules of events, or check rules of your own
    Rules(Rules),
    /// Measure the speed, in megabytes of text a second
    Bench(Bench),
    /// Write made-up articles to measure with
    Generate(Generate),
    /// Learn the tagger's weights from articles in which all names are marked
    Train(Train),
    /// Print the JSON Schema of the records
    Schema,
    /// Print a completion script for a shell
    Completions { shell: Shell },
    /// Print the manual page
    Man,
}

/// Which word lists to work with.
#[derive(Debug, Default, Args)]
pub struct ListArgs {
    /// Names of your own, in a file or a folder of files; may be given several times
    #[arg(long = "gazetteer", value_name = "PATH")]
    pub gazetteers: Vec<PathBuf>,
    /// What a word for a type means in them, such as vessel=FAC, or vessel=skip
    #[arg(long = "gazetteer-type", value_name = "WORD=TYPE")]
    pub types: Vec<String>,
    /// Start from compiled lists, as `gazetteer build` writes them, in place of those of the program
    #[arg(long, value_name = "FILE")]
    pub lists: Option<PathBuf>,
    /// Rules of events of your own, on top of those of the program; may be given several times
    #[arg(long, value_name = "FILE")]
    pub rules: Vec<PathBuf>,
}

impl ListArgs {
    /// Opens the lists; users' lists are compiled now.
    pub fn open(&self) -> Result<Lists> {
        self.on_top_of(match &self.lists {
            Some(path) => Lists::open(path)?,
            None => Lists::shipped(),
        })
    }

    /// Opens the lists for so many bytes of input, where that is known.
    pub fn open_for(&self, bytes: Option<u64>) -> Result<Lists> {
        /// From so many on, copying the lists is soon gained back.
        const MUCH: u64 = 32 << 20;
        let lists = self.open()?;
        Ok(if bytes.is_some_and(|bytes| bytes >= MUCH) { lists.in_large_pages() } else { lists })
    }

    /// Other lists with the users' lists on top.
    pub fn on_top_of(&self, lists: Lists) -> Result<Lists> {
        let lists = if self.gazetteers.is_empty() {
            lists
        } else {
            let mut types = Types::default();
            self.types.iter().try_for_each(|pair| types.add(pair)).map_err(|e| Error::usage(e.to_string()))?;
            lists.with_users(&self.gazetteers, &types)?
        };
        if self.rules.is_empty() { Ok(lists) } else { with_rules(lists, &self.rules) }
    }

    /// The same, to be typed again.
    pub fn typed(&self) -> Vec<std::ffi::OsString> {
        let pair = |flag: &str, value: &std::ffi::OsStr| [flag.into(), value.to_owned()];
        let paths = self.gazetteers.iter().flat_map(|path| pair("--gazetteer", path.as_os_str()));
        let types = self.types.iter().flat_map(|word| pair("--gazetteer-type", word.as_ref()));
        let lists = self.lists.iter().flat_map(|path| pair("--lists", path.as_os_str()));
        let rules = self.rules.iter().flat_map(|path| pair("--rules", path.as_os_str()));
        paths.chain(types).chain(lists).chain(rules).collect()
    }
}

#[derive(Debug, Args)]
#[command(after_help = GAZETTEER_EXAMPLES)]
pub struct Gazetteer {
    #[command(subcommand)]
    pub command: GazetteerCommand,
}

#[derive(Debug, Subcommand)]
pub enum GazetteerCommand {
    /// Write the names of the lists in every article, and nothing else: {"id","names":[{"start","end","text",…},…]}
    Find(Box<Records>),
    /// Say all that the lists know of a name, and how it is ranked
    Lookup {
        /// Names, one an argument
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
        /// Print JSON, one object a name
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        lists: ListArgs,
    },
    /// Count entries, names, words and bytes
    Stats {
        /// Print JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        lists: ListArgs,
    },
    /// Check lists: order, doubles, columns, numbers, sources; status 1 when one is faulty
    Check {
        /// Lists and folders of lists
        #[arg(value_name = "PATH", default_value = "gazetteers")]
        paths: Vec<PathBuf>,
        /// What a word for a type means in them
        #[arg(long = "gazetteer-type", value_name = "WORD=TYPE")]
        types: Vec<String>,
    },
    /// Compile lists to a file that starts fast
    Build {
        /// Folder laid out as the program's own lists, in place of those
        #[arg(value_name = "FOLDER", conflicts_with = "lists")]
        folder: Option<PathBuf>,
        /// File to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        #[command(flatten)]
        lists: ListArgs,
    },
}

#[derive(Debug, Args)]
#[command(after_help = RULES_EXAMPLES)]
pub struct Rules {
    /// Ids of rules, or what they begin with up to a dot; all when not given
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// Only rules of this event type
    #[arg(long = "type", value_name = "TYPE")]
    pub event_type: Option<String>,
    /// Print JSON, one object a rule
    #[arg(long, conflicts_with = "tsv")]
    pub json: bool,
    /// Print the lines of the catalogue, to be changed and given back with --rules
    #[arg(long)]
    pub tsv: bool,
    /// Check files of rules, and that each rule fires in its first example and not in its second; status 1 when one is
    /// faulty
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["ids", "event_type", "json", "tsv"])]
    pub check: Vec<PathBuf>,
    #[command(flatten)]
    pub lists: ListArgs,
}

#[derive(Debug, Args)]
pub struct Records {
    /// Files and folders to read; `-` for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// File to write, compressed when it ends in .gz or .zst; else, or with `-`, standard output
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
    /// List every repair of the text in the document record
    #[arg(long)]
    pub repairs: bool,
    /// List all that each place may be, with how likely it is, in its entity record
    #[arg(long)]
    pub candidates: bool,
    /// Explain every event by its rule and clause, and every word of the catalogue that told none: records of their own,
    /// behind those of their document
    #[arg(long)]
    pub explain: bool,
    /// Let the rules alone decide what is a name
    #[arg(long)]
    pub no_tagger: bool,
    /// Read what a page put around the article ("Share:", "Also Read: …") like the rest of it
    #[arg(long)]
    pub keep_furniture: bool,
    /// Take lines that a file (or a folder of texts) repeats around its articles for the page's; its first 512 articles
    /// decide, and are held back until then
    #[arg(long)]
    pub repeated_lines: bool,
    /// Where a weekday or a date without a year lies, of the article's own date, when nothing tells: the news mostly
    /// means the nearest, and of weekdays the last
    #[arg(long, value_name = "SIDE", value_enum, default_value_t)]
    pub prefer: Side,
    /// Count each date from the one told last, as in tales and chronicles; those whose full dates are all of another
    /// time than the article's are read so without it
    #[arg(long)]
    pub narrative: bool,
    /// Also find what has no place in the calendar: "now", "recently", "several weeks", "daily", "every Friday"
    #[arg(long)]
    pub vague: bool,
    /// Read the day before the month where both are numbers and either could be first: 3/4/2024 is 3 April
    #[arg(long)]
    pub day_first: bool,
    /// What tells whether an article lost spaces: itself alone, or also the first 512 articles of its source, for texts of
    /// a few words. A source is a file or a folder of texts, and within it, where ids are URLs, each host
    #[arg(long, value_name = "SCOPE", value_enum, default_value_t = Scope::Document)]
    pub repair_scope: Scope,
    #[command(flatten)]
    pub watch: Watch,
    #[command(flatten)]
    pub reading: ReadArgs,
    #[command(flatten)]
    pub run: RunArgs,
    #[command(flatten)]
    pub lists: ListArgs,
    #[command(flatten)]
    pub store: StoreArgs,
}

/// A side of the article's date, as typed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Side {
    Past,
    Future,
    #[default]
    Nearest,
}

impl From<Side> for Prefer {
    fn from(side: Side) -> Self {
        match side {
            Side::Past => Prefer::Past,
            Side::Future => Prefer::Future,
            Side::Nearest => Prefer::Nearest,
        }
    }
}

/// What tells whether an article lost spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scope {
    Document,
    Source,
}

impl Records {
    pub fn pipeline_options(&self) -> pipeline::Options {
        pipeline::Options {
            list_repairs: self.repairs,
            list_candidates: self.candidates,
            explain: self.explain,
            keep_furniture: self.keep_furniture,
            dates: Reading {
                prefer: self.prefer.into(),
                narrative: self.narrative,
                vague: self.vague,
                day_first: self.day_first,
            },
            tagging: if self.no_tagger { Tagging::Silent } else { Tagging::Judges },
        }
    }

    pub fn options(&self) -> stream::Options {
        let ingest = ingest::Options {
            text: self.text_field.clone(),
            id: self.id_field.clone(),
            title: self.title_field.clone(),
            published: self.date_field.clone(),
            max_record: self.max_record,
            whole_letters: self.reading.whole_letters,
            ..ingest::Options::default()
        };
        stream::Options {
            threads: self.threads,
            budget: self.run.memory,
            ordered: !self.run.unordered,
            ingest,
            repeated_lines: self.repeated_lines,
        }
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
    #[command(flatten)]
    pub lists: ListArgs,
}

#[derive(Debug, Args)]
#[command(after_help = TRAIN_FORMAT)]
pub struct Train {
    /// JSON lines, one article a line
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// File to write; else standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Where the articles are from, for the head of the table
    #[arg(long, value_name = "TEXT", default_value = "not told")]
    pub source: String,
    /// Their licence
    #[arg(long, value_name = "TEXT", default_value = "not told")]
    pub licence: String,
    /// The day of the training
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: String,
    /// Keep articles of each file apart to measure with: with 4/5 the fifth of every five, with 0/5 the first
    #[arg(long, value_name = "K/N", value_parser = fold)]
    pub apart: Option<(usize, usize)>,
    #[command(flatten)]
    pub lists: ListArgs,
}

#[derive(Debug, Args)]
pub struct Generate {
    /// How much to write
    #[arg(long, value_name = "SIZE", default_value = "16MB", value_parser = size)]
    pub size: usize,
    /// The same seed writes the same articles
    #[arg(long, value_name = "N", default_value_t = 7)]
    pub seed: u64,
    /// File to write, compressed when it ends in .gz or .zst; else, or with `-`, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Some of all: `4/5`.
fn fold(text: &str) -> std::result::Result<(usize, usize), String> {
    let parts = text.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
    parts.filter(|(k, n)| k < n).ok_or_else(|| "expected one of how many, such as 4/5".into())
}

/// A number of bytes: `4096`, `64MB`, `64MiB`, `1.5GB`.
pub fn size(text: &str) -> std::result::Result<usize, String> {
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

//! `retry`: documents that were put aside, once more.
//!
//! A dead letter says in which file a document lies and where. So the files are read again, as they were the first time,
//! with all that they tell of their documents, and of these only the ones in the letters are worked on. A file that could
//! not be read on is read from there.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dateline::ingest::Inputs;
use dateline::{Error, Result};
use serde::Deserialize;

use super::args::{Cli, Records};
use super::output::{Packing, checksum};
use super::{records, say};

/// What is needed of a dead letter.
#[derive(Deserialize)]
struct Letter {
    source: String,
    offset: u64,
    line: Option<u64>,
    record: Option<u64>,
    reason: String,
}

/// The documents of one file that are asked for.
#[derive(Default)]
struct Asked {
    /// By offset, and line or number.
    places: HashSet<(u64, u64)>,
    /// And all from this offset on.
    from: Option<u64>,
}

pub fn run(cli: &Cli, args: &Records) -> Result<ExitCode> {
    let (mut sources, mut asked, mut sum, mut gone) = (Vec::new(), HashMap::<String, Asked>::new(), 0, 0u64);
    for path in &args.inputs {
        let text = read(path).map_err(|e| Error::from(e).at(path, 0))?;
        sum ^= checksum(text.as_bytes());
        for (number, line) in text.lines().enumerate() {
            let wrong = |e: serde_json::Error| Error::list(format!("no dead letter: {e}")).at(path, number as u64 + 1);
            let letter: Letter = serde_json::from_str(line).map_err(wrong)?;
            if letter.source == "stdin" && !Path::new("stdin").exists() {
                gone += 1;
                continue;
            }
            if !asked.contains_key(&letter.source) {
                sources.push(PathBuf::from(&letter.source));
            }
            let of = asked.entry(letter.source).or_default();
            if letter.reason == "unreadable" {
                of.from = Some(of.from.map_or(letter.offset, |from| from.min(letter.offset)));
            } else {
                of.places.insert((letter.offset, letter.line.or(letter.record).unwrap_or(0)));
            }
        }
    }
    if gone > 0 {
        say(&format_args!("{gone} documents came from standard input, which cannot be read again"));
    }
    let only = |(source, offset, number): (&str, u64, u64)| {
        let is_asked = |of: &Asked| of.places.contains(&(offset, number)) || of.from.is_some_and(|from| offset >= from);
        asked.get(source).is_some_and(is_asked)
    };
    records::run(cli, args, &Inputs::find(&sources)?, Some((&only, sum)))
}

fn read(path: &Path) -> std::io::Result<String> {
    let bytes = fs::read(path)?;
    let mut text = String::new();
    match Packing::of(path) {
        Packing::Plain => return String::from_utf8(bytes).map_err(|e| std::io::Error::other(e.to_string())),
        Packing::Gzip => flate2::read::MultiGzDecoder::new(&*bytes).read_to_string(&mut text)?,
        Packing::Zstd => zstd::Decoder::new(&*bytes)?.read_to_string(&mut text)?,
    };
    Ok(text)
}

//! What can be typed about a run and not about its records.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dateline::ingest::Share;

/// The heading of these flags in the help.
const RUN: &str = "The run";

#[derive(Debug, Default, Args)]
pub struct Watch {
    /// File of options, by the names of their flags; dateline.toml in the working folder when not given. Flags win
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    pub config: Option<PathBuf>,
    /// Read nothing but the beginnings of the inputs, and say what would be read and written
    #[arg(long, help_heading = RUN)]
    pub dry_run: bool,
    /// Print what --dry-run says as JSON
    #[arg(long, requires = "dry_run", help_heading = RUN)]
    pub json: bool,
    /// Work only on part I of N equal parts of the inputs, as one of N jobs; what the parts write, one after the other, is
    /// what one job would. Files of plain lines are cut between lines, others belong to one part
    #[arg(long, value_name = "I/N", value_parser = share, help_heading = RUN)]
    pub shard: Option<Share>,
    /// File for what the run did, as JSON: counts, times, waiting, memory, hashes
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    pub stats: Option<PathBuf>,
    /// File for how far the run is, in the text format of Prometheus, written anew every 15 seconds
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    pub metrics_textfile: Option<PathBuf>,
    /// File for a log of the run, as JSON lines; lines are added to one that is there
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    pub log: Option<PathBuf>,
    /// What the log holds: with debug, also each document left out
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t, requires = "log", help_heading = RUN)]
    pub log_level: Level,
}

/// What a log holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Level {
    Error,
    Warn,
    #[default]
    Info,
    Debug,
}

/// One of how many, from one: `3/8`.
fn share(text: &str) -> Result<Share, String> {
    let parts = text.split_once('/').and_then(|(number, of)| Share::new(number.parse().ok()?, of.parse().ok()?));
    parts.ok_or_else(|| "expected one of how many, such as 1/8 to 8/8".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_count_from_one() {
        assert!(share("1/1").is_ok() && share("8/8").is_ok());
        for wrong in ["0/8", "9/8", "1", "/", "1/0", "-1/2", "a/b"] {
            assert!(share(wrong).is_err(), "{wrong}");
        }
    }
}

//! Flags that say which files are read, and what is kept of what cannot be.

use std::path::{Path, PathBuf};

use clap::Args;
use dateline::ingest::{Inputs, Kind};
use dateline::{Error, Result};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

#[derive(Debug, Default, Args)]
pub struct ReadArgs {
    /// Of the files in a folder, read only those whose path in it matches, such as '2024-*.json' or 'news/**/*.csv',
    /// whatever their ending; may be given several times
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// Of the files in a folder, leave out those whose path in it, or the path of a folder above them, matches; may be
    /// given several times
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Put all bytes of a document into its dead letter, in base64 where they are not UTF-8
    #[arg(long)]
    pub whole_letters: bool,
}

impl ReadArgs {
    /// The files to be read.
    pub fn find(&self, paths: &[PathBuf]) -> Result<Inputs> {
        let (include, exclude) = (globs(&self.include)?, globs(&self.exclude)?);
        let is_wanted = |path: &Path| {
            let is_named =
                if self.include.is_empty() { Kind::of_ending(path).is_some() } else { include.is_match(path) };
            is_named && !path.ancestors().any(|path| exclude.is_match(path))
        };
        Inputs::choose(paths, &is_wanted)
    }
}

/// A pattern without a slash is matched by the name of a file in any folder.
fn globs(patterns: &[String]) -> Result<GlobSet> {
    let wrong = |e: globset::Error| Error::usage(format!("no pattern of paths: {e}"));
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let anywhere = if pattern.contains('/') { pattern.clone() } else { format!("**/{pattern}") };
        set.add(GlobBuilder::new(&anywhere).literal_separator(true).build().map_err(wrong)?);
    }
    set.build().map_err(wrong)
}

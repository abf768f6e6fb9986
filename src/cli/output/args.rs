//! What can be typed about how a run writes.

use std::time::Duration;

use clap::{Args, ValueEnum};

use super::super::args::size;
use super::policy::Limit;

/// How a run goes, and what it does about documents that cannot be read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Running")]
pub struct RunArgs {
    /// Go on with a run of the same command that was broken off; from the beginning where there is none
    #[arg(long)]
    pub resume: bool,
    /// What becomes of documents that cannot be read
    #[arg(long, value_name = "WHAT", value_enum, default_value_t)]
    pub on_error: OnError,
    /// End a run that leaves out more documents than this: a number, or a share of all, judged from the 1,000th on
    #[arg(long, value_name = "N|P%", default_value = "1%")]
    pub max_rejects: Limit,
    /// Memory for the documents under way and their records; the word lists come on top, and a document that needs more
    /// goes alone
    #[arg(long, value_name = "SIZE", default_value = "256MiB", value_parser = size)]
    pub memory: usize,
    /// Write records as they come, not in the order of the input; such a run cannot be gone on with
    #[arg(long, conflicts_with = "resume")]
    pub unordered: bool,
    /// Milliseconds between two checkpoints
    #[arg(long, value_name = "MS", default_value_t = 1000, hide = true)]
    pub checkpoint_every: u64,
}

impl RunArgs {
    /// Time between two checkpoints.
    pub fn interval(&self) -> Duration {
        Duration::from_millis(self.checkpoint_every)
    }
}

/// What becomes of documents that cannot be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum OnError {
    /// They are put aside, in the file of --dead-letters where it is given; the exit status is 2
    #[default]
    Dead,
    /// They are left out and counted; the exit status is 0
    Skip,
    /// The first one ends the run
    Fail,
}

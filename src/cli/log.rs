//! `--log`: what a run says of itself, as JSON lines.
//!
//! Written by the program alone; the library says nothing to any log. What stands in a log is escaped as JSON is, so that
//! no text of a document can pretend to be a line of it.

use std::fs::File;
use std::sync::Mutex;

use dateline::{Error, Result};
use tracing::level_filters::LevelFilter;

use super::args::{Level, Watch};

/// Begins the log, where one is asked for.
pub fn begin(args: &Watch) -> Result<()> {
    let Some(path) = &args.log else { return Ok(()) };
    let file = File::options().create(true).append(true).open(path).map_err(|e| Error::from(e).at(path, 0))?;
    let level = match args.log_level {
        Level::Error => LevelFilter::ERROR,
        Level::Warn => LevelFilter::WARN,
        Level::Info => LevelFilter::INFO,
        Level::Debug => LevelFilter::DEBUG,
    };
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_target(false).with_max_level(level);
    // There is one run a process, and so one log.
    let _ = tracing::subscriber::set_global_default(log.with_writer(Mutex::new(file)).finish());
    Ok(())
}

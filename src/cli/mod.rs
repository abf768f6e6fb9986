//! The command line.
//!
//! Everything that a library must not do lives here: flags, the terminal, exit statuses, files on disk. The statuses
//! are 0 for a clean run (also when the reader of our output had seen enough), 1 for a run that could not be or failed, 2
//! for one that went through but left documents out, 70 for one whose counts do not agree, 130 for one that was asked to
//! end before its end.

mod args;
mod bench;
mod config;
mod dry_run;
mod duplicates;
mod gazetteer;
mod generate;
mod log;
mod metrics;
mod one_a_day;
mod output;
mod progress;
mod records;
mod retry;
mod rules;
mod signals;
mod stats;
mod store;
mod train;
mod view;

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use dateline::{Error, ErrorKind, Result};

use args::{Cli, Command};
use output::fingerprint::Typed;

/// A run that went through but left documents out.
const SKIPPED: u8 = 2;
/// Documents were lost on the way: a defect of dateline.
const LOST: u8 = 70;
/// A run that was asked to end before its end.
const INTERRUPTED: u8 = 130;

pub fn main() -> ExitCode {
    #[cfg(all(unix, any(debug_assertions, feature = "failpoints")))]
    arm_failpoint();
    let (words, file) = match config::with_file(std::env::args_os().collect()) {
        Ok(words) => words,
        Err(e) => {
            say(&e);
            return ExitCode::FAILURE;
        }
    };
    let command = Cli::command();
    let typed = command.clone().try_get_matches_from(words).and_then(|matches| {
        let mut cli = Cli::from_arg_matches(&matches)?;
        cli.typed = Typed::of(&command, &matches);
        Ok(cli)
    });
    let cli = match typed {
        Ok(cli) => cli,
        // clap would exit with 2, which here means something else. Its own text for --help is not an error.
        Err(e) => {
            let failed = e.use_stderr();
            let _ = e.print();
            if let Some(file) = file.filter(|_| failed) {
                say(&format_args!("some of the options are those of {}", file.display()));
            }
            return ExitCode::from(u8::from(failed));
        }
    };
    match run(&cli) {
        Ok(status) => status,
        Err(e) if e.is_closed_pipe() => ExitCode::SUCCESS,
        Err(e) => {
            say(&e);
            exit_status(&e)
        }
    }
}

/// The exit status that an error ends with.
fn exit_status(e: &Error) -> ExitCode {
    match e.kind() {
        ErrorKind::Lost(_) => ExitCode::from(LOST),
        _ => ExitCode::FAILURE,
    }
}

/// Has the program killed at a place that the environment names, for tests: `DATELINE_FAILPOINT=write:3` for the third
/// time that it writes.
#[cfg(all(unix, any(debug_assertions, feature = "failpoints")))]
fn arm_failpoint() {
    let asked = std::env::var("DATELINE_FAILPOINT").unwrap_or_default();
    if let Some((name, times)) = asked.split_once(':') {
        dateline::failpoint::arm(name, times.parse().unwrap_or(1), || {
            let _ = signal_hook::low_level::raise(signal_hook::consts::SIGKILL);
        });
    }
}

fn run(cli: &Cli) -> Result<ExitCode> {
    match &cli.command {
        Command::Extract { records, .. } | Command::Normalize { records, .. } | Command::Segment(records) => {
            return records::run(cli, records, &records::inputs(cli, records)?, None);
        }
        Command::Retry(records) => return retry::run(cli, records),
        Command::Gazetteer(gazetteer) => return gazetteer::run(cli, gazetteer),
        Command::Rules(rules) => return rules::run(rules),
        Command::Bench(bench) => bench::run(bench)?,
        Command::Generate(generate) => generate::run(generate)?,
        Command::Train(train) => train::run(train)?,
        Command::Schema => io::stdout().write_all(include_bytes!("../../schema/records.schema.json"))?,
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "dateline", &mut script);
            io::stdout().write_all(&script)?;
        }
        Command::Man => clap_mangen::Man::new(Cli::command()).render(&mut io::stdout())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a line on stderr. When stderr is closed too there is nobody left to tell.
fn say(message: &dyn Display) {
    let _ = writeln!(io::stderr(), "dateline: {message}");
}

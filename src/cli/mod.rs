//! The command line.
//!
//! Everything that a library must not do lives here: flags, the terminal, exit statuses, files on disk. The statuses
//! are 0 for a clean run (also when the reader of our output had seen enough), 1 for a run that could not be, 2 for one
//! that went through but left documents out.

mod args;
mod bench;
mod duplicates;
mod gazetteer;
mod generate;
mod one_a_day;
mod output;
mod progress;
mod records;
mod rules;
mod train;
mod view;

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use dateline::Result;

use args::{Cli, Command};

/// A run that went through but left documents out.
const SKIPPED: u8 = 2;

pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // clap would exit with 2, which here means something else. Its own text for --help is not an error.
        Err(e) => {
            let failed = e.use_stderr();
            let _ = e.print();
            return ExitCode::from(u8::from(failed));
        }
    };
    match run(&cli) {
        Ok(status) => status,
        Err(e) if e.is_closed_pipe() => ExitCode::SUCCESS,
        Err(e) => {
            say(&e);
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<ExitCode> {
    match &cli.command {
        Command::Extract { records, .. } | Command::Normalize { records, .. } | Command::Segment(records) => {
            return records::run(cli, records);
        }
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

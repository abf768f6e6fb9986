//! `gazetteer`: what is in the word lists, for people who keep them or wonder at a record.

mod find;
mod lookup;
mod stats;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use dateline::dictionary::{Dictionary, Kind};
use dateline::gazetteer::user::Types;
use dateline::gazetteer::{Lists, check};
use dateline::{Error, Result};

use super::args::{Cli, Gazetteer, GazetteerCommand};
use super::output::Output;

pub fn run(cli: &Cli, args: &Gazetteer) -> Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    match &args.command {
        GazetteerCommand::Find(records) => {
            drop(out);
            return find::run(cli, records);
        }
        GazetteerCommand::Lookup { names, json, lists } => lookup::run(names, *json, &lists.open()?, &mut out)?,
        GazetteerCommand::Stats { json, lists } => stats::run(*json, &lists.open()?, &mut out)?,
        GazetteerCommand::Check { paths, types } => return run_check(paths, types, &mut out),
        GazetteerCommand::Build { folder, output, lists } => {
            let lists = match folder {
                Some(folder) => lists.on_top_of(Lists::compile(folder)?)?,
                None => lists.open()?,
            };
            let mut file = Output::create(Some(output))?;
            file.write_all(&lists.to_image()).map_err(|e| Error::from(e).at(output, 0))?;
            file.finish()?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn run_check(paths: &[PathBuf], words: &[String], out: &mut dyn Write) -> Result<ExitCode> {
    let mut types = Types::default();
    words.iter().try_for_each(|word| types.add(word)).map_err(|e| Error::usage(e.to_string()))?;
    let checked = check::check(paths, &types)?;
    for fault in &checked.faults {
        writeln!(out, "{fault}")?;
    }
    let (lists, faults) = (checked.lists.len(), checked.faults.len());
    if faults == 0 {
        writeln!(out, "{lists} {} without a fault", if lists == 1 { "list" } else { "lists" })?;
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

/// The list that an entry comes from.
fn list_of(dictionary: &Dictionary<'_>, entry: u32) -> String {
    if let Some(user) = dictionary.user(entry) {
        return format!("user:{}", user.list);
    }
    match dictionary.kind(entry) {
        Kind::Country => "countries.tsv",
        Kind::Admin1 => "admin1.tsv",
        Kind::County => "counties.tsv",
        Kind::City => "places.tsv",
        Kind::Region => "regions.tsv",
        Kind::Physical => "physical.tsv",
        Kind::Demonym => "demonyms.tsv",
        Kind::Organisation => "orgs.tsv",
        Kind::Title => "titles.tsv",
        Kind::User => "",
    }
    .to_owned()
}

/// `1234567` as `1,234,567`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

//! `dateline.toml`: options written down instead of typed.
//!
//! A file of options is turned into what would have been typed, in front of what was typed, and the command line is then
//! read as always. So every flag can stand in the file under its own name, is checked as a flag is, and what was typed
//! wins.

use std::ffi::OsString;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory};
use dateline::{Error, Result};
use toml::Value;

use super::args::Cli;

/// The file that is looked for where none is named.
const USUAL: &str = "dateline.toml";

/// Commands that read such a file, and where they stand.
const COMMANDS: [&[&str]; 5] = [&["extract"], &["normalize"], &["segment"], &["retry"], &["gazetteer", "find"]];

/// The key of what a command reads.
const INPUTS: &str = "inputs";

/// What was typed, with what the file says that is not typed; and the file, if there is one.
pub fn with_file(typed: Vec<OsString>) -> Result<(Vec<OsString>, Option<PathBuf>)> {
    // What is wrong with what was typed is told when it is read for good.
    let Ok(matches) = Cli::command().ignore_errors(true).try_get_matches_from(&typed) else { return Ok((typed, None)) };
    let Some((names, matches)) = reached(&matches) else { return Ok((typed, None)) };
    let named = matches.get_one::<PathBuf>("config");
    let path = match named {
        Some(path) => path.clone(),
        None if Path::new(USUAL).is_file() => USUAL.into(),
        None => return Ok((typed, None)),
    };
    let text = fs::read_to_string(&path).map_err(|e| Error::from(e).at(&path, 0))?;
    let flags = flags(&text, &names, matches).map_err(|(line, message)| Error::usage(message).at(&path, line))?;
    // Behind the name of the command; what was typed may end with inputs that look like flags.
    let mut at = 0;
    for name in &names {
        at += typed[at..].iter().position(|word| word == name).map_or(0, |found| found + 1);
    }
    let mut all = typed;
    all.splice(at..at, flags);
    Ok((all, Some(path)))
}

/// The command that was typed, if it reads such a file.
fn reached(mut matches: &ArgMatches) -> Option<(Vec<&str>, &ArgMatches)> {
    let mut names = Vec::new();
    while let Some((name, inner)) = matches.subcommand() {
        names.push(name);
        matches = inner;
    }
    COMMANDS.contains(&names.as_slice()).then_some((names, matches))
}

/// What the file says, as it would be typed; on error the line and what is wrong there.
fn flags(text: &str, names: &[&str], matches: &ArgMatches) -> std::result::Result<Vec<OsString>, (u64, String)> {
    let line_of =
        |at: usize| text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
    let table: toml::Table = text
        .parse()
        .map_err(|e: toml::de::Error| (e.span().map_or(0, |span| line_of(span.start)), e.message().to_owned()))?;
    let root = Cli::command();
    let command = find(&root, names);
    let known: Vec<Arg> = COMMANDS.iter().flat_map(|names| options(&root, find(&root, names))).collect();
    let own = options(&root, command);
    let mut flags = Vec::new();
    for (key, value) in &table {
        let line = text.lines().position(|line| key_of(line) == Some(key)).map_or(0, |line| line as u64 + 1);
        let flag = key.replace('_', "-");
        if !known.iter().any(|arg| name(arg) == flag) {
            return Err((line, unknown(key, &flag, &known)));
        }
        // Other commands may read the same file.
        let Some(arg) = own.iter().find(|arg| name(arg) == flag) else { continue };
        let rules_out = |one: &Arg, other: &Arg| {
            let owner = if one.is_global_set() { &root } else { command };
            owner.get_arg_conflicts_with(one).iter().any(|arg| arg.get_id() == other.get_id())
        };
        let mut typed = own.iter().filter(|other| is_typed(matches, other));
        if typed.any(|other| other.get_id() == arg.get_id() || rules_out(other, arg) || rules_out(arg, other)) {
            continue;
        }
        put(arg, &flag, value, &mut flags).map_err(|message| (line, format!("`{key}` {message}")))?;
    }
    Ok(flags)
}

fn find<'c>(root: &'c Command, names: &[&str]) -> &'c Command {
    names.iter().fold(root, |command, name| command.find_subcommand(name).unwrap_or(command))
}

/// All that can stand in the file for a command.
fn options(root: &Command, command: &Command) -> Vec<Arg> {
    let all = command.get_arguments().chain(root.get_arguments().filter(|arg| arg.is_global_set()));
    let is_option = |arg: &&Arg| {
        arg.get_long().map_or(arg.get_id() == INPUTS, |long| !["config", "help", "version"].contains(&long))
    };
    all.filter(is_option).cloned().collect()
}

fn name(arg: &Arg) -> &str {
    arg.get_long().unwrap_or(INPUTS)
}

fn is_typed(matches: &ArgMatches, arg: &Arg) -> bool {
    matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
}

/// The key that a line of the file sets.
fn key_of(line: &str) -> Option<&str> {
    line.split_once('=').map(|(key, _)| key.trim().trim_matches(['"', '\'']))
}

fn unknown(key: &str, flag: &str, known: &[Arg]) -> String {
    let near = known.iter().map(|arg| (strsim::damerau_levenshtein(flag, name(arg)), name(arg))).min();
    match near {
        Some((edits, near)) if edits <= 3.max(flag.len() / 3) => format!("no option `{key}`; is `{near}` meant?"),
        _ => format!("no option `{key}`"),
    }
}

/// Appends an option as it would be typed.
fn put(arg: &Arg, flag: &str, value: &Value, flags: &mut Vec<OsString>) -> std::result::Result<(), String> {
    let takes_none = matches!(arg.get_action(), ArgAction::SetTrue);
    let takes_many = matches!(arg.get_action(), ArgAction::Append);
    let typed = |value: &dyn Display| -> OsString {
        if flag == INPUTS { value.to_string().into() } else { format!("--{flag}={value}").into() }
    };
    match value {
        Value::Boolean(true) if takes_none => flags.push(format!("--{flag}").into()),
        Value::Boolean(false) if takes_none => {}
        _ if takes_none => return Err("is either true or false".into()),
        Value::Array(values) if takes_many => values.iter().try_for_each(|value| put(arg, flag, value, flags))?,
        Value::String(text) => flags.push(typed(text)),
        Value::Integer(number) => flags.push(typed(number)),
        Value::Float(number) => flags.push(typed(number)),
        _ => {
            return Err(
                if takes_many { "takes strings, or a list of them" } else { "takes one string or number" }.into()
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags_of(typed: &[&str], text: &str) -> std::result::Result<Vec<String>, (u64, String)> {
        let typed = [&["dateline"], typed].concat();
        let matches = Cli::command().ignore_errors(true).try_get_matches_from(typed).expect("matches");
        let (names, matches) = reached(&matches).expect("a command");
        let flags = flags(text, &names, matches)?;
        Ok(flags.into_iter().map(|flag| flag.into_string().expect("text")).collect())
    }

    #[test]
    fn keys_are_flags() {
        let text = "inputs = [\"a\", \"b\"]\nrepairs = true\nvague = false\nthreads = 3\ntext_field = \"x\"\nmax-record = \"1MB\"\n\
                    gazetteer = [\"v.tsv\", \"w/\"]\nquiet = true\n";
        let mut flags = flags_of(&["extract"], text).expect("sound");
        flags.sort();
        let expected = [
            "--gazetteer=v.tsv",
            "--gazetteer=w/",
            "--max-record=1MB",
            "--quiet",
            "--repairs",
            "--text-field=x",
            "--threads=3",
            "a",
            "b",
        ];
        assert_eq!(flags, expected);
    }

    #[test]
    fn what_is_typed_wins() {
        let text = "inputs = \"a\"\nthreads = 3\nexplain = true\nverbose = true\ngazetteer = \"v.tsv\"\n";
        let typed = ["extract", "b", "-j1", "--view", "gdelt", "-q", "--gazetteer", "w.tsv"];
        assert_eq!(flags_of(&typed, text), Ok(vec![]));
    }

    #[test]
    fn options_of_other_commands_are_passed_over() {
        assert_eq!(flags_of(&["segment", "a"], "view = \"gdelt\"\none-a-day = true\nreceived = true\n"), Ok(vec![]));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, line, told) in [
            ("threads = 1\nmax_recrod = 5\n", 2, "no option `max_recrod`; is `max-record` meant?"),
            ("tetx-field = 'x'\n", 1, "is `text-field` meant?"),
            ("something-else-altogether = 1\n", 1, "no option `something-else-altogether`"),
            ("repairs = \"yes\"\n", 1, "`repairs` is either true or false"),
            ("threads = [1, 2]\n", 1, "`threads` takes one string or number"),
            ("inputs = true\n", 1, "takes strings, or a list of them"),
            ("\n\nthreads = \n", 3, ""),
            ("config = \"other.toml\"\n", 1, "no option `config`"),
        ] {
            let (at, message) = flags_of(&["extract"], text).expect_err(text);
            assert_eq!(at, line, "{text}");
            assert!(message.contains(told), "{message}");
        }
    }

    #[test]
    fn every_option_of_extract_can_be_set() {
        let root = Cli::command();
        for arg in options(&root, find(&root, &["extract"])) {
            let value = if matches!(arg.get_action(), ArgAction::SetTrue) { "true" } else { "\"1\"" };
            let flags = flags_of(&["extract"], &format!("{} = {value}\n", name(&arg)));
            assert_eq!(flags.map(|flags| flags.len()), Ok(1), "{}", name(&arg));
        }
    }
}

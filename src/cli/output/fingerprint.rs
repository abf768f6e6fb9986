//! What a run must have in common with the one that it goes on with.
//!
//! Records of two versions, of other options, lists or inputs in one file would be worse than none. Whatever is typed
//! counts, but for what is known to leave the records as they are.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::UNIX_EPOCH;

use clap::{ArgMatches, Command};
use dateline::ingest::Inputs;
use serde::{Deserialize, Serialize};

use super::journal::checksum;

/// So much of either end of an input is looked at.
const END: u64 = 64 << 10;

/// Arguments that change no record. Lists and rules count by what they hold, inputs likewise.
const WITHOUT_EFFECT: [&str; 21] = [
    "checkpoint_every",
    "config",
    "gazetteers",
    "inputs",
    "lists",
    "log",
    "log_level",
    "max_rejects",
    "memory",
    "metrics_textfile",
    "on_error",
    "output",
    "overwrite",
    "quiet",
    "resume",
    "rules",
    "stats",
    "threads",
    "types",
    "unordered",
    "verbose",
];

/// A command with its arguments, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    command: String,
    options: BTreeMap<String, String>,
}

impl Typed {
    /// What counts of what was typed.
    pub fn of(mut command: &Command, mut matches: &ArgMatches) -> Self {
        let mut typed = Typed::default();
        while let Some((name, inner)) = matches.subcommand() {
            let space = if typed.command.is_empty() { "" } else { " " };
            typed.command = format!("{}{space}{name}", typed.command);
            command = command.find_subcommand(name).unwrap_or(command);
            matches = inner;
        }
        let ids = command.get_arguments().map(|argument| argument.get_id().as_str());
        for id in ids.filter(|id| !WITHOUT_EFFECT.contains(id)) {
            if let Ok(Some(values)) = matches.try_get_raw(id) {
                let values: Vec<_> = values.map(|value| value.to_string_lossy()).collect();
                typed.options.insert(id.replace('_', "-"), values.join(" "));
            }
        }
        typed
    }
}

/// All that the records of a run depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    program: String,
    typed: Typed,
    /// Version of the lists and rules, and of the dead letters that are tried again.
    lists: String,
    inputs: Vec<Input>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Input {
    path: String,
    size: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    /// Checksum of its ends.
    ends: u32,
}

impl Fingerprint {
    pub fn new(typed: &Typed, lists: &str, inputs: &Inputs) -> Self {
        let inputs = inputs.as_slice().iter().map(|input| Input::of(input.path())).collect();
        let program = format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        Fingerprint { program, typed: typed.clone(), lists: lists.to_owned(), inputs }
    }

    /// The first thing in which `now` is another one than this, in words.
    pub fn difference(&self, now: &Fingerprint) -> Option<String> {
        if self.program != now.program {
            return Some(format!("{} is not {}", now.program, self.program));
        }
        if self.typed.command != now.typed.command {
            return Some(format!("`{}` is not `{}`", now.typed.command, self.typed.command));
        }
        let (before, after) = (&self.typed.options, &now.typed.options);
        for name in before.keys().chain(after.keys()) {
            if before.get(name) != after.get(name) {
                let told = |value: Option<&String>| value.map_or("not given".to_owned(), |value| format!("`{value}`"));
                return Some(format!("--{name} was {} and is {}", told(before.get(name)), told(after.get(name))));
            }
        }
        if self.lists != now.lists {
            return Some("the lists, rules or dead letters are other ones".into());
        }
        if self.inputs.len() != now.inputs.len() {
            return Some(format!("there were {} inputs and are {}", self.inputs.len(), now.inputs.len()));
        }
        let (before, after) = self.inputs.iter().zip(&now.inputs).find(|(before, after)| before != after)?;
        Some(if before.path == after.path {
            format!("{} has changed", after.path)
        } else {
            format!("{} stands where {} stood among the inputs", after.path, before.path)
        })
    }
}

impl Input {
    /// What is known of a file. Of one that cannot be opened little is; its documents will be dead letters.
    fn of(path: &Path) -> Self {
        let about = std::fs::metadata(path).ok();
        let modified = about.as_ref().and_then(|about| about.modified().ok()?.duration_since(UNIX_EPOCH).ok());
        let size = about.map_or(0, |about| about.len());
        Input {
            path: path.to_string_lossy().into_owned(),
            size,
            modified: modified.map_or(0, |modified| modified.as_nanos() as u64),
            ends: ends(path, size).unwrap_or(0),
        }
    }
}

fn ends(path: &Path, size: u64) -> io::Result<u32> {
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    file.by_ref().take(END).read_to_end(&mut bytes)?;
    file.seek(SeekFrom::Start(size.saturating_sub(END)))?;
    file.take(END).read_to_end(&mut bytes)?;
    Ok(checksum(&bytes))
}

#[cfg(test)]
mod tests {
    use super::super::super::args::Cli;
    use super::*;
    use clap::CommandFactory;

    fn typed(args: &[&str]) -> Typed {
        let command = Cli::command();
        Typed::of(&command, &command.clone().try_get_matches_from(args).expect("arguments"))
    }

    #[test]
    fn what_differs_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, "{}\n").expect("a file");
        let find = || Inputs::find(&[&path]).expect("a file");
        let args = ["dateline", "extract", "a.jsonl", "-o", "b", "--vague"];
        let one = Fingerprint::new(&typed(&args), "7", &find());
        let same = ["dateline", "extract", "a.jsonl", "-o", "c", "--vague", "-j8", "--resume", "--memory", "1GB", "-q"];
        assert_eq!(one.difference(&Fingerprint::new(&typed(&same), "7", &find())), None);

        let cases = [
            (&["dateline", "normalize", "a.jsonl", "-o", "b"][..], "7", "`normalize` is not `extract`"),
            (&["dateline", "extract", "a.jsonl", "-o", "b"], "7", "--vague was `true` and is `false`"),
            (
                &["dateline", "extract", "a", "--vague", "--text-field", "x"],
                "7",
                "--text-field was not given and is `x`",
            ),
            (&args, "8", "the lists, rules or dead letters are other ones"),
        ];
        for (args, lists, told) in cases {
            assert_eq!(one.difference(&Fingerprint::new(&typed(args), lists, &find())).as_deref(), Some(told));
        }
        std::fs::write(&path, "[]\n").expect("a file");
        let told = one.difference(&Fingerprint::new(&typed(&args), "7", &find())).expect("another file");
        assert!(told.ends_with("a.jsonl has changed"), "{told}");
    }

    #[test]
    fn arguments_without_effect_are_arguments() {
        let command = Cli::command();
        let extract = command.find_subcommand("extract").expect("the main job");
        let known: Vec<_> =
            extract.get_arguments().chain(command.get_arguments()).map(|a| a.get_id().as_str()).collect();
        for name in WITHOUT_EFFECT {
            assert!(known.contains(&name), "{name}");
        }
    }
}

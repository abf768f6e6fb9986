//! `--dry-run`: what would be read and written.
//!
//! A wrong `--text-field` or a folder too many is cheap to see before a run and dear after one. So the first documents of
//! each input are read as a run would read them; inputs of one kind are told together, as there may be a million.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use dateline::Result;
use dateline::ingest::{Inputs, Probe};
use serde::Serialize;

use super::args::Records;

/// Inputs of a kind that are looked into for their fields. All are opened.
const LOOKED_INTO: usize = 20;

/// What the fields are called, in the order in which a probe tells them.
const FIELDS: [&str; 4] = ["id", "text", "title", "date"];

#[derive(Serialize)]
struct Plan<'a> {
    inputs: Vec<Kind>,
    /// Bytes as stored; none where that is not known.
    bytes: Option<u64>,
    output: &'a Path,
    threads: usize,
}

/// Inputs that are read alike.
#[derive(Default, Serialize)]
struct Kind {
    format: String,
    packing: String,
    files: usize,
    bytes: u64,
    first: String,
    last: String,
    /// The keys of the fields, where the format has keys.
    fields: BTreeMap<&'static str, Vec<String>>,
    /// Of the documents that were looked at: read, with title, with date, left out.
    documents: [usize; 4],
    /// What is wrong with the first one that would be left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    wrong: Option<String>,
}

impl Kind {
    fn add(&mut self, path: &Path, bytes: Option<u64>, probe: &Probe) {
        let path = path.display().to_string();
        if self.files == 0 {
            self.first.clone_from(&path);
        }
        self.last = path;
        self.files += 1;
        self.bytes += bytes.unwrap_or(0);
        for (field, key) in FIELDS.iter().zip(&probe.keys) {
            let keys = self.fields.entry(field).or_default();
            keys.extend(key.iter().filter(|key| !keys.contains(key)).cloned().collect::<Vec<_>>());
        }
        let found = [probe.articles, probe.titles, probe.dates, probe.rejects];
        self.documents.iter_mut().zip(found).for_each(|(sum, n)| *sum += n);
        self.wrong = self.wrong.take().or_else(|| probe.wrong.clone());
    }
}

pub fn run(args: &Records, inputs: &Inputs) -> Result<ExitCode> {
    let options = args.options();
    let mut kinds: Vec<Kind> = Vec::new();
    for input in inputs.as_slice() {
        // A pipe would lose what is looked at.
        let (format, packing) = match input.bytes().map(|_| input.look()) {
            None => ("told when it is read".to_owned(), String::new()),
            Some(Ok((kind, packing))) => (kind.to_string(), packing.to_string()),
            Some(Err(e)) => (format!("unreadable: {e}"), String::new()),
        };
        let at = kinds.iter().position(|kind| (&kind.format, &kind.packing) == (&format, &packing));
        let at = at.unwrap_or_else(|| {
            kinds.push(Kind { format, packing, ..Kind::default() });
            kinds.len() - 1
        });
        let is_looked_into = kinds[at].files < LOOKED_INTO && input.bytes().is_some();
        let probe = if is_looked_into { input.probe(&options.ingest) } else { Probe::default() };
        kinds[at].add(input.path(), input.bytes(), &probe);
    }
    let threads = super::records::threads(options.threads);
    let output = args.output.as_deref().unwrap_or(Path::new("-"));
    let plan = Plan { inputs: kinds, bytes: inputs.bytes(), output, threads };
    let mut out = std::io::stdout().lock();
    if args.watch.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&plan).expect("strings and numbers"))?;
    } else {
        table(&mut out, &plan)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn table(out: &mut dyn Write, plan: &Plan<'_>) -> Result<()> {
    for kind in &plan.inputs {
        let format = [&*kind.format, &*kind.packing].join(" ");
        writeln!(
            out,
            "{:<24}{:>9} files{:>12.1} MB  {}",
            format.trim(),
            kind.files,
            kind.bytes as f64 / 1e6,
            kind.first
        )?;
        if kind.files > 1 {
            writeln!(out, "{:>53}to {}", "", kind.last)?;
        }
        let keys: Vec<String> = FIELDS
            .iter()
            .filter_map(|field| {
                let keys = kind.fields.get(field).filter(|keys| !keys.is_empty())?;
                Some(format!("{field} from {}", keys.join(", ")))
            })
            .collect();
        if !keys.is_empty() {
            writeln!(out, "    fields: {}", keys.join("; "))?;
        }
        let [articles, titles, dates, rejects] = kind.documents;
        if articles + rejects > 0 {
            let looked = articles + rejects;
            writeln!(
                out,
                "    of the first {looked} documents: {titles} with title, {dates} with date, {rejects} left out"
            )?;
        }
        if let Some(wrong) = &kind.wrong {
            writeln!(out, "    {wrong}")?;
        }
    }
    let bytes = plan.bytes.map_or("unknown".to_owned(), |bytes| format!("{:.1} MB", bytes as f64 / 1e6));
    let output =
        if plan.output == Path::new("-") { "standard output".into() } else { plan.output.display().to_string() };
    writeln!(out, "in all: {bytes}; on {} threads; to {output}", plan.threads)?;
    Ok(())
}

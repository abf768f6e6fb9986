//! `extract`, `normalize`, `segment` and `gazetteer find`: one stream, several jobs.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use dateline::duplicates::Likeness;
use dateline::ingest::{Article, DeadLetter, Inputs, Share, Survey};
use dateline::pipeline::{self, Pipeline};
use dateline::stream::{Sink, Stream, Summary, Told, Written};
use dateline::{Error, Result};

use super::args::{Cli, Command, Records, Scope};
use super::duplicates::Doubles;
use super::one_a_day::{self, Seen};
use super::output::{Output, Store};
use super::progress::Bar;
use super::view::View;
use super::view::record::{Document, is_event};
use super::{SKIPPED, say};

/// Documents left out that are reported one by one. The first few show what is wrong; the rest is a number.
const REPORTED: u64 = 5;

pub fn run(cli: &Cli, args: &Records) -> Result<ExitCode> {
    let inputs = inputs(cli, args)?;
    let lists = args.lists.open_for(inputs.bytes())?;
    let pipeline = Pipeline::with_lists(&lists, args.pipeline_options())?;
    let forms = Forms::of(&cli.command);
    let work = |article: &Article<'_>, out: &mut Vec<u8>, worker: &mut pipeline::Worker<'_>| match cli.command {
        Command::Normalize { received: true, .. } => worker.received(article, out),
        Command::Normalize { .. } => worker.normalize(article, out),
        Command::Segment(_) => worker.segment(article, out),
        _ => worker.extract(article, out),
    };
    let likeness = match &cli.command {
        Command::Extract { duplicates, .. } => duplicates.duplicates.map(Likeness::from),
        _ => None,
    };
    let surveyor = (args.repair_scope == Scope::Source).then_some(&pipeline);
    stream(cli, args, &inputs, surveyor, || {
        let (mut worker, mut plain) = (pipeline.worker(), Vec::new());
        move |article: &Article<'_>, out: &mut Vec<u8>| {
            if forms.are_plain() {
                work(article, out, &mut worker);
            } else {
                plain.clear();
                work(article, &mut plain, &mut worker);
                forms.write(&plain, out);
            }
            let signature = likeness.and_then(|likeness| worker.signature(likeness));
            Told { signature: signature.map(|signature| signature.to_numbers()), ..Told::default() }
        }
    })
}

/// The files to be read: all, or this job's part of them.
fn inputs(cli: &Cli, args: &Records) -> Result<Inputs> {
    let inputs = Inputs::find(&args.inputs)?;
    let Some(share) = args.watch.shard else { return Ok(inputs) };
    let (one_a_day, duplicates) = match &cli.command {
        Command::Extract { one_a_day, duplicates, .. } => (*one_a_day, duplicates.duplicates.is_some()),
        _ => (false, false),
    };
    let source = args.repair_scope == Scope::Source;
    let all = [
        (one_a_day, "--one-a-day"),
        (duplicates, "--duplicates"),
        (args.repeated_lines, "--repeated-lines"),
        (source, "--repair-scope source"),
    ];
    match all.iter().find(|(is_set, _)| *is_set) {
        Some((_, flag)) => Err(Error::usage(format!("{flag} needs all documents, of which --shard reads a part"))),
        None => inputs.share(share),
    }
}

/// What is made of the records of an article before they are written.
#[derive(Clone, Copy)]
struct Forms {
    view: Option<View>,
    one_a_day: bool,
}

impl Forms {
    fn of(command: &Command) -> Self {
        match command {
            Command::Extract { view, one_a_day, .. } => Forms { view: *view, one_a_day: *one_a_day },
            _ => Forms { view: None, one_a_day: false },
        }
    }

    fn are_plain(self) -> bool {
        self.view.is_none() && !self.one_a_day
    }

    /// Appends the rows of a view in place of the records, or the records themselves; where it is one a day, each event
    /// with the mark that tells it from others.
    fn write(self, records: &[u8], out: &mut Vec<u8>) {
        let records = std::str::from_utf8(records).expect("records are UTF-8");
        let document = Document::read(records).expect("records are of the form of their schema");
        let keys = if self.one_a_day { one_a_day::keys(&document) } else { Vec::new() };
        let mut row = Vec::new();
        let mut number = 0;
        for line in records.split_inclusive('\n') {
            let is_event = is_event(line);
            row.clear();
            match self.view {
                Some(view) if is_event => view.write(&document, number, &mut row),
                Some(_) => continue,
                None => row.extend_from_slice(line.as_bytes()),
            }
            for row in row.split_inclusive(|&byte| byte == b'\n') {
                if let Some(key) = keys.get(number).filter(|_| is_event) {
                    one_a_day::mark(*key, &document.events[number].id, out);
                }
                out.extend_from_slice(row);
            }
            number += usize::from(is_event);
        }
    }
}

/// Reads the inputs, has workers append lines for each article, and writes these in order. With a surveyor, the
/// first articles of each source are looked at before.
pub fn stream<M, W>(
    cli: &Cli,
    args: &Records,
    inputs: &Inputs,
    surveyor: Option<&Pipeline<'_>>,
    make: M,
) -> Result<ExitCode>
where
    M: Fn() -> W + Sync,
    W: FnMut(&Article<'_>, &mut Vec<u8>) -> Told + Send,
{
    let start = Instant::now();
    let options = args.options();
    let bar = Bar::new(inputs.bytes(), !cli.quiet);
    let letters = args.dead_letters.as_deref().map(|path| Output::create(Some(path))).transpose()?;
    let Forms { view, one_a_day } = Forms::of(&cli.command);
    let mut records = Output::create(args.output.as_deref())?;
    if let Some(view) = view.filter(|_| args.watch.shard.is_none_or(Share::is_first)) {
        records.write_all(view.header().as_bytes())?;
    }
    let mut lines = Lines {
        records: Box::new(records),
        once: Vec::new(),
        doubles: match &cli.command {
            Command::Extract { duplicates, .. } => Doubles::new(duplicates),
            _ => None,
        },
        seen: one_a_day.then(|| Seen::new(view.is_none())),
        letters,
        bar: &bar,
        left: if cli.quiet { 0 } else { REPORTED },
    };

    let survey = surveyor.map(|pipeline| || Box::new(pipeline.survey()) as Box<dyn Survey>);
    let mut stream = Stream::new(inputs, &options);
    if let Some(survey) = &survey {
        stream = stream.surveyed(survey);
    }
    let summary = bar.follow(stream.progress(), || stream.run(make, &mut lines)).map_err(|e| named(e, args))?;

    let Lines { records, letters, .. } = lines;
    records.finish()?;
    letters.map_or(Ok(()), Output::finish)?;
    if !cli.quiet {
        report(&summary, args, cli.verbose.then(|| (stream.progress().read(), start.elapsed())));
    }
    Ok(if summary.skipped() > 0 { ExitCode::from(SKIPPED) } else { ExitCode::SUCCESS })
}

/// An error of writing, with the file that it was about.
fn named(e: Error, args: &Records) -> Error {
    match &args.output {
        Some(path) if !e.is_closed_pipe() => e.at(path, 0),
        _ => e,
    }
}

fn report(summary: &Summary, args: &Records, speed: Option<(u64, Duration)>) {
    if summary.skipped() > 0 {
        let reasons: Vec<_> = summary.dead.iter().map(|(reason, n)| format!("{n} {reason}")).collect();
        let hint = if args.dead_letters.is_none() { "; --dead-letters FILE lists them" } else { "" };
        say(&format_args!("documents left out: {} ({}){hint}", summary.skipped(), reasons.join(", ")));
    } else if summary.documents == 0 {
        say(&"no documents found");
    }
    if let Some((read, took)) = speed {
        let (mb, seconds) = (read as f64 / 1e6, took.as_secs_f64());
        let (documents, speed) = (summary.documents, mb / seconds);
        say(&format_args!("documents: {documents}, {mb:.1} MB in {seconds:.2} s ({speed:.1} MB/s)"));
    }
}

/// The output and the dead letters of one run.
struct Lines<'a> {
    records: Box<dyn Store>,
    /// The records of a batch without the events that are told already.
    once: Vec<u8>,
    /// The articles that came before, where duplicates are to be told.
    doubles: Option<Doubles>,
    /// The events that were written, where it is one a day.
    seen: Option<Seen>,
    letters: Option<Output>,
    bar: &'a Bar,
    /// Dead letters still to be reported one by one.
    left: u64,
}

impl Sink for Lines<'_> {
    fn batch(&mut self, batch: &Written<'_>) -> io::Result<()> {
        let marked = self.doubles.as_mut().map(|doubles| doubles.mark(batch));
        let told = marked.as_ref().unwrap_or(batch);
        match &mut self.seen {
            Some(seen) => {
                self.once.clear();
                seen.write(told.records, &mut self.once)?;
                self.records.write(&Written { records: &self.once, ..*told })?;
            }
            None => self.records.write(told)?,
        }
        batch.dead.iter().try_for_each(|letter| self.dead(letter))
    }
}

impl Lines<'_> {
    fn dead(&mut self, letter: &DeadLetter) -> io::Result<()> {
        match &mut self.letters {
            Some(letters) => {
                serde_json::to_writer(&mut *letters, letter)?;
                letters.write_all(b"\n")?;
            }
            None if self.left > 0 => {
                self.left -= 1;
                self.bar.say(letter);
            }
            None => {}
        }
        Ok(())
    }
}

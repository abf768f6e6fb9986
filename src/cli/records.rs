//! `extract`, `normalize`, `segment` and `gazetteer find`: one stream, several jobs.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use dateline::duplicates::Likeness;
use dateline::ingest::{Article, DeadLetter, Inputs, Share, Survey};
use dateline::pipeline::{self, Clock, Pipeline};
use dateline::stream::{Only, Stream, Told};
use dateline::{Error, ErrorKind, Result};

use super::args::{Cli, Command, Records, Scope};
use super::duplicates::Doubles;
use super::one_a_day::{self, Seen};
use super::output::args::OnError;
use super::output::fingerprint::Fingerprint;
use super::output::ledger::{Order, command_to_go_on};
use super::output::rewrite::Rewrite;
use super::output::{Counts, Ledger, Packing};
use super::progress::Watcher;
use super::stats::{self, Stats};
use super::store::{self, Lines};
use super::view::View;
use super::view::record::{Document, is_event};
use super::{INTERRUPTED, SKIPPED, exit_status, say, signals};
use super::{dry_run, log};

/// What a run is about.
pub struct Job<'a> {
    pub inputs: &'a Inputs,
    /// Version of the lists, and of what else decides about the records.
    pub version: String,
    /// Looks at the first articles of each source before any is worked on.
    pub surveyor: Option<&'a Pipeline<'a>>,
    /// Of the workers, where they tell their time.
    pub clock: &'a Clock,
    /// Which documents are asked for, where not all are.
    pub only: Option<&'a Only<'a>>,
}

/// Works on the documents of some inputs: on all of them or, with a version of that choice, on some.
pub fn run(cli: &Cli, args: &Records, inputs: &Inputs, only: Option<(&Only<'_>, u32)>) -> Result<ExitCode> {
    if args.watch.dry_run {
        return dry_run::run(args, inputs);
    }
    log::begin(&args.watch)?;
    let lists = args.lists.open_for(inputs.bytes())?;
    let pipeline = Pipeline::with_lists(&lists, args.pipeline_options())?;
    let forms = Forms::of(&cli.command);
    let work = |article: &Article<'_>, out: &mut Vec<u8>, worker: &mut pipeline::Worker<'_>| match cli.command {
        Command::Normalize { received: true, .. } => worker.received(article, out),
        Command::Normalize { .. } => worker.normalize(article, out),
        Command::Segment(_) => worker.segment(article, out),
        _ => worker.extract(article, out),
    };
    let is_extract = matches!(cli.command, Command::Extract { .. });
    let version = format!("{:016x} {:08x}", lists.dictionary()?.stamp(), only.map_or(0, |(_, version)| version));
    let surveyor = (args.repair_scope == Scope::Source).then_some(&pipeline);
    let clock = Clock::default();
    let job = Job { inputs, version, surveyor, clock: &clock, only: only.map(|(only, _)| only) };
    stream(cli, args, &job, || {
        let (worker, mut plain) = (pipeline.worker(), Vec::new());
        let mut worker = if args.watch.stats.is_some() { worker.timed(&clock) } else { worker };
        move |article: &Article<'_>, out: &mut Vec<u8>| {
            if forms.are_plain() {
                work(article, out, &mut worker);
            } else {
                plain.clear();
                work(article, &mut plain, &mut worker);
                forms.write(&plain, out);
            }
            let signature = forms.likeness.and_then(|likeness| worker.signature(likeness));
            let published = is_extract.then(|| worker.published()).flatten();
            Told { published, signature: signature.map(|signature| signature.to_numbers()) }
        }
    })
}

/// The files to be read: all, or this job's part of them.
pub fn inputs(cli: &Cli, args: &Records) -> Result<Inputs> {
    let inputs = args.reading.find(&args.inputs)?;
    let Some(share) = args.watch.shard else { return Ok(inputs) };
    let Forms { one_a_day, likeness, .. } = Forms::of(&cli.command);
    let needs_all = [
        (one_a_day, "--one-a-day"),
        (likeness.is_some(), "--duplicates"),
        (args.repeated_lines, "--repeated-lines"),
        (args.repair_scope == Scope::Source, "--repair-scope source"),
    ];
    match needs_all.iter().find(|(is_set, _)| *is_set) {
        Some((_, flag)) => Err(Error::usage(format!("{flag} needs all documents, of which --shard reads a part"))),
        None => inputs.share(share),
    }
}

/// What is made of the records of an article before they are written.
#[derive(Clone, Copy)]
struct Forms {
    view: Option<View>,
    one_a_day: bool,
    /// What is taken for a duplicate, where these are to be told.
    likeness: Option<Likeness>,
}

impl Forms {
    fn of(command: &Command) -> Self {
        match command {
            Command::Extract { view, one_a_day, duplicates, .. } => {
                let likeness = duplicates.duplicates.map(Likeness::from);
                Forms { view: *view, one_a_day: *one_a_day, likeness }
            }
            _ => Forms { view: None, one_a_day: false, likeness: None },
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

/// Reads the inputs, has workers append lines for each article, and writes these in order.
pub fn stream<M, W>(cli: &Cli, args: &Records, job: &Job<'_>, make: M) -> Result<ExitCode>
where
    M: Fn() -> W + Sync,
    W: FnMut(&Article<'_>, &mut Vec<u8>) -> Told + Send,
{
    let start = Instant::now();
    let (inputs, surveyor) = (job.inputs, job.surveyor);
    let mut options = args.options();
    let watcher = Watcher::new(inputs.bytes(), !cli.quiet, args.watch.metrics_textfile.as_deref());
    let Forms { view, one_a_day, .. } = Forms::of(&cli.command);
    let doubles = match &cli.command {
        Command::Extract { duplicates, .. } => Doubles::new(duplicates),
        _ => None,
    };
    let needs_order = [(one_a_day, "--one-a-day"), (doubles.is_some(), "--duplicates")];
    if let Some((_, flag)) = needs_order.iter().find(|(is_set, _)| *is_set && args.run.unordered) {
        return Err(Error::usage(format!("{flag} needs the order of the input, and --unordered gives it up")));
    }
    let comes_again = one_a_day || doubles.is_some();
    let lines = match cli.command {
        Command::Extract { .. } if view.is_some() => Lines::Rows,
        Command::Extract { .. } => Lines::Records { explanations: args.explain, repeats: one_a_day },
        _ => Lines::Others,
    };
    let means = store::Means { threads: args.threads, memory: args.run.memory };
    let folder = args.store.order(args.output.as_deref(), lines, means)?;
    if folder.is_some() && args.run.unordered {
        return Err(Error::usage("shards need the order of the input, and --unordered gives it up"));
    }
    options.ingest.shard = folder.as_ref().map(store::Order::shard);
    let fingerprint = || Fingerprint::new(&cli.typed, &job.version, inputs);
    let header = view.filter(|_| args.watch.shard.is_none_or(Share::is_first)).map_or_else(String::new, View::header);
    let tell = |letter: &DeadLetter| watcher.say(letter);
    let mut ledger = Ledger::open(Order {
        target: args.output.as_deref(),
        letters: args.dead_letters.as_deref(),
        folder,
        args: &args.run,
        header: &header,
        rewrite: Rewrite::new(doubles, one_a_day.then(|| Seen::new(view.is_none()))),
        learns: args.repeated_lines || surveyor.is_some(),
        fingerprint: inputs.bytes().map(|_| &fingerprint as &dyn Fn() -> Fingerprint),
        tell: if cli.quiet { &|_| {} } else { &tell },
    })?;

    let Some(place) = ledger.start() else {
        let counts = ledger.counts().clone();
        ledger.finish()?;
        return Ok(status(&counts, args));
    };
    let stop = ledger.can_go_on().then(signals::asked_to_end).transpose()?;
    let packing = ledger.packing();
    let pack = |records: &[u8], out: &mut Vec<u8>| packing.pack(records, out);
    let survey = surveyor.map(|pipeline| || Box::new(pipeline.survey()) as Box<dyn Survey>);
    let mut stream = Stream::new(inputs, &options).starting_at(place);
    if let Some(survey) = &survey {
        stream = stream.surveyed(survey);
    }
    if packing != Packing::Plain {
        stream = stream.packed(&pack);
    }
    if let Some(only) = job.only {
        stream = stream.only(only);
    }
    if let Some(stop) = &stop {
        stream = stream.stopped_by(stop);
    }
    let before = ledger.counts().all();
    tracing::info!(inputs = inputs.as_slice().len(), bytes = inputs.bytes(), documents_before = before, "run begins");
    let ran = watcher.follow(stream.progress(), || stream.run(make, &mut ledger));
    let summary = match ran {
        Ok(summary) => summary,
        Err(e) => {
            let e = ledger.failed().unwrap_or(e);
            tracing::error!(error = %e, "run failed");
            return failed(e, ledger);
        }
    };
    let counts = ledger.counts().clone();
    // Documents that came once more, for what they tell, are none that were left to do.
    let read = if comes_again { 0 } else { before } + summary.documents + summary.skipped() + summary.filtered;
    if read != counts.all() {
        return failed(Error::lost(format!("{read} documents were read, but {} came out", counts.all())), ledger);
    }
    if summary.stopped {
        ledger.pause()?;
        tracing::warn!(documents = counts.all(), "run stopped");
        say(&format_args!("stopped after {} documents; go on with: {}", counts.all(), command_to_go_on()));
        return Ok(ExitCode::from(INTERRUPTED));
    }
    let published = ledger.finish()?;
    let wall = start.elapsed();
    tracing::info!(
        documents = counts.all(),
        written = counts.written,
        rejected = counts.skipped(),
        filtered = counts.filtered,
        seconds = wall.as_secs_f64(),
        "run ends"
    );
    if let Some(path) = &args.watch.stats {
        let told = stats::Told {
            counts: &counts,
            progress: stream.progress(),
            clock: job.clock,
            wall,
            threads: threads(options.threads),
            fingerprint: inputs.bytes().map(|_| fingerprint()),
            published: &published,
        };
        Stats::of(&told)?.write(path)?;
    }
    if !cli.quiet {
        report(&counts, args, cli.verbose.then(|| (stream.progress().read(), start.elapsed())));
    }
    Ok(status(&counts, args))
}

/// Ends a run that failed, and says how to go on with it where that can be done.
fn failed(e: Error, mut ledger: Ledger<'_>) -> Result<ExitCode> {
    if matches!(e.kind(), ErrorKind::Rejects(_)) {
        ledger.pause()?;
    }
    if !ledger.is_kept() {
        return Err(e);
    }
    let status = exit_status(&e);
    say(&e);
    say(&format_args!("what was written is kept; go on with: {}", command_to_go_on()));
    Ok(status)
}

/// Threads that work, of those asked for.
pub fn threads(asked: usize) -> usize {
    if asked > 0 { asked } else { std::thread::available_parallelism().map_or(1, usize::from) }
}

fn status(counts: &Counts, args: &Records) -> ExitCode {
    let is_told = counts.skipped() > 0 && args.run.on_error == OnError::Dead;
    if is_told { ExitCode::from(SKIPPED) } else { ExitCode::SUCCESS }
}

fn report(counts: &Counts, args: &Records, speed: Option<(u64, Duration)>) {
    let (all, written, skipped, filtered) = (counts.all(), counts.written, counts.skipped(), counts.filtered);
    if skipped > 0 {
        let reasons: Vec<_> = counts.rejected.iter().map(|(reason, n)| format!("{n} {reason}")).collect();
        let hint = if args.dead_letters.is_none() { "; --dead-letters FILE lists them" } else { "" };
        say(&format_args!("documents left out: {skipped} ({}){hint}", reasons.join(", ")));
    } else if all == 0 {
        say(&"no documents found");
    }
    if let Some((read, took)) = speed {
        let (mb, seconds) = (read as f64 / 1e6, took.as_secs_f64());
        let speed = mb / seconds;
        say(&format_args!("documents: {all} read = {written} written + {skipped} left out + {filtered} passed over"));
        say(&format_args!("{mb:.1} MB in {seconds:.2} s ({speed:.1} MB/s)"));
    }
}

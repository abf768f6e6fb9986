//! How fast it is, on this machine and this text.
//!
//! Machines drift while they are measured. So all measures take turns within one run, round after round, and of each the
//! fastest round counts; a ratio of two of them then means something. Everything is measured in memory: disks are not
//! the question. Each round must count the same as the one before, or the measure is of something else.

mod names;

use std::hint::black_box;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use cpu_time::ThreadTime;
use dateline::ingest::{self, Article, Fields};
use dateline::pipeline::{self, Pipeline, Station, Worker};
use dateline::{Error, Result};
use rayon::prelude::*;
use serde_json::{Value, json};

use super::args::{Bench, ListArgs};
use super::generate;

/// Documents handed to a thread at a time.
const CHUNK: usize = 64;

/// One thing that is measured: returns a count that must not change between rounds.
type Stage<'a> = (String, Box<dyn FnMut() -> usize + 'a>);

pub fn run(args: &Bench) -> Result<()> {
    let data = match &args.file {
        Some(path) => std::fs::read(path).map_err(|e| Error::from(e).at(path, 0))?,
        None => generate::articles(args.generate, 7)?,
    };
    let lists = args.lists.open_for(Some(data.len() as u64))?;
    let pipeline = Pipeline::with_lists(&lists, pipeline::Options::default())?;
    let fields = Fields::new(&ingest::Options::default());
    let lines: Vec<&[u8]> = data.split(|b| *b == b'\n').filter(|line| fields.article(line).is_ok()).collect();
    let articles: Vec<Article<'_>> = lines.iter().filter_map(|line| fields.article(line).ok()).collect();
    if articles.is_empty() {
        return Err(Error::usage("there are no documents to measure with"));
    }
    if !args.names.is_empty() {
        return names::run(&args.names, &articles, args.rounds, args.json);
    }
    let text = Text {
        documents: articles.len(),
        lines: lines.iter().map(|line| line.len()).sum(),
        bytes: articles.iter().map(|article| article.body.len()).sum(),
        tokens: tokens(&pipeline, &articles),
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.threads)
        .build()
        .map_err(|e| Error::usage(format!("cannot start the threads: {e}")))?;

    let mut stages = stages(&pipeline, &fields, &lines, &articles);
    if args.threads > 1 {
        stages.push((
            format!("whole, {} threads", args.threads),
            Box::new(|| {
                pool.install(|| {
                    lines.par_chunks(CHUNK).map_init(|| pipeline.worker(), |w, part| whole(w, &fields, part)).sum()
                })
            }),
        ));
    }
    if args.vs_aho_corasick {
        let names = pipeline.dictionary().patterns();
        let searcher = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(&names)
            .map_err(|e| Error::usage(format!("aho-corasick: {e}")))?;
        let articles = &articles;
        stages.push((
            "aho-corasick".into(),
            Box::new(move || articles.iter().map(|article| searcher.find_iter(&*article.body).count()).sum()),
        ));
    }
    let times = measure(stages, args.rounds)?;
    let start = start(&args.lists)?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", report(&text, &times, start))?;
    } else {
        table(&mut out, &text, &times, start)?;
    }
    Ok(())
}

/// What is measured on one thread. A station's time includes that of those before it; the table takes it off again.
fn stages<'a>(
    pipeline: &'a Pipeline<'a>,
    fields: &'a Fields,
    lines: &'a [&'a [u8]],
    articles: &'a [Article<'a>],
) -> Vec<Stage<'a>> {
    let mut worker = pipeline.worker();
    let mut stages: Vec<Stage<'a>> = vec![
        (
            "read".into(),
            Box::new(move || lines.iter().filter_map(|line| fields.article(line).ok()).map(|a| a.body.len()).sum()),
        ),
        ("whole".into(), Box::new(move || whole(&mut worker, fields, lines))),
    ];
    for station in Station::ALL {
        let (mut worker, mut out) = (pipeline.worker(), Vec::new());
        let name = format!("{STATION}{}", name_of(station));
        let run = move || {
            let pass = |article: &Article<'a>| {
                out.clear();
                black_box(worker.run_to(station, article, &mut out))
            };
            articles.iter().map(pass).sum()
        };
        stages.push((name, Box::new(run)));
    }
    stages
}

/// What the name of a station's measure begins with.
const STATION: &str = "to ";

/// Stations whose cost is told together, as what they add to an article that is cut into tokens.
const TOGETHER: [(&str, &[Station]); 2] = [
    ("dates and amounts", &[Station::Times, Station::Amounts]),
    ("with quotations, roles", &[Station::Times, Station::Amounts, Station::Quotations, Station::Roles]),
];

fn name_of(station: Station) -> String {
    format!("{station:?}").to_lowercase()
}

fn tokens(pipeline: &Pipeline<'_>, articles: &[Article<'_>]) -> usize {
    let mut worker = pipeline.worker();
    articles.iter().map(|article| worker.run_to(Station::Tokens, article, &mut Vec::new())).sum()
}

/// JSON lines to records; returns the bytes of the records.
fn whole(worker: &mut Worker<'_>, fields: &Fields, lines: &[&[u8]]) -> usize {
    let mut out = Vec::new();
    let articles = lines.iter().filter_map(|line| fields.article(line).ok());
    articles.map(|article| records(&mut out, |out| worker.extract(&article, out))).sum()
}

/// The length of what `write` appends, into a buffer that is used again.
fn records(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) -> usize {
    out.clear();
    write(out);
    black_box(out.len())
}

fn measure(mut stages: Vec<Stage<'_>>, rounds: usize) -> Result<Vec<(String, Duration)>> {
    let counts: Vec<usize> = stages.iter_mut().map(|(_, run)| run()).collect();
    let mut best = vec![Duration::MAX; stages.len()];
    for _ in 0..rounds.max(1) {
        for (((name, run), best), count) in stages.iter_mut().zip(&mut best).zip(&counts) {
            // Processor time of this thread: what else the machine does meanwhile is not its fault. Only work on several
            // threads must be timed by the clock.
            let (clock, start) = (Instant::now(), ThreadTime::now());
            let found = black_box(run());
            let taken = if name.contains("threads") { clock.elapsed() } else { start.elapsed() };
            *best = taken.min(*best);
            if found != *count {
                return Err(Error::lost(format!("{name} counted {count}, then {found}")));
            }
        }
    }
    Ok(stages.into_iter().map(|(name, _)| name).zip(best).collect())
}

/// From starting a process of this program to its first byte of records for one small article: the fastest of five.
fn start(lists: &ListArgs) -> Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        let mut child = Command::new(std::env::current_exe()?)
            .args(["extract", "--quiet", "-j1", "-"])
            .args(lists.typed())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(b"{\"id\":\"a\",\"text\":\"Ilze Kalna came to Riga on Sunday.\"}\n")?;
        }
        if let Some(stdout) = &mut child.stdout {
            let _ = stdout.read(&mut [0])?;
        }
        best = start.elapsed().min(best);
        child.stdout = None;
        child.wait()?;
    }
    Ok(best)
}

/// How much was measured with.
struct Text {
    documents: usize,
    /// Bytes of JSON.
    lines: usize,
    /// Bytes of article text.
    bytes: usize,
    /// Words and symbols.
    tokens: usize,
}

impl Text {
    /// Megabytes of article text a second.
    fn speed(&self, time: Duration) -> f64 {
        self.bytes as f64 / 1e6 / time.as_secs_f64()
    }

    fn per_token(&self, time: Duration) -> f64 {
        time.as_secs_f64() * 1e9 / self.tokens as f64
    }
}

/// How many times as fast as a bare aho-corasick search are the whole, and the people, organisations and places by
/// themselves.
fn ratios(alone: &[(&str, Duration)]) -> Option<[(&'static str, f64); 2]> {
    let of = |wanted: &str| alone.iter().find(|(name, _)| *name == wanted).map(|(_, time)| time.as_secs_f64());
    let search = of("aho-corasick")?;
    Some([("whole", search / of("whole")?), ("entities", search / of("entities")?)])
}

/// The time of each measure, that of a station without those before it.
fn alone(times: &[(String, Duration)]) -> Vec<(&str, Duration)> {
    let (mut alone, mut before) = (Vec::new(), Duration::ZERO);
    for (name, time) in times {
        alone.push(match name.strip_prefix(STATION) {
            Some(station) => (station, time.saturating_sub(std::mem::replace(&mut before, *time))),
            None => (name.as_str(), *time),
        });
    }
    alone
}

/// The time of the stations that are told together.
fn together(alone: &[(&str, Duration)]) -> [(&'static str, Duration); 2] {
    TOGETHER.map(|(name, stations)| {
        let names: Vec<String> = stations.iter().map(|station| name_of(*station)).collect();
        (name, alone.iter().filter(|(name, _)| names.iter().any(|n| n == name)).map(|(_, time)| *time).sum())
    })
}

fn report(text: &Text, times: &[(String, Duration)], start: Duration) -> Value {
    let alone = alone(times);
    let stages: Vec<_> = times
        .iter()
        .map(|(name, time)| {
            json!({
                "name": name,
                "seconds": time.as_secs_f64(),
                "mb_per_second": text.speed(*time),
                "json_mb_per_second": text.lines as f64 / 1e6 / time.as_secs_f64(),
                "documents_per_second": text.documents as f64 / time.as_secs_f64(),
                "ns_per_token": text.per_token(*time),
            })
        })
        .collect();
    let mut report = json!({
        "documents": text.documents,
        "json_bytes": text.lines,
        "text_bytes": text.bytes,
        "tokens": text.tokens,
        "stages": stages,
        "start_to_first_record_ms": start.as_secs_f64() * 1e3,
        "added_mb_per_second": together(&alone)
            .iter()
            .map(|(name, time)| (name.to_string(), json!(text.speed(*time))))
            .collect::<serde_json::Map<_, _>>(),
    });
    for (name, ratio) in ratios(&alone).into_iter().flatten() {
        report[format!("{name}_to_aho_corasick")] = json!(ratio);
    }
    report
}

fn table(out: &mut dyn Write, text: &Text, times: &[(String, Duration)], start: Duration) -> std::io::Result<()> {
    writeln!(out, "{} documents, {:.1} MB of text, {} tokens", text.documents, text.bytes as f64 / 1e6, text.tokens)?;
    writeln!(out, "{:<24}{:>8}{:>12}{:>12}", "", "MB/s", "docs/s", "ns/token")?;
    let alone = alone(times);
    for (name, time) in alone.iter().copied().chain(together(&alone)) {
        let documents = text.documents as f64 / time.as_secs_f64();
        writeln!(out, "{name:<24}{:>8.1}{documents:>12.0}{:>12.1}", text.speed(time), text.per_token(time))?;
    }
    for (name, ratio) in ratios(&alone).into_iter().flatten() {
        writeln!(out, "{name} : aho-corasick = {ratio:.2}")?;
    }
    writeln!(out, "from the program's start to the first record: {:.1} ms", start.as_secs_f64() * 1e3)
}

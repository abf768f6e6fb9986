//! How fast text is made clean and cut into sentences, against its bars.
//!
//! `cargo bench --bench clean` prints three tables: sentences beside what other crates take for them, repair of text that
//! lost its spaces, and input that somebody made to be slow; `-- clean`, `-- glued` or `-- hostile` only one of them.
//! `-- --text=FILE` takes the clean text from JSON lines instead of making it up. `-- --quick`, which is what CI asks,
//! takes less text and asks a third of every bar only, since what else a machine does meanwhile is not known. The measures
//! of a table take turns within one run, in the processor's time of this thread. What is asserted are ratios, but for
//! glued text: no other crate repairs it, so its bar is a speed, to be read on a machine that does nothing else.

mod hostile;
mod texts;

use cpu_time::ThreadTime;
use dateline::gazetteer::Lists;
use dateline::ingest::Article;
use dateline::pipeline::{Options, Pipeline, Station, Worker};
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use std::hint::black_box;
use std::time::Duration;
use unicode_segmentation::UnicodeSegmentation;

/// Sentences of clean text, all stations up to them, against the sentence pass of each crate alone.
const TIMES_ICU: f64 = 1.5;
const TIMES_UNICODE: f64 = 6.0;
/// Repair of glued text, in megabytes a second.
const GLUED: f64 = 10.0;
/// What CI asks of every bar.
const SLACK: f64 = 3.0;

/// What the command line asks for.
struct Asked {
    quick: bool,
    /// JSON lines to take the clean text from.
    text: Option<String>,
}

impl Asked {
    /// What is asserted of a `bar`.
    fn least(&self, bar: f64) -> f64 {
        if self.quick { bar / SLACK } else { bar }
    }

    fn rounds(&self) -> usize {
        if self.quick { 3 } else { 15 }
    }
}

/// One thing to be timed: how it is called and what it does. It returns a count that must not change.
type Measure<'a> = (&'static str, Box<dyn FnMut() -> usize + 'a>);

fn main() {
    let typed: Vec<String> = std::env::args().skip(1).collect();
    let text = typed.iter().find_map(|a| a.strip_prefix("--text=")).map(str::to_owned);
    let asked = Asked { quick: typed.iter().any(|a| a == "--quick" || a == "--test"), text };
    let all = typed.iter().all(|a| a.starts_with('-'));
    let is_asked = |group: &str| all || typed.iter().any(|a| a == group);

    // As the program has them for a long input, of which these texts are a piece.
    let lists = Lists::shipped().in_large_pages();
    let pipeline = Pipeline::with_lists(&lists, Options::default()).expect("the shipped lists");
    let clean = texts::clean(&asked);
    let mut missed = Vec::new();
    if is_asked("clean") {
        missed.extend(sentences(&pipeline, &clean, &asked));
    }
    if is_asked("glued") {
        missed.extend(glued(&pipeline, &clean, &asked));
    }
    if is_asked("hostile") {
        missed.extend(hostile::run(&pipeline, asked.quick));
    }
    assert!(missed.is_empty(), "too slow: {missed:#?}");
}

fn sentences(pipeline: &Pipeline<'_>, texts: &[String], asked: &Asked) -> Vec<String> {
    let icu = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let mut worker = pipeline.worker();
    let measures: Vec<Measure<'_>> = vec![
        ("normalise and segment", Box::new(|| through(&mut worker, Station::Segment, texts))),
        ("icu_segmenter", Box::new(|| texts.iter().map(|t| icu.segment_str(t).count()).sum())),
        ("unicode-segmentation", Box::new(|| texts.iter().map(|t| t.split_sentence_bounds().count()).sum())),
    ];
    let times = measure(measures, asked.rounds());
    print("clean text", texts, &times);
    let bars = [("icu_segmenter", TIMES_ICU), ("unicode-segmentation", TIMES_UNICODE)];
    bars.iter().filter_map(|&(peer, bar)| compare(&times, peer, bar, asked.least(bar))).collect()
}

fn glued(pipeline: &Pipeline<'_>, clean: &[String], asked: &Asked) -> Vec<String> {
    let one = |(name, glue): &texts::Glue| {
        // Repair is slow beside the rest: less text will do.
        let texts: Vec<String> = clean[..clean.len().div_ceil(4)].iter().map(|text| glue(text)).collect();
        let mut worker = pipeline.worker();
        let normalize = || through(&mut worker, Station::Normalize, &texts);
        let times = measure(vec![("normalise", Box::new(normalize))], asked.rounds());
        print(name, &texts, &times);
        let speed = megabytes(&texts) / times[0].1.as_secs_f64();
        (speed < asked.least(GLUED)).then(|| format!("{name}: {speed:.1} MB/s; {GLUED} are asked"))
    };
    texts::GLUES.iter().filter_map(one).collect()
}

/// The tokens of the texts, each taken through the stations up to and with `last`.
fn through(worker: &mut Worker<'_>, last: Station, texts: &[String]) -> usize {
    let one = |text: &String| {
        let article = Article { body: text.as_str().into(), ..Article::default() };
        worker.run_to(last, &article, &mut Vec::new())
    };
    texts.iter().map(one).sum()
}

/// The fastest of so many rounds of each measure, all of them in turn.
fn measure(mut measures: Vec<Measure<'_>>, rounds: usize) -> Vec<(&'static str, Duration)> {
    let counts: Vec<usize> = measures.iter_mut().map(|(_, run)| run()).collect();
    let mut best = vec![Duration::MAX; measures.len()];
    for _ in 0..rounds {
        for (((name, run), best), count) in measures.iter_mut().zip(&mut best).zip(&counts) {
            let start = ThreadTime::now();
            let found = black_box(run());
            *best = start.elapsed().min(*best);
            assert_eq!(found, *count, "{name} counts differently in every round");
        }
    }
    measures.into_iter().map(|(name, _)| name).zip(best).collect()
}

fn print(title: &str, texts: &[String], times: &[(&'static str, Duration)]) {
    println!("{title}, {:.1} MB", megabytes(texts));
    for (name, time) in times {
        println!("    {name:<28}{:>10.1} MB/s", megabytes(texts) / time.as_secs_f64());
    }
}

fn megabytes(texts: &[String]) -> f64 {
    texts.iter().map(String::len).sum::<usize>() as f64 / 1e6
}

/// Prints how many times as fast as its `peer` the first measure is; a line for the report when that is not `least`.
fn compare(times: &[(&'static str, Duration)], peer: &str, bar: f64, least: f64) -> Option<String> {
    let other = times.iter().find(|(name, _)| *name == peer).expect("it was measured").1;
    let (name, own) = times[0];
    let ratio = other.as_secs_f64() / own.as_secs_f64();
    println!("    {ratio:.2} × {peer}; {bar:.2} are asked");
    (ratio < least).then(|| format!("{name}: {ratio:.2} × {peer}"))
}

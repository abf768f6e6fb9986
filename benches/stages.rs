//! How fast each stage is, beside what a reader would compare it with.
//!
//! `cargo bench` prints a table; `cargo bench --bench stages -- --quick` runs every measure once and checks its count
//! only, which is what CI asks. The text is the example articles, over and over. Absolute times mean little on a shared
//! machine: the measures take turns within one run, and what is compared are ratios. The whole on text of any size, with
//! all its stations, is measured by `dateline bench`.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use cpu_time::ThreadTime;
use dateline::gazetteer::Finder;
use dateline::ingest::Article;
use dateline::kernel::{classify, classify_scalar};
use dateline::pipeline::{Options, Pipeline, Station};
use dateline::token::{Tokens, tokenize_plain};
use std::hint::black_box;
use std::time::Duration;
use unicode_segmentation::UnicodeSegmentation;

/// A measure returns a count that must be the same in every round, and the same as its plain twin's.
struct Measure<'a> {
    group: &'static str,
    name: String,
    run: Box<dyn FnMut() -> usize + 'a>,
}

fn main() {
    let quick = std::env::args().any(|a| a == "--quick" || a == "--test");
    let texts = examples(if quick { 1 } else { 200 });
    let bytes: usize = texts.iter().map(String::len).sum();
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let mut measures = measures(&texts, &pipeline);
    let counts: Vec<usize> = measures.iter_mut().map(|m| (m.run)()).collect();
    assert_twins(&measures, &counts);
    if quick {
        println!("{} measures ran once over {bytes} bytes, all counts as they should be", measures.len());
        return;
    }
    let mut best = vec![Duration::MAX; measures.len()];
    for _ in 0..7 {
        for ((measure, best), count) in measures.iter_mut().zip(&mut best).zip(&counts) {
            let start = ThreadTime::now();
            let found = black_box((measure.run)());
            *best = start.elapsed().min(*best);
            assert_eq!(found, *count, "{} counts differently in every round", measure.name);
        }
    }
    println!("{:<12}{:<34}{:>10}{:>10}", "group", "measure", "MB/s", "count");
    for ((measure, best), count) in measures.iter().zip(&best).zip(&counts) {
        let speed = bytes as f64 / 1e6 / best.as_secs_f64();
        println!("{:<12}{:<34}{speed:>10.1}{count:>10}", measure.group, measure.name);
    }
}

/// The committed examples, each as often as asked.
fn examples(times: usize) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the examples lie beside the benches")
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    let texts: Vec<String> = paths.iter().map(|p| std::fs::read_to_string(p).expect("an example is text")).collect();
    texts.iter().cycle().take(texts.len() * times).cloned().collect()
}

fn measures<'a>(texts: &'a [String], pipeline: &'a Pipeline<'a>) -> Vec<Measure<'a>> {
    let dictionary = pipeline.dictionary();
    let mut list: Vec<Measure<'a>> = Vec::new();
    let mut add = |group: &'static str, name: &str, run: Box<dyn FnMut() -> usize + 'a>| {
        list.push(Measure { group, name: name.to_owned(), run });
    };
    let mut blocks = Vec::new();
    let word_bytes =
        |blocks: &[dateline::kernel::Block]| blocks.iter().map(|b| b.word.count_ones() as usize).sum::<usize>();
    add(
        "kernel",
        "byte classes, vector",
        Box::new(move || {
            texts
                .iter()
                .map(|t| {
                    classify(t.as_bytes(), &mut blocks);
                    word_bytes(&blocks)
                })
                .sum()
        }),
    );
    let mut blocks = Vec::new();
    add(
        "kernel",
        "byte classes, scalar twin",
        Box::new(move || {
            texts
                .iter()
                .map(|t| {
                    blocks.clear();
                    classify_scalar(t.as_bytes(), &mut blocks);
                    word_bytes(&blocks)
                })
                .sum()
        }),
    );
    let mut tokens = Tokens::default();
    add(
        "token",
        "tokens with hashes",
        Box::new(move || {
            texts
                .iter()
                .map(|t| {
                    tokens.tokenize(t);
                    tokens.len()
                })
                .sum()
        }),
    );
    add("token", "tokens, plain twin", Box::new(move || texts.iter().map(|t| tokenize_plain(t).len()).sum()));
    add("token", "peer: unicode_words", Box::new(move || texts.iter().map(|t| t.unicode_words().count()).sum()));
    let mut tokens = Tokens::default();
    add(
        "dictionary",
        "tokens and one probe each",
        Box::new(move || {
            texts
                .iter()
                .map(|t| {
                    tokens.tokenize(t);
                    dictionary.annotate(&mut tokens);
                    tokens.iter().filter(|t| t.class != 0).count()
                })
                .sum()
        }),
    );
    let (mut tokens, mut finder, mut matches) = (Tokens::default(), Finder::default(), Vec::new());
    add(
        "gazetteer",
        "tokens, probes, names",
        Box::new(move || {
            let mut one = |t: &'a String| {
                tokens.tokenize(t);
                dictionary.annotate(&mut tokens);
                finder.find(dictionary, &tokens, &mut matches);
                matches.len()
            };
            texts.iter().map(&mut one).sum()
        }),
    );
    let patterns = dictionary.patterns();
    let searcher = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .match_kind(MatchKind::LeftmostLongest)
        .build(&patterns)
        .expect("the lists fit an automaton");
    add(
        "gazetteer",
        "peer: aho-corasick, same patterns",
        Box::new(move || texts.iter().map(|t| searcher.find_iter(t.as_str()).count()).sum()),
    );
    for station in Station::ALL {
        let (mut worker, mut out) = (pipeline.worker(), Vec::new());
        let run = move || {
            let mut one = |t: &'a String| {
                out.clear();
                let article = Article { id: "bench".into(), body: t.as_str().into(), ..Article::default() };
                worker.run_to(station, &article, &mut out);
                if station == Station::Emit { memchr::memchr_iter(b'\n', &out).count() } else { 1 }
            };
            texts.iter().map(&mut one).sum()
        };
        add("whole", &format!("up to {station:?}").to_lowercase(), Box::new(run));
    }
    list
}

/// A fast path and its plain twin count the same; the whole writes more lines than there are articles.
fn assert_twins(measures: &[Measure<'_>], counts: &[usize]) {
    let count = |name: &str| counts[measures.iter().position(|m| m.name == name).expect("a measure of this name")];
    assert_eq!(count("byte classes, vector"), count("byte classes, scalar twin"));
    assert_eq!(count("tokens with hashes"), count("tokens, plain twin"));
    assert!(count("tokens, probes, names") > 0 && count("peer: aho-corasick, same patterns") > 0);
    assert!(count("up to emit") > count("up to events"), "every example speaks of something");
}

//! What is done with arbitrary bytes, and what must hold of it: one function a target.
//!
//! Run by cargo-fuzz (`fuzz/fuzz_targets`), and by tests/fuzz_corpus.rs over the corpora and what becomes of them by
//! chance, where no nightly compiler is at hand.

use std::fs;
use std::sync::LazyLock;
use std::sync::atomic::AtomicU64;

use dateline::Article;
use dateline::events::user::with_rules;
use dateline::gazetteer::Lists;
use dateline::gazetteer::user::Types;
use dateline::ingest::{Batch, Fields, Inputs, Options, Reader, Scratch, decode};
use dateline::pipeline::{self, Pipeline};

/// A target: what it does, and the name of it and of its corpus.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
#[allow(dead_code, reason = "each target of cargo-fuzz needs one of them")]
pub const TARGETS: [Target; 7] = [
    ("decode", decoded),
    ("line", line),
    ("files", files),
    ("pages", pages),
    ("articles", articles),
    ("lists", lists),
    ("rules", rules),
];

static PIPELINE: LazyLock<Pipeline<'static>> =
    LazyLock::new(|| Pipeline::new(pipeline::Options::default()).expect("the lists are sound"));

/// Bytes become text, which is the bytes where these are text already.
pub fn decoded(bytes: &[u8]) {
    let (text, warning) = decode(bytes);
    if let Ok(same) = std::str::from_utf8(bytes)
        && !same.starts_with('\u{feff}')
        && warning.is_none()
    {
        assert_eq!(text, same);
    }
}

/// A line becomes an article or is refused.
pub fn line(bytes: &[u8]) {
    let _ = Fields::new(&Options::default()).article(bytes);
}

/// A file under any name gives the same documents whatever the batches are, in the order of their places.
pub fn files(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a.jsonl", "a.json", "a.csv", "a.tsv", "a.txt", "a.html", "a.warc", "a"] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("a file");
        let inputs = Inputs::find(&[&path]).expect("a file");
        let documents = |batch: usize| {
            let options = Options { batch, max_record: 1 << 16, ..Options::default() };
            let (read, fields) = (AtomicU64::new(0), Fields::new(&options));
            let mut reader = Reader::new(&inputs, &options, &read);
            let (mut batch, mut scratch, mut seen) = (Batch::default(), Scratch::default(), Vec::new());
            loop {
                batch.clear();
                reader.fill(&mut batch);
                if batch.is_empty() {
                    return seen;
                }
                seen.extend((0..batch.len()).map(|number| match batch.article(number, &fields, &mut scratch) {
                    Ok(article) => format!("{} {} {}", article.id, article.source, article.body),
                    Err(letter) => format!("{letter} {}", letter.offset),
                }));
            }
        };
        assert!(documents(1) == documents(64 << 10), "{name}: documents depend on the batches");
    }
}

/// A page becomes text.
pub fn pages(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.html");
    fs::write(&path, [b"<!doctype html><html>", bytes].concat()).expect("a file");
    let inputs = Inputs::find(&[&path]).expect("a file");
    let options = Options::default();
    let (read, fields) = (AtomicU64::new(0), Fields::new(&options));
    let (mut batch, mut scratch) = (Batch::default(), Scratch::default());
    Reader::new(&inputs, &options, &read).fill(&mut batch);
    let article = batch.article(0, &fields, &mut scratch).expect("a page can be read");
    records(&article);
}

/// A text goes through all stations.
pub fn articles(bytes: &[u8]) {
    let body = String::from_utf8_lossy(bytes);
    records(&Article { id: "a".into(), published: Some("2026-03-03".into()), body, ..Article::default() });
}

/// Every line of the records is an object of JSON; each text is the slice of the article at its span.
fn records(article: &Article<'_>) {
    let mut out = Vec::new();
    let mut worker = PIPELINE.worker();
    worker.normalize(article, &mut out);
    worker.segment(article, &mut out);
    worker.extract(article, &mut out);
    let points: Vec<char> = article.body.chars().collect();
    for line in out.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        let record: serde_json::Value = serde_json::from_slice(line).expect("JSON");
        for mention in record["mentions"].as_array().into_iter().flatten() {
            let span = [0, 1].map(|end| mention["span"][end].as_u64().expect("a number") as usize);
            let slice: String = points[span[0]..span[1]].iter().collect();
            assert_eq!(mention["text"], slice);
        }
    }
}

/// A list of names is compiled or refused.
pub fn lists(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["names.tsv", "person.lst", "names.jsonl"] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("a file");
        let _ = Lists::shipped().with_users(&[path], &Types::default());
    }
}

/// Rules are compiled or refused.
pub fn rules(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rules.tsv");
    fs::write(&path, bytes).expect("a file");
    let _ = with_rules(Lists::shipped(), &[path]);
}

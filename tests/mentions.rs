//! Names: which words are people, organisations, places and peoples, and which are not.

use dateline::ingest::Article;
use dateline::pipeline::{Options, Pipeline, Worker};
use serde_json::Value;

/// The types that the cases tell of.
const TYPES: [&str; 6] = ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"];

/// The names of an article by position, as the cases have them.
fn mentions(worker: &mut Worker<'_>, body: &str) -> String {
    let mut out = Vec::new();
    worker.extract(&Article { body: body.into(), ..Article::default() }, &mut out);
    let records = String::from_utf8(out).expect("records are UTF-8");
    let mut found = Vec::new();
    for line in records.lines() {
        let record: Value = serde_json::from_str(line).expect("every line is JSON");
        let Some(kind) = record["type"].as_str().filter(|kind| TYPES.contains(kind)) else { continue };
        for mention in record["mentions"].as_array().into_iter().flatten() {
            let text = mention["text"].as_str().expect("a text");
            found.push((mention["span"][0].as_u64(), format!("{kind}: {text}")));
        }
    }
    found.sort();
    let found: Vec<String> = found.into_iter().map(|(_, mention)| mention).collect();
    if found.is_empty() { "none".into() } else { found.join("; ") }
}

#[test]
fn names_are_told_from_words_and_from_each_other() {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let mut worker = pipeline.worker();
    let mut wrong = String::new();
    for line in include_str!("cases/mentions.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (text, expected) = line.split_once(" => ").expect("a text and its names");
        let found = mentions(&mut worker, text);
        if found != expected {
            wrong += &format!("\n{text}\n   found {found}\nexpected {expected}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

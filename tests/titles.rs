//! What people are called: titles before their names, roles beside them.

use dateline::ingest::Article;
use dateline::pipeline::{Options, Pipeline, Worker};
use serde_json::Value;

/// Titles and roles of an article by position, each as the cases have it.
fn titles(worker: &mut Worker<'_>, body: &str) -> String {
    let mut out = Vec::new();
    worker.extract(&Article { body: body.into(), ..Article::default() }, &mut out);
    let records = String::from_utf8(out).expect("records are UTF-8");
    let mut found = Vec::new();
    for line in records.lines() {
        let record: Value = serde_json::from_str(line).expect("every line is JSON");
        for title in record["titles"].as_array().into_iter().flatten() {
            let text = |key: &str| title[key].as_str().expect("a text").to_owned();
            found.push((title["span"][0].as_u64(), format!("{}: {}", text("kind"), text("text"))));
        }
    }
    found.sort();
    let found: Vec<String> = found.into_iter().map(|(_, title)| title).collect();
    if found.is_empty() { "none".into() } else { found.join("; ") }
}

#[test]
fn people_are_called_what_their_articles_call_them() {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let mut worker = pipeline.worker();
    let mut wrong = String::new();
    for line in include_str!("cases/titles.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (text, expected) = line.split_once(" => ").expect("a text and its titles");
        let found = titles(&mut worker, text);
        if found != expected {
            wrong += &format!("\n{text}\n   found {found}\nexpected {expected}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

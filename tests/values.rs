//! Dates and amounts, class by class: what must be found with its value, and what only looks like it.

use dateline::ingest::Article;
use dateline::pipeline::{Options, Pipeline, Worker};
use serde_json::Value;

/// The entities of some types in an article of 13 March 2024 by position, each with its value, as the cases have it.
fn values(worker: &mut Worker<'_>, body: &str, types: &[&str]) -> String {
    let mut out = Vec::new();
    let published = Some("2024-03-13".into());
    worker.extract(&Article { body: body.into(), published, ..Article::default() }, &mut out);
    let records = String::from_utf8(out).expect("records are UTF-8");
    let mut found = Vec::new();
    for line in records.lines() {
        let record: Value = serde_json::from_str(line).expect("every line is JSON");
        if record["kind"] != "entity" || !types.contains(&record["type"].as_str().expect("a type")) {
            continue;
        }
        let value = match (&record["value"], &record["amount"], &record["unit"]) {
            (Value::String(value), ..) => value.clone(),
            (_, Value::Null, unit) => format!("{}..{} {}", record["min"], record["max"], unit.as_str().unwrap_or("")),
            (_, amount, unit) => format!("{amount} {}", unit.as_str().unwrap_or("")),
        };
        for mention in record["mentions"].as_array().into_iter().flatten() {
            let text = mention["text"].as_str().expect("a text");
            found.push((mention["span"][0].as_u64(), format!("{text} = {value}")));
        }
    }
    found.sort();
    let found: Vec<String> = found.into_iter().map(|(_, value)| value).collect();
    if found.is_empty() { "none".into() } else { found.join("; ") }
}

fn check(cases: &str, types: &[&str]) {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let mut worker = pipeline.worker();
    let mut wrong = String::new();
    for line in cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (text, expected) = line.split_once(" => ").expect("a text and its values");
        let found = values(&mut worker, text, types);
        if found != expected {
            wrong += &format!("\n{text}\n   found {found}\nexpected {expected}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn each_class_of_dates_has_its_values() {
    check(include_str!("cases/dates.txt"), &["DATE", "TIME", "DURATION", "SET"]);
}

#[test]
fn each_class_of_amounts_has_its_values() {
    check(include_str!("cases/amounts.txt"), &["MONEY", "QUANTITY", "PERCENT"]);
}

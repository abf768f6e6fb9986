//! Dates and amounts, class by class: what must be found with its value, and what only looks like it.

use crate::records::{self, text};
use dateline::ingest::Article;
use dateline::pipeline::{Options, Pipeline};
use serde_json::Value;

/// The entities of some types by position, each with its value, as the cases have it.
fn values(all: &[Value], types: &[&str]) -> String {
    let mut found = Vec::new();
    for record in all.iter().filter(|record| record["kind"] == "entity" && types.contains(&text(record, "type"))) {
        let unit = text(record, "unit");
        let value = match (&record["value"], &record["amount"]) {
            (Value::String(value), _) => value.clone(),
            (_, Value::Null) => format!("{}..{} {unit}", record["min"], record["max"]),
            (_, amount) => format!("{amount} {unit}"),
        };
        for mention in record["mentions"].as_array().into_iter().flatten() {
            found.push((mention["span"][0].as_u64(), format!("{} = {value}", text(mention, "text"))));
        }
    }
    records::in_order(found)
}

/// Runs a table of cases, each an article of 13 March 2024.
fn check(table: &str, types: &[&str]) {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let mut worker = pipeline.worker();
    records::check(table, |body| {
        let published = Some("2024-03-13".into());
        let article = Article { id: "a".into(), body: body.into(), published, ..Article::default() };
        values(&records::of_article(&mut worker, &article), types)
    });
}

#[test]
fn each_class_of_dates_has_its_values() {
    check(include_str!("cases/dates.txt"), &["DATE", "TIME", "DURATION", "SET"]);
}

#[test]
fn each_class_of_amounts_has_its_values() {
    check(include_str!("cases/amounts.txt"), &["MONEY", "QUANTITY", "PERCENT"]);
}

//! Names: which words are people, organisations, places and peoples, and which are not.

use crate::records::{self, text};
use dateline::pipeline::{Options, Pipeline};
use serde_json::Value;

/// The types that the cases tell of.
const TYPES: [&str; 6] = ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"];

/// The names of an article by position, as the cases have them.
fn mentions(all: &[Value]) -> String {
    let mut found = Vec::new();
    for record in all.iter().filter(|record| TYPES.contains(&text(record, "type"))) {
        for mention in record["mentions"].as_array().into_iter().flatten() {
            let name = format!("{}: {}", text(record, "type"), text(mention, "text"));
            found.push((mention["span"][0].as_u64(), name));
        }
    }
    records::in_order(found)
}

#[test]
fn names_are_told_from_words_and_from_each_other() {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let mut worker = pipeline.worker();
    records::check(include_str!("cases/mentions.txt"), |text| mentions(&records::of(&mut worker, text)));
}

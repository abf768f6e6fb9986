//! What people are called: titles before their names, roles beside them, and whom they serve.

use crate::records::{self, text};
use dateline::pipeline::{Options, Pipeline};
use serde_json::Value;

/// Titles and roles of an article by position, each as the cases have it.
fn titles(all: &[Value]) -> String {
    let titles = all.iter().filter_map(|record| record["titles"].as_array()).flatten();
    let found = titles
        .map(|title| (title["span"][0].as_u64(), format!("{}: {}", text(title, "kind"), text(title, "text"))))
        .collect();
    records::in_order(found)
}

/// The people of an article by position, each with its titles and roles, and the organisation or place that they name.
fn people(all: &[Value]) -> String {
    let named = |id: &str| all.iter().find(|r| r["id"] == *id).map_or("?", |r| text(r, "name"));
    let one = |person: &Value| {
        let titles = person["titles"].as_array().into_iter().flatten().map(|title| text(title, "text"));
        let titles = titles.collect::<Vec<_>>().join(", ");
        let titles = if titles.is_empty() { "-" } else { &titles };
        format!("{} | {titles} | {}", text(person, "name"), person["affiliation"].as_str().map_or("-", named))
    };
    let mut people: Vec<&Value> = all.iter().filter(|r| r["type"] == "PERSON").collect();
    people.sort_by_key(|person| person["mentions"][0]["span"][0].as_u64());
    let found: Vec<String> = people.into_iter().map(one).collect();
    if found.is_empty() { "none".into() } else { found.join("; ") }
}

#[test]
fn people_are_called_what_their_articles_call_them() {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let mut worker = pipeline.worker();
    records::check(include_str!("cases/titles.txt"), |text| titles(&records::of(&mut worker, text)));
}

#[test]
fn roles_are_linked_to_people_and_to_whom_they_serve() {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let mut worker = pipeline.worker();
    records::check(include_str!("cases/roles.txt"), |text| people(&records::of(&mut worker, text)));
}

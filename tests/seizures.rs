//! Seizures and arrests with all their slots, and sentences that only look like events.
//!
//! No public collection marks seizures, so these sentences are the measure: tests/cases/seizures.txt says what each tells,
//! tests/cases/look_alikes.txt holds those that tell nothing.

use crate::records;
use dateline::ingest::Article;
use dateline::pipeline::{Options, Pipeline, Worker};
use serde_json::Value;
use std::collections::BTreeMap;

/// The share of slots that must be right.
const BAR: f64 = 0.95;
/// So many sentences may be taken for an event.
const MOST_FIRED: usize = 3;

/// A mode, and slots by name.
type Told = (String, BTreeMap<String, String>);

/// The events of an article of 4 March 2026.
fn events(worker: &mut Worker<'_>, body: &str) -> Vec<Value> {
    let published = Some("2026-03-04".into());
    let article = Article { id: "a".into(), body: body.into(), published, ..Article::default() };
    let mut records = records::of_article(worker, &article);
    records.retain(|record| record["kind"] == "event");
    records
}

fn lines(cases: &str) -> impl Iterator<Item = &str> {
    cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("=="))
}

/// The mode and slots of an event, as the cases write them.
fn told(event: &Value) -> Told {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut slots: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for role in ["actor", "recipient"] {
        for party in event[role].as_array().into_iter().flatten() {
            slots.entry(role.into()).or_default().push(text(&party["text"]));
        }
    }
    if event["date"]["from"] != "published" && !event["date"].is_null() {
        slots.insert("date".into(), vec![text(&event["date"]["value"])]);
    }
    if matches!(event["place"]["from"].as_str(), Some("text" | "paragraph")) {
        slots.insert("place".into(), vec![text(&event["place"]["text"])]);
    }
    for quantity in event["quantities"].as_array().into_iter().flatten() {
        let parts = ["unit", "item"].map(|key| text(&quantity[key]));
        let parts = parts
            .iter()
            .filter(|part| !part.is_empty())
            .fold(quantity["value"].to_string(), |all, part| all + " " + part);
        slots.entry(text(&quantity["role"])).or_default().push(parts);
    }
    (text(&event["mode"][0]), slots.into_iter().map(|(name, values)| (name, values.join(" + "))).collect())
}

/// What a line says that its text tells.
fn expected(line: &str) -> (&str, Vec<Told>) {
    let (text, events) = line.split_once(" => ").expect("a text and its events");
    let event = |event: &str| {
        let mut parts = event.split(" | ").map(str::trim);
        let mode = parts.next().unwrap_or_default().to_owned();
        let slot = |slot: &str| slot.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
        (mode, parts.map(|part| slot(part).expect("a slot and its value")).collect())
    };
    (text, events.split(" ; ").map(event).collect())
}

#[test]
fn seizures_and_arrests_are_told_with_their_slots() {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let mut worker = pipeline.worker();
    let (mut right, mut all, mut wrong) = (0, 0, String::new());
    let mut count = |text: &str, what: &str, found: Option<&String>, expected: Option<&String>| {
        all += 1;
        if found == expected {
            right += 1;
        } else {
            wrong += &format!("\n{text}\n   {what} is {found:?}, not {expected:?}");
        }
    };
    for (text, expected) in lines(include_str!("cases/seizures.txt")).map(expected) {
        let found = events(&mut worker, text);
        let found = found.iter().filter(|event| event["event_type"] == "COERCE").map(told);
        let mut found: Vec<Told> = found.filter(|(mode, _)| mode == "seize" || mode == "arrest").collect();
        for (mode, slots) in expected {
            let Some(at) = found.iter().position(|(other, _)| *other == mode) else {
                (0..=slots.len()).for_each(|_| count(text, &mode, None, Some(&mode)));
                continue;
            };
            let (_, own) = found.remove(at);
            count(text, &mode, None, None);
            let mut names: Vec<&String> = slots.keys().chain(own.keys()).collect();
            names.sort();
            names.dedup();
            names.iter().for_each(|name| count(text, name, own.get(*name), slots.get(*name)));
        }
        found.iter().for_each(|(mode, _)| count(text, mode, Some(mode), None));
    }
    let share = f64::from(right) / f64::from(all);
    assert!(share >= BAR, "{right} of {all} slots are right, which is {share:.3}:{wrong}");
}

#[test]
fn what_only_looks_like_an_event_is_none() {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let mut worker = pipeline.worker();
    let took_place = |event: &Value| event["realis"] == "actual" && event["negated"].is_null();
    let mut fired = Vec::new();
    for text in lines(include_str!("cases/look_alikes.txt")) {
        let rules = events(&mut worker, text)
            .iter()
            .filter(|e| took_place(e))
            .map(|e| e["rule"].to_string())
            .collect::<Vec<_>>();
        if !rules.is_empty() {
            fired.push(format!("{text} ({})", rules.join(", ")));
        }
    }
    assert!(fired.len() <= MOST_FIRED, "{} were taken for events:\n{}", fired.len(), fired.join("\n"));
}

#[test]
fn there_are_sixty_cases_of_each() {
    assert!(lines(include_str!("cases/seizures.txt")).count() >= 60);
    assert!(lines(include_str!("cases/look_alikes.txt")).count() >= 60);
}

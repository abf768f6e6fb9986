//! Which place a name means.

use crate::records;
use dateline::pipeline::{Options, Pipeline, Worker};
use serde_json::Value;

/// The places of an article by position: as written, and the codes of country and division.
fn places(worker: &mut Worker<'_>, body: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entity in records::of(worker, body).iter().filter(|r| matches!(r["type"].as_str(), Some("GPE" | "LOC"))) {
        let codes = ["country", "admin1"].map(|key| entity[key].as_str().unwrap_or_default());
        for mention in entity["mentions"].as_array().into_iter().flatten() {
            let start = mention["span"][0].as_u64().expect("a span");
            found.push((start, mention["text"].as_str().unwrap_or_default().to_owned(), codes.join(" ")));
        }
    }
    found.sort();
    found.into_iter().map(|(_, text, codes)| (text, codes)).collect()
}

#[test]
fn names_mean_the_places_that_their_articles_speak_of() {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let mut worker = pipeline.worker();
    let mut wrong = String::new();
    for (text, expected) in records::cases(include_str!("cases/places.txt")) {
        let mut found = places(&mut worker, &text).into_iter();
        for place in expected.split("; ") {
            let (name, codes) = place.split_once(" = ").expect("a name and its codes");
            let meant = found.find(|(text, _)| text == name).map(|(_, codes)| codes);
            if !meant.as_deref().is_some_and(|meant| meant.starts_with(codes)) {
                wrong += &format!("\n{text}\n   {name} is {meant:?}, not {codes}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_town_that_no_list_has_there_is_no_other_of_its_name() {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let all =
        records::of(&mut pipeline.worker(), "The barn at Frankston, Oregon, burned down near Frankston, Australia.");
    let places: Vec<&Value> = all.iter().filter(|r| r["mentions"][0]["text"] == "Frankston").collect();
    assert_eq!(places.len(), 2, "{all:?}");
    assert!(places[0]["lat"].is_null() && places[0]["country"].is_null(), "{places:?}");
    assert_eq!(places[1]["country"], "AUS");
}

#[test]
fn a_part_keeps_its_name_and_has_the_point_of_the_whole() {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let all = records::of(&mut pipeline.worker(), "Storms hit North Texas on Friday. In Texas, two roads were closed.");
    let named = |name: &str| all.iter().find(|r| r["name"] == name).unwrap_or_else(|| panic!("{name}: {all:?}"));
    let (part, whole) = (named("North Texas"), named("Texas"));
    assert_eq!((&part["lat"], &part["lon"]), (&whole["lat"], &whole["lon"]));
    assert!(part["lat"].is_number() && part["id"] != whole["id"]);
}

#[test]
fn candidates_are_listed_where_they_are_asked_for() {
    let body = "Firefighters came to Albany, near Schenectady, from Norway.";
    let plain = Pipeline::new(Options::default()).expect("the shipped lists");
    assert!(records::of(&mut plain.worker(), body).iter().all(|r| r["candidates"].is_null()));
    let asked = Pipeline::new(Options { list_candidates: true, ..Options::default() }).expect("the shipped lists");
    let all = records::of(&mut asked.worker(), body);
    let albany = all.iter().find(|r| r["name"] == "Albany").expect("it is a place");
    let candidates = albany["candidates"].as_array().expect("they were asked for");
    let scores: Vec<f64> = candidates.iter().map(|c| c["score"].as_f64().expect("a score")).collect();
    assert!(scores.len() > 4 && scores.is_sorted_by(|a, b| a >= b), "{candidates:?}");
    assert_eq!((&candidates[0]["geonameid"], &candidates[0]["admin1"]), (&albany["geonameid"], &"US-NY".into()));
}

//! Quotations become events, each of them, with their speaker where anybody can tell.

use crate::records::{self, text};
use dateline::pipeline::{Options, Pipeline};
use serde_json::Value;

/// The quotations of an article by position, as the cases have them: what was said, who said it, and who passes it on.
fn quotations(all: &[Value]) -> String {
    let one = |event: &Value| {
        let speaker = event["actor"].get(0).map_or("-", |actor| text(actor, "name"));
        let said = format!("{} | {speaker}", text(&event["quote"], "text"));
        let via = text(&event["attribution"], "text");
        if via.is_empty() { said } else { format!("{said} | {via}") }
    };
    let mut quoted: Vec<&Value> = all.iter().filter(|r| r["quote"].is_object()).collect();
    quoted.sort_by_key(|event| event["quote"]["span"][0].as_u64());
    assert!(quoted.iter().all(|event| event["event_type"] == "STATEMENT"), "{quoted:?}");
    let found: Vec<String> = quoted.into_iter().map(one).collect();
    if found.is_empty() { "none".into() } else { found.join(" ; ") }
}

#[test]
fn every_quotation_is_an_event() {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let mut worker = pipeline.worker();
    records::check(include_str!("cases/quotations.txt"), |text| quotations(&records::of(&mut worker, text)));
}

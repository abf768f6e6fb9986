//! Quotations become events, each of them, with their speaker where anybody can tell.

use dateline::ingest::Article;
use dateline::pipeline::{Options, Pipeline};
use serde_json::Value;

/// The quotations of an article's STATEMENT events, with what the actor is called.
fn statements(body: &str) -> Vec<(String, String)> {
    let pipeline = Pipeline::new(Options::default()).expect("the shipped lists");
    let mut out = Vec::new();
    pipeline.worker().extract(&Article { body: body.into(), ..Article::default() }, &mut out);
    let records = String::from_utf8(out).expect("records are UTF-8");
    let records = records.lines().map(|line| serde_json::from_str::<Value>(line).expect("a record"));
    let quoted = records.filter(|r| r["event_type"] == "STATEMENT" && r["quote"].is_object());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    quoted.map(|r| (text(&r["quote"]["text"]), text(&r["actor"][0]["name"]))).collect()
}

#[test]
fn every_quotation_is_an_event() {
    let cases: [(&str, &[(&str, &str)]); 5] = [
        (
            "“The pier is now part of the problem,” Anna Kalna said. “Nobody has mended it for years.”",
            &[
                ("The pier is now part of the problem,", "Anna Kalna"),
                ("Nobody has mended it for years.", "Anna Kalna"),
            ],
        ),
        (
            "“We waited for the ferry,” said Jan Kalns.\n\n“Nobody came to the port all day.”",
            &[("We waited for the ferry,", "Jan Kalns"), ("Nobody came to the port all day.", "Jan Kalns")],
        ),
        (
            "“We waited for it,” said Jan B. Kalns, who runs the port. “Nobody came to the pier.”",
            &[("We waited for it,", "Jan B. Kalns"), ("Nobody came to the pier.", "Jan B. Kalns")],
        ),
        (
            "The harbour master, Anna Kalna, thanked the crew for “keeping the harbour open all night”.",
            &[("keeping the harbour open all night", "Anna Kalna")],
        ),
        (
            "It rained. “Nobody knows who wrote these words.” It rained on.",
            &[("Nobody knows who wrote these words.", "")],
        ),
    ];
    for (body, expected) in cases {
        let found = statements(body);
        let found: Vec<(&str, &str)> = found.iter().map(|(quote, actor)| (quote.as_str(), actor.as_str())).collect();
        assert_eq!(found, expected, "{body}");
    }
}

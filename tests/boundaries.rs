//! No record begins or ends inside a word.

use crate::program::dateline;
use crate::records;
use dateline::pipeline::{Options, Pipeline, Worker};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Bytes of text that are read.
const BYTES: usize = 2_000_000;

/// Calls `see` with every span of a record, in code points, at any depth.
fn spans(value: &Value, see: &mut dyn FnMut(usize, usize)) {
    match value {
        Value::Object(map) => {
            if let Some(span) = map.get("span") {
                let at = |i: usize| span[i].as_u64().expect("a code point") as usize;
                see(at(0), at(1));
            }
            map.values().for_each(|inner| spans(inner, see));
        }
        Value::Array(list) => list.iter().for_each(|inner| spans(inner, see)),
        _ => {}
    }
}

/// The spans of an article's records that begin or end inside a word, as they stand in the text. Where a repair put a
/// space or took something out, a word ends.
fn inside_words(worker: &mut Worker<'_>, body: &str) -> (usize, Vec<String>) {
    let points: Vec<char> = body.chars().collect();
    let all = records::of(worker, body);
    let repairs: Vec<(usize, usize)> = all[0]["repairs"].as_array().map_or(Vec::new(), |list| {
        let one = |repair: &Value| {
            let at = repair["at"].as_u64().expect("a code point") as usize;
            (at, at + records::text(repair, "was").chars().count())
        };
        list.iter().map(one).collect()
    });
    let is_inside = |at: usize| {
        at > 0
            && at < points.len()
            && points[at - 1].is_alphanumeric()
            && points[at].is_alphanumeric()
            && !repairs.iter().any(|&(from, to)| from <= at && at <= to)
    };
    let (mut count, mut wrong) = (0, Vec::new());
    let mut see = |start: usize, end: usize| {
        count += 1;
        if is_inside(start) || is_inside(end) {
            let slice = |from: usize, to: usize| points[from..to].iter().collect::<String>();
            let (before, behind) = (start.saturating_sub(12), points.len().min(end + 12));
            wrong.push(format!("{}[{}]{}", slice(before, start), slice(start, end), slice(end, behind)));
        }
    };
    all.iter().filter(|record| record["kind"] != "document").for_each(|record| spans(record, &mut see));
    (count, wrong)
}

/// Panics where a record of the articles, one a line, begins or ends inside a word; returns how many spans there were.
fn hold(articles: &str) -> usize {
    let pipeline = Pipeline::new(Options { list_repairs: true, ..Options::default() }).expect("the shipped lists");
    let mut worker = pipeline.worker();
    let (mut bytes, mut count, mut wrong) = (0, 0, Vec::new());
    for line in articles.lines() {
        let Ok(article) = serde_json::from_str::<Value>(line) else { continue };
        let (spans, inside) = inside_words(&mut worker, records::text(&article, "text"));
        bytes += line.len();
        count += spans;
        wrong.extend(inside);
        if bytes > BYTES {
            break;
        }
    }
    assert!(wrong.is_empty(), "{} of {count}: {wrong:#?}", wrong.len());
    count
}

#[test]
fn records_of_made_up_articles_keep_words_whole() {
    let output = dateline(Path::new("."), &["generate", "--size", "2MB"], b"");
    let articles = String::from_utf8(output.stdout).expect("JSON lines are UTF-8");
    assert!(hold(&articles) > BYTES / 100, "such text tells of something");
}

/// The same for articles that others have collected, where they lie beside the repository.
#[test]
fn records_of_collected_articles_keep_words_whole() {
    let Some(shared) = std::env::var_os("DATELINE_SHARED") else { return };
    for area in ["entities", "places", "time"] {
        let Ok(folder) = std::fs::read_dir(PathBuf::from(&shared).join("eval").join(area)) else { continue };
        let files = folder.filter_map(|entry| entry.ok().map(|entry| entry.path()));
        for file in files.filter(|path| path.extension().is_some_and(|ending| ending == "jsonl")) {
            hold(&std::fs::read_to_string(&file).expect("a file of text"));
        }
    }
}

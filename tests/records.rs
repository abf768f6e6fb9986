//! What several of these tests need: the records of an article, and tables of cases.

use dateline::ingest::Article;
use dateline::pipeline::Worker;
use serde_json::Value;

/// The records of an article that is this text.
pub fn of(worker: &mut Worker<'_>, body: &str) -> Vec<Value> {
    of_article(worker, &Article { id: "a".into(), body: body.into(), ..Article::default() })
}

/// The records of an article.
pub fn of_article(worker: &mut Worker<'_>, article: &Article<'_>) -> Vec<Value> {
    let mut out = Vec::new();
    worker.extract(article, &mut out);
    let lines = String::from_utf8(out).expect("records are UTF-8");
    lines.lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect()
}

/// The cases of a table: texts, and what is expected of each behind " => ". In a text, \n is a line break.
pub fn cases(table: &str) -> impl Iterator<Item = (String, &str)> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let (text, expected) = line.split_once(" => ").expect("a text and what is expected of it");
        (text.replace("\\n", "\n"), expected)
    })
}

/// Runs `find` over a table, and fails with all cases in which it finds something else.
pub fn check(table: &str, mut find: impl FnMut(&str) -> String) {
    let mut wrong = String::new();
    for (text, expected) in cases(table) {
        let found = find(&text);
        if found != expected {
            wrong += &format!("\n{text}\n   found {found}\nexpected {expected}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What was found, by position, as the cases write it.
pub fn in_order(mut found: Vec<(Option<u64>, String)>) -> String {
    found.sort();
    let found: Vec<String> = found.into_iter().map(|(_, told)| told).collect();
    if found.is_empty() { "none".into() } else { found.join("; ") }
}

/// A text of a record.
pub fn text<'r>(record: &'r Value, key: &str) -> &'r str {
    record[key].as_str().unwrap_or_default()
}

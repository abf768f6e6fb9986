//! Copies of articles as papers print them, found among articles that are none.

use std::fs;

use dateline::Article;
use dateline::duplicates::{Index, Likeness, Signature};
use dateline::pipeline::{Options, Pipeline, Worker};
use serde_json::Value;

use crate::program::dateline;

/// Made-up articles: title and body of each.
fn articles(size: &str, seed: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    dateline(folder.path(), &["generate", "--size", size, "--seed", seed, "-o", "a.jsonl"], b"");
    let lines = fs::read_to_string(folder.path().join("a.jsonl")).expect("lines");
    let text = |line: &Value, key: &str| line[key].as_str().expect("a string").to_owned();
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    lines.map(|line| (text(&line, "title"), text(&line, "text"))).collect()
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, many: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % many
    }
}

/// The text with `percent` of its words left out, replaced by others or followed by others.
fn edited(text: &str, percent: usize, others: &[&str], dice: &mut Dice) -> String {
    let mut out = String::new();
    for word in text.split_inclusive(' ') {
        let other = others[dice.below(others.len())];
        match dice.below(100) {
            n if n >= percent => out.push_str(word),
            n => match n % 3 {
                0 => {}
                1 => out.extend([other, " "]),
                _ => out.extend([word.trim_end(), " ", other, " "]),
            },
        }
    }
    out
}

/// The first part of the text, in hundredths, up to a character.
fn cut(text: &str, percent: usize) -> &str {
    let end = (0..=text.len() * percent / 100).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

fn signature(worker: &mut Worker<'_>, title: &str, body: &str, likeness: Likeness) -> Option<Signature> {
    let article = Article { title: Some(title.into()), body: body.into(), ..Article::default() };
    worker.extract(&article, &mut Vec::new());
    worker.signature(likeness)
}

#[test]
fn copies_are_found_and_others_are_not() {
    let pipeline = Pipeline::new(Options::default()).expect("the lists are sound");
    let mut worker = pipeline.worker();
    let articles = articles("1MB", "11");
    let mut index = Index::new(Likeness::Near, 16 << 20);
    let mut wrong = 0;
    for (number, (title, body)) in articles.iter().enumerate() {
        let signature = signature(&mut worker, title, body, Likeness::Near).expect("words");
        wrong += usize::from(index.meet(&number.to_string(), &signature).is_some());
    }
    // They are made of a few patterns of sentences, and so more alike than news is.
    println!("different articles taken for copies: {wrong} of {}", articles.len());
    assert_eq!(wrong, 0);

    let others: Vec<&str> = articles.iter().flat_map(|(_, body)| body.split_ascii_whitespace()).collect();
    let mut dice = Dice(5);
    let share =
        |name: &str, least: f64, worker: &mut Worker<'_>, index: &mut Index, edit: &mut dyn FnMut(&str) -> String| {
            let mut found = 0;
            for (number, (_, body)) in articles.iter().enumerate() {
                let copy = edit(body);
                let signature = signature(worker, "Another headline", &copy, Likeness::Near).expect("words");
                found += usize::from(index.meet("copy", &signature) == Some(&*number.to_string()));
            }
            let share = found as f64 / articles.len() as f64;
            println!("{name}: {:.1} % found", share * 100.0);
            assert!(share >= least, "{name}: {share}");
        };
    share("another headline", 1.0, &mut worker, &mut index, &mut |body| body.to_owned());
    for (percent, least) in [(1, 1.0), (5, 1.0), (10, 1.0), (15, 0.99), (20, 0.95)] {
        let name = format!("{percent} % of words edited");
        share(&name, least, &mut worker, &mut index, &mut |body| edited(body, percent, &others, &mut dice));
    }
    for (percent, least) in [(90, 1.0), (75, 1.0), (60, 0.98)] {
        share(&format!("{percent} % kept"), least, &mut worker, &mut index, &mut |body| cut(body, percent).to_owned());
    }
    let mut odd = |body: &str| format!("Photo: Osei\n\n{body}\n\nRead more on our pages\n\nSubscribe to the letter");
    share("other furniture", 1.0, &mut worker, &mut index, &mut odd);
}

#[test]
fn neither_case_nor_marks_nor_headline_nor_dateline_count() {
    let pipeline = Pipeline::new(Options::default()).expect("the lists are sound");
    let mut worker = pipeline.worker();
    let mut of = |title: &str, body: &str| signature(&mut worker, title, body, Likeness::Exact);
    let first =
        of("Ferry late", "RIGA, 3 March (Agency) – The ferry to Ventspils left late on Sunday. Nobody was hurt.");
    assert!(first.is_some());
    assert_eq!(
        of("No harm", "VILNIUS, 4 March – The Ferry to  Ventspils left late on Sunday; nobody was hurt."),
        first
    );
    assert_ne!(
        of("Ferry late", "RIGA, 3 March (Agency) – The ferry to Ventspils left late on Monday. Nobody was hurt."),
        first
    );
    assert_ne!(of("Ferry late", "RIGA, 3 March (Agency) – The ferry to Ventspils left late on Sunday."), first);
    assert_eq!(of("Ferry late", ""), None);
}

#[test]
fn the_program_names_the_earlier_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    dateline(folder, &["generate", "--size", "100kB", "-o", "a.jsonl"], b"");
    let lines = fs::read_to_string(folder.join("a.jsonl")).expect("lines");
    // Sent again by another paper, under an id of its own.
    let again =
        lines.replace("\"id\":\"made-up", "\"id\":\"\\\"again").replace("\"title\":\"", "\"title\":\"Exclusive: ");
    fs::write(folder.join("b.jsonl"), again).expect("a file");
    let run = |threads: &str, likeness: &str| {
        let args = ["extract", "a.jsonl", "b.jsonl", "-j", threads, "--duplicates", likeness];
        String::from_utf8(dateline(folder, &args, b"").stdout).expect("text")
    };
    let one = run("1", "near");
    assert!(one == run("4", "near") && one == run("4", "exact"));
    let documents = one.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let mut count = 0;
    for document in documents.filter(|record| record["kind"] == "document") {
        let id = document["doc"].as_str().expect("an id");
        let first = id.strip_prefix("\"again").map(|number| format!("made-up{number}"));
        assert_eq!(document["duplicate_of"].as_str(), first.as_deref());
        count += 1;
    }
    assert_eq!(count, 2 * lines.lines().count());
}

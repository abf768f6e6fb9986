//! What the documents of one source tell of each other's lost spaces.

use std::fs;
use std::io;
use std::path::Path;

use dateline::ingest::{self, Article, Inputs, Survey};
use dateline::pipeline::{self, Pipeline};
use dateline::stream::{Options, Sink, Stream, Told, Written};

const WHO: [&str; 11] = [
    "The mayor",
    "A young fisherman",
    "The port office",
    "Two former ministers",
    "The coach of the team",
    "Villagers",
    "The union",
    "Doctors in the capital",
    "The central bank",
    "A retired judge",
    "Omar Samekoyev",
];
const WHAT: [&str; 7] = [
    "opened the old bridge",
    "closed a new market",
    "praised the ferry crew",
    "visited every small school",
    "left their winter camp",
    "blamed heavy rain",
    "sold the last power plant",
];
const WHEN: [&str; 5] = [
    "on Monday",
    "after the storm",
    "for the third time this year",
    "with the help of the police",
    "before anybody was asked",
];

/// A flash of about ten words, another one for each number below 385.
fn flash(n: usize) -> String {
    format!("{} {} {}.", WHO[n % WHO.len()], WHAT[n % WHAT.len()], WHEN[n % WHEN.len()])
}

/// The flash without one of its spaces, if its number is even.
fn broken(n: usize) -> String {
    let whole = flash(n);
    let spaces: Vec<usize> = whole.match_indices(' ').map(|(at, _)| at).collect();
    let mut text = whole.clone();
    if n.is_multiple_of(2) {
        text.remove(spaces[n * 7 % spaces.len()]);
    }
    text
}

/// JSON lines of the flashes, as `text` writes each; `id` makes their ids.
fn lines(count: usize, id: impl Fn(usize) -> String, text: impl Fn(usize) -> String) -> String {
    (0..count).map(|n| format!("{{\"id\":\"{}\",\"text\":\"{}\"}}\n", id(n), text(n))).collect()
}

#[derive(Default)]
struct Kept(String);

impl Sink for Kept {
    fn batch(&mut self, batch: &Written<'_>) -> io::Result<()> {
        assert_eq!(batch.dead, [], "all can be read");
        self.0.push_str(std::str::from_utf8(batch.records).expect("whole lines of text"));
        Ok(())
    }
}

/// The clean texts of the documents in some files, by themselves or by their sources.
fn clean(paths: &[&Path], by_source: bool, options: &Options) -> Vec<String> {
    let pipeline = Pipeline::new(pipeline::Options::default()).expect("the shipped lists");
    let inputs = Inputs::find(paths).expect("the files are there");
    let survey = || Box::new(pipeline.survey()) as Box<dyn Survey>;
    let mut stream = Stream::new(&inputs, options);
    if by_source {
        stream = stream.surveyed(&survey);
    }
    let make = || {
        let mut worker = pipeline.worker();
        move |article: &Article<'_>, out: &mut Vec<u8>| {
            worker.normalize(article, out);
            Told::default()
        }
    };
    let mut kept = Kept::default();
    stream.run(make, &mut kept).expect("the stream runs");
    let text = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).expect("a record");
        value["text"].as_str().expect("it has a text").to_owned()
    };
    kept.0.lines().map(text).collect()
}

fn put(folder: &Path, name: &str, text: String) -> std::path::PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).expect("a file");
    path
}

/// How many of the numbered flashes are as they should be, and how many were changed that were in order.
fn whole(texts: &[String]) -> (usize, usize) {
    let good = |n: usize| texts[n] == flash(n);
    ((0..texts.len()).filter(|&n| good(n)).count(), (0..texts.len()).filter(|&n| n % 2 == 1 && !good(n)).count())
}

#[test]
fn flashes_of_a_source_that_loses_spaces_are_repaired_and_one_alone_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = put(folder.path(), "flashes.jsonl", lines(300, |n| n.to_string(), broken));
    let alone = whole(&clean(&[&path], false, &Options::default()));
    let together = whole(&clean(&[&path], true, &Options::default()));
    assert!(alone.0 < 240, "{alone:?} of 300 alone");
    assert!(together.0 > 280, "{together:?} of 300 together");
    assert_eq!((alone.1, together.1), (0, 0), "flashes that lost nothing");

    let one = put(folder.path(), "one.jsonl", "{\"text\":\"The coach praised theferry crew on Monday.\"}\n".into());
    assert_eq!(clean(&[&one], true, &Options::default()), ["The coach praised theferry crew on Monday."]);
}

#[test]
fn a_clean_source_beside_a_broken_one_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    // Each flash has what might be two words, and looks so in a source that loses spaces.
    let doubtful = |n: usize| format!("{} {}", ["TidesOnline:", "Pinkershore:", "HarbourTalk -"][n % 3], flash(n));
    let clean_source = put(folder.path(), "clean.jsonl", lines(200, |n| n.to_string(), doubtful));
    let broken_source = put(folder.path(), "broken.jsonl", lines(200, |n| n.to_string(), broken));
    let expected: Vec<String> = (0..200).map(doubtful).collect();
    for paths in [[&*clean_source, &*broken_source], [&*broken_source, &*clean_source]] {
        let texts = clean(&paths, true, &Options::default());
        let (clean_part, broken_part) =
            if paths[0] == clean_source { texts.split_at(200) } else { (&texts[200..], &texts[..200]) };
        assert_eq!(clean_part, expected);
        assert!(whole(broken_part).0 > 185);
    }
}

#[test]
fn hosts_in_one_file_are_sources_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    // In turns: a host that loses spaces and one that does not, but now and then has a name that looks like two words.
    let names = ["Velmarkand", "Tarsoffat", "Olbrinthe", "Hestorin", "Dunweltson", "Karveyto", "Marrowgateon"];
    let id = |n: usize| format!("https://{}/{n}", ["broken.example.org", "www.example.com"][n % 2]);
    let text = |n: usize| match (n % 2, names.get(n / 30).filter(|_| n % 30 == 7)) {
        (0, _) => broken(n),
        (_, Some(name)) => format!("{name}: {}", flash(n)),
        _ => flash(n),
    };
    let path = put(folder.path(), "dump.jsonl", lines(300, id, text));
    let texts = clean(&[&path], true, &Options::default());
    assert!((1..300).step_by(2).all(|n| texts[n] == text(n)));
    let repaired = (0..300).step_by(2).filter(|&n| texts[n] == flash(n)).count();
    assert!(repaired > 135, "{repaired} of 150");
}

#[test]
fn neither_threads_nor_batches_show_and_the_whole_source_knows() {
    let folder = tempfile::tempdir().expect("a folder");
    // More documents than are looked at, and then another source.
    let long = put(folder.path(), "long.jsonl", lines(700, |n| n.to_string(), |n| broken(n % 385)));
    let next = put(folder.path(), "next.jsonl", lines(30, |n| n.to_string(), flash));
    let mut seen = Vec::new();
    for (threads, batch) in [(1, 1 << 20), (8, 1), (2, 3000), (8, 1 << 20)] {
        let ingest = ingest::Options { batch, ..ingest::Options::default() };
        let options = Options { threads, ingest, repeated_lines: batch == 3000, ..Options::default() };
        seen.push(clean(&[&long, &next], true, &options));
    }
    assert!(seen.iter().all(|texts| *texts == seen[0]));
    let good = |from: usize, to: usize| (from..to).filter(|&n| seen[0][n] == flash(n % 385)).count();
    assert!(good(0, 100) > 93 && good(600, 700) > 93, "{} and {} of 100", good(0, 100), good(600, 700));
}

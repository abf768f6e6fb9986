//! Laws of the stream: the order of the input, the same bytes for any number of threads, nothing lost.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use dateline::ingest::{Article, DeadLetter, Inputs, Reason};
use dateline::stream::{Options, Sink, Stream, Summary, Told, Written};

#[derive(Default)]
struct Kept {
    records: String,
    dead: Vec<DeadLetter>,
}

impl Sink for Kept {
    fn batch(&mut self, batch: &Written<'_>) -> io::Result<()> {
        let ends = batch.documents.iter().map(|document| document.end);
        assert_eq!(
            ends.clone().next_back().unwrap_or(0),
            batch.records.len(),
            "the last document ends with the records"
        );
        assert!(ends.clone().all(|end| batch.records[..end].ends_with(b"\n")), "documents end with lines");
        self.records.push_str(std::str::from_utf8(batch.records).expect("whole lines of text"));
        self.dead.extend_from_slice(batch.dead);
        Ok(())
    }
}

/// A job that only tells what it was given.
fn tell(article: &Article<'_>, out: &mut Vec<u8>) -> Told {
    let Article { id, body, title, published, warnings, .. } = article;
    writeln!(
        out,
        "{id}|{}|{}|{}|{}",
        title.as_deref().unwrap_or("-"),
        published.as_deref().unwrap_or("-"),
        warnings.join(","),
        body
    )
    .expect("a vector takes everything");
    Told::default()
}

fn run(paths: &[&Path], options: &Options) -> (Summary, Kept) {
    let inputs = Inputs::find(paths).expect("the files are there");
    let mut kept = Kept::default();
    let summary = Stream::new(&inputs, options).run(|| tell, &mut kept).expect("the stream runs");
    (summary, kept)
}

fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("a file");
    path
}

/// Lines of very different lengths, one in a hundred broken.
fn many(count: usize) -> String {
    let mut lines = String::new();
    for n in 0..count {
        if n % 100 == 50 {
            lines.push_str("{\"broken\":\n");
        } else {
            let text = "word ".repeat(n * 7919 % 300);
            lines.push_str(&format!("{{\"id\":{n},\"text\":\"{text}\"}}\n"));
        }
    }
    lines
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "many.jsonl", many(3000));
    let mut first = None;
    for (threads, batch, budget) in [(1, 256 << 10, 64 << 20), (2, 1000, 64 << 20), (8, 5000, 20_000), (8, 1, 1)] {
        let mut options = Options { threads, budget, ..Options::default() };
        options.ingest.batch = batch;
        let (summary, kept) = run(&[&path], &options);
        assert_eq!((summary.documents, summary.skipped()), (2970, 30));
        assert_eq!(summary.written, kept.records.len() as u64);
        let expected = first.get_or_insert_with(|| (kept.records.clone(), kept.dead.clone()));
        assert_eq!((&kept.records, &kept.dead), (&expected.0, &expected.1), "{threads} threads");
    }
}

#[test]
fn documents_are_named_by_field_file_or_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = concat!(
        "{\"url\":\"http://a.example/1\",\"headline\":\"H\",\"pub_date\":\"2026-03-01\",\"content\":\"one\"}\n",
        "\n",
        "{\"text\":\"two\"}\n",
    );
    let dump = file(folder.path(), "dump.jsonl", lines);
    let note = file(folder.path(), "note.v2.txt", "three");
    let bare = file(folder.path(), "bare", "{\"id\":12,\"text\":\"four\"}");
    let old = file(folder.path(), "old.txt", b"f\xfcnf");
    let (_, kept) = run(&[&dump, &note, &bare, &old], &Options::default());
    let stem = folder.path().join("dump");
    let expected = format!(
        "http://a.example/1|H|2026-03-01||one\n{}:3|-|-||two\nnote.v2|-|-||three\n12|-|-||four\nold|-|-|windows_1252|fünf\n",
        stem.display()
    );
    assert_eq!(kept.records, expected);
}

#[test]
fn a_panic_costs_one_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "d.jsonl", "{\"text\":\"a\"}\n{\"text\":\"boom\"}\n{\"text\":\"c\"}\n");
    let inputs = Inputs::find(&[path]).expect("a file");
    let (made, mut kept) = (AtomicUsize::new(0), Kept::default());
    let make = || {
        made.fetch_add(1, Ordering::Relaxed);
        |article: &Article<'_>, out: &mut Vec<u8>| {
            tell(article, out);
            assert!(article.body != "boom", "cannot work on this");
            Told::default()
        }
    };
    let options = Options { threads: 1, ..Options::default() };
    let summary = Stream::new(&inputs, &options).run(make, &mut kept).expect("the stream runs");
    assert_eq!((summary.documents, summary.dead), (2, vec![(Reason::Panic, 1)]));
    assert_eq!(kept.records.lines().count(), 2);
    assert_eq!(
        (kept.dead[0].line, kept.dead[0].offset, kept.dead[0].message.as_str()),
        (Some(2), 13, "cannot work on this")
    );
    assert_eq!(made.load(Ordering::Relaxed), 2, "the worker that panicked was replaced");
}

#[test]
fn an_error_of_the_sink_ends_the_stream() {
    struct Full;
    impl Sink for Full {
        fn batch(&mut self, _: &Written<'_>) -> io::Result<()> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "many.jsonl", many(3000));
    let inputs = Inputs::find(&[path]).expect("a file");
    let mut options = Options { threads: 2, budget: 1000, ..Options::default() };
    options.ingest.batch = 100;
    let error = Stream::new(&inputs, &options).run(|| tell, &mut Full).expect_err("nobody listens");
    assert!(error.is_closed_pipe());
}

#[cfg(feature = "compressed")]
#[test]
fn all_members_and_frames_are_read_and_a_torn_one_is_reported() {
    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).expect("a vector takes everything");
        encoder.finish().expect("a vector takes everything")
    }
    let zstd = |text: &str| zstd::encode_all(text.as_bytes(), 1).expect("a vector takes everything");
    let (a, b) = ("{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\",", "\"text\":\"y\"}\n{\"id\":\"c\",\"text\":\"z\"}");
    let folder = tempfile::tempdir().expect("a folder");
    let gz = file(folder.path(), "a.jsonl.gz", [gzip(a), gzip(b)].concat());
    let zst = file(folder.path(), "b.jsonl", [zstd(a), zstd(b)].concat());
    let plain = file(folder.path(), "c.jsonl.gz", [a, b].concat());
    let (_, kept) = run(&[&gz, &zst, &plain], &Options::default());
    assert_eq!(kept.records, "a|-|-||x\nb|-|-||y\nc|-|-||z\n".repeat(3));

    let mut torn = gzip(&many(50));
    torn.truncate(torn.len() - 9);
    let torn = file(folder.path(), "torn.jsonl.gz", torn);
    let (summary, kept) = run(&[&torn, &plain], &Options::default());
    assert_eq!(summary.dead, [(Reason::Unreadable, 1)]);
    assert!(kept.records.starts_with("0|") && kept.records.ends_with("c|-|-||z\n"));
}

#[test]
fn what_cannot_be_opened_is_reported_in_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = file(folder.path(), "a.txt", "one");
    let gone = file(folder.path(), "b.txt", "two");
    let inputs = Inputs::find(&[&first, &gone, &first]).expect("files");
    fs::remove_file(&gone).expect("it was there");
    let mut kept = Kept::default();
    let options = Options::default();
    let summary = Stream::new(&inputs, &options).run(|| tell, &mut kept).expect("the stream runs");
    assert_eq!((summary.documents, summary.dead), (2, vec![(Reason::Unreadable, 1)]));
    assert_eq!(kept.dead[0].source, gone.display().to_string());
}

#[test]
fn repeated_lines_are_known_to_all_documents_of_a_source_whatever_the_threads_and_batches() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = |count: usize, tail: &str| -> String {
        let line = |n| format!("{{\"id\":\"{tail}{n}\",\"text\":\"Story {n}.\\n\\nOf the {tail}.\"}}\n");
        (0..count).map(line).collect()
    };
    let first = file(folder.path(), "a.jsonl", lines(100, "first"));
    let second = file(folder.path(), "b.jsonl", lines(30, "second"));
    let third = file(folder.path(), "c.jsonl", lines(3, "third"));
    let tell = |article: &Article<'_>, out: &mut Vec<u8>| {
        writeln!(out, "{} {:?}", article.id, article.repeated).expect("a vector takes everything");
        Told::default()
    };
    let mut seen = Vec::new();
    for (threads, batch) in [(1, 1 << 20), (8, 1), (2, 500), (8, 1 << 20)] {
        let ingest = dateline::ingest::Options { batch, ..dateline::ingest::Options::default() };
        let options = Options { threads, ingest, repeated_lines: true, ..Options::default() };
        let inputs = Inputs::find(&[&first, &second, &third]).expect("the files are there");
        let mut kept = Kept::default();
        let summary = Stream::new(&inputs, &options).run(|| tell, &mut kept).expect("the stream runs");
        assert_eq!(summary.documents, 133);
        seen.push(kept.records);
    }
    assert!(seen.iter().all(|records| *records == seen[0]));
    for (source, count, line) in [("first", 100, "Of the first."), ("second", 30, "Of the second.")] {
        let told = format!(" [{}]", dateline::ingest::line_hash(line));
        let of_source = seen[0].lines().filter(|l| l.starts_with(source) && l.ends_with(&told));
        assert_eq!(of_source.count(), count, "{source}");
    }
    assert!(seen[0].lines().filter(|l| l.starts_with("third")).all(|l| l.ends_with(" []")));
}

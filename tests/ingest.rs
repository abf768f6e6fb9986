//! Every document of the input is an article or a dead letter, in order, with its position.

use std::fs;
use std::sync::atomic::AtomicU64;

use dateline::ingest::{Batch, Fields, Inputs, Options, Reader, Reason, Scratch, decode};
use proptest::prelude::*;

/// What became of a document: its text, or its reason; both with the line it came from.
type Fate = (u64, Result<String, Reason>);

fn read(bytes: &[u8], options: &Options) -> Vec<Fate> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("d.jsonl");
    fs::write(&path, bytes).expect("a file");
    let inputs = Inputs::find(&[&path]).expect("a file");
    let (read, fields) = (AtomicU64::new(0), Fields::new(options));
    let mut reader = Reader::new(&inputs, options, &read);
    let (mut batch, mut scratch, mut fates) = (Batch::default(), Scratch::default(), Vec::new());
    loop {
        batch.clear();
        reader.fill(&mut batch);
        if batch.is_empty() {
            return fates;
        }
        for number in 0..batch.len() {
            fates.push(match batch.article(number, &fields, &mut scratch) {
                Ok(article) => {
                    let (_, line) = article.source.rsplit_once(':').expect("a position");
                    (line.parse().expect("a number"), Ok(article.body.into_owned()))
                }
                Err(letter) => {
                    let start = letter.offset as usize;
                    let length = (letter.bytes as usize).min(200);
                    let raw = String::from_utf8_lossy(&bytes[start..start + length]);
                    assert_eq!(
                        letter.raw.as_deref().unwrap_or(""),
                        raw,
                        "the dead letter shows what lies at its offset"
                    );
                    (letter.line.expect("a line"), Err(letter.reason))
                }
            });
        }
    }
}

/// A line as dumps have them: good, broken, blank, long, or any bytes at all.
fn line() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        // Without markup, which is taken out.
        4 => "[^<&]{0,40}".prop_map(|text| serde_json::to_vec(&serde_json::json!({"text": text})).expect("JSON")),
        1 => Just(b"  \r".to_vec()),
        1 => (100usize..400).prop_map(|n| vec![b'x'; n]),
        2 => proptest::collection::vec(any::<u8>().prop_filter("a line has no line end", |b| *b != b'\n'), 0..60),
        1 => Just(br#"{"text":"half a pair \ud83d"}"#.to_vec()),
    ]
}

proptest! {
    #[test]
    fn every_line_has_its_fate(lines in proptest::collection::vec(line(), 0..30), batch in 1usize..300) {
        // A byte order mark or the mark of a compressed file would make another file of it.
        let bytes = [b"{}\n".to_vec(), lines.join(&b'\n')].concat();
        let options = Options { max_record: 150, batch, ..Options::default() };
        let fates = read(&bytes, &options);

        let expected: Vec<u64> = (1..)
            .zip(bytes.split(|b| *b == b'\n'))
            .filter(|(_, line)| !line.trim_ascii().is_empty())
            .map(|(number, _)| number)
            .collect();
        prop_assert_eq!(fates.iter().map(|(line, _)| *line).collect::<Vec<_>>(), expected);
        for (number, fate) in &fates {
            let line = bytes.split(|b| *b == b'\n').nth(*number as usize - 1).expect("it was counted");
            if line.len() > 150 {
                prop_assert_eq!(fate, &Err(Reason::TooLarge));
            } else if let Ok(value) = serde_json::from_slice::<serde_json::Value>(line) {
                let text = value.get("text").and_then(|text| text.as_str());
                prop_assert_eq!(fate.clone().ok(), text.map(str::to_owned));
            } else if std::str::from_utf8(line).is_err() {
                prop_assert_eq!(fate, &Err(Reason::BadUtf8));
            }
        }
    }

    #[test]
    fn no_line_is_too_odd(line in any::<String>()) {
        let _ = Fields::new(&Options::default()).article(line.as_bytes());
        let _ = Fields::new(&Options::default()).article(format!("{{\"text\":\"{line}").as_bytes());
    }

    #[test]
    fn utf8_is_taken_as_it_is(text in any::<String>()) {
        prop_assume!(!text.starts_with('\u{feff}'));
        prop_assert_eq!(decode(text.as_bytes()), (text.as_str().into(), None));
    }
}

//! The program as a shell sees it.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program in `folder`, with `input` on standard input.
pub fn dateline(folder: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .current_dir(folder)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // It may be gone before it has read everything.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("it ends")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn status(output: &Output) -> Option<i32> {
    output.status.code()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Names of all files in the folder, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> = entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_clean_run_is_zero_and_silent() {
    let folder = folder();
    fs::write(folder.path().join("a.jsonl"), "{\"id\":\"1\",\"text\":\"The ferry left on time.\"}\n").expect("a file");
    for job in ["extract", "normalize", "segment"] {
        let output = dateline(folder.path(), &[job, "a.jsonl", "-o", "out.jsonl"], b"");
        assert_eq!((status(&output), stderr(&output).as_str()), (Some(0), ""), "{job}");
        assert!(output.stdout.is_empty());
        assert_eq!(names(folder.path()), ["a.jsonl", "out.jsonl"], "no temporary file is left");
    }
}

#[test]
fn a_dash_is_standard_output() {
    let folder = folder();
    let line = b"{\"id\":\"1\",\"text\":\"The ferry left on time.\"}\n";
    let plain = dateline(folder.path(), &["normalize", "-"], line);
    let dashed = dateline(folder.path(), &["normalize", "-", "-o", "-"], line);
    assert_eq!((status(&dashed), &dashed.stdout), (Some(0), &plain.stdout));
    assert!(!dashed.stdout.is_empty() && names(folder.path()).is_empty());
}

#[test]
fn a_run_that_cannot_be_is_one_and_leaves_nothing() {
    let folder = folder();
    fs::write(folder.path().join("a.txt"), "Text.").expect("a file");
    let cases: &[&[&str]] = &[
        &["extract", "missing.jsonl", "-o", "out.jsonl"],
        &["extract", "a.txt", "missing", "-o", "out.jsonl"],
        &["extract", "a.txt", "-o", "no/such/folder/out.jsonl"],
        &["extract"],
        &["extract", "a.txt", "--max-record", "4GiB"],
        &["extract", "a.txt", "--max-record", "long"],
        &["extract", "a.txt", "--no-such-flag"],
        &["translate", "a.txt"],
        &[],
    ];
    for args in cases {
        let output = dateline(folder.path(), args, b"");
        assert_eq!(status(&output), Some(1), "{args:?}");
        assert!(!stderr(&output).is_empty(), "{args:?}");
        assert_eq!(names(folder.path()), ["a.txt"], "{args:?}");
    }
}

#[test]
fn an_output_that_failed_leaves_the_old_file() {
    let folder = folder();
    fs::write(folder.path().join("out.jsonl"), "old").expect("a file");
    dateline(folder.path(), &["extract", "missing", "-o", "out.jsonl"], b"");
    assert_eq!(fs::read(folder.path().join("out.jsonl")).expect("a file"), b"old");
}

#[test]
fn what_is_left_out_is_two_and_told() {
    let folder = folder();
    let lines =
        b"{\"text\":\"Good.\"}\nnot json\n\n{\"title\":\"no text\"}\n{\"text\":\"\xff\"\n{\"text\":\"Last.\"}\n";
    let output = dateline(folder.path(), &["normalize", "-"], &[&b"{\"text\":\"First.\"}\n"[..], lines].concat());
    assert_eq!(status(&output), Some(2));
    let told = stderr(&output);
    for part in ["stdin:3: bad_json", "stdin:5: missing_field", "stdin:6: bad_utf8", "left out: 3 ("] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let output = dateline(folder.path(), &["normalize", "-q", "-"], lines);
    assert_eq!((status(&output), stderr(&output).as_str()), (Some(2), ""), "a quiet run only has its status");
}

#[test]
fn dead_letters_say_what_and_where() {
    let folder = folder();
    fs::write(folder.path().join("a.jsonl"), format!("not json\n{{\"text\":\"{}\"}}\n", "x".repeat(600)))
        .expect("a file");
    let args = ["extract", "a.jsonl", "-o", "o", "--dead-letters", "dead.jsonl", "--max-record", "500B"];
    let output = dateline(folder.path(), &args, b"");
    assert_eq!(status(&output), Some(2));
    assert!(stderr(&output).contains("left out: 2 (1 bad_json, 1 too_large)"), "{}", stderr(&output));
    let letters = fs::read_to_string(folder.path().join("dead.jsonl")).expect("the dead letters");
    let letters: Vec<serde_json::Value> =
        letters.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    assert_eq!(letters.len(), 2);
    assert_eq!((&letters[0]["source"], &letters[0]["raw"]), (&"a.jsonl".into(), &"not json".into()));
    assert_eq!((&letters[1]["line"], &letters[1]["offset"], &letters[1]["bytes"]), (&2.into(), &9.into(), &611.into()));
    assert_eq!(letters[1]["raw"].as_str().map(str::len), Some(200));
}

#[test]
fn named_fields_are_used_and_a_wrong_name_is_told_at_once() {
    let folder = folder();
    fs::write(folder.path().join("a.jsonl"), "{\"doc\":{\"body\":\"A text.\"},\"n\":1}\n").expect("a file");
    let right = dateline(folder.path(), &["normalize", "a.jsonl", "--text-field", "doc.body", "-o", "o"], b"");
    assert_eq!(status(&right), Some(0), "{}", stderr(&right));
    let wrong = dateline(folder.path(), &["normalize", "a.jsonl", "--text-field", "story", "-o", "o"], b"");
    assert_eq!(status(&wrong), Some(2));
    assert!(stderr(&wrong).contains("no string under the key `story`"), "{}", stderr(&wrong));
}

#[test]
fn an_empty_input_is_no_error() {
    let folder = folder();
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    for (input, args) in [(&b""[..], ["extract", "-"]), (b"\n\n", ["extract", "empty"])] {
        let output = dateline(folder.path(), &args, input);
        assert_eq!(status(&output), Some(0));
        assert!(stderr(&output).contains("no documents found"));
    }
}

#[test]
fn names_are_found_alone_and_counted_in_code_points() {
    let folder = folder();
    std::fs::write(folder.path().join("own.tsv"), "name\ttype\tid\nGrey Heron\tFAC\tV-17\n@heron\tFAC\tV-18\n")
        .expect("a list");
    let text = "{\"id\":\"1\",\"text\":\"Señora Ruiz saw the Grey Heron.\"}\n{\"id\":\"2\",\"text\":\"from @heron\"}\n";
    let output = dateline(folder.path(), &["gazetteer", "find", "-", "--gazetteer", "own.tsv"], text.as_bytes());
    assert_eq!(status(&output), Some(0), "{}", stderr(&output));
    let lines = String::from_utf8(output.stdout).expect("lines are UTF-8");
    let ship = r#"{"start":20,"end":30,"text":"Grey Heron","name":"Grey Heron","type":"FAC","list_id":"V-17","list":"own.tsv"}"#;
    let handle =
        r#"{"start":5,"end":11,"text":"@heron","name":"@heron","type":"FAC","list_id":"V-18","list":"own.tsv"}"#;
    let (first, second) = lines.split_once('\n').expect("two lines");
    assert!(first.starts_with("{\"id\":\"1\",\"names\":[") && first.contains(ship), "{first}");
    assert_eq!(second, format!("{{\"id\":\"2\",\"names\":[{handle}]}}\n"));
}

#[test]
fn threads_do_not_show_in_the_output() {
    let folder = folder();
    let made = dateline(folder.path(), &["generate", "--size", "3MB", "--seed", "3", "-o", "in.jsonl.zst"], b"");
    assert_eq!(status(&made), Some(0), "{}", stderr(&made));
    for job in ["extract", "normalize", "segment"] {
        let run = |threads| {
            let output = dateline(folder.path(), &[job, "in.jsonl.zst", "-j", threads], b"");
            assert_eq!(status(&output), Some(0), "{}", stderr(&output));
            output.stdout
        };
        let one = run("1");
        assert!(one == run("2") && one == run("8"), "{job}");
    }
}

#[test]
fn a_pipe_is_one_source_as_a_file_is() {
    let folder = folder();
    let flashes = [
        "The coach praised theferry crew on Monday.",
        "The unionblamed heavy rain on Monday.",
        "Villagers left their winter camp onMonday.",
        "A retired judge soldthe last power plant.",
        "Doctors closed a newmarket after the storm.",
        "Two ministersopened the old bridge at noon.",
        "Nobody visitedthe small school last year.",
        "The port office met itscrew in the town hall.",
    ];
    let lines: String = flashes.iter().map(|text| format!("{{\"text\":\"{text}\",\"id\":\"a\"}}\n")).collect();
    fs::write(folder.path().join("in.jsonl"), &lines).expect("a file");
    let run = |input: &str, scope: &str| {
        let output = dateline(folder.path(), &["normalize", input, "--repair-scope", scope], lines.as_bytes());
        assert_eq!(status(&output), Some(0), "{}", stderr(&output));
        String::from_utf8(output.stdout).expect("text")
    };
    assert!(run("-", "document").contains("theferry"));
    let together = run("-", "source");
    assert!(together.contains("the ferry") && together.contains("a new market"), "{together}");
    assert_eq!(together, run("in.jsonl", "source"));
}

#[test]
fn compressed_output_is_the_same_output() {
    let folder = folder();
    for name in ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"] {
        let output = dateline(folder.path(), &["generate", "--size", "300kB", "-o", name], b"");
        assert_eq!(status(&output), Some(0), "{}", stderr(&output));
    }
    let read = |name: &str| fs::read(folder.path().join(name)).expect("a file");
    let plain = read("a.jsonl");
    let mut unpacked = Vec::new();
    flate2::read::MultiGzDecoder::new(&*read("a.jsonl.gz")).read_to_end(&mut unpacked).expect("gzip");
    assert!(unpacked == plain);
    assert!(zstd::decode_all(&*read("a.jsonl.zst")).expect("zstd") == plain);
}

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["generate", "--size", "50MB"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdout = child.stdout.take().expect("a pipe");
    stdout.read_exact(&mut [0; 1000]).expect("it writes");
    drop(stdout);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((status(&output), stderr(&output).as_str()), (Some(0), ""));
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_not_replaced() {
    let folder = folder();
    let output = dateline(folder.path(), &["extract", "-", "-o", "/dev/null"], b"Plain text from a pipe.");
    assert_eq!(status(&output), Some(0), "{}", stderr(&output));
    assert!(!fs::metadata("/dev/null").expect("it is there").is_file());
}

#[test]
fn help_has_examples_and_is_no_error() {
    let folder = folder();
    for (args, part) in [
        (&["--help"][..], "Examples:"),
        (&["extract", "--help"], "--dead-letters"),
        (&["--version"], "dateline"),
        (&["completions", "bash"], "_dateline"),
        (&["man"], ".TH dateline"),
    ] {
        let output = dateline(folder.path(), args, b"");
        assert_eq!(status(&output), Some(0), "{args:?}");
        assert!(String::from_utf8_lossy(&output.stdout).contains(part), "{args:?}");
    }
}

#[test]
fn the_bench_measures_every_stage() {
    let folder = folder();
    let args = ["bench", "--generate", "100kB", "--rounds", "1", "-j2", "--vs-aho-corasick", "--json"];
    let output = dateline(folder.path(), &args, b"");
    assert_eq!(status(&output), Some(0), "{}", stderr(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("an object");
    let names: Vec<_> =
        report["stages"].as_array().expect("stages").iter().filter_map(|stage| stage["name"].as_str()).collect();
    assert_eq!(names[..3], ["read", "whole", "to tokens"]);
    assert_eq!(names[names.len() - 3..], ["to emit", "whole, 2 threads", "aho-corasick"]);
    assert!(report["whole_to_aho_corasick"].as_f64().is_some_and(|ratio| ratio > 0.0));
}

#[test]
fn open_dates_lie_on_the_side_that_is_preferred() {
    let folder = folder();
    let line = b"{\"id\":\"1\",\"published\":\"2024-03-13\",\"text\":\"The fair opens on Friday.\"}\n";
    for (side, day) in [("past", "2024-03-08"), ("nearest", "2024-03-08"), ("future", "2024-03-15")] {
        let output = dateline(folder.path(), &["extract", "-", "--prefer", side], line);
        let records = String::from_utf8_lossy(&output.stdout);
        assert!(records.contains(&format!("\"value\":\"{day}\"")), "{side}: {records}");
    }
    assert_eq!(status(&dateline(folder.path(), &["extract", "-", "--prefer", "never"], line)), Some(1));
}

#[test]
fn dates_are_read_as_asked() {
    let folder = folder();
    for (flag, text, value) in [
        ("--vague", "It is now shut.", "PRESENT_REF"),
        ("--day-first", "It shut on 3/4/2024.", "2024-04-03"),
        ("--narrative", "They met on 9 April 1950. On Friday they left.", "1950-04-07"),
    ] {
        let line = format!("{{\"id\":\"1\",\"published\":\"2024-03-13\",\"text\":\"{text}\"}}\n");
        let records = |flags: &[&str]| {
            let output = dateline(folder.path(), &[&["extract", "-"], flags].concat(), line.as_bytes());
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        let value = format!("\"value\":\"{value}\"");
        assert!(records(&[flag]).contains(&value) && !records(&[]).contains(&value), "{flag}: {}", records(&[flag]));
    }
}

#[test]
fn spans_of_a_page_count_in_its_text_as_received() {
    let folder = folder();
    let page = b"<html><head><title>Talks</title><meta name='date' content='2025-03-04'></head><body><p>Ana Rojas met \
                 Tom\xc3\x83\xc2\xa1s\nG\xc3\x83\xc2\xb3mez of AT&amp;T in <b>Bogot</b>&aacute; on Monday.</p><p>Rojas left.</p></body></html>";
    fs::write(folder.path().join("page.html"), page).expect("a file");
    let received = dateline(folder.path(), &["normalize", "--received", "."], b"").stdout;
    let received: serde_json::Value = serde_json::from_slice(&received).expect("JSON");
    let text: Vec<char> = received["text"].as_str().expect("a text").chars().collect();
    assert_eq!(received["text"], "Ana Rojas met TomÃ¡s GÃ³mez of AT&T in Bogotá on Monday.\n\nRojas left.");

    let records = dateline(folder.path(), &["extract", "page.html"], b"").stdout;
    let records = String::from_utf8(records).expect("records are UTF-8");
    let mut records = records.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    let document = records.next().expect("a document");
    assert_eq!((&document["published"], &document["title"]), (&"2025-03-04".into(), &"Talks".into()));
    assert_eq!(document["warnings"], serde_json::json!(["html", "mojibake"]));
    let mut names = Vec::new();
    for entity in records.filter(|record| record["kind"] == "entity") {
        for mention in entity["mentions"].as_array().expect("mentions") {
            let at = |i: usize| mention["span"][i].as_u64().expect("a code point") as usize;
            assert_eq!(text[at(0)..at(1)].iter().collect::<String>(), mention["text"].as_str().expect("a text"));
        }
        names.push(entity["name"].as_str().expect("a name").to_owned());
    }
    assert!(names.iter().any(|name| name == "Tomás Gómez") && names.iter().any(|name| name == "Bogotá"), "{names:?}");
}

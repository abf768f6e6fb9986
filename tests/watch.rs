//! What a run tells of itself, options from files, and runs in parts.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::dateline;

/// Some made-up articles in the folder: lines, packed lines, a text and lines without a document among them.
fn articles(folder: &Path) {
    dateline(folder, &["generate", "--size", "200kB", "-o", "a.jsonl"], b"");
    dateline(folder, &["generate", "--size", "60kB", "--seed", "3", "-o", "b.jsonl.gz"], b"");
    fs::write(folder.join("c.txt"), "Ilze Kalna came to Riga on Sunday.").expect("a file");
    fs::write(folder.join("d.jsonl"), "{\"text\":\"One.\"}\nnone\n\n{\"text\":\"Two.\"}").expect("a file");
}

const INPUTS: [&str; 4] = ["a.jsonl", "b.jsonl.gz", "c.txt", "d.jsonl"];

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

#[test]
fn parts_of_the_inputs_are_together_the_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    articles(folder);
    for view in [&[][..], &["--view", "gdelt"]] {
        let run = |more: &[&str]| dateline(folder, &[&["extract"], &INPUTS[..], view, more].concat(), b"");
        let whole = run(&[]).stdout;
        for of in [1, 2, 3, 7] {
            let parts: Vec<u8> = (1..=of).flat_map(|part| run(&["--shard", &format!("{part}/{of}")]).stdout).collect();
            assert!(parts == whole, "{of} parts with {view:?}");
        }
    }
    let refused = dateline(folder, &["extract", "a.jsonl", "--shard", "1/2", "--duplicates", "near"], b"");
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--duplicates needs all documents"));
}

#[test]
fn a_file_of_options_is_as_good_as_flags() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    articles(folder);
    let flags = ["extract", "a.jsonl", "c.txt", "--repairs", "--explain", "--prefer", "future", "-o", "flags.jsonl"];
    assert_eq!(dateline(folder, &flags, b"").status.code(), Some(0));
    let text = "inputs = [\"a.jsonl\", \"c.txt\"]\nrepairs = true\nexplain = true\nprefer = \"past\"\noutput = \"file.jsonl\"\n";
    fs::write(folder.join("dateline.toml"), text).expect("a file");
    assert_eq!(dateline(folder, &["extract", "--prefer", "future"], b"").status.code(), Some(0));
    assert!(read(folder, "file.jsonl") == read(folder, "flags.jsonl"));

    fs::rename(folder.join("dateline.toml"), folder.join("other.toml")).expect("renamed");
    let named = ["extract", "--config", "other.toml", "--prefer", "future", "-o", "named.jsonl"];
    assert_eq!(dateline(folder, &named, b"").status.code(), Some(0));
    assert!(read(folder, "named.jsonl") == read(folder, "flags.jsonl"));

    fs::write(folder.join("dateline.toml"), "\nreparis = true\n").expect("a file");
    let output = dateline(folder, &["extract", "a.jsonl"], b"");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("dateline.toml:2") && told.contains("is `repairs` meant?"), "{told}");
}

#[test]
fn a_dry_run_tells_what_would_be_read_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    articles(folder);
    fs::write(folder.join("e.jsonl"), "{\"url\":\"u\",\"Content\":\"Text.\",\"date\":\"2024-01-01\"}\n")
        .expect("a file");
    let args = [&["extract", "--dry-run", "-o", "out.jsonl", "e.jsonl"], &INPUTS[..]].concat();
    let output = dateline(folder, &args, b"");
    assert_eq!((output.status.code(), folder.join("out.jsonl").exists()), (Some(0), false));
    let table = String::from_utf8_lossy(&output.stdout);
    for part in [
        "JSON lines plain",
        "JSON lines gzip",
        "text plain",
        "id from url, id",
        "text from Content, text",
        "to out.jsonl",
    ] {
        assert!(table.contains(part), "{part} in\n{table}");
    }
    let output = dateline(folder, &[&args[..], &["--json"]].concat(), b"");
    let plan: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(plan["inputs"][0]["files"], 3);
    assert_eq!(plan["inputs"][0]["fields"]["date"][0], "date");
    assert!(plan["inputs"][0]["wrong"].as_str().is_some_and(|wrong| wrong.contains("d.jsonl:2")), "{plan}");
}

#[test]
fn a_run_tells_what_it_did() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    articles(folder);
    let told = ["--stats", "s.json", "--metrics-textfile", "m.prom", "--log", "l.jsonl", "--log-level", "debug"];
    let args = [&["extract", "-j2", "-o", "out.jsonl", "--max-rejects", "50%"], &INPUTS[..], &told].concat();
    assert_eq!(dateline(folder, &args, b"").status.code(), Some(2));
    let stats: Value = serde_json::from_str(&read(folder, "s.json")).expect("JSON");
    let written = read(folder, "out.jsonl").lines().filter(|line| line.starts_with("{\"kind\":\"document\"")).count();
    assert_eq!(stats["documents"]["written"], written);
    assert_eq!(stats["documents"]["all"], written + 1);
    assert_eq!(stats["documents"]["rejected"]["bad_json"], 1);
    let stored: u64 = INPUTS.iter().map(|name| fs::metadata(folder.join(name)).expect("a file").len()).sum();
    assert_eq!(stats["bytes_read"], stored);
    assert_eq!(stats["output"][0]["bytes"], fs::metadata(folder.join("out.jsonl")).expect("a file").len());
    for (part, key) in [
        ("seconds", "cpu"),
        ("seconds_busy", "workers"),
        ("seconds_by_station", "events"),
        ("high_water", "budget_bytes"),
    ] {
        assert!(stats[part][key].as_f64().is_some_and(|value| value > 0.0), "{part} {key}: {stats}");
    }
    let metrics = read(folder, "m.prom");
    assert!(
        metrics.contains(&format!("\ndateline_documents_total {written}\n"))
            && metrics.ends_with("dateline_running 0\n")
    );
    let log = read(folder, "l.jsonl");
    let log: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let messages: Vec<_> = log.iter().map(|line| line["message"].as_str().unwrap_or_default()).collect();
    assert_eq!(messages, ["run begins", "left out", "run ends"]);

    let again = dateline(folder, &["extract", "a.jsonl", "-o", "other.jsonl", "--stats", "t.json"], b"");
    assert_eq!(again.status.code(), Some(0));
    let other: Value = serde_json::from_str(&read(folder, "t.json")).expect("JSON");
    assert_ne!(other["inputs_hash"], stats["inputs_hash"]);
}

//! Folders of shards: what is in them, what happens to those of other runs, and that a run which is killed goes on to the
//! same bytes. `DATELINE_KILLS` asks for more kills than usual, `DATELINE_KILL_SEED` for those of another run.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::program::dateline;

/// Every file in a folder, by its path in it.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(inner) = open.pop() {
        for entry in fs::read_dir(inner).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it lies in the folder").to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

/// Made-up articles of several months, some of them without a date.
fn articles(folder: &Path, size: &str) {
    let made = dateline(folder, &["generate", "--size", size], b"").stdout;
    let mut lines = Vec::new();
    for (number, line) in String::from_utf8(made).expect("JSON").lines().enumerate() {
        let mut article: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let fields = article.as_object_mut().expect("an object");
        ["published", "date"].iter().for_each(|name| drop(fields.remove(*name)));
        if number % 5 > 0 {
            fields.insert("published".into(), format!("2026-{:02}-17", 1 + number % 5).into());
        }
        serde_json::to_writer(&mut lines, &article).expect("a vector takes everything");
        lines.push(b'\n');
        if number % 40 == 17 {
            lines.extend_from_slice(b"{\"text\": \"broken\n");
        }
    }
    fs::write(folder.join("in.jsonl"), lines).expect("a file");
}

fn extract(folder: &Path, output: &str, flags: &[&str]) -> (Option<i32>, String) {
    let args = [&["extract", "in.jsonl", "-q", "--max-rejects", "100%", "-o", output][..], flags].concat();
    let output = dateline(folder, &args, b"");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The lines of all shards, in order.
fn lines(folder: &Path) -> Vec<u8> {
    tree(folder).into_iter().filter(|(name, _)| name.contains("/part-")).flat_map(|(_, bytes)| bytes).collect()
}

fn names(tree: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    tree.keys().map(String::as_str).collect()
}

#[test]
fn shards_hold_all_lines_in_order_whatever_packs_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    articles(folder, "350kB");
    assert_eq!(extract(folder, "whole.jsonl", &[]).0, Some(2));
    let whole = fs::read(folder.join("whole.jsonl")).expect("a file");
    for (threads, memory) in [("1", "1MB"), ("3", "256MiB")] {
        let flags = ["--rotate", "100kB", "-j", threads, "--memory", memory];
        let output = format!("lines{threads}");
        assert_eq!(extract(folder, &output, &flags).0, Some(2));
        assert!(lines(&folder.join(&output)) == whole, "{threads} threads");
        extract(folder, &format!("months{threads}/"), &[&flags[..], &["--partition-by", "published-month"]].concat());
        #[cfg(feature = "parquet")]
        extract(folder, &format!("tables{threads}.parquet"), &flags);
        #[cfg(feature = "parquet")]
        extract(folder, &format!("tables{threads}.arrow"), &flags);
    }
    let shards = tree(&folder.join("lines1"));
    assert_eq!(
        names(&shards),
        [
            "_SUCCESS",
            "manifest.jsonl",
            "records/part-00000.jsonl",
            "records/part-00001.jsonl",
            "records/part-00002.jsonl",
            "records/part-00003.jsonl"
        ]
    );
    let months = tree(&folder.join("months1"));
    assert_eq!(months.len(), 2 + 4 * 5, "{:?}", names(&months));
    for (name, bytes) in months.iter().filter(|(name, _)| name.contains("/part-")) {
        let month = name.split(['=', '/']).nth(2).expect("a month");
        for line in std::str::from_utf8(bytes).expect("JSON").lines() {
            let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
            if record["kind"] == "document" {
                let published = record["published"].as_str().map_or("__HIVE_DEFAULT_PARTITION__", |day| &day[..7]);
                assert_eq!(published, month);
            }
        }
    }
    let sorted = |bytes: &[u8]| {
        let mut lines: Vec<&[u8]> = bytes.split(|&byte| byte == b'\n').collect();
        lines.sort();
        lines.concat()
    };
    assert!(sorted(&lines(&folder.join("months1"))) == sorted(&whole), "other lines by month");
    let endings: &[&str] = if cfg!(feature = "parquet") { &[".parquet", ".arrow"] } else { &[] };
    for (name, ending) in [("lines", ""), ("months", "")].into_iter().chain(endings.iter().map(|e| ("tables", *e))) {
        let [one, three] = ["1", "3"].map(|threads| tree(&folder.join(format!("{name}{threads}{ending}"))));
        assert_eq!(names(&one), names(&three));
        assert!(one == three, "{name}{ending}: the number of threads shows");
    }
}

#[test]
fn what_is_in_a_folder_is_not_lost_by_chance() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("in.jsonl"), "{\"id\":\"1\",\"text\":\"The ferry left on time.\"}\n").expect("a file");
    assert_eq!(extract(folder, "out/", &[]), (Some(0), String::new()));
    let before = tree(&folder.join("out"));
    let (status, told) = extract(folder, "out", &[]);
    assert_eq!(status, Some(1));
    assert!(told.contains("--overwrite"), "{told}");
    assert!(tree(&folder.join("out")) == before);
    assert_eq!(extract(folder, "out", &["--resume"]).0, Some(0), "that run is complete, and made anew");
    assert!(tree(&folder.join("out")) == before);

    fs::write(folder.join("in.jsonl"), "{\"id\":\"2\",\"text\":\"The ferry was late.\"}\n").expect("a file");
    fs::write(folder.join("out/notes.txt"), "mine").expect("a file");
    assert_eq!(extract(folder, "out", &["--overwrite", "--compress", "gz"]), (Some(0), String::new()));
    let after = tree(&folder.join("out"));
    assert_eq!(names(&after), ["_SUCCESS", "manifest.jsonl", "notes.txt", "records/part-00000.jsonl.gz"]);

    fs::create_dir(folder.join("mine")).expect("a folder");
    fs::write(folder.join("mine/notes.txt"), "mine").expect("a file");
    let (status, told) = extract(folder, "mine", &["--overwrite"]);
    assert_eq!(status, Some(1));
    assert!(told.contains("no output of dateline"), "{told}");
    assert_eq!(names(&tree(&folder.join("mine"))), ["notes.txt"]);
}

#[test]
fn a_run_without_documents_leaves_files_that_can_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("in.jsonl"), "").expect("a file");
    let endings: &[&str] = if cfg!(feature = "parquet") { &["jsonl", "parquet", "arrow"] } else { &["jsonl"] };
    for form in endings {
        assert_eq!(extract(folder, &format!("{form}/"), &["--format", form]).0, Some(0));
        let made = tree(&folder.join(form));
        let parts: Vec<_> = made.iter().filter(|(name, _)| name.contains("part-00000")).collect();
        assert_eq!(parts.len(), if *form == "jsonl" { 1 } else { 3 }, "{:?}", names(&made));
        assert!(parts.iter().all(|(_, bytes)| *form == "jsonl" || !bytes.is_empty()));
        assert!(made.contains_key("_SUCCESS"));
    }
}

#[cfg(unix)]
#[test]
fn shards_of_a_run_that_is_killed_are_the_same_bytes() {
    let number = |name: &str, usual: u64| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let (kills, seed) = (number("DATELINE_KILLS", 12), number("DATELINE_KILL_SEED", 1));
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    articles(folder, "700kB");
    let ways: &[&[&str]] = &[
        #[cfg(feature = "parquet")]
        &["--format", "parquet", "-j", "2"],
        &["--compress", "zst", "--partition-by", "published-month", "-j", "1"],
        #[cfg(feature = "parquet")]
        &["--format", "parquet", "--partition-by", "published-month", "--one-a-day", "-j", "2"],
    ];
    // Where the program dies, and how often that is passed at most.
    let places =
        [("read", 10), ("work", 300), ("write", 20), ("fsync", 30), ("rename", 30), ("manifest", 12), ("journal", 7)];
    let mut state = seed;
    let mut below = |end: u64| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) % end
    };
    let mut killed = 0;
    for (number, way) in ways.iter().enumerate() {
        let args = |output: &str| -> Vec<String> {
            let fixed = ["extract", "in.jsonl", "-q", "--max-rejects", "100%", "--rotate", "100kB"];
            let output = ["-o", output, "--dead-letters", &format!("{output}.dead")].map(str::to_owned);
            fixed.iter().chain(way.iter()).map(|word| (*word).to_owned()).chain(output).collect()
        };
        let (whole, out) = (format!("whole{number}"), format!("out{number}"));
        let begin = Instant::now();
        let run = dateline(folder, &args(&whole).iter().map(String::as_str).collect::<Vec<_>>(), b"");
        assert_eq!(run.status.code(), Some(2), "{}", String::from_utf8_lossy(&run.stderr));
        let time = begin.elapsed();
        let mut left = kills.div_ceil(ways.len() as u64);
        loop {
            let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
            command.args(args(&out)).arg("--resume").current_dir(folder);
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
            let (place, most) = places[below(places.len() as u64) as usize];
            let by_place = below(2) == 0;
            if left > 0 && by_place {
                command.env("DATELINE_FAILPOINT", format!("{place}:{}", 1 + below(most)));
            }
            let mut child = command.spawn().expect("the program starts");
            if left > 0 && !by_place {
                std::thread::sleep(time.mul_f64(below(1000) as f64 / 1000.0));
                let _ = child.kill();
            }
            let ended = child.wait_with_output().expect("it ends");
            if let Some(code) = ended.status.code() {
                let told = String::from_utf8_lossy(&ended.stderr);
                assert_eq!(code, 2, "seed {seed}, {way:?}: {told}");
                break;
            }
            (killed, left) = (killed + 1, left - 1);
            // As files have it after a power cut: what no line vouches for.
            let manifest = folder.join(&out).join("manifest.jsonl");
            if below(2) == 0 && manifest.exists() {
                let mut file = fs::OpenOptions::new().append(true).open(manifest).expect("a file");
                file.write_all(b"{\"crc32\":\"00000000\",\"shard\":0,").expect("room");
            }
        }
        let (one, other) = (tree(&folder.join(&whole)), tree(&folder.join(&out)));
        assert_eq!(names(&one), names(&other), "seed {seed}, {way:?}");
        assert!(one.len() > 8 && one == other, "seed {seed}, {way:?}");
        let dead = |name: &str| fs::read(folder.join(format!("{name}.dead"))).expect("a file");
        assert!(!dead(&whole).is_empty() && dead(&whole) == dead(&out), "seed {seed}, {way:?}: other dead letters");
        let hidden = names(&tree(folder)).iter().filter(|name| name.contains(".out") || name.contains(".tmp")).count();
        assert_eq!(hidden, 0, "something is left behind");
    }
    println!("{killed} kills, 0 mismatches");
}

//! Everything that goes wrong outside: each case ends in dead letters or in a clean exit, never in a hang, never with
//! wrong bytes, and all good documents come out.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Longer than any run here takes, however busy the machine.
const HUNG: Duration = Duration::from_secs(120);

/// Runs a command in `folder` with `input` on its standard input; panics when it does not end.
fn run(mut command: Command, folder: &Path, input: &[u8]) -> Output {
    command.current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let (mut stdin, input) = (child.stdin.take().expect("a pipe"), input.to_vec());
    // It may end before it has read everything.
    thread::spawn(move || drop(stdin.write_all(&input)));
    let id = child.id().to_string();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(child.wait_with_output()));
    match receiver.recv_timeout(HUNG) {
        Ok(output) => output.expect("it ends"),
        Err(_) => {
            let _ = Command::new("kill").args(["-9", &id]).status();
            panic!("the program hangs: {command:?}");
        }
    }
}

fn dateline(folder: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(args);
    run(command, folder, input)
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Lines of articles with ids from `first` on.
fn lines(first: usize, count: usize) -> String {
    (first..first + count)
        .map(|n| {
            format!("{{\"id\":\"{n}\",\"text\":\"Ana Rojas met the mayor of Riga on Monday, for the {n}th time.\"}}\n")
        })
        .collect()
}

/// Ids of the documents of which there are records.
fn ids(records: &[u8]) -> Vec<String> {
    let id = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).expect("records are JSON");
        value["id"].as_str().expect("an id").to_owned()
    };
    std::str::from_utf8(records).expect("records are UTF-8").lines().map(id).collect()
}

/// What comes of some bytes in a file of this name: ids of good documents, reasons of dead letters, exit status.
fn comes_of(name: &str, bytes: &[u8], flags: &[&str]) -> (Vec<String>, Vec<String>, Option<i32>) {
    let folder = folder();
    fs::write(folder.path().join(name), bytes).expect("a file");
    let args = [&["normalize", name, "-o", "out.jsonl", "--dead-letters", "dead.jsonl"], flags].concat();
    let output = dateline(folder.path(), &args, b"");
    let records = fs::read(folder.path().join("out.jsonl")).unwrap_or_default();
    let letters = fs::read_to_string(folder.path().join("dead.jsonl")).unwrap_or_default();
    let reason = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).expect("dead letters are JSON");
        value["reason"].as_str().expect("a reason").to_owned()
    };
    (ids(&records), letters.lines().map(reason).collect(), output.status.code())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("a vector takes everything");
    encoder.finish().expect("a vector takes everything")
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("a vector takes everything")
}

#[test]
fn a_bad_line_costs_itself() {
    let (before, after) = (lines(0, 3), lines(3, 3));
    let cases: [(&str, &[u8], &[&str]); 8] = [
        ("no JSON", b"no JSON at all", &["bad_json"]),
        ("another kind of JSON", b"[1, 2, 3]", &["bad_json"]),
        ("broken off", b"{\"id\":\"x\",\"text\":\"and th", &["bad_json"]),
        ("no text", b"{\"id\":\"x\",\"title\":\"T\"}", &["missing_field"]),
        ("zeros", b"\0\0\0\0\0\0\0\0", &["bad_json"]),
        ("too long", &[b'x'; 3 << 20], &["too_large"]),
        ("blank", b"  \t ", &[]),
        ("an end of line of its own", b"\r", &[]),
    ];
    for (name, bad, reasons) in cases {
        let bytes = [before.as_bytes(), bad, b"\n", after.as_bytes()].concat();
        for (name, bytes) in [("a.jsonl", bytes.clone()), ("a.jsonl.gz", gzip(&bytes)), ("a.jsonl.zst", zst(&bytes))] {
            let (good, dead, status) = comes_of(name, &bytes, &["--max-record", "1MB"]);
            assert_eq!(good, ["0", "1", "2", "3", "4", "5"], "{name}");
            assert_eq!(dead, reasons, "{name}");
            assert_eq!(status, Some(if reasons.is_empty() { 0 } else { 2 }), "{name}");
        }
        assert!(!name.is_empty());
    }
}

#[test]
fn odd_lines_are_read() {
    let text = "The ferry left.";
    let cases: [(&str, Vec<u8>); 6] = [
        ("a mark of the order of bytes", format!("\u{feff}{{\"id\":\"0\",\"text\":\"{text}\"}}\n").into()),
        ("ends of lines of another system", format!("{{\"id\":\"0\",\"text\":\"{text}\"}}\r\n").into()),
        ("no end of the last line", format!("{{\"id\":\"0\",\"text\":\"{text}\"}}").into()),
        ("bytes that are not UTF-8", [b"{\"id\":\"0\",\"text\":\"caf\xe9 ", text.as_bytes(), b"\"}\n"].concat()),
        ("a zero in the text", format!("{{\"id\":\"0\",\"text\":\"{text}\\u0000\"}}\n").into()),
        ("a key twice", format!("{{\"id\":\"9\",\"text\":\"no\",\"id\":\"0\",\"text\":\"{text}\"}}\n").into()),
    ];
    for (name, bytes) in cases {
        let (good, dead, status) = comes_of("a.jsonl", &bytes, &[]);
        assert_eq!(good.len(), 1, "{name}");
        assert_eq!((dead.len(), status), (0, Some(0)), "{name}");
    }
}

#[test]
fn what_is_packed_and_torn_gives_what_came_before() {
    let text = lines(0, 2000);
    for (name, packed) in [("a.jsonl.gz", gzip(text.as_bytes())), ("a.jsonl.zst", zst(text.as_bytes()))] {
        let torn = &packed[..packed.len() * 2 / 3];
        let (good, dead, status) = comes_of(name, torn, &[]);
        let expected: Vec<_> = (0..good.len()).map(|n| n.to_string()).collect();
        assert_eq!(good, expected, "{name}: the first ones, and no wrong ones");
        assert_eq!((dead, status), (vec!["unreadable".to_owned()], Some(2)), "{name}");

        let mut corrupt = packed.clone();
        let middle = corrupt.len() / 2;
        corrupt[middle..middle + 8].iter_mut().for_each(|byte| *byte ^= 0x55);
        let (_, dead, status) = comes_of(name, &corrupt, &["--max-rejects", "100%"]);
        assert_eq!(status, Some(2), "{name}: {dead:?}");
    }
}

#[test]
fn a_bomb_is_a_long_line() {
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).expect("an encoder");
    let zeros = vec![b' '; 1 << 20];
    encoder.write_all(lines(0, 1).as_bytes()).expect("a vector takes everything");
    encoder.write_all(b"{\"text\":\"").expect("a vector takes everything");
    (0..500).for_each(|_| encoder.write_all(&zeros).expect("a vector takes everything"));
    encoder.write_all(b"\"}\n").expect("a vector takes everything");
    encoder.write_all(lines(1, 1).as_bytes()).expect("a vector takes everything");
    let bomb = encoder.finish().expect("a vector takes everything");
    assert!(bomb.len() < 1 << 20);
    let (good, dead, status) = comes_of("a.jsonl.zst", &bomb, &["--max-record", "1MB"]);
    assert_eq!((good.len(), dead, status), (2, vec!["too_large".to_owned()], Some(2)));
}

#[test]
fn very_many_tiny_documents_are_all_there() {
    let many: String = (0..200_000).map(|n| format!("{{\"id\":{n},\"text\":\"\"}}\n")).collect();
    let (good, dead, status) = comes_of("a.jsonl", many.as_bytes(), &["--memory", "1MB", "-j2"]);
    assert!(good.iter().enumerate().all(|(n, id)| *id == n.to_string()));
    assert_eq!((good.len(), dead.len(), status), (200_000, 0, Some(0)));
}

#[cfg(target_os = "linux")]
#[test]
fn an_input_that_cannot_be_read_costs_itself() {
    let folder = folder();
    let names: Vec<String> = (0..10).map(|n| format!("{n}.jsonl")).collect();
    for (n, name) in names.iter().enumerate() {
        let path = folder.path().join(name);
        match n {
            // A file by all appearances; reading it fails, also for who may read everything.
            3 => std::os::unix::fs::symlink("/proc/self/mem", path).expect("a link"),
            _ => fs::write(path, lines(n, 1)).expect("a file"),
        }
    }
    let mut args = vec!["normalize", "-o", "out.jsonl", "--dead-letters", "dead.jsonl"];
    args.extend(names.iter().map(String::as_str));
    let output = dateline(folder.path(), &args, b"");
    let good = ids(&fs::read(folder.path().join("out.jsonl")).expect("records"));
    assert_eq!(good, ["0", "1", "2", "4", "5", "6", "7", "8", "9"]);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(fs::read_to_string(folder.path().join("dead.jsonl")).expect("letters").contains("\"3.jsonl\""));
}

#[test]
fn an_input_that_changes_while_it_is_read_gives_what_was_there() {
    for shrinks in [true, false] {
        let folder = folder();
        let path = folder.path().join("a.jsonl");
        let (first, later) = (lines(0, 60_000), lines(60_000, 5_000));
        fs::write(&path, &first).expect("a file");
        let change = {
            let path = path.clone();
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(30));
                let mut file = fs::OpenOptions::new().append(true).open(path).expect("a file");
                if shrinks {
                    file.set_len(first.len() as u64 / 3).expect("a file");
                } else {
                    file.write_all(later.as_bytes()).expect("room");
                }
            })
        };
        let args = ["normalize", "a.jsonl", "-o", "out.jsonl", "-j1", "--memory", "1MB"];
        let output = dateline(folder.path(), &args, b"");
        change.join().expect("no panic");
        assert!(matches!(output.status.code(), Some(0 | 2)), "{}", told(&output));
        let good = ids(&fs::read(folder.path().join("out.jsonl")).expect("records"));
        assert!(good.iter().enumerate().all(|(n, id)| *id == n.to_string()), "in order, and none is missing");
        assert!(shrinks || good.len() >= 60_000);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_that_is_full_ends_the_run() {
    let folder = folder();
    fs::write(folder.path().join("a.jsonl"), lines(0, 20_000)).expect("a file");
    for memory in ["1kB", "64MB"] {
        let args = ["normalize", "a.jsonl", "-o", "/dev/full", "-j2", "--memory", memory];
        let output = dateline(folder.path(), &args, b"");
        assert_eq!(output.status.code(), Some(1));
        assert!(told(&output).contains("/dev/full"), "{}", told(&output));
    }
}

/// Runs the program where no file may grow beyond so many bytes.
#[cfg(unix)]
fn limited(folder: &Path, bytes: usize, args: &[&str]) -> Output {
    let mut command = Command::new("sh");
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", bytes / 512);
    command.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_dateline")]).args(args);
    run(command, folder, b"")
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_leaves_a_run_to_go_on_with() {
    for name in ["out.jsonl", "out.jsonl.zst"] {
        let folder = folder();
        let read = |name: &str| fs::read(folder.path().join(name)).expect("a file");
        fs::write(folder.path().join("a.jsonl"), lines(0, 30_000)).expect("a file");
        let args = ["extract", "a.jsonl", "-o", name, "--checkpoint-every", "0", "-j2"];
        let whole = dateline(folder.path(), &args, b"");
        assert_eq!(whole.status.code(), Some(0), "{}", told(&whole));
        let expected = read(name);
        fs::remove_file(folder.path().join(name)).expect("it was there");

        let resumed = [&args[..], &["--resume"]].concat();
        let full = limited(folder.path(), expected.len() * 2 / 3, &[&args[..], &["--memory", "100kB"]].concat());
        assert_eq!(full.status.code(), Some(1), "{}", told(&full));
        assert!(told(&full).contains("--resume"), "{}", told(&full));
        assert!(!folder.path().join(name).exists());

        let other = dateline(folder.path(), &[&resumed[..], &["--vague"]].concat(), b"");
        assert_eq!(other.status.code(), Some(1));
        assert!(told(&other).contains("--vague was `false` and is `true`"), "{}", told(&other));

        let again = dateline(folder.path(), &[&resumed[..], &["-v"]].concat(), b"");
        assert_eq!(again.status.code(), Some(0), "{}", told(&again));
        assert!(told(&again).contains("30000 read = 30000 written + 0 left out"), "{}", told(&again));
        let unpacked =
            |bytes: Vec<u8>| if name.ends_with("zst") { zstd::decode_all(&*bytes).expect("zstd") } else { bytes };
        assert!(unpacked(read(name)) == unpacked(expected));
    }
}

#[cfg(unix)]
#[test]
fn an_input_that_is_another_one_is_not_gone_on_with() {
    let folder = folder();
    let path = folder.path().join("a.jsonl");
    fs::write(&path, lines(0, 30_000)).expect("a file");
    let args = ["normalize", "a.jsonl", "-o", "out.jsonl", "--checkpoint-every", "0", "--resume"];
    let full = limited(folder.path(), 1 << 20, &args);
    assert_eq!(full.status.code(), Some(1), "{}", told(&full));
    fs::write(&path, lines(1, 30_000)).expect("a file");
    let other = dateline(folder.path(), &args, b"");
    assert_eq!(other.status.code(), Some(1));
    assert!(told(&other).contains("a.jsonl has changed"), "{}", told(&other));
    let anew = dateline(folder.path(), &args[..args.len() - 1], b"");
    assert_eq!(anew.status.code(), Some(0), "{}", told(&anew));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2, "nothing else is left");
}

#[test]
fn a_pipe_that_closes_ends_the_run_quietly() {
    let folder = folder();
    fs::write(folder.path().join("a.jsonl"), lines(0, 30_000)).expect("a file");
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["normalize", "a.jsonl", "--memory", "10kB"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdout = child.stdout.take().expect("a pipe");
    stdout.read_exact(&mut [0; 100]).expect("it writes");
    drop(stdout);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), told(&output).as_str()), (Some(0), ""));
}

#[test]
fn one_run_at_a_time_writes_a_file() {
    let folder = folder();
    let mut first = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["normalize", "-", "-o", "out.jsonl"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .spawn()
        .expect("the program starts");
    while !folder.path().join(".out.jsonl.part").exists() {
        thread::sleep(Duration::from_millis(5));
    }
    let second = dateline(folder.path(), &["normalize", "-", "-o", "out.jsonl"], lines(0, 1).as_bytes());
    assert_eq!(second.status.code(), Some(1));
    assert!(told(&second).contains("is writing this"), "{}", told(&second));
    first.stdin.take().expect("a pipe").write_all(lines(7, 1).as_bytes()).expect("it reads");
    assert!(first.wait().expect("it ends").success());
    assert_eq!(ids(&fs::read(folder.path().join("out.jsonl")).expect("records")), ["7"]);
}

#[cfg(unix)]
#[test]
fn a_signal_ends_the_run_so_that_it_can_go_on() {
    let folder = folder();
    let made = dateline(folder.path(), &["generate", "--size", "20MB", "-o", "a.jsonl"], b"");
    assert!(made.status.success());
    let args = ["normalize", "a.jsonl", "-o", "out.jsonl", "-j1"];
    assert!(dateline(folder.path(), &args, b"").status.success());
    let expected = fs::read(folder.path().join("out.jsonl")).expect("records");
    fs::remove_file(folder.path().join("out.jsonl")).expect("it was there");
    let written = || fs::metadata(folder.path().join(".out.jsonl.part")).map_or(0, |about| about.len());
    for (signal, times) in [("-INT", 1), ("-TERM", 1), ("-INT", 2)] {
        let before = written();
        let child = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(args)
            .args(["--resume", "--memory", "1MB"])
            .current_dir(folder.path())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        while written() <= before {
            thread::sleep(Duration::from_millis(1));
        }
        for _ in 0..times {
            let id = child.id().to_string();
            assert!(Command::new("kill").args([signal, &id]).status().expect("kill").success());
        }
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(130), "{signal}: {}", told(&output));
        assert!(times > 1 || told(&output).contains("go on with: ") && told(&output).contains(" --resume"));
        assert!(!folder.path().join("out.jsonl").exists());
    }
    let last = dateline(folder.path(), &[&args[..], &["--resume"]].concat(), b"");
    assert_eq!(last.status.code(), Some(0), "{}", told(&last));
    assert!(fs::read(folder.path().join("out.jsonl")).expect("records") == expected);
}

#[test]
fn a_wrong_field_ends_the_run_soon_and_what_is_done_about_bad_lines_can_be_said() {
    let folder = folder();
    fs::write(folder.path().join("a.jsonl"), lines(0, 5000)).expect("a file");
    let some_bad = format!("{}not JSON\n{}", lines(0, 10), lines(10, 10));
    fs::write(folder.path().join("b.jsonl"), some_bad).expect("a file");
    let run = |args: &[&str]| {
        let output = dateline(folder.path(), &[&["normalize"], args, &["-o", "out.jsonl"]].concat(), b"");
        (output.status.code(), told(&output))
    };
    let (status, text) = run(&["a.jsonl", "--text-field", "story"]);
    assert_eq!(status, Some(1));
    assert!(text.contains("more than --max-rejects 1%") && text.contains("no string under the key `story`"), "{text}");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2 + usize::from(text.contains("--resume")) * 2);

    assert_eq!(run(&["a.jsonl", "--text-field", "story", "--max-rejects", "100%"]).0, Some(2));
    assert_eq!(run(&["b.jsonl"]).0, Some(2));
    assert_eq!(run(&["b.jsonl", "--max-rejects", "0"]).0, Some(1));
    assert_eq!(run(&["b.jsonl", "--on-error", "skip"]).0, Some(0));
    let (status, text) = run(&["b.jsonl", "--on-error", "fail"]);
    assert_eq!(status, Some(1));
    assert!(text.contains("b.jsonl:11: bad_json"), "{text}");
}

#[test]
fn what_was_put_aside_is_tried_again() {
    let folder = folder();
    let odd = "{\"id\":\"x\",\"story\":\"The ferry left.\"}\n{\"id\":\"y\",\"story\":\"It came back.\"}\n";
    fs::write(folder.path().join("a.jsonl"), format!("{}{odd}no JSON\n{}", lines(0, 3), lines(3, 3))).expect("a file");
    fs::write(folder.path().join("b.jsonl.gz"), gzip(format!("{}{odd}", lines(6, 2)).as_bytes())).expect("a file");
    let args = ["extract", "a.jsonl", "b.jsonl.gz", "-o", "out.jsonl", "--dead-letters", "dead.jsonl.gz"];
    assert_eq!(dateline(folder.path(), &args, b"").status.code(), Some(2));
    let args =
        ["retry", "dead.jsonl.gz", "--text-field", "story", "-o", "more.jsonl", "--dead-letters", "rest.jsonl", "-v"];
    let output = dateline(folder.path(), &args, b"");
    assert_eq!(output.status.code(), Some(2));
    let sum = "13 read = 4 written + 1 left out + 8 passed over";
    assert!(told(&output).contains(sum), "{}", told(&output));
    let more = fs::read_to_string(folder.path().join("more.jsonl")).expect("records");
    let documents: Vec<_> = more.lines().filter(|line| line.contains("\"kind\":\"document\"")).collect();
    let sources = ["\"a.jsonl:4\"", "\"a.jsonl:5\"", "\"b.jsonl.gz:3\"", "\"b.jsonl.gz:4\""];
    assert_eq!(documents.len(), 4);
    assert!(documents.iter().zip(sources).all(|(document, source)| document.contains(source)), "{documents:?}");
    let rest = fs::read_to_string(folder.path().join("rest.jsonl")).expect("letters");
    assert!(rest.lines().count() == 1 && rest.contains("bad_json"), "{rest}");
    let args = ["retry", "rest.jsonl", "-o", "none.jsonl"];
    assert_eq!(dateline(folder.path(), &args, b"").status.code(), Some(2));
}

#[test]
fn without_order_all_records_are_there() {
    let folder = folder();
    fs::write(folder.path().join("a.jsonl"), lines(0, 20_000)).expect("a file");
    let args = ["normalize", "a.jsonl", "-o", "out.jsonl.gz", "--unordered", "-j4"];
    assert_eq!(dateline(folder.path(), &args, b"").status.code(), Some(0));
    let packed = fs::read(folder.path().join("out.jsonl.gz")).expect("records");
    let mut text = Vec::new();
    flate2::read::MultiGzDecoder::new(&*packed).read_to_end(&mut text).expect("gzip");
    let mut found: Vec<usize> = ids(&text).iter().map(|id| id.parse().expect("a number")).collect();
    found.sort_unstable();
    assert!(found.into_iter().eq(0..20_000));
    for flag in ["--resume", "--one-a-day"] {
        let refused = dateline(folder.path(), &["extract", "a.jsonl", "-o", "b.jsonl", "--unordered", flag], b"");
        assert_eq!(refused.status.code(), Some(1), "{flag}");
    }
}

//! The program is killed, again and again, and goes on: the same bytes come out as if nothing had been.
//!
//! It dies at random times and at the places that `failpoint` names, and what it leaves behind gets torn tails, as files
//! have after a power cut. `DATELINE_KILLS` asks for more kills than usual, `DATELINE_KILL_SEED` for those of another run.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::program::dateline;

/// Longer than any run here takes, however busy the machine.
const HUNG: Duration = Duration::from_secs(120);

/// Places at which the program dies, and how often they are passed at most before it does.
const PLACES: [(&str, u64); 6] =
    [("read", 20), ("work", 900), ("write", 20), ("fsync", 20), ("rename", 2), ("journal", 20)];

/// Numbers that look random and can be had again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % end
    }
}

/// One way to run the program.
struct Way {
    ending: &'static str,
    threads: &'static str,
    flags: &'static [&'static str],
    /// Whether it writes a folder.
    is_folder: bool,
}

fn ways() -> Vec<Way> {
    let mut ways = Vec::new();
    for ending in ["", ".gz", ".zst"] {
        for threads in ["1", "2"] {
            ways.push(Way { ending, threads, flags: &[], is_folder: false });
        }
    }
    // What was read or written before has a say in what comes.
    let knowing: [(&str, &[&str]); 3] = [
        ("", &["--one-a-day"]),
        (".zst", &["--view", "gdelt", "--one-a-day"]),
        (".gz", &["--repair-scope", "source", "--repeated-lines"]),
    ];
    ways.extend(knowing.map(|(ending, flags)| Way { ending, threads: "2", flags, is_folder: false }));
    // Shards are kept when they are whole.
    let folders: [&[&str]; 2] = [
        &["--rotate", "300kB", "--compress", "zst", "--partition-by", "published-month"],
        &["--rotate", "300kB", "--one-a-day"],
    ];
    ways.extend(folders.map(|flags| Way { ending: "", threads: "2", flags, is_folder: true }));
    if cfg!(feature = "parquet") {
        let flags = &["--rotate", "300kB", "--format", "parquet"];
        ways.push(Way { ending: "", threads: "2", flags, is_folder: true });
    }
    ways
}

impl Way {
    fn args(&self, output: &str) -> Vec<String> {
        let mut args: Vec<String> =
            ["extract", "-q", "--checkpoint-every", "0", "--max-rejects", "100%", "-j", self.threads]
                .map(String::from)
                .into();
        args.extend(self.flags.iter().map(|flag| (*flag).to_owned()));
        args.push(format!("in.jsonl{}", self.ending));
        args.push("in2.jsonl".into());
        let ending = if self.is_folder { "/" } else { self.ending };
        args.extend(["-o".into(), format!("{output}.jsonl{ending}")]);
        args.extend(["--dead-letters".into(), format!("{output}.dead.jsonl{}", self.ending)]);
        args
    }
}

fn pack(text: &[u8], ending: &str) -> Vec<u8> {
    match ending {
        ".gz" => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(text).expect("a vector takes everything");
            encoder.finish().expect("a vector takes everything")
        }
        ".zst" => zstd::encode_all(text, 1).expect("a vector takes everything"),
        _ => text.to_vec(),
    }
}

/// What is in a file, or in all of a folder.
fn unpacked(path: &Path) -> Vec<u8> {
    if path.is_dir() {
        // Files of a folder are the same ones however they came to be.
        let mut paths: Vec<_> = fs::read_dir(path).expect("a folder").map(|e| e.expect("an entry").path()).collect();
        paths.sort();
        let of = |path: &Path| {
            [path.file_name().expect("a name").as_encoded_bytes(), &b"\n"[..], unpacked(path).as_slice()].concat()
        };
        return paths.iter().flat_map(|path| of(path)).collect();
    }
    let bytes = fs::read(path).expect("a file");
    let mut text = Vec::new();
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("gz") => drop(flate2::read::MultiGzDecoder::new(&*bytes).read_to_end(&mut text).expect("gzip")),
        Some("zst") => text = zstd::decode_all(&*bytes).expect("zstd"),
        _ => text = bytes,
    }
    text
}

/// Made-up articles, one line in forty of which is none.
fn articles(folder: &Path, size: &str, seed: &str) -> Vec<u8> {
    let made = dateline(folder, &["generate", "--size", size, "--seed", seed], b"").stdout;
    let mut lines = Vec::with_capacity(made.len() * 2);
    for (number, line) in made.split_inclusive(|&byte| byte == b'\n').enumerate() {
        if number % 40 == 17 {
            lines.extend_from_slice(b"{\"text\": \"broken\n");
        }
        lines.extend_from_slice(line);
    }
    lines
}

fn ended(child: &mut Child) -> ExitStatus {
    let begin = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("it can be asked") {
            return status;
        }
        assert!(begin.elapsed() < HUNG, "the program hangs");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Adds to what a run left behind what no journal line vouches for.
fn tear(folder: &Path, dice: &mut Dice) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let tail: &[u8] = if name.ends_with(".part") && dice.below(2) == 0 {
            b"{\"kind\":\"docu\0\0\0"
        } else if name.ends_with(".journal") && dice.below(2) == 0 {
            b"5f3a0c11 {\"after\":{\"input\":0,\"rec"
        } else {
            continue;
        };
        fs::OpenOptions::new().append(true).open(path).expect("a file").write_all(tail).expect("room");
    }
}

#[test]
fn a_run_that_is_killed_goes_on_to_the_same_bytes() {
    let number = |name: &str, usual: u64| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let (wanted, seed) = (number("DATELINE_KILLS", 30), number("DATELINE_KILL_SEED", 1));
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let (first, second) = (articles(folder, "2500kB", "1"), articles(folder, "300kB", "2"));
    fs::write(folder.join("in2.jsonl"), second).expect("a file");
    let ways = ways();
    let mut wholes = Vec::new();
    for way in &ways {
        fs::write(folder.join(format!("in.jsonl{}", way.ending)), pack(&first, way.ending)).expect("a file");
        let whole = format!("whole{}", wholes.len());
        let args = way.args(&whole);
        let begin = Instant::now();
        let output = dateline(folder, &args.iter().map(String::as_str).collect::<Vec<_>>(), b"");
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        let read = |name: &str| unpacked(&folder.join(format!("{name}.jsonl{}", way.ending)));
        wholes.push((begin.elapsed(), read(&whole), read(&format!("{whole}.dead"))));
    }

    let mut dice = Dice(seed);
    let (mut kills, mut torn, mut rounds) = (0, 0, 0);
    while kills < wanted {
        let (way, (time, records, letters)) = (&ways[rounds % ways.len()], &wholes[rounds % ways.len()]);
        rounds += 1;
        let run = tempfile::tempdir_in(folder).expect("a folder");
        for name in [format!("in.jsonl{}", way.ending), "in2.jsonl".into()] {
            fs::hard_link(folder.join(&name), run.path().join(&name)).expect("a link");
        }
        // As many kills as leave enough for the other ways, and then none, so that it comes to an end.
        let mut left = wanted.div_ceil(ways.len() as u64).max(3);
        loop {
            let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
            command.args(way.args("out")).arg("--resume").current_dir(run.path());
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
            let by_place = dice.below(2) == 0;
            if left > 0 && by_place {
                let (place, most) = PLACES[dice.below(PLACES.len() as u64) as usize];
                command.env("DATELINE_FAILPOINT", format!("{place}:{}", 1 + dice.below(most)));
            }
            let mut child = command.spawn().expect("the program starts");
            if left > 0 && !by_place {
                std::thread::sleep(time.mul_f64(dice.below(1000) as f64 / 1000.0));
                let _ = child.kill();
            }
            let status = ended(&mut child);
            if let Some(code) = status.code() {
                let mut told = String::new();
                child.stderr.take().expect("a pipe").read_to_string(&mut told).expect("text");
                assert_eq!(code, 2, "seed {seed}, round {rounds}, {:?} {:?}: {told}", way.ending, way.flags);
                break;
            }
            kills += 1;
            left -= 1;
            if dice.below(2) == 0 {
                tear(run.path(), &mut dice);
                torn += 1;
            }
        }
        let read = |name: &str| unpacked(&run.path().join(format!("{name}.jsonl{}", way.ending)));
        let what = format!("seed {seed}, round {rounds}, {:?}, {} threads, {:?}", way.ending, way.threads, way.flags);
        assert!(read("out") == *records, "other records: {what}");
        assert!(read("out.dead") == *letters, "other dead letters: {what}");
        let left = fs::read_dir(run.path()).expect("a folder").count();
        assert_eq!(left, 4, "two inputs, records and dead letters, and nothing else: {what}");
    }
    println!("{kills} kills, {torn} times torn, {rounds} runs, 0 mismatches");
}

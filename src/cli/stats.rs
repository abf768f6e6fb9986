//! `--stats`: what a run did, for whoever plans the next one.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::hash::Hasher;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use cpu_time::ProcessTime;
use dateline::pipeline::{Clock, Station};
use dateline::stream::Progress;
use dateline::{Error, Result};
use serde::Serialize;
use twox_hash::XxHash3_64;

use super::output::fingerprint::Fingerprint;
use super::output::{Counts, Published};

/// What a run did. Times are in seconds, hashes XXH3 of 64 bits.
#[derive(Serialize)]
pub struct Stats {
    program: &'static str,
    version: &'static str,
    documents: Documents,
    /// As stored.
    bytes_read: u64,
    threads: usize,
    seconds: Seconds,
    /// How long each part waited for another; of workers all together.
    seconds_blocked: Parts,
    seconds_busy: Parts,
    /// Of all workers together, each station by itself.
    seconds_by_station: BTreeMap<String, f64>,
    high_water: HighWater,
    /// Of all that tells the inputs apart: path, size, time of change, both ends.
    inputs_hash: Option<String>,
    output: Vec<Written>,
}

#[derive(Serialize)]
struct Documents {
    /// In all runs of the same output that were gone on with.
    all: u64,
    written: u64,
    rejected: BTreeMap<String, u64>,
    filtered: u64,
}

#[derive(Serialize)]
struct Seconds {
    wall: f64,
    cpu: f64,
}

#[derive(Serialize)]
struct Parts {
    reader: f64,
    workers: f64,
    writer: f64,
}

#[derive(Serialize)]
struct HighWater {
    /// Bytes under way, as --memory counts them.
    budget_bytes: u64,
    /// Batches done before one that comes before them.
    reorder_batches: u64,
    /// The most memory that the process had; none where the system does not tell.
    rss_bytes: Option<u64>,
}

#[derive(Serialize)]
struct Written {
    path: String,
    bytes: u64,
    hash: String,
}

/// What there is to tell at the end of a run.
pub struct Told<'a> {
    pub counts: &'a Counts,
    pub progress: &'a Progress,
    pub clock: &'a Clock,
    pub wall: Duration,
    pub threads: usize,
    pub fingerprint: Option<Fingerprint>,
    pub published: &'a Published,
}

impl Stats {
    pub fn of(told: &Told<'_>) -> Result<Stats> {
        let (load, wall) = (told.progress.load(), told.wall.as_secs_f64());
        let worked = load.worked().as_secs_f64();
        let (waited, wrote) = (load.reader_waited().as_secs_f64(), load.wrote().as_secs_f64());
        let stations = Station::ALL.iter().zip(told.clock.read());
        let output = told.published.files.iter().map(|path| Written::of(path));
        Ok(Stats {
            program: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            documents: Documents {
                all: told.counts.all(),
                written: told.counts.written,
                rejected: told.counts.rejected.clone(),
                filtered: told.counts.filtered,
            },
            bytes_read: told.progress.read(),
            threads: told.threads,
            seconds: Seconds { wall, cpu: ProcessTime::try_now().map_or(0.0, |time| time.as_duration().as_secs_f64()) },
            seconds_blocked: Parts {
                reader: waited,
                workers: (wall * told.threads as f64 - worked).max(0.0),
                writer: load.writer_waited().as_secs_f64(),
            },
            seconds_busy: Parts { reader: (wall - waited).max(0.0), workers: worked, writer: wrote },
            seconds_by_station: stations
                .map(|(station, time)| (format!("{station:?}").to_lowercase(), time.as_secs_f64()))
                .collect(),
            high_water: HighWater {
                budget_bytes: load.held(),
                reorder_batches: load.early(),
                rss_bytes: peak_memory(),
            },
            inputs_hash: told.fingerprint.as_ref().map(|of| hex(&serde_json::to_vec(of).expect("strings and numbers"))),
            output: output.collect::<Result<_>>()?,
        })
    }

    /// Writes them to a file, which has its name only when it is whole.
    pub fn write(&self, path: &Path) -> Result<()> {
        let mut text = serde_json::to_vec_pretty(self).expect("strings and numbers");
        text.push(b'\n');
        replace(path, &text)
    }
}

impl Written {
    fn of(path: &Path) -> Result<Written> {
        let wrong = |e: std::io::Error| Error::from(e).at(path, 0);
        let mut file = File::open(path).map_err(wrong)?;
        let (mut hasher, mut buffer, mut bytes) = (XxHash3_64::new(), vec![0; 1 << 20], 0);
        loop {
            let n = file.read(&mut buffer).map_err(wrong)?;
            if n == 0 {
                break;
            }
            hasher.write(&buffer[..n]);
            bytes += n as u64;
        }
        Ok(Written { path: path.display().to_string(), bytes, hash: format!("{:016x}", hasher.finish()) })
    }
}

fn hex(bytes: &[u8]) -> String {
    format!("{:016x}", XxHash3_64::oneshot(bytes))
}

/// Writes a small file under another name and gives it its own: who reads it meanwhile reads the old one, whole.
pub fn replace(path: &Path, text: &[u8]) -> Result<()> {
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(path.file_name().unwrap_or_default());
    hidden.push(".tmp");
    let hidden = path.with_file_name(hidden);
    fs::write(&hidden, text).and_then(|()| fs::rename(&hidden, path)).map_err(|e| Error::from(e).at(path, 0))
}

/// The most memory that this process had, in bytes.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

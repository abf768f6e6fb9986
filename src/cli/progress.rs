//! Tells how far a run is: somebody at a terminal, whoever reads the output of a job, and Prometheus.
//!
//! All of it by one thread of its own, from counters, so that the run never waits for a terminal. At a terminal it is a
//! bar; else a plain line from time to time, and none of a run that is soon over: a log full of bars helps nobody.

use std::fmt::Display;
use std::io::{IsTerminal, stderr};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use dateline::stream::Progress;
use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{metrics, stats};

/// Between two states of the bar.
const DRAWN: Duration = Duration::from_millis(100);
/// Between two plain lines.
const TOLD: Duration = Duration::from_secs(10);
/// Between two files for Prometheus.
const MEASURED: Duration = Duration::from_secs(15);

/// Who watches a run.
pub struct Watcher<'a> {
    /// The line at the bottom of the terminal.
    bar: ProgressBar,
    total: Option<u64>,
    tells_lines: bool,
    metrics: Option<&'a Path>,
}

impl<'a> Watcher<'a> {
    /// For `total` bytes, or without end where that is not known. A bar or lines only where they are `wanted`.
    pub fn new(total: Option<u64>, wanted: bool, metrics: Option<&'a Path>) -> Self {
        let is_terminal = stderr().is_terminal();
        let bar = if wanted && is_terminal { bar(total) } else { ProgressBar::hidden() };
        Watcher { bar, total, tells_lines: wanted && !is_terminal, metrics }
    }

    /// Prints a line on stderr, above the bar.
    pub fn say(&self, message: &dyn Display) {
        self.bar.suspend(|| super::say(message));
    }

    /// Runs `work` while `progress` is watched.
    pub fn follow<T>(&self, progress: &Progress, work: impl FnOnce() -> T) -> T {
        if self.bar.is_hidden() && !self.tells_lines && self.metrics.is_none() {
            return work();
        }
        let ended = AtomicBool::new(false);
        thread::scope(|threads| {
            let watcher = threads.spawn(|| self.watch(progress, &ended));
            let _end = End { ended: &ended, watcher: watcher.thread().clone() };
            work()
        })
    }

    fn watch(&self, progress: &Progress, ended: &AtomicBool) {
        let start = Instant::now();
        let (mut told, mut measured) = (start, None::<Instant>);
        while !ended.load(Relaxed) {
            if !self.bar.is_hidden() {
                self.bar.set_position(progress.read());
                self.bar.set_message(counts(progress));
            } else if self.tells_lines && told.elapsed() >= TOLD {
                told = Instant::now();
                super::say(&self.line(progress, start.elapsed()));
            }
            if measured.is_none_or(|measured| measured.elapsed() >= MEASURED) {
                measured = Some(Instant::now());
                self.measure(progress, true);
            }
            thread::park_timeout(if self.bar.is_hidden() { Duration::from_secs(1) } else { DRAWN });
        }
        self.bar.finish_and_clear();
        self.measure(progress, false);
    }

    /// A run does not fail because nobody can measure it.
    fn measure(&self, progress: &Progress, is_running: bool) {
        let Some(path) = self.metrics else { return };
        if let Err(e) = stats::replace(path, metrics::text(progress, self.total, is_running).as_bytes()) {
            tracing::warn!(error = %e, "metrics cannot be written");
        }
    }

    fn line(&self, progress: &Progress, elapsed: Duration) -> String {
        let (read, seconds) = (progress.read(), elapsed.as_secs_f64());
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        let mut line = format!("{}, {:.1} MB", counts(progress), megabytes(read));
        if let Some(total) = self.total {
            line += &format!(" of {:.1} MB", megabytes(total));
        }
        line += &format!(", {:.1} MB/s", megabytes(read) / seconds);
        if let Some(left) = self.total.and_then(|total| total.checked_sub(read)).filter(|_| read > 0) {
            line += &format!(", {} left", HumanDuration(Duration::from_secs_f64(seconds * left as f64 / read as f64)));
        }
        line
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(10));
    let template = match total {
        Some(_) => "{bar:30} {bytes}/{total_bytes}  {msg}  {decimal_bytes_per_sec}  {eta} left",
        None => "{spinner} {bytes}  {msg}  {decimal_bytes_per_sec}",
    };
    // The templates are fixed; a wrong one would show at the first run.
    bar.set_style(ProgressStyle::with_template(template).expect("the template is well formed"));
    bar
}

fn counts(progress: &Progress) -> String {
    let documents = HumanCount(progress.documents());
    match progress.dead() {
        0 => format!("{documents} documents"),
        dead => format!("{documents} documents, {} left out", HumanCount(dead)),
    }
}

/// Ends the watching even when the work panics; else the panic would wait for it for ever.
struct End<'a> {
    ended: &'a AtomicBool,
    watcher: Thread,
}

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.ended.store(true, Relaxed);
        self.watcher.unpark();
    }
}

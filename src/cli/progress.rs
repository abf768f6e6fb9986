//! Tells somebody at a terminal how far a run is.
//!
//! Drawn from counters by a thread of its own, ten times a second, so that the run never waits for a terminal. Without
//! a terminal on stderr nothing is drawn: a log file full of bars helps nobody.

use std::fmt::Display;
use std::io::{IsTerminal, stderr};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use dateline::stream::Progress;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The line at the bottom of the terminal.
pub struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// A bar for `total` bytes, or without end where that is not known. Hidden unless `wanted` and on a terminal.
    pub fn new(total: Option<u64>, wanted: bool) -> Self {
        if !wanted || !stderr().is_terminal() {
            return Bar { bar: ProgressBar::hidden() };
        }
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(10));
        let template = match total {
            Some(_) => "{bar:30} {bytes}/{total_bytes}  {msg}  {decimal_bytes_per_sec}  {eta} left",
            None => "{spinner} {bytes}  {msg}  {decimal_bytes_per_sec}",
        };
        // The templates are fixed; a wrong one would show at the first run.
        bar.set_style(ProgressStyle::with_template(template).expect("the template is well formed"));
        Bar { bar }
    }

    /// Prints a line on stderr, above the bar.
    pub fn say(&self, message: &dyn Display) {
        self.bar.suspend(|| super::say(message));
    }

    /// Runs `work` while the bar follows `progress`.
    pub fn follow<T>(&self, progress: &Progress, work: impl FnOnce() -> T) -> T {
        if self.bar.is_hidden() {
            return work();
        }
        let ended = AtomicBool::new(false);
        thread::scope(|threads| {
            let _end = End { ended: &ended };
            threads.spawn(|| {
                while !ended.load(Relaxed) {
                    self.bar.set_position(progress.read());
                    self.bar.set_message(format!("{} documents", HumanCount(progress.documents())));
                    thread::sleep(Duration::from_millis(100));
                }
                self.bar.finish_and_clear();
            });
            work()
        })
    }
}

/// Ends the drawing even when the work panics; else the panic would wait for the drawing for ever.
struct End<'a> {
    ended: &'a AtomicBool,
}

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.ended.store(true, Relaxed);
    }
}

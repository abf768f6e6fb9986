//! Where the time of a stream goes and how much it holds: what tells its slowest part.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// Times in nanoseconds, and the most that was held; read while the stream runs, and after.
#[derive(Debug, Default)]
pub struct Load {
    reader_waited: AtomicU64,
    worked: AtomicU64,
    writer_waited: AtomicU64,
    wrote: AtomicU64,
    held: AtomicU64,
    early: AtomicU64,
}

impl Load {
    /// Time that the reader waited for room in the budget: what comes behind it is slower.
    pub fn reader_waited(&self) -> Duration {
        Duration::from_nanos(self.reader_waited.load(Relaxed))
    }

    /// Time that workers worked, all of them together.
    pub fn worked(&self) -> Duration {
        Duration::from_nanos(self.worked.load(Relaxed))
    }

    /// Time that the writer waited for records: what comes before it is slower.
    pub fn writer_waited(&self) -> Duration {
        Duration::from_nanos(self.writer_waited.load(Relaxed))
    }

    /// Time that the writer wrote.
    pub fn wrote(&self) -> Duration {
        Duration::from_nanos(self.wrote.load(Relaxed))
    }

    /// Most bytes under way at a time, as the budget counts them.
    pub fn held(&self) -> u64 {
        self.held.load(Relaxed)
    }

    /// Most batches at a time that were done before one that comes before them.
    pub fn early(&self) -> u64 {
        self.early.load(Relaxed)
    }

    pub(super) fn time_reader<T>(&self, wait: impl FnOnce() -> T) -> T {
        timed(&self.reader_waited, wait)
    }

    pub(super) fn time_worker<T>(&self, work: impl FnOnce() -> T) -> T {
        timed(&self.worked, work)
    }

    pub(super) fn time_waiting_writer<T>(&self, wait: impl FnOnce() -> T) -> T {
        timed(&self.writer_waited, wait)
    }

    pub(super) fn time_writer<T>(&self, write: impl FnOnce() -> T) -> T {
        timed(&self.wrote, write)
    }

    pub(super) fn see_held(&self, bytes: usize) {
        self.held.fetch_max(bytes as u64, Relaxed);
    }

    pub(super) fn see_early(&self, batches: usize) {
        self.early.fetch_max(batches as u64, Relaxed);
    }
}

/// The clock is read twice a batch, which is nothing.
fn timed<T>(sum: &AtomicU64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    sum.fetch_add(start.elapsed().as_nanos() as u64, Relaxed);
    done
}

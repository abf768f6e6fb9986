//! Room for batches on their way.
//!
//! The only place where the stream waits for itself. Bytes bound the memory; the number of batches bounds what their
//! results can pile up to behind one slow batch.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes and batches that may be under way.
pub(crate) struct Budget {
    bytes: usize,
    batches: usize,
    used: Mutex<Used>,
    changed: Condvar,
}

#[derive(Default)]
struct Used {
    bytes: usize,
    batches: usize,
    closed: bool,
}

impl Budget {
    pub(crate) fn new(bytes: usize, batches: usize) -> Self {
        Budget { bytes, batches, used: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits for room for a batch of `bytes`; false when the stream has ended. What is larger than the whole budget
    /// goes when nothing else is under way.
    pub(crate) fn take(&self, bytes: usize) -> bool {
        let mut used = self.used();
        while !used.closed && used.batches > 0 && (used.batches >= self.batches || used.bytes + bytes > self.bytes) {
            used = self.changed.wait(used).unwrap_or_else(PoisonError::into_inner);
        }
        used.bytes += bytes;
        used.batches += 1;
        !used.closed
    }

    /// Gives back the room of one batch.
    pub(crate) fn give(&self, bytes: usize) {
        let mut used = self.used();
        used.bytes -= bytes;
        used.batches -= 1;
        self.changed.notify_all();
    }

    /// Lets nobody wait any longer: there is nobody left who would give room back.
    pub(crate) fn close(&self) {
        self.used().closed = true;
        self.changed.notify_all();
    }

    // The counts are plain numbers, whole even if a holder of the lock should have panicked.
    fn used(&self) -> MutexGuard<'_, Used> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;
    use std::time::Duration;

    #[test]
    fn a_batch_above_the_budget_goes_alone() {
        let budget = Budget::new(10, 4);
        assert!(budget.take(100));
        thread::scope(|threads| {
            let second = threads.spawn(|| budget.take(1));
            thread::sleep(Duration::from_millis(20));
            assert!(!second.is_finished());
            budget.give(100);
            assert!(second.join().expect("no panic"));
        });
    }

    #[test]
    fn closing_wakes_who_waits() {
        let budget = Budget::new(10, 1);
        assert!(budget.take(1));
        thread::scope(|threads| {
            let second = threads.spawn(|| budget.take(1));
            thread::sleep(Duration::from_millis(20));
            budget.close();
            assert!(!second.join().expect("no panic"));
        });
    }
}

//! Room for batches on their way.
//!
//! The only place where the stream waits for itself. Bytes bound the memory: those of the documents, of what a worker needs
//! while it is at one, and of the records. What these will come to is estimated when a batch sets out and put right when
//! it was worked on. The number of batches bounds how far the others run ahead of a slow one.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes of records for a byte of documents: 6.7 for news, 4.7 for a single document of 24 MB.
const RECORDS: usize = 7;
/// Bytes that a worker holds for a byte of the document that it is at, tokens above all: 35 for news.
const WORK: usize = 36;

/// Bytes that a batch of so many bytes is expected to hold, the longest of its documents being so long.
pub(crate) fn expected(bytes: usize, longest: usize) -> usize {
    bytes.saturating_mul(1 + RECORDS).saturating_add(longest.saturating_mul(WORK))
}

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
        while !used.closed
            && used.batches > 0
            && (used.batches >= self.batches || used.bytes.saturating_add(bytes) > self.bytes)
        {
            used = self.changed.wait(used).unwrap_or_else(PoisonError::into_inner);
        }
        used.bytes += bytes;
        used.batches += 1;
        !used.closed
    }

    /// Puts right what one batch holds; the most that all held at this time.
    pub(crate) fn settle(&self, expected: usize, held: usize) -> usize {
        let mut used = self.used();
        let before = used.bytes;
        used.bytes = used.bytes - expected + held;
        self.changed.notify_all();
        before.max(used.bytes)
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

    /// Closes it when the thread that holds this panics: a batch that was lost on the way gives no room back.
    pub(crate) fn closed_by_panic(&self) -> impl Drop + '_ {
        struct Guard<'a>(&'a Budget);
        impl Drop for Guard<'_> {
            fn drop(&mut self) {
                if std::thread::panicking() {
                    self.0.close();
                }
            }
        }
        Guard(self)
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
    fn what_is_held_in_the_end_counts() {
        let budget = Budget::new(10, 4);
        assert!(budget.take(8));
        budget.settle(8, 3);
        assert!(budget.take(7));
        budget.give(3);
        budget.give(7);
        assert!(budget.take(10));
    }

    #[test]
    fn a_panic_wakes_who_waits() {
        let budget = Budget::new(10, 1);
        assert!(budget.take(1));
        thread::scope(|threads| {
            let second = threads.spawn(|| budget.take(1));
            let panics = threads.spawn(|| {
                let _guard = budget.closed_by_panic();
                panic!("as asked");
            });
            assert!(panics.join().is_err());
            assert!(!second.join().expect("no panic"));
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

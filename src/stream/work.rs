//! What a thread of the pool does with a batch.
//!
//! Nothing here waits. The locks guard stacks of idle things and are held for a push or a pop.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

use super::{Ended, Told};
use crate::ingest::{Article, Batch, DeadLetter, Fields, Reason, Reject, Scratch};

/// A buffer that one giant document has blown up is not kept: it would stay for the rest of the run.
const KEEP: usize = 8 << 20;

/// A batch that was worked on.
pub(crate) struct Done {
    pub(crate) batch: Batch,
    pub(crate) records: Vec<u8>,
    /// The documents of which they are.
    pub(crate) documents: Vec<Ended>,
    pub(crate) dead: Vec<DeadLetter>,
}

/// The workers and buffers that are idle, and how to make more.
pub(crate) struct Shop<'a, M, W> {
    make: &'a M,
    fields: Fields,
    stop: &'a AtomicBool,
    workers: Mutex<Vec<(W, Scratch)>>,
    batches: Mutex<Vec<Batch>>,
    records: Mutex<Vec<Vec<u8>>>,
}

impl<'a, M, W> Shop<'a, M, W>
where
    M: Fn() -> W,
    W: FnMut(&Article<'_>, &mut Vec<u8>) -> Told,
{
    pub(crate) fn new(make: &'a M, fields: Fields, stop: &'a AtomicBool) -> Self {
        let (workers, batches, records) = Default::default();
        Shop { make, fields, stop, workers, batches, records }
    }

    /// An empty batch.
    pub(crate) fn batch(&self) -> Batch {
        pop(&self.batches).unwrap_or_default()
    }

    /// Works on all documents of the batch. When the stream has stopped, on none.
    pub(crate) fn work(&self, batch: Batch) -> Done {
        let (mut worker, mut scratch) = pop(&self.workers).unwrap_or_else(|| ((self.make)(), Scratch::default()));
        let records = pop(&self.records).unwrap_or_default();
        let mut done = Done { documents: Vec::with_capacity(batch.len()), batch, records, dead: Vec::new() };
        for number in 0..done.batch.len() {
            if self.stop.load(Relaxed) {
                break;
            }
            let article = match done.batch.article(number, &self.fields, &mut scratch) {
                Ok(article) => article,
                Err(letter) => {
                    done.dead.push(*letter);
                    continue;
                }
            };
            let before = done.records.len();
            // What a panic leaves half done is the worker, which is thrown away, and the records, which are cut back.
            match catch_unwind(AssertUnwindSafe(|| worker(&article, &mut done.records))) {
                Ok(told) => done.documents.push(Ended { end: done.records.len(), told }),
                Err(panic) => {
                    done.records.truncate(before);
                    worker = (self.make)();
                    let reject = Reject { reason: Reason::Panic, message: message(&*panic) };
                    done.dead.push(*done.batch.dead(number, reject));
                }
            }
        }
        push(&self.workers, (worker, scratch));
        done
    }

    /// Keeps the buffers for the next batch.
    pub(crate) fn recycle(&self, mut done: Done) {
        if done.batch.bytes.capacity() <= KEEP {
            done.batch.clear();
            push(&self.batches, done.batch);
        }
        if done.records.capacity() <= KEEP {
            done.records.clear();
            push(&self.records, done.records);
        }
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}

fn pop<T>(stack: &Mutex<Vec<T>>) -> Option<T> {
    stack.lock().unwrap_or_else(PoisonError::into_inner).pop()
}

fn push<T>(stack: &Mutex<Vec<T>>, item: T) {
    stack.lock().unwrap_or_else(PoisonError::into_inner).push(item);
}

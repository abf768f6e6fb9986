//! What a thread of the pool does with a batch.
//!
//! Nothing here waits. The locks guard stacks of idle things and are held for a push or a pop.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

use super::{Ended, Only, Pack, Told};
use crate::failpoint;
use crate::ingest::{Article, Batch, DeadLetter, Fields, Reason, Reject, Scratch};

/// A buffer that one giant document has blown up is not kept: it would stay for the rest of the run.
const KEEP: usize = 8 << 20;
/// Nor is a worker that has been at a document of so many bytes: it holds many for each of them.
const KEEP_WORKER: usize = 1 << 20;

/// A batch that was worked on.
pub(crate) struct Done {
    pub(crate) batch: Batch,
    pub(crate) records: Vec<u8>,
    /// The records as they were packed.
    pub(crate) packed: Vec<u8>,
    /// The documents of which they are.
    pub(crate) documents: Vec<Ended>,
    pub(crate) dead: Vec<DeadLetter>,
    /// Documents that are not asked for, and records that are none.
    pub(crate) filtered: u64,
}

impl Done {
    /// Bytes held.
    pub(crate) fn bytes(&self) -> usize {
        self.batch.bytes() + self.records.len() + self.packed.len()
    }
}

/// What is to be done with a batch besides working on its documents.
#[derive(Clone, Copy, Default)]
pub(crate) struct Asked<'a> {
    /// Whether a document is asked for, by its source and offset.
    pub(crate) only: Option<&'a Only<'a>>,
    /// Packs the records.
    pub(crate) pack: Option<&'a Pack<'a>>,
}

/// The workers and buffers that are idle, and how to make more.
pub(crate) struct Shop<'a, M, W> {
    make: &'a M,
    fields: Fields,
    asked: Asked<'a>,
    stop: &'a AtomicBool,
    workers: Mutex<Vec<(W, Scratch)>>,
    batches: Mutex<Vec<Batch>>,
    buffers: Mutex<Vec<Vec<u8>>>,
}

impl<'a, M, W> Shop<'a, M, W>
where
    M: Fn() -> W,
    W: FnMut(&Article<'_>, &mut Vec<u8>) -> Told,
{
    pub(crate) fn new(make: &'a M, fields: Fields, asked: Asked<'a>, stop: &'a AtomicBool) -> Self {
        let (workers, batches, buffers) = Default::default();
        Shop { make, fields, asked, stop, workers, batches, buffers }
    }

    /// An empty batch.
    pub(crate) fn batch(&self) -> Batch {
        pop(&self.batches).unwrap_or_default()
    }

    /// Works on the documents of the batch from one on. When the stream has failed, on none.
    pub(crate) fn work(&self, batch: Batch, first: usize) -> Done {
        let (mut worker, mut scratch) = pop(&self.workers).unwrap_or_else(|| ((self.make)(), Scratch::default()));
        let (records, documents) = (self.buffer(), Vec::with_capacity(batch.len()));
        let mut done = Done { batch, records, packed: Vec::new(), documents, dead: Vec::new(), filtered: 0 };
        if first == 0 {
            done.filtered += done.batch.filtered();
        }
        for number in first..done.batch.len() {
            if self.stop.load(Relaxed) {
                break;
            }
            if self.asked.only.is_some_and(|only| !only(done.batch.place(number))) {
                done.filtered += 1;
                continue;
            }
            failpoint::pass("work");
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
        if done.batch.longest() <= KEEP_WORKER {
            push(&self.workers, (worker, scratch));
        }
        if let Some(pack) = self.asked.pack
            && !done.records.is_empty()
        {
            done.packed = self.buffer();
            pack(&done.records, &mut done.packed);
        }
        done
    }

    fn buffer(&self) -> Vec<u8> {
        pop(&self.buffers).unwrap_or_default()
    }

    /// Keeps the buffers for the next batches.
    pub(crate) fn recycle(&self, done: Done) {
        self.recycle_batch(done.batch);
        for mut buffer in [done.records, done.packed] {
            if (1..=KEEP).contains(&buffer.capacity()) {
                buffer.clear();
                push(&self.buffers, buffer);
            }
        }
    }

    /// Keeps the buffers of a batch that nobody works on.
    pub(crate) fn recycle_batch(&self, mut batch: Batch) {
        if batch.bytes.capacity() <= KEEP {
            batch.clear();
            push(&self.batches, batch);
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

//! Many articles: read, work, write in order.
//!
//! ```text
//! reader ── takes room from the budget ──> pool of workers ──> writer (puts in order, gives the room back)
//! ```
//!
//! One thread reads and cuts, a pool does all the thinking, and the calling thread writes. What flows are batches of a
//! few hundred kilobytes. A worker never waits: it takes a batch, computes, and drops the result into a channel without
//! bounds. Memory is bounded all the same, since a batch may only be read when there is room in the `Budget`, and the
//! room is given back when it has been written. So a slow disk slows the reader, and nothing else has to know.
//!
//! On the way out:
//!
//! * records come in the order of the input, byte for byte the same for any number of threads;
//! * every document of the input has either been worked on or is a dead letter; this is counted and checked.

mod budget;
mod work;
mod write;

use std::io;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use crossbeam_channel::{Sender, unbounded};
use rayon::ThreadPool;

use crate::error::{Error, Result};
use crate::ingest::{self, Article, DeadLetter, Fields, Inputs, Learner, Position, Reader, Reason, Survey};
use budget::Budget;
use work::{Done, Shop};
use write::write_in_order;

/// Batches on their way for each thread: enough that none waits for work while one batch takes long, few enough that
/// their results do not pile up behind it.
const BATCHES_PER_THREAD: usize = 16;

/// How a stream shall run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Threads that work; reading and writing have their own. 0 for one a processor.
    pub threads: usize,
    /// Bytes of documents that may be on their way at a time. A single document above it goes alone.
    pub budget: usize,
    /// How documents are found in the input.
    pub ingest: ingest::Options,
    /// Look for lines that a source repeats around its articles, in its first documents; see [`ingest::Learner`].
    pub repeated_lines: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { threads: 0, budget: 64 << 20, ingest: ingest::Options::default(), repeated_lines: false }
    }
}

/// Where the results go. Called from the thread that runs the stream, once for each batch, in the order of the input.
pub trait Sink {
    /// Takes what became of some documents.
    ///
    /// # Errors
    /// Any error ends the stream and is returned from it.
    fn batch(&mut self, batch: &Written<'_>) -> io::Result<()>;
}

/// What became of the documents of one batch.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The records of its documents, whole lines.
    pub records: &'a [u8],
    /// The documents of which these are, in order.
    pub documents: &'a [Ended],
    /// Documents that could not be worked on, in order.
    pub dead: &'a [DeadLetter],
    /// Where reading goes on behind its last document.
    pub after: Position,
    /// Number of the shard in which it lies: what [`ingest::Batch::shard`] says.
    pub shard: u64,
}

/// A document that was worked on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ended {
    /// Where its records end, in bytes of those of its batch.
    pub end: usize,
    /// What its worker told of it.
    pub told: Told,
}

/// What a worker tells of a document beside its records, for who puts these into files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// The day on which it was published, in days since 1 January 1970, where that is known.
    pub published: Option<i32>,
    /// What it is compared by with others, where such are looked for.
    pub signature: Option<Box<[u64]>>,
}

/// How far a running stream is; to be read from another thread.
#[derive(Debug, Default)]
pub struct Progress {
    pub(crate) read: AtomicU64,
    pub(crate) documents: AtomicU64,
    pub(crate) dead: AtomicU64,
}

impl Progress {
    /// Bytes read, as stored (compressed files: before decompression).
    pub fn read(&self) -> u64 {
        self.read.load(Relaxed)
    }

    /// Documents written.
    pub fn documents(&self) -> u64 {
        self.documents.load(Relaxed)
    }

    /// Documents put aside.
    pub fn dead(&self) -> u64 {
        self.dead.load(Relaxed)
    }
}

/// What a stream did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents of which the records were written.
    pub documents: u64,
    /// Bytes of records.
    pub written: u64,
    /// Documents put aside, by reason; reasons that did not occur are not listed.
    pub dead: Vec<(Reason, u64)>,
}

impl Summary {
    /// Documents put aside.
    pub fn skipped(&self) -> u64 {
        self.dead.iter().map(|(_, n)| n).sum()
    }
}

/// Makes what weighs how the sources of a run lose spaces.
pub type NewSurvey<'a> = dyn Fn() -> Box<dyn Survey + 'a> + Sync + 'a;

/// A run over some inputs.
pub struct Stream<'a> {
    inputs: &'a Inputs,
    options: &'a Options,
    survey: Option<&'a NewSurvey<'a>>,
    progress: Progress,
}

impl<'a> Stream<'a> {
    /// A run that has not begun.
    pub fn new(inputs: &'a Inputs, options: &'a Options) -> Self {
        Stream { inputs, options, survey: None, progress: Progress::default() }
    }

    /// The same, where the first documents of each source tell all of them how it loses spaces; see [`ingest::Learner`].
    pub fn surveyed(self, survey: &'a NewSurvey<'a>) -> Self {
        Stream { survey: Some(survey), ..self }
    }

    /// How far it is.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Runs, with one call of a worker for each article, which appends the article's records and tells what else is
    /// asked of it.
    ///
    /// `make` makes the workers: at most one a thread, and one more for each panic. A panic costs its document and its
    /// worker, not the run.
    ///
    /// # Errors
    /// The options cannot be served, or the sink failed. What cannot be *read* is a dead letter instead.
    pub fn run<M, W>(&self, make: M, sink: &mut dyn Sink) -> Result<Summary>
    where
        M: Fn() -> W + Sync,
        W: FnMut(&Article<'_>, &mut Vec<u8>) -> Told + Send,
    {
        let ingest = &self.options.ingest;
        if u32::try_from(ingest.max_record).is_err() {
            return Err(Error::usage("the longest record must be below 4 GiB"));
        }
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(self.options.threads)
            .thread_name(|n| format!("dateline-{n}"))
            .build()
            .map_err(|e| Error::usage(format!("cannot start the threads: {e}")))?;
        let stop = AtomicBool::new(false);
        let budget = Budget::new(self.options.budget, BATCHES_PER_THREAD * pool.current_num_threads());
        let shop = Shop::new(&make, Fields::new(ingest), &stop);
        let (sender, receiver) = unbounded();

        std::thread::scope(|threads| {
            let reader = threads.spawn(|| self.read(&pool, &shop, &budget, sender));
            let written = write_in_order(receiver, sink, &self.progress, |done| {
                budget.give(done.batch.bytes());
                shop.recycle(done);
            });
            if written.is_err() {
                stop.store(true, Relaxed);
                budget.close();
            }
            let read = reader.join().unwrap_or_else(|panic| resume_unwind(panic));
            let summary = written?;
            let out = summary.documents + summary.skipped();
            if read != out {
                return Err(Error::lost(format!("{read} documents were read, but {out} came out")));
            }
            Ok(summary)
        })
    }

    /// Hands every batch to the pool and returns when the last one is done, with the number of documents. The channel
    /// closes then: `sender` lives no longer.
    fn read<M, W>(&self, pool: &ThreadPool, shop: &Shop<'_, M, W>, budget: &Budget, sender: Sender<(u64, Done)>) -> u64
    where
        M: Fn() -> W + Sync,
        W: FnMut(&Article<'_>, &mut Vec<u8>) -> Told + Send,
    {
        let mut reader = Reader::new(self.inputs, &self.options.ingest, &self.progress.read);
        let survey = self.survey.map(|make| make());
        let lines = self.options.repeated_lines;
        let mut learner = (lines || survey.is_some()).then(|| Learner::new(&self.options.ingest, lines, survey));
        let (mut number, mut documents) = (0, 0);
        let mut ready = Vec::new();
        pool.in_place_scope(|pool| {
            loop {
                let mut batch = shop.batch();
                reader.fill(&mut batch);
                match &mut learner {
                    Some(learner) => learner.pass(batch, &mut ready),
                    None => ready.push(batch),
                }
                for batch in ready.drain(..) {
                    if batch.is_empty() || !budget.take(batch.bytes()) {
                        return documents;
                    }
                    documents += batch.len() as u64;
                    let (sender, place) = (sender.clone(), number);
                    number += 1;
                    // The receiver is gone only after an error, and then nobody wants the result.
                    pool.spawn(move |_| drop(sender.send((place, shop.work(batch)))));
                }
            }
        })
    }
}

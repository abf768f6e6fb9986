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
//! * every document of the input has been worked on, is a dead letter or was passed over (not asked for, or no article, as most
//!   records of a crawl are); this is counted and checked.

mod budget;
mod load;
mod work;
mod write;

use std::io;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use crossbeam_channel::{Sender, unbounded};
use rayon::ThreadPool;

use crate::error::{Error, Result};
use crate::failpoint;
use crate::ingest::{self, Article, DeadLetter, Fields, Inputs, Learner, Position, Reader, Reason, Survey};
use budget::{Budget, expected};
pub use load::Load;
use work::{Asked, Done, Shop};
use write::write;

/// Batches on their way for each thread: enough that none waits for work while one batch takes long, few enough that
/// their results do not pile up behind it.
const BATCHES_PER_THREAD: usize = 16;

/// How a stream shall run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Threads that work; reading and writing have their own. 0 for one a processor.
    pub threads: usize,
    /// Bytes that documents, the work on them and their records may hold on their way, all together. A single document
    /// that needs more goes alone.
    pub budget: usize,
    /// Write batches in the order of the input. Else as they come, and none waits for another one.
    pub ordered: bool,
    /// How documents are found in the input.
    pub ingest: ingest::Options,
    /// Look for lines that a source repeats around its articles, in its first documents; see [`ingest::Learner`].
    pub repeated_lines: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            threads: 0,
            budget: 64 << 20,
            ordered: true,
            ingest: ingest::Options::default(),
            repeated_lines: false,
        }
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
    /// The same as the workers packed them; see [`Stream::packed`].
    pub packed: &'a [u8],
    /// The documents of which these are, in order.
    pub documents: &'a [Ended],
    /// Documents that could not be worked on, in order.
    pub dead: &'a [DeadLetter],
    /// Number of its documents that were not asked for, and of its records that are none.
    pub filtered: u64,
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
    pub(crate) load: Load,
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

    /// Where its time goes and how much it holds.
    pub fn load(&self) -> &Load {
        &self.load
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
    /// Documents that were not asked for, and records that are none.
    pub filtered: u64,
    /// Whether it was stopped before the end of the input.
    pub stopped: bool,
}

impl Summary {
    /// Documents put aside.
    pub fn skipped(&self) -> u64 {
        self.dead.iter().map(|(_, n)| n).sum()
    }
}

/// Makes what weighs how the sources of a run lose spaces.
pub type NewSurvey<'a> = dyn Fn() -> Box<dyn Survey + 'a> + Sync + 'a;

/// Packs the records of a batch, on the thread that made them: appends to the second what the first is, packed.
pub type Pack<'a> = dyn Fn(&[u8], &mut Vec<u8>) + Sync + 'a;

/// Whether the document at a place is asked for: the path of its file, and there its offset and its line or number, 0
/// where it has none, as a dead letter tells them.
pub type Only<'a> = dyn Fn((&str, u64, u64)) -> bool + Sync + 'a;

/// Where a run goes on that was broken off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// Where reading begins.
    pub position: Position,
    /// Documents from there on that are read, and learnt from, but not worked on.
    pub skip: u64,
}

/// A run over some inputs.
pub struct Stream<'a> {
    inputs: &'a Inputs,
    options: &'a Options,
    survey: Option<&'a NewSurvey<'a>>,
    start: Start,
    asked: Asked<'a>,
    stop: Option<&'a AtomicBool>,
    progress: Progress,
}

/// What the reading of a run came to.
#[derive(Clone, Copy, Default)]
struct Read {
    /// Documents handed to workers.
    documents: u64,
    stopped: bool,
}

impl<'a> Stream<'a> {
    /// A run that has not begun.
    pub fn new(inputs: &'a Inputs, options: &'a Options) -> Self {
        let (start, asked, progress) = Default::default();
        Stream { inputs, options, survey: None, start, asked, stop: None, progress }
    }

    /// The same, from a place of the input on.
    pub fn starting_at(self, start: Start) -> Self {
        Stream { start, ..self }
    }

    /// The same, of some documents alone.
    pub fn only(mut self, only: &'a Only<'a>) -> Self {
        self.asked.only = Some(only);
        self
    }

    /// The same, where the workers pack their records too, as [`Written::packed`].
    pub fn packed(mut self, pack: &'a Pack<'a>) -> Self {
        self.asked.pack = Some(pack);
        self
    }

    /// The same, where no more is read once `stop` is set; what was read is worked on and written.
    pub fn stopped_by(self, stop: &'a AtomicBool) -> Self {
        Stream { stop: Some(stop), ..self }
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
        let failed = AtomicBool::new(false);
        let budget = Budget::new(self.options.budget, BATCHES_PER_THREAD * pool.current_num_threads());
        let shop = Shop::new(&make, Fields::new(ingest), self.asked, &failed);
        let (sender, receiver) = unbounded();

        std::thread::scope(|threads| {
            let _guard = budget.closed_by_panic();
            let reader = threads.spawn(|| self.read(&pool, &shop, &budget, sender));
            let written = write(receiver, self.options.ordered, sink, &self.progress, |done| {
                budget.give(done.bytes());
                shop.recycle(done);
            });
            if written.is_err() {
                failed.store(true, Relaxed);
                budget.close();
            }
            let read = reader.join().unwrap_or_else(|panic| resume_unwind(panic));
            let summary = Summary { stopped: read.stopped, ..written? };
            let (read, out) = (read.documents, summary.documents + summary.skipped() + summary.filtered);
            if read != out {
                return Err(Error::lost(format!("{read} documents were read, but {out} came out")));
            }
            Ok(summary)
        })
    }

    /// Hands every batch to the pool and returns when the last one is done. The channel closes then: `sender` lives no
    /// longer.
    fn read<M, W>(&self, pool: &ThreadPool, shop: &Shop<'_, M, W>, budget: &Budget, sender: Sender<(u64, Done)>) -> Read
    where
        M: Fn() -> W + Sync,
        W: FnMut(&Article<'_>, &mut Vec<u8>) -> Told + Send,
    {
        let (ingest, load) = (&self.options.ingest, &self.progress.load);
        let mut reader = Reader::at(self.inputs, ingest, &self.progress.read, self.start.position);
        let survey = self.survey.map(|make| make());
        let lines = self.options.repeated_lines;
        let mut learner = (lines || survey.is_some()).then(|| Learner::new(ingest, lines, survey));
        let (mut number, mut skip, mut read) = (0, self.start.skip, Read::default());
        let mut ready = Vec::new();
        pool.in_place_scope(|pool| {
            loop {
                if self.stop.is_some_and(|stop| stop.load(Relaxed)) {
                    return Read { stopped: true, ..read };
                }
                let mut batch = shop.batch();
                reader.fill(&mut batch);
                failpoint::pass("read");
                match &mut learner {
                    Some(learner) => learner.pass(batch, &mut ready),
                    None => ready.push(batch),
                }
                for batch in ready.drain(..) {
                    let count = batch.len() as u64;
                    if (1..=skip).contains(&count) {
                        skip -= count;
                        shop.recycle_batch(batch);
                        continue;
                    }
                    let expected = expected(batch.bytes(), batch.longest());
                    if batch.is_empty() || !load.time_reader(|| budget.take(expected)) {
                        return read;
                    }
                    let first = std::mem::take(&mut skip) as usize;
                    read.documents += count - first as u64 + if first == 0 { batch.filtered() } else { 0 };
                    let (sender, place) = (sender.clone(), number);
                    number += 1;
                    // The receiver is gone only after an error, and then nobody wants the result.
                    pool.spawn(move |_| {
                        let _guard = budget.closed_by_panic();
                        let done = load.time_worker(|| shop.work(batch, first));
                        load.see_held(budget.settle(expected, done.bytes()));
                        drop(sender.send((place, done)));
                    });
                }
            }
        })
    }
}

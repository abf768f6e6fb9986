//! Puts finished batches back into the order of the input.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering::Relaxed;

use crossbeam_channel::Receiver;

use super::work::Done;
use super::{Progress, Sink, Summary, Written};
use crate::error::Result;
use crate::ingest::Reason;

/// Hands every batch to the sink, in order of its number or, if not `ordered`, as they come, and then to `give_back`.
/// Ends when all senders are gone.
pub(crate) fn write(
    receiver: Receiver<(u64, Done)>,
    ordered: bool,
    sink: &mut dyn Sink,
    progress: &Progress,
    mut give_back: impl FnMut(Done),
) -> Result<Summary> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    let mut summary = Summary::default();
    let mut dead = BTreeMap::<Reason, u64>::new();
    let load = &progress.load;
    while let Ok((number, done)) = load.time_waiting_writer(|| receiver.recv()) {
        let number = if ordered { number } else { next };
        early.insert(number, done);
        load.see_early(early.len() - 1);
        while let Some(done) = early.remove(&next) {
            next += 1;
            let written = Written {
                records: &done.records,
                packed: &done.packed,
                documents: &done.documents,
                dead: &done.dead,
                filtered: done.filtered,
                after: done.batch.after(),
                shard: done.batch.shard(),
            };
            load.time_writer(|| sink.batch(&written))?;
            for letter in &done.dead {
                *dead.entry(letter.reason).or_default() += 1;
            }
            let documents = done.documents.len() as u64;
            summary.documents += documents;
            summary.filtered += done.filtered;
            summary.written += done.records.len() as u64;
            progress.documents.fetch_add(documents, Relaxed);
            progress.dead.fetch_add(done.dead.len() as u64, Relaxed);
            give_back(done);
        }
    }
    summary.dead = dead.into_iter().collect();
    Ok(summary)
}

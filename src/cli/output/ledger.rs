//! The books of a run: what was written, put aside and left, and to where all of it is on the disk.
//!
//! Each batch goes to the store and to the dead letters before the next one does. From time to time both are brought to the
//! disk and the journal says so; whatever kills the run then, it goes on from there with the same bytes.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use dateline::ingest::DeadLetter;
use dateline::stream::{Sink, Start, Written};
use dateline::{Error, Result};

use super::super::store::{self, Folder};
use super::args::{OnError, RunArgs};
use super::fingerprint::Fingerprint;
use super::journal::{Counts, Journal, Line};
use super::lock::Lock;
use super::packing::Packing;
use super::part::{Part, beside};
use super::pipe::Pipe;
use super::policy::Policy;
use super::rewrite::Rewrite;
use super::{Published, Store};

/// What a run is to write, and how.
pub struct Order<'a> {
    /// The file; standard output where there is none.
    pub target: Option<&'a Path>,
    /// The file for dead letters.
    pub letters: Option<&'a Path>,
    /// How the output is written where it is a folder of files.
    pub folder: Option<store::Order>,
    pub args: &'a RunArgs,
    /// What stands before all records.
    pub header: &'a str,
    /// What is changed in records by those before them.
    pub rewrite: Option<Rewrite>,
    /// Whether what was read before tells how to read the next.
    pub learns: bool,
    /// Of what can be read again; none where something cannot.
    pub fingerprint: Option<&'a dyn Fn() -> Fingerprint>,
    /// Tells of dead letters that go to no file.
    pub tell: &'a dyn Fn(&DeadLetter),
}

/// Documents left out that are told one by one. The first few show what is wrong; the rest is a number.
const TOLD: u64 = 5;

/// The books of one run.
pub struct Ledger<'a> {
    store: Option<Box<dyn Store>>,
    /// What the store packs its records with, where workers can do so.
    packing: Packing,
    letters: Option<Letters>,
    journal: Option<Journal>,
    /// Whether the journal has a line to go on from.
    is_kept: bool,
    lines: Line,
    checked: Instant,
    policy: Policy,
    args: &'a RunArgs,
    /// What is changed in records by those before them.
    rewrite: Option<Rewrite>,
    learns: bool,
    /// Documents and dead letters that are on the disk already and come once more, for what they tell.
    again: (u64, u64),
    tell: &'a dyn Fn(&DeadLetter),
    failed: Option<Error>,
    target: PathBuf,
    // Given back after all else.
    _lock: Option<Lock>,
}

/// Where dead letters go.
enum Letters {
    File(Part, Vec<u8>),
    Pipe(Pipe),
}

impl<'a> Ledger<'a> {
    /// Opens the books: new ones, or those of the run that is gone on with.
    pub fn open(mut order: Order<'a>) -> Result<Self> {
        let target = order.target.filter(|path| *path != Path::new("-"));
        let shown = target.unwrap_or(Path::new("-")).to_owned();
        let wrong = |e: io::Error| Error::from(e).at(&shown, 0);
        // A link stays a link; what it points to is replaced.
        let file = target.map(|path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()));
        let file = file.filter(|path| order.folder.is_some() || !is_special(path));
        if let (Some(records), Some(letters)) = (target, order.letters)
            && records == letters
        {
            return Err(Error::usage("records and dead letters cannot go to the same file"));
        }
        let lock = file.as_deref().map(|path| Lock::take(beside(path, "lock")).map_err(wrong)).transpose()?;
        let journal = file.as_deref().map(|path| beside(path, "journal"));
        let found = journal.as_deref().map(Journal::find).transpose().map_err(wrong)?.flatten();
        let fingerprint = if order.args.unordered { None } else { order.fingerprint.filter(|_| file.is_some()) };
        let fingerprint = fingerprint.map(|make| make());

        let mut line = None;
        if order.args.resume {
            let Some(now) = &fingerprint else {
                return Err(Error::usage("--resume needs inputs that can be read again and a file to write"));
            };
            if let Some(difference) = found.as_ref().and_then(|found| found.of.difference(now)) {
                let what = format!("cannot go on with this run: {difference}; without --resume it starts anew");
                return Err(Error::usage(what).at(&shown, 0));
            }
            line = found.as_ref().and_then(|found| found.last.clone());
        }
        let is_kept = line.is_some();
        if let (Some(path), Some(folder), false) = (&file, &order.folder, is_kept) {
            folder.check(path, order.args.resume)?;
        }
        if let Some(path) = journal.as_deref().filter(|_| found.is_some() && !is_kept) {
            // Before its files begin anew, or it would say of them what is no longer so.
            fs::remove_file(path).map_err(wrong)?;
        }
        let packing = if order.rewrite.is_some() || order.folder.is_some() { None } else { target.map(Packing::of) };
        let store: Box<dyn Store> = match (&file, &line, order.folder.take()) {
            (None, ..) => Box::new(Pipe::open(target).map_err(wrong)?),
            (Some(path), line, Some(folder)) => {
                Box::new(Folder::open(path, folder, line.as_ref().map(|line| line.records.length))?)
            }
            (Some(path), None, None) => Box::new(Part::create(path.clone()).map_err(wrong)?),
            (Some(path), Some(line), None) => {
                Box::new(Part::cut_back(path.clone(), line.records.length, line.done).map_err(wrong)?)
            }
        };
        let letters =
            order.letters.map(|path| Letters::open(path, line.as_ref()).map_err(|e| Error::from(e).at(path, 0)));
        let letters = letters.transpose()?;
        let journal = match (journal, &fingerprint, &found) {
            (Some(path), Some(_), Some(found)) if is_kept => Some(Journal::go_on(path, found).map_err(wrong)?),
            (Some(path), Some(of), _) => Some(Journal::create(path, of).map_err(wrong)?),
            _ => None,
        };
        let lines = line.unwrap_or_default();
        let again = if order.rewrite.is_some() { (lines.counts.written, lines.counts.skipped()) } else { (0, 0) };
        let mut ledger = Ledger {
            store: Some(store),
            packing: packing.unwrap_or(Packing::Plain),
            letters,
            journal,
            is_kept,
            lines,
            checked: Instant::now(),
            policy: Policy { on_error: order.args.on_error, limit: order.args.max_rejects },
            args: order.args,
            rewrite: order.rewrite,
            learns: order.learns,
            again,
            tell: order.tell,
            failed: None,
            target: shown,
            _lock: lock,
        };
        if !is_kept && !order.header.is_empty() {
            ledger.write(order.header.as_bytes())?;
        }
        Ok(ledger)
    }

    /// Records without a document.
    fn write(&mut self, records: &[u8]) -> Result<()> {
        let (packed, documents, dead) = Default::default();
        let (after, shard, filtered) = Default::default();
        let batch = Written { records, packed, documents, dead, filtered, after, shard };
        self.store().write(&batch).map_err(|e| Error::from(e).at(&self.target, 0))
    }

    fn store(&mut self) -> &mut dyn Store {
        &mut **self.store.as_mut().expect("it is there until the end")
    }

    /// Where the stream begins. None when all was written, and only names are to be given.
    pub fn start(&self) -> Option<Start> {
        let counts = &self.lines.counts;
        if self.lines.done {
            None
        } else if self.rewrite.is_some() {
            // All records are needed for what they tell of the next ones.
            Some(Start::default())
        } else if self.learns {
            Some(Start { skip: counts.all(), ..Start::default() })
        } else {
            Some(Start { position: self.lines.after, skip: 0 })
        }
    }

    /// How the workers are to pack the records.
    pub fn packing(&self) -> Packing {
        self.packing
    }

    /// What became of the documents so far.
    pub fn counts(&self) -> &Counts {
        &self.lines.counts
    }

    /// Whether a run can go on from here that ends now.
    pub fn is_kept(&self) -> bool {
        self.is_kept
    }

    /// Whether a signal may end the run and another run go on.
    pub fn can_go_on(&self) -> bool {
        self.journal.is_some()
    }

    /// The error that ended the run, with the file that it was about.
    pub fn failed(&mut self) -> Option<Error> {
        self.failed.take()
    }

    /// Ends the run before its end: all that was written is on the disk.
    pub fn pause(&mut self) -> Result<()> {
        self.checkpoint(false).map_err(|e| Error::from(e).at(&self.target, 0))
    }

    /// Ends the run: files get their names.
    pub fn finish(mut self) -> Result<Published> {
        let target = self.target.clone();
        let wrong = |e: io::Error| Error::from(e).at(&target, 0);
        if !self.lines.done {
            self.store().close().map_err(wrong)?;
            if let Some(Letters::File(part, _)) = &mut self.letters {
                part.close().map_err(wrong)?;
            }
            self.lines.done = true;
            self.checkpoint(true).map_err(wrong)?;
        }
        if let Some(Letters::File(part, _)) = self.letters.take() {
            part.publish().map_err(wrong)?;
        }
        let published = self.store.take().map_or(Ok(Published::default()), Store::finish)?;
        if let Some(journal) = self.journal.take() {
            journal.remove();
        }
        Ok(published)
    }

    /// Brings everything to the disk and says so in the journal, where there is one.
    fn checkpoint(&mut self, shard_ends: bool) -> io::Result<()> {
        if let Some(letters) = &mut self.letters {
            self.lines.letters = letters.sync(self.journal.is_some())?;
        }
        if self.journal.is_none() {
            return Ok(());
        }
        let after = self.lines.after;
        if let Some(mark) = self.store().checkpoint(after, shard_ends)? {
            self.lines.records = mark;
            if let Some(journal) = &mut self.journal {
                journal.append(&self.lines)?;
                self.is_kept = true;
            }
        }
        self.checked = Instant::now();
        Ok(())
    }

    fn take(&mut self, batch: &Written<'_>) -> io::Result<()> {
        let (documents, dead) =
            (self.come_again(batch.documents.len(), true), self.come_again(batch.dead.len(), false));
        let letters = &batch.dead[dead..];
        let mut counts = self.lines.counts.clone();
        counts.written += (batch.documents.len() - documents) as u64;
        counts.filtered += batch.filtered;
        for letter in letters {
            *counts.rejected.entry(letter.reason.as_str().to_owned()).or_default() += 1;
        }
        if let Some(error) = self.policy.verdict(&counts, letters) {
            self.failed = Some(error);
            return Err(io::Error::other("too many documents cannot be read"));
        }
        if batch.shard != self.lines.shard {
            self.checkpoint(true)?;
            self.lines.shard = batch.shard;
        }
        match &mut self.rewrite {
            Some(rewrite) => {
                let store = self.store.as_mut().expect("it is there until the end");
                store.write(&rewrite.batch(batch, documents)?)?;
            }
            None => self.store().write(batch)?,
        }
        for letter in letters {
            tracing::debug!(source = letter.source, line = letter.line, reason = %letter.reason, "left out");
            self.put_aside(letter)?;
        }
        let told = self.lines.counts.skipped();
        if self.letters.is_none() && self.policy.on_error == OnError::Dead && told < TOLD {
            letters.iter().take((TOLD - told) as usize).for_each(|letter| (self.tell)(letter));
        }
        self.lines.counts = counts;
        self.lines.after = batch.after;
        if self.journal.is_some() && self.checked.elapsed() >= self.args.interval() {
            self.checkpoint(false)?;
        }
        Ok(())
    }

    /// How many of so many documents, or dead letters, come once more.
    fn come_again(&mut self, count: usize, documents: bool) -> usize {
        let again = if documents { &mut self.again.0 } else { &mut self.again.1 };
        let known = (*again).min(count as u64);
        *again -= known;
        known as usize
    }

    fn put_aside(&mut self, letter: &DeadLetter) -> io::Result<()> {
        if let Some(letters) = self.letters.as_mut().filter(|_| self.policy.on_error == OnError::Dead) {
            letters.put(letter)?;
        }
        Ok(())
    }
}

impl Sink for Ledger<'_> {
    fn batch(&mut self, batch: &Written<'_>) -> io::Result<()> {
        self.take(batch).inspect_err(|e| {
            if self.failed.is_none() && e.kind() != io::ErrorKind::BrokenPipe {
                let again = e
                    .raw_os_error()
                    .map_or_else(|| io::Error::new(e.kind(), e.to_string()), io::Error::from_raw_os_error);
                self.failed = Some(Error::from(again).at(&self.target, 0));
            }
        })
    }
}

impl Drop for Ledger<'_> {
    /// What nobody can go on with is not left behind.
    fn drop(&mut self) {
        if self.is_kept {
            return;
        }
        if let Some(store) = self.store.take() {
            store.discard();
        }
        if let Some(Letters::File(part, _)) = self.letters.take() {
            part.discard();
        }
        if let Some(journal) = self.journal.take() {
            journal.remove();
        }
    }
}

impl Letters {
    fn open(path: &Path, line: Option<&Line>) -> io::Result<Self> {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        Ok(if is_special(&target) {
            Letters::Pipe(Pipe::open(Some(&target))?)
        } else {
            let part = match line {
                None => Part::create(target)?,
                Some(line) => Part::cut_back(target, line.letters, line.done)?,
            };
            Letters::File(part, Vec::new())
        })
    }

    fn put(&mut self, letter: &DeadLetter) -> io::Result<()> {
        let mut line = serde_json::to_vec(letter)?;
        line.push(b'\n');
        match self {
            // Many are packed together: a frame each would be larger than what is in it.
            Letters::File(part, waiting) => {
                waiting.append(&mut line);
                if waiting.len() < 1 << 20 { Ok(()) } else { flush(part, waiting) }
            }
            Letters::Pipe(pipe) => pipe.append(&line),
        }
    }

    /// Hands on what waits; says how long the file is, and where `durably`, when it is on the disk.
    fn sync(&mut self, durably: bool) -> io::Result<u64> {
        match self {
            Letters::File(part, waiting) => {
                flush(part, waiting)?;
                if durably { part.sync() } else { Ok(0) }
            }
            Letters::Pipe(_) => Ok(0),
        }
    }
}

fn flush(part: &mut Part, waiting: &mut Vec<u8>) -> io::Result<()> {
    part.append(waiting)?;
    waiting.clear();
    Ok(())
}

/// Whether it is a device or a pipe: there is nothing to rename.
fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| !about.is_file())
}

/// The command that goes on with this run, to be typed in a shell.
pub fn command_to_go_on() -> String {
    let mut words: Vec<String> = std::env::args_os().map(quoted).collect();
    if !words.iter().any(|word| word == "--resume") {
        let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
        words.insert(end, "--resume".into());
    }
    words.join(" ")
}

fn quoted(word: OsString) -> String {
    let word = word.to_string_lossy();
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=:,+@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.into_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_for_a_shell() {
        for (word, typed) in [("a-b/c.jsonl", "a-b/c.jsonl"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''")] {
            assert_eq!(quoted(word.into()), typed);
        }
    }
}

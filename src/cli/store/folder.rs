//! A folder of shards.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossbeam_channel::{Receiver, bounded};
use dateline::entities::time::civil;
use dateline::ingest::Position;
use dateline::stream::Written;
use dateline::{Error, Result, failpoint};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::super::output::{Mark, Published, Store};
use super::Order;
use super::file::{Ended, Growing, sync_folder};
use super::manifest::{self, Manifest, Told};
use super::packer::{Open, Packed, Packer};

/// Says that all shards are there.
const SUCCESS: &str = "_SUCCESS";

/// Folders in which files of ours lie, whatever the run.
const FOLDERS: [&str; 6] = ["records", "documents", "entities", "events", "explanations", "repeats"];

/// Bytes of records that are packed at a time; of a table, what becomes one row group. Depends on nothing, so that the same
/// input gives the same files.
const STRETCH: usize = 16 << 20;

/// Bytes of records that wait for their stretch to become so long, in all months together.
const WAITING: usize = 4 * STRETCH;

/// Bytes of memory that packing a stretch may need: the records themselves, and what is made of them.
const PACKING: usize = 3 * STRETCH;

/// What is in a folder that is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Empty,
    /// Something that is none of ours.
    Others,
    /// The shards of a run that did not come to its end.
    BrokenOff,
    /// All shards of a run.
    Whole,
}

/// What is in a folder.
pub fn state(root: &Path) -> State {
    let is_there = |name: &str| root.join(name).exists();
    let manifest = fs::metadata(root.join(manifest::NAME)).map(|about| about.len()).ok();
    let mut entries = fs::read_dir(root).into_iter().flatten().flatten();
    match manifest {
        Some(_) if is_there(SUCCESS) => State::Whole,
        Some(0) if !FOLDERS.into_iter().any(is_there) => State::Empty,
        Some(_) => State::BrokenOff,
        None if entries.next().is_none() => State::Empty,
        None => State::Others,
    }
}

/// Year and month of publication, where they are known.
type Month = Option<(i32, u8)>;

/// What the packing of a stretch comes to.
type Packing = Receiver<io::Result<Vec<Option<Packed>>>>;

/// A folder that is being written.
pub struct Folder {
    root: PathBuf,
    packer: Arc<Packer>,
    by_month: bool,
    pool: ThreadPool,
    /// Stretches that may be packed at a time.
    most: usize,
    manifest: Manifest,
    shard: Shard,
}

/// The shard that is being written.
#[derive(Default)]
struct Shard {
    number: u64,
    documents: u64,
    after: Position,
    months: BTreeMap<Month, Partition>,
    /// Bytes of records that wait.
    waiting: usize,
    /// Stretches that are being packed, in order.
    packing: VecDeque<(Month, Packing)>,
}

/// What goes into the same files.
#[derive(Default)]
struct Partition {
    /// Records that wait until there are enough of them.
    records: Vec<u8>,
    /// The files that were begun, by kind.
    files: Vec<Option<Open>>,
}

impl Folder {
    /// Begins a folder anew, whatever is in it, or goes on with one of so many finished shards.
    ///
    /// # Errors
    /// Not all of these are there.
    pub fn open(root: &Path, order: Order, finished: Option<u64>) -> Result<Folder> {
        let Order { packer, by_month, means, .. } = order;
        let manifest = || match finished {
            Some(shards) => {
                let manifest = Manifest::cut_back(root, shards)?;
                clear(root, &manifest.files(root))?;
                Ok(manifest)
            }
            None => {
                clear(root, &[])?;
                fs::create_dir_all(root)?;
                sync_folder(root.parent().unwrap_or(root));
                Manifest::create(root)
            }
        };
        let manifest = manifest().map_err(|e: io::Error| Error::from(e).at(root, 0))?;
        let pool = ThreadPoolBuilder::new()
            .num_threads(means.threads)
            .thread_name(|n| format!("dateline-pack-{n}"))
            .build()
            .map_err(|e| Error::usage(format!("cannot start the threads: {e}")))?;
        let most = (means.memory / 2 / PACKING).clamp(1, pool.current_num_threads());
        let (root, packer, shard) = (root.to_owned(), Arc::new(packer), Shard::default());
        Ok(Folder { root, packer, by_month, pool, most, manifest, shard })
    }

    /// Has the records that wait for a month packed.
    fn send(&mut self, month: Month) -> io::Result<()> {
        let partition = self.shard.months.get_mut(&month).expect("its records wait");
        let records = std::mem::take(&mut partition.records);
        if records.is_empty() {
            return Ok(());
        }
        self.shard.waiting -= records.len();
        while self.shard.packing.len() >= self.most {
            self.append()?;
        }
        let (sender, receiver) = bounded(1);
        let packer = self.packer.clone();
        // When nobody receives any more, the run has failed already.
        self.pool.spawn(move || drop(sender.send(packer.pack(records))));
        self.shard.packing.push_back((month, receiver));
        Ok(())
    }

    /// Waits for the first stretch that is being packed, and appends it to its files.
    fn append(&mut self) -> io::Result<()> {
        let Some((month, packing)) = self.shard.packing.pop_front() else { return Ok(()) };
        let packed = packing.recv().map_err(|_| io::Error::other("packing records failed; see above"))??;
        for (kind, packed) in packed.into_iter().enumerate() {
            if let Some(packed) = packed {
                self.file(month, kind)?.append(packed)?;
            }
        }
        Ok(())
    }

    /// The file of a month and kind, begun where it was not.
    fn file(&mut self, month: Month, kind: usize) -> io::Result<&mut Open> {
        let kinds = self.packer.folders();
        let files = &mut self.shard.months.entry(month).or_default().files;
        files.resize_with(kinds.len(), || None);
        let file = &mut files[kind];
        if file.is_none() {
            let mut path = self.root.join(kinds[kind]);
            if self.by_month {
                path.push(folder_of(month));
            }
            path.push(format!("part-{:05}.{}", self.shard.number, self.packer.ending()));
            *file = Some(self.packer.open(kind, Growing::new(path))?);
        }
        Ok(file.as_mut().expect("it was begun"))
    }

    /// Brings the shard to the disk, gives its files their names, and tells of it in the manifest. One without documents
    /// leaves nothing, unless it is `wanted` all the same.
    fn end_shard(&mut self, wanted: bool) -> io::Result<()> {
        let months: Vec<Month> = self.shard.months.keys().copied().collect();
        for month in &months {
            self.send(*month)?;
        }
        while !self.shard.packing.is_empty() {
            self.append()?;
        }
        // Who reads all files of a kind finds one, even if there is nothing in it.
        if !self.by_month && (wanted || self.shard.documents > 0) {
            for kind in 0..self.packer.folders().len() {
                self.file(None, kind)?;
            }
        }
        let Shard { number, documents, after, months, .. } = std::mem::take(&mut self.shard);
        let mut ended: Vec<(Ended, u64)> = Vec::new();
        for file in months.into_values().flat_map(|partition| partition.files).flatten() {
            let (file, rows) = file.finish()?;
            ended.push((file.end()?, rows));
        }
        if ended.is_empty() {
            return Ok(());
        }
        for (file, _) in &ended {
            failpoint::pass("rename");
            file.publish()?;
        }
        self.sync_folders(&ended);
        let files = ended.iter().map(|(file, rows)| self.told(file, *rows)).collect();
        self.manifest.append(manifest::Shard { shard: number, documents, files, after })
    }

    fn told(&self, file: &Ended, rows: u64) -> Told {
        let path = file.target.strip_prefix(&self.root).expect("it lies in the folder");
        let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Told { path: parts.join("/"), rows, bytes: file.bytes, crc32: format!("{:08x}", file.checksum) }
    }

    /// Brings the names of files to the disk, and of the folders in which they lie.
    fn sync_folders(&self, files: &[(Ended, u64)]) {
        let mut folders = BTreeSet::new();
        for (file, _) in files {
            folders.extend(file.target.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.root)));
        }
        folders.into_iter().for_each(sync_folder);
    }
}

impl Store for Folder {
    fn write(&mut self, batch: &Written<'_>) -> io::Result<()> {
        if batch.shard != self.shard.number {
            self.end_shard(false)?;
            self.shard.number = batch.shard;
        }
        let mut begin = 0;
        for document in batch.documents {
            let records = &batch.records[begin..document.end];
            begin = document.end;
            let published = document.told.published.filter(|_| self.by_month);
            let month = published.map(|day| {
                let (year, month, _) = civil(day);
                (year, month)
            });
            let waiting = &mut self.shard.months.entry(month).or_default().records;
            waiting.extend_from_slice(records);
            let is_enough = waiting.len() >= STRETCH;
            self.shard.waiting += records.len();
            self.shard.documents += 1;
            if is_enough {
                self.send(month)?;
            } else if self.shard.waiting >= WAITING {
                // The first of those with most records: the input alone decides.
                let months = self.shard.months.iter().rev();
                let most = months.max_by_key(|(_, partition)| partition.records.len()).map(|(month, _)| *month);
                self.send(most.expect("records wait"))?;
            }
        }
        self.shard.after = batch.after;
        Ok(())
    }

    fn checkpoint(&mut self, _: Position, shard_ends: bool) -> io::Result<Option<Mark>> {
        if !shard_ends {
            return Ok(None);
        }
        self.end_shard(false)?;
        Ok(Some(Mark { length: self.manifest.shards.len() as u64 }))
    }

    fn close(&mut self) -> io::Result<()> {
        let has_none = self.manifest.shards.is_empty();
        self.end_shard(has_none)
    }

    fn finish(self: Box<Self>) -> Result<Published> {
        let end = File::create(self.root.join(SUCCESS)).and_then(|file| file.sync_all());
        end.map_err(|e| Error::from(e).at(&self.root, 0))?;
        sync_folder(&self.root);
        let bytes = self.manifest.shards.iter().flat_map(|shard| &shard.files).map(|file| file.bytes).sum();
        Ok(Published { files: self.manifest.files(&self.root), bytes })
    }

    fn discard(self: Box<Self>) {
        let root = self.root.clone();
        // No file of it is open any more.
        drop(self);
        let _ = clear(&root, &[]);
        let _ = fs::remove_file(root.join(manifest::NAME));
        let _ = fs::remove_dir(&root);
    }
}

/// The folder of a month, as Hive and all who read its folders name them.
fn folder_of(month: Month) -> String {
    match month {
        Some((year, month)) => format!("published_month={year:04}-{month:02}"),
        None => "published_month=__HIVE_DEFAULT_PARTITION__".into(),
    }
}

/// Removes the files of shards that are not to be kept, and what is left of those that were not finished.
fn clear(root: &Path, keep: &[PathBuf]) -> io::Result<()> {
    let keep: BTreeSet<&Path> = keep.iter().map(PathBuf::as_path).collect();
    for folder in FOLDERS {
        clear_folder(&root.join(folder), &keep)?;
    }
    match fs::remove_file(root.join(SUCCESS)) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

fn clear_folder(folder: &Path, keep: &BTreeSet<&Path>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if entry.file_type()?.is_dir() && name.starts_with("published_month=") {
            clear_folder(&path, keep)?;
        } else if name.trim_start_matches('.').starts_with("part-") && !keep.contains(path.as_path()) {
            fs::remove_file(&path)?;
        }
    }
    // A folder with nothing in it goes too; any other one stays.
    let _ = fs::remove_dir(folder);
    Ok(())
}

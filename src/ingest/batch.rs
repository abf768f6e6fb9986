//! Documents on their way from the reader to a worker.
//!
//! A batch carries the bytes of its documents in one piece and, beside it, where each one lies and comes from. The
//! reader only cuts; decoding and parsing happen on the worker that takes the batch.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use super::dead::{DeadLetter, Reason, Reject, hash, shown};
use super::inputs::{Kind, Source};
use super::learner::{Known, site};
use super::position::Position;
use super::{Article, Fields, decode, html, warc};

/// Some documents of the input, in order.
#[derive(Debug, Default)]
pub struct Batch {
    pub(crate) bytes: Vec<u8>,
    documents: Vec<Document>,
    sources: Vec<Arc<Source>>,
    /// What is known of the sources of the documents from one on, in order.
    known: Vec<(usize, Arc<Known>)>,
    after: Position,
    shard: u64,
    filtered: u64,
    /// Whether dead letters hold all bytes of their documents.
    whole_letters: bool,
}

#[derive(Debug)]
struct Document {
    source: usize,
    place: Place,
    /// Its bytes in the batch: all of them, or the first few of what is rejected.
    range: Range<usize>,
    state: State,
}

/// Where a document begins in its (decompressed) file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) at: At,
    /// Bytes before it; of an archive packed record by record, those of the file as stored.
    pub(crate) offset: u64,
}

/// What tells documents of one file apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// There is but one.
    File,
    /// The line on which it begins, from 1.
    Line(u64),
    /// Its number, from 1.
    Record(u64),
    Offset,
}

impl Place {
    /// A file that is one document.
    pub(crate) const FILE: Place = Place { at: At::File, offset: 0 };

    /// What is printed behind the file.
    fn number(self) -> Option<u64> {
        match self.at {
            At::File => None,
            At::Line(number) | At::Record(number) => Some(number),
            At::Offset => Some(self.offset),
        }
    }
}

#[derive(Debug)]
enum State {
    Read(Kind),
    /// Rejected by the reader, with its length in bytes.
    Rejected(Reject, u64),
}

/// What reading one document needs beside its bytes; belongs to the worker.
#[derive(Debug, Default)]
pub struct Scratch {
    source: String,
    id: String,
}

impl Batch {
    /// Number of documents.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether it holds no document, and passed none over: so it is at the end of the input.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.filtered == 0
    }

    /// Whether it holds a document.
    pub(crate) fn has_begun(&self) -> bool {
        !self.documents.is_empty()
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// The position in the input behind its last document.
    pub fn after(&self) -> Position {
        self.after
    }

    /// The shard to which all of its documents belong, from 0; see [`super::Options::shard`].
    pub fn shard(&self) -> u64 {
        self.shard
    }

    /// Records before, between and behind its documents that are none, such as the requests in an archive. Behind the
    /// last document of the input a batch may have nothing else.
    pub fn filtered(&self) -> u64 {
        self.filtered
    }

    pub(crate) fn filter(&mut self) {
        self.filtered += 1;
    }

    pub(crate) fn end(&mut self, after: Position) {
        self.after = after;
    }

    pub(crate) fn begin(&mut self, shard: u64, whole_letters: bool) {
        (self.shard, self.whole_letters) = (shard, whole_letters);
    }

    /// Bytes of its longest document.
    pub(crate) fn longest(&self) -> usize {
        self.documents.iter().map(|document| document.range.len()).max().unwrap_or(0)
    }

    /// Where a document lies: the path of its file, and there its offset and its line or number, 0 where it has none.
    pub(crate) fn place(&self, number: usize) -> (&str, u64, u64) {
        let document = &self.documents[number];
        let at = match document.place.at {
            At::File | At::Offset => 0,
            At::Line(number) | At::Record(number) => number,
        };
        (&self.sources[document.source].path, document.place.offset, at)
    }

    /// Empties it and keeps its buffers.
    pub fn clear(&mut self) {
        (self.after, self.shard, self.filtered) = (Position::default(), 0, 0);
        self.bytes.clear();
        self.documents.clear();
        self.sources.clear();
        self.known.clear();
    }

    /// What is known of the sources of the documents from `first` on.
    pub(crate) fn know(&mut self, first: usize, known: &Arc<Known>) {
        self.known.push((first, Arc::clone(known)));
    }

    /// The file of a document, or its folder where the file is nothing else.
    pub(crate) fn origin(&self, number: usize) -> &str {
        let document = &self.documents[number];
        let path = &self.sources[document.source].path;
        let folder = path.rfind(['/', std::path::MAIN_SEPARATOR]).map_or("", |end| &path[..=end]);
        if document.place.at == At::File { folder } else { path }
    }

    /// The file to which all documents pushed from now on belong.
    pub(crate) fn enter(&mut self, source: &Arc<Source>) {
        // Files without a document leave nothing behind.
        let used = self.documents.last().map_or(0, |document| document.source + 1);
        self.sources.truncate(used);
        self.sources.push(Arc::clone(source));
    }

    pub(crate) fn push(&mut self, kind: Kind, place: Place, range: Range<usize>) {
        self.documents.push(Document { source: self.sources.len() - 1, place, range, state: State::Read(kind) });
    }

    /// A document of `length` bytes that the reader gave up, of which `range` is kept.
    pub(crate) fn reject(&mut self, reject: Reject, place: Place, range: Range<usize>, length: u64) {
        let state = State::Rejected(reject, length);
        self.documents.push(Document { source: self.sources.len() - 1, place, range, state });
    }

    /// The document with this number, from 0: an article or a dead letter.
    ///
    /// # Errors
    /// The document cannot be read; the dead letter says why and where it is.
    ///
    /// # Panics
    /// When there are fewer documents.
    pub fn article<'a>(
        &'a self,
        number: usize,
        fields: &Fields,
        scratch: &'a mut Scratch,
    ) -> Result<Article<'a>, Box<DeadLetter>> {
        let document = &self.documents[number];
        let source = &*self.sources[document.source];
        let bytes = &self.bytes[document.range.clone()];
        let read = match &document.state {
            State::Read(Kind::Lines | Kind::Values | Kind::Parquet) => fields.article(bytes),
            State::Read(Kind::Table) => row(bytes, source, fields),
            State::Read(Kind::Archive) => warc::article(bytes, fields.max_record()),
            State::Read(Kind::Text) => plain(bytes, source, false),
            State::Read(Kind::Page) => plain(bytes, source, true),
            State::Rejected(reject, _) => Err(reject.clone()),
        };
        let mut article = read.map_err(|reject| self.dead(number, reject))?;
        if let Some((_, known)) = self.known.iter().rev().find(|(first, _)| *first <= number)
            && let Some(source) = known.get(&site(&article.id))
        {
            article.repeated = Cow::Borrowed(&source.lines);
            article.losses = source.losses.clone();
        }
        let Scratch { source: position, id } = scratch;
        if let Some(number) = document.place.number() {
            put_number(position, &source.path, number);
            article.source = Cow::Borrowed(position);
            if article.id.is_empty() {
                put_number(id, source.stem(), number);
                article.id = Cow::Borrowed(id);
            }
        } else {
            article.source = Cow::Borrowed(&source.path);
        }
        Ok(article)
    }

    /// The bytes of a document that can be read, and what they are.
    pub(super) fn stored(&self, number: usize) -> Option<(Kind, &[u8])> {
        let document = &self.documents[number];
        match document.state {
            State::Read(kind) => Some((kind, &self.bytes[document.range.clone()])),
            State::Rejected(..) => None,
        }
    }

    /// The document with this number as a dead letter.
    pub(crate) fn dead(&self, number: usize, reject: Reject) -> Box<DeadLetter> {
        let document = &self.documents[number];
        let bytes = &self.bytes[document.range.clone()];
        let place = document.place;
        let length = match document.state {
            State::Read(_) => bytes.len() as u64,
            State::Rejected(_, length) => length,
        };
        let is_whole = length == bytes.len() as u64 && length > 0;
        let (raw, base64) = shown(bytes, is_whole && self.whole_letters);
        Box::new(DeadLetter {
            source: self.sources[document.source].path.clone(),
            line: if let At::Line(line) = place.at { Some(line) } else { None },
            record: if let At::Record(record) = place.at { Some(record) } else { None },
            offset: place.offset,
            bytes: length,
            reason: reject.reason,
            message: reject.message,
            hash: is_whole.then(|| hash(bytes)),
            raw,
            base64,
        })
    }
}

fn put_number(out: &mut String, path: &str, number: u64) {
    out.clear();
    // Writing to a string cannot fail.
    let _ = write!(out, "{path}:{number}");
}

/// A row of a table.
fn row<'a>(bytes: &'a [u8], source: &Source, fields: &Fields) -> Result<Article<'a>, Reject> {
    let columns = source.columns.as_ref().expect("a table has columns");
    if std::str::from_utf8(bytes).is_ok() {
        return columns.article(bytes, fields);
    }
    let (text, warning) = decode(bytes);
    let mut article = columns.article(text.as_bytes(), fields)?.into_owned();
    article.warnings.extend(warning);
    Ok(article)
}

/// A file that is one document: a page, or a text, which may turn out to be one.
fn plain<'a>(bytes: &'a [u8], source: &'a Source, is_page: bool) -> Result<Article<'a>, Reject> {
    let (body, warning) = decode(bytes);
    // Decoding makes up to three bytes of one, and offsets downstream have 32 bits.
    if u32::try_from(body.len()).is_err() {
        return Err(Reject::new(Reason::TooLarge, "the decoded text has 4 GiB or more"));
    }
    let warnings = warning.into_iter().collect();
    let mut article = Article { id: Cow::Borrowed(&source.name), body, warnings, ..Article::default() };
    if is_page || html::begins_as_page(&article.body) {
        html::put_page(&mut article);
    }
    Ok(article)
}

//! Documents on their way from the reader to a worker.
//!
//! A batch carries the bytes of its documents in one piece and, beside it, where each one lies and comes from. The
//! reader only cuts; decoding and parsing happen on the worker that takes the batch.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use super::dead::{DeadLetter, Reason, Reject, raw};
use super::inputs::{Kind, Source};
use super::learner::{Known, site};
use super::position::Position;
use super::{Article, Fields, decode, html};

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
    /// From 1; 0 where the file is one document.
    pub(crate) line: u64,
    pub(crate) offset: u64,
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

    /// Whether it holds no document.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
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

    pub(crate) fn end(&mut self, after: Position) {
        self.after = after;
    }

    pub(crate) fn set_shard(&mut self, shard: u64) {
        self.shard = shard;
    }

    /// Empties it and keeps its buffers.
    pub fn clear(&mut self) {
        (self.after, self.shard) = (Position::default(), 0);
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
        if document.place.line == 0 { folder } else { path }
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
            State::Read(Kind::Lines) => fields.article(bytes),
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
        if document.place.line == 0 {
            article.source = Cow::Borrowed(&source.path);
        } else {
            number_line(position, &source.path, document.place.line);
            article.source = Cow::Borrowed(position);
            if article.id.is_empty() {
                number_line(id, source.stem(), document.place.line);
                article.id = Cow::Borrowed(id);
            }
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
        Box::new(DeadLetter {
            source: self.sources[document.source].path.clone(),
            line: (place.line > 0).then_some(place.line),
            offset: place.offset,
            bytes: length,
            reason: reject.reason,
            message: reject.message,
            raw: raw(bytes),
        })
    }
}

fn number_line(out: &mut String, path: &str, line: u64) {
    out.clear();
    // Writing to a string cannot fail.
    let _ = write!(out, "{path}:{line}");
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

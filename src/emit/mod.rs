//! Writes what was found in one article as JSON lines: one document record, its entities, its events.
//!
//! The format is specified in `schema/records.schema.json`; every line is valid against it (tests/schema.rs). Only here
//! are strings made, and bytes turned into code points of the article as received. `text` is always that article's
//! slice, to the letter; what was repaired is in `name`.
//!
//! What does not depend on the article is rendered with the pipeline (`rules`, and the pieces beside their matches),
//! what all records of an article share once an article (`Heads`).

mod digits;
mod document;
mod entity;
mod escape;
mod event;
mod explanation;
mod grouped;
mod number;
mod pen;
mod piece;
mod points;
mod rules;
mod text;

pub use points::CodePoints;

use crate::analysis::Analysis;
use crate::dictionary::{Dictionary, Kind, NONE};
use crate::entities::amount::Hedge;
use crate::entities::time::Grain;
use crate::entities::{Entities, Entity};
use crate::events::Detector;
use crate::kernel::Sheet;
use crate::span::Span;
use escape::append_escaped;
use event::LastPlace;
use grouped::Grouped;
use pen::Pen;
use piece::{Date, Piece, Rendered};
use rules::RuleTexts;
use std::hint::select_unpredictable;

/// Version of the record format.
pub const SCHEMA: &str = "1";

/// Writes records. Built once, shared by workers.
pub struct Emitter {
    /// `,"country":"…"` with the ISO 3166-1 alpha-3 code, by alpha-2; zeros where there is no such country.
    countries: Box<[[u8; 16]; COUNTRIES]>,
    /// The entries of the countries, by the same.
    nations: Box<[u32; COUNTRIES]>,
    rules: RuleTexts,
    /// Version of the lists, as printed.
    gazetteers: String,
    /// Number of the first entry of a user's list.
    first_of_users: u32,
    list_repairs: bool,
}

/// Buffers of the writer, kept by a worker.
#[derive(Default)]
pub struct Scratch {
    laid: Laid,
    place: LastPlace,
}

/// What is laid out of an article before its records are written.
#[derive(Default)]
struct Laid {
    points: CodePoints,
    /// By their entity; titles by their bearer.
    mentions: Grouped,
    titles: Grouped,
    heads: Heads,
}

/// What repeats in the records of an article because it holds the article's id.
#[derive(Default)]
struct Heads {
    /// What every entity record begins with, up to its number; and every event record.
    entity: Rendered,
    event: Rendered,
    /// `"entity":"ID#e`
    mentioned: Rendered,
    /// `,"affiliation":"ID#e`
    affiliation: Rendered,
    /// `,"group":"ID#g`
    group: Rendered,
    /// The id, and the head at hand.
    id: Vec<u8>,
    text: Vec<u8>,
}

impl Heads {
    fn render(&mut self, id: &str) {
        let Heads { id: escaped, text, entity, event, mentioned, affiliation, group } = self;
        escaped.clear();
        append_escaped(id.as_bytes(), escaped);
        let mut render = |head: &mut Rendered, parts: &[&[u8]]| {
            text.clear();
            parts.iter().for_each(|part| text.extend_from_slice(part));
            head.set(text);
        };
        render(entity, &[b"{\"kind\":\"entity\",\"doc\":\"", escaped, b"\",\"id\":\"", escaped, b"#e"]);
        render(event, &[b"{\"kind\":\"event\",\"doc\":\"", escaped, b"\",\"id\":\"", escaped, b"#v"]);
        render(mentioned, &[b"\"entity\":\"", escaped, b"#e"]);
        render(affiliation, &[b",\"affiliation\":\"", escaped, b"#e"]);
        render(group, &[b",\"group\":\"", escaped, b"#g"]);
    }
}

impl Emitter {
    /// Reads the country codes and renders what the rules of events say.
    pub fn new(dictionary: &Dictionary<'_>, detector: &Detector, list_repairs: bool) -> Self {
        let mut countries = Box::new([[0; 16]; COUNTRIES]);
        let mut nations = Box::new([NONE; COUNTRIES]);
        for number in 0..dictionary.entry_count() as u32 {
            if dictionary.kind(number) != Kind::Country {
                continue;
            }
            let entry = dictionary.entry(number);
            if let &[a, b, c] = entry.sort.as_bytes() {
                let country = &mut countries[country_index(entry.country)];
                *country = *b",\"country\":\"...\"";
                country[12..15].copy_from_slice(&[a, b, c]);
                nations[country_index(entry.country)] = number;
            }
        }
        let gazetteers = format!("{:016x}", dictionary.stamp());
        let first_of_users = dictionary.first_of_users();
        Emitter {
            countries,
            nations,
            rules: RuleTexts::new(detector.rules()),
            gazetteers,
            first_of_users,
            list_repairs,
        }
    }

    /// Appends all records of one article to `out`.
    pub fn write(
        &self,
        dictionary: &Dictionary<'_>,
        analysis: &Analysis<'_>,
        scratch: &mut Scratch,
        out: &mut Vec<u8>,
    ) {
        let Scratch { laid, place } = scratch;
        let found = analysis.entities;
        expect_names(dictionary, found);
        laid.points.count(&analysis.article.body, analysis.blocks);
        laid.mentions.group(found.list.len(), &found.mentions, |m| m.entity);
        laid.titles.group(found.list.len(), &found.titles, |t| t.entity);
        laid.heads.render(&analysis.article.id);
        place.forget();
        self.rules.expect(analysis.events);
        expect_values(dictionary, found);
        let page = self.page(dictionary, analysis, laid);
        let mut sheet = Sheet::new(out);
        let mut pen = page.document(Pen::new(&mut sheet));
        for (number, entity) in found.list.iter().enumerate() {
            pen = page.entity(pen, number as u32, entity);
        }
        for (number, event) in analysis.events.iter().enumerate() {
            pen = page.event(pen, number as u32, event, place);
        }
        pen.finish();
    }

    /// An article that is laid out.
    fn page<'p>(&'p self, dictionary: &'p Dictionary<'p>, analysis: &'p Analysis<'p>, laid: &'p Laid) -> Page<'p> {
        Page {
            emitter: self,
            dictionary,
            a: analysis,
            body: &analysis.article.body,
            is_as_received: analysis.alignment.is_identity(),
            published: analysis.published.map(|(day, _)| Date::new(day)),
            points: &laid.points,
            mentions: &laid.mentions,
            titles: &laid.titles,
            heads: &laid.heads,
        }
    }
}

/// Asks for the names of entities that the lists hold, and for where their values stand: all of it lies scattered over
/// megabytes.
fn expect_names(dictionary: &Dictionary<'_>, found: &Entities) {
    for entity in &found.list {
        let entry = any_entry(entity);
        dictionary.expect_text(dictionary.name_span(entry));
        dictionary.expect_value(dictionary.detail_value(entry));
    }
}

/// Asks for the values themselves, which a record says behind the name; best when [`expect_names`] is some time past.
fn expect_values(dictionary: &Dictionary<'_>, found: &Entities) {
    for entity in &found.list {
        dictionary.expect_text(dictionary.value_span(dictionary.detail_value(any_entry(entity))));
    }
}

/// An entity's entry. Where there is none, any does: whether there is one cannot be guessed.
fn any_entry(entity: &Entity) -> u32 {
    if entity.entry == NONE { 0 } else { entity.entry }
}

/// Appends `{"id":…,"text":…}`.
pub fn write_text(id: &str, text: &str, out: &mut Vec<u8>) {
    let mut sheet = Sheet::new(out);
    Pen::new(&mut sheet).raw(b"{\"id\":").string(id).raw(b",\"text\":").string(text).raw(b"}\n").finish();
}

/// Appends `{"id":…,"sentences":[[start,end],…]}`, in code points of the article as received.
pub fn write_sentences(analysis: &Analysis<'_>, scratch: &mut Scratch, out: &mut Vec<u8>) {
    let points = &mut scratch.laid.points;
    points.count(&analysis.article.body, analysis.blocks);
    let mut sheet = Sheet::new(out);
    let mut pen = Pen::new(&mut sheet).raw(b"{\"id\":").string(&analysis.article.id).raw(b",\"sentences\":[");
    for (i, sentence) in analysis.sentences.iter().enumerate() {
        let tokens = &analysis.tokens[sentence.range()];
        let start = points.at(analysis.alignment.to_original_start(tokens[0].start));
        let end = points.at(analysis.alignment.to_original_end(tokens[tokens.len() - 1].end));
        pen = pen.turn().either(i > 0, b",[", b"[").span(start, end, b"");
    }
    pen.raw(b"]}\n").finish();
}

/// Places in the table of countries.
const COUNTRIES: usize = 32 * 32;

/// A country's place in the table, by the letters of its alpha-2 code; that of zeros is nobody's.
#[inline]
fn country_index([a, b]: [u8; 2]) -> usize {
    usize::from(a & 31) * 32 + usize::from(b & 31)
}

/// One article and all that its records are made of.
struct Page<'p> {
    emitter: &'p Emitter,
    dictionary: &'p Dictionary<'p>,
    a: &'p Analysis<'p>,
    /// The article as received.
    body: &'p str,
    /// Whether the clean text is that.
    is_as_received: bool,
    /// The publication date.
    published: Option<Date>,
    points: &'p CodePoints,
    /// By their entity; titles by their bearer.
    mentions: &'p Grouped,
    titles: &'p Grouped,
    heads: &'p Heads,
}

impl<'p> Page<'p> {
    /// The span of a stretch of tokens in the clean text.
    #[inline(always)]
    fn tokens(&self, first: u32, end: u32) -> Span {
        let tokens = self.a.tokens;
        Span::new(tokens[first as usize].start, tokens[end as usize - 1].end)
    }

    /// The article's own stretch.
    #[inline(always)]
    fn original(&self, span: Span) -> Span {
        if self.is_as_received {
            return span;
        }
        let alignment = self.a.alignment;
        Span::new(alignment.to_original_start(span.start()), alignment.to_original_end(span.end()))
    }

    /// `start,end]…` in code points, of bytes of the article as received.
    #[inline(always)]
    fn points<const A: usize>(&self, pen: Pen<'p>, span: Span, after: &[u8; A]) -> Pen<'p> {
        let (start, end) = self.points.of(span);
        pen.span(start, end, after)
    }

    /// The text and `","span":…` of a stretch of tokens.
    #[inline(never)]
    fn text_and_span(&self, pen: Pen<'p>, first: u32, end: u32) -> Pen<'p> {
        let span = self.original(self.tokens(first, end));
        let pen = pen.escaped_stretch(self.body.as_bytes(), span).raw(b"\",\"span\":[");
        self.points(pen, span, b"")
    }

    /// Clean text with its line breaks as spaces.
    #[inline]
    fn clean(&self, pen: Pen<'p>, span: Span) -> Pen<'p> {
        let (pen, is_written) = pen.short_stretch(self.a.text.as_bytes(), span);
        if is_written { pen } else { self.clean_slowly(pen, span) }
    }

    #[cold]
    #[inline(never)]
    fn clean_slowly(&self, mut pen: Pen<'p>, span: Span) -> Pen<'p> {
        let text = span.of(self.a.text);
        if memchr::memchr3(b'\n', b'\r', b'\t', text.as_bytes()).is_none() {
            return pen.escaped(text.as_bytes());
        }
        for (i, word) in text.split_whitespace().enumerate() {
            pen = pen.raw_if(i > 0, b" ").escaped(word.as_bytes());
        }
        pen
    }

    /// The inside of an entity's name: that of the lists, else what the text calls it.
    #[inline(never)]
    fn name(&self, pen: Pen<'p>, entity: &Entity) -> Pen<'p> {
        let is_listed = (entity.entry != NONE) & !entity.is_part;
        let (listed, told) =
            (self.dictionary.name_span(any_entry(entity)), self.a.entities.mentions[entity.name as usize].span);
        // Which of the two it is cannot be guessed.
        let whole = select_unpredictable(is_listed, self.dictionary.strings(), self.a.text);
        let span = select_unpredictable(is_listed, listed, told);
        let (pen, is_written) = pen.short_stretch(whole.as_bytes(), span);
        match (is_written, is_listed) {
            (true, _) => pen,
            (_, true) => pen.escaped(listed.of(whole).as_bytes()),
            (_, false) => self.clean_slowly(pen, told),
        }
    }

    #[inline]
    fn country_and_sector(&self, pen: Pen<'p>, country: [u8; 2], sector: u32) -> Pen<'p> {
        let country = &self.emitter.countries[country_index(country)];
        let pen = pen.word(country, usize::from(country[0] != 0) * 16);
        if sector == 0 { pen } else { self.listed(pen, b",\"sector\":\"", sector) }
    }

    /// A string of the lists under a key, when it is not empty. `key` ends with the quotation mark.
    #[inline]
    fn listed<const N: usize>(&self, pen: Pen<'p>, key: &[u8; N], value: u32) -> Pen<'p> {
        let span = self.dictionary.value_span(value);
        if span.is_empty() {
            return pen;
        }
        pen.raw(key).escaped_stretch(self.dictionary.strings().as_bytes(), span).raw(b"\"")
    }
}

/// A list of words under a key, when there are any. `key` ends with the first word's quotation mark.
fn words<'p, const N: usize>(mut pen: Pen<'p>, key: &[u8; N], words: impl Iterator<Item = &'static str>) -> Pen<'p> {
    let mut any = false;
    for word in words {
        pen = pen.turn().either(any, b"\",\"", key).bytes(word.as_bytes());
        any = true;
    }
    pen.raw_if(any, b"\"]")
}

fn hedge(hedge: Hedge) -> &'static Piece {
    match hedge {
        Hedge::Over => const { &Piece::new(",\"approx\":\"over\"") },
        Hedge::Under => const { &Piece::new(",\"approx\":\"under\"") },
        Hedge::About => const { &Piece::new(",\"approx\":\"about\"") },
    }
}

fn grain(grain: Grain) -> &'static Piece {
    match grain {
        Grain::Minute => const { &Piece::new("minute") },
        Grain::Day => const { &Piece::new("day") },
        Grain::Week => const { &Piece::new("week") },
        Grain::Month => const { &Piece::new("month") },
        Grain::Quarter => const { &Piece::new("quarter") },
        Grain::Year => const { &Piece::new("year") },
        Grain::Decade => const { &Piece::new("decade") },
        Grain::Century => const { &Piece::new("century") },
    }
}

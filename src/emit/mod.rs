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
mod grouped;
mod json;
mod piece;
mod points;
mod rules;

pub use points::CodePoints;

use crate::analysis::Analysis;
use crate::dictionary::{Dictionary, Kind, NONE};
use crate::entities::amount::Hedge;
use crate::entities::time::Grain;
use crate::entities::{Entity, EntityType};
use crate::events::Detector;
use crate::span::Span;
use event::LastPlace;
use grouped::Grouped;
use json::{Json, Rendered};
use piece::Piece;
use rules::RuleTexts;

/// Version of the record format.
pub const SCHEMA: &str = "1";

/// Records are handed on in stretches of about this many bytes, so that they are made in the nearest cache.
const STRETCH: usize = 1 << 11;

/// Writes records. Built once, shared by workers.
pub struct Emitter {
    /// `,"country":"…"` with the ISO 3166-1 alpha-3 code, by alpha-2; zeros where there is no such country.
    countries: Vec<[u8; 16]>,
    rules: RuleTexts,
    /// Version of the lists, as printed.
    gazetteers: String,
    list_repairs: bool,
}

/// Buffers of the writer, kept by a worker.
#[derive(Default)]
pub struct Scratch {
    json: Json,
    points: CodePoints,
    mentions: Grouped,
    titles: Grouped,
    heads: Heads,
    place: LastPlace,
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
}

impl Heads {
    fn render(&mut self, json: &mut Json, id: &str) {
        let begin = json.len();
        json.raw(b"{\"kind\":\"entity\",\"doc\":\"").escaped(id).raw(b"\",\"id\":\"").escaped(id).raw(b"#e");
        json.cut(begin, &mut self.entity);
        json.raw(b"{\"kind\":\"event\",\"doc\":\"").escaped(id).raw(b"\",\"id\":\"").escaped(id).raw(b"#v");
        json.cut(begin, &mut self.event);
        json.raw(b"\"entity\":\"").escaped(id).raw(b"#e");
        json.cut(begin, &mut self.mentioned);
        json.raw(b",\"affiliation\":\"").escaped(id).raw(b"#e");
        json.cut(begin, &mut self.affiliation);
        json.raw(b",\"group\":\"").escaped(id).raw(b"#g");
        json.cut(begin, &mut self.group);
    }
}

impl Emitter {
    /// Reads the country codes and renders what the rules of events say.
    pub fn new(dictionary: &Dictionary<'_>, detector: &Detector, list_repairs: bool) -> Self {
        let mut countries = vec![[0u8; 16]; 26 * 26];
        for number in 0..dictionary.entry_count() as u32 {
            if dictionary.kind(number) != Kind::Country {
                continue;
            }
            let entry = dictionary.entry(number);
            if let (Some(at), &[a, b, c]) = (country_index(entry.country), entry.sort.as_bytes()) {
                countries[at] = *b",\"country\":\"...\"";
                countries[at][12..15].copy_from_slice(&[a, b, c]);
            }
        }
        let gazetteers = format!("{:016x}", dictionary.stamp());
        Emitter { countries, rules: RuleTexts::new(detector.rules()), gazetteers, list_repairs }
    }

    /// Appends all records of one article to `out`.
    pub fn write(
        &self,
        dictionary: &Dictionary<'_>,
        analysis: &Analysis<'_>,
        scratch: &mut Scratch,
        out: &mut Vec<u8>,
    ) {
        let Scratch { json, points, mentions, titles, heads, place } = scratch;
        let found = analysis.entities;
        points.count(&analysis.article.body, analysis.blocks);
        mentions.group(found.list.len(), found.mentions.iter().map(|m| m.entity));
        titles.group(found.list.len(), found.titles.iter().map(|t| t.entity));
        heads.render(json, &analysis.article.id);
        place.forget();
        let page = Page {
            emitter: self,
            dictionary,
            a: analysis,
            body: &analysis.article.body,
            is_as_received: analysis.alignment.is_identity(),
            published: analysis.published.map_or(const { Piece::new("") }, |(day, _)| Piece::day(day)),
            points,
            mentions,
            titles,
            heads,
        };
        page.document(json);
        for (number, entity) in found.list.iter().enumerate() {
            page.entity(json, number as u32, entity);
            if json.len() > STRETCH {
                json.flush(out);
            }
        }
        for (number, event) in analysis.events.iter().enumerate() {
            page.event(json, number as u32, event, place);
            if json.len() > STRETCH {
                json.flush(out);
            }
        }
        json.flush(out);
    }
}

/// Appends `{"id":…,"text":…}`.
pub fn write_text(id: &str, text: &str, scratch: &mut Scratch, out: &mut Vec<u8>) {
    let json = &mut scratch.json;
    json.raw(b"{\"id\":").string(id).raw(b",\"text\":").string(text).raw(b"}\n");
    json.flush(out);
}

/// Appends `{"id":…,"sentences":[[start,end],…]}`, in code points of the article as received.
pub fn write_sentences(analysis: &Analysis<'_>, scratch: &mut Scratch, out: &mut Vec<u8>) {
    let Scratch { json, points, .. } = scratch;
    points.count(&analysis.article.body, analysis.blocks);
    json.raw(b"{\"id\":").string(&analysis.article.id).raw(b",\"sentences\":[");
    for (i, sentence) in analysis.sentences.iter().enumerate() {
        let tokens = &analysis.tokens[sentence.range()];
        let start = points.at(analysis.alignment.to_original_start(tokens[0].start));
        let end = points.at(analysis.alignment.to_original_end(tokens[tokens.len() - 1].end));
        json.either(i > 0, b",[", b"[").span(b"", start, end, b"");
    }
    json.raw(b"]}\n");
    json.flush(out);
}

fn country_index(country: [u8; 2]) -> Option<usize> {
    let letter = |b: u8| b.is_ascii_uppercase().then(|| usize::from(b - b'A'));
    Some(letter(country[0])? * 26 + letter(country[1])?)
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
    /// The publication date, empty when there is none.
    published: Piece,
    points: &'p CodePoints,
    /// By their entity; titles by their bearer.
    mentions: &'p Grouped,
    titles: &'p Grouped,
    heads: &'p Heads,
}

impl Page<'_> {
    /// The span of a stretch of tokens in the clean text.
    #[inline]
    fn tokens(&self, first: u32, end: u32) -> Span {
        let tokens = self.a.tokens;
        Span::new(tokens[first as usize].start, tokens[end as usize - 1].end)
    }

    /// The article's own stretch.
    #[inline]
    fn original(&self, span: Span) -> Span {
        if self.is_as_received {
            return span;
        }
        let alignment = self.a.alignment;
        Span::new(alignment.to_original_start(span.start()), alignment.to_original_end(span.end()))
    }

    /// `…start,end]…` in code points, of bytes of the article as received, between two pieces of JSON.
    #[inline(always)]
    fn points<const B: usize, const A: usize>(&self, json: &mut Json, before: &[u8; B], span: Span, after: &[u8; A]) {
        json.span(before, self.points.at(span.start()), self.points.at(span.end()), after);
    }

    /// The text and `","span":…` of a stretch of tokens.
    fn text_and_span(&self, json: &mut Json, first: u32, end: u32) {
        let span = self.original(self.tokens(first, end));
        json.escaped_stretch(self.body.as_bytes(), span);
        self.points(json, b"\",\"span\":[", span, b"");
    }

    /// Clean text with its line breaks as spaces.
    #[inline]
    fn clean(&self, json: &mut Json, span: Span) {
        if !json.plain_stretch(self.a.text.as_bytes(), span) {
            self.clean_slowly(json, span);
        }
    }

    #[cold]
    #[inline(never)]
    fn clean_slowly(&self, json: &mut Json, span: Span) {
        let text = span.of(self.a.text);
        if !text.contains(['\n', '\r', '\t']) {
            json.escaped_slowly(text.as_bytes());
            return;
        }
        for (i, word) in text.split_whitespace().enumerate() {
            if i > 0 {
                json.raw(b" ");
            }
            json.escaped(word);
        }
    }

    /// The inside of an entity's name.
    fn name(&self, json: &mut Json, entity: &Entity) {
        let listed = matches!(entity.kind, EntityType::Gpe | EntityType::Loc | EntityType::Norp | EntityType::Org);
        if listed && entity.entry != NONE {
            self.listed(json, self.dictionary.name_span(entity.entry));
        } else {
            self.clean(json, self.a.entities.mentions[entity.name as usize].span);
        }
    }

    #[inline]
    fn country(&self, json: &mut Json, country: [u8; 2]) {
        let Some(at) = country_index(country) else { return };
        let known = &self.emitter.countries[at];
        if known[0] != 0 {
            json.raw(known);
        }
    }

    #[inline]
    fn sector(&self, json: &mut Json, sector: u32) {
        if sector == 0 {
            return;
        }
        let sector = self.dictionary.value_span(sector);
        if !sector.is_empty() {
            json.raw(b",\"sector\":\"");
            self.listed(json, sector).raw(b"\"");
        }
    }

    /// The inside of a string of the lists.
    #[inline]
    fn listed<'j>(&self, json: &'j mut Json, span: Span) -> &'j mut Json {
        json.escaped_stretch(self.dictionary.strings().as_bytes(), span)
    }
}

/// A list of words under a key, when there are any. `key` ends with the first word's quotation mark.
fn words<const N: usize>(json: &mut Json, key: &[u8; N], words: impl Iterator<Item = &'static str>) {
    let mut any = false;
    for word in words {
        json.either(any, b"\",\"", key).bytes(word.as_bytes());
        any = true;
    }
    if any {
        json.raw(b"\"]");
    }
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

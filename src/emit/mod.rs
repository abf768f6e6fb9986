//! Writes what was found in one article as JSON lines: one document record, its entities, its events.
//!
//! The format is specified in `schema/records.schema.json`; every line is valid against it (tests/schema.rs). Only here
//! are strings made, and bytes turned into code points of the article as received. `text` is always that article's
//! slice, to the letter; what was repaired is in `name`.

mod json;
mod points;

pub use points::CodePoints;

use crate::analysis::Analysis;
use crate::dictionary::{Dictionary, Entry, Kind, NONE};
use crate::entities::amount::{Amount, AmountKind, Hedge};
use crate::entities::time::{Anchor, Grain};
use crate::entities::{Entity, EntityType, Mention};
use crate::events::{Detector, Event, From, Party, Realis};
use crate::segment::Part;
use crate::span::Span;
use json::Json;

/// Version of the record format.
pub const SCHEMA: &str = "1";

/// Writes records. Built once, shared by workers.
pub struct Emitter {
    /// ISO 3166-1 alpha-3 by alpha-2.
    countries: Vec<[u8; 3]>,
    /// Version of the lists, as printed.
    gazetteers: String,
    list_repairs: bool,
}

/// Buffers of the writer, kept by a worker.
#[derive(Default)]
pub struct Scratch {
    points: CodePoints,
    /// Mentions in order of their entity.
    order: Vec<u32>,
    /// Titles in order of their bearer.
    titles: Vec<u32>,
    /// `"ID#`, which every id of the article begins with.
    id: Vec<u8>,
    /// What every entity record of the article begins with, up to its number; and every event record.
    entity_head: Vec<u8>,
    event_head: Vec<u8>,
}

impl Scratch {
    /// Renders what repeats in every record of an article.
    fn begin(&mut self, id: &str) {
        self.id.clear();
        Json::new(&mut self.id).raw("\"").escaped(id).raw("#");
        for (head, kind, letter) in [(&mut self.entity_head, "entity", "e"), (&mut self.event_head, "event", "v")] {
            head.clear();
            let json = &mut Json::new(head);
            json.raw("{\"kind\":\"")
                .raw(kind)
                .raw("\",\"doc\":")
                .string(id)
                .raw(",\"id\":")
                .bytes(&self.id)
                .raw(letter);
        }
    }
}

impl Emitter {
    /// Reads the country codes.
    pub fn new(dictionary: &Dictionary<'_>, list_repairs: bool) -> Self {
        let mut countries = vec![[0u8; 3]; 26 * 26];
        for number in 0..dictionary.entry_count() as u32 {
            if dictionary.kind(number) != Kind::Country {
                continue;
            }
            let entry = dictionary.entry(number);
            if let (Some(at), Ok(code)) = (country_index(entry.country), <[u8; 3]>::try_from(entry.sort.as_bytes())) {
                countries[at] = code;
            }
        }
        let gazetteers = format!("{:016x}", dictionary.stamp());
        Emitter { countries, gazetteers, list_repairs }
    }

    /// Appends all records of one article to `out`.
    pub fn write(
        &self,
        dictionary: &Dictionary<'_>,
        detector: &Detector,
        analysis: &Analysis<'_>,
        scratch: &mut Scratch,
        out: &mut Vec<u8>,
    ) {
        scratch.points.count(&analysis.article.body, analysis.blocks);
        // Records are about twice as long as their text: asked for once, not line by line.
        out.reserve(analysis.article.body.len() * 3);
        let entities = &analysis.entities.list;
        scratch.order.clear();
        scratch.order.extend(0..analysis.entities.mentions.len() as u32);
        scratch.order.sort_by_key(|&m| (analysis.entities.mentions[m as usize].entity, m));
        scratch.titles.clear();
        scratch.titles.extend(0..analysis.entities.titles.len() as u32);
        scratch.titles.sort_by_key(|&t| (analysis.entities.titles[t as usize].entity, t));
        scratch.begin(&analysis.article.id);
        let page = Page { emitter: self, dictionary, detector, a: analysis, scratch };
        page.document(out);
        let mut mentions = &scratch.order[..];
        for (number, entity) in entities.iter().enumerate() {
            let own = mentions
                .iter()
                .position(|&m| analysis.entities.mentions[m as usize].entity != number as u32)
                .unwrap_or(mentions.len());
            let (mine, rest) = mentions.split_at(own);
            mentions = rest;
            page.entity(number as u32, entity, mine, out);
        }
        for (number, event) in analysis.events.iter().enumerate() {
            page.event(number as u32, event, out);
        }
    }

    fn alpha3(&self, country: [u8; 2]) -> Option<&str> {
        let code = &self.countries[country_index(country)?];
        std::str::from_utf8(code).ok().filter(|c| !c.starts_with('\0'))
    }
}

/// Appends `{"id":…,"text":…}`.
pub fn write_text(id: &str, text: &str, out: &mut Vec<u8>) {
    Json::new(out).raw("{\"id\":").string(id).raw(",\"text\":").string(text).raw("}\n");
}

/// Appends `{"id":…,"sentences":[[start,end],…]}`, in code points of the article as received.
pub fn write_sentences(analysis: &Analysis<'_>, scratch: &mut Scratch, out: &mut Vec<u8>) {
    scratch.points.count(&analysis.article.body, analysis.blocks);
    let json = &mut Json::new(out);
    json.raw("{\"id\":").string(&analysis.article.id).raw(",\"sentences\":[");
    for (i, sentence) in analysis.sentences.iter().enumerate() {
        let tokens = &analysis.tokens[sentence.range()];
        let span = Span::new(tokens[0].start, tokens[tokens.len() - 1].end);
        let start = scratch.points.at(analysis.alignment.to_original_start(span.start()));
        let end = scratch.points.at(analysis.alignment.to_original_end(span.end()));
        json.raw(if i > 0 { ",[" } else { "[" }).number(start).raw(",").number(end).raw("]");
    }
    json.raw("]}\n");
}

fn country_index(country: [u8; 2]) -> Option<usize> {
    let letter = |b: u8| b.is_ascii_uppercase().then(|| usize::from(b - b'A'));
    Some(letter(country[0])? * 26 + letter(country[1])?)
}

struct Page<'p> {
    emitter: &'p Emitter,
    dictionary: &'p Dictionary<'p>,
    detector: &'p Detector,
    a: &'p Analysis<'p>,
    scratch: &'p Scratch,
}

impl Page<'_> {
    /// The span of a stretch of tokens in the clean text.
    fn tokens(&self, first: u32, end: u32) -> Span {
        let tokens = self.a.tokens;
        Span::new(tokens[first as usize].start, tokens[end as usize - 1].end)
    }

    fn span(&self, json: &mut Json<'_>, span: Span) {
        let (start, end) = self.original(span);
        self.points(json, start, end);
    }

    /// `[start,end]` in code points, of bytes of the article as received.
    fn points(&self, json: &mut Json<'_>, start: u32, end: u32) {
        let points = &self.scratch.points;
        json.raw("[").number(points.at(start)).raw(",").number(points.at(end)).raw("]");
    }

    /// The article's own stretch, in bytes.
    #[inline]
    fn original(&self, span: Span) -> (u32, u32) {
        if self.a.alignment.is_identity() {
            return (span.start(), span.end());
        }
        (self.a.alignment.to_original_start(span.start()), self.a.alignment.to_original_end(span.end()))
    }

    /// `"text":…,"span":…` of a stretch of tokens, behind `before`.
    fn text_and_span(&self, json: &mut Json<'_>, before: &str, first: u32, end: u32) {
        let (start, end) = self.original(self.tokens(first, end));
        json.raw(before).raw("\"text\":").string(&self.a.article.body[start as usize..end as usize]).raw(",\"span\":");
        self.points(json, start, end);
    }

    /// Clean text with its line breaks as spaces.
    fn clean(&self, json: &mut Json<'_>, span: Span) {
        let text = span.of(self.a.text);
        if !json::must_be_escaped(text) || !text.contains(['\n', '\r', '\t']) {
            json.string(text);
            return;
        }
        json.raw("\"");
        for (i, word) in text.split_whitespace().enumerate() {
            json.raw(if i > 0 { " " } else { "" }).escaped(word);
        }
        json.raw("\"");
    }

    fn entity_id(&self, json: &mut Json<'_>, entity: u32) {
        // Entities are made in order of their first mention, so their numbers are those of the records.
        json.bytes(&self.scratch.id).raw("e").number(entity + 1).raw("\"");
    }

    fn country(&self, json: &mut Json<'_>, country: [u8; 2]) {
        if let Some(code) = self.emitter.alpha3(country) {
            json.raw(",\"country\":\"").raw(code).raw("\"");
        }
    }

    fn sector(&self, json: &mut Json<'_>, sector: u32) {
        let sector = self.dictionary.value(sector);
        if !sector.is_empty() {
            json.raw(",\"sector\":").string(sector);
        }
    }

    fn document(&self, out: &mut Vec<u8>) {
        let json = &mut Json::new(out);
        let a = self.a;
        json.raw("{\"kind\":\"document\",\"doc\":").string(&a.article.id);
        json.raw(",\"source\":").string(&a.article.source);
        if let Some((day, from)) = a.published {
            json.raw(",\"published\":\"").day(day).raw("\",\"published_from\":\"").raw(from).raw("\"");
        }
        match (&a.article.title, &a.head.title) {
            (Some(title), _) if !title.trim().is_empty() => {
                json.raw(",\"title\":").string(title.trim());
            }
            (_, Some(range)) => {
                json.raw(",\"title\":");
                self.clean(json, self.tokens(range.start, range.end));
            }
            _ => {}
        }
        if let Some(dateline) = &a.head.dateline {
            json.raw(",\"dateline\":{\"place\":");
            self.clean(json, self.tokens(dateline.place.start, dateline.place.end));
            if let Some(agency) = dateline.agency.first() {
                json.raw(",\"agency\":");
                self.clean(json, self.tokens(agency.start, agency.end));
            }
            json.raw(",\"span\":");
            self.span(json, self.tokens(dateline.whole.start, dateline.whole.end));
            json.raw("}");
        }
        let sentences = a.sentences.iter().filter(|s| s.part != Part::Header).count();
        json.raw(",\"chars\":").number(self.scratch.points.total());
        json.raw(",\"sentences\":").number(sentences as u32);
        json.raw(",\"entities\":").number(a.entities.list.len() as u32);
        json.raw(",\"events\":").number(a.events.len() as u32);
        if self.emitter.list_repairs && !a.repairs.is_empty() {
            json.raw(",\"repairs\":[");
            for (i, repair) in a.repairs.iter().enumerate() {
                let at = self.scratch.points.at(repair.at);
                let (was, now) = self.repaired_word(repair.at);
                json.raw(if i > 0 { "," } else { "" }).raw("{\"at\":").number(at);
                json.raw(",\"kind\":\"").raw(repair.kind.name()).raw("\",\"was\":").string(was);
                json.raw(",\"now\":").string(&now);
                json.raw(",\"log_odds\":").float((f64::from(repair.log_odds) * 100.0).round() / 100.0).raw("}");
            }
            json.raw("]");
        } else {
            json.raw(",\"repairs\":").number(a.repairs.len() as u32);
        }
        if !a.furniture.is_empty() {
            json.raw(",\"furniture\":[");
            for (i, range) in a.furniture.iter().enumerate() {
                json.raw(if i > 0 { "," } else { "" });
                self.span(json, self.tokens(range.start, range.end));
            }
            json.raw("]");
        }
        words(json, ",\"warnings\":", a.article.warnings.iter().copied());
        json.raw(",\"schema\":\"").raw(SCHEMA).raw("\",\"gazetteers\":\"").raw(&self.emitter.gazetteers).raw("\"}\n");
    }

    /// The word around an inserted space, as it was and as it is now.
    fn repaired_word(&self, at: u32) -> (&str, String) {
        let body = &*self.a.article.body;
        let at = at as usize;
        let start =
            body[..at].rfind(char::is_whitespace).map_or(0, |i| i + body[i..].chars().next().map_or(1, char::len_utf8));
        let end = body[at..].find(char::is_whitespace).map_or(body.len(), |i| at + i);
        (&body[start..end], format!("{} {}", &body[start..at], &body[at..end]))
    }

    fn entity(&self, number: u32, entity: &Entity, mentions: &[u32], out: &mut Vec<u8>) {
        let json = &mut Json::new(out);
        json.bytes(&self.scratch.entity_head)
            .number(number + 1)
            .raw("\",\"type\":\"")
            .raw(entity.kind.label())
            .raw("\",\"name\":");
        self.entity_name(json, entity);
        let all = &self.a.entities.mentions;
        json.raw(",\"mentions\":[");
        for (i, &m) in mentions.iter().enumerate() {
            let m = &all[m as usize];
            let (start, end) = self.original(m.span);
            json.raw(if i > 0 { ",{\"span\":" } else { "{\"span\":" });
            self.points(json, start, end);
            json.raw(",\"text\":").string(&self.a.article.body[start as usize..end as usize]);
            json.raw(",\"sentence\":").number(m.sentence).raw("}");
        }
        json.raw("]");
        if entity.kind == EntityType::Person {
            self.titles(json, number);
            if entity.affiliation != NONE {
                json.raw(",\"affiliation\":");
                self.entity_id(json, entity.affiliation);
            }
        }
        self.country(json, entity.country);
        self.sector(json, entity.sector);
        let first = &all[mentions[0] as usize];
        match entity.kind {
            EntityType::Gpe | EntityType::Loc => self.place(json, entity.entry),
            EntityType::Date | EntityType::Time | EntityType::Duration => self.time(json, first),
            EntityType::Money | EntityType::Quantity | EntityType::Percent => {
                self.amount(json, &self.a.entities.amounts[first.value as usize]);
            }
            _ => {}
        }
        json.raw(",\"list\":\"").raw(first.rule).raw("\",\"score\":").score(entity.score).raw("}\n");
    }

    fn entity_name(&self, json: &mut Json<'_>, entity: &Entity) {
        let listed = matches!(entity.kind, EntityType::Gpe | EntityType::Loc | EntityType::Norp | EntityType::Org);
        if listed && entity.entry != NONE {
            json.string(self.dictionary.entry(entity.entry).name);
        } else {
            self.clean(json, self.a.entities.mentions[entity.name as usize].span);
        }
    }

    fn titles(&self, json: &mut Json<'_>, entity: u32) {
        let mut any = false;
        let bearer = |t: u32| self.a.entities.titles[t as usize].entity;
        let from = self.scratch.titles.partition_point(|&t| bearer(t) < entity);
        let own = self.scratch.titles[from..].iter().take_while(|&&t| bearer(t) == entity);
        for title in own.map(|&t| &self.a.entities.titles[t as usize]) {
            self.text_and_span(json, if any { ",{" } else { ",\"titles\":[{" }, title.first, title.end);
            any = true;
            json.raw(if title.is_role { ",\"kind\":\"role\"}" } else { ",\"kind\":\"title\"}" });
        }
        if any {
            json.raw("]");
        }
    }

    fn place(&self, json: &mut Json<'_>, entry: u32) {
        if entry == NONE {
            return;
        }
        let entry = self.dictionary.entry(entry);
        position(json, &entry);
        if entry.geonameid != 0 {
            json.raw(",\"geonameid\":").number(entry.geonameid);
        }
        match entry.kind {
            Kind::City if !entry.sort.is_empty() => {
                json.raw(",\"feature\":").string(entry.sort);
            }
            Kind::Country => {
                json.raw(",\"feature\":\"PCLI\"");
            }
            Kind::Admin1 => {
                json.raw(",\"feature\":\"ADM1\"");
            }
            _ => {}
        }
        if matches!(entry.kind, Kind::City | Kind::Admin1) && !entry.detail.is_empty() {
            json.raw(",\"admin1\":").string(entry.detail);
        }
    }

    fn time(&self, json: &mut Json<'_>, mention: &Mention) {
        let time = &self.a.entities.times[mention.value as usize];
        json.raw(",\"value\":\"").bytes(time.value.as_bytes()).raw("\"");
        if let Some((from, to)) = time.days {
            json.raw(",\"from\":\"").day(from).raw("\",\"to\":\"").day(to).raw("\"");
        }
        json.raw(",\"grain\":\"").raw(grain(time.grain)).raw("\",\"anchor\":\"").raw(match time.anchor {
            Anchor::Absolute => "absolute",
            Anchor::Document => "document",
            Anchor::Dateline => "dateline",
            Anchor::Previous => "previous",
        });
        json.raw(if time.resolved { "\",\"resolved\":true" } else { "\",\"resolved\":false" });
    }

    fn amount(&self, json: &mut Json<'_>, amount: &Amount) {
        if amount.min == amount.max {
            json.raw(",\"amount\":").float(amount.min);
        } else {
            json.raw(",\"min\":").float(amount.min).raw(",\"max\":").float(amount.max);
        }
        json.raw(",\"unit\":").string(amount.unit);
        self.item_and_hedge(json, amount);
        if amount.kind == AmountKind::Money && amount.currency_assumed {
            json.raw(",\"currency_assumed\":true");
        }
    }

    fn item_and_hedge(&self, json: &mut Json<'_>, amount: &Amount) {
        if let Some((first, end)) = amount.item {
            json.raw(",\"item\":");
            self.clean(json, self.tokens(first, end));
        }
        if let Some(hedge) = amount.hedge {
            json.raw(",\"approx\":\"").raw(match hedge {
                Hedge::Over => "over",
                Hedge::Under => "under",
                Hedge::About => "about",
            });
            json.raw("\"");
        }
    }

    fn event(&self, number: u32, event: &Event, out: &mut Vec<u8>) {
        let json = &mut Json::new(out);
        let rule = self.detector.rule(event.rule);
        json.bytes(&self.scratch.event_head).number(number + 1);
        json.raw("\",\"sentence\":").number(event.sentence);
        json.raw(",\"event_type\":\"").raw(rule.event_type()).raw("\"");
        words(json, ",\"mode\":", event.mode.into_iter());
        words(json, ",\"context\":", event.contexts.names());
        if !rule.cameo().is_empty() {
            json.raw(",\"cameo\":\"").raw(rule.cameo()).raw("\"");
        }
        json.raw(",\"quad_code\":").number(u32::from(rule.quad_code()));
        if let Some(scale) = rule.event_scale() {
            json.raw(",\"event_scale\":").float(f64::from(scale));
        }
        json.raw(",\"realis\":\"").raw(match event.realis {
            Realis::Actual => "actual",
            Realis::Future => "future",
            Realis::Hypothetical => "hypothetical",
            Realis::Generic => "generic",
        });
        json.raw(if event.negated { "\",\"negated\":true" } else { "\"" });
        if let Some(party) = &event.attribution {
            json.raw(",\"attribution\":{");
            if party.entity != NONE {
                json.raw("\"entity\":");
                self.entity_id(json, party.entity);
                json.raw(",");
            }
            self.text_and_span(json, "", party.first, party.end);
            json.raw("}");
        }
        self.parties(json, ",\"actor\":", &event.actors);
        self.parties(json, ",\"recipient\":", &event.recipients);
        self.event_date(json, event);
        self.event_place(json, event);
        self.event_quantities(json, event);
        if let Some(quotation) = event.quotation {
            let quotation = &self.a.entities.quotations[quotation as usize];
            let span = self.tokens(quotation.first, quotation.end);
            json.raw(",\"quote\":{\"text\":");
            self.clean(json, span);
            json.raw(",\"span\":");
            self.span(json, span);
            json.raw("}");
        }
        self.text_and_span(json, ",\"trigger\":{", event.first, event.end);
        json.raw(",\"lemma\":").string(rule.lemma());
        json.raw(if event.passive { ",\"voice\":\"passive\"" } else { ",\"voice\":\"active\"" });
        json.raw(if event.nominal { ",\"nominal\":true}" } else { ",\"nominal\":false}" });
        json.raw(",\"rule\":").string(rule.id()).raw(",\"score\":").score(event.score);
        json.raw(",\"group\":");
        json.bytes(&self.scratch.id).raw("g").number(event.group).raw("\"}\n");
    }

    fn parties(&self, json: &mut Json<'_>, key: &str, parties: &[Party]) {
        for (i, party) in parties.iter().enumerate() {
            json.raw(if i > 0 { ",{" } else { key }).raw(if i > 0 { "" } else { "[{" });
            if party.entity != NONE {
                json.raw("\"entity\":");
                self.entity_id(json, party.entity);
                json.raw(",\"name\":");
                self.entity_name(json, &self.a.entities.list[party.entity as usize]);
            } else {
                json.raw("\"name\":");
                self.clean(json, self.tokens(party.first, party.end));
            }
            self.text_and_span(json, ",", party.first, party.end);
            self.country(json, party.country);
            self.sector(json, party.sector);
            json.raw("}");
        }
        if !parties.is_empty() {
            json.raw("]");
        }
    }

    fn event_date(&self, json: &mut Json<'_>, event: &Event) {
        let Some((time, from)) = event.date else { return };
        match time {
            Some(time) => {
                let time = &self.a.entities.times[time as usize];
                json.raw(",\"date\":{\"value\":\"").bytes(time.value.as_bytes());
                json.raw("\",\"precision\":\"").raw(grain(time.grain));
                self.text_and_span(json, "\",", time.first, time.end);
            }
            None => {
                let Some((day, _)) = self.a.published else { return };
                json.raw(",\"date\":{\"value\":\"").day(day).raw("\",\"precision\":\"day\"");
            }
        }
        json.raw(",\"from\":\"").raw(origin(from)).raw("\"}");
    }

    fn event_place(&self, json: &mut Json<'_>, event: &Event) {
        let Some((mention, from)) = event.place else { return };
        let m = &self.a.entities.mentions[mention as usize];
        let entity = &self.a.entities.list[m.entity as usize];
        json.raw(",\"place\":{\"entity\":");
        self.entity_id(json, m.entity);
        json.raw(",\"name\":");
        self.entity_name(json, entity);
        self.text_and_span(json, ",", m.first, m.end);
        self.country(json, entity.country);
        if entity.entry != NONE {
            let entry = self.dictionary.entry(entity.entry);
            position(json, &entry);
            if entry.geonameid != 0 {
                json.raw(",\"geonameid\":").number(entry.geonameid);
            }
            json.raw(",\"resolution\":\"").raw(match entry.kind {
                Kind::Country => "country",
                Kind::Admin1 => "admin1",
                Kind::City => "city",
                _ => "region",
            });
            json.raw("\"");
        }
        json.raw(",\"from\":\"").raw(origin(from)).raw("\"}");
    }

    fn event_quantities(&self, json: &mut Json<'_>, event: &Event) {
        for (i, quantity) in event.quantities.iter().enumerate() {
            let amount = &self.a.entities.amounts[quantity.amount as usize];
            json.raw(if i > 0 { ",{" } else { ",\"quantities\":[{" });
            json.raw("\"role\":\"").raw(quantity.role).raw("\",\"value\":").float(amount.min);
            if !amount.unit.is_empty() {
                json.raw(",\"unit\":").string(amount.unit);
            }
            self.item_and_hedge(json, amount);
            self.text_and_span(json, ",", amount.first, amount.end);
            json.raw("}");
        }
        if !event.quantities.is_empty() {
            json.raw("]");
        }
    }
}

fn position(json: &mut Json<'_>, entry: &Entry<'_>) {
    if let Some([lat, lon]) = entry.position {
        json.raw(",\"lat\":").ten_thousandths(lat).raw(",\"lon\":").ten_thousandths(lon);
    }
}

fn words(json: &mut Json<'_>, key: &str, mut words: impl Iterator<Item = &'static str>) {
    let Some(first) = words.next() else { return };
    json.raw(key).raw("[\"").raw(first).raw("\"");
    for word in words {
        json.raw(",\"").raw(word).raw("\"");
    }
    json.raw("]");
}

fn origin(from: From) -> &'static str {
    match from {
        From::Text => "text",
        From::Paragraph => "paragraph",
        From::Published => "published",
    }
}

fn grain(grain: Grain) -> &'static str {
    match grain {
        Grain::Minute => "minute",
        Grain::Day => "day",
        Grain::Week => "week",
        Grain::Month => "month",
        Grain::Quarter => "quarter",
        Grain::Year => "year",
        Grain::Decade => "decade",
        Grain::Century => "century",
    }
}

//! Example sentences, with the names marked by hand: `{P:Marta Ilves} met {P:Juris Ozols} in {G:Riga}.`
//!
//! What the events station finds must not depend on what the entities station happens to find, so the examples of rules
//! and tests say what the names are: P a person, G a country or city, O an organisation, N a nationality, D a day.

use super::{Detector, Event, Input, Party, Scratch};
use crate::dictionary::{Dictionary, NONE};
use crate::entities::amount::{Amount, AmountKind};
use crate::entities::time::{Anchor, Grain, TimeExpression, TimeKind};
use crate::entities::{Entities, Entity, EntityType, Mention, Rule};
use crate::segment::{Part, Sentence, Sentences};
use crate::span::Span;
use crate::token::{Token, Tokens, form};
use std::sync::Arc;

/// An article whose events are known.
pub struct Sample {
    pub text: String,
    pub tokens: Vec<Token>,
    pub events: Vec<Event>,
    pub detector: Arc<Detector>,
}

impl Sample {
    /// Detects the events of a marked text by the shipped catalogue.
    #[cfg(test)]
    pub fn of(marked: &str) -> Sample {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the shipped lists are sound");
        let detector = Detector::new(&dictionary).expect("the shipped catalogue is sound");
        Sample::with(&dictionary, &Arc::new(detector), marked).expect("the marks are sound")
    }

    /// Detects the events of a marked text, one sentence a line.
    ///
    /// # Errors
    /// What is wrong with its marks.
    pub fn with(dictionary: &Dictionary<'_>, detector: &Arc<Detector>, marked: &str) -> Result<Sample, String> {
        let (text, marks) = unmark(marked)?;
        let mut tokens = Tokens::default();
        tokens.tokenize(&text);
        dictionary.annotate(&mut tokens);
        let mut sentences: Vec<Sentence> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            if token.form & form::LINE != 0 {
                let first = at as u32;
                sentences.push(Sentence { first, end: first, paragraph: first, part: Part::Body });
            }
            sentences.last_mut().expect("the first token begins a line").end = at as u32 + 1;
        }
        let sentences: Sentences = sentences.into_iter().collect();
        let entities = entities(&text, &tokens, &marks)?;
        let mut events = Vec::new();
        let mut scratch = Scratch::default();
        let input = Input { text: &text, tokens: &tokens, sentences: &sentences, dateline: None, entities: &entities };
        detector.detect(input, &mut scratch, &mut events);
        Ok(Sample { text, tokens: tokens.to_vec(), events, detector: Arc::clone(detector) })
    }

    /// The event of a type, when there is exactly one.
    #[cfg(test)]
    pub fn only(&self, event_type: &str) -> &Event {
        let mut of = self.events.iter().filter(|e| self.detector.rule(e.rule).event_type() == event_type);
        let found = of.next().unwrap_or_else(|| panic!("no {event_type} in {:?}: {}", self.text, self.told()));
        assert!(of.next().is_none(), "several {event_type} in {:?}: {}", self.text, self.told());
        found
    }

    /// Whether a rule fired.
    pub fn fired(&self, rule: &str) -> bool {
        self.events.iter().any(|e| self.detector.rule(e.rule).id() == rule)
    }

    /// The parties as text, apart by `; `.
    pub fn names(&self, parties: &[Party]) -> String {
        let name = |p: &Party| {
            let span = Span::new(self.tokens[p.first as usize].start, self.tokens[p.end as usize - 1].end);
            span.of(&self.text).to_owned()
        };
        parties.iter().map(name).collect::<Vec<_>>().join("; ")
    }

    /// All events, for messages.
    pub fn told(&self) -> String {
        let one = |e: &Event| {
            let rule = self.detector.rule(e.rule);
            format!("{} [{}] -> [{}]", rule.id(), self.names(&e.actors), self.names(&e.recipients))
        };
        self.events.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

type Mark = (EntityType, Span);

fn unmark(marked: &str) -> Result<(String, Vec<Mark>), String> {
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut rest = marked;
    while let Some((before, inside)) = rest.split_once('{') {
        text.push_str(before);
        let (mark, after) = inside.split_once('}').ok_or_else(|| format!("the mark {inside:?} is not closed"))?;
        let (kind, name) = mark.split_once(':').ok_or_else(|| format!("{mark:?} does not say what it marks"))?;
        let kind = match kind {
            "P" => EntityType::Person,
            "G" => EntityType::Gpe,
            "O" => EntityType::Org,
            "N" => EntityType::Norp,
            "D" => EntityType::Date,
            _ => return Err(format!("marks are P, G, O, N and D, not {kind:?}")),
        };
        let start = text.len() as u32;
        text.push_str(name);
        marks.push((kind, Span::new(start, text.len() as u32)));
        rest = after;
    }
    text.push_str(rest);
    Ok((text, marks))
}

fn entities(text: &str, tokens: &[Token], marks: &[Mark]) -> Result<Entities, String> {
    let mut out = Entities::default();
    for &(kind, span) in marks {
        let inside = |t: &&Token| span.contains(t.span());
        let first = tokens.iter().position(|t| span.contains(t.span())).ok_or("a mark holds no word")? as u32;
        let end = first + tokens.iter().filter(inside).count() as u32;
        if kind == EntityType::Date {
            out.times.push(TimeExpression {
                first,
                end,
                kind: TimeKind::Date,
                value: "2026-03-01".into(),
                days: Some((20513, 20513)),
                grain: Grain::Day,
                anchor: Anchor::Absolute,
                resolved: true,
                begins_range: false,
            });
            continue;
        }
        let same = |e: &Entity| out.mentions[e.name as usize].span.of(text) == span.of(text);
        let entity = out.list.iter().position(same).unwrap_or(out.list.len()) as u32;
        let number = out.mentions.len() as u32;
        if entity as usize == out.list.len() {
            out.list.push(Entity {
                kind,
                name: number,
                entry: NONE,
                first_mention: number,
                country: [0; 2],
                sector: 0,
                is_part: false,
                affiliation: NONE,
                score: 1.0,
            });
        }
        out.mentions.push(Mention {
            first,
            end,
            span,
            kind,
            entity,
            sentence: 0,
            value: 0,
            rule: Rule::NameUnlisted,
            score: 1.0,
        });
    }
    for (at, token) in tokens.iter().enumerate() {
        let Some(next) = tokens.get(at + 1).filter(|_| token.form & form::DIGIT != 0) else { continue };
        let Ok(number) = token.of(text).parse() else { continue };
        let measured = next.of(text) == "kg";
        let paid = next.of(text) == "euros";
        let item = at as u32 + if measured { 3 } else { 1 };
        out.amounts.push(Amount {
            first: at as u32,
            end: at as u32 + 1 + u32::from(measured),
            kind: match (measured, paid) {
                (true, _) => AmountKind::Quantity,
                (_, true) => AmountKind::Money,
                _ => AmountKind::Count,
            },
            min: number,
            max: number,
            unit: if measured { "kg" } else { "" },
            item: Some((item, item + 1)),
            hedge: None,
            currency_assumed: false,
        });
    }
    Ok(out)
}

/// Numbers below what is asked, for tests: they look like chance and are the same in every run.
#[cfg(test)]
pub fn random(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    }
}

//! What an event's record says because of its rule, rendered once with the pipeline.

use super::pen::Pen;
use super::piece::Rendered;
use crate::events::{Event, Rule};
use crate::kernel::{self, Sheet};

/// Pieces of JSON of every rule of the catalogue.
pub(super) struct RuleTexts(Vec<RuleText>);

/// Pieces of JSON of one rule, in the order of the record.
pub(super) struct RuleText {
    /// `,"event_type":…` and `,"mode":…`
    pub event_type: Rendered,
    /// From `,"cameo":…` to the mark before the realis.
    pub codes: Rendered,
    /// `,"lemma":…` to the mark before the voice.
    pub lemma: Rendered,
    /// `,"rule":…` to the score.
    pub id: Rendered,
}

impl RuleTexts {
    pub fn new(rules: &[Rule]) -> Self {
        let mut sheet = Vec::new();
        RuleTexts(rules.iter().map(|rule| text(rule, &mut sheet)).collect())
    }

    /// Asks for the texts of the rules of some events: all of them take more room than the nearest caches have.
    pub fn expect(&self, events: &[Event]) {
        for event in events {
            let RuleText { event_type, codes, lemma, id } = self.of(event.rule);
            for text in [event_type, codes, lemma, id] {
                kernel::prefetch(&text.begin[0]);
                kernel::prefetch(&text.begin[63]);
                kernel::prefetch(&text.len);
            }
        }
    }

    pub fn of(&self, rule: u32) -> &RuleText {
        &self.0[rule as usize]
    }
}

/// The pieces of a rule. `sheet` is room to write them: what is laid out for whole records is not for each piece to make.
fn text(rule: &Rule, sheet: &mut Vec<u8>) -> RuleText {
    RuleText {
        event_type: render(sheet, |pen| {
            let pen = pen.raw(b",\"event_type\":").string(rule.event_type());
            match rule.mode() {
                Some(mode) => pen.raw(b",\"mode\":[").string(mode).raw(b"]"),
                None => pen,
            }
        }),
        codes: render(sheet, |mut pen| {
            if !rule.cameo().is_empty() {
                pen = pen.raw(b",\"cameo\":").string(rule.cameo());
            }
            pen = pen.raw(b",\"quad_code\":").number(u32::from(rule.quad_code()));
            if let Some(scale) = rule.event_scale() {
                pen = pen.raw(b",\"event_scale\":").float(f64::from(scale));
            }
            pen.raw(b",\"realis\":\"")
        }),
        lemma: render(sheet, |pen| pen.raw(b",\"lemma\":").string(rule.lemma()).raw(b",\"voice\":\"")),
        id: render(sheet, |pen| pen.raw(b",\"rule\":").string(rule.id()).raw(b",\"score\":")),
    }
}

fn render(sheet: &mut Vec<u8>, write: impl FnOnce(Pen<'_>) -> Pen<'_>) -> Rendered {
    sheet.clear();
    Rendered::new(write(Pen::new(&mut Sheet::new(sheet))).finish())
}

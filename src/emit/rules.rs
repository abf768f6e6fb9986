//! What an event's record says because of its rule, rendered once with the pipeline.

use super::json::{Json, Rendered};
use crate::events::Rule;

/// Pieces of JSON of every rule of the catalogue.
pub(super) struct RuleTexts(Vec<RuleText>);

/// Pieces of JSON of one rule, in the order of the record.
#[derive(Default)]
pub(super) struct RuleText {
    /// `,"event_type":…`
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
        let json = &mut Json::default();
        RuleTexts(rules.iter().map(|rule| text(json, rule)).collect())
    }

    pub fn of(&self, rule: u32) -> &RuleText {
        &self.0[rule as usize]
    }
}

fn text(json: &mut Json, rule: &Rule) -> RuleText {
    let mut text = RuleText::default();
    json.raw(b",\"event_type\":").string(rule.event_type());
    json.cut(0, &mut text.event_type);
    if !rule.cameo().is_empty() {
        json.raw(b",\"cameo\":").string(rule.cameo());
    }
    json.raw(b",\"quad_code\":").number(u32::from(rule.quad_code()));
    if let Some(scale) = rule.event_scale() {
        json.raw(b",\"event_scale\":").float(f64::from(scale));
    }
    json.raw(b",\"realis\":\"");
    json.cut(0, &mut text.codes);
    json.raw(b",\"lemma\":").string(rule.lemma()).raw(b",\"voice\":\"");
    json.cut(0, &mut text.lemma);
    json.raw(b",\"rule\":").string(rule.id()).raw(b",\"score\":");
    json.cut(0, &mut text.id);
    text
}

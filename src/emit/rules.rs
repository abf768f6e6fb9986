//! What an event's record says because of its rule, rendered once with the pipeline.

use super::pen::{Pen, Room, Sheet};
use super::piece::Rendered;
use crate::events::Rule;

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
        let mut press = Press::default();
        RuleTexts(rules.iter().map(|rule| text(&mut press, rule)).collect())
    }

    pub fn of(&self, rule: u32) -> &RuleText {
        &self.0[rule as usize]
    }
}

fn text(press: &mut Press, rule: &Rule) -> RuleText {
    RuleText {
        event_type: press.render(|pen| {
            let pen = pen.raw(b",\"event_type\":").string(rule.event_type());
            match rule.mode() {
                Some(mode) => pen.raw(b",\"mode\":[").string(mode).raw(b"]"),
                None => pen,
            }
        }),
        codes: press.render(|mut pen| {
            if !rule.cameo().is_empty() {
                pen = pen.raw(b",\"cameo\":").string(rule.cameo());
            }
            pen = pen.raw(b",\"quad_code\":").number(u32::from(rule.quad_code()));
            if let Some(scale) = rule.event_scale() {
                pen = pen.raw(b",\"event_scale\":").float(f64::from(scale));
            }
            pen.raw(b",\"realis\":\"")
        }),
        lemma: press.render(|pen| pen.raw(b",\"lemma\":").string(rule.lemma()).raw(b",\"voice\":\"")),
        id: press.render(|pen| pen.raw(b",\"rule\":").string(rule.id()).raw(b",\"score\":")),
    }
}

/// Renders one text after another.
#[derive(Default)]
struct Press {
    room: Room,
    out: Vec<u8>,
}

impl Press {
    fn render(&mut self, write: impl FnOnce(Pen<'_>) -> Pen<'_>) -> Rendered {
        self.out.clear();
        Rendered::new(write(Pen::new(&mut Sheet::new(&mut self.room, &mut self.out))).finish())
    }
}

//! The records of events.

use super::json::{Json, Rendered};
use super::piece::Piece;
use super::{Page, grain, words};
use crate::dictionary::{Kind, NONE};
use crate::events::{Event, From, Party, Realis};

/// The last place that was written: most events of an article have the same, that of its dateline.
#[derive(Default)]
pub(super) struct LastPlace {
    /// Its mention and where it was read, and their JSON.
    place: Option<(u32, From)>,
    json: Rendered,
}

impl LastPlace {
    /// Mentions of the next article are others.
    pub fn forget(&mut self) {
        self.place = None;
    }
}

impl Page<'_> {
    pub(super) fn event(&self, json: &mut Json, number: u32, event: &Event, last: &mut LastPlace) {
        let rule = self.emitter.rules.of(event.rule);
        json.rendered(&self.heads.event).number(number + 1);
        json.number_between(b"\",\"sentence\":", event.sentence, b"");
        json.rendered(&rule.event_type);
        words(json, b",\"mode\":[\"", event.mode.into_iter());
        words(json, b",\"context\":[\"", event.contexts.names());
        json.rendered(&rule.codes);
        json.piece(match event.realis {
            Realis::Actual => const { &Piece::new("actual\"") },
            Realis::Future => const { &Piece::new("future\"") },
            Realis::Hypothetical => const { &Piece::new("hypothetical\"") },
            Realis::Generic => const { &Piece::new("generic\"") },
        });
        if event.negated {
            json.raw(b",\"negated\":true");
        }
        if let Some(party) = &event.attribution {
            self.attribution(json, party);
        }
        self.parties(json, b",\"actor\":[{", &event.actors);
        self.parties(json, b",\"recipient\":[{", &event.recipients);
        self.date(json, event);
        self.place_of_event(json, event, last);
        self.quantities(json, event);
        self.quotation(json, event);
        json.raw(b",\"trigger\":{\"text\":\"");
        self.text_and_span(json, event.first, event.end);
        json.rendered(&rule.lemma);
        json.piece(match (event.passive, event.nominal) {
            (true, true) => const { &Piece::new("passive\",\"nominal\":true}") },
            (true, false) => const { &Piece::new("passive\",\"nominal\":false}") },
            (false, true) => const { &Piece::new("active\",\"nominal\":true}") },
            (false, false) => const { &Piece::new("active\",\"nominal\":false}") },
        });
        json.rendered(&rule.id).score(event.score);
        json.rendered(&self.heads.group).number_between(b"", event.group, b"\"}\n");
    }

    fn attribution(&self, json: &mut Json, party: &Party) {
        json.raw(b",\"attribution\":{");
        if party.entity != NONE {
            json.rendered(&self.heads.mentioned).number_between(b"", party.entity + 1, b"\",");
        }
        json.raw(b"\"text\":\"");
        self.text_and_span(json, party.first, party.end);
        json.raw(b"}");
    }

    fn parties<const N: usize>(&self, json: &mut Json, key: &[u8; N], parties: &[Party]) {
        for (i, party) in parties.iter().enumerate() {
            json.either(i > 0, b",{", key);
            self.party(json, party);
        }
        if !parties.is_empty() {
            json.raw(b"]");
        }
    }

    fn party(&self, json: &mut Json, party: &Party) {
        if party.entity != NONE {
            json.rendered(&self.heads.mentioned).number(party.entity + 1).raw(b"\",\"name\":\"");
            self.name(json, &self.a.entities.list[party.entity as usize]);
        } else {
            json.raw(b"\"name\":\"");
            self.clean(json, self.tokens(party.first, party.end));
        }
        json.raw(b"\",\"text\":\"");
        self.text_and_span(json, party.first, party.end);
        self.country(json, party.country);
        self.sector(json, party.sector);
        json.raw(b"}");
    }

    fn date(&self, json: &mut Json, event: &Event) {
        let Some((time, from)) = event.date else { return };
        match time {
            Some(time) => {
                let time = &self.a.entities.times[time as usize];
                json.raw(b",\"date\":{\"value\":\"").bytes(time.value.as_bytes());
                json.raw(b"\",\"precision\":\"").piece(grain(time.grain)).raw(b"\",\"text\":\"");
                self.text_and_span(json, time.first, time.end);
            }
            None if self.a.published.is_some() => {
                json.raw(b",\"date\":{\"value\":\"").piece(&self.published).raw(b"\",\"precision\":\"day\"");
            }
            None => return,
        }
        json.piece(origin(from));
    }

    fn place_of_event(&self, json: &mut Json, event: &Event, last: &mut LastPlace) {
        if event.place.is_some() && event.place == last.place {
            json.rendered(&last.json);
            return;
        }
        let Some((mention, from)) = event.place else { return };
        let begin = json.len();
        let m = &self.a.entities.mentions[mention as usize];
        let entity = &self.a.entities.list[m.entity as usize];
        json.raw(b",\"place\":{").rendered(&self.heads.mentioned).number(m.entity + 1).raw(b"\",\"name\":\"");
        self.name(json, entity);
        json.raw(b"\",\"text\":\"");
        self.text_and_span(json, m.first, m.end);
        self.country(json, entity.country);
        if entity.entry != NONE {
            self.position(json, entity.entry);
            json.piece(match self.dictionary.kind(entity.entry) {
                Kind::Country => const { &Piece::new(",\"resolution\":\"country\"") },
                Kind::Admin1 => const { &Piece::new(",\"resolution\":\"admin1\"") },
                Kind::City => const { &Piece::new(",\"resolution\":\"city\"") },
                _ => const { &Piece::new(",\"resolution\":\"region\"") },
            });
        }
        json.piece(origin(from));
        last.place = event.place;
        json.keep(begin, &mut last.json);
    }

    fn quantities(&self, json: &mut Json, event: &Event) {
        for (i, quantity) in event.quantities.iter().enumerate() {
            let amount = &self.a.entities.amounts[quantity.amount as usize];
            json.either(i > 0, b",{\"role\":\"", b",\"quantities\":[{\"role\":\"");
            json.bytes(quantity.role.as_bytes()).raw(b"\",\"value\":").float(amount.min);
            if !amount.unit.is_empty() {
                json.raw(b",\"unit\":").string(amount.unit);
            }
            self.item_and_hedge(json, amount);
            json.raw(b",\"text\":\"");
            self.text_and_span(json, amount.first, amount.end);
            json.raw(b"}");
        }
        if !event.quantities.is_empty() {
            json.raw(b"]");
        }
    }

    fn quotation(&self, json: &mut Json, event: &Event) {
        let Some(quotation) = event.quotation else { return };
        let quotation = &self.a.entities.quotations[quotation as usize];
        let span = self.tokens(quotation.first, quotation.end);
        json.raw(b",\"quote\":{\"text\":\"");
        self.clean(json, span);
        self.points(json, b"\",\"span\":[", self.original(span), b"}");
    }
}

/// Where a date or place was read, and the end of it.
fn origin(from: From) -> &'static Piece {
    match from {
        From::Text => const { &Piece::new(",\"from\":\"text\"}") },
        From::Paragraph => const { &Piece::new(",\"from\":\"paragraph\"}") },
        From::Published => const { &Piece::new(",\"from\":\"published\"}") },
    }
}

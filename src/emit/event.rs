//! The records of events.

use super::entity::value;
use super::pen::Pen;
use super::piece::{Date, Piece, Rendered};
use super::{Page, country_index, grain, words};
use crate::dictionary::{Kind, NONE};
use crate::entities::time::{TimeKind, end_of_range};
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

impl<'p> Page<'p> {
    pub(super) fn event(&self, pen: Pen<'p>, number: u32, event: &Event, last: &mut LastPlace) -> Pen<'p> {
        let rule = self.emitter.rules.of(event.rule);
        let mut pen = pen.turn().rendered(&self.heads.event).number(number + 1);
        pen = pen.raw(b"\",\"sentence\":").number(event.sentence).rendered(&rule.event_type);
        pen = words(pen, b",\"context\":[\"", event.contexts.names());
        pen = pen.rendered(&rule.codes).piece(match event.realis {
            Realis::Actual => const { &Piece::new("actual\"") },
            Realis::Future => const { &Piece::new("future\"") },
            Realis::Hypothetical => const { &Piece::new("hypothetical\"") },
            Realis::Generic => const { &Piece::new("generic\"") },
        });
        pen = pen.raw_if(event.negated, b",\"negated\":true");
        if let Some(party) = &event.attribution {
            pen = self.attribution(pen, party);
        }
        pen = self.parties(pen, b",\"actor\":[{", &event.actors);
        pen = self.parties(pen, b",\"recipient\":[{", &event.recipients);
        pen = self.date(pen, event);
        pen = self.place_of_event(pen.turn(), event, last);
        pen = self.quantities(pen, event);
        pen = self.quotation(pen, event).raw(b",\"trigger\":{\"text\":\"");
        pen = self.text_and_span(pen, event.first, event.end);
        pen = pen.rendered(&rule.lemma).piece(match (event.passive, event.nominal) {
            (true, true) => const { &Piece::new("passive\",\"nominal\":true}") },
            (true, false) => const { &Piece::new("passive\",\"nominal\":false}") },
            (false, true) => const { &Piece::new("active\",\"nominal\":true}") },
            (false, false) => const { &Piece::new("active\",\"nominal\":false}") },
        });
        pen.rendered(&rule.id).score(event.score).rendered(&self.heads.group).number_then(event.group, b"\"}\n")
    }

    fn attribution(&self, pen: Pen<'p>, party: &Party) -> Pen<'p> {
        let mut pen = pen.raw(b",\"attribution\":{");
        if party.entity != NONE {
            pen = pen.rendered(&self.heads.mentioned).number_then(party.entity + 1, b"\",");
        }
        self.text_and_span(pen.raw(b"\"text\":\""), party.first, party.end).raw(b"}")
    }

    fn parties<const N: usize>(&self, mut pen: Pen<'p>, key: &[u8; N], parties: &[Party]) -> Pen<'p> {
        for (i, party) in parties.iter().enumerate() {
            pen = self.party(pen.turn().either(i > 0, b",{", key), party);
        }
        pen.raw_if(!parties.is_empty(), b"]")
    }

    #[inline(never)]
    fn party(&self, mut pen: Pen<'p>, party: &Party) -> Pen<'p> {
        if party.entity != NONE {
            pen = pen.rendered(&self.heads.mentioned).number(party.entity + 1).raw(b"\",\"name\":\"");
            pen = self.name(pen, &self.a.entities.list[party.entity as usize]);
        } else {
            pen = self.clean(pen.raw(b"\"name\":\""), self.tokens(party.first, party.end));
        }
        pen = self.text_and_span(pen.raw(b"\",\"text\":\""), party.first, party.end);
        self.country_and_sector(pen, party.country, party.sector).raw(b"}")
    }

    fn date(&self, pen: Pen<'p>, event: &Event) -> Pen<'p> {
        let Some((time, from)) = event.date else { return pen };
        let pen = match time {
            Some(time) => {
                let last = &self.a.entities.times[end_of_range(&self.a.entities.times, time as usize)];
                let time = &self.a.entities.times[time as usize];
                let mut pen = pen.raw(b",\"date\":{\"value\":\"");
                // "last night" is a time of day; what it dates is told to the day.
                pen = match time.days.filter(|_| time.kind == TimeKind::Time) {
                    Some((day, _)) => pen.date(Date::new(day)).raw(b"\",\"precision\":\"day"),
                    None => {
                        pen = value(pen, &time.value);
                        if time.begins_range {
                            pen = value(pen.raw(b"/"), &last.value);
                        }
                        pen.raw(b"\",\"precision\":\"").piece(grain(time.grain))
                    }
                };
                let pen = pen.raw(b"\",\"text\":\"");
                self.text_and_span(pen, time.first, last.end)
            }
            None => {
                let Some(published) = self.published else { return pen };
                pen.raw(b",\"date\":{\"value\":\"").date(published).raw(b"\",\"precision\":\"day\"")
            }
        };
        pen.piece(origin(from))
    }

    fn place_of_event(&self, pen: Pen<'p>, event: &Event, last: &mut LastPlace) -> Pen<'p> {
        let Some((mention, from)) = event.place else { return pen };
        if event.place == last.place {
            return pen.rendered(&last.json);
        }
        let begin = pen.mark();
        let m = &self.a.entities.mentions[mention as usize];
        let entity = &self.a.entities.list[m.entity as usize];
        let mut pen = pen.raw(b",\"place\":{");
        let mut entry = entity.entry;
        let nation = self.emitter.nations[country_index(entity.country)];
        if from == From::Country && nation != NONE {
            entry = nation;
            let name = self.dictionary.name_span(entry);
            pen = pen.raw(b"\"name\":\"").escaped(name.of(self.dictionary.strings()).as_bytes());
        } else {
            pen = pen.rendered(&self.heads.mentioned).number(m.entity + 1).raw(b"\",\"name\":\"");
            pen = self.name(pen, entity);
        }
        pen = self.text_and_span(pen.raw(b"\",\"text\":\""), m.first, m.end);
        pen = self.country_and_sector(pen, entity.country, 0);
        if entry != NONE {
            pen = self.position(pen, entry).piece(match self.dictionary.kind(entry) {
                Kind::Country => const { &Piece::new(",\"resolution\":\"country\"") },
                Kind::Admin1 => const { &Piece::new(",\"resolution\":\"admin1\"") },
                Kind::County => const { &Piece::new(",\"resolution\":\"admin2\"") },
                Kind::City => const { &Piece::new(",\"resolution\":\"city\"") },
                _ => const { &Piece::new(",\"resolution\":\"region\"") },
            });
        }
        pen = pen.piece(origin(from));
        last.json.set(pen.since(begin));
        last.place = event.place;
        pen
    }

    fn quantities(&self, mut pen: Pen<'p>, event: &Event) -> Pen<'p> {
        for (i, quantity) in event.quantities.iter().enumerate() {
            let amount = &self.a.entities.amounts[quantity.amount as usize];
            pen = pen.turn().either(i > 0, b",{\"role\":\"", b",\"quantities\":[{\"role\":\"");
            pen = pen.bytes(quantity.role.as_bytes()).raw(b"\",\"value\":").float(amount.min);
            if !amount.unit.is_empty() {
                pen = pen.raw(b",\"unit\":\"").bytes(amount.unit.as_bytes()).raw(b"\"");
            }
            pen = self.item_and_hedge(pen, amount).raw(b",\"text\":\"");
            pen = self.text_and_span(pen, amount.first, amount.end).raw(b"}");
        }
        pen.raw_if(!event.quantities.is_empty(), b"]")
    }

    fn quotation(&self, pen: Pen<'p>, event: &Event) -> Pen<'p> {
        let Some(quotation) = event.quotation else { return pen };
        let quotation = &self.a.entities.quotations[quotation as usize];
        let span = self.tokens(quotation.first, quotation.end);
        let pen = self.clean(pen.raw(b",\"quote\":{\"text\":\""), span).raw(b"\",\"span\":[");
        self.points(pen, self.original(span), b"}")
    }
}

/// Where a date or place was read, and the end of it.
fn origin(from: From) -> &'static Piece {
    match from {
        From::Text => const { &Piece::new(",\"from\":\"text\"}") },
        From::Paragraph => const { &Piece::new(",\"from\":\"paragraph\"}") },
        From::Published => const { &Piece::new(",\"from\":\"published\"}") },
        From::Country => const { &Piece::new(",\"from\":\"country\"}") },
    }
}

//! The records of entities.

use super::json::Json;
use super::piece::Piece;
use super::{Page, grain, hedge};
use crate::dictionary::{Kind, NONE};
use crate::entities::amount::{Amount, AmountKind};
use crate::entities::time::Anchor;
use crate::entities::{Entity, EntityType, Mention};

impl Page<'_> {
    pub(super) fn entity(&self, json: &mut Json, number: u32, entity: &Entity) {
        json.rendered(&self.heads.entity).number(number + 1).piece(kind(entity.kind));
        self.name(json, entity);
        let all = &self.a.entities.mentions[..];
        let mentions = self.mentions.of(number);
        json.raw(b"\",\"mentions\":[");
        for (i, &m) in mentions.iter().enumerate() {
            if i > 0 {
                json.raw(b",");
            }
            self.mention(json, &all[m as usize]);
        }
        json.raw(b"]");
        if entity.kind == EntityType::Person {
            self.titles(json, number);
            if entity.affiliation != NONE {
                json.rendered(&self.heads.affiliation).number_between(b"", entity.affiliation + 1, b"\"");
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
        json.raw(b",\"list\":\"").bytes(first.rule().as_bytes()).raw(b"\",\"score\":").score(entity.score).raw(b"}\n");
    }

    #[inline]
    fn mention(&self, json: &mut Json, mention: &Mention) {
        let span = self.original(mention.span);
        self.points(json, b"{\"span\":[", span, b",\"text\":\"");
        json.escaped_stretch(self.body.as_bytes(), span);
        json.number_between(b"\",\"sentence\":", mention.sentence, b"}");
    }

    fn titles(&self, json: &mut Json, entity: u32) {
        let titles = self.titles.of(entity);
        for (i, &title) in titles.iter().enumerate() {
            let title = &self.a.entities.titles[title as usize];
            json.either(i > 0, b",{\"text\":\"", b",\"titles\":[{\"text\":\"");
            self.text_and_span(json, title.first, title.end);
            json.either(title.is_role, b",\"kind\":\"role\"}", b",\"kind\":\"title\"}");
        }
        if !titles.is_empty() {
            json.raw(b"]");
        }
    }

    fn place(&self, json: &mut Json, entry: u32) {
        if entry == NONE {
            return;
        }
        self.position(json, entry);
        let kind = self.dictionary.kind(entry);
        match kind {
            Kind::City => {
                let feature = self.dictionary.value_span(self.dictionary.sort_value(entry));
                if !feature.is_empty() {
                    json.raw(b",\"feature\":\"");
                    self.listed(json, feature).raw(b"\"");
                }
            }
            Kind::Country => {
                json.raw(b",\"feature\":\"PCLI\"");
            }
            Kind::Admin1 => {
                json.raw(b",\"feature\":\"ADM1\"");
            }
            _ => {}
        }
        if matches!(kind, Kind::City | Kind::Admin1) {
            let division = self.dictionary.value_span(self.dictionary.detail_value(entry));
            if !division.is_empty() {
                json.raw(b",\"admin1\":\"");
                self.listed(json, division).raw(b"\"");
            }
        }
    }

    /// Where a listed place is, and its number at GeoNames.
    pub(super) fn position(&self, json: &mut Json, entry: u32) {
        if let Some([lat, lon]) = self.dictionary.position(entry) {
            json.raw(b",\"lat\":").ten_thousandths(lat).raw(b",\"lon\":").ten_thousandths(lon);
        }
        let number = self.dictionary.geonameid(entry);
        if number != 0 {
            json.number_between(b",\"geonameid\":", number, b"");
        }
    }

    fn time(&self, json: &mut Json, mention: &Mention) {
        let time = &self.a.entities.times[mention.value as usize];
        json.raw(b",\"value\":\"").bytes(time.value.as_bytes());
        if let Some((from, to)) = time.days {
            let first = Piece::day(from);
            let last = if to == from { first } else { Piece::day(to) };
            json.raw(b"\",\"from\":\"").piece(&first).raw(b"\",\"to\":\"").piece(&last);
        }
        json.raw(b"\",\"grain\":\"").piece(grain(time.grain)).raw(b"\",\"anchor\":\"").piece(match time.anchor {
            Anchor::Absolute => const { &Piece::new("absolute") },
            Anchor::Document => const { &Piece::new("document") },
            Anchor::Dateline => const { &Piece::new("dateline") },
            Anchor::Previous => const { &Piece::new("previous") },
        });
        json.either(time.resolved, b"\",\"resolved\":true", b"\",\"resolved\":false");
    }

    fn amount(&self, json: &mut Json, amount: &Amount) {
        if amount.min == amount.max {
            json.raw(b",\"amount\":").float(amount.min);
        } else {
            json.raw(b",\"min\":").float(amount.min).raw(b",\"max\":").float(amount.max);
        }
        json.raw(b",\"unit\":\"").escaped(amount.unit).raw(b"\"");
        self.item_and_hedge(json, amount);
        if amount.kind == AmountKind::Money && amount.currency_assumed {
            json.raw(b",\"currency_assumed\":true");
        }
    }

    /// What an amount is of, and whether it is exact.
    pub(super) fn item_and_hedge(&self, json: &mut Json, amount: &Amount) {
        if let Some((first, end)) = amount.item {
            json.raw(b",\"item\":\"");
            self.clean(json, self.tokens(first, end));
            json.raw(b"\"");
        }
        if let Some(approximately) = amount.hedge {
            json.piece(hedge(approximately));
        }
    }
}

/// From behind an entity's number to its name.
fn kind(kind: EntityType) -> &'static Piece {
    macro_rules! pieces {
        ($($kind:ident)*) => {
            match kind {
                $(EntityType::$kind => const {
                    &Piece::joined(&["\",\"type\":\"", EntityType::$kind.label(), "\",\"name\":\""])
                },)*
            }
        };
    }
    pieces!(Person Org Gpe Loc Fac Norp Event Date Time Duration Money Quantity Percent)
}

//! The records of entities.

use super::pen::Pen;
use super::piece::{Date, Piece};
use super::{Page, grain, hedge};
use crate::dictionary::{Kind, NONE};
use crate::entities::amount::{Amount, AmountKind, Hedge};
use crate::entities::time::{Anchor, Value};
use crate::entities::{Entity, EntityType, Mention, Rule};

impl<'p> Page<'p> {
    pub(super) fn entity(&self, pen: Pen<'p>, number: u32, entity: &Entity) -> Pen<'p> {
        let mut pen = pen.turn().rendered(&self.heads.entity).number(number + 1).piece(kind(entity.kind));
        pen = self.name(pen, entity).raw(b"\",\"mentions\":[");
        let all = &self.a.entities.mentions[..];
        let mut first = None;
        for mention in self.mentions.of(number) {
            let mention = &all[mention as usize];
            pen = self.mention(pen.turn(), mention);
            first = first.or(Some(mention));
        }
        let first = first.expect("an entity is made of its mentions");
        pen = pen.over_last(b"]");
        if entity.kind == EntityType::Person {
            pen = self.titles(pen, number);
            if entity.affiliation != NONE {
                pen = pen.rendered(&self.heads.affiliation).number_then(entity.affiliation + 1, b"\"");
            }
        }
        pen = self.country_and_sector(pen, entity.country, entity.sector);
        pen = match entity.kind {
            EntityType::Gpe | EntityType::Loc => self.candidates(self.place(pen, entity.entry), entity),
            EntityType::Date | EntityType::Time | EntityType::Duration | EntityType::Set => self.time(pen, first),
            EntityType::Money | EntityType::Quantity | EntityType::Percent => {
                self.amount(pen, &self.a.entities.amounts[first.value as usize])
            }
            _ => pen,
        };
        // No entry is counted as none at all.
        if entity.entry.wrapping_add(1) > self.emitter.first_of_users {
            return self.of_user(pen, entity).score(entity.score).raw(b"}\n");
        }
        pen.raw(b",\"list\":\"").piece(&RULES[first.rule as usize]).score(entity.score).raw(b"}\n")
    }

    /// What a user's list says of an entity, to the mark before the score.
    #[cold]
    #[inline(never)]
    fn of_user(&self, mut pen: Pen<'p>, entity: &Entity) -> Pen<'p> {
        let Some(user) = self.dictionary.user(entity.entry) else { return pen };
        if !matches!(entity.kind, EntityType::Gpe | EntityType::Loc) {
            pen = self.position(pen, entity.entry);
        }
        for (key, value) in
            [(&b",\"subtype\":"[..], user.subtype), (b",\"list_id\":", user.id), (b",\"code\":", user.code)]
        {
            if !value.is_empty() {
                pen = pen.turn().bytes(key).string(value);
            }
        }
        let list = format!("user:{}", user.list);
        pen.turn().raw(b",\"list\":").string(&list).raw(b",\"score\":")
    }

    /// A mention and the comma behind it.
    #[inline(always)]
    fn mention(&self, pen: Pen<'p>, mention: &Mention) -> Pen<'p> {
        let span = self.original(mention.span);
        self.points(pen.raw(b"{\"span\":["), span, b",\"text\":\"")
            .escaped_stretch(self.body.as_bytes(), span)
            .raw(b"\",\"sentence\":")
            .number_then(mention.sentence, b"},")
    }

    fn titles(&self, mut pen: Pen<'p>, entity: u32) -> Pen<'p> {
        let mut any = false;
        for title in self.titles.of(entity) {
            let title = &self.a.entities.titles[title as usize];
            pen = pen.turn().either(any, b",{\"text\":\"", b",\"titles\":[{\"text\":\"");
            pen = self.text_and_span(pen, title.first, title.end);
            pen = pen.either(title.is_role, b",\"kind\":\"role\"}", b",\"kind\":\"title\"}");
            any = true;
        }
        pen.raw_if(any, b"]")
    }

    fn place(&self, pen: Pen<'p>, entry: u32) -> Pen<'p> {
        if entry == NONE {
            return pen;
        }
        let pen = self.position(pen, entry);
        let kind = self.dictionary.kind(entry);
        let pen = match kind {
            Kind::City | Kind::County => self.listed(pen, b",\"feature\":\"", self.dictionary.sort_value(entry)),
            Kind::Country => pen.raw(b",\"feature\":\"PCLI\""),
            Kind::Admin1 => pen.raw(b",\"feature\":\"ADM1\""),
            _ => pen,
        };
        match kind {
            Kind::City | Kind::County | Kind::Admin1 => {
                self.listed(pen, b",\"admin1\":\"", self.dictionary.detail_value(entry))
            }
            _ => pen,
        }
    }

    /// All that a place may be, where that was asked for.
    #[inline]
    fn candidates(&self, pen: Pen<'p>, entity: &Entity) -> Pen<'p> {
        if self.a.entities.candidates.is_empty() { pen } else { self.listed_candidates(pen, entity) }
    }

    #[cold]
    #[inline(never)]
    fn listed_candidates(&self, mut pen: Pen<'p>, entity: &Entity) -> Pen<'p> {
        let all = &self.a.entities.candidates[..];
        let first = self.a.entities.mentions[entity.first_mention as usize].first;
        let mut any = false;
        for candidate in all[all.partition_point(|c| c.first < first)..].iter().take_while(|c| c.first == first) {
            let name = self.dictionary.name_span(candidate.entry);
            pen = pen.turn().either(any, b",{\"name\":\"", b",\"candidates\":[{\"name\":\"");
            pen = pen.escaped_stretch(self.dictionary.strings().as_bytes(), name).raw(b"\"");
            pen = self.country_and_sector(pen, self.dictionary.brief(candidate.entry).country, 0);
            pen = self.place(pen, candidate.entry).raw(b",\"score\":").score(candidate.share).raw(b"}");
            any = true;
        }
        pen.raw_if(any, b"]")
    }

    /// Where a listed place is, and its number at GeoNames.
    pub(super) fn position(&self, mut pen: Pen<'p>, entry: u32) -> Pen<'p> {
        if let Some([lat, lon]) = self.dictionary.position(entry) {
            pen = pen.raw(b",\"lat\":").ten_thousandths(lat).raw(b",\"lon\":").ten_thousandths(lon);
        }
        let number = self.dictionary.geonameid(entry);
        if number == 0 { pen } else { pen.raw(b",\"geonameid\":").number(number) }
    }

    fn time(&self, pen: Pen<'p>, mention: &Mention) -> Pen<'p> {
        let time = &self.a.entities.times[mention.value as usize];
        let mut pen = value(pen.raw(b",\"value\":\""), &time.value);
        if let Some((from, to)) = time.days {
            let first = Date::new(from);
            let last = if to == from { first } else { Date::new(to) };
            pen = pen.raw(b"\",\"from\":\"").date(first).raw(b"\",\"to\":\"").date(last);
        }
        pen = pen.raw(b"\",\"grain\":\"").piece(grain(time.grain)).raw(b"\",\"anchor\":\"").piece(match time.anchor {
            Anchor::Absolute => const { &Piece::new("absolute") },
            Anchor::Document => const { &Piece::new("document") },
            Anchor::Dateline => const { &Piece::new("dateline") },
            Anchor::Previous => const { &Piece::new("previous") },
        });
        pen.either(time.resolved, b"\",\"resolved\":true", b"\",\"resolved\":false")
    }

    fn amount(&self, pen: Pen<'p>, amount: &Amount) -> Pen<'p> {
        let pen = if amount.min == amount.max {
            let pen = pen.raw(b",\"amount\":").float(amount.min);
            match amount.hedge {
                Some(Hedge::Over) => pen.raw(b",\"min\":").float(amount.min),
                Some(Hedge::Under) => pen.raw(b",\"max\":").float(amount.max),
                _ => pen,
            }
        } else {
            pen.raw(b",\"min\":").float(amount.min).raw(b",\"max\":").float(amount.max)
        };
        let pen = pen.raw(b",\"unit\":\"").bytes(amount.unit.as_bytes()).raw(b"\"");
        let assumed = amount.kind == AmountKind::Money && amount.currency_assumed;
        self.item_and_hedge(pen, amount).raw_if(assumed, b",\"currency_assumed\":true")
    }

    /// What an amount is of, and whether it is exact.
    pub(super) fn item_and_hedge(&self, mut pen: Pen<'p>, amount: &Amount) -> Pen<'p> {
        if let Some((first, end)) = amount.item {
            pen = self.clean(pen.raw(b",\"item\":\""), self.tokens(first, end)).raw(b"\"");
        }
        match amount.hedge {
            Some(approximately) => pen.piece(hedge(approximately)),
            None => pen,
        }
    }
}

/// The value of an expression of time.
#[inline(always)]
pub(super) fn value<'p>(pen: Pen<'p>, value: &Value) -> Pen<'p> {
    match value.word() {
        Some((word, len)) => pen.word(word, len),
        None => pen.bytes_of_any_length(value.as_bytes()),
    }
}

/// What recognised an entity, by the number of the rule, to the mark before the score.
static RULES: [Piece; Rule::ALL.len()] = {
    let mut pieces = [Piece::new(""); Rule::ALL.len()];
    let mut at = 0;
    while at < pieces.len() {
        assert!(Rule::ALL[at] as usize == at);
        pieces[at] = Piece::joined(&[Rule::ALL[at].label(), "\",\"score\":"]);
        at += 1;
    }
    pieces
};

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
    pieces!(Person Org Gpe Loc Fac Norp Event Date Time Duration Set Money Quantity Percent)
}

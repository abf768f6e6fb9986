//! When, where and how much: the slots that do not depend on who did it.

use super::clause::Clause;
use super::rows::Row;
use super::syntax::{ChunkKind as K, Sheet, Tag};
use super::words::{self, flag};
use super::{EventQuantity, From};
use crate::dictionary::class;
use crate::entities::amount::AmountKind;
use crate::entities::time::TimeKind;
use crate::entities::{Entities, EntityType};
use crate::normalize::Dateline;

/// The expression of time that dates an event at token `head`: the nearest date of its sentence. Of a range, its first
/// part.
pub fn date(entities: &Entities, sheet: &Sheet, head: u32) -> Option<u32> {
    let times = sheet.times.clone();
    (times.start as u32..)
        .zip(&entities.times[times])
        .filter(|(_, t)| t.kind == TimeKind::Date && t.days.is_some() && sheet.tag(t.first) != Tag::Quoted)
        .min_by_key(|(_, t)| if t.first > head { t.first - head } else { head.saturating_sub(t.end) })
        .map(|(at, _)| at - u32::from(at > 0 && entities.times[at as usize - 1].begins_range))
}

/// The place in which the article says it was written.
pub fn dateline(entities: &Entities, dateline: &Dateline) -> Option<(u32, From)> {
    let (number, mention) = dateline.place.clone().find_map(|t| entities.mention_at(t))?;
    (mention.kind == EntityType::Gpe).then_some((number, From::Published))
}

impl Clause<'_> {
    /// The place of an event whose trigger is chunk `at` and whose clause goes on to `end`: what a preposition of place governs, in its own clause
    /// first, then anywhere in its sentence.
    pub fn place(&self, at: usize, end: usize) -> Option<u32> {
        // Most sentences name none.
        self.sheet.rows.next(0, Row::places)?;
        let chunks = self.sheet.chunks.len();
        let verb = self.sheet.rows.within(0, at.min(6), |r| r.of(K::Verb));
        let opening = || self.first_place(0, verb.unwrap_or(at.min(6)));
        let own = self.first_place(at + 1, end);
        own.or_else(opening).or_else(|| self.first_place(end, chunks)).or_else(|| self.last_place(at))
    }

    /// The first place that a preposition of the chunks `from..end` governs.
    fn first_place(&self, mut from: usize, end: usize) -> Option<u32> {
        while let Some(at) = self.sheet.rows.within(from, end, Row::places) {
            let place = self.place_at(at);
            if place.is_some() {
                return place;
            }
            from = at + 1;
        }
        None
    }

    /// The last place that a preposition before chunk `end` governs.
    fn last_place(&self, mut end: usize) -> Option<u32> {
        while let Some(at) = self.sheet.rows.last(end, Row::places) {
            let place = self.place_at(at);
            if place.is_some() {
                return place;
            }
            end = at;
        }
        None
    }

    /// The place in a prepositional phrase that begins at chunk `at`.
    pub fn place_at(&self, at: usize) -> Option<u32> {
        use EntityType as E;
        if self.kind(at) != Some(K::Preposition) || self.kind(at + 1) != Some(K::Noun) {
            return None;
        }
        let preposition = self.chunk(at).preposition;
        if words::OF_PLACE >> preposition & 1 == 0 {
            return None;
        }
        // "representative in Norway": the place of an office is not that of what its holder does.
        if at > 0 && self.kind(at - 1) == Some(K::Noun) && self.is_office(self.chunk(at - 1).head) {
            return None;
        }
        let chunk = self.chunk(at + 1);
        let (number, mention) = (chunk.first..chunk.end).find_map(|t| self.numbered(t))?;
        let heads =
            mention.end > chunk.head || self.tokens[chunk.head as usize].has(class::PLACE_HEAD | class::FACILITY_HEAD);
        let fits = mention.kind.is_place() || mention.kind == E::Org && preposition == words::AT;
        (heads && fits).then_some(number)
    }

    /// The amounts of an event with the part they play, of the chunks `from..end`.
    pub fn quantities(&self, from: usize, end: usize, role: &'static str, out: &mut Vec<EventQuantity>) {
        let chunks = &self.sheet.chunks[from..end.min(self.sheet.chunks.len())];
        let (Some(first), Some(last)) = (chunks.first(), chunks.last()) else {
            return;
        };
        let amounts = &self.entities.amounts;
        let at = amounts.partition_point(|a| a.first < first.first);
        for (offset, amount) in amounts[at..].iter().enumerate() {
            if amount.first >= last.end {
                break;
            }
            let people = amount.item.is_some_and(|(_, end)| self.tokens[end as usize - 1].has(class::PEOPLE));
            let priced = (amount.first.saturating_sub(3)..amount.first).any(|t| self.flags(t) & flag::WORTH != 0);
            let role = match (amount.kind, role) {
                (AmountKind::Percent, _) => continue,
                (AmountKind::Money, "seized") if priced || !out.is_empty() => "worth",
                (AmountKind::Count, "seized") if people => "arrested",
                (AmountKind::Money, "seized" | "given") => role,
                (AmountKind::Money, _) => "worth",
                (AmountKind::Quantity, "seized" | "given") => role,
                (AmountKind::Quantity, _) => continue,
                (AmountKind::Count, _) => role,
            };
            out.push(EventQuantity { amount: (at + offset) as u32, role });
        }
    }
}

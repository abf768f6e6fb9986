//! When, where and how much: the slots that do not depend on who did it.

use super::clause::Clause;
use super::rows::Row;
use super::syntax::{Chunk, ChunkKind as K, Tag};
use super::words::{self, flag};
use super::{EventQuantity, From};
use crate::dictionary::class;
use crate::entities::amount::AmountKind;
use crate::entities::time::{TimeExpression, TimeKind};
use crate::entities::{Entities, EntityType, Mention};
use crate::normalize::Dateline;

/// The place in which the article says it was written.
pub fn dateline(entities: &Entities, dateline: &Dateline) -> Option<(u32, From)> {
    let (number, mention) = dateline.place.clone().find_map(|t| entities.mention_at(t))?;
    (mention.kind == EntityType::Gpe).then_some((number, From::Published))
}

/// The country of which an article tells: that of most of the places and peoples it names, its dateline among them. It
/// stands for the first mention of one of these.
pub fn country(entities: &Entities) -> Option<(u32, From)> {
    // By the letters of the country's code.
    let mut named = [0u16; 1 << 10];
    let place = |[a, b]: [u8; 2]| usize::from(a & 31) << 5 | usize::from(b & 31);
    let tells = |m: &&Mention| matches!(m.kind, EntityType::Gpe | EntityType::Loc | EntityType::Norp);
    let code = |m: &Mention| entities.list[m.entity as usize].country;
    let mut most = (0, [0; 2]);
    for code in entities.mentions.iter().filter(tells).map(code).filter(|code| *code != [0; 2]) {
        let times = &mut named[place(code)];
        *times = times.saturating_add(1);
        // Of two that are named as often, the one that was first so often.
        if *times > most.0 {
            most = (*times, code);
        }
    }
    let is_first = |(_, m): &(u32, &Mention)| tells(m) && code(m) == most.1;
    let (first, _) = (0..).zip(&entities.mentions).filter(|_| most.0 > 0).find(is_first)?;
    Some((first, From::Country))
}

impl Clause<'_> {
    /// The expression of time that dates an event at token `head`: the nearest day of its sentence, or what is less exact.
    /// Of a range, its first part.
    pub fn date(&self, head: u32, dateline: Option<&Dateline>) -> Option<u32> {
        let times = self.sheet.times.clone();
        let is_written_on = |t: &TimeExpression| dateline.is_some_and(|d| d.whole.contains(&t.first));
        (times.start as u32..)
            .zip(&self.entities.times[times])
            .filter(|(_, t)| t.kind != TimeKind::Duration && t.days.is_some())
            .filter(|(_, t)| self.sheet.tag(t.first) != Tag::Quoted && !is_written_on(t) && !self.dates_report(t.first))
            .min_by_key(|(_, t)| if t.first > head { t.first - head } else { head.saturating_sub(t.end) })
            .map(|(at, _)| at - u32::from(at > 0 && self.entities.times[at as usize - 1].begins_range))
    }

    /// "said on Monday that rebels attacked": the day of what is said, not of what it tells.
    fn dates_report(&self, time: u32) -> bool {
        let Some(at) = self.sheet.chunk_at(time) else { return false };
        let before = at.checked_sub(1).filter(|&i| self.kind(i) == Some(K::Preposition)).unwrap_or(at);
        let reports = |i: usize| self.kind(i) == Some(K::Verb) && self.flags(self.chunk(i).head) & flag::REPORT != 0;
        before.checked_sub(1).is_some_and(reports)
    }

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

    /// Whether a phrase is of somebody in office: neither counted, nor one of many, nor people without an article, who are
    /// where they act ("two suspects in Houston", "officers in Lagos").
    fn holds_office(&self, at: usize) -> bool {
        let chunk = self.chunk(at);
        let first = &self.tokens[chunk.first as usize];
        let opens = self.sheet.tag(chunk.first);
        let is_one_of_many = opens == Tag::Determiner && self.flags(chunk.first) & flag::DEFINITE == 0;
        self.is_office(chunk.head) && chunk.first < chunk.head && !words::is_number(first) && !is_one_of_many
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
        // "the representative in Norway": the place of an office is not that of what its holder does.
        if at > 0 && self.kind(at - 1) == Some(K::Noun) && self.holds_office(at - 1) {
            return None;
        }
        let heads_place =
            |chunk: &Chunk| self.tokens[chunk.head as usize].has(class::PLACE_HEAD | class::FACILITY_HEAD);
        let named = |chunk: &Chunk| (chunk.first..chunk.end).find_map(|t| self.numbered(t));
        let mut chunk = self.chunk(at + 1);
        let mut name = named(chunk);
        // "the border town of Narva"
        let is_of = || self.is_preposition(at + 2, words::OF) && self.kind(at + 3) == Some(K::Noun);
        if name.is_none() && heads_place(chunk) && is_of() {
            chunk = self.chunk(at + 3);
            name = named(chunk);
        }
        let (number, mention) = name?;
        let heads = mention.end > chunk.head || heads_place(chunk);
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

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::dictionary::NONE;
    use crate::entities::{Entity, Mention, Rule};
    use crate::span::Span;

    #[test]
    fn the_day_of_a_report_is_not_that_of_the_deed() {
        let date = |text: &str| Sample::of(text).only("ASSAULT").date;
        assert_eq!(date("Rebels killed two soldiers on {D:1 March 2026}."), Some((Some(0), From::Text)));
        let said = date("Police said on {D:1 March 2026} that rebels killed two soldiers.");
        assert_eq!(said, Some((None, From::Published)));
        let both = date("Police said {D:1 March 2026} that rebels killed two soldiers on {D:2 May 2026}.");
        assert_eq!(both, Some((Some(1), From::Text)));
    }

    #[test]
    fn an_article_tells_of_the_country_it_names_most() {
        let entity = |country: [u8; 2]| Entity {
            kind: EntityType::Gpe,
            name: 0,
            entry: NONE,
            is_part: false,
            first_mention: 0,
            country,
            sector: 0,
            affiliation: NONE,
            score: 1.0,
        };
        let mention = |entity: u32, kind| Mention {
            first: 0,
            end: 1,
            span: Span::new(0, 1),
            kind,
            entity,
            sentence: 0,
            value: 0,
            rule: Rule::NameUnlisted,
            score: 1.0,
        };
        use EntityType::{Gpe, Norp, Person};
        let told = |named: &[(u32, EntityType)]| {
            country(&Entities {
                list: vec![entity(*b"LV"), entity(*b"EE"), entity([0; 2])],
                mentions: named.iter().map(|(of, kind)| mention(*of, *kind)).collect(),
                ..Entities::default()
            })
        };
        assert_eq!(told(&[(0, Gpe), (1, Gpe), (1, Norp)]), Some((1, From::Country)));
        assert_eq!(told(&[(0, Gpe), (1, Gpe)]), Some((0, From::Country)));
        assert_eq!(told(&[(0, Gpe), (1, Person), (1, Person)]), Some((0, From::Country)));
        assert_eq!(told(&[(2, Gpe), (1, Person)]), None);
    }
}

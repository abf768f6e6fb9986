//! From names to entities: mentions in one list, and which of them stand for one thing.

use super::document::words;
use super::evidence::Name;
use super::page::Page;
use super::table::Table;
use super::{Entities, Entity, EntityType, Mention, Rule, amount::AmountKind, time::TimeKind};
use crate::dictionary::{Kind, NONE};
use crate::span::Span;
use crate::token::mix;

/// Buffers of this room, kept by a worker.
#[derive(Default)]
pub(super) struct Groups {
    /// The mentions of people, by position, each with the name that it was made from: few later readers ask for others.
    pub people: Vec<(u32, u32)>,
    /// Those of organisations.
    pub organisations: Vec<u32>,
    /// For each entity the fullest name so far; of no meaning for a time or an amount.
    fullest: Vec<u32>,
    /// Entities by a hash of what names them.
    by_key: Table,
    /// The latest person whose name has this word, last words and others apart.
    by_last: Table,
    by_word: Table,
}

/// Fills mentions and entities of `out` from `names`, which are in order, and the times and amounts that are there:
/// names, dates and amounts in one list by position, none overlapping another.
pub(super) fn group(page: &Page<'_>, names: &[Name], groups: &mut Groups, out: &mut Entities) {
    groups.fullest.clear();
    groups.people.clear();
    groups.organisations.clear();
    groups.by_key.clear();
    groups.by_last.clear();
    groups.by_word.clear();
    out.mentions.clear();
    out.list.clear();
    let mut grouping = Grouping { page, names, groups, out, end: 0, sentence: 0 };
    let (mut name, mut time, mut amount) = (0, 0, 0);
    let name_at = |at: usize| names.get(at).map_or(u64::MAX, Name::place);
    let (mut next_name, mut next_time) = (name_at(name), grouping.time_at(time));
    let mut next_amount = grouping.amount_at(&mut amount);
    loop {
        // At one place the longer one stands; a date or an amount before a name of the same length.
        let next = next_name.min(next_time).min(next_amount);
        if next == u64::MAX {
            break;
        }
        if next == next_time {
            grouping.add_time(next, time);
            time += 1;
            next_time = grouping.time_at(time);
        } else if next == next_amount {
            grouping.add_amount(next, amount);
            amount += 1;
            next_amount = grouping.amount_at(&mut amount);
        } else {
            grouping.add_name(next, name);
            name += 1;
            next_name = name_at(name);
        }
    }
}

/// Makes mentions and gives them their entities, one after the other.
struct Grouping<'g, 'a> {
    page: &'g Page<'a>,
    names: &'g [Name],
    groups: &'g mut Groups,
    out: &'g mut Entities,
    /// One past the last token of the mentions so far.
    end: u32,
    /// The sentence of the latest.
    sentence: usize,
}

impl<'g> Grouping<'g, '_> {
    /// Where a time stands, as [`Name::place`] tells it of a name.
    fn time_at(&self, at: usize) -> u64 {
        self.out.times.get(at).map_or(u64::MAX, |t| place(t.first, t.end))
    }

    /// Where an amount stands; counts of people are no mentions and are passed over.
    fn amount_at(&self, at: &mut usize) -> u64 {
        while let Some(amount) = self.out.amounts.get(*at) {
            if amount.kind != AmountKind::Count {
                return place(amount.first, amount.end);
            }
            *at += 1;
        }
        u64::MAX
    }

    fn add_time(&mut self, place: u64, at: usize) {
        let Some(stretch) = self.stretch_onward(place) else { return };
        let time = &self.out.times[at];
        let (kind, tag) = match time.kind {
            TimeKind::Date => (EntityType::Date, const { tag(EntityType::Date) }),
            TimeKind::Time => (EntityType::Time, const { tag(EntityType::Time) }),
            TimeKind::Duration => (EntityType::Duration, const { tag(EntityType::Duration) }),
            TimeKind::Set => (EntityType::Set, const { tag(EntityType::Set) }),
        };
        let key = if time.resolved || matches!(kind, EntityType::Duration | EntityType::Set) {
            of_text(tag, time.value.as_bytes())
        } else {
            mix(tag, words(self.page, time.first, time.end).fold(1, mix))
        };
        let new = New { kind, entry: NONE, score: 0.9, name: NONE };
        let entity = self.by_key(key, new);
        self.put(stretch, new, Rule::Time, at as u32, entity);
    }

    fn add_amount(&mut self, place: u64, at: usize) {
        let Some(stretch) = self.stretch_onward(place) else { return };
        let amount = &self.out.amounts[at];
        let (kind, tag) = match amount.kind {
            AmountKind::Money => (EntityType::Money, const { tag(EntityType::Money) }),
            AmountKind::Percent => (EntityType::Percent, const { tag(EntityType::Percent) }),
            AmountKind::Quantity | AmountKind::Count => (EntityType::Quantity, const { tag(EntityType::Quantity) }),
        };
        let unit = of_text(tag, amount.unit.as_bytes());
        let key = mix(mix(unit, amount.min.to_bits()), amount.max.to_bits());
        let new = New { kind, entry: NONE, score: 0.9, name: NONE };
        let entity = self.by_key(key, new);
        self.put(stretch, new, Rule::Amount, at as u32, entity);
    }

    fn add_name(&mut self, place: u64, at: usize) {
        let name = &self.names[at];
        // A name knows its sentence; sentences before it hold no further mention.
        self.sentence = name.sentence as usize;
        let Some(stretch) = self.stretch(place) else { return };
        if name.rule == Rule::ListUser {
            return self.add_users(stretch, at);
        }
        let new = New { kind: name.kind, entry: name.entry, score: name.score, name: at as u32 };
        let mention = self.out.mentions.len() as u32;
        let entity = match name.kind {
            EntityType::Person => {
                self.groups.people.push((mention, new.name));
                self.person(at)
            }
            EntityType::Org => {
                self.groups.organisations.push(mention);
                self.organisation(at, stretch.span)
            }
            _ => self.by_key(self.key_of(name), new),
        };
        self.put(stretch, new, name.rule, NONE, entity);
    }

    /// A name of a user's list stands for its entry, and for what the article has called so before.
    #[cold]
    fn add_users(&mut self, mut stretch: Stretch, at: usize) {
        let own = &self.names[at];
        if let Ok(found) = self.page.inside.binary_search_by_key(&own.first, |(first, _)| *first) {
            stretch.span = self.page.inside[found].1;
        }
        let new = New { kind: own.kind, entry: own.entry, score: own.score, name: at as u32 };
        let mention = self.out.mentions.len() as u32;
        let hash = mix(tag(own.kind), own.hash);
        let (key, before) = match own.kind {
            EntityType::Person => {
                self.groups.people.push((mention, new.name));
                let known = self.groups.by_last.get(own.last).filter(|&known| self.fits(own, self.name_of(known)));
                (mix(mix(own.kind as u64, 4), u64::from(own.entry)), known)
            }
            EntityType::Org => {
                self.groups.organisations.push(mention);
                (mix(mix(own.kind as u64, 4), u64::from(own.entry)), self.groups.by_key.get(hash))
            }
            _ => (self.key_of(own), None),
        };
        let before = before.filter(|&known| self.out.list[known as usize].entry == NONE);
        let known = self.groups.by_key.get(key).or(before);
        let entity = known.unwrap_or_else(|| self.new_entity(new));
        self.groups.by_key.set(key, entity);
        if own.kind == EntityType::Org {
            self.groups.by_key.set_first(hash, entity);
        }
        if own.kind == EntityType::Person && own.words > 0 {
            self.groups.by_last.set(own.last, entity);
            for word in words(self.page, own.first, own.end).take(usize::from(own.words) - 1) {
                self.groups.by_word.set(word, entity);
            }
        }
        if before == Some(entity) {
            let (country, sector) = self.country_and_sector(own.entry);
            let known = &mut self.out.list[entity as usize];
            (known.entry, known.country, known.sector) = (own.entry, country, sector);
            self.rename(entity, new.name);
        }
        self.put(stretch, new, own.rule, NONE, entity);
    }

    /// As [`stretch`](Self::stretch), of what does not know its sentence.
    #[inline(always)]
    fn stretch_onward(&mut self, place: u64) -> Option<Stretch> {
        self.sentence = self.page.sentences.number_of((place >> 32) as usize);
        self.stretch(place)
    }

    /// Where the next mention stands, unless one before it covers it or it does not lie in one sentence.
    #[inline(always)]
    fn stretch(&mut self, place: u64) -> Option<Stretch> {
        let (first, end) = ((place >> 32) as u32, !(place as u32));
        let limit = self.page.sentences.get(self.sentence).map_or(0, |s| s.end);
        if first < self.end || limit < end {
            return None;
        }
        self.end = end;
        let tokens = self.page.tokens;
        Some(Stretch { first, end, span: Span::new(tokens[first as usize].start, tokens[end as usize - 1].end) })
    }

    /// Makes the mention.
    #[inline(always)]
    fn put(&mut self, stretch: Stretch, new: New, rule: Rule, value: u32, entity: u32) {
        let Stretch { first, end, span } = stretch;
        let New { kind, score, .. } = new;
        let best = &mut self.out.list[entity as usize].score;
        *best = if score > *best { score } else { *best };
        let sentence = self.sentence as u32;
        self.out.mentions.push(Mention { first, end, span, entity, sentence, value, score, kind, rule });
    }

    /// The entity with a key, or a new one.
    #[inline]
    fn by_key(&mut self, key: u64, new: New) -> u32 {
        let next = self.out.list.len() as u32;
        let entity = self.groups.by_key.set_first(key, next);
        if entity == next {
            self.new_entity(new);
        }
        entity
    }

    /// The fullest name of an entity so far.
    fn name_of(&self, entity: u32) -> &'g Name {
        &self.names[self.groups.fullest[entity as usize] as usize]
    }

    /// The mention to be made next gives an entity its name.
    fn rename(&mut self, entity: u32, name: u32) {
        self.groups.fullest[entity as usize] = name;
        self.out.list[entity as usize].name = self.out.mentions.len() as u32;
    }

    /// What makes two names of one kind the same thing, people and organisations aside.
    fn key_of(&self, name: &Name) -> u64 {
        let tag = tag(name.kind);
        if name.entry == NONE || name.rule == Rule::PlacePart {
            return mix(tag, name.hash);
        }
        if name.kind != EntityType::Norp {
            return mix(tag, u64::from(name.entry));
        }
        match self.page.dictionary.brief(name.entry).country {
            [0, _] => mix(tag, name.hash),
            country => mix(tag, u64::from(u16::from_be_bytes(country))),
        }
    }

    /// What the lists say of an entry.
    #[inline]
    fn country_and_sector(&self, entry: u32) -> ([u8; 2], u32) {
        let known = self.page.dictionary.brief(entry);
        let has_sector = matches!(known.kind, Kind::Organisation | Kind::User);
        (known.country, if has_sector { self.page.dictionary.sort_value(entry) } else { 0 })
    }

    /// The entity that the mention to be made next is the first of.
    fn new_entity(&mut self, new: New) -> u32 {
        let New { kind, entry, score, name } = new;
        self.groups.fullest.push(name);
        let (country, sector) = if entry == NONE { ([0; 2], 0) } else { self.country_and_sector(entry) };
        let mention = self.out.mentions.len() as u32;
        let number = self.out.list.len() as u32;
        self.out.list.push(Entity {
            kind,
            name: mention,
            entry,
            first_mention: mention,
            country,
            sector,
            is_part: name != NONE && self.names[name as usize].rule == Rule::PlacePart,
            affiliation: NONE,
            score,
        });
        number
    }

    /// "Okafor" is the "Ngozi Okafor" that the article has named, and "N. Okafor" too.
    fn person(&mut self, at: usize) -> u32 {
        let own = &self.names[at];
        let new = New { kind: EntityType::Person, entry: NONE, score: own.score, name: at as u32 };
        if own.words == 0 {
            return self.new_entity(new);
        }
        let last = self.groups.by_last.find(own.last);
        let by_last = last.value.filter(|&known| self.fits(own, self.name_of(known)));
        let candidate = by_last.or_else(|| if own.words == 1 { self.groups.by_word.get(own.last) } else { None });
        let entity = match candidate {
            Some(known) => {
                if own.words > self.name_of(known).words {
                    self.rename(known, new.name);
                }
                known
            }
            None => self.new_entity(new),
        };
        self.groups.by_last.put(last, entity);
        if own.words > 1 {
            for word in words(self.page, own.first, own.end).take(usize::from(own.words) - 1) {
                self.groups.by_word.set(word, entity);
            }
        }
        entity
    }

    /// Whether two names can be one person's: the shorter ends the longer, or both begin and end alike.
    fn fits(&self, own: &Name, known: &Name) -> bool {
        let (short, long) = if own.words <= known.words { (own, known) } else { (known, own) };
        if short.hash == long.hash || short.words < 2 || short.last != long.last {
            return short.last == long.last;
        }
        let of = |name: &Name| words(self.page, name.first, name.end);
        of(short).rev().zip(of(long).rev()).all(|(a, b)| a == b)
            || of(short).next() == of(long).next()
            || self.initial_fits(short.first, long.first)
    }

    /// "J." stands for "Jana".
    fn initial_fits(&self, short: u32, long: u32) -> bool {
        let of = |at: u32| self.page.tokens[at as usize].of(self.page.text);
        of(short).len() == 1 && of(long).starts_with(of(short))
    }

    fn organisation(&mut self, at: usize, span: Span) -> u32 {
        let (page, name) = (self.page, &self.names[at]);
        let new = New { kind: EntityType::Org, entry: name.entry, score: name.score, name: at as u32 };
        let own = mix(const { tag(EntityType::Org) }, name.hash);
        // "Border Watch Agency (BWA)": the acronym in brackets names what stands before it.
        let bracketed = name.first >= 2
            && page.tokens[name.first as usize - 1].is_symbol(b'(')
            && page.token(name.end).is_some_and(|t| t.is_symbol(b')'));
        let before =
            self.out.mentions.last().filter(|b| bracketed && b.kind == EntityType::Org && b.end == name.first - 1);
        let before = before.filter(|b| is_acronym_of(page, span, b)).map(|b| b.entity);
        let by_entry =
            (name.entry != NONE).then(|| mix(const { mix(EntityType::Org as u64, 4) }, u64::from(name.entry)));
        let own = self.groups.by_key.find(own);
        let known = before.or(own.value).or_else(|| by_entry.and_then(|key| self.groups.by_key.get(key)));
        let entity = known.unwrap_or_else(|| self.new_entity(new));
        self.groups.by_key.put(own, entity);
        if let Some(key) = by_entry
            && before.is_none()
        {
            self.groups.by_key.set_first(key, entity);
        }
        if known.is_some() {
            let fullest = self.name_of(entity);
            if name.end - name.first > fullest.end - fullest.first {
                self.rename(entity, new.name);
            }
        }
        entity
    }
}

/// Where a mention stands, in tokens and in bytes of the clean text.
#[derive(Clone, Copy)]
struct Stretch {
    first: u32,
    end: u32,
    span: Span,
}

/// What a mention says of its entity if it is the first.
#[derive(Clone, Copy)]
struct New {
    kind: EntityType,
    entry: u32,
    score: f32,
    /// The name that it was made from, or [`NONE`].
    name: u32,
}

/// What the keys of a kind begin with.
const fn tag(kind: EntityType) -> u64 {
    mix(kind as u64, 3)
}

/// The order of mentions, as [`Name::place`].
fn place(first: u32, end: u32) -> u64 {
    u64::from(first) << 32 | u64::from(!end)
}

/// A hash of a short text, eight bytes at a time.
fn of_text(start: u64, text: &[u8]) -> u64 {
    let (whole, rest) = text.as_chunks::<8>();
    let hash = whole.iter().fold(start, |hash, eight| mix(hash, u64::from_le_bytes(*eight)));
    let rest = rest.iter().fold(rest.len() as u64, |rest, &byte| rest << 8 | u64::from(byte));
    mix(hash, rest)
}

/// Whether the letters of `short` are initials of words of `long`, in order, most of them used.
fn is_acronym_of(page: &Page<'_>, short: Span, long: &Mention) -> bool {
    let acronym = short.of(page.text);
    let mut letters = acronym.chars().filter(|c| c.is_alphabetic()).map(|c| c.to_ascii_uppercase()).peekable();
    let mut used = 0;
    for token in &page.tokens[long.first as usize..long.end as usize] {
        let initial = token.of(page.text).chars().next().map(|c| c.to_ascii_uppercase());
        if letters.peek().is_some() && initial == letters.peek().copied() {
            letters.next();
            used += 1;
        }
    }
    used >= 2 || acronym.chars().count() <= 2 && used >= 1 || long.span.of(page.text).starts_with(acronym)
}

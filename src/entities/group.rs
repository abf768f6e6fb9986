//! From names to entities: mentions in one list, and which of them stand for one thing.

use super::document::words;
use super::evidence::Name;
use super::page::Page;
use super::table::Table;
use super::{Entities, Entity, EntityType, Mention, amount::AmountKind, time::TimeKind};
use crate::dictionary::{Kind, NONE};
use crate::span::Span;
use crate::token::mix;

/// Buffers of this room, kept by a worker.
#[derive(Default)]
pub(super) struct Groups {
    /// For each mention the name that it was made from, or [`NONE`] for a time or an amount.
    pub sources: Vec<u32>,
    /// Entities by a hash of what names them.
    by_key: Table,
    /// The latest person whose name has this word, last words and others apart.
    by_last: Table,
    by_word: Table,
}

/// Fills mentions and entities of `out` from `names`, which are in order, and the times and amounts that are there.
pub(super) fn group(page: &Page<'_>, names: &[Name], groups: &mut Groups, out: &mut Entities) {
    join(page, names, &mut groups.sources, out);
    groups.by_key.clear();
    groups.by_last.clear();
    groups.by_word.clear();
    out.list.clear();
    let mut grouping = Grouping { page, names, groups, out };
    for mention in 0..grouping.out.mentions.len() {
        let entity = grouping.entity(mention as u32);
        let m = &mut grouping.out.mentions[mention];
        m.entity = entity;
        let entity = &mut grouping.out.list[entity as usize];
        entity.score = entity.score.max(m.score);
    }
}

/// Names, dates and amounts in one list by position, none overlapping another.
fn join(page: &Page<'_>, names: &[Name], sources: &mut Vec<u32>, out: &mut Entities) {
    out.mentions.clear();
    sources.clear();
    let place = |first: u32, end: u32| u64::from(first) << 32 | u64::from(!end);
    let (mut name, mut time, mut amount) = (0, 0, 0);
    let (mut end, mut sentence) = (0, 0);
    loop {
        while out.amounts.get(amount).is_some_and(|a| a.kind == AmountKind::Count) {
            amount += 1;
        }
        let next_name = names.get(name).map_or(u64::MAX, Name::place);
        let next_time = out.times.get(time).map_or(u64::MAX, |t| place(t.first, t.end));
        let next_amount = out.amounts.get(amount).map_or(u64::MAX, |a| place(a.first, a.end));
        // At one place the longer one stands; a date or an amount before a name of the same length.
        let next = next_name.min(next_time).min(next_amount);
        if next == u64::MAX {
            break;
        }
        let (from, to) = ((next >> 32) as u32, !(next as u32));
        let stands = from >= end;
        if stands {
            sentence += page.sentences[sentence..].iter().take_while(|s| s.end <= from).count();
        }
        // A mention lies in one sentence.
        let stands = stands && page.sentences.get(sentence).is_some_and(|s| s.end >= to);
        let mut mention = Mention {
            first: from,
            end: to,
            span: Span::new(0, 0),
            kind: EntityType::Date,
            entity: NONE,
            sentence: sentence as u32,
            value: NONE,
            rule: "time",
            score: 0.9,
        };
        let mut source = NONE;
        if next == next_time {
            mention.kind = match out.times[time].kind {
                TimeKind::Date => EntityType::Date,
                TimeKind::Time => EntityType::Time,
                TimeKind::Duration => EntityType::Duration,
            };
            mention.value = time as u32;
            time += 1;
        } else if next == next_amount {
            mention.kind = match out.amounts[amount].kind {
                AmountKind::Money => EntityType::Money,
                AmountKind::Percent => EntityType::Percent,
                AmountKind::Quantity | AmountKind::Count => EntityType::Quantity,
            };
            (mention.value, mention.rule) = (amount as u32, "amount");
            amount += 1;
        } else {
            let found = &names[name];
            (mention.kind, mention.rule, mention.score) = (found.kind, found.rule, found.score);
            source = name as u32;
            name += 1;
        }
        if stands {
            end = to;
            mention.span = Span::new(page.tokens[from as usize].start, page.tokens[to as usize - 1].end);
            out.mentions.push(mention);
            sources.push(source);
        }
    }
}

/// Gives mentions their entities, one after the other.
struct Grouping<'g, 'a> {
    page: &'g Page<'a>,
    names: &'g [Name],
    groups: &'g mut Groups,
    out: &'g mut Entities,
}

impl<'g> Grouping<'g, '_> {
    fn entity(&mut self, mention: u32) -> u32 {
        let kind = self.out.mentions[mention as usize].kind;
        let (key, entry) = match kind {
            EntityType::Person => return self.person(mention),
            EntityType::Org => return self.organisation(mention),
            EntityType::Date
            | EntityType::Time
            | EntityType::Duration
            | EntityType::Money
            | EntityType::Quantity
            | EntityType::Percent => (self.value_key(mention), NONE),
            _ => {
                let name = self.name(mention);
                (self.name_key(name), name.entry)
            }
        };
        self.groups.by_key.get(key).unwrap_or_else(|| {
            let new = self.new_entity(mention, entry);
            self.groups.by_key.set(key, new);
            new
        })
    }

    /// The name that a mention was made from.
    fn name(&self, mention: u32) -> &'g Name {
        &self.names[self.groups.sources[mention as usize] as usize]
    }

    /// The fullest name of an entity so far.
    fn name_of(&self, entity: u32) -> &'g Name {
        self.name(self.out.list[entity as usize].name)
    }

    /// What makes two times or two amounts of one kind the same.
    fn value_key(&self, mention: u32) -> u64 {
        let m = &self.out.mentions[mention as usize];
        let kind = mix(m.kind as u64, 3);
        match m.kind {
            EntityType::Money | EntityType::Quantity | EntityType::Percent => {
                let amount = &self.out.amounts[m.value as usize];
                mix(mix(of_text(kind, amount.unit), amount.min.to_bits()), amount.max.to_bits())
            }
            _ => {
                let time = &self.out.times[m.value as usize];
                if time.resolved || m.kind == EntityType::Duration {
                    of_text(kind, &time.value)
                } else {
                    mix(kind, words(self.page, m.first, m.end).fold(1, mix))
                }
            }
        }
    }

    /// What makes two names of one kind the same thing, people and organisations aside.
    fn name_key(&self, name: &Name) -> u64 {
        let kind = mix(name.kind as u64, 3);
        if name.entry == NONE {
            return mix(kind, name.hash);
        }
        if name.kind != EntityType::Norp {
            return mix(kind, u64::from(name.entry));
        }
        match self.page.dictionary.brief(name.entry).country {
            [0, _] => mix(kind, name.hash),
            country => mix(kind, u64::from(u16::from_be_bytes(country))),
        }
    }

    fn new_entity(&mut self, mention: u32, entry: u32) -> u32 {
        let m = &self.out.mentions[mention as usize];
        let (mut country, mut sector) = ([0; 2], 0);
        if entry != NONE {
            let known = self.page.dictionary.brief(entry);
            country = known.country;
            if known.kind == Kind::Organisation {
                sector = self.page.dictionary.sort_value(entry);
            }
        }
        self.out.list.push(Entity {
            kind: m.kind,
            name: mention,
            entry,
            first_mention: mention,
            country,
            sector,
            affiliation: NONE,
            score: m.score,
        });
        self.out.list.len() as u32 - 1
    }

    /// "Okafor" is the "Ngozi Okafor" that the article has named, and "N. Okafor" too.
    fn person(&mut self, mention: u32) -> u32 {
        let own = self.name(mention);
        if own.words == 0 {
            return self.new_entity(mention, NONE);
        }
        let by_last = self.groups.by_last.get(own.last).filter(|&known| self.fits(own, self.name_of(known)));
        let candidate = by_last.or_else(|| if own.words == 1 { self.groups.by_word.get(own.last) } else { None });
        let entity = match candidate {
            Some(known) => {
                if own.words > self.name_of(known).words {
                    self.out.list[known as usize].name = mention;
                }
                known
            }
            None => self.new_entity(mention, NONE),
        };
        self.groups.by_last.set(own.last, entity);
        for word in words(self.page, own.first, own.end).take(own.words as usize - 1) {
            self.groups.by_word.set(word, entity);
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

    fn organisation(&mut self, mention: u32) -> u32 {
        let name = self.name(mention);
        let m = self.out.mentions[mention as usize];
        let own = mix(mix(m.kind as u64, 3), name.hash);
        // "Border Watch Agency (BWA)": the acronym in brackets names what stands before it.
        let bracketed = mention > 0
            && m.first >= 2
            && self.page.tokens[m.first as usize - 1].is_symbol(b'(')
            && self.page.token(m.end).is_some_and(|t| t.is_symbol(b')'));
        let before = bracketed
            .then(|| &self.out.mentions[mention as usize - 1])
            .filter(|b| b.kind == EntityType::Org && b.end == m.first - 1)
            .filter(|b| is_acronym_of(self.page, &m, b))
            .map(|b| b.entity);
        let by_entry = (name.entry != NONE).then(|| mix(mix(m.kind as u64, 4), u64::from(name.entry)));
        let entity = before
            .or_else(|| self.groups.by_key.get(own))
            .or_else(|| by_entry.and_then(|key| self.groups.by_key.get(key)))
            .unwrap_or_else(|| self.new_entity(mention, name.entry));
        self.groups.by_key.set(own, entity);
        if let Some(key) = by_entry
            && before.is_none()
        {
            self.groups.by_key.set_first(key, entity);
        }
        let fullest = self.name_of(entity);
        if name.end - name.first > fullest.end - fullest.first {
            self.out.list[entity as usize].name = mention;
        }
        entity
    }
}

/// A hash of a short text, eight bytes at a time.
fn of_text(start: u64, text: &str) -> u64 {
    let (whole, rest) = text.as_bytes().as_chunks::<8>();
    let hash = whole.iter().fold(start, |hash, eight| mix(hash, u64::from_le_bytes(*eight)));
    let rest = rest.iter().fold(rest.len() as u64, |rest, &byte| rest << 8 | u64::from(byte));
    mix(hash, rest)
}

/// Whether the letters of `short` are initials of words of `long`, in order, most of them used.
fn is_acronym_of(page: &Page<'_>, short: &Mention, long: &Mention) -> bool {
    let acronym = short.span.of(page.text);
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

//! The document pass: what the article as a whole says about each name.
//!
//! A newspaper introduces a person once, in full, and then says the surname; an organisation once in full with its
//! acronym in brackets, and then the acronym. So names are settled only after the whole article has been read: doubtful
//! ones are taken when a sure one stands behind them, and mentions of one thing become one entity.
//!
//! All look-ups go through hashes of words, so a document of any length costs linear time.

use super::evidence::{Name, weight};
use super::page::Page;
use super::place::{CountryVotes, as_qualifier, choose};
use super::{Entities, Entity, EntityType, Mention, amount::AmountKind, time::TimeKind};
use crate::dictionary::{Kind, NONE, class};
use crate::normalize::Head;
use crate::span::Span;
use crate::token::{form, mix};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Keys are hashes already.
#[derive(Default)]
struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {
        unreachable!("only whole hashes are keys");
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

type ByHash = HashMap<u64, u32, BuildHasherDefault<Ready>>;

/// Buffers of the document pass, kept by a worker.
#[derive(Default)]
pub(super) struct Memory {
    /// Entities by a hash of what names them.
    groups: ByHash,
    /// The latest person whose name has this word, last words and others apart.
    by_last: ByHash,
    by_word: ByHash,
    /// Surfaces already resolved to a place.
    places: ByHash,
    votes: CountryVotes,
    merged: Vec<Name>,
}

/// Settles names and builds the entities.
pub(super) fn settle(
    page: &Page<'_>,
    head: &Head,
    names: &mut Vec<Name>,
    doubtful: &[Name],
    memory: &mut Memory,
    out: &mut Entities,
) {
    memory.groups.clear();
    memory.by_last.clear();
    memory.by_word.clear();
    memory.places.clear();
    memory.votes.clear();
    for name in names.iter_mut() {
        name.hash = hash_of(page, name.first, name.end);
    }
    vote(page, names, memory);
    index_people(page, names, memory);
    accept_doubtful(page, names, doubtful, memory);
    reconsider(page, names, memory);
    add_agencies(page, head, names);
    resolve_places(page, names, memory);
    join(page, names, memory, out);
    group(page, memory, out);
}

/// The words of a stretch, as hashes.
fn words<'p>(page: &'p Page<'_>, first: u32, end: u32) -> impl DoubleEndedIterator<Item = u64> + Clone + 'p {
    page.tokens[first as usize..end as usize].iter().filter(|t| t.form & form::WORD != 0).map(|t| t.hash)
}

fn hash_of(page: &Page<'_>, first: u32, end: u32) -> u64 {
    words(page, first, end).fold(1, mix)
}

fn vote(page: &Page<'_>, names: &[Name], memory: &mut Memory) {
    for name in names.iter().filter(|n| n.surface != NONE) {
        let readings = page.dictionary.readings(name.surface);
        let first = page.dictionary.brief(readings[0].entry);
        match (name.kind, first.kind) {
            (EntityType::Gpe, Kind::Country) => memory.votes.add(first.country, 2),
            (EntityType::Norp, _) => memory.votes.add(first.country, 1),
            (EntityType::Gpe, _) if readings.len() == 1 => memory.votes.add(first.country, 1),
            _ => {}
        }
    }
}

fn index_people(page: &Page<'_>, names: &[Name], memory: &mut Memory) {
    for (i, name) in names.iter().enumerate().filter(|(_, n)| n.kind == EntityType::Person) {
        let count = words(page, name.first, name.end).count();
        if count < 2 && name.title == NONE {
            continue;
        }
        for (k, word) in words(page, name.first, name.end).enumerate() {
            let table = if k + 1 == count { &mut memory.by_last } else { &mut memory.by_word };
            table.entry(word).or_insert(i as u32);
        }
    }
}

/// Takes a doubtful name when the article speaks of such a person or thing elsewhere, or the words beside it say so.
fn accept_doubtful(page: &Page<'_>, names: &mut Vec<Name>, doubtful: &[Name], memory: &mut Memory) {
    memory.groups.clear();
    for (i, name) in names.iter().enumerate() {
        memory.groups.entry(name.hash).or_insert(i as u32);
    }
    for name in doubtful {
        let mut name = *name;
        name.hash = hash_of(page, name.first, name.end);
        if let Some(&same) = memory.groups.get(&name.hash) {
            let same = names[same as usize];
            let said_in_language = name.score < 0.1 && is_sentence_start(page, &name);
            if !said_in_language || same.kind == EntityType::Person && same.end - same.first > 1 {
                name.kind = same.kind;
                name.entry = same.entry;
                name.surface = same.surface;
                name.rule = "document.same";
                name.score = weight::ACCEPT;
                names.push(name);
                continue;
            }
        }
        if continues_person(page, &name, memory) {
            name.kind = EntityType::Person;
            name.surface = NONE;
            name.rule = "document.surname";
            name.score = 0.8;
            names.push(name);
            continue;
        }
        if name.rule == "name.unlisted" || name.rule == "person.lists" {
            name.score += company(page, &name);
            if name.score >= weight::ACCEPT {
                names.push(name);
            }
        }
    }
    names.sort_by_key(|n| (n.first, std::cmp::Reverse(n.end)));
}

fn is_sentence_start(page: &Page<'_>, name: &Name) -> bool {
    page.sentences[name.sentence as usize].first == name.first
}

/// Whether a name is the last word (or the last words) of a person's fuller name.
fn continues_person(page: &Page<'_>, name: &Name, memory: &Memory) -> bool {
    let mut own = words(page, name.first, name.end);
    let Some(last) = own.next_back() else { return false };
    let word = own.clone().next().is_none();
    let token = &page.tokens[name.end as usize - 1];
    if word && token.has(class::COMMON) && is_sentence_start(page, name) {
        return false;
    }
    memory.by_last.contains_key(&last)
        || word && memory.by_word.contains_key(&last) && !token.has(class::LEXICON | class::PARTICLE)
}

/// What stands beside an unlisted name: a verb of saying, a role in apposition, a possessive.
fn company(page: &Page<'_>, name: &Name) -> f32 {
    let mut score = 0.0;
    let after = page.token(name.end);
    if after.is_some_and(|t| t.has(class::REPORT))
        || name.first > 0 && page.tokens[name.first as usize - 1].has(class::REPORT)
    {
        score += 0.25;
    }
    let role_at =
        |at: u32| (at..at + 3).any(|i| page.token(i).is_some_and(|t| t.has(class::TITLE) && !t.is(form::CAPITAL)));
    if after.is_some_and(|t| t.is_symbol(b',')) && role_at(name.end + 1) {
        score += 0.25;
    }
    score
}

/// A listed place that is the surname of somebody in the article goes by the article, unless its sentence asks for a
/// place or it is a country.
fn reconsider(page: &Page<'_>, names: &mut [Name], memory: &Memory) {
    for name in names.iter_mut() {
        let single = name.end - name.first == 1;
        if name.kind != EntityType::Gpe || !single || name.surface == NONE || name.score >= 0.9 {
            continue;
        }
        let hash = page.tokens[name.first as usize].hash;
        let country = page
            .dictionary
            .surface(name.surface)
            .readings
            .iter()
            .any(|r| page.dictionary.kind(r.entry) == Kind::Country);
        if !country && memory.by_last.contains_key(&hash) {
            name.kind = EntityType::Person;
            name.surface = NONE;
            name.rule = "document.surname";
        }
    }
}

/// The agencies of a dateline are organisations, listed or not.
fn add_agencies(page: &Page<'_>, head: &Head, names: &mut Vec<Name>) {
    let Some(dateline) = &head.dateline else { return };
    for range in &dateline.agency {
        names.retain(|n| n.end <= range.start || n.first >= range.end);
        let mut name = Name::new(range.start, range.end, EntityType::Org, "dateline.agency", 0.85);
        name.sentence = page.sentences.partition_point(|s| s.end <= range.start) as u32;
        let m = page.matches.iter().find(|m| m.first == range.start && m.end == range.end);
        let listed = |surface: u32| {
            page.dictionary
                .surface(surface)
                .readings
                .iter()
                .any(|r| page.dictionary.kind(r.entry) == Kind::Organisation)
        };
        name.surface = m.map(|m| m.surface).filter(|&s| listed(s)).unwrap_or(NONE);
        names.push(name);
    }
    let place = &dateline.place;
    if !names.iter().any(|n| n.first < place.end && n.end > place.start)
        && let Some(m) = page.matches.iter().find(|m| m.first == place.start)
    {
        let is_place = |r: &crate::dictionary::Reading| {
            matches!(page.dictionary.kind(r.entry), Kind::City | Kind::Admin1 | Kind::Country)
        };
        if page.dictionary.readings(m.surface).iter().any(is_place) {
            let mut name = Name::new(m.first, m.end, EntityType::Gpe, "dateline.place", 0.9);
            name.surface = m.surface;
            name.sentence = page.sentences.partition_point(|s| s.end <= m.first) as u32;
            names.push(name);
        }
    }
    names.sort_by_key(|n| (n.first, std::cmp::Reverse(n.end)));
}

fn resolve_places(page: &Page<'_>, names: &mut [Name], memory: &mut Memory) {
    for i in 0..names.len() {
        let name = names[i];
        if name.surface == NONE {
            continue;
        }
        names[i].entry = match name.kind {
            EntityType::Gpe | EntityType::Loc => {
                let qualifier = page
                    .token(name.end)
                    .filter(|t| t.is_symbol(b','))
                    .and_then(|_| names.get(i + 1))
                    .filter(|n| n.first == name.end + 1 && n.surface != NONE)
                    .and_then(|n| as_qualifier(page.dictionary, n.surface));
                let key = mix(u64::from(name.surface), 7);
                if qualifier.is_none()
                    && let Some(&known) = memory.places.get(&key)
                {
                    names[i].entry = known;
                    continue;
                }
                let chosen = choose(page.dictionary, name.surface, &memory.votes, qualifier).unwrap_or(NONE);
                memory.places.insert(key, chosen);
                chosen
            }
            EntityType::Norp => of_kind(page, name.surface, Kind::Demonym, memory),
            EntityType::Org => of_kind(page, name.surface, Kind::Organisation, memory),
            _ => NONE,
        };
    }
}

/// The entry of a kind that a surface means: the only one, or the one of a country that the article speaks of.
fn of_kind(page: &Page<'_>, surface: u32, kind: Kind, memory: &Memory) -> u32 {
    let readings = page.dictionary.readings(surface);
    let candidates = || readings.iter().filter(|r| page.dictionary.kind(r.entry) == kind);
    let best = candidates().max_by_key(|r| {
        let votes = memory.votes.of(page.dictionary.brief(r.entry).country);
        (votes, std::cmp::Reverse(r.alias), std::cmp::Reverse(r.entry))
    });
    match best {
        // An acronym shared by several bodies, none of a country at hand, names none of them.
        Some(r)
            if r.alias == 2
                && candidates().count() > 1
                && memory.votes.of(page.dictionary.brief(r.entry).country) == 0 =>
        {
            if page.dictionary.brief(r.entry).country == [0; 2] { r.entry } else { NONE }
        }
        Some(r) => r.entry,
        None => NONE,
    }
}

/// Names, dates and amounts in one list by position, none overlapping another.
fn join(page: &Page<'_>, names: &[Name], memory: &mut Memory, out: &mut Entities) {
    let all = &mut memory.merged;
    all.clear();
    all.extend_from_slice(names);
    for (i, time) in out.times.iter().enumerate() {
        let kind = match time.kind {
            TimeKind::Date => EntityType::Date,
            TimeKind::Time => EntityType::Time,
            TimeKind::Duration => EntityType::Duration,
        };
        let mut name = Name::new(time.first, time.end, kind, "time", 0.9);
        name.title = i as u32;
        all.push(name);
    }
    for (i, amount) in out.amounts.iter().enumerate() {
        let kind = match amount.kind {
            AmountKind::Money => EntityType::Money,
            AmountKind::Quantity => EntityType::Quantity,
            AmountKind::Percent => EntityType::Percent,
            AmountKind::Count => continue,
        };
        let mut name = Name::new(amount.first, amount.end, kind, "amount", 0.9);
        name.title = i as u32;
        all.push(name);
    }
    // At one place the longer one stands; a date or an amount before a name of the same length.
    let is_name = |n: &Name| n.kind <= EntityType::Event;
    all.sort_by_key(|n| (n.first, std::cmp::Reverse(n.end), is_name(n)));
    out.mentions.clear();
    let mut end = 0;
    let mut sentence = 0;
    for name in all.iter() {
        if name.first < end {
            continue;
        }
        while page.sentences.get(sentence).is_some_and(|s| s.end <= name.first) {
            sentence += 1;
        }
        // A mention lies in one sentence.
        if page.sentences.get(sentence).is_none_or(|s| s.end < name.end) {
            continue;
        }
        end = name.end;
        let value = if is_name(name) { NONE } else { name.title };
        out.mentions.push(Mention {
            first: name.first,
            end: name.end,
            span: Span::new(page.tokens[name.first as usize].start, page.tokens[name.end as usize - 1].end),
            kind: name.kind,
            // The entry, until the groups are known.
            entity: name.entry,
            sentence: sentence as u32,
            value,
            rule: name.rule,
            score: name.score,
        });
    }
}

/// Gives every mention its entity.
fn group(page: &Page<'_>, memory: &mut Memory, out: &mut Entities) {
    out.list.clear();
    memory.groups.clear();
    memory.by_last.clear();
    memory.by_word.clear();
    for i in 0..out.mentions.len() {
        let m = out.mentions[i];
        let entry = m.entity;
        let entity = match m.kind {
            EntityType::Person => person(page, i as u32, memory, out),
            EntityType::Org => organisation(page, i as u32, entry, memory, out),
            _ => {
                let key = key_of(page, &m, entry, out);
                match memory.groups.get(&key) {
                    Some(&known) => known,
                    None => {
                        let new = new_entity(page, i as u32, entry, out);
                        memory.groups.insert(key, new);
                        new
                    }
                }
            }
        };
        let m = &mut out.mentions[i];
        m.entity = entity;
        let list = &mut out.list[entity as usize];
        list.score = list.score.max(m.score);
    }
}

/// What makes two mentions of one kind the same thing.
fn key_of(page: &Page<'_>, m: &Mention, entry: u32, out: &Entities) -> u64 {
    let kind = mix(m.kind as u64, 3);
    let text = |s: &[u8]| s.iter().fold(kind, |h, b| mix(h, u64::from(*b)));
    match m.kind {
        EntityType::Date | EntityType::Time | EntityType::Duration => {
            let time = &out.times[m.value as usize];
            if time.resolved || m.kind == EntityType::Duration {
                text(time.value.as_bytes())
            } else {
                mix(kind, hash_of(page, m.first, m.end))
            }
        }
        EntityType::Money | EntityType::Quantity | EntityType::Percent => {
            let amount = &out.amounts[m.value as usize];
            mix(mix(text(amount.unit.as_bytes()), amount.min.to_bits()), amount.max.to_bits())
        }
        EntityType::Norp if entry != NONE => {
            let entry = page.dictionary.entry(entry);
            match entry.country() {
                Some(_) => mix(kind, u64::from(u16::from_be_bytes(entry.country))),
                None => mix(kind, hash_of(page, m.first, m.end)),
            }
        }
        _ if entry != NONE => mix(kind, u64::from(entry)),
        _ => mix(kind, hash_of(page, m.first, m.end)),
    }
}

fn new_entity(page: &Page<'_>, mention: u32, entry: u32, out: &mut Entities) -> u32 {
    let m = out.mentions[mention as usize];
    let (mut country, mut sector) = ([0; 2], 0);
    if entry != NONE {
        let known = page.dictionary.entry(entry);
        country = known.country;
        if known.kind == Kind::Organisation {
            sector = page.dictionary.sort_value(entry);
        }
    }
    out.list.push(Entity {
        kind: m.kind,
        name: mention,
        entry,
        first_mention: mention,
        country,
        sector,
        affiliation: NONE,
        score: m.score,
    });
    out.list.len() as u32 - 1
}

/// "Okafor" is the "Ngozi Okafor" that the article has named, and "N. Okafor" too.
fn person(page: &Page<'_>, mention: u32, memory: &mut Memory, out: &mut Entities) -> u32 {
    let m = out.mentions[mention as usize];
    let own = || words(page, m.first, m.end);
    let count = own().count();
    let Some(last) = own().next_back() else {
        return new_entity(page, mention, NONE, out);
    };
    let named_by = |entity: u32, out: &Entities| out.mentions[out.list[entity as usize].name as usize];
    let fits = |entity: u32, out: &Entities| {
        let name = named_by(entity, out);
        let theirs = || words(page, name.first, name.end);
        let (short, long) = if count <= theirs().count() {
            ((m.first, m.end), (name.first, name.end))
        } else {
            ((name.first, name.end), (m.first, m.end))
        };
        let suffix = words(page, short.0, short.1).rev().zip(words(page, long.0, long.1).rev()).all(|(a, b)| a == b);
        let same_first = words(page, short.0, short.1).next() == words(page, long.0, long.1).next()
            || initial_fits(page, short.0, long.0);
        let same_last = own().next_back() == theirs().next_back();
        suffix || same_last && same_first
    };
    let candidate = memory
        .by_last
        .get(&last)
        .copied()
        .filter(|&e| fits(e, out))
        .or_else(|| if count == 1 { memory.by_word.get(&last).copied() } else { None });
    let entity = match candidate {
        Some(known) => {
            let name = named_by(known, out);
            if count > words(page, name.first, name.end).count() {
                out.list[known as usize].name = mention;
            }
            known
        }
        None => new_entity(page, mention, NONE, out),
    };
    memory.by_last.insert(last, entity);
    for word in own().take(count.saturating_sub(1)) {
        memory.by_word.insert(word, entity);
    }
    entity
}

/// "J." stands for "Jana".
fn initial_fits(page: &Page<'_>, short: u32, long: u32) -> bool {
    let of = |at: u32| page.tokens[at as usize].of(page.text);
    of(short).len() == 1 && of(long).starts_with(of(short))
}

fn organisation(page: &Page<'_>, mention: u32, entry: u32, memory: &mut Memory, out: &mut Entities) -> u32 {
    let m = out.mentions[mention as usize];
    let own = mix(mix(m.kind as u64, 3), hash_of(page, m.first, m.end));
    // "Border Watch Agency (BWA)": the acronym in brackets names what stands before it.
    let bracketed = m.first >= 2
        && page.tokens[m.first as usize - 1].is_symbol(b'(')
        && page.token(m.end).is_some_and(|t| t.is_symbol(b')'));
    let before = (mention > 0 && bracketed)
        .then(|| &out.mentions[mention as usize - 1])
        .filter(|b| b.kind == EntityType::Org && b.end == m.first - 1)
        .filter(|b| is_acronym_of(page, &m, b))
        .map(|b| b.entity);
    let by_entry = || (entry != NONE).then(|| mix(mix(m.kind as u64, 4), u64::from(entry)));
    let entity = before
        .or_else(|| memory.groups.get(&own).copied())
        .or_else(|| by_entry().and_then(|key| memory.groups.get(&key).copied()))
        .unwrap_or_else(|| new_entity(page, mention, entry, out));
    memory.groups.insert(own, entity);
    if let Some(key) = by_entry()
        && before.is_none()
    {
        memory.groups.entry(key).or_insert(entity);
    }
    let name = out.mentions[out.list[entity as usize].name as usize];
    if m.end - m.first > name.end - name.first {
        out.list[entity as usize].name = mention;
    }
    entity
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

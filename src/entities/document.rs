//! The document pass: what the article as a whole says about each name.
//!
//! A newspaper introduces a person once, in full, and then says the surname; an organisation once in full with its
//! acronym in brackets, and then the acronym. So names are settled only after the whole article has been read: doubtful
//! ones are taken when a sure one stands behind them, and each listed name is given the entry that it means here.
//!
//! All look-ups go through hashes of words, so a document of any length costs linear time.

use super::company::{company, company_of_place};
use super::evidence::{Name, Words, all, weight};
use super::page::Page;
use super::place::Atlas;
use super::table::Table;
use super::tagger::{self, Tagger, Window};
use super::{EntityType, PlaceCandidate, Rule};
use crate::dictionary::{Kind, NONE, Reading, class};
use crate::normalize::Head;
use crate::token::{form, mix};
use std::ops::Range;

/// Buffers of the document pass, kept by a worker.
#[derive(Default)]
pub(super) struct Memory {
    /// Names by a hash of their words.
    same: Table,
    /// What words are in the names of people: [`LAST`], [`NOT_LAST`].
    of_people: Table,
    /// What surfaces have been found to mean, by surface and kind.
    meant: Table,
    atlas: Atlas,
    /// The names that are listed places, with their numbers in the atlas.
    placed: Vec<(u32, u32)>,
    accepted: Vec<Name>,
    /// The doubtful names that nothing in the article speaks for.
    rest: Vec<Name>,
    /// Room for the numbers of the names of people.
    people: Vec<u32>,
}

/// A word closes the name of a person named in full or with a title.
const LAST: u32 = 1;
/// A word stands in such a name before the last.
const NOT_LAST: u32 = 2;

/// Settles names: afterwards they are in order, with what lies behind each.
pub(super) fn settle(
    page: &Page<'_>,
    head: &Head,
    names: &mut Vec<Name>,
    doubtful: &[Name],
    second: &mut Second<'_>,
    memory: &mut Memory,
) {
    let last_words = index_people(page, names, memory);
    accept_doubtful(page, names, doubtful, memory);
    reconsider(page, names, &last_words, memory);
    match second {
        Second::Silent => {}
        Second::Judges(tagger) => judge(page, tagger, names, memory),
        Second::Learns(windows) => {
            tagger::windows(page, names, windows);
            tagger::windows(page, &memory.rest, windows);
        }
    }
    add_agencies(page, head, names);
    resolve(page, names, memory);
}

/// The second opinion, the tagger's.
pub(super) enum Second<'t> {
    /// The rules decide alone.
    Silent,
    /// It is heard.
    Judges(&'t Tagger),
    /// It is to be learnt: what the tagger sees is noted, and the rules decide alone.
    Learns(&'t mut Vec<Window>),
}

/// Lets the tagger judge the names that were taken and those that were left.
fn judge(page: &Page<'_>, tagger: &Tagger, names: &mut Vec<Name>, memory: &mut Memory) {
    names.retain_mut(|name| tagger.keeps(page, name));
    memory.rest.retain_mut(|name| tagger.accepts(page, name));
    merge(names, &memory.rest);
}

/// Insertion: names are found in order but for an ordinal that a named event takes in, so hardly one moves.
fn put_in_order(names: &mut [Name]) {
    for i in 1..names.len() {
        let mut at = i;
        while at > 0 && names[at - 1].place() > names[at].place() {
            names.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Puts names that are in order among others that are.
fn merge(names: &mut Vec<Name>, others: &[Name]) {
    let (mut left, mut right) = (names.len(), others.len());
    names.extend_from_slice(others);
    // From the back, so that no name is overwritten before it has moved; the rest of `names` is in its place already.
    while right > 0 {
        let before = left > 0 && names[left - 1].place() > others[right - 1].place();
        if before {
            left -= 1;
            names[left + right] = names[left];
        } else {
            right -= 1;
            names[left + right] = others[right];
        }
    }
}

/// The words of a stretch, as hashes.
pub(super) fn words<'p>(page: &'p Page<'_>, first: u32, end: u32) -> impl DoubleEndedIterator<Item = u64> + Clone + 'p {
    page.tokens[first as usize..end as usize].iter().filter(|t| t.form & form::WORD != 0).map(|t| t.hash)
}

/// Notes the words of the people who are named in full or with a title.
fn index_people(page: &Page<'_>, names: &[Name], memory: &mut Memory) -> Hashes {
    if memory.people.len() < names.len() {
        memory.people.resize(names.len(), 0);
    }
    // What a name is cannot be guessed, so nothing branches on it.
    let mut people = 0;
    for (number, name) in (0..).zip(names) {
        memory.people[people] = number;
        people += usize::from(name.kind == EntityType::Person);
    }
    memory.of_people.clear();
    let mut last_words = Hashes::new();
    for &number in &memory.people[..people] {
        let name = &names[number as usize];
        if name.words == 0 || name.words < 2 && name.title == NONE {
            continue;
        }
        last_words.add(name.last);
        memory.of_people.mark(name.last, LAST);
        for word in words(page, name.first, name.end).take(usize::from(name.words) - 1) {
            memory.of_people.mark(word, NOT_LAST);
        }
    }
    last_words
}

/// A few hashes, of which some of the others seem to be ones: so what is not among them need not be searched for.
struct Hashes([u64; 64]);

impl Hashes {
    fn new() -> Self {
        Hashes([0; 64])
    }

    #[inline]
    fn add(&mut self, hash: u64) {
        self.0[(hash >> 58) as usize] |= 1 << (hash >> 52 & 63);
    }

    #[inline]
    fn may_have(&self, hash: u64) -> bool {
        self.0[(hash >> 58) as usize] >> (hash >> 52 & 63) & 1 != 0
    }
}

/// Takes a doubtful name when the article speaks of such a person or thing elsewhere, or the words beside it say so.
fn accept_doubtful(page: &Page<'_>, names: &mut Vec<Name>, doubtful: &[Name], memory: &mut Memory) {
    put_in_order(names);
    memory.rest.clear();
    if doubtful.is_empty() {
        return;
    }
    memory.same.clear();
    memory.accepted.clear();
    // Few sure names are asked for, so the others are kept out of the table.
    let mut asked = Hashes::new();
    for name in doubtful {
        asked.add(name.hash);
    }
    for (i, name) in names.iter().enumerate() {
        if asked.may_have(name.hash) {
            memory.same.set_first(name.hash, i as u32);
        }
        if let Some(short) = short_of(page, name).filter(|&short| asked.may_have(short)) {
            memory.same.set_first(mix(short, SHORT), i as u32);
        }
    }
    for name in doubtful.iter().filter(|name| !is_shouted_word(page, name)) {
        let said_in_language = name.score < 0.1 && is_sentence_start(page, name);
        if let Some(same) = memory.same.get(name.hash) {
            let same = &names[same as usize];
            if !said_in_language || same.kind == EntityType::Person && same.end - same.first > 1 {
                let Name { kind, entry, surface, .. } = *same;
                let (rule, score) = (Rule::DocumentSame, weight::ACCEPT);
                memory.accepted.push(Name { kind, entry, surface, rule, score, ..*name });
                continue;
            }
        }
        if continues_person(page, name, memory) {
            let (kind, rule) = (EntityType::Person, Rule::DocumentSurname);
            memory.accepted.push(Name { kind, rule, surface: NONE, score: 0.8, ..*name });
            continue;
        }
        if let Some(full) = memory.same.get(mix(name.hash, SHORT)).filter(|_| !said_in_language) {
            let (kind, hash) = (EntityType::Org, names[full as usize].hash);
            let (rule, score, surface) = (Rule::DocumentSame, weight::ACCEPT, NONE);
            memory.accepted.push(Name { kind, hash, rule, score, surface, ..*name });
            continue;
        }
        let (kind, more) = match name.rule {
            Rule::NameUnlisted | Rule::PersonLists => company(page, name),
            Rule::ListPlace => company_of_place(page, name),
            _ => (name.kind, 0.0),
        };
        let score = name.score + more;
        if score >= weight::ACCEPT {
            let is_other = name.rule == Rule::ListPlace && kind == EntityType::Person;
            let (surface, rule) = if is_other { (NONE, Rule::NameUnlisted) } else { (name.surface, name.rule) };
            memory.accepted.push(Name { kind, rule, surface, score, ..*name });
        } else {
            memory.rest.push(*name);
        }
    }
    put_in_order(&mut memory.accepted);
    put_in_order(&mut memory.rest);
    merge(names, &memory.accepted);
}

/// Makes another hash of that of a short name.
const SHORT: u64 = 5;

/// What an organisation is called when it has been named once: "Veldruna" of "Veldruna Holdings", "Herons" of "Riga
/// Herons". No name that many people bear, since that would be theirs.
fn short_of(page: &Page<'_>, name: &Name) -> Option<u64> {
    let tokens = &page.tokens[name.first as usize..name.end as usize];
    let town = page.begins.listed_at(name.first);
    let short = match name.rule {
        Rule::OrgTeam => &tokens[(town.end - name.first) as usize..],
        Rule::OrgHead if name.words == 2 && !town.is_some() && is_company(page, name) => &tokens[..1],
        _ => return None,
    };
    let known = short.iter().any(|t| t.given_weight().max(t.surname_weight()) >= WELL_KNOWN);
    let is_word = name.rule == Rule::OrgHead && short[0].has(class::LEXICON | class::DEMONYM | class::DIRECTION);
    (!known && !is_word).then(|| Words::of(short).hash())
}

/// Whether the word that closes an organisation's name says that it is a company. "Velkan Police" are Velkan's.
fn is_company(page: &Page<'_>, name: &Name) -> bool {
    let head = page.tokens[name.end as usize - 1].word;
    page.dictionary.sense_str(head, class::ORG_HEAD).is_some_and(|sense| sense.ends_with("BUS"))
}

/// From this weight up a name is borne by many.
const WELL_KNOWN: u8 = 9;

/// Whether a name is only a word of the language between others in capitals: "OF THE GUARD".
fn is_shouted_word(page: &Page<'_>, name: &Name) -> bool {
    let token = &page.tokens[name.first as usize];
    if name.end - name.first > 1 || !token.has(class::FUNCTION | class::COMMON) || !page.is_loud(name.first) {
        return false;
    }
    let beside =
        u32::from(page.is_loud(name.end)) + u32::from(name.first.checked_sub(1).is_some_and(|at| page.is_loud(at)));
    beside > u32::from(!token.has(class::FUNCTION) || name.kind == EntityType::Gpe)
}

fn is_sentence_start(page: &Page<'_>, name: &Name) -> bool {
    page.sentences[name.sentence as usize].first == name.first
}

/// Whether a name is the last word (or the last words) of a person's fuller name.
fn continues_person(page: &Page<'_>, name: &Name, memory: &Memory) -> bool {
    if name.words == 0 {
        return false;
    }
    let word = name.words == 1;
    let token = &page.tokens[name.end as usize - 1];
    if word && token.has(class::COMMON) && is_sentence_start(page, name) {
        return false;
    }
    let known = memory.of_people.get(name.last).unwrap_or(0);
    known & LAST != 0 || known != 0 && word && !token.has(class::LEXICON | class::PARTICLE)
}

/// A listed place that is the surname of somebody in the article goes by the article, unless its sentence asks for a
/// place or it is a country.
fn reconsider(page: &Page<'_>, names: &mut [Name], last_words: &Hashes, memory: &Memory) {
    for name in names.iter_mut() {
        let single = name.end - name.first == 1;
        let word = page.tokens[name.first as usize].hash;
        let (is_place, unsure) = (name.kind == EntityType::Gpe, name.score < 0.9);
        let may_be = all([last_words.may_have(word), is_place, single, name.surface != NONE, unsure]);
        if may_be
            && memory.of_people.get(word).is_some_and(|known| known & LAST != 0)
            && !page.can_be(name.surface, &[Kind::Country])
        {
            name.kind = EntityType::Person;
            name.surface = NONE;
            name.rule = Rule::DocumentSurname;
        }
    }
}

/// The agencies of a dateline are organisations, listed or not.
fn add_agencies(page: &Page<'_>, head: &Head, names: &mut Vec<Name>) {
    let Some(dateline) = &head.dateline else { return };
    for range in &dateline.agency {
        names.retain(|n| n.end <= range.start || n.first >= range.end);
        let mut name = dateline_name(page, range.clone(), EntityType::Org, Rule::DatelineAgency, 0.85);
        let listed = page.begins.listed_at(range.start);
        let is_all = listed.is_some() && listed.end == range.end;
        if is_all && page.can_be(listed.surface, &[Kind::Organisation]) {
            name.surface = listed.surface;
        }
        add(names, name);
    }
    let place = &dateline.place;
    if !names.iter().any(|n| n.first < place.end && n.end > place.start)
        && page.begins_name(place.start, &[Kind::City, Kind::Admin1, Kind::Country])
    {
        let listed = page.begins.listed_at(place.start);
        let mut name = dateline_name(page, place.start..listed.end, EntityType::Gpe, Rule::DatelinePlace, 0.9);
        name.surface = listed.surface;
        add(names, name);
    }
}

fn dateline_name(page: &Page<'_>, range: Range<u32>, kind: EntityType, rule: Rule, score: f32) -> Name {
    let words = Words::of(&page.tokens[range.start as usize..range.end as usize]);
    let sentence = page.sentences.number_of(range.start as usize) as u32;
    Name { sentence, ..Name::new(range.start, range.end, kind, rule, score, words) }
}

/// Puts one name where it belongs, behind one that stands at the same place.
fn add(names: &mut Vec<Name>, name: Name) {
    let at = names.partition_point(|n| n.place() <= name.place());
    names.insert(at, name);
}

/// Gives every listed name the entry that it means. A surface means one thing within an article, but for a place whose
/// country or division is named behind it.
fn resolve(page: &Page<'_>, names: &mut [Name], memory: &mut Memory) {
    place_all(page, names, memory);
    memory.meant.clear();
    for name in names.iter_mut().filter(|name| name.surface != NONE) {
        let kind = match name.kind {
            EntityType::Norp => Kind::Demonym,
            EntityType::Org => Kind::Organisation,
            _ => continue,
        };
        // Most names mean one thing only, whatever the article speaks of.
        if let [only] = page.dictionary.readings(name.surface) {
            name.entry = if page.dictionary.kind(only.entry()) == kind { only.entry() } else { NONE };
            continue;
        }
        let key = mix(u64::from(name.surface), kind as u64);
        name.entry = memory.meant.get(key).unwrap_or_else(|| {
            let entry = of_kind(page, name.surface, kind, &memory.atlas);
            memory.meant.set(key, entry);
            entry
        });
    }
}

/// Gives the listed places their entries.
fn place_all(page: &Page<'_>, names: &mut [Name], memory: &mut Memory) {
    let Memory { atlas, placed, .. } = memory;
    atlas.clear();
    placed.clear();
    for (number, name) in (0..).zip(names.iter()).filter(|(_, name)| name.surface != NONE) {
        match name.kind {
            EntityType::Gpe | EntityType::Loc => placed.push((number, atlas.add(page.dictionary, name.surface))),
            EntityType::Norp => {
                let first = page.dictionary.readings(name.surface)[0].entry();
                atlas.add_people(page.dictionary.brief(first).country);
            }
            _ => {}
        }
    }
    if atlas.is_open() {
        add_places_inside(page, names, atlas);
        for pair in placed.windows(2) {
            let [(name, named), (behind, around)] = [pair[0], pair[1]];
            let end = names[name as usize].end;
            if names[behind as usize].first == end + 1
                && page.tokens[end as usize].is_symbol(b',')
                && let Some(entry) = atlas.qualify(page.dictionary, named, around)
            {
                let name = &mut names[name as usize];
                name.entry = entry;
                name.surface = if entry == NONE { NONE } else { name.surface };
            }
        }
    }
    atlas.settle();
    for &(name, at) in placed.iter() {
        let name = &mut names[name as usize];
        if name.entry == NONE && name.surface != NONE {
            name.entry = atlas.meant(at);
        }
    }
}

/// What each place may be, the likeliest first.
pub(super) fn list_candidates(names: &[Name], memory: &Memory, out: &mut Vec<PlaceCandidate>) {
    for &(name, at) in &memory.placed {
        let (start, first) = (out.len(), names[name as usize].first);
        out.extend(memory.atlas.candidates_of(at).iter().map(|c| PlaceCandidate {
            first,
            entry: c.entry,
            share: c.share,
        }));
        out[start..].sort_by(|a, b| b.share.total_cmp(&a.share));
    }
}

/// "Georgia State Patrol": a place in the name of something else tells where an article is, too.
fn add_places_inside(page: &Page<'_>, names: &[Name], atlas: &mut Atlas) {
    let mut matches = page.matches.iter().peekable();
    for name in names.iter().filter(|n| matches!(n.kind, EntityType::Org | EntityType::Fac)) {
        while matches.next_if(|m| m.first < name.first).is_some() {}
        while let Some(inner) = matches.next_if(|m| m.first < name.end) {
            let is_all = inner.first == name.first && inner.end == name.end;
            if !is_all && page.dictionary.place_prior(inner.surface) >= weight::ACCEPT {
                atlas.add(page.dictionary, inner.surface);
            }
        }
    }
}

/// The entry of a kind that a surface means: the only one, or the one of a country that the article speaks of.
fn of_kind(page: &Page<'_>, surface: u32, kind: Kind, atlas: &Atlas) -> u32 {
    let readings = page.dictionary.readings(surface);
    let candidates = || readings.iter().filter(|r| page.dictionary.kind(r.entry()) == kind);
    let spoken_of = |r: &Reading| atlas.country(page.dictionary.brief(r.entry()).country);
    let best = candidates().max_by(|a, b| {
        let rest = |r: &Reading| (std::cmp::Reverse(r.alias()), std::cmp::Reverse(r.entry()));
        spoken_of(a).total_cmp(&spoken_of(b)).then_with(|| rest(a).cmp(&rest(b)))
    });
    match best {
        // An acronym shared by several bodies, none of a country at hand, names none of them.
        Some(r) if r.alias() == 2 && candidates().count() > 1 && spoken_of(r) < 0.25 => {
            if page.dictionary.brief(r.entry()).country == [0; 2] { r.entry() } else { NONE }
        }
        Some(r) => r.entry(),
        None => NONE,
    }
}

//! Pronouns and "the minister": who is meant, where that is plain.
//!
//! For events only: a link is no mention, and nothing is linked unless the text leaves one choice. "He" is the last
//! person who was the subject; "they" the last two; "the Chilean official" the one person of that country.

use super::page::Page;
use super::{Entities, EntityType};
use crate::dictionary::class::{self, Function};
use crate::segment::Part;
use crate::token::{form, hash_folded};

/// The pronouns that are linked, as hashes of their folded forms.
pub(super) struct Pronouns {
    one: [u64; 5],
    several: [u64; 2],
}

impl Pronouns {
    pub fn new() -> Self {
        Pronouns {
            one: ["he", "she", "his", "her", "him"].map(hash_folded),
            several: ["they", "their"].map(hash_folded),
        }
    }
}

/// Fills `out.links`: token, entity; by position. A plural has several.
pub(super) fn find(page: &Page<'_>, pronouns: &Pronouns, out: &mut Entities) {
    out.links.clear();
    if !out.list.iter().any(|e| e.kind == EntityType::Person) {
        return;
    }
    let mut telling = page.marked(class::TITLE, form::PRONOUN);
    let mut told = telling.next_at(0);
    let mut next = 0;
    // The person spoken of: the first person of the latest sentence that named one, or whom it linked to.
    let mut subject: Option<u32> = None;
    let mut latest: [Option<u32>; 2] = [None; 2];
    for (number, sentence) in page.sentences.iter().enumerate() {
        if matches!(sentence.part, Part::Furniture | Part::Header) {
            continue;
        }
        let mut own_subject = None;
        if told.is_some_and(|at| at < sentence.first as usize) {
            told = telling.next_at(sentence.first as usize);
        }
        while let Some(at) = told.filter(|&at| at < sentence.end as usize) {
            told = telling.next_at(at + 1);
            let token = &page.tokens[at];
            let at = at as u32;
            let pronoun = token.is(form::PRONOUN);
            let role = token.has(class::TITLE) && page.dictionary.function(token) == Function::None;
            let one = pronoun && pronouns.one.contains(&token.hash);
            let several = pronoun && pronouns.several.contains(&token.hash);
            if !(one | several | role) {
                continue;
            }
            pass(out, &mut next, at, &mut own_subject, &mut latest);
            if out.mentions.get(next).is_some_and(|m| m.first <= at) {
                continue;
            }
            let person = if one {
                own_subject.or(subject)
            } else if several {
                out.links.extend(latest.into_iter().flatten().map(|person| (at, person)));
                None
            } else if token.form & form::CAPITAL == 0 || after_determiner(page, at, sentence.first) {
                of_role(page, at, sentence.first, number as u32, next, out, latest)
            } else {
                None
            };
            if let Some(person) = person {
                out.links.push((at, person));
                own_subject = own_subject.or(Some(person));
            }
        }
        pass(out, &mut next, sentence.end, &mut own_subject, &mut latest);
        subject = own_subject.or(subject);
    }
}

/// Notes the people mentioned before token `at`, and goes to the mention at or behind it.
fn pass(out: &Entities, next: &mut usize, at: u32, own_subject: &mut Option<u32>, latest: &mut [Option<u32>; 2]) {
    while let Some(m) = out.mentions.get(*next).filter(|m| m.end <= at) {
        if m.kind == EntityType::Person {
            *own_subject = own_subject.or(Some(m.entity));
            if latest[1] != Some(m.entity) {
                *latest = [latest[1], Some(m.entity)];
            }
        }
        *next += 1;
    }
}

fn after_determiner(page: &Page<'_>, at: u32, limit: u32) -> bool {
    at > limit && matches!(page.function(at - 1), Function::Determiner)
}

/// How many titles or entities are looked through for the one that is meant.
const LOOK_BACK: usize = 64;

/// "the Chilean official", "the minister", "both ministers": the one person whose title or country fits.
/// `next` is the first mention behind token `at`.
fn of_role(
    page: &Page<'_>,
    at: u32,
    limit: u32,
    sentence: u32,
    next: usize,
    out: &Entities,
    latest: [Option<u32>; 2],
) -> Option<u32> {
    // A determiner within three words before it, with nothing but words between.
    let mut first = at;
    while first > limit && at - first < 4 && page.tokens[first as usize - 1].form & form::WORD != 0 {
        first -= 1;
        if page.tokens[first as usize].has(class::FUNCTION) {
            break;
        }
    }
    if page.function(first) != Function::Determiner {
        return None;
    }
    // Somebody is named right behind it: "the minister Ana Rojas".
    if out.mentions.get(next).is_some_and(|m| m.first == at + 1 && m.kind == EntityType::Person) {
        return None;
    }
    let inside = out.mentions[..next].iter().rev().take_while(|m| m.end > first).last();
    let demonym = inside.filter(|m| m.kind == EntityType::Norp);
    let country = demonym.map(|m| out.list[m.entity as usize].country);
    let role = page.tokens[at as usize].hash;
    let named_before =
        |entity: u32| out.mentions[out.list[entity as usize].first_mention as usize].sentence <= sentence;
    let bears = |entity: u32| {
        // The latest titles only: a long article must not be searched once for every word.
        let seen = out.titles.partition_point(|t| t.first < at);
        out.titles[seen.saturating_sub(LOOK_BACK)..seen]
            .iter()
            .any(|t| t.entity == entity && page.tokens[t.first as usize..t.end as usize].iter().any(|x| x.hash == role))
    };
    let people = |want: &dyn Fn(u32) -> bool| {
        let mut found = latest.into_iter().flatten().rev().filter(|&e| named_before(e) && want(e));
        let first = found.next();
        let second = found.next();
        (first, second)
    };
    match country {
        Some(country) if country != [0; 2] => people(&|e| out.list[e as usize].country == country).0.or_else(|| {
            let mut of_country = (0..out.list.len().min(LOOK_BACK) as u32).filter(|&e| {
                let known = &out.list[e as usize];
                known.kind == EntityType::Person && known.country == country && named_before(e)
            });
            let one = of_country.next();
            if of_country.next().is_none() { one } else { None }
        }),
        _ => match people(&bears) {
            (Some(one), None) => Some(one),
            _ => None,
        },
    }
}

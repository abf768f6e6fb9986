//! Pronouns and "the minister": who is meant, where that is plain.
//!
//! For events only: a link is no mention, and nothing is linked unless the text leaves one choice. "He" is the last
//! person who was the subject; "they" the last two; "the Chilean official" the one person of that country.

use super::little_words::LittleWords;
use super::page::Page;
use super::{Entities, EntityType};
use crate::dictionary::class::{self, Function};
use crate::segment::{Part, Sentence};
use crate::token::{Token, form};
use std::ops::Range;

/// The pronouns that are linked.
pub(super) struct Pronouns(LittleWords<Number>);

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Number {
    /// Of any other word.
    #[default]
    None,
    One,
    Several,
}

impl Pronouns {
    pub fn new() -> Self {
        let one = ["he", "she", "his", "her", "him"].map(|word| (word, Number::One));
        let several = ["they", "their"].map(|word| (word, Number::Several));
        Pronouns(LittleWords::new(&[&one[..], &several].concat()))
    }

    fn of(&self, token: &Token) -> Number {
        if token.is(form::PRONOUN) { self.0.of_hash(token.hash) } else { Number::None }
    }
}

/// Fills `out.links`: token, entity; by position. A plural has several. `people` are the mentions of people.
pub(super) fn find(page: &Page<'_>, pronouns: &Pronouns, people: &[(u32, u32)], out: &mut Entities) {
    out.links.clear();
    if people.is_empty() {
        return;
    }
    let mut spoken = SpokenOf { people, sentence: 0, own: None, subject: None, latest: [None; 2] };
    let mut telling = page.marked(class::TITLE, form::PRONOUN);
    let (mut from, mut number, mut next) = (0, 0, 0);
    while let Some(at) = telling.next_at(from) {
        from = at + 1;
        let token = &page.tokens[at];
        let at = at as u32;
        while page.sentences[number].end <= at {
            number += 1;
        }
        let sentence = &page.sentences[number];
        let pronoun = pronouns.of(token);
        // A role that no article stands before cannot be told whose it is: that is most of them.
        let role = if pronoun == Number::None { determined_role(page, token, at, sentence.first) } else { None };
        if pronoun == Number::None && role.is_none() || is_skipped(sentence) {
            continue;
        }
        while out.mentions.get(next).is_some_and(|m| m.end <= at) {
            next += 1;
        }
        if out.mentions.get(next).is_some_and(|m| m.first <= at) {
            continue;
        }
        spoken.go_on(page, out, at, number);
        let person = if pronoun == Number::Several {
            out.links.extend(spoken.latest.into_iter().flatten().map(|person| (at, person)));
            None
        } else if let Some(first) = role {
            of_role(page, first..at, number as u32, next, out, spoken.latest)
        } else {
            spoken.own.or(spoken.subject)
        };
        if let Some(person) = person {
            out.links.push((at, person));
            spoken.own = spoken.own.or(Some(person));
        }
    }
}

/// Lines in which nobody is spoken of by a pronoun.
fn is_skipped(sentence: &Sentence) -> bool {
    matches!(sentence.part, Part::Furniture | Part::Header)
}

/// Who has been spoken of, up to some token.
struct SpokenOf<'p> {
    /// The mentions of people behind it.
    people: &'p [(u32, u32)],
    /// Its sentence.
    sentence: usize,
    /// The person spoken of in this sentence: the first who was named or linked to.
    own: Option<u32>,
    /// The same of the latest sentence before it that had one.
    subject: Option<u32>,
    /// The last two people, the later one last.
    latest: [Option<u32>; 2],
}

impl SpokenOf<'_> {
    /// Goes on to token `at` of a sentence.
    fn go_on(&mut self, page: &Page<'_>, out: &Entities, at: u32, sentence: usize) {
        while let [(mention, _), rest @ ..] = self.people
            && let m = &out.mentions[*mention as usize]
            && m.end <= at
        {
            // Who is named in a line that is skipped is spoken of in the sentence behind it.
            let mut named_in = m.sentence as usize;
            while is_skipped(&page.sentences[named_in]) {
                named_in += 1;
            }
            self.turn_to(named_in);
            self.own = self.own.or(Some(m.entity));
            if self.latest[1] != Some(m.entity) {
                self.latest = [self.latest[1], Some(m.entity)];
            }
            self.people = rest;
        }
        self.turn_to(sentence);
    }

    fn turn_to(&mut self, sentence: usize) {
        if sentence != self.sentence {
            self.subject = self.own.or(self.subject);
            self.own = None;
            self.sentence = sentence;
        }
    }
}

/// Where the words of a role begin that ends at a title's token and has a determiner before it: "the Chilean official",
/// "both ministers". With a capital the determiner must stand right before it.
fn determined_role(page: &Page<'_>, token: &Token, at: u32, limit: u32) -> Option<u32> {
    if !token.has(class::TITLE) || page.dictionary.function(token) != Function::None {
        return None;
    }
    if token.is(form::CAPITAL) && (at == limit || page.function(at - 1) != Function::Determiner) {
        return None;
    }
    // A determiner within three words before it, with nothing but words between.
    let mut first = at;
    while first > limit && at - first < 4 && page.tokens[first as usize - 1].form & form::WORD != 0 {
        first -= 1;
        if page.tokens[first as usize].has(class::FUNCTION) {
            break;
        }
    }
    (page.function(first) == Function::Determiner).then_some(first)
}

/// How many titles or entities are looked through for the one that is meant.
const LOOK_BACK: usize = 64;

/// The one person whose title or country fits a role: its first token, and the title's. `next` is the first mention behind it.
fn of_role(
    page: &Page<'_>,
    role: Range<u32>,
    sentence: u32,
    next: usize,
    out: &Entities,
    latest: [Option<u32>; 2],
) -> Option<u32> {
    let (first, at) = (role.start, role.end);
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

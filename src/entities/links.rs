//! Pronouns and "the minister": who is meant, where that is plain.
//!
//! For events only: a link is no mention, and nothing is linked unless the text leaves one choice. "He" is the last
//! person who was the subject; "they" the last two; "the Chilean official" the one person of that country.

use super::little_words::LittleWords;
use super::page::Page;
use super::{Entities, EntityType, TitleMention};
use crate::dictionary::NONE;
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
        Pronouns(LittleWords::of_lists(&[(Number::One, "he she his her him"), (Number::Several, "they their")]))
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
    let mut spoken = SpokenOf { people, sentence: 0, own: NONE, subject: NONE, latest: [NONE; 2] };
    let mut telling = page.marked(class::TITLE, form::PRONOUN);
    // Before the sentence of the first of them nobody has been spoken of.
    let (first, _) = people[0];
    let mut from = page.sentences[out.mentions[first as usize].sentence as usize].first as usize;
    while let Some(at) = telling.next_at(from) {
        from = at + 1;
        let token = &page.tokens[at];
        let at = at as u32;
        let pronoun = pronouns.of(token);
        // A role that no article stands before cannot be told whose it is: that is most of them.
        let first = match pronoun {
            Number::None => determined_role(page, token, at),
            _ => Some(at),
        };
        let Some(first) = first else { continue };
        let number = page.sentences.number_of(at as usize);
        let sentence = &page.sentences[number];
        if first < sentence.first || is_skipped(sentence) {
            continue;
        }
        let next = out.mentions.partition_point(|m| m.end <= at);
        if out.mentions.get(next).is_some_and(|m| m.first <= at) {
            continue;
        }
        spoken.go_on(page, out, at, number);
        let person = match pronoun {
            Number::None => of_role(page, first..at, number as u32, next, out, spoken.latest),
            Number::One if spoken.own != NONE => spoken.own,
            Number::One => spoken.subject,
            Number::Several => {
                out.links.extend(spoken.latest.into_iter().filter(|&e| e != NONE).map(|person| (at, person)));
                continue;
            }
        };
        if person != NONE {
            out.links.push((at, person));
            spoken.name(person);
        }
    }
}

/// Lines in which nobody is spoken of by a pronoun.
fn is_skipped(sentence: &Sentence) -> bool {
    matches!(sentence.part, Part::Furniture | Part::Header)
}

/// Who has been spoken of, up to some token; [`NONE`] where nobody has.
struct SpokenOf<'p> {
    /// The mentions of people behind it.
    people: &'p [(u32, u32)],
    /// Its sentence.
    sentence: usize,
    /// The person spoken of in this sentence: the first who was named or linked to.
    own: u32,
    /// The same of the latest sentence before it that had one.
    subject: u32,
    /// The last two people, the later one last.
    latest: [u32; 2],
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
            self.name(m.entity);
            if self.latest[1] != m.entity {
                self.latest = [self.latest[1], m.entity];
            }
            self.people = rest;
        }
        self.turn_to(sentence);
    }

    fn turn_to(&mut self, sentence: usize) {
        if sentence != self.sentence {
            self.subject = if self.own != NONE { self.own } else { self.subject };
            self.own = NONE;
            self.sentence = sentence;
        }
    }

    /// Notes a person named or linked to.
    fn name(&mut self, person: u32) {
        self.own = if self.own != NONE { self.own } else { person };
    }
}

/// Where the words of a role begin that ends at a title's token and has a determiner before it: "the Chilean official",
/// "both ministers". With a capital the determiner must stand right before it.
fn determined_role(page: &Page<'_>, token: &Token, at: u32) -> Option<u32> {
    if !token.has(class::TITLE) || page.dictionary.function(token) != Function::None {
        return None;
    }
    // A determiner within three words before it, with nothing but words between.
    let reach = if token.is(form::CAPITAL) { 1 } else { 4 };
    let before = &page.tokens[at.saturating_sub(reach) as usize..at as usize];
    for (back, token) in (1..).zip(before.iter().rev()) {
        if token.form & form::WORD == 0 {
            break;
        }
        if token.has(class::FUNCTION) {
            return (page.dictionary.function(token) == Function::Determiner).then_some(at - back);
        }
    }
    None
}

/// How many titles or entities are looked through for the one that is meant.
const LOOK_BACK: usize = 64;

/// The one person whose title or country fits a role: its first token, and the title's. `next` is the first mention
/// behind it. [`NONE`] when there is no such person, or more than one.
fn of_role(page: &Page<'_>, role: Range<u32>, sentence: u32, next: usize, out: &Entities, latest: [u32; 2]) -> u32 {
    let (first, at) = (role.start, role.end);
    // Somebody is named right behind it: "the minister Ana Rojas".
    if out.mentions.get(next).is_some_and(|m| m.first == at + 1 && m.kind == EntityType::Person) {
        return NONE;
    }
    let inside = out.mentions[..next].iter().rev().take_while(|m| m.end > first).last();
    let demonym = inside.filter(|m| m.kind == EntityType::Norp);
    let country = demonym.map_or([0; 2], |m| out.list[m.entity as usize].country);
    let named_before =
        |entity: u32| out.mentions[out.list[entity as usize].first_mention as usize].sentence <= sentence;
    let latest = latest.into_iter().rev().filter(|&e| e != NONE && named_before(e));
    if country == [0; 2] {
        let role = page.tokens[at as usize].hash;
        // The latest titles only: a long article must not be searched once for every word.
        let seen = out.titles.partition_point(|t| t.first < at);
        let titles = &out.titles[seen.saturating_sub(LOOK_BACK)..seen];
        let named_so =
            |t: &TitleMention| page.tokens[t.first as usize..t.end as usize].iter().any(|token| token.hash == role);
        return only(latest.filter(|&e| titles.iter().any(|t| t.entity == e && named_so(t))));
    }
    let of_country = |&entity: &u32| out.list[entity as usize].country == country;
    let mut latest = latest.filter(of_country);
    latest.next().unwrap_or_else(|| {
        let listed = 0..out.list.len().min(LOOK_BACK) as u32;
        let people = listed.filter(|&e| out.list[e as usize].kind == EntityType::Person);
        only(people.filter(of_country).filter(|&e| named_before(e)))
    })
}

/// The one of several, or [`NONE`] when there is none or another.
fn only(mut people: impl Iterator<Item = u32>) -> u32 {
    match (people.next(), people.next()) {
        (Some(one), None) => one,
        _ => NONE,
    }
}

//! Titles and roles of people, and what they say of them: country, sector, affiliation.
//!
//! A title stands before a name ("Brigadier General"), a role in apposition to it, before or behind a comma
//! ("the Ambassador of Chile, …", "…, director of the port authority,"). A place, nationality or organisation inside
//! either is whose officer the person is.

use super::evidence::Name;
use super::page::Page;
use super::{Entities, EntityType, TitleMention};
use crate::dictionary::class::{self, Function};
use crate::dictionary::{Kind, NONE};
use crate::token::form;

/// How far a role may reach, in tokens.
const REACH: u32 = 16;

/// Finds titles and roles of the people in `out`, and fills their country, sector and affiliation.
/// `people` are their mentions, each with the one of `names` that it was made from.
pub(super) fn find(page: &Page<'_>, names: &[Name], people: &[(u32, u32)], out: &mut Entities) {
    out.titles.clear();
    for &(i, name) in people {
        let i = i as usize;
        let m = out.mentions[i];
        let sentence = &page.sentences[m.sentence as usize];
        let title = names[name as usize].title;
        let mut before = if title == NONE { m.first } else { title };
        // Small-lettered titles: "police chief Ion Rusu".
        while before > sentence.first
            && page.tokens[before as usize - 1].has(class::TITLE)
            && page.tokens[before as usize - 1].is(form::WORD)
        {
            before -= 1;
        }
        if before < m.first {
            add(page, before, m.first, false, m.entity, i, out);
        } else if let Some(start) = role_before_comma(page, sentence.first, m.first) {
            add(page, start, m.first - 1, true, m.entity, i, out);
        }
        if let Some(end) = role_behind_comma(page, sentence.end, m.end) {
            add(page, m.end + 1, end, true, m.entity, i, out);
        }
    }
    // They are found in order, but for a role that reaches back over an earlier one.
    if !out.titles.is_sorted_by_key(|t| t.first) {
        out.titles.sort_by_key(|t| t.first);
    }
}

/// "The Ambassador of Chile, Ana Rojas": the role's first token, when a role word opens what stands before the comma.
fn role_before_comma(page: &Page<'_>, limit: u32, name: u32) -> Option<u32> {
    if name < limit + 2 || !page.tokens[name as usize - 1].is_symbol(b',') {
        return None;
    }
    let mut role = None;
    let mut at = name - 1;
    while at > limit && name - at < REACH {
        at -= 1;
        let token = &page.tokens[at as usize];
        if token.form & form::WORD == 0 && !matches!(token.symbol, b'-' | b'\'' | b'(' | b')') {
            break;
        }
        if token.has(class::TITLE) {
            role = Some(at);
            continue;
        }
        let function = page.function(at);
        if matches!(function, Function::Determiner | Function::Possessive) && role == Some(at + 1) {
            break;
        }
        // Words between a role and what governs it: "police" in "anti-narcotics police chief".
        let part = matches!(function, Function::Preposition | Function::Conjunction | Function::None);
        if !part {
            break;
        }
        if let Some(found) = role {
            let modifies = function == Function::None
                && (token.form & form::CAPITAL != 0 || token.has(class::LEXICON))
                && found == at + 1;
            if modifies && !token.has(class::TRIGGER | class::REPORT) {
                role = Some(at);
            } else if !modifies {
                break;
            }
        }
    }
    role
}

/// "Ana Rojas, director of the port authority,": one past the role's last token.
fn role_behind_comma(page: &Page<'_>, limit: u32, name_end: u32) -> Option<u32> {
    if !page.token(name_end).is_some_and(|t| t.is_symbol(b',')) {
        return None;
    }
    let start = name_end + 1;
    let opens = (start..(start + 6).min(limit)).take_while(|&at| {
        let t = &page.tokens[at as usize];
        t.form & form::WORD != 0 && !t.has(class::REPORT) || t.is_symbol(b'-') || t.is_symbol(b'\'')
    });
    let role = opens.into_iter().find(|&at| page.tokens[at as usize].has(class::TITLE))?;
    let mut at = role + 1;
    while at < limit && at - start < REACH {
        let token = &page.tokens[at as usize];
        let ends = token.form & form::WORD == 0 && !matches!(token.symbol, b'-' | b'\'' | b'(' | b')' | b'&')
            || token.has(class::REPORT)
            || matches!(
                page.function(at),
                Function::Be
                    | Function::Have
                    | Function::Modal
                    | Function::Relative
                    | Function::Subordinator
                    | Function::Subject
            );
        if ends {
            break;
        }
        at += 1;
    }
    Some(at)
}

fn add(page: &Page<'_>, first: u32, end: u32, is_role: bool, entity: u32, mention: usize, out: &mut Entities) {
    if first >= end {
        return;
    }
    out.titles.push(TitleMention { first, end, is_role, entity });
    let sector = (first..end).find_map(|at| sector_at(page, at));
    // What the role names: the places, nationalities and bodies inside it, or right before it ("Chad's minister").
    let mut country = [0; 2];
    let mut affiliation = NONE;
    let before = &out.mentions[mention.saturating_sub(6)..mention];
    let near = mention - before.iter().rev().take_while(|m| m.end + 2 >= first).count();
    for other in out.mentions[near..].iter().take(mention + 8 - near).take_while(|m| m.first < end) {
        let inside = other.first >= first && other.end <= end;
        let possessive = other.end + 2 == first && page.token(other.end).is_some_and(|t| t.is_symbol(b'\''));
        let adjacent = other.end == first || possessive;
        if !(inside || adjacent && other.kind != EntityType::Person) {
            continue;
        }
        let known = &out.list[other.entity as usize];
        if matches!(other.kind, EntityType::Gpe | EntityType::Norp | EntityType::Org) && country == [0; 2] {
            country = known.country;
        }
        if matches!(other.kind, EntityType::Org | EntityType::Gpe) && affiliation == NONE {
            affiliation = other.entity;
        }
    }
    let person = &mut out.list[entity as usize];
    if person.country == [0; 2] {
        person.country = country;
    }
    if person.affiliation == NONE {
        person.affiliation = affiliation;
    }
    if person.sector == 0 {
        person.sector = sector.unwrap_or(0);
    }
}

fn sector_at(page: &Page<'_>, at: u32) -> Option<u32> {
    let token = page.token(at)?;
    if !token.has(class::TITLE) {
        return None;
    }
    let surface = page.dictionary.surface_of_word(token.word);
    if surface == NONE {
        return None;
    }
    let readings = page.dictionary.readings(surface).iter();
    readings
        .filter(|r| page.dictionary.kind(r.entry()) == Kind::Title)
        .map(|r| page.dictionary.detail_value(r.entry()))
        .find(|&v| !page.dictionary.value(v).is_empty())
}

/// Countries of organisations that their own words, or the words beside them, name.
/// `organisations` are their mentions.
pub(super) fn place_organisations(page: &Page<'_>, organisations: &[u32], out: &mut Entities) {
    let mut behind = page.matches;
    for &i in organisations {
        let i = i as usize;
        let m = out.mentions[i];
        if out.list[m.entity as usize].country != [0; 2] {
            continue;
        }
        while let [first, rest @ ..] = behind
            && first.end <= m.first
        {
            behind = rest;
        }
        let inside = behind.iter().take_while(|x| x.first < m.end).find_map(|x| country_of(page, x.surface));
        let beside = || {
            let previous = i.checked_sub(1).map(|p| out.mentions[p]).filter(|p| {
                p.kind == EntityType::Gpe
                    && (p.end + 2 == m.first && page.tokens[p.end as usize].is_symbol(b'\'') || p.end == m.first)
                    || p.kind == EntityType::Norp && p.end == m.first
            });
            let next = out.mentions.get(i + 1).filter(|n| {
                let of = page.token(n.first.wrapping_sub(1)).is_some_and(|t| t.of(page.text) == "of");
                matches!(n.kind, EntityType::Gpe)
                    && of
                    && (n.first == m.end + 1 || n.first <= m.end + 5 && page.tokens[m.end as usize].is_symbol(b'('))
            });
            previous.or(next.copied()).map(|p| out.list[p.entity as usize].country)
        };
        if let Some(country) = inside.or_else(beside) {
            out.list[m.entity as usize].country = country;
        }
    }
}

fn country_of(page: &Page<'_>, surface: u32) -> Option<[u8; 2]> {
    page.dictionary.readings(surface).iter().find_map(|r| {
        let entry = page.dictionary.brief(r.entry());
        (matches!(entry.kind, Kind::Country | Kind::Demonym) && entry.country != [0; 2]).then_some(entry.country)
    })
}

//! Titles and roles of people, and what they say of them: country, sector, affiliation.
//!
//! A title stands before a name ("Brigadier General"), a role in apposition to it, before or behind a comma
//! ("the Ambassador of Chile, …", "…, director of the port authority,"). A place, nationality or organisation inside
//! either is whose officer the person is.

use super::appositions::{Opening, Phrases};
use super::evidence::Name;
use super::page::Page;
use super::{Entities, EntityType, TitleMention};
use crate::dictionary::{Kind, NONE, class};
use crate::token::form;

/// The sector of titles that everybody may bear.
const COURTESY: &str = "CVL";

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
        let (earlier, later) = out.mentions.split_at(i);
        let phrases = Phrases { page, before: earlier, behind: &later[1..], first: sentence.first, end: sentence.end };
        let is_comma = |at: u32| page.token(at).is_some_and(|t| t.is_symbol(b','));
        let leading = (before < m.first).then(|| before_name(&phrases, before, m.first));
        // "My colleague, Mr. Rojas": the title may stand behind the comma.
        let apposed = if before > sentence.first && is_comma(before - 1) {
            phrases.before_comma(before - 1, m.end).map(|first| Phrase { first, end: before - 1, is_role: true })
        } else {
            None
        };
        let behind = if is_comma(m.end) { phrases.behind_comma(m.end) } else { None };
        for phrase in [apposed, leading].into_iter().flatten() {
            add(page, phrase, phrase.end, m.entity, i, out);
        }
        if let Some((first, end, core)) = behind {
            add(page, Phrase { first, end, is_role: true }, core, m.entity, i, out);
        }
    }
    // They are found in order, but for a role that reaches back over an earlier one.
    if !out.titles.is_sorted_by_key(|t| t.first) {
        out.titles.sort_by_key(|t| t.first);
    }
}

/// The tokens of a title or role.
#[derive(Clone, Copy)]
struct Phrase {
    first: u32,
    end: u32,
    is_role: bool,
}

/// "provincial governor Ana Rojas" bears a title; "the governor Ana Rojas" and "their cousin Ana Rojas" stand in
/// apposition, so the words are a role. `title` is where the words of the list begin.
fn before_name(phrases: &Phrases<'_>, title: u32, name: u32) -> Phrase {
    let page = phrases.page;
    let tokens = &page.tokens[title as usize..name as usize];
    // "Mr.", "Dame": what all are called says nothing of an office.
    let courtesy = tokens.len() <= 2 && tokens[0].form & form::CAPITAL != 0 && sector_is(page, title, COURTESY);
    if courtesy {
        return Phrase { first: title, end: name, is_role: false };
    }
    let first = phrases.begin(title);
    let small = tokens[0].form & form::CAPITAL == 0;
    let opening = if small { phrases.opening(first) } else { Opening::Bare };
    Phrase { first: opening.begin(first), end: name, is_role: opening != Opening::Bare }
}

/// Keeps a title or role, and reads country, sector and affiliation off its tokens up to `end`.
fn add(page: &Page<'_>, phrase: Phrase, end: u32, entity: u32, mention: usize, out: &mut Entities) {
    let Phrase { first, is_role, .. } = phrase;
    if first >= end {
        return;
    }
    out.titles.push(TitleMention { first, end: phrase.end, is_role, entity });
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

/// Whether a title is of a sector.
fn sector_is(page: &Page<'_>, at: u32, sector: &str) -> bool {
    sector_at(page, at).is_some_and(|value| page.dictionary.value(value) == sector)
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

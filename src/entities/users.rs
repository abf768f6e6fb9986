//! Names of users' lists: what a user listed is that, whatever the patterns made of it.
//!
//! Users' names are among the names of the lists that the recogniser reads, so they help it where they can ("Interior
//! Minister …"). When all names have been found, each user's name is put in its place: with the type, the entry and the
//! weight that its list gives. A longer name by a telling pattern stays ("Ventspils Harbour Board" around a listed
//! "Ventspils"), since it names something else.

use super::evidence::{Name, Words, weight};
use super::page::Page;
use super::time::{Day, civil};
use super::{EntityType, Rule};
use crate::dictionary::{NONE, NameType, Reading, User};
use crate::gazetteer::{Match, is_cased};

/// Puts the names of users' lists among the names found, in place of what overlaps them.
pub(super) fn put(
    page: &Page<'_>,
    published: Option<Day>,
    names: &mut Vec<Name>,
    doubtful: &mut Vec<Name>,
    listed: &mut Vec<Name>,
) {
    listed.clear();
    let day = published.map(|day| {
        let (year, month, day) = civil(day);
        year * 10_000 + i32::from(month) * 100 + i32::from(day)
    });
    for m in page.matches.iter().filter(|m| page.dictionary.is_of_user(m.surface)) {
        if let Some((reading, user)) = choose(page, m, day) {
            listed.push(name(page, m, reading, &user));
        }
    }
    if listed.is_empty() {
        return;
    }
    names.sort_by_key(Name::place);
    listed.retain_mut(|own| stands(own, names));
    take_out(names, listed);
    take_out(doubtful, listed);
    names.extend_from_slice(listed);
    names.sort_by_key(Name::place);
}

/// The reading of a user's list that holds on the day of the article and is the surest. Where the day is not known, one
/// that always holds, or else the latest.
fn choose<'a>(page: &Page<'a>, m: &Match, day: Option<i32>) -> Option<(Reading, User<'a>)> {
    let dictionary = page.dictionary;
    let tokens = &page.tokens[m.first as usize..m.end as usize];
    let by_words = dictionary.strings_to_find().binary_search(&m.surface).is_err();
    let mut best: Option<(Reading, User<'a>)> = None;
    for &reading in dictionary.readings(m.surface) {
        let Some(user) = dictionary.user(reading.entry()) else { continue };
        let written = !by_words || is_cased(tokens, reading.case());
        if !written || day.is_some_and(|day| !(user.from..=user.to).contains(&day)) {
            continue;
        }
        let order = |user: &User<'_>, alias: u8| {
            let until = if day.is_none() { user.to } else { 0 };
            (until, (user.weight * 100.0) as u32, std::cmp::Reverse(alias))
        };
        if best.as_ref().is_none_or(|(known, by)| order(&user, reading.alias()) > order(by, known.alias())) {
            best = Some((reading, user));
        }
    }
    best
}

fn name(page: &Page<'_>, m: &Match, reading: Reading, user: &User<'_>) -> Name {
    let kind = match user.kind {
        NameType::Person => EntityType::Person,
        NameType::Org => EntityType::Org,
        NameType::Gpe => EntityType::Gpe,
        NameType::Loc => EntityType::Loc,
        NameType::Fac => EntityType::Fac,
        NameType::Norp => EntityType::Norp,
        NameType::Event => EntityType::Event,
    };
    let words = Words::of(&page.tokens[m.first as usize..m.end as usize]);
    let sentence = page.sentences.number_of(m.first as usize) as u32;
    let name = Name::new(m.first, m.end, kind, Rule::ListUser, user.weight, words);
    Name { sentence, entry: reading.entry(), surface: NONE, ..name }
}

/// Whether a user's name stands: no telling longer one is around it, and where its list is not sure of it, the text itself
/// shows a name at this place. Of a name at the same place the title is kept.
fn stands(own: &mut Name, names: &[Name]) -> bool {
    let mut supported = own.score >= weight::ACCEPT;
    // Names hardly overlap each other, so those around it begin at most a few before it.
    let behind = names.partition_point(|n| n.first < own.end);
    for name in names[..behind].iter().rev().take(8) {
        if (name.first, name.end) == (own.first, own.end) {
            own.title = name.title;
            supported = true;
        } else if name.first <= own.first && own.end <= name.end {
            let stays = match name.rule {
                Rule::OrgHead
                | Rule::OrgOf
                | Rule::OrgDemonymAcronym
                | Rule::EventHead
                | Rule::FacilityHead
                | Rule::PlaceComposed
                | Rule::PlacePart => true,
                Rule::PersonTitled | Rule::PersonLists => own.kind == EntityType::Person || own.end - own.first == 1,
                _ => false,
            };
            if stays {
                return false;
            }
        }
    }
    supported
}

/// Takes out the names that overlap a user's; both are in order, and users' names do not overlap each other.
fn take_out(names: &mut Vec<Name>, listed: &[Name]) {
    names.retain(|name| {
        let at = listed.partition_point(|own| own.end <= name.first);
        listed.get(at).is_none_or(|own| own.first >= name.end)
    });
}

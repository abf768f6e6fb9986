//! Tells which events of one article are one happening told several times.
//!
//! Two mentions are joined when nothing speaks against it: the same type and mode, a party in common (or, where one
//! names none, the same amount), and days that can be the same. Nothing is deleted; a reader may collapse on the number.

use super::plover::TYPES;
use super::{Event, From, Party};
use crate::dictionary::NONE;
use crate::entities::Entities;
use crate::entities::time::end_of_range;

/// An event among those of its type.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// The number of the last event of its type before it, or [`NONE`].
    before: u32,
    /// What it may be known again by, at a glance: events that share no bit have neither an actor nor an amount in common.
    signs: u64,
}

/// Replaces `links` by those of the events, whose types are given. Who says something twice says two things: those of the
/// type `statement` have none before them.
pub fn link(events: &[Event], types: impl Iterator<Item = u8>, statement: u8, links: &mut Vec<Link>) {
    let mut last = [NONE; TYPES.len()];
    links.clear();
    links.extend((0..).zip(events).zip(types).map(|((at, event), kind)| {
        let same = std::mem::replace(&mut last[usize::from(kind)], at);
        Link { before: if kind == statement { NONE } else { same }, signs: at_a_glance(event) }
    }));
}

/// Two bits for each actor, by its entity and by its country, and the highest for amounts: where an event names no actor,
/// they tell.
fn at_a_glance(event: &Event) -> u64 {
    const HIGHEST: u32 = u64::BITS - 1;
    event.actors.iter().fold(u64::from(!event.quantities.is_empty()) << HIGHEST, |bits, party| {
        let entity = u64::from(party.entity != NONE) << (party.entity % HIGHEST);
        let country = u32::from(party.country[0]) * 5 + u32::from(party.country[1]);
        bits | entity | u64::from(party.country != [0; 2]) << (country % HIGHEST)
    })
}

/// Numbers the groups, from 1 in order of appearance. `links` are the events' own, as [`link`] makes them.
pub fn number(events: &mut [Event], links: &[Link], entities: &Entities) {
    /// How far back an article still speaks of the same thing.
    const REACH: usize = 48;
    let mut last = 0;
    for at in 0..events.len() {
        let event = &events[at];
        let earlier =
            |other: usize| Some(links[other].before as usize).filter(|other| *other < at && other + REACH >= at);
        let same = std::iter::successors(earlier(at), |other| earlier(*other)).find(|&other| {
            if links[other].signs & links[at].signs == 0 {
                return false;
            }
            let other = &events[other];
            modes_agree(other, event)
                && days_agree(other, event, entities)
                && (parties_meet(&other.actors, &event.actors) && sides_agree(other, event)
                    || (other.actors.is_empty() || event.actors.is_empty()) && amounts_meet(other, event, entities))
        });
        events[at].group = match same {
            Some(other) => events[other].group,
            None => {
                last += 1;
                last
            }
        };
    }
}

fn is_same(a: &Party, b: &Party) -> bool {
    if a.entity != NONE && b.entity != NONE {
        return a.entity == b.entity;
    }
    a.country != [0; 2] && a.country == b.country
}

fn parties_meet(a: &[Party], b: &[Party]) -> bool {
    a.iter().any(|x| b.iter().any(|y| is_same(x, y)))
}

fn sides_agree(a: &Event, b: &Event) -> bool {
    a.recipients.is_empty() || b.recipients.is_empty() || parties_meet(&a.recipients, &b.recipients)
}

/// A meeting may be the conference that is told elsewhere, but hardly the visit to a third party.
fn modes_agree(a: &Event, b: &Event) -> bool {
    let visit = |e: &Event| e.mode == Some("visit");
    a.mode == b.mode || (a.mode.is_none() || b.mode.is_none()) && !visit(a) && !visit(b)
}

fn days_agree(a: &Event, b: &Event, entities: &Entities) -> bool {
    let days = |e: &Event| match e.date {
        Some((Some(time), From::Text)) => {
            let last = end_of_range(&entities.times, time as usize);
            entities.times[time as usize].days.zip(entities.times[last].days).map(|(from, to)| (from.0, to.1))
        }
        _ => None,
    };
    match (days(a), days(b)) {
        (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
        _ => true,
    }
}

fn amounts_meet(a: &Event, b: &Event, entities: &Entities) -> bool {
    let amount = |n: u32| &entities.amounts[n as usize];
    a.quantities.iter().any(|x| {
        b.quantities.iter().any(|y| {
            let (x, y) = (amount(x.amount), amount(y.amount));
            x.unit == y.unit && x.min == y.min && x.kind == y.kind
        })
    })
}

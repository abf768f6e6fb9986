//! Who says so: quotations as events of their own, and the source of what is only reported.

use super::clause::Clause;
use super::detect::{Input, Pool};
use super::plover::Contexts;
use super::rows::Row;
use super::syntax::{ChunkKind as K, Sheet, Tag, verb};
use super::tags::raw_tag;
use super::words::{Words, flag};
use super::{Event, From, Party, Realis};
use crate::dictionary::NONE;
use crate::entities::Entities;
use crate::entities::quote::Quotation;
use crate::segment::Sentence;
use crate::token::form;

/// Walks over an article's quotations, sentence by sentence.
#[derive(Default)]
pub struct Quotations {
    /// All before end too far before the sentence.
    near: usize,
}

impl Quotations {
    /// Numbers of the quotations whose cue, or else whose first token, lies in a sentence. Sentences come in order.
    pub fn of(&mut self, entities: &Entities, sentence: &Sentence) -> std::ops::Range<usize> {
        // A cue lies before or behind its quotation, so look from the first quotation that ends near this sentence.
        const NEAR: u32 = 64;
        let list = &entities.quotations;
        while list.get(self.near).is_some_and(|q| q.end + NEAR < sentence.first) {
            self.near += 1;
        }
        if list.get(self.near).is_none_or(|q| q.first >= sentence.end + NEAR) {
            return 0..0;
        }
        let inside = |q: &Quotation| sentence.range().contains(&(anchor(q) as usize));
        let close = list[self.near..].iter().take_while(|q| q.first < sentence.end + NEAR);
        let Some(skipped) = close.clone().position(inside) else { return 0..0 };
        let from = self.near + skipped;
        from..from + list[from..].iter().take_while(|q| inside(q)).count()
    }
}

/// The token whose sentence a quotation belongs to: its cue, or else its first.
pub fn anchor(quotation: &Quotation) -> u32 {
    quotation.cue.unwrap_or(quotation.first)
}

/// Whether all about a quotation is known without parsing its sentence: its speaker stands beside the cue, or nobody
/// says it, and no verb of saying stands right before it.
pub fn is_plain(words: &Words, article: Input<'_>, sentence: &Sentence, number: usize) -> bool {
    let quotation = &article.entities.quotations[number];
    // Of a quotation inside a sentence, the sentence may tell who says it.
    let is_inside = quotation.first > sentence.first + 1;
    if quotation.speaker.is_none() && (quotation.cue.is_some() || is_inside) {
        return false;
    }
    let tokens = article.tokens;
    for at in (sentence.first..quotation.first).rev() {
        let token = &tokens[at as usize];
        if token.form & form::WORD == 0 {
            // What stands in brackets may hide the verb.
            if token.is_symbol(b')') || token.is_symbol(b']') {
                return false;
            }
            continue;
        }
        let (tag, reports) = raw_tag(words, &article, at as usize, sentence.first as usize);
        if reports {
            return false;
        }
        // Only adverbs may stand between the verb and what it introduces.
        if tag != Tag::Adverb {
            return true;
        }
    }
    true
}

/// The event of a quotation, also of one whose speaker nobody can tell. Its trigger is the cue, or else the mark that
/// opens it.
pub fn quoted(clause: &Clause<'_>, number: usize, sentence: usize, rule: u32, pool: &mut Pool) -> Event {
    let quotation = &clause.entities.quotations[number];
    let (cue, speaker) = match introduced(clause, quotation) {
        Some((cue, speaker)) => (cue, Some(speaker)),
        None => (quotation.cue.unwrap_or(quotation.first.saturating_sub(1)), speaker(clause, quotation)),
    };
    let mut actors = pool.take();
    actors.extend(speaker);
    Event {
        sentence: sentence as u32,
        rule,
        first: cue,
        end: cue + 1,
        head: cue,
        passive: false,
        nominal: false,
        realis: Realis::Actual,
        negated: false,
        mode: None,
        contexts: Contexts::NONE,
        attribution: quotation.via.map(|(first, end)| named(clause, first, end)),
        actors,
        recipients: Vec::new(),
        date: Some((None, From::Published)),
        place: None,
        quantities: Vec::new(),
        quotation: Some(number as u32),
        group: 0,
        score: 0.9,
    }
}

/// The first chunk of a quotation.
fn chunk_of(clause: &Clause<'_>, quotation: &Quotation) -> Option<usize> {
    let inside = quotation.first..quotation.end;
    clause.sheet.chunks.iter().position(|c| c.kind == K::Quoted && inside.contains(&c.first))
}

/// The verb of saying right before a quotation, with its subject. It wins over one behind it: in "Kalna said, “…”, the
/// agency reported", the agency only passes the words on.
fn introduced(clause: &Clause<'_>, quotation: &Quotation) -> Option<(u32, Party)> {
    let chunks = &clause.sheet.chunks;
    let at = chunk_of(clause, quotation)?;
    let verb = (0..at).rev().find(|&i| !matches!(clause.kind(i), Some(K::Comma | K::Stop)))?;
    if clause.kind(verb) != Some(K::Verb) || clause.flags(chunks[verb].head) & flag::REPORT == 0 {
        return None;
    }
    let (np, end) = clause.subject(verb, 0)?;
    let np = clause.head_of(np, end);
    let party = clause.is_agent(np).then(|| clause.party(np)).flatten()?;
    (party.entity != NONE).then_some((chunks[verb].head, party))
}

/// Who speaks: the name beside the cue, else whom the sentence tells of.
fn speaker(clause: &Clause<'_>, quotation: &Quotation) -> Option<Party> {
    if let Some((first, end)) = quotation.speaker {
        return Some(named(clause, first, end));
    }
    let Some(cue) = quotation.cue else { return teller(clause, quotation) };
    let at = clause.sheet.chunk_at(cue)?;
    if clause.kind(at) != Some(K::Verb) {
        return None;
    }
    let subject = clause.subject(at, 0).map(|(np, _)| np);
    let np = subject.or_else(|| clause.object(at))?;
    clause.party(np)
}

/// Whom tokens beside a cue name: the entity in them, what a pronoun points to, else the words as they are.
fn named(clause: &Clause<'_>, first: u32, end: u32) -> Party {
    let entities = clause.entities;
    let party = |first: u32, end: u32, entity: u32| {
        let known = entities.list.get(entity as usize);
        Party {
            first,
            end,
            entity,
            country: known.map_or([0; 2], |e| e.country),
            sector: known.map_or(0, |e| e.sector),
        }
    };
    let from = entities.mentions.partition_point(|m| m.end <= first);
    let inside = || entities.mentions[from..].iter().take_while(move |m| m.first < end);
    let person = inside().find(|m| m.kind == crate::entities::EntityType::Person);
    if let Some(mention) = person.or_else(|| inside().find(|m| clause.can_act(m))) {
        return party(mention.first, mention.end, mention.entity);
    }
    let at = entities.links.partition_point(|(t, _)| *t < first);
    let link = entities.links.get(at).filter(|(t, _)| *t < end);
    party(first, end, link.map_or(NONE, |(_, e)| *e))
}

/// Who says words that a sentence weaves in ("she thanked the crew for “…”"): who is said to say them, else the subject of
/// the last verb before them.
fn teller(clause: &Clause<'_>, quotation: &Quotation) -> Option<Party> {
    let at = chunk_of(clause, quotation)?;
    attribution(clause, at, &[]).or_else(|| {
        let verb = clause.sheet.rows.last(at, Row::finite)?;
        let (np, end) = clause.subject(verb, 0)?;
        let np = clause.head_of(np, end);
        clause.is_agent(np).then(|| clause.party(np)).flatten().filter(|party| party.entity != NONE)
    })
}

/// Who reports the clause of chunk `at`, if it is none of the `actors`: the subject of a verb of saying in the same sentence, or "according to".
pub fn attribution(clause: &Clause<'_>, at: usize, actors: &[Party]) -> Option<Party> {
    let Sheet { chunks, rows, says, has_brackets, .. } = clause.sheet;
    // What stands in brackets or in a quotation was not asked whether it says something.
    if says.is_empty() && !has_brackets {
        return None;
    }
    let says = |i: usize| chunks[i].verb & verb::PASSIVE == 0 && clause.flags(chunks[i].head) & flag::REPORT != 0;
    // "X said that Y …" before the trigger; "…, X said" at the sentence's end.
    let mut before = rows.last(at, Row::finite);
    while let Some(i) = before.filter(|&i| !says(i)) {
        before = rows.last(i, Row::finite);
    }
    let before = before.filter(|&i| {
        rows.within(i + 1, at, |r| r.of(K::Stop)).is_none()
            && matches!(clause.kind(i + 1), Some(K::Relative | K::Noun | K::Pronoun))
    });
    let end = || {
        let mut tail = (at + 1..chunks.len()).rev().take(3);
        let end = tail.find(|&i| clause.is_finite(i) && says(i))?;
        rows.within(at, end, |r| r.of(K::Comma)).map(|_| end)
    };
    let verb = before.or_else(end)?;
    let subject = clause.subject(verb, 0).or_else(|| clause.object(verb).map(|np| (np, np + 1)));
    let (np, end) = subject?;
    let party = clause.is_agent(np).then(|| clause.party(clause.head_of(np, end))).flatten()?;
    let acts = actors.iter().any(|a| a.first == party.first || a.entity != NONE && a.entity == party.entity);
    (!acts).then_some(party)
}

//! Makes parties of noun phrases: who is meant, by name where a name is to be had.

use super::Party;
use super::clause::Clause;
use super::syntax::{Chunk, ChunkKind, Tag};
use super::words::{self, flag};
use crate::dictionary::{NONE, class};
use crate::entities::{Entity, EntityType, Mention};
use crate::token::form;

impl Clause<'_> {
    /// The party that a phrase stands for; none for a pronoun without a known antecedent and for what cannot act.
    pub fn party(&self, at: usize) -> Option<Party> {
        let chunk = self.chunk(at);
        if let Some(mention) = self.named_by(at) {
            if matches!(mention.kind, EntityType::Norp) && mention.end < chunk.end {
                return Some(self.unnamed(chunk));
            }
            if self.can_act(mention) {
                return Some(self.named(mention));
            }
        }
        if let Some(entity) = self.linked(chunk).or_else(|| self.of_country(chunk)) {
            return Some(self.standing_for(chunk, entity));
        }
        // "dozens of activists"
        if let Some(counted) = self.counted(at).map(|np| self.chunk(np)) {
            let members = self.unnamed(counted);
            return Some(Party { first: self.unnamed(chunk).first, ..members });
        }
        (chunk.kind == ChunkKind::Noun && !self.is_time_or_amount(chunk)).then(|| self.unnamed(chunk))
    }

    /// A phrase as the party of an entity that it does not name. A pronoun stands for the name that its sentence gave
    /// before.
    fn standing_for(&self, chunk: &Chunk, entity: u32) -> Party {
        let mentions = &self.entities.mentions;
        let before = mentions.partition_point(|m| m.first < chunk.first);
        let named = mentions[..before]
            .iter()
            .rev()
            .take_while(|m| m.first as usize >= self.sheet.first)
            .find(|m| m.entity == entity && chunk.kind == ChunkKind::Pronoun);
        Party {
            first: named.map_or(chunk.first, |m| m.first),
            end: named.map_or(chunk.end, |m| m.end),
            entity,
            country: self.country_of(entity),
            sector: self.entities.list[entity as usize].sector,
        }
    }

    /// All that a plural pronoun points to.
    pub fn all_linked(&self, at: usize) -> impl Iterator<Item = Party> + '_ {
        let chunk = self.chunk(at);
        let inside = |token: u32| chunk.first <= token && token < chunk.end;
        self.links()
            .iter()
            .filter(move |(t, _)| inside(*t) && self.sheet.tag(*t) != Tag::Possessive)
            .map(|(_, entity)| self.standing_for(chunk, *entity))
    }

    /// "the Norwegian minister": the one person of that country of whom was told.
    fn of_country(&self, chunk: &Chunk) -> Option<u32> {
        if !self.is_office(chunk.head) || self.flags(chunk.first) & flag::DEFINITE == 0 {
            return None;
        }
        let country = self.country_inside(chunk)?;
        let told = |e: &Entity| self.entities.mentions[e.first_mention as usize].first < chunk.first;
        let mut of = (0u32..)
            .zip(&self.entities.list)
            .filter(|(n, e)| e.kind == EntityType::Person && told(e) && self.country_of(*n) == country);
        let (one, _) = of.next()?;
        of.next().is_none().then_some(one)
    }

    /// Who a phrase belongs to ("Norway's work", "the work of Norway"), or who it is.
    pub fn owner(&self, at: usize) -> Option<Party> {
        let chunk = self.chunk(at);
        if self.is_agent(at) {
            return self.party(at);
        }
        if let Some(possessor) = self.possessor(at) {
            return Some(possessor);
        }
        // "the work of Norway", "the role played by Norway"
        let end = self.right_end(at);
        for preposition in [words::BY, words::OF] {
            if let Some(np) = self.after(at, end.min(at + 5), preposition)
                && self.is_agent(np)
            {
                return self.party(self.head_of(np, end));
            }
        }
        let inside = (chunk.first..chunk.head).find_map(|t| self.mention(t).filter(|m| self.can_act(m)));
        inside.map(|m| self.named(m))
    }

    /// Who owns a phrase in front of it: "Norway's swift work", "the company's work", "their work".
    pub fn possessor(&self, at: usize) -> Option<Party> {
        let chunk = self.chunk(at);
        for token in chunk.first..chunk.head {
            match self.sheet.tag(token) {
                Tag::Genitive if token > chunk.first => {
                    if let Some(mention) = self.mention(token - 1).filter(|m| self.can_act(m)) {
                        return Some(self.named(mention));
                    }
                    let before = Chunk { end: token, head: token - 1, ..*chunk };
                    let acts = self.is_human(token - 1) || self.flags(token - 1) & (flag::AGENT | flag::PAIR) != 0;
                    if acts || self.country_inside(&before).is_some() {
                        return Some(self.unnamed(&before));
                    }
                }
                Tag::Possessive => {
                    if let Some(entity) = self.link(token) {
                        return Some(Party {
                            first: token,
                            end: token + 1,
                            entity,
                            country: self.country_of(entity),
                            sector: self.entities.list[entity as usize].sector,
                        });
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The phrase that names who another phrase is, in apposition.
    pub fn head_of(&self, np: usize, end: usize) -> usize {
        let mut heads = super::clause::Heads::default();
        self.list(np, end, &mut heads);
        heads.first().copied().unwrap_or(np)
    }

    /// Whether a phrase can act: a name, people, an office, a pronoun for one.
    pub fn is_agent(&self, at: usize) -> bool {
        let chunk = self.chunk(at);
        let head = &self.tokens[chunk.head as usize];
        if head.has(class::PEOPLE) || self.named_by(at).is_some_and(|m| self.can_act(m)) || self.linked(chunk).is_some()
        {
            return true;
        }
        let flags = self.words.of(head).flags;
        flags & flag::OFFICE != 0
            || match chunk.kind {
                ChunkKind::Pronoun => flags & flag::THEY != 0,
                ChunkKind::Noun => {
                    flags & (flag::PAIR | flag::AGENT | flag::HUMAN) != 0
                        || self.is_unlisted_name(chunk)
                        || flags & flag::QUANTITY != 0 && self.counted(at).is_some_and(|np| self.is_agent(np))
                }
                _ => false,
            }
    }

    /// Whether a phrase ends in a name that no rule knows: "the journalist Zilna Korova", "Korova".
    fn is_unlisted_name(&self, chunk: &Chunk) -> bool {
        let head = &self.tokens[chunk.head as usize];
        const NAME: u32 = form::WORD | form::CAPITAL;
        head.form & (NAME | form::ALL_CAPITALS | form::DIGIT) == NAME
            && self.mention(chunk.head).is_none()
            && (!head.has(class::LEXICON) || (chunk.first..chunk.head).any(|t| self.is_human(t)))
    }

    /// What "dozens of", "hundreds of" count.
    fn counted(&self, at: usize) -> Option<usize> {
        let counts = self.flags(self.chunk(at).head) & flag::QUANTITY != 0;
        (counts && self.is_preposition(at + 1, words::OF) && self.kind(at + 2) == Some(ChunkKind::Noun))
            .then_some(at + 2)
    }

    /// Whether a word means people or one person.
    fn is_human(&self, token: u32) -> bool {
        self.tokens[token as usize].has(class::PEOPLE) || self.flags(token) & flag::HUMAN != 0 || self.is_office(token)
    }

    /// Whether a phrase is people or one person.
    pub fn is_people(&self, at: usize) -> bool {
        let chunk = self.chunk(at);
        let mention = self.mention(chunk.head);
        mention.is_some_and(|m| matches!(m.kind, EntityType::Person | EntityType::Norp))
            || mention.is_none() && (self.is_human(chunk.head) || self.is_unlisted_name(chunk))
            || chunk.kind == ChunkKind::Pronoun
            || self.counted(at).is_some_and(|np| self.is_people(np))
    }

    /// The entity that a pronoun or "the minister" points to.
    pub fn linked(&self, chunk: &Chunk) -> Option<u32> {
        let found = self.links().iter().find(|(t, _)| *t >= chunk.first).filter(|(t, _)| *t < chunk.end)?;
        // A possessive inside the phrase says whose, not who.
        (self.sheet.tag(found.0) != Tag::Possessive).then_some(found.1)
    }

    fn link(&self, token: u32) -> Option<u32> {
        self.links().iter().find(|(t, _)| *t == token).map(|(_, e)| *e)
    }

    /// The words of the sentence that point to somebody, with the entities.
    #[inline]
    fn links(&self) -> &[(u32, u32)] {
        &self.entities.links[self.sheet.links.clone()]
    }

    #[inline]
    pub(super) fn can_act(&self, mention: &Mention) -> bool {
        use EntityType as E;
        matches!(mention.kind, E::Person | E::Org | E::Gpe | E::Norp)
    }

    pub(super) fn named(&self, mention: &Mention) -> Party {
        Party {
            first: mention.first,
            end: mention.end,
            entity: mention.entity,
            country: self.country_of(mention.entity),
            sector: self.sector_of(mention),
        }
    }

    /// The sector of who is named; of a body that no list knows, what its words tell: "Riga Police".
    fn sector_of(&self, mention: &Mention) -> u32 {
        let known = self.entities.list[mention.entity as usize].sector;
        if known != 0 || mention.kind != EntityType::Org {
            return known;
        }
        self.sector_in(mention.first, mention.end)
    }

    /// The sector that the last of some words tells, of those that tell one: "army soldiers", "police party".
    fn sector_in(&self, first: u32, end: u32) -> u32 {
        let mut sectors = (first..end).rev().map(|t| self.words.of(&self.tokens[t as usize]).sector);
        sectors.find(|sector| *sector != 0).unwrap_or(0)
    }

    fn country_of(&self, entity: u32) -> [u8; 2] {
        let known = &self.entities.list[entity as usize];
        if known.country != [0; 2] || known.affiliation == NONE {
            return known.country;
        }
        self.entities.list.get(known.affiliation as usize).map_or([0; 2], |e| e.country)
    }

    /// A party without a name; its country is that of the name inside ("Norwegian forces"), its sector that of its
    /// words ("soldiers").
    pub(super) fn unnamed(&self, chunk: &Chunk) -> Party {
        let inside = self.country_inside(chunk);
        // "at least 12 people" are twelve people.
        let bounds = |t: u32| t < chunk.head && self.flags(t) & flag::QUANTITY != 0;
        let first = (chunk.first..chunk.end)
            .find(|t| !matches!(self.sheet.tag(*t), Tag::Determiner | Tag::Skip) && !bounds(*t))
            .unwrap_or(chunk.first);
        let sector = self.sector_in(chunk.first, chunk.head + 1);
        Party { first, end: chunk.end, entity: NONE, country: inside.unwrap_or([0; 2]), sector }
    }

    fn country_inside(&self, chunk: &Chunk) -> Option<[u8; 2]> {
        (chunk.first..chunk.end).find_map(|t| {
            let mention = self.mention(t)?;
            let country = self.country_of(mention.entity);
            (country != [0; 2]).then_some(country)
        })
    }

    fn is_time_or_amount(&self, chunk: &Chunk) -> bool {
        use EntityType as E;
        self.mention(chunk.head).is_some_and(|m| {
            matches!(m.kind, E::Date | E::Time | E::Duration | E::Set | E::Money | E::Quantity | E::Percent)
        })
    }
}

//! Tries a rule on its trigger: what it needs is there, and who takes which part.

use super::catalogue::{Need, Part, Rule, Source, Test, WordKind};
use super::clause::{Clause, Heads};
use super::plover::DRUGS;
use super::syntax::{ChunkKind as K, Tag, verb};
use super::words::{self, flag};
use super::{Party, Realis};
use crate::dictionary::{Dictionary, class};
use crate::entities::amount::AmountKind;

/// A trigger with the chunks that its rule's sources stand for.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// The trigger's chunk.
    pub at: usize,
    /// One past the last chunk that can belong to it.
    pub end: usize,
    /// The same of the last of the trigger and its verb.
    pub reach: usize,
    /// The verb group that tells whether it happened: the trigger's own, or the one that carries the noun.
    pub verb: Option<usize>,
    /// The subject (active) or what follows "by" (passive), and the end of its region.
    pub subject: Option<(usize, usize)>,
    /// The object (active) or the subject (passive), and the end of its region.
    pub object: Option<(usize, usize)>,
    /// The subject of the light verb.
    pub light: Option<(usize, usize)>,
    /// The trigger stands in the passive.
    pub passive: bool,
    /// Whether it happened.
    pub realis: Realis,
    /// Denied.
    pub negated: bool,
    /// Flags of the light verb.
    pub carrier: u32,
    /// The phrase points back ("the meeting").
    pub definite: bool,
}

/// A verb trigger, before a rule is asked how it is to be read.
#[derive(Clone, Copy, Debug)]
pub struct Deed {
    /// Its chunk.
    at: usize,
    /// One past the last chunk that can belong to it.
    end: usize,
    /// What stands before it as its subject, and the end of its region.
    subject: Option<(usize, usize)>,
    /// What stands behind it as its object.
    object: Option<usize>,
    /// It stands in the passive, whatever the rule.
    passive: bool,
    /// A headline may have left out its "were".
    bare: bool,
    realis: Realis,
    negated: bool,
}

/// A rule's word lists as word numbers, once for all: `Need` by `Need`.
pub type Lists = Vec<Vec<u32>>;

/// Looks up a rule's words.
pub fn lists(dictionary: &Dictionary<'_>, rule: &Rule) -> Lists {
    rule.needs
        .iter()
        .map(|need| match need {
            Need::Object(list, _) | Need::NotObject(list) | Need::Before(list) | Need::NotBefore(list) => {
                list.iter().map(|w| words::word_id(dictionary, w)).collect()
            }
            _ => Vec::new(),
        })
        .collect()
}

impl Clause<'_> {
    /// A verb trigger; none when it is no verb here or its event is only wished for.
    pub fn deed(&self, at: usize, token: u32) -> Option<Deed> {
        let chunk = self.chunk(at);
        if chunk.kind != K::Verb || chunk.head != token || chunk.verb & verb::COPULA != 0 {
            return None;
        }
        let (realis, negated) = self.realis(at)?;
        let reduced = self.is_reduced(at);
        let object = self.object(at);
        let subject = if reduced {
            at.checked_sub(1).filter(|&i| self.is_nominal(i)).map(|i| (i, at))
        } else {
            self.subject(at, 0)
        };
        Some(Deed {
            at,
            end: self.right_end(at),
            subject,
            object,
            passive: chunk.verb & verb::PASSIVE != 0 || reduced,
            bare: chunk.verb & verb::BARE != 0 && object.is_none(),
            realis,
            negated,
        })
    }

    /// The frame of a verb trigger.
    pub fn verb_frame(&self, rule: &Rule, deed: &Deed) -> Frame {
        let Deed { at, end, subject, realis, negated, .. } = *deed;
        // "Boats seized in Riga": a headline leaves out "were". What two do to each other has no such passive.
        let headline = || {
            deed.bare
                && matches!(self.kind(at + 1), Some(K::Preposition | K::Time))
                && matches!(self.chunk(at + 1).preposition, words::BY | words::IN | words::AT | words::NEAR)
                && rule.takes(Source::Object)
                && !rule.frame.contains(&(Part::Actor, Source::After(words::WITH)))
        };
        let passive = deed.passive || headline();
        let (subject, object) = if passive {
            (self.after(at, end, words::BY).map(|np| (np, end)), subject)
        } else {
            (subject, deed.object.map(|np| (np, end)))
        };
        Frame {
            at,
            end,
            reach: end,
            verb: Some(at),
            subject,
            object,
            light: None,
            passive,
            realis,
            negated,
            carrier: 0,
            definite: false,
        }
    }

    /// The frame of an adjective behind a form of "be".
    pub fn adjective_frame(&self, at: usize, token: u32) -> Option<Frame> {
        let chunk = self.chunk(at);
        let before = at.checked_sub(1)?;
        let copula = self.chunk(before);
        let participle = chunk.kind == K::Verb && chunk.verb & verb::PASSIVE != 0 && chunk.head == token;
        let verb = if participle {
            at
        } else if chunk.kind == K::Noun
            && chunk.head == token
            && chunk.first == token
            && copula.kind == K::Verb
            && copula.verb & verb::COPULA != 0
        {
            before
        } else {
            return None;
        };
        let (realis, negated) = self.realis(verb)?;
        let end = self.right_end(at);
        Some(Frame {
            at,
            end,
            // The verb is the trigger's own chunk or the one before.
            reach: end,
            verb: Some(verb),
            subject: self.subject(verb, 0),
            object: None,
            light: None,
            passive: false,
            realis,
            negated,
            carrier: 0,
            definite: false,
        })
    }

    /// The frame of a noun trigger, with the light verb that carries it.
    pub fn noun_frame(&self, at: usize, token: u32) -> Option<Frame> {
        let chunk = self.chunk(at);
        let named = self.mention(token).is_some_and(|m| m.kind == crate::entities::EntityType::Event);
        if chunk.kind != K::Noun || (chunk.head != token && !named) {
            return None;
        }
        if self.mention(token).is_some() && !named {
            return None;
        }
        let definite = (chunk.first..token).any(|t| self.flags(t) & flag::DEFINITE != 0);
        let end = self.right_end(at);
        let mut frame = Frame {
            at,
            end,
            reach: end,
            verb: None,
            subject: None,
            object: Some((at, end)),
            light: None,
            passive: false,
            realis: Realis::Actual,
            negated: (chunk.first..token).any(|t| self.flags(t) & flag::NO != 0),
            carrier: 0,
            definite,
        };
        if let Some((verb, passive)) = self.carrier(at) {
            let (realis, negated) = self.realis(verb)?;
            let end = self.right_end(verb);
            frame.reach = if verb > at { end } else { frame.end };
            frame.verb = Some(verb);
            frame.realis = realis;
            frame.negated |= negated;
            frame.passive = passive;
            frame.carrier = self.flags(self.chunk(verb).head) & flag::LIGHT;
            frame.light =
                if passive { self.after(verb, end, words::BY).map(|np| (np, end)) } else { self.subject(verb, 0) };
        }
        Some(frame)
    }

    /// The light verb that carries a noun, and whether in the passive.
    fn carrier(&self, at: usize) -> Option<(usize, bool)> {
        let light = |i: usize| self.kind(i) == Some(K::Verb) && self.flags(self.chunk(i).head) & flag::LIGHT != 0;
        let active = |i: usize| light(i) && self.chunk(i).verb & verb::PASSIVE == 0;
        let before = at.checked_sub(1)?;
        if active(before) {
            return Some((before, false));
        }
        // "engaged in talks", "carried out a raid", "took part in a workshop"
        if self.kind(before) == Some(K::Preposition) && before > 0 {
            let attends = |i: usize| self.flags(self.chunk(i).head) & (flag::ATTEND | flag::CARRY | flag::HOLD) != 0;
            if active(before - 1) && attends(before - 1) && matches!(self.chunk(before).preposition, words::IN | 0) {
                return Some((before - 1, false));
            }
        }
        // "a meeting was held", "the workshop, attended by …"
        let verb = (at + 1..self.sheet.chunks.len().min(at + 8)).find(|&i| self.kind(i) == Some(K::Verb))?;
        let passive = self.chunk(verb).verb & (verb::PASSIVE | verb::BARE) != 0 && light(verb);
        if passive && self.object(verb).is_none() {
            let subject = self.subject(verb, 0).map(|(np, _)| np);
            let reduced = self.is_reduced(verb) || self.chunk(verb).verb & verb::BARE != 0;
            if subject == Some(at) || (reduced && verb == at + 1) {
                return Some((verb, true));
            }
        }
        None
    }

    /// Whether what a verb tells happened; none when it is only wished for by another event's verb.
    fn realis(&self, at: usize) -> Option<(Realis, bool)> {
        let chunk = self.chunk(at);
        let mut realis = if chunk.verb & verb::FUTURE != 0 {
            Realis::Future
        } else if chunk.verb & verb::UNREAL != 0 {
            Realis::Hypothetical
        } else {
            Realis::Actual
        };
        let mut negated = chunk.verb & verb::NEGATED != 0;
        if chunk.verb & verb::INFINITIVE != 0 {
            let governor = self.verb_left(at)?;
            let between = &self.sheet.chunks[governor + 1..at];
            let noun = between.last().filter(|c| c.kind == K::Noun);
            let of_noun = noun.map_or(0, |c| self.flags(c.head));
            let of_verb = if between.is_empty() { self.flags(self.chunk(governor).head) } else { 0 };
            let flags = of_noun | of_verb;
            if flags & flag::PLAN != 0 {
                realis = Realis::Future;
            } else if flags & flag::IMPLICATIVE == 0 {
                return None;
            }
            negated |= self.chunk(governor).verb & verb::NEGATED != 0;
        }
        Some((realis, negated))
    }

    /// Whether all that a rule needs stands beside its trigger.
    pub fn fits(&self, rule: &Rule, lists: &Lists, frame: &Frame) -> bool {
        let end = frame.end;
        let object = frame.object.map(|(np, _)| np);
        let head = |np: usize| self.tokens[self.chunk(np).head as usize].word;
        let infinitive = (frame.at + 1..frame.at + 3)
            .any(|i| self.kind(i) == Some(K::Verb) && self.chunk(i).verb & verb::INFINITIVE != 0);
        let noun_before = |list: &[u32]| {
            let chunk = self.chunk(frame.at);
            let from = chunk.first.max(chunk.head.saturating_sub(3));
            (from..chunk.head).any(|t| list.contains(&self.tokens[t as usize].word))
        };
        rule.needs.iter().zip(lists).all(|(need, list)| match need {
            // "two million in aid", "a number of prisoners": the word may stand behind what measures it.
            Need::Object(_, people) => object.is_some_and(|np| {
                let measured = [words::OF, words::IN]
                    .iter()
                    .filter_map(|p| self.after(np, np + 3, *p))
                    .any(|np| list.contains(&head(np)));
                list.contains(&head(np)) || measured || (*people && self.is_people(np))
            }),
            Need::NotObject(_) => object.is_none_or(|np| !list.contains(&head(np))),
            Need::Before(_) => noun_before(list),
            Need::NotBefore(_) => !noun_before(list),
            Need::After(prepositions) => {
                prepositions.iter().any(|p| self.after(frame.at, end, *p).is_some() || (*p == words::TO && infinitive))
            }
            Need::Is(test) => self.test(*test, frame, end, infinitive),
        })
    }

    fn test(&self, test: Test, frame: &Frame, end: usize, infinitive: bool) -> bool {
        let object = frame.object.map(|(np, _)| np);
        let subject = frame.subject.map(|(np, _)| np);
        match test {
            Test::AnyObject => object.is_some(),
            Test::AnySubject => subject.is_some_and(|np| self.is_agent(np)),
            Test::AgentSubject => subject.is_some_and(|np| self.is_agent(np)),
            Test::People => object.is_some_and(|np| self.is_people(np)),
            Test::Person => object.is_some_and(|np| {
                self.names_person(np).is_some()
                    || self.linked(self.chunk(np)).is_some()
                    || self.is_office(self.chunk(np).head)
            }),
            Test::Goods => object.is_some_and(|np| self.is_goods(np, end.max(np + 3))),
            Test::AnyOwner => object.is_some_and(|np| self.owner(np).is_some()),
            Test::OfGoods => self
                .after(frame.at, end, words::OF)
                .filter(|np| *np <= frame.at + 2)
                .map_or_else(|| self.is_goods(frame.at, frame.at + 1), |np| self.is_goods(np, np + 3)),
            Test::Of => self.after(frame.at, end, words::OF).is_some_and(|np| np == frame.at + 2),
            Test::OfPeople => self.after(frame.at, frame.at + 3, words::OF).is_some_and(|np| self.is_people(np)),
            Test::Phones => {
                !frame.passive
                    && object.is_some_and(|np| {
                        self.names_person(np).is_some()
                            && !matches!(self.kind(np + 1), Some(K::Noun | K::Subordinator | K::Verb))
                    })
            }
            Test::AfterAgent => [words::WITH, words::TO]
                .iter()
                .any(|p| self.after(frame.at, end, *p).is_some_and(|np| self.is_agent(np))),
            Test::NotTold => subject.is_some_and(|np| self.is_agent(np) && !self.is_told(np)),
            Test::Be => frame.verb.is_some(),
            Test::Infinitive => infinitive,
            Test::InfinitiveOrFor => infinitive || self.after(frame.at, end, words::FOR).is_some(),
            Test::InfinitiveOrObject => infinitive || object.is_some(),
            Test::CallFor => {
                self.after(frame.at, end, words::FOR).is_some_and(|np| np <= frame.at + 4)
                    || (object.is_none()
                        && self.after(frame.at, end, words::ON).is_some()
                        && infinitive_near(self, frame.at, end))
            }
            Test::Express => frame.carrier & flag::EXPRESS != 0 && !frame.passive,
            Test::Carry => frame.carrier & (flag::CARRY | flag::HOLD) != 0,
            Test::Hold => frame.carrier & (flag::HOLD | flag::CARRY) != 0,
            Test::ForHelp => object.and_then(|np| self.after(np, end, words::FOR)).is_some_and(|np| {
                let chunk = self.chunk(np);
                self.flags(chunk.head) & flag::RELIEF != 0
            }),
            Test::Crowd => {
                subject.is_some_and(|np| self.is_people(np)) && !infinitive && {
                    let next = self.sheet.chunks.get(frame.at + 1);
                    next.is_none_or(|c| matches!(c.kind, K::Preposition | K::Time | K::Stop))
                }
            }
            Test::Reports => {
                let next = self.kind(frame.at + 1);
                !frame.passive
                    && subject.is_some_and(|np| self.is_agent(np))
                    && matches!(next, None | Some(K::Relative | K::Noun | K::Stop | K::Pronoun))
            }
        }
    }

    /// Whether a phrase names what can be seized: drugs, goods, an amount of them.
    fn is_goods(&self, np: usize, end: usize) -> bool {
        let until = end.min(self.sheet.chunks.len());
        let in_phrase = |i: usize| {
            let chunk = self.chunk(i);
            (chunk.first..chunk.end).any(|t| {
                let token = &self.tokens[t as usize];
                token.has(class::ITEM) || self.words.of(token).contexts.meets(DRUGS)
            }) || self.entities.amounts.iter().any(|a| {
                a.kind != AmountKind::Count
                    && a.kind != AmountKind::Percent
                    && a.first < chunk.end
                    && chunk.first < a.end
            })
        };
        in_phrase(np)
            || np + 2 < until
                && self.chunk(np + 1).preposition == words::OF
                && self.is_nominal(np + 2)
                && in_phrase(np + 2)
    }

    /// Whether a phrase points back to parties told before: "they", "both sides", "the two leaders".
    pub fn is_told(&self, np: usize) -> bool {
        let chunk = self.chunk(np);
        if chunk.kind == K::Pronoun {
            return self.flags(chunk.head) & flag::THEY != 0;
        }
        self.flags(chunk.head) & flag::PAIR != 0
            && (chunk.first..chunk.end).all(|t| self.mention(t).is_none())
            && (chunk.first..chunk.head).any(|t| self.flags(t) & (flag::TWO | flag::DEFINITE) != 0)
    }

    /// The parties of a rule's frame: who acts and to whom.
    pub fn parties(
        &self,
        rule: &Rule,
        frame: &Frame,
        told: &[Party],
        actors: &mut Vec<Party>,
        recipients: &mut Vec<Party>,
    ) {
        let end = frame.reach;
        for (part, source) in &rule.frame {
            let out = match part {
                Part::Actor => &mut *actors,
                Part::Recipient => &mut *recipients,
                Part::Place => continue,
            };
            match source {
                Source::Subject => self.all(frame.subject, told, out),
                Source::Light => self.all(frame.light, told, out),
                Source::Object => self.all(frame.object, told, out),
                Source::FirstObject => {
                    let first = frame.object.filter(|(np, _)| {
                        self.is_agent(*np) && (self.is_nominal(np + 1) || self.chunk_is_with(np + 1))
                    });
                    self.all(first.map(|(np, _)| (np, np + 1)), told, out);
                }
                Source::Owner => {
                    if let Some((np, region)) = frame.object {
                        if self.is_agent(np) {
                            self.all(Some((np, region)), told, out);
                        } else {
                            push(out, self.owner(np));
                        }
                    }
                }
                Source::Possessor => {
                    let chunk = self.chunk(frame.at);
                    let possessed =
                        (chunk.first..chunk.head).any(|t| matches!(self.sheet.tag(t), Tag::Genitive | Tag::Possessive));
                    if possessed {
                        push(out, self.owner(frame.at));
                    }
                }
                Source::ForOwner => {
                    if out.is_empty() {
                        let after = self.after(frame.at, end, words::FOR);
                        push(out, after.and_then(|np| self.owner(np)));
                    }
                }
                Source::After(preposition) => {
                    let from = if rule.word == WordKind::Noun { frame.at } else { frame.verb.unwrap_or(frame.at) };
                    if let Some(np) = self.after(from, end, *preposition) {
                        let near = rule.word != WordKind::Noun || *preposition != words::OF || np <= frame.at + 2;
                        if near && (self.is_agent(np) || *preposition == words::OF || *preposition == words::FROM) {
                            self.all(Some((np, end)), told, out);
                        }
                    }
                }
                Source::Complement => {}
            }
        }
    }

    fn chunk_is_with(&self, at: usize) -> bool {
        self.kind(at) == Some(K::Preposition) && self.chunk(at).preposition == words::WITH
    }

    /// All parties of a list of phrases.
    fn all(&self, region: Option<(usize, usize)>, told: &[Party], out: &mut Vec<Party>) {
        let Some((np, end)) = region else { return };
        if self.is_told(np) {
            let known = out.len();
            self.all_linked(np).for_each(|p| push(out, Some(p)));
            if out.len() - known < 2 {
                out.truncate(known);
                told.iter().for_each(|p| push(out, Some(*p)));
            }
            return;
        }
        let mut heads = Heads::default();
        self.list(np, end, &mut heads);
        let names = |i: usize| self.mention(self.chunk(i).head).is_some();
        for &head in heads.iter() {
            push(out, self.party(head));
            // "the ministers of Norway, Sweden and Finland": those of an office are parties by their countries.
            if !names(head) && self.chunk(head).kind == K::Noun {
                self.members(head, end, out);
            }
        }
    }

    /// The names in the chain of "of" behind an unnamed phrase.
    fn members(&self, head: usize, end: usize, out: &mut Vec<Party>) {
        let mut at = head + 1;
        let mut found = false;
        while at + 1 < end.min(self.sheet.chunks.len()) && self.is_nominal(at + 1) {
            let chain = match self.kind(at) {
                Some(K::Preposition) => {
                    matches!(self.chunk(at).preposition, words::OF | words::FROM)
                }
                Some(K::Comma | K::Conjunction) => found,
                _ => false,
            };
            if !chain {
                return;
            }
            if let Some(mention) = self.mention(self.chunk(at + 1).head).filter(|m| self.can_act(m)) {
                found = true;
                if mention.kind != crate::entities::EntityType::Person {
                    push(out, self.party(at + 1));
                }
            } else if found {
                return;
            }
            at += 2;
        }
    }
}

fn infinitive_near(clause: &Clause<'_>, at: usize, end: usize) -> bool {
    (at + 1..end + 1).any(|i| clause.kind(i) == Some(K::Verb) && clause.chunk(i).verb & verb::INFINITIVE != 0)
}

/// Adds a party once.
pub fn push(out: &mut Vec<Party>, party: Option<Party>) {
    const MOST: usize = 12;
    let Some(party) = party else { return };
    let named = party.entity != crate::dictionary::NONE;
    let known = out.iter().any(|p| p.entity == party.entity && (named || p.first == party.first));
    if !known && out.len() < MOST {
        out.push(party);
    }
}

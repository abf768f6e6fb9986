//! Tries a rule on its trigger: what it needs is there, and who takes which part.

use super::Party;
use super::catalogue::{Part, Source, Test, WordKind};
use super::clause::{Clause, Heads};
use super::frame::Frame;
use super::plan::{Ask, Plans, Step};
use super::plover::DRUGS;
use super::rows::Row;
use super::syntax::{ChunkKind as K, Tag, verb};
use super::words::{self, flag};
use crate::dictionary::{NONE, class};
use crate::entities::amount::{Amount, AmountKind};

impl Clause<'_> {
    /// Whether all that a rule needs, or some of it, stands beside its trigger.
    pub fn fits(&self, plans: &Plans, steps: &[Step], frame: &Frame) -> bool {
        steps.iter().all(|step| self.meets(plans, step, frame))
    }

    #[inline]
    fn meets(&self, plans: &Plans, step: &Step, frame: &Frame) -> bool {
        let object = frame.object.map(|(np, _)| np);
        let list = plans.words(step);
        let heads = |np: usize| list.contains(&self.word(self.chunk(np).head));
        // "two million in aid", "a number of prisoners": the word may stand behind what measures it.
        let measured = |np: usize| {
            let measures = |preposition: &u8| self.after(np, np + 3, *preposition);
            [words::OF, words::IN].iter().filter_map(measures).any(heads)
        };
        let names = |np: usize| heads(np) || measured(np);
        let stands_before = || {
            let chunk = self.chunk(frame.at);
            (chunk.first.max(chunk.head.saturating_sub(3))..chunk.head).any(|t| list.contains(&self.word(t)))
        };
        match step.ask {
            Ask::Object => object.is_some_and(names),
            Ask::ObjectOrPeople => object.is_some_and(|np| names(np) || self.is_people(np)),
            Ask::ObjectOrPlace => object.is_some_and(|np| names(np) || self.is_place(np)),
            Ask::Subject => frame.subject.is_some_and(|(np, _)| heads(np)),
            Ask::Particle => self.particle(frame.at).is_some_and(|t| list.contains(&self.word(t))),
            Ask::Near => self.near(frame.at).any(|t| list.contains(&self.word(t))),
            Ask::NotObject => !object.is_some_and(heads),
            Ask::Before => stands_before(),
            Ask::NotBefore => !stands_before(),
            Ask::After => {
                self.after_any(frame.at, frame.end, step.prepositions).is_some()
                    || step.prepositions >> words::TO & 1 != 0 && self.leads_to_infinitive(frame)
            }
            Ask::Is(test) => self.test(test, frame),
        }
    }

    /// Whether an infinitive completes a trigger: right behind it, behind its object, or where its clause ends.
    fn leads_to_infinitive(&self, frame: &Frame) -> bool {
        [frame.at + 1, frame.at + 2, frame.end].iter().any(|&at| self.is_verb(at, verb::INFINITIVE))
    }

    #[inline]
    fn test(&self, test: Test, frame: &Frame) -> bool {
        let end = frame.end;
        let infinitive = || self.leads_to_infinitive(frame);
        let object = frame.object.map(|(np, _)| np);
        let subject = frame.subject.map(|(np, _)| np);
        match test {
            // A passive has whom it happened to, found or not.
            Test::AnyObject => {
                object.is_some() || frame.passive && self.is_finite(frame.at) && self.kind(frame.at) == Some(K::Verb)
            }
            Test::AnySubject => subject.is_some_and(|np| self.is_agent(np)),
            Test::AgentSubject => subject.is_some_and(|np| self.is_agent(np)),
            Test::AgentObject => object.is_some_and(|np| self.is_agent(np)),
            Test::Sum => object.is_some_and(|np| self.is_sum(np)),
            Test::Possessed => self.is_possessed(frame.at),
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
            Test::OfPeople => (self.after(frame.at, frame.at + 3, words::OF))
                .is_some_and(|np| self.is_people(np) || self.is_agent(np)),
            Test::Phones => {
                !frame.passive
                    && object.is_some_and(|np| {
                        let named = self.head_of(np, np + 3);
                        (self.names_person(named).is_some() || self.is_office(self.chunk(np).head))
                            && !matches!(self.kind(np + 1), Some(K::Noun | K::Subordinator | K::Verb))
                    })
            }
            Test::AfterAgent => [words::WITH, words::TO]
                .iter()
                .any(|p| self.after(frame.at, end, *p).is_some_and(|np| self.is_agent(np))),
            Test::NotTold => subject.is_some_and(|np| self.is_agent(np) && !self.is_told(np)),
            Test::Be => frame.verb.is_some(),
            Test::Infinitive => infinitive(),
            Test::InfinitiveOrFor => infinitive() || self.after(frame.at, end, words::FOR).is_some(),
            Test::InfinitiveOrObject => infinitive() || object.is_some(),
            Test::CallFor => {
                self.after(frame.at, end, words::FOR).is_some_and(|np| np <= frame.at + 4)
                    || (object.is_none()
                        && self.after(frame.at, end, words::ON).is_some()
                        && infinitive_near(self, frame.at, end))
            }
            Test::Express => frame.carrier & flag::EXPRESS != 0 && !frame.passive,
            Test::Carry => frame.carrier & (flag::CARRY | flag::HOLD) != 0,
            Test::Hold => frame.carrier & (flag::HOLD | flag::CARRY) != 0,
            Test::Cause => frame.carrier & (flag::CAUSE | flag::CARRY | flag::HOLD | flag::PAY) != 0,
            Test::ForHelp => object.and_then(|np| self.after(np, end, words::FOR)).is_some_and(|np| {
                let chunk = self.chunk(np);
                self.flags(chunk.head) & flag::RELIEF != 0
            }),
            Test::Crowd => {
                subject.is_some_and(|np| self.is_people(np)) && !infinitive() && {
                    let next = self.sheet.chunks.get(frame.at + 1);
                    next.is_none_or(|c| matches!(c.kind, K::Preposition | K::Time | K::Stop))
                }
            }
            Test::Reports => {
                // "said on Monday that"
                let governs = self.kind(frame.at + 1) == Some(K::Preposition);
                let timed = usize::from(governs) + 1;
                let is_timed = self.kind(frame.at + timed) == Some(K::Time);
                let next = self.kind(frame.at + 1 + if is_timed { timed } else { 0 });
                !frame.passive
                    && matches!(next, None | Some(K::Relative | K::Noun | K::Stop | K::Pronoun))
                    && subject.is_some_and(|np| self.is_agent(np))
            }
        }
    }

    /// The tokens behind a trigger in its clause, as far as they can belong to it.
    fn near(&self, at: usize) -> impl Iterator<Item = u32> + '_ {
        const FAR: usize = 8;
        let end = self.sheet.rows.next(at + 1, |r| r.of(K::Stop) | r.of(K::Quoted));
        let end = end.unwrap_or(self.sheet.chunks.len()).min(at + 1 + FAR);
        let first = self.chunk(at).head + 1;
        first..self.chunk(end - 1).end
    }

    /// Whether a phrase is a sum of money, or says what a sum is of: "20 million euros", "$3 million in aid".
    fn is_sum(&self, np: usize) -> bool {
        let chunk = self.chunk(np);
        let inside = |a: &Amount| a.first < chunk.end && chunk.first < a.end;
        self.entities.amounts.iter().any(|a| a.kind == AmountKind::Money && inside(a))
    }

    /// Whether a pronoun owns a noun: "its troops".
    pub(super) fn is_own(&self, at: usize) -> bool {
        let chunk = self.chunk(at);
        (chunk.first..chunk.head).any(|t| self.sheet.tag(t) == Tag::Possessive)
    }

    /// Whether somebody owns a noun: "Norway's refusal", "their refusal".
    pub fn is_possessed(&self, at: usize) -> bool {
        let chunk = self.chunk(at);
        (chunk.first..chunk.head).any(|t| matches!(self.sheet.tag(t), Tag::Genitive | Tag::Possessive))
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
            && !self.is_preposition(np + 1, words::OF)
            && (chunk.first..chunk.end).all(|t| self.mention(t).is_none())
            && (chunk.first..chunk.head).any(|t| self.flags(t) & (flag::TWO | flag::DEFINITE) != 0)
    }

    /// The parties of a rule's frame: who acts and to whom.
    pub fn parties(
        &self,
        (word, parts): (WordKind, &[(Part, Source)]),
        frame: &Frame,
        told: &[Party],
        actors: &mut Vec<Party>,
        recipients: &mut Vec<Party>,
    ) {
        let end = frame.reach;
        for (part, source) in parts {
            let out = match part {
                Part::LastActor if !actors.is_empty() => continue,
                Part::Actor | Part::LastActor => &mut *actors,
                Part::LastRecipient if !recipients.is_empty() => continue,
                Part::Recipient | Part::LastRecipient => &mut *recipients,
                Part::Place => continue,
            };
            match source {
                Source::Subject => self.acting(frame.subject, frame, told, out),
                Source::Light => self.acting(frame.light, frame, told, out),
                Source::Object => self.all(frame.object, told, out),
                Source::FirstObject => {
                    let first = frame.object.filter(|(np, _)| {
                        self.is_agent(*np) && (self.is_nominal(np + 1) || self.is_preposition(np + 1, words::WITH))
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
                    push(out, self.possessor(frame.at));
                }
                Source::ForOwner => {
                    if out.is_empty() {
                        let after = self.after(frame.at, end, words::FOR);
                        push(out, after.and_then(|np| self.owner(np)));
                    }
                }
                Source::After(preposition) => {
                    let from = frame.governor(word);
                    if let Some(np) = self.after(from, end, *preposition) {
                        let near = word != WordKind::Noun || *preposition != words::OF || np <= frame.at + 2;
                        let is_thing = matches!(*preposition, words::OF | words::FROM) && !self.is_own(np);
                        if near && (self.is_agent(np) || is_thing) {
                            self.all(Some((np, end)), told, out);
                        }
                    }
                }
                Source::Reported => {
                    let verb = self.sheet.rows.next(frame.at + 1, Row::finite);
                    self.all(verb.and_then(|verb| self.subject(verb, 0)), told, out);
                }
                Source::Complement => {}
            }
        }
    }

    /// Who is sent somewhere, where nobody is told who sends them.
    pub fn moved(&self, frame: &Frame, told: &[Party], out: &mut Vec<Party>) {
        self.all(frame.object.filter(|(np, _)| self.is_agent(*np)), told, out);
    }

    /// "Norway said it would send": who spoke, where the subject is a pronoun right behind and nobody knows for whom it
    /// stands.
    pub fn speaker(&self, frame: &Frame, told: &[Party], out: &mut Vec<Party>) {
        let subject = frame.subject.or(frame.light).map(|(np, _)| np);
        let Some(np) = subject.filter(|np| self.kind(*np) == Some(K::Pronoun)) else { return };
        // "said on Monday that they": only when it was said stands between.
        let between = |i: usize| matches!(self.kind(i), Some(K::Preposition | K::Time | K::Relative));
        let near = |says: &usize| np - says <= 3 || (says + 1..np).all(between);
        let Some(says) = self.verb_left(np).filter(near) else { return };
        if self.flags(self.chunk(says).head) & flag::REPORT != 0 {
            self.all(self.subject(says, 0), told, out);
        }
    }

    /// All who act as the subject of a frame. "It" for which no name is known is who is said to say so, and what only a
    /// relative clause tells of acts only if it can: "a fire that killed three".
    fn acting(&self, region: Option<(usize, usize)>, frame: &Frame, told: &[Party], out: &mut Vec<Party>) {
        let before = frame.verb.and_then(|verb| verb.checked_sub(1));
        let is_relative = before.is_some_and(|before| self.kind(before) == Some(K::Relative));
        if is_relative && !frame.passive && region.is_some_and(|(np, _)| !self.is_agent(np)) {
            return;
        }
        let known = out.len();
        self.all(region, told, out);
        if out.len() == known {
            self.speaker(frame, told, out);
        }
    }

    /// All parties of a list of phrases.
    pub(super) fn all(&self, region: Option<(usize, usize)>, told: &[Party], out: &mut Vec<Party>) {
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

    /// The names in the chain of "of" behind an unnamed phrase. Of one name, it is the phrase's own: "the government of
    /// Norway" is one party, and Norwegian.
    fn members(&self, head: usize, end: usize, out: &mut Vec<Party>) {
        let known = out.len();
        self.named_members(head, end, out);
        let (before, members) = out.split_at_mut(known);
        let is_own = |whole: &&mut Party| whole.entity == NONE && whole.end == self.chunk(head).end;
        let Some(whole) = before.last_mut().filter(is_own) else { return };
        match members {
            [] => {}
            [member] => {
                if whole.country == [0; 2] {
                    whole.country = member.country;
                }
                if self.is_preposition(head + 1, words::OF) {
                    whole.end = member.end;
                }
                out.truncate(known);
            }
            members => {
                members.iter_mut().filter(|p| p.sector == 0).for_each(|p| p.sector = whole.sector);
                out.remove(known - 1);
            }
        }
    }

    fn named_members(&self, head: usize, end: usize, out: &mut Vec<Party>) {
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

/// Whether two parties are the same words or the same name.
pub fn is_same(one: &Party, other: &Party) -> bool {
    one.first == other.first || one.entity == other.entity && one.entity != NONE
}

/// Adds a party once.
pub fn push(out: &mut Vec<Party>, party: Option<Party>) {
    const MOST: usize = 12;
    let Some(party) = party else { return };
    let named = party.entity != NONE;
    let known = out.iter().any(|p| p.entity == party.entity && (named || p.first == party.first));
    if !known && out.len() < MOST {
        out.push(party);
    }
}

//! How a trigger stands in its clause: its verb, its subject and object, whether it happened.

use super::Realis;
use super::catalogue::WordKind;
use super::clause::Clause;
use super::plan::Plan;
use super::rows::Row;
use super::syntax::{ChunkKind as K, Tag, verb};
use super::words::{self, flag};

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

impl Frame {
    /// What governs the prepositions of a trigger that is such a word: the noun itself, or the verb.
    pub fn governor(&self, word: WordKind) -> usize {
        if word == WordKind::Noun { self.at } else { self.verb.unwrap_or(self.at) }
    }
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
    headline: bool,
    realis: Realis,
    negated: bool,
}

/// How a rule reads a verb; all that read it alike share a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Voice {
    /// In the passive.
    passive: bool,
    /// A particle belongs to it.
    has_particle: bool,
}

impl Deed {
    /// How a rule reads it.
    pub fn voice(&self, plan: &Plan) -> Voice {
        Voice { passive: self.passive || self.headline && plan.has_headline, has_particle: plan.has_particle }
    }
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
        let negated = negated || subject.map(|(np, _)| np).into_iter().chain(object).any(|np| self.is_nobody(np));
        Some(Deed {
            at,
            end: self.right_end(at),
            subject,
            object,
            passive: chunk.verb & verb::PASSIVE != 0 || reduced || (object.is_none() && self.shares_auxiliary(at)),
            headline: chunk.verb & verb::BARE != 0 && object.is_none() && self.may_be_headline(at),
            realis,
            negated,
        })
    }

    /// "were found and seized": a bare form behind "and" shares the auxiliary of the passive before it.
    fn shares_auxiliary(&self, at: usize) -> bool {
        self.chunk(at).verb & verb::BARE != 0
            && at >= 2
            && self.kind(at - 1) == Some(K::Conjunction)
            && self.is_verb(at - 2, verb::PASSIVE)
    }

    /// "No one", "nobody", "none of them", "no soldiers": what happens to nobody does not happen.
    #[inline]
    fn is_nobody(&self, np: usize) -> bool {
        let chunk = self.chunk(np);
        self.sheet.is_any_nobody(chunk.first.saturating_sub(1), chunk.head + 1)
    }

    /// "Boats seized in Riga": a headline leaves out "were". So does what is told of somebody between commas: "Ozols,
    /// kidnapped on Monday, was freed".
    fn may_be_headline(&self, at: usize) -> bool {
        let is_aside = at > 0 && self.kind(at - 1) == Some(K::Comma);
        match self.kind(at + 1) {
            Some(K::Time) => is_aside,
            Some(K::Preposition) => match self.chunk(at + 1).preposition {
                words::BY | words::IN | words::AT | words::NEAR => true,
                words::ON => is_aside,
                _ => false,
            },
            _ => false,
        }
    }

    /// The frame of a verb trigger.
    pub fn verb_frame(&self, deed: &Deed, Voice { passive, has_particle }: Voice) -> Frame {
        let Deed { at, end, subject, realis, negated, .. } = *deed;
        let (subject, object) = if passive {
            (self.after(at, end, words::BY).map(|np| (np, end)), subject)
        } else {
            let object = if has_particle { self.object_behind_particle(at) } else { deed.object };
            (subject, object.map(|np| (np, end)))
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

    /// "if the police arrest": what binds the verb's clause makes it a condition.
    fn is_conditional(&self, at: usize) -> bool {
        let binds = |r: &Row| r.of(K::Subordinator) | r.of(K::Stop) | r.of(K::Comma) | r.of(K::Quoted) | r.finite();
        let bound = self.sheet.rows.last(at, binds).filter(|&i| self.kind(i) == Some(K::Subordinator));
        bound.is_some_and(|i| self.words.is_condition(self.tokens[self.chunk(i).head as usize].word))
    }

    /// "usually": what its verb tells happens in general.
    fn is_habit(&self, token: u32) -> bool {
        self.sheet.tag(token) == Tag::Adverb && self.words.is_habit(self.tokens[token as usize].word)
    }

    /// The light verb that carries a noun, and whether in the passive.
    fn carrier(&self, at: usize) -> Option<(usize, bool)> {
        let light = |i: usize| self.kind(i) == Some(K::Verb) && self.flags(self.chunk(i).head) & flag::LIGHT != 0;
        let active = |i: usize| light(i) && self.chunk(i).verb & verb::PASSIVE == 0;
        let before = at.checked_sub(1)?;
        if active(before) {
            return Some((before, false));
        }
        // "began a round of talks"
        if self.is_preposition(before, words::OF) && before >= 2 && self.kind(before - 1) == Some(K::Noun) {
            let counts = self.mention(self.chunk(before - 1).head).is_none() && !self.is_agent(before - 1);
            if counts && active(before - 2) {
                return Some((before - 2, false));
            }
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
            // "said it would send": what was to come when it was said.
            let meant = self.flags(chunk.first) & flag::PLAN != 0;
            let says = |verb: usize| self.flags(self.chunk(verb).head) & flag::REPORT != 0;
            let told = meant && self.verb_left(at).is_some_and(says);
            if told { Realis::Future } else { Realis::Hypothetical }
        } else if chunk.verb & verb::BARE == 0 && (chunk.first..chunk.head).any(|t| self.is_habit(t)) {
            Realis::Generic
        } else if self.is_conditional(at) {
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
}

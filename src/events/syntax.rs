//! A shallow parser: one sentence as a row of chunks.
//!
//! Events need the noun phrases beside a verb, not a tree. So each token gets a part of speech from closed classes,
//! endings and its two neighbours, and runs of tokens become chunks: noun phrases, verb groups, and the small words
//! that bind them. Names and expressions of time, found before, are taken as they are. One pass each; no search.

use super::detect::Input;
use super::words::{self, Words, flag};
use crate::entities::Entities;
use crate::entities::time::TimeKind;
use crate::segment::Sentence;
use crate::token::{Token, form};

/// Part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    Unknown,
    Noun,
    Adjective,
    Name,
    Determiner,
    Possessive,
    /// `'s`
    Genitive,
    Pronoun,
    There,
    /// A finite form that is nothing else.
    Verb,
    /// A plain form, which may be a noun.
    Base,
    /// A past tense or participle.
    Past,
    Ing,
    Be,
    Have,
    Do,
    Modal,
    Negation,
    Adverb,
    To,
    Preposition,
    Conjunction,
    Subordinator,
    Relative,
    Time,
    Comma,
    Dash,
    Stop,
    Quoted,
    /// Says nothing here: a hyphen inside a word, what stands in brackets.
    Skip,
}

/// What a chunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkKind {
    Noun,
    Pronoun,
    Verb,
    Preposition,
    Conjunction,
    Subordinator,
    Relative,
    Time,
    Comma,
    Dash,
    Stop,
    Quoted,
}

/// What a verb group is; bits of [`Chunk::verb`].
pub mod verb {
    /// "was seized"
    pub const PASSIVE: u16 = 1;
    /// "did not", "never"
    pub const NEGATED: u16 = 1 << 1;
    /// "will", "is to"
    pub const FUTURE: u16 = 1 << 2;
    /// "would", "may"
    pub const UNREAL: u16 = 1 << 3;
    /// "to seize"
    pub const INFINITIVE: u16 = 1 << 4;
    /// "seizing"
    pub const ING: u16 = 1 << 5;
    /// A past form without an auxiliary: past tense or a participle after a noun.
    pub const BARE: u16 = 1 << 6;
    /// "is", "was" as the main verb.
    pub const COPULA: u16 = 1 << 7;
}

/// A run of tokens that stand together.
#[derive(Clone, Copy, Debug)]
pub struct Chunk {
    /// What it is.
    pub kind: ChunkKind,
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// Its head: the last noun, the main verb.
    pub head: u32,
    /// Bits of [`verb`].
    pub verb: u16,
    /// Of a preposition: its number.
    pub preposition: u8,
}

/// One sentence, parsed.
#[derive(Debug, Default)]
pub struct Sheet {
    first: usize,
    tags: Vec<Tag>,
    /// Its chunks, in order.
    pub chunks: Vec<Chunk>,
}

impl Sheet {
    /// Parses a sentence, replacing what was here.
    pub fn read(&mut self, words: &Words, article: Input<'_>, sentence: &Sentence) {
        let Input { text, tokens, entities, .. } = article;
        self.first = sentence.first as usize;
        self.tags.clear();
        self.chunks.clear();
        let range = sentence.range();
        for at in range.clone() {
            self.tags.push(raw_tag(words, text, tokens, at, range.start));
        }
        self.lay_over(tokens, sentence, entities);
        for at in article.dateline.map_or(0..0, |d| d.whole.clone()) {
            if sentence.range().contains(&(at as usize)) {
                self.tags[at as usize - self.first] = Tag::Stop;
            }
        }
        for at in 0..self.tags.len() {
            if let Tag::Past | Tag::Ing | Tag::Base = self.tags[at] {
                self.tags[at] = self.settle(at);
            }
        }
        self.tail_verbs(words, tokens);
        self.chunk(words, tokens);
    }

    /// "…, the agency reports.": at the end, after a name, what may be a noun is the verb of saying.
    fn tail_verbs(&mut self, words: &Words, tokens: &[Token]) {
        for at in 1..self.tags.len() {
            let open = matches!(self.tags[at], Tag::Unknown | Tag::Noun | Tag::Base);
            let says = || words.of(&tokens[self.first + at]).flags & flag::REPORT != 0;
            if open
                && says()
                && matches!(self.tags[at - 1], Tag::Name | Tag::Pronoun)
                && matches!(self.after(at), Tag::Stop | Tag::Relative)
            {
                self.tags[at] = Tag::Verb;
            }
        }
    }

    /// Part of speech of a token of the sentence.
    pub fn tag(&self, token: u32) -> Tag {
        self.tags[token as usize - self.first]
    }

    /// The chunk that holds a token; none for what binds or stands in brackets.
    pub fn chunk_at(&self, token: u32) -> Option<usize> {
        let at = self.chunks.partition_point(|c| c.end <= token);
        (self.chunks.get(at)?.first <= token).then_some(at)
    }

    /// Names, times, quotations and brackets are known already: they overrule the words inside them.
    fn lay_over(&mut self, tokens: &[Token], sentence: &Sentence, entities: &Entities) {
        use crate::entities::EntityType as E;
        let base = sentence.first;
        let (first, end) = (sentence.first, sentence.end);
        let put = |from: u32, to: u32, tag: Tag, tags: &mut Vec<Tag>| {
            for at in from.max(first)..to.min(end) {
                tags[(at - base) as usize] = tag;
            }
        };
        let at = entities.mentions.partition_point(|m| m.end <= first);
        for m in entities.mentions[at..].iter().take_while(|m| m.first < end) {
            if let E::Person | E::Org | E::Gpe | E::Loc | E::Fac | E::Norp | E::Event = m.kind {
                put(m.first, m.end, Tag::Name, &mut self.tags);
            }
        }
        let at = entities.times.partition_point(|t| t.end <= first);
        for t in entities.times[at..].iter().take_while(|t| t.first < end) {
            let after = tokens.get(t.end as usize).filter(|_| t.end < end);
            let leads = after.is_some_and(|a| {
                let tag = self.tags[(t.end - base) as usize];
                tag == Tag::Genitive || (a.form & form::WORD != 0 && is_nominal(tag))
            });
            let inside = t.first > first
                && matches!(
                    self.tags[(t.first - 1 - base) as usize],
                    Tag::Determiner | Tag::Possessive | Tag::Genitive | Tag::Adjective
                );
            if t.kind == TimeKind::Duration || (leads && inside) {
                put(t.first, t.end, Tag::Noun, &mut self.tags);
            } else {
                put(t.first, t.end, Tag::Time, &mut self.tags);
            }
        }
        let at = entities.quotations.partition_point(|q| q.end <= first);
        for q in entities.quotations[at..].iter().take_while(|q| q.first < end) {
            put(q.first, q.end, Tag::Quoted, &mut self.tags);
        }
        let mut open = None;
        for at in 0..self.tags.len() {
            let token = &tokens[base as usize + at];
            if token.is_symbol(b'(') || token.is_symbol(b'[') {
                open = Some(at);
            } else if (token.is_symbol(b')') || token.is_symbol(b']'))
                && let Some(from) = open.take()
            {
                self.tags[from..=at].fill(Tag::Skip);
            }
        }
    }

    /// Nearest tag to the left that is no adverb; a stop at the sentence's begin.
    fn before(&self, at: usize) -> Tag {
        let bound = |t: &&Tag| !matches!(t, Tag::Adverb | Tag::Negation | Tag::Skip);
        *self.tags[..at].iter().rev().find(bound).unwrap_or(&Tag::Stop)
    }

    fn after(&self, at: usize) -> Tag {
        let bound = |t: &&Tag| !matches!(t, Tag::Adverb | Tag::Skip);
        *self.tags[at + 1..].iter().find(bound).unwrap_or(&Tag::Stop)
    }

    /// Decides, for a form that may be several things, by its neighbours.
    fn settle(&self, at: usize) -> Tag {
        use Tag as T;
        let hyphen = self.tags.get(at + 1) == Some(&T::Skip)
            && self.tags.get(at + 2).is_some_and(|t| is_nominal(*t) || *t == T::Past)
            || at > 0 && self.tags[at - 1] == T::Skip && at > 1 && is_nominal(self.tags[at - 2]);
        let (p, n) = (self.before(at), self.after(at));
        let begins_object = matches!(n, T::Determiner | T::Possessive | T::Name | T::Pronoun | T::Relative);
        match self.tags[at] {
            T::Past if hyphen => T::Adjective,
            T::Past => match p {
                T::Determiner | T::Possessive | T::Genitive | T::Adjective | T::Preposition => T::Adjective,
                // "trade, shared intelligence": inside a list, before a noun, it is an adjective.
                T::Comma | T::Conjunction | T::Stop if matches!(n, T::Noun | T::Unknown) && !self.verb_before(at) => {
                    T::Adjective
                }
                _ => T::Past,
            },
            T::Ing if hyphen => T::Noun,
            T::Ing => match p {
                T::Be => T::Ing,
                T::Determiner | T::Possessive | T::Genitive | T::Adjective => T::Noun,
                T::Noun | T::Unknown | T::Name | T::Pronoun | T::Base => {
                    if begins_object {
                        T::Ing
                    } else {
                        T::Noun
                    }
                }
                T::Stop | T::Comma => match n {
                    T::Comma | T::Stop | T::Verb | T::Be | T::Have | T::Modal => T::Noun,
                    _ => T::Ing,
                },
                T::Preposition | T::To | T::Conjunction | T::Subordinator => match n {
                    T::Comma | T::Stop | T::Preposition | T::Conjunction | T::Time => T::Noun,
                    _ => T::Ing,
                },
                _ => T::Ing,
            },
            T::Base if hyphen => T::Noun,
            T::Base => match p {
                T::To | T::Modal | T::Do => T::Base,
                T::Pronoun => T::Base,
                T::Noun | T::Unknown | T::Name if begins_object || n == T::Preposition => {
                    if self.verb_before(at) || n == T::Preposition { T::Noun } else { T::Base }
                }
                // "to build and protect": a second infinitive.
                T::Conjunction if begins_object && self.infinitive_before(at) => T::Base,
                _ => T::Noun,
            },
            other => other,
        }
    }

    /// Whether a verb stands before, since the last stop.
    fn verb_before(&self, at: usize) -> bool {
        self.tags[..at]
            .iter()
            .rev()
            .take_while(|t| !matches!(t, Tag::Stop | Tag::Relative | Tag::Subordinator))
            .any(|t| matches!(t, Tag::Verb | Tag::Past | Tag::Be | Tag::Have | Tag::Modal | Tag::Do))
    }

    fn infinitive_before(&self, at: usize) -> bool {
        self.tags[..at].windows(2).rev().take(24).any(|w| w == [Tag::To, Tag::Base])
    }

    fn chunk(&mut self, words: &Words, tokens: &[Token]) {
        let mut at = 0;
        while at < self.tags.len() {
            let token = (self.first + at) as u32;
            let single = |kind| Chunk { kind, first: token, end: token + 1, head: token, verb: 0, preposition: 0 };
            let chunk = match self.tags[at] {
                Tag::Skip | Tag::Adverb if !self.leads_verb(at) => {
                    at += 1;
                    continue;
                }
                Tag::Comma => single(ChunkKind::Comma),
                Tag::Dash => single(ChunkKind::Dash),
                Tag::Stop => single(ChunkKind::Stop),
                Tag::Conjunction => single(ChunkKind::Conjunction),
                Tag::Subordinator => single(ChunkKind::Subordinator),
                Tag::Relative => single(ChunkKind::Relative),
                Tag::Pronoun | Tag::There => single(ChunkKind::Pronoun),
                Tag::Quoted | Tag::Time => {
                    let tag = self.tags[at];
                    let run = self.tags[at..].iter().take_while(|t| **t == tag).count();
                    let kind = if tag == Tag::Time { ChunkKind::Time } else { ChunkKind::Quoted };
                    Chunk { end: token + run as u32, ..single(kind) }
                }
                Tag::Preposition => Chunk {
                    preposition: words.of(&tokens[token as usize]).preposition,
                    ..single(ChunkKind::Preposition)
                },
                Tag::To if !self.leads_verb(at) => Chunk { preposition: words::TO, ..single(ChunkKind::Preposition) },
                _ if self.leads_verb(at) => self.verb_group(words, tokens, at),
                _ => self.noun_phrase(at),
            };
            at = chunk.end as usize - self.first;
            self.chunks.push(chunk);
        }
    }

    /// Whether a verb group begins here: auxiliaries and adverbs with a verb behind them.
    fn leads_verb(&self, at: usize) -> bool {
        for (offset, tag) in self.tags[at..].iter().enumerate() {
            match tag {
                Tag::Adverb | Tag::Negation | Tag::Skip => {}
                Tag::To => {
                    if offset > 0 && self.tags[at] != Tag::Negation {
                        return false;
                    }
                    let next = self.after(at + offset);
                    return matches!(next, Tag::Base | Tag::Be | Tag::Have | Tag::Do | Tag::Verb);
                }
                Tag::Verb | Tag::Past | Tag::Ing | Tag::Base => return true,
                Tag::Be | Tag::Have | Tag::Do | Tag::Modal => return true,
                _ => return false,
            }
        }
        false
    }

    fn verb_group(&self, words: &Words, tokens: &[Token], from: usize) -> Chunk {
        let mut bits = 0;
        let (mut be, mut aux) = (false, false);
        let mut head = from;
        let mut end = from;
        for at in from..self.tags.len() {
            let tag = self.tags[at];
            match tag {
                Tag::Adverb | Tag::Skip => continue,
                Tag::Negation => bits |= verb::NEGATED,
                // "is to visit": a plan; "to visit" alone: an infinitive.
                Tag::To if aux && be => bits |= verb::FUTURE,
                Tag::To if at == from || bits == verb::NEGATED => bits |= verb::INFINITIVE,
                Tag::Modal => {
                    let unreal = words.of(&tokens[self.first + at]).flags & flag::UNREAL != 0;
                    bits |= if unreal { verb::UNREAL } else { verb::FUTURE };
                    aux = true;
                }
                Tag::Be => {
                    be = true;
                    aux = true;
                    head = at;
                }
                Tag::Have | Tag::Do => {
                    aux = true;
                    be = false;
                    head = at;
                }
                Tag::Past => {
                    bits |= if be { verb::PASSIVE } else { 0 };
                    bits |= if aux || bits & verb::INFINITIVE != 0 { 0 } else { verb::BARE };
                    (head, end) = (at, at + 1);
                    be = false;
                    break;
                }
                Tag::Ing => {
                    bits |= if aux { 0 } else { verb::ING };
                    (head, end) = (at, at + 1);
                    be = false;
                    // "being seized"
                    break;
                }
                Tag::Verb | Tag::Base => {
                    (head, end) = (at, at + 1);
                    be = false;
                    break;
                }
                _ => break,
            }
            end = at + 1;
        }
        if be {
            bits |= verb::COPULA;
        }
        Chunk {
            kind: ChunkKind::Verb,
            first: (self.first + from) as u32,
            end: (self.first + end.max(from + 1)) as u32,
            head: (self.first + head) as u32,
            verb: bits,
            preposition: 0,
        }
    }

    fn noun_phrase(&self, from: usize) -> Chunk {
        let mut head = from;
        let mut end = from + 1;
        for at in from..self.tags.len() {
            let tag = self.tags[at];
            let goes_on = match tag {
                // A second article begins a second phrase: "gave Norway the boats".
                Tag::Determiner | Tag::Possessive => at == from || matches!(self.tags[at - 1], Tag::Determiner),
                Tag::Skip => continue,
                Tag::Genitive | Tag::Negation => true,
                tag => is_nominal(tag),
            };
            if !goes_on {
                break;
            }
            if tag != Tag::Genitive {
                head = at;
            }
            end = at + 1;
        }
        Chunk {
            kind: ChunkKind::Noun,
            first: (self.first + from) as u32,
            end: (self.first + end) as u32,
            head: (self.first + head) as u32,
            verb: 0,
            preposition: 0,
        }
    }
}

fn is_nominal(tag: Tag) -> bool {
    matches!(tag, Tag::Noun | Tag::Unknown | Tag::Adjective | Tag::Name | Tag::Base)
}

/// What a token is by itself.
fn raw_tag(words: &Words, text: &str, tokens: &[Token], at: usize, first: usize) -> Tag {
    let token = &tokens[at];
    let glued = |at: usize| tokens.get(at).is_some_and(|t| t.form & form::SPACE == 0);
    if token.form & form::WORD == 0 {
        return match token.symbol {
            // "2,400" is one number.
            b',' if at > first
                && glued(at)
                && glued(at + 1)
                && tokens[at - 1].form & form::DIGIT != 0
                && tokens.get(at + 1).is_some_and(|t| t.form & form::DIGIT != 0) =>
            {
                Tag::Skip
            }
            b',' => Tag::Comma,
            b'\'' if at > first && glued(at) => {
                let s = tokens.get(at + 1).filter(|_| glued(at + 1));
                let plural = tokens[at - 1].of(text).ends_with('s');
                match s {
                    Some(s) if s.of(text).eq_ignore_ascii_case("s") => Tag::Genitive,
                    None if plural => Tag::Genitive,
                    _ => Tag::Skip,
                }
            }
            b'-' if token.form & form::SPACE == 0 && glued(at + 1) => Tag::Skip,
            b'-' => Tag::Dash,
            b'&' => Tag::Conjunction,
            b'"' | b'(' | b')' | b'[' | b']' | b'%' | b'$' | b'/' | b'\'' => Tag::Skip,
            // A full stop inside a sentence belongs to an abbreviation.
            b'.' => Tag::Skip,
            _ => Tag::Stop,
        };
    }
    if token.symbol.eq_ignore_ascii_case(&b's')
        && token.end - token.start == 1
        && at > first
        && tokens[at - 1].is_symbol(b'\'')
        && glued(at)
    {
        return Tag::Genitive;
    }
    let known = words.of(token);
    let next = tokens.get(at + 1);
    if known.flags & flag::HEDGE != 0 && next.is_some_and(|n| n.form & form::DIGIT != 0 || n.symbol == b'$') {
        return Tag::Adverb;
    }
    // "as well as" joins like "and".
    if known.flags & flag::AS != 0 {
        let well = |at: Option<usize>| {
            at.is_some_and(|at| tokens.get(at).is_some_and(|t| words.of(t).flags & flag::WELL != 0))
        };
        if well(Some(at + 1)) {
            return Tag::Conjunction;
        }
        if at > first && well(at.checked_sub(1)) {
            return Tag::Adverb;
        }
    }
    let capital = token.form & form::CAPITAL != 0 && at > first;
    match known.tag {
        Tag::Unknown => {}
        // "Defence Ministry Sets Talks": inside a sentence a capital makes a name of a verb.
        Tag::Verb | Tag::Base | Tag::Past if capital && !is_headline(tokens, at) => return Tag::Noun,
        tag => return tag,
    }
    if token.form & form::DIGIT != 0 || (capital && !is_headline(tokens, at)) {
        return Tag::Noun;
    }
    let word = token.of(text).as_bytes();
    match word {
        [.., b'e', b'd'] if word.len() > 4 => Tag::Past,
        [.., b'i', b'n', b'g'] if word.len() > 5 => Tag::Ing,
        [.., b'l', b'y'] if word.len() > 4 => Tag::Adverb,
        _ => Tag::Unknown,
    }
}

/// Whether every long word around is written with a capital, as in some titles.
fn is_headline(tokens: &[Token], at: usize) -> bool {
    let around = &tokens[at.saturating_sub(3)..(at + 4).min(tokens.len())];
    let mut words = around.iter().filter(|t| t.form & form::WORD != 0 && t.end - t.start > 3);
    around.len() > 5 && words.all(|t| t.form & (form::CAPITAL | form::DIGIT) != 0)
}

//! A shallow parser: one sentence as a row of chunks.
//!
//! Events need the noun phrases beside a verb, not a tree. So each token gets a part of speech from closed classes,
//! endings and its two neighbours, and runs of tokens become chunks: noun phrases, verb groups, and the small words
//! that bind them. Names and expressions of time, found before, are taken as they are: `tags` says what a word is by itself, `settle` asks its neighbours, `chunker` joins. One pass
//! each, and the later ones only over what the first left open.

use super::detect::Input;
use super::tags::raw_tag;
use super::words::{Words, flag};
use crate::dictionary::NONE;
use crate::entities::time::TimeKind;
use crate::entities::{Entities, EntityType};
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

impl Tag {
    /// All tags, each at its own number.
    pub const ALL: [Tag; 30] = {
        use Tag::*;
        [
            Unknown,
            Noun,
            Adjective,
            Name,
            Determiner,
            Possessive,
            Genitive,
            Pronoun,
            There,
            Verb,
            Base,
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
            Skip,
        ]
    };
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
    pub(super) first: usize,
    pub(super) tags: Vec<Tag>,
    /// The mention that covers each token, or [`NONE`].
    mentions: Vec<u32>,
    /// Offsets of forms that may be several things.
    pub(super) open: Vec<u32>,
    /// Offsets of words of saying.
    pub(super) says: Vec<u32>,
    has_brackets: bool,
    /// Its chunks, in order.
    pub chunks: Vec<Chunk>,
}

impl Sheet {
    /// Parses a sentence, replacing what was here.
    pub fn read(&mut self, words: &Words, article: Input<'_>, sentence: &Sentence) {
        let Input { tokens, entities, .. } = article;
        self.clear();
        self.first = sentence.first as usize;
        self.tag_tokens(words, article, sentence);
        self.lay_times(tokens, sentence, entities);
        if self.has_brackets {
            self.blank_brackets(tokens);
        }
        for at in article.dateline.map_or(0..0, |d| d.whole.clone()) {
            if sentence.range().contains(&(at as usize)) {
                self.tags[at as usize - self.first] = Tag::Stop;
            }
        }
        self.settle_open();
        self.tail_verbs();
        self.chunk(words, tokens);
    }

    /// Forgets the sentence: no token of it is in a chunk.
    pub fn clear(&mut self) {
        self.tags.clear();
        self.mentions.clear();
        self.open.clear();
        self.says.clear();
        self.chunks.clear();
        self.has_brackets = false;
    }

    /// Part of speech of a token of the sentence.
    #[inline]
    pub fn tag(&self, token: u32) -> Tag {
        self.tags[token as usize - self.first]
    }

    /// Number of the mention that covers a token of the sentence.
    #[inline]
    pub fn mention(&self, token: u32) -> Option<u32> {
        let number = *self.mentions.get((token as usize).checked_sub(self.first)?)?;
        (number != NONE).then_some(number)
    }

    /// The chunk that holds a token; none for what binds or stands in brackets.
    pub fn chunk_at(&self, token: u32) -> Option<usize> {
        let at = self.chunks.partition_point(|c| c.end <= token);
        (self.chunks.get(at)?.first <= token).then_some(at)
    }

    /// Gives each token its tag. Names and quotations are known already: the words inside them are not asked.
    fn tag_tokens(&mut self, words: &Words, article: Input<'_>, sentence: &Sentence) {
        let Input { tokens, entities, .. } = article;
        let (first, end) = (sentence.first, sentence.end);
        self.mentions.resize((end - first) as usize, NONE);
        let mut mention = entities.mentions.partition_point(|m| m.end <= first);
        let mut quotation = entities.quotations.partition_point(|q| q.end <= first);
        let mut at = first;
        while at < end {
            while entities.quotations.get(quotation).is_some_and(|q| q.end <= at) {
                quotation += 1;
            }
            let quoted = entities.quotations.get(quotation).map_or((end, end), |q| (q.first, q.end));
            if quoted.0 <= at {
                at = self.cover(tokens, at, quoted.1.min(end), Tag::Quoted);
                continue;
            }
            // Mentions of times and amounts name nothing: their words are read like any other.
            let named = loop {
                match entities.mentions.get(mention) {
                    Some(m) if m.first >= end => break (end, end),
                    Some(m) if m.end <= at || !is_name(m.kind) => mention += 1,
                    Some(m) => break (m.first, m.end),
                    None => break (end, end),
                }
            };
            if named.0 <= at {
                at = self.cover(tokens, at, named.1.min(quoted.0).min(end), Tag::Name);
                continue;
            }
            let until = named.0.min(quoted.0).min(end);
            for token in at..until {
                if let Some(tag) = words.plain_tag(&tokens[token as usize]) {
                    self.tags.push(tag);
                    continue;
                }
                let (tag, flags) = raw_tag(words, article, token as usize, first as usize);
                let offset = token - first;
                if let Tag::Past | Tag::Ing | Tag::Base = tag {
                    self.open.push(offset);
                }
                if flags & flag::REPORT != 0 {
                    self.says.push(offset);
                }
                self.has_brackets |= opens_bracket(&tokens[token as usize]);
                self.tags.push(tag);
            }
            at = until;
        }
        let from = entities.mentions.partition_point(|m| m.end <= first);
        for (number, m) in (from as u32..).zip(&entities.mentions[from..]).take_while(|(_, m)| m.first < end) {
            self.mentions[(m.first.max(first) - first) as usize..(m.end.min(end) - first) as usize].fill(number);
        }
    }

    /// Gives the tokens `at..until` one tag; returns `until`.
    fn cover(&mut self, tokens: &[Token], at: u32, until: u32, tag: Tag) -> u32 {
        self.has_brackets |= tokens[at as usize..until as usize].iter().any(opens_bracket);
        self.tags.resize(until as usize - self.first, tag);
        until
    }

    /// An expression of time is one thing, a noun where it stands before another.
    fn lay_times(&mut self, tokens: &[Token], sentence: &Sentence, entities: &Entities) {
        let (first, end) = (sentence.first, sentence.end);
        let at = entities.times.partition_point(|t| t.end <= first);
        for t in entities.times[at..].iter().take_while(|t| t.first < end) {
            let after = tokens.get(t.end as usize).filter(|_| t.end < end);
            let leads = after.is_some_and(|a| {
                let tag = self.tags[(t.end - first) as usize];
                tag == Tag::Genitive || (a.form & form::WORD != 0 && is_nominal(tag))
            });
            let inside = t.first > first
                && matches!(
                    self.tags[(t.first - 1 - first) as usize],
                    Tag::Determiner | Tag::Possessive | Tag::Genitive | Tag::Adjective
                );
            let noun = t.kind == TimeKind::Duration || (leads && inside);
            let covered = (t.first.max(first) - first) as usize..(t.end.min(end) - first) as usize;
            for tag in self.tags[covered].iter_mut().filter(|tag| **tag != Tag::Quoted) {
                *tag = if noun { Tag::Noun } else { Tag::Time };
            }
        }
    }

    /// What stands in brackets says nothing here.
    fn blank_brackets(&mut self, tokens: &[Token]) {
        let mut open = None;
        for at in 0..self.tags.len() {
            let token = &tokens[self.first + at];
            if opens_bracket(token) {
                open = Some(at);
            } else if (token.is_symbol(b')') || token.is_symbol(b']'))
                && let Some(from) = open.take()
            {
                self.tags[from..=at].fill(Tag::Skip);
            }
        }
    }
}

fn opens_bracket(token: &Token) -> bool {
    token.is_symbol(b'(') || token.is_symbol(b'[')
}

/// Whether mentions of a kind are names.
fn is_name(kind: EntityType) -> bool {
    use EntityType as E;
    matches!(kind, E::Person | E::Org | E::Gpe | E::Loc | E::Fac | E::Norp | E::Event)
}

/// Whether a tag may stand in a noun phrase.
pub(super) fn is_nominal(tag: Tag) -> bool {
    matches!(tag, Tag::Noun | Tag::Unknown | Tag::Adjective | Tag::Name | Tag::Base)
}

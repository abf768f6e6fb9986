//! Tags the tokens of a sentence. Names, quotations and times are known already and overrule the words inside them.

use super::detect::Input;
use super::syntax::{Sheet, Tag, is_nominal};
use super::tags::raw_tag;
use super::words::{Words, flag};
use crate::dictionary::NONE;
use crate::entities::time::TimeKind;
use crate::entities::{Entities, EntityType};
use crate::segment::Sentence;
use crate::token::{Token, form};

impl Sheet {
    /// Gives each token its tag. Names and quotations are known already: the words inside them are not asked.
    pub(super) fn tag_tokens(&mut self, words: &Words, article: Input<'_>, sentence: &Sentence) {
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
    pub(super) fn lay_times(&mut self, tokens: &[Token], sentence: &Sentence, entities: &Entities) {
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
    pub(super) fn blank_brackets(&mut self, tokens: &[Token]) {
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

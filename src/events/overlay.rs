//! Tags the tokens of a sentence. Names, quotations and times are known already and overrule the words inside them.

use super::syntax::{Reading, Sheet, Tag, is_nominal};
use super::tags;
use crate::entities::time::TimeKind;
use crate::entities::{Entities, EntityType};
use crate::segment::Sentence;
use crate::token::{Token, form};

impl Sheet {
    /// Gives each token its tag. Names and quotations are known already: the words inside them are not asked.
    pub(super) fn tag_tokens(&mut self, reading: &mut Reading<'_>, sentence: &Sentence) {
        let (words, article) = (reading.words, reading.article);
        let mentions = &article.entities.mentions[..];
        let (first, end) = (self.first, sentence.end as usize);
        // Each is given its tag below.
        self.tags.resize(end - first, Tag::Unknown);
        let Sheet { tags, mentions: numbers, says, open, .. } = self;
        while mentions.get(reading.mentions).is_some_and(|m| m.end <= sentence.first) {
            reading.mentions += 1;
        }
        let mut names = mentions[reading.mentions..].iter().take_while(|m| m.first < sentence.end);
        let mut number = reading.mentions as u32;
        let mut at = first;
        while at < end {
            // The next name, and what stands before it.
            let (mut from, mut until) = (end, end);
            for m in names.by_ref() {
                (m.first..m.end).for_each(|token| numbers[token as usize] = number);
                number += 1;
                // Mentions of times and amounts name nothing: their words are read like any other.
                if is_name(m.kind) {
                    (from, until) = ((m.first as usize).max(at), (m.end as usize).min(end));
                    break;
                }
            }
            for (token, tag) in article.tokens[at..from].iter().zip(&mut tags[at - first..from - first]) {
                let mark = words.mark(token, article.text);
                *tag = mark.tag();
                if mark.asks() {
                    let (now, reports) = if mark.must_look() {
                        tags::look(words, &article, at, first)
                    } else {
                        (mark.tag(), mark.reports())
                    };
                    *tag = now;
                    if reports {
                        says.push((at - first) as u32);
                    }
                    if let Tag::Past | Tag::Ing | Tag::Base = now {
                        open.push((at - first) as u32);
                    }
                }
                at += 1;
            }
            while at < until {
                tags[at - first] = Tag::Name;
                at += 1;
            }
        }
        self.lay_quotations(reading, sentence);
    }

    /// Tags what is quoted as such, also names. What says something in a quotation says nothing of it.
    fn lay_quotations(&mut self, reading: &mut Reading<'_>, sentence: &Sentence) {
        let quotations = &reading.article.entities.quotations;
        let (first, end) = (sentence.first, sentence.end);
        while quotations.get(reading.quotations).is_some_and(|q| q.end <= first) {
            reading.quotations += 1;
        }
        for q in quotations[reading.quotations..].iter().take_while(|q| q.first < end) {
            let from = q.first.max(first);
            let quoted = from - first..q.end.min(end).max(from) - first;
            self.tags[quoted.start as usize..quoted.end as usize].fill(Tag::Quoted);
            self.says.retain(|at| !quoted.contains(at));
        }
    }

    /// An expression of time is one thing, a noun where it stands before another.
    pub(super) fn lay_times(&mut self, reading: &mut Reading<'_>, sentence: &Sentence, entities: &Entities) {
        let (first, end) = (sentence.first, sentence.end);
        let (times, tokens) = (&entities.times, reading.article.tokens);
        while times.get(reading.times).is_some_and(|t| t.end <= first) {
            reading.times += 1;
        }
        self.times = reading.times..reading.times;
        for t in times[reading.times..].iter().take_while(|t| t.first < end) {
            self.times.end += 1;
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

#[inline]
fn opens_bracket(token: &Token) -> bool {
    token.is_symbol(b'(') || token.is_symbol(b'[')
}

/// Whether mentions of a kind are names.
#[inline]
fn is_name(kind: EntityType) -> bool {
    use EntityType as E;
    matches!(kind, E::Person | E::Org | E::Gpe | E::Loc | E::Fac | E::Norp | E::Event)
}

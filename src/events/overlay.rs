//! Tags the tokens of a sentence. Names, quotations and times are known already and overrule the words inside them.

use super::detect::Input;
use super::syntax::{Reading, Sheet, Tag, is_nominal};
use super::tags;
use super::words::Words;
use crate::entities::time::TimeKind;
use crate::entities::{Entities, EntityType};
use crate::segment::Sentence;
use crate::token::{Token, form};
use std::ops::Range;

impl Sheet {
    /// Gives each token its tag. Names and quotations are known already: the words inside them are not asked.
    pub(super) fn tag_tokens(&mut self, reading: &mut Reading<'_>, sentence: &Sentence) {
        let mentions = &reading.article.entities.mentions;
        let (first, end) = (sentence.first, sentence.end);
        let length = (end - first) as usize;
        self.tags.resize(length, Tag::Unknown);
        while mentions.get(reading.mentions).is_some_and(|m| m.end <= first) {
            reading.mentions += 1;
        }
        let mut at = first;
        for (number, m) in (reading.mentions as u32..).zip(&mentions[reading.mentions..]) {
            if m.first >= end {
                break;
            }
            let (from, until) = (m.first.max(first), m.end.min(end));
            (from..until).for_each(|token| self.mentions[token as usize] = number);
            // Mentions of times and amounts name nothing: their words are read like any other.
            if is_name(m.kind) {
                at = self.sweep(reading, sentence, at, from, None);
                at = self.sweep(reading, sentence, at, until, Some(Tag::Name));
            }
        }
        self.sweep(reading, sentence, at, end, None);
    }

    /// Tags the tokens `at..until`: what is quoted as such, the others with `tag`, or as they read. Returns how far
    /// it came: to the end of a quotation that reaches further.
    #[inline]
    fn sweep(
        &mut self,
        reading: &mut Reading<'_>,
        sentence: &Sentence,
        mut at: u32,
        until: u32,
        tag: Option<Tag>,
    ) -> u32 {
        let (first, end) = (sentence.first, sentence.end);
        let quotations = &reading.article.entities.quotations;
        while at < until {
            while quotations.get(reading.quotations).is_some_and(|q| q.end <= at) {
                reading.quotations += 1;
            }
            let quoted = quotations.get(reading.quotations).map_or((end, end), |q| (q.first, q.end));
            let (next, tag) =
                if quoted.0 <= at { (quoted.1.min(end), Some(Tag::Quoted)) } else { (quoted.0.min(until), tag) };
            let stretch = (at - first) as usize..(next - first) as usize;
            match tag {
                Some(tag) => self.tags[stretch].fill(tag),
                None => self.read_tags(reading.words, &reading.article, stretch),
            }
            at = next;
        }
        at
    }

    /// Tags a stretch of the sentence as its tokens read.
    fn read_tags(&mut self, words: &Words, article: &Input<'_>, stretch: Range<usize>) {
        let first = self.first;
        let tokens = &article.tokens[first..first + stretch.end];
        let tags = &mut self.tags[..stretch.end];
        for offset in stretch {
            let mark = words.mark(&tokens[offset], article.text);
            tags[offset] = mark.tag();
            if !mark.asks() {
                continue;
            }
            let (tag, reports) = if mark.must_look() {
                tags::look(words, article, first + offset, first)
            } else {
                (mark.tag(), mark.reports())
            };
            tags[offset] = tag;
            if reports {
                self.says.push(offset as u32);
            }
            if let Tag::Past | Tag::Ing | Tag::Base = tag {
                self.open.push(offset as u32);
            }
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

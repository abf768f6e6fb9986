//! Tags the tokens of a sentence. Names, quotations and times are known already and overrule the words inside them.

use super::detect::Input;
use super::syntax::{Sheet, Tag, is_nominal};
use super::tags;
use super::words::{Words, mark};
use crate::dictionary::NONE;
use crate::entities::time::TimeKind;
use crate::entities::{Entities, EntityType};
use crate::segment::Sentence;
use crate::token::{Token, form};

impl Sheet {
    /// Gives each token its tag. Names and quotations are known already: the words inside them are not asked.
    pub(super) fn tag_tokens(&mut self, words: &Words, article: Input<'_>, sentence: &Sentence) {
        let mentions = &article.entities.mentions;
        let (first, end) = (sentence.first, sentence.end);
        let length = (end - first) as usize;
        self.tags.resize(length, Tag::Unknown);
        self.mentions.resize(length, NONE);
        let mut sweep = Sweep { words, article, first, end, at: first };
        self.passed.mentions += mentions[self.passed.mentions..].iter().take_while(|m| m.end <= first).count();
        for (number, m) in (self.passed.mentions as u32..).zip(&mentions[self.passed.mentions..]) {
            if m.first >= end {
                break;
            }
            let (from, until) = (m.first.max(first), m.end.min(end));
            self.mentions[(from - first) as usize..(until - first) as usize].fill(number);
            // Mentions of times and amounts name nothing: their words are read like any other.
            if is_name(m.kind) {
                self.sweep(&mut sweep, from, None);
                self.sweep(&mut sweep, until, Some(Tag::Name));
            }
        }
        self.sweep(&mut sweep, end, None);
    }

    /// Tags the tokens up to `until`: what is quoted as such, the others with `tag`, or as they read.
    fn sweep(&mut self, sweep: &mut Sweep<'_>, until: u32, tag: Option<Tag>) {
        let Sweep { article, first, end, .. } = *sweep;
        let quotations = &article.entities.quotations;
        while sweep.at < until {
            while quotations.get(self.passed.quotations).is_some_and(|q| q.end <= sweep.at) {
                self.passed.quotations += 1;
            }
            let quoted = quotations.get(self.passed.quotations).map_or((end, end), |q| (q.first, q.end));
            let (until, tag) =
                if quoted.0 <= sweep.at { (quoted.1.min(end), Some(Tag::Quoted)) } else { (quoted.0.min(until), tag) };
            let covered = sweep.at as usize..until as usize;
            match tag {
                Some(tag) => {
                    self.has_brackets |= article.tokens[covered.clone()].iter().any(opens_bracket);
                    self.tags[covered.start - first as usize..covered.end - first as usize].fill(tag);
                }
                None => self.read_tags(sweep, until),
            }
            sweep.at = until;
        }
    }

    /// Tags tokens up to `until` as they read.
    fn read_tags(&mut self, sweep: &Sweep<'_>, until: u32) {
        let Sweep { words, article, first, at, .. } = *sweep;
        let tokens = &article.tokens[first as usize..until as usize];
        let mut offset = (at - first) as usize;
        while offset < tokens.len() {
            let mark = words.mark(&tokens[offset]);
            self.tags[offset] = Tag::ALL[usize::from(mark & mark::TAG)];
            if mark & (mark::LOOK | mark::OPEN) != 0 {
                self.look(sweep, mark, offset);
            }
            offset += 1;
        }
    }

    /// Tags a token whose mark does not tell all.
    #[inline(never)]
    fn look(&mut self, sweep: &Sweep<'_>, mark: u8, offset: usize) {
        if mark & mark::LOOK != 0 {
            let at = sweep.first as usize + offset;
            let (tag, reports) = tags::look(sweep.words, sweep.article, at, sweep.first as usize);
            self.tags[offset] = tag;
            if reports {
                self.says.push(offset as u32);
            }
            self.has_brackets |= opens_bracket(&sweep.article.tokens[at]);
        }
        if let Tag::Past | Tag::Ing | Tag::Base = self.tags[offset] {
            self.open.push(offset as u32);
        }
    }

    /// An expression of time is one thing, a noun where it stands before another.
    pub(super) fn lay_times(&mut self, tokens: &[Token], sentence: &Sentence, entities: &Entities) {
        let (first, end) = (sentence.first, sentence.end);
        let passed = self.times.start;
        let from = passed + entities.times[passed..].iter().take_while(|t| t.end <= first).count();
        self.times = from..from;
        for t in entities.times[from..].iter().take_while(|t| t.first < end) {
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

/// How far the tokens of a sentence are tagged.
struct Sweep<'a> {
    words: &'a Words,
    article: Input<'a>,
    /// The sentence's first token and one past its last.
    first: u32,
    end: u32,
    /// All before have their tag.
    at: u32,
}

fn opens_bracket(token: &Token) -> bool {
    token.is_symbol(b'(') || token.is_symbol(b'[')
}

/// Whether mentions of a kind are names.
fn is_name(kind: EntityType) -> bool {
    use EntityType as E;
    matches!(kind, E::Person | E::Org | E::Gpe | E::Loc | E::Fac | E::Norp | E::Event)
}

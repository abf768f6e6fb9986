//! Tags the tokens of a sentence. Names, quotations and times are known already and overrule the words inside them.

use super::bits::ROW;
use super::marks::{self, NAME};
use super::rows::since;
use super::syntax::{Reading, Sheet, Tag, is_nominal};
use super::tags;
use super::words::flag;
use crate::dictionary::speech::Mark;
use crate::entities::Entities;
use crate::entities::time::{self, TimeKind};
use crate::kernel::each_bit;
use crate::segment::Sentence;
use crate::token::{Token, form};

impl Sheet {
    /// Gives each token its tag. Names and quotations are known already: the words inside them are not asked.
    #[inline(always)]
    pub(super) fn tag_tokens(&mut self, reading: &mut Reading<'_>, sentence: &Sentence) {
        let (words, article) = (reading.words, reading.article);
        let (first, end) = (self.first, sentence.end as usize);
        let Sheet { tags, says, nos, has_nobody, cover, .. } = self;
        *has_nobody = false;
        tags.open(end - first);
        says.clear();
        nos.clear();
        let mut from = first;
        while from < end {
            let to = end.min(from + ROW);
            let tokens = &article.tokens[from..to];
            let row = tags.add();
            for (mark, token) in row.iter_mut().zip(tokens) {
                *mark = marks::mark(token).0;
            }
            let names = cover.named(from) & !since(tokens.len());
            each_bit(names).for_each(|at| row[at % ROW] = NAME.0);
            let mut reporting = marks::reports(row);
            let mut nobody = 0;
            // What stands in a quotation or in an expression of time is tagged as such below.
            for at in each_bit(marks::must_look(row) & !cover.told(from)) {
                let (tag, flags) = tags::look(words, &article, from + at, first);
                row[at % ROW] = Mark::new(tag, false, false).0;
                reporting |= u64::from(flags & flag::REPORT != 0) << at;
                nobody |= u64::from(flags & flag::NO != 0) << at;
            }
            for at in each_bit(cover.between_numbers(from, first) & !names & !since(tokens.len())) {
                if tags::is_inside_number(article.tokens, from + at) {
                    row[at % ROW] = Mark::new(Tag::Skip, false, false).0;
                }
            }
            says.push(reporting);
            nos.push(nobody);
            *has_nobody |= nobody != 0;
            from += ROW;
        }
        // A stretch may end where the last row ends.
        says.push(0);
        nos.push(0);
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
            self.tags.fill(quoted.start as usize, quoted.end as usize, Tag::Quoted);
            self.says.remove(quoted.start as usize, quoted.end as usize);
        }
    }

    /// An expression of time is one thing, a noun where it stands before another.
    #[inline(always)]
    pub(super) fn lay_times(&mut self, reading: &mut Reading<'_>, sentence: &Sentence, entities: &Entities) {
        let (first, end) = (sentence.first, sentence.end);
        self.times = 0..0;
        if !self.cover.is_any_timed(sentence.range()) {
            return;
        }
        let (times, tokens) = (&entities.times, reading.article.tokens);
        while times.get(reading.times).is_some_and(|t| t.end <= first) {
            reading.times += 1;
        }
        let mut next = reading.times;
        while let Some(t) = times.get(next).filter(|t| t.first < end) {
            // A range is one thing as well.
            let last = time::end_of_range(times, next);
            next = last + 1;
            let t_end = times[last].end;
            let after = tokens.get(t_end as usize).filter(|_| t_end < end);
            let leads = after.is_some_and(|a| {
                let tag = self.tags.get((t_end - first) as usize);
                tag == Tag::Genitive || (a.form & form::WORD != 0 && is_nominal(tag))
            });
            let inside = t.first > first
                && matches!(
                    self.tags.get((t.first - 1 - first) as usize),
                    Tag::Determiner | Tag::Possessive | Tag::Genitive | Tag::Adjective
                );
            let noun = t.kind == TimeKind::Duration || (leads && inside);
            let covered = (t.first.max(first) - first) as usize..(t_end.min(end) - first) as usize;
            for at in covered {
                if self.tags.get(at) != Tag::Quoted {
                    self.tags.set(at, if noun { Tag::Noun } else { Tag::Time });
                }
            }
        }
        self.times = reading.times..next;
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
                self.tags.fill(from, at + 1, Tag::Skip);
            }
        }
    }
}

#[inline]
fn opens_bracket(token: &Token) -> bool {
    token.is_symbol(b'(') || token.is_symbol(b'[')
}

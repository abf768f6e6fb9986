//! Joins tagged tokens to chunks: noun phrases, verb groups and the small words that bind them.

use super::syntax::{Chunk, ChunkKind, Sheet, Tag, is_nominal, verb};
use super::words::{self, Words, flag};
use crate::token::Token;

impl Sheet {
    pub(super) fn chunk(&mut self, words: &Words, tokens: &[Token]) {
        use Tag as T;
        let mut at = 0;
        while at < self.tags.len() {
            // A chunk is made of plain numbers and put in its place once: copied together, it would be waited for.
            let one = (at + 1, at, 0);
            let mut preposition = 0;
            let (kind, (end, head, verb)) = match self.tags[at] {
                T::Verb | T::Past | T::Ing | T::Base | T::Be | T::Have | T::Do | T::Modal => {
                    (ChunkKind::Verb, self.verb_group(words, tokens, at))
                }
                T::Skip | T::Adverb | T::Negation | T::To if self.leads_verb(at) => {
                    (ChunkKind::Verb, self.verb_group(words, tokens, at))
                }
                T::Skip | T::Adverb => {
                    // What leads no verb from its first word does not from its second.
                    at += self.tags[at..].iter().take_while(|t| matches!(t, T::Skip | T::Adverb)).count();
                    continue;
                }
                T::Comma => (ChunkKind::Comma, one),
                T::Dash => (ChunkKind::Dash, one),
                T::Stop => (ChunkKind::Stop, one),
                T::Conjunction => (ChunkKind::Conjunction, one),
                T::Subordinator => (ChunkKind::Subordinator, one),
                T::Relative => (ChunkKind::Relative, one),
                T::Pronoun | T::There => (ChunkKind::Pronoun, one),
                tag @ (T::Quoted | T::Time) => {
                    let run = self.tags[at..].iter().take_while(|t| **t == tag).count();
                    (if tag == T::Time { ChunkKind::Time } else { ChunkKind::Quoted }, (at + run, at, 0))
                }
                T::Preposition => {
                    preposition = words.of(&tokens[self.first + at]).preposition;
                    (ChunkKind::Preposition, one)
                }
                T::To => {
                    preposition = words::TO;
                    (ChunkKind::Preposition, one)
                }
                T::Negation
                | T::Noun
                | T::Unknown
                | T::Adjective
                | T::Name
                | T::Determiner
                | T::Possessive
                | T::Genitive => (ChunkKind::Noun, self.noun_phrase(at)),
            };
            let token = |at: usize| (self.first + at) as u32;
            let (first, head) = (token(at), token(head));
            self.chunks.push(Chunk { kind, first, end: token(end), head, verb, preposition });
            at = end;
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

    /// End, head and bits of the verb group that begins here.
    #[inline]
    fn verb_group(&self, words: &Words, tokens: &[Token], from: usize) -> (usize, usize, u16) {
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
        (end.max(from + 1), head, bits)
    }

    /// End and head of the noun phrase that begins here; it has no bits.
    #[inline]
    fn noun_phrase(&self, from: usize) -> (usize, usize, u16) {
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
        (end, head, 0)
    }
}

//! Finds the words that may trigger an event, before anything is parsed.
//!
//! Most words trigger nothing, and most that could stand where no rule can use them: inside a quotation, inside a name.
//! A sentence is parsed only for those that are left.

use super::detect::{Detector, Input};
use super::syntax::Tag;
use super::tags::raw_tag;
use super::words::{Word, flag};
use crate::dictionary::class;
use crate::entities::quote::Quotation;
use crate::entities::time::TimeExpression;
use crate::entities::{EntityType, Mention};
use crate::segment::Sentence;
use crate::token::{Token, form};

impl Detector {
    /// Replaces `out` by the tokens that may trigger an event, in order.
    pub(super) fn triggers(&self, article: Input<'_>, out: &mut Vec<u32>) {
        use EntityType as E;
        let Input { tokens, entities, .. } = article;
        out.clear();
        let mut beside = Beside {
            mentions: Stretches { list: &entities.mentions, at: 0 },
            times: Stretches { list: &entities.times, at: 0 },
            quotations: Stretches { list: &entities.quotations, at: 0 },
        };
        let mut sentences = article.sentences.iter();
        let mut sentence = sentences.next();
        for (at, _) in tokens.iter().enumerate().filter(|(_, t)| t.class & class::TRIGGER != 0) {
            let token = at as u32;
            while sentence.is_some_and(|s| s.end <= token) {
                sentence = sentences.next();
            }
            let Some(sentence) = sentence else { break };
            beside.quotations.go_to(token);
            if beside.quotations.cover(token) {
                continue;
            }
            let word = self.words.of(&tokens[at]);
            if word.rules.0 == word.rules.1 || is_bound(tokens, at) {
                continue;
            }
            beside.mentions.go_to(token);
            // Only an adjective and the name of an event tell something from inside a name.
            let mention = beside.mentions.list.get(beside.mentions.at).filter(|m| m.first <= token);
            let named = mention.is_some_and(|m| match m.kind {
                E::Person | E::Org | E::Gpe | E::Loc | E::Fac | E::Norp => word.flags & flag::ADJECTIVE == 0,
                _ => false,
            });
            if named {
                continue;
            }
            beside.times.go_to(token);
            if self.may_tell(article, sentence, at, word, &beside) {
                out.push(token);
            }
        }
    }

    /// Whether the words right beside a trigger leave it something to tell. What holds here must hold for the parsed
    /// sentence too, so a neighbour that is more than its word (a name, a time, what brackets hide) forbids nothing.
    fn may_tell(&self, article: Input<'_>, sentence: &Sentence, at: usize, word: &Word, covered: &Beside<'_>) -> bool {
        use Tag as T;
        let (flags, objects) = (word.flags, word.objects);
        // "set a deadline": what the verb needs as its object stands somewhere in the sentence.
        let asked = || self.words.objects_in(&article.tokens[sentence.range()]);
        let beside = |at: usize| {
            let token = at as u32;
            let known = sentence.range().contains(&at)
                && !covered.cover(token)
                && article.dateline.is_none_or(|d| !d.whole.contains(&token));
            known.then(|| raw_tag(&self.words, article, at, sentence.first as usize))
        };
        let own = || raw_tag(&self.words, article, at, sentence.first as usize).0;
        let verb = || {
            let before = || at.checked_sub(1).and_then(beside).map(|(tag, _)| tag);
            let is_verb = match own() {
                T::Verb | T::Be | T::Have | T::Do | T::Modal => true,
                // Articles, adjectives and most prepositions make it something else.
                T::Past => !matches!(
                    before(),
                    Some(T::Determiner | T::Possessive | T::Genitive | T::Adjective | T::Preposition)
                ),
                T::Ing => !matches!(before(), Some(T::Determiner | T::Possessive | T::Genitive | T::Adjective)),
                // A plain form is a verb only behind what takes one.
                T::Base => {
                    at > sentence.first as usize
                        && before().is_none_or(|tag| {
                            matches!(tag, T::To | T::Modal | T::Do | T::Pronoun | T::Noun | T::Unknown | T::Conjunction)
                                || matches!(tag, T::Ing | T::Base | T::Adverb | T::Negation | T::Skip)
                        })
                }
                // "…, the agency reports."
                _ => flags & flag::REPORT != 0,
            };
            // "said on", "said, “": what is reported must follow.
            is_verb
                && (flags & flag::ONLY_REPORTS == 0
                    || !matches!(
                        beside(at + 1),
                        Some((
                            T::Preposition
                                | T::To
                                | T::Comma
                                | T::Dash
                                | T::Conjunction
                                | T::Subordinator
                                | T::Modal
                                | T::Be
                                | T::Have
                                | T::Do
                                | T::Verb,
                            _
                        ))
                    ))
        };
        // A noun that another follows is not the head of its phrase: "conference room".
        let noun = || {
            !matches!(
                beside(at + 1),
                Some((T::Noun | T::Adjective | T::Unknown, next)) if !next
            ) || covered.mentions.cover(at as u32)
        };
        flags & flag::ADJECTIVE != 0
            || flags & flag::VERB != 0 && verb() && (objects == 0 || objects & asked() != 0)
            || flags & flag::NOUN != 0 && noun()
    }
}

/// What is known already around the trigger at hand.
struct Beside<'a> {
    mentions: Stretches<'a, Mention>,
    times: Stretches<'a, TimeExpression>,
    quotations: Stretches<'a, Quotation>,
}

impl Beside<'_> {
    fn cover(&self, token: u32) -> bool {
        self.mentions.cover(token) || self.times.cover(token) || self.quotations.cover(token)
    }
}

/// A list of stretches of tokens by position, and how far it was walked.
struct Stretches<'a, T> {
    list: &'a [T],
    /// All before end at or before the trigger.
    at: usize,
}

/// First token and one past the last.
trait Stretch {
    fn ends(&self) -> (u32, u32);
}

impl Stretch for Mention {
    fn ends(&self) -> (u32, u32) {
        (self.first, self.end)
    }
}

impl Stretch for TimeExpression {
    fn ends(&self) -> (u32, u32) {
        (self.first, self.end)
    }
}

impl Stretch for Quotation {
    fn ends(&self) -> (u32, u32) {
        (self.first, self.end)
    }
}

impl<T: Stretch> Stretches<'_, T> {
    #[inline]
    fn go_to(&mut self, token: u32) {
        while self.list.get(self.at).is_some_and(|s| s.ends().1 <= token) {
            self.at += 1;
        }
    }

    /// Whether a token is covered: the one gone to or one right beside it.
    #[inline]
    fn cover(&self, token: u32) -> bool {
        let near = &self.list[self.at.saturating_sub(1)..self.list.len().min(self.at + 2)];
        near.iter().map(T::ends).any(|(first, end)| first <= token && token < end)
    }
}

/// Whether hyphens bind a token into another word.
fn is_bound(tokens: &[Token], at: usize) -> bool {
    let glued = |t: &Token| t.form & form::SPACE == 0;
    let token = &tokens[at];
    let before = at > 0 && tokens[at - 1].is_symbol(b'-') && glued(token) && glued(&tokens[at - 1]);
    let after =
        tokens.get(at + 1).is_some_and(|t| t.is_symbol(b'-') && glued(t)) && tokens.get(at + 2).is_some_and(glued);
    before || after
}

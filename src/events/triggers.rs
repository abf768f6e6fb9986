//! Finds the words that may trigger an event, before anything is parsed.
//!
//! Most words trigger nothing, and most that could stand where no rule can use them: inside a quotation, inside a name.
//! A sentence is parsed only for those that are left.

use super::detect::{Detector, Input};
use super::syntax::Tag;
use super::tags::raw_tag;
use super::words::{Words, flag};
use crate::dictionary::class;
use crate::entities::EntityType;
use crate::segment::Sentence;
use crate::token::{Token, form};

impl Detector {
    /// Replaces `out` by the tokens that may trigger an event, in order.
    pub(super) fn triggers(&self, article: Input<'_>, out: &mut Vec<u32>) {
        use EntityType as E;
        let Input { tokens, entities, .. } = article;
        out.clear();
        let (mut quotations, mut mentions) = (&entities.quotations[..], &entities.mentions[..]);
        let mut sentences = article.sentences.iter();
        let mut sentence = sentences.next();
        for (at, _) in tokens.iter().enumerate().filter(|(_, t)| t.class & class::TRIGGER != 0) {
            if !is_trigger(&self.words, tokens, at) {
                continue;
            }
            let token = at as u32;
            while sentence.is_some_and(|s| s.end <= token) {
                sentence = sentences.next();
            }
            let Some(sentence) = sentence else { break };
            while let Some((_, rest)) = quotations.split_first().filter(|(q, _)| q.end <= token) {
                quotations = rest;
            }
            if quotations.first().is_some_and(|q| q.first <= token) {
                continue;
            }
            while let Some((_, rest)) = mentions.split_first().filter(|(m, _)| m.end <= token) {
                mentions = rest;
            }
            let flags = self.words.of(&tokens[at]).flags;
            // Only an adjective and the name of an event tell something from inside a name.
            let named = mentions.first().filter(|m| m.first <= token).is_some_and(|m| match m.kind {
                E::Person | E::Org | E::Gpe | E::Loc | E::Fac | E::Norp => flags & flag::ADJECTIVE == 0,
                _ => false,
            });
            if !named && self.may_tell(article, sentence, at, flags) {
                out.push(token);
            }
        }
    }

    /// Whether the words right beside a trigger leave it something to tell. What holds here must hold for the parsed
    /// sentence too, so a neighbour that is more than its word (a name, a time, what brackets hide) forbids nothing.
    fn may_tell(&self, article: Input<'_>, sentence: &Sentence, at: usize, flags: u32) -> bool {
        use Tag as T;
        let entities = article.entities;
        let beside = |at: usize| {
            let token = at as u32;
            let known = sentence.range().contains(&at)
                && entities.mention_at(token).is_none()
                && is_outside(&entities.times, token, |t| (t.first, t.end))
                && is_outside(&entities.quotations, token, |q| (q.first, q.end))
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
                Some((T::Noun | T::Adjective | T::Unknown, next)) if next & flag::REPORT == 0
            ) || entities.mention_at(at as u32).is_some()
        };
        flags & flag::ADJECTIVE != 0 || flags & flag::VERB != 0 && verb() || flags & flag::NOUN != 0 && noun()
    }
}

/// Whether no stretch of a list that stands by position holds a token.
fn is_outside<T>(list: &[T], token: u32, stretch: impl Fn(&T) -> (u32, u32)) -> bool {
    let at = list.partition_point(|s| stretch(s).1 <= token);
    list.get(at).is_none_or(|s| stretch(s).0 > token)
}

/// Whether a token may trigger an event: its word has rules and no hyphen binds it into another word.
fn is_trigger(words: &Words, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if words.of(token).rules.0 == words.of(token).rules.1 {
        return false;
    }
    let glued = |t: &Token| t.form & form::SPACE == 0;
    let before = at > 0 && tokens[at - 1].is_symbol(b'-') && glued(token) && glued(&tokens[at - 1]);
    let after =
        tokens.get(at + 1).is_some_and(|t| t.is_symbol(b'-') && glued(t)) && tokens.get(at + 2).is_some_and(glued);
    !before && !after
}

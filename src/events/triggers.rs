//! Finds the words that may trigger an event, before anything is parsed.
//!
//! Most words trigger nothing, and most that could stand where no rule can use them: inside a quotation, inside a name.
//! A sentence is parsed only for those that are left.

use super::detect::{Detector, Input};
use super::words::{Words, flag};
use crate::dictionary::class;
use crate::entities::EntityType;
use crate::token::{Token, form};

impl Detector {
    /// Replaces `out` by the tokens that may trigger an event, in order.
    pub(super) fn triggers(&self, article: Input<'_>, out: &mut Vec<u32>) {
        use EntityType as E;
        let Input { tokens, entities, .. } = article;
        out.clear();
        let (mut quotations, mut mentions) = (&entities.quotations[..], &entities.mentions[..]);
        for (at, _) in tokens.iter().enumerate().filter(|(_, t)| t.class & class::TRIGGER != 0) {
            if !is_trigger(&self.words, tokens, at) {
                continue;
            }
            let token = at as u32;
            while let Some((_, rest)) = quotations.split_first().filter(|(q, _)| q.end <= token) {
                quotations = rest;
            }
            if quotations.first().is_some_and(|q| q.first <= token) {
                continue;
            }
            while let Some((_, rest)) = mentions.split_first().filter(|(m, _)| m.end <= token) {
                mentions = rest;
            }
            // Only an adjective and the name of an event tell something from inside a name.
            let named = mentions.first().is_some_and(|m| {
                m.first <= token && matches!(m.kind, E::Person | E::Org | E::Gpe | E::Loc | E::Fac | E::Norp)
            });
            if !named || self.words.of(&tokens[at]).flags & flag::ADJECTIVE != 0 {
                out.push(token);
            }
        }
    }
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

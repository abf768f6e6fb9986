//! Lists inside a paragraph: an item begins where its mark goes on with the count, or repeats a bullet.

use super::stops::Stops;
use crate::token::form;

/// An item of a list that was begun: its number, and how it is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// `1.` or `1)`.
    Number(u32),
    /// `a.` or `a)`.
    Letter(u8),
    /// `•`.
    Bullet(u64),
}

impl Item {
    fn follows(self, before: Option<Item>) -> bool {
        match (before, self) {
            (Some(Item::Number(last)), Item::Number(own)) => last + 1 == own,
            (Some(Item::Letter(last)), Item::Letter(own)) => last + 1 == own,
            (Some(last), own) => last == own && matches!(own, Item::Bullet(_)),
            (None, _) => false,
        }
    }

    /// Whether a list may begin with it.
    fn begins(self) -> bool {
        match self {
            Item::Number(_) | Item::Bullet(_) => true,
            Item::Letter(own) => own == b'a',
        }
    }
}

impl Stops<'_, '_> {
    /// An item of a list that begins before the mark `at`: the token that begins it. Keeps `item` up to date.
    pub fn item_before(&self, at: usize, start: usize, item: &mut Option<Item>) -> Option<usize> {
        let (own, from) = self.item_at(at)?;
        if own.follows(*item) && from > start {
            *item = Some(own);
            return Some(from);
        }
        if from == start && own.begins() {
            *item = Some(own);
        }
        None
    }

    /// The item that the mark `at` belongs to, and its first token.
    fn item_at(&self, at: usize) -> Option<(Item, usize)> {
        let token = &self.tokens[at];
        if token.symbol == 0 {
            let bullet = matches!(token.of(self.text), "•" | "⁃" | "‣" | "●" | "▪");
            return bullet.then_some((Item::Bullet(token.hash), at));
        }
        let from = at.checked_sub(1)?;
        let label = &self.tokens[from];
        let apart = label.form & (form::SPACE | form::LINE) != 0 && label.is(form::WORD);
        if !apart || token.is(form::SPACE) || !matches!(token.symbol, b'.' | b')') {
            return None;
        }
        let after = self.tokens.get(at + 1)?;
        let after = if after.is_symbol(b')') { self.tokens.get(at + 2)? } else { after };
        if !after.is(form::SPACE | form::CAPITAL) {
            return None;
        }
        let item = match label.symbol {
            b'0'..=b'9' => Item::Number(label.of(self.text).parse().ok().filter(|&value| value <= 99)?),
            letter @ b'a'..=b'z' if label.end - label.start == 1 => Item::Letter(letter),
            _ => return None,
        };
        Some((item, from))
    }
}

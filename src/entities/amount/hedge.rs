//! How sure the writer was: the word before a number.

use super::Hedge;
use crate::token::{Token, form};

/// The hedge that ends right before token `first`, looking at no more than four tokens back to `from`.
pub(super) fn before(text: &str, tokens: &[Token], from: usize, first: usize) -> Option<Hedge> {
    let word = |back: usize| -> String {
        first
            .checked_sub(back)
            .filter(|at| *at >= from && tokens[*at].is(form::WORD))
            .map_or_else(String::new, |at| tokens[at].of(text).to_ascii_lowercase())
    };
    let last = word(1);
    let two = || word(2);
    Some(match last.as_str() {
        "over" | "above" | "exceeding" | "surpassing" => Hedge::Over,
        "under" | "below" => Hedge::Under,
        "about" | "around" | "nearly" | "almost" | "approximately" | "roughly" | "some" | "estimated" | "circa"
        | "approx" | "probably" => Hedge::About,
        "than" => {
            let negated = word(3) == "no" || word(3) == "not";
            let more = match two().as_str() {
                "more" | "greater" | "higher" | "larger" => true,
                "less" | "fewer" | "lower" | "smaller" => false,
                _ => return None,
            };
            if more != negated { Hedge::Over } else { Hedge::Under }
        }
        "least" if two() == "at" => Hedge::Over,
        "most" if two() == "at" => Hedge::Under,
        "to" => match two().as_str() {
            "up" => Hedge::Under,
            "close" | "closer" => Hedge::About,
            _ => return None,
        },
        "as" if matches!(two().as_str(), "many" | "much" | "high") => Hedge::Under,
        "as" if matches!(two().as_str(), "few" | "little" | "low") => Hedge::Over,
        "of" if two() == "excess" => Hedge::Over,
        "a" | "an" if two() == "about" || two() == "over" || two() == "almost" || two() == "nearly" => Hedge::About,
        _ => return None,
    })
}

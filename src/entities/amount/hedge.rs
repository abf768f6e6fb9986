//! How sure the writer was: the words before a number.

use super::Hedge;
use crate::entities::little_words::LittleWords;
use crate::token::Token;

/// What a word says of the number behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Nothing,
    /// By itself: "over", "nearly".
    Says(Hedge),
    Than,
    Least,
    Most,
    To,
    As,
    Of,
    Article,
}

/// What a word says of the last one behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Second {
    #[default]
    Nothing,
    /// "more (than)".
    More,
    /// "fewer (than)".
    Less,
    /// "at (least)".
    At,
    /// "up (to)".
    Up,
    /// "close (to)".
    Close,
    /// "(as) many (as)".
    Many,
    /// "(as) few (as)".
    Few,
    /// "(in) excess (of)".
    Excess,
    /// "about (a)".
    About,
    /// "no (more than)".
    Negation,
}

/// The words that hedge. Built once.
#[derive(Debug)]
pub(super) struct Hedges {
    last: LittleWords<Last>,
    second: LittleWords<Second>,
}

impl Hedges {
    pub(super) fn new() -> Self {
        let says = |words: &'static [&'static str], hedge| words.iter().map(move |w| (*w, Last::Says(hedge)));
        let mut last = vec![
            ("than", Last::Than),
            ("least", Last::Least),
            ("most", Last::Most),
            ("to", Last::To),
            ("as", Last::As),
            ("of", Last::Of),
            ("a", Last::Article),
            ("an", Last::Article),
        ];
        last.extend(says(&["over", "above", "exceeding", "surpassing"], Hedge::Over));
        last.extend(says(&["under", "below"], Hedge::Under));
        last.extend(says(
            &[
                "about",
                "around",
                "nearly",
                "almost",
                "approximately",
                "roughly",
                "some",
                "estimated",
                "circa",
                "approx",
                "probably",
            ],
            Hedge::About,
        ));
        let second = [
            (Second::More, "more greater higher larger"),
            (Second::Less, "less fewer lower smaller"),
            (Second::At, "at"),
            (Second::Up, "up"),
            (Second::Close, "close closer"),
            (Second::Many, "many much high"),
            (Second::Few, "few little low"),
            (Second::Excess, "excess"),
            (Second::About, "about over almost nearly"),
            (Second::Negation, "no not"),
        ];
        Hedges { last: LittleWords::new(&last), second: LittleWords::of_lists(&second) }
    }

    /// The hedge that ends right before token `first`, looking at no more than three tokens back.
    pub(super) fn before(&self, tokens: &[Token], first: usize) -> Option<Hedge> {
        let last = self.last.of(tokens.get(first.wrapping_sub(1))?);
        let back = |back: usize| tokens.get(first.wrapping_sub(back)).map_or(Second::Nothing, |t| self.second.of(t));
        let second = || back(2);
        match last {
            Last::Nothing => None,
            Last::Says(hedge) => Some(hedge),
            Last::Than => {
                let more = match second() {
                    Second::More => true,
                    Second::Less => false,
                    _ => return None,
                };
                let negated = back(3) == Second::Negation;
                Some(if more != negated { Hedge::Over } else { Hedge::Under })
            }
            Last::Least => (second() == Second::At).then_some(Hedge::Over),
            Last::Most => (second() == Second::At).then_some(Hedge::Under),
            Last::To => match second() {
                Second::Up => Some(Hedge::Under),
                Second::Close => Some(Hedge::About),
                _ => None,
            },
            Last::As => match second() {
                Second::Many => Some(Hedge::Under),
                Second::Few => Some(Hedge::Over),
                _ => None,
            },
            Last::Of => (second() == Second::Excess).then_some(Hedge::Over),
            Last::Article => (second() == Second::About).then_some(Hedge::About),
        }
    }
}

//! What the words of `vocabulary/amounts.tsv` mean to the reader of amounts.

use super::unit::{currency_of_sign, interned};
use crate::dictionary::{Dictionary, class};
use crate::entities::little_words::LittleWords;
use crate::entities::senses::Senses;
use crate::token::{NO_WORD, Token, form, hash_ascii, hash_folded};

/// How a word of money stands beside its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Money {
    #[default]
    None,
    /// Behind it: "dollars".
    Noun,
    /// On either side: "USD".
    Code,
    /// Before it: "Rs".
    Before,
    /// A hundredth of the currency: "cents".
    Hundredth,
}

/// What changes the unit behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Modifier {
    #[default]
    None,
    Square,
    Cubic,
    Metric,
    Nautical,
}

/// What one word means.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    pub money: Money,
    pub currency: &'static str,
    /// A bare "dollar" may be another country's.
    pub assumed: bool,
    /// Also an everyday word: "won", "mark".
    pub doubtful: bool,
    /// Where its currencies begin in [`Lexicon::of`], and how many there are: "Canadian".
    of: (u16, u8),
    /// Name of a unit; empty when it is none.
    pub unit: &'static str,
    pub modifier: Modifier,
}

impl Word {
    /// Whether it says whose currency follows.
    pub(super) fn tells_country(&self) -> bool {
        self.of.1 > 0
    }
}

/// The small words around numbers: bits of [`Lexicon::small`].
pub(super) mod small {
    pub const TO: u8 = 1;
    pub const OR: u8 = 1 << 1;
    pub const AND: u8 = 1 << 2;
    pub const OF: u8 = 1 << 3;
    pub const PER: u8 = 1 << 4;
    /// "a", "an".
    pub const ARTICLE: u8 = 1 << 5;
    pub const WORTH: u8 = 1 << 6;
    /// "the", "its": stands before people of whom some are counted.
    pub const WHOSE: u8 = 1 << 7;

    pub(super) const WORDS: [(&str, u8); 13] = [
        ("to", TO),
        ("or", OR),
        ("and", AND),
        ("of", OF),
        ("per", PER),
        ("a", ARTICLE),
        ("an", ARTICLE),
        ("worth", WORTH),
        ("the", WHOSE),
        ("its", WHOSE),
        ("their", WHOSE),
        ("those", WHOSE),
        ("his", WHOSE),
    ];
}

/// Words by id, and the abbreviations that run into digits by hash.
#[derive(Debug)]
pub(super) struct Lexicon {
    words: Senses<Word>,
    of: Vec<(&'static str, &'static str)>,
    glued: Vec<(u64, Word)>,
    small: LittleWords<u8>,
}

/// Abbreviations that are written without a space behind (or, of currencies, before) digits.
const GLUED: &[&str] = &[
    "kg", "kgs", "g", "gm", "mg", "lb", "lbs", "oz", "km", "kms", "cm", "mm", "ft", "yd", "ha", "ml", "kw", "mw", "gw",
    "kwh", "mwh", "gwh", "twh", "kv", "hp", "kph", "kmph", "mph", "km2", "m2", "m3", "kb", "mb", "gb", "tb", "hz",
    "khz", "mhz", "ghz", "db", "nm", "bbl", "rs", "rm", "kd", "tk", "tsh", "ksh", "rp", "r", "dh", "dhs", "sr", "nis",
    "dm", "kr", "usd", "eur", "gbp", "inr", "pkr", "aed", "sar", "myr", "sgd", "hkd", "cad", "aud", "nzd", "chf",
    "jpy", "cny", "rmb", "zar", "kes", "ngn", "uah", "rub", "try", "brl", "mxn", "php", "thb", "idr", "vnd", "krw",
    "qar", "kwd", "bdt", "lkr", "sek", "nok", "dkk", "pln", "egp",
];

impl Lexicon {
    pub(super) fn new(dictionary: &Dictionary<'_>) -> Self {
        let mut of = Vec::new();
        let words = Senses::new(dictionary, &[class::MONEY, class::UNIT], |word, class, value| {
            if class == class::MONEY {
                money(word, value, &mut of);
            } else {
                unit(word, value);
            }
        });
        let mut glued: Vec<(u64, Word)> = GLUED
            .iter()
            .filter_map(|g| {
                let hash = hash_folded(g);
                let (_, id) = dictionary.probe(hash);
                (id != NO_WORD).then(|| (hash, words.of(&bare(id))))
            })
            .collect();
        glued.sort_unstable_by_key(|(hash, _)| *hash);
        Lexicon { words, of, glued, small: LittleWords::new(&small::WORDS) }
    }

    /// What a token means.
    pub(super) fn word(&self, token: &Token) -> Word {
        if token.has(class::MONEY | class::UNIT) { self.words.of(token) } else { Word::default() }
    }

    /// Which small word a token is: one bit of [`small`], or none.
    #[inline]
    pub(super) fn small(&self, token: &Token) -> u8 {
        self.small.of(token)
    }

    /// What letters of ASCII mean that run into digits.
    pub(super) fn glued(&self, letters: &str) -> Word {
        let hash = hash_ascii(letters.as_bytes(), 0, letters.len());
        self.glued.binary_search_by_key(&hash, |(h, _)| *h).map_or_else(|_| Word::default(), |at| self.glued[at].1)
    }

    /// The currency of a country that shares its name with others: "Canadian" and the currency "USD" of "dollars".
    pub(super) fn currency_of(&self, adjective: &Word, noun: &'static str) -> Option<&'static str> {
        let (from, count) = adjective.of;
        let rows = &self.of[usize::from(from)..usize::from(from) + usize::from(count)];
        rows.iter().find(|(name, _)| *name == noun).map(|(_, code)| *code)
    }
}

/// The currency of a token that is a currency sign.
pub(super) fn sign(text: &str, token: &Token) -> Option<&'static str> {
    if token.is(form::WORD) || token.symbol != b'$' && token.symbol != 0 {
        return None;
    }
    token.of(text).chars().next().and_then(currency_of_sign)
}

fn money(word: &mut Word, value: &str, of: &mut Vec<(&'static str, &'static str)>) {
    let mut parts = value.split(' ');
    let how = parts.next().unwrap_or("");
    if how == "of" {
        let from = of.len();
        let pairs = parts.filter_map(|p| p.split_once('='));
        of.extend(pairs.filter_map(|(a, b)| Some((interned(a)?, interned(b)?))));
        word.of = (from as u16, (of.len() - from) as u8);
        return;
    }
    let Some(currency) = parts.next().and_then(interned) else {
        return;
    };
    let flag = parts.next().unwrap_or("");
    word.currency = currency;
    word.assumed = flag == "assumed";
    word.doubtful = flag == "doubtful";
    word.money = match how {
        _ if flag == "hundredth" => Money::Hundredth,
        "noun" => Money::Noun,
        "code" => Money::Code,
        _ => Money::Before,
    };
}

fn unit(word: &mut Word, value: &str) {
    word.modifier = match value {
        "modifier square" => Modifier::Square,
        "modifier cubic" => Modifier::Cubic,
        "modifier metric" => Modifier::Metric,
        "modifier nautical" => Modifier::Nautical,
        _ => Modifier::None,
    };
    if word.modifier == Modifier::None {
        word.unit = interned(value).unwrap_or("");
    }
}

/// A token that carries nothing but a word id.
fn bare(word: u32) -> Token {
    Token { hash: 0, start: 0, end: 0, class: 0, word, form: 0, symbol: 0, function: 0, name_weights: 0, mark: 0 }
}

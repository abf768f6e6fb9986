//! Amounts: money, quantities with a unit, percentages, and counts of people for events.
//!
//! A number alone is no amount: without a currency, a unit, a percent sign or people behind it, it may be a year, a
//! score or a flat. So every reading begins at a number or a currency and is kept only when both are there.
//!
//! On the way out:
//!
//! * amounts are in order, none overlaps another or an expression of time, each lies inside one sentence;
//! * `min <= max`.

mod hedge;
mod measure;
mod money;
mod scan;
#[cfg(test)]
mod tests;
mod unit;
mod words;

use super::number::Numbers;
use super::time::TimeExpression;
use crate::dictionary::{Dictionary, class};
use crate::segment::Sentence;
use crate::token::{NO_WORD, Token, form};

/// What an amount counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountKind {
    /// A sum of money.
    Money,
    /// A quantity with a unit of measure.
    Quantity,
    /// A percentage.
    Percent,
    /// A number of people or things ("12 militants"); serves events, is no entity of its own.
    Count,
}

/// How sure the writer was of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hedge {
    /// "over", "more than": the number is a lower bound.
    Over,
    /// "under", "less than": an upper bound.
    Under,
    /// "about", "nearly", "an estimated".
    About,
}

/// An amount in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// First token (a hedge before it is not part of it).
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// What it counts.
    pub kind: AmountKind,
    /// The number; of a range its lower end.
    pub min: f64,
    /// The number; of a range its upper end.
    pub max: f64,
    /// ISO 4217 for money, UCUM-style for quantities (`kg`), `%`, or empty for counts.
    pub unit: &'static str,
    /// Tokens that say what of ("of narcotics": `narcotics`; "12 militants": `militants`).
    pub item: Option<(u32, u32)>,
    /// Hedge before the number.
    pub hedge: Option<Hedge>,
    /// A bare `$` was read as US dollars.
    pub currency_assumed: bool,
}

/// Finds amounts. Built once, shared by all workers.
#[derive(Debug)]
pub struct AmountReader {
    lexicon: words::Lexicon,
    numbers: Numbers,
}

impl AmountReader {
    /// Takes the words of amounts from the dictionary.
    pub fn new(dictionary: &Dictionary<'_>) -> Self {
        AmountReader { lexicon: words::Lexicon::new(dictionary), numbers: Numbers::new(dictionary) }
    }

    /// Appends the article's amounts to `out`, by position. `dates` are its expressions of time, whose tokens are taken.
    ///
    /// `tokens` must have been annotated by the dictionary that the reader was built from.
    pub fn read(
        &self,
        text: &str,
        tokens: &[Token],
        sentences: &[Sentence],
        dates: &[TimeExpression],
        out: &mut Vec<Amount>,
    ) {
        let mut dates = dates.iter().peekable();
        let mut sentences = sentences.iter();
        let (lexicon, numbers) = (&self.lexicon, &self.numbers);
        let mut scan = scan::Scan { lexicon, numbers, text, tokens, first: 0, end: 0 };
        let (mut at, mut end) = (0, 0);
        while let Some(next) = tokens[at..].iter().position(is_trigger) {
            at += next;
            while end <= at {
                let Some(sentence) = sentences.next() else { break };
                (scan.first, end) = (sentence.first as usize, sentence.end as usize);
            }
            while dates.next_if(|d| d.end as usize <= at).is_some() {}
            let date = dates.peek();
            if let Some(d) = date.filter(|d| d.first as usize <= at) {
                at = d.end as usize;
                scan.first = at;
                continue;
            }
            scan.end = date.map_or(end, |d| (d.first as usize).min(end));
            if !scan.may_begin(at) {
                at += 1;
            } else if let Some(amount) = scan.amount(at) {
                at = amount.end as usize;
                scan.first = at;
                out.push(amount);
            } else {
                at = self.skip(text, &tokens[..scan.end], at);
            }
        }
    }

    /// The end of a number that is no amount, so that its later tokens are not asked again.
    fn skip(&self, text: &str, tokens: &[Token], at: usize) -> usize {
        if !tokens[at].is(form::DIGIT) {
            return at + 1;
        }
        let number = self.numbers.read(text, tokens, at);
        number.map_or(at + 1, |n| n.end.max(at + 1))
    }
}

/// Whether an amount may begin at a token. Without branches, which nobody could guess.
#[inline]
fn is_trigger(token: &Token) -> bool {
    // A symbol's character, a word's far beyond it.
    let symbol = u32::from(token.symbol) | (token.form & form::WORD) << 8;
    // "RM50,000": a word that no list holds.
    let unknown = (token.word == NO_WORD) & (token.form & form::CAPITAL != 0);
    (token.class & (class::NUMBER | class::MONEY) != 0)
        | (token.form & form::DIGIT != 0)
        | (symbol == u32::from(b'$'))
        | (symbol == 0)
        | unknown
}

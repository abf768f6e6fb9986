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
use crate::segment::Sentences;
use crate::token::{Token, Tokens, form};

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
    hedges: hedge::Hedges,
}

impl AmountReader {
    /// Takes the words of amounts from the dictionary.
    pub fn new(dictionary: &Dictionary<'_>) -> Self {
        AmountReader {
            lexicon: words::Lexicon::new(dictionary),
            numbers: Numbers::new(dictionary),
            hedges: hedge::Hedges::new(),
        }
    }

    /// Appends the article's amounts to `out`, by position. `dates` are its expressions of time, whose tokens are taken.
    ///
    /// `tokens` must have been annotated by the dictionary that the reader was built from.
    pub fn read(
        &self,
        text: &str,
        tokens: &Tokens,
        sentences: &Sentences,
        dates: &[TimeExpression],
        out: &mut Vec<Amount>,
    ) {
        let mut scan = self.scan(text, &[]);
        // A currency's sign, ("RM50,000") a word that no list holds, a number or a word of money.
        let mut triggers =
            tokens.marked(class::NUMBER | class::MONEY, form::DIGIT | form::SIGN | form::FOREIGN | form::UNLISTED);
        let (mut from, mut date) = (0, 0);
        let end_of = |date: usize| dates.get(date).map_or(usize::MAX, |d| d.end as usize);
        while let Some(at) = triggers.next_at(from) {
            from = at + 1;
            if !is_trigger(text, &tokens[at]) {
                continue;
            }
            let sentence = &sentences[sentences.number_of(at)];
            scan.first = scan.first.max(sentence.first as usize);
            // As with sentences: whether a date lies between cannot be guessed.
            date += usize::from(end_of(date) <= at);
            while end_of(date) <= at {
                date += 1;
            }
            let next_date = dates.get(date).map_or(usize::MAX, |d| d.first as usize);
            if next_date <= at {
                from = end_of(date);
                scan.first = from;
                continue;
            }
            scan.tokens = &tokens[..next_date.min(sentence.end as usize)];
            if !scan.may_begin(at) {
                continue;
            }
            match scan.amount(at) {
                Ok(amount) => {
                    from = amount.end as usize;
                    scan.first = from;
                    out.push(amount);
                }
                Err(next) => from = next,
            }
        }
    }

    fn scan<'a>(&'a self, text: &'a str, tokens: &'a [Token]) -> scan::Scan<'a> {
        scan::Scan { lexicon: &self.lexicon, numbers: &self.numbers, hedges: &self.hedges, text, tokens, first: 0 }
    }
}

/// Whether an amount may begin at a marked token: of symbols only at a currency's, of words that no list holds only at
/// one with a capital that ends in digits.
#[inline]
fn is_trigger(text: &str, token: &Token) -> bool {
    token.has(class::NUMBER | class::MONEY)
        || token.form & (form::DIGIT | form::FOREIGN) != 0
        || if token.is(form::WORD) {
            token.is(form::CAPITAL) && text.as_bytes()[token.end as usize - 1].is_ascii_digit()
        } else {
            token.symbol == b'$'
        }
}

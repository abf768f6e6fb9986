//! What is no money: percentages, units of measure, and people and things that are counted.

use super::scan::{Range, Scan};
use super::unit::{power, speed};
use super::words::{Modifier, small};
use super::{Amount, AmountKind, Hedge};
use crate::dictionary::class;
use crate::entities::number::Number;
use crate::token::form;

/// Says behind a number which way it was measured.
const DIMENSIONS: [&str; 8] = ["long", "wide", "high", "tall", "deep", "thick", "across", "square"];

impl Scan<'_> {
    pub(super) fn percent(&self, at: usize) -> Option<usize> {
        if self.token(at)?.is_symbol(b'%') {
            return Some(at + 1);
        }
        let per = self.small(at) == small::PER && self.any(at + 1, &["cent", "centage"]);
        if !per && self.word(at).unit != "%" {
            return None;
        }
        let end = at + 1 + usize::from(per);
        let points = self.any(end, &["point", "points"]);
        // "percentage" alone is no unit.
        (points || !self.is(at, "percentage")).then_some(end + usize::from(points))
    }

    /// A unit with what stands around it: "square kilometres", "km per hour", "degrees Celsius".
    pub(super) fn unit(&self, at: usize) -> Option<(&'static str, usize)> {
        if self.token(at).is_some_and(|t| t.symbol == 0 && t.of(self.text) == "°") {
            return Some(self.scale_of_degrees(at + 1));
        }
        // `10" long`, `a 12 " wide board`: what stands behind it tells the sign of inches from a quotation mark.
        if self.token(at).is_some_and(|t| t.is_symbol(b'"')) && self.any(at + 1, &DIMENSIONS) {
            return Some(("in", at + 1));
        }
        let word = self.word(at);
        if word.modifier != Modifier::None {
            let at = at + 1 + usize::from(self.glued(at + 1, b'-') || self.glued(at + 1, b'.'));
            let unit = self.word(at).unit;
            let unit = match word.modifier {
                Modifier::Square => power(unit, false)?,
                Modifier::Cubic => power(unit, true)?,
                Modifier::Metric if unit == "ton" => "t",
                Modifier::Nautical if unit == "mi" => "nautical mile",
                _ => return None,
            };
            return Some((unit, at + 1));
        }
        let unit = word.unit;
        if unit.is_empty() || unit == "%" {
            return None;
        }
        let mut end = at + 1;
        if unit == "degree" {
            end += usize::from(self.glued(end, b'.'));
            return Some(self.scale_of_degrees(end));
        }
        Some((unit, end))
    }

    /// The unit of degrees by what stands behind them: "Celsius", "F"; and its end.
    fn scale_of_degrees(&self, at: usize) -> (&'static str, usize) {
        let kind = self.word(at).unit;
        match () {
            () if matches!(kind, "celsius" | "fahrenheit") => (kind, at + 1),
            () if self.is(at, "c") => ("celsius", at + 1),
            () if self.is(at, "f") => ("fahrenheit", at + 1),
            () => ("degree", at),
        }
    }

    pub(super) fn quantity(&self, range: Range, end: usize, unit: &'static str) -> Option<Amount> {
        let mut range = range;
        let mut end = end;
        let mut unit = unit;
        if self.glued(end, b'/') || self.small(end) & (small::PER | small::ARTICLE) != 0 {
            let second = self.any(end + 1, &["second", "s", "sec"]);
            if (second || self.any(end + 1, &["hour", "h", "hr"]))
                && let Some(rate) = speed(unit, second)
            {
                (unit, end) = (rate, end + 2);
            }
        }
        // "-5 degrees": a minus, not a dash between words.
        let minus = range.first.checked_sub(1).filter(|m| *m >= self.first && self.tokens[*m].is_symbol(b'-'));
        if let Some(m) = minus
            && matches!(unit, "celsius" | "fahrenheit" | "degree")
            && (m == self.first || self.tokens[m].is(form::SPACE))
            && range.min == range.max
        {
            range = Range { first: m, min: -range.min, max: -range.max, ..range };
        }
        if unit == "ft" {
            // "5 feet 2 inches"
            let and = usize::from(self.small(end) == small::AND);
            if let Some(inches) = self.number(end + and)
                && (self.word(inches.end).unit == "in" || self.is(inches.end, "in"))
            {
                range.min += inches.value / 12.0;
                range.max += inches.value / 12.0;
                end = inches.end + 1;
            }
        }
        Some(self.amount_of(range, end, AmountKind::Quantity, unit))
    }

    pub(super) fn amount_of(&self, range: Range, end: usize, kind: AmountKind, unit: &'static str) -> Amount {
        Amount {
            first: range.first as u32,
            end: end as u32,
            kind,
            min: range.min,
            max: range.max,
            unit,
            item: self.item(end, false),
            hedge: None,
            currency_assumed: false,
        }
    }

    /// What of: "of narcotics", "worth of drugs", or a listed thing right behind.
    pub(super) fn item(&self, end: usize, money: bool) -> Option<(u32, u32)> {
        let worth = money && self.small(end) == small::WORTH;
        let of = end + usize::from(worth);
        let marked = self.small(of) == small::OF;
        if !marked {
            let thing = self.token(end)?.has(class::ITEM) && !money;
            return thing.then_some((end as u32, end as u32 + 1));
        }
        if money && !worth {
            return None;
        }
        let from = of + 1;
        let mut last = None;
        for at in from..(from + 4).min(self.tokens.len()) {
            let token = &self.tokens[at];
            if !token.is(form::WORD) || token.has(class::FUNCTION) || token.is(form::LINE) {
                break;
            }
            last = Some(at + 1);
            if token.has(class::ITEM) {
                break;
            }
        }
        last.map(|to| (from as u32, to as u32))
    }

    /// "12 militants", "three armed men", "dozens of people".
    pub(super) fn count(&self, range: Range, number: &Number) -> Option<Amount> {
        let of = usize::from(self.small(range.end) == small::OF);
        let the = usize::from(of == 1 && self.small(range.end + 1) == small::WHOSE);
        if number.vague != (of == 1) && the == 0 {
            return None;
        }
        let from = range.end + of + the;
        let year = number.digits && number.plain == 4 && (1900.0..2100.0).contains(&number.value);
        for at in from..from + if year { 1 } else { 3 } {
            let token = self.token(at)?;
            if !token.is(form::WORD) || token.is(form::LINE) {
                return None;
            }
            if token.has(class::PEOPLE | class::ITEM) {
                let mut end = at + 1;
                let plural = |at: usize| {
                    self.token(at).is_some_and(|t| matches!(self.text.as_bytes()[t.end as usize - 1], b's' | b'S'))
                        || self.any(at, &["people", "men", "women", "children"])
                };
                if !plural(at) && self.token(end).is_some_and(|t| t.has(class::PEOPLE | class::ITEM)) && plural(end) {
                    end += 1;
                }
                return Some(Amount {
                    first: range.first as u32,
                    end: end as u32,
                    kind: AmountKind::Count,
                    min: range.min,
                    max: range.max,
                    unit: "",
                    item: Some((at as u32, end as u32)),
                    hedge: number.vague.then_some(Hedge::Over),
                    currency_assumed: false,
                });
            }
            if token.has(class::FUNCTION | class::NUMBER) || token.is(form::DIGIT) {
                return None;
            }
        }
        None
    }
}

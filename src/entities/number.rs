//! Reads numbers, in digits and in words, for dates and amounts alike.
//!
//! A number in the news is several tokens: `2,400`, `1.5`, `twenty-five`, `two and a half million`. What the digits
//! run into (`5th`, `10am`, `3.5bn`) is left to the reader who asked, because only he knows whether `m` is a metre.

use super::senses::Senses;
use crate::dictionary::{Dictionary, class};
use crate::token::{Token, form, hash_folded};

/// A number in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// Its value.
    pub value: f64,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// Written in digits.
    pub digits: bool,
    /// Number of digits of an integer without separators or fraction ("2019": 4); else 0.
    pub plain: u8,
    /// A count of nothing exact: "dozens", "hundreds". The value is the least it can be.
    pub vague: bool,
    /// A single comma with other than three digits behind it was read as a decimal comma.
    pub comma: bool,
    /// First byte of the letters that the last token's digits run into; the token's end when there are none.
    pub suffix: u32,
}

/// What a word means as a number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NumberWord {
    /// Its value; 0 when it is no number.
    pub value: f64,
    /// Only read behind digits: "bn", "m".
    pub short: bool,
    /// "dozens".
    pub plural: bool,
}

/// Reads numbers. Built once.
#[derive(Debug)]
pub(super) struct Numbers {
    words: Senses<NumberWord>,
    a: [u64; 2],
    and: u64,
    half: u64,
    quarter: u64,
    quarters: u64,
    three: u64,
    of: u64,
}

impl Numbers {
    pub(super) fn new(dictionary: &Dictionary<'_>) -> Self {
        let words = Senses::new(dictionary, &[class::NUMBER], |word, _, value| {
            let mut parts = value.split(' ');
            *word =
                NumberWord { value: parts.next().and_then(|v| v.parse().ok()).unwrap_or(0.0), ..NumberWord::default() };
            for flag in parts {
                word.short |= flag == "short";
                word.plural |= flag == "plural";
            }
        });
        Numbers {
            words,
            a: [hash_folded("a"), hash_folded("an")],
            and: hash_folded("and"),
            half: hash_folded("half"),
            quarter: hash_folded("quarter"),
            quarters: hash_folded("quarters"),
            three: hash_folded("three"),
            of: hash_folded("of"),
        }
    }

    /// What a token means as a number word.
    #[inline]
    pub(super) fn word(&self, token: &Token) -> NumberWord {
        if token.has(class::NUMBER) { self.words.of(token) } else { NumberWord::default() }
    }

    /// What a word means as a number, by its id.
    pub(super) fn of_word(&self, word: u32) -> NumberWord {
        self.words.of_word(word)
    }

    /// The factor that letters behind digits stand for: "bn", "m".
    pub(super) fn short_scale(suffix: &str) -> Option<f64> {
        let is = |words: &[&str]| words.iter().any(|w| suffix.eq_ignore_ascii_case(w));
        match () {
            () if is(&["k"]) => Some(1e3),
            () if is(&["m", "mn", "mln", "mio"]) => Some(1e6),
            () if is(&["bn", "b", "bln"]) => Some(1e9),
            () if is(&["tn", "trn", "t"]) => Some(1e12),
            () if is(&["cr"]) => Some(1e7),
            () => None,
        }
    }

    /// The number that begins at token `at`, or one token (or two, "half a") before it.
    pub(super) fn read(&self, text: &str, tokens: &[Token], at: usize) -> Option<Number> {
        let token = tokens.get(at)?;
        if let Some(number) = self.read_alone(text, tokens, at, token) {
            return Some(number);
        }
        let mut number =
            if token.is(form::DIGIT) { read_digits(text, tokens, at)? } else { self.read_words(tokens, at)? };
        self.and_a_half(tokens, &mut number);
        if number.digits && number.suffix == tokens[number.end - 1].end {
            self.scales(tokens, &mut number);
        }
        Some(number)
    }

    /// The number of a token that is digits and nothing else, where what stands behind it cannot belong to it: most are.
    #[inline]
    fn read_alone(&self, text: &str, tokens: &[Token], at: usize, token: &Token) -> Option<Number> {
        if !token.is(form::DIGIT) {
            return None;
        }
        if let Some(behind) = tokens.get(at + 1) {
            let joins = if behind.is(form::WORD) {
                behind.has(class::NUMBER) || behind.hash == self.and
            } else {
                !behind.is(form::SPACE) && matches!(behind.symbol, b',' | b'.' | b'-')
            };
            if joins {
                return None;
            }
        }
        let (value, plain, suffix) = leading_digits(text, token).filter(|(_, _, suffix)| *suffix == token.end)?;
        Some(Number { value, first: at, end: at + 1, digits: true, plain, vague: false, comma: false, suffix })
    }

    /// Full scale words behind digits: "3,150 crore", "30-million-dollar".
    fn scales(&self, tokens: &[Token], number: &mut Number) {
        loop {
            let hyphen = tokens.get(number.end).is_some_and(|t| t.is_symbol(b'-') && !t.is(form::SPACE));
            let at = number.end + usize::from(hyphen);
            let Some(next) = tokens.get(at) else { return };
            let word = self.word(next);
            let full = word.value >= 100.0 || word.value == 12.0;
            if !full || word.short || word.plural || next.is(form::LINE) {
                return;
            }
            number.value *= word.value;
            number.plain = 0;
            number.end = at + 1;
            number.suffix = next.end;
        }
    }

    /// "two and a half", "one and a half million".
    fn and_a_half(&self, tokens: &[Token], number: &mut Number) {
        let is = |at: usize, hash: u64| tokens.get(at).is_some_and(|t| t.hash == hash);
        if is(number.end, self.and)
            && is(number.end + 1, self.a[0])
            && is(number.end + 2, self.half)
            && number.value < 100.0
        {
            number.value += 0.5;
            number.end += 3;
            number.plain = 0;
            number.suffix = tokens[number.end - 1].end;
            self.scales(tokens, number);
        }
    }

    fn read_words(&self, tokens: &[Token], first: usize) -> Option<Number> {
        let opening = self.word(&tokens[first]);
        if opening.value == 0.0 || opening.short {
            return None;
        }
        let mut at = first;
        let (mut total, mut current, mut vague) = (0.0f64, 0.0f64, false);
        let mut end = first;
        let mut last = 0.0f64;
        while let Some(token) = tokens.get(at) {
            let word = self.word(token);
            let v = word.value;
            if v == 0.0 || word.short || (at > first && token.is(form::LINE)) {
                break;
            }
            if word.plural {
                // "hundreds of thousands": only the first word is read, "two dozens" is not written so.
                if at > first {
                    break;
                }
                current = 2.0 * v;
                vague = true;
                end = at + 1;
                break;
            }
            if v >= 1000.0 {
                if current == 0.0 && total > 0.0 {
                    total *= v;
                } else {
                    total += current.max(1.0) * v;
                }
                current = 0.0;
            } else if v == 100.0 || v == 12.0 && !(20.0..100.0).contains(&last) && at > first {
                current = current.max(1.0) * v;
            } else {
                let fits =
                    current == 0.0 || current >= 100.0 && last >= 100.0 || (20.0..100.0).contains(&last) && v < 10.0;
                if !fits {
                    break;
                }
                current += v;
            }
            last = v;
            at += 1;
            end = at;
            let Some(next) = tokens.get(at) else { break };
            let joins = next.is_symbol(b'-') && !next.is(form::SPACE) || next.hash == self.and && last >= 100.0;
            if joins
                && tokens.get(at + 1).is_some_and(|t| {
                    let v = self.word(t).value;
                    v > 0.0 && (v < last || v >= 1000.0) && !self.word(t).plural
                })
            {
                at += 1;
            }
        }
        let mut number = Number {
            value: total + current,
            first,
            end,
            digits: false,
            plain: 0,
            vague,
            comma: false,
            suffix: tokens[end - 1].end,
        };
        self.begin_earlier(tokens, &mut number);
        Some(number)
    }

    /// "a hundred", "half a million", "three quarters of a million" begin before their scale word.
    fn begin_earlier(&self, tokens: &[Token], number: &mut Number) {
        if self.word(&tokens[number.first]).value < 12.0 || number.vague {
            return;
        }
        let is = |back: usize, hash: u64| number.first.checked_sub(back).is_some_and(|at| tokens[at].hash == hash);
        let article = usize::from(is(1, self.a[0]) || is(1, self.a[1]));
        let back = article + usize::from(article == 1 && is(2, self.of));
        let (part, words) = match () {
            () if is(back + 1, self.half) => (0.5, 1),
            () if is(back + 1, self.quarter) => (0.25, 1),
            () if is(back + 1, self.quarters) && is(back + 2, self.three) => (0.75, 2),
            () => {
                number.first -= article;
                return;
            }
        };
        number.value *= part;
        number.first -= back + words;
        if number.first > 0 && self.a.contains(&tokens[number.first - 1].hash) {
            number.first -= 1;
        }
    }
}

/// Of as many digits as [`leading_digits`] reads.
const POWERS_OF_TEN: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// The leading digits of a token: their value, how many they are, and the byte where they end.
fn leading_digits(text: &str, token: &Token) -> Option<(f64, u8, u32)> {
    let (mut value, mut count) = (0u64, 0);
    let word = &text.as_bytes()[token.start as usize..token.end as usize];
    for byte in word.iter().take_while(|b| b.is_ascii_digit()) {
        value = value * 10 + u64::from(byte - b'0');
        count += 1;
        if count > 15 {
            return None;
        }
    }
    (count > 0).then_some((value as f64, count, token.start + u32::from(count)))
}

fn read_digits(text: &str, tokens: &[Token], first: usize) -> Option<Number> {
    let number = |value, end, plain, suffix| Number {
        value,
        first,
        end,
        digits: true,
        plain,
        vague: false,
        comma: false,
        suffix,
    };
    let Some((mut value, count, mut suffix)) = leading_digits(text, &tokens[first]) else {
        let part = match tokens[first].of(text) {
            "½" => 0.5,
            "¼" => 0.25,
            "¾" => 0.75,
            _ => return None,
        };
        return Some(number(part, first + 1, 0, tokens[first].end));
    };
    let mut end = first + 1;
    if suffix != tokens[first].end {
        let part = match &text[suffix as usize..tokens[first].end as usize] {
            "½" => 0.5,
            "¼" => 0.25,
            "¾" => 0.75,
            _ => 0.0,
        };
        if part > 0.0 {
            return Some(number(value + part, end, 0, tokens[first].end));
        }
        return Some(number(value, end, count, suffix));
    }
    // `symbol` and digits, all without white space.
    let group = |at: usize, symbol: u8| {
        let joins = |t: &&Token| t.is_symbol(symbol) && !t.is(form::SPACE);
        tokens.get(at).filter(joins)?;
        let digits = tokens.get(at + 1).filter(|t| t.form & (form::DIGIT | form::SPACE) == form::DIGIT)?;
        leading_digits(text, digits)
    };
    let mut plain = count;
    let mut comma = false;
    if count <= 3 {
        while let Some((v, n, at)) = group(end, b',') {
            let whole = at == tokens[end + 1].end;
            let indian = n == 2 && whole && matches!(group(end + 2, b','), Some((_, 2 | 3, _)));
            if n == 3 || indian {
                value = value * if n == 3 { 1000.0 } else { 100.0 } + v;
                plain = 0;
            } else if n <= 2 && plain != 0 {
                value += v / POWERS_OF_TEN[usize::from(n)];
                comma = true;
                plain = 0;
            } else {
                break;
            }
            end += 2;
            suffix = at;
            if !whole || comma {
                break;
            }
        }
    }
    if !comma
        && suffix == tokens[end - 1].end
        && let Some((v, n, at)) = group(end, b'.')
    {
        value += v / POWERS_OF_TEN[usize::from(n)];
        end += 2;
        suffix = at;
        plain = 0;
        // Three parts are a version, a date or an address.
        if group(end, b'.').is_some() {
            return None;
        }
    }
    Some(Number { comma, ..number(value, end, plain, suffix) })
}

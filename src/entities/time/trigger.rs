//! Which tokens can begin an expression: asked of all words of time and all numbers, so answered for 64 tokens in a row
//! by the tokens right beside them, and with as few branches as can be, for nobody can guess the answers.

use super::words::Word;
use crate::dictionary::{Dictionary, class};
use crate::entities::little_words::LittleWords;
use crate::entities::number::Numbers;
use crate::entities::senses::Senses;
use crate::kernel::{Wide, each_bit, widely};
use crate::token::{NO_WORD, SHEET, Token, Tokens, form, hash_folded, hash_symbol, marks};

/// Bits of words that may begin an expression, as any token may that begins with a digit.
pub(super) const TRIGGER: u32 = class::MONTH | class::WEEKDAY | class::TIME | class::NUMBER;

/// No length of time has more of its units.
pub(super) const LONGEST: f64 = 100_000.0;

/// What stands beside a word, or is asked of it: bits of a number.
pub(super) mod beside {
    /// A word of time or a number stands behind it that is more than the unit of a length or the mark of a clause.
    pub const LIVE: u32 = 1;
    /// A word of time, a weekday, a month or a number in words stands behind it.
    pub const TRIGGER: u32 = 1 << 1;
    /// A word of time or a weekday stands behind it.
    pub const TIME: u32 = 1 << 2;
    /// A token that begins with a digit stands behind it.
    pub const DIGIT: u32 = 1 << 3;
    pub const OF: u32 = 1 << 4;
    pub const IN: u32 = 1 << 5;
    pub const THE: u32 = 1 << 6;
    pub const FROM: u32 = 1 << 7;
    pub const DASH: u32 = 1 << 8;
    pub const COMMA: u32 = 1 << 9;
    /// What a word or symbol behind a token can show.
    pub const BEHIND: u32 = (1 << 16) - 1;
    pub const AFTER_THE: u32 = 1 << 16;
    pub const AFTER_A: u32 = 1 << 17;
    pub const AFTER_IN: u32 = 1 << 18;
    /// The "s" of an owner: "mother's day".
    pub const AFTER_S: u32 = 1 << 23;
    /// What a word before a token can show.
    pub const BEFORE: u32 = AFTER_THE | AFTER_A | AFTER_IN | AFTER_S;
    /// It is written with a capital.
    pub const CAPITAL: u32 = 1 << 19;
    /// Nothing is asked.
    pub const ANYTHING: u32 = 1 << 20;
    /// As what stands behind another, it makes no date of that: "years", "after".
    pub const DEAD: u32 = 1 << 21;
    /// A number of which no length of time has so many units: "million".
    pub const BEYOND_LENGTHS: u32 = 1 << 22;

    /// Goes on a number when nothing stands between: "1,500", "10.30".
    pub const POINT: u32 = 1 << 24;
    /// Goes on a number to another: "3 to 5".
    pub const RANGE: u32 = 1 << 25;
    /// Joins a number to anything: "5-day", "5/6", "80's".
    pub const TIE: u32 = 1 << 26;
    pub const AND: u32 = 1 << 27;
}

/// Tells which tokens can begin an expression. Built once.
#[derive(Debug)]
pub(super) struct Gate {
    /// What each word of time asks of its neighbours, and what it shows to them.
    words: Senses<u32>,
    /// What other words and symbols show to their neighbours.
    little: LittleWords<u32>,
    a: u64,
    the: u64,
}

/// What stands beyond the text's ends.
const NOTHING: Token = Token {
    hash: 0,
    start: 0,
    end: 0,
    class: 0,
    word: NO_WORD,
    form: form::SPACE,
    name_weights: 0,
    function: 0,
    mark: 0,
    symbol: 0,
};

impl Gate {
    pub(super) fn new(dictionary: &Dictionary<'_>, meanings: &Senses<Word>, numbers: &Numbers) -> Self {
        use beside::*;
        const CLASSES: [u32; 4] = [class::MONTH, class::WEEKDAY, class::TIME, class::NUMBER];
        let words = Senses::of_all(dictionary, &CLASSES, |word| {
            let number = numbers.of_word(word).value;
            match number {
                0.0 => meanings.of_word(word).asks(),
                _ if number > LONGEST => BEYOND_LENGTHS,
                _ => 0,
            }
        });
        let word = |word: &str, bits: u32| (hash_folded(word), bits);
        let symbol = |symbol: char, bits: u32| (hash_symbol(symbol), bits);
        let little = LittleWords::of_hashes(&[
            word("of", OF),
            word("in", IN | AFTER_IN),
            word("the", THE | AFTER_THE),
            word("from", FROM),
            word("a", AFTER_A),
            word("an", AFTER_A),
            word("s", AFTER_S),
            word("and", AND | RANGE),
            word("to", RANGE),
            word("through", RANGE),
            word("thru", RANGE),
            word("until", RANGE),
            word("till", RANGE),
            symbol('-', DASH | RANGE | TIE),
            symbol('/', TIE),
            symbol('\'', TIE),
            symbol(',', COMMA | POINT),
            symbol('.', POINT),
        ]);
        Gate { words, little, a: hash_folded("a"), the: hash_folded("the") }
    }

    /// Fills `open`, for each sheet of 64 tokens a number whose bit `i` tells whether token `i` of it can begin an
    /// expression.
    pub(super) fn open(&self, text: &str, tokens: &Tokens, open: &mut Vec<u64>) {
        open.clear();
        widely(Sheets { gate: self, text: text.as_bytes(), tokens, open });
    }

    /// Whether a word of time has beside it what it asks for. Most have not: "will", "this port", "the next man".
    #[inline(always)]
    fn word_opens(&self, [before, token, behind]: [&Token; 3]) -> bool {
        let bit = |condition: bool, bit: u32| if condition { bit } else { 0 };
        let trigger = behind.has(TRIGGER);
        let dead = self.words.of_listed(behind) & beside::DEAD != 0;
        let shown = self.little.of_hash(behind.hash) & beside::BEHIND
            | self.little.of_hash(before.hash) & beside::BEFORE
            | bit(trigger, beside::TRIGGER)
            | bit(trigger & !dead, beside::LIVE)
            | bit(behind.has(class::TIME | class::WEEKDAY), beside::TIME)
            | bit(behind.is(form::DIGIT), beside::DIGIT | beside::LIVE)
            | bit(token.is(form::CAPITAL), beside::CAPITAL)
            | beside::ANYTHING;
        self.words.of_listed(token) & shown != 0
    }

    /// Whether what stands behind a number, four tokens, can make an expression of it: "12 men", "32-53" and "5.7 km"
    /// are none.
    #[inline(always)]
    fn number_opens(&self, text: &[u8], [number, first, second, third, fourth]: [&Token; 5]) -> bool {
        let (mut next, mut second) = (first, second);
        let mut little = self.little.of_hash(next.hash);
        let tight = (next.form | second.form) & form::SPACE == 0;
        let joins = (little & beside::RANGE != 0) | tight & (little & beside::POINT != 0);
        if joins & second.is(form::DIGIT) && is_small(text, second) {
            (next, second) = (third, fourth);
            little = self.little.of_hash(next.hash);
        }
        let goes_on = if next.is(form::WORD) {
            let joined = little != 0
                && (little & beside::AND != 0 && (second.has(class::NUMBER) || second.hash == self.a)
                    || little & beside::RANGE != 0 && second.is(form::DIGIT)
                    || little & beside::OF != 0 && second.has(class::MONTH)
                    || little & beside::IN != 0 && second.hash == self.the);
            // "5 b" is a sum, "5 B.C." a year.
            let letter = next.end - next.start == 1;
            let number = !letter && next.class & TRIGGER == class::NUMBER;
            let beyond = number && self.words.of(next) & beside::BEYOND_LENGTHS != 0;
            joined || !is_plain(next) && !beyond
        } else {
            // "killed 12. The", "12, 13 and 14 May": a symbol joins what stands tight, or numbers in a list.
            (little & beside::TIE != 0) | (second.form & form::SPACE == 0) | second.has(TRIGGER)
        };
        let of_time = number.has(DATED) && !number.is(form::DIGIT);
        goes_on | of_time | !is_small(text, number)
    }
}

/// Bits of words of time that are no numbers.
const DATED: u32 = class::MONTH | class::WEEKDAY | class::TIME;

/// The work of [`Gate::open`].
struct Sheets<'a> {
    gate: &'a Gate,
    text: &'a [u8],
    tokens: &'a Tokens,
    open: &'a mut Vec<u64>,
}

impl Wide for Sheets<'_> {
    type Answer = ();

    #[inline(always)]
    fn run(self) {
        let Sheets { gate, text, tokens, open } = self;
        let list: &[Token] = tokens;
        for (number, sheet) in tokens.sheets().iter().enumerate() {
            let numbers = sheet.having::<{ marks(class::NUMBER, form::DIGIT) }>();
            let words = sheet.having::<{ marks(DATED, 0) }>() & !numbers;
            let first = number * SHEET;
            let mut opens = 0;
            for i in each_bit(words) {
                let near = match list.get((first + i).wrapping_sub(1)..).and_then(|list| list.first_chunk()) {
                    Some([before, token, behind]) => [before, token, behind],
                    None => near(list, first + i, 1),
                };
                opens |= u64::from(gate.word_opens(near)) << i;
            }
            for i in each_bit(numbers) {
                let near = match list.get(first + i..).and_then(|list| list.first_chunk()) {
                    Some([number, a, b, c, d]) => [number, a, b, c, d],
                    None => near(list, first + i, 0),
                };
                opens |= u64::from(gate.number_opens(text, near)) << i;
            }
            open.push(opens);
        }
    }
}

/// Tokens in a row that begins `back` before a token, at the text's ends.
#[cold]
fn near<const N: usize>(tokens: &[Token], at: usize, back: usize) -> [&Token; N] {
    std::array::from_fn(|n| (at + n).checked_sub(back).and_then(|at| tokens.get(at)).unwrap_or(&NOTHING))
}

/// A word that is neither one of time nor a number, nor the letter of "a.m.".
#[inline(always)]
fn is_plain(token: &Token) -> bool {
    token.form & (form::WORD | form::DIGIT) == form::WORD && !token.has(TRIGGER) && token.end - token.start > 1
}

/// A number in words, or in at most three digits and nothing else.
#[inline(always)]
fn is_small(text: &[u8], token: &Token) -> bool {
    let digit = |at: u32| text[at as usize].is_ascii_digit();
    !token.is(form::DIGIT)
        | (token.end - token.start <= 3)
            & !token.has(TRIGGER)
            & digit(token.end - 1)
            & digit(token.start.midpoint(token.end))
}

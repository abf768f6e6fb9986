//! What the tagger sees of a window: where the recogniser stands with it, how its words are written, what the lists say
//! of them, and what stands beside it. No feature is a word: a weight tells of a sort of words and never of somebody.

use crate::dictionary::class::{self, Function};
use crate::dictionary::speech::Mark;
use crate::entities::evidence::Name;
use crate::entities::page::Page;
use crate::entities::pattern_words::little;
use crate::entities::{EntityType, Rule};
use crate::token::{Token, form};
use std::hint::select_unpredictable;

macro_rules! families {
    ($($(#[$doc:meta])* $name:ident $label:literal $size:expr;)*) => {
        /// Families of features; a window has one feature of each.
        #[derive(Clone, Copy)]
        enum Family { $($(#[$doc])* $name),* }

        /// The families by their numbers: the name in the table of weights, and how many features there are.
        pub(super) const FAMILIES: &[(&str, usize)] = &[$(($label, $size)),*];
    };
}

families! {
    /// The recogniser's rule, score and type.
    Rule "rule" Rule::ALL.len() * SCORES.len() * 8;
    /// At the head of its sentence, with a word of the language first, of one word or more.
    Start "start" 3 * 2 * 4;
    /// What the name lists and the lexicon say of the first word.
    First "first" LISTED * 2;
    /// The same of the last of several.
    Last "last" LISTED;
    /// Whether the last word heads organisations, facilities, places …
    Head "head" 128;
    /// Capitals, digits, hyphens.
    Shape "shape" 8 * 4;
    /// The last two letters.
    Ending "ending" 27 * 27;
    /// The token before.
    Before "before" BESIDE;
    /// The token behind.
    Behind "behind" BESIDE;
    /// The two before.
    TwoBefore "two_before" BESIDE * BESIDE;
    /// The two behind.
    TwoBehind "two_behind" BESIDE * BESIDE;
    /// One before and one behind.
    Between "between" BESIDE * BESIDE;
    /// How likely it is a place, by the lists alone.
    Prior "prior" 12;
}

/// The scores below which a name is of the sorts of [`Family::Rule`]; the last one has all above.
const SCORES: [f32; 8] = [0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, f32::INFINITY];
/// Sorts of words by the lists: five weights as a given name, five as a family name, three levels in the lexicon.
const LISTED: usize = 5 * 5 * 3;
/// Sorts of tokens beside a window.
const BESIDE: usize = 64;

/// Number of families.
pub(super) const COUNT: usize = FAMILIES.len();

/// Where each family begins; behind them, how many features there are.
pub(super) const BEGINS: [usize; COUNT + 1] = {
    let mut begins = [0; COUNT + 1];
    let mut at = 0;
    while at < COUNT {
        begins[at + 1] = begins[at] + FAMILIES[at].1;
        at += 1;
    }
    begins
};

/// The features of a window, by their numbers among all.
pub(super) type Features = [u16; COUNT];

/// The features of a window.
#[inline]
pub(super) fn features(page: &Page<'_>, name: &Name) -> Features {
    let sentence = &page.sentences[name.sentence as usize];
    let (start, end) = (name.first, name.end);
    let tokens = &page.tokens[start as usize..end as usize];
    let (first, last) = (&tokens[0], &tokens[tokens.len() - 1]);
    let words = usize::from(name.words.clamp(1, 4)) - 1;
    let mut out = [0; COUNT];
    let mut set = |family: Family, value: usize| out[family as usize] = (BEGINS[family as usize] + value) as u16;

    let score = SCORES.iter().filter(|&&limit| name.score >= limit).count();
    set(Family::Rule, (name.rule as usize * SCORES.len() + score) * 8 + number_of(name.kind));
    let before_it = &page.tokens[sentence.first as usize..start as usize];
    let starts = before_it.iter().all(|t| t.form & form::WORD == 0);
    set(Family::Start, (level(first) * 2 + usize::from(starts)) * 4 + words);
    set(Family::First, listed(first) * 2 + usize::from(words > 0));
    set(Family::Last, if words > 0 { listed(last) } else { 0 });
    set(Family::Head, head(last) | usize::from(words > 0) << 6);
    set(Family::Shape, shape(tokens) * 4 + words);
    set(Family::Ending, ending(last.of(page.text).as_bytes()));
    let back = |by: u32| (start >= sentence.first + by).then(|| &page.tokens[(start - by) as usize]);
    let ahead = |by: u32| (end + by < sentence.end).then(|| &page.tokens[(end + by) as usize]);
    let (second, before) = (beside(page, back(2)), beside(page, back(1)));
    let (behind, beyond) = (beside(page, ahead(0)), beside(page, ahead(1)));
    set(Family::Before, before);
    set(Family::Behind, behind);
    set(Family::TwoBefore, second * BESIDE + before);
    set(Family::TwoBehind, behind * BESIDE + beyond);
    set(Family::Between, before * BESIDE + behind);
    let list = page.begins.listed_at(start);
    let is_listed = list.is_some() && list.end == end;
    set(Family::Prior, if is_listed { 1 + (page.dictionary.place_prior(list.surface) * 10.0) as usize } else { 0 });
    out
}

/// A number below 8 for a type.
fn number_of(kind: EntityType) -> usize {
    match kind {
        EntityType::Person => 1,
        EntityType::Org => 2,
        EntityType::Gpe => 3,
        EntityType::Loc => 4,
        EntityType::Fac => 5,
        EntityType::Norp => 6,
        _ => 7,
    }
}

/// 0 for no word of the language, 2 for a common one.
fn level(token: &Token) -> usize {
    select_unpredictable(token.has(class::COMMON), 2, usize::from(token.has(class::LEXICON)))
}

/// What the name lists and the lexicon say of a word, below [`LISTED`].
fn listed(token: &Token) -> usize {
    const WEIGHTS: [u8; 16] = [0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4];
    let weight = |weight: u8| usize::from(WEIGHTS[usize::from(weight) % 16]);
    (weight(token.given_weight()) * 5 + weight(token.surname_weight())) * 3 + level(token)
}

/// A bit for each sort of names that a word heads.
fn head(token: &Token) -> usize {
    const HEADS: [u32; 6] =
        [class::ORG_HEAD, class::EVENT_HEAD, class::FACILITY_HEAD, class::PLACE_HEAD, class::TITLE, class::DIRECTION];
    (0..).zip(HEADS).fold(0, |bits, (at, class)| bits | usize::from(token.has(class)) << at)
}

/// How a name is written, below 8.
fn shape(tokens: &[Token]) -> usize {
    let length = tokens[tokens.len() - 1].end - tokens[0].start;
    let all = tokens.iter().fold(!0, |all, t| all & (t.form | if t.is(form::WORD) { 0 } else { form::ALL_CAPITALS }));
    let any = tokens.iter().fold(0, |any, t| any | t.form);
    match any {
        _ if all & form::ALL_CAPITALS != 0 && length < 4 => 0,
        _ if all & form::ALL_CAPITALS != 0 && length < 6 => 1,
        _ if all & form::ALL_CAPITALS != 0 => 2,
        any if any & form::DIGIT != 0 => 3,
        any if any & form::INNER_CAPITAL != 0 => 4,
        any if any & form::DASH != 0 => 5,
        any if any & form::BEYOND_ASCII != 0 => 6,
        _ => 7,
    }
}

/// The last two letters of a word; what is no letter of ASCII counts as one more.
fn ending(word: &[u8]) -> usize {
    let letter = |byte: u8| usize::from((byte | 0x20).wrapping_sub(b'a').min(26));
    match word {
        [.., a, b] => letter(*a) * 27 + letter(*b),
        [b] => 26 * 27 + letter(*b),
        [] => 27 * 27 - 1,
    }
}

/// What a token beside a window is, below [`BESIDE`]; none beyond its sentence.
#[inline(always)]
fn beside(page: &Page<'_>, token: Option<&Token>) -> usize {
    token.map_or(0, |token| usize::from(number(token, page.little(token), page.dictionary.function(token))))
}

/// What a token is that is this [`little`] word and of this closed class. Of all that it can be the lowest number counts,
/// and each is read off a table: what it is cannot be guessed.
#[inline(always)]
fn number(token: &Token, word: u16, function: Function) -> u8 {
    let classes = if token.is(form::CAPITAL) { &CAPITAL } else { &SMALL };
    let [a, b, c, d] = token.class.to_le_bytes();
    let by_class = classes[0][usize::from(a)].min(classes[1][usize::from(b)]);
    let by_class = by_class.min(classes[2][usize::from(c)]).min(classes[3][usize::from(d)]);
    let by_speech = select_unpredictable(
        function == Function::None,
        NO_FUNCTION + (Mark(token.mark).tag() as u8).min(9),
        FUNCTIONS + function as u8,
    );
    let digit = if token.is(form::DIGIT) { NUMBER } else { ANY };
    let of_word = by_class.min(LITTLE[usize::from(word) % LITTLE.len()]).min(by_speech).min(digit);
    select_unpredictable(token.is(form::WORD), of_word, SYMBOLS[usize::from(token.symbol)])
}

/// A word or another token that is none of what is asked for.
const ANY: u8 = u8::MAX;
/// What begins with a digit.
const NUMBER: u8 = 12;
/// Months and days of the week.
const DAY: u8 = 13;
/// The first of the numbers of words in small letters by their closed class, none among them; and by their part of
/// speech.
const FUNCTIONS: u8 = 37;
const NO_FUNCTION: u8 = 54;

/// By the symbol of a token that is no word.
const SYMBOLS: [u8; 256] = {
    let mut table = [11; 256];
    let groups: [&[u8]; 10] = [b",", b"(", b")", b"\"", b"'", b"-", b":;", b"/", b"&", b".!?"];
    let mut at = 0;
    while at < groups.len() {
        let mut symbol = 0;
        while symbol < groups[at].len() {
            table[groups[at][symbol] as usize] = at as u8 + 1;
            symbol += 1;
        }
        at += 1;
    }
    table
};

/// The lowest number of the classes in each byte of a class.
type ByClass = [[u8; 256]; 4];

/// Of words with a capital; all have one.
static CAPITAL: ByClass = by_class(
    &[
        (class::MONTH | class::WEEKDAY, DAY),
        (class::TITLE, 14),
        (class::ORG_HEAD, 15),
        (class::PLACE_HEAD | class::FACILITY_HEAD, 16),
        (class::EVENT_HEAD, 17),
        (class::DEMONYM, 18),
        (class::FUNCTION, 19),
        (class::GIVEN | class::SURNAME, 20),
        (class::LEXICON, 21),
    ],
    22,
);

/// Of words in small letters.
static SMALL: ByClass = by_class(
    &[
        (class::MONTH | class::WEEKDAY, DAY),
        (class::REPORT, 31),
        (class::TITLE, 32),
        (class::ORG_HEAD, 33),
        (class::PLACE_HEAD | class::FACILITY_HEAD, 34),
        (class::EVENT_HEAD, 35),
        (class::PEOPLE, 36),
        (class::DIRECTION, 37),
    ],
    ANY,
);

/// A table of classes and their numbers; `none` for what has none of them.
const fn by_class(numbers: &[(u32, u8)], none: u8) -> ByClass {
    let mut table = [[none; 256]; 4];
    let mut at = 0;
    while at < 4 * 256 {
        let (byte, bits) = (at / 256, at % 256);
        let mut row = 0;
        while row < numbers.len() {
            let (class, number) = numbers[row];
            if class >> (8 * byte) & bits as u32 != 0 && number < table[byte][bits] {
                table[byte][bits] = number;
            }
            row += 1;
        }
        at += 1;
    }
    table
}

/// By the bits of [`little`], the first of those that count.
static LITTLE: [u8; 1 << 10] = {
    const FIRST: u8 = 23;
    let bits =
        [little::OF, little::THE, little::WHERE, little::AND, little::FOR, little::ON, little::BE, little::LOCATIVE];
    let mut table = [ANY; 1 << 10];
    let mut word = 0;
    while word < table.len() {
        let mut at = bits.len();
        while at > 0 {
            at -= 1;
            if word as u16 & bits[at] != 0 {
                table[word] = FIRST + at as u8;
            }
        }
        word += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use proptest::prelude::*;

    /// The plain twin of [`number`].
    fn number_plain(token: &Token, word: u16, function: Function) -> u8 {
        let first = |sorts: &[u32]| sorts.iter().position(|&class| token.has(class)).map(|at| at as u8);
        let place = class::PLACE_HEAD | class::FACILITY_HEAD;
        let name = class::GIVEN | class::SURNAME;
        let capital = [class::TITLE, class::ORG_HEAD, place, class::EVENT_HEAD, class::DEMONYM, class::FUNCTION, name];
        let small =
            [class::REPORT, class::TITLE, class::ORG_HEAD, place, class::EVENT_HEAD, class::PEOPLE, class::DIRECTION];
        let words = [
            little::OF,
            little::THE,
            little::WHERE,
            little::AND,
            little::FOR,
            little::ON,
            little::BE,
            little::LOCATIVE,
        ];
        if !token.is(form::WORD) {
            let symbols: [&[u8]; 10] = [b",", b"(", b")", b"\"", b"'", b"-", b":;", b"/", b"&", b".!?"];
            return symbols.iter().position(|own| own.contains(&token.symbol)).map_or(11, |at| at as u8 + 1);
        }
        match () {
            () if token.is(form::DIGIT) => 12,
            () if token.has(class::MONTH | class::WEEKDAY) => 13,
            () if token.is(form::CAPITAL) => {
                14 + first(&capital).unwrap_or(if token.has(class::LEXICON) { 7 } else { 8 })
            }
            () => words
                .iter()
                .position(|bits| word & bits != 0)
                .map(|at| 23 + at as u8)
                .or_else(|| first(&small).map(|at| 31 + at))
                .unwrap_or(match function {
                    Function::None => 54 + (Mark(token.mark).tag() as u8).min(9),
                    function => 37 + function as u8,
                }),
        }
    }

    proptest! {
        #[test]
        fn tables_say_what_the_classes_say(
            bits in prop::collection::vec(0..32u32, 0..4),
            form in 0..64u32,
            little in prop::option::of(0..10u32),
            (function, mark) in (0..20u8, any::<u8>()),
            symbol in prop_oneof![any::<u8>(), Just(b';'), Just(b'?'), Just(b'"')],
        ) {
            let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the shipped lists open");
            let class = bits.iter().fold(0, |class, bit| class | 1 << bit);
            let (hash, start, end, word, name_weights) = (1, 0, 1, 0, 0);
            let token = Token { hash, start, end, class, word, form, name_weights, function, mark, symbol };
            let little = little.map_or(0, |bit| 1 << bit);
            let function = dictionary.function(&token);
            prop_assert!(usize::from(number(&token, little, function)) < BESIDE);
            prop_assert_eq!(number(&token, little, function), number_plain(&token, little, function));
        }
    }
}

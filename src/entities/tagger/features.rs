//! What the tagger sees of a window: where the recogniser stands with it, how its words are written, what the lists say
//! of them, and what stands beside it. No feature is a word: a weight tells of a sort of words and never of somebody.

use crate::dictionary::class::{self, Function};
use crate::dictionary::speech::Mark;
use crate::entities::evidence::Name;
use crate::entities::page::Page;
use crate::entities::pattern_words::little;
use crate::entities::{EntityType, Rule};
use crate::token::{Token, form};

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
    let [second, before, behind, beyond] = [back(2), back(1), ahead(0), ahead(1)].map(|t| beside(page, t));
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
    if token.has(class::COMMON) { 2 } else { usize::from(token.has(class::LEXICON)) }
}

/// What the name lists and the lexicon say of a word, below [`LISTED`].
fn listed(token: &Token) -> usize {
    let weight = |weight: u8| match weight {
        0 => 0,
        1..=4 => 1,
        5..=8 => 2,
        9..=11 => 3,
        _ => 4,
    };
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
fn beside(page: &Page<'_>, token: Option<&Token>) -> usize {
    const CAPITAL: [u32; 7] = [
        class::TITLE,
        class::ORG_HEAD,
        class::PLACE_HEAD | class::FACILITY_HEAD,
        class::EVENT_HEAD,
        class::DEMONYM,
        class::FUNCTION,
        class::GIVEN | class::SURNAME,
    ];
    const LITTLE: [u16; 8] =
        [little::OF, little::THE, little::WHERE, little::AND, little::FOR, little::ON, little::BE, little::LOCATIVE];
    const SMALL: [u32; 7] = [
        class::REPORT,
        class::TITLE,
        class::ORG_HEAD,
        class::PLACE_HEAD | class::FACILITY_HEAD,
        class::EVENT_HEAD,
        class::PEOPLE,
        class::DIRECTION,
    ];
    let Some(token) = token else { return 0 };
    if !token.is(form::WORD) {
        return match token.symbol {
            b',' => 1,
            b'(' => 2,
            b')' => 3,
            b'"' => 4,
            b'\'' => 5,
            b'-' => 6,
            b':' | b';' => 7,
            b'/' => 8,
            b'&' => 9,
            b'.' | b'!' | b'?' => 10,
            _ => 11,
        };
    }
    if token.is(form::DIGIT) {
        return 12;
    }
    if token.has(class::MONTH | class::WEEKDAY) {
        return 13;
    }
    // Most tokens are of none of these classes, and one look tells.
    let of_class = |classes: &[u32]| -> Option<usize> {
        let all = classes.iter().fold(0, |all, class| all | class);
        if token.has(all) { classes.iter().position(|&class| token.has(class)) } else { None }
    };
    if token.is(form::CAPITAL) {
        return 14 + of_class(&CAPITAL).unwrap_or(if token.has(class::LEXICON) { 7 } else { 8 });
    }
    let word = page.little(token);
    if word != 0
        && let Some(at) = LITTLE.iter().position(|bits| word & bits != 0)
    {
        return 23 + at;
    }
    if let Some(at) = of_class(&SMALL) {
        return 31 + at;
    }
    match page.dictionary.function(token) {
        Function::None => 54 + (Mark(token.mark).tag() as usize).min(9),
        function => 37 + function as usize,
    }
}

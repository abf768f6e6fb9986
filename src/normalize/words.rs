//! How probable a word is, alone and after another: the numbers that spacing repair weighs.
//!
//! The counts come from official English of the lists' sources, so they are thin for news. Each rule here says what an
//! absent count proves: a word of the lexicon without a count is rare, not impossible; a pair without a count is
//! rare only when both of its words are common.
//!
//! All numbers are decimal logarithms of probabilities.

use crate::dictionary::{Dictionary, class};
use crate::token::NO_WORD;

/// Words in the counted texts.
const TOTAL: f32 = 1.5e6;
/// The same as a decimal logarithm.
const TOTAL_LOG10: f32 = 6.176_091;
/// No name counts for more occurrences than these by its lists.
const MOST_UNCOUNTED: u32 = 330;
/// Pairs that were seen less often are not in the list.
const RARE_PAIR: f32 = 1.5;

/// A word of the text or a part of one.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Hash of its folded form.
    pub hash: u64,
    /// Its classes; 0 when no list holds it.
    pub class: u32,
    /// Its probability, when a list holds it.
    pub known: Option<f32>,
    /// Its occurrences in the counted texts.
    pub count: f32,
}

impl Word {
    /// Whether it is an article, preposition, pronoun … .
    pub fn is_function(&self) -> bool {
        self.class & class::FUNCTION != 0
    }
}

/// The decimal logarithm, by way of the natural one: that is made in a third of the time.
pub fn decades(ratio: f32) -> f32 {
    ratio.ln() * std::f32::consts::LOG10_E
}

/// Looks words up and weighs them.
pub struct Words;

impl Words {
    /// What is known of the word with this hash, written with a capital or not.
    pub fn look(&self, dictionary: &Dictionary<'_>, hash: u64, capital: bool) -> Word {
        let (class, word) = dictionary.probe(hash);
        self.weigh(dictionary, hash, class, word, capital)
    }

    /// The same for a word that has been probed already.
    pub fn weigh(&self, dictionary: &Dictionary<'_>, hash: u64, class: u32, word: u32, capital: bool) -> Word {
        let info = (word != NO_WORD).then(|| dictionary.word(word)).flatten();
        let Some(info) = info else {
            return Word { hash, class, known: None, count: 0.0 };
        };
        let count = info.count as f32;
        let by_level = match (class & class::LEXICON != 0, info.level) {
            (false, _) => 0.0,
            (_, 1..=20) => 0.8,
            (_, 21..=35) => 0.5,
            (_, 36..=50) => 0.2,
            (_, 51..=60) => 0.1,
            (_, 61..) => 0.04,
            (_, 0) => 0.02,
        };
        let seen = if capital {
            let weight = (info.name_weights >> 4).max(info.name_weights & 15);
            let by_name = if weight > 0 { 0.01 * (1u32 << weight) as f32 } else { 0.0 };
            let by_list = if class & class::NAME != 0 { 0.6 } else { 0.0 };
            count - info.lower as f32 + by_level * 0.3 + by_name + by_list
        } else if class & class::LEXICON != 0 {
            info.lower as f32 + by_level
        } else {
            0.0
        };
        Word { hash, class, known: (seen > 0.0).then(|| decades(seen / TOTAL)), count }
    }

    /// At least the probability of a listed word, to the next power of two: what [`Words::weigh`] says, for less.
    pub fn most(&self, dictionary: &Dictionary<'_>, word: u32, capital: bool) -> f32 {
        let Some(info) = dictionary.word(word) else {
            return 0.0;
        };
        let seen = if capital { info.count - info.lower.min(info.count) + MOST_UNCOUNTED } else { info.lower + 1 };
        (seen.ilog2() + 1) as f32 * std::f32::consts::LOG10_2 - TOTAL_LOG10
    }

    /// How much likelier `second` is after `first` than anywhere.
    pub fn pull(&self, dictionary: &Dictionary<'_>, first: &Word, second: &Word) -> f32 {
        if first.count < 1.0 || second.count < 1.0 {
            return 0.0;
        }
        let pair = dictionary.bigram(first.hash, second.hash) as f32;
        let alone = second.count / TOTAL;
        let rare = RARE_PAIR / first.count;
        if pair == 0.0 && alone <= rare {
            return 0.0;
        }
        let after = if pair > 0.0 { 0.9 * pair / first.count + 0.1 * alone } else { rare };
        let pull = decades(after / alone);
        // Of two words with a meaning of their own most pairs are unseen, and only by chance.
        if first.is_function() || second.is_function() { pull } else { pull.max(-0.4) }
    }
}

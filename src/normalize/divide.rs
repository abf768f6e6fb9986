//! Divides a word into two by its letters alone: `ofthe`, `Samekoand`.
//!
//! Every division is compared with the word as one: known, unknown by its letters, or a new compound. The best division
//! is chosen by its own probability before it is compared; choosing by the comparison would favour the divisions that
//! make the whole look worst.
//!
//! Most words have no division of which the lists know a part, so that is asked first, of all divisions at once; the
//! letters are weighed only where there is one.

use super::RepairKind;
use super::halves::{Half, Halves};
use super::junction::{HOPELESS, Junction, SURE, Scale, Workings};
use super::letters::{Model, Weights};
use super::words::Word;
use crate::dictionary::class;
use crate::token::{form, hash_ascii};

/// Decades that an unknown word costs before its letters are weighed.
const UNKNOWN_NAME: f32 = -1.6;
const UNKNOWN_WORD: f32 = -2.6;
/// Decades that a compound which no list holds costs against its two words side by side.
const NEW_COMPOUND: f32 = -0.5;
/// Odds that a name with a short word at its end has against two words.
const SHORT_ENDING: f32 = 0.8;
/// Shortest unknown word behind one that is certain.
const SHORTEST_BEHIND: usize = 4;
/// What stands before `n't`, as tokens are cut: "don't" is `don`, `'`, `t`.
const BEFORE_NOT: &[&str] = &[
    "don", "doesn", "didn", "isn", "wasn", "weren", "aren", "won", "wouldn", "couldn", "shouldn", "hasn", "haven",
    "hadn", "can", "ain", "mustn", "needn",
];
/// Probability of such a stem.
const BEFORE_NOT_PROBABLE: f32 = -3.0;
/// More than the rounding of all numbers that a division is weighed by.
const ROUNDING: f32 = 0.01;

/// A word of ASCII letters, or the end of one, that is to be divided.
struct Whole<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    halves: &'t Halves,
    capital: bool,
    /// `n't` follows.
    negated: bool,
}

impl<'t> Whole<'t> {
    #[inline]
    fn len(&self) -> usize {
        self.end - self.start
    }

    #[inline]
    fn bytes(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.start..self.end]
    }

    /// Whether the letters from `k` on are the stem of `don't`.
    #[inline]
    fn ends_as_stem(&self, k: usize) -> bool {
        self.negated && BEFORE_NOT.contains(&&self.text[self.start + k..self.end])
    }

    /// Shortest first part that may be unknown.
    fn shortest_unknown(&self) -> usize {
        if self.capital { 3 } else { 4 }
    }
}

/// A division and the probability of its parts: with what stands beside them, and by themselves.
struct Division {
    k: usize,
    score: f32,
    alone: f32,
    first: Word,
    second: Word,
}

impl Scale<'_, '_> {
    /// The likeliest two words in the word `i` from byte `start` on, which must be ASCII letters. Its neighbours are
    /// asked only with `context`. Divisions that cannot be sure, or with `context` are hopeless, may be passed over.
    pub fn two_words(&self, i: usize, start: usize, context: bool, workings: &mut Workings) -> Option<Junction> {
        let token = &self.tokens[i];
        let (end, whole_token) = (token.end as usize, start == token.start as usize);
        let negated = self.is_before_not(i);
        let Workings { weights, halves, .. } = workings;
        halves.read(self.dictionary, self.text.as_bytes(), start, end);
        let whole = Whole {
            text: self.text,
            start,
            end,
            halves,
            capital: !whole_token || token.is(form::CAPITAL),
            negated,
        };
        let mut divisions = self.divisions(&whole);
        if divisions == 0 {
            return None;
        }
        self.letters.weigh(Model::Word, whole.bytes(), &mut weights[0]);
        if whole.capital {
            self.letters.weigh(Model::Name, whole.bytes(), &mut weights[1]);
        }
        let mut single = self.unknown(weights, 0, whole.len(), whole.capital);
        if !context && !negated {
            divisions = self.without_hopeless(&whole, divisions, single + SURE, [None; 2], weights);
            if divisions == 0 {
                return None;
            }
        }
        let before = self.neighbour(
            i.checked_sub(1).map(|p| &self.tokens[p]),
            context && whole_token && token.is(form::SPACE) && !token.is(form::LINE),
        );
        let after = self.tokens.get(i + 1);
        let after = self.neighbour(after, context && after.is_some_and(|t| t.is(form::SPACE) && !t.is(form::LINE)));
        let pull = |a: Option<&Word>, b: Option<&Word>| match (a, b) {
            (Some(a), Some(b)) => self.words.pull(self.dictionary, a, b),
            _ => 0.0,
        };
        let own = if whole_token {
            self.words.weigh(self.dictionary, token.hash, token.class, token.word, whole.capital)
        } else {
            self.words.look(self.dictionary, hash_ascii(self.text.as_bytes(), start, end), whole.capital)
        };
        if let Some(known) = own.known {
            single = single.max(known + pull(before.as_ref(), Some(&own)) + pull(Some(&own), after.as_ref()));
        }
        if context && !negated {
            let beside = [before.as_ref(), after.as_ref()];
            divisions = self.without_hopeless(&whole, divisions, single + HOPELESS, beside, weights);
        }
        let mut best: Option<Division> = None;
        while divisions != 0 {
            let k = divisions.trailing_zeros() as usize;
            divisions &= divisions - 1;
            let Some((alone, first, second)) = self.divided(&whole, k, weights) else {
                continue;
            };
            let score = alone
                + pull(Some(&first), Some(&second))
                + pull(before.as_ref(), Some(&first))
                + pull(Some(&second), after.as_ref());
            if best.as_ref().is_none_or(|b| score > b.score) {
                best = Some(Division { k, score, alone, first, second });
            }
        }
        let Division { k, score, alone, first, second } = best?;
        if self.dictionary.bigram(first.hash, second.hash) == 0 {
            if self.words.may_be_compound(&first, &second) {
                single = single.max(alone + NEW_COMPOUND);
            } else if whole.capital && second.is_function() && !first.is_function() && whole.len() - k <= 2 {
                // Short words end names by chance: -an, -in, -is.
                single += SHORT_ENDING;
            }
        }
        Some(Junction {
            at: (start + k) as u32,
            token: i as u32,
            odds: score - single,
            kind: RepairKind::Letters,
            parts: [first.hash, second.hash],
        })
    }

    /// The divisions that the lists allow: bit `k` stands for one after `k` letters. The second part must be a listed
    /// word, or the first one by which a new word is sure to begin behind it.
    fn divisions(&self, whole: &Whole<'_>) -> u64 {
        let bytes = whole.bytes();
        let n = bytes.len();
        let certain = if whole.capital { class::FUNCTION } else { class::LEXICON };
        let from = if may_stand_alone(bytes[0]) { 1 } else { 2 };
        let to = if may_stand_alone(bytes[n - 1]) { n } else { n - 1 };
        let mut divisions = 0;
        for k in from..to {
            let (first, second) = (whole.halves.beginning(k), whole.halves.end(k));
            let listed = second.class & class::LEXICON != 0 || whole.ends_as_stem(k);
            let is_division = if listed {
                k >= whole.shortest_unknown() || first.is_listed()
            } else {
                n - k >= SHORTEST_BEHIND && first.class & certain != 0
            };
            divisions |= u64::from(is_division) << k;
        }
        divisions
    }

    /// Takes away the divisions that cannot reach `least`, judged by bounds that cost little. Words `beside` make one
    /// likelier only where the lists have seen them beside one of its parts.
    ///
    /// What is taken away could only have been chosen over a division that is less likely still, so none that reaches
    /// `least` is lost.
    fn without_hopeless(
        &self,
        whole: &Whole<'_>,
        divisions: u64,
        least: f32,
        beside: [Option<&Word>; 2],
        weights: &[Weights; 2],
    ) -> u64 {
        let n = whole.len();
        let beside = beside.map(|word| word.filter(|word| word.count >= 1.0).map(|word| word.hash));
        let (mut left, mut rest) = (divisions, divisions);
        while rest != 0 {
            let k = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let (first, second) = (whole.halves.beginning(k), whole.halves.end(k));
            // Two listed words may be a pair that the lists have seen.
            if first.is_listed() == second.is_listed() {
                continue;
            }
            let (most, seen_beside) = if second.is_listed() {
                let most = self.words.most(self.dictionary, second.word, false);
                (self.unknown(weights, 0, k, whole.capital) + most, beside[1].map(|after| [second.hash, after]))
            } else {
                let most = self.words.most(self.dictionary, first.word, whole.capital);
                (most + self.unknown(weights, k, n, false), beside[0].map(|before| [before, first.hash]))
            };
            if most < least - ROUNDING && seen_beside.is_none_or(|[a, b]| self.dictionary.bigram(a, b) == 0) {
                left &= !(1 << k);
            }
        }
        left
    }

    /// The probability of the two parts side by side, and the parts; none when neither is certain.
    fn divided(&self, whole: &Whole<'_>, k: usize, weights: &[Weights; 2]) -> Option<(f32, Word, Word)> {
        let n = whole.len();
        let weigh = |h: Half, capital| self.words.weigh(self.dictionary, h.hash, h.class, h.word, capital);
        let mut first = weigh(whole.halves.beginning(k), whole.capital);
        if first.known.is_none() && k < whole.shortest_unknown() {
            return None;
        }
        let mut second = weigh(whole.halves.end(k), false);
        if whole.ends_as_stem(k) {
            (second.known, second.count) = (Some(BEFORE_NOT_PROBABLE), 0.0);
        }
        let certain = first.known.is_some() && (!whole.capital || first.is_function());
        if second.known.is_none() && (!certain || n - k < SHORTEST_BEHIND) {
            return None;
        }
        if whole.capital && first.known.is_none() {
            first.class = 0;
        }
        let alone = first.known.unwrap_or_else(|| self.unknown(weights, 0, k, whole.capital))
            + second.known.unwrap_or_else(|| self.unknown(weights, k, n, false));
        Some((alone, first, second))
    }

    /// Probability of the letters `from..to` as a word that no list holds.
    fn unknown(&self, weights: &[Weights; 2], from: usize, to: usize, capital: bool) -> f32 {
        let word = self.letters.of(Model::Word, &weights[0], from, to);
        if !capital {
            return UNKNOWN_WORD - word;
        }
        let name = self.letters.of(Model::Name, &weights[1], from, to);
        UNKNOWN_NAME - name.min(word + 1.0)
    }
}

/// Whether a letter is a word: "a" and "I" are the only ones.
fn may_stand_alone(letter: u8) -> bool {
    matches!(letter, b'a' | b'A' | b'I')
}

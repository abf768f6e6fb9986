//! Divides a word into two by its letters alone: `ofthe`, `Samekoand`.
//!
//! Every division is compared with the word as one: known, unknown by its letters, or a new compound. The best division
//! is chosen by its own probability before it is compared; choosing by the comparison would favour the divisions that
//! make the whole look worst.
//!
//! The numbers below were fitted by logistic regression to news of several papers in which one space of twenty was taken
//! away at random, and rounded.
//!
//! Most words have no division of which the lists know a part, so that is asked first, of all divisions at once; the
//! letters are weighed only where there is one.

use super::RepairKind;
use super::halves::{Half, Halves};
use super::junction::{HOPELESS, Junction, SURE, Scale, Workings};
use super::letters::{Model, Weights};
use super::plain::Plain;
use super::words::Word;
use crate::dictionary::class;
use crate::kernel::each_bit;
use crate::token::{Token, form, hash_ascii};
use std::ops::Range;

/// Decades that an unknown word costs before its letters are weighed.
const UNKNOWN_NAME: f32 = -2.6;
const UNKNOWN_WORD: f32 = -4.3;
/// Decades of odds in one decade of the two words against the one. The tables err together, so it is far from one.
const SCALE: f32 = 0.36;
/// How much the word behind a division tells against the one before it, of which an article has seen the beginning.
const BEHIND: f32 = 2.5;
/// Decades by which a listed word is likelier to be one than its count alone says.
const LISTED: f32 = 2.8;
/// Decades of a word, of one of its parts and of a pair of them that the article has too, per time.
const AGAIN_WHOLE: f32 = -5.7;
const AGAIN_PART: f32 = -0.5;
const AGAIN_PAIR: f32 = 0.5;
/// Odds of any division; of one where the first or the second word is an article, preposition … ; of a name.
const ANY: f32 = 0.1;
const FIRST_FUNCTION: f32 = 1.15;
const SECOND_FUNCTION: f32 = 0.9;
const OF_NAME: f32 = -0.3;
/// Odds that a division loses for each decade by which the two words are likelier to grow together than two words of
/// which no compound is known.
const COMPOUND: f32 = 0.27;
/// Decades that a division is chosen by where one of its words is an article, preposition … .
const ONE_FUNCTION: f32 = 2.0;
/// Odds that a second lost space in one word costs.
const ONE_MORE: f32 = 1.5;
/// Odds that a name with a word of so many letters at its end has against two words.
const SHORT_ENDING: [f32; 3] = [1.2, 0.4, 0.0];
/// Shortest unknown word behind one that is certain.
const SHORTEST_BEHIND: usize = 4;
/// What stands before `n't`, as tokens are cut: "don't" is `don`, `'`, `t`.
const BEFORE_NOT: &[&str] = &[
    "don", "doesn", "didn", "isn", "wasn", "weren", "aren", "won", "wouldn", "couldn", "shouldn", "hasn", "haven",
    "hadn", "can", "ain", "mustn", "needn",
];
/// Probability of such a stem.
const BEFORE_NOT_PROBABLE: f32 = -3.0;
/// Decades by which the likelier of two outweighs the other.
const NEGLIGIBLE: f32 = 2.5;
/// What stands before a hyphen and is no word by itself, or another one: "co-founder", "al-Hakim".
const BEFORE_HYPHEN: &[&str] =
    &["co", "re", "e", "al", "el", "ex", "pre", "post", "non", "anti", "semi", "multi", "self", "mid", "pro"];
/// Probability of such a beginning.
const BEFORE_HYPHEN_PROBABLE: f32 = -4.0;
/// More than the rounding of all numbers that a division is weighed by.
const ROUNDING: f32 = 0.01;

/// A word of ASCII letters, or the end of one, that is to be divided.
struct Whole<'t> {
    text: &'t [u8],
    start: usize,
    end: usize,
    halves: &'t Halves,
    capital: bool,
    /// `n't` follows.
    negated: bool,
    /// `-` and a word follow.
    hyphened: bool,
}

impl<'t> Whole<'t> {
    #[inline]
    fn len(&self) -> usize {
        self.end - self.start
    }

    #[inline]
    fn bytes(&self) -> &'t [u8] {
        &self.text[self.start..self.end]
    }

    /// Whether the letters from `k` on are the stem of `don't`.
    #[inline]
    fn ends_as_stem(&self, k: usize) -> bool {
        self.negated && BEFORE_NOT.iter().any(|stem| stem.as_bytes() == &self.text[self.start + k..self.end])
    }

    /// Whether the letters from `k` on are the beginning of `co-founder`.
    #[inline]
    fn ends_as_prefix(&self, k: usize) -> bool {
        self.hyphened && BEFORE_HYPHEN.iter().any(|prefix| prefix.as_bytes() == &self.text[self.start + k..self.end])
    }

    /// Shortest first part that may be unknown.
    fn shortest_unknown(&self) -> usize {
        if self.capital { 3 } else { 4 }
    }
}

/// A division and the probability of its parts with what stands beside them.
struct Division {
    k: usize,
    score: f32,
    /// What it is chosen by.
    rank: f32,
    first: Word,
    second: Word,
}

impl Scale<'_, '_> {
    /// The likeliest two words, or three, in the bytes `part` of the word `i`, which must be letters. Its neighbours are
    /// asked only with `context`, and only then for three words. Divisions that cannot be sure, or with `context` are
    /// hopeless, may be passed over.
    pub fn divide(
        &self,
        i: usize,
        part: Range<usize>,
        context: bool,
        workings: &mut Workings,
        found: &mut Vec<Junction>,
    ) -> Option<()> {
        let token = &self.tokens[i];
        let (start, end) = (part.start, part.end);
        let [begins, ends] = [start == token.start as usize, end == token.end as usize];
        let whole_token = begins && ends;
        let plain = match token.is(form::BEYOND_ASCII) {
            true => Some(Plain::new(&self.text[start..end])?),
            false => None,
        };
        let (text, from, to) = match &plain {
            Some(plain) => (&plain.letters[..], 0, plain.len),
            None => (self.text.as_bytes(), start, end),
        };
        let negated = ends && self.is_before_not(i);
        let Workings { weights, halves, .. } = workings;
        halves.read(self.dictionary, text, from, to);
        let whole = Whole {
            text,
            start: from,
            end: to,
            halves,
            capital: self.text.as_bytes()[start].is_ascii_uppercase() || begins && token.is(form::CAPITAL),
            negated,
            hyphened: ends && self.is_before_hyphen(i),
        };
        let mut divisions = self.divisions(&whole);
        if let Some(plain) = &plain {
            divisions = plain.between_letters(&self.text[start..end], divisions);
        }
        if divisions == 0 {
            return None;
        }
        let before = i.checked_sub(1).map(|p| &self.tokens[p]);
        let before = before.filter(|_| context && begins && token.is(form::SPACE) && !token.is(form::LINE));
        let after = self.tokens.get(i + 1).filter(|t| context && ends && t.is(form::SPACE) && !t.is(form::LINE));
        self.expect(halves, divisions, [before, after]);
        self.letters.weigh(Model::Word, whole.bytes(), &mut weights[0]);
        if whole.capital {
            self.letters.weigh(Model::Name, whole.bytes(), &mut weights[1]);
        }
        let mut single = self.unknown(weights, 0, whole.len(), whole.capital);
        if !context && !negated && !whole.hyphened {
            divisions = self.without_hopeless(&whole, divisions, least_score(single, SURE), [None; 2], weights);
            if divisions == 0 {
                return None;
            }
        }
        let (before, after) = (self.neighbour(before), self.neighbour(after));
        let pull = |a: Option<&Word>, b: Option<&Word>| match (a, b) {
            (Some(a), Some(b)) => self.words.pull(self.dictionary, a, b),
            _ => 0.0,
        };
        let own = if whole_token && plain.is_none() {
            self.words.weigh(self.dictionary, token.hash, token.class, token.word, whole.capital)
        } else {
            self.words.look(self.dictionary, hash_ascii(text, from, to), whole.capital)
        };
        if let Some(known) = own.known {
            if !begins {
                return None;
            }
            let beside = pull(before.as_ref(), Some(&own)) + pull(Some(&own), after.as_ref());
            single = either(single, known + beside + LISTED);
        }
        let elsewhere = self.counts.of(token.hash).saturating_sub(1);
        if whole_token && elsewhere > 0 {
            single = either(single, AGAIN_WHOLE + self.share(elsewhere));
        }
        if context && !negated && !whole.hyphened {
            let beside = [before.as_ref(), after.as_ref()];
            divisions = self.without_hopeless(&whole, divisions, least_score(single, HOPELESS), beside, weights);
        }
        let mut best: Option<Division> = None;
        while divisions != 0 {
            let k = divisions.trailing_zeros() as usize;
            divisions &= divisions - 1;
            let Some((alone, first, second)) = self.divided(&whole, k, weights) else {
                continue;
            };
            let score = alone
                + self.pull_of_parts(&first, &second)
                + pull(before.as_ref(), Some(&first))
                + BEHIND * pull(Some(&second), after.as_ref());
            let rank =
                score + if first.known.is_some() && second.known.is_some() { clearness(&first, &second) } else { 0.0 };
            if best.as_ref().is_none_or(|b| rank > b.rank) {
                best = Some(Division { k, score, rank, first, second });
            }
        }
        let mut junction = |k: usize, odds: f32, parts: [u64; 2]| {
            let at = plain.as_ref().map_or(k, |plain| usize::from(plain.origins[k]));
            let (at, token) = ((start + at) as u32, i as u32);
            found.push(Junction { at, token, odds, kind: RepairKind::Letters, parts });
        };
        let least = if context { HOPELESS } else { SURE };
        let odds = best.as_ref().and_then(|best| self.odds_of_two(best, &whole, single, least));
        let known = best.as_ref().is_some_and(|b| b.first.known.is_some() && b.second.known.is_some());
        if context && !known && plain.is_none() {
            let three = self.three_words(&whole, [before.as_ref(), after.as_ref()]);
            if let Some((score, [first, second], parts)) = three {
                let each = (SCALE * (score - single)) / 2.0 + ANY;
                if odds.is_none_or(|odds| 2.0 * each - ONE_MORE > odds) {
                    junction(first, each, [parts[0], parts[1]]);
                    junction(second, each, [parts[1], parts[2]]);
                    return Some(());
                }
            }
        }
        let best = best?;
        junction(best.k, odds?, [best.first.hash, best.second.hash]);
        Some(())
    }

    /// Asks for what is known of the parts, and of those that stand beside another word: memory brings it while the letters
    /// are weighed.
    fn expect(&self, halves: &Halves, divisions: u64, [before, after]: [Option<&Token>; 2]) {
        for k in each_bit(divisions) {
            let (first, second) = (halves.beginning(k), halves.end(k));
            self.dictionary.expect_info(first.word);
            self.dictionary.expect_info(second.word);
            if let Some(before) = before {
                self.dictionary.expect_bigram(before.hash, first.hash);
            }
            if let Some(after) = after {
                self.dictionary.expect_bigram(second.hash, after.hash);
            }
        }
    }

    /// Odds of two words against one of which `single` is the probability; none when they cannot be the `least`.
    fn odds_of_two(&self, division: &Division, whole: &Whole<'_>, single: f32, least: f32) -> Option<f32> {
        let Division { k, score, first, second, .. } = division;
        let mut odds = SCALE * (score - single) + ANY;
        let functions = [first.is_function(), second.is_function()];
        odds += if functions[0] { FIRST_FUNCTION } else { 0.0 } + if functions[1] { SECOND_FUNCTION } else { 0.0 };
        odds += if whole.capital { OF_NAME } else { 0.0 };
        if odds >= least && self.dictionary.bigram(first.hash, second.hash) == 0 {
            odds -= COMPOUND * self.compounds.likelihood(first.hash, second.hash);
            if whole.capital && functions == [false, true] {
                // Short words end names by chance: -a, -an, -in, -is.
                odds -= SHORT_ENDING[(whole.len() - k).min(3) - 1];
            }
        }
        (odds >= least).then_some(odds)
    }

    /// The likeliest three known words, where they are divided, and their hashes.
    fn three_words(&self, whole: &Whole<'_>, beside: [Option<&Word>; 2]) -> Option<(f32, [usize; 2], [u64; 3])> {
        let n = whole.len();
        let pull = |a: &Word, b: &Word| self.words.pull(self.dictionary, a, b);
        let known = |mut word: Word, letters: &[u8]| {
            if letters.len() >= SHORTEST_BEHIND || word.known.is_some() {
                self.add_own_count(&mut word);
            }
            // Of three, the short ones must be sure: many letters in a row are some word.
            let is_word = match letters.len() {
                1 => may_stand_alone(letters[0]),
                2 => word.is_function(),
                3 => word.class & (class::FUNCTION | class::COMMON) != 0,
                _ => true,
            };
            is_word.then_some(word).filter(|word| word.known.is_some())
        };
        let mut best: Option<(f32, [usize; 2], [u64; 3])> = None;
        // What the lists and the article lack is no word, so few are asked for what stands between them.
        let listed = |half: &Half| half.is_listed() || self.counts.of(half.hash) > 0;
        let bits = |of: &dyn Fn(usize) -> Half| (1..n).fold(0u64, |bits, k| bits | u64::from(listed(&of(k))) << k);
        let beginnings = bits(&|k| whole.halves.beginning(k));
        let ends = bits(&|k| whole.halves.end(k));
        for from in each_bit(beginnings) {
            let ends = ends & (!1 << from);
            if ends == 0 {
                break;
            }
            let first = self.half(whole.halves.beginning(from), whole.capital);
            let Some(first) = known(first, &whole.bytes()[..from]) else { continue };
            for to in each_bit(ends) {
                let letters = &whole.bytes()[from..to];
                let last = self.half(whole.halves.end(to), false);
                let Some(last) = known(last, &whole.bytes()[to..]) else { continue };
                let middle = self.words.look(self.dictionary, hash_ascii(letters, 0, letters.len()), false);
                let Some(middle) = known(middle, letters) else { continue };
                let alone: f32 = [&first, &middle, &last].iter().filter_map(|word| word.known).sum();
                let before = beside[0].map_or(0.0, |before| pull(before, &first));
                let after = beside[1].map_or(0.0, |after| pull(&last, after));
                let score = alone + before + pull(&first, &middle) + pull(&middle, &last) + BEHIND * after;
                if best.is_none_or(|(most, ..)| score > most) {
                    best = Some((score, [from, to], [first.hash, middle.hash, last.hash]));
                }
            }
        }
        best
    }

    /// The divisions that the lists allow: bit `k` stands for one after `k` letters. The second part must be a listed
    /// word, or the first one by which a new word is sure to begin behind it.
    fn divisions(&self, whole: &Whole<'_>) -> u64 {
        let bytes = whole.bytes();
        let n = bytes.len();
        let certain = if whole.capital { class::FUNCTION } else { class::LEXICON };
        let from = if may_stand_alone(bytes[0]) { 1 } else { 2 };
        let to = if may_stand_alone(bytes[n - 1]) || whole.ends_as_prefix(n - 1) { n } else { n - 1 };
        let joined = whole.negated || whole.hyphened;
        let mut divisions = 0;
        for k in from..to {
            let (first, second) = (whole.halves.beginning(k), whole.halves.end(k));
            let listed = second.class & class::LEXICON != 0
                || n - k >= SHORTEST_BEHIND && self.counts.of(second.hash) > 0
                || joined && (whole.ends_as_stem(k) || whole.ends_as_prefix(k));
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
            // What the article has elsewhere is likelier than the bound.
            if self.counts.of(first.hash) > 0 || self.counts.of(second.hash) > 0 {
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
        let mut first = self.half(whole.halves.beginning(k), whole.capital);
        if k >= whole.shortest_unknown() || first.known.is_some() {
            self.add_own_count(&mut first);
        }
        if first.known.is_none() && k < whole.shortest_unknown() {
            return None;
        }
        let mut second = self.half(whole.halves.end(k), false);
        if n - k >= SHORTEST_BEHIND || second.known.is_some() {
            self.add_own_count(&mut second);
        }
        if whole.ends_as_stem(k) {
            (second.known, second.count) = (Some(BEFORE_NOT_PROBABLE), 0.0);
        }
        if whole.ends_as_prefix(k) {
            let known = second.known.map_or(BEFORE_HYPHEN_PROBABLE, |known| known.max(BEFORE_HYPHEN_PROBABLE));
            (second.known, second.count) = (Some(known), 0.0);
        }
        let certain = first.known.is_some() && (!whole.capital || first.is_function()) && k > 1;
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

    fn half(&self, half: Half, capital: bool) -> Word {
        self.words.weigh(self.dictionary, half.hash, half.class, half.word, capital)
    }

    /// Makes a word likelier by how often the article has it.
    fn add_own_count(&self, word: &mut Word) {
        let count = self.counts.of(word.hash);
        if count > 0 {
            let again = AGAIN_PART + self.share(count);
            word.known = Some(word.known.map_or(again, |known| either(known, again)));
        }
    }

    /// How much likelier the second part is behind the first one, by the lists and by the article.
    fn pull_of_parts(&self, first: &Word, second: &Word) -> f32 {
        let pull = self.words.pull(self.dictionary, first, second);
        match (self.counts.of_pair(first.hash, second.hash), second.known) {
            (0, _) | (_, None) => pull,
            (pairs, Some(alone)) => {
                let firsts = self.counts.of(first.hash).max(pairs);
                either(pull, AGAIN_PAIR + (pairs as f32 / firsts as f32).log10() - alone)
            }
        }
    }

    /// The share that so many words have in the article, as a decimal logarithm.
    fn share(&self, count: u32) -> f32 {
        (count as f32 / self.counts.words().max(1) as f32).log10()
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

/// Decades by which two words with an article, preposition … among them are likelier than others: "bags and", not "bag
/// sand".
fn clearness(first: &Word, second: &Word) -> f32 {
    if first.is_function() || second.is_function() { ONE_FUNCTION } else { 0.0 }
}

/// The probability of either of two, as decimal logarithms.
fn either(a: f32, b: f32) -> f32 {
    let (less, more) = if a < b { (a, b) } else { (b, a) };
    // The rest of them adds next to nothing.
    if more - less > NEGLIGIBLE { more } else { more + (1.0 + 10f32.powf(less - more)).log10() }
}

/// The least score by which a division can have these odds.
fn least_score(single: f32, odds: f32) -> f32 {
    single + (odds - ANY - FIRST_FUNCTION.max(SECOND_FUNCTION)) / SCALE
}

/// Whether a letter is a word: "a" and "I" are the only ones.
fn may_stand_alone(letter: u8) -> bool {
    matches!(letter, b'a' | b'A' | b'I')
}

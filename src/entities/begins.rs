//! Where names may begin, of all tokens of an article at once.
//!
//! Half of the capitals of a text begin no name ("The", "He", "On Monday"), and most of the others are a run by
//! themselves; which are what cannot be guessed. So both are read off the sheets, 64 tokens a step and without a branch.
//! The names of the lists are laid out by their first tokens, so that nobody searches for one.

use crate::dictionary::{NONE, class};
use crate::gazetteer::Match;
use crate::kernel::{self, Wide};
use crate::segment::Sentence;
use crate::token::{SHEET, Sheet, Tokens, form, marks};

/// Where names may begin in one article; kept by a worker.
#[derive(Default)]
pub(super) struct Begins {
    /// A bit for each token that a run of capitals can begin at, and one behind the last token, in words of 64. A word
    /// of zeros closes them.
    runs: Vec<u64>,
    /// A bit for each token that asks what stands beside it, as "Ministry" does.
    heads: Vec<u64>,
    /// A bit for each token with which a run that has come to it may go on, and for none that no run goes beyond.
    goes_on: Vec<u64>,
    /// For each token the name of the lists that begins there. As long as it ever had to be.
    listed: Vec<Listed>,
    /// Where such names begin.
    begun: Vec<u32>,
}

/// A name of the lists.
#[derive(Clone, Copy)]
pub(super) struct Listed {
    /// One past its last token; 0 where no name begins.
    pub end: u32,
    /// Its surface in the dictionary, or [`NONE`].
    pub surface: u32,
}

impl Listed {
    const NONE: Listed = Listed { end: 0, surface: NONE };

    #[inline]
    pub fn is_some(self) -> bool {
        self.surface != NONE
    }
}

impl Begins {
    /// Reads an article.
    pub fn read(&mut self, tokens: &Tokens, sentences: &[Sentence], matches: &[Match]) {
        let words = tokens.len() / SHEET + 2;
        // Only what the article before this one has written is taken back.
        for &first in &self.begun {
            self.listed[first as usize] = Listed::NONE;
        }
        if self.listed.len() < tokens.len() {
            self.listed.resize(tokens.len(), Listed::NONE);
        }
        self.begun.clear();
        self.begun.extend(matches.iter().map(|m| m.first));
        for bits in [&mut self.runs, &mut self.heads, &mut self.goes_on] {
            bits.clear();
            bits.resize(words, 0);
        }
        // Where names of the lists and sentences begin, for a start.
        for m in matches {
            self.listed[m.first as usize] = Listed { end: m.end, surface: m.surface };
            self.runs[m.first as usize / SHEET] |= 1 << (m.first as usize % SHEET);
        }
        for sentence in sentences {
            self.goes_on[sentence.first as usize / SHEET] |= 1 << (sentence.first as usize % SHEET);
        }
        let Begins { runs, heads, goes_on, .. } = self;
        kernel::widely(Sheets { tokens, runs, heads, goes_on });
    }

    /// Whether one word or one name of the lists, `first..end`, is all of its run and asks for nothing beside it, so
    /// that it can be read by itself. `limit` is the end of its sentence.
    #[inline]
    pub fn is_alone(&self, first: u32, end: u32, limit: u32) -> bool {
        let bit = |bits: &[u64], at: u32| bits[at as usize / SHEET] >> (at as usize % SHEET) & 1 != 0;
        let ends = (end == limit) | ((end < limit) & !bit(&self.goes_on, end));
        ends & !(bit(&self.heads, first) & (end == first + 1))
    }

    /// The first token from `from` on that a run of capitals can begin at; the number of tokens when there is none.
    /// `from` is that number at the most.
    #[inline]
    pub fn run_at(&self, mut from: usize) -> usize {
        loop {
            let (word, bit) = (from / SHEET, from % SHEET);
            // Sixty-four tokens from here on, which lie in two words.
            let near = self.runs[word] >> bit | (self.runs[word + 1] << 1) << (SHEET - 1 - bit);
            if near != 0 {
                return from + near.trailing_zeros() as usize;
            }
            from += SHEET;
        }
    }

    /// The name of the lists that begins at a token.
    #[inline]
    pub fn listed_at(&self, token: u32) -> Listed {
        self.listed.get(token as usize).copied().unwrap_or(Listed::NONE)
    }
}

/// Reads the sheets of an article.
struct Sheets<'b> {
    tokens: &'b Tokens,
    /// At first where names of the lists begin.
    runs: &'b mut [u64],
    heads: &'b mut [u64],
    /// At first where sentences begin.
    goes_on: &'b mut [u64],
}

impl Wide for Sheets<'_> {
    type Answer = ();

    #[inline(always)]
    fn run(self) {
        let Sheets { tokens, runs, heads, goes_on } = self;
        let sheets = tokens.sheets();
        // Past the last token everything is small, so that the last word stands alone.
        let end = 1u64 << (tokens.len() % SHEET);
        let past = |at: usize| if at + 1 == sheets.len() && end > 1 { !(end - 1) } else { 0 };
        let look = |at: usize| sheets.get(at).map_or(Look::PAST, |sheet| Look::at(sheet, past(at)));
        let mut behind = look(0);
        for (at, sheet) in sheets.iter().enumerate() {
            let here = behind;
            behind = look(at + 1);
            let stands_alone = here.small >> 1 | behind.small << (SHEET - 1);
            // "The", "He", "On", "Monday" alone are no names but those of a list.
            let idle = sheet.having::<{ marks(class::FUNCTION | class::MONTH | class::WEEKDAY, 0) }>();
            runs[at] = here.capital & (!(idle & stands_alone) | runs[at]);
            heads[at] = sheet.having::<{ marks(class::ORG_HEAD | class::EVENT_HEAD, 0) }>();
            // Beyond its sentence no run goes.
            let capital = here.capital & !goes_on[at];
            let capital_behind = behind.capital & !goes_on[at + 1];
            let second = capital >> 1 | capital_behind << (SHEET - 1);
            let third = capital >> 2 | capital_behind << (SHEET - 2);
            let (particle, particle_behind) = (here.particle & !goes_on[at], behind.particle & !goes_on[at + 1]);
            let particles = here.particle & (particle >> 1 | particle_behind << (SHEET - 1));
            let (mark, mark_behind) = (here.mark & !goes_on[at], behind.mark & !goes_on[at + 1]);
            let joined = here.particle & (mark >> 1 | mark_behind << (SHEET - 1));
            goes_on[at] = capital | (here.particle | here.mark) & second | (particles | joined) & third;
        }
        runs[tokens.len() / SHEET] |= end;
    }
}

/// What 64 tokens are, for [`Sheets`].
#[derive(Clone, Copy)]
struct Look {
    capital: u64,
    particle: u64,
    /// Words in small letters, particles aside: no run of capitals goes on with one.
    small: u64,
    /// Symbols of which some join two words to one.
    mark: u64,
}

impl Look {
    const PAST: Look = Look { capital: 0, particle: 0, small: !0, mark: 0 };

    /// `past`: tokens past the last.
    #[inline(always)]
    fn at(sheet: &Sheet, past: u64) -> Look {
        let capital = sheet.having::<{ marks(0, form::CAPITAL) }>();
        let particle = sheet.having::<{ marks(class::PARTICLE, 0) }>();
        let small = sheet.having::<{ marks(0, form::WORD) }>() & !(capital | particle) | past;
        let mark = sheet.having::<{ marks(0, form::DASH | form::QUOTE | form::STOP | form::SIGN) }>();
        Look { capital, particle, small, mark }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::gazetteer::Finder;
    use crate::segment::Part;
    use proptest::prelude::*;

    const WORDS: [&str; 24] = [
        "The",
        "Monday",
        "He",
        "Kenya",
        "Chad",
        "Sri Lanka",
        "Ana",
        "Rojas",
        "Ministry",
        "Summit",
        "van",
        "de",
        "said",
        "ran",
        "of",
        "-",
        "'",
        "&",
        ",",
        ".",
        "12",
        "UN",
        "Border Guard",
        "\"",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn bits_say_what_the_tokens_say(
            words in prop::collection::vec((0..WORDS.len(), any::<bool>()), 1..200),
            length in 1..40u32,
        ) {
            let text: String = words.iter().map(|&(w, glued)| WORDS[w].to_owned() + if glued { "" } else { " " }).collect();
            let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the shipped lists open");
            let mut tokens = Tokens::default();
            tokens.tokenize(&text);
            dictionary.annotate(&mut tokens);
            let mut matches = Vec::new();
            Finder::default().find(&dictionary, &tokens, &mut matches);
            let count = tokens.len() as u32;
            let sentences: Vec<_> = (0..count)
                .step_by(length as usize)
                .map(|first| Sentence { first, end: count.min(first + length), paragraph: 0, part: Part::Body })
                .collect();
            let mut begins = Begins::default();
            begins.read(&tokens, &sentences, &matches);

            let is = |at: u32, bits: u32| tokens.get(at as usize).is_some_and(|t| t.form & bits != 0);
            let has = |at: u32, bits: u32| tokens.get(at as usize).is_some_and(|t| t.has(bits));
            for at in 0..count {
                let listed = matches.iter().find(|m| m.first == at);
                prop_assert_eq!(begins.listed_at(at).end, listed.map_or(0, |m| m.end));
                let small = |at: u32| at >= count || is(at, form::WORD) && !is(at, form::CAPITAL) && !has(at, class::PARTICLE);
                let idle = has(at, class::FUNCTION | class::MONTH | class::WEEKDAY) && small(at + 1);
                let begins_run = is(at, form::CAPITAL) && (listed.is_some() || !idle);
                prop_assert_eq!(begins.run_at(at as usize) == at as usize, begins_run, "{} of {}", at, text);

                let limit = sentences[(at / length) as usize].end;
                let capital = |at: u32| at < limit && is(at, form::CAPITAL);
                for end in at + 1..=limit {
                    let particles = has(end, class::PARTICLE) && has(end + 1, class::PARTICLE);
                    let mark_at = |at: u32| is(at, form::DASH | form::QUOTE | form::STOP | form::SIGN);
                    let mark = mark_at(end);
                    let goes_on = capital(end)
                        || (mark || has(end, class::PARTICLE)) && capital(end + 1)
                        || (particles || has(end, class::PARTICLE) && mark_at(end + 1)) && capital(end + 2);
                    let asks = end == at + 1 && has(at, class::ORG_HEAD | class::EVENT_HEAD);
                    prop_assert_eq!(begins.is_alone(at, end, limit), !asks && (end == limit || !goes_on));
                }
            }
            prop_assert_eq!(begins.run_at(count as usize), count as usize);
        }
    }
}

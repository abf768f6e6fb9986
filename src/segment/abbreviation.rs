//! What a full stop behind an abbreviation, an initial or a number says.
//!
//! The lists say of each abbreviation where it stands; an abbreviation that may end a sentence does so where what
//! follows begins one: a word that often does, a person's name, an adverb.

use super::stops::Stops;
use crate::dictionary::class::{self, Function};
use crate::token::{Token, form};

/// Where an abbreviation stands, by the values that the lists give to the class `ABBREVIATION`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// `never_ends`, before what it belongs to: Gen., Mt.
    Before,
    /// `may_end`, at a sentence's end too: Calif., Jr.
    Anywhere,
    /// `company`, the end of a name, and often of the sentence: Inc., Ltd.
    Company,
    /// `number`, before a number: No., Fig.
    Number,
    /// `last`, behind all it belongs to: etc.
    Behind,
}

impl Place {
    const BY_VALUE: [(&'static str, Place); 5] = [
        ("never_ends", Place::Before),
        ("may_end", Place::Anywhere),
        ("company", Place::Company),
        ("number", Place::Number),
        ("last", Place::Behind),
    ];
}

/// So many words behind a company's name may stand before a title: "Acme Inc. Executive Vice President".
const LONGEST_TITLE: usize = 4;

impl Stops<'_, '_> {
    /// Whether a word ends the names of companies: "Inc."
    pub fn ends_company(&self, word: &Token) -> bool {
        word.has(class::ABBREVIATION) && self.place_of(word) == Place::Company
    }

    fn place_of(&self, word: &Token) -> Place {
        let value = self.dictionary.senses(word.word, class::ABBREVIATION).next();
        let value = value.map_or("", |value| self.dictionary.value(value));
        Place::BY_VALUE.iter().find(|(name, _)| *name == value).map_or(Place::Anywhere, |(_, place)| *place)
    }

    /// Whether token `at` is a word that often begins a sentence, also behind an abbreviation. Of words all in capitals
    /// it is only those that hardly stand elsewhere, since in such texts all words have one.
    pub fn is_starter(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        if token.is(form::ALL_CAPITALS) && token.end - token.start > 1 {
            let function = self.dictionary.function(token);
            return matches!(function, Function::Determiner | Function::Subject | Function::Subordinator);
        }
        token.is(form::CAPITAL) && (token.has(class::STARTER) || self.is_adverb(token)) && !self.is_numero(at)
    }

    /// "No. 5", which begins a sentence as seldom as any noun.
    fn is_numero(&self, at: usize) -> bool {
        self.tokens[at].has(class::ABBREVIATION)
            && matches!(self.tokens.get(at + 1..at + 3), Some([stop, number])
                if stop.is_symbol(b'.') && !stop.is(form::SPACE) && number.is(form::DIGIT))
    }

    /// "Frequently".
    fn is_adverb(&self, token: &Token) -> bool {
        const NAMES: u32 = class::NAME | class::GIVEN | class::SURNAME | class::MONTH;
        token.has(class::LEXICON) && !token.has(NAMES) && token.of(self.text).ends_with("ly")
    }

    /// A given name that is no word, and one more name.
    fn is_person(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.has(class::GIVEN)
            && !token.has(class::LEXICON | class::DEMONYM | class::NAME)
            && self.tokens.get(at + 1).is_some_and(|t| t.is(form::CAPITAL | form::SPACE) && t.has(class::SURNAME))
    }

    /// Whether a sentence ends behind the abbreviation before the stop `at`. `next` is the token that follows, `quoted`
    /// says that a quotation begins or ends between them.
    pub fn after_abbreviation(&self, at: usize, next: usize, start: usize, quoted: bool) -> bool {
        let (word, follower) = (&self.tokens[at - 1], &self.tokens[next]);
        let small = !word.is(form::CAPITAL);
        let starts = self.is_starter(next);
        let place = self.place_of(word);
        if place == Place::Number {
            // "Modern Art. Image", not "Art. IV".
            let word = small || at - 1 == start || starts || word.has(class::COMMON);
            return word && !follower.is(form::DIGIT) && (starts || !follower.is(form::ALL_CAPITALS));
        }
        // "The sun. The miss. Mass." are words where they are written as words.
        if small && word.has(class::COMMON) && word.has(class::LEXICON) {
            return true;
        }
        match place {
            Place::Before if word.has(class::MONTH) => !follower.is(form::DIGIT) && !follower.has(class::MONTH),
            Place::Before if word.has(class::WEEKDAY) => starts,
            // "6 ft. The others"
            Place::Before if word.has(class::UNIT) && at >= 2 && self.tokens[at - 2].is(form::DIGIT) => starts,
            // "The bank is ING. The others": of such letters an acronym.
            Place::Before if word.is(form::ALL_CAPITALS) && !follower.is(form::ALL_CAPITALS) => starts || quoted,
            Place::Before => starts && quoted,
            Place::Company => quoted || self.after_company(at, next, starts),
            Place::Behind => true,
            // "Fresno, Calif. Juan Perez", but not "St. John Bosco".
            Place::Anywhere | Place::Number => {
                starts || quoted || self.tokens[at.saturating_sub(2)].is_symbol(b',') && self.is_person(next)
            }
        }
    }

    /// Behind "Inc." a sentence goes on with a title, or with more of the name.
    fn after_company(&self, at: usize, next: usize, starts: bool) -> bool {
        let name = at.checked_sub(2).map(|before| &self.tokens[before]);
        if starts || !name.is_some_and(|t| t.is(form::CAPITAL) || t.form & form::WORD == 0) {
            return starts;
        }
        let follower = &self.tokens[next];
        // A telephone number, a symbol at the exchange.
        if !follower.is(form::CAPITAL) || self.tokens[at + 1].is_symbol(b'(') {
            return false;
        }
        let title = self.tokens[next..]
            .iter()
            .take(LONGEST_TITLE)
            .take_while(|t| t.is(form::CAPITAL))
            .any(|t| t.has(class::TITLE) && !t.has(class::ABBREVIATION) && !t.of(self.text).ends_with('s'));
        let more = self.ends_company(follower) || follower.is(form::ALL_CAPITALS) && follower.end - follower.start <= 3;
        !title && !more
    }

    /// An initial (`T. Lindqvist`), a dotted abbreviation (`U.S.`) or a letter that ends a sentence (`vitamin C.`).
    /// `quoted` says that a quotation begins behind the stop, `closed` that one ends there.
    pub fn after_letter(&self, at: usize, next: usize, start: usize, quoted: bool, closed: bool) -> bool {
        let (letter, follower) = (&self.tokens[at - 1], &self.tokens[next]);
        let starts = quoted || self.is_starter(next);
        let dotted = at >= 3
            && self.tokens[at - 2].is_symbol(b'.')
            && !letter.is(form::SPACE)
            && !self.tokens[at - 2].is(form::SPACE);
        if dotted {
            let first = &self.tokens[at - 3];
            // "P.S." alone is no sentence.
            if at - 3 <= start {
                return false;
            }
            let pair = [first, letter].map(|t| t.of(self.text));
            let is = |a: &str, b: &str| pair[0].eq_ignore_ascii_case(a) && pair[1].eq_ignore_ascii_case(b);
            if is("e", "g") || is("i", "e") {
                return false;
            }
            if is("a", "m") || is("p", "m") {
                return starts || !self.goes_on_after_time(follower);
            }
            return closed || starts || self.is_person(next);
        }
        if at - 1 == start {
            return false;
        }
        let before = &self.tokens[at - 2];
        // "p. 5", "u/s. 302"
        if follower.is(form::DIGIT) && !letter.is(form::CAPITAL) {
            return false;
        }
        let sign = before.is_symbol(b'\'') || before.form & (form::SIGN | form::FOREIGN) != 0;
        if sign && !letter.is(form::SPACE) {
            // The ending of a genitive, the second half of "B&B", "30 °C".
            return true;
        }
        let after_name = before.is(form::CAPITAL) || before.is_symbol(b'.') || before.is_symbol(b'-');
        if letter.of(self.text) == "I" && !after_name {
            return true;
        }
        if !letter.is(form::CAPITAL) {
            return starts && !before.is(form::CAPITAL);
        }
        starts && (!after_name || before.is(form::WORD) && self.is_no_name(follower))
    }

    /// A word that is no family name, whatever initial stands before it: "World War I. The".
    fn is_no_name(&self, word: &Token) -> bool {
        use Function::{Conjunction, Determiner, Preposition, Subject, Subordinator};
        let function = self.dictionary.function(word);
        word.surname_weight() < 4 && matches!(function, Determiner | Subject | Preposition | Conjunction | Subordinator)
    }

    /// "5 p.m. Monday", "5 p.m. EST", "5 p.m. Eastern".
    fn goes_on_after_time(&self, next: &Token) -> bool {
        let length = next.end - next.start;
        let zone = next.is(form::ALL_CAPITALS)
            && (next.has(class::TIME) || length <= 2 || length <= 4 && next.of(self.text).ends_with('T'));
        zone || next.has(class::WEEKDAY | class::MONTH | class::DIRECTION | class::NAME) || next.is(form::DIGIT)
    }

    /// Whether a sentence ends behind the number before the stop `at`.
    pub fn after_number(&self, at: usize, next: usize, start: usize) -> bool {
        let (number, follower) = (&self.tokens[at - 1], &self.tokens[next]);
        let item = at - 1 == start || (at == start + 2 && !self.tokens[start].is(form::WORD));
        if item && number.end - number.start <= 2 {
            return false;
        }
        // "16. September 2015"
        let ordinal = number.end - number.start <= 2
            && follower.has(class::MONTH)
            && self.tokens.get(next + 1).is_some_and(|t| t.is(form::DIGIT));
        !ordinal
    }

    /// Whether the stop `at`, behind a letter or an abbreviation, stands in a headline, whose words all have a capital:
    /// "Ministers Leave U.S. For Talks". `next` is what follows.
    pub fn is_title_case(&self, start: usize, at: usize, next: usize) -> bool {
        const LONGEST: usize = 12;
        let (before, after) = (&self.tokens[start..at], self.tokens.get(next..next + 2));
        let capital = |t: &Token| t.form & form::WORD == 0 || t.is(form::CAPITAL);
        let shortened =
            self.tokens[at - 1].end - self.tokens[at - 1].start == 1 || self.tokens[at - 1].has(class::ABBREVIATION);
        shortened
            && before.len() <= LONGEST
            && after.is_some_and(|after| after.iter().all(|t| t.is(form::CAPITAL) && !t.is(form::ALL_CAPITALS)))
            && before.iter().all(capital)
            && before.iter().filter(|t| t.is(form::WORD) && t.end - t.start > 1).count() >= 2
    }

    /// Whether what stands from `start` to `at` is too little for a sentence: a preposition and a number ("At 5 a.m."),
    /// a label and a number ("Section 3.2.").
    pub fn is_fragment(&self, start: usize, at: usize) -> bool {
        const LONGEST: usize = 9;
        let Some([first, rest @ ..]) = self.tokens.get(start..at) else { return false };
        if rest.len() > LONGEST || !rest.first().is_some_and(|t| t.is(form::DIGIT)) {
            return false;
        }
        let label = first.is(form::CAPITAL) && !first.has(class::STARTER | class::MONTH | class::WEEKDAY);
        let leads = self.dictionary.function(first) == Function::Preposition || label;
        leads
            && rest
                .iter()
                .all(|t| t.is(form::DIGIT) || t.form & form::WORD == 0 || t.end - t.start == 1 && !t.is(form::CAPITAL))
    }
}

//! What the catalogue and the shallow parser know of single words, one look-up a token.
//!
//! The dictionary answers by class and sense; reading senses for every token would cost more than the parsing. So what
//! this station needs of a word is gathered once, when it is built, into one small record a word.

use super::plover::Contexts;
use super::syntax::Tag;
use super::wants::Lists;
use crate::dictionary::speech::{Mark, plural};
use crate::dictionary::{Dictionary, class};
use crate::kernel;
use crate::token::{NO_WORD, Token, fold_word, form, hash_folded};
use std::hint::select_unpredictable;

/// The prepositions that rules name, by number; 0 is any other.
pub const PREPOSITIONS: [&str; 31] = [
    "", "with", "to", "from", "of", "by", "against", "for", "between", "on", "in", "at", "during", "upon", "near",
    "about", "over", "into", "outside", "inside", "along", "toward", "towards", "across", "within", "around", "after",
    "before", "until", "since", "off",
];

/// The number of a preposition that rules may name.
pub fn preposition(word: &str) -> Option<u8> {
    PREPOSITIONS.iter().position(|p| *p == word && !p.is_empty()).map(|at| at as u8)
}

macro_rules! prepositions {
    ($($name:ident = $number:literal,)*) => { $(pub const $name: u8 = $number;)* };
}

prepositions! {
    WITH = 1, TO = 2, FROM = 3, OF = 4, BY = 5, AGAINST = 6, FOR = 7, BETWEEN = 8, ON = 9, IN = 10, AT = 11,
    DURING = 12, NEAR = 14, OVER = 16, INTO = 17, OUTSIDE = 18, INSIDE = 19, ALONG = 20, ACROSS = 23, WITHIN = 24, AROUND = 25,
    OFF = 30,
}

/// The prepositions that may govern a place, as bits.
pub const OF_PLACE: u64 = 1 << IN
    | 1 << AT
    | 1 << NEAR
    | 1 << ON
    | 1 << OVER
    | 1 << OUTSIDE
    | 1 << INSIDE
    | 1 << ALONG
    | 1 << ACROSS
    | 1 << WITHIN
    | 1 << AROUND
    | 1 << OFF;

/// The prepositions that may bind a clause, as bits: "after", "before", "until", "since".
pub const OF_CLAUSE: u32 = 0b1111 << 26;

/// The prepositions that may govern to whom something is done, as bits.
pub const TOWARD_SOMEBODY: u32 = 1 << WITH
    | 1 << TO
    | 1 << FROM
    | 1 << OF
    | 1 << AGAINST
    | 1 << FOR
    | 1 << ON
    | 1 << IN
    | 1 << AT
    | 1 << NEAR
    | 1 << OVER
    | 1 << INTO
    | 1 << OUTSIDE;

/// What a word is to this station; bits of [`Word::flags`].
pub mod flag {
    /// Carries a meeting: hold, host.
    pub const HOLD: u32 = 1;
    /// Takes part in one: attend, join.
    pub const ATTEND: u32 = 1 << 1;
    /// Carries a visit: pay, make.
    pub const PAY: u32 = 1 << 2;
    /// Carries thanks: express, extend.
    pub const EXPRESS: u32 = 1 << 3;
    /// Carries an attack: launch, carry (out).
    pub const CARRY: u32 = 1 << 4;
    /// Its subject answers for what it carries: orders, approves, continues.
    pub const CAUSE: u32 = 1 << 28;
    /// A body that can act: court, company, gang.
    pub const AGENT: u32 = 1 << 29;
    /// Counts what "of" follows ("dozens of soldiers"), or bounds a count ("at least 12").
    pub const QUANTITY: u32 = 1 << 30;
    /// One person: prisoner, teacher.
    pub const HUMAN: u32 = 1 << 31;
    /// Any of the six.
    pub const LIGHT: u32 = HOLD | ATTEND | PAY | EXPRESS | CARRY | CAUSE;
    /// Reports what somebody said.
    pub const REPORT: u32 = 1 << 5;
    /// Its infinitive came true: managed to.
    pub const IMPLICATIVE: u32 = 1 << 6;
    /// Its infinitive is meant to come: plans to.
    pub const PLAN: u32 = 1 << 7;
    /// With "both" or "two", people told of before.
    pub const PAIR: u32 = 1 << 8;
    /// "together (with)", "in cooperation with".
    pub const JOINTLY: u32 = 1 << 9;
    /// Help.
    pub const RELIEF: u32 = 1 << 10;
    /// Says "no".
    pub const NO: u32 = 1 << 11;
    /// Heads an event that people attend.
    pub const GATHERING: u32 = 1 << 12;
    /// "both", "two".
    pub const TWO: u32 = 1 << 13;
    /// "they".
    pub const THEY: u32 = 1 << 14;
    /// "the", "this", "that": points back.
    pub const DEFINITE: u32 = 1 << 15;
    /// "worth", "valued": the sum that follows is a price.
    pub const WORTH: u32 = 1 << 16;
    /// What it carries may never be: would, could.
    pub const UNREAL: u32 = 1 << 17;
    /// "over", "about": before a number no preposition.
    pub const HEDGE: u32 = 1 << 18;
    /// "as".
    pub const AS: u32 = 1 << 19;
    /// A title or role that somebody bears.
    pub const OFFICE: u32 = 1 << 21;
    /// Among the titles, but more often a thing: "letter".
    pub const THING: u32 = 1 << 22;
    /// "well".
    pub const WELL: u32 = 1 << 20;
    /// Tells as a verb that something is said, or nothing at all: as the cue of a quotation it adds nothing.
    pub const SAYS: u32 = 1 << 23;
    /// May tell something as an adjective.
    pub const ADJECTIVE: u32 = 1 << 24;
    /// May tell something as a noun.
    pub const NOUN: u32 = 1 << 25;
    /// May tell something as a verb.
    pub const VERB: u32 = 1 << 26;
    /// As a verb it tells nothing but that something is reported.
    pub const ONLY_REPORTS: u32 = 1 << 27;
}

/// What is known of one word.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Its part of speech, before its neighbours are asked.
    pub tag: Tag,
    /// Bits of [`flag`].
    pub flags: u32,
    /// Number among [`PREPOSITIONS`].
    pub preposition: u8,
    /// PLOVER sector of whom it means, as a value id of the dictionary; 0 when it tells none.
    pub sector: u32,
    /// Contexts that it colours.
    pub contexts: Contexts,
    /// Of which lists a word must stand in its sentence: a number in [`Words::lists`]; 0 when it may tell something without.
    pub objects: u16,
    /// The prepositions, as bits, of which one must follow it as a verb; 0 when it may tell something without.
    pub followed: u32,
    /// Of which lists it is: a number in [`Words::lists`].
    pub listed: u16,
    /// Its rules: first and one past the last in [`Words::rules`].
    pub rules: (u16, u16),
}

pub(super) const UNKNOWN: Word = Word {
    tag: Tag::Unknown,
    flags: 0,
    preposition: 0,
    sector: 0,
    contexts: Contexts::NONE,
    objects: 0,
    followed: 0,
    listed: 0,
    rules: (0, 0),
};

/// What is known of all words.
pub struct Words {
    /// By word: its number in `list`, 0 for most; at last, for those of which nothing is known, 0.
    pub(super) number: Vec<u16>,
    pub(super) list: Vec<Word>,
    /// Sets of lists, none first: they are large, and few words share many.
    pub(super) lists: Vec<Lists>,
    /// Rule numbers, word after word.
    pub rules: Vec<u32>,
    /// Adverbs of what happens in general, by their numbers.
    pub(super) habits: Vec<u32>,
    /// Conjunctions of conditions.
    pub(super) conditions: Vec<u32>,
    /// Words for a fight, in order: attack, clash, encounter.
    pub(super) fights: Vec<u32>,
}

/// The classes of words that this station knows more of.
const READ: u32 = class::FUNCTION | class::TRIGGER | class::SPEECH | class::CONTEXT | class::PEOPLE | class::TITLE;

impl Words {
    /// Whether one of some prepositions, as bits, is among these words.
    pub fn has_preposition(&self, tokens: &[Token], prepositions: u32) -> bool {
        tokens.iter().any(|t| prepositions >> self.of(t).preposition & 1 != 0)
    }

    /// Whether a word is an adverb of what happens in general: "usually".
    pub fn is_habit(&self, word: u32) -> bool {
        self.habits.contains(&word)
    }

    /// Whether a word makes its clause a condition: "if".
    pub fn is_condition(&self, word: u32) -> bool {
        self.conditions.contains(&word)
    }

    /// The lists that a token's word is of.
    #[inline]
    pub fn lists_of(&self, token: &Token) -> Lists {
        self.lists[usize::from(self.known(token.word).listed)]
    }

    /// The lists of which one must have a word in the sentence of a verb.
    #[inline]
    pub fn objects_of(&self, word: &Word) -> Lists {
        self.lists[usize::from(word.objects)]
    }

    #[inline]
    fn known(&self, word: u32) -> &Word {
        &self.list[usize::from(self.number.get(word as usize).copied().unwrap_or(0))]
    }

    /// Asks for what [`Words::expect`] reads.
    #[inline(always)]
    pub fn expect_number(&self, token: &Token) {
        if let Some(number) = self.number.get(token.word as usize) {
            kernel::prefetch(number);
        }
    }

    /// Asks for what [`Words::of`] reads.
    #[inline(always)]
    pub fn expect(&self, token: &Token) {
        kernel::prefetch(self.known(token.word));
    }

    /// Whether a token's word means a fight.
    pub fn is_fight(&self, token: &Token) -> bool {
        self.fights.binary_search(&token.word).is_ok()
    }

    /// What is known of a token's word.
    #[inline]
    pub fn of(&self, token: &Token) -> &Word {
        // The class bits came with the token. Whether the next word asked has something to say cannot be guessed: those
        // that have not share one place, which stays in the cache.
        let word = select_unpredictable(Words::knows(token), token.word as usize, self.number.len() - 1);
        &self.list[usize::from(self.number[word])]
    }

    /// The rules that a word may tell, in the order in which they are tried.
    #[inline]
    pub fn rules_of(&self, word: &Word) -> &[u32] {
        &self.rules[usize::from(word.rules.0)..usize::from(word.rules.1)]
    }

    /// Whether more may be known of a token's word than of any other.
    #[inline(always)]
    pub fn knows(token: &Token) -> bool {
        token.class & READ != 0
    }
}

/// Whether a token is a number, in digits or as a word.
#[inline]
pub fn is_number(token: &Token) -> bool {
    token.form & form::DIGIT != 0 || token.has(class::NUMBER)
}

/// The numbers of the words of a list, and of their plurals, as far as the dictionary knows them.
pub fn with_plurals<'l>(dictionary: &'l Dictionary<'_>, list: &'l [Box<str>]) -> impl Iterator<Item = u32> + 'l {
    list.iter().flat_map(|word| {
        let plural = word_id(dictionary, &plural(word));
        [Some(word_id(dictionary, word)), Some(plural).filter(|id| *id != NO_WORD)].into_iter().flatten()
    })
}

/// A word's number in the dictionary.
pub fn word_id(dictionary: &Dictionary<'_>, word: &str) -> u32 {
    dictionary.probe(hash_of(word)).1
}

/// A word's number in the dictionary, and what part of speech it is at a glance.
pub fn known(dictionary: &Dictionary<'_>, word: &str) -> (u32, Mark) {
    dictionary.known(hash_of(word))
}

fn hash_of(word: &str) -> u64 {
    // Nearly all of the catalogue is written in small letters, which are folded as they are.
    if word.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return hash_folded(word);
    }
    let mut folded = String::new();
    fold_word(word, &mut folded);
    hash_folded(&folded)
}

//! What a word can be: the bits that one probe answers.
//!
//! Thirty-two are enough because a bit only says "look closer"; the value behind it (which month, which unit) is a
//! *sense* of the word and is fetched by the one station that asked.

use crate::token::form;

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        $($(#[$doc])* pub const $name: u32 = 1 << $bit;)*

        /// Every class by the name that the lists use, for reading them and for `dateline gazetteer lookup`.
        pub const NAMES: &[(&str, u32)] = &[$((stringify!($name), $name)),*];
    };
}

classes! {
    /// In the lexicon of English words, in lower case.
    LEXICON = 0;
    /// Among the commonest words of the lexicon.
    COMMON = 1;
    /// A given name.
    GIVEN = 2;
    /// A family name.
    SURNAME = 3;
    /// A whole name of a list by itself, when written with a capital.
    NAME = 4;
    /// The first word of a longer name.
    NAME_START = 5;
    /// January, Jan.
    MONTH = 6;
    /// Monday, Mon.
    WEEKDAY = 7;
    /// Kilogram, km.
    UNIT = 8;
    /// Seven, hundred, million.
    NUMBER = 9;
    /// Today, ago, last, quarter: what begins or ends an expression of time.
    TIME = 10;
    /// Dollars, USD, Rs.
    MONEY = 11;
    /// A full stop after it is part of it.
    ABBREVIATION = 12;
    /// Often begins a sentence, also after an abbreviation.
    STARTER = 13;
    /// Triggers an event.
    TRIGGER = 14;
    /// Says that somebody said something: said, added, according.
    REPORT = 15;
    /// Heads or ends the name of an organisation.
    ORG_HEAD = 16;
    /// Ends the name of a named event: Expo, Summit.
    EVENT_HEAD = 17;
    /// Ends the name of a facility: Airport, Prison.
    FACILITY_HEAD = 18;
    /// A particle inside a person's name: al, bin, van.
    PARTICLE = 19;
    /// A title, role or honour by itself.
    TITLE = 20;
    /// A closed-class word: article, preposition, pronoun, conjunction, auxiliary. Its sense says which.
    FUNCTION = 21;
    /// People who can be counted: militants, passengers.
    PEOPLE = 22;
    /// Colours the context of an event: drugs, trafficking, terrorism.
    CONTEXT = 23;
    /// A nationality, religion or people.
    DEMONYM = 24;
    /// Ends the name of a place: Province, River, Sea.
    PLACE_HEAD = 25;
    /// Northern, West, Upper.
    DIRECTION = 26;
    /// A verb form, noun or adjective whose part of speech the shallow parser must know.
    SPEECH = 27;
    /// A word that names a thing which is seized, given or traded.
    ITEM = 28;
    /// A whole name by itself also in small letters, as titles are.
    NAME_SMALL = 29;
    /// The first word of a longer name that may be written in small letters.
    NAME_START_SMALL = 30;
    /// A whole name by itself only in capitals, as acronyms are.
    NAME_CAPITALS = 31;
}

/// What kinds of things a surface can be; bits of [`super::Dictionary::sorts`].
pub mod sort {
    /// A country.
    pub const COUNTRY: u16 = 1;
    /// A city or first-level division.
    pub const PLACE: u16 = 1 << 1;
    /// A region or physical feature.
    pub const LOC: u16 = 1 << 2;
    /// A nationality, religion, people.
    pub const DEMONYM: u16 = 1 << 3;
    /// An organisation.
    pub const ORG: u16 = 1 << 4;
    /// A title before a name.
    pub const TITLE: u16 = 1 << 5;
    /// A role.
    pub const ROLE: u16 = 1 << 6;
    /// An honour behind a name.
    pub const HONOUR: u16 = 1 << 7;
}

/// Closed classes of words; a token's is told by [`super::Dictionary::function`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Function {
    /// In no closed class.
    None,
    /// Article, demonstrative, quantifier.
    Determiner,
    /// Preposition.
    Preposition,
    /// and, or, but.
    Conjunction,
    /// because, while.
    Subordinator,
    /// he, they.
    Subject,
    /// him, them.
    Object,
    /// his, their.
    Possessive,
    /// Any other pronoun.
    Pronoun,
    /// A form of *be*.
    Be,
    /// A form of *have*.
    Have,
    /// A form of *do*.
    Do,
    /// will, may.
    Modal,
    /// not, never.
    Negation,
    /// who, which, that.
    Relative,
    /// there, here.
    There,
    /// An adverb.
    Adverb,
}

/// The bit of [`form::WANTED`] as it stands above a closed class.
pub(super) const TOLD_WANTED: u8 = (form::WANTED >> 16) as u8;

impl Function {
    const ALL: [(Function, &'static str); 17] = [
        (Function::None, ""),
        (Function::Determiner, "det"),
        (Function::Preposition, "prep"),
        (Function::Conjunction, "conj"),
        (Function::Subordinator, "sub"),
        (Function::Subject, "subj"),
        (Function::Object, "obj"),
        (Function::Possessive, "poss"),
        (Function::Pronoun, "pron"),
        (Function::Be, "be"),
        (Function::Have, "have"),
        (Function::Do, "do"),
        (Function::Modal, "modal"),
        (Function::Negation, "neg"),
        (Function::Relative, "rel"),
        (Function::There, "there"),
        (Function::Adverb, "adv"),
    ];

    /// The class by its name in the lists.
    pub fn from_name(name: &str) -> Option<Function> {
        Function::ALL.iter().find(|(_, n)| *n == name).map(|(f, _)| *f)
    }

    /// Its number, and above it the bits that its words have in the third byte of their form.
    pub(super) fn told(self) -> u8 {
        let form = match self {
            Function::Subject | Function::Object | Function::Possessive => form::PRONOUN,
            _ => 0,
        };
        self as u8 | (form >> 16) as u8
    }

    #[inline]
    pub(super) fn from_byte(byte: u8) -> Function {
        const BY_NUMBER: [Function; 32] = {
            let mut table = [Function::None; 32];
            let mut at = 0;
            while at < Function::ALL.len() {
                table[at] = Function::ALL[at].0;
                at += 1;
            }
            table
        };
        BY_NUMBER[usize::from(byte & 31)]
    }
}

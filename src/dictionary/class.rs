//! What a word can be: the bits that one probe answers.
//!
//! Thirty-two are enough because a bit only says "look closer"; the value behind it (which month, which unit) is a
//! *sense* of the word and is fetched by the one station that asked.

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
    /// A whole name of a list by itself: place, organisation, demonym, title.
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
}

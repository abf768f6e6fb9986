//! What part of speech a word is by itself, before its neighbours are asked.
//!
//! The shallow parser asks that of every word of a sentence. So it is read off the lists once, when they are compiled,
//! and comes with the token as one byte.

use super::class;

/// Part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Nothing is known.
    Unknown,
    /// A noun.
    Noun,
    /// An adjective.
    Adjective,
    /// Inside a name.
    Name,
    /// the, every
    Determiner,
    /// his, their
    Possessive,
    /// `'s`
    Genitive,
    /// he, they, who stand for others
    Pronoun,
    /// "there" as a subject
    There,
    /// A finite form that is nothing else.
    Verb,
    /// A plain form, which may be a noun.
    Base,
    /// A past tense or participle.
    Past,
    /// A form in "-ing".
    Ing,
    /// A form of "be".
    Be,
    /// A form of "have".
    Have,
    /// A form of "do".
    Do,
    /// will, may
    Modal,
    /// not, never
    Negation,
    /// An adverb.
    Adverb,
    /// "to"
    To,
    /// in, with
    Preposition,
    /// and, or
    Conjunction,
    /// because, if
    Subordinator,
    /// who, that
    Relative,
    /// Inside an expression of time.
    Time,
    /// `,`
    Comma,
    /// A dash between words.
    Dash,
    /// What ends a clause.
    Stop,
    /// Inside a quotation.
    Quoted,
    /// Says nothing here: a hyphen inside a word, what stands in brackets.
    Skip,
}

impl Tag {
    /// All tags.
    #[rustfmt::skip]
    pub const ALL: [Tag; 30] = [
        Tag::Unknown, Tag::Noun, Tag::Adjective, Tag::Name, Tag::Determiner, Tag::Possessive, Tag::Genitive,
        Tag::Pronoun, Tag::There, Tag::Verb, Tag::Base, Tag::Past, Tag::Ing, Tag::Be, Tag::Have, Tag::Do, Tag::Modal,
        Tag::Negation, Tag::Adverb, Tag::To, Tag::Preposition, Tag::Conjunction, Tag::Subordinator, Tag::Relative,
        Tag::Time, Tag::Comma, Tag::Dash, Tag::Stop, Tag::Quoted, Tag::Skip,
    ];

    /// What the lists tell of a word by its senses: class and value.
    pub fn of_word<'a>(word: &str, senses: impl Iterator<Item = (u32, &'a str)> + Clone) -> Tag {
        if word.eq_ignore_ascii_case("to") {
            return Tag::To;
        }
        let of = |class| senses.clone().filter(move |sense| sense.0 == class).map(|sense| sense.1);
        let mut own = Tag::Unknown;
        for value in of(class::SPEECH) {
            own = match value {
                "noun" | "object" if own == Tag::Unknown => Tag::Noun,
                "adj" => Tag::Adjective,
                "verb" => Tag::Verb,
                "base" => Tag::Base,
                "past" => Tag::Past,
                "habit" => Tag::Adverb,
                _ => own,
            };
        }
        if own == Tag::Unknown && of(class::TITLE).next().is_some() && of(class::TRIGGER).next().is_none() {
            own = Tag::Noun;
        }
        // Closed classes last: "that" joins clauses more often than it points.
        for value in of(class::FUNCTION) {
            let tag = match value {
                "det" => Tag::Determiner,
                "poss" => Tag::Possessive,
                "subj" | "obj" | "pron" => Tag::Pronoun,
                "prep" => Tag::Preposition,
                "conj" => Tag::Conjunction,
                "sub" => Tag::Subordinator,
                "rel" => Tag::Relative,
                "be" => Tag::Be,
                "have" => Tag::Have,
                "do" => Tag::Do,
                "modal" => Tag::Modal,
                "neg" => Tag::Negation,
                "adv" => Tag::Adverb,
                "there" => Tag::There,
                _ => continue,
            };
            let settled = matches!(own, Tag::Relative | Tag::Determiner | Tag::Preposition);
            if !settled || (tag == Tag::Relative && own != Tag::Relative) {
                own = tag;
            }
        }
        own
    }

    /// What a word's ending tells of it.
    pub fn by_ending(word: &[u8]) -> Tag {
        let Some(last) = word.last_chunk::<3>() else { return Tag::Unknown };
        match last.map(|letter| letter.to_ascii_lowercase()) {
            [_, b'e', b'd'] if word.len() > 4 => Tag::Past,
            [b'i', b'n', b'g'] if word.len() > 5 => Tag::Ing,
            [_, b'l', b'y'] if word.len() > 4 => Tag::Adverb,
            _ => Tag::Unknown,
        }
    }
}

/// What is known of a word at a glance: its tag, counted from 1, and bits that say what else is to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(pub u8);

impl Mark {
    const TAG: u8 = 31;
    /// The neighbours of the token may change its tag, or more must be known of it.
    pub const LOOK: u8 = 1 << 5;
    /// It reports what somebody said.
    pub const REPORTS: u8 = 1 << 6;

    /// The mark of a token that must be looked at.
    pub const ASK: Mark = Mark::new(Tag::Unknown, true, false);

    /// A mark.
    pub const fn new(tag: Tag, look: bool, reports: bool) -> Mark {
        let (look, reports) = (if look { Mark::LOOK } else { 0 }, if reports { Mark::REPORTS } else { 0 });
        Mark(look | reports | (tag as u8 + 1))
    }

    /// The mark of a folded word with its senses: class and value.
    pub(super) fn of_word<'a>(word: &str, senses: impl Iterator<Item = (u32, &'a str)> + Clone) -> Mark {
        let tag = match Tag::of_word(word, senses.clone()) {
            Tag::Unknown => Tag::by_ending(word.as_bytes()),
            tag => tag,
        };
        let look = HEDGES.contains(&word) || NOBODY.contains(&word) || word == "as" || word == "s";
        Mark::new(tag, look, senses.clone().any(|sense| sense == (class::SPEECH, "report")))
    }

    /// Its tag, where no capital and no neighbour changes it.
    #[inline(always)]
    pub const fn tag(self) -> Tag {
        TAGS[(self.0 & Mark::TAG) as usize]
    }

    /// Whether more must be asked of the token.
    #[inline(always)]
    pub fn must_look(self) -> bool {
        self.0 & Mark::LOOK != 0
    }

    /// Whether it reports what somebody said.
    #[inline(always)]
    pub fn reports(self) -> bool {
        self.0 & Mark::REPORTS != 0
    }
}

/// How a regular noun's plural is written.
pub fn plural(word: &str) -> String {
    let (stem, ending) = match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => (stem, "ies"),
        _ => (word, "s"),
    };
    [stem, ending].concat()
}

/// "over", "about": before a number no preposition. "than" before one belongs to it: "more than 40".
pub const HEDGES: [&str; 10] =
    ["over", "about", "around", "under", "some", "nearly", "almost", "roughly", "approximately", "than"];

/// What these do, or what is done to them, is not done.
pub const NOBODY: [&str; 5] = ["no", "neither", "nor", "nobody", "none"];

/// The tags by their numbers in a mark.
static TAGS: [Tag; 32] = {
    let mut tags = [Tag::Unknown; 32];
    let mut at = 0;
    while at < Tag::ALL.len() {
        tags[Tag::ALL[at] as usize + 1] = Tag::ALL[at];
        at += 1;
    }
    tags
};

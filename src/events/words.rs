//! What the catalogue and the shallow parser know of single words, one look-up a token.
//!
//! The dictionary answers by class and sense; reading senses for every token would cost more than the parsing. So what
//! this station needs of a word is gathered once, when it is built, into one small record a word.

use super::catalogue::{Catalogue, Need, Rule, Test, WordKind};
use super::plover::Contexts;
use super::syntax::Tag;
use super::tags::by_ending;
use crate::dictionary::{Dictionary, class};
use crate::token::{Token, fold_word, form, hash_folded};

/// The prepositions that rules name, by number; 0 is any other.
pub const PREPOSITIONS: [&str; 18] = [
    "", "with", "to", "from", "of", "by", "against", "for", "between", "on", "in", "at", "during", "upon", "near",
    "about", "over", "into",
];

/// The number of a preposition that rules may name.
pub fn preposition(word: &str) -> Option<u8> {
    PREPOSITIONS.iter().position(|p| *p == word && !p.is_empty()).map(|at| at as u8)
}

macro_rules! prepositions {
    ($($name:ident = $number:literal,)*) => { $(pub const $name: u8 = $number;)* };
}

prepositions! {
    WITH = 1, TO = 2, FROM = 3, OF = 4, BY = 5, FOR = 7, ON = 9, IN = 10, AT = 11,
    NEAR = 14, OVER = 16,
}

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
    /// Any of the five.
    pub const LIGHT: u32 = HOLD | ATTEND | PAY | EXPRESS | CARRY;
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
    /// Tells by a verb or not at all, and never of a meeting: as the cue of a quotation it adds nothing.
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
    /// Contexts that it colours.
    pub contexts: Contexts,
    /// The rules, as bits, of which one must find its object; 0 when it may tell something without.
    pub objects: u64,
    /// Its rules: first and one past the last in [`Words::rules`].
    pub rules: (u16, u16),
}

const UNKNOWN: Word =
    Word { tag: Tag::Unknown, flags: 0, preposition: 0, contexts: Contexts::NONE, objects: 0, rules: (0, 0) };

/// What one byte says of a word, so that reading a sentence touches little memory.
pub mod mark {
    /// Its tag where no capital and no neighbour changes it: an index into [`super::Tag::ALL`].
    pub const TAG: u8 = 31;
    /// Its neighbours may change it, or more must be known of it.
    pub const LOOK: u8 = 1 << 5;
    /// A rule asks for it as an object.
    pub const LISTED: u8 = 1 << 6;
}

/// What is known of all words.
pub struct Words {
    number: Vec<u16>,
    list: Vec<Word>,
    /// Bits of [`mark`], by word.
    marks: Vec<u8>,
    /// Words that rules ask for as objects, with the rules' bits; by word.
    listed: Vec<(u32, u64)>,
    /// Rule numbers, word after word.
    pub rules: Vec<u32>,
}

/// The classes of words that this station knows more of.
const READ: u32 = class::FUNCTION | class::TRIGGER | class::SPEECH | class::CONTEXT | class::PEOPLE | class::TITLE;

impl Words {
    /// Gathers the words of the dictionary and the catalogue.
    pub fn new(dictionary: &Dictionary<'_>, catalogue: &Catalogue) -> Self {
        let mut words =
            Words { number: Vec::new(), list: vec![UNKNOWN], marks: Vec::new(), listed: Vec::new(), rules: Vec::new() };
        let mut id = 0;
        while dictionary.word(id).is_some() {
            let word = describe(dictionary, id);
            words.number.push(match word {
                Some(word) => {
                    words.list.push(word);
                    words.list.len() as u16 - 1
                }
                None => 0,
            });
            id += 1;
        }
        for (at, preposition) in PREPOSITIONS.iter().enumerate().skip(1) {
            words.edit(dictionary, preposition, |w| w.preposition = at as u8);
        }
        words.edit(dictionary, "to", |w| w.tag = Tag::To);
        for (list, bits) in [
            ("both two", flag::TWO),
            ("they them", flag::THEY),
            ("the this these that those", flag::DEFINITE),
            ("no neither nor", flag::NO),
            ("over about around under some nearly almost roughly approximately", flag::HEDGE),
            ("as", flag::AS),
            ("well", flag::WELL),
            ("worth valued estimated", flag::WORTH),
            ("would could may might should can must", flag::UNREAL),
        ] {
            for word in list.split(' ') {
                words.edit(dictionary, word, |w| w.flags |= bits);
            }
        }
        let mut by_word: Vec<(u32, u32)> = catalogue
            .forms
            .iter()
            .map(|(form, rule)| (word_id(dictionary, form), *rule))
            .filter(|(word, _)| *word != crate::token::NO_WORD)
            .collect();
        by_word.sort_unstable();
        for same in by_word.chunk_by(|a, b| a.0 == b.0) {
            let first = words.rules.len() as u16;
            words.rules.extend(same.iter().map(|(_, rule)| *rule));
            let rules = (first, words.rules.len() as u16);
            let any = |test: fn(&Rule) -> bool| same.iter().any(|(_, rule)| test(&catalogue.rules[*rule as usize]));
            let gathers = any(|r| r.event_type() == "CONSULT" && r.word == WordKind::Noun);
            let kinds = [
                (gathers, flag::GATHERING),
                (!any(|r| r.event_type() == "CONSULT" || r.word != WordKind::Verb), flag::SAYS),
                (any(|r| r.word == WordKind::Adjective), flag::ADJECTIVE),
                (any(|r| r.word == WordKind::Noun), flag::NOUN),
                (any(|r| r.word == WordKind::Verb), flag::VERB),
                (!any(|r| r.word == WordKind::Verb && !r.needs.contains(&Need::Is(Test::Reports))), flag::ONLY_REPORTS),
            ];
            words.edit_id(same[0].0, |w| {
                w.rules = rules;
                for (is, bit) in kinds {
                    w.flags |= if is { bit } else { 0 };
                }
            });
        }
        words.list_objects(dictionary, catalogue);
        words.mark(dictionary);
        words
    }

    /// Notes which words verbs ask for as their objects, and which verbs tell nothing without one of them.
    fn list_objects(&mut self, dictionary: &Dictionary<'_>, catalogue: &Catalogue) {
        // Rules may share a bit: then a word of one keeps the other alive, which only costs time.
        let bit = |rule: usize| 1 << (rule % 64);
        let mut asks = vec![None; catalogue.rules.len()];
        for (number, rule) in catalogue.rules.iter().enumerate() {
            let list = rule.needs.iter().find_map(|need| match need {
                Need::Object(list, false) => Some(list),
                _ => None,
            });
            let Some(list) = list else { continue };
            let ids: Vec<u32> = list.iter().map(|w| word_id(dictionary, w)).collect();
            if !ids.contains(&crate::token::NO_WORD) {
                self.listed.extend(ids.iter().map(|id| (*id, bit(number))));
                asks[number] = Some(bit(number));
            }
        }
        self.listed.sort_unstable();
        self.listed.dedup_by(|b, a| {
            a.0 == b.0 && {
                a.1 |= b.1;
                true
            }
        });
        for word in &mut self.list {
            let rules = &self.rules[usize::from(word.rules.0)..usize::from(word.rules.1)];
            let verbs = rules.iter().filter(|r| catalogue.rules[**r as usize].word == WordKind::Verb);
            word.objects = verbs.map(|r| asks[*r as usize]).try_fold(0, |all, bit| Some(all | bit?)).unwrap_or(0);
        }
    }

    /// Fills the bytes that are read of every word.
    fn mark(&mut self, dictionary: &Dictionary<'_>) {
        for (id, info) in dictionary.words().iter().enumerate() {
            let known = self.known(id as u32);
            let text = dictionary.word_text(info);
            let look = known.flags & (flag::HEDGE | flag::AS | flag::REPORT) != 0 || text.len() < 2;
            let tag = if known.tag == Tag::Unknown { by_ending(text.as_bytes()) } else { known.tag };
            let open = matches!(tag, Tag::Past | Tag::Ing | Tag::Base);
            self.marks.push(tag as u8 | if look || open { mark::LOOK } else { 0 });
        }
        for (word, _) in &self.listed {
            self.marks[*word as usize] |= mark::LISTED;
        }
    }

    /// The tag of a word in small letters whose neighbours do not matter.
    #[inline]
    pub fn plain_tag(&self, token: &Token) -> Option<Tag> {
        const OTHER: u16 = form::CAPITAL | form::INNER_CAPITAL | form::DIGIT | form::BEYOND_ASCII;
        if token.form & (form::WORD | OTHER) != form::WORD {
            return None;
        }
        let mark = *self.marks.get(token.word as usize)?;
        (mark & mark::LOOK == 0).then(|| Tag::ALL[usize::from(mark & mark::TAG)])
    }

    /// The rules, as bits, that ask for one of these words as an object.
    pub fn objects_in(&self, tokens: &[Token]) -> u64 {
        let listed = |t: &&Token| self.marks.get(t.word as usize).is_some_and(|m| m & mark::LISTED != 0);
        tokens.iter().filter(listed).fold(0, |set, t| {
            let at = self.listed.partition_point(|(word, _)| *word < t.word);
            set | self.listed.get(at).map_or(0, |(_, bits)| *bits)
        })
    }

    fn known(&self, word: u32) -> &Word {
        &self.list[usize::from(self.number.get(word as usize).copied().unwrap_or(0))]
    }

    /// What is known of a token's word.
    #[inline]
    pub fn of(&self, token: &Token) -> &Word {
        // The class bits came with the token; only words that have something to say cost a look at the table.
        if token.class & READ == 0 {
            return &self.list[0];
        }
        let number = self.number.get(token.word as usize).copied().unwrap_or(0);
        &self.list[usize::from(number)]
    }

    fn edit(&mut self, dictionary: &Dictionary<'_>, word: &str, change: impl FnOnce(&mut Word)) {
        self.edit_id(word_id(dictionary, word), change);
    }

    fn edit_id(&mut self, id: u32, change: impl FnOnce(&mut Word)) {
        let Some(number) = self.number.get_mut(id as usize) else {
            return;
        };
        if *number == 0 {
            self.list.push(UNKNOWN);
            *number = self.list.len() as u16 - 1;
        }
        change(&mut self.list[usize::from(*number)]);
    }
}

/// A word's number in the dictionary.
pub fn word_id(dictionary: &Dictionary<'_>, word: &str) -> u32 {
    let mut folded = String::new();
    fold_word(word, &mut folded);
    dictionary.probe(hash_folded(&folded)).1
}

/// Reads the senses of a word; none when they say nothing to this station.
fn describe(dictionary: &Dictionary<'_>, id: u32) -> Option<Word> {
    let mut word = UNKNOWN;
    let mut known = false;
    for value in dictionary.senses(id, class::CONTEXT) {
        word.contexts = word.contexts.and(Contexts::of(dictionary.value(value)).unwrap_or_default());
        known = true;
    }
    for value in dictionary.senses(id, class::SPEECH) {
        known = true;
        match dictionary.value(value) {
            "noun" | "object" if word.tag == Tag::Unknown => word.tag = Tag::Noun,
            "adj" => word.tag = Tag::Adjective,
            "verb" => word.tag = Tag::Verb,
            "base" => word.tag = Tag::Base,
            "past" => word.tag = Tag::Past,
            "light.hold" => word.flags |= flag::HOLD,
            "light.attend" => word.flags |= flag::ATTEND,
            "light.pay" => word.flags |= flag::PAY,
            "light.express" => word.flags |= flag::EXPRESS,
            "light.carry" => word.flags |= flag::CARRY,
            "report" => word.flags |= flag::REPORT,
            "implicative" => word.flags |= flag::IMPLICATIVE,
            "plan" => word.flags |= flag::PLAN,
            "pair" => word.flags |= flag::PAIR,
            "jointly" => word.flags |= flag::JOINTLY,
            "thing" => word.flags |= flag::THING,
            "relief" => word.flags |= flag::RELIEF,
            _ => {}
        }
    }
    for value in dictionary.senses(id, class::TITLE) {
        known = true;
        if dictionary.value(value) != "honour" && word.flags & flag::THING == 0 {
            word.flags |= flag::OFFICE;
        }
        if word.tag == Tag::Unknown && dictionary.sense(id, class::TRIGGER).is_none() {
            word.tag = Tag::Noun;
        }
    }
    // Closed classes last: "that" joins clauses more often than it points.
    for value in dictionary.senses(id, class::FUNCTION) {
        known = true;
        let tag = match dictionary.value(value) {
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
        let settled = matches!(word.tag, Tag::Relative | Tag::Determiner | Tag::Preposition);
        if !settled || (tag == Tag::Relative && word.tag != Tag::Relative) {
            word.tag = tag;
        }
    }
    known.then_some(word)
}

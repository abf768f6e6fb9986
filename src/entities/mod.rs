//! What an article speaks of: people, organisations, places, dates and amounts, grouped and resolved.

pub mod amount;
mod appositions;
mod begins;
#[cfg(test)]
mod cases;
mod company;
mod document;
mod evidence;
mod group;
mod heads;
mod links;
mod little_words;
mod location;
mod nickname;
mod number;
mod organisation;
mod page;
mod pattern_words;
mod person;
mod place;
pub mod quote;
mod recognize;
mod rule;
mod senses;
mod syllable;
mod table;
pub mod tagger;
pub mod time;
mod titles;
mod unit;
mod users;

use crate::dictionary::Dictionary;
use crate::gazetteer::{Inside, Match};
use crate::normalize::Head;
use crate::segment::Sentences;
use crate::span::Span;
use crate::token::Tokens;
use document::Second;
use evidence::Name;
use page::Page;
pub use rule::Rule;

/// What an entity is (OntoNotes labels).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityType {
    /// A person.
    Person,
    /// An organisation.
    Org,
    /// A country, city or province.
    Gpe,
    /// A sea, river, region without a government.
    Loc,
    /// A building, airport, bridge.
    Fac,
    /// A nationality, religion or people.
    Norp,
    /// A named event.
    Event,
    /// A calendar date.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that comes again: "every two weeks".
    Set,
    /// A sum of money.
    Money,
    /// A quantity with a unit.
    Quantity,
    /// A percentage.
    Percent,
}

impl EntityType {
    /// The label in the records.
    pub const fn label(self) -> &'static str {
        match self {
            EntityType::Person => "PERSON",
            EntityType::Org => "ORG",
            EntityType::Gpe => "GPE",
            EntityType::Loc => "LOC",
            EntityType::Fac => "FAC",
            EntityType::Norp => "NORP",
            EntityType::Event => "EVENT",
            EntityType::Date => "DATE",
            EntityType::Time => "TIME",
            EntityType::Duration => "DURATION",
            EntityType::Set => "SET",
            EntityType::Money => "MONEY",
            EntityType::Quantity => "QUANTITY",
            EntityType::Percent => "PERCENT",
        }
    }

    /// Whether an entity of this type stands somewhere: a country, a sea, an airport.
    #[inline]
    pub const fn is_place(self) -> bool {
        matches!(self, EntityType::Gpe | EntityType::Loc | EntityType::Fac)
    }
}

/// One stretch of text that stands for an entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// Its stretch of the clean text, in bytes.
    pub span: Span,
    /// The entity that it stands for: its number in [`Entities::list`].
    pub entity: u32,
    /// The sentence it lies in.
    pub sentence: u32,
    /// For dates, times, durations and amounts: its number among the article's expressions of that sort.
    pub value: u32,
    /// 0–1.
    pub score: f32,
    /// What it is.
    pub kind: EntityType,
    /// Which rule or list recognised it.
    pub rule: Rule,
}

impl Mention {
    /// Which rule or list recognised it, as the records name it.
    pub fn rule(&self) -> &'static str {
        self.rule.label()
    }
}

/// A title or role of a person, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TitleMention {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// Before the name (a title) or in apposition to it (a role).
    pub is_role: bool,
    /// The entity of type PERSON that bears it.
    pub entity: u32,
}

/// What mentions stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityType,
    /// The mention that gives its name: the fullest one.
    pub name: u32,
    /// Its entry in the dictionary, whose main name is then the entity's, or [`crate::dictionary::NONE`].
    pub entry: u32,
    /// It is a part of that, "eastern" of a town, and has a name of its own.
    pub is_part: bool,
    /// First mention, by position.
    pub first_mention: u32,
    /// ISO 3166-1 alpha-2; zeros when it has none.
    pub country: [u8; 2],
    /// PLOVER sector as a value id of the dictionary; 0 when it has none.
    pub sector: u32,
    /// PERSON: the organisation or place that a role names, or [`crate::dictionary::NONE`].
    pub affiliation: u32,
    /// 0–1.
    pub score: f32,
}

/// Something that the name of a place may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceCandidate {
    /// First token of the name.
    pub first: u32,
    /// Its entry in the dictionary.
    pub entry: u32,
    /// How likely it is among all of them, 0–1.
    pub share: f32,
}

/// Everything found in one article at this station.
#[derive(Debug, Default)]
pub struct Entities {
    /// By first mention.
    pub list: Vec<Entity>,
    /// By position; none overlaps another.
    pub mentions: Vec<Mention>,
    /// Titles and roles, by position.
    pub titles: Vec<TitleMention>,
    /// Expressions of time, by position.
    pub times: Vec<time::TimeExpression>,
    /// Amounts, by position; counts of people too.
    pub amounts: Vec<amount::Amount>,
    /// Quotations, by position.
    pub quotations: Vec<quote::Quotation>,
    /// Pronouns and "the minister" where unambiguous: token, entity; by position. For events.
    pub links: Vec<(u32, u32)>,
    /// What places may be, by position, the likeliest first; only where [`Resolver::list_candidates`] asks for it.
    pub candidates: Vec<PlaceCandidate>,
    /// What the tagger would see; only under [`tagger::Tagging::Learns`].
    pub windows: Vec<tagger::Window>,
}

impl Entities {
    /// The mention that covers a token.
    pub fn mention_at(&self, token: u32) -> Option<(u32, &Mention)> {
        let at = self.mentions.partition_point(|m| m.end <= token);
        self.mentions.get(at).filter(|m| m.first <= token).map(|m| (at as u32, m))
    }
}

/// Finds and groups the entities of an article. Built once, shared by workers.
pub struct Resolver {
    sorter: unit::Sorter,
    pattern_words: pattern_words::PatternWords,
    pronouns: links::Pronouns,
    lists_candidates: bool,
    tagger: Option<tagger::Tagger>,
    tagging: tagger::Tagging,
}

/// Buffers of the resolver, kept by a worker.
#[derive(Default)]
pub struct Scratch {
    begins: begins::Begins,
    units: Vec<unit::Unit>,
    names: Vec<Name>,
    doubtful: Vec<Name>,
    memory: document::Memory,
    groups: group::Groups,
    listed: Vec<Name>,
    telling: Vec<u64>,
}

/// What the resolver reads: one article, as the earlier stations left it.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The lists.
    pub dictionary: &'a Dictionary<'a>,
    /// The clean text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a Tokens,
    /// Its sentences.
    pub sentences: &'a Sentences,
    /// The names of the lists in it.
    pub matches: &'a [Match],
    /// Where names begin or end inside a token.
    pub inside: &'a Inside,
    /// Its head.
    pub head: &'a Head,
    /// Whether it is in another language than English: only names of the lists are read then.
    pub is_foreign: bool,
    /// The day of its publication.
    pub published: Option<time::Day>,
}

impl Resolver {
    /// Prepares the tables that turn words into what they can be.
    pub fn new(dictionary: &Dictionary<'_>) -> Self {
        Resolver {
            sorter: unit::Sorter::new(dictionary),
            pattern_words: pattern_words::PatternWords::new(),
            pronouns: links::Pronouns::new(),
            lists_candidates: false,
            tagger: tagger::Tagger::new(dictionary),
            tagging: tagger::Tagging::default(),
        }
    }

    /// Whether [`Entities::candidates`] is filled.
    pub fn list_candidates(mut self, asked: bool) -> Self {
        self.lists_candidates = asked;
        self
    }

    /// What is done about the tagger.
    pub fn tagging(mut self, tagging: tagger::Tagging) -> Self {
        self.tagging = tagging;
        self
    }

    /// Fills `out` with the article's names, grouped and resolved, beside the times and amounts that are there already.
    pub fn resolve(&self, input: Input<'_>, scratch: &mut Scratch, out: &mut Entities) {
        let Input { tokens, sentences, matches, head, is_foreign, published, dictionary, .. } = input;
        scratch.begins.read(tokens, sentences, matches);
        let page = self.page(input, &scratch.begins);
        recognize::recognize(&self.sorter, &page, &mut scratch.units, &mut scratch.names, &mut scratch.doubtful);
        if is_foreign {
            scratch.names.retain(|name| name.rule.is_listed());
            scratch.doubtful.clear();
        }
        if dictionary.has_users() {
            users::put(&page, published, &mut scratch.names, &mut scratch.doubtful, &mut scratch.listed);
        }
        out.windows.clear();
        // The weights were learnt from English.
        let mut second = match (self.tagging, &self.tagger) {
            (tagger::Tagging::Learns, _) => Second::Learns(&mut out.windows),
            (tagger::Tagging::Judges, Some(tagger)) if !is_foreign => Second::Judges(tagger),
            _ => Second::Silent,
        };
        let Scratch { names, doubtful, memory, .. } = scratch;
        document::settle(&page, head, names, doubtful, &mut second, memory);
        out.candidates.clear();
        if self.lists_candidates {
            document::list_candidates(&scratch.names, &scratch.memory, &mut out.candidates);
        }
        group::group(&page, &scratch.names, &mut scratch.groups, out);
    }

    /// Adds what its people are called and whom they serve, and whom pronouns stand for. The names must have been resolved
    /// before, with the same input.
    pub fn read_roles(&self, input: Input<'_>, scratch: &mut Scratch, out: &mut Entities) {
        let page = self.page(input, &scratch.begins);
        titles::place_organisations(&page, &scratch.groups.organisations, out);
        titles::find(&page, &scratch.names, &scratch.groups.people, out);
        links::find(&page, &self.pronouns, &scratch.groups.people, &mut scratch.telling, out);
    }

    fn page<'a>(&'a self, input: Input<'a>, begins: &'a begins::Begins) -> Page<'a> {
        let Input { dictionary, text, tokens, sentences, matches, inside, .. } = input;
        let pattern_words = &self.pattern_words;
        Page { dictionary, pattern_words, text, tokens, sheets: tokens, sentences, matches, begins, inside }
    }
}

//! Who did what, to whom, when, where and how much.
//!
//! Events are read from their triggers: a word of the catalogue (gazetteers/rules/events.tsv) and the clause around it.
//! Most sentences hold a few triggers at most, so only those sentences are parsed, and only shallowly (`syntax`): noun
//! phrases and verb groups tell who and whom, names and times found before tell the rest. A rule fires only when all it
//! needs stands beside its trigger; a reader of many events is worse off with a wrong one than without it.
//!
//! On the way out:
//!
//! * events stand by sentence and trigger, and each happening once a sentence;
//! * every party, date, place and amount is a stretch of tokens of the article or a number in [`crate::entities::Entities`].

mod bits;
mod catalogue;
mod chunk_row;
mod chunker;
mod clause;
mod cover;
mod detect;
mod doers;
mod explain;
mod frame;
mod group;
mod marks;
mod overlay;
mod party;
mod plan;
mod plover;
mod recipient;
mod rows;
mod rules;
mod sample;
mod settle;
mod slots;
mod statement;
mod syntax;
mod tag_rows;
mod tags;
mod tell;
mod triggers;
mod turn;
pub mod user;
mod vocabulary;
mod wants;
mod words;

pub use catalogue::{Rule, RuleRow, rows};
pub use detect::{Detector, Input, Scratch};
pub use explain::{Explanation, Outcome, Stretches, Why};
pub use plover::Contexts;

/// Whether it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Realis {
    /// It happened, or so it is told.
    Actual,
    /// It will, or is planned.
    Future,
    /// It may, would, could, or is asked for.
    Hypothetical,
    /// It happens in general.
    Generic,
}

/// One side of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Party {
    /// First token of the party as written (a name without its titles, or a noun phrase).
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// The entity, when the party is named, or [`crate::dictionary::NONE`].
    pub entity: u32,
    /// ISO 3166-1 alpha-2; zeros when unknown.
    pub country: [u8; 2],
    /// PLOVER sector as a value id of the dictionary; 0 when unknown.
    pub sector: u32,
}

/// Where the date or place of an event was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// Its own clause or sentence.
    Text,
    /// Its paragraph.
    Paragraph,
    /// The publication date or the dateline.
    Published,
    /// A place: the country of what is named there.
    Country,
}

/// An amount with its part in the event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventQuantity {
    /// Its number among the article's amounts.
    pub amount: u32,
    /// `seized`, `worth`, `arrested`, `dead`, `injured`, `abducted`, `size`, `given`, `sentence`.
    pub role: &'static str,
}

/// One thing that happened, said once.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The sentence it lies in.
    pub sentence: u32,
    /// Its rule: number in the catalogue.
    pub rule: u32,
    /// First token of the trigger.
    pub first: u32,
    /// One past the trigger's last token.
    pub end: u32,
    /// The trigger's head token.
    pub head: u32,
    /// The trigger stands in the passive.
    pub passive: bool,
    /// The trigger is a noun.
    pub nominal: bool,
    /// Whether it happened.
    pub realis: Realis,
    /// Denied or not done.
    pub negated: bool,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// PLOVER contexts.
    pub contexts: Contexts,
    /// Who says so.
    pub attribution: Option<Party>,
    /// Who did it; of a reciprocal event all parties.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// Number of the expression of time (none: the publication date itself), and where it was taken from.
    pub date: Option<(Option<u32>, From)>,
    /// Number of the mention, and where it was taken from.
    pub place: Option<(u32, From)>,
    /// How much.
    pub quantities: Vec<EventQuantity>,
    /// STATEMENT: number of the quotation.
    pub quotation: Option<u32>,
    /// Happenings with the same number are one, from 1 in order of appearance.
    pub group: u32,
    /// 0–1.
    pub score: f32,
}

//! A small linear tagger: a second opinion on the windows that the recogniser read as names or doubted.
//!
//! The rules speak first, and what they say is one feature among others. The tagger is asked once the article as a whole
//! has been heard. It overrules them only where its own answer leads theirs by a margin; so a table that was learnt from
//! a few hundred articles mends what the rules do wrong again and again and leaves the rest alone.
//!
//! The weights are those of `gazetteers/rules/tagger.tsv`, which `dateline train` writes.

mod features;
mod train;

use super::evidence::{Name, weight};
use super::page::Page;
use super::{EntityType, Rule};
use crate::dictionary::class::{self, sort};
use crate::dictionary::{Dictionary, NONE};
use crate::token::form;
use features::{BEGINS, FAMILIES, Features, features};
use std::hint::select_unpredictable;
pub use train::train;

/// What a window can be to the tagger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// No name, or not all of one.
    Nothing,
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place, of whatever type.
    Place,
}

impl Answer {
    const ALL: [Answer; 4] = [Answer::Nothing, Answer::Person, Answer::Organisation, Answer::Place];

    /// What the recogniser said; none for types that the tagger does not know.
    fn of(kind: EntityType) -> Option<Answer> {
        match kind {
            EntityType::Person => Some(Answer::Person),
            EntityType::Org => Some(Answer::Organisation),
            _ if kind.is_place() => Some(Answer::Place),
            _ => None,
        }
    }

    /// By the name of a type in data to learn from.
    pub fn of_label(label: &str) -> Answer {
        match label {
            "PERSON" => Answer::Person,
            "ORG" => Answer::Organisation,
            "GPE" | "LOC" | "FAC" | "PLACE" => Answer::Place,
            _ => Answer::Nothing,
        }
    }

    /// How far another answer must lead this one of the rules, in the unit of the weights. Doubtful names are the
    /// tagger's own field; to give a name up takes most, since titles, quotations and events hang on it.
    fn margin(self, other: Answer) -> i32 {
        match (self, other) {
            (Answer::Nothing, _) => UNIT,
            (Answer::Place, _) => UNIT * 5 / 2,
            (_, Answer::Nothing) => UNIT * 2,
            _ => UNIT * 3 / 2,
        }
    }
}

/// What is done about the tagger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tagging {
    /// It judges what the rules found.
    #[default]
    Judges,
    /// The rules decide alone.
    Silent,
    /// The rules decide alone, and what the tagger would see is noted, to learn its weights from.
    Learns,
}

/// Weights are logarithms of odds in so many parts of one.
const UNIT: i32 = 100;

/// A row of weights: one for each of [`Answer::ALL`].
type Weights = [i16; Answer::ALL.len()];

/// A window to learn from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// What the rules say of it, whether they are sure or not.
    pub said: Answer,
    features: Features,
}

/// The weights.
pub(super) struct Tagger {
    weights: Box<[Weights]>,
}

impl Tagger {
    /// Reads the rows of `rules/tagger.tsv`: family, feature, weights. Rows that are none are passed over; none without
    /// a table.
    pub fn new(dictionary: &Dictionary<'_>) -> Option<Self> {
        let mut weights = vec![Weights::default(); BEGINS[FAMILIES.len()]];
        for row in dictionary.text("tagger")?.lines() {
            let mut cells = row.split('\t');
            let family = cells.next().and_then(|name| FAMILIES.iter().position(|(family, _)| *family == name));
            let feature = cells.next().and_then(|number| number.parse::<usize>().ok());
            let (Some(family), Some(feature)) = (family, feature) else { continue };
            if feature < FAMILIES[family].1 {
                let row = &mut weights[BEGINS[family] + feature];
                row.iter_mut().zip(cells).for_each(|(weight, cell)| *weight = cell.parse().unwrap_or(0));
            }
        }
        Some(Tagger { weights: weights.into() })
    }

    /// What a window is, in place of what the rules say; none where it leaves that alone.
    fn answer(&self, page: &Page<'_>, name: &Name, said: Answer) -> Option<Answer> {
        let mut sums = [0i32; Answer::ALL.len()];
        for feature in features(page, name) {
            let [nothing, person, organisation, place] = self.weights[usize::from(feature)];
            let [a, b, c, d] = sums;
            sums = [a + i32::from(nothing), b + i32::from(person), c + i32::from(organisation), d + i32::from(place)];
        }
        let mut best = 0;
        for at in 1..sums.len() {
            best = select_unpredictable(sums[at] > sums[best], at, best);
        }
        let answer = Answer::ALL[best];
        (sums[best] - sums[said as usize] > said.margin(answer)).then_some(answer)
    }

    /// Judges a name that the rules took: it stays, becomes another, or goes.
    pub fn keeps(&self, page: &Page<'_>, name: &mut Name) -> bool {
        let Some(said) = said(page, name) else { return true };
        self.answer(page, name, said).is_none_or(|answer| take(page, name, answer))
    }

    /// Judges a name that the rules left: whether it is one after all. The "Gov" of "Gov." is none, nor is "XQ40", nor "D-Ohio".
    pub fn accepts(&self, page: &Page<'_>, name: &mut Name) -> bool {
        let word = &page.tokens[name.first as usize];
        let is_none = || word.has(class::ABBREVIATION) || word.of(page.text).bytes().any(|b| b.is_ascii_digit());
        let is_party = || word.end - word.start == 1 && page.token(name.first + 1).is_some_and(|t| t.is_symbol(b'-'));
        let is_asked = !(name.words == 1 && is_none() || is_party()) && said(page, name).is_some();
        is_asked && self.answer(page, name, Answer::Nothing).is_some_and(|answer| take(page, name, answer))
    }
}

/// A name of no list that scores more has company that tells what it is: "a Veldruna spokesman".
const SPOKEN_FOR: f32 = 0.6;

/// What the rules said of a name; none for one that is not the tagger's affair. What a title, an "of" or the rest of the
/// article says is surer than anything that stands beside the name; neither a country nor a listed organisation of
/// several words, or of the letters of one, is anything else; and a title is no name.
fn said(page: &Page<'_>, name: &Name) -> Option<Answer> {
    const SURE: u32 = 1 << Rule::PersonTitled as u32
        | 1 << Rule::PersonLists as u32
        | 1 << Rule::DocumentSame as u32
        | 1 << Rule::DocumentSurname as u32
        | 1 << Rule::OrgOf as u32
        | 1 << Rule::PlaceComposed as u32
        | 1 << Rule::PlacePart as u32
        | 1 << Rule::ListUser as u32;
    let is_country = || name.surface != NONE && page.dictionary.sorts(name.surface, true) & sort::COUNTRY != 0;
    let is_acronym = || {
        let word = &page.tokens[name.first as usize];
        word.is(form::ALL_CAPITALS) && !word.has(class::LEXICON)
    };
    let is_sure = match name.rule {
        Rule::ListPlace => is_country() || name.kind == EntityType::Loc,
        Rule::ListOrg => name.words > 1 || is_acronym(),
        Rule::NameUnlisted => name.score > SPOKEN_FOR,
        rule => SURE >> rule as u32 & 1 != 0,
    };
    let is_title = || name.words == 1 && page.tokens[name.first as usize].has(class::TITLE);
    Answer::of(name.kind).filter(|_| !is_sure && !is_title())
}

/// Makes a name what the tagger says; whether it is one.
fn take(page: &Page<'_>, name: &mut Name, answer: Answer) -> bool {
    let (kind, sorts) = match answer {
        Answer::Nothing => return false,
        Answer::Person => (EntityType::Person, 0),
        Answer::Organisation => (EntityType::Org, sort::ORG),
        Answer::Place if name.kind.is_place() => (name.kind, !0),
        Answer::Place => (EntityType::Gpe, 0),
    };
    let listed = name.surface != NONE && page.dictionary.sorts(name.surface, true) & sorts != 0;
    if !listed {
        name.surface = NONE;
    }
    (name.kind, name.rule) = (kind, Rule::Tagger);
    name.score = name.score.max(weight::ACCEPT);
    true
}

/// What there is to learn from an article: every window that the tagger will be asked about.
pub(super) fn windows(page: &Page<'_>, names: &[Name], out: &mut Vec<Window>) {
    let window = |name: &Name, said| Window { first: name.first, end: name.end, said, features: features(page, name) };
    out.extend(names.iter().filter_map(|name| Some(window(name, said(page, name)?))));
}

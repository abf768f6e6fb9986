//! The rules of the catalogue as they are tried: laid side by side, few lines of memory each.
//!
//! A [`Rule`] owns its words and names and is spread over the heap, which is fine for reading it once. A trigger is tried
//! on a rule every few sentences, when the rule is long out of the cache.

use super::catalogue::{Else, Need, Part, Rule, Source, Test, WordKind};
use super::plover::Contexts;
use super::words::{self, with_plurals};
use crate::dictionary::Dictionary;
use crate::kernel::prefetch;

/// What must stand beside a trigger, as in [`Need`].
#[derive(Clone, Copy, Debug)]
pub enum Ask {
    Object,
    ObjectOrPeople,
    ObjectOrPlace,
    Subject,
    Particle,
    Near,
    NotObject,
    Before,
    NotBefore,
    After,
    Is(Test),
}

/// A need with what it names.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub ask: Ask,
    /// First and one past the last in [`Plans::words`].
    words: (u16, u16),
    /// The prepositions, as bits.
    pub prepositions: u32,
}

/// A rule as it is tried.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub word: WordKind,
    /// The number of its type.
    pub kind: u8,
    /// The number of its mode among those of its type, from 1; 0 when it has none.
    pub mode: u8,
    pub is_consult: bool,
    pub is_visit: bool,
    pub is_coerce: bool,
    pub is_assault: bool,
    pub is_mobilize: bool,
    /// All who take part in it are its actors.
    pub is_mutual: bool,
    /// Its noun may tell an event without a verb.
    pub tells_bare: bool,
    /// A headline may leave out the "were" of its passive.
    pub has_headline: bool,
    /// A particle belongs to its verb.
    pub has_particle: bool,
    pub wants_recipient: bool,
    /// Somebody may stand beside it to whom it is done, also where no source of its frame tells so.
    pub may_have_recipient: bool,
    /// The rules that tell it where it is only to come, and where it is refused.
    pub turned: [Option<u32>; 2],
    steps: (u16, u16),
    parts: (u16, u16),
    /// The part that an amount plays.
    pub quantity: Option<&'static str>,
    /// The contexts that it colours.
    pub contexts: Contexts,
    /// What names the place of its event.
    pub place: Option<Source>,
    /// Its mode by name.
    pub mode_name: Option<&'static str>,
}

/// The plans of all rules.
#[derive(Debug, Default)]
pub struct Plans {
    list: Vec<Plan>,
    steps: Vec<Step>,
    parts: Vec<(Part, Source)>,
    words: Vec<u32>,
}

impl Plans {
    /// Lays out the rules, with their words as the dictionary numbers them.
    pub fn new(dictionary: &Dictionary<'_>, rules: &[Rule]) -> Plans {
        let mut plans = Plans::default();
        // The words of one row need the same.
        for same in rules.chunk_by(|rule, next| rule.needs == next.needs) {
            let steps = plans.add_all(dictionary, &same[0].needs);
            same.iter().for_each(|rule| plans.add_rule(rule, steps));
        }
        plans
    }

    fn add_rule(&mut self, rule: &Rule, steps: (u16, u16)) {
        let parts = self.parts.len() as u16;
        let is_mutual = rule.frame.contains(&(Part::Actor, Source::After(words::WITH)));
        self.parts.extend_from_slice(&rule.frame);
        let (kind, takes) = (rule.event_type(), |part: Part| rule.frame.iter().any(|(p, _)| *p == part));
        self.list.push(Plan {
            word: rule.word,
            kind: rule.type_number(),
            mode: rule.mode_number(),
            is_consult: kind == "CONSULT",
            is_visit: rule.mode() == Some("visit"),
            is_coerce: kind == "COERCE",
            is_assault: kind == "ASSAULT",
            is_mobilize: kind == "MOBILIZE",
            is_mutual,
            tells_bare: matches!(kind, "COERCE" | "RETREAT" | "ASSAULT" | "REJECT"),
            // What two do to each other has no such passive.
            has_headline: (rule.takes(Source::Object) || rule.quantity == Some("seized")) && !is_mutual,
            has_particle: rule.needs.iter().any(|need| matches!(need, Need::Particle(_))),
            wants_recipient: takes(Part::Recipient),
            may_have_recipient: !matches!(kind, "CONSULT" | "STATEMENT"),
            turned: rule.turned,
            steps,
            parts: (parts, self.parts.len() as u16),
            quantity: rule.quantity,
            contexts: rule.contexts,
            place: rule.frame.iter().find(|(part, _)| *part == Part::Place).map(|(_, source)| *source),
            mode_name: rule.mode(),
        });
    }

    fn add_all(&mut self, dictionary: &Dictionary<'_>, needs: &[Need]) -> (u16, u16) {
        let first = self.steps.len() as u16;
        needs.iter().for_each(|need| self.add(dictionary, need));
        (first, self.steps.len() as u16)
    }

    fn add(&mut self, dictionary: &Dictionary<'_>, need: &Need) {
        let first = self.words.len() as u16;
        self.words.extend(with_plurals(dictionary, need.words()));
        let (ask, prepositions) = match need {
            Need::Object(_, Else::People) => (Ask::ObjectOrPeople, 0),
            Need::Object(_, Else::Place) => (Ask::ObjectOrPlace, 0),
            Need::Object(_, Else::Nothing) => (Ask::Object, 0),
            Need::Subject(_) => (Ask::Subject, 0),
            Need::Particle(_) => (Ask::Particle, 0),
            Need::Near(_) => (Ask::Near, 0),
            Need::NotObject(_) => (Ask::NotObject, 0),
            Need::Before(_) => (Ask::Before, 0),
            Need::NotBefore(_) => (Ask::NotBefore, 0),
            Need::After(list) => (Ask::After, list.iter().fold(0, |bits, p| bits | 1 << p)),
            Need::Is(test) => (Ask::Is(*test), 0),
        };
        self.steps.push(Step { ask, words: (first, self.words.len() as u16), prepositions });
    }

    /// The plan of a rule.
    #[inline]
    pub fn of(&self, rule: u32) -> &Plan {
        &self.list[rule as usize]
    }

    /// Asks for the plan of a rule.
    #[inline]
    pub fn expect(&self, rule: u32) {
        prefetch(&self.list[rule as usize]);
    }

    /// What a rule needs.
    #[inline]
    pub fn steps(&self, plan: &Plan) -> &[Step] {
        &self.steps[usize::from(plan.steps.0)..usize::from(plan.steps.1)]
    }

    /// Who takes which part.
    #[inline]
    pub fn parts(&self, plan: &Plan) -> &[(Part, Source)] {
        &self.parts[usize::from(plan.parts.0)..usize::from(plan.parts.1)]
    }

    /// The words that a need names.
    #[inline]
    pub fn words(&self, step: &Step) -> &[u32] {
        &self.words[usize::from(step.words.0)..usize::from(step.words.1)]
    }
}

//! Reads the catalogue: which words tell which event, what they need beside them, and who takes which part.
//!
//! The catalogue is a list like any other (gazetteers/rules/events.tsv), so a rule is added without touching code. It
//! is checked in full when it is read: an unknown type, mode, context, need or part is a defect with its line.

use super::plover::{Contexts, TYPES, Type};
use crate::error::{Error, Result};

/// A rule of the catalogue for one word.
#[derive(Clone)]
pub struct Rule {
    id: Box<str>,
    lemma: Box<str>,
    cameo: Box<str>,
    kind: &'static Type,
    number: u8,
    mode: Option<(&'static str, f32)>,
    /// The rules that tell it where it is only to come, and where it is refused: their numbers.
    pub(super) turned: [Option<u32>; 2],
    pub(super) word: WordKind,
    pub(super) frame: Vec<(Part, Source)>,
    pub(super) needs: Vec<Need>,
    pub(super) quantity: Option<&'static str>,
    pub(super) contexts: Contexts,
}

impl Rule {
    /// Its name in the catalogue: `coerce.seize`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// PLOVER type.
    pub fn event_type(&self) -> &'static str {
        self.kind.name
    }

    /// The trigger's lemma: `seize`.
    pub fn lemma(&self) -> &str {
        &self.lemma
    }

    /// CAMEO code, two to four digits.
    pub fn cameo(&self) -> &str {
        &self.cameo
    }

    /// PLOVER quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn quad_code(&self) -> u8 {
        self.kind.quad
    }

    /// PLOVER intensity, of the mode where it has one; a statement has none.
    pub fn event_scale(&self) -> Option<f32> {
        self.mode.map(|(_, scale)| scale).or(self.kind.scale)
    }

    /// The number of its type among [`TYPES`].
    #[inline]
    pub(super) fn type_number(&self) -> u8 {
        self.number
    }

    /// PLOVER mode.
    pub fn mode(&self) -> Option<&'static str> {
        self.mode.map(|(mode, _)| mode)
    }

    /// The number of its mode among those of its type, from 1; 0 when it has none.
    pub(super) fn mode_number(&self) -> u8 {
        let is_own = |mode: &&str| self.kind.modes.iter().position(|(known, _)| known == mode);
        self.mode().and_then(|mode| is_own(&mode)).map_or(0, |at| at as u8 + 1)
    }

    /// A rule for the same words and parties that tells something else of them: its id, the number of its type, a mode of
    /// that type, its code.
    pub(super) fn told_as(&self, id: &str, kind: usize, mode: Option<&str>, cameo: &str) -> Rule {
        let of = &TYPES[kind];
        Rule {
            id: id.into(),
            cameo: cameo.into(),
            kind: of,
            number: kind as u8,
            mode: mode.and_then(|mode| of.modes.iter().find(|(known, _)| *known == mode).copied()),
            turned: [None; 2],
            quantity: None,
            ..self.clone()
        }
    }

    pub(super) fn takes(&self, source: Source) -> bool {
        self.frame.iter().any(|(_, s)| *s == source)
    }
}

/// What the trigger is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordKind {
    Verb,
    Noun,
    Adjective,
}

/// What a party or place is to the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Actor,
    /// An actor where no source before it in the frame gave one.
    LastActor,
    Recipient,
    /// A recipient where no source before it in the frame gave one.
    LastRecipient,
    Place,
}

/// Where in the clause it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The subject; in the passive what follows "by".
    Subject,
    /// The object; in the passive the subject.
    Object,
    /// Who the object belongs to ("praised Norway's work"), or the object itself.
    Owner,
    /// The first of two objects ("sent Norway food").
    FirstObject,
    /// The possessor of a noun ("Norway's seizure").
    Possessor,
    /// The subject of the light verb that carries a noun ("paid a visit").
    Light,
    /// The owner of what follows "for" ("gratitude for Norway's work").
    ForOwner,
    /// What follows a preposition: its number in [`super::words::PREPOSITIONS`].
    After(u8),
    /// The place in the infinitive that completes the verb ("invited her to visit Oslo").
    Complement,
    /// The subject of the clause that is reported ("said that Norway must pay").
    Reported,
}

/// What must stand beside a trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// The object's head is one of these words, or it is what else is asked for.
    Object(Vec<Box<str>>, Else),
    /// The subject's head is one of these words.
    Subject(Vec<Box<str>>),
    /// The object's head is none of these.
    NotObject(Vec<Box<str>>),
    /// One of the two words before the noun is one of these.
    Before(Vec<Box<str>>),
    /// None of the two words before the noun is one of these.
    NotBefore(Vec<Box<str>>),
    /// One of these prepositions follows.
    After(Vec<u8>),
    /// One of these particles belongs to the verb: "called off", "gunned down".
    Particle(Vec<Box<str>>),
    /// One of these words stands behind it in its clause: "found guilty", "held responsible".
    Near(Vec<Box<str>>),
    /// One of the closed set of tests.
    Is(Test),
}

/// What an object may be beside the words of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Else {
    Nothing,
    People,
    Place,
}

macro_rules! tests {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The tests that no list of words can make.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Test { $($(#[$doc])* $name,)* }

        impl Test {
            fn read(text: &str) -> Option<Test> {
                match text { $($text => Some(Test::$name),)* _ => None }
            }
        }
    };
}

tests! {
    /// There is an object, or a passive that must have one.
    AnyObject = "@object",
    /// The subject can act.
    AgentSubject = "@agentsubj",
    /// There is a subject.
    AnySubject = "@subject",
    /// The object can act.
    AgentObject = "@agentobj",
    /// The object is a sum of money.
    Sum = "@sum",
    /// Somebody owns the noun: "Norway's refusal".
    Possessed = "@possessed",
    /// The object is people.
    People = "@people",
    /// The object is a person by name, pronoun or office.
    Person = "@person",
    /// The object can be seized.
    Goods = "@goods",
    /// Somebody who can act owns the object or is it.
    AnyOwner = "@owner",
    /// "of" and what can be seized follow the noun.
    OfGoods = "@ofgoods",
    /// "of" follows the noun.
    Of = "@of",
    /// "of" and people follow the noun.
    OfPeople = "@ofpeople",
    /// The object is a person, and nothing is said of it: a telephone call.
    Phones = "=phones",
    /// Who follows the preposition can act.
    AfterAgent = "@pperson",
    /// The subject does not point back to parties whose meeting was told before.
    NotTold = "=told",
    /// "be" carries the adjective.
    Be = "=be",
    /// An infinitive follows.
    Infinitive = "=inf",
    /// An infinitive or "for" follows.
    InfinitiveOrFor = "=infor",
    /// An infinitive or an object follows.
    InfinitiveOrObject = "=inforobj",
    /// "for", or "on" with an infinitive, follows.
    CallFor = "=callfor",
    /// A verb of expressing carries the noun.
    Express = "=express",
    /// A verb of doing carries the noun.
    Carry = "=carry",
    /// A verb of holding or doing carries the noun.
    Hold = "=hold",
    /// A verb carries the noun whose subject answers for it: does, orders, announces, continues.
    Cause = "=cause",
    /// What follows "for" is help.
    ForHelp = "=forhelp",
    /// The subject is a crowd, and "against", "for" or a place follows.
    Crowd = "=crowd",
    /// A reported clause follows.
    Reports = "=reports",
}

/// A row's examples: a sentence that the rule must find and one in which it must find nothing. Names are marked
/// `{P:Marta Ilves}`, with P for a person, G a country or city, O an organisation.
#[cfg(test)]
pub(super) struct Examples<'a> {
    pub id: &'a str,
    pub yes: &'a str,
    pub no: &'a str,
}

/// The rules and, for each form of a trigger, which rules it may tell.
#[derive(Default)]
pub(super) struct Catalogue {
    pub rules: Vec<Rule>,
    /// (form, rule), in catalogue order.
    pub forms: Vec<(Box<str>, u32)>,
}

const COLUMNS: usize = 11;

impl Catalogue {
    /// Reads the rows of gazetteers/rules/events.tsv.
    pub fn read(rows: &str) -> Result<Self> {
        let mut catalogue = Catalogue::default();
        for line in rows.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let fail = |what: &str| Error::list(format!("events.tsv, {:?}: {what}", fields[0]));
            let &[id, kind, mode, word, forms, frame, needs, cameo, contexts, _, _] = &fields[..] else {
                return Err(fail(&format!("not {COLUMNS} columns")));
            };
            let number = TYPES.iter().position(|t| t.name == kind).ok_or_else(|| fail("no such type"))?;
            let kind = &TYPES[number];
            let mode = match mode {
                "" => None,
                mode => Some(*kind.modes.iter().find(|(m, _)| *m == mode).ok_or_else(|| fail("no such mode"))?),
            };
            let word = match word {
                "verb" => WordKind::Verb,
                "noun" => WordKind::Noun,
                "adj" => WordKind::Adjective,
                _ => return Err(fail("no such kind of word")),
            };
            let mut coloured = Contexts::default();
            for context in contexts.split('|').filter(|c| !c.is_empty()) {
                coloured = coloured.and(Contexts::of(context).ok_or_else(|| fail("no such context"))?);
            }
            let (frame, quantity) = read_frame(frame).ok_or_else(|| fail("unknown part"))?;
            let needs = read_needs(needs).ok_or_else(|| fail("unknown need"))?;
            for lemma in forms.split(';') {
                let (lemma, forms) = lemma.split_once('=').ok_or_else(|| fail("a lemma without forms"))?;
                for form in forms.split(',') {
                    let number = catalogue.rules.len() as u32;
                    catalogue.forms.push((form.into(), number));
                }
                catalogue.rules.push(Rule {
                    id: id.into(),
                    lemma: lemma.into(),
                    cameo: cameo.into(),
                    kind,
                    number: number as u8,
                    mode,
                    turned: [None; 2],
                    word,
                    frame: frame.clone(),
                    needs: needs.clone(),
                    quantity,
                    contexts: coloured,
                });
            }
        }
        super::turn::add_twins(&mut catalogue.rules);
        Ok(catalogue)
    }
}

/// The examples of every row.
#[cfg(test)]
pub(super) fn examples(rows: &str) -> impl Iterator<Item = Examples<'_>> {
    rows.lines().map(|line| {
        let fields: Vec<&str> = line.split('\t').collect();
        Examples { id: fields[0], yes: fields[9], no: fields[10] }
    })
}

type Frame = (Vec<(Part, Source)>, Option<&'static str>);

fn read_frame(text: &str) -> Option<Frame> {
    const ROLES: [&str; 9] =
        ["seized", "worth", "arrested", "dead", "injured", "abducted", "size", "given", "sentence"];
    let mut frame = Vec::new();
    let mut quantity = None;
    for item in text.split(' ') {
        let (part, source) = item.split_once('=')?;
        if part == "qty" {
            quantity = Some(*ROLES.iter().find(|r| **r == source)?);
            continue;
        }
        // All parties of a reciprocal event are its actors.
        let part = match part {
            "actor" | "both" => Part::Actor,
            "actor?" | "both?" => Part::LastActor,
            "recipient" => Part::Recipient,
            "recipient?" => Part::LastRecipient,
            "place" => Part::Place,
            _ => return None,
        };
        let source = match source {
            "subj" => Source::Subject,
            "obj" => Source::Object,
            "owner" => Source::Owner,
            "iobj" => Source::FirstObject,
            "poss" => Source::Possessor,
            "light" => Source::Light,
            "forowner" => Source::ForOwner,
            "comp" => Source::Complement,
            "clause" => Source::Reported,
            preposition => Source::After(super::words::preposition(preposition)?),
        };
        frame.push((part, source));
    }
    Some((frame, quantity))
}

fn read_needs(text: &str) -> Option<Vec<Need>> {
    let words = |list: &str, by: char| list.split(by).map(Into::into).collect::<Vec<Box<str>>>();
    let mut needs = Vec::new();
    for item in text.split(' ').filter(|i| !i.is_empty()) {
        needs.push(if let Some(rest) = item.strip_prefix("<!") {
            Need::NotBefore(words(rest, ','))
        } else if let Some(rest) = item.strip_prefix('<') {
            Need::Before(words(rest, ','))
        } else if let Some(rest) = item.strip_prefix('!') {
            Need::NotObject(words(rest, ','))
        } else if let Some(rest) = item.strip_prefix('+') {
            let list = rest.split(',').map(super::words::preposition);
            Need::After(list.collect::<Option<Vec<u8>>>()?)
        } else if let Some(rest) = item.strip_prefix('~') {
            Need::Particle(words(rest, ','))
        } else if let Some(rest) = item.strip_prefix("..") {
            Need::Near(words(rest, ','))
        } else if let Some(rest) = item.strip_prefix('$') {
            Need::Subject(words(rest, '|'))
        } else if item.starts_with(['@', '=']) {
            Need::Is(Test::read(item)?)
        } else if let Some(rest) = item.strip_suffix("|@people") {
            Need::Object(words(rest, '|'), Else::People)
        } else if let Some(rest) = item.strip_suffix("|@place") {
            Need::Object(words(rest, '|'), Else::Place)
        } else {
            Need::Object(words(item, '|'), Else::Nothing)
        });
    }
    Some(needs)
}

//! Reads the catalogue: which words tell which event, what they need beside them, and who takes which part.
//!
//! The catalogue is a list like any other (gazetteers/rules/events.tsv), so a rule is added without touching code. It
//! is checked in full when it is read: an unknown type, mode, context, need or part is a defect with its line.

use super::plover::{Contexts, TYPES, Type};
use crate::dictionary::Dictionary;
use crate::error::{Error, Result};
use std::fmt;

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

    /// What it needs beside its trigger, as the catalogue writes it, by number.
    pub fn need(&self, number: usize) -> String {
        self.needs.get(number).map(ToString::to_string).unwrap_or_default()
    }

    /// The numbers of the rules that tell its deed where it is only announced, and where it is refused.
    pub fn turned(&self) -> [Option<u32>; 2] {
        self.turned
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

impl Need {
    /// The words that it names.
    pub fn words(&self) -> &[Box<str>] {
        match self {
            Need::Object(words, _)
            | Need::Subject(words)
            | Need::NotObject(words)
            | Need::Before(words)
            | Need::NotBefore(words)
            | Need::Particle(words)
            | Need::Near(words) => words,
            Need::After(_) | Need::Is(_) => &[],
        }
    }
}

/// As the catalogue writes it.
impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bars = |words: &[Box<str>]| words.join("|");
        let commas = |words: &[Box<str>]| words.join(",");
        match self {
            Need::Object(words, Else::Nothing) => f.write_str(&bars(words)),
            Need::Object(words, Else::People) => write!(f, "{}|@people", bars(words)),
            Need::Object(words, Else::Place) => write!(f, "{}|@place", bars(words)),
            Need::Subject(words) => write!(f, "${}", bars(words)),
            Need::NotObject(words) => write!(f, "!{}", commas(words)),
            Need::Before(words) => write!(f, "<{}", commas(words)),
            Need::NotBefore(words) => write!(f, "<!{}", commas(words)),
            Need::Particle(words) => write!(f, "~{}", commas(words)),
            Need::Near(words) => write!(f, "..{}", commas(words)),
            Need::After(numbers) => {
                let words: Vec<&str> = numbers.iter().map(|n| super::words::PREPOSITIONS[usize::from(*n)]).collect();
                write!(f, "+{}", words.join(","))
            }
            Need::Is(test) => f.write_str(test.text()),
        }
    }
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
            fn text(self) -> &'static str {
                match self { $(Test::$name => $text,)* }
            }

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

/// A row of the catalogue, its fields as they are written.
///
/// `yes` and `no` are its examples: a sentence that the rule must find and one in which it must find nothing. Names in them
/// are marked `{P:Marta Ilves}`, with P for a person, G a country or city, O an organisation, N a nationality, D a day.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug)]
pub struct RuleRow<'r> {
    pub rule: &'r str,
    pub event_type: &'r str,
    pub mode: &'r str,
    pub kind: &'r str,
    pub forms: &'r str,
    pub frame: &'r str,
    pub needs: &'r str,
    pub cameo: &'r str,
    pub contexts: &'r str,
    pub yes: &'r str,
    pub no: &'r str,
}

impl<'r> RuleRow<'r> {
    /// Names of the columns, in order.
    pub const COLUMNS: [&'static str; 11] =
        ["rule", "event_type", "mode", "kind", "forms", "frame", "needs", "cameo", "contexts", "yes", "no"];

    /// Takes a line apart; none where it has not its number of columns.
    pub fn of_line(line: &'r str) -> Option<Self> {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[rule, event_type, mode, kind, forms, frame, needs, cameo, contexts, yes, no] = &fields[..] else {
            return None;
        };
        Some(RuleRow { rule, event_type, mode, kind, forms, frame, needs, cameo, contexts, yes, no })
    }

    /// The fields, in the order of [`RuleRow::COLUMNS`].
    pub fn fields(&self) -> [&'r str; 11] {
        let RuleRow { rule, event_type, mode, kind, forms, frame, needs, cameo, contexts, yes, no } = *self;
        [rule, event_type, mode, kind, forms, frame, needs, cameo, contexts, yes, no]
    }

    /// Each lemma with its forms; a lemma without any has none.
    pub fn lemmas(&self) -> impl Iterator<Item = (&'r str, Option<&'r str>)> + use<'r> {
        self.forms.split(';').map(|lemma| match lemma.split_once('=') {
            Some((lemma, forms)) => (lemma, Some(forms)),
            None => (lemma, None),
        })
    }
}

/// The rows of the catalogue that a dictionary carries, in the order in which they are tried.
pub fn rows<'d>(dictionary: &Dictionary<'d>) -> impl Iterator<Item = RuleRow<'d>> + use<'d> {
    dictionary.text("events").unwrap_or_default().lines().filter_map(RuleRow::of_line)
}

/// The rules and, for each form of a trigger, which rules it may tell.
#[derive(Default)]
pub(super) struct Catalogue {
    pub rules: Vec<Rule>,
    /// (form, rule), in catalogue order.
    pub forms: Vec<(Box<str>, u32)>,
}

impl Catalogue {
    /// Reads the rows of gazetteers/rules/events.tsv.
    pub fn read(rows: &str) -> Result<Self> {
        let mut catalogue = Catalogue::default();
        for line in rows.lines() {
            let fail = |what: String| {
                let id = line.split('\t').next().unwrap_or_default();
                Error::list(format!("events.tsv, {id:?}: {what}"))
            };
            let row = RuleRow::of_line(line).ok_or_else(|| fail(wrong_columns(line)))?;
            catalogue.add(&row).map_err(fail)?;
        }
        super::turn::add_twins(&mut catalogue.rules);
        catalogue.has_room()?;
        Ok(catalogue)
    }

    /// Adds the rules of a row, one for each of its lemmas.
    ///
    /// # Errors
    /// What the row names that does not exist.
    pub fn add(&mut self, row: &RuleRow<'_>) -> std::result::Result<(), String> {
        if row.rule.is_empty() || row.rule.contains(char::is_whitespace) {
            return Err(format!("{:?} is no id of a rule", row.rule));
        }
        let no_such = |what: &str, value: &str, known: &str| Err(format!("no {what} {value:?}; there are {known}"));
        let Some(number) = TYPES.iter().position(|t| t.name == row.event_type) else {
            return no_such("event type", row.event_type, &listed(TYPES.iter().map(|t| t.name)));
        };
        let kind = &TYPES[number];
        let mode = match kind.modes.iter().find(|(mode, _)| *mode == row.mode) {
            None if !row.mode.is_empty() => {
                let modes = listed(kind.modes.iter().map(|(mode, _)| *mode));
                return no_such(&format!("mode of {}", kind.name), row.mode, &modes);
            }
            mode => mode.copied(),
        };
        let word = match row.kind {
            "verb" => WordKind::Verb,
            "noun" => WordKind::Noun,
            "adj" => WordKind::Adjective,
            other => return no_such("kind of word", other, "verb, noun, adj"),
        };
        let digits = row.cameo.bytes().all(|b| b.is_ascii_digit());
        if !row.cameo.is_empty() && !(digits && (2..=4).contains(&row.cameo.len())) {
            return Err(format!("a CAMEO code has two to four digits, not {:?}", row.cameo));
        }
        let mut coloured = Contexts::default();
        for context in row.contexts.split('|').filter(|c| !c.is_empty()) {
            coloured = coloured.and(Contexts::of(context).ok_or_else(|| format!("no context {context:?}"))?);
        }
        let (frame, quantity) = read_frame(row.frame)?;
        let needs = read_needs(row.needs)?;
        for (lemma, forms) in row.lemmas() {
            let forms = forms.ok_or_else(|| format!("the lemma {lemma:?} has no forms"))?;
            for form in forms.split(',') {
                let number = self.rules.len() as u32;
                self.forms.push((form.into(), number));
            }
            self.rules.push(Rule {
                id: row.rule.into(),
                lemma: lemma.into(),
                cameo: row.cameo.into(),
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
        Ok(())
    }

    /// Whether the numbers of rules and of what they need fit where they are kept.
    fn has_room(&self) -> Result<()> {
        let needs = || self.rules.iter().flat_map(|rule| &rule.needs);
        let parts: usize = self.rules.iter().map(|rule| rule.frame.len()).sum();
        // Each word that is needed may have its plural.
        let words: usize = needs().map(|need| need.words().len() * 2).sum();
        let most = [self.rules.len(), self.forms.len(), parts, needs().count(), words].into_iter().max();
        if most <= Some(usize::from(u16::MAX)) {
            return Ok(());
        }
        Err(Error::list("the catalogue of events is larger than there is room for"))
    }
}

/// What is wrong with a line that is no row.
pub(super) fn wrong_columns(line: &str) -> String {
    let (expected, found) = (RuleRow::COLUMNS.len(), line.split('\t').count());
    format!("expected {expected} columns, found {found}: {}", RuleRow::COLUMNS.join(" "))
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names = names.collect::<Vec<_>>().join(", ");
    if names.is_empty() { "none".to_owned() } else { names }
}

type Frame = (Vec<(Part, Source)>, Option<&'static str>);

fn read_frame(text: &str) -> std::result::Result<Frame, String> {
    const ROLES: [&str; 9] =
        ["seized", "worth", "arrested", "dead", "injured", "abducted", "size", "given", "sentence"];
    let mut frame = Vec::new();
    let mut quantity = None;
    for item in text.split(' ') {
        let (part, source) =
            item.split_once('=').ok_or_else(|| format!("the frame says {item:?} instead of part=place"))?;
        if part == "qty" {
            let role = ROLES.iter().find(|r| **r == source);
            quantity =
                Some(*role.ok_or_else(|| format!("no role of an amount {source:?}; there are {}", ROLES.join(", ")))?);
            continue;
        }
        // All parties of a reciprocal event are its actors.
        let part = match part {
            "actor" | "both" => Part::Actor,
            "actor?" | "both?" => Part::LastActor,
            "recipient" => Part::Recipient,
            "recipient?" => Part::LastRecipient,
            "place" => Part::Place,
            _ => return Err(format!("no part {part:?}; there are actor, recipient, both, place, qty")),
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
            preposition => Source::After(super::words::preposition(preposition).ok_or_else(|| {
                let prepositions = listed(super::words::PREPOSITIONS.into_iter().filter(|p| !p.is_empty()));
                format!("{preposition:?} is no place in a clause; there are {SOURCES}, and {prepositions}")
            })?),
        };
        frame.push((part, source));
    }
    Ok((frame, quantity))
}

const SOURCES: &str = "subj, obj, owner, iobj, poss, light, forowner, comp, clause";

fn read_needs(text: &str) -> std::result::Result<Vec<Need>, String> {
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
            let list = rest.split(',').map(|word| {
                super::words::preposition(word).ok_or_else(|| format!("rules know no preposition {word:?}"))
            });
            Need::After(list.collect::<std::result::Result<Vec<u8>, String>>()?)
        } else if let Some(rest) = item.strip_prefix('~') {
            Need::Particle(words(rest, ','))
        } else if let Some(rest) = item.strip_prefix("..") {
            Need::Near(words(rest, ','))
        } else if let Some(rest) = item.strip_prefix('$') {
            Need::Subject(words(rest, '|'))
        } else if item.starts_with(['@', '=']) {
            Need::Is(Test::read(item).ok_or_else(|| format!("no test {item:?}"))?)
        } else if let Some(rest) = item.strip_suffix("|@people") {
            Need::Object(words(rest, '|'), Else::People)
        } else if let Some(rest) = item.strip_suffix("|@place") {
            Need::Object(words(rest, '|'), Else::Place)
        } else {
            Need::Object(words(item, '|'), Else::Nothing)
        });
    }
    Ok(needs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_is_told_as_the_catalogue_writes_it() {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the lists are sound");
        for row in rows(&dictionary) {
            let needs = read_needs(row.needs).expect("the catalogue is sound");
            let told: Vec<String> = needs.iter().map(ToString::to_string).collect();
            assert_eq!(told.join(" "), row.needs, "{}", row.rule);
        }
    }
}

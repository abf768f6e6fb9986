//! Records as they stand in lines, as far as views and `--one-a-day` ask for them.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;

type Text<'a> = Option<Cow<'a, str>>;

/// The records of one document.
#[derive(Default)]
pub struct Document<'a> {
    pub head: Head<'a>,
    pub entities: HashMap<Cow<'a, str>, Entity<'a>>,
    /// Ids of the entities, in order.
    pub order: Vec<Cow<'a, str>>,
    pub events: Vec<Event<'a>>,
    /// How many events tell each happening, by their group.
    tellings: HashMap<Cow<'a, str>, u32>,
}

#[derive(Default, Deserialize)]
pub struct Head<'a> {
    #[serde(borrow)]
    pub doc: Cow<'a, str>,
    #[serde(borrow, default)]
    pub source: Cow<'a, str>,
    #[serde(borrow)]
    pub published: Text<'a>,
    #[serde(borrow)]
    pub language: Text<'a>,
    #[serde(borrow, default)]
    pub schema: Cow<'a, str>,
}

#[derive(Deserialize)]
pub struct Entity<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    pub kind: Cow<'a, str>,
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    #[serde(borrow)]
    pub feature: Text<'a>,
    #[serde(borrow)]
    pub admin1: Text<'a>,
    #[serde(borrow, default)]
    pub titles: Vec<Title<'a>>,
}

#[derive(Deserialize)]
pub struct Title<'a> {
    #[serde(borrow)]
    pub text: Cow<'a, str>,
}

#[derive(Deserialize)]
pub struct Event<'a> {
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    pub sentence: u32,
    #[serde(borrow)]
    pub event_type: Cow<'a, str>,
    #[serde(borrow, default)]
    pub mode: Vec<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub context: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    pub cameo: Text<'a>,
    pub quad_code: u8,
    pub event_scale: Option<f64>,
    #[serde(borrow)]
    pub realis: Cow<'a, str>,
    #[serde(default)]
    pub negated: bool,
    #[serde(borrow, default)]
    pub actor: Vec<Party<'a>>,
    #[serde(borrow, default)]
    pub recipient: Vec<Party<'a>>,
    #[serde(borrow)]
    pub date: Option<Date<'a>>,
    #[serde(borrow)]
    pub place: Option<Place<'a>>,
    #[serde(borrow)]
    pub group: Cow<'a, str>,
}

#[derive(Deserialize)]
pub struct Party<'a> {
    #[serde(borrow)]
    pub entity: Text<'a>,
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    #[serde(borrow)]
    pub country: Text<'a>,
    #[serde(borrow)]
    pub sector: Text<'a>,
}

#[derive(Deserialize)]
pub struct Date<'a> {
    #[serde(borrow)]
    value: Cow<'a, str>,
    #[serde(borrow)]
    precision: Cow<'a, str>,
}

impl Date<'_> {
    /// The day as `YYYY-MM-DD`, when it is known.
    pub fn day(&self) -> Option<&str> {
        matches!(&*self.precision, "day" | "minute").then(|| self.value.get(..10)).flatten()
    }
}

#[derive(Deserialize)]
pub struct Place<'a> {
    #[serde(borrow)]
    pub entity: Text<'a>,
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    #[serde(borrow)]
    pub text: Text<'a>,
    #[serde(borrow)]
    pub country: Text<'a>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub geonameid: Option<u64>,
    #[serde(borrow)]
    pub resolution: Text<'a>,
}

/// Whether a line is the record of an event.
pub fn is_event(line: &str) -> bool {
    line.starts_with("{\"kind\":\"event\"")
}

impl<'a> Document<'a> {
    /// Reads the lines of one document, as `extract` writes them.
    pub fn read(lines: &'a str) -> serde_json::Result<Self> {
        let mut document = Document::default();
        for line in lines.lines() {
            if is_event(line) {
                let event: Event<'_> = serde_json::from_str(line)?;
                *document.tellings.entry(event.group.clone()).or_default() += 1;
                document.events.push(event);
            } else if line.starts_with("{\"kind\":\"entity\"") {
                let entity: Entity<'_> = serde_json::from_str(line)?;
                document.order.push(entity.id.clone());
                document.entities.insert(entity.id.clone(), entity);
            } else if line.starts_with("{\"kind\":\"document\"") {
                document.head = serde_json::from_str(line)?;
            }
        }
        Ok(document)
    }

    /// How many events of the document tell what this one of them does.
    pub fn tellings(&self, event: &Event<'_>) -> u32 {
        self.tellings[&event.group]
    }

    /// Names of the entities of some types, in order.
    pub fn names(&self, kinds: &[&str]) -> String {
        let all = self.order.iter().filter_map(|id| self.entities.get(id));
        let names: Vec<&str> = all.filter(|e| kinds.contains(&&*e.kind)).map(|e| &*e.name).collect();
        names.join(";")
    }
}

impl<'a> Event<'a> {
    /// Whether it is told as something that took place.
    pub fn took_place(&self) -> bool {
        self.realis == "actual" && !self.negated
    }

    /// Who stands against whom: each actor with each recipient; of an event without recipients, the first actor with each
    /// other one.
    pub fn pairs(&self) -> Vec<(Option<&Party<'a>>, Option<&Party<'a>>)> {
        match (&self.actor[..], &self.recipient[..]) {
            ([], []) => vec![(None, None)],
            ([], recipients) => recipients.iter().map(|r| (None, Some(r))).collect(),
            ([only], []) => vec![(Some(only), None)],
            ([first, others @ ..], []) => others.iter().map(|other| (Some(first), Some(other))).collect(),
            (actors, recipients) => {
                actors.iter().flat_map(|a| recipients.iter().map(move |r| (Some(a), Some(r)))).collect()
            }
        }
    }
}

//! `--one-a-day`: each happening once, also across documents.
//!
//! The news tells one happening many times, and who counts events wants to count it once: the field keeps one event a
//! day, actor, recipient and type. Nothing is lost by it: in place of each further telling stands a record of its id and
//! of the id of the first one, so that a run without the flag has all of it under the same ids.
//!
//! Workers say what an event is known by, in a mark before its line; the writer, which sees all lines in the order of the
//! input, holds that against what came before. So the result does not depend on the number of threads.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hasher;
use std::io::{self, Write};

use super::view::record::{Document, Event, Party};

/// Begins the mark of a line: a key in sixteen digits and the event's id as JSON writes it follow, and the end of it.
const MARK: u8 = 0x1E;
const END: u8 = 0x1F;
const DIGITS: usize = 16;

/// What the events of a document are known by, in their order: all tellings of one happening by the first of them.
pub fn keys(document: &Document<'_>) -> Vec<u64> {
    let mut groups: HashMap<&str, u64> = HashMap::new();
    let key = |event: &Event<'_>| known_by(event).unwrap_or_else(|| hash(&[&document.head.doc, &event.group]));
    document.events.iter().map(|event| *groups.entry(&event.group).or_insert_with(|| key(event))).collect()
}

/// Day, type, whether it took place, and parties; none where a day or who acted is not known, since then nothing tells it from others.
fn known_by(event: &Event<'_>) -> Option<u64> {
    let day = event.date.as_ref()?.day()?;
    let is_known = |party: &Party<'_>| party.entity.is_some() || party.country.is_some();
    if event.actor.is_empty() || !event.actor.iter().all(is_known) {
        return None;
    }
    let told = if event.negated { "not" } else { &*event.realis };
    Some(hash(&[day, &event.event_type, told, &names(&event.actor), &names(&event.recipient)]))
}

/// The parties in an order of their own, since who is named first says nothing.
fn names(parties: &[Party<'_>]) -> String {
    let name = |party: &Party<'_>| format!("{}|{}", party.name.to_lowercase(), party.country.as_deref().unwrap_or(""));
    let mut names: Vec<String> = parties.iter().map(name).collect();
    names.sort();
    names.join("|")
}

fn hash(parts: &[&str]) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write_u8(END);
    }
    hasher.finish()
}

/// Appends the mark of a line.
pub fn mark(key: u64, id: &str, out: &mut Vec<u8>) {
    out.push(MARK);
    // Writing to a vector cannot fail.
    let _ = write!(out, "{key:0DIGITS$x}");
    let _ = serde_json::to_writer(&mut *out, id);
    out.push(END);
}

/// The first event of each key, as the writer sees them.
pub struct Seen {
    first: HashMap<u64, Box<str>>,
    tells_repeats: bool,
}

impl Seen {
    /// Nothing seen yet. `tells_repeats`: repeats are told in records of their own.
    pub fn new(tells_repeats: bool) -> Self {
        Seen { first: HashMap::new(), tells_repeats }
    }

    /// Writes marked lines: those of first events without their mark, all others in place of which nothing is known.
    pub fn write(&mut self, lines: &[u8], out: &mut dyn Write) -> io::Result<()> {
        for line in lines.split_inclusive(|&byte| byte == b'\n') {
            let Some(marked) = line.strip_prefix(&[MARK]) else {
                out.write_all(line)?;
                continue;
            };
            let end = memchr::memchr(END, marked).unwrap_or(marked.len());
            let (key, id) = marked[..end].split_at(DIGITS.min(end));
            let (key, id) = (String::from_utf8_lossy(key), String::from_utf8_lossy(id));
            match self.first.entry(u64::from_str_radix(&key, 16).unwrap_or_default()) {
                Entry::Vacant(free) => {
                    free.insert(id.into());
                    out.write_all(&marked[end + 1..])?;
                }
                // A view has several rows of an event.
                Entry::Occupied(first) if **first.get() == *id => out.write_all(&marked[end + 1..])?,
                Entry::Occupied(first) if self.tells_repeats => {
                    let doc = id.rsplit_once('#').map_or(&*id, |(doc, _)| doc);
                    writeln!(out, "{{\"kind\":\"repeat\",\"doc\":{doc}\",\"id\":{id},\"of\":{}}}", first.get())?;
                }
                Entry::Occupied(_) => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(seen: &mut Seen, lines: &[(u64, &str, &str)]) -> String {
        let mut marked = Vec::new();
        for (key, id, line) in lines {
            if *key > 0 {
                mark(*key, id, &mut marked);
            }
            marked.extend_from_slice(line.as_bytes());
        }
        let mut out = Vec::new();
        seen.write(&marked, &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn the_first_stays_and_the_others_point_to_it() {
        let mut seen = Seen::new(true);
        let lines = [(0, "", "head\n"), (7, "a\"b#v1", "one\n"), (8, "a\"b#v2", "two\n"), (7, "a\"b#v3", "three\n")];
        let repeat = "{\"kind\":\"repeat\",\"doc\":\"a\\\"b\",\"id\":\"a\\\"b#v3\",\"of\":\"a\\\"b#v1\"}\n";
        assert_eq!(written(&mut seen, &lines), format!("head\none\ntwo\n{repeat}"));
        let later = "{\"kind\":\"repeat\",\"doc\":\"c\",\"id\":\"c#v1\",\"of\":\"a\\\"b#v2\"}\n";
        assert_eq!(written(&mut seen, &[(8, "c#v1", "four\n")]), later);
    }

    #[test]
    fn all_rows_of_one_event_stay() {
        let rows = [(7, "a#v1", "row\n"), (7, "a#v1", "row\n"), (7, "b#v1", "row\n")];
        assert_eq!(written(&mut Seen::new(false), &rows), "row\nrow\n");
    }
}

//! `gazetteer stats`: how much is in the lists, and what room it takes.

use std::collections::BTreeMap;
use std::io::Write;

use dateline::Result;
use dateline::dictionary::{Dictionary, SectionSize, class};
use dateline::gazetteer::Lists;
use serde_json::json;

use super::{grouped, list_of};

/// Rows of a list and the names that they have.
type Counts = BTreeMap<String, (usize, usize)>;

pub fn run(as_json: bool, lists: &Lists, out: &mut dyn Write) -> Result<()> {
    let dictionary = lists.dictionary()?;
    let (counts, words) = (names(&dictionary), words(&dictionary));
    let sections = dictionary.sections();
    let bytes: usize = sections.iter().map(|section| section.bytes).sum();
    if as_json {
        let counts: Vec<_> = counts
            .iter()
            .map(|(list, (entries, names))| json!({ "list": list, "entries": entries, "names": names }))
            .collect();
        let words: Vec<_> = words.iter().map(|(class, n)| json!({ "class": class, "words": n })).collect();
        let sections: Vec<_> =
            sections.iter().map(|s| json!({ "section": s.name, "rows": s.rows, "bytes": s.bytes })).collect();
        let stats = json!({
            "version": format!("{:016x}", dictionary.stamp()),
            "lists": counts,
            "words": words,
            "sections": sections,
            "bytes": bytes,
        });
        writeln!(out, "{stats:#}")?;
        return Ok(());
    }
    writeln!(out, "version {:016x}", dictionary.stamp())?;
    writeln!(out, "\n{:<38}{:>12}{:>12}", "list", "entries", "names")?;
    for (list, (entries, names)) in &counts {
        writeln!(out, "{list:<38}{:>12}{:>12}", grouped(*entries), grouped(*names))?;
    }
    writeln!(out, "\n{:<38}{:>12}", "class", "words")?;
    for (class, number) in &words {
        writeln!(out, "{class:<38}{:>12}", grouped(*number))?;
    }
    writeln!(out, "\n{:<38}{:>12}{:>12}", "section", "rows", "kB")?;
    for SectionSize { name, rows, bytes } in sections.into_iter().filter(|section| section.rows > 0) {
        writeln!(out, "{name:<38}{:>12}{:>12}", grouped(rows), grouped(bytes.div_ceil(1000)))?;
    }
    writeln!(out, "{:<38}{:>12}{:>12}", "all", "", grouped(bytes.div_ceil(1000)))?;
    Ok(())
}

/// Entries and names by the list that they come from.
fn names(dictionary: &Dictionary<'_>) -> Counts {
    let mut counts = Counts::new();
    for entry in 0..dictionary.entry_count() as u32 {
        counts.entry(list_of(dictionary, entry)).or_default().0 += 1;
    }
    for surface in 0..dictionary.surface_count() as u32 {
        for reading in dictionary.readings(surface) {
            counts.entry(list_of(dictionary, reading.entry())).or_default().1 += 1;
        }
    }
    counts
}

/// Words by class. What a word is beside a name is told by the classes, so these do not add up.
fn words(dictionary: &Dictionary<'_>) -> Vec<(String, usize)> {
    let all = || (0..dictionary.word_count() as u32).filter_map(|word| dictionary.word(word));
    let mut words = vec![
        ("all".to_owned(), dictionary.word_count()),
        ("given names".to_owned(), all().filter(|w| w.given() > 0).count()),
        ("family names".to_owned(), all().filter(|w| w.surname() > 0).count()),
        ("words of the lexicon".to_owned(), all().filter(|w| w.level > 0).count()),
    ];
    for (name, bit) in class::NAMES {
        let senses = dictionary.senses_of(*bit);
        let mut numbers: Vec<u32> = senses.iter().map(|sense| sense.word).collect();
        numbers.dedup();
        if !numbers.is_empty() {
            words.push((name.to_lowercase().replace('_', " "), numbers.len()));
        }
    }
    words
}

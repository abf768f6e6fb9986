//! Users' own rules: a file like gazetteers/rules/events.tsv, put on top of the catalogue.
//!
//! A line is a rule with the columns of the catalogue, `-` and an id where a rule is to be taken out, or a remark behind
//! `#`. An id that the catalogue has already replaces its rule where it stands. Other rules are tried before ours, in the
//! order of their file. What is wrong with a line is told with its number, because a catalogue that is read by half is
//! worse than one that is not read.
//!
//! The merged catalogue becomes part of the lists, and so of their version: nothing behind knows whose a rule is.

use super::catalogue::{Catalogue, Rule, RuleRow, WordKind, wrong_columns};
use super::sample::Sample;
use super::{Detector, syntax::Tag};
use crate::dictionary::Dictionary;
use crate::dictionary::patch::Patch;
use crate::dictionary::speech::plural;
use crate::error::{Error, Result, line_of};
use crate::gazetteer::Lists;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The lists with users' rules in their catalogue; of two files with the same id the later one counts.
///
/// # Errors
/// A file that cannot be read, or a line that is no rule, with file and line.
pub fn with_rules(lists: Lists, files: &[PathBuf]) -> Result<Lists> {
    let texts = files.iter().map(|path| read_text(path)).collect::<Result<Vec<String>>>()?;
    let mut merged: Vec<String> = carried(&lists.dictionary()?)?.lines().map(str::to_owned).collect();
    let mut words = Vec::new();
    for (path, text) in files.iter().zip(&texts) {
        let mut first = None;
        let own = read(text, &merged, &mut |line, fault| {
            first.get_or_insert_with(|| Error::list(fault).at(path, line));
        });
        if let Some(fault) = first {
            return Err(fault);
        }
        merge(&mut merged, &own);
        let of = |line: Line<'_>| line.rules.into_iter().map(move |rule| (path, line.number, rule));
        words.extend(own.into_iter().flat_map(of));
    }
    lists.changed(|patch| {
        for (path, line, words) in words {
            words.put(patch).map_err(|e| e.at(path, line))?;
        }
        let rows: String = merged.iter().flat_map(|row| [row, "\n"]).collect();
        patch.sign(rows.as_bytes());
        patch.set_text("events", &rows)
    })
}

/// Checks a file of rules: its lines, and that each rule fires in its first example and not in its second, on top of
/// `lists`. Returns the number of rules.
///
/// # Errors
/// When the file cannot be read.
pub fn check(lists: Lists, path: &Path, fault: &mut dyn FnMut(Error)) -> Result<usize> {
    let text = read_text(path)?;
    let mut faults = 0;
    let mut told = |line: u64, what: String| {
        faults += 1;
        fault(Error::list(what).at(path, line));
    };
    let known: Vec<String> = carried(&lists.dictionary()?)?.lines().map(str::to_owned).collect();
    let own = read(&text, &known, &mut told);
    let rows = || own.iter().filter_map(|line| Some((line.number, line.row()?)));
    let count = rows().count();
    for (line, row) in rows() {
        for (example, what) in [(row.yes, "in which it fires"), (row.no, "in which it finds nothing")] {
            if example.is_empty() {
                told(line, format!("{} has no sentence {what}", row.rule));
            }
        }
    }
    if faults > 0 {
        return Ok(count);
    }
    let lists = match with_rules(lists, &[path.to_owned()]) {
        Ok(lists) => lists,
        Err(e) => {
            fault(e);
            return Ok(count);
        }
    };
    let dictionary = lists.dictionary()?;
    let detector = match Detector::new(&dictionary) {
        Ok(detector) => Arc::new(detector),
        Err(e) => {
            fault(e.at(path, 0));
            return Ok(count);
        }
    };
    for (line, row) in rows() {
        try_examples(&dictionary, &detector, &row, &mut |what| fault(Error::list(what).at(path, line)));
    }
    Ok(count)
}

/// Tells where a rule does not fire in its first example, or fires in its second.
pub(super) fn try_examples(
    dictionary: &Dictionary<'_>,
    detector: &Arc<Detector>,
    row: &RuleRow<'_>,
    fault: &mut dyn FnMut(String),
) {
    for (example, should) in [(row.yes, true), (row.no, false)] {
        let sample = match Sample::with(dictionary, detector, example) {
            Ok(sample) => sample,
            Err(e) => {
                fault(format!("{e}, in {example:?}"));
                continue;
            }
        };
        if sample.fired(row.rule) != should {
            let told = if sample.events.is_empty() { "nothing".to_owned() } else { sample.told() };
            let what = if should { "finds nothing" } else { "fires" };
            fault(format!("{} {what} in {example:?}, where all rules find {told}", row.rule));
        }
    }
}

fn read_text(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).map_err(|e| Error::from(e).at(path, 0))?;
    String::from_utf8(bytes).map_err(|e| Error::list("not UTF-8").at(path, line_of(e.as_bytes(), e.utf8_error())))
}

fn carried<'d>(dictionary: &Dictionary<'d>) -> Result<&'d str> {
    dictionary.text("events").ok_or_else(|| Error::list("the lists carry no catalogue of events"))
}

/// A line of a user's file.
struct Line<'t> {
    number: u64,
    text: &'t str,
    /// What it adds; nothing where it takes a rule out.
    rules: Vec<Words>,
}

impl<'t> Line<'t> {
    /// The id of the rule that it takes out.
    fn deleted(&self) -> Option<&'t str> {
        self.text.strip_prefix('-')
    }

    fn row(&self) -> Option<RuleRow<'t>> {
        RuleRow::of_line(self.text).filter(|_| self.deleted().is_none())
    }

    fn id(&self) -> &'t str {
        self.deleted().unwrap_or_else(|| id_of(self.text))
    }
}

/// The id of the rule that a row tells.
fn id_of(row: &str) -> &str {
    row.split('\t').next().unwrap_or_default()
}

/// The words of a rule: its forms with what they are, and those that it needs beside them, whose plurals count too.
struct Words {
    forms: Vec<(Box<str>, Tag)>,
    needed: Vec<Box<str>>,
}

impl Words {
    fn of(rule: &Rule, forms: impl Iterator<Item = Box<str>>) -> Words {
        let tag = |form: &str| match rule.word {
            // What is nothing else is read as a noun.
            WordKind::Noun => Tag::Unknown,
            WordKind::Adjective => Tag::Adjective,
            WordKind::Verb if form == rule.lemma() => Tag::Base,
            WordKind::Verb if form.ends_with('s') => Tag::Verb,
            WordKind::Verb if form.ends_with("ing") => Tag::Ing,
            WordKind::Verb => Tag::Past,
        };
        Words {
            forms: forms
                .map(|form| {
                    let tag = tag(&form);
                    (form, tag)
                })
                .collect(),
            needed: rule.needs.iter().flat_map(|need| need.words().iter().cloned()).collect(),
        }
    }

    /// Makes them known.
    fn put(&self, patch: &mut Patch) -> Result<()> {
        self.forms.iter().try_for_each(|(form, tag)| patch.add_trigger(form, *tag))?;
        let mut needed = self.needed.iter().flat_map(|word| [word.to_string(), plural(word)]);
        needed.try_for_each(|word| patch.add_wanted(&word))
    }
}

/// Reads the lines of a file. `known` are the rows that it is put on top of.
fn read<'t>(text: &'t str, known: &[String], fault: &mut dyn FnMut(u64, String)) -> Vec<Line<'t>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut lines = Vec::new();
    for (number, text) in (1..).zip(text.lines()) {
        if text.starts_with('#') || text.trim().is_empty() {
            continue;
        }
        let line = Line { number, text, rules: Vec::new() };
        if let Some(id) = line.deleted() {
            let is_known = known.iter().any(|row| id_of(row) == id);
            match is_known {
                true => lines.push(line),
                false => fault(number, format!("no rule {id:?} to take out")),
            }
            continue;
        }
        match rules(&line) {
            Ok(rules) => lines.push(Line { rules, ..line }),
            Err(what) => fault(number, what),
        }
    }
    lines
}

/// The words of the rules of a line.
fn rules(line: &Line<'_>) -> std::result::Result<Vec<Words>, String> {
    let row = line.row().ok_or_else(|| wrong_columns(line.text))?;
    let mut catalogue = Catalogue::default();
    catalogue.add(&row)?;
    let Catalogue { rules, forms } = catalogue;
    let forms_of = |rule: usize| forms.iter().filter(move |(_, of)| *of as usize == rule).map(|(form, _)| form.clone());
    Ok(rules.iter().enumerate().map(|(number, rule)| Words::of(rule, forms_of(number))).collect())
}

/// Puts the lines of a file into the catalogue.
fn merge(rows: &mut Vec<String>, own: &[Line<'_>]) {
    let is_of = |row: &String, id: &str| id_of(row) == id;
    let mut front = 0;
    for (at, line) in own.iter().enumerate() {
        let id = line.id();
        if own[..at].iter().any(|before| before.id() == id && before.deleted().is_none()) {
            // Several rules of one file may share an id.
            let last = rows.iter().rposition(|row| is_of(row, id)).map_or(rows.len(), |last| last + 1);
            rows.insert(last, line.text.to_owned());
            continue;
        }
        let place = rows.iter().position(|row| is_of(row, id));
        rows.retain(|row| !is_of(row, id));
        if line.deleted().is_none() {
            rows.insert(place.unwrap_or(front), line.text.to_owned());
            front += usize::from(place.is_none());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::rows;

    const SMUGGLE: &str = "crime.smuggle\tCOERCE\tseize\tverb\tzorble=zorble,zorbles,zorbled,zorbling,zorbt\t\
                           actor=subj recipient=obj\tfrimble|house\t171\t\t{G:Latvia} zorbt a frimble.\tShe zorbt a hat.";

    /// What is written to a file of rules, read on top of the shipped catalogue.
    fn lists_with(text: &str) -> Result<Lists> {
        let folder = tempfile::tempdir().expect("a folder for passing files");
        let path = folder.path().join("own.tsv");
        std::fs::write(&path, text).expect("it can be written");
        with_rules(Lists::shipped(), &[path])
    }

    fn faults(text: &str) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder for passing files");
        let path = folder.path().join("own.tsv");
        std::fs::write(&path, text).expect("it can be written");
        let mut faults = Vec::new();
        check(Lists::shipped(), &path, &mut |e| faults.push(e.to_string())).expect("the file can be read");
        let told = |fault: &String| fault.split_once("own.tsv:").map_or("", |(_, told)| told).to_owned();
        faults.iter().map(told).collect()
    }

    #[test]
    fn a_rule_of_words_that_no_list_knows_fires() {
        let lists = lists_with(&format!("# Remarks say nothing.\n\n{SMUGGLE}\n")).expect("a sound rule");
        let dictionary = lists.dictionary().expect("it was just made");
        let detector = Arc::new(Detector::new(&dictionary).expect("a sound catalogue"));
        for form in ["zorbles", "zorbled", "zorbt", "has zorbt", "is zorbling"] {
            for (object, fires) in [("two frimbles", true), ("the frimble", true), ("the wug", false)] {
                let text = format!("The army {form} {object} in {{G:Riga}}.");
                let sample = Sample::with(&dictionary, &detector, &text).expect("sound marks");
                assert_eq!(sample.fired("crime.smuggle"), fires, "{text}: {}", sample.told());
            }
        }
        let stamp = Lists::shipped().dictionary().expect("the shipped lists").stamp();
        assert_ne!(dictionary.stamp(), stamp, "another catalogue is another version of the lists");
    }

    #[test]
    fn an_id_that_is_known_replaces_its_rule_where_it_stands() {
        let own = SMUGGLE.replace("crime.smuggle", "coerce.seize");
        let ids = |lists: &Lists| -> Vec<String> {
            rows(&lists.dictionary().expect("lists")).map(|row| row.rule.to_owned()).collect()
        };
        let (shipped, changed) = (ids(&Lists::shipped()), ids(&lists_with(&own).expect("a sound rule")));
        assert_eq!(shipped, changed);
        let sample = |lists: &Lists, text: &str| {
            let dictionary = lists.dictionary().expect("lists");
            let detector = Arc::new(Detector::new(&dictionary).expect("a sound catalogue"));
            Sample::with(&dictionary, &detector, text).expect("sound marks").fired("coerce.seize")
        };
        let text = "{O:Latvian Customs} seized 300 kg of cocaine.";
        assert!(sample(&Lists::shipped(), text) && !sample(&lists_with(&own).expect("a sound rule"), text));
    }

    #[test]
    fn rules_are_added_in_front_and_taken_out() {
        let twice = format!("{SMUGGLE}\n{}\n-consult.lunch\n", SMUGGLE.replace("zorbl", "worbl"));
        let lists = lists_with(&twice).expect("sound rules");
        let dictionary = lists.dictionary().expect("it was just made");
        let ids: Vec<&str> = rows(&dictionary).map(|row| row.rule).collect();
        assert_eq!(ids[..3], ["crime.smuggle", "crime.smuggle", "consult.meet"]);
        assert!(!ids.contains(&"consult.lunch"));
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let row = |change: &[(usize, &str)]| {
            let mut fields: Vec<&str> = SMUGGLE.split('\t').collect();
            change.iter().for_each(|(at, value)| fields[*at] = value);
            fields.join("\t")
        };
        for (line, fault) in [
            ("a\tb".to_owned(), "expected 11 columns, found 2"),
            (row(&[(0, "")]), "\"\" is no id of a rule"),
            (row(&[(1, "SMUGGLE")]), "no event type \"SMUGGLE\"; there are AGREE, CONSULT"),
            (row(&[(2, "visit")]), "no mode of COERCE \"visit\"; there are seize"),
            (row(&[(3, "word")]), "no kind of word \"word\""),
            (row(&[(4, "zorble")]), "the lemma \"zorble\" has no forms"),
            (row(&[(5, "actor")]), "the frame says \"actor\" instead of part=place"),
            (row(&[(5, "actr=subj")]), "no part \"actr\""),
            (row(&[(5, "actor=sbj")]), "\"sbj\" is no place in a clause"),
            (row(&[(5, "qty=many")]), "no role of an amount \"many\""),
            (row(&[(6, "@frimble")]), "no test \"@frimble\""),
            (row(&[(6, "+notwithstanding")]), "rules know no preposition \"notwithstanding\""),
            (row(&[(7, "17a")]), "a CAMEO code has two to four digits"),
            (row(&[(8, "drugs")]), "no context \"drugs\""),
            ("-crime.nothing".to_owned(), "no rule \"crime.nothing\" to take out"),
        ] {
            let told = faults(&format!("{SMUGGLE}\n{line}\n"));
            assert!(told.len() == 1 && told[0].starts_with("2: ") && told[0].contains(fault), "{told:?}, not {fault}");
            let error = lists_with(&line).err().expect("the start is refused").to_string();
            assert!(error.contains("own.tsv:1: ") && error.contains(fault), "{error}");
        }
        for (line, fault) in [
            (row(&[(4, "zorble=zorble up")]), "\"zorble up\" is not one word"),
            (row(&[(9, "")]), "has no sentence in which it fires"),
            (row(&[(10, "")]), "has no sentence in which it finds nothing"),
            (row(&[(9, "The {Q:army} zorbt a house.")]), "marks are P, G, O, N and D, not \"Q\""),
            (row(&[(9, "The army zorbt a hat.")]), "finds nothing in \"The army"),
            (row(&[(10, "The army zorbt a house.")]), "fires in \"The army zorbt a house.\""),
        ] {
            let told = faults(&format!("#\n{line}\n"));
            assert!(told.len() == 1 && told[0].starts_with("2: ") && told[0].contains(fault), "{told:?}, not {fault}");
        }
        assert_eq!(faults(SMUGGLE), Vec::<String>::new());
    }
}

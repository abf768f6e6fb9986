//! `rules`: the catalogue of events, for people who wonder at a record or write rules of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::ExitCode;

use dateline::events::{Detector, RuleRow, rows, user};
use dateline::{Error, Result};
use serde_json::{Map, Value, json};

use super::args::Rules;

pub fn run(args: &Rules) -> Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    if !args.check.is_empty() {
        return check(args, &mut out);
    }
    let lists = args.lists.open()?;
    let dictionary = lists.dictionary()?;
    let detector = Detector::new(&dictionary)?;
    let chosen: Vec<RuleRow<'_>> = rows(&dictionary).filter(|row| is_asked(args, row.rule, row.event_type)).collect();
    let turned: Vec<Turned<'_>> =
        turned(&detector).into_iter().filter(|turned| is_asked(args, turned.rule, turned.event_type)).collect();
    if chosen.is_empty() && turned.is_empty() {
        return Err(Error::usage("no rule of the catalogue is asked for; `dateline rules` lists all"));
    }
    if args.tsv {
        writeln!(out, "# columns: {}", RuleRow::COLUMNS.join("\t"))?;
        chosen.iter().try_for_each(|row| writeln!(out, "{}", row.fields().join("\t")))?;
    } else if args.json {
        chosen.iter().try_for_each(|row| writeln!(out, "{}", object(row)))?;
        turned.iter().try_for_each(|turned| writeln!(out, "{}", turned.object()))?;
    } else if args.ids.is_empty() {
        table(&chosen, &turned, &mut out)?;
    } else {
        for (at, row) in chosen.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            describe(row, &mut out)?;
        }
        turned.iter().try_for_each(|turned| turned.describe(&mut out))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether a rule is one of those that are asked for; an id also asks for all rules that it begins, up to a dot.
fn is_asked(args: &Rules, rule: &str, event_type: &str) -> bool {
    let begins =
        |id: &String| rule.strip_prefix(id.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    (args.ids.is_empty() || args.ids.iter().any(begins))
        && args.event_type.as_ref().is_none_or(|asked| asked.eq_ignore_ascii_case(event_type))
}

fn check(args: &Rules, out: &mut dyn Write) -> Result<ExitCode> {
    let mut faults = Vec::new();
    let mut count = 0;
    for path in &args.check {
        count += user::check(args.lists.open()?, path, &mut |fault| faults.push(fault))?;
    }
    faults.iter().try_for_each(|fault| writeln!(out, "{fault}"))?;
    if faults.is_empty() {
        writeln!(out, "{count} {} without a fault", if count == 1 { "rule" } else { "rules" })?;
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

/// What tells deeds of other rules where these are only announced or are refused.
struct Turned<'d> {
    rule: &'d str,
    event_type: &'d str,
    mode: Option<&'d str>,
    cameo: &'d str,
    is_refused: bool,
    of: BTreeSet<&'d str>,
}

fn turned(detector: &Detector) -> Vec<Turned<'_>> {
    let mut found: BTreeMap<(&str, &str, bool), Turned<'_>> = BTreeMap::new();
    for rule in detector.rules() {
        for (number, is_refused) in rule.turned().into_iter().zip([false, true]) {
            let Some(number) = number else { continue };
            let told = detector.rule(number);
            let turned = found.entry((told.id(), told.cameo(), is_refused)).or_insert_with(|| Turned {
                rule: told.id(),
                event_type: told.event_type(),
                mode: told.mode(),
                cameo: told.cameo(),
                is_refused,
                of: BTreeSet::new(),
            });
            turned.of.insert(rule.id());
        }
    }
    found.into_values().collect()
}

impl Turned<'_> {
    fn object(&self) -> Value {
        let when = if self.is_refused { "refused" } else { "announced" };
        let mut object = Map::new();
        put(&mut object, "rule", self.rule);
        put(&mut object, "event_type", self.event_type);
        put(&mut object, "mode", self.mode.unwrap_or_default());
        put(&mut object, "cameo", self.cameo);
        object.insert(when.into(), json!(self.of));
        Value::Object(object)
    }

    /// Whose deeds it tells, by what their ids begin with.
    fn whose(&self) -> String {
        let families: BTreeSet<&str> = self.of.iter().map(|id| id.split('.').next().unwrap_or(id)).collect();
        let families: Vec<String> = families.into_iter().map(|family| format!("{family}.*")).collect();
        format!("what {} tell, {}", families.join(", "), if self.is_refused { "refused" } else { "announced" })
    }

    fn describe(&self, out: &mut dyn Write) -> std::io::Result<()> {
        writeln!(out, "{}  {}  CAMEO {}  {}", self.rule, typed(self.event_type, self.mode), self.cameo, self.whose())
    }
}

fn typed(event_type: &str, mode: Option<&str>) -> String {
    match mode.filter(|mode| !mode.is_empty()) {
        Some(mode) => format!("{event_type}/{mode}"),
        None => event_type.to_owned(),
    }
}

/// One line a rule.
fn table(rules: &[RuleRow<'_>], turned: &[Turned<'_>], out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{:<24}{:<22}{:<7}{:<6}triggers; slots; needs", "rule", "type", "CAMEO", "kind")?;
    for row in rules {
        let lemmas: Vec<&str> = row.lemmas().map(|(lemma, _)| lemma).collect();
        let told: Vec<String> = [lemmas.join(", "), row.frame.to_owned(), shortened(row.needs)].into();
        let told: Vec<String> = told.into_iter().filter(|part| !part.is_empty()).collect();
        let typed = typed(row.event_type, Some(row.mode));
        writeln!(out, "{:<24}{typed:<22}{:<7}{:<6}{}", row.rule, row.cameo, row.kind, told.join("; "))?;
    }
    for one in turned {
        let typed = typed(one.event_type, one.mode);
        writeln!(out, "{:<24}{typed:<22}{:<7}{:<6}{}", one.rule, one.cameo, "", one.whose())?;
    }
    Ok(())
}

/// Long lists of words by their first few.
fn shortened(needs: &str) -> String {
    const MOST: usize = 48;
    match needs.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &needs[..at]),
        None => needs.to_owned(),
    }
}

/// All that a rule says, one column a line.
fn describe(row: &RuleRow<'_>, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{}  {}", row.rule, typed(row.event_type, Some(row.mode)))?;
    for (name, value) in [
        ("CAMEO", row.cameo.to_owned()),
        ("kind", row.kind.to_owned()),
        ("triggers", forms(row).join(", ")),
        ("slots", row.frame.to_owned()),
        ("needs", row.needs.to_owned()),
        ("contexts", row.contexts.replace('|', ", ")),
        ("fires in", row.yes.to_owned()),
        ("not in", row.no.to_owned()),
    ] {
        if !value.is_empty() {
            writeln!(out, "  {name:<10}{value}")?;
        }
    }
    Ok(())
}

/// All forms of a rule's lemmas.
fn forms<'r>(row: &RuleRow<'r>) -> Vec<&'r str> {
    row.lemmas().flat_map(|(_, forms)| forms.unwrap_or_default().split(',')).collect()
}

/// The same as JSON. Absent is absent, as in records.
fn object(row: &RuleRow<'_>) -> Value {
    let mut object = Map::new();
    for (key, value) in [
        ("rule", row.rule),
        ("event_type", row.event_type),
        ("mode", row.mode),
        ("kind", row.kind),
        ("cameo", row.cameo),
        ("yes", row.yes),
        ("no", row.no),
    ] {
        put(&mut object, key, value);
    }
    let mut slots: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (part, source) in row.frame.split(' ').filter_map(|slot| slot.split_once('=')) {
        slots.entry(if part == "qty" { "quantity" } else { part }).or_default().push(source);
    }
    object.insert("lemmas".into(), json!(row.lemmas().map(|(lemma, _)| lemma).collect::<Vec<_>>()));
    object.insert("triggers".into(), json!(forms(row)));
    object.insert("slots".into(), json!(slots));
    for (key, list, by) in [("needs", row.needs, ' '), ("contexts", row.contexts, '|')] {
        if !list.is_empty() {
            object.insert(key.into(), json!(list.split(by).collect::<Vec<_>>()));
        }
    }
    Value::Object(object)
}

fn put(object: &mut Map<String, Value>, key: &str, value: &str) {
    if !value.is_empty() {
        object.insert(key.into(), json!(value));
    }
}

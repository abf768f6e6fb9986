//! Views of the events, one event a day, and why events are told: as the program writes them.

use crate::program::dateline;
use serde_json::Value;

const ARTICLES: &str = concat!(
    r#"{"id":"a","published":"2024-05-05","text":"Estonian police seized 20 kg of cocaine in Riga on Sunday. "#,
    r#"Estonia and Latvia signed an agreement. Estonia will not attack Latvia. Police seized a gun. "#,
    r#"\"It is a good day,\" the mayor of Riga said."}"#,
    "\n",
    r#"{"id":"http://news.example/b","published":"2024-05-06","text":"Estonian police seized cocaine in Riga on Sunday. "#,
    r#"Police seized a gun. Estonia and Latvia signed an agreement."}"#,
    "\n",
);

fn written(flags: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let args = [&["extract", "-"][..], flags].concat();
    let output = dateline(folder.path(), &args, ARTICLES.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn records(flags: &[&str]) -> Vec<Value> {
    written(flags).lines().map(|line| serde_json::from_str(line).expect("a record is JSON")).collect()
}

/// Rows by column name.
fn rows(view: &str) -> Vec<Vec<(String, String)>> {
    let text = written(&["--view", view]);
    let (header, rows) = text.split_once('\n').expect("a line of column names");
    let names: Vec<&str> = header.split('\t').collect();
    let row = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        assert_eq!(fields.len(), names.len(), "{line}");
        names.iter().zip(fields).map(|(name, field)| ((*name).to_owned(), field.to_owned())).collect()
    };
    rows.lines().map(row).collect()
}

fn field<'r>(row: &'r [(String, String)], name: &str) -> &'r str {
    row.iter().find(|(known, _)| known == name).map_or("no such column", |(_, value)| value)
}

#[test]
fn rows_of_gdelt_say_what_the_records_say() {
    let rows = rows("gdelt");
    let seizure = &rows[0];
    for (name, value) in [
        ("GLOBALEVENTID", "a#v1"),
        ("SQLDATE", "20240505"),
        ("FractionDate", "2024.3425"),
        ("Actor1Code", "ESTCOP"),
        ("Actor1Name", "ESTONIAN POLICE"),
        ("Actor1Type1Code", "COP"),
        ("EventCode", "171"),
        ("EventRootCode", "17"),
        ("QuadClass", "4"),
        ("ActionGeo_FullName", "Riga"),
        ("DATEADDED", "20240505000000"),
    ] {
        assert_eq!(field(seizure, name), value, "{name}");
    }
    let treaty = rows.iter().find(|row| field(row, "EventCode") == "057").expect("an agreement");
    assert_eq!((field(treaty, "Actor1CountryCode"), field(treaty, "Actor2CountryCode")), ("EST", "LVA"));
    assert_eq!(rows.last().map(|row| field(row, "SOURCEURL")), Some("http://news.example/b"));
    assert!(rows.iter().all(|row| field(row, "Actor2Name") != "LATVIA" || field(row, "EventRootCode") == "05"));
}

#[test]
fn rows_of_polecat_hold_no_statements() {
    let rows = rows("polecat");
    assert!(rows.iter().all(|row| field(row, "Event Type") != "STATEMENT"));
    for (name, value) in [
        ("Event ID", "a#v1"),
        ("Event Date", "2024-05-05"),
        ("Event Type", "COERCE"),
        ("Event Mode", "seize"),
        ("Contexts", "illegal_drugs"),
        ("Actor Country", "EST"),
        ("Primary Actor Sector", "COP"),
        ("Placename", "Riga"),
        ("Country", "LVA"),
        ("Publication Date", "2024-05-05"),
    ] {
        assert_eq!(field(&rows[0], name), value, "{name}");
    }
}

#[test]
fn one_a_day_leaves_one_and_names_it_for_the_others() {
    let all = records(&[]);
    let kept = records(&["--one-a-day"]);
    let id = |record: &Value| record["id"].as_str().unwrap_or_default().to_owned();
    assert_eq!(all.iter().map(id).collect::<Vec<_>>(), kept.iter().map(id).collect::<Vec<_>>(), "every id is there");
    for (whole, left) in all.iter().zip(&kept).filter(|(_, left)| left["kind"] == "repeat") {
        let first = kept.iter().find(|r| r["id"] == left["of"]).expect("it is written");
        assert_eq!((&first["kind"], &first["event_type"]), (&"event".into(), &whole["event_type"]), "{left}");
    }
    let of: Vec<&Value> = kept.iter().filter(|r| r["kind"] == "repeat").map(|r| &r["of"]).collect();
    assert_eq!(
        of,
        ["a#v1"],
        "of unnamed police nobody knows whether they are the same, and the treaty has another day"
    );
    let rows = written(&["--one-a-day", "--view", "gdelt"]);
    assert!(rows.contains("a#v1\t") && !rows.contains("example/b#v1\t"));
}

#[test]
fn threads_do_not_matter() {
    for flags in [&["--one-a-day"][..], &["--one-a-day", "--view", "polecat"], &["--explain"]] {
        assert_eq!(written(&[flags, &["-j", "1"]].concat()), written(&[flags, &["-j", "8"]].concat()));
    }
}

#[test]
fn every_event_and_every_silent_trigger_is_explained() {
    let records = records(&["--explain"]);
    let explained = |key: &str| records.iter().filter(|r| r["kind"] == "explanation" && !r[key].is_null()).count();
    let events: Vec<&Value> = records.iter().filter(|r| r["kind"] == "event").collect();
    assert_eq!(explained("event"), events.len());
    for event in events {
        let explanation = records.iter().find(|r| r["event"] == event["id"]).expect("it is explained");
        assert_eq!((&explanation["rule"], &explanation["doc"]), (&event["rule"], &event["doc"]));
        let clause = explanation["clause"]["text"].as_str();
        let trigger = explanation["trigger"]["text"].as_str().expect("a trigger");
        assert!(clause.is_none_or(|clause| clause.contains(trigger)), "{explanation}");
    }
}

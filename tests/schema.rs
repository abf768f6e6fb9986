//! Every line that is written obeys the schema that is printed.

use serde_json::{Value, json};

use crate::program::dateline;

/// What is wrong with `value`, by the part of JSON Schema that the schema uses. A keyword beyond it is a failure too:
/// it would pass unchecked.
fn check(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{at}: {what}: {value}"));
    let Some(rules) = schema.as_object() else {
        return if schema == &json!(true) { Ok(()) } else { wrong("nothing is allowed here") };
    };
    for (keyword, rule) in rules {
        match keyword.as_str() {
            "$schema" | "title" | "description" | "$defs" => {}
            "$ref" => {
                let name = rule.as_str().and_then(|r| r.strip_prefix('#')).ok_or("an odd reference")?;
                check(root, root.pointer(name).ok_or_else(|| format!("no {name}"))?, value, at)?;
            }
            "oneOf" => {
                let results: Vec<_> =
                    rule.as_array().into_iter().flatten().map(|one| check(root, one, value, at)).collect();
                if results.iter().filter(|r| r.is_ok()).count() != 1 {
                    return Err(format!("{at}: fits not exactly one of: {results:?}"));
                }
            }
            "type" => {
                let fits = match rule.as_str() {
                    Some("object") => value.is_object(),
                    Some("array") => value.is_array(),
                    Some("string") => value.is_string(),
                    Some("boolean") => value.is_boolean(),
                    Some("number") => value.is_number(),
                    Some("integer") => value.is_i64() || value.is_u64(),
                    _ => false,
                };
                if !fits {
                    return wrong(&format!("is no {rule}"));
                }
            }
            "const" if value != rule => return wrong(&format!("is not {rule}")),
            "enum" if !rule.as_array().is_some_and(|all| all.contains(value)) => return wrong("is not in the list"),
            "required" => {
                for key in rule.as_array().into_iter().flatten().filter_map(Value::as_str) {
                    if value.get(key).is_none() {
                        return wrong(&format!("lacks {key}"));
                    }
                }
            }
            "properties" => {
                for (key, inner) in value.as_object().into_iter().flatten() {
                    if let Some(rule) = rule.get(key) {
                        check(root, rule, inner, &format!("{at}/{key}"))?;
                    } else if rules.get("additionalProperties") == Some(&json!(false)) {
                        return wrong(&format!("has an unknown {key}"));
                    }
                }
            }
            "items" => {
                let fixed = rules.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
                for inner in value.as_array().into_iter().flatten().skip(fixed) {
                    check(root, rule, inner, &format!("{at}/[]"))?;
                }
            }
            "prefixItems" => {
                for (rule, inner) in rule.as_array().into_iter().flatten().zip(value.as_array().into_iter().flatten()) {
                    check(root, rule, inner, &format!("{at}/[]"))?;
                }
            }
            "minItems" if value.as_array().map(Vec::len) < rule.as_u64().map(|n| n as usize) => {
                return wrong("has too few items");
            }
            "minimum" if value.as_f64() < rule.as_f64() => return wrong("is too small"),
            "maximum" if value.as_f64() > rule.as_f64() => return wrong("is too large"),
            "pattern" if !pattern(rule.as_str().unwrap_or_default(), value.as_str().unwrap_or_default()) => {
                return wrong(&format!("is not of the form {rule}"));
            }
            "const" | "enum" | "minItems" | "minimum" | "maximum" | "pattern" | "additionalProperties" => {}
            other => return Err(format!("{at}: the test does not know the keyword {other}")),
        }
    }
    Ok(())
}

/// The few patterns of the schema; an unknown one fits nothing.
fn pattern(pattern: &str, text: &str) -> bool {
    let counted = |mark: &str| {
        let number = text.rsplit_once(mark).map_or("", |(_, number)| number);
        !number.starts_with('0') && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
    };
    match pattern {
        "^[A-Z]{3}$" => text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()),
        "^[a-z]{2}$" => text.len() == 2 && text.bytes().all(|b| b.is_ascii_lowercase()),
        "^[0-9]{2,4}$" => (2..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()),
        "#e[1-9][0-9]*$" => counted("#e"),
        "#v[1-9][0-9]*$" => counted("#v"),
        "#g[1-9][0-9]*$" => counted("#g"),
        _ => false,
    }
}

fn schema() -> Value {
    let output = dateline(std::path::Path::new("."), &["schema"], b"");
    serde_json::from_slice(&output.stdout).expect("the schema is JSON")
}

#[test]
fn records_of_made_up_articles_obey_the_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = dateline(folder.path(), &["generate", "--size", "200kB"], b"").stdout;
    for flags in
        [&["extract", "-"][..], &["extract", "--candidates", "-"], &["extract", "--explain", "--one-a-day", "-"]]
    {
        let records = dateline(folder.path(), flags, &articles).stdout;
        obeys(std::str::from_utf8(&records).expect("text"));
    }
}

/// Panics unless every line obeys the schema.
pub fn obeys(records: &str) {
    let schema = schema();
    for line in records.lines() {
        let record = serde_json::from_str(line).expect("a record is JSON");
        if let Err(e) = check(&schema, &schema, &record, "") {
            panic!("{e}\n{line}");
        }
    }
}

#[test]
fn the_schema_takes_what_is_documented_and_nothing_else() {
    let schema = schema();
    let document = json!({
        "kind": "document", "doc": "a", "source": "a.jsonl:1", "chars": 10, "sentences": 1, "entities": 0, "events": 0,
        "schema": "1", "repairs": 2, "furniture": [[0, 4]],
    });
    let entity = json!({
        "kind": "entity", "doc": "a", "id": "a#e1", "type": "GPE", "name": "Ventspils",
        "mentions": [{"span": [0, 9], "text": "Ventspils", "sentence": 0}], "lat": 57.39, "lon": 21.57,
    });
    let event = json!({
        "kind": "event", "doc": "a", "id": "a#v1", "sentence": 0, "event_type": "COERCE", "realis": "actual",
        "trigger": {"text": "held", "span": [3, 7], "lemma": "hold"}, "rule": "coerce.arrest",
        "actor": [{"text": "police", "span": [0, 6], "country": "LVA"}],
    });
    for record in [&document, &entity, &event] {
        assert_eq!(check(&schema, &schema, record, ""), Ok(()));
    }
    for (mut record, key, value) in [
        (document.clone(), "language", Value::Null),
        (document.clone(), "furniture", json!([])),
        (document, "colour", json!("red")),
        (entity.clone(), "country", json!("lv")),
        (entity.clone(), "id", json!("a#e0")),
        (entity, "mentions", json!([{"span": [0, 9, 12], "text": "Ventspils", "sentence": 0}])),
        (event.clone(), "event_type", json!("SEIZE")),
        (event, "score", json!(1.5)),
    ] {
        record[key] = value;
        assert!(check(&schema, &schema, &record, "").is_err(), "{key} must not pass");
    }
}

//! Users' lists as records and as a shell see them.

use crate::program::dateline;
use dateline::gazetteer::shipped;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Output;

const ARTICLE: &str = "{\"id\":\"a\",\"published\":\"2021-05-04\",\"text\":\"Harbour Watch officers held two men in \
    Ventspils on Sunday, Interior Minister Ilze Kalna said. Kalna told @portnews that the grey heron ring was known in \
    Tallinn. The Ventspils Port Board thanked HARBOUR WATCH.\"}\n";

/// A folder with the article and one list.
fn folder(list: &str, body: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.jsonl"), ARTICLE).expect("a file");
    fs::write(folder.path().join(list), body).expect("a file");
    folder
}

fn succeeded(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    std::str::from_utf8(&output.stdout).expect("text")
}

/// The records of the article, with these arguments.
fn records(folder: &Path, args: &[&str]) -> Vec<Value> {
    let output = dateline(folder, &[&["extract", "a.jsonl"], args].concat(), b"");
    succeeded(&output).lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

/// The entity of this name.
fn entity<'r>(records: &'r [Value], name: &str) -> Option<&'r Value> {
    records.iter().find(|r| r["kind"] == "entity" && r["name"] == name)
}

const LIST: &str = "\
name\ttype\tid\tcc\taliases\tcase\tsector\tlat\tlon\tcode
Harbour Watch\tORG\tO1\tLV\tHW\t\tCOP\t57.39\t21.56\tLVACOP
Ilze Kalna\tPERSON\tP1\tLVA\t\t\tGOV
Ventspils\tGPE\tV1
@portnews\tORG\tT1
grey heron ring\tORG\tG1
-Tallinn\tGPE
";

#[test]
fn entries_are_added_overridden_and_deleted() {
    let folder = folder("own.tsv", LIST);
    let before = records(folder.path(), &[]);
    let after = records(folder.path(), &["--gazetteer", "own.tsv"]);

    let watch = entity(&after, "Harbour Watch").expect("it is added");
    for (key, value) in [
        ("type", "ORG"),
        ("list", "user:own.tsv"),
        ("list_id", "O1"),
        ("code", "LVACOP"),
        ("country", "LVA"),
        ("sector", "COP"),
    ] {
        assert_eq!(watch[key], value, "{key}");
    }
    assert_eq!((watch["lat"].as_f64(), watch["lon"].as_f64()), (Some(57.39), Some(21.56)));
    assert_eq!(watch["mentions"].as_array().map(Vec::len), Some(2), "in capitals too");

    let kalna = entity(&after, "Ilze Kalna").expect("a person");
    assert_eq!((&kalna["list_id"], &kalna["sector"]), (&"P1".into(), &"GOV".into()));
    assert_eq!(kalna["mentions"].as_array().map(Vec::len), Some(2), "by her surname too");
    assert_eq!(kalna["titles"][0]["text"], "Interior Minister");

    let place = entity(&after, "Ventspils").expect("a place");
    let ours = entity(&before, "Ventspils").expect("it is in our lists");
    assert_eq!((&place["list_id"], &place["list"]), (&"V1".into(), &"user:own.tsv".into()));
    assert_eq!((&ours["list"], &ours["list_id"]), (&"list.place".into(), &Value::Null));
    assert_eq!(place["geonameid"], ours["geonameid"], "what the list does not say is ours");

    for name in ["@portnews", "grey heron ring"] {
        assert_eq!(entity(&after, name).map(|e| &e["type"]), Some(&"ORG".into()), "{name}");
    }
    let deleted = |records| entity(records, "Tallinn").and_then(|e| e["geonameid"].as_u64());
    assert!(deleted(&before).is_some());
    assert!(deleted(&after).is_none(), "no list knows it any more; what stands beside it may still make it a place");
    assert!(entity(&after, "Ventspils Port Board").is_some(), "a longer name stands around a user's");
}

#[test]
fn records_of_users_lists_obey_the_schema() {
    let folder = folder("own.tsv", LIST);
    let output = dateline(folder.path(), &["extract", "a.jsonl", "--gazetteer", "own.tsv"], b"");
    crate::schema::obeys(succeeded(&output));
}

#[test]
fn the_version_of_the_lists_tells_users_lists_apart() {
    let folder = folder("own.tsv", LIST);
    let version = |args: &[&str]| records(folder.path(), args)[0]["gazetteers"].as_str().expect("a version").to_owned();
    let (none, own) = (version(&[]), version(&["--gazetteer", "own.tsv"]));
    assert_ne!(none, own);
    assert_eq!(own, version(&["--gazetteer", "own.tsv"]));
    fs::write(folder.path().join("own.tsv"), LIST.replace("\tV1", "\tV2")).expect("a file");
    let other = version(&["--gazetteer", "own.tsv"]);
    assert!(other != own && other != none);
}

#[test]
fn threads_and_compiled_lists_give_the_same_bytes() {
    let folder = folder("own.tsv", LIST);
    let made = dateline(folder.path(), &["generate", "--size", "1MB", "--seed", "5"], b"");
    fs::write(folder.path().join("many.jsonl"), [ARTICLE.as_bytes(), &made.stdout].concat()).expect("a file");
    let run = |args: &[&str]| {
        let output = dateline(folder.path(), &[&["extract", "many.jsonl"], args].concat(), b"");
        succeeded(&output).to_owned()
    };
    let one = run(&["--gazetteer", "own.tsv", "-j1"]);
    assert!(one.contains("user:own.tsv"));
    assert!(one == run(&["--gazetteer", "own.tsv", "-j2"]));
    let built = dateline(folder.path(), &["gazetteer", "build", "--gazetteer", "own.tsv", "-o", "all.image"], b"");
    succeeded(&built);
    assert!(one == run(&["--lists", "all.image"]));
}

#[test]
fn a_broken_list_stops_the_start_and_is_named() {
    let folder = folder("org.tsv", "name\tlat\tlon\nHarbour Watch\t57\t21\nRiga\t100\t24\n");
    for job in ["extract", "normalize", "segment", "bench"] {
        let output = dateline(folder.path(), &[job, "a.jsonl", "--gazetteer", "org.tsv"], b"");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{job}");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("org.tsv:3: lat lies between -90 and 90, not at 100"), "{told}");
    }
    fs::write(folder.path().join("cc.tsv"), "name\ttype\tcc\nRiga\tGPE\tLW\n").expect("a file");
    fs::write(folder.path().join("bytes.lst"), b"Riga\n\xff\n").expect("a file");
    fs::write(folder.path().join("sign.lst"), "# type: ORG\n\u{200b}\n").expect("a file");
    fs::write(folder.path().join("zero.lst"), "# type: ORG\nHarbour\0Watch\n").expect("a file");
    fs::write(folder.path().join("long.lst"), format!("# type: ORG\n{}\n", "a ".repeat(200))).expect("a file");
    fs::write(folder.path().join("no.image"), "not an image").expect("a file");
    let half = &shipped()[..shipped().len() / 2];
    // The version stands behind four bytes that say what it is.
    let old = [&half[..4], &[half[4] ^ 1], &half[5..]].concat();
    fs::write(folder.path().join("half.image"), half).expect("a file");
    fs::write(folder.path().join("old.image"), old).expect("a file");
    for (args, reason) in [
        (["--gazetteer", "cc.tsv"], "cc.tsv:2: no country has the code \"LW\" in ISO 3166-1"),
        (["--gazetteer", "bytes.lst"], "bytes.lst: line 2 is not UTF-8"),
        (["--gazetteer", "sign.lst"], "sign.lst:2: the name holds neither a letter nor a sign"),
        (["--gazetteer", "zero.lst"], "zero.lst:2: \"Harbour\\0Watch\" holds a zero"),
        (["--gazetteer", "long.lst"], "long.lst:2: the name is longer than 255 bytes"),
        (["--gazetteer", "none.tsv"], "none.tsv: "),
        (["--lists", "no.image"], "no.image: the image of the lists is cut short"),
        (["--lists", "half.image"], "half.image: a section of the image lies outside of it"),
        (["--lists", "old.image"], "old.image: not an image of lists of this version"),
        (["--lists", "a.jsonl"], "a.jsonl: "),
    ] {
        let output = dateline(folder.path(), &[&["extract", "a.jsonl"], &args[..]].concat(), b"");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(1) && told.contains(reason), "{args:?}: {told}");
    }
}

#[test]
fn every_format_of_a_folder_is_read_and_named() {
    let folder = folder("org.lst", "Harbour Watch\n");
    let write = |name: &str, body: &str| fs::write(folder.path().join("lists").join(name), body).expect("a file");
    fs::create_dir(folder.path().join("lists")).expect("a folder");
    write("lists.def", "ports.lst:location:port\n");
    write("ports.lst", "Ventspils\tcc=LV\n");
    write(
        "ruler.jsonl",
        "{\"label\":\"ORG\",\"pattern\":[{\"LOWER\":\"grey\"},{\"LOWER\":\"heron\"}],\"id\":\"GH\"}\n",
    );
    write("more.jsonl", "{\"name\":\"@portnews\",\"type\":\"media\"}\n");
    write("actors.txt", "ILZE_KALNA_ [LVAGOV]\n");
    let records = records(folder.path(), &["--gazetteer", "org.lst", "--gazetteer", "lists"]);
    for (name, kind, list) in [
        ("Harbour Watch", "ORG", "user:org.lst"),
        ("Ventspils", "FAC", "user:ports.lst"),
        ("grey heron", "ORG", "user:ruler.jsonl"),
        ("@portnews", "ORG", "user:more.jsonl"),
        ("Ilze Kalna", "PERSON", "user:actors.txt"),
    ] {
        let found = entity(&records, name).unwrap_or_else(|| panic!("{name} is not found"));
        assert_eq!((&found["type"], &found["list"]), (&kind.into(), &list.into()), "{name}");
    }
}

#[test]
fn a_code_holds_on_the_day_of_the_article() {
    let actors = "ILZE_KALNA_\n\t[LVAELI <20190601]\n\t[LVAGOV 20190602-20230914]\n\t[LVAOPP >20230915]\n";
    let folder = folder("actors.txt", actors);
    for (day, code) in [("2018-01-01", "LVAELI"), ("2021-05-04", "LVAGOV"), ("2024-01-01", "LVAOPP")] {
        fs::write(folder.path().join("a.jsonl"), ARTICLE.replace("2021-05-04", day)).expect("a file");
        let records = records(folder.path(), &["--gazetteer", "actors.txt"]);
        let kalna = entity(&records, "Ilze Kalna").expect("a person");
        assert_eq!((&kalna["code"], &kalna["type"]), (&code.into(), &"PERSON".into()), "{day}");
        assert_eq!(kalna["country"], "LVA");
    }
}

#[test]
fn strings_are_found_inside_words_only_where_that_is_asked_for() {
    let folder = folder("own.tsv", "name\ttype\tcase\n.port\tORG\t\nHeron\tFAC\texact\n");
    let text = "The Heron met a heron and the Herons at ventspils.port on Sunday.";
    fs::write(folder.path().join("a.jsonl"), format!("{{\"id\":\"a\",\"text\":\"{text}\"}}\n")).expect("a file");
    let records = records(folder.path(), &["--gazetteer", "own.tsv"]);
    let spans = |name: &str| entity(&records, name).map(|e| e["mentions"].as_array().map_or(0, Vec::len));
    assert_eq!(spans("Heron"), Some(1));
    assert_eq!(spans(".port"), Some(1));
}

#[test]
fn lookup_tells_what_the_lists_know() {
    let folder = folder("own.tsv", LIST);
    let args = ["gazetteer", "lookup", "ventspils", "Harbour Watch", "Qwxyz", "--gazetteer", "own.tsv", "--json"];
    let output = dateline(folder.path(), &args, b"");
    let found: Vec<Value> = succeeded(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(found[0]["readings"][0]["list"], "user:own.tsv");
    assert_eq!(found[0]["readings"][0]["list_id"], "V1");
    assert_eq!(found[1]["readings"][0]["kind"], "ORG");
    assert!(found[2]["readings"].is_null() && found[2]["words"][0]["unlisted"] == true);

    let output = dateline(folder.path(), &["gazetteer", "lookup", "Jordan"], b"");
    let told = succeeded(&output);
    for part in ["country: Jordan", "list countries.tsv", "ranked by 9.0 = kind 9.0", "given name", "likely this place"]
    {
        assert!(told.contains(part), "{part} in\n{told}");
    }
    assert!(told.lines().all(|line| line.len() < 100), "it is narrow");

    let output = dateline(folder.path(), &["gazetteer", "lookup", "Jordan", "Angela Merkel", "--json"], b"");
    let found: Vec<Value> = succeeded(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let readings = found[0]["readings"].as_array().expect("readings");
    let shares: Vec<f64> = readings.iter().filter_map(|reading| reading["share"].as_f64()).collect();
    assert!(shares.len() == readings.len() && shares.is_sorted_by(|a, b| a >= b), "{shares:?}");
    for reading in readings {
        let parts = reading["score_parts"].as_object().expect("parts").values().filter_map(Value::as_f64);
        let off = parts.sum::<f64>() - reading["score"].as_f64().expect("a score");
        assert!(off.abs() < 0.02, "{reading}");
    }
    assert!(found[0]["words"][0]["name"].as_f64().is_some_and(|name| name > 0.9), "{}", found[0]["words"]);
    let noted = |found: &Value, list: &str, key: &str, value: &str| {
        found["notes"].as_array().is_some_and(|notes| notes.iter().any(|n| n["list"] == list && n[key] == value))
    };
    assert!(noted(&found[0], "former_places.tsv", "name", "Transjordan"), "{}", found[0]["notes"]);
    assert!(noted(&found[1], "holders.tsv", "office", "Chancellor"), "{}", found[1]["notes"]);
}

#[test]
fn stats_count_lists_words_and_bytes() {
    let folder = folder("own.tsv", LIST);
    let output = dateline(folder.path(), &["gazetteer", "stats", "--gazetteer", "own.tsv", "--json"], b"");
    let stats: Value = serde_json::from_str(succeeded(&output)).expect("JSON");
    let lists = stats["lists"].as_array().expect("lists");
    let own = lists.iter().find(|list| list["list"] == "user:own.tsv").expect("the user's list");
    assert_eq!((&own["entries"], &own["names"]), (&5.into(), &6.into()));
    let sections = stats["sections"].as_array().expect("sections");
    let bytes: u64 = sections.iter().filter_map(|section| section["bytes"].as_u64()).sum();
    assert_eq!(stats["bytes"].as_u64(), Some(bytes));
    let output = dateline(folder.path(), &["gazetteer", "stats"], b"");
    assert!(succeeded(&output).contains("given names"));
}

#[test]
fn check_tells_every_fault_with_its_line() {
    let head = "# what: ports\n# columns: name\tcc\tlat\n# source: own\n# licence: CC0-1.0\n# date: 2026-01-02\n";
    let folder = folder("ports.tsv", &format!("{head}Abo\tFI\t60.4\nRiga\tLV\t56.9\n"));
    let run = |path: &str| {
        let output = dateline(folder.path(), &["gazetteer", "check", path], b"");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(run("ports.tsv"), (Some(0), "1 list without a fault\n".into()));
    let faulty = format!(
        "{head}Riga\tLV\t96.9\nAbo\tfi\t60.4\nAbo \tFI\t60.4\nRiga\tLV\nA\u{30A}bo\tFI\t1\nÅbo\tFI\t60.4\nÅbo\tFI\tx\n"
    )
    .replace("# source: own", "# source: ");
    fs::write(folder.path().join("ports.tsv"), faulty).expect("a file");
    let (status, told) = run("ports.tsv");
    assert_eq!(status, Some(1));
    for fault in [
        "ports.tsv:3: the head says \"# source: \" instead of \"# source: …\"",
        "ports.tsv:6: lat lies between -90 and 90, not at 96.9",
        "ports.tsv:7: no code of two capitals in cc: \"fi\"",
        "ports.tsv:7: \"Abo\" stands behind \"Riga\": the rows are sorted by bytes",
        "ports.tsv:8: stray white space in name",
        "ports.tsv:9: expected 3 columns, found 2",
        "ports.tsv:10: not in Unicode's normal form C",
        "ports.tsv:12: \"Åbo, FI\" stands twice",
        "ports.tsv:12: lat is not a number: \"x\"",
    ] {
        assert!(told.contains(fault), "{fault} in\n{told}");
    }
    let many = "Riga\tlv\t56.9\n".repeat(25);
    fs::write(folder.path().join("ports.tsv"), format!("{head}{many}")).expect("a file");
    let (_, told) = run("ports.tsv");
    assert!(told.lines().count() < 25 && told.contains("ports.tsv: 29 faults more"), "{told}");
    fs::write(folder.path().join("own.tsv"), "name\ttype\nRiga\tharbour\n").expect("a file");
    let (status, told) = run("own.tsv");
    assert!(status == Some(1) && told.contains("own.tsv:2: unknown type"), "{told}");
}

#[test]
fn the_lists_that_come_with_the_program_are_without_a_fault() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = dateline(root, &["gazetteer", "check"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
}

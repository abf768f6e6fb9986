use super::{Relation, Row, Source, Types, Written, read};
use crate::dictionary::{Case, NameType};
use std::fmt::Write;
use std::path::Path;

/// The rows of a list on one line each, or its fault.
fn rows(file: &str, body: &str) -> Result<String, String> {
    rows_with(&Types::default(), Path::new(file), body)
}

fn rows_with(types: &Types, path: &Path, body: &str) -> Result<String, String> {
    let mut all = String::new();
    let mut take = |row: Row<'_>| {
        all += &told(&row);
        all.push('\n');
        Ok(())
    };
    read(&Source { path, body, types }, &mut take).map(|()| all.trim_end().to_owned()).map_err(|e| e.to_string())
}

/// What a row says, where that is not what every row says.
fn told(row: &Row<'_>) -> String {
    let mut told = String::new();
    let kind = row.kind.map_or("?", NameType::label);
    let _ = write!(told, "{}{kind} {}", if row.delete { "-" } else { "" }, row.name);
    for (name, relation) in &row.others {
        let _ = write!(told, " {}{name}", if *relation == Relation::Alias { "+" } else { "=" });
    }
    for (key, value) in
        [("subtype", &row.subtype), ("id", &row.id), ("code", &row.code), ("sector", &row.sector), ("cc", &row.country)]
    {
        if !value.is_empty() {
            let _ = write!(told, " {key}:{value}");
        }
    }
    if let Some((lat, lon)) = row.position {
        let _ = write!(told, " at:{lat},{lon}");
    }
    if row.weight != super::WEIGHT {
        let _ = write!(told, " weight:{}", row.weight);
    }
    match row.written {
        Written::AsNamed => {}
        Written::Case(Case::Any) => told += " any",
        Written::Case(Case::Capital) => told += " capital",
        Written::Case(Case::AllCapitals) => told += " capitals",
        Written::Exact => told += " exact",
    }
    if row.from.is_some() || row.to.is_some() {
        let day = |day: Option<i32>| day.map_or(String::new(), |day| day.to_string());
        let _ = write!(told, " {}..{}", day(row.from), day(row.to));
    }
    told
}

/// What each list reads as.
fn check(cases: &[(&str, &str, &str)]) {
    for (file, body, expected) in cases {
        assert_eq!(rows(file, body).as_deref(), Ok(*expected), "{file}:\n{body}");
    }
}

/// What each list is refused with: its file, line and a part of the reason.
fn refused(cases: &[(&str, &str, &str, &str)]) {
    for (file, body, place, reason) in cases {
        let fault = rows(file, body).expect_err(body);
        assert!(fault.starts_with(&format!("{place}: ")) && fault.contains(reason), "{fault}\nin {file}:\n{body}");
    }
}

#[test]
fn tab_separated_values() {
    check(&[
        (
            "a.tsv",
            "name\ttype\tid\tcc\taliases\tacronym\tsector\n\
             Harbour Watch\tORG\tO1\tLV\tThe Watch|Port Watch\tHW\tCOP\n\n# a comment\n-Riga\tGPE\n",
            "ORG Harbour Watch +The Watch +Port Watch =HW id:O1 sector:COP cc:LV\n-GPE Riga",
        ),
        (
            "org_ports.tsv",
            "name\tlat\tlon\tweight\tcase\tfrom\tto\nKuivastu\t58.57\t23.39\t0.4\texact\t2019\t2021-03\n",
            "ORG Kuivastu at:58.57,23.39 weight:40 exact 20190101..20210331",
        ),
        ("x.tsv", "# types: vessel=FAC\nname\ttype\nGrey Heron\tvessel\n", "FAC Grey Heron subtype:vessel"),
        ("x.tsv", "# types: stop=skip\nname\ttype\nmuch\tstop\nRiga\tcity\n", "GPE Riga subtype:city"),
        ("orgs.tsv", "# what: bodies\n# columns: name\tcc\nPort Board\tLV\n", "ORG Port Board cc:LV"),
        ("x.tsv", "\u{FEFF}name\ttype\r\nRiga\tGPE\r\n", "GPE Riga"),
    ]);
    refused(&[
        ("a.tsv", "name\tcolour\nRiga\tred\n", "a.tsv:1", "no column \"colour\" is known; the columns are name"),
        ("a.tsv", "name\tname\n", "a.tsv:1", "stands twice"),
        ("a.tsv", "Riga\tGPE\n", "a.tsv", "no line of column names"),
        ("a.tsv", "# columns: id\nR1\n", "a.tsv:1", "the column \"name\" is missing"),
        ("org.tsv", "name\tid\nRiga\tR1\tred\n", "org.tsv:2", "expected 2 columns, found 3"),
        ("org.tsv", "name\tid\n\tR1\n", "org.tsv:2", "the name is empty"),
        ("x.tsv", "name\tid\nRiga\tR1\n", "x.tsv:2", "nothing says what these names are"),
        (
            "x.tsv",
            "name\ttype\nRiga\tharbour\n",
            "x.tsv:2",
            "unknown type \"harbour\"; the types are PERSON, ORG, GPE, LOC",
        ),
        ("x.tsv", "# types: harbour=PORT\nname\ttype\n", "x.tsv", "\"PORT\" is no type; the types are PERSON"),
        ("x.tsv", "# types: harbour\nname\ttype\n", "x.tsv", "expected WORD=TYPE, such as vessel=FAC, not \"harbour\""),
        ("org.tsv", "name\tlat\tlon\nRiga\t91\t24\n", "org.tsv:2", "lat lies between -90 and 90"),
        ("org.tsv", "name\tlat\tlon\nRiga\t57\t181\n", "org.tsv:2", "lon lies between -180 and 180"),
        ("org.tsv", "name\tlat\tlon\nRiga\t57\n", "org.tsv:2", "lat and lon stand together"),
        ("org.tsv", "name\tlat\tlon\nRiga\tnorth\t24\n", "org.tsv:2", "lat is not a number: \"north\""),
        ("org.tsv", "name\tweight\nRiga\t12\n", "org.tsv:2", "weight lies between 0 and 1"),
        ("org.tsv", "name\tcase\nRiga\tupper\n", "org.tsv:2", "case is one of any, capital, capitals, exact"),
        ("org.tsv", "name\tsector\nRiga\tpolice\n", "org.tsv:2", "a sector is a code"),
        ("org.tsv", "name\tfrom\nRiga\tMay 2019\n", "org.tsv:2", "a date is written 2019"),
        ("org.tsv", "name\tfrom\nRiga\t2019-13\n", "org.tsv:2", "a date is written 2019"),
        ("org.tsv", "name\tfrom\tto\nRiga\t2019\t2018\n", "org.tsv:2", "the validity ends before it begins"),
    ]);
}

#[test]
fn one_name_a_line() {
    check(&[
        (
            "person.lst",
            "Ilze Kalna\n\n# a comment\nJana Novak # another\n-Anti\n",
            "PERSON Ilze Kalna\nPERSON Jana Novak\n-PERSON Anti",
        ),
        ("my_agencies.txt", "Harbour Watch\nC#\n", "ORG Harbour Watch subtype:agency\nORG C# subtype:agency"),
        ("names", "# type: FAC\nGrey Heron\n", "FAC Grey Heron"),
        ("drop.txt", "-Of\n", "-? Of"),
        ("empty.lst", "", ""),
    ]);
    refused(&[
        ("list.txt", "Riga\n", "list.txt:1", "begin the list with `# type: ORG`, or name the file org.txt"),
        ("org.lst", "Harbour Watch\nRiga\tcity\n", "org.lst:2", "a tab in a list of one name a line"),
        ("names.csv", "Riga;GPE\n", "names.csv", "a file that ends in .csv is no list"),
        ("x.txt", "# type: harbour\nRiga\n", "x.txt", "unknown type \"harbour\""),
    ]);
}

#[test]
fn json_lines() {
    check(&[
        (
            "a.jsonl",
            "{\"name\":\"Harbour Watch\",\"type\":\"ORG\",\"id\":7,\"aliases\":[\"The Watch\"],\"acronym\":\"HW\",\"lat\":57.4,\"lon\":21.6}\n\
             \n{\"delete\":\"Riga\"}\n{\"delete\":\"Riga\",\"type\":\"city\"}\n",
            "ORG Harbour Watch +The Watch =HW id:7 at:57.4,21.6\n-? Riga\n-GPE Riga",
        ),
        ("person.jsonl", "{\"name\":\"Ilze Kalna\",\"cc\":\"LV\",\"case\":\"any\"}\n", "PERSON Ilze Kalna cc:LV any"),
    ]);
    refused(&[
        ("a.jsonl", "{\"name\":\"Riga\"}\n", "a.jsonl:1", "the key \"type\" is missing"),
        ("a.jsonl", "{\"type\":\"ORG\"}\n", "a.jsonl:1", "the key \"name\" is missing"),
        ("a.jsonl", "{\"name\":\"A\",\"delete\":\"B\",\"type\":\"ORG\"}\n", "a.jsonl:1", "not both"),
        (
            "a.jsonl",
            "{\"name\":\"A\",\"alias\":[\"B\"],\"type\":\"ORG\"}\n",
            "a.jsonl:1",
            "no key \"alias\" is known; the keys are",
        ),
        (
            "a.jsonl",
            "{\"name\":\"A\",\"aliases\":[1],\"type\":\"ORG\"}\n",
            "a.jsonl:1",
            "\"aliases\" is no list of strings",
        ),
        ("a.jsonl", "{\"name\":[\"A\"],\"type\":\"ORG\"}\n", "a.jsonl:1", "\"name\" is no string"),
        (
            "a.jsonl",
            "{\"name\":\"A\",\"type\":\"ORG\",\"lat\":\"57\",\"lon\":2}\n",
            "a.jsonl:1",
            "\"lat\" is not a number",
        ),
        ("a.jsonl", "{\"name\":\"A\",\"type\":\"ORG\",\"lat\":57}\n", "a.jsonl:1", "lat and lon stand together"),
        ("a.jsonl", "{\"name\":\"A\",\"type\":\"ORG\"}\n{\"name\"\n", "a.jsonl:2", "no JSON"),
        ("a.jsonl", "{\"name\":\"A\",\"type\":\"ORG\"}\n[1]\n", "a.jsonl:2", "expected a JSON object"),
        ("a.json", "[{\"name\":\"A\"}]\n", "a.json", "one JSON array"),
        ("a.jsonl", "Riga\n", "a.jsonl", "no line of this list is a JSON object"),
    ]);
}

#[test]
fn patterns_of_an_entity_ruler() {
    check(&[
        (
            "patterns.jsonl",
            "{\"label\":\"ORG\",\"pattern\":\"Harbour Watch\",\"id\":\"HW\"}\n\
             {\"label\":\"ORG\",\"pattern\":[{\"LOWER\":\"anti\"},{\"ORTH\":\"-\"},{\"LOWER\":\"piracy\"},{\"LOWER\":{\"IN\":[\"force\",\"unit\"]}}]}\n\
             {\"label\":\"GPE\",\"pattern\":[{\"LOWER\":\"new\",\"OP\":\"?\"},{\"LOWER\":\"riga\"}]}\n",
            "ORG Harbour Watch id:HW\nORG anti-piracy force +anti-piracy unit\nGPE riga +new riga any",
        ),
        (
            "p.jsonl",
            "{\"label\":\"PERSON\",\"pattern\":[{\"TEXT\":\"O\"},{\"TEXT\":\"'\"},{\"TEXT\":\"Dell\"}]}\n",
            "PERSON O'Dell",
        ),
    ]);
    let refuses = |pattern: &str, reason: &str| {
        let line = format!("{{\"label\":\"ORG\",\"pattern\":{pattern}}}\n");
        refused(&[("p.jsonl", &line, "p.jsonl:1", reason)]);
    };
    refuses("[{\"LEMMA\":\"watch\"}]", "LEMMA is not supported");
    refuses("[{\"POS\":\"NOUN\"},{\"LOWER\":\"watch\"}]", "POS is not supported");
    refuses("[{\"TEXT\":{\"REGEX\":\"^W\"}}]", "TEXT with REGEX is not supported");
    refuses("[{\"LOWER\":\"a\",\"OP\":\"+\"}]", "OP \"+\" is not supported");
    refuses("[{}]", "fits any word");
    refuses("[{\"OP\":\"?\"}]", "fits any word");
    refuses("[7]", "a token of a pattern is an object");
    refuses("[{\"LOWER\":7}]", "LOWER with what is no string is not supported");
    refuses("[{\"LOWER\":{\"IN\":7}}]", "LOWER with IN without a list is not supported");
    refuses("[{\"LOWER\":{\"IN\":[7]}}]", "LOWER with IN of what is no string is not supported");
    refuses("7", "neither a string nor a list");
    refuses("\"\"", "holds no word");
    let many = "{\"LOWER\":{\"IN\":[\"a\",\"b\",\"c\",\"d\"]}},".repeat(6);
    refuses(&format!("[{}]", many.trim_end_matches(',')), "more than 1000 names");
    refused(&[
        ("p.jsonl", "{\"pattern\":\"Riga\"}\n", "p.jsonl:1", "the key \"label\" is missing"),
        ("p.jsonl", "{\"label\":\"PRODUCT\",\"pattern\":\"Heron\"}\n", "p.jsonl:1", "unknown type \"PRODUCT\""),
    ]);
    let mut types = Types::default();
    types.add("PRODUCT=FAC").expect("a pair");
    let line = "{\"label\":\"PRODUCT\",\"pattern\":\"Heron\"}\n";
    assert_eq!(rows_with(&types, Path::new("p.jsonl"), line).as_deref(), Ok("FAC Heron subtype:PRODUCT"));
}

#[test]
fn lists_of_gate() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, body: &str| {
        std::fs::write(folder.path().join(name), body).expect("a file");
        folder.path().join(name)
    };
    write("ports.lst", "Kuivastu\tcc=EE\tlat=58.57\tlon=23.39\nRohuküla & Co\n-Riga\n");
    write("bodies.lst", "Harbour Watch&id=HW&colour=blue\nA&B\n");
    let def = write("lists.def", "ports.lst:location:port\nbodies.lst:organization::en:Org\n");
    let body = std::fs::read_to_string(&def).expect("the list");
    assert_eq!(
        rows_with(&Types::default(), &def, &body).as_deref(),
        Ok("FAC Kuivastu subtype:port cc:EE at:58.57,23.39\nFAC Rohuküla & Co subtype:port\n-FAC Riga\n\
            ORG Harbour Watch id:HW\nORG A&B")
    );
    let files = super::files(folder.path()).expect("a list");
    assert_eq!(files, std::slice::from_ref(&def), "what lists.def names is read through it");
    for (def_body, list, reason) in [
        ("ports.lst\n", "", "lists.def:1: expected file.lst:major"),
        ("none.lst:person\n", "", "lists.def:1: "),
        ("ports.lst:stop\n", "", "lists.def:1: unknown type \"stop\""),
        ("ports.lst:person\n", "Ilze Kalna\tfemale\n", "ports.lst:1: a feature is written key=value"),
        ("ports.lst:city\n", "Riga\nRiga\tlat=north\tlon=1\n", "ports.lst:2: lat is not a number"),
        ("ports.lst:city\n", "Riga\tlat=100\tlon=1\n", "ports.lst:1: lat lies between"),
        ("ports.lst:city\n", "Riga\tlon=1\n", "ports.lst:1: lat and lon stand together"),
        ("ports.lst:org\n", "Harbour Watch\tsector=police\n", "ports.lst:1: a sector is a code"),
    ] {
        write("ports.lst", list);
        let fault = rows_with(&Types::default(), &def, def_body).expect_err(def_body);
        assert!(fault.contains(reason), "{fault}");
    }
}

#[test]
fn actors_of_petrarch() {
    let list = "\
<!-- notes
 [USA] -->
HARBOUR_WATCH_ [LVACOP]  # a comment
+WATCH_OF_THE_HARBOUR_

ILZE_KALNA_
+MINISTER_KALNA
\t[LVAELI <20190601]
\t[LVAGOV 20190601-20230914]
\t[LVAELI >230914]
; another comment
HWA [IGO]
";
    check(&[(
        "actors.txt",
        list,
        "? Harbour Watch +Watch of the Harbour code:LVACOP sector:COP\n\
         ? Ilze Kalna +Minister Kalna code:LVAELI sector:ELI ..20190601\n\
         ? Ilze Kalna +Minister Kalna code:LVAGOV sector:GOV 20190601..20230914\n\
         ? Ilze Kalna +Minister Kalna code:LVAELI sector:ELI 20230914..\n\
         ? HWA code:IGO",
    )]);
    refused(&[
        ("a.txt", "A_B [LVAGOV]\n\nC_D\nE_F [LVA]\n", "a.txt:3", "the entry has no code"),
        ("a.txt", "+A_B [LVAGOV]\n", "a.txt:1", "none stands above it"),
        ("a.txt", "A_B [LVAGOV]\nC_D [LVAGOV\n", "a.txt:2", "a bracket is not closed"),
        ("a.txt", "A_B [LVAGOV 2019]\n", "a.txt:1", "a date is written 20191231"),
        ("a.txt", "A_B [LVAGOV 20191301-20200101]\n", "a.txt:1", "a date is written"),
        ("a.txt", "A_B [LVAGOV 20200101-20190101]\n", "a.txt:1", "the validity ends before it begins"),
        ("a.txt", "A_B [LVAGOV] more\n", "a.txt:1", "stands behind the code"),
        ("a.txt", "MINISTER_ {MINISTERS} [~GOV]\n", "a.txt:1", "agents file"),
        ("a.txt", "A_B [LVAGOV]\nMINISTER_ {MINISTERS}\n", "a.txt:2", "agents file"),
        ("a.txt", "A_B [LVAGOV]\nC_D [gov]\n", "a.txt:2", "a code is made of capitals"),
        ("a.txt", "_ [LVAGOV]\n", "a.txt:1", "the name is empty"),
    ]);
}

#[test]
fn a_folder_means_every_list_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let fault = super::files(folder.path()).expect_err("nothing is in it").to_string();
    assert!(fault.contains("no list in this folder"), "{fault}");
    for name in ["b.tsv", "a.lst", "notes.md", ".hidden.tsv"] {
        std::fs::write(folder.path().join(name), "").expect("a file");
    }
    let names: Vec<_> = super::files(folder.path())
        .expect("two lists")
        .into_iter()
        .map(|f| f.file_name().expect("a name").to_owned())
        .collect();
    assert_eq!(names, ["a.lst", "b.tsv"]);
}

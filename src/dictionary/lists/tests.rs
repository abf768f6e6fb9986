use super::*;
use crate::dictionary::{Dictionary, Image};
use std::fs;

const HEAD: [&str; 5] = ["# what: places", "# columns: ", "# source: none", "# licence: CC0-1.0", "# date: 2026-01-31"];
const PLACES: &str = "name\tcc\tadm1\tlat\tlon\tpopulation\tfcode\tgeonameid\taliases";

/// A list with a head.
fn list(columns: &str, rows: &[&str]) -> String {
    let mut head = HEAD.map(str::to_owned);
    head[1] += columns;
    head.iter().map(String::as_str).chain(rows.iter().copied()).flat_map(|line| [line, "\n"]).collect()
}

/// Reads a folder that holds some files, and the index when none of them is it.
fn read(files: &[(&str, &[u8])]) -> Result<Image> {
    let folder = tempfile::tempdir().expect("a folder for passing files");
    fs::write(folder.path().join("index.toml"), "").expect("it can be written");
    for (name, body) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("it can be made");
        fs::write(path, body).expect("it can be written");
    }
    let mut builder = Builder::new();
    read_folder(folder.path(), &mut builder)?;
    builder.finish()
}

/// What is said of a folder with one broken list: the line and the reason.
fn refusal(name: &str, body: &[u8]) -> String {
    let error = read(&[(name, body)]).expect_err(&format!("{name} is broken: {}", String::from_utf8_lossy(body)));
    let text = error.to_string();
    let (_, told) = text.split_once(name).unwrap_or_else(|| panic!("{text} names {name}"));
    told.trim_start_matches(':').to_owned()
}

#[test]
fn every_fault_of_a_list_is_told_with_its_line() {
    const RIGA: &str = "Riga\tLV\t\t56.9\t24.1\t600000\tPPLC\t456172\t";
    let whole = list(PLACES, &[RIGA]);
    let places = |row: &str| list(PLACES, &[row]);
    for (body, line, reason) in [
        (String::new(), 1, "the head says"),
        (whole.trim_end_matches('\n').to_owned(), 6, "the last line does not end"),
        (whole.replace("# what: places", "# What: places"), 1, "the head says"),
        (whole.replace("# what: places\n", ""), 1, "the head says"),
        (whole.replace("# source: none\n", "# source: \n"), 3, "the head says"),
        (whole.replace("# licence: CC0-1.0\n", ""), 4, "the head says"),
        (whole.replace("2026-01-31", "2026-13-31"), 5, "is no date"),
        (whole.replace("2026-01-31", "January"), 5, "is no date"),
        (whole.replace("\tcc\t", "\tcountry\t"), 2, "\"cc\" is not in its place"),
        (whole.replace("\taliases", "\taliases\tmore"), 2, "nothing reads \"more\""),
        (list("name\tcc", &["Riga\tLV"]), 2, "\"adm1\" is not in its place"),
        (places("Riga\tLV"), 6, "expected 9 columns, found 2"),
        (list(PLACES, &[RIGA, ""]), 7, "expected 9 columns, found 1"),
        (places("Riga \tLV\t\t56.9\t24.1\t1\tPPL\t1\t"), 6, "stray white space in"),
        (places("Riga\tLV\t\t56.9\t24.1\t1\tPPL\t1\t\r"), 6, "stray white space in"),
        (places("Riga\tLV\t\t56.9\t24.1\t1\tPPL\t1\tRīga||Rigo"), 6, "an empty value between bars in aliases"),
        (places("Riga\tLV\t\t56.9\t24.1\t1\tPPL\t1\tRīga|"), 6, "an empty value between bars in aliases"),
        (places("\tLV\t\t56.9\t24.1\t1\tPPL\t1\t"), 6, "nothing in the first column"),
        (places("Ri\u{304}ga\tLV\t\t56.9\t24.1\t1\tPPL\t1\t"), 6, "normal form C"),
        (list(PLACES, &[RIGA, &RIGA.replace("Riga", "Oslo")]), 7, "\"Oslo\" stands behind \"Riga\""),
        (list(PLACES, &[RIGA, &RIGA.replace("456172", "7"), RIGA]), 8, "\"Riga, 456172\" stands twice"),
        (places("Riga\tLV\t\t56.9\t24.1\tmany\tPPL\t1\t"), 6, "population is not a number: \"many\""),
        (places("Riga\tLV\t\t56.9\t24.1\t5000000000\tPPL\t1\t"), 6, "population lies between 0 and"),
        (places("Riga\tLV\t\t56.9\t24.1\t1\tPPL\t-1\t"), 6, "geonameid lies between 1 and"),
        (places("Riga\tLV\t\tnorth\t24.1\t1\tPPL\t1\t"), 6, "lat is not a number"),
        (places("Riga\tLV\t\t90.1\t24.1\t1\tPPL\t1\t"), 6, "lat lies between -90 and 90, not at 90.1"),
        (places("Riga\tLV\t\t56.9\t-180.5\t1\tPPL\t1\t"), 6, "lon lies between -180 and 180, not at -180.5"),
        (places("Riga\tLV\t\tNaN\t24.1\t1\tPPL\t1\t"), 6, "lat lies between -90 and 90, not at NaN"),
        (places("Riga\tLV\t\t56.9\t\t1\tPPL\t1\t"), 6, "a latitude without a longitude"),
        (places("Riga\tLV|EE\t\t56.9\t24.1\t1\tPPL\t1\t"), 6, "\"LV|EE\" is more than one country"),
        (places("Riga\tlv\t\t56.9\t24.1\t1\tPPL\t1\t"), 6, "no code of two capitals in cc: \"lv\""),
        (places("Riga\tLVA\t\t56.9\t24.1\t1\tPPL\t1\t"), 6, "no code of two capitals in cc: \"LVA\""),
    ] {
        let told = refusal("places.tsv", body.as_bytes());
        assert!(
            told.starts_with(&format!("{line}: ")) && told.contains(reason),
            "{told:?} instead of {line}: {reason}"
        );
    }
    let told = refusal("places.tsv", &[whole.as_bytes(), b"R\xE9union\n"].concat());
    assert_eq!(told, "7: not UTF-8");
}

#[test]
fn what_a_list_may_say_is_checked() {
    for (name, columns, row, reason) in [
        ("regions.tsv", "name kind iso_or_source aliases", "Sahel|SEA||", "\"SEA\" is no kind: those are GPE, LOC"),
        ("titles.tsv", "title class sector", "Doctor|rank|", "\"rank\" is no class"),
        ("particles.tsv", "particle kind", "van|middle", "\"middle\" is no kind"),
        ("org_heads.tsv", "word kind sector", "Bank|whole|", "\"whole\" is no kind"),
        ("bigrams.tsv", "bigram count", "alone|1", "a bigram is two words"),
        ("given.tsv", "name weight sex countries", "Ilze|heavy|f|LV", "weight is not a number"),
        ("given.tsv", "name weight sex countries", "Ilze|300|f|LV", "weight lies between 0 and 15, not at 300"),
        ("name_suffixes.tsv", "suffix min_stem", "bayev|long", "min_stem is not a number"),
        ("vocabulary/a.tsv", "word class value", "seven|FIGURE|7", "no class \"FIGURE\""),
        ("vocabulary/a.tsv", "word class value", "forty-two|NUMBER|42", "\"forty-two\" is not one word"),
        ("rules/events.tsv", "rule forms", "a.b|go", "\"go\" has no forms"),
        (
            "holders.tsv",
            "name office cc from to aliases",
            "Ilze Kalna|minister|Latvia|||",
            "no code of two capitals in cc: \"Latvia\"",
        ),
        ("holders.tsv", "name office cc from to aliases", "Ilze Kalna|minister|LV|May||", "a date is written 2019"),
        (
            "holders.tsv",
            "name office cc from to aliases",
            "Ilze Kalna|minister|LV|2003|2001-05|",
            "the validity ends before it begins",
        ),
        ("holidays.tsv", "name date cc aliases", "Fair|13-01||", "\"13-01\" is no date of a holiday"),
        ("holidays.tsv", "name date cc aliases", "Fair|6thu-11||", "is no date of a holiday"),
        ("holidays.tsv", "name date cc aliases", "Fair|easter+x||", "is no date of a holiday"),
        ("holidays.tsv", "name date cc aliases", "Fair|days 2001 1301||", "is no date of a holiday"),
        ("former_places.tsv", "name now cc kind geonameid from to", "Old|New|LV|town|||", "\"town\" is no kind"),
        ("former_places.tsv", "name now cc kind geonameid from to", "Old|New|LV|city|7||", "no list has \"New\""),
        ("former_places.tsv", "name now cc kind geonameid from to", "Old|New|LV|city||x|", "a date is written 2019"),
    ] {
        let told = refusal(name, list(&columns.replace(' ', "\t"), &[&row.replace('|', "\t")]).as_bytes());
        assert!(told.starts_with("6: ") && told.contains(reason), "{name}: {told:?} instead of {reason:?}");
    }
}

#[test]
fn the_index_and_the_folder_agree() {
    let error = read(&[("index.toml", b"[[list]]\nfile = \"places.tsv\"\n")]).expect_err("it is not there");
    assert!(error.to_string().contains("places.tsv"), "{error}");
    let error = read(&[("index.toml", b"[[list]]\nfile = \"plants.tsv\"\n")]).expect_err("nothing reads it");
    assert!(error.to_string().ends_with("index.toml:2: nothing reads the list \"plants.tsv\""), "{error}");
    assert!(read(&[]).is_ok(), "a list that is not named may be missing");
}

#[test]
fn names_and_texts_come_through() {
    let image = read(&[
        (
            "countries.tsv",
            list(
                "cc\tiso3\tname\tofficial\tcapital\tpopulation\tlat\tlon\tgeonameid\taliases",
                &["LV\tLVA\tLatvia\tRepublic of Latvia\tRiga\t1900000\t57\t25\t458258\t"],
            )
            .as_bytes(),
        ),
        ("places.tsv", list(PLACES, &["Daugavpils\tLV\t\t55.8833\t26.5333\t80000\tPPLA\t460413\t"]).as_bytes()),
        (
            "physical.tsv",
            list("name\tkind\tlat\tlon\taliases", &["Baltic Sea\tsea\t58\t20\t", "Gauja\triver\t\t\tGauja River"])
                .as_bytes(),
        ),
        (
            "former_places.tsv",
            list(
                "name\tnow\tcc\tkind\tgeonameid\tfrom\tto",
                &["Dvinsk\tDaugavpils\tLV\tcity\t460413\t1893\t1920", "Livland\tLatvia\tLV\tcountry\t\t\t"],
            )
            .as_bytes(),
        ),
        (
            "holidays.tsv",
            list(
                "name\tdate\tcc\taliases",
                &[
                    "Easter Monday\teaster+1\t\t",
                    "Eid\tdays 2001 1216 1205 - 1124+1\t\t",
                    "Midsummer\t06-24\tLV|EE\tJāņi",
                    "Spring Holiday\tlastmon-05\tGB\t",
                    "Thanksgiving\t4thu-11\tUS\t",
                ],
            )
            .as_bytes(),
        ),
    ])
    .expect("the lists are sound");
    let dictionary = Dictionary::open(&image).expect("it was just made");
    let meant = |name: &str| {
        let surface = (0..dictionary.surface_count() as u32).map(|s| dictionary.surface(s)).find(|s| s.text == name);
        let reading = surface.unwrap_or_else(|| panic!("{name} is a name")).readings[0];
        (dictionary.entry(reading.entry()), reading.alias())
    };
    let (sea, alias) = meant("Baltic Sea");
    assert_eq!((sea.kind, sea.position, alias), (Kind::Physical, Some([580_000, 200_000]), 0));
    assert_eq!(meant("Gauja River").0.position, None);
    assert_eq!((meant("Dvinsk").0.name, meant("Dvinsk").1), ("Daugavpils", 1));
    assert_eq!(meant("Livland").0.name, "Latvia");
    assert!(dictionary.text("former_places").is_some_and(|rows| rows.starts_with("Dvinsk\tDaugavpils\t")));
    assert_eq!(dictionary.text("holidays").map(|rows| rows.lines().count()), Some(5));
    assert_eq!(dictionary.text("holders"), None);
}

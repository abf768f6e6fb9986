//! Sentences as the news writes them, each with what is to be found.

use super::*;
use crate::segment::{Part, Sentence};
use crate::token::{Tokens, form};

fn dictionary() -> Dictionary<'static> {
    Dictionary::open(crate::gazetteer::shipped()).expect("the shipped lists open")
}

fn find(text: &str, published: Option<&str>) -> Vec<(String, String)> {
    find_preferring(Prefer::Nearest, text, published)
}

fn find_preferring(prefer: Prefer, text: &str, published: Option<&str>) -> Vec<(String, String)> {
    find_reading(Reading { prefer, ..Reading::default() }, text, published)
}

fn find_reading(reading: Reading, text: &str, published: Option<&str>) -> Vec<(String, String)> {
    let dictionary = dictionary();
    let reader = TimeReader::new(&dictionary).reading(reading);
    let mut tokens = Tokens::default();
    tokens.tokenize(text);
    dictionary.annotate(&mut tokens);
    let sentence = Sentence { first: 0, end: tokens.len() as u32, paragraph: 0, part: Part::Body };
    let mut out = Vec::new();
    let reference = Reference { published: published.and_then(parse_published).map(|p| p.0), dateline: None };
    reader.read(text, &tokens, &[sentence].into_iter().collect(), reference, &mut Scratch::default(), &mut out);
    out.iter()
        .map(|e| {
            let span = tokens[e.first as usize].start as usize..tokens[e.end as usize - 1].end as usize;
            (text[span].to_string(), e.value.to_string())
        })
        .collect()
}

/// The article is of Wednesday, 13 March 2024.
fn check(cases: &[(&str, &[(&str, &str)])]) {
    let mut wrong = String::new();
    for (text, expected) in cases {
        let found = find(text, Some("2024-03-13"));
        let expected: Vec<_> = expected.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        if found != expected {
            wrong += &format!("\n{text}\n   found {found:?}\nexpected {expected:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn full_dates() {
    check(&[
        ("RIGA, 9 May 2021 (ABC): Trade grew.", &[("9 May 2021", "2021-05-09")]),
        ("On May 9, 2021, trade grew.", &[("May 9, 2021", "2021-05-09")]),
        ("Posted 11th Aug, 2020 by staff", &[("11th Aug, 2020", "2020-08-11")]),
        ("Updated Wed., Aug. 12, 2020 in Riga", &[("Wed., Aug. 12, 2020", "2020-08-12")]),
        (
            "date 2020-08-11 and 2020-08-11T10:00",
            &[("2020-08-11", "2020-08-11"), ("2020-08-11T10:00", "2020-08-11T10:00")],
        ),
        ("signed 21/08/2020, ended 08/21/2020", &[("21/08/2020", "2020-08-21"), ("08/21/2020", "2020-08-21")]),
        ("Saturday, 15 August 2020", &[("Saturday, 15 August 2020", "2020-08-15")]),
        ("It opened on the 19th of October 1950.", &[("19th of October 1950", "1950-10-19")]),
        ("There is no 2021-02-30.", &[]),
    ]);
}

#[test]
fn parts_of_a_date() {
    check(&[
        ("The law passed in July 2019.", &[("July 2019", "2019-07")]),
        ("The vote is on Oct. 3.", &[("Oct. 3", "2023-10-03")]),
        ("They met on March 3-5 in Oslo.", &[("March 3", "2024-03-03"), ("5", "2024-03-05")]),
        ("from 3 to 5 May they talk", &[("3", "2024-05-03"), ("5 May", "2024-05-05")]),
        ("It closed in 2019 and reopened in the 1990s style.", &[("2019", "2019"), ("1990s", "199")]),
        (
            "Sales in Q3 2022 and the third quarter of 2021",
            &[("Q3 2022", "2022-Q3"), ("third quarter of 2021", "2021-Q3")],
        ),
        ("in the first half of 2023", &[("first half of 2023", "2023-H1")]),
        ("in early March and mid-2023", &[("early March", "2024-03"), ("mid-2023", "2023")]),
        ("in the 19th century", &[("19th century", "18")]),
        (
            "the war of 1914-18 and 2019–2021, the 2009/10 season",
            &[("1914", "1914"), ("18", "1918"), ("2019", "2019"), ("2021", "2021"), ("2009/10", "2009/2010")],
        ),
        (
            "from 2004 to 2009 and from March to August 2011",
            &[("2004", "2004"), ("2009", "2009"), ("March", "2011-03"), ("August 2011", "2011-08")],
        ),
        ("It began in april 2017 and in march 2018.", &[("april 2017", "2017-04"), ("march 2018", "2018-03")]),
        ("by the end of November", &[("end of November", "2023-11")]),
        ("in the summer of 1979", &[("summer of 1979", "1979-SU")]),
    ]);
}

#[test]
fn counted_from_the_article() {
    check(&[
        ("He said on Monday it was done.", &[("Monday", "2024-03-11")]),
        ("He said on Wednesday it was done.", &[("Wednesday", "2024-03-13")]),
        ("The court will rule on Friday.", &[("Friday", "2024-03-15")]),
        ("Police said on Friday they will appeal.", &[("Friday", "2024-03-08")]),
        ("It will appeal, police said on Friday.", &[("Friday", "2024-03-08")]),
        ("last Friday and next Friday", &[("last Friday", "2024-03-08"), ("next Friday", "2024-03-15")]),
        (
            "today, yesterday and tomorrow",
            &[("today", "2024-03-13"), ("yesterday", "2024-03-12"), ("tomorrow", "2024-03-14")],
        ),
        (
            "last week, this month, next year",
            &[("last week", "2024-W10"), ("this month", "2024-03"), ("next year", "2025")],
        ),
        ("two days ago and three weeks ago", &[("two days ago", "2024-03-11"), ("three weeks ago", "2024-W08")]),
        ("a decade ago", &[("a decade ago", "2014")]),
        ("the day before yesterday", &[("day before yesterday", "2024-03-11")]),
        ("earlier this week and late last year", &[("earlier this week", "2024-W11"), ("late last year", "2023")]),
        ("on May 2, 2010; two days later he left", &[("May 2, 2010", "2010-05-02"), ("two days later", "2010-05-04")]),
        ("on 9 April 2003, and on 11 April again", &[("9 April 2003", "2003-04-09"), ("11 April", "2003-04-11")]),
        ("on Monday night", &[("Monday night", "2024-03-11TNI")]),
        ("It is to be held on Friday.", &[("Friday", "2024-03-15")]),
        ("Rain fell over the weekend.", &[("weekend", "2024-W10-WE")]),
        ("She resigned on Tuesday of last week.", &[("Tuesday of last week", "2024-03-05")]),
        ("the first Monday of October 2014", &[("first Monday of October 2014", "2014-10-06")]),
        ("the last day of the month", &[("last day of the month", "2024-03-31")]),
        ("the first day of the strike", &[]),
        ("two weeks after 3 May 2020", &[("two weeks after 3 May 2020", "2020-05-17")]),
        ("three days before yesterday", &[("three days before yesterday", "2024-03-09")]),
        ("three days before the storm", &[("three days", "P3D")]),
    ]);
}

#[test]
fn holidays() {
    check(&[
        ("on Good Friday and Easter Monday", &[("Good Friday", "2024-03-29"), ("Easter Monday", "2024-04-01")]),
        (
            "Thanksgiving 2014 and last Thanksgiving",
            &[("Thanksgiving 2014", "2014-11-27"), ("last Thanksgiving", "2023-11-23")],
        ),
        ("on New Year's Eve 2019", &[("New Year's Eve 2019", "2019-12-31")]),
        ("a week before Christmas Day, 2020", &[("a week before Christmas Day, 2020", "2020-12-18")]),
        ("Labor Day weekend, on the eve of war", &[("Labor Day", "2024-09-02")]),
        ("Black Friday sales, the Day of Judgment", &[]),
    ]);
}

#[test]
fn times_and_lengths() {
    check(&[
        (
            "from 8 in the morning to 3:20 in the afternoon",
            &[("8 in the morning", "2024-03-13T08:00"), ("3:20 in the afternoon", "2024-03-13T15:20")],
        ),
        ("killed 8 in the morning", &[]),
        ("at 10 a.m. on Monday", &[("10 a.m. on Monday", "2024-03-11T10:00")]),
        ("at 10:30 GMT", &[("10:30 GMT", "2024-03-13T10:30Z")]),
        ("on Monday at 6pm", &[("Monday at 6pm", "2024-03-11T18:00")]),
        ("a two-day visit for three years", &[("two-day", "P2D"), ("three years", "P3Y")]),
        ("within 48 hours", &[("48 hours", "PT48H")]),
        ("stayed for a week", &[("a week", "P1W")]),
        ("over the past five years", &[("past five years", "P5Y")]),
        ("two and a half years", &[("two and a half years", "P2.5Y")]),
    ]);
}

#[test]
fn what_only_looks_like_a_date() {
    check(&[
        ("They may march second to none.", &[]),
        ("Theresa May spoke of the March of Dimes.", &[]),
        ("A 45-year-old man and an 8-year-old girl", &[]),
        ("He paid $2000 for 2,019 shares and 1984 people came", &[]),
        ("The second conference sat in the sun.", &[]),
        ("Mon ami Jan Sat in Mar del Plata", &[]),
        ("They won 3-1; the score was 10-2.", &[]),
        ("Version 1.10.2024.5 costs 5.30", &[]),
        ("Call 555-1234 or 020 7946 0018.", &[]),
        ("March 3,000 miles", &[]),
        ("Every Friday and each Monday they pray.", &[]),
        ("The range is Q3 – Q1 (Q2 is the median).", &[]),
        ("children aged 10 years, at the age of four months", &[]),
    ]);
}

#[test]
fn without_a_date_nothing_is_guessed() {
    let found = |text| find(text, None);
    assert_eq!(found("on Thursday"), [("Thursday".into(), "XXXX-WXX-4".into())]);
    assert_eq!(found("on March 5"), [("March 5".into(), "XXXX-03-05".into())]);
    assert_eq!(found("last year"), [("last year".into(), "XXXX".into())]);
    assert_eq!(found("on 5 March 2020"), [("5 March 2020".into(), "2020-03-05".into())]);
}

#[test]
fn the_side_that_is_preferred() {
    // The article is of a Wednesday.
    let value = |prefer, text: &str| find_preferring(prefer, text, Some("2024-03-13")).pop().expect("a date").1;
    for (text, nearest, past, future) in [
        ("Doors open on Friday.", "2024-03-08", "2024-03-08", "2024-03-15"),
        ("Doors open on Wednesday.", "2024-03-13", "2024-03-13", "2024-03-13"),
        ("Doors open on 2 February.", "2024-02-02", "2024-02-02", "2025-02-02"),
        ("Doors open in May.", "2024-05", "2023-05", "2024-05"),
        ("Doors open on 2 February 2024.", "2024-02-02", "2024-02-02", "2024-02-02"),
        ("Doors opened last Friday.", "2024-03-08", "2024-03-08", "2024-03-08"),
        ("Doors will open on Friday.", "2024-03-15", "2024-03-15", "2024-03-15"),
    ] {
        assert_eq!(value(Prefer::Nearest, text), nearest, "{text}");
        assert_eq!(value(Prefer::Past, text), past, "{text}");
        assert_eq!(value(Prefer::Future, text), future, "{text}");
    }
}

#[test]
fn the_day_stands_first_where_it_may_and_is_asked_to() {
    let days = |day_first, text: &str| {
        find_reading(Reading { day_first, ..Reading::default() }, text, Some("2024-03-13"))
            .into_iter()
            .map(|(_, value)| value)
            .collect::<Vec<_>>()
    };
    let text = "It ran from 3/4/2024 to 5/14/2024 and on 2024-05-06, or since 10/11.";
    assert_eq!(days(false, text), ["2024-03-04", "2024-05-14", "2024-05-06", "2023-10-11"]);
    assert_eq!(days(true, text), ["2024-04-03", "2024-05-14", "2024-05-06", "2023-11-10"]);
}

#[test]
fn a_tale_counts_from_its_own_dates() {
    let values = |narrative| {
        let text =
            "In March 1950 they met. On 9 April they left, and three weeks later, in May, they fought on Friday.";
        let found = find_reading(Reading { narrative, ..Reading::default() }, text, Some("2024-03-13"));
        found.into_iter().map(|(_, value)| value).collect::<Vec<_>>()
    };
    assert_eq!(values(true), ["1950-03", "1950-04-09", "1950-04-30", "1950-05", "1950-04-28"]);
    assert_eq!(values(false).last().map(String::as_str), Some("2024-03-08"));
}

#[test]
fn what_is_vague_is_found_when_asked_for() {
    let vague = |text: &str| find_reading(Reading { vague: true, ..Reading::default() }, text, Some("2024-03-13"));
    for (text, expected) in [
        ("It is now shut.", &[("now", "PRESENT_REF")][..]),
        ("It was recently sold for years.", &[("recently", "PAST_REF"), ("years", "PXY")]),
        ("A weekly report on Monday", &[("weekly", "P1W"), ("Monday", "2024-03-11")]),
        ("for several weeks, every Friday", &[("several weeks", "PXW"), ("every Friday", "XXXX-WXX-5")]),
        ("each year and every two days", &[("each year", "P1Y"), ("every two days", "P2D")]),
        ("the Daily Herald and New Now, Soon and Sons", &[]),
        ("They left the port.", &[]),
    ] {
        let expected: Vec<_> = expected.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        assert_eq!(vague(text), expected, "{text}");
    }
    assert!(find("It is now shut for several weeks, every Friday.", None).is_empty());
}

/// Every word of time between neighbours of all sorts.
#[test]
fn nothing_is_lost_by_looking_first() {
    let dictionary = dictionary();
    let reader = TimeReader::new(&dictionary);
    let mut words: Vec<String> = (0..dictionary.word_count() as u32)
        .map(|w| dictionary.word_text(w))
        .filter(|w| dictionary.probe(crate::token::hash_folded(&w.to_lowercase())).0 & trigger::TRIGGER != 0)
        .flat_map(|w| [w.to_lowercase(), w[..1].to_uppercase() + &w[1..]])
        .collect();
    words.extend(["5", "24", "90s", "5th", "3Q", "Q3", "1999", "12,000", "½", "10am"].map(String::from));
    let before = ["", "the ", "a ", "in the ", "on ", "mid-", "$", "half a ", "last ", "two ", "May "];
    let behind = [
        "",
        " port",
        " ports",
        " of March",
        " of the year",
        " in May",
        " the 5th",
        " the first",
        " 5",
        " two weeks",
        "-day",
        " day ago",
        " years later",
        " and a half years",
        " through May",
        " thru 7 May",
        " and 7 May",
        " to 7 May",
        " to three years",
        " million years",
        " thousand years",
        " this week",
        " half of 2019",
        " p.m.",
        " o'clock",
        " GMT",
        ", 2019",
        ". The",
        ":30",
        "-7 May",
        " century",
        " quarter",
        " March",
        " Friday",
        " night",
        " old",
        "'s",
        " I",
        " p m",
        " hundred years",
        " before",
        " last year",
        " Eve",
        " days",
        " men",
        " from now",
        ".5 km",
        ".5 years",
        ",000 men",
        "-3 in",
        ". 5 May",
        "-end",
        " end",
        " past seven",
        " of 7 May",
        " B.C.",
        "' time",
        " back",
    ];
    let (mut tokens, mut open) = (Tokens::default(), Vec::new());
    for word in &words {
        for (before, behind) in before.iter().flat_map(|b| behind.iter().map(move |e| (b, e))) {
            let text = format!("{before}{word}{behind}");
            tokens.tokenize(&text);
            dictionary.annotate(&mut tokens);
            let whole = Sentence { first: 0, end: tokens.len() as u32, paragraph: 0, part: Part::Body };
            let sentences = [whole].into_iter().collect();
            let found = |open: &[u64]| {
                let mut found = Vec::new();
                reader.find(&text, &tokens, &sentences, open, &mut found);
                found
            };
            reader.lexicon.gate.open(&text, &tokens, &mut open);
            let all = tokens.sheets().iter().map(|s| s.marked(trigger::TRIGGER, form::DIGIT)).collect::<Vec<_>>();
            assert!(open.iter().zip(&all).all(|(open, all)| open & !all == 0), "{text}");
            assert_eq!(found(&open), found(&all), "{text}");
        }
    }
}

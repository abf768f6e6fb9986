use super::*;
use crate::normalize::Normalizer;
use crate::token::Tokens;
use proptest::prelude::*;

fn dictionary() -> Dictionary<'static> {
    Dictionary::open(crate::gazetteer::shipped()).expect("shipped")
}

fn sentences(text: &str) -> Vec<(Part, String)> {
    let dictionary = dictionary();
    let normalizer = Normalizer::new(&dictionary).expect("the shipped phrases");
    let (mut tokens, mut frame, mut out) = (Tokens::default(), Frame::default(), Sentences::default());
    tokens.tokenize(text);
    dictionary.annotate(&mut tokens);
    normalizer.frame(&dictionary, text, &tokens, &[], &mut frame);
    segment(&dictionary, text, &tokens, &frame, &mut out);
    out.iter()
        .map(|s| {
            let (first, last) = (&tokens[s.first as usize], &tokens[s.end as usize - 1]);
            (s.part, text[first.start as usize..last.end as usize].to_owned())
        })
        .collect()
}

#[test]
fn text_without_stops_is_cut_at_gaps() {
    let text = "goats and sheep ".repeat(1000);
    let found = sentences(&text);
    assert!(found.len() >= 5 && found.iter().all(|(_, s)| s.split(' ').count() <= LONGEST_SENTENCE));
    assert_eq!(found.iter().map(|(_, s)| s.as_str()).collect::<Vec<_>>().join(" "), text.trim_end());
}

/// The texts of tests/cases/sentences.txt, in which a bar stands for each end of a sentence.
#[test]
fn sentences_end_where_the_cases_say() {
    let mut wrong = Vec::new();
    for line in include_str!("../../tests/cases/sentences.txt").lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let case = line.replace("\\n", "\n");
        let expected: Vec<&str> = case.split('|').map(str::trim).collect();
        let found: Vec<String> = sentences(&case.replace('|', "")).into_iter().map(|(_, s)| s).collect();
        if found != expected {
            wrong.push(format!("{line}\n  found: {}", found.join(" | ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn stops_of_other_scripts_end_sentences() {
    assert_eq!(sentences("天气很好。我们走了。").len(), 2);
    assert_eq!(sentences("هل وصلوا؟ نعم وصلوا۔ ثم ذهبوا۔").len(), 3);
}

#[test]
fn a_dateline_stays_inside_the_first_sentence() {
    let found = sentences("MINSK. BELTA The ministers met on Monday. They talked.");
    assert_eq!(found[0].1, "MINSK. BELTA The ministers met on Monday.");
}

#[test]
fn an_open_quotation_mark_swallows_nothing() {
    let found = sentences("He said “no. She said yes. They left.");
    assert_eq!(found.len(), 3);
}

#[test]
fn wrapped_lines_are_joined_and_short_lines_are_not() {
    let wrapped = sentences(
        "The ministers met in the capital on\nMonday and signed the treaty that\nthey had discussed for years.",
    );
    assert_eq!(wrapped.len(), 1);
    let lines = sentences("The ministers met on Monday.\nThey signed a treaty.\nNobody spoke");
    assert_eq!(lines.len(), 3);
}

#[test]
fn parts_are_told_apart() {
    let text = " date 2024-02-03 Two ministers sign a border treaty\n\nQUITO, (Example News - 3rd Feb, 2024) The ministers signed the treaty on Saturday after two years of talks.\n\nA long way\n\nThe talks began in 2022.\n\nShare:";
    let parts: Vec<Part> = sentences(text).into_iter().map(|(p, _)| p).collect();
    use Part::{Body, Furniture, Header, Heading, Title};
    assert_eq!(parts, [Header, Title, Body, Heading, Body, Furniture]);
}

proptest! {
    #[test]
    fn sentences_tile_the_tokens(text in "([A-Z]?[a-z]{0,6}[.?!…)\"”’0-9 \n]{0,3}|date 2024-01-02 |Share:\n|U\\.S\\. |Acme Inc\\. |1\\. |a\\) |https?://a\\.b |1/2/2024 10:20 PM |[*_]{4,6} |Kind regards, |:-\\) |\\PC){0,60}") {
        let dictionary = dictionary();
        let normalizer = Normalizer::new(&dictionary).expect("the shipped phrases");
        let (mut tokens, mut frame, mut out) = (Tokens::default(), Frame::default(), Sentences::default());
        tokens.tokenize(&text);
        dictionary.annotate(&mut tokens);
        normalizer.frame(&dictionary, &text, &tokens, &[], &mut frame);
        segment(&dictionary, &text, &tokens, &frame, &mut out);
        let mut at = 0;
        for s in out.iter() {
            prop_assert_eq!(s.first, at);
            prop_assert!(s.end > s.first && s.range().len() <= LONGEST_SENTENCE);
            at = s.end;
        }
        prop_assert_eq!(at as usize, tokens.len());
        prop_assert!(out.windows(2).all(|w| w[0].paragraph <= w[1].paragraph));
    }
}

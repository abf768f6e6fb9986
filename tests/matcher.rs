//! The token matcher against a byte automaton.
//!
//! The oracle is aho-corasick's overlapping search over the folded names, cut to token boundaries and chosen
//! leftmost-longest among those written as their list asks. A plain leftmost-longest search will not do: it hides names
//! behind longer ones that begin inside a word.

use aho_corasick::{AhoCorasick, MatchKind};
use dateline::dictionary::compile::{Builder, NewEntry, folded_surface};
use dateline::dictionary::patch::{NewUser, Patch};
use dateline::dictionary::{Case, Dictionary, Kind, NameType};
use dateline::gazetteer::{self, Finder, Match};
use dateline::token::{Tokens, form};
use proptest::prelude::*;

/// An image begins at a multiple of eight bytes, which a vector of bytes does not promise.
fn aligned(image: &[u8]) -> Vec<u64> {
    let mut words = vec![0u64; image.len().div_ceil(8)];
    bytemuck::cast_slice_mut::<u64, u8>(&mut words)[..image.len()].copy_from_slice(image);
    words
}

struct Lists {
    image: Vec<u64>,
    names: Vec<(String, Case)>,
}

impl Lists {
    fn new(names: &[(&str, Case)]) -> Lists {
        let mut builder = Builder::new();
        for (name, case) in names {
            let entry = builder.add_entry(&NewEntry::new(name, Kind::City));
            builder.add_name(name, entry, *case, 0);
        }
        let image = aligned(&builder.finish().expect("the lists are sound"));
        Lists { image, names: names.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect() }
    }

    fn dictionary(&self) -> Dictionary<'_> {
        Dictionary::open(bytemuck::cast_slice(&self.image)).expect("an image just built")
    }
}

fn fold(text: &str) -> String {
    let mut tokens = Tokens::default();
    tokens.tokenize(text);
    folded_surface(text, &tokens)
}

/// What the byte automaton finds: first and last token of each name.
fn oracle(
    patterns: &[String],
    cases: &dyn Fn(usize) -> Case,
    dictionary: &Dictionary<'_>,
    text: &str,
) -> Vec<(u32, u32)> {
    let mut tokens = Tokens::default();
    tokens.tokenize(text);
    dictionary.annotate(&mut tokens);
    // The folded text, with the place of each token in it.
    let mut folded = String::new();
    let mut places = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        if i > 0 && token.form & form::SPACE != 0 {
            folded.push(' ');
        }
        let start = folded.len();
        folded.push_str(&folded_surface(text, &tokens[i..=i]));
        places.push((start, folded.len()));
    }
    let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns).expect("an automaton");
    let mut found: Vec<(u32, u32)> = automaton
        .find_overlapping_iter(&folded)
        .filter_map(|m| {
            let first = places.iter().position(|p| p.0 == m.start() && p.0 < p.1)?;
            let last = places.iter().rposition(|p| p.1 == m.end() && p.0 < p.1)?;
            let written = gazetteer::is_cased(&tokens[first..=last], cases(m.pattern().as_usize()));
            (first <= last && written).then_some((first as u32, last as u32 + 1))
        })
        .collect();
    found.sort_by_key(|&(first, end)| (first, std::cmp::Reverse(end)));
    let mut chosen = Vec::new();
    let mut from = 0;
    for (first, end) in found {
        if first >= from {
            chosen.push((first, end));
            from = end;
        }
    }
    chosen
}

fn matcher(dictionary: &Dictionary<'_>, text: &str) -> Vec<Match> {
    let mut tokens = Tokens::default();
    tokens.tokenize(text);
    dictionary.annotate(&mut tokens);
    let mut matches = Vec::new();
    Finder::default().find(dictionary, &tokens, &mut matches);
    matches
}

fn agree(lists: &Lists, text: &str) {
    agree_in(&lists.dictionary(), lists, text);
}

fn agree_in(dictionary: &Dictionary<'_>, lists: &Lists, text: &str) {
    let patterns: Vec<String> = lists.names.iter().map(|(n, _)| fold(n)).collect();
    let found: Vec<(u32, u32)> = matcher(dictionary, text).iter().map(|m| (m.first, m.end)).collect();
    // A string listed twice is read in the most permissive of its ways.
    let case = |i: usize| {
        let same = lists.names.iter().zip(&patterns).filter(|(_, p)| **p == patterns[i]);
        same.map(|((_, c), _)| *c).min().expect("the pattern itself")
    };
    assert_eq!(found, oracle(&patterns, &case, dictionary, text), "in {text:?}");
}

#[test]
fn a_name_is_not_hidden_behind_a_longer_one_inside_a_word() {
    let lists = Lists::new(&[("Ana Ro", Case::Capital), ("Rome", Case::Capital), ("na Rome", Case::Any)]);
    agree(&lists, "Ana Rome");
    assert_eq!(matcher(&lists.dictionary(), "Ana Rome").len(), 1);
}

#[test]
fn the_longest_name_wins_and_case_is_asked_for() {
    let lists = Lists::new(&[
        ("Port Vila", Case::Capital),
        ("Port", Case::Capital),
        ("WHO", Case::AllCapitals),
        ("chief of staff", Case::Any),
        ("Port Vila Harbour Board", Case::Capital),
    ]);
    for text in [
        "Port Vila Harbour",
        "a port vila",
        "Who asked the WHO?",
        "the Chief of Staff in Port",
        "PORT VILA HARBOUR BOARD",
    ] {
        agree(&lists, text);
    }
}

/// Words of few letters, so that names begin inside each other and end inside words often.
fn name() -> impl Strategy<Value = String> {
    proptest::collection::vec("[abAB]{1,3}|é|Ab|[.'-]|1", 1..4).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn the_matcher_finds_what_the_automaton_finds(
        names in proptest::collection::vec((name(), 0..3usize), 1..12),
        text in "[abAB1é .'\\-\n]{0,60}",
    ) {
        let cases = [Case::Any, Case::Capital, Case::AllCapitals];
        let names: Vec<(String, Case)> = names.into_iter()
            .map(|(n, c)| (n, cases[c]))
            .filter(|(n, _)| n.starts_with(char::is_alphanumeric))
            .collect();
        let borrowed: Vec<(&str, Case)> = names.iter().map(|(n, c)| (n.as_str(), *c)).collect();
        agree(&Lists::new(&borrowed), &text);
    }
}

/// A user's entry with a name of some case.
fn put_in(patch: &mut Patch, name: &str, case: Case) {
    let entry = patch
        .add_entry(&NewUser {
            list: "own.tsv",
            name,
            // Nothing of the builder's is of this type, so nothing is overridden.
            kind: NameType::Org,
            subtype: "",
            id: "7",
            code: "",
            sector: "",
            country: [0; 2],
            position: None,
            weight: 90,
            from: i32::MIN,
            to: i32::MAX,
        })
        .expect("there is room");
    patch.add_name(name, entry, case, 0, false).expect("it is a name");
}

proptest! {
    #[test]
    fn names_put_in_later_are_found_as_those_that_were_there(
        names in proptest::collection::vec((name(), 0..3usize), 1..40),
        cut in 0..40usize,
        text in "[abAB1é .'\\-\n]{0,60}",
    ) {
        let cases = [Case::Any, Case::Capital, Case::AllCapitals];
        let names: Vec<(String, Case)> = names.into_iter()
            .map(|(n, c)| (n, cases[c]))
            .filter(|(n, _)| n.starts_with(char::is_alphanumeric))
            .collect();
        let borrowed: Vec<(&str, Case)> = names.iter().map(|(n, c)| (n.as_str(), *c)).collect();
        let (before, later) = borrowed.split_at(cut.min(borrowed.len()));
        let before = Lists::new(before);
        let mut patch = Patch::new(&before.dictionary());
        for (name, case) in later {
            put_in(&mut patch, name, *case);
        }
        let parts = patch.finish();
        let all = Lists { image: aligned(&parts.to_image()), names: names.clone() };
        agree_in(&parts.dictionary(), &all, &text);
        agree(&all, &text);
        let dictionary = parts.dictionary();
        for word in 0..dictionary.word_count() as u32 {
            prop_assert!(!dictionary.word_text(word).is_empty());
        }
        // Taken out again, nothing of it is found.
        let mut patch = Patch::new(&dictionary);
        names.iter().for_each(|(name, _)| patch.delete(name, None));
        prop_assert_eq!(matcher(&patch.finish().dictionary(), &text), []);
    }
}

/// On text of the kind that the program reads, with all the shipped lists.
#[test]
fn the_shipped_lists_are_found_as_the_automaton_finds_them() {
    let dictionary = Dictionary::open(gazetteer::shipped()).expect("the shipped image");
    let (mut patterns, mut cases) = (Vec::new(), Vec::new());
    for surface in 0..dictionary.surface_count() as u32 {
        let surface = dictionary.surface(surface);
        patterns.push(fold(surface.text));
        cases.push(surface.case);
    }
    let mut texts: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples")).expect("the examples") {
        let path = entry.expect("an example").path();
        if path.extension().is_some_and(|e| e == "txt") {
            texts.push(std::fs::read_to_string(&path).expect("an example is text"));
        }
    }
    if let Some(shared) = std::env::var_os("DATELINE_SHARED") {
        let path = std::path::Path::new(&shared).join("eval/entities/gum_news.jsonl");
        for line in std::fs::read_to_string(&path).expect("the development set").lines() {
            let row: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
            texts.push(row["text"].as_str().expect("a text").to_owned());
        }
    }
    let text = texts.join("\n\n");
    let found: Vec<(u32, u32)> = matcher(&dictionary, &text).iter().map(|m| (m.first, m.end)).collect();
    assert!(found.len() > 20, "the examples hold names of the lists: {}", found.len());
    let expected = oracle(&patterns, &|i| cases[i], &dictionary, &text);
    assert!(
        found == expected,
        "matcher and automaton differ at {:?}",
        found.iter().zip(&expected).find(|(a, b)| a != b)
    );
}

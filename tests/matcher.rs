//! The token matcher against a byte automaton.
//!
//! The oracle is aho-corasick's overlapping search over the folded names, cut to token boundaries and chosen
//! leftmost-longest among those written as their list asks. A plain leftmost-longest search will not do: it hides names
//! behind longer ones that begin inside a word.

use aho_corasick::{AhoCorasick, MatchKind};
use dateline::Span;
use dateline::dictionary::compile::{Builder, NewEntry, folded_surface};
use dateline::dictionary::patch::{NewUser, Patch};
use dateline::dictionary::{Case, Dictionary, Image, Kind, NameType};
use dateline::gazetteer::{self, Finder, Found, Match, Search};
use dateline::token::{Tokens, form};
use proptest::prelude::*;

struct Lists {
    image: Image,
    names: Vec<(String, Case)>,
}

impl Lists {
    fn new(names: &[(&str, Case)]) -> Lists {
        let mut builder = Builder::new();
        for (name, case) in names {
            let entry = builder.add_entry(&NewEntry::new(name, Kind::City));
            builder.add_name(name, entry, *case, 0);
        }
        let image = builder.finish().expect("the lists are sound");
        Lists { image, names: names.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect() }
    }

    fn dictionary(&self) -> Dictionary<'_> {
        Dictionary::open(&self.image).expect("an image just built")
    }
}

fn fold(text: &str) -> String {
    let mut tokens = Tokens::default();
    tokens.tokenize(text);
    folded_surface(text, &tokens)
}

/// The byte automaton over folded names, and how each must be written.
struct Oracle {
    automaton: AhoCorasick,
    cases: Vec<Case>,
}

impl Oracle {
    fn new(patterns: &[String], cases: Vec<Case>) -> Oracle {
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns).expect("an automaton");
        Oracle { automaton, cases }
    }

    /// First token of each name in a text and the one behind its last.
    fn find(&self, dictionary: &Dictionary<'_>, text: &str) -> Vec<(u32, u32)> {
        let mut tokens = Tokens::default();
        tokens.tokenize(text);
        dictionary.annotate(&mut tokens);
        // The folded text, with the place of each token in it.
        let mut folded = String::new();
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for (i, token) in tokens.iter().enumerate() {
            if i > 0 && token.form & form::SPACE != 0 {
                folded.push(' ');
            }
            starts.push(folded.len());
            folded.push_str(&folded_surface(text, &tokens[i..=i]));
            ends.push(folded.len());
        }
        // Some tokens fold to nothing and end where the one before them does; they are no names.
        let first_at = |at: usize| {
            let mut same = starts.partition_point(|&s| s < at)..starts.partition_point(|&s| s <= at);
            same.find(|&i| ends[i] > at)
        };
        let last_at = |at: usize| {
            let same = ends.partition_point(|&e| e < at)..ends.partition_point(|&e| e <= at);
            same.rev().find(|&i| starts[i] < at)
        };
        let mut found: Vec<(u32, u32)> = self
            .automaton
            .find_overlapping_iter(&folded)
            .filter_map(|m| {
                let (first, last) = (first_at(m.start())?, last_at(m.end())?);
                let case = self.cases[m.pattern().as_usize()];
                let written = starts[first] == m.start()
                    && ends[last] == m.end()
                    && first <= last
                    && gazetteer::is_cased(&tokens[first..=last], case);
                written.then_some((first as u32, last as u32 + 1))
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
}

fn matcher(dictionary: &Dictionary<'_>, text: &str) -> Vec<Match> {
    let mut tokens = Tokens::default();
    tokens.tokenize(text);
    dictionary.annotate(&mut tokens);
    let mut matches = Vec::new();
    Finder::default().find(dictionary, &tokens, &mut matches);
    matches
}

/// What [`matcher`] finds, as the search of texts that are not cut tells it.
fn as_found(matches: &[Match], text: &str) -> Vec<Found> {
    let mut tokens = Tokens::default();
    tokens.tokenize(text);
    let span = |m: &Match| Span::new(tokens[m.first as usize].start, tokens[m.end as usize - 1].end);
    matches.iter().map(|m| Found { span: span(m), surface: m.surface }).collect()
}

fn agree(lists: &Lists, text: &str) {
    agree_in(&lists.dictionary(), lists, text);
}

fn agree_in(dictionary: &Dictionary<'_>, lists: &Lists, text: &str) {
    let patterns: Vec<String> = lists.names.iter().map(|(n, _)| fold(n)).collect();
    let matches = matcher(dictionary, text);
    let search = Search::new(dictionary).expect("there are few names");
    assert_eq!(search.seeker().find(text), as_found(&matches, text), "in {text:?}");
    let found: Vec<(u32, u32)> = matches.iter().map(|m| (m.first, m.end)).collect();
    // A string listed twice is read in the most permissive of its ways.
    let case = |pattern: &String| {
        let same = lists.names.iter().zip(&patterns).filter(|(_, p)| *p == pattern);
        same.map(|((_, c), _)| *c).min().expect("the pattern itself")
    };
    let oracle = Oracle::new(&patterns, patterns.iter().map(case).collect());
    assert_eq!(found, oracle.find(dictionary, text), "in {text:?}");
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

/// Fewer names than `most`, and how each must be written.
fn names(most: usize) -> impl Strategy<Value = Vec<(String, Case)>> {
    let case = proptest::sample::select(vec![Case::Any, Case::Capital, Case::AllCapitals]);
    proptest::collection::vec((name(), case), 1..most)
        .prop_map(|names| names.into_iter().filter(|(n, _)| n.starts_with(char::is_alphanumeric)).collect())
}

proptest! {
    #[test]
    fn the_matcher_finds_what_the_automaton_finds(
        names in names(12),
        text in "[abAB1é .'\\-\n]{0,60}",
    ) {
        let borrowed: Vec<(&str, Case)> = names.iter().map(|(n, c)| (n.as_str(), *c)).collect();
        agree(&Lists::new(&borrowed), &text);
    }
}

proptest! {
    /// Long words, all kinds of white space and symbols, characters beyond ASCII, and scripts without spaces.
    #[test]
    fn the_search_of_texts_finds_what_the_matcher_finds(
        names in proptest::collection::vec(
            ("([A-Za-z]{1,2}|[0-9]|Éa|ßa|ﬁ|½|Ab[a-d]{14,17})([ '.-]?([A-Za-z]{1,2}|[0-9]|é|Ab[a-d]{14,17})){0,3}",
                proptest::sample::select(vec![Case::Any, Case::Capital, Case::AllCapitals])),
            1..20,
        ),
        small in any::<bool>(),
        pieces in proptest::collection::vec((0..24usize, any::<prop::sample::Index>()), 0..80),
        other in "(\\PC|[A-Ca-c '’–\n]){0,30}",
    ) {
        let case = |case: Case| if small { case } else { case.max(Case::Capital) };
        let borrowed: Vec<(&str, Case)> = names.iter().map(|(n, c)| (n.as_str(), case(*c))).collect();
        let lists = Lists::new(&borrowed);
        let mut text = String::new();
        for (piece, name) in pieces {
            let name = name.get(&names).0.as_str();
            match piece {
                0..8 => text.push_str(name),
                8 => text.push_str(&name.to_uppercase()),
                9 => text.push_str(&name.to_lowercase()),
                10 => text.push_str(&name[..name.char_indices().nth(2).map_or(name.len(), |(at, _)| at)]),
                11 => text.push_str(&other),
                _ => text.push_str([" ", " ", " ", ", ", "'", "-", "\n", "\u{a0}", "’s ", "  ", "a", "漢"][piece - 12]),
            }
        }
        let dictionary = lists.dictionary();
        let search = Search::new(&dictionary).expect("there are few names");
        let mut seeker = search.seeker();
        prop_assert_eq!(seeker.find(&text), as_found(&matcher(&dictionary, &text), &text));
    }
}

#[test]
fn names_are_found_in_long_texts_and_by_one_seeker_in_many() {
    let lists = Lists::new(&[("Port Vila", Case::Capital), ("Vila", Case::Capital), ("Santo", Case::Capital)]);
    let dictionary = lists.dictionary();
    let search = Search::new(&dictionary).expect("there are few names");
    let mut seeker = search.seeker();
    for words in [20_000, 3, 0, 700, 70_000] {
        // Names that lie across the ends of blocks and of rounds.
        let text = ["Port Vila", "is", "far", "from", "Santo", "\n\n", "Port", "Vila,"].iter().cycle();
        let text = text.take(words).copied().collect::<Vec<_>>().join(" ");
        assert_eq!(seeker.find(&text), as_found(&matcher(&dictionary, &text), &text));
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
        names in names(40),
        cut in 0..40usize,
        text in "[abAB1é .'\\-\n]{0,60}",
    ) {
        let borrowed: Vec<(&str, Case)> = names.iter().map(|(n, c)| (n.as_str(), *c)).collect();
        let (before, later) = borrowed.split_at(cut.min(borrowed.len()));
        let before = Lists::new(before);
        let mut patch = Patch::new(&before.dictionary());
        for (name, case) in later {
            put_in(&mut patch, name, *case);
        }
        let parts = patch.finish();
        let all = Lists { image: parts.to_image(), names: names.clone() };
        agree_in(&parts.dictionary(), &all, &text);
        agree(&all, &text);
        let dictionary = parts.dictionary();
        for word in 0..dictionary.word_count() as u32 {
            prop_assert!(!dictionary.word_text(word).is_empty());
        }
        // Taken out again, nothing of it is found.
        let mut patch = Patch::new(&dictionary);
        names.iter().for_each(|(name, _)| patch.delete(name, None).expect("there is room"));
        prop_assert_eq!(matcher(&patch.finish().dictionary(), &text), []);
    }
}

/// Ten megabytes with all the shipped lists: names as they are listed, in capitals and in small letters, names cut short
/// behind one of their words, and the words of the examples, joined as dice fall.
#[test]
fn the_shipped_lists_are_found_as_the_automaton_finds_them() {
    const BYTES: usize = 10_000_000;
    const ARTICLE: usize = 10_000;
    let dictionary = Dictionary::open(gazetteer::shipped()).expect("the shipped image");
    let names: Vec<_> = (0..dictionary.surface_count() as u32).map(|s| dictionary.surface(s)).collect();
    let patterns: Vec<String> = names.iter().map(|name| fold(name.text)).collect();
    let oracle = Oracle::new(&patterns, names.iter().map(|name| name.case).collect());
    let search = Search::new(&dictionary).expect("the shipped lists hold no strings");
    let mut seeker = search.seeker();
    let examples = examples();
    let words: Vec<&str> = examples.split_inclusive([' ', '\n']).collect();
    let mut state = 5u64;
    let mut below = |n: usize| {
        state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        ((state >> 33) as usize) % n
    };
    let (mut read, mut found, mut article) = (0, 0, String::new());
    while read < BYTES {
        article.clear();
        while article.len() < ARTICLE {
            let at = below(words.len());
            let some = below(12);
            words[at..].iter().take(some).for_each(|word| article.push_str(word));
            let name = names[below(names.len())].text;
            match below(6) {
                0 => article.push_str(&name.to_uppercase()),
                1 => article.push_str(&name.to_lowercase()),
                2 => article.push_str(name.rsplit_once(' ').map_or(name, |(begin, _)| begin)),
                _ => article.push_str(name),
            }
            article.push_str([" ", " ", " ", ", ", ". ", "-", "'s ", "\n\n"][below(8)]);
        }
        let matches = matcher(&dictionary, &article);
        assert!(seeker.find(&article) == as_found(&matches, &article), "the searches differ in {article:?}");
        let own: Vec<(u32, u32)> = matches.iter().map(|m| (m.first, m.end)).collect();
        let expected = oracle.find(&dictionary, &article);
        assert!(
            own == expected,
            "matcher and automaton differ at {:?} in {article:?}",
            own.iter().zip(&expected).find(|(a, b)| a != b)
        );
        read += article.len();
        found += own.len();
    }
    assert!(found > BYTES / 100, "names were found: {found}");
}

/// The example articles, one behind the other.
fn examples() -> String {
    let mut paths: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples"))
        .expect("the examples")
        .map(|entry| entry.expect("an example").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("an example is text")).collect()
}

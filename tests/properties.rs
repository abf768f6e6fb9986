//! The laws of the stations, for random text.

use crate::records;
use dateline::ingest::Article;
use dateline::kernel::{
    WordBits, any_of, any_of_scalar, any_of_these, classify, classify_scalar, equal, equal_scalar, having,
    having_scalar, planes, planes_scalar,
};
use dateline::pipeline::{Options, Pipeline};
use dateline::token::{Tokens, fold_word, form, hash_folded, tokenize_plain};
use proptest::prelude::*;
use serde_json::Value;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline<'static>> =
    LazyLock::new(|| Pipeline::new(Options { list_repairs: true, ..Options::default() }).expect("the shipped lists"));

/// Text with everything that has ever broken a tokeniser: marks, joiners, scripts without spaces, quotes, line breaks.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,12}",
        2 => "(President|Minister|Dr\\.|General|Chile|Oslo|Ana|Rojas|Mr|police|said|met|seized|kilograms|on Monday|in May|\\$4 million|2,300 kg|yesterday|killed|the|of|and)",
        1 => "[0-9]{1,5}",
        2 => "[ \\n\\t]{1,3}",
        1 => "[.,;:!?\"'()“”’«»–—-]{1,2}",
        1 => "\\PC{1,4}",
        1 => "[éüßłİıфи漢字ไทย\u{301}\u{200d}\u{ad}\u{a0}😀]{1,4}",
        // What is mended before anything is read.
        1 => "(PeÃ±a|JosÃ©|Bogot&aacute;|AT&amp;amp;T|â€œno|seiz\u{ad}ed|Chi-\nle|Pr\0esident|\u{200e}Oslo|Rojas\u{200b}|\u{93}said|\r|Ã )",
    ];
    proptest::collection::vec(prop_oneof![3 => piece.prop_map(|p| p + " "), 1 => "[ -~]{0,6}"], 0..60)
        .prop_map(|pieces| pieces.concat())
}

fn records(article: &Article<'_>) -> Vec<Value> {
    records::of_article(&mut PIPELINE.worker(), article)
}

fn article(body: &str) -> Article<'_> {
    Article {
        id: "a".into(),
        source: "a".into(),
        body: body.into(),
        published: Some("2026-03-04".into()),
        ..Article::default()
    }
}

/// Calls `see` with every object that has a span and a text, at any depth.
fn spans(value: &Value, see: &mut dyn FnMut(usize, usize, &str)) {
    match value {
        Value::Object(map) => {
            // A quotation's text is the repaired one; it has a span of its own, checked apart.
            if let (Some(span), Some(text)) = (map.get("span"), map.get("text").and_then(Value::as_str)) {
                let at = |i: usize| span[i].as_u64().expect("a code point") as usize;
                see(at(0), at(1), text);
            }
            map.iter().filter(|(k, _)| *k != "quote").for_each(|(_, v)| spans(v, see));
        }
        Value::Array(list) => list.iter().for_each(|v| spans(v, see)),
        _ => {}
    }
}

/// White space, the zero-width space that breaks words without being one for Unicode, and what is taken out of a text
/// because nobody sees it.
fn is_gap(c: &char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(*c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

proptest! {
    #[test]
    fn kernel_agrees(bytes in proptest::collection::vec(prop_oneof![any::<u8>(), proptest::sample::select(&b"-\n\r&a"[..])], 0..300)) {
        let (mut fast, mut plain) = (Vec::new(), Vec::new());
        classify(&bytes, &mut fast);
        classify_scalar(&bytes, &mut plain);
        prop_assert_eq!(fast, plain);
    }

    /// One reader for two texts, of which the second may be shorter.
    #[test]
    fn word_bits_agree(texts in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 2)) {
        let (mut fast, mut plain) = (WordBits::default(), WordBits::default());
        for bytes in texts {
            fast.read(&bytes);
            plain.read_scalar(&bytes);
            prop_assert_eq!(fast.blocks(), bytes.len().div_ceil(64));
            for at in 0..fast.blocks() {
                prop_assert_eq!(fast.block(at), plain.block(at));
            }
            for at in 0..=bytes.len() {
                let word = bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
                prop_assert_eq!(fast.words().from(at) & 1 != 0, word);
            }
        }
    }

    #[test]
    fn marks_agree(planes in any::<[[u64; 8]; 8]>(), wanted in any::<[u64; 5]>()) {
        let planes = planes.map(bytemuck::cast::<[u64; 8], [u8; 64]>);
        // Few bits, so that both answers occur, and planes of which nothing is wanted.
        let wanted = wanted.into_iter().fold(!0, |few, bits| few & bits);
        prop_assert_eq!(any_of(&planes, wanted), any_of_scalar(&planes, wanted));
        const THESE: u64 = 0x0100_0003_0000_8010;
        prop_assert_eq!(any_of_these::<THESE>(&planes), any_of_scalar(&planes, THESE));
        prop_assert_eq!(having(&planes[0], wanted as u8), having_scalar(&planes[0], wanted as u8));
    }

    #[test]
    fn planes_agree(numbers in any::<[[u32; 8]; 8]>()) {
        let numbers = bytemuck::cast::<[[u32; 8]; 8], [u32; 64]>(numbers);
        let (mut fast, mut plain) = ([[0; 64]; 4], [[0; 64]; 4]);
        planes(&numbers, &mut fast);
        planes_scalar(&numbers, &mut plain);
        prop_assert_eq!(fast, plain);
    }

    #[test]
    fn equals_agree(numbers in any::<[u32; 8]>(), at in 0..8usize, other in any::<bool>()) {
        let mut numbers = numbers;
        numbers[0] = if other { numbers[at] } else { numbers[0] };
        prop_assert_eq!(equal(&numbers, numbers[at]), equal_scalar(&numbers, numbers[at]));
    }

    #[test]
    fn tokens_and_white_space_tile_the_text(text in text()) {
        let mut tokens = Tokens::default();
        tokens.tokenize(&text);
        let plain: Vec<_> = tokens.iter().map(|t| t.span()).collect();
        prop_assert_eq!(&plain, &tokenize_plain(&text));
        let mut end = 0;
        for token in tokens.iter() {
            let gap = &text[end as usize..token.start as usize];
            prop_assert!(gap.chars().all(|c| c.is_whitespace() || c == '\u{200b}'), "{gap:?}");
            prop_assert_eq!(!gap.is_empty(), token.is(form::SPACE) && token.start > end);
            prop_assert!(token.start < token.end);
            end = token.end;
        }
    }

    #[test]
    fn forms_and_hashes_are_those_of_the_letters(text in text()) {
        let mut tokens = Tokens::default();
        tokens.tokenize(&text);
        let mut end = 0;
        for token in tokens.iter() {
            let (word, gap) = (token.of(&text), &text[end..token.start as usize]);
            let lines = if end == 0 { 2 } else { gap.matches(['\n', '\u{2028}', '\u{2029}']).count() };
            let of_gap = [(!gap.is_empty(), form::SPACE), (lines > 0, form::LINE), (lines > 1, form::PARAGRAPH)];
            let letters = || word.chars();
            let upper = letters().any(char::is_uppercase);
            let of_word = [
                (true, form::WORD),
                (letters().next().is_some_and(char::is_numeric), form::DIGIT),
                (letters().next().is_some_and(char::is_uppercase), form::CAPITAL),
                (upper && !letters().any(char::is_lowercase), form::ALL_CAPITALS),
                (letters().skip(1).any(char::is_uppercase), form::INNER_CAPITAL),
                // A piece of a run without spaces may carry the bit although it has no such character itself.
                (!word.is_ascii() || token.is(form::BEYOND_ASCII), form::BEYOND_ASCII),
            ];
            let sum = |bits: &[(bool, u32)]| bits.iter().filter(|(is, _)| *is).map(|(_, bit)| bit).sum::<u32>();
            let asked = form::SPACE | form::LINE | form::PARAGRAPH;
            prop_assert_eq!(token.form & asked, sum(&of_gap), "{:?} before {:?}", gap, word);
            if token.is(form::WORD) {
                prop_assert_eq!(token.form & !asked, sum(&of_word), "{:?}", word);
                let mut folded = String::new();
                fold_word(word, &mut folded);
                prop_assert_eq!(token.hash, hash_folded(&folded), "{:?}", word);
            }
            end = token.end as usize;
        }
    }

    #[test]
    fn every_text_is_its_slice_and_every_mention_lies_in_one_sentence(body in text()) {
        let points: Vec<char> = body.chars().collect();
        let all = records(&article(&body));
        prop_assert_eq!(all[0]["kind"].as_str(), Some("document"));
        prop_assert_eq!(all[0]["chars"].as_u64(), Some(points.len() as u64));
        let mut wrong = Vec::new();
        for record in &all {
            spans(record, &mut |start, end, text| {
                if start >= end || end > points.len() || points[start..end].iter().collect::<String>() != text {
                    wrong.push((start, end, text.to_owned()));
                }
            });
        }
        prop_assert!(wrong.is_empty(), "{wrong:?} in {body:?}");
        let mut segmented = Vec::new();
        PIPELINE.worker().segment(&article(&body), &mut segmented);
        let line: Value = serde_json::from_slice(&segmented).expect("JSON");
        let sentences = line["sentences"].as_array().expect("sentences").clone();
        let inside = |s: u64, e: u64| sentences.iter().any(|x| x[0].as_u64() <= Some(s) && Some(e) <= x[1].as_u64());
        for mention in all.iter().filter_map(|r| r["mentions"].as_array()).flatten() {
            let (s, e) = (mention["span"][0].as_u64().expect("start"), mention["span"][1].as_u64().expect("end"));
            prop_assert!(inside(s, e), "{mention} in {sentences:?} of {body:?}");
        }
    }

    #[test]
    fn sentences_are_in_order_and_leave_only_white_space_out(body in text()) {
        let mut out = Vec::new();
        PIPELINE.worker().segment(&article(&body), &mut out);
        let line: Value = serde_json::from_slice(&out).expect("JSON");
        let points: Vec<char> = body.chars().collect();
        let mut end = 0;
        for sentence in line["sentences"].as_array().expect("sentences") {
            let (s, e) = (sentence[0].as_u64().expect("start") as usize, sentence[1].as_u64().expect("end") as usize);
            prop_assert!(end <= s && s < e && e <= points.len());
            prop_assert!(points[end..s].iter().all(is_gap), "{:?}", &points[end..s]);
            end = e;
        }
        prop_assert!(points[end..].iter().all(is_gap), "{:?}", &points[end..]);
    }

    #[test]
    fn the_same_article_gives_the_same_bytes_whatever_came_before(first in text(), second in text()) {
        let (mut alone, mut after) = (Vec::new(), Vec::new());
        PIPELINE.worker().extract(&article(&second), &mut alone);
        let mut worker = PIPELINE.worker();
        worker.extract(&article(&first), &mut Vec::new());
        worker.extract(&article(&second), &mut after);
        prop_assert_eq!(alone, after);
    }
}

/// A neutral paragraph before the text, without names or dates, moves every span by its length and changes nothing
/// else. The article's head (header, dateline, title) is the exception, so the text has none.
#[test]
fn a_neutral_opening_moves_every_span_and_changes_nothing_else() {
    let opening =
        "it was a quiet week and the roads were dry, and nobody had much to say about the price of bread there.\n\n";
    let body = "Border guards seized 300 kilograms of cocaine near Arica on Monday. Captain Ana Rojas praised the guards. \
                Rojas said that 12 people had been arrested.\n\nThe Ministry of Health of Chile agreed to send aid to Peru.";
    let (plain, moved) = (records(&article(body)), records(&article(&(opening.to_owned() + body))));
    assert_eq!(plain.len(), moved.len());
    let mut shifts = Vec::new();
    for (a, b) in plain.iter().zip(&moved).skip(1) {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        spans(a, &mut |s, e, t| left.push((s + opening.len(), e + opening.len(), t.to_owned())));
        spans(b, &mut |s, e, t| right.push((s, e, t.to_owned())));
        assert_eq!(left, right);
        shifts.push(left.len());
        assert_eq!(
            (&a["type"], &a["name"], &a["event_type"], &a["value"]),
            (&b["type"], &b["name"], &b["event_type"], &b["value"])
        );
    }
    assert!(shifts.iter().sum::<usize>() > 5, "the text speaks of several things");
}

/// A worker remembers words; another spelling of the same folded words must not be taken for them.
#[test]
fn words_seen_in_another_spelling_change_nothing() {
    let body =
        |one: &str, other: &str| format!("Prices in {one} fell, and traders in {other} said so. Nobody left {one}.");
    let spellings = [("Piplia", "Shuhada"), ("Pīplia", "Shuhadā"), ("PiPlia", "ShuHada"), ("piplia", "shuhada")];
    for (one, other) in spellings {
        let mut alone = Vec::new();
        PIPELINE.worker().extract(&article(&body(one, other)), &mut alone);
        for (first, second) in spellings {
            let (mut worker, mut after) = (PIPELINE.worker(), Vec::new());
            worker.extract(&article(&body(first, second)), &mut Vec::new());
            worker.extract(&article(&body(one, other)), &mut after);
            assert!(alone == after, "{one} and {other} after {first} and {second}");
        }
    }
}

/// What a worker counted in one broken article says nothing of the next: there "harbouroffice" is two words, though the
/// article before had a firm of that name.
#[test]
fn words_of_a_broken_article_do_not_outlive_it() {
    let broken = "The ferries to the islands will leave twice a day from now on, and tickets will cost less than before, the \
                  harbouroffice said. Fishermen were asked to leave the oldquay by the end of the month, and nobody \
                  objected at the publichearing on Tuesday.";
    let firms = "The firm harbouroffice opened a branch in thetown beside oldquay and publichearing. People know \
                 harbouroffice well, and oldquay and publichearing too: ofthe traders inthe market most buy fromit. The \
                 mayor hopes that harbouroffice, oldquay and publichearing will stay forthe summer.";
    let (mut alone, mut after) = (Vec::new(), Vec::new());
    PIPELINE.worker().extract(&article(broken), &mut alone);
    assert!(String::from_utf8_lossy(&alone).contains("\"repairs\""), "it is broken");
    let mut worker = PIPELINE.worker();
    worker.extract(&article(firms), &mut Vec::new());
    worker.extract(&article(broken), &mut after);
    assert!(alone == after);
}

//! Paragraphs as the news writes them, each with its quotations and who said them.

use super::*;
use crate::entities::cases::check;
use crate::segment::Part;
use crate::token::Tokens;

/// Sentences end at a full stop before white space and a capital; paragraphs at an empty line.
fn find(text: &str) -> Vec<(String, String)> {
    let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the shipped lists open");
    let mut tokens = Tokens::default();
    tokens.tokenize(text);
    dictionary.annotate(&mut tokens);
    let mut sentences = Vec::new();
    let (mut first, mut paragraph) = (0, 0);
    for at in 1..=tokens.len() {
        let ends = at == tokens.len()
            || tokens[at].is(form::PARAGRAPH)
            || tokens[at].is(form::SPACE)
                && tokens[at - 1].form & form::WORD == 0
                && (tokens[at - 1].is_symbol(b'.')
                    || tokens[at - 1].is_symbol(b'"') && at > 1 && tokens[at - 2].is_symbol(b'.'));
        if ends {
            sentences.push(Sentence { first, end: at as u32, paragraph, part: Part::Body });
            first = at as u32;
            paragraph += u32::from(tokens.get(at).is_some_and(|t| t.is(form::PARAGRAPH)));
        }
    }
    let mut out = Vec::new();
    QuoteReader::new(&dictionary).read(text, &tokens, &sentences, &mut Scratch::default(), &mut out);
    let slice = |first: u32, end: u32| {
        text[tokens[first as usize].start as usize..tokens[end as usize - 1].end as usize].to_string()
    };
    out.iter().map(|q| (slice(q.first, q.end), q.speaker.map_or(String::new(), |(f, e)| slice(f, e)))).collect()
}

#[test]
fn cues_and_speakers() {
    check(
        find,
        &[
            (
                "“The river has not been so high in years,” said Ilze Kalna.",
                &[("The river has not been so high in years,", "Ilze Kalna")],
            ),
            (
                "“The river has not been so high in years,” Kalna said.",
                &[("The river has not been so high in years,", "Kalna")],
            ),
            ("\"We lost the harvest,\" he told reporters.", &[("We lost the harvest,", "he")]),
            ("Kalna said: “We lost the whole harvest.”", &[("We lost the whole harvest.", "Kalna")]),
            ("She added, “We start again in spring.”", &[("We start again in spring.", "She")]),
            ("“It was a small fire,” according to Senator Otto Berg.", &[("It was a small fire,", "Otto Berg")]),
            ("„Wir were wrong about it,“ the minister said.", &[("Wir were wrong about it,", "the minister")]),
            ("«It was wrong from the start», said Otto Berg.", &[("It was wrong from the start", "Otto Berg")]),
            ("“We were ready,” Otto Berg, head of the port, said.", &[("We were ready,", "Otto Berg")]),
            ("‘I don’t know the dogs’ names,’ Berg said.", &[("I don’t know the dogs’ names,", "Berg")]),
            ("''It is a fine ship,'' Anna Kalna said.", &[("It is a fine ship,", "Anna Kalna")]),
        ],
    );
}

#[test]
fn a_carrier_is_no_speaker() {
    check(
        find,
        &[("Berg said, “The port is closed to all,” LETA reported.", &[("The port is closed to all,", "Berg")])],
    );
}

#[test]
fn split_and_long_quotations() {
    check(
        find,
        &[
            (
                "“We waited,” Berg said, “until the ship came in.”",
                &[("We waited,", "Berg"), ("until the ship came in.", "Berg")],
            ),
            (
                "“We waited,” Berg said. “Nobody came to the port.”",
                &[("We waited,", "Berg"), ("Nobody came to the port.", "Berg")],
            ),
            (
                "Berg said: “The port is closed to all.\n\n“It will open again in May.”",
                &[("The port is closed to all.", "Berg"), ("It will open again in May.", "Berg")],
            ),
            (
                "“We waited for the ship,” Berg said.\n\n“Nobody came to the port.”\n\nThe “port is shut for all of us” sign hung there.",
                &[
                    ("We waited for the ship,", "Berg"),
                    ("Nobody came to the port.", "Berg"),
                    ("port is shut for all of us", ""),
                ],
            ),
            (
                "As Professor Anna Kalna put it: “The port needs a second pier.”",
                &[("The port needs a second pier.", "Anna Kalna")],
            ),
        ],
    );
}

#[test]
fn what_only_stands_between_marks() {
    check(
        find,
        &[
            ("The “smart port” opened.", &[]),
            ("They read “The Old Man and the Sea” at school.", &[]),
            ("Kalna: ‘We Shall Not Close The Old Harbour Now’", &[]),
            ("KALNA SAID: “WE SHALL NOT CLOSE IT.”", &[("WE SHALL NOT CLOSE IT.", "KALNA")]),
            ("A 24\" screen and a 30\" screen.", &[]),
            ("The rock ’n’ roll years’ end.", &[]),
            ("The “port is not closed by the strike.", &[]),
        ],
    );
}

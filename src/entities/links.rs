//! Pronouns and "the minister": who is meant, where that is plain.
//!
//! For events only: a link is no mention, and nothing is linked unless the text leaves one choice. "He" is the last
//! person who was the subject; "they" the last two; "the Chilean official" the one person of that country.

use super::little_words::LittleWords;
use super::page::Page;
use super::{Entities, EntityType};
use crate::dictionary::NONE;
use crate::dictionary::class::{self, Function};
use crate::kernel::{self, Wide};
use crate::segment::{Part, Sentence};
use crate::token::{SHEET, Token, Tokens, form, marks};
use std::ops::Range;

/// The pronouns that are linked.
pub(super) struct Pronouns(LittleWords<Number>);

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Number {
    /// Of any other word.
    #[default]
    None,
    One,
    Several,
}

impl Pronouns {
    pub fn new() -> Self {
        Pronouns(LittleWords::of_lists(&[(Number::One, "he she his her him"), (Number::Several, "they their")]))
    }

    fn of(&self, token: &Token) -> Number {
        if token.is(form::PRONOUN) { self.0.of_hash(token.hash) } else { Number::None }
    }
}

/// Fills `out.links`: token, entity; by position. A plural has several. `people` are the mentions of people.
pub(super) fn find(
    page: &Page<'_>,
    pronouns: &Pronouns,
    people: &[(u32, u32)],
    telling: &mut Vec<u64>,
    out: &mut Entities,
) {
    out.links.clear();
    if people.is_empty() {
        return;
    }
    let mut spoken = SpokenOf { people, sentence: 0, own: NONE, subject: NONE, latest: [NONE; 2] };
    kernel::widely(Telling { tokens: page.sheets, bits: telling });
    // Before the sentence of the first of them nobody has been spoken of.
    let (first, _) = people[0];
    let from = page.sentences[out.mentions[first as usize].sentence as usize].first as usize;
    for at in each_bit(telling, from) {
        let token = &page.tokens[at];
        let at = at as u32;
        let pronoun = pronouns.of(token);
        let first = match pronoun {
            Number::None if token.is(form::PRONOUN) => continue,
            Number::None => determiner(page, at),
            _ => at,
        };
        let number = page.sentences.number_of(at as usize);
        let sentence = &page.sentences[number];
        if first < sentence.first || is_skipped(sentence) {
            continue;
        }
        let next = out.mentions.partition_point(|m| m.end <= at);
        if out.mentions.get(next).is_some_and(|m| m.first <= at) {
            continue;
        }
        spoken.go_on(page, out, at, number);
        let person = match pronoun {
            Number::None => of_role(page, first..at, number as u32, next, out, spoken.latest),
            Number::One if spoken.own != NONE => spoken.own,
            Number::One => spoken.subject,
            Number::Several => {
                out.links.extend(spoken.latest.into_iter().filter(|&e| e != NONE).map(|person| (at, person)));
                continue;
            }
        };
        if person != NONE {
            out.links.push((at, person));
            spoken.name(person);
        }
    }
}

/// The bits of `words` from number `from` on.
fn each_bit(words: &[u64], from: usize) -> impl Iterator<Item = usize> {
    let first = from / SHEET;
    words.iter().enumerate().skip(first).flat_map(move |(at, &word)| {
        let word = if at == first { word & !0 << (from % SHEET) } else { word };
        kernel::each_bit(word).map(move |bit| at * SHEET + bit)
    })
}

/// Lines in which nobody is spoken of by a pronoun.
fn is_skipped(sentence: &Sentence) -> bool {
    matches!(sentence.part, Part::Furniture | Part::Header)
}

/// Who has been spoken of, up to some token; [`NONE`] where nobody has.
struct SpokenOf<'p> {
    /// The mentions of people behind it.
    people: &'p [(u32, u32)],
    /// Its sentence.
    sentence: usize,
    /// The person spoken of in this sentence: the first who was named or linked to.
    own: u32,
    /// The same of the latest sentence before it that had one.
    subject: u32,
    /// The last two people, the later one last.
    latest: [u32; 2],
}

impl SpokenOf<'_> {
    /// Goes on to token `at` of a sentence.
    fn go_on(&mut self, page: &Page<'_>, out: &Entities, at: u32, sentence: usize) {
        while let [(mention, _), rest @ ..] = self.people
            && let m = &out.mentions[*mention as usize]
            && m.end <= at
        {
            // Who is named in a line that is skipped is spoken of in the sentence behind it.
            let mut named_in = m.sentence as usize;
            while is_skipped(&page.sentences[named_in]) {
                named_in += 1;
            }
            self.turn_to(named_in);
            self.name(m.entity);
            if self.latest[1] != m.entity {
                self.latest = [self.latest[1], m.entity];
            }
            self.people = rest;
        }
        self.turn_to(sentence);
    }

    fn turn_to(&mut self, sentence: usize) {
        if sentence != self.sentence {
            self.subject = if self.own != NONE { self.own } else { self.subject };
            self.own = NONE;
            self.sentence = sentence;
        }
    }

    /// Notes a person named or linked to.
    fn name(&mut self, person: u32) {
        self.own = if self.own != NONE { self.own } else { person };
    }
}

/// The determiner before a role that is determined: the nearest small word.
fn determiner(page: &Page<'_>, role: u32) -> u32 {
    let before = page.tokens[..role as usize].iter().rposition(|token| token.has(class::FUNCTION));
    before.map_or(role, |at| at as u32)
}

/// Finds the pronouns of an article, and its roles that are determined: "the Chilean official", "both ministers". A
/// determiner stands up to three words before them, with nothing but words between that are no small words; right before
/// one with a capital. Whose any other role is, which most are, cannot be told.
struct Telling<'b> {
    tokens: &'b Tokens,
    /// A bit for each token.
    bits: &'b mut Vec<u64>,
}

impl Wide for Telling<'_> {
    type Answer = ();

    #[inline(always)]
    fn run(self) {
        const DETERMINER: u32 = (Function::Determiner as u32) << form::CLOSED.trailing_zeros();
        self.bits.clear();
        // For each distance whether the first token of a sheet has a determiner so far before it.
        let mut behind = [0; 4];
        for sheet in self.tokens.sheets() {
            let word = sheet.having::<{ marks(0, form::WORD) }>();
            let small = sheet.having::<{ marks(class::FUNCTION, 0) }>() & word;
            let determiner = sheet.having::<{ marks(0, DETERMINER) }>();
            let closed = sheet.having::<{ marks(0, form::CLOSED & !DETERMINER) }>();
            let passes = word & !small;
            let mut from = small & determiner & !closed;
            let reached = behind.each_mut().map(|behind| {
                let reached = from << 1 | *behind;
                *behind = from >> (SHEET - 1);
                from = reached & passes;
                reached
            });
            let [next, far @ ..] = reached;
            let capital = sheet.having::<{ marks(0, form::CAPITAL) }>();
            let determined = next | !capital & far.iter().fold(0, |all, far| all | far);
            let role = sheet.having::<{ marks(class::TITLE, 0) }>() & !(determiner | closed);
            self.bits.push(sheet.having::<{ marks(0, form::PRONOUN) }>() | role & determined);
        }
    }
}

/// How many titles or entities are looked through for the one that is meant.
const LOOK_BACK: usize = 64;

/// The one person whose title or country fits a role: its first token, and the title's. `next` is the first mention
/// behind it. [`NONE`] when there is no such person, or more than one.
fn of_role(page: &Page<'_>, role: Range<u32>, sentence: u32, next: usize, out: &Entities, latest: [u32; 2]) -> u32 {
    let (first, at) = (role.start, role.end);
    // Somebody is named right behind it: "the minister Ana Rojas".
    if out.mentions.get(next).is_some_and(|m| m.first == at + 1 && m.kind == EntityType::Person) {
        return NONE;
    }
    let inside = out.mentions[..next].iter().rev().take_while(|m| m.end > first).last();
    let demonym = inside.filter(|m| m.kind == EntityType::Norp);
    let country = demonym.map_or([0; 2], |m| out.list[m.entity as usize].country);
    if country == [0; 2] {
        let role = page.tokens[at as usize].hash;
        // The latest titles only: a long article must not be searched once for every word.
        let seen = out.titles.partition_point(|t| t.first < at);
        let mut named_so = [false; 2];
        for title in &out.titles[seen.saturating_sub(LOOK_BACK)..seen] {
            let tokens = &page.tokens[title.first as usize..title.end as usize];
            let is = tokens.iter().fold(false, |is, token| is | (token.hash == role));
            named_so[0] |= is & (title.entity == latest[0]);
            named_so[1] |= is & (title.entity == latest[1]);
        }
        return match named_so {
            [true, false] => latest[0],
            [false, true] => latest[1],
            _ => NONE,
        };
    }
    let of_country = |&entity: &u32| out.list[entity as usize].country == country;
    let mut latest = latest.into_iter().rev().filter(|&person| person != NONE);
    latest.find(of_country).unwrap_or_else(|| {
        let named_before =
            |entity: u32| out.mentions[out.list[entity as usize].first_mention as usize].sentence <= sentence;
        let listed = 0..out.list.len().min(LOOK_BACK) as u32;
        let people = listed.filter(|&e| out.list[e as usize].kind == EntityType::Person);
        only(people.filter(of_country).filter(|&e| named_before(e)))
    })
}

/// The one of several, or [`NONE`] when there is none or another.
fn only(mut people: impl Iterator<Item = u32>) -> u32 {
    match (people.next(), people.next()) {
        (Some(one), None) => one,
        _ => NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use proptest::prelude::*;

    const WORDS: [&str; 15] = [
        "the",
        "The",
        "both",
        "of",
        "and",
        "he",
        "their",
        "it",
        "minister",
        "Minister",
        "officials",
        "Chilean",
        "tall",
        ",",
        "12",
    ];

    /// The plain twin of [`Telling`].
    fn tells(dictionary: &Dictionary<'_>, tokens: &[Token], at: usize) -> bool {
        let token = &tokens[at];
        let reach = if token.is(form::CAPITAL) { 1 } else { 4 };
        let words = tokens[at.saturating_sub(reach)..at].iter().rev().take_while(|t| t.is(form::WORD));
        let small = words.map(|t| dictionary.function(t)).find(|&f| f != Function::None);
        let is_role = token.has(class::TITLE) && dictionary.function(token) == Function::None;
        token.is(form::PRONOUN) || is_role && small == Some(Function::Determiner)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn bits_say_what_the_tokens_say(words in prop::collection::vec(0..WORDS.len(), 1..200), from in 0..200usize) {
            let text: String = words.iter().map(|&word| WORDS[word].to_owned() + " ").collect();
            let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the shipped lists open");
            let mut tokens = Tokens::default();
            tokens.tokenize(&text);
            dictionary.annotate(&mut tokens);
            let mut bits = Vec::new();
            kernel::widely(Telling { tokens: &tokens, bits: &mut bits });
            let told: Vec<_> = each_bit(&bits, from).collect();
            let expected: Vec<_> = (from..tokens.len()).filter(|&at| tells(&dictionary, &tokens, at)).collect();
            prop_assert_eq!(told, expected, "{}", text);
        }
    }
}

//! Makes up news to measure with.
//!
//! Real news cannot be shipped, and repeated text measures the branch predictor. So articles are put together from
//! sentence templates with names, dates, amounts and quotations in about the share in which news has them, and filler
//! sentences joined from parts, of which there are enough that hardly one comes twice in a megabyte. The same seed
//! writes the same bytes on every machine.

mod templates;
mod words;

use std::io::Write;

use dateline::Result;
use serde::Serialize;

use super::args::Generate;
use super::output::Output;
use templates::{AFTER, BEFORE, TOPICS, Topic};

pub fn run(args: &Generate) -> Result<()> {
    let mut output = Output::create(args.output.as_deref())?;
    let mut writer = Writer::new(args.seed);
    let (mut lines, mut written) = (Vec::new(), 0);
    while written < args.size {
        lines.clear();
        writer.article(&mut lines);
        output.write_all(&lines)?;
        written += lines.len();
    }
    output.finish()
}

/// At least `size` bytes of JSON lines.
pub fn articles(size: usize, seed: u64) -> Vec<u8> {
    let mut writer = Writer::new(seed);
    let mut lines = Vec::with_capacity(size + 16_384);
    while lines.len() < size {
        writer.article(&mut lines);
    }
    lines
}

/// All names that the articles draw on: stand-ins for lists in a comparison.
pub fn names() -> Vec<String> {
    let lists = [words::GIVEN, words::FAMILY, words::CITIES, words::ORGANISATIONS, words::TITLES, words::GOODS];
    let countries = words::COUNTRIES.iter().flat_map(|(country, adjective)| [*country, *adjective]);
    lists.iter().flat_map(|list| list.iter().copied()).chain(countries).map(str::to_owned).collect()
}

#[derive(Serialize)]
struct Line<'a> {
    id: String,
    title: &'a str,
    published: String,
    text: &'a str,
}

struct Writer {
    dice: Dice,
    number: u64,
    /// Who and what this article is about: news speaks of the same few again and again.
    people: [(usize, usize); 3],
    cities: [usize; 2],
    countries: [usize; 2],
    organisations: [usize; 2],
    text: String,
    title: String,
}

impl Writer {
    fn new(seed: u64) -> Self {
        let (people, cities, countries, organisations, text, title) = Default::default();
        Writer { dice: Dice(seed), number: 0, people, cities, countries, organisations, text, title }
    }

    /// Appends one line.
    fn article(&mut self, lines: &mut Vec<u8>) {
        self.number += 1;
        let dice = &mut self.dice;
        self.people = std::array::from_fn(|_| (dice.below(words::GIVEN.len()), dice.below(words::FAMILY.len())));
        self.cities = std::array::from_fn(|_| dice.below(words::CITIES.len()));
        self.countries = std::array::from_fn(|_| dice.below(words::COUNTRIES.len()));
        self.organisations = std::array::from_fn(|_| dice.below(words::ORGANISATIONS.len()));
        let topic = &TOPICS[dice.below(TOPICS.len())];
        let (year, month, day) = (2015 + dice.below(11), 1 + dice.below(12), 1 + dice.below(28));

        self.title.clear();
        let mut title = std::mem::take(&mut self.title);
        let headline = self.dice.pick(topic.headlines);
        self.sentence(&mut title, headline);
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        self.body(&mut text, topic);

        let line = Line {
            id: format!("made-up-{:07}", self.number),
            title: &title,
            published: format!("{year}-{month:02}-{day:02}"),
            text: &text,
        };
        serde_json::to_writer(&mut *lines, &line).expect("strings and a vector cannot fail");
        lines.push(b'\n');
        (self.title, self.text) = (title, text);
    }

    fn body(&mut self, text: &mut String, topic: &Topic) {
        let length = 1000 + self.dice.below(5000);
        let quoted = self.dice.below(2) == 0;
        if self.dice.below(2) == 0 {
            text.push_str(&words::CITIES[self.cities[0]].to_uppercase());
            self.fill(text, ", {D} – ");
        }
        let mut sentences = 0;
        while text.len() < length {
            match self.dice.below(10) {
                0 if quoted => self.quotation(text),
                0..=3 => self.filler(text),
                _ => self.report(text, topic),
            }
            sentences += 1;
            text.push_str(if sentences % 4 == 0 { "\n\n" } else { " " });
        }
        text.truncate(text.trim_end().len());
    }

    fn report(&mut self, text: &mut String, topic: &Topic) {
        let (before, template, after) =
            (self.dice.pick(BEFORE), self.dice.pick(topic.sentences), self.dice.pick(AFTER));
        match self.dice.below(4) {
            0 => self.sentence(text, &format!("{before}{template}.")),
            1 | 2 => self.sentence(text, &format!("{template}{after}.")),
            _ => self.sentence(text, &format!("{template}.")),
        }
    }

    fn filler(&mut self, text: &mut String) {
        let (who, does) = (self.dice.pick(words::WHO), self.dice.pick(words::DOES));
        let (when, then) = (self.dice.pick(words::WHILE), self.dice.pick(words::DOES));
        let other = self.dice.pick(words::WHO);
        let sentence = match self.dice.below(4) {
            0 => format!("{who} {does} {when}."),
            1 => format!("{when}, {who} {does}, and {other} {then}."),
            2 => format!("{who} {does} in {{C}}, {when}."),
            _ => format!("{who} {does}, but {other} {then} on {{W}}."),
        };
        self.sentence(text, &sentence);
    }

    fn quotation(&mut self, text: &mut String) {
        let (first, then) = (self.dice.pick(words::SAY_FIRST), self.dice.pick(words::SAY_THEN));
        text.push('“');
        self.sentence(text, &format!("{first} {then}"));
        self.fill(text, if self.dice.0 & 256 == 0 { ",” {S} said." } else { ",” said {P}, {R}." });
    }

    /// Appends a filled template with its first letter raised.
    fn sentence(&mut self, text: &mut String, template: &str) {
        let start = text.len();
        self.fill(text, template);
        let first = text[start..].chars().next().map_or(0, char::len_utf8);
        let raised = text[start..start + first].to_uppercase();
        text.replace_range(start..start + first, &raised);
    }

    fn fill(&mut self, text: &mut String, template: &str) {
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            text.push_str(&rest[..open]);
            let slot = rest.as_bytes()[open + 1];
            self.slot(text, slot);
            rest = &rest[open + 3..];
        }
        text.push_str(rest);
    }

    fn slot(&mut self, text: &mut String, slot: u8) {
        let dice = &mut self.dice;
        let person = self.people[dice.below(3)];
        match slot {
            b'P' => text.extend([words::GIVEN[person.0], " ", words::FAMILY[person.1]]),
            b'S' => text.push_str(words::FAMILY[person.1]),
            b'T' => text.push_str(dice.pick(words::TITLES)),
            b'R' => text.push_str(dice.pick(words::ROLES)),
            b'C' => text.push_str(words::CITIES[self.cities[dice.below(2)]]),
            b'N' => text.push_str(words::COUNTRIES[self.countries[dice.below(2)]].0),
            b'B' => text.push_str(words::COUNTRIES[self.countries[dice.below(2)]].1),
            b'O' => text.push_str(words::ORGANISATIONS[self.organisations[dice.below(2)]]),
            b'W' => text.push_str(dice.pick(words::WEEKDAYS)),
            b'D' => text.push_str(&format!("{} {}", 1 + dice.below(28), dice.pick(words::MONTHS))),
            b'Y' => text.push_str(&(1990 + dice.below(36)).to_string()),
            b'M' => {
                let (sign, unit) = (dice.pick(&["$", "€", "£"]), dice.pick(&[" million", " billion", ",500", ",000"]));
                text.push_str(&format!("{sign}{}{unit}", 1 + dice.below(900)));
            }
            b'Q' => {
                let unit = dice.pick(&["kg", "kilograms", "tonnes", "tons"]);
                text.push_str(&format!("{} {unit} of {}", 2 + dice.below(800), dice.pick(words::GOODS)));
            }
            b'%' => text.push_str(&format!("{}.{} percent", dice.below(60), dice.below(10))),
            _ => text.push_str(&(2 + dice.below(90)).to_string()),
        }
    }
}

/// SplitMix64: small, good enough for prose, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (((self.roll() >> 32) * n as u64) >> 32) as usize
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_writes_the_same_articles() {
        assert_eq!(articles(50_000, 1), articles(50_000, 1));
        assert_ne!(articles(50_000, 1), articles(50_000, 2));
    }

    #[test]
    fn articles_look_like_news() {
        let lines = String::from_utf8(articles(1_000_000, 7)).expect("text");
        let (mut tokens, mut raised, mut quoted, mut documents) = (0, 0, 0, 0);
        for line in lines.lines() {
            let line: serde_json::Value = serde_json::from_str(line).expect("an object");
            let text = line["text"].as_str().expect("a text");
            assert!((1000..6500).contains(&text.len()), "{}", text.len());
            assert!(!text.contains(['{', '}']), "an open slot: {text}");
            tokens += text.split_whitespace().count();
            raised += text.split_whitespace().filter(|t| t.starts_with(char::is_uppercase)).count();
            quoted += usize::from(text.contains('“'));
            documents += 1;
        }
        let (raised, quoted) = (raised * 100 / tokens, quoted * 100 / documents);
        assert!((15..20).contains(&raised), "{raised} % of the tokens are capitalised");
        assert!((35..60).contains(&quoted), "{quoted} % of the articles quote somebody");
    }
}

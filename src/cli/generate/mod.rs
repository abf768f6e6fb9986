//! Makes up news to measure with.
//!
//! Real news cannot be shipped, and repeated text measures the branch predictor. So articles are put together from
//! sentence templates with names, dates, amounts and quotations in about the share in which news has them, and filler
//! sentences joined from parts, of which there are enough that hardly one comes twice in a megabyte. Names and the
//! words of the filler are drawn from the shipped lists, so that new ones keep coming as they do in news. The same seed
//! writes the same bytes on every machine.

mod lists;
mod names;
mod templates;
mod words;

pub use names::names;

use std::io::Write;

use dateline::Result;
use serde::Serialize;

use super::args::Generate;
use super::output::Output;
use lists::Lists;
use templates::{AFTER, BEFORE, TOPICS, Topic};

pub fn run(args: &Generate) -> Result<()> {
    let mut output = Output::create(args.output.as_deref())?;
    let mut writer = Writer::new(args.seed)?;
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
pub fn articles(size: usize, seed: u64) -> Result<Vec<u8>> {
    let mut writer = Writer::new(seed)?;
    let mut lines = Vec::with_capacity(size + 16_384);
    while lines.len() < size {
        writer.article(&mut lines);
    }
    Ok(lines)
}

#[derive(Serialize)]
struct Line<'a> {
    id: String,
    title: &'a str,
    published: String,
    text: &'a str,
}

struct Writer {
    lists: Lists,
    dice: Dice,
    number: u64,
    about: About,
    text: String,
    title: String,
}

/// Who and what an article is about: news speaks of the same few again and again, of the first the most.
#[derive(Default)]
struct About {
    people: [[&'static str; 2]; 12],
    places: [&'static str; 9],
    countries: [&'static str; 4],
    demonyms: [&'static str; 3],
    organisations: [&'static str; 8],
}

impl About {
    fn draw(lists: &Lists, dice: &mut Dice) -> About {
        About {
            people: std::array::from_fn(|_| [lists.given.draw(dice), lists.family.draw(dice)]),
            places: std::array::from_fn(|_| lists.places.draw(dice)),
            countries: std::array::from_fn(|_| lists.countries.draw(dice)),
            demonyms: std::array::from_fn(|_| lists.demonyms.draw(dice)),
            organisations: std::array::from_fn(|_| lists.organisations.draw(dice)),
        }
    }
}

impl Writer {
    fn new(seed: u64) -> Result<Self> {
        let (about, text, title) = Default::default();
        Ok(Writer { lists: Lists::new()?, dice: Dice(seed), number: 0, about, text, title })
    }

    /// Appends one line.
    fn article(&mut self, lines: &mut Vec<u8>) {
        self.number += 1;
        let dice = &mut self.dice;
        self.about = About::draw(&self.lists, dice);
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
            text.push_str(&self.about.places[0].to_uppercase());
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
        let about = &self.about;
        match slot {
            b'P' => {
                let [given, family] = dice.favour(&about.people);
                text.extend([given, " ", family]);
            }
            b'S' => text.push_str(dice.favour(&about.people)[1]),
            b'T' => text.push_str(dice.pick(words::TITLES)),
            b'R' => text.push_str(dice.pick(words::ROLES)),
            b'C' => text.push_str(dice.favour(&about.places)),
            b'N' => text.push_str(dice.favour(&about.countries)),
            b'B' => text.push_str(dice.favour(&about.demonyms)),
            b'O' => {
                let name = dice.favour(&about.organisations);
                text.extend([if name.contains(" of ") { "the " } else { "" }, name]);
            }
            b'a' => word(text, self.lists.adjectives.draw(dice)),
            b'w' => word(text, self.lists.nouns.draw(dice)),
            b'v' => word(text, self.lists.verbs.draw(dice)),
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

/// Appends a word; the article before it becomes "an" where it must.
fn word(text: &mut String, word: &str) {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) && (text.ends_with(" a ") || text == "a ") {
        text.pop();
        text.push_str("n ");
    }
    text.push_str(word);
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

    /// One of a list, the earlier the likelier.
    fn favour<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len()).min(self.below(list.len()))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_same_seed_writes_the_same_articles() {
        let articles = |seed| articles(50_000, seed).expect("the lists open");
        assert_eq!(articles(1), articles(1));
        assert_ne!(articles(1), articles(2));
    }

    #[test]
    fn articles_look_like_news() {
        let lines = String::from_utf8(articles(1_000_000, 7).expect("the lists open")).expect("text");
        let (mut tokens, mut raised, mut quoted, mut documents) = (0, 0, 0, 0);
        let mut names = HashSet::new();
        for line in lines.lines() {
            let line: serde_json::Value = serde_json::from_str(line).expect("an object");
            let text = line["text"].as_str().expect("a text");
            assert!((1000..6500).contains(&text.len()), "{}", text.len());
            assert!(!text.contains(['{', '}']), "an open slot: {text}");
            tokens += text.split_whitespace().count();
            raised += text.split_whitespace().filter(|t| t.starts_with(char::is_uppercase)).count();
            names.extend(text.split_whitespace().filter(|t| t.starts_with(char::is_uppercase)).map(str::to_owned));
            quoted += usize::from(text.contains('“'));
            documents += 1;
        }
        assert!(names.len() > 5_000, "only {} different words with a capital", names.len());
        let (raised, quoted) = (raised * 100 / tokens, quoted * 100 / documents);
        assert!((15..20).contains(&raised), "{raised} % of the tokens are capitalised");
        assert!((35..60).contains(&quoted), "{quoted} % of the articles quote somebody");
    }
}

//! What the made-up articles speak of: names and words of the shipped lists.
//!
//! A few names drawn again and again keep every table that they touch in the first cache, and a search for names then
//! looks twice as fast as in real news. So the whole lists are drawn from, the first names often, the last ones hardly
//! ever: after Zipf, by place in the list when the likeliest comes first.

use dateline::dictionary::{Case, Dictionary, Kind, NONE, class};
use dateline::token::hash_folded;
use dateline::{Result, gazetteer};

use super::Dice;

/// Up to this level the lexicon's words are known to everybody.
const KNOWN: u8 = 50;
/// Longest name, in words.
const LONGEST: usize = 4;

/// Names or words of one sort.
#[derive(Default)]
pub struct List {
    items: Vec<&'static str>,
    /// What the items up to and with each one weigh together.
    sums: Vec<u64>,
}

impl List {
    /// `head` says how many items at the front are drawn about equally often.
    fn new(mut items: Vec<(u32, &'static str)>, head: u64) -> List {
        // Equal weights are put in the order of their hashes: in that of the alphabet all common names began with A.
        items.sort_by_cached_key(|(weight, text)| (u32::MAX - weight, hash_folded(text), *text));
        items.dedup();
        let mut sum = 0;
        let weigh = |rank| {
            sum += (1 << 40) / (rank + head);
            sum
        };
        List { sums: (0..items.len() as u64).map(weigh).collect(), items: items.into_iter().map(|i| i.1).collect() }
    }

    pub fn draw(&self, dice: &mut Dice) -> &'static str {
        let all = self.sums.last().copied().unwrap_or(0);
        let at = (u128::from(dice.roll()) * u128::from(all)) >> 64;
        self.items[self.sums.partition_point(|sum| u128::from(*sum) <= at)]
    }
}

/// The lists that slots are filled from.
pub struct Lists {
    pub given: List,
    pub family: List,
    pub places: List,
    pub countries: List,
    pub demonyms: List,
    pub organisations: List,
    pub adjectives: List,
    pub nouns: List,
    pub verbs: List,
}

impl Lists {
    /// # Errors
    /// When the program's lists do not open.
    pub fn new() -> Result<Lists> {
        let dictionary = Dictionary::open(gazetteer::shipped())?;
        let [given, family, adjectives, nouns, verbs] = words(&dictionary);
        let [places, countries, demonyms, organisations] = things(&dictionary);
        Ok(Lists {
            given: List::new(given, 150),
            family: List::new(family, 300),
            places: List::new(places, 100),
            countries: List::new(countries, 10),
            demonyms: List::new(demonyms, 10),
            organisations: List::new(organisations, 100),
            adjectives: List::new(adjectives, 150),
            nouns: List::new(nouns, 300),
            verbs: List::new(verbs, 150),
        })
    }
}

type Weighed = Vec<(u32, &'static str)>;

/// Given names, family names, adjectives, nouns, verbs.
fn words(dictionary: &Dictionary<'static>) -> [Weighed; 5] {
    let mut lists: [Weighed; 5] = Default::default();
    for id in 0..dictionary.word_count() as u32 {
        let (text, Some(word)) = (dictionary.word_text(id), dictionary.word(id)) else { continue };
        let known = (1..=KNOWN).contains(&word.level);
        if is_name(text) && !known {
            let weights = [dictionary.given_weight(id), dictionary.surname_weight(id)];
            for (list, weight) in lists.iter_mut().zip(weights).filter(|(_, weight)| *weight > 0) {
                list.push((u32::from(weight), text));
            }
        }
        // Function words stand in the templates, and so does all that a station looks for: its share is theirs to set.
        let plain = class::LEXICON | class::COMMON | class::GIVEN | class::SURNAME | class::SPEECH;
        let (bits, _) = dictionary.probe(hash_folded(text));
        let letters = text.len() > 3 && text.bytes().all(|b| b.is_ascii_lowercase());
        if known && letters && bits & !plain == 0 && dictionary.surface_of_word(id) == NONE {
            // How often the counted texts have it, and where they do not, how well known it is.
            let weight = word.lower.saturating_mul(100) + u32::from(100 - word.level);
            if let Some(sort) = sort_of(text) {
                lists[2 + sort].push((weight, text));
            }
        }
    }
    lists
}

/// Adjective, noun or past tense by the look of the word: prose to measure with need not mean anything.
fn sort_of(word: &str) -> Option<usize> {
    let ends = |endings: &[&str]| endings.iter().any(|e| word.ends_with(e));
    match () {
        () if ends(&["ed"]) => Some(2),
        () if ends(&["al", "ic", "ous", "ive", "ful", "less", "able", "ible", "ant", "ent", "ish"]) => Some(0),
        () if ends(&["ly", "ing", "er", "est"]) => None,
        () => Some(1),
    }
}

/// Places, countries, demonyms, organisations.
fn things(dictionary: &Dictionary<'static>) -> [Weighed; 4] {
    let mut lists: [Weighed; 4] = Default::default();
    for surface in (0..dictionary.surface_count() as u32).map(|s| dictionary.surface(s)) {
        let Some(first) = surface.readings.first() else { continue };
        let known = |word: &str| dictionary.word(dictionary.probe(hash_folded(&word.to_lowercase())).1);
        let common = || known(surface.text).is_some_and(|w| (1..=KNOWN).contains(&w.level));
        if surface.case == Case::Any || first.alias() != 0 || !is_name(surface.text) || common() {
            continue;
        }
        let brief = dictionary.brief(first.entry());
        let list = match brief.kind {
            Kind::City => 0,
            Kind::Country => 1,
            Kind::Demonym => 2,
            Kind::Organisation => 3,
            _ => continue,
        };
        lists[list].push((brief.population, surface.text));
    }
    lists
}

/// Whether a text is written as the names of the news are: every word with a capital, and not many of them.
pub fn is_name(text: &str) -> bool {
    let small = ["of", "the", "and", "for"];
    text.starts_with(char::is_uppercase)
        && text.split(' ').count() <= LONGEST
        && text.split(' ').all(|word| word.starts_with(char::is_uppercase) || small.contains(&word))
}

//! Which of the words that rules ask for stand in a sentence.
//!
//! Many words tell something only with certain others: "signed" with an agreement, "called" with "off". Whether a sentence
//! has one of them is asked before it is parsed; where it must stand is the rule's own question. The dictionary marks these
//! words, so that all others of the sentence are passed over at once.

use super::catalogue::{Else, Need, Test};
use super::detect::Input;
use super::rows::span;
use super::words::{Words, flag};
use crate::entities::amount::AmountKind;
use crate::kernel::each_bit;
use crate::segment::Sentence;
use crate::token::{SHEET, form, marks};

/// Lists of words, as bits, and above them what else a sentence may have.
pub type Lists = u128;

/// Room for lists. More than these share bits: then a word of one keeps the other alive, which only costs time.
pub const ROOM: usize = 124;

/// A sum of money.
pub const MONEY: Lists = 1 << ROOM;
/// A verb of expressing.
const EXPRESS: Lists = 1 << (ROOM + 1);
/// A verb of holding or doing.
const CARRY: Lists = 1 << (ROOM + 2);
/// A verb whose subject answers for what it carries.
const CAUSE: Lists = 1 << (ROOM + 3);

/// The lists that a word with some bits of [`flag`] is of as a verb that carries nouns.
pub fn carrying(flags: u32) -> Lists {
    let of = |bits: u32, list: Lists| if flags & bits != 0 { list } else { 0 };
    of(flag::EXPRESS, EXPRESS)
        | of(flag::CARRY | flag::HOLD, CARRY)
        | of(flag::CAUSE | flag::CARRY | flag::HOLD | flag::PAY, CAUSE)
}

/// The list of verbs without one of which a test of a noun fails.
pub fn carriers(test: Test) -> Lists {
    match test {
        Test::Express => EXPRESS,
        Test::Carry | Test::Hold => CARRY,
        Test::Cause => CAUSE,
        _ => 0,
    }
}

/// The words of which a need asks for one, wherever it stands.
pub fn asked(need: &Need) -> Option<&[Box<str>]> {
    match need {
        Need::Object(list, Else::Nothing) | Need::Near(list) | Need::Subject(list) | Need::Particle(list) => Some(list),
        _ => None,
    }
}

/// What the sentence at hand has of all lists. Sentences are asked in order.
pub struct Wanted<'a> {
    words: &'a Words,
    article: &'a Input<'a>,
    /// The sentence's number.
    number: usize,
    lists: Lists,
    /// How many amounts end before it.
    amounts: usize,
}

impl<'a> Wanted<'a> {
    pub fn new(words: &'a Words, article: &'a Input<'a>) -> Self {
        Wanted { words, article, number: usize::MAX, lists: 0, amounts: 0 }
    }

    /// The lists of which a sentence has a word.
    #[inline]
    pub fn of(&mut self, number: usize, sentence: &Sentence) -> Lists {
        if self.number != number {
            (self.number, self.lists) = (number, self.look(sentence));
        }
        self.lists
    }

    fn look(&mut self, sentence: &Sentence) -> Lists {
        let Input { tokens, entities, .. } = *self.article;
        let (first, end) = (sentence.first as usize, sentence.end as usize);
        let amounts = &entities.amounts;
        self.amounts += amounts[self.amounts..].iter().take_while(|a| a.end <= sentence.first).count();
        let mut inside = amounts[self.amounts..].iter().take_while(|a| a.first < sentence.end);
        let mut lists = if inside.any(|a| a.kind == AmountKind::Money) { MONEY } else { 0 };
        for number in first / SHEET..end.div_ceil(SHEET) {
            let base = number * SHEET;
            let wanted = tokens.sheets()[number].having::<{ marks(0, form::WANTED) }>();
            for at in each_bit(wanted & span(first.saturating_sub(base), end - base)) {
                lists |= self.words.lists_of(&tokens[base + at]);
            }
        }
        lists
    }
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::Catalogue;
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::entities::Entities;
    use crate::segment::Sentences;
    use crate::token::Tokens;

    #[test]
    fn a_sentence_has_the_lists_of_its_words_and_no_others() {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the lists are sound");
        let rows = dictionary.text("events").expect("the lists carry the catalogue");
        let words = Words::new(&dictionary, &Catalogue::read(rows).expect("the catalogue is sound"));
        let mut tokens = Tokens::default();
        let mut asked = 0;
        for word in 0..dictionary.word_count() as u32 {
            let text = dictionary.word_text(word);
            // Its sentence begins in the first sheet and goes on in the second, in which it stands.
            tokens.tokenize(&format!("{}{text} xyzzy", "xyzzy ".repeat(SHEET)));
            let (at, end) = (SHEET as u32, tokens.len() as u32);
            if tokens.len() != SHEET + 2 {
                continue;
            }
            dictionary.annotate(&mut tokens);
            let lists = words.lists_of(&tokens[SHEET]);
            let (sentences, entities) = (Sentences::default(), Entities::default());
            let article =
                Input { text: "", tokens: &tokens, sentences: &sentences, dateline: None, entities: &entities };
            let part = crate::segment::Part::Body;
            let of = |first: u32, end: u32| {
                Wanted::new(&words, &article).of(0, &Sentence { first, end, paragraph: 0, part })
            };
            assert_eq!(of(at - 3, end), lists, "{text}");
            assert_eq!(of(at - 3, at) | of(at + 1, end), 0, "{text}");
            asked += usize::from(lists != 0);
        }
        assert!(asked > 800, "only {asked} words are asked for");
    }
}

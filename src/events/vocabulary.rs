//! Gathers what the station knows of single words, once, from the dictionary and the catalogue.

use super::catalogue::{Catalogue, Need, Rule, Test, WordKind};
use super::plover::Contexts;
use super::syntax::Tag;
use super::wants::{self, Lists};
use super::words::{self, PREPOSITIONS, UNKNOWN, Word, Words, flag, with_plurals, word_id};
use crate::dictionary::{Dictionary, class, speech};
use std::collections::BTreeMap;

impl Words {
    /// Gathers the words of the dictionary and the catalogue.
    pub fn new(dictionary: &Dictionary<'_>, catalogue: &Catalogue) -> Self {
        let mut words = Words {
            number: vec![0; dictionary.word_count() + 1],
            list: vec![UNKNOWN],
            lists: vec![0],
            rules: Vec::new(),
            habits: Vec::new(),
            conditions: Vec::new(),
            fights: Vec::new(),
        };
        for sense in dictionary.senses_of(class::SPEECH) {
            match dictionary.value(sense.value) {
                "habit" => words.habits.push(sense.word),
                "condition" => words.conditions.push(sense.word),
                "fight" => words.fights.push(sense.word),
                _ => {}
            }
        }
        words.fights.sort_unstable();
        let sectors: Vec<u32> = dictionary.senses_of(class::PEOPLE).iter().map(|sense| sense.value).collect();
        let mut described: Vec<u32> =
            DESCRIBING.iter().flat_map(|&class| dictionary.senses_of(class)).map(|s| s.word).collect();
        described.sort_unstable();
        described.dedup();
        for id in described {
            words.list.push(describe(dictionary, &sectors, id));
            words.number[id as usize] = words.list.len() as u16 - 1;
        }
        for (at, preposition) in PREPOSITIONS.iter().enumerate().skip(1) {
            words.edit(dictionary, preposition, |w| w.preposition = at as u8);
        }
        for nobody in speech::NOBODY {
            words.edit(dictionary, nobody, |w| w.flags |= flag::NO);
        }
        for hedge in speech::HEDGES {
            words.edit(dictionary, hedge, |w| w.flags |= flag::HEDGE);
        }
        for (list, bits) in [
            ("both two", flag::TWO),
            ("they them", flag::THEY),
            ("the this these that those", flag::DEFINITE),
            ("as", flag::AS),
            ("well", flag::WELL),
            ("worth valued estimated", flag::WORTH),
            ("would could may might should can must", flag::UNREAL),
        ] {
            for word in list.split(' ') {
                words.edit(dictionary, word, |w| w.flags |= bits);
            }
        }
        let mut by_word: Vec<(u32, u32, Tag)> = catalogue
            .forms
            .iter()
            .map(|(form, rule)| {
                let (word, mark) = super::words::known(dictionary, form);
                (word, *rule, mark.tag())
            })
            .filter(|(word, ..)| *word != crate::token::NO_WORD)
            .collect();
        by_word.sort_unstable_by_key(|(word, rule, _)| (*word, *rule));
        for same in by_word.chunk_by(|a, b| a.0 == b.0) {
            let first = words.rules.len() as u16;
            words.rules.extend(same.iter().map(|(_, rule, _)| *rule));
            let rules = (first, words.rules.len() as u16);
            let any = |test: fn(&Rule) -> bool| same.iter().any(|(_, rule, _)| test(&catalogue.rules[*rule as usize]));
            let gathers = any(|r| r.event_type() == "CONSULT" && r.word == WordKind::Noun);
            let kinds = [
                (gathers, flag::GATHERING),
                (!any(|r| r.word != WordKind::Verb || !r.needs.contains(&Need::Is(Test::Reports))), flag::SAYS),
                (any(|r| r.word == WordKind::Adjective), flag::ADJECTIVE),
                (any(|r| r.word == WordKind::Noun), flag::NOUN),
                (any(|r| r.word == WordKind::Verb), flag::VERB),
                (!any(|r| r.word == WordKind::Verb && !r.needs.contains(&Need::Is(Test::Reports))), flag::ONLY_REPORTS),
            ];
            let verbs =
                same.iter().map(|(_, rule, _)| &catalogue.rules[*rule as usize]).filter(|r| r.word == WordKind::Verb);
            let followed = verbs.map(prepositions).try_fold(0, |all, bits| Some(all | bits?)).unwrap_or(0);
            words.edit_id(same[0].0, |w| {
                // A user's word may be in no list: what part of speech it is was told with its rule.
                if w.tag == Tag::Unknown && matches!(same[0].2, Tag::Base | Tag::Verb | Tag::Past | Tag::Adjective) {
                    w.tag = same[0].2;
                }
                w.rules = rules;
                w.followed = followed;
                for (is, bit) in kinds {
                    w.flags |= if is { bit } else { 0 };
                }
            });
        }
        words.list_objects(dictionary, catalogue);
        words
    }

    /// Notes which words verbs need in their sentences, and which verbs tell nothing without one of them.
    fn list_objects(&mut self, dictionary: &Dictionary<'_>, catalogue: &Catalogue) {
        let mut asks: Vec<Option<Lists>> = vec![None; catalogue.rules.len()];
        let mut lists: Vec<Vec<u32>> = Vec::new();
        let mut listed: BTreeMap<u32, Lists> = BTreeMap::new();
        for (number, rule) in catalogue.rules.iter().enumerate() {
            // The words of one row need the same.
            if let Some(before) = number.checked_sub(1).filter(|before| catalogue.rules[*before].needs == rule.needs) {
                asks[number] = asks[before];
                continue;
            }
            // Sums are rarer than any word.
            if rule.needs.contains(&Need::Is(Test::Sum)) {
                asks[number] = Some(wants::MONEY);
                continue;
            }
            let Some(list) = rule.needs.iter().find_map(wants::asked) else { continue };
            let ids: Vec<u32> = with_plurals(dictionary, list).collect();
            if ids.contains(&crate::token::NO_WORD) {
                continue;
            }
            let same = lists.iter().position(|known| *known == ids);
            let at = same.unwrap_or(lists.len());
            // Lists may share a bit: then a word of one keeps the other alive, which only costs time.
            let bit = 1 << (at % wants::ROOM);
            asks[number] = Some(bit);
            if same.is_none() {
                ids.iter().for_each(|id| *listed.entry(*id).or_default() |= bit);
                lists.push(ids);
            }
        }
        for (id, set) in listed {
            let listed = number_of(&mut self.lists, set);
            self.edit_id(id, |w| w.listed = listed);
        }
        for word in &mut self.list {
            let rules = &self.rules[usize::from(word.rules.0)..usize::from(word.rules.1)];
            let verbs = rules.iter().filter(|r| catalogue.rules[**r as usize].word == WordKind::Verb);
            let objects = verbs.map(|r| asks[*r as usize]).try_fold(0, |all, bit| Some(all | bit?)).unwrap_or(0);
            let listed = self.lists[usize::from(word.listed)] | wants::carrying(word.flags);
            word.objects = number_of(&mut self.lists, objects);
            word.listed = number_of(&mut self.lists, listed);
        }
    }

    fn edit(&mut self, dictionary: &Dictionary<'_>, word: &str, change: impl FnOnce(&mut Word)) {
        self.edit_id(word_id(dictionary, word), change);
    }

    fn edit_id(&mut self, id: u32, change: impl FnOnce(&mut Word)) {
        let Some(number) = self.number.get_mut(id as usize) else {
            return;
        };
        if *number == 0 {
            self.list.push(UNKNOWN);
            *number = self.list.len() as u16 - 1;
        }
        change(&mut self.list[usize::from(*number)]);
    }
}

/// The number of a set of lists; each is written once.
fn number_of(sets: &mut Vec<Lists>, set: Lists) -> u16 {
    let known = sets.iter().position(|known| *known == set);
    known.unwrap_or_else(|| {
        sets.push(set);
        sets.len() - 1
    }) as u16
}

/// The classes whose senses say something to this station.
const DESCRIBING: [u32; 5] = [class::CONTEXT, class::SPEECH, class::TITLE, class::FUNCTION, class::PEOPLE];

/// The prepositions, as bits, of which a rule asks for one.
fn prepositions(rule: &Rule) -> Option<u32> {
    rule.needs.iter().find_map(|need| match need {
        Need::After(list) => Some(list.iter().fold(0, |bits, p| bits | 1 << p)),
        Need::Is(Test::Infinitive) => Some(1 << words::TO),
        Need::Is(Test::InfinitiveOrFor) => Some(1 << words::TO | 1 << words::FOR),
        _ => None,
    })
}

/// Reads the senses of a word. `sectors` are the values of words for people.
fn describe(dictionary: &Dictionary<'_>, sectors: &[u32], id: u32) -> Word {
    let mut word = UNKNOWN;
    word.sector = dictionary.senses(id, class::PEOPLE).find(|v| !dictionary.value(*v).is_empty()).unwrap_or(0);
    word.tag = dictionary.tag(id);
    for value in dictionary.senses(id, class::CONTEXT) {
        word.contexts = word.contexts.and(Contexts::of(dictionary.value(value)).unwrap_or_default());
    }
    for value in dictionary.senses(id, class::SPEECH) {
        let value = dictionary.value(value);
        if let Some(name) = value.strip_prefix("sector.") {
            word.sector = sectors.iter().copied().find(|v| dictionary.value(*v) == name).unwrap_or(0);
        }
        word.flags |= match value {
            "light.hold" => flag::HOLD,
            "light.attend" => flag::ATTEND,
            "light.pay" => flag::PAY,
            "light.express" => flag::EXPRESS,
            "light.carry" => flag::CARRY,
            "light.cause" => flag::CAUSE,
            "agent" => flag::AGENT,
            "human" => flag::HUMAN,
            "quantity" => flag::QUANTITY,
            "report" => flag::REPORT,
            "implicative" => flag::IMPLICATIVE,
            "plan" => flag::PLAN,
            "pair" => flag::PAIR,
            "jointly" => flag::JOINTLY,
            "thing" => flag::THING,
            "relief" => flag::RELIEF,
            _ => 0,
        };
    }
    for value in dictionary.senses(id, class::TITLE) {
        if dictionary.value(value) != "honour" && word.flags & flag::THING == 0 {
            word.flags |= flag::OFFICE;
        }
    }
    word
}

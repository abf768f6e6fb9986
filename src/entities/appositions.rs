//! Where a title or role begins and ends: the noun phrase around a word of the list of titles.
//!
//! "outgoing provincial governor Ana Rojas": nouns and adjectives before the title belong to it, what governs it does
//! not. "Ana Rojas, a teacher who taught there, …": a role runs on to the end of its relative clause.

use super::little_words::is_word;
use super::page::Page;
use super::{EntityType, Mention};
use crate::dictionary::NONE;
use crate::dictionary::class::{self, Function, sort};
use crate::dictionary::speech::{Mark, Tag};
use crate::token::form;

/// How far a role may reach, in tokens.
const REACH: u32 = 16;
/// How far it may reach with its relative clause.
const CLAUSE_REACH: u32 = 24;
/// How many words may stand before a title within it.
const MODIFIERS: usize = 8;
/// How far behind the comma the role's noun may stand, in tokens.
const OPENING: u32 = 8;
/// What never modifies a title: what tells times, amounts and reports.
const NO_MODIFIER: u32 = class::WEEKDAY | class::MONTH | class::UNIT | class::MONEY | class::REPORT;

/// What stands before a noun phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// An article, "this", "his".
    Determined,
    /// `'s`, whose owner begins here.
    Owned(u32),
    /// Anything else.
    Bare,
}

impl Opening {
    /// Where the phrase begins with what opens it: `first` is its first word.
    pub fn begin(self, first: u32) -> u32 {
        match self {
            Opening::Determined => first - 1,
            Opening::Owned(owner) => owner,
            Opening::Bare => first,
        }
    }
}

/// The words of one sentence, with the names in it.
pub(super) struct Phrases<'a> {
    pub page: &'a Page<'a>,
    /// The mentions before the person's, by their place in the text.
    pub before: &'a [Mention],
    /// Those behind it.
    pub behind: &'a [Mention],
    /// The sentence's first token, and one past its last.
    pub first: u32,
    pub end: u32,
}

impl Phrases<'_> {
    /// The first token of the noun phrase whose title begins at `title`.
    pub fn begin(&self, title: u32) -> u32 {
        let small = title == self.first || self.page.tokens[title as usize].form & form::CAPITAL == 0;
        let mut first = title;
        for _ in 0..MODIFIERS {
            let Some(before) = self.modifier(first, small) else { break };
            first = before;
        }
        first
    }

    /// Where what modifies the noun at `first` begins. Before a title with a capital stand only names.
    fn modifier(&self, first: u32, small: bool) -> Option<u32> {
        let page = self.page;
        let at = first.checked_sub(1).filter(|&at| at >= self.first)?;
        if let Some(name) = self.name_to(first) {
            let modifies = matches!(name.kind, EntityType::Gpe | EntityType::Norp | EntityType::Org);
            return modifies.then_some(name.first).filter(|&first| first >= self.first);
        }
        let token = &page.tokens[at as usize];
        let is_glued = |at: u32| page.tokens[at as usize].form & form::SPACE == 0;
        if token.is_symbol(b'-') {
            // "first-time director"
            let joined = at > self.first && is_glued(at) && is_glued(first);
            return joined.then(|| at - 1).filter(|&at| page.tokens[at as usize].is(form::WORD));
        }
        if !token.is(form::WORD) || token.has(NO_MODIFIER) || token.form & form::DIGIT != 0 {
            return None;
        }
        let after_apostrophe = at > self.first && page.tokens[at as usize - 1].is_symbol(b'\'') && is_glued(at);
        if page.function(at) == Function::Conjunction && small {
            // "lawyer and activist Ana Rojas"
            let noun = at.checked_sub(1).filter(|&at| at >= self.first && self.is_title(at))?;
            let plain = page.tokens[noun as usize].form & form::CAPITAL == 0 && token.of(page.text) == "and";
            return plain.then_some(noun);
        }
        if page.function(at) == Function::Preposition && self.is(at, "in") && self.is(first, "chief") {
            // "editor in chief"
            return at.checked_sub(1).filter(|&at| at >= self.first && self.is_title(at));
        }
        if after_apostrophe || page.function(at) != Function::None || token.has(class::TIME) && !self.is_former(at) {
            return None;
        }
        let capital = token.form & form::CAPITAL != 0;
        if capital && at > self.first {
            return Some(at);
        }
        let governed = |tags: &[Tag]| at > self.first && tags.contains(&self.tag(at - 1));
        let modifies = match self.tag(at) {
            Tag::Noun | Tag::Adjective => true,
            // "by convicted murderer Ana Rojas", not "police arrested banker Ana Rojas"
            Tag::Past | Tag::Base => {
                at == self.first || governed(&[Tag::Preposition, Tag::Determiner, Tag::Possessive, Tag::Adjective])
            }
            Tag::Unknown => !governed(&[Tag::To, Tag::Modal, Tag::Do, Tag::Pronoun, Tag::Negation]),
            _ => false,
        };
        // "Editorial Manager Ana Rojas" may open a sentence.
        (modifies && (small || capital) && !token.has(class::TRIGGER)).then_some(at)
    }

    /// The name that ends where a phrase begins.
    fn name_to(&self, first: u32) -> Option<&Mention> {
        self.before.iter().rev().take(MODIFIERS).take_while(|m| m.end + 1 >= first).find(|m| m.end == first)
    }

    /// What governs the phrase that begins at `first`.
    pub fn opening(&self, first: u32) -> Opening {
        let page = self.page;
        if first <= self.first {
            return Opening::Bare;
        }
        if self.is_determined(first) {
            return Opening::Determined;
        }
        // "Chad's", "the Greens'"
        let mark = if self.is(first - 1, "s") { first.checked_sub(2) } else { first.checked_sub(1) };
        let mark = mark.filter(|&at| at > self.first && page.tokens[at as usize].is_symbol(b'\''));
        let Some(mark) = mark else { return Opening::Bare };
        if let Some(owner) = self.name_to(mark) {
            return Opening::Owned(owner.first);
        }
        let (word, owner) = (&page.tokens[mark as usize - 1], self.begin(mark - 1));
        match word.is(form::WORD) {
            // "the museum's"
            true if self.is_determined(owner) => Opening::Owned(owner - 1),
            true if word.form & form::CAPITAL != 0 => Opening::Owned(owner),
            _ => Opening::Bare,
        }
    }

    fn is_determined(&self, first: u32) -> bool {
        let page = self.page;
        first > self.first
            && matches!(page.function(first - 1), Function::Determiner | Function::Possessive)
            // "says that president Rojas left"
            && !self.is(first - 1, "that")
    }

    /// "The Ambassador of Chile, Ana Rojas,": the role's first token, when a role word opens what stands before the
    /// comma at `comma`. `name_end` is one past the name behind it.
    pub fn before_comma(&self, comma: u32, name_end: u32) -> Option<u32> {
        let page = self.page;
        // "After a talk with the minister, Rojas left": no apposition but where the role opens the sentence, or is a
        // name by itself ("Minister of State, Ana Rojas left").
        let closed = name_end >= self.end
            || !page.tokens[name_end as usize].is(form::WORD)
            || matches!(page.function(name_end), Function::Conjunction | Function::Preposition);
        // "President Ana Rojas, Ion Rusu and …": two people.
        let person = self.name_to(comma).filter(|m| m.kind == EntityType::Person);
        let other =
            person.is_some_and(|m| m.first == self.first || page.function(m.first - 1) != Function::Preposition);
        if other {
            return None;
        }
        let mut at = comma;
        while at > self.first && comma - at < REACH {
            at -= 1;
            let token = &page.tokens[at as usize];
            if token.form & form::WORD == 0 && !matches!(token.symbol, b'-' | b'\'' | b'(' | b')') {
                return None;
            }
            if self.is_role(at) {
                let first = self.begin(at);
                let governor = first.checked_sub(1).filter(|&at| at >= self.first);
                let compared = governor.is_some_and(|at| self.is(at, "as") || self.is(at, "than"));
                let first = self.opening(first).begin(first);
                let proper = (at..comma).all(|at| {
                    let token = &page.tokens[at as usize];
                    token.form & form::CAPITAL != 0 || page.function(at) != Function::None || !token.is(form::WORD)
                });
                return (!compared && (closed || proper || first == self.first)).then_some(first);
            }
            if token.has(class::REPORT) || token.form & form::CAPITAL == 0 && self.tag(at) == Tag::Verb {
                return None;
            }
            let part = matches!(
                page.function(at),
                Function::Preposition
                    | Function::Conjunction
                    | Function::None
                    | Function::Determiner
                    | Function::Possessive
            );
            if !part {
                return None;
            }
        }
        None
    }

    /// "Ana Rojas, director of the port authority,": the role's first token and one past its last, behind the comma
    /// at `comma`; and where the relative clause in it begins.
    pub fn behind_comma(&self, comma: u32) -> Option<(u32, u32, u32)> {
        let page = self.page;
        let start = comma + 1;
        let one_of = page.function(start) == Function::Pronoun;
        let mut role = None;
        for at in start..(start + OPENING).min(self.end) {
            let token = &page.tokens[at as usize];
            if self.is_role(at) || self.is_title(at) && one_of && !self.is_owner(at) {
                role = Some(at);
                break;
            }
            let word = token.is(form::WORD) && !token.has(class::REPORT) && self.tag(at) != Tag::Verb;
            let joins =
                at > start && matches!(token.symbol, b'-' | b'\'' | b'.' | b'&') && token.form & form::WORD == 0;
            let part = match page.function(at) {
                Function::None | Function::Determiner | Function::Possessive => true,
                // "now president", "one of the founders"
                Function::Adverb => at == start,
                Function::Pronoun => at == start,
                // "one of the founders", "the editor-in-chief"
                Function::Preposition => {
                    page.function(at - 1) == Function::Pronoun || page.tokens[at as usize - 1].is_symbol(b'-')
                }
                _ => false,
            };
            if !(word && part || joins) {
                return None;
            }
        }
        let role = role?;
        // "Ana Rojas, President Ion Rusu and …": the title is the next one's.
        let next = self.behind.iter().take_while(|m| m.first < start + REACH);
        let mut next = next.filter(|m| m.first > role && m.kind == EntityType::Person);
        let is_next = |m: &Mention| {
            let mut between = page.tokens[role as usize..m.first as usize].iter();
            between.all(|t| t.has(class::TITLE) || t.is_symbol(b'.'))
        };
        if next.next().is_some_and(is_next) {
            return None;
        }
        let (core, end) = self.role_end(start, role + 1);
        Some((start, end, core))
    }

    /// Where a role ends, without its relative clause and with it.
    fn role_end(&self, start: u32, mut at: u32) -> (u32, u32) {
        let page = self.page;
        let mut core = None;
        while at < self.end {
            let token = &page.tokens[at as usize];
            let reach = if core.is_some() { CLAUSE_REACH } else { REACH };
            if at - start >= reach {
                // A clause that does not end is left out.
                return (core.unwrap_or(at), core.unwrap_or(at));
            }
            let opens_acronym = || {
                page.token(at + 1).is_some_and(|t| t.is(form::ALL_CAPITALS))
                    && page.token(at + 2).is_some_and(|t| t.is_symbol(b')'))
            };
            let symbol = match token.symbol {
                b'(' => !opens_acronym(),
                // "a critic of Mr. Rojas"
                b'.' => !page.tokens[at as usize - 1].has(class::ABBREVIATION) || at + 1 == self.end,
                symbol => !matches!(symbol, b'-' | b'\'' | b')' | b'&'),
            };
            if token.form & form::WORD == 0 && symbol {
                break;
            }
            if core.is_none() {
                match page.function(at) {
                    Function::Relative => core = Some(at),
                    Function::Be | Function::Have | Function::Modal | Function::Subordinator | Function::Subject => {
                        break;
                    }
                    Function::Conjunction if page.function(at + 1) == Function::Possessive => break,
                    _ if token.has(class::REPORT | class::WEEKDAY) => break,
                    _ => (),
                }
            }
            at += 1;
        }
        (core.unwrap_or(at), at)
    }

    /// A word of the list of titles that is nothing smaller: "he" is more than "HE", His Excellency.
    fn is_title(&self, at: u32) -> bool {
        self.page.tokens[at as usize].has(class::TITLE) && self.page.function(at) == Function::None
    }

    /// What one person can be: a title that is no plural, no honour ("Jr.") and owns nothing ("the mayor's office").
    fn is_role(&self, at: u32) -> bool {
        if !self.is_title(at) || self.is_owner(at) {
            return false;
        }
        let word = self.page.tokens[at as usize].of(self.page.text).as_bytes();
        let plural = word.len() > 3 && word.ends_with(b"s") && !word.ends_with(b"ss");
        !plural && !self.is_honour(at)
    }

    fn is_honour(&self, at: u32) -> bool {
        let dictionary = self.page.dictionary;
        let surface = dictionary.surface_of_word(self.page.tokens[at as usize].word);
        surface != NONE && dictionary.sorts(surface, false) & sort::HONOUR != 0
    }

    /// Whether an apostrophe stands behind a word.
    fn is_owner(&self, at: u32) -> bool {
        self.page.token(at + 1).is_some_and(|t| t.is_symbol(b'\''))
    }

    fn tag(&self, at: u32) -> Tag {
        Mark(self.page.tokens[at as usize].mark).tag()
    }

    /// Whether a token is a word, in capitals or not.
    fn is(&self, at: u32, word: &str) -> bool {
        is_word(self.page.text, &self.page.tokens[at as usize], word)
    }

    /// "former", "late": they tell a time, and what a title was.
    fn is_former(&self, at: u32) -> bool {
        ["former", "late", "current"].iter().any(|former| self.is(at, former))
    }
}

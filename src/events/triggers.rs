//! Finds the words that may trigger an event, before anything is parsed.
//!
//! Most words trigger nothing, and most that could stand where no rule can use them: inside a quotation, inside a name.
//! A sentence is parsed only for those that are left.

use super::catalogue::WordKind;
use super::cover::Cover;
use super::detect::{Detector, Input};
use super::plan::Ask;
use super::plover::Contexts;
use super::syntax::{NOMINAL, Tag as T, set};
use super::tags::raw_tag;
use super::wants::{self, Lists, Wanted};
use super::words::{Word, flag};
use crate::dictionary::class;
use crate::entities::{EntityType, Mention};
use crate::kernel::each_bit;
use crate::segment::{Part, Sentence};
use crate::token::{SHEET, Token, form, marks};

/// What a token that is asked has of class.
const ASKED: u64 = marks(class::TRIGGER | class::CONTEXT, 0);

impl Detector {
    /// Replaces `out` by the tokens that may trigger an event with the numbers of their sentences, in order, and
    /// `survey` by what is seen of each sentence on the way. `asked` is room for the tokens that are asked, and whether they
    /// may tell something.
    #[inline(never)]
    pub(super) fn triggers(
        &self,
        article: &Input<'_>,
        cover: &Cover,
        asked: &mut Vec<(u32, bool)>,
        out: &mut Vec<(u32, u32)>,
        survey: &mut Vec<Seen>,
    ) {
        let Input { entities, sentences, .. } = *article;
        let tokens: &[Token] = article.tokens;
        out.clear();
        survey.clear();
        survey.resize(sentences.len(), Seen { contexts: Contexts::NONE, has_brackets: false });
        let beside = Beside { mentions: &entities.mentions, cover };
        // What is known of a word lies two steps away in memory: each is asked for before it is read.
        asked.clear();
        for (number, sheet) in article.tokens.sheets().iter().enumerate() {
            let first = number * SHEET;
            for bit in each_bit(sheet.having::<{ marks(0, form::BRACKET) }>()) {
                survey[sentences.number_of(first + bit)].has_brackets = true;
            }
            let tells = sheet.having::<{ marks(class::TRIGGER, 0) }>() & !cover.quoted(first);
            for bit in each_bit(sheet.having::<ASKED>()) {
                let at = first + bit;
                self.words.expect_number(&tokens[at]);
                asked.push((at as u32, tells >> bit & 1 != 0));
            }
        }
        for &(at, _) in &*asked {
            self.words.expect(&tokens[at as usize]);
        }
        let mut wanted = Wanted::new(&self.words, article);
        for &(token, may_tell) in &*asked {
            let at = token as usize;
            let number = sentences.number_of(at);
            let sentence = &sentences[number];
            let seen = &mut survey[number];
            let here = &tokens[at];
            let word = self.words.of(here);
            seen.contexts = seen.contexts.and(word.contexts);
            let is_read = !matches!(sentence.part, Part::Furniture | Part::Header);
            // Only an adjective and the name of an event tell something from inside a name.
            let free = cover.named(at) & 1 == 0
                || word.flags & flag::ADJECTIVE != 0
                || beside.mention(token).is_some_and(|m| m.kind == EntityType::Event);
            if !(may_tell & (word.rules.0 != word.rules.1) & is_read & free) || is_bound(tokens, at) {
                continue;
            }
            let lists = || wanted.of(number, sentence);
            if (Trigger { detector: self, article, sentence, at, word, beside: &beside }).may_tell(lists) {
                self.plans.expect(self.words.rules[usize::from(word.rules.0)]);
                out.push((token, number as u32));
            }
        }
    }
}

/// What is seen of a sentence before it is parsed.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The contexts that its words colour.
    pub contexts: Contexts,
    pub has_brackets: bool,
}

/// A word that may trigger an event, with what stands right beside it.
///
/// What holds here must hold for the parsed sentence too, so a neighbour that is more than its word (a name, a time,
/// what brackets hide) forbids nothing.
struct Trigger<'a> {
    detector: &'a Detector,
    article: &'a Input<'a>,
    sentence: &'a Sentence,
    at: usize,
    word: &'a Word,
    beside: &'a Beside<'a>,
}

impl Trigger<'_> {
    /// Whether the words right beside a trigger leave it something to tell. `lists` tells of which lists its sentence has
    /// a word.
    #[inline]
    fn may_tell(&self, mut lists: impl FnMut() -> Lists) -> bool {
        let Word { flags, objects, followed, .. } = *self.word;
        flags & flag::ADJECTIVE != 0
            || flags & flag::VERB != 0
                && (objects == 0 || lists() & self.detector.words.objects_of(self.word) != 0)
                && self.is_verb()
                && (followed == 0 || self.is_followed(followed))
            || flags & flag::NOUN != 0 && self.is_noun() && self.is_carried(lists)
    }

    fn is_verb(&self) -> bool {
        /// Articles, adjectives and most prepositions make a participle something else.
        const MODIFIED: u32 = set(&[T::Determiner, T::Possessive, T::Genitive, T::Adjective]);
        const MODIFIED_PAST: u32 = MODIFIED | set(&[T::Preposition]);
        /// A plain form is a verb only behind one of these; what is a noun for sure takes it into its phrase.
        const TAKES_VERB: u32 = set(&[T::To, T::Modal, T::Do, T::Pronoun, T::Conjunction])
            | set(&[T::Ing, T::Base, T::Adverb, T::Negation, T::Skip]);
        /// Behind these it must have an object, and one that begins like this.
        const BEGINS_OBJECT: u32 = set(&[T::Determiner, T::Possessive, T::Name, T::Pronoun, T::Relative]);
        const NOUNS: u32 = set(&[T::Noun, T::Unknown]);
        const BEHIND_HEADLINE: u32 = NOMINAL | set(&[T::Preposition, T::To]);
        const BESIDE_WORDS: u32 = set(&[T::Adverb, T::Skip]);
        const BEHIND_NOUN: u32 = set(&[T::Conjunction, T::Ing, T::Base]);
        /// "said on", "said, “": what is reported must follow.
        const REPORTS_NOTHING: u32 = set(&[T::Preposition, T::To, T::Comma, T::Dash, T::Conjunction, T::Subordinator])
            | set(&[T::Modal, T::Be, T::Have, T::Do, T::Verb]);
        const BEGINS: u32 = set(&[T::Determiner, T::Possessive, T::Adverb, T::Skip]);
        const ENDS: u32 = set(&[T::Stop, T::Relative, T::Adverb, T::Skip]);
        let first = self.sentence.first as usize;
        let reports = self.word.flags & flag::REPORT != 0;
        let before = self.beside(self.at.wrapping_sub(1));
        let next = || self.beside(self.at + 1);
        // What may be an object begins right behind the trigger, or its clause may end with it.
        let is_complete = |next: u32| next & !BEGINS == 0 || reports && next & !ENDS == 0;
        let is_verb = match self.own_tag() {
            T::Verb | T::Be | T::Have | T::Do | T::Modal => !self.is_wished_for(before),
            T::Past => before & MODIFIED_PAST == 0,
            T::Ing => before & MODIFIED == 0,
            T::Base if self.at == first => false,
            T::Base if self.is_name(self.at - 1) => {
                let next = next();
                is_complete(next) || next & !(NOMINAL | set(&[T::To])) == 0
            }
            T::Base if before & NOUNS != 0 => {
                let next = next();
                is_complete(next) || before & set(&[T::Noun]) != 0 && next & !BEHIND_HEADLINE == 0
            }
            T::Base => {
                before & !TAKES_VERB == 0
                    && (reports || before & BEHIND_NOUN == 0 || next() & !(BEGINS_OBJECT | BESIDE_WORDS) == 0)
                    && !self.is_wished_for(before)
            }
            // "…, the agency reports."
            _ => reports && self.at > first && before & !set(&[T::Pronoun]) == 0 && next() & !ENDS == 0,
        };
        let tells = || {
            let next = next();
            let is_timed = next & set(&[T::Preposition]) != 0 && self.beside.cover.is_timed(self.at as u32 + 2);
            next & REPORTS_NOTHING == 0 || is_timed
        };
        is_verb && (self.word.flags & flag::ONLY_REPORTS == 0 || tells())
    }

    /// "on Norway to release": the infinitive of a word that says neither that it came true nor that it is planned.
    /// `before` is what stands before the trigger.
    fn is_wished_for(&self, before: u32) -> bool {
        /// The head of the chunk that they end, or a chunk that is neither noun nor verb.
        const GOVERNS: u32 = set(&[T::Noun, T::Unknown, T::Adjective, T::Base, T::Past, T::Ing, T::Verb])
            | set(&[T::Comma, T::Dash, T::Stop, T::Conjunction, T::Subordinator, T::Relative, T::Pronoun])
            | set(&[T::Preposition]);
        if before & set(&[T::To]) == 0 {
            return false;
        }
        let to = self.at - 1;
        if to == self.sentence.first as usize {
            return true;
        }
        let governor = &self.article.tokens[to - 1];
        self.detector.words.of(governor).flags & (flag::PLAN | flag::IMPLICATIVE) == 0
            && (self.is_name(to - 1) || self.beside(to - 1) & GOVERNS != 0)
    }

    /// Whether a token stands inside a name, and in nothing else.
    fn is_name(&self, at: usize) -> bool {
        let token = at as u32;
        self.sentence.range().contains(&at)
            && self.beside.cover.named(at) & 1 != 0
            && !self.beside.cover.is_timed(token)
            && !self.beside.cover.is_quoted(token)
            && !self.is_in_dateline(token)
    }

    fn is_in_dateline(&self, token: u32) -> bool {
        self.article.dateline.is_some_and(|d| d.whole.contains(&token))
    }

    /// The tag of the trigger itself, which the lists tell of most of them.
    fn own_tag(&self) -> T {
        let Word { tag, flags, .. } = *self.word;
        let small = self.article.tokens[self.at].form & (form::CAPITAL | form::INNER_CAPITAL) == 0;
        if small && tag != T::Unknown && flags & (flag::HEDGE | flag::AS) == 0 { tag } else { self.tag(self.at).0 }
    }

    /// A noun that another follows is not the head of its phrase: "conference room".
    fn is_noun(&self) -> bool {
        const NOMINAL: u32 = set(&[T::Noun, T::Adjective, T::Unknown]);
        let next = self.at + 1;
        self.beside(next) & NOMINAL == 0 || self.tag(next).1 || self.beside.mention(self.at as u32).is_some()
    }

    /// "a phone call", "carried out an attack": a word or verb that all its rules as a noun ask for stands there.
    fn is_carried(&self, mut lists: impl FnMut() -> Lists) -> bool {
        let Detector { words, plans, .. } = self.detector;
        // The name of an event is read as a whole.
        if self.beside.mention(self.at as u32).is_some() {
            return true;
        }
        let mut nouns =
            words.rules_of(self.word).iter().map(|&rule| plans.of(rule)).filter(|plan| plan.word == WordKind::Noun);
        nouns.any(|plan| {
            plans.steps(plan).iter().all(|step| match step.ask {
                Ask::Before => {
                    let list = plans.words(step);
                    let from = self.at.saturating_sub(3).max(self.sentence.first as usize);
                    self.article.tokens[from..self.at].iter().any(|t| list.contains(&t.word))
                }
                Ask::Is(test) => {
                    let carriers = wants::carriers(test);
                    carriers == 0 || lists() & carriers != 0
                }
                _ => true,
            })
        })
    }

    /// "spoke to": a preposition that the verb needs stands somewhere behind it in the sentence.
    fn is_followed(&self, prepositions: u32) -> bool {
        let behind = &self.article.tokens[self.at + 1..self.sentence.end as usize];
        self.detector.words.has_preposition(behind, prepositions)
    }

    fn tag(&self, at: usize) -> (T, bool) {
        raw_tag(&self.detector.words, self.article, at, self.sentence.first as usize)
    }

    /// The tag of a neighbour, as a bit; none of one that is more than its word.
    #[inline]
    fn beside(&self, at: usize) -> u32 {
        if self.sentence.range().contains(&at) && !self.beside.cover.is_covered(at) {
            1 << self.tag(at).0 as u32
        } else {
            0
        }
    }
}

/// What is known already around the trigger at hand.
struct Beside<'a> {
    mentions: &'a [Mention],
    cover: &'a Cover,
}

impl Beside<'_> {
    /// The mention that covers a token.
    #[inline]
    fn mention(&self, token: u32) -> Option<&Mention> {
        self.cover.at(token, self.mentions).map(|(_, mention)| mention)
    }
}

/// Whether hyphens bind a token into another word.
pub(super) fn is_bound(tokens: &[Token], at: usize) -> bool {
    let glued = |at: usize| tokens.get(at).is_some_and(|t| t.form & form::SPACE == 0);
    let hyphen = |at: usize| tokens.get(at).is_some_and(|t| t.form & (form::DASH | form::SPACE) == form::DASH);
    at > 0 && glued(at) && hyphen(at - 1) || hyphen(at + 1) && glued(at + 2)
}

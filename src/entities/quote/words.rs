//! What the verbs of saying in `vocabulary/quotes.tsv` mean, and the small words around them.

use crate::dictionary::{Dictionary, class};
use crate::entities::little_words::LittleWords;
use crate::entities::senses::Senses;
use crate::token::Token;

/// How a verb of saying is built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Verb {
    #[default]
    Say,
    Saying,
    /// "told": who follows was told.
    Tell,
    Telling,
    /// "called": who follows was called so.
    Call,
    Calling,
    /// "according (to)".
    According,
}

impl Verb {
    /// "saying": has no subject of its own.
    pub(super) fn is_participle(self) -> bool {
        matches!(self, Verb::Saying | Verb::Telling | Verb::Calling)
    }

    /// "said X": the speaker may stand behind it.
    pub(super) fn takes_speaker_behind(self) -> bool {
        self == Verb::Say
    }
}

/// The verbs by word id.
#[derive(Debug)]
pub(super) struct Verbs(Senses<Verb>);

impl Verbs {
    pub(super) fn new(dictionary: &Dictionary<'_>) -> Self {
        Verbs(Senses::new(dictionary, &[class::REPORT], |verb, _, value| {
            *verb = match value {
                "according" => Verb::According,
                "say ing" => Verb::Saying,
                "tell ing" => Verb::Telling,
                "call ing" => Verb::Calling,
                v if v.starts_with("tell") => Verb::Tell,
                v if v.starts_with("call") => Verb::Call,
                _ => Verb::Say,
            };
        }))
    }

    pub(super) fn of(&self, token: &Token) -> Verb {
        self.0.of(token)
    }
}

/// What a small word is beside a verb of saying: bits of a [`Words`] answer.
pub(super) mod is {
    pub const PRONOUN: u8 = 1;
    /// Begins a noun phrase.
    pub const ARTICLE: u8 = 1 << 1;
    /// An auxiliary or adverb between a subject and its verb.
    pub const BESIDE_VERB: u8 = 1 << 2;
    /// "of", "for": hangs a phrase to another.
    pub const JOINT: u8 = 1 << 3;
    /// "who", "which".
    pub const RELATIVE: u8 = 1 << 4;
    /// "quoted": its object is who said it.
    pub const QUOTES: u8 = 1 << 5;
}

/// The small words.
#[derive(Debug)]
pub(super) struct Words(LittleWords<u8>);

impl Words {
    pub(super) fn new() -> Self {
        const WORDS: [(u8, &str); 7] = [
            (is::PRONOUN, "he she they it we i you others some"),
            (is::ARTICLE, "the a an his her their its our my another"),
            (
                is::BESIDE_VERB,
                "has have had also later then further once again is was would will earlier even just only now \
                 reportedly previously still himself herself did too",
            ),
            (is::JOINT, "of for"),
            (is::RELATIVE, "who which"),
            (is::QUOTES, "quoted quotes quoting cited"),
            (is::PRONOUN | is::ARTICLE, "one"),
        ];
        Words(LittleWords::of_lists(&WORDS))
    }

    /// Whether a token is one of some sorts.
    #[inline]
    pub(super) fn of(&self, token: &Token, sorts: u8) -> bool {
        self.0.of(token) & sorts != 0
    }
}

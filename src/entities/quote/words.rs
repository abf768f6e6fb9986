//! What the verbs of saying in `vocabulary/quotes.tsv` mean.

use crate::dictionary::{Dictionary, class};
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

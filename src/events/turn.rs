//! What a deed is told as that has not happened: promised, refused, or announced against somebody.
//!
//! PLOVER tells no deeds to come. Who promises one agrees to it, who refuses one rejects it, who announces one against
//! somebody threatens. So each rule whose deed can be any of these has twins that tell so, found with its words.

use super::catalogue::Rule;
use super::plover::TYPES;

/// Adds the twins of all rules that have some.
pub(super) fn add_twins(rules: &mut Vec<Rule>) {
    for number in 0..rules.len() {
        let own = rules[number].event_type();
        let Some(turn) = TURNS.iter().find(|turn| turn.of.contains(&own)) else { continue };
        for (at, told) in [turn.announced, turn.refused].into_iter().enumerate() {
            let Some(Turned { id, kind, mode, cameo }) = told else { continue };
            let kind = TYPES.iter().position(|t| t.name == kind).expect("the table names types that exist");
            let twin = rules[number].told_as(id, kind, mode, cameo);
            rules[number].turned[at] = Some(rules.len() as u32);
            rules.push(twin);
        }
    }
}

/// As what a deed is told that is only announced or that is refused.
struct Turn {
    /// Types of the deed.
    of: &'static [&'static str],
    announced: Option<Turned>,
    refused: Option<Turned>,
}

#[derive(Clone, Copy)]
struct Turned {
    id: &'static str,
    kind: &'static str,
    mode: Option<&'static str>,
    cameo: &'static str,
}

const fn turned(
    id: &'static str,
    kind: &'static str,
    mode: Option<&'static str>,
    cameo: &'static str,
) -> Option<Turned> {
    Some(Turned { id, kind, mode, cameo })
}

/// What is promised is an agreement, what is refused a rejection, what is announced against somebody a threat: PLOVER
/// codebook, on AGREE, REJECT and THREATEN; the codes are CAMEO's.
const TURNS: [Turn; 7] = [
    Turn {
        of: &["CONSULT"],
        announced: turned("agree.future", "AGREE", None, "036"),
        refused: turned("reject.future", "REJECT", Some("meet"), "125"),
    },
    Turn {
        of: &["SUPPORT"],
        announced: turned("agree.future", "AGREE", None, "032"),
        refused: turned("reject.future", "REJECT", None, "120"),
    },
    Turn {
        of: &["AID", "COOPERATE"],
        announced: turned("agree.future", "AGREE", None, "033"),
        refused: turned("reject.future", "REJECT", Some("assist"), "122"),
    },
    Turn {
        of: &["RETREAT", "CONCEDE"],
        announced: turned("agree.future", "AGREE", None, "035"),
        refused: turned("reject.future", "REJECT", Some("yield"), "124"),
    },
    Turn { of: &["COERCE"], announced: turned("threaten.future", "THREATEN", None, "137"), refused: None },
    Turn {
        of: &["SANCTION"],
        announced: turned("threaten.future", "THREATEN", Some("restrict"), "1312"),
        refused: None,
    },
    Turn {
        of: &["ASSAULT", "MOBILIZE"],
        announced: turned("threaten.future", "THREATEN", Some("violence"), "138"),
        refused: None,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_is_one_of_its_type() {
        for Turned { kind, mode, .. } in TURNS.iter().flat_map(|turn| [turn.announced, turn.refused]).flatten() {
            let kind = TYPES.iter().find(|t| t.name == kind).expect("the type exists");
            assert!(
                mode.is_none_or(|mode| kind.modes.iter().any(|(known, _)| *known == mode)),
                "{mode:?} of {}",
                kind.name
            );
        }
    }
}

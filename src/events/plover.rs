//! The codebook: PLOVER's types with their quad, intensity and modes, and its contexts.
//!
//! Codes in the catalogue are checked against these tables when it is read, so a record can carry no code that the
//! codebook lacks. Events hold them as static strings: an event then owns no text.

/// A type of the codebook.
pub struct Type {
    /// Its name.
    pub name: &'static str,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// Its intensity; the codebook gives none to what it does not code.
    pub scale: Option<f32>,
    /// Its modes with their own intensity.
    pub modes: &'static [(&'static str, f32)],
}

const fn of(name: &'static str, quad: u8, scale: f32, modes: &'static [(&'static str, f32)]) -> Type {
    Type { name, quad, scale: Some(scale), modes }
}

/// All types, and STATEMENT, which PLOVER dropped and news is full of.
pub static TYPES: &[Type] = &[
    of("AGREE", 1, 2.5, &[]),
    of("CONSULT", 1, 2.5, &[("visit", 4.0), ("third-party", 1.0), ("multilateral", 4.0), ("phone", 1.5)]),
    of("SUPPORT", 1, 5.0, &[]),
    of("CONCEDE", 1, 4.5, &[]),
    of("COOPERATE", 2, 9.5, &[]),
    of("AID", 2, 10.0, &[]),
    of(
        "RETREAT",
        2,
        6.5,
        &[("withdraw", 8.0), ("release", 6.5), ("disarm", 10.0), ("ceasefire", 7.5), ("access", 6.5), ("resign", 4.5)],
    ),
    of("REQUEST", 3, 0.0, &[("assist", 0.5), ("change", -1.0), ("yield", -1.0), ("meet", 0.0)]),
    // The codebook prints 3 for ACCUSE, among modes that are all negative: a lost minus sign.
    of("ACCUSE", 3, -3.0, &[("disapprove", -2.0), ("investigate", -3.5), ("allege", -3.5)]),
    of("REJECT", 3, -2.0, &[("assist", -1.5), ("change", -2.0), ("yield", -2.0), ("meet", -2.0)]),
    of(
        "THREATEN",
        3,
        -3.5,
        &[
            ("restrict", -3.0),
            ("arrest", -3.5),
            ("relations", -3.5),
            ("expel", -3.5),
            ("territory", -4.0),
            ("violence", -3.5),
        ],
    ),
    of("SANCTION", 4, -6.0, &[("convict", -6.0), ("expel", -5.5), ("withdraw", -6.0), ("discontinue", -6.0)]),
    of("PROTEST", 4, -5.0, &MODES_OF_PROTEST),
    of("MOBILIZE", 4, -5.5, &MODES_OF_MOBILIZE),
    of("COERCE", 4, -7.0, &MODES_OF_COERCE),
    of("ASSAULT", 4, -9.0, &MODES_OF_ASSAULT),
    Type { name: "STATEMENT", quad: 1, scale: None, modes: &[] },
];

static MODES_OF_PROTEST: [(&str, f32); 7] = [
    ("demo", -5.0),
    ("riot", -7.0),
    ("strike", -5.0),
    ("hunger", -4.5),
    ("boycott", -4.5),
    ("obstruct", -4.5),
    ("vandalize", -5.0),
];

static MODES_OF_MOBILIZE: [(&str, f32); 4] = [("troops", -6.5), ("weapons", -6.5), ("police", -5.5), ("militia", -6.0)];

static MODES_OF_COERCE: [(&str, f32); 10] = [
    ("seize", -7.0),
    ("restrict", -7.0),
    ("censor", -6.5),
    ("curfew", -6.5),
    ("martial-law", -7.5),
    ("arrest", -7.0),
    ("deport", -7.0),
    ("withhold", -7.0),
    ("misinformation", -6.5),
    ("cyber", -7.0),
];

static MODES_OF_ASSAULT: [(&str, f32); 15] = [
    ("abduct", -8.5),
    ("beat", -7.5),
    ("torture", -8.5),
    ("sexual", -8.5),
    ("targeted", -9.5),
    ("destroy", -8.5),
    ("primitive", -8.0),
    ("firearms", -9.0),
    ("explosives", -9.0),
    ("suicide-attack", -9.5),
    ("aerial", -9.5),
    ("drone", -9.5),
    ("heavy-weapons", -9.5),
    ("crowd-control", -7.5),
    ("unconventional", -10.0),
];

/// The contexts of the codebook; an event's are a set of these, by number.
const CONTEXTS: &[&str] = &[
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
];

/// A set of contexts of the codebook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contexts(u64);

impl Contexts {
    /// The empty set.
    pub(super) const NONE: Contexts = Contexts(0);

    /// The set of one context; none where the codebook has no such name.
    pub(super) fn of(name: &str) -> Option<Contexts> {
        CONTEXTS.iter().position(|c| *c == name).map(|at| Contexts(1 << at))
    }

    /// All of two sets.
    #[inline]
    pub(super) fn and(self, other: Contexts) -> Contexts {
        Contexts(self.0 | other.0)
    }

    /// Whether two sets have a context in common.
    #[inline]
    pub(super) fn meets(self, other: Contexts) -> bool {
        self.0 & other.0 != 0
    }

    /// The names in the set, in the codebook's order. "Crime" says nothing beside a context that names the crime.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let mut left = if self.meets(NAMED_CRIMES) { self.0 & !CRIME.0 } else { self.0 };
        std::iter::from_fn(move || {
            let at = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            CONTEXTS.get(at as usize).copied()
        })
    }
}

/// "illegal_drugs"
pub const DRUGS: Contexts = Contexts(1 << 35);
const CRIME: Contexts = Contexts(1 << 33);
/// "illegal_drugs", "trafficking", "corruption", "cyber", "terrorism".
const NAMED_CRIMES: Contexts = Contexts(DRUGS.0 | 1 << 36 | 1 << 34 | 1 << 31 | 1 << 29);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contexts_that_code_names_are_those_of_the_codebook() {
        assert_eq!(Contexts::of("illegal_drugs"), Some(DRUGS));
        assert_eq!(Contexts::of("crime"), Some(CRIME));
        let named = ["illegal_drugs", "trafficking", "corruption", "cyber", "terrorism"];
        let set = named.iter().filter_map(|name| Contexts::of(name)).fold(Contexts::default(), Contexts::and);
        assert_eq!(set, NAMED_CRIMES);
        assert_eq!(set.and(CRIME).names().count(), named.len());
    }
}

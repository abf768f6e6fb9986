//! How likely a reading of a name is meant, before anybody has looked at a text.

use super::Kind;
use super::class::sort;

/// The parts of the likelihood that a reading is meant as a place. In hundredths; the scale is that of the weights of
/// evidence for names.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Prior {
    /// For its kind: countries always, other places less.
    pub kind: f64,
    /// For its inhabitants: nine for ten times as many.
    pub population: f64,
    /// For its rank: a capital, a division's seat.
    pub rank: f64,
    /// Against it, when the name is not a place's own.
    pub alias: f64,
}

impl Prior {
    /// Of an entry under a name: `rank` as in [`super::Brief`], `alias` as in [`super::Reading`].
    pub(super) fn of(kind: Kind, rank: u8, population: u32, alias: u8) -> Prior {
        let own = if alias == 0 { 0.0 } else { -15.0 };
        match kind {
            Kind::Country => Prior { kind: 90.0, ..Prior::default() },
            Kind::Region | Kind::Physical => Prior { kind: 75.0, ..Prior::default() },
            Kind::Admin1 => Prior { kind: 55.0, alias: own, ..Prior::default() },
            Kind::City => Prior {
                kind: 10.0,
                population: 9.0 * (f64::from(population) + 100.0).log10(),
                rank: 15.0 * f64::from(rank),
                alias: own,
            },
            _ => Prior::default(),
        }
    }

    /// All of it, between 0 and 98.
    pub fn sum(&self) -> u8 {
        (self.kind + self.population + self.rank + self.alias).clamp(0.0, 98.0) as u8
    }
}

/// What kinds of things an entry can be: bits of [`sort`]. `value` is asked for the entry's `sort`.
pub(super) fn sorts<'v>(kind: Kind, value: impl FnOnce() -> &'v str) -> u16 {
    match kind {
        Kind::Country => sort::COUNTRY | sort::PLACE,
        Kind::Admin1 | Kind::City => sort::PLACE,
        Kind::Region | Kind::Physical => sort::PLACE | sort::LOC,
        Kind::Demonym => sort::DEMONYM,
        Kind::Organisation => sort::ORG,
        Kind::Title => match value() {
            "title" => sort::TITLE,
            "role" => sort::ROLE,
            _ => sort::HONOUR,
        },
        // People, facilities and events of users' lists are put in their place when all else has been read.
        Kind::User => 0,
    }
}

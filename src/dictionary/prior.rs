//! How likely a reading of a name is meant, before anybody has looked at a text, and why.

use super::Kind;
use super::class::sort;

/// What makes up the likelihood of a reading, in the scale of the weights that it was made with.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Prior {
    /// For its kind: countries always, other places less.
    pub kind: f64,
    /// For its inhabitants, by their logarithm.
    pub population: f64,
    /// For its rank: a capital, a division's seat; against a division where hardly anybody lives.
    pub rank: f64,
    /// Against it, when the name is not its own.
    pub alias: f64,
    /// For what a user's list says of it.
    pub user: f64,
}

impl Prior {
    /// All of it.
    pub fn sum(&self) -> f64 {
        self.kind + self.population + self.rank + self.alias + self.user
    }

    /// All of it, in hundredths between 0 and 98.
    pub fn hundredths(&self) -> u8 {
        self.sum().clamp(0.0, 98.0) as u8
    }
}

/// How much each part counts for a question that is asked of places.
pub(super) struct Weights {
    country: f64,
    /// A region or a natural feature.
    region: f64,
    division: f64,
    /// Less, where hardly anybody lives in the division.
    small_division: f64,
    county: f64,
    city: f64,
    /// A city of ten times as many inhabitants.
    tenfold: f64,
    /// By [`super::Brief::rank`].
    rank: [f64; 3],
    /// A name that is not its own, of countries and regions.
    alias_of_large: f64,
    /// The same of divisions and cities.
    alias_of_small: f64,
}

/// Whether a place is meant at all. In hundredths; the scale is that of the weights of evidence for names.
pub(super) const A_PLACE: Weights = Weights {
    country: 90.0,
    region: 75.0,
    division: 55.0,
    small_division: 0.0,
    county: 75.0,
    city: 10.0,
    tenfold: 9.0,
    rank: [0.0, 15.0, 30.0],
    alias_of_large: 0.0,
    alias_of_small: -15.0,
};

/// Which of all places of one name is meant. In powers of ten: by another name than its own it is thirty times less
/// likely.
pub(super) const AMONG_PLACES: Weights = Weights {
    country: 9.0,
    region: 6.5,
    division: 6.0,
    small_division: -2.5,
    county: 5.0,
    city: 0.0,
    tenfold: 1.0,
    rank: [0.0, 1.0, 1.5],
    alias_of_large: -1.5,
    alias_of_small: -1.5,
};

impl Weights {
    /// The likelihood of an entry under a name: `rank` as in [`super::Brief`], `alias` as in [`super::Reading`]. None for
    /// what is no place.
    #[inline]
    pub fn weigh(&self, kind: Kind, rank: u8, population: u32, alias: u8) -> Option<Prior> {
        let alias = |weight: f64| if alias == 0 { 0.0 } else { weight };
        let place = |kind: f64, alias: f64| Some(Prior { kind, alias, ..Prior::default() });
        match kind {
            Kind::Country => place(self.country, alias(self.alias_of_large)),
            Kind::Region | Kind::Physical => place(self.region, alias(self.alias_of_large)),
            Kind::Admin1 => Some(Prior {
                kind: self.division,
                rank: if rank == 0 { 0.0 } else { self.small_division },
                alias: alias(self.alias_of_small),
                ..Prior::default()
            }),
            Kind::County => place(self.county, alias(self.alias_of_small)),
            Kind::City => Some(Prior {
                kind: self.city,
                population: self.tenfold * (f64::from(population) + 100.0).log10(),
                rank: self.rank[usize::from(rank)],
                alias: alias(self.alias_of_small),
                user: 0.0,
            }),
            _ => None,
        }
    }
}

/// How likely an entry is meant as a place under a name of it, in hundredths: 0 for what is none.
pub(super) fn as_place(kind: Kind, rank: u8, population: u32, alias: u8) -> u8 {
    A_PLACE.weigh(kind, rank, population, alias).map_or(0, |prior| prior.hundredths())
}

/// What kinds of things an entry can be: bits of [`sort`]. `value` is asked for the entry's `sort`.
pub(super) fn sorts<'v>(kind: Kind, value: impl FnOnce() -> &'v str) -> u16 {
    match kind {
        Kind::Country => sort::COUNTRY | sort::PLACE,
        Kind::Admin1 | Kind::County | Kind::City => sort::PLACE,
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

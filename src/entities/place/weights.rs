//! What speaks for a place, and how loudly: all in powers of ten.

use crate::dictionary::{Brief, Kind};

/// How often the names of an article are weighed by each other.
pub(super) const ROUNDS: usize = 3;
/// What is less likely by itself by this cannot be made likelier by company.
pub(super) const SURE: f32 = 5.5;
/// Shares that change by less are settled.
pub(super) const SETTLED: f32 = 0.2;
/// So large a share goes without saying in an article that speaks of the country.
pub(super) const OBVIOUS: f32 = 0.95;
/// So often the article must speak of it besides.
pub(super) const COMPANY: f32 = 0.4;
/// A share below this does not speak for others.
pub(super) const UNLIKELY: f32 = 0.02;
/// Further than this is not near, in kilometres.
pub(super) const FAR: f32 = 160.0;
/// A town of so high a prior is meant rather than an unknown one of another division: 100,000 inhabitants.
pub(super) const KNOWN_TOWN: f32 = 4.0;

/// How likely a place is meant by itself. Countries stand before all else; among towns ten times as many inhabitants make
/// one hardly ten times as likely, since few articles are about the largest of a name.
#[inline]
pub(super) fn prior(place: &Brief, alias: u8) -> Option<f32> {
    const TENFOLD: f32 = 0.8;
    const RANK: [f32; 3] = [0.0, 0.8, 1.5];
    const ALIAS: f32 = -1.3;
    let own = match place.kind {
        Kind::Country => 8.4,
        Kind::Region | Kind::Physical => 5.2,
        Kind::Admin1 => {
            if place.rank == 0 {
                5.0
            } else {
                2.8
            }
        }
        Kind::County => 4.0,
        Kind::City => TENFOLD * magnitude(place.population + 100) + RANK[usize::from(place.rank)],
        _ => return None,
    };
    Some(own + if alias == 0 { 0.0 } else { ALIAS })
}

/// The logarithm of a number, to a fortieth: between powers of two on a straight line.
#[inline]
fn magnitude(number: u32) -> f32 {
    let power = number.ilog2();
    let rest = number as f32 / (1u32 << power) as f32 - 1.0;
    (power as f32 + rest) * std::f32::consts::LOG10_2
}

/// What company says.
pub(super) mod company {
    /// More of it says more, but never more than `most`.
    pub struct Company {
        pub most: f32,
        /// Where it says half of that.
        half: f32,
    }

    impl Company {
        #[inline]
        pub fn of(&self, amount: f32) -> f32 {
            let amount = if amount > 0.0 { amount } else { 0.0 };
            self.most * amount / (amount + self.half)
        }
    }

    /// The article speaks of its country.
    pub const COUNTRY: Company = Company { most: 3.0, half: 2.0 };
    /// The article speaks of its division, or a division's towns are named.
    pub const DIVISION: Company = Company { most: 2.8, half: 1.3 };
    /// A division among others of its country.
    pub const AMONG_DIVISIONS: Company = Company { most: 3.0, half: 2.0 };
    /// Other places lie near it.
    pub const NEAR: Company = Company { most: 4.5, half: 0.45 };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn magnitudes_are_logarithms_to_a_fortieth() {
        let mut before = 0.0;
        for number in (1..20_000_000).step_by(997) {
            let found = magnitude(number);
            assert!((found - (number as f32).log10()).abs() < 0.026 && found >= before, "{number}: {found}");
            before = found;
        }
    }

    #[test]
    fn the_larger_and_higher_place_is_likelier() {
        let place = |kind, population, rank| Brief { kind, country: *b"XX", population, rank };
        let rows = [
            place(Kind::Country, 0, 0),
            place(Kind::City, 3_000_000, 2),
            place(Kind::City, 3_000_000, 0),
            place(Kind::Admin1, 0, 0),
            place(Kind::City, 20_000, 0),
            place(Kind::Admin1, 0, 1),
        ];
        let priors: Vec<f32> = rows.iter().filter_map(|place| prior(place, 0)).collect();
        assert!(priors.len() == rows.len() && priors.is_sorted_by(|a, b| a > b), "{priors:?}");
        assert!(prior(&rows[1], 1) < prior(&rows[1], 0));
        assert_eq!(prior(&place(Kind::Organisation, 0, 0), 0), None);
    }

    #[test]
    fn company_says_more_the_more_there_is_and_never_all() {
        let said: Vec<f32> = (0..100).map(|amount| company::NEAR.of(amount as f32 / 10.0)).collect();
        assert!(said.is_sorted() && said[0] == 0.0 && said[99] < company::NEAR.most);
        assert_eq!(company::COUNTRY.of(-1.0), 0.0);
    }
}

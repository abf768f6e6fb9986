//! How often something is spoken of, by small numbers.

/// Counts by number, emptied for each article at the cost of those that were counted.
#[derive(Default)]
pub(super) struct Votes {
    counts: Vec<f32>,
    touched: Vec<u16>,
}

impl Votes {
    pub fn clear(&mut self) {
        for at in self.touched.drain(..) {
            self.counts[usize::from(at)] = 0.0;
        }
    }

    /// Adds to a count. Number 0 stands for what has none and is not counted.
    #[inline]
    pub fn add(&mut self, at: u16, weight: f32) {
        if at == 0 {
            return;
        }
        if usize::from(at) >= self.counts.len() {
            self.counts.resize(usize::from(at) + 1, 0.0);
        }
        let count = &mut self.counts[usize::from(at)];
        if *count == 0.0 {
            self.touched.push(at);
        }
        *count += weight;
    }

    #[inline]
    pub fn of(&self, at: u16) -> f32 {
        self.counts.get(usize::from(at)).copied().unwrap_or(0.0)
    }
}

/// The number of a country, 0 for none.
#[inline]
pub(super) fn country_number(country: [u8; 2]) -> u16 {
    u16::from(country[0] & 31) << 5 | u16::from(country[1] & 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_of_one_article() {
        let mut votes = Votes::default();
        votes.add(country_number(*b"LV"), 1.0);
        votes.add(country_number(*b"LV"), 0.5);
        votes.add(country_number([0; 2]), 9.0);
        assert_eq!((votes.of(country_number(*b"LV")), votes.of(country_number(*b"EE"))), (1.5, 0.0));
        assert_eq!(votes.of(0), 0.0, "no country is not counted");
        votes.clear();
        assert_eq!(votes.of(country_number(*b"LV")), 0.0);
    }

    #[test]
    fn countries_have_numbers_of_their_own() {
        let letters = || b'A'..=b'Z';
        let mut numbers: Vec<u16> = letters().flat_map(|a| letters().map(move |b| country_number([a, b]))).collect();
        numbers.sort();
        numbers.dedup();
        assert!(numbers.len() == 26 * 26 && numbers[0] > 0);
    }
}

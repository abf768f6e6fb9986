//! The articles that came before, as far as there is room.
//!
//! Everything lies in tables whose size is fixed at the start. A table holds numbers of articles at the places to which
//! hashes lead: one for the words, and for near duplicates one for each band of three places of the sketch. Where a new
//! number finds no free place it takes that of the oldest; a number whose article is forgotten counts as none.

use std::collections::VecDeque;

use super::sketch::{PLACES, Sketch};
use super::{Likeness, Signature};
use crate::token::mix;

/// Bands of a sketch, of three places each. Texts that share two fifths of their pairs agree in one of them 19 times of
/// 20, texts on different things hardly ever.
const BANDS: usize = PLACES / 3;

/// Places of the sketch that must agree: those of copies with a fifth of their words edited do, those of different
/// articles on one event share an eighth.
const ALIKE: usize = PLACES * 2 / 5;

/// Articles whose words lead to one place of the table.
const WAYS: usize = 8;

/// Bytes of an id that room is made for; longer ones cost others their place.
const ID: usize = 64;

/// Articles that no later one has been found to double, the newest of them.
pub struct Index {
    first: VecDeque<First>,
    /// Of the same articles, where near duplicates are asked for.
    sketches: VecDeque<[u8; PLACES]>,
    /// Number of the next article; counts on beyond its end.
    next: u32,
    /// Articles that there is room for.
    room: usize,
    /// Bytes of their ids.
    id_bytes: usize,
    by_words: Vec<u32>,
    by_band: Vec<u32>,
}

struct First {
    words: u64,
    id: Box<str>,
}

impl Index {
    /// An index that takes no more than about `bytes`, and room for one article at least.
    pub fn new(likeness: Likeness, bytes: usize) -> Self {
        // An id has a header of the allocator; of the table of words one place in two is free.
        let exact = size_of::<First>() + ID + 16 + 2 * size_of::<u32>();
        // Of a band's places one in three or so is free.
        let near = PLACES + BANDS * size_of::<u32>() * 3 / 2;
        let room = bytes / (exact + if likeness == Likeness::Near { near } else { 0 });
        let room = room.clamp(1, u32::MAX as usize / 2);
        let bands = if likeness == Likeness::Near { BANDS * (room * 3 / 2).max(1) } else { 0 };
        Index {
            // Memory that is not written to is not used, so small runs do not pay for the bound.
            first: VecDeque::with_capacity(room),
            sketches: VecDeque::with_capacity(if bands == 0 { 0 } else { room }),
            next: 1,
            room,
            id_bytes: 0,
            by_words: vec![0; (2 * room).next_multiple_of(WAYS)],
            by_band: vec![0; bands],
        }
    }

    /// The id of the article that this one doubles. Where there is none, it is kept under its own, if there are words to
    /// know it by.
    pub fn meet(&mut self, id: &str, signature: &Signature) -> Option<&str> {
        let near = signature.sketch.as_ref().filter(|_| !self.by_band.is_empty());
        let bucket = self.bucket(signature.words);
        let same = self.by_words[bucket.clone()].iter().filter_map(|number| self.place_of(*number));
        let same = same.filter(|place| self.first[*place].words == signature.words).min();
        let found = same.or_else(|| near.and_then(|sketch| self.nearest(sketch)));
        match found {
            Some(place) => Some(&self.first[place].id),
            None => {
                self.keep(id, signature.words, near, bucket);
                None
            }
        }
    }

    /// The place of an article that is not yet forgotten.
    fn place_of(&self, number: u32) -> Option<usize> {
        let age = self.next.wrapping_sub(number) as usize;
        (1..=self.first.len()).contains(&age).then(|| self.first.len() - age)
    }

    fn bucket(&self, words: u64) -> std::ops::Range<usize> {
        let first = scale(words, self.by_words.len() / WAYS) * WAYS;
        first..first + WAYS
    }

    /// Where the bands of a sketch are looked up.
    fn band_places(&self, sketch: &Sketch) -> [usize; BANDS] {
        let each = self.by_band.len() / BANDS;
        std::array::from_fn(|band| {
            let three = sketch.0[band * 3..][..3].iter().fold(0, |hash, value| hash << 16 | u64::from(*value));
            band * each + scale(mix(three, band as u64), each)
        })
    }

    /// The article that agrees in the most places, and of such ones the first.
    fn nearest(&self, sketch: &Sketch) -> Option<usize> {
        // All places are read before any is used: they lie far apart, and so the processor fetches them together.
        let numbers = self.band_places(sketch).map(|place| self.by_band[place]);
        let mut places = numbers.map(|number| self.place_of(number).unwrap_or(usize::MAX));
        places.sort_unstable();
        let own = bytes(sketch);
        let (mut best, mut last) = (None, usize::MAX);
        for place in places {
            if place == usize::MAX || place == last {
                continue;
            }
            last = place;
            let agree = self.sketches[place].iter().zip(&own).filter(|(a, b)| a == b).count();
            if agree >= ALIKE && best.is_none_or(|(most, _)| agree > most) {
                best = Some((agree, place));
            }
        }
        best.map(|(_, place)| place)
    }

    fn keep(&mut self, id: &str, words: u64, near: Option<&Sketch>, bucket: std::ops::Range<usize>) {
        while !self.first.is_empty() && (self.first.len() >= self.room || self.id_bytes + id.len() > self.room * ID) {
            let gone = self.first.pop_front();
            self.sketches.pop_front();
            self.id_bytes -= gone.map_or(0, |gone| gone.id.len());
        }
        let number = self.next;
        // The oldest, or one that is forgotten, which is older still.
        let oldest = bucket.max_by_key(|place| number.wrapping_sub(self.by_words[*place]));
        if let Some(oldest) = oldest {
            self.by_words[oldest] = number;
        }
        if !self.by_band.is_empty() {
            if let Some(sketch) = near {
                for place in self.band_places(sketch) {
                    self.by_band[place] = number;
                }
            }
            self.sketches.push_back(near.map_or([0; PLACES], bytes));
        }
        self.id_bytes += id.len();
        self.first.push_back(First { words, id: id.into() });
        self.next = number.wrapping_add(1);
    }
}

/// What is kept of each place: enough that two of different texts agree once in 256.
fn bytes(sketch: &Sketch) -> [u8; PLACES] {
    sketch.0.map(|value| value as u8)
}

/// A number below `many`, evenly for well mixed hashes.
fn scale(hash: u64, many: usize) -> usize {
    ((u128::from(hash) * many as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(words: u64) -> Signature {
        Signature { words: mix(words, 7), sketch: None }
    }

    /// A sketch that agrees with that of the same seed but in its last `other` places.
    fn near(seed: u64, other: usize) -> Signature {
        let from = |at: usize| if at + other < PLACES { seed } else { seed ^ 0xABCD_0000 ^ (other as u64) << 32 };
        let sketch = Sketch(std::array::from_fn(|at| mix(from(at), at as u64) as u16));
        Signature { words: mix(seed, other as u64), sketch: Some(sketch) }
    }

    #[test]
    fn the_first_of_its_kind_is_named() {
        let mut index = Index::new(Likeness::Exact, 1 << 16);
        assert_eq!(index.meet("a", &exact(1)), None);
        assert_eq!(index.meet("b", &exact(2)), None);
        assert_eq!(index.meet("c", &exact(1)), Some("a"));
        assert_eq!(index.meet("d", &exact(1)), Some("a"));
        assert_eq!(index.meet("e", &near(1, 0)), None, "sketches are not looked at");
        assert_eq!(index.meet("f", &near(1, 3)), None);
    }

    #[test]
    fn the_nearest_is_named() {
        let mut index = Index::new(Likeness::Near, 1 << 20);
        assert_eq!(index.meet("a", &near(1, 0)), None);
        assert_eq!(index.meet("b", &near(2, 0)), None);
        assert_eq!(index.meet("c", &near(1, 40)), Some("a"));
        assert_eq!(index.meet("d", &near(1, 100)), None, "too far, so one of its own");
        assert_eq!(index.meet("e", &near(1, 100)), Some("d"));
        assert_eq!(index.meet("f", &near(2, 0)), Some("b"));
        assert_eq!(index.meet("g", &exact(9)), None, "too short for a sketch");
        assert_eq!(index.meet("h", &exact(9)), Some("g"));
    }

    #[test]
    fn the_oldest_is_forgotten_first() {
        for likeness in [Likeness::Exact, Likeness::Near] {
            let mut index = Index::new(likeness, 100_000);
            let room = index.room as u64;
            (0..room + 50).for_each(|n| assert_eq!(index.meet(&n.to_string(), &exact(n)), None));
            let kept =
                (50..room + 50).filter(|n| index.meet("again", &exact(*n)).is_some_and(|id| id == n.to_string()));
            // A full bucket gives up its own oldest; the newest half has no such neighbours.
            assert!(kept.count() as u64 > room * 97 / 100);
            (0..50).for_each(|n| assert_eq!(index.meet("new", &exact(n)), None, "{n} was forgotten"));
        }
    }

    #[test]
    fn long_ids_do_not_break_the_bound() {
        let mut index = Index::new(Likeness::Near, 100_000);
        let id = "x".repeat(5000);
        for n in 0..1000 {
            index.meet(&id, &near(n, 0));
            assert!(index.id_bytes <= index.room * ID);
        }
        assert_eq!(index.meet("y", &near(999, 1)), Some(&*id));
        let tables = (index.by_words.len() + index.by_band.len()) * size_of::<u32>();
        let kept = index.room * (size_of::<First>() + ID + 16 + PLACES);
        assert!(tables + kept <= 100_000, "{}", tables + kept);
        index.meet(&"z".repeat(1 << 20), &near(5000, 0));
        assert_eq!(index.first.len(), 1, "one is kept, however long its id is");
    }

    proptest! {
        #[test]
        fn exact_ones_are_those_that_a_map_finds(seen in proptest::collection::vec(0u64..300, 0..500)) {
            let mut index = Index::new(Likeness::Near, 1 << 20);
            let mut first = std::collections::HashMap::new();
            for (at, words) in seen.iter().enumerate() {
                let id = at.to_string();
                let found = index.meet(&id, &exact(*words)).map(str::to_owned);
                prop_assert_eq!(found.as_ref(), first.get(words));
                first.entry(*words).or_insert(id);
            }
        }
    }
}

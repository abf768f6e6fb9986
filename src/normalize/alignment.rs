//! The way from a position in the clean text back to the article as received.
//!
//! Repairs are few, so only they are stored: where each lies in both texts and what it put in or left out. A clean
//! article stores nothing and maps every position to itself.
//!
//! A span's start maps right and its end maps left around a repair, so that a name beside an inserted space never
//! swallows it, nor a character that was left out.

use std::ops::Range;

/// One repair: `inserted` bytes of the clean text stand for `removed` bytes of the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edit {
    clean: u32,
    original: u32,
    inserted: u32,
    removed: u32,
}

/// Maps byte positions of the clean text to byte positions of the original; empty when nothing was changed.
///
/// Positions inside the inserted bytes of a repair map to the edge of what they stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    edits: Vec<Edit>,
}

impl Alignment {
    /// Nothing changed.
    pub const fn identity() -> Self {
        Alignment { edits: Vec::new() }
    }

    /// Forgets all repairs: the identity.
    pub fn clear(&mut self) {
        self.edits.clear();
    }

    /// Whether the clean text is the original.
    pub fn is_identity(&self) -> bool {
        self.edits.is_empty()
    }

    /// Notes the next repair, left to right: at byte `clean` of the clean text and `original` of the original,
    /// `inserted` bytes of the one stand for `removed` bytes of the other.
    ///
    /// # Panics
    /// When it begins before the end of the repair before it, in either text.
    pub fn push(&mut self, clean: u32, original: u32, inserted: u32, removed: u32) {
        if let Some(last) = self.edits.last() {
            assert!(
                clean >= last.clean + last.inserted && original >= last.original + last.removed,
                "repairs are noted from left to right"
            );
        }
        self.edits.push(Edit { clean, original, inserted, removed });
    }

    /// What was done, left to right: some bytes of the clean text stand for some of the original.
    pub fn edits(&self) -> impl Iterator<Item = (Range<u32>, Range<u32>)> {
        self.edits.iter().map(|e| (e.clean..e.clean + e.inserted, e.original..e.original + e.removed))
    }

    /// The way back through both, when this one's original is the clean text of `before`.
    ///
    /// Mapping through it is mapping through one and then the other. Where edits of the two lie over each other they
    /// become one.
    pub fn behind(&self, before: &Alignment) -> Alignment {
        let mut joined = Alignment::default();
        let (mut late, mut early) = (self.edits.iter().peekable(), before.edits.iter().peekable());
        // What the edits so far have added to a byte of the text between the two, going to either side.
        let (mut to_clean, mut to_original) = (0i64, 0i64);
        loop {
            // The next edit of either, as bytes of the text between. Of two at one place, first the one that has none.
            let next_late = late.peek().map(|e| (e.original, e.original + e.removed));
            let next_early = early.peek().map(|e| (e.clean, e.clean + e.inserted));
            let Some((start, mut end)) = [next_early, next_late].into_iter().flatten().min() else {
                return joined;
            };
            let (clean, original) = (i64::from(start) + to_clean, i64::from(start) + to_original);
            let mut is_first = true;
            loop {
                let lies_within = |from: u32, to: u32| {
                    if is_first { (from, to) == (start, end) } else { from < end && (from > start || to > from) }
                };
                if let Some(e) = early.next_if(|e| lies_within(e.clean, e.clean + e.inserted)) {
                    end = end.max(e.clean + e.inserted);
                    to_original += i64::from(e.removed) - i64::from(e.inserted);
                } else if let Some(e) = late.next_if(|e| lies_within(e.original, e.original + e.removed)) {
                    end = end.max(e.original + e.removed);
                    to_clean += i64::from(e.inserted) - i64::from(e.removed);
                } else {
                    break;
                }
                is_first = false;
            }
            let inserted = i64::from(end) + to_clean - clean;
            let removed = i64::from(end) + to_original - original;
            // All four are lengths and places of the two texts, which are shorter than 4 GiB.
            joined.push(clean as u32, original as u32, inserted as u32, removed as u32);
        }
    }

    /// The original byte at which a span that starts at byte `clean` of the clean text starts.
    pub fn to_original_start(&self, clean: u32) -> u32 {
        let after = self.edits.partition_point(|e| e.clean <= clean);
        let Some(edit) = after.checked_sub(1).map(|i| self.edits[i]) else {
            return clean;
        };
        if clean == edit.clean && edit.inserted > 0 {
            return edit.original;
        }
        edit.original + edit.removed + clean.saturating_sub(edit.clean + edit.inserted)
    }

    /// The original byte before which a span that ends before byte `clean` of the clean text ends.
    pub fn to_original_end(&self, clean: u32) -> u32 {
        let after = self.edits.partition_point(|e| e.clean < clean);
        let Some(edit) = after.checked_sub(1).map(|i| self.edits[i]) else {
            return clean;
        };
        match clean.checked_sub(edit.clean + edit.inserted) {
            None => edit.original,
            Some(beyond) => edit.original + edit.removed + beyond,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Applies edits `(gap to the last, inserted, removed)` to `original`.
    fn edited(original: &str, edits: &[(usize, usize, usize)]) -> (String, Alignment, Vec<bool>) {
        let (mut clean, mut alignment, mut own) = (String::new(), Alignment::default(), Vec::new());
        let mut at = 0;
        for &(gap, inserted, removed) in edits {
            let next = at + gap;
            if next + removed > original.len() {
                break;
            }
            clean.push_str(&original[at..next]);
            own.resize(clean.len(), true);
            alignment.push(clean.len() as u32, next as u32, inserted as u32, removed as u32);
            clean.push_str(&" ".repeat(inserted));
            own.resize(clean.len(), false);
            at = next + removed;
        }
        clean.push_str(&original[at..]);
        own.resize(clean.len(), true);
        (clean, alignment, own)
    }

    /// Edits that insert, remove and replace, as `edited` takes them.
    fn any_edits() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
        prop::collection::vec((0usize..9, 0usize..4, 0usize..4), 0..12)
    }

    proptest! {
        #[test]
        fn the_way_through_two_is_one_way_and_then_the_other(
            original in "[a-z]{1,60}",
            early in any_edits(),
            late in any_edits(),
        ) {
            let (between, before, own_between) = edited(&original, &early);
            let (clean, behind, own) = edited(&between, &late);
            let joined = behind.behind(&before);
            for at in (0..clean.len()).filter(|&at| own[at]) {
                let (start, end) = (at as u32, at as u32 + 1);
                let (from, to) = (behind.to_original_start(start), behind.to_original_end(end));
                if own_between[from as usize] {
                    prop_assert_eq!(joined.to_original_start(start), before.to_original_start(from));
                    prop_assert_eq!(joined.to_original_end(end), before.to_original_end(to));
                }
            }
            let identity = Alignment::default();
            prop_assert_eq!(&identity.behind(&before), &before);
            prop_assert_eq!(&behind.behind(&identity), &behind);
        }

        #[test]
        fn spaces_put_into_edited_text_lead_back_through_both(
            original in "[a-z]{1,60}",
            early in any_edits(),
            spaces in prop::collection::vec((1usize..9, 1usize..2), 0..8),
        ) {
            let late: Vec<_> = spaces.iter().map(|&(gap, inserted)| (gap, inserted, 0)).collect();
            let (between, before, _) = edited(&original, &early);
            let (clean, behind, own) = edited(&between, &late);
            let joined = behind.behind(&before);
            for at in (0..clean.len()).filter(|&at| own[at]) {
                let (start, end) = (at as u32, at as u32 + 1);
                prop_assert_eq!(joined.to_original_start(start), before.to_original_start(behind.to_original_start(start)));
                prop_assert_eq!(joined.to_original_end(end), before.to_original_end(behind.to_original_end(end)));
            }
        }

        #[test]
        fn a_span_without_edits_maps_to_itself(start in 0u32..1000, len in 0u32..1000) {
            let alignment = Alignment::default();
            prop_assert_eq!(alignment.to_original_start(start), start);
            prop_assert_eq!(alignment.to_original_end(start + len), start + len);
        }

        #[test]
        fn a_span_maps_to_the_same_text_without_what_was_inserted(
            original in "[a-z]{1,60}",
            gaps in prop::collection::vec((1usize..12, 1usize..3), 0..8),
            start in 0usize..80,
            len in 1usize..20,
        ) {
            let edits: Vec<_> = gaps.iter().map(|&(gap, inserted)| (gap, inserted, 0)).collect();
            let (clean, alignment, own) = edited(&original, &edits);
            let (start, end) = (start.min(clean.len() - 1), (start + len).min(clean.len()));
            prop_assume!(start < end && own[start] && own[end - 1]);
            let from = alignment.to_original_start(start as u32) as usize;
            let to = alignment.to_original_end(end as u32) as usize;
            prop_assert_eq!(&original[from..to], clean[start..end].replace(' ', ""));
        }

        #[test]
        fn a_span_beside_a_repair_never_swallows_what_was_removed(
            original in "[a-z]{1,60}",
            gaps in prop::collection::vec((1usize..12, 0usize..3, 1usize..3), 0..8),
            start in 0usize..80,
            len in 1usize..20,
        ) {
            let (clean, alignment, own) = edited(&original, &gaps);
            prop_assume!(!clean.is_empty());
            let (start, end) = (start.min(clean.len() - 1), (start + len).min(clean.len()));
            prop_assume!(start < end && own[start] && own[end - 1]);
            let from = alignment.to_original_start(start as u32) as usize;
            let to = alignment.to_original_end(end as u32) as usize;
            prop_assert!(from < to);
            prop_assert_eq!(original.as_bytes()[from], clean.as_bytes()[start]);
            prop_assert_eq!(original.as_bytes()[to - 1], clean.as_bytes()[end - 1]);
        }
    }
}

//! The way from a position in the clean text back to the article as received.
//!
//! Repairs are few, so only they are stored: where each lies in both texts and what it put in or left out. A clean
//! article stores nothing and maps every position to itself.
//!
//! A span's start maps right and its end maps left around a repair, so that a name beside an inserted space never
//! swallows it, nor a character that was left out.

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

    proptest! {
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

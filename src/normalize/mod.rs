//! Clean text and the article's head.

use std::ops::Range;

/// Metadata at the head of an article, as token ranges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// The tokens of ` date 2024-10-24`.
    pub header: Option<Range<u32>>,
    /// Its date: year, month, day.
    pub header_date: Option<(i32, u8, u8)>,
    /// The title line.
    pub title: Option<Range<u32>>,
    /// The dateline.
    pub dateline: Option<Dateline>,
}

/// "RIGA, 3 March 2026 (BNS) –".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dateline {
    /// All of it.
    pub whole: Range<u32>,
    /// The place.
    pub place: Range<u32>,
    /// Agencies.
    pub agency: Vec<Range<u32>>,
    /// The date.
    pub date: Option<Range<u32>>,
    /// The date's value.
    pub date_value: Option<(i32, u8, u8)>,
}

/// Where the clean text and the article as received diverge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {}

impl Alignment {
    /// Byte of the article as received at which a span begins that begins at `clean`.
    pub fn to_original_start(&self, clean: u32) -> u32 {
        clean
    }

    /// Byte of the article as received at which a span ends that ends at `clean`.
    pub fn to_original_end(&self, clean: u32) -> u32 {
        clean
    }
}

/// What a repair did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepairKind {
    /// Two words of letters were parted.
    Letters,
}

/// One inserted space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repair {
    /// Byte of the article as received before which the space was put.
    pub at: u32,
    /// What was parted.
    pub kind: RepairKind,
    /// How sure it is, as a decimal logarithm of the odds.
    pub log_odds: f32,
}

impl RepairKind {
    /// Its name in the records.
    pub fn name(self) -> &'static str {
        "letters"
    }
}

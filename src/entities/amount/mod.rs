//! Amounts: money, quantities with a unit, percentages, and counts of people for events.

/// What an amount counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountKind {
    /// A sum of money.
    Money,
    /// A quantity with a unit of measure.
    Quantity,
    /// A percentage.
    Percent,
    /// A number of people or things ("12 militants"); serves events, is no entity of its own.
    Count,
}

/// How sure the writer was of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hedge {
    /// "over", "more than": the number is a lower bound.
    Over,
    /// "under", "less than": an upper bound.
    Under,
    /// "about", "nearly", "an estimated".
    About,
}

/// An amount in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// First token (a hedge before it is not part of it).
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// What it counts.
    pub kind: AmountKind,
    /// The number; of a range its lower end.
    pub min: f64,
    /// The number; of a range its upper end.
    pub max: f64,
    /// ISO 4217 for money, UCUM-style for quantities (`kg`), `%`, or empty for counts.
    pub unit: &'static str,
    /// Tokens that say what of ("of narcotics": `narcotics`; "12 militants": `militants`).
    pub item: Option<(u32, u32)>,
    /// Hedge before the number.
    pub hedge: Option<Hedge>,
    /// A bare `$` was read as US dollars.
    pub currency_assumed: bool,
}

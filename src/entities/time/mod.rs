//! Expressions of time: found from their trigger words, resolved against the article's date.

/// TIMEX3 type of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    /// A calendar date of any grain.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
}

/// The unit that an expression is exact to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grain {
    /// A clock time.
    Minute,
    /// One day.
    Day,
    /// An ISO week.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// What an expression was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It names its date in full.
    Absolute,
    /// The article's publication date.
    Document,
    /// The date in the article's dateline.
    Dateline,
    /// An earlier expression of the same paragraph.
    Previous,
}

/// A day of the proleptic Gregorian calendar, as days since 1970-01-01.
pub type Day = i32;

/// An expression of time in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value (`2024-10-24`, `2024-07`, `P2D`, `2024-W43`, `XXXX-WXX-4` when unresolved).
    pub value: String,
    /// First and last day, both inclusive; none for durations and unresolved expressions.
    pub days: Option<(Day, Day)>,
    /// What it is exact to.
    pub grain: Grain,
    /// What it was counted from.
    pub anchor: Anchor,
    /// Whether the value is a calendar value.
    pub resolved: bool,
}

/// A day as `2024-10-24`.
pub fn iso(day: Day) -> String {
    format!("{day}")
}

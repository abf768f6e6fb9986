//! What an expression of time means, before it is known when that is.

use super::TimeKind;
use super::feasts::Movable;
use super::period::{Period, Unit};
use super::words::Part;

/// Which year a part of a year belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Year {
    /// Not said: the nearest.
    Open,
    Given(i32),
    /// So many years after the article's.
    Shift(i32),
    /// "last March": the nearest on that side.
    Toward(i8),
}

/// A part of a year, its year not yet known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece {
    /// Month, first and last day.
    Days(u8, u8, u8),
    /// First and last month.
    Months(u8, u8),
    Quarter(u8),
    Half(u8),
    Season(u8),
    Feast(Movable),
}

/// What another date is counted from, or picked out of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Base {
    Fixed(Period),
    Piece(Piece, Year),
    Weekday(u8, Option<i8>),
    Shift(Unit, i32),
}

impl Base {
    /// The expression that it is.
    pub(super) fn meaning(self) -> Meaning {
        match self {
            Base::Fixed(period) => Meaning::Fixed(period),
            Base::Piece(piece, year) => Meaning::Piece(piece, year),
            Base::Weekday(name, side) => Meaning::Weekday(name, side),
            Base::Shift(unit, by) => Meaning::Shift(unit, by),
        }
    }

    /// Whether it is longer than a day, so that one can be picked out of it.
    pub(super) fn holds_days(self) -> bool {
        match self {
            Base::Fixed(period) => !matches!(period, Period::Day(_)),
            Base::Piece(piece, _) => !matches!(piece, Piece::Days(..) | Piece::Feast(_)),
            Base::Weekday(..) => false,
            Base::Shift(unit, _) => unit as u8 > Unit::Day as u8,
        }
    }
}

impl Base {
    /// Whether it is longer than a week.
    pub(super) fn holds_weeks(self) -> bool {
        match self {
            Base::Fixed(period) => !matches!(period, Period::Day(_) | Period::Week(_) | Period::Weekend(_)),
            Base::Shift(unit, _) => unit as u8 >= Unit::Month as u8,
            Base::Piece(..) | Base::Weekday(..) => self.holds_days(),
        }
    }
}

/// What an expression means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    Fixed(Period),
    /// From the first day of one to the last day of the other.
    Range(Period, Period),
    Piece(Piece, Year),
    /// Day of the week; the side that a word before it names.
    Weekday(u8, Option<i8>),
    /// So many units after the article's date.
    Shift(Unit, i32),
    /// So many units after the last date.
    Beside(Unit, i32),
    /// "ago" (from the article's date) or "later" (from the last date).
    Offset {
        unit: Unit,
        count: f64,
        from_last: bool,
    },
    /// So many units after a day that is named: "two days after Christmas".
    From {
        unit: Unit,
        count: f64,
        base: Base,
    },
    /// The nth day (weekday 0) or weekday of a stretch; from its end when negative.
    Nth {
        nth: i8,
        weekday: u8,
        base: Base,
    },
    /// The nth week or weekend of a stretch; from its end when negative.
    NthWeek {
        nth: i8,
        unit: Unit,
        base: Base,
    },
    /// The week or weekend that holds a day.
    Around(Unit, Base),
    /// A day of an unsaid month.
    DayOfMonth(u8),
    /// A length of time.
    Length(f64, Unit),
    /// Every so many units.
    Every(f64, Unit),
    /// Every such day of the week.
    EveryWeekday(u8),
    /// What has no place in the calendar, by its TIMEX3 value.
    Vague(TimeKind, &'static str),
    /// Only a time of day.
    Clock,
}

impl Meaning {
    /// Whether it goes from one period to another.
    pub(super) fn is_range(&self) -> bool {
        match self {
            Meaning::Range(..) => true,
            Meaning::Piece(Piece::Days(_, first, last), _) | Meaning::Piece(Piece::Months(first, last), _) => {
                first < last
            }
            _ => false,
        }
    }

    /// As what another is counted from.
    pub(super) fn base(self) -> Option<Base> {
        match self {
            Meaning::Fixed(period) => Some(Base::Fixed(period)),
            Meaning::Piece(piece, year) => Some(Base::Piece(piece, year)),
            Meaning::Weekday(name, side) => Some(Base::Weekday(name, side)),
            Meaning::Shift(unit, by) => Some(Base::Shift(unit, by)),
            _ => None,
        }
    }

    /// First and last part of a range whose year nobody knows.
    pub(super) fn ends(self) -> [Meaning; 2] {
        let piece = |piece| Meaning::Piece(piece, Year::Open);
        match self {
            Meaning::Piece(Piece::Days(month, first, last), _) => {
                [piece(Piece::Days(month, first, first)), piece(Piece::Days(month, last, last))]
            }
            Meaning::Piece(Piece::Months(first, last), _) => {
                [piece(Piece::Months(first, first)), piece(Piece::Months(last, last))]
            }
            other => [other, other],
        }
    }
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: u8,
    pub minute: u8,
    /// When it is told.
    pub second: Option<u8>,
    /// Said to be universal time.
    pub universal: bool,
}

/// An expression in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub first: usize,
    pub end: usize,
    /// Of a range: one past its first part, and the first token of its last part.
    pub parts: Option<(usize, usize)>,
    pub meaning: Meaning,
    pub part: Option<Part>,
    pub clock: Option<Clock>,
    /// The day of the week that is told with it, or 0: it tells the year or the month.
    pub weekday: u8,
    /// Its weekday or month lies ahead, as a word before it says.
    pub ahead: bool,
    pub paragraph: u32,
}

/// End of what was read, and its meaning.
pub(super) type Hit = Option<(usize, Meaning)>;

//! What the words of `vocabulary/time.tsv` mean.

use super::period::Unit;
use super::trigger::beside;
use crate::dictionary::class;

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
}

impl Part {
    /// As TIMEX3 writes it.
    pub(super) fn code(self) -> &'static str {
        match self {
            Part::Morning => "MO",
            Part::Midday => "MI",
            Part::Afternoon => "AF",
            Part::Evening => "EV",
            Part::Night => "NI",
        }
    }
}

/// What a word does in an expression of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    None,
    /// "today", "tomorrow".
    Day(i8),
    /// "tonight".
    Tonight,
    /// "this": 0, "last": -1, "next": 1.
    Relative(i8),
    /// "past", "coming": a stretch that ends or begins now.
    Past(i8),
    /// "previous", "following": counted from the last date.
    Beside(i8),
    /// "that", "same".
    Same,
    Part(Part),
    /// "noon", "midnight": an hour.
    Hour(u8),
    Season(u8),
    Ago,
    Later,
    Earlier,
    /// "after", "before": as "later" and "earlier" only where nothing follows.
    After,
    Prior,
    /// "early", "mid", "late".
    Edge,
    /// "beginning", "end": with "of".
    EdgeOf,
    Half,
    Meridiem(bool),
    /// A time zone; whether it is universal time.
    Zone(bool),
    /// "sixties".
    Decade(i16),
    /// Is the name of a holiday, or ends some.
    Feast,
    /// "old", "age": what stands before is an age.
    Age,
    /// "BC".
    Before,
    /// Makes a name of the weekday behind it: "Black", "Good".
    Named,
    /// Says that what follows lies ahead: "will", "until".
    Ahead,
}

/// What one word means.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// 1–12.
    pub month: u8,
    /// Monday 1 to Sunday 7.
    pub weekday: u8,
    /// An abbreviation: "Sept", "Thu".
    pub short: bool,
    /// Also an everyday word or a given name: "may", "sun".
    pub doubtful: bool,
    /// "first" is 1.
    pub nth: u8,
    pub unit: Option<Unit>,
    pub plural: bool,
    pub role: Role,
}

impl Word {
    /// What it must have beside it to begin an expression, as [`super::scan::Scan::expression`] reads them: any one of
    /// these bits of [`beside`]; and what it shows to a word before it.
    pub(super) fn asks(&self) -> u32 {
        use beside::*;
        const ORDINAL: u32 = TIME | DASH | OF;
        const ARTICLE: u32 = AFTER_THE | AFTER_A;
        if self.month > 0 || self.weekday > 0 {
            let verb = matches!(self.month, 3 | 5) && !self.short && self.weekday == 0 && self.nth == 0;
            let only = self.role == Role::None && self.unit.is_none();
            return if verb && only { CAPITAL | DIGIT | THE } else { ANYTHING };
        }
        let asked = match (self.role, self.unit) {
            (Role::None, Some(_)) if self.nth > 0 => ORDINAL | FROM,
            (Role::None, None) if self.nth > 0 => ORDINAL,
            (Role::None, Some(_)) if self.plural || self.short => 0,
            (Role::None, Some(Unit::Day)) => ARTICLE | CAPITAL | AFTER_S,
            (Role::None, Some(Unit::Year | Unit::Month)) => ARTICLE | TIME | DASH,
            (Role::None, Some(Unit::Second | Unit::Minute)) => ARTICLE | TIME | FROM,
            (Role::None, Some(Unit::Quarter)) => TIME | FROM,
            (Role::Half, None) => TIME,
            (Role::None, Some(_)) => ARTICLE,
            _ if self.nth > 0 || self.unit.is_some() => ANYTHING,
            (Role::Relative(_) | Role::Past(_) | Role::Beside(_) | Role::Same, None) => LIVE,
            (Role::Part(_) | Role::EdgeOf, None) => OF,
            (Role::Edge | Role::Later | Role::Earlier, None) => TRIGGER | DIGIT | DASH | IN | OF | THE,
            (Role::Season(_), None) => AFTER_IN | AFTER_THE | TIME | DIGIT | COMMA | OF | DASH,
            (
                Role::Ago
                | Role::After
                | Role::Prior
                | Role::Meridiem(_)
                | Role::Zone(_)
                | Role::Age
                | Role::Before
                | Role::Named
                | Role::Ahead,
                None,
            ) => 0,
            _ => ANYTHING,
        };
        let live = matches!(self.role, Role::Part(_) | Role::Season(_) | Role::Feast | Role::Past(_))
            || self.unit.is_some() && (!self.plural || self.unit == Some(Unit::Year));
        if live { asked } else { asked | DEAD }
    }
}

/// Classes whose senses make up a [`Word`].
pub(super) const CLASSES: [u32; 3] = [class::MONTH, class::WEEKDAY, class::TIME];

/// Adds one sense of a word.
pub(super) fn read(word: &mut Word, class: u32, value: &str) {
    let mut parts = value.split(' ');
    let head = parts.next().unwrap_or("");
    let mut number = || parts.next().and_then(|n| n.parse::<i16>().ok()).unwrap_or(0);
    match class {
        class::MONTH => word.month = head.parse().unwrap_or(0),
        class::WEEKDAY => word.weekday = head.parse().unwrap_or(0),
        _ => match head {
            "nth" => word.nth = number() as u8,
            "unit" => word.unit = unit(value),
            "day" => word.role = Role::Day(number() as i8),
            "rel" => word.role = Role::Relative(number() as i8),
            "past" => word.role = Role::Past(number() as i8),
            "beside" => word.role = Role::Beside(number() as i8),
            "hour" => word.role = Role::Hour(number() as u8),
            "season" => word.role = Role::Season(number() as u8),
            "decade" => word.role = Role::Decade(number()),
            "part" => word.role = part(value),
            _ => word.role = simple(head),
        },
    }
    word.short |= value.ends_with(" short");
    word.doubtful |= value.ends_with(" doubtful");
    word.plural |= value.ends_with(" plural");
}

fn simple(head: &str) -> Role {
    match head {
        "tonight" => Role::Tonight,
        "same" => Role::Same,
        "ago" => Role::Ago,
        "later" => Role::Later,
        "earlier" => Role::Earlier,
        "after" => Role::After,
        "prior" => Role::Prior,
        "named" => Role::Named,
        "edge" => Role::Edge,
        "edge_of" => Role::EdgeOf,
        "half" => Role::Half,
        "am" => Role::Meridiem(false),
        "pm" => Role::Meridiem(true),
        "zone" => Role::Zone(false),
        "utc" => Role::Zone(true),
        "age" => Role::Age,
        "bc" => Role::Before,
        "ahead" => Role::Ahead,
        "feast" => Role::Feast,
        _ => Role::None,
    }
}

fn part(value: &str) -> Role {
    match value.split(' ').nth(1) {
        Some("MO") => Role::Part(Part::Morning),
        Some("MI") => Role::Part(Part::Midday),
        Some("AF") => Role::Part(Part::Afternoon),
        Some("EV") => Role::Part(Part::Evening),
        _ => Role::Part(Part::Night),
    }
}

fn unit(value: &str) -> Option<Unit> {
    Some(match value.split(' ').nth(1)? {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "weekend" => Unit::Weekend,
        "fortnight" => Unit::Fortnight,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        _ => return None,
    })
}

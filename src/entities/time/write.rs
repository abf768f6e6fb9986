//! Writes the values of what has no place in the calendar, or none that is known, and times of day.

use super::meaning::{Found, Meaning, Piece};
use super::period::{self, SEASONS, Unit};
use super::value::two_digits;
use super::words::Part;
use super::{Anchor, Grain, TimeExpression, TimeKind};
use std::fmt::Write as _;

/// A length of time.
pub(super) fn length(e: &mut TimeExpression, count: f64, unit: Unit) {
    let (count, sign, letter, grain) = match unit {
        // "half an hour", "half a year"
        Unit::Hour if count < 1.0 => (count * 60.0, "PT", b'M', Grain::Minute),
        Unit::Year if count < 1.0 => (count * 12.0, "P", b'M', Grain::Month),
        Unit::Second => (count, "PT", b'S', Grain::Minute),
        Unit::Minute => (count, "PT", b'M', Grain::Minute),
        Unit::Hour => (count, "PT", b'H', Grain::Minute),
        Unit::Day => (count, "P", b'D', Grain::Day),
        Unit::Week => (count, "P", b'W', Grain::Week),
        Unit::Fortnight => (count * 2.0, "P", b'W', Grain::Week),
        Unit::Weekend => (count * 2.0, "P", b'D', Grain::Day),
        Unit::Month => (count, "P", b'M', Grain::Month),
        Unit::Quarter => (count * 3.0, "P", b'M', Grain::Quarter),
        Unit::Year => (count, "P", b'Y', Grain::Year),
        Unit::Decade => (count * 10.0, "P", b'Y', Grain::Decade),
        Unit::Century => (count * 100.0, "P", b'Y', Grain::Century),
    };
    e.kind = TimeKind::Duration;
    e.grain = grain;
    e.resolved = true;
    e.value.push_str(sign);
    // Nearly all are small whole numbers, which need no formatting.
    match count as u8 {
        n if f64::from(n) != count => write!(e.value, "{count}").expect("a value takes everything"),
        n @ 0..10 => e.value.push(&[b'0' + n]),
        n @ 10..100 => e.value.push(&two_digits(n)),
        n => write!(e.value, "{n}").expect("a value takes everything"),
    }
    e.value.push(&[letter]);
}

/// The value of an expression that has nothing to count from.
pub(super) fn open(e: &mut TimeExpression, meaning: Meaning, anchor: Anchor) {
    e.anchor = anchor;
    let (grain, written) = match meaning {
        Meaning::Weekday(name, _) => (Grain::Day, write!(e.value, "XXXX-WXX-{name}")),
        Meaning::Piece(Piece::Days(month, first, last), _) => {
            let written = write!(e.value, "XXXX-{month:02}-{first:02}");
            if last > first {
                write!(e.value, "/XXXX-{month:02}-{last:02}").expect("a value takes everything");
            }
            (Grain::Day, written)
        }
        Meaning::Piece(Piece::Months(first, last), _) => {
            let written = write!(e.value, "XXXX-{first:02}");
            if last > first {
                write!(e.value, "/XXXX-{last:02}").expect("a value takes everything");
            }
            (Grain::Month, written)
        }
        Meaning::DayOfMonth(day) => (Grain::Day, write!(e.value, "XXXX-XX-{day:02}")),
        Meaning::Piece(Piece::Quarter(q), _) => (Grain::Quarter, write!(e.value, "XXXX-Q{q}")),
        Meaning::Piece(Piece::Half(h), _) => (Grain::Quarter, write!(e.value, "XXXX-H{h}")),
        Meaning::Piece(Piece::Season(s), _) => (Grain::Quarter, write!(e.value, "XXXX-{}", SEASONS[usize::from(s)])),
        Meaning::Shift(unit, _) | Meaning::Beside(unit, _) | Meaning::Offset { unit, .. } => {
            let (grain, text) = match unit {
                Unit::Week | Unit::Weekend | Unit::Fortnight => (Grain::Week, "XXXX-WXX"),
                Unit::Month => (Grain::Month, "XXXX-XX"),
                Unit::Quarter => (Grain::Quarter, "XXXX-QX"),
                Unit::Year => (Grain::Year, "XXXX"),
                Unit::Decade => (Grain::Decade, "XXX"),
                Unit::Century => (Grain::Century, "XX"),
                _ => (Grain::Day, "XXXX-XX-XX"),
            };
            (grain, e.value.write_str(text))
        }
        _ => (Grain::Day, e.value.write_str("XXXX-XX-XX")),
    };
    written.expect("a value takes everything");
    e.grain = grain;
}

/// Adds the time or part of the day that stands beside a date.
pub(super) fn time_of_day(e: &mut TimeExpression, f: &Found) {
    match (f.clock, f.part) {
        (Some(mut c), part) => {
            e.grain = Grain::Minute;
            // "Monday night at 9:30"
            let late = match part {
                Some(Part::Afternoon | Part::Evening) => 1..12,
                Some(Part::Night) => 5..12,
                _ => 0..0,
            };
            if late.contains(&c.hour) {
                c.hour += 12;
            }
            period::part(&mut e.value, b'T', c.hour);
            period::part(&mut e.value, b':', c.minute);
            if let Some(second) = c.second {
                period::part(&mut e.value, b':', second);
            }
            if c.universal {
                e.value.push(b"Z");
            }
        }
        (None, Some(part)) => {
            e.value.push(b"T");
            e.value.push_str(part.code());
        }
        (None, None) => return,
    }
    e.kind = TimeKind::Time;
}

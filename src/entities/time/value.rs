//! The TIMEX3 value of an expression, held in place.

use super::Day;
use super::calendar::civil;
use std::fmt;

/// So many bytes hold any value but a length of time that nobody can have meant ("the last 10^40 years").
pub const SHORT: usize = 30;

/// A TIMEX3 value, as text. There is one for every expression of time, so it asks for no memory of its own.
#[derive(Clone, PartialEq, Eq)]
pub struct Value(Form);

#[derive(Clone, PartialEq, Eq)]
enum Form {
    /// The bytes behind `len` are 0.
    Short {
        len: u8,
        bytes: [u8; SHORT],
    },
    Long(String),
}

impl Value {
    /// An empty value.
    pub(super) const fn new() -> Self {
        Value(Form::Short { len: 0, bytes: [0; SHORT] })
    }

    /// The value as bytes of ASCII, none of which JSON would have to escape.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Form::Short { len, bytes } => &bytes[..usize::from(*len)],
            Form::Long(text) => text.as_bytes(),
        }
    }

    /// A word that begins with the value, and the value's length, where it is held in place.
    #[inline]
    pub fn word(&self) -> Option<(&[u8; SHORT], usize)> {
        match &self.0 {
            Form::Short { len, bytes } => Some((bytes, usize::from(*len))),
            Form::Long(_) => None,
        }
    }

    /// The value as text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Form::Short { .. } => std::str::from_utf8(self.as_bytes()).expect("a value is ASCII"),
            Form::Long(text) => text,
        }
    }

    /// Appends a few bytes of ASCII.
    #[inline]
    pub(super) fn push<const N: usize>(&mut self, text: &[u8; N]) {
        if let Form::Short { len, bytes } = &mut self.0
            && let Some(room) = bytes[usize::from(*len)..].first_chunk_mut()
        {
            *room = *text;
            *len += N as u8;
        } else {
            self.push_long(text);
        }
    }

    /// Appends text of ASCII.
    pub(super) fn push_str(&mut self, text: &str) {
        if let Form::Short { len, bytes } = &mut self.0
            && let Some(room) = bytes[usize::from(*len)..].get_mut(..text.len())
        {
            room.copy_from_slice(text.as_bytes());
            *len += text.len() as u8;
        } else {
            self.push_long(text.as_bytes());
        }
    }

    #[cold]
    fn push_long(&mut self, text: &[u8]) {
        let whole = [self.as_bytes(), text].concat();
        self.0 = Form::Long(String::from_utf8(whole).expect("a value is ASCII"));
    }
}

impl fmt::Write for Value {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text);
        Ok(())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        let mut value = Value::new();
        value.push_str(text);
        value
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

/// The numbers below 100 in two digits.
const TWO_DIGITS: [[u8; 2]; 100] = {
    let mut table = [[b'0'; 2]; 100];
    let mut n = 0;
    while n < 100 {
        table[n] = [b'0' + n as u8 / 10, b'0' + n as u8 % 10];
        n += 1;
    }
    table
};

/// A number below 100 in two digits.
#[inline]
pub(super) fn two_digits(n: u8) -> [u8; 2] {
    TWO_DIGITS[usize::from(n)]
}

/// A year in four digits, when it has no more.
#[inline]
pub(super) fn four_digits(year: i32) -> Option<[u8; 4]> {
    let year = u16::try_from(year).ok().filter(|y| *y < 10_000)?;
    let ([a, b], [c, d]) = (two_digits((year / 100) as u8), two_digits((year % 100) as u8));
    Some([a, b, c, d])
}

/// A day as `2024-10-24`, when its year has four digits.
#[inline]
pub(super) fn iso_digits(day: Day) -> Option<[u8; 10]> {
    let (year, month, day) = civil(day);
    let [a, b, c, d] = four_digits(year)?;
    let ([e, f], [g, h]) = (two_digits(month), two_digits(day));
    Some([a, b, c, d, b'-', e, f, b'-', g, h])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    #[test]
    fn a_value_of_any_length_is_kept() {
        let mut value = Value::from("P");
        write!(value, "{}", 1e40).expect("a value takes everything");
        value.push(b"Y");
        assert_eq!(value.as_str(), format!("P1{}Y", "0".repeat(40)));
        assert_eq!(Value::from(value.as_str()), value);
        assert_eq!((Value::from("2024").as_str(), Value::from("2024").as_bytes()), ("2024", &b"2024"[..]));
    }
}

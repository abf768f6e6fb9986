//! Where values of JSON end and objects begin, by the look of their bytes.

/// Longest key by which the beginning of an object is known, in bytes.
pub(super) const LONGEST_KEY: usize = 64;

/// Finds the end of a value.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scan {
    /// Bytes that have been looked at.
    pub at: usize,
    /// Objects and arrays that have not ended.
    pub depth: usize,
    pub is_string: bool,
    /// The next byte is escaped.
    is_escaped: bool,
    has_begun: bool,
}

impl Scan {
    /// Looks at the bytes behind those that it has looked at; where the value ends.
    pub fn run(&mut self, bytes: &[u8]) -> Option<usize> {
        while let Some(&byte) = bytes.get(self.at) {
            if self.is_string {
                if self.is_escaped {
                    self.is_escaped = false;
                    self.at += 1;
                    continue;
                }
                let Some(found) = memchr::memchr2(b'"', b'\\', &bytes[self.at..]) else {
                    self.at = bytes.len();
                    return None;
                };
                self.at += found + 1;
                self.is_escaped = bytes[self.at - 1] == b'\\';
                self.is_string = self.is_escaped;
                if !self.is_string && self.depth == 0 {
                    return Some(self.at);
                }
                continue;
            }
            match byte {
                b'"' => self.is_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth > 0 => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        self.at += 1;
                        return Some(self.at);
                    }
                }
                // A bare word or a number ends before what cannot be part of it.
                b'}' | b']' | b',' if self.depth == 0 && self.has_begun => return Some(self.at),
                byte if self.depth == 0 && byte.is_ascii_whitespace() && self.has_begun => return Some(self.at),
                _ => {}
            }
            self.has_begun = true;
            self.at += 1;
        }
        None
    }
}

/// How the last object began, by which another is known.
#[derive(Debug, Default)]
pub(super) struct Begin {
    /// Its brace and first key.
    pub first: Vec<u8>,
    /// Its second key; empty where it has none.
    second: Vec<u8>,
}

impl Begin {
    pub fn learn(&mut self, object: &[u8]) {
        if let Some((first, second)) = keys(object) {
            let put = |own: &mut Vec<u8>, key: &[u8]| {
                own.clear();
                own.extend_from_slice(key);
            };
            put(&mut self.first, first);
            put(&mut self.second, second);
        }
    }

    /// Where behind the first byte an object begins with the same two keys.
    pub fn find(&self, held: &[u8]) -> Option<usize> {
        self.places(held).find(|&at| keys(&held[at..]).is_some_and(|(_, second)| *second == self.second))
    }

    /// The same, with the same first key.
    pub fn find_alike(&self, held: &[u8]) -> Option<usize> {
        self.places(held).next()
    }

    fn places<'h>(&'h self, held: &'h [u8]) -> impl Iterator<Item = usize> + 'h {
        let found = (!self.first.is_empty()).then(|| memchr::memmem::find_iter(held, &self.first));
        found.into_iter().flatten().filter(|&at| {
            let before = held[..at].trim_ascii_end();
            at > 0 && (before.ends_with(b",") || before.len() < at && before.ends_with(b"}"))
        })
    }
}

/// The brace and the first key of an object, and the second key, in their quotation marks; empty where there is none.
fn keys(object: &[u8]) -> Option<(&[u8], &[u8])> {
    let blank = |at: usize| object.len() - object.get(at..).unwrap_or_default().trim_ascii_start().len();
    let key = |at: usize| {
        let end = at + LONGEST_KEY.min(object.len() - at);
        (object.get(at) == Some(&b'"')).then(|| Scan::default().run(&object[at..end])).flatten()
    };
    let first = blank(object.strip_prefix(b"{").map(|_| 1)?);
    let end = first + key(first)?;
    let second = || {
        let value = blank(object[blank(end)..].strip_prefix(b":").map(|_| blank(end) + 1)?);
        let behind = blank(value + Scan::default().run(&object[value..])?);
        let second = blank(object[behind..].strip_prefix(b",").map(|_| behind + 1)?);
        Some(&object[second..second + key(second)?])
    };
    Some((&object[..end], second().unwrap_or_default()))
}

//! Members of gzip, and the way from a damaged one to the next.
//!
//! An archive of pages has a member for each, and one that is damaged says nothing about the thousands behind it. So all
//! bytes up to the damage are given out, then an error; who knows what to do with the rest says so ([`Bytes::go_on`]) and
//! reads on at the next place where a member begins.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use flate2::{Decompress, FlushDecompress, Status};

use super::super::open::{BUFFER, Bytes, fill};

/// What of a damaged member can be looked through once more, in bytes. Its damage may have led the decoder into the next.
const HELD: usize = 1 << 20;
/// First bytes of a member, by which the next one is found: magic, method, flags, time, extra flags and system.
const HEAD: usize = 10;

/// Reads all members of a file.
pub(super) struct Gzip<R> {
    stored: Stored<R>,
    state: State,
    inflate: Decompress,
    /// Where the member in `out` began, in the file as stored.
    member: u64,
    out: Vec<u8>,
    at: usize,
}

#[derive(Debug)]
enum State {
    /// A member may begin here.
    Between,
    Inside,
    /// What follows cannot be read; once that has been said, nothing.
    Damaged(Option<io::Error>),
}

impl<R: BufRead> Gzip<R> {
    pub(super) fn new(stored: R) -> Self {
        let stored = Stored { bytes: stored, back: VecDeque::new(), offset: 0, held: Some(Vec::new()) };
        let inflate = Decompress::new_gzip(15);
        Gzip { stored, state: State::Between, inflate, member: 0, out: vec![0; BUFFER], at: BUFFER }
    }

    /// Goes to the next member; none are left at the end of the file.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            let input = self.stored.fill()?;
            match input.first() {
                None => return Ok(false),
                // Blocks of tapes and disks are filled up with zeros.
                Some(0) => {
                    let zeros = input.iter().take_while(|byte| **byte == 0).count();
                    self.stored.consume(zeros);
                }
                Some(_) => break,
            }
        }
        (self.member, self.inflate) = (self.stored.offset, Decompress::new_gzip(15));
        self.stored.held = Some(Vec::new());
        Ok(true)
    }

    /// Unpacks some bytes of the member.
    fn inflate(&mut self) -> io::Result<()> {
        let (mut length, mut end) = (0, None);
        while length == 0 && end.is_none() {
            let input = self.stored.fill()?;
            if input.is_empty() {
                let message = "the file ends inside a gzip member";
                end = Some(State::Damaged(Some(io::Error::new(io::ErrorKind::UnexpectedEof, message))));
                break;
            }
            let (taken, given) = (self.inflate.total_in(), self.inflate.total_out());
            let result = self.inflate.decompress(input, &mut self.out, FlushDecompress::None);
            // What was unpacked before the damage is counted, too.
            length = (self.inflate.total_out() - given) as usize;
            let taken = (self.inflate.total_in() - taken) as usize;
            end = match result {
                Ok(Status::StreamEnd) => Some(State::Between),
                Ok(_) => None,
                // What the decoder says of it depends on how much it was given at a time.
                Err(_) => {
                    let what = if self.inflate.total_out() == 0 { "no gzip member" } else { "a damaged gzip member" };
                    let message = format!("{what} at byte {}", self.member);
                    Some(State::Damaged(Some(io::Error::new(io::ErrorKind::InvalidData, message))))
                }
            };
            self.stored.consume(taken);
        }
        self.out.truncate(length);
        self.at = 0;
        self.state = end.unwrap_or(State::Inside);
        Ok(())
    }
}

impl<R: BufRead> BufRead for Gzip<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at >= self.out.len() {
            match &mut self.state {
                State::Between => {
                    if !self.begin()? {
                        return Ok(&[]);
                    }
                    self.state = State::Inside;
                }
                State::Damaged(said) => match said.take() {
                    Some(e) => return Err(e),
                    None => return Ok(&[]),
                },
                State::Inside => {
                    self.out.resize(BUFFER, 0);
                    self.inflate()?;
                }
            }
        }
        Ok(&self.out[self.at..])
    }

    fn consume(&mut self, bytes: usize) {
        self.at += bytes;
    }
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> Bytes for Gzip<R> {
    fn member(&self) -> Option<u64> {
        Some(self.member)
    }

    fn go_on(&mut self) -> io::Result<bool> {
        let State::Damaged(_) = self.state else { return Ok(true) };
        self.stored.rewind();
        // Not the damaged one itself once more.
        if self.stored.offset == self.member {
            fill(&mut self.stored.bytes)?;
            self.stored.fill()?;
            self.stored.consume(1);
        }
        let found = self.stored.find_member()?;
        self.state = if found { State::Between } else { State::Damaged(None) };
        Ok(found)
    }
}

/// The file as stored, where some of what was read can be read once more.
struct Stored<R> {
    bytes: R,
    /// Read before the rest of `bytes`.
    back: VecDeque<u8>,
    /// Bytes before it.
    offset: u64,
    /// What was consumed of the member; none where it is too long.
    held: Option<Vec<u8>>,
}

impl<R: BufRead> Stored<R> {
    fn fill(&mut self) -> io::Result<&[u8]> {
        if self.back.is_empty() { fill(&mut self.bytes) } else { Ok(self.back.make_contiguous()) }
    }

    fn consume(&mut self, bytes: usize) {
        self.offset += bytes as u64;
        if !self.back.is_empty() {
            let consumed = self.back.drain(..bytes);
            match &mut self.held {
                Some(held) if held.len() + bytes <= HELD => held.extend(consumed),
                _ => self.held = None,
            }
            return;
        }
        match &mut self.held {
            // It has been filled, and is not empty where there is something to consume.
            Some(held) if held.len() + bytes <= HELD => {
                if let Ok(filled) = self.bytes.fill_buf() {
                    held.extend_from_slice(&filled[..bytes]);
                }
            }
            _ => self.held = None,
        }
        self.bytes.consume(bytes);
    }

    /// Goes back to the beginning of the member, where it is held.
    fn rewind(&mut self) {
        if let Some(held) = self.held.take() {
            self.offset -= held.len() as u64;
            let behind = std::mem::replace(&mut self.back, held.into());
            self.back.extend(behind);
        }
    }

    /// Goes to the next place where a member begins, by the look of it.
    fn find_member(&mut self) -> io::Result<bool> {
        loop {
            let chunk = fill(&mut self.bytes)?;
            let (length, is_end) = (chunk.len(), chunk.is_empty());
            self.back.extend(chunk);
            self.bytes.consume(length);
            let window = self.back.make_contiguous();
            let found = window.windows(HEAD).position(is_head);
            let passed = found.unwrap_or(window.len().saturating_sub(HEAD - 1));
            self.back.drain(..passed);
            self.offset += passed as u64;
            if found.is_some() || is_end {
                return Ok(found.is_some());
            }
        }
    }
}

/// Whether a member may begin so. In random bytes it seems so once in two hundred thousand million.
fn is_head(bytes: &[u8]) -> bool {
    bytes[..3] == [0x1f, 0x8b, 8]
        && bytes[3] < 0x20
        && matches!(bytes[8], 0 | 2 | 4)
        && matches!(bytes[9], 0..=13 | 255)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text).expect("a vector takes everything");
        encoder.finish().expect("a vector takes everything")
    }

    /// Whatever can be read, and the damages between.
    fn read(stored: &[u8]) -> (Vec<u8>, usize) {
        let (mut gzip, mut all, mut damages) = (Gzip::new(stored), Vec::new(), 0);
        loop {
            match gzip.fill_buf().map(<[u8]>::to_vec) {
                Ok(bytes) if bytes.is_empty() => return (all, damages),
                Ok(bytes) => {
                    all.extend(&bytes);
                    gzip.consume(bytes.len());
                }
                Err(_) => {
                    damages += 1;
                    assert!(damages < 1000, "it goes on");
                    if !gzip.go_on().expect("nothing is wrong with memory") {
                        return (all, damages);
                    }
                }
            }
        }
    }

    #[test]
    fn damaged_members_cost_themselves() {
        let texts: Vec<String> = (0..50).map(|n| format!("[{n}: {}]", "word and ".repeat(n * 37 % 91))).collect();
        let members: Vec<_> = texts.iter().map(|text| packed(text.as_bytes())).collect();
        assert_eq!(read(&members.concat()), (texts.concat().into_bytes(), 0));
        for at in [0, 7, 48, 49] {
            let expected: Vec<u8> = [&texts[..at], &texts[at + 1..]].concat().concat().into_bytes();
            let without = |damaged: &[u8]| {
                let (all, damages) = read(&[&members[..at].concat(), damaged, &members[at + 1..].concat()].concat());
                assert!(damages > 0);
                let all = String::from_utf8_lossy(&all).into_owned();
                let rest = String::from_utf8_lossy(&expected);
                let (before, behind) = (texts[..at].concat(), texts[at + 1..].concat());
                assert!(all.starts_with(&before) && all.ends_with(&behind), "{at}: {all} {rest}");
            };
            let member = &members[at];
            for cut in [1, 9, 12, member.len() / 2, member.len() - 1] {
                without(&member[..cut]);
            }
            for byte in [0, 2, 11, member.len() / 2, member.len() - 6, member.len() - 1] {
                let mut damaged = member.clone();
                damaged[byte] ^= 0x55;
                without(&damaged);
            }
        }
    }

    #[test]
    fn zeros_behind_the_last_member_are_no_damage_and_anything_else_is() {
        let member = packed(b"text");
        assert_eq!(read(&[&member[..], &[0; 600]].concat()), (b"text".to_vec(), 0));
        assert_eq!(read(&[&member[..], b"rest"].concat()), (b"text".to_vec(), 1));
        assert_eq!(read(b""), (Vec::new(), 0));
    }

    #[test]
    fn all_before_the_damage_is_given_out_whatever_the_chunks() {
        let text: String = (0..40_000).map(|n| format!("{} ", n * 7919 % 10_007)).collect();
        let mut stored = packed(text.as_bytes());
        let middle = stored.len() / 2;
        stored[middle..middle + 8].fill(0xff);
        let (all, damages) = read(&stored);
        assert!(damages > 0 && all.len() > text.len() / 3);
        for chunk in [1, 100, 5000] {
            let mut gzip = Gzip::new(io::BufReader::with_capacity(chunk, &stored[..]));
            let mut some = Vec::new();
            assert!(gzip.read_to_end(&mut some).is_err());
            assert_eq!(some.len(), all.len(), "{chunk}");
        }
    }
}

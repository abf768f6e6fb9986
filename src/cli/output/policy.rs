//! How many documents may be left out before a run is not worth its time.

use std::str::FromStr;

use dateline::ingest::DeadLetter;
use dateline::{Error, ErrorKind};

use super::args::OnError;
use super::journal::Counts;

/// A share is judged when so many documents have been read. A wrong name of a field has spoilt every one of them, which
/// shows in the first second; one bad line in ten says nothing.
const JUDGED_FROM: u64 = 1000;

/// So many may be left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    Number(u64),
    /// Of all documents, from 0 to 1.
    Share(f64),
}

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let limit = match text.strip_suffix('%') {
            Some(share) => {
                share.parse().ok().filter(|share| (0.0..=100.0).contains(share)).map(|s| Limit::Share(s / 100.0))
            }
            None => text.parse().ok().map(Limit::Number),
        };
        limit.ok_or_else(|| "expected a number or a share, such as 20 or 0.5%".into())
    }
}

/// What is done about documents that cannot be read.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    pub on_error: OnError,
    pub limit: Limit,
}

impl Policy {
    /// Why the run ends before documents are written with which it comes to `counts`; `dead` are those among them that
    /// cannot be read.
    pub fn verdict(&self, counts: &Counts, dead: &[DeadLetter]) -> Option<Error> {
        let first = dead.first()?;
        if self.on_error == OnError::Fail {
            return Some(Error::new(ErrorKind::Rejects(first.to_string())));
        }
        let (rejected, all) = (counts.skipped(), counts.written + counts.skipped());
        let (is_over, limit) = match self.limit {
            Limit::Number(number) => (rejected > number, number.to_string()),
            Limit::Share(share) => (
                all >= JUDGED_FROM && rejected as f64 > share * all as f64,
                format!("{:.1}%", share * 100.0).replace(".0%", "%"),
            ),
        };
        is_over.then(|| {
            Error::new(ErrorKind::Rejects(format!(
                "{rejected} of {all} documents cannot be read, more than --max-rejects {limit}; one of them: {first}"
            )))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline::ingest::Reason;

    fn is_over(limit: &str, written: u64, rejected: u64) -> bool {
        let letter = DeadLetter {
            source: "a.jsonl".into(),
            line: Some(1),
            record: None,
            offset: 0,
            bytes: 1,
            reason: Reason::BadJson,
            message: "no".into(),
            hash: None,
            raw: None,
            base64: None,
        };
        let counts = Counts { written, rejected: [("bad_json".into(), rejected)].into(), filtered: 0 };
        let policy = Policy { on_error: OnError::Dead, limit: limit.parse().expect("a limit") };
        policy.verdict(&counts, &[letter]).is_some()
    }

    #[test]
    fn a_wrong_field_ends_a_run_and_one_bad_line_of_a_short_one_does_not() {
        let cases = [
            ("1%", 0, 1000, true),
            ("1%", 0, 999, false),
            ("1%", 1, 1, false),
            ("1%", 990, 10, false),
            ("1%", 989, 11, true),
            ("100%", 0, 5000, false),
            ("0%", 999, 1, true),
            ("0", 5, 1, true),
            ("2", 0, 2, false),
            ("2", 0, 3, true),
        ];
        for (limit, written, rejected, over) in cases {
            assert_eq!(is_over(limit, written, rejected), over, "{limit} {written} {rejected}");
        }
    }

    #[test]
    fn limits_are_numbers_or_shares() {
        for wrong in ["", "%", "-1", "101%", "few"] {
            assert!(wrong.parse::<Limit>().is_err(), "{wrong}");
        }
    }
}

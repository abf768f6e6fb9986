//! One part of the inputs, for one of many jobs.
//!
//! The inputs lie behind each other as one row of stored bytes, which is cut into equal parts. A plain file of lines is
//! cut at the first line that begins in the next part; any other file belongs whole to the part in which it begins. So
//! every document belongs to exactly one part, whatever was said to the other jobs, and the parts in their order are the
//! whole.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use super::inputs::{Input, Inputs, Kind};
use super::unpack::Packing;
use crate::error::{Error, Result};

/// Which of how many parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    number: u64,
    of: u64,
}

impl Share {
    /// Part `number` of `of`, from 1; none where there is no such part.
    pub fn new(number: u32, of: u32) -> Option<Share> {
        (1..=of).contains(&number).then_some(Share { number: number.into(), of: of.into() })
    }

    /// Whether it is the first one.
    pub fn is_first(self) -> bool {
        self.number == 1
    }

    /// Where the part before ends, and where this one does, of so many bytes.
    fn ends(self, bytes: u64) -> (u64, u64) {
        let end = |number: u64| (u128::from(bytes) * u128::from(number) / u128::from(self.of)) as u64;
        (end(self.number - 1), if self.number == self.of { u64::MAX } else { end(self.number) })
    }
}

/// Some lines of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Bytes and lines before it.
    pub(crate) start: u64,
    pub(crate) lines: u64,
    /// One past its last byte.
    pub(crate) end: u64,
}

impl Inputs {
    /// The part of the inputs that is `share`.
    ///
    /// # Errors
    /// One of them is no regular file, or cannot be read where it must be cut.
    pub fn share(self, share: Share) -> Result<Inputs> {
        let bytes =
            self.bytes().ok_or_else(|| Error::usage("only files can be shared among jobs, no pipe or device"))?;
        let (from, to) = share.ends(bytes);
        let (mut list, mut begins) = (Vec::new(), 0);
        for input in self.into_list() {
            let size = input.size.unwrap_or_default();
            let ends = begins + size;
            if from <= begins && ends <= to && begins < to {
                list.push(input);
            } else if begins < to && from < ends {
                // Of the file a part only, if it can be cut.
                let cut = |at: u64| line_at(&input.path, at).map_err(|e| Error::from(e).at(&input.path, 0));
                if is_of_lines(&input) {
                    let (start, lines) = cut(from.saturating_sub(begins))?;
                    let end = if to < ends { cut(to - begins)?.0 } else { size };
                    if start < end {
                        list.push(Input { part: Some(Part { start, lines, end }), size: Some(end - start), ..input });
                    }
                } else if from <= begins {
                    list.push(input);
                }
            }
            begins = ends;
        }
        Ok(Inputs::of(list))
    }
}

/// Whether a file can be cut between any two lines. One that cannot be read will say so where it is read whole.
fn is_of_lines(input: &Input) -> bool {
    input.look().is_ok_and(|(kind, packing)| kind == Kind::Lines && packing == Packing::Plain)
}

/// The first line that begins at `at` or behind it: its place, and how many lines stand before it.
fn line_at(path: &Path, at: u64) -> io::Result<(u64, u64)> {
    if at == 0 {
        return Ok((0, 0));
    }
    let file = File::open(path)?;
    let mut before = BufReader::with_capacity(1 << 20, (&file).take(at - 1));
    let mut lines = 0;
    loop {
        let bytes = before.fill_buf()?;
        if bytes.is_empty() {
            break;
        }
        lines += memchr::memchr_iter(b'\n', bytes).count() as u64;
        let read = bytes.len();
        before.consume(read);
    }
    // The line that the byte before belongs to ends with that byte, or reaches beyond.
    (&file).seek(SeekFrom::Start(at - 1))?;
    let mut rest = BufReader::new(file);
    let passed = rest.skip_until(b'\n')?;
    Ok((at - 1 + passed as u64, lines + 1))
}

#[cfg(all(test, feature = "compressed"))]
mod tests {
    use super::*;
    use crate::ingest::{Batch, Fields, Options, Reader, Scratch};
    use proptest::prelude::*;
    use std::fs;
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

    fn sources(inputs: &Inputs, options: &Options) -> Vec<String> {
        let (read, fields) = (AtomicU64::new(0), Fields::new(options));
        let mut reader = Reader::new(inputs, options, &read);
        let (mut batch, mut scratch, mut seen) = (Batch::default(), Scratch::default(), Vec::new());
        loop {
            batch.clear();
            reader.fill(&mut batch);
            if batch.is_empty() {
                assert_eq!(Some(read.load(Relaxed)), inputs.bytes(), "bytes read are those of the part");
                return seen;
            }
            seen.extend((0..batch.len()).map(|number| match batch.article(number, &fields, &mut scratch) {
                Ok(article) => format!("{} {}", article.source, article.body),
                Err(letter) => format!("{letter} {}", letter.offset),
            }));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
        #[test]
        fn parts_in_their_order_are_the_whole(
            files in proptest::collection::vec((0usize..4, proptest::collection::vec(0usize..60, 0..30)), 0..6),
            of in 1u32..9,
            batch in 1usize..500,
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            for (number, (kind, lines)) in files.iter().enumerate() {
                let line = |n: &usize| match n % 5 {
                    0 => "\n".to_owned(),
                    1 => "not json\n".to_owned(),
                    _ => format!("{{\"text\":\"{}\"}}\n", "x".repeat(*n)),
                };
                let mut text: String = lines.iter().map(line).collect();
                if number % 2 == 1 {
                    text.truncate(text.trim_end().len());
                }
                if number % 3 == 2 {
                    text.insert(0, '\u{feff}');
                }
                let name = ["a.jsonl", "b.txt", "c", "d.jsonl.zst"][*kind];
                let bytes = if *kind == 3 { zstd::encode_all(text.as_bytes(), 1).expect("zstd") } else { text.into() };
                fs::write(folder.path().join(format!("{number}{name}")), bytes).expect("a file");
            }
            let paths: Vec<_> = (0..files.len()).map(|n| folder.path().join(format!("{n}{}", ["a.jsonl", "b.txt", "c", "d.jsonl.zst"][files[n].0]))).collect();
            let options = Options { batch, ..Options::default() };
            let inputs = Inputs::find(&paths).expect("files");
            let whole = sources(&inputs, &options);
            let parts = (1..=of).flat_map(|number| {
                let share = Share::new(number, of).expect("a part");
                sources(&inputs.clone().share(share).expect("files"), &options)
            });
            prop_assert_eq!(parts.collect::<Vec<_>>(), whole);
        }
    }

    #[test]
    fn a_file_of_many_lines_is_cut_evenly() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.jsonl");
        fs::write(&path, "{\"text\":\"0123456789\"}\n".repeat(1000)).expect("a file");
        for number in 1..=7 {
            let inputs = Inputs::find(&[&path]).expect("a file").share(Share::new(number, 7).expect("a part"));
            let lines = sources(&inputs.expect("a part"), &Options::default()).len();
            assert!((142..=144).contains(&lines), "{lines}");
        }
        assert!(Inputs::find(&["-"]).expect("a pipe").share(Share::new(1, 2).expect("a part")).is_err());
    }
}

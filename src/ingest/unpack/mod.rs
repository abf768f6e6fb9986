//! How files are packed, and how they are read unpacked.
//!
//! Dumps are often many members or frames one after the other, so all of them are read, whatever the packing. What is
//! unpacked is a stream: however much a few bytes unpack to, no more is held than the longest document allowed.

#[cfg(feature = "compressed")]
mod gzip;
#[cfg(feature = "compressed")]
mod lz4;
#[cfg(feature = "compressed")]
mod unpacked;

use std::fmt;
use std::io;

use super::open::{Bytes, fill};
#[cfg(feature = "compressed")]
use unpacked::Unpacked;

/// What a file is compressed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Packing {
    /// Nothing.
    Plain,
    /// gzip, of any number of members.
    Gzip,
    /// zstd, of any number of frames.
    Zstd,
    /// bzip2, of any number of streams.
    Bzip2,
    /// xz, of any number of streams.
    Xz,
    /// lz4, of any number of frames.
    Lz4,
}

/// First bytes and endings of each.
const PACKINGS: [(Packing, &[u8], &str); 5] = [
    (Packing::Gzip, b"\x1f\x8b", "gz"),
    (Packing::Zstd, b"\x28\xb5\x2f\xfd", "zst"),
    (Packing::Bzip2, b"BZh", "bz2"),
    (Packing::Xz, b"\xfd7zXZ\0", "xz"),
    (Packing::Lz4, b"\x04\x22\x4d\x18", "lz4"),
];

impl Packing {
    /// What a file is packed with by its first bytes, which decide: servers unpack on the way and keep the name.
    fn of(head: &[u8]) -> Packing {
        PACKINGS.iter().find(|(_, magic, _)| head.starts_with(magic)).map_or(Packing::Plain, |(packing, ..)| *packing)
    }

    /// The name of a file without the ending that tells its packing.
    pub(crate) fn unpacked(name: &str) -> &str {
        match name.rsplit_once('.') {
            Some((rest, ending)) if PACKINGS.iter().any(|(.., e)| e.eq_ignore_ascii_case(ending)) => rest,
            _ => name,
        }
    }
}

impl fmt::Display for Packing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Packing::Plain => "plain",
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
            Packing::Bzip2 => "bzip2",
            Packing::Xz => "xz",
            Packing::Lz4 => "lz4",
        })
    }
}

/// Reads what is packed, by its first bytes.
pub(crate) fn unpack<'a>(mut stored: Box<dyn Bytes + 'a>) -> io::Result<(Packing, Box<dyn Bytes + 'a>)> {
    let packing = Packing::of(fill(&mut *stored)?);
    let bytes: Box<dyn Bytes> = match packing {
        Packing::Plain => stored,
        #[cfg(feature = "compressed")]
        Packing::Gzip => Box::new(gzip::Gzip::new(stored)),
        #[cfg(feature = "compressed")]
        Packing::Zstd => Unpacked::new(zstd::Decoder::with_buffer(stored)?),
        #[cfg(feature = "compressed")]
        Packing::Bzip2 => Unpacked::new(bzip2::bufread::MultiBzDecoder::new(stored)),
        #[cfg(feature = "compressed")]
        Packing::Xz => Unpacked::new(liblzma::bufread::XzDecoder::new_multi_decoder(stored)),
        #[cfg(feature = "compressed")]
        Packing::Lz4 => Unpacked::new(lz4::Lz4::new(stored)),
        #[cfg(not(feature = "compressed"))]
        _ => {
            let message = format!("cannot read {packing}-compressed files");
            return Err(io::Error::new(io::ErrorKind::Unsupported, message));
        }
    };
    Ok((packing, bytes))
}

#[cfg(all(test, feature = "compressed"))]
mod tests {
    use super::super::open::{BUFFER, skip};
    use super::*;
    use std::io::{BufReader, Read, Write};

    /// Some text packed in each way.
    fn packed(text: &[u8]) -> [(Packing, Vec<u8>); 5] {
        fn wrote<W: Write>(mut encoder: W, text: &[u8], finish: impl FnOnce(W) -> io::Result<Vec<u8>>) -> Vec<u8> {
            encoder.write_all(text).and_then(|()| finish(encoder)).expect("a vector takes everything")
        }
        let gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        let xz = liblzma::write::XzEncoder::new(Vec::new(), 1);
        let lz4 = lz4_flex::frame::FrameEncoder::new(Vec::new());
        [
            (Packing::Gzip, wrote(gzip, text, |e| e.finish())),
            (Packing::Zstd, zstd::encode_all(text, 1).expect("a vector takes everything")),
            (Packing::Bzip2, wrote(bzip2, text, |e| e.finish())),
            (Packing::Xz, wrote(xz, text, |e| e.finish())),
            (Packing::Lz4, wrote(lz4, text, |e| e.finish().map_err(io::Error::other))),
        ]
    }

    /// What could be read, and whether all could.
    fn read(stored: &[u8]) -> (Packing, Vec<u8>, bool) {
        let mut all = Vec::new();
        match unpack(Box::new(Unpacked(BufReader::new(stored)))) {
            Ok((packing, mut bytes)) => {
                let end = bytes.read_to_end(&mut all);
                (packing, all, end.is_ok())
            }
            Err(_) => (Packing::of(stored), all, false),
        }
    }

    #[test]
    fn all_members_are_read_and_all_before_a_damage() {
        let (a, b): (String, String) = ((0..3000).map(|n| format!("{n} ")).collect(), "b\n".repeat(500));
        for ((packing, first), (_, second)) in packed(a.as_bytes()).into_iter().zip(packed(b.as_bytes())) {
            let whole = [&first[..], &second].concat();
            assert_eq!(read(&whole), (packing, format!("{a}{b}").into_bytes(), true), "{packing}");
            for cut in [whole.len() - 1, first.len() + second.len() / 2, first.len() + 5, first.len() - 1, 7] {
                let (_, some, is_whole) = read(&whole[..cut]);
                assert!(!is_whole, "{packing} of {cut} bytes");
                assert!(cut < first.len() || some.starts_with(a.as_bytes()), "{packing}: {cut}");
            }
            let (_, some, is_whole) = read(&[&whole[..], b"no member"].concat());
            assert!(!is_whole && some.len() == a.len() + b.len(), "{packing}");
        }
    }

    #[test]
    fn a_bomb_is_a_stream() {
        for (packing, bomb) in packed(&vec![0; 32 << 20]) {
            let mut bytes = unpack(Box::new(Unpacked(BufReader::new(&bomb[..])))).expect("a beginning").1;
            while let Ok(some @ [_, ..]) = fill(&mut *bytes) {
                let length = some.len();
                assert!(length <= BUFFER, "{packing}");
                bytes.consume(length);
            }
        }
        let mut bytes = unpack(Box::new(Unpacked(BufReader::new(&b"plain"[..])))).expect("a beginning").1;
        skip(&mut *bytes, 3).expect("there are more");
        assert_eq!(fill(&mut *bytes).expect("bytes"), b"in");
    }
}

//! How a file is packed.
//!
//! The records of each batch are a frame or member of their own, packed by the thread that made them. So packing has as
//! many threads as working has, and a file can be cut wherever a batch ended. Readers take many frames for one text.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

/// What the ending of a file's name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    Plain,
    Gzip,
    Zstd,
}

impl Packing {
    pub fn of(path: &Path) -> Self {
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        match ending.to_str() {
            Some("gz") => Packing::Gzip,
            Some("zst") => Packing::Zstd,
            _ => Packing::Plain,
        }
    }

    /// Appends `bytes`, packed.
    pub fn pack(self, bytes: &[u8], out: &mut Vec<u8>) {
        let packed = match self {
            Packing::Plain => out.write_all(bytes),
            Packing::Gzip => {
                let mut encoder = GzEncoder::new(out, Compression::default());
                encoder.write_all(bytes).and_then(|()| encoder.finish().map(drop))
            }
            Packing::Zstd => {
                zstd::bulk::compress(bytes, zstd::DEFAULT_COMPRESSION_LEVEL).map(|frame| out.extend(frame))
            }
        };
        packed.expect("a vector takes everything");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_was_packed_in_parts_is_read_as_one() {
        for (name, packing) in [("a.jsonl", Packing::Plain), ("a.GZ", Packing::Gzip), ("b.zst", Packing::Zstd)] {
            assert_eq!(Packing::of(Path::new(name)), packing);
            let mut packed = Vec::new();
            for part in [&b"one\n"[..], b"", b"two\n"] {
                packing.pack(part, &mut packed);
            }
            let mut read = Vec::new();
            match packing {
                Packing::Plain => read = packed,
                Packing::Gzip => {
                    flate2::read::MultiGzDecoder::new(&*packed).read_to_end(&mut read).expect("gzip");
                }
                Packing::Zstd => read = zstd::decode_all(&*packed).expect("zstd"),
            }
            assert_eq!(read, b"one\ntwo\n", "{name}");
        }
    }
}

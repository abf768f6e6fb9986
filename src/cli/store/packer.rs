//! From records to what the files of a folder hold.
//!
//! Packing asks nothing of the files, so it is done in a pool, several stretches of records at a time; what comes of it is
//! appended to the files in order.

use std::io;

#[cfg(feature = "parquet")]
use dateline::tables::{Converter, Table, arrow, parquet};

use super::super::output::Packing;
use super::file::Growing;

/// How records are packed.
pub enum Packer {
    Lines(Packing),
    #[cfg(feature = "parquet")]
    Parquet {
        tables: Vec<Table>,
        packer: parquet::Packer,
    },
    #[cfg(feature = "parquet")]
    Arrow {
        tables: Vec<Table>,
        is_compressed: bool,
    },
}

/// What came of a stretch of records for one kind of file.
pub enum Packed {
    Lines {
        bytes: Vec<u8>,
        count: u64,
    },
    #[cfg(feature = "parquet")]
    Parquet(parquet::RowGroup),
    #[cfg(feature = "parquet")]
    Arrow(arrow_array::RecordBatch),
}

/// A file of one kind on its way.
pub enum Open {
    Lines {
        file: Growing,
        count: u64,
    },
    #[cfg(feature = "parquet")]
    Parquet(parquet::File<Growing>),
    #[cfg(feature = "parquet")]
    Arrow(arrow::File<Growing>),
}

impl Packer {
    #[cfg(feature = "parquet")]
    pub fn parquet(tables: &[Table]) -> io::Result<Packer> {
        Ok(Packer::Parquet { tables: tables.to_vec(), packer: parquet::Packer::new(tables)? })
    }

    /// The folders of its kinds of files.
    pub fn folders(&self) -> Vec<&'static str> {
        match self {
            Packer::Lines(_) => vec!["records"],
            #[cfg(feature = "parquet")]
            Packer::Parquet { tables, .. } | Packer::Arrow { tables, .. } => {
                tables.iter().map(|table| table.name()).collect()
            }
        }
    }

    /// What their names end with.
    pub fn ending(&self) -> &'static str {
        match self {
            Packer::Lines(Packing::Plain) => "jsonl",
            Packer::Lines(Packing::Gzip) => "jsonl.gz",
            Packer::Lines(Packing::Zstd) => "jsonl.zst",
            #[cfg(feature = "parquet")]
            Packer::Parquet { .. } => "parquet",
            #[cfg(feature = "parquet")]
            Packer::Arrow { .. } => "arrow",
        }
    }

    /// Packs some records: for each kind of file what is to be appended to it, if anything is.
    pub fn pack(&self, records: Vec<u8>) -> io::Result<Vec<Option<Packed>>> {
        match self {
            Packer::Lines(packing) => {
                let count = memchr::memchr_iter(b'\n', &records).count() as u64;
                let mut bytes = records;
                if *packing != Packing::Plain {
                    let mut packed = Vec::new();
                    packing.pack(&bytes, &mut packed);
                    bytes = packed;
                }
                Ok(vec![Some(Packed::Lines { bytes, count })])
            }
            #[cfg(feature = "parquet")]
            Packer::Parquet { packer, .. } => {
                Ok(packer.pack(text(&records)?)?.into_iter().map(|group| group.map(Packed::Parquet)).collect())
            }
            #[cfg(feature = "parquet")]
            Packer::Arrow { tables, .. } => {
                let mut converter = Converter::new(tables);
                converter.read(text(&records)?)?;
                let batches = converter.finish().into_iter();
                Ok(batches.map(|batch| (batch.num_rows() > 0).then_some(Packed::Arrow(batch))).collect())
            }
        }
    }

    /// Begins a file of the kind with this number.
    pub fn open(&self, kind: usize, file: Growing) -> io::Result<Open> {
        #[cfg(not(feature = "parquet"))]
        let _ = kind;
        Ok(match self {
            Packer::Lines(_) => Open::Lines { file, count: 0 },
            #[cfg(feature = "parquet")]
            Packer::Parquet { packer, .. } => Open::Parquet(packer.file(kind, file)?),
            #[cfg(feature = "parquet")]
            Packer::Arrow { tables, is_compressed } => {
                Open::Arrow(arrow::File::new(tables[kind], file, *is_compressed).map_err(io::Error::other)?)
            }
        })
    }
}

#[cfg(feature = "parquet")]
fn text(records: &[u8]) -> io::Result<&str> {
    std::str::from_utf8(records).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))
}

impl Open {
    /// Appends what was packed for files of its kind.
    pub fn append(&mut self, packed: Packed) -> io::Result<()> {
        match (self, packed) {
            (Open::Lines { file, count }, Packed::Lines { bytes, count: more }) => {
                *count += more;
                io::Write::write_all(file, &bytes)
            }
            #[cfg(feature = "parquet")]
            (Open::Parquet(file), Packed::Parquet(group)) => Ok(file.append(group)?),
            #[cfg(feature = "parquet")]
            (Open::Arrow(file), Packed::Arrow(rows)) => file.append(&rows).map_err(io::Error::other),
            #[cfg(feature = "parquet")]
            _ => unreachable!("all files of a folder are packed alike"),
        }
    }

    /// Ends the file, and says how many rows it has.
    pub fn finish(self) -> io::Result<(Growing, u64)> {
        match self {
            Open::Lines { file, count } => Ok((file, count)),
            #[cfg(feature = "parquet")]
            Open::Parquet(file) => Ok(file.finish()?),
            #[cfg(feature = "parquet")]
            Open::Arrow(file) => file.finish().map_err(io::Error::other),
        }
    }
}

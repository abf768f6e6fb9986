//! The compiled lists, and who owns them.

use super::{shipped, user};
use crate::dictionary::compile::Builder;
use crate::dictionary::{Dictionary, Parts, lists};
use crate::error::{Error, Result};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Compiled lists: those that the library carries, those of an image file, or either with users' lists added.
///
/// A [`crate::pipeline::Pipeline`] borrows them, so they live as long as it.
pub struct Lists(Held);

enum Held {
    Shipped,
    /// Words of eight bytes, because an image must begin at a multiple of that.
    Read(Vec<u64>),
    Patched(Box<Parts>),
}

impl Lists {
    /// The lists that the library carries.
    pub fn shipped() -> Lists {
        Lists(Held::Shipped)
    }

    /// An image file, as `dateline gazetteer build` writes it.
    ///
    /// # Errors
    /// When the file cannot be read, or is not such an image of this version.
    pub fn open(path: &Path) -> Result<Lists> {
        let read = || -> std::io::Result<Vec<u64>> {
            let mut file = File::open(path)?;
            let len = file.metadata()?.len() as usize;
            let mut words = vec![0u64; len.div_ceil(8)];
            file.read_exact(&mut bytemuck::cast_slice_mut(&mut words)[..len])?;
            Ok(words)
        };
        let lists = Lists(Held::Read(read().map_err(|e| Error::from(e).at(path, 0))?));
        lists.dictionary().map_err(|e| e.at(path, 0))?;
        Ok(lists)
    }

    /// Compiles a folder of lists that is laid out as the library's own.
    ///
    /// # Errors
    /// When a list is missing or not as it should be, with file and line.
    pub fn compile(folder: &Path) -> Result<Lists> {
        let mut builder = Builder::new();
        lists::read_folder(folder, &mut builder)?;
        let image = builder.finish()?;
        let mut words = vec![0u64; image.len().div_ceil(8)];
        bytemuck::cast_slice_mut(&mut words)[..image.len()].copy_from_slice(&image);
        Ok(Lists(Held::Read(words)))
    }

    /// These lists and users' lists, files or folders of them, in any of the formats of [`user`]. What a user's list says
    /// beats what stands here.
    ///
    /// # Errors
    /// A list that cannot be read or is not as its format asks, with file and line.
    pub fn with_users(&self, paths: &[PathBuf], types: &user::Types) -> Result<Lists> {
        Ok(Lists(Held::Patched(Box::new(user::add(&self.dictionary()?, paths, types)?))))
    }

    /// The lists, open for reading.
    ///
    /// # Errors
    /// When the bytes are no image; lists that were opened are.
    pub fn dictionary(&self) -> Result<Dictionary<'_>> {
        match &self.0 {
            Held::Shipped => Dictionary::open(shipped()),
            Held::Read(words) => Dictionary::open(bytemuck::cast_slice(words)),
            Held::Patched(parts) => Ok(parts.dictionary()),
        }
    }

    /// The image, to be kept in a file.
    pub fn to_image(&self) -> std::borrow::Cow<'_, [u8]> {
        match &self.0 {
            Held::Shipped => shipped().into(),
            Held::Read(words) => bytemuck::cast_slice(words).into(),
            Held::Patched(parts) => parts.to_image().into(),
        }
    }
}

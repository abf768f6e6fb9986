//! The compiled lists, and who owns them.

use super::{shipped, user};
use crate::dictionary::compile::Builder;
use crate::dictionary::patch::Patch;
use crate::dictionary::{Dictionary, Image, Parts, lists};
use crate::error::{Error, Result};
use crate::kernel::{Large, Mapped};
use std::borrow::Cow;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Compiled lists: those that the library carries, those of an image file, or either with users' lists added.
///
/// A [`crate::pipeline::Pipeline`] borrows them, so they live as long as it.
pub struct Lists(Held);

enum Held {
    Shipped,
    Compiled(Image),
    Mapped(Mapped),
    Large(Large),
    Patched(Box<Parts>),
}

impl Lists {
    /// The lists that the library carries.
    pub fn shipped() -> Lists {
        Lists(Held::Shipped)
    }

    /// An image file, as `dateline gazetteer build` writes it. It is read in place, so it must not be changed as long as
    /// these lists are in use; another file may take its name.
    ///
    /// # Errors
    /// When the file cannot be read, or is not such an image of this version.
    pub fn open(path: &Path) -> Result<Lists> {
        let mapped = File::open(path).and_then(|file| Mapped::new(&file)).map_err(|e| Error::from(e).at(path, 0))?;
        let lists = Lists(Held::Mapped(mapped));
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
        Ok(Lists(Held::Compiled(builder.finish()?)))
    }

    /// These lists and users' lists, files or folders of them, in any of the formats of [`user`]. What a user's list says
    /// beats what stands here.
    ///
    /// # Errors
    /// A list that cannot be read or is not as its format asks, with file and line.
    pub fn with_users(&self, paths: &[PathBuf], types: &user::Types) -> Result<Lists> {
        Ok(Lists(Held::Patched(Box::new(user::add(&self.dictionary()?, paths, types)?))))
    }

    /// These lists, changed as `change` asks: a copy, unless they are one already.
    ///
    /// # Errors
    /// Those of `change`.
    pub fn changed(self, change: impl FnOnce(&mut Patch) -> Result<()>) -> Result<Lists> {
        let mut patch = match self.0 {
            Held::Patched(parts) => Patch::of(*parts),
            _ => Patch::new(&self.dictionary()?),
        };
        change(&mut patch)?;
        Ok(Lists(Held::Patched(Box::new(patch.finish()))))
    }

    /// The lists, open for reading.
    ///
    /// # Errors
    /// When the bytes are no image; lists that were opened are.
    pub fn dictionary(&self) -> Result<Dictionary<'_>> {
        self.image().map_or_else(|parts| Ok(parts.dictionary()), Dictionary::open)
    }

    /// The same lists, for much text: copied into large pages of memory. What is read of them lies scattered over megabytes,
    /// and in large pages it is found sooner. The copy takes some milliseconds, which some ten megabytes of text gain back.
    /// Lists with users' lists in them stay where they are, and so do all where there is no memory for a copy.
    #[must_use]
    pub fn in_large_pages(self) -> Lists {
        let copy = self.image().ok().and_then(|image| Large::copy(image).ok());
        copy.map_or(self, |copy| Lists(Held::Large(copy)))
    }

    /// The image, or where there is none, what it would be made of.
    fn image(&self) -> std::result::Result<&[u8], &Parts> {
        match &self.0 {
            Held::Shipped => Ok(shipped()),
            Held::Compiled(image) => Ok(image),
            Held::Mapped(image) => Ok(image),
            Held::Large(image) => Ok(image),
            Held::Patched(parts) => Err(parts),
        }
    }

    /// The image, to be kept in a file.
    pub fn to_image(&self) -> Cow<'_, [u8]> {
        self.image().map_or_else(|parts| parts.to_image().to_vec().into(), Cow::Borrowed)
    }
}

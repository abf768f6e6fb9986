//! Whether lists are as they should be: for those who keep them.
//!
//! A list in the form of `gazetteers/` begins with a line `# what:`; all faults of its form are told, the same for the first
//! of which whoever reads it would stop. Any other list is a user's, and is read as it would be at start.

use super::user::Types;
use super::{Lists, user};
use crate::dictionary::lists;
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// Faults of a list that are told one by one; of more there is a number.
const MOST_TOLD: usize = 20;

/// What was checked.
#[derive(Debug, Default)]
pub struct Checked {
    /// The lists, in order.
    pub lists: Vec<PathBuf>,
    /// What is wrong with them, with file and line.
    pub faults: Vec<Error>,
}

/// Checks lists and folders of lists, with the folders in them.
///
/// # Errors
/// A path that cannot be read.
pub fn check(paths: &[PathBuf], types: &Types) -> Result<Checked> {
    let mut checked = Checked::default();
    for path in paths {
        gather(path, &mut checked.lists)?;
    }
    for path in checked.lists.clone() {
        let bytes = std::fs::read(&path).map_err(|e| Error::from(e).at(&path, 0))?;
        if is_own(&bytes) {
            list(&path, &bytes, &mut checked.faults);
        } else {
            let fault = Lists::shipped().with_users(std::slice::from_ref(&path), types).err();
            checked.faults.extend(fault);
        }
    }
    Ok(checked)
}

/// Whether a list begins as ours do.
fn is_own(bytes: &[u8]) -> bool {
    bytes.starts_with(b"# what:")
}

/// The lists that a path means: a folder's in our own form, with those of the folders in it, or else its users' lists.
fn gather(path: &Path, lists: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        lists.push(path.to_owned());
        return Ok(());
    }
    let before = lists.len();
    gather_own(path, lists)?;
    if lists.len() == before {
        lists.extend(user::files(path)?);
    }
    Ok(())
}

/// The lists in our own form in a folder and those in it; what else lies there (pins, texts, scripts) is none.
fn gather_own(folder: &Path, lists: &mut Vec<PathBuf>) -> Result<()> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| Error::from(e).at(folder, 0))? {
        all.push(entry.map_err(|e| Error::from(e).at(folder, 0))?.path());
    }
    all.sort();
    for path in all {
        if path.is_dir() {
            gather_own(&path, lists)?;
        } else if path.extension().is_some_and(|e| e == "tsv") && std::fs::read(&path).is_ok_and(|bytes| is_own(&bytes))
        {
            lists.push(path);
        }
    }
    Ok(())
}

/// A list in the form of `gazetteers/`.
fn list(path: &Path, bytes: &[u8], faults: &mut Vec<Error>) {
    let mut found = 0;
    lists::check(path, bytes, &mut |line, message| {
        found += 1;
        if found <= MOST_TOLD {
            faults.push(Error::list(message).at(path, line as u64));
        }
    });
    if found > MOST_TOLD {
        faults.push(Error::list(format!("{} faults more", found - MOST_TOLD)).at(path, 0));
    }
}

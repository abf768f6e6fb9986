//! One run at a time writes a file.
//!
//! A file beside the target says which process does. Locks of the system are not used: on shared disks they fail or hang.
//! A process of this machine that is gone holds nothing.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The lock of a target, given back when dropped.
pub struct Lock {
    path: PathBuf,
}

impl Lock {
    /// Takes the lock that a file of this name stands for.
    pub fn take(path: PathBuf) -> io::Result<Self> {
        let own = Holder::this();
        loop {
            match File::create_new(&path) {
                Ok(mut file) => {
                    let lock = Lock { path };
                    writeln!(file, "{} {} {}", own.host, own.process, own.began)?;
                    return Ok(lock);
                }
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => match holder(&path)? {
                    Some(holder) if holder.is_alive(&own) => return Err(held(&path, &holder)),
                    _ => take_away(&path)?,
                },
                Err(e) => return Err(e),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// A process, as a lock names it.
#[derive(Clone, Debug, PartialEq)]
struct Holder {
    host: String,
    process: u32,
    /// When it began, in ticks of its machine's clock; another process may get its number. 0 where that cannot be told.
    began: u64,
}

impl Holder {
    fn this() -> Self {
        let name = fs::read_to_string("/proc/sys/kernel/hostname").ok().or_else(|| std::env::var("HOSTNAME").ok());
        let name = name.or_else(|| std::env::var("COMPUTERNAME").ok()).unwrap_or_default();
        let host = name.split_whitespace().next().unwrap_or("unknown").to_owned();
        let process = std::process::id();
        Holder { host, process, began: began(process).unwrap_or(0) }
    }

    fn read(text: &str) -> Option<Self> {
        let mut words = text.strip_suffix('\n')?.split(' ');
        let (host, process, began) = (words.next()?, words.next()?, words.next()?);
        Some(Holder { host: host.to_owned(), process: process.parse().ok()?, began: began.parse().ok()? })
    }

    /// Whether it may still run. Of another machine nothing is known, nor where processes are no files.
    fn is_alive(&self, own: &Holder) -> bool {
        if self.host != own.host || own.began == 0 {
            return self != own;
        }
        began(self.process).is_some_and(|began| self.began == began)
    }
}

/// When a process of this machine began; none when there is no such process.
fn began(process: u32) -> Option<u64> {
    let about = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program stands in brackets and may hold anything.
    about.rsplit_once(')')?.1.split_whitespace().nth(19)?.parse().ok()
}

/// Who holds the lock; none when nobody does any longer, or it was torn while it was written.
fn holder(path: &Path) -> io::Result<Option<Holder>> {
    for wait in [0, 100] {
        std::thread::sleep(Duration::from_millis(wait));
        match fs::read_to_string(path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(e),
            Ok(text) => {
                if let Some(holder) = Holder::read(&text) {
                    return Ok(Some(holder));
                }
            }
        }
    }
    Ok(None)
}

/// Removes a lock that nobody holds. Two processes may find the same one: each moves it to a name of its own first.
fn take_away(path: &Path) -> io::Result<()> {
    let aside = path.with_extension(format!("lock.{}", std::process::id()));
    match fs::rename(path, &aside) {
        Ok(()) => fs::remove_file(aside),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(e),
    }
}

fn held(path: &Path, holder: &Holder) -> io::Error {
    let Holder { host, process, .. } = holder;
    let what = format!(
        "process {process} on {host} is writing this; if it is gone for good, remove {} and start again",
        path.display()
    );
    io::Error::new(io::ErrorKind::AlreadyExists, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_held_once_and_that_of_a_dead_process_is_taken_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(".a.lock");
        let lock = Lock::take(path.clone()).expect("free");
        assert!(Lock::take(path.clone()).is_err());
        drop(lock);
        assert!(!path.exists());

        let own = Holder::this();
        fs::write(&path, format!("elsewhere {} 1\n", own.process)).expect("a file");
        assert!(Lock::take(path.clone()).is_err(), "nothing is known of another machine");
        for gone in ["", "torn", &format!("{} {} {}", own.host, own.process, own.began)] {
            fs::write(&path, gone).expect("a file");
            assert!(Lock::take(path.clone()).is_ok(), "{gone:?}");
        }
        if own.began > 0 {
            for (process, began) in [(own.process, own.began + 1), (u32::MAX, own.began)] {
                fs::write(&path, format!("{} {process} {began}\n", own.host)).expect("a file");
                assert!(Lock::take(path.clone()).is_ok(), "{process} {began}");
            }
        }
    }
}

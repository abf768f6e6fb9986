//! Places at which a test has the program die.
//!
//! What is said of files that survive a crash is worth what was tried. A program that is killed at random is seldom killed
//! between a write and its journal line; here it is, as often as is asked. Only debug builds and those with the feature
//! `failpoints` know these places; elsewhere they are nothing.

/// Passes the place of this name, where the program may die.
#[cfg(any(debug_assertions, feature = "failpoints"))]
pub fn pass(name: &str) {
    armed::pass(name);
}

/// Passes the place of this name.
#[cfg(not(any(debug_assertions, feature = "failpoints")))]
#[inline(always)]
pub fn pass(_: &str) {}

#[cfg(any(debug_assertions, feature = "failpoints"))]
pub use armed::arm;

#[cfg(any(debug_assertions, feature = "failpoints"))]
mod armed {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

    struct Armed {
        name: String,
        left: AtomicU64,
        die: fn(),
    }

    static ARMED: OnceLock<Armed> = OnceLock::new();

    /// Has `die` called where the place of this name is passed for the `times`th time. The first call counts.
    pub fn arm(name: &str, times: u64, die: fn()) {
        let _ = ARMED.set(Armed { name: name.to_owned(), left: AtomicU64::new(times), die });
    }

    pub(super) fn pass(name: &str) {
        if let Some(armed) = ARMED.get()
            && armed.name == name
            && armed.left.fetch_sub(1, Relaxed) == 1
        {
            (armed.die)();
        }
    }
}

//! What the processor can do, asked once.

use std::sync::atomic::{AtomicU8, Ordering};

/// An answer of the processor's. It is asked once, since the standard library looks at each feature anew; asking again
/// costs one look.
pub struct Answer(AtomicU8);

const UNASKED: u8 = 0;
const NO: u8 = 1;
const YES: u8 = 2;

impl Answer {
    /// Before it was asked.
    pub const fn unasked() -> Self {
        Answer(AtomicU8::new(UNASKED))
    }

    /// What `ask` says, which is called the first time only, or once by each thread that comes before the first is done.
    #[inline(always)]
    pub fn get(&self, ask: fn() -> bool) -> bool {
        match self.0.load(Ordering::Relaxed) {
            UNASKED => self.ask(ask),
            answer => answer == YES,
        }
    }

    #[cold]
    fn ask(&self, ask: fn() -> bool) -> bool {
        let has = ask();
        self.0.store(if has { YES } else { NO }, Ordering::Relaxed);
        has
    }
}

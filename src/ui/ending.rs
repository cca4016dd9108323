//! Whether the process is about to end by a defect ([`crate::ui::defect`]): from then on no face says or draws anything, so
//! that the terminal that was given back stays as it is.

use std::sync::atomic::{AtomicBool, Ordering};

static IS_NEAR: AtomicBool = AtomicBool::new(false);

/// Who brings the end about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Whoever asked.
    Ours,
    /// Another thread, which has begun already.
    Begun,
}

/// Begins the end, once.
pub fn begin() -> Ending {
    if IS_NEAR.swap(true, Ordering::SeqCst) { Ending::Begun } else { Ending::Ours }
}

/// Whether it has begun.
pub fn is_near() -> bool {
    IS_NEAR.load(Ordering::SeqCst)
}

//! What of a secret stands on the terminal now, so that every way out can take it away.
//!
//! A group of a slip stands on one line, which is painted over. A pass stands among the lines above: then the window and
//! what it keeps of them are cleared. In a pipe nothing can be taken back.

use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicU8, Ordering};

/// Blanks the line on which a group was shown.
pub(super) const PAINTED_OVER: &str =
    "\r                                                                               \r";
/// Clears the window, and what a terminal keeps above it (`CSI 2 J`, `CSI 3 J`), and goes to its first line.
const CLEARED: &str = "\x1b[2J\x1b[3J\x1b[H";

const NOTHING: u8 = 0;
const GROUP: u8 = 1;
const PASS: u8 = 2;

/// Written by whoever shows something, taken by whoever clears it: one of them may be the end by a panic.
static STANDS: AtomicU8 = AtomicU8::new(NOTHING);

/// A group stands on the line of the cursor.
pub(super) fn group() {
    STANDS.store(GROUP, Ordering::SeqCst);
}

/// A pass stands on the window, where there is one.
pub(super) fn pass() {
    if std::io::stdout().is_terminal() {
        STANDS.store(PASS, Ordering::SeqCst);
    }
}

/// Whether a pass stands on the window.
pub(super) fn is_pass() -> bool {
    STANDS.load(Ordering::SeqCst) == PASS
}

/// Takes away what stands there. Called on every way out, so it never fails.
pub fn clear_secret() {
    let away = match STANDS.swap(NOTHING, Ordering::SeqCst) {
        GROUP => PAINTED_OVER,
        PASS => CLEARED,
        _ => return,
    };
    let mut out = std::io::stdout().lock();
    // A terminal that is gone shows nothing any more.
    let _cleared = out.write_all(away.as_bytes()).and_then(|()| out.flush());
}

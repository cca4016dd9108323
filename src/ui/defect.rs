//! The end by a defect: a panic on any thread or task ends the process, whichever face has the terminal.
//!
//! A program that runs on behind a panic has given its terminal back and does not know it: the next secret would stand
//! where it stays, and what is typed would be echoed. So the terminal is given back, every secret is forgotten, one message
//! says where it happened, and the process is over. The text of a panic is never shown: it may hold anything. Nothing here
//! waits for a lock that whoever has panicked may hold.

use std::io::Write as _;

use crate::effects::forgetting;
use crate::ui::ending::Ending;
use crate::ui::{ending, input, plain, tui};

/// The exit code of a defect (`sysexits.h`, `EX_SOFTWARE`).
pub const DEFECT: u8 = 70;

/// From now on a panic ends the process with [`DEFECT`]. Called once, before anything else.
pub fn on_panic_end() {
    std::panic::set_hook(Box::new(|panic| {
        if ending::begin() == Ending::Begun {
            // Another thread is at it already, and is not to be hurried.
            wait_for_the_end();
        }
        give_terminal_back();
        forgetting::everything();
        tell(panic.location());
        std::process::exit(i32::from(DEFECT));
    }));
}

/// Leaves the terminal as it was found, without a secret on it, whichever face has it.
pub fn give_terminal_back() {
    tui::give_back();
    plain::clear_secret();
    input::show_typing();
    input::forget_typed();
}

fn tell(place: Option<&std::panic::Location>) {
    let place = place.map(|l| format!(" ({}:{})", l.file(), l.line())).unwrap_or_default();
    // Standard error may be gone together with the terminal.
    let _told = writeln!(
        std::io::stderr(),
        "breakglass: a defect stopped the program{place}.\n  why:  this should not happen; it is ours to mend. Every secret \
         in memory was forgotten\n  next: nothing that was written is lost; run the same command again and it goes on from \
         here. A slip that was not typed back is void"
    );
}

fn wait_for_the_end() -> ! {
    loop {
        std::thread::park();
    }
}

//! FLOOR 3: the faces. Each shows the same [`Screen`](crate::journeys::screen::Screen) and sends the same messages.
//!
//! A face names no step and decides nothing; what it needs to know stands on the screen.

use std::io::Write;

use crate::domain::trouble::Trouble;
use crate::effects::files;

pub mod defect;
mod ending;
mod input;
mod left;
pub mod plain;
pub mod players;
mod signals;
mod terminal_kind;
pub mod text;
pub mod tui;
pub mod unattended;

pub use terminal_kind::{FaceKind, face};
pub use text::Marks;

/// Puts a result on standard output. Whoever reads it may have closed it (`| head`): that is no trouble.
///
/// # Errors
///
/// It could not be written: a full disk, an output that was closed before the program began.
pub fn print(bytes: &[u8]) -> Result<(), Trouble> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Trouble::new(
            "The result could not be written.",
            files::reason(&error),
            "Look where standard output leads, and run it again.",
        )),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Puts words on standard output. Whoever reads them may have closed it (`| head`): that is no trouble.
pub fn say(words: &str) {
    if ending::is_near() {
        return;
    }
    let mut out = std::io::stdout().lock();
    let _written = out.write_all(words.as_bytes()).and_then(|()| out.flush());
}

/// Puts a part of a secret on standard output, past the library's buffer, which would keep it until other words take its
/// place.
#[cfg(unix)]
pub fn reveal(secret: &str) {
    say("");
    let mut left = secret.as_bytes();
    while !left.is_empty() {
        match rustix::io::write(std::io::stdout(), left) {
            Ok(written) => left = &left[written..],
            Err(rustix::io::Errno::INTR) => {}
            // Whoever reads it has closed it.
            Err(_) => return,
        }
    }
}

/// Puts a part of a secret on standard output; a console here is spoken to by the library only.
#[cfg(not(unix))]
pub fn reveal(secret: &str) {
    say(secret);
}

/// Puts one line on standard error, closed or not.
pub fn complain(words: impl std::fmt::Display) {
    let _written = writeln!(std::io::stderr(), "breakglass: {words}");
}

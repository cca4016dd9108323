//! Events read from the terminal itself.

use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::time::Duration;

use crossterm::event::Event;
use rustix::io::{ioctl_fionread, read};
use tokio::io::Interest;
use tokio::io::unix::{AsyncFd, AsyncFdReadyGuard};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::Thrown;
use super::keyboard::{Keyboard, Next};

/// How long the rest of a sequence is waited for before Esc is taken for the key of that name: a line of 1200 baud brings
/// six characters meanwhile, and nobody notices it.
const SEQUENCE: Duration = Duration::from_millis(50);

/// Events as they come.
pub struct Events {
    terminal: AsyncFd<OwnedFd>,
    keyboard: Keyboard,
    resized: Signal,
}

impl Events {
    /// Begins to read.
    ///
    /// # Errors
    ///
    /// Standard input cannot be waited for.
    pub fn read() -> io::Result<Self> {
        let terminal = io::stdin().as_fd().try_clone_to_owned()?;
        Ok(Self {
            terminal: wakeful(terminal)?,
            keyboard: Keyboard::default(),
            resized: signal(SignalKind::window_change())?,
        })
    }

    /// The next one; an error when the terminal is gone. Safe to give up in a `select!`: what was read stays.
    pub async fn next(&mut self) -> Option<io::Result<Event>> {
        loop {
            let next = self.keyboard.next();
            if let Next::Event(event) = next {
                return Some(Ok(event));
            }
            tokio::select! {
                ready = self.terminal.readable() => {
                    let came = ready.and_then(|mut ready| take(&mut ready, &mut self.keyboard));
                    if let Err(error) = came {
                        return Some(Err(error));
                    }
                }
                _ = self.resized.recv() => return Some(Ok(Event::Resize(0, 0))),
                () = tokio::time::sleep(SEQUENCE), if matches!(next, Next::Unfinished) => {
                    if let Some(event) = self.keyboard.cut() {
                        return Some(Ok(event));
                    }
                }
            }
        }
    }

    /// Throws away what has come already, and tells whether Ctrl-C was among it. A change of size is noticed at the next
    /// frame anyway.
    pub fn throw_away(&mut self) -> Thrown {
        let mut thrown = Thrown::Typing;
        loop {
            while let Next::Event(event) = self.keyboard.next() {
                thrown = thrown.and(&event);
            }
            // That the terminal is gone is noticed when the next event is waited for.
            let came =
                waiting(self.terminal.get_ref()) && fill(self.terminal.get_ref(), &mut self.keyboard).is_ok();
            if !came {
                self.keyboard.forget();
                return thrown;
            }
        }
    }
}

/// The terminal as something that can be waited for.
#[allow(
    deprecated,
    reason = "unsound for a type that gives its descriptor away; this one keeps it. The way that is \
                              asked for instead is unsafe"
)]
fn wakeful(terminal: OwnedFd) -> io::Result<AsyncFd<OwnedFd>> {
    AsyncFd::with_interest(terminal, Interest::READABLE)
}

/// Takes what is there, without waiting: the terminal is shared with whoever started us, so it must not be told to.
fn take(ready: &mut AsyncFdReadyGuard<'_, OwnedFd>, keyboard: &mut Keyboard) -> io::Result<()> {
    if waiting(ready.get_inner()) {
        return fill(ready.get_inner(), keyboard);
    }
    if ready.ready().is_read_closed() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    ready.clear_ready();
    Ok(())
}

fn waiting(terminal: &OwnedFd) -> bool {
    ioctl_fionread(terminal).is_ok_and(|bytes| bytes > 0)
}

fn fill(terminal: &OwnedFd, keyboard: &mut Keyboard) -> io::Result<()> {
    match keyboard.fill(|free| Ok(read(terminal, free)?))? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}

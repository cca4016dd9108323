//! Lines from standard input, read beside the loop so that nothing blocks it; wiped when dropped.
//!
//! A line is read only when it is asked for, so that what a pipe holds stays for the next question.

use std::io::{BufRead, IsTerminal};
use std::sync::mpsc::{Sender, channel};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use zeroize::Zeroizing;

/// The longest line taken; the rest of a longer one is dropped.
const LONGEST: usize = 4_096;

/// Whether a line is shown as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Echo {
    Shown,
    Hidden,
}

/// A reader of lines.
pub struct Lines {
    orders: Sender<Echo>,
    lines: UnboundedReceiver<Option<Zeroizing<String>>>,
    on_terminal: bool,
    waiting: bool,
}

/// Begins reading standard input.
pub fn lines() -> Lines {
    let (orders, wanted) = channel::<Echo>();
    let (sender, lines) = unbounded_channel();
    std::thread::spawn(move || {
        while let Ok(echo) = wanted.recv() {
            if sender.send(read(echo)).is_err() {
                return;
            }
        }
    });
    Lines { orders, lines, on_terminal: std::io::stdin().is_terminal(), waiting: false }
}

impl Lines {
    /// Whether a person types them.
    pub fn is_terminal(&self) -> bool {
        self.on_terminal
    }

    /// The next line; `None` when the input has ended.
    pub async fn next(&mut self) -> Option<Zeroizing<String>> {
        self.take(Echo::Shown).await
    }

    /// The next line, not shown as it is typed.
    pub async fn next_hidden(&mut self) -> Option<Zeroizing<String>> {
        self.take(Echo::Hidden).await
    }

    /// Safe to give up in a `select!`: an order that was placed is answered to the next caller.
    async fn take(&mut self, echo: Echo) -> Option<Zeroizing<String>> {
        if !self.waiting {
            self.orders.send(echo).ok()?;
            self.waiting = true;
        }
        let line = self.lines.recv().await;
        self.waiting = false;
        line.flatten()
    }
}

fn read(echo: Echo) -> Option<Zeroizing<String>> {
    let _quiet = (echo == Echo::Hidden).then(Quiet::begin);
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut input = std::io::stdin().lock();
    loop {
        let available = input.fill_buf().ok()?;
        if available.is_empty() {
            return (!bytes.is_empty()).then(|| text(&bytes));
        }
        let (part, ended) = match available.iter().position(|b| *b == b'\n') {
            Some(end) => (&available[..end], true),
            None => (available, false),
        };
        let room = LONGEST - bytes.len();
        bytes.extend_from_slice(&part[..part.len().min(room)]);
        let used = part.len() + usize::from(ended);
        input.consume(used);
        if ended {
            return Some(text(&bytes));
        }
    }
}

fn text(bytes: &[u8]) -> Zeroizing<String> {
    let line = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    Zeroizing::new(String::from_utf8_lossy(line).into_owned())
}

/// Echo switched off on the terminal for as long as this lives.
struct Quiet {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl Quiet {
    #[cfg(unix)]
    fn begin() -> Self {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(std::io::stdin()).ok();
        if let Some(before) = &before {
            let mut quiet = before.clone();
            quiet.local_modes.remove(LocalModes::ECHO);
            // Not a terminal, or one that cannot: then nothing is echoed by it either.
            let _set = tcsetattr(std::io::stdin(), OptionalActions::Now, &quiet);
        }
        Self { before }
    }

    #[cfg(not(unix))]
    fn begin() -> Self {
        Self {}
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(before) = &self.before {
            let _restored =
                rustix::termios::tcsetattr(std::io::stdin(), rustix::termios::OptionalActions::Now, before);
        }
    }
}

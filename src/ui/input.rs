//! Lines from standard input, read beside the loop so that nothing blocks it; wiped when dropped.
//!
//! A line is read only when it is asked for, so that what a pipe holds stays for the next question, and so that
//! [`Lines::discard`] knows what was typed before a question stood. Echo is switched by whoever asks, never by the thread
//! that reads: a line that is waited for may become a secret meanwhile.

use std::io::IsTerminal;
use std::sync::mpsc::{Receiver, Sender, channel};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use zeroize::Zeroizing;

use crate::effects::standard_input::StandardInput;

/// Whether a line is shown as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Echo {
    /// It is.
    Shown,
    /// It is not.
    Hidden,
}

/// What became of what was typed before a question stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypedAhead {
    /// There was nothing.
    Nothing,
    /// It was thrown away.
    Dropped,
}

/// What the reading thread is to do.
enum Order {
    Line,
    Discard,
}

enum Answer {
    Line(Option<Zeroizing<String>>),
    Discarded(TypedAhead),
}

/// A reader of lines.
pub struct Lines {
    orders: Sender<Order>,
    answers: UnboundedReceiver<Answer>,
    on_terminal: bool,
    /// A line was ordered and has not come yet.
    waiting: bool,
    ended: bool,
}

/// Begins reading standard input.
pub fn lines() -> Lines {
    let (orders, wanted) = channel();
    let (sender, answers) = unbounded_channel();
    std::thread::spawn(move || serve(&wanted, &sender));
    let on_terminal = std::io::stdin().is_terminal();
    Lines { orders, answers, on_terminal, waiting: false, ended: false }
}

fn serve(wanted: &Receiver<Order>, sender: &UnboundedSender<Answer>) {
    let mut source = StandardInput::default();
    while let Ok(order) = wanted.recv() {
        let answer = match order {
            Order::Line => Answer::Line(source.line()),
            Order::Discard => {
                Answer::Discarded(if source.discard() { TypedAhead::Dropped } else { TypedAhead::Nothing })
            }
        };
        if sender.send(answer).is_err() {
            return;
        }
    }
}

impl Lines {
    /// Whether a person types them.
    pub fn is_terminal(&self) -> bool {
        self.on_terminal
    }

    /// The next line; `None` when the input has ended.
    ///
    /// Safe to give up in a `select!`: an order that was placed is answered to the next caller.
    pub async fn next(&mut self, echo: Echo) -> Option<Zeroizing<String>> {
        match echo {
            Echo::Shown => terminal::show_typing(),
            Echo::Hidden => terminal::hide_typing(),
        }
        if !self.waiting && !self.ended {
            self.orders.send(Order::Line).ok()?;
            self.waiting = true;
        }
        while self.waiting {
            match self.answers.recv().await {
                Some(Answer::Line(line)) => return self.came(line),
                Some(Answer::Discarded(_)) => {}
                None => self.waiting = false,
            }
        }
        None
    }

    fn came(&mut self, line: Option<Zeroizing<String>>) -> Option<Zeroizing<String>> {
        self.waiting = false;
        self.ended |= line.is_none();
        line
    }

    /// Throws away what was typed, or lies in the pipe, before the question that comes now.
    pub async fn discard(&mut self) -> TypedAhead {
        if self.on_terminal {
            forget_typed();
        }
        let early = match self.answers.try_recv() {
            Ok(Answer::Line(line)) => {
                self.came(line).map_or(TypedAhead::Nothing, |_wiped| TypedAhead::Dropped)
            }
            _ => TypedAhead::Nothing,
        };
        // While a line is still waited for, whatever has come was in it.
        if self.waiting || self.ended || self.orders.send(Order::Discard).is_err() {
            return early;
        }
        match self.answers.recv().await {
            Some(Answer::Discarded(TypedAhead::Dropped)) => TypedAhead::Dropped,
            _ => early,
        }
    }
}

pub use terminal::{forget_typed, show_typing};

#[cfg(unix)]
mod terminal {
    use std::io::stdin;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    use rustix::termios::{LocalModes, OptionalActions, QueueSelector, Termios};
    use rustix::termios::{tcflush, tcgetattr, tcsetattr};

    /// The terminal as it was before echo was switched off.
    static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

    fn before() -> MutexGuard<'static, Option<Termios>> {
        BEFORE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Switches echo off until [`show_typing`].
    pub fn hide_typing() {
        if crate::ui::ending::is_near() {
            return;
        }
        let mut before = before();
        // Not a terminal, or one that cannot: then nothing is echoed by it either.
        let Some(now) = tcgetattr(stdin()).ok().filter(|_| before.is_none()) else { return };
        let mut quiet = now.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        let _set = tcsetattr(stdin(), OptionalActions::Now, &quiet);
        *before = Some(now);
    }

    /// Switches echo on again. Called on every way out, so it never fails.
    pub fn show_typing() {
        if let Some(before) = before().take() {
            let _restored = tcsetattr(stdin(), OptionalActions::Now, &before);
        }
    }

    /// Drops what was typed and not read yet: whoever has the terminal next is not to be given it.
    pub fn forget_typed() {
        let _flushed = tcflush(stdin(), QueueSelector::IFlush);
    }
}

#[cfg(not(unix))]
mod terminal {
    pub fn hide_typing() {}

    /// Nothing was switched off.
    pub fn show_typing() {}

    pub fn forget_typed() {}
}

//! The full-screen face: the screen drawn in a terminal window, driven by keys.
//!
//! One loop waits for the terminal, the world, signals, and a second where seconds count. Nothing is drawn when
//! nothing changed. What was typed before a question appeared is thrown away.

mod events;
mod face;
mod keys;
mod lines;
mod links;
mod look;
mod moving;
mod reaction;
mod render;
mod terminal;

use std::io;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use zeroize::Zeroize as _;

pub use face::{Drawn, Face, Findings, Focus, News};
pub use keys::on_event;
pub use look::{ASCII, CONSOLE, Look, Pace, Paint, Signs, UNICODE};
pub use reaction::Reaction;
pub use render::{SMALLEST, View, frame};
use terminal::tell;
pub use terminal::{Taken, give_back};

use crate::app::{MOMENT, Program};
use crate::domain::trouble::Trouble;
use crate::journeys::Msg;
use crate::journeys::effect::LineChecked;
use crate::journeys::screen::Block;
use crate::journeys::{Question, Screen};
use crate::ui::left;
use crate::ui::signals::{Asked, Signals};
use events::{Events, Thrown};

/// The terminal cannot be used any more; what was done stands in the record.
const TERMINAL_LOST: u8 = 3;

/// Runs until the person leaves, and returns the exit code.
pub async fn run(program: &mut Program, look: Look) -> Result<u8, Trouble> {
    let events = Events::read().map_err(|error| no_terminal(&error))?;
    let mut taken = Taken::take().map_err(|error| no_terminal(&error))?;
    let mut window = Window {
        face: Face::new(look),
        events,
        signals: Signals::listen(),
        lent: Lent::No,
        drawn: None,
        ended: None,
    };
    window.face.recorded = crate::effects::recording::recording();
    let code = window.live(program, &mut taken).await;
    drop(taken);
    settle(program).await;
    // The screen that told it is gone, if there was one.
    if let Some(lost) = left::told(program) {
        tell(lost.trim_end());
    }
    Ok(code.unwrap_or_else(|error| {
        tell(&format!(
            "breakglass: the terminal is gone ({error}). Run the same command again; it goes on from the record."
        ));
        TERMINAL_LOST
    }))
}

/// Lets a write on its way come to its end, and says so when that takes longer than a moment.
async fn settle(program: &Program) {
    let settled = program.settle();
    tokio::pin!(settled);
    if tokio::time::timeout(MOMENT, &mut settled).await.is_err() {
        tell("breakglass: waiting for the last write to be answered, ten seconds at most");
        settled.await;
    }
}

fn no_terminal(error: &io::Error) -> Trouble {
    Trouble::new(
        "The full-screen face cannot use this terminal.",
        error.to_string(),
        "Run it with --plain, which needs no more than lines.",
    )
}

struct Window {
    face: Face,
    events: Events,
    signals: Signals,
    lent: Lent,
    /// The screen of the last frame; `None` when the next one must be drawn whatever it shows.
    drawn: Option<Screen>,
    /// With what it was ended while it was stopped.
    ended: Option<u8>,
}

/// Whether the terminal shows bare lines to be copied.
#[derive(PartialEq, Eq)]
enum Lent {
    No,
    ToCopy,
}

/// Whether the screen that was to be shown still stands.
#[derive(PartialEq, Eq)]
enum Shown {
    Now,
    Outdated,
}

/// What woke the loop.
enum Woken {
    World(Option<Msg>),
    Terminal(Option<io::Result<Event>>),
    System(Asked),
    Second,
}

impl Window {
    /// Draws, waits, takes what came, until there is an exit code.
    async fn live(&mut self, program: &mut Program, taken: &mut Taken) -> io::Result<u8> {
        loop {
            while let Some(msg) = program.hear_now() {
                program.say(msg);
            }
            program.turn().await;
            if let Some(code) = program.exit.or(self.ended) {
                return Ok(code);
            }
            let screen = program.screen();
            if self.show(&screen, program, taken)? == Shown::Outdated {
                continue;
            }
            let counts = self.face.counts_seconds(&screen) && self.lent == Lent::No;
            let woken = tokio::select! {
                msg = program.hear() => Woken::World(msg),
                event = self.events.next() => Woken::Terminal(event),
                asked = self.signals.next() => Woken::System(asked),
                () = tokio::time::sleep(Duration::from_secs(1)), if counts => Woken::Second,
            };
            match woken {
                Woken::World(Some(msg)) => program.say(msg),
                Woken::Second => self.second(),
                Woken::System(Asked::End(code)) => return Ok(code),
                Woken::System(Asked::Leave) => self.take(&interrupt(), &screen, program, taken).await?,
                Woken::System(asked) => self.stopped(asked, taken).await?,
                Woken::Terminal(Some(event)) => {
                    let mut event = event?;
                    let took = self.take(&event, &screen, program, taken).await;
                    wipe(&mut event);
                    took?;
                }
                Woken::World(None) | Woken::Terminal(None) => return Ok(TERMINAL_LOST),
            }
        }
    }

    /// Draws the screen; after a secret left it, what the terminal may have kept is cleared.
    fn show(&mut self, screen: &Screen, program: &mut Program, taken: &mut Taken) -> io::Result<Shown> {
        if self.lent == Lent::ToCopy {
            return Ok(Shown::Now);
        }
        let was_shown = self.face.showed_secret();
        // What was typed before this question appeared was meant for another one.
        if self.face.attend(screen) == News::Yes && self.events.throw_away() == Thrown::Interrupt {
            program.say(Msg::Quit);
            return Ok(Shown::Outdated);
        }
        if was_shown && self.face.shown.is_none() {
            taken.forget()?;
        }
        if self.drawn.as_ref() == Some(screen) {
            return Ok(Shown::Now);
        }
        let view = View { screen, face: &self.face, vault: &program.vault };
        let drawn = taken.draw(view)?;
        self.face.drew(drawn);
        if self.face.showed_secret() {
            terminal::shows_secret();
        }
        self.drawn = Some(screen.clone());
        Ok(Shown::Now)
    }

    fn second(&mut self) {
        self.face.tick();
        self.drawn = None;
    }

    async fn take(
        &mut self,
        event: &Event,
        screen: &Screen,
        program: &mut Program,
        taken: &mut Taken,
    ) -> io::Result<()> {
        if self.lent == Lent::ToCopy {
            return self.end_copying(event, taken);
        }
        // Looked for anew whenever something may be shown: it may have begun a moment ago.
        if face::can_show(screen) && self.face.shown.is_none() {
            self.face.recorded = crate::effects::recording::recording();
        }
        let reaction = on_event(&mut self.face, event, screen);
        if !matches!(reaction, Reaction::None) {
            self.drawn = None;
        }
        match reaction {
            Reaction::None | Reaction::Draw => {}
            Reaction::Say(msg) => program.say(msg),
            Reaction::Check { secret, line, typed } => {
                let judged = program.vault.judge_line(secret, line, typed.as_str());
                if let Some(Question::SecretLine { checked, .. }) = &screen.question {
                    program.say(checked.with(LineChecked { line, judged }));
                }
            }
            Reaction::Keep(typed) => {
                let id = program.vault.keep_typed(typed.as_str());
                if let Some(Question::Secret { entered, .. }) = &screen.question {
                    program.say(entered.with(id));
                }
            }
            Reaction::Copy => self.lend(screen, taken)?,
            Reaction::Suspend => self.stopped(Asked::Stop, taken).await?,
        }
        Ok(())
    }

    /// Shows bare lines outside the alternate screen, where long ones stay whole and can be marked.
    fn lend(&mut self, screen: &Screen, taken: &mut Taken) -> io::Result<()> {
        let lines = to_copy(screen);
        if lines.is_empty() {
            self.face.hint = Some("There is nothing to copy on this screen.".to_owned());
            return Ok(());
        }
        self.lent = Lent::ToCopy;
        taken.lend_to_copy(&lines)
    }

    fn end_copying(&mut self, event: &Event, taken: &mut Taken) -> io::Result<()> {
        if let Event::Key(_) = event {
            self.lent = Lent::No;
            self.drawn = None;
            taken.take_again()?;
        }
        Ok(())
    }

    /// Gives the terminal back and stops; goes on where it stood when the process is continued. A secret that is shown is
    /// cleared away before: nobody knows for how long it stops.
    async fn stopped(&mut self, asked: Asked, taken: &mut Taken) -> io::Result<()> {
        taken.forget()?;
        self.face.shown = None;
        self.drawn = None;
        self.lent = Lent::No;
        if asked == Asked::Stop {
            give_back();
            if let Asked::End(code) = self.signals.stop().await {
                self.ended = Some(code);
                return Ok(());
            }
        }
        taken.take_again()
    }
}

/// What was pasted may have been a secret.
fn wipe(event: &mut Event) {
    if let Event::Paste(text) = event {
        text.zeroize();
    }
}

/// What somebody asks for from outside who would press Ctrl-C here.
fn interrupt() -> Event {
    Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL))
}

/// What of a screen is worth copying: requests, queries, addresses, instructions. Never a secret.
fn to_copy(screen: &Screen) -> Vec<String> {
    let prose = screen.prose.iter().flat_map(|block| match block {
        Block::Verbatim(lines) => lines.clone(),
        Block::Steps(steps) => {
            steps.iter().enumerate().map(|(index, step)| format!("{}. {step}", index + 1)).collect()
        }
        _ => Vec::new(),
    });
    let calls = match &screen.question {
        Some(Question::Consent(lines)) => lines.iter().flat_map(|line| line.call.clone()).collect(),
        _ => Vec::new(),
    };
    prose.chain(calls).collect()
}

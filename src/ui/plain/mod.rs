//! The plain face: choices over standard input and output, line by line. Complete, and good for a screen reader, a serial
//! line or a pipe.
//!
//! What was said is not said again unless it is asked for ([`said`]); an empty line asks for it and never chooses. It
//! waits for a line, for the world and for signals at once. What was typed before a consent stood is thrown away. What is
//! typed for a secret is not echoed, and the terminal echoes again on every way out.

use tokio::time::{Instant, sleep_until};
use zeroize::Zeroizing;

use crate::app::Program;
use crate::domain::secret::SecretId;
use crate::journeys::screen::Leaving;
use crate::journeys::{Msg, Question, Screen, glance};
use crate::ui::input::{Echo, Lines, TypedAhead, lines, show_typing};
use crate::ui::text::{Marks, fit};
use crate::ui::{reveal, say, tui};

mod ask;
mod command;
mod copy;
mod help;
mod offers;
mod progress;
pub mod said;
mod signals;
mod slip;
mod words;

use progress::{Doing, Progress};
use said::{Memory, Piece};
use signals::{Asked, Signals};
use slip::Slips;

/// Leaving because the input ended: a person is needed to go on.
const INPUT_ENDED: u8 = 2;

/// What is said first.
const BEGINNING: &str = "Plain mode. Type the word before a choice, and Enter. An empty line says the whole screen; \
otherwise nothing is said twice.\n? is help, b goes back, q leaves; where text is asked for, with / before them. What \
writes has a letter, never a number.\n";

/// Runs until the person leaves, and returns the exit code.
pub async fn run(program: &mut Program, marks: Marks) -> u8 {
    on_panic_show_typing();
    let mut face = Face {
        lines: lines(),
        signals: Signals::listen(),
        marks,
        memory: Memory::default(),
        progress: Progress::default(),
        writes: None,
        copied: None,
        slips: Slips::First,
    };
    say(BEGINNING);
    let code = face.live(program).await;
    show_typing();
    code
}

/// A panic may come while a secret is typed.
fn on_panic_show_typing() {
    tui::on_panic_give_back();
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        show_typing();
        tell(panic);
    }));
}

/// How it goes on after something was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Taken,
    InputEnded,
    Ended(u8),
}

/// What came first.
enum Heard {
    Line(Option<Zeroizing<String>>),
    World(Option<Msg>),
    System(Asked),
    /// Work lasts; something is to be said of it.
    Late,
}

/// What is listened to beside the world and the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ears {
    Lines(Echo),
    /// A pipe keeps its lines for the next question.
    World,
}

struct Face {
    lines: Lines,
    signals: Signals,
    marks: Marks,
    memory: Memory,
    progress: Progress,
    /// The screen on which something can be written, for which nothing may have been typed ahead.
    writes: Option<String>,
    /// The secret that was copied from this screen, so that it is not shown twice.
    copied: Option<SecretId>,
    slips: Slips,
}

impl Face {
    async fn live(&mut self, program: &mut Program) -> u8 {
        loop {
            while let Some(msg) = program.hear_now() {
                self.hear(program, msg);
            }
            program.turn().await;
            if let Some(code) = program.exit {
                program.settle().await;
                return code;
            }
            let screen = program.screen();
            self.show(program, &screen).await;
            let step = match waits_for_world(&screen) {
                true => self.wait(program, &screen).await,
                false => self.ask(program, &screen).await,
            };
            match step {
                Step::Taken => {}
                Step::InputEnded => {
                    program.settle().await;
                    say(
                        "\nThe input ended. Nothing is lost: run the same command again and it goes on from here.\n",
                    );
                    return INPUT_ENDED;
                }
                Step::Ended(code) => {
                    show_typing();
                    program.settle().await;
                    return code;
                }
            }
        }
    }

    /// Takes a message of the world and tells the work that it moves on, so that no write passes unsaid.
    fn hear(&mut self, program: &mut Program, msg: Msg) {
        program.say(msg);
        self.tell_progress(&glance(&program.model));
    }

    fn tell_progress(&mut self, screen: &Screen) {
        let doing = screen.work.as_ref().map_or("", |work| work.doing.as_str());
        let doing = match screen.choices.is_empty() {
            true => Doing::Reading,
            false if self.memory.consented(doing) => Doing::Writing,
            false => Doing::Waiting,
        };
        if let Some(line) = self.progress.line(screen, doing) {
            say(&fit(&line, self.marks));
        }
    }

    /// Says what is new on a screen.
    async fn show(&mut self, program: &Program, screen: &Screen) {
        if !is_filling(screen) {
            self.throw_away_typed_ahead(screen).await;
            let news = self.memory.news(&self.before_copying(screen));
            self.print(program, news);
        }
        self.tell_progress(screen);
    }

    /// What can be chosen is said when a slip was copied, not before.
    fn before_copying(&self, screen: &Screen) -> Screen {
        let choices = match &screen.question {
            Some(Question::CopyByHand { secret, .. }) if self.copied != Some(secret.id) => Vec::new(),
            _ => screen.choices.clone(),
        };
        Screen { choices, ..screen.clone() }
    }

    /// What was typed before something could be written was not typed for it.
    async fn throw_away_typed_ahead(&mut self, screen: &Screen) {
        let writes = screen.choices.iter().find(|choice| offers::writes_on(choice));
        let verb = |label: &str| label.split(' ').next().unwrap_or_default().to_owned();
        let writes = writes.map(|choice| format!("{}\n{}", screen.title, verb(&choice.label)));
        if writes.is_some() && writes != self.writes && self.lines.discard().await == TypedAhead::Dropped {
            say("\nWhat was typed before this was asked does not count.\n");
        }
        self.writes = writes;
    }

    fn print(&self, program: &Program, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Words(words) => say(&fit(&words, self.marks)),
                // A Temporary Access Pass is short and is typed into a browser, so it stands there whole.
                Piece::Secret(secret) => {
                    if let Some(lent) = program.vault.lend(secret.id) {
                        say("\n      ");
                        reveal(lent.expose());
                        say("\n");
                    }
                }
            }
        }
    }

    /// Waits for the world; on a terminal a person may choose meanwhile.
    async fn wait(&mut self, program: &mut Program, screen: &Screen) -> Step {
        let may_choose = self.lines.is_terminal() && !screen.choices.is_empty();
        let ears = if may_choose { Ears::Lines(Echo::Shown) } else { Ears::World };
        match self.listen(program, ears).await {
            Heard::Line(line) => self.took(program, line),
            Heard::World(Some(msg)) => {
                self.hear(program, msg);
                Step::Taken
            }
            Heard::World(None) => Step::InputEnded,
            Heard::System(asked) => asked_by_system(program, asked),
            Heard::Late => Step::Taken,
        }
    }

    /// Waits for whatever comes first. A line that is there already comes before anything of the world: it was typed for
    /// the screen that stands.
    async fn listen(&mut self, program: &mut Program, ears: Ears) -> Heard {
        let Self { lines, signals, progress, .. } = self;
        let due = progress.due();
        let heard = tokio::select! {
            biased;
            line = line(lines, ears) => Heard::Line(line),
            asked = signals.next() => Heard::System(asked),
            msg = program.hear() => Heard::World(msg),
            () = moment(due) => Heard::Late,
        };
        if let (Heard::Late, Some(line)) = (&heard, progress.late()) {
            say(&fit(&line, self.marks));
        }
        heard
    }

    /// Asks with `prompt` until there is a line, or something else that changes the screen.
    async fn line(
        &mut self,
        program: &mut Program,
        prompt: &str,
        echo: Echo,
    ) -> Result<Zeroizing<String>, Step> {
        let question = program.screen().question;
        say(&fit(prompt, self.marks));
        loop {
            match self.listen(program, Ears::Lines(echo)).await {
                Heard::Line(None) | Heard::World(None) => return Err(Step::InputEnded),
                Heard::Line(Some(line)) => return Ok(line),
                Heard::World(Some(msg)) => {
                    self.hear(program, msg);
                    if self.is_news(program, question.as_ref()) {
                        say("\n");
                        return Err(Step::Taken);
                    }
                }
                Heard::System(asked) => {
                    say("\n");
                    return Err(asked_by_system(program, asked));
                }
                Heard::Late => {}
            }
        }
    }

    /// Whether the screen is another one since `question` was asked.
    fn is_news(&self, program: &Program, question: Option<&Question>) -> bool {
        let screen = program.screen();
        program.exit.is_some()
            || screen.question.as_ref() != question
            || is_filling(&screen)
            || !self.memory.clone().news(&self.before_copying(&screen)).is_empty()
    }
}

async fn line(lines: &mut Lines, ears: Ears) -> Option<Zeroizing<String>> {
    match ears {
        Ears::Lines(echo) => lines.next(echo).await,
        Ears::World => std::future::pending().await,
    }
}

async fn moment(due: Option<Instant>) {
    match due {
        Some(due) => sleep_until(due).await,
        None => std::future::pending().await,
    }
}

fn asked_by_system(program: &mut Program, asked: Asked) -> Step {
    match asked {
        Asked::Leave => {
            leave(program);
            Step::Taken
        }
        Asked::End(code) => Step::Ended(code),
    }
}

/// Leaves as the screen has it: after a question, or at once where nothing is under way.
fn leave(program: &mut Program) {
    let at_once = program.screen().leave.is_some_and(|leave| leave.how == Leaving::AtOnce);
    program.say(if at_once { Msg::Leave } else { Msg::Quit });
}

/// Work under way without a question: the world moves on by itself.
fn waits_for_world(screen: &Screen) -> bool {
    screen.work.is_some() && screen.question.is_none()
}

/// While everything is still being read there is nothing to say yet: it fills a screen little by little.
fn is_filling(screen: &Screen) -> bool {
    waits_for_world(screen) && screen.choices.is_empty()
}

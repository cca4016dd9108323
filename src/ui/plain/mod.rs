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
use crate::journeys::screen::{Block, Leaving};
use crate::journeys::{Msg, Question, Screen};
use crate::ui::input::{Echo, Lines, TypedAhead, forget_typed, lines, show_typing};
use crate::ui::signals::{Asked, Signals};
use crate::ui::text::{Marks, fit};
use crate::ui::{left, reveal, say};

mod ask;
mod command;
mod copy;
mod help;
mod offers;
mod progress;
pub mod said;
mod slip;
mod standing;
mod watching;
mod words;

use progress::{Doing, Progress};
use said::{Memory, Piece};
use slip::{Begun, Slips};
pub use standing::clear_secret;
use watching::{Sight, Watching};

/// Leaving because the input ended: a person is needed to go on.
const INPUT_ENDED: u8 = 2;

/// What is said first.
const BEGINNING: &str = "Plain mode. Type the word before a choice, and Enter. An empty line says the whole screen; \
otherwise nothing is said twice.\n? is help, b goes back, q leaves; where text is asked for, with / before them. What \
writes has a letter, never a number.\n";

/// Runs until the person leaves, and returns the exit code.
pub async fn run(program: &mut Program, marks: Marks) -> u8 {
    let mut face = Face {
        lines: lines(),
        signals: Signals::listen(),
        marks,
        memory: Memory::default(),
        progress: Progress::default(),
        writes: None,
        copied: None,
        begun: None,
        slips: Slips::First,
        watching: Watching::default(),
    };
    face.tell(BEGINNING);
    let code = face.live(program).await;
    show_typing();
    code
}

/// How a line is asked for.
#[derive(Debug, Clone, Copy)]
struct Prompt<'a> {
    /// What is said.
    words: &'a str,
    /// What is said when the program was stopped and goes on.
    again: &'a str,
    echo: Echo,
}

impl<'a> Prompt<'a> {
    fn of(words: &'a str, echo: Echo) -> Self {
        Self { words, again: words, echo }
    }
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
    /// The secret that is being copied: whatever comes between, it goes on at the same place.
    begun: Option<Begun>,
    slips: Slips,
    /// Recorders of this terminal.
    watching: Watching,
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
                    self.tell(&left::input_ended(program));
                    return INPUT_ENDED;
                }
                Step::Ended(code) => {
                    program.settle().await;
                    self.tell(&left::told(program).unwrap_or_default());
                    return code;
                }
            }
        }
    }

    /// Says a prompt: in a pipe it is one line, whatever reads it.
    fn ask_with(&self, words: &str) {
        match self.lines.is_terminal() {
            true => self.tell(words),
            false => say(&fit(words, self.marks)),
        }
    }

    /// Says words of the face itself, in lines that are not broken within a word.
    fn tell(&self, text: &str) {
        say(&fit(&words::wrapped(text), self.marks));
    }

    /// Takes a message of the world and tells the work that it moves on, so that no write passes unsaid.
    fn hear(&mut self, program: &mut Program, msg: Msg) {
        program.say(msg);
        self.tell_progress(&program.glance());
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
    async fn show(&mut self, program: &mut Program, screen: &Screen) {
        if !is_filling(screen) {
            self.throw_away_typed_ahead(screen).await;
            if standing::is_pass() && !has_pass(screen) {
                clear_secret();
            }
            let news = self.memory.news(&self.before_copying(screen));
            self.watching.anew();
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
            self.tell("\nWhat was typed before this was asked does not count.\n");
        }
        self.writes = writes;
    }

    fn print(&mut self, program: &mut Program, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Words(words) => say(&fit(&words, self.marks)),
                Piece::Secret(secret) => self.print_secret(program, secret.id),
            }
        }
    }

    /// A Temporary Access Pass is short and is typed into a browser, so it stands there whole.
    fn print_secret(&mut self, program: &mut Program, secret: SecretId) {
        match self.watching.look() {
            Sight::Clear => {}
            Sight::Accepted(danger) => program.say(Msg::Exposed(danger)),
            Sight::Told(danger) => {
                return self.tell(&format!(
                    "\n! {danger}\n  It is not shown; an empty line shows it all the same.\n"
                ));
            }
        }
        if let Some(lent) = program.vault.lend(secret) {
            say("\n      ");
            reveal(lent.expose());
            say("\n");
            standing::pass();
        }
    }

    /// Waits for the world; on a terminal a person may choose meanwhile.
    async fn wait(&mut self, program: &mut Program, screen: &Screen) -> Step {
        let may_choose = self.lines.is_terminal() && !screen.choices.is_empty();
        let ears = if may_choose { Ears::Lines(echo(screen)) } else { Ears::World };
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
        match heard {
            Heard::Late => {
                progress.late().iter().for_each(|line| say(&fit(line, self.marks)));
                Heard::Late
            }
            Heard::System(asked) => Heard::System(bare_terminal(signals, asked).await),
            heard => heard,
        }
    }

    /// Asks with `prompt` until there is a line, or something else that changes the screen.
    async fn line(&mut self, program: &mut Program, prompt: &Prompt<'_>) -> Result<Zeroizing<String>, Step> {
        let Prompt { words, again, echo } = *prompt;
        let question = program.screen().question;
        self.ask_with(words);
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
                // Stopped and continued it goes on where it was, and asks once more.
                Heard::System(Asked::Stop | Asked::Continue) => self.tell(&format!("\n{again}")),
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

/// Whether a choice is shown as it is typed: beside a secret, somebody may type that at once.
fn echo(screen: &Screen) -> Echo {
    let is_copied = matches!(screen.question, Some(Question::CopyByHand { .. }));
    if is_copied || screen.kept.is_some() { Echo::Hidden } else { Echo::Shown }
}

/// Whether a pass is to be read on this screen.
fn has_pass(screen: &Screen) -> bool {
    screen.prose.iter().any(|block| matches!(block, Block::Secret(_)))
}

async fn line(lines: &mut Lines, ears: Ears) -> Option<Zeroizing<String>> {
    match ears {
        Ears::Lines(echo) => lines.next(echo).await,
        Ears::World => std::future::pending().await,
    }
}

/// Whatever the system asks for: the terminal is as it was, without a secret on it, and stays so while the program is
/// stopped. What it asks for then.
async fn bare_terminal(signals: &mut Signals, asked: Asked) -> Asked {
    clear_secret();
    show_typing();
    match asked {
        Asked::Stop => {
            forget_typed();
            signals.stop().await
        }
        Asked::End(_) => {
            forget_typed();
            asked
        }
        Asked::Leave | Asked::Continue => asked,
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
        Asked::Stop | Asked::Continue => Step::Taken,
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

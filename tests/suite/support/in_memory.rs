//! The full-screen face and the program behind it in this process: a window in memory, driven by keys. The tenant is the
//! rehearsal's, over the wire; only the terminal is left out.

use breakglass::app::{self, Program};
use breakglass::cli::Cli;
use breakglass::domain::write::action::Action;
use breakglass::journeys::effect::LineChecked;
use breakglass::journeys::model::Model;
use breakglass::journeys::setup::At;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::{Question, Screen};
use breakglass::rehearsal::Running;
use breakglass::steps::{StepId, Subject};
use breakglass::ui::tui::{self, Face, Reaction};
use clap::Parser;
use crossterm::event::KeyCode;

use super::by_keys::{Person, asked};
use super::face::{COLORED, draw, key, rows};
use super::home::Home;

/// The smallest window with every function.
pub const SMALL: (u16, u16) = (80, 24);
/// How long the world may be silent while something is awaited; never part of what is tested.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// More frames than a whole setup has.
const MOST: usize = 20_000;

/// A window in memory with the program in it.
pub struct InMemory {
    /// The program.
    pub program: Program,
    face: Face,
    size: (u16, u16),
    _rehearsal: Option<Running>,
    /// How many keys were pressed; a word typed into a field counts once, and Enter behind it once more.
    pub keys: usize,
}

/// What a window shows, and whether it waits for a person.
pub struct Shown {
    /// The text of the window.
    pub text: String,
    /// Whether anything can be chosen or answered now.
    pub asks: bool,
    /// Whether something is being done meanwhile: then nobody has to press anything.
    pub works: bool,
    /// What is drawn.
    pub screen: Screen,
}

impl InMemory {
    /// Opens it for `home` with these options of the command line.
    pub async fn open(home: &Home, options: &[&str]) -> Self {
        let record = home.record().display().to_string();
        let fixed = ["breakglass", "--speed", "1000", "--record", record.as_str()];
        let cli = Cli::parse_from(fixed.iter().chain(options));
        let launched = app::launch(&cli.options, "setup").await.expect("it starts");
        let face = Face::new(COLORED);
        Self { program: launched.program, face, size: SMALL, _rehearsal: launched.rehearsal, keys: 0 }
    }

    /// Takes what has arrived, and draws.
    pub async fn shown(&mut self) -> Shown {
        while let Some(msg) = self.program.hear_now() {
            self.program.say(msg);
        }
        self.program.turn().await;
        let screen = self.program.screen();
        let buffer = draw(&mut self.face, &screen, (&self.program.vault, self.size));
        let asks = screen.question.is_some() || !screen.choices.is_empty();
        let works = screen.work.is_some();
        Shown { text: rows(&buffer).join("\n"), asks, works, screen }
    }

    /// Waits for the world to say something.
    pub async fn wait(&mut self, shown: &str) {
        let heard = tokio::time::timeout(PATIENCE, self.program.hear()).await;
        match heard {
            Ok(Some(msg)) => self.program.say(msg),
            Ok(None) | Err(_) => panic!("no way on from:\n{shown}"),
        }
    }

    /// Presses a letter, or types a line that ends with a carriage return.
    pub fn press(&mut self, keys: &str) {
        let is_line = keys.len() > 1 && keys.ends_with('\r');
        self.keys += if is_line { 2 } else { 1 };
        for letter in keys.chars() {
            let code = match letter {
                '\r' => KeyCode::Enter,
                '\x1b' => KeyCode::Esc,
                letter => KeyCode::Char(letter),
            };
            self.event(code);
        }
    }

    fn event(&mut self, code: KeyCode) {
        let screen = self.program.screen();
        self.face.attend(&screen);
        match tui::on_event(&mut self.face, &key(code), &screen) {
            Reaction::Say(msg) => self.program.say(msg),
            Reaction::Check { secret, line, typed } => {
                let judged = self.program.vault.judge_line(secret, line, typed.as_str());
                if let Some(Question::SecretLine { checked, .. }) = &screen.question {
                    self.program.say(checked.with(LineChecked { line, judged }));
                }
            }
            Reaction::Keep(typed) => {
                let id = self.program.vault.keep_typed(typed.as_str());
                if let Some(Question::Secret { entered, .. }) = &screen.question {
                    self.program.say(entered.with(id));
                }
            }
            Reaction::None | Reaction::Draw | Reaction::Copy | Reaction::Suspend => {}
        }
    }
}

/// A setup by keys in memory: what was seen and pressed.
#[derive(Default)]
pub struct Walked {
    /// Every screen that waited for the person, in order.
    pub screens: Vec<String>,
    /// What was drawn there.
    pub drawn: Vec<Screen>,
    /// How many keys were pressed.
    pub keys: usize,
    /// Steps whose board was on the screen, one after the other.
    pub steps: Vec<StepId>,
    /// Writes that were made from a step's list, each with the step.
    pub writes: Vec<(StepId, Action)>,
}

impl Walked {
    /// Notes where the program is.
    fn note(&mut self, model: &Model) {
        match model.top() {
            Layer::Setup(setup) if setup.at == At::Step && self.steps.last() != Some(&setup.step) => {
                self.steps.push(setup.step);
            }
            Layer::Writing(writing) => {
                let Subject::Step(step) = writing.subject else { return };
                let write = writing.doing.clone().map(|action| (step, action));
                self.writes.extend(write.filter(|write| self.writes.last() != Some(write)));
            }
            _ => {}
        }
    }
}

/// Presses keys in a window in memory until it shows `goal`.
pub async fn walk(window: &mut InMemory, goal: &str) -> Walked {
    let (mut person, mut answered) = (Person::default(), String::new());
    let mut walked = Walked::default();
    for _ in 0..MOST {
        let shown = window.shown().await;
        walked.note(&window.program.model);
        if shown.asks && !shown.works && walked.screens.last() != Some(&shown.text) {
            walked.screens.push(shown.text.clone());
            walked.drawn.push(shown.screen);
        }
        if shown.text.contains(goal) {
            return Walked { keys: window.keys, ..walked };
        }
        match person.decide(&shown.text).filter(|_| shown.asks) {
            Some(keys) if asked(&shown.text) != answered => {
                answered = asked(&shown.text);
                window.press(&keys);
            }
            _ => window.wait(&shown.text).await,
        }
    }
    panic!("{goal:?} was never reached")
}

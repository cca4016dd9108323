//! A sitting in memory: the program and the full-screen face without a window, at a rehearsal tenant that this process
//! serves. What is pressed goes the way of keys; what the world answers goes over the wire.

use std::time::Duration;

use breakglass::app::{self, Program};
use breakglass::cli::Cli;
use breakglass::journeys::Screen;
use breakglass::rehearsal::Running;
use breakglass::ui::tui::{self, Face, Reaction};
use clap::Parser;
use crossterm::event::{Event, KeyCode};

use super::face::{COLORED, draw, key, words};
use super::home::Home;

/// The longest the world may take to go on; never part of what is tested.
const PATIENCE: Duration = Duration::from_mins(2);
/// How long a person waits for news before the next key.
const SHORT: Duration = Duration::from_millis(30);
/// The window that is drawn.
pub const SMALL: (u16, u16) = (80, 24);

/// A person at a console, and the console.
pub struct Sitting {
    /// The program.
    pub program: Program,
    /// Its face.
    pub face: Face,
    rehearsal: Running,
    home: Home,
    seed: &'static str,
}

impl Sitting {
    /// Sits down at the first screen of a rehearsal, with the example plan, whose slips are copied by hand.
    pub async fn begin(seed: &'static str) -> Self {
        let home = Home::new();
        home.plan_with(&[super::plain::BY_HAND]);
        Self::at(home, seed).await
    }

    async fn at(home: Home, seed: &'static str) -> Self {
        let (record, plan) = (home.record(), home.path("plan.toml"));
        let paths = [record, plan].map(|path| path.display().to_string());
        let told = ["breakglass", "--tenant", "rehearsal", "--speed", "10000", "--seed", seed, "--record"];
        let all = told.into_iter().chain([paths[0].as_str(), "--plan", paths[1].as_str()]);
        let options = Cli::parse_from(all).options;
        let launched = app::launch(&options, "setup").await.expect("it starts");
        let rehearsal = launched.rehearsal.expect("it is served here");
        Self { program: launched.program, face: Face::new(COLORED), rehearsal, home, seed }
    }

    /// Leaves, and sits down at the same record again.
    pub async fn again(self) -> Self {
        let Self { program, rehearsal, home, seed, .. } = self;
        program.settle().await;
        drop(program);
        rehearsal.stop().await;
        Self::at(home, seed).await
    }

    /// The next screen on which something can be done.
    pub async fn screen(&mut self) -> Screen {
        loop {
            while let Some(msg) = self.program.hear_now() {
                self.program.say(msg);
            }
            self.program.turn().await;
            let screen = self.program.screen();
            if self.program.exit.is_some() || !screen.choices.is_empty() || screen.question.is_some() {
                return screen;
            }
            let news = tokio::time::timeout(PATIENCE, self.program.hear()).await;
            self.program.say(news.ok().flatten().unwrap_or_else(|| panic!("it hangs: {screen:?}")));
        }
    }

    /// Waits for the world for a moment, or until it has said something.
    pub async fn wait(&mut self) {
        if let Ok(Some(msg)) = tokio::time::timeout(SHORT, self.program.hear()).await {
            self.program.say(msg);
        }
    }

    /// What a window of this size shows.
    pub fn draw(&mut self, screen: &Screen, size: (u16, u16)) -> String {
        words(&draw(&mut self.face, screen, (&self.program.vault, size)))
    }

    /// Presses a key, as the window's loop takes it.
    pub fn press(&mut self, code: KeyCode, screen: &Screen) {
        self.take(&key(code), screen);
    }

    fn take(&mut self, event: &Event, screen: &Screen) {
        let vault = &self.program.vault;
        match tui::on_event(&mut self.face, event, screen) {
            Reaction::Say(msg) => self.program.say(msg),
            Reaction::Check { secret, line, typed } => {
                let judged = vault.judge_line(secret, line, typed.as_str());
                if let Some(breakglass::journeys::Question::SecretLine { checked, .. }) = &screen.question {
                    let told = breakglass::journeys::effect::LineChecked { line, judged };
                    self.program.say(checked.with(told));
                }
            }
            Reaction::Keep(typed) => {
                let id = vault.keep_typed(typed.as_str());
                if let Some(breakglass::journeys::Question::Secret { entered, .. }) = &screen.question {
                    self.program.say(entered.with(id));
                }
            }
            Reaction::None | Reaction::Draw | Reaction::Copy | Reaction::Suspend => {}
        }
    }

    /// Types characters, Enter for a line break.
    pub fn keys(&mut self, keys: &str, screen: &Screen) {
        for c in keys.chars() {
            let code = match c {
                '\r' => KeyCode::Enter,
                c => KeyCode::Char(c),
            };
            self.press(code, screen);
        }
    }

    /// How many requests that change something have reached the tenant.
    pub async fn writes(&self) -> usize {
        let origin = self.rehearsal.addresses().security_info.replace("/people/security-info", "");
        let sent = super::in_process::client().get(format!("{origin}/people/requests")).send().await;
        let lines: Vec<String> = sent.expect("an answer").json().await.expect("JSON");
        lines.iter().filter(|line| changes(line)).count()
    }
}

/// Whether `METHOD path status` is a request that changes the tenant. Tokens, questions that are posted and what the
/// rehearsal's people do change nothing that an administrator is asked about.
fn changes(request: &str) -> bool {
    const ASKED: [&str; 6] = ["oauth2", "/people/", "evaluate", "/query", "checkMember", "getMember"];
    !request.starts_with("GET ") && !ASKED.iter().any(|part| request.contains(part))
}

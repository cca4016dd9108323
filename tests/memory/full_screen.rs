//! The full-screen face: a slip copied by hand from the screen, watched at every step.

use crate::support::by_keys::{copied, person};
use crate::support::terminal::Window;
use crate::watch::Watch;

/// The smallest window with every function.
const SMALL: (u16, u16) = (80, 24);
/// More frames than a whole setup has.
const MOST: usize = 20_000;
/// Characters on a line of paper; what follows is its check character.
const LINE: usize = 16;

/// What is done beside the shortest way, once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Detour {
    /// The program is suspended while a secret is shown.
    Suspended,
    /// A slip is given up in the middle of a line that is typed back.
    GivenUp,
}

/// A person at a window, watched.
pub struct Sitting {
    window: Window,
    watch: Watch,
    detours: Vec<Detour>,
    /// Where in what the terminal was sent the present reveal began.
    revealed: Option<usize>,
    /// What was sent so far outside of reveals, and up to where that is.
    sent: (Vec<u8>, usize),
}

impl Sitting {
    /// Sits down.
    pub fn at(command: &std::process::Command, detours: &[Detour]) -> Self {
        let window = Window::open(command, SMALL);
        let watch = Watch::over(window.process());
        Self { window, watch, detours: detours.to_vec(), revealed: None, sent: (Vec::new(), 0) }
    }

    /// Does what there is to do until `is_over`, and looks everywhere.
    pub fn until(mut self, name: &str, is_over: impl Fn(&str, usize) -> bool) -> Watch {
        let mut decide = person();
        for _ in 0..MOST {
            let text = self.window.text();
            self.follow(&text);
            if is_over(&text, self.watch.secrets()) {
                return self.end(name);
            }
            if text.contains("is here, alone") && !text.contains("half A is on paper") {
                self.window.keys("y");
            } else if let Some(keys) = decide(&text) {
                self.act(&text, &keys);
            }
            // What came of it may have been seen already.
            if self.window.text() != text {
                continue;
            }
            assert!(self.window.next_frame(), "no way on from:\n{}", self.window.text());
        }
        panic!("it never came to an end:\n{}", self.window.text());
    }

    /// A reveal is over when the screen hides it again.
    fn follow(&mut self, text: &str) {
        if text.contains("hides itself in") || self.revealed.is_none() {
            return;
        }
        if !text.contains("hidden; Space shows it") {
            self.revealed = None;
            self.sent.1 = self.window.bytes.len();
        }
    }

    fn act(&mut self, text: &str, keys: &str) {
        if text.contains("hides itself in") {
            self.shown(text);
            self.window.keys(keys);
        } else if keys == " " {
            let from = self.window.bytes.len();
            self.sent.0.extend_from_slice(&self.window.bytes[self.sent.1..from]);
            self.revealed = Some(from);
            self.window.keys(keys);
        } else if is_typed_back(text) && keys.ends_with('\r') {
            self.typed_back(keys);
        } else {
            self.window.keys(keys);
        }
    }

    /// A secret is on the screen: it is learned. Beside what nobody else can read, the frame may have it, and nothing may
    /// once the program is suspended.
    fn shown(&mut self, text: &str) {
        let lines: Vec<String> = copied(text).into_values().map(|line| bare(&line)).collect();
        let whole: String = lines.iter().map(|line| line[..line.len() - 1].to_owned()).collect();
        let name = format!("secret {}", self.watch.secrets() + 1);
        if !self.watch.learn(&name, &whole) {
            return;
        }
        let Some(scan) = self.watch.look() else { return };
        let others: Vec<_> = scan.found.keys().filter(|found| found.name != name).collect();
        assert!(others.is_empty(), "while {name} is shown: {others:?}");
        let runs: usize = scan.found.values().sum();
        println!("  shown: {runs} runs in {} places, {} kB sealed", scan.found.len(), scan.sealed / 1000);
        if self.takes(Detour::Suspended) {
            self.window.signal("TSTP");
            self.window.wait_stopped();
            self.watch.nothing_in_memory("suspended while it was shown");
            self.window.signal("CONT");
            reveal(self.window.wait_for("hidden; Space shows it"));
        }
    }

    fn takes(&mut self, detour: Detour) -> bool {
        let place = self.detours.iter().position(|one| *one == detour);
        place.map(|place| self.detours.remove(place)).is_some()
    }

    /// Typed in one burst, looked at before Enter and after.
    fn typed_back(&mut self, keys: &str) {
        self.watch.nothing_in_memory("hidden again, before it was typed back");
        let typed: String = keys.split_whitespace().collect();
        // Where a reveal took one Space more than it needed, that stands before it and does not matter.
        self.window.keys(&typed).wait_until("all of the line", |text| {
            text.lines().any(|line| is_typed_back(line) && line.matches('•').count() >= typed.len())
        });
        self.watch.nothing_in_memory("typed, before Enter");
        if self.takes(Detour::GivenUp) {
            self.window.keys("\x1b").wait_for("Stop in the middle?").keys("x");
            self.window.wait_for("was not confirmed");
            self.watch.nothing_in_memory("given up");
            return;
        }
        self.window.keys("\r");
        self.window.next_frame();
        self.watch.nothing_in_memory("typed back");
    }

    fn end(mut self, name: &str) -> Watch {
        self.watch.nothing_in_memory("at the end");
        self.watch.nothing_told();
        self.sent.0.extend_from_slice(&self.window.bytes[self.sent.1..]);
        self.watch.nothing_sent("outside of the reveal", &self.sent.0);
        assert!(self.detours.is_empty(), "not everything was done");
        self.watch.told(name);
        self.watch
    }
}

/// Shows what is hidden. What is typed before a screen is asked is thrown away, also where the program was stopped just now: then
/// it is typed once more.
pub fn reveal(window: &mut Window) {
    const FRAMES: usize = 3;
    while !window.text().contains("hides itself in") {
        window.keys(" ");
        for _ in 0..FRAMES {
            assert!(window.next_frame(), "it stays hidden:\n{}", window.text());
            if window.text().contains("hides itself in") {
                return;
            }
        }
    }
}

/// Whether a line of a slip is asked for; the rail has the same sign.
fn is_typed_back(text: &str) -> bool {
    text.contains("▶ line ") || text.contains("▶ PIN")
}

fn bare(line: &str) -> String {
    let bare: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(bare.len() <= LINE + 1, "{bare} is no line");
    bare
}

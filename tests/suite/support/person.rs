//! A person at the plain face, over pipes: reads until something is asked, and types a line.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The longest a test waits for a text before it gives up; never part of what is tested.
const PATIENCE: Duration = Duration::from_mins(2);

/// A person at the plain face, over pipes.
pub struct Person {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<Vec<u8>>,
    /// Everything shown so far.
    pub seen: String,
    read_to: usize,
    hearing: Hearing,
}

/// How a person listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hearing {
    /// Has the whole screen said at each question, and so needs no memory.
    Whole,
    /// Hears what is new.
    News,
}

impl Person {
    /// Starts the program and sits down.
    pub fn at(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut stdout = child.stdout.take().expect("a pipe");
        let (sender, output) = channel();
        std::thread::spawn(move || {
            // As large as a pipe, so that what is written at once is read at once: half a line is no question.
            let mut buffer = vec![0; 65_536];
            while let Ok(n) = stdout.read(&mut buffer) {
                if n == 0 || sender.send(buffer[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        Self { child, input, output, seen: String::new(), read_to: 0, hearing: Hearing::Whole }
    }

    /// This person, who hears what is new and asks for nothing twice.
    pub fn listening(self) -> Self {
        Self { hearing: Hearing::News, ..self }
    }

    /// Reads until the program asks something, and returns what was shown since the last question, at its end the whole
    /// screen.
    pub fn next_question(&mut self) -> Option<String> {
        let shown = self.next_prompt()?;
        let say = match shown.lines().last().unwrap_or_default() {
            _ if self.hearing == Hearing::News || shown.ends_with('\n') => return Some(shown),
            "Choice: " => "say",
            _ => "/say",
        };
        self.type_line(say);
        let mut whole = self.next_prompt()?;
        while !whole.contains("\nbreakglass  ") {
            if whole.contains("does not count") {
                self.type_line(say);
            }
            whole += &self.next_prompt()?;
        }
        Some(shown + &whole)
    }

    /// Reads until the program asks something, and returns what was shown since the last question.
    pub fn next_prompt(&mut self) -> Option<String> {
        loop {
            let fresh = &self.seen[self.read_to..];
            if is_question(fresh) {
                let shown = fresh.to_owned();
                self.read_to = self.seen.len();
                return Some(shown);
            }
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.seen.push_str(&String::from_utf8_lossy(&bytes)),
                Err(_) => return None,
            }
        }
    }

    /// Reads until `words` were shown, whether or not anything is asked, and returns what was shown since the last question.
    #[allow(dead_code, reason = "tests/memory does without it")]
    pub fn until(&mut self, words: &str) -> Option<String> {
        loop {
            let fresh = &self.seen[self.read_to..];
            if fresh.contains(words) {
                let shown = fresh.to_owned();
                self.read_to = self.seen.len();
                return Some(shown);
            }
            let bytes = self.output.recv_timeout(PATIENCE).ok()?;
            self.seen.push_str(&String::from_utf8_lossy(&bytes));
        }
    }

    /// Reads on until it waits for an answer; what was shown up to there may have come already.
    #[allow(dead_code, reason = "tests/memory does without it")]
    pub fn until_asked(&mut self) -> Option<()> {
        while !is_question(&self.seen) {
            let bytes = self.output.recv_timeout(PATIENCE).ok()?;
            self.seen.push_str(&String::from_utf8_lossy(&bytes));
        }
        self.read_to = self.seen.len();
        Some(())
    }

    /// The number of the process.
    #[allow(dead_code, reason = "tests/memory looks into it")]
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Types one line.
    pub fn type_line(&mut self, line: &str) {
        let input = self.input.as_mut().expect("the input is open");
        writeln!(input, "{line}").expect("it listens");
    }

    /// Ends the program with SIGKILL, in the middle of whatever it does.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it is gone");
    }

    /// Closes the input and waits for the exit code.
    pub fn leave(mut self) -> Option<i32> {
        drop(self.input.take());
        self.child.wait().expect("it ends").code()
    }
}

/// A prompt ends without a line break.
fn is_question(shown: &str) -> bool {
    let last = shown.lines().last().unwrap_or_default();
    let is_part = last.starts_with("Group ") || last.starts_with("Check of line ");
    let is_group = is_part && shown.ends_with('\n');
    let is_way_on = shown.ends_with("next one.\n") || shown.ends_with("what came last.\n");
    shown.ends_with(": ") || is_way_on || is_group
}

/// What is typed for the choice in `shown` whose label contains `words`.
pub fn choice(shown: &str, words: &str) -> Option<String> {
    shown.lines().rev().find_map(|line| {
        let (typed, label) = line.trim_start().split_once("  ")?;
        let word = typed.trim_start_matches('/');
        let is_word = word == "next" || word.len() == 1 || word.chars().skip(1).all(|c| c.is_ascii_digit());
        let is_word = is_word && word.chars().all(|c| c.is_ascii_alphanumeric());
        (is_word && label.contains(words)).then(|| typed.to_owned())
    })
}

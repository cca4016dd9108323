//! A line that is waited for while the world goes on: what it says is shown when it comes, not with the next line.

use zeroize::Zeroizing;

use crate::app::Program;
use crate::journeys::Screen;
use crate::ui::{input, say};

/// What came first.
pub enum Heard {
    /// A line, or the end of the input.
    Line(Option<Zeroizing<String>>),
    /// The world has changed the screen.
    News,
}

/// Waits for the next line. A line that is there already comes before anything of the world: it was typed for the screen
/// that stands.
pub async fn line_or_news(lines: &mut input::Lines, program: &mut Program, screen: &Screen) -> Heard {
    loop {
        tokio::select! {
            biased;
            line = lines.next() => return Heard::Line(line),
            msg = program.hear() => match msg {
                Some(msg) => program.say(msg),
                None => return Heard::Line(None),
            },
        }
        if program.exit.is_some() || program.screen() != *screen {
            say("\n");
            return Heard::News;
        }
    }
}

/// Work under way without a question: the world moves on by itself.
pub fn waits_for_world(screen: &Screen) -> bool {
    screen.work.is_some() && screen.question.is_none()
}

/// The screen as far as it says something: while everything is still being read there are no findings yet.
pub fn readable(screen: &Screen) -> Screen {
    let is_filling = waits_for_world(screen) && screen.choices.is_empty();
    let checklist = if is_filling { Vec::new() } else { screen.checklist.clone() };
    Screen { checklist, ..screen.clone() }
}

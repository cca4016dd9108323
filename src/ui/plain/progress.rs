//! Long work line by line: each write is one short line that skips no number, reading is told only when it takes long.

use std::time::Duration;

use tokio::time::Instant;

use crate::guide::wrap;
use crate::journeys::Screen;
use crate::journeys::screen::Work;

/// Work that is over by then is not worth a line.
const LONG: Duration = Duration::from_secs(2);
/// How often work that lasts is told again.
const AGAIN: Duration = Duration::from_secs(10);
/// Seconds that nobody needs to be told of.
const SOON: u64 = 2;

/// What kind of work it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// A write that was consented to.
    Writing,
    /// Waiting for the world, with something to choose meanwhile.
    Waiting,
    /// Reading, or looking again, which is over soon.
    Reading,
}

/// What of the work under way was told.
#[derive(Debug, Default)]
pub struct Progress {
    /// The work as it was told, or passed over, last.
    seen: Option<Work>,
    /// The last write that was told, counted from one.
    number: usize,
    /// What stood before the name in its sentence.
    kind: String,
    /// When what was passed over is told after all.
    due: Option<Instant>,
}

impl Progress {
    /// The line to print now, if there is one, for work that is a write that was consented to or something else.
    pub fn line(&mut self, screen: &Screen, doing: Doing) -> Option<String> {
        let Some(work) = &screen.work else {
            *self = Self::default();
            return None;
        };
        let before = self.seen.replace(work.clone());
        let is_same =
            before.as_ref().is_some_and(|before| before.doing == work.doing && before.done == work.done);
        if is_same {
            return None;
        }
        match (doing, work.total) {
            (Doing::Writing, total) if total > 1 => self.write(work, total),
            (Doing::Waiting, 0) => Some(shown(&work.doing)),
            _ => self.later(),
        }
    }

    fn later(&mut self) -> Option<String> {
        self.due.get_or_insert_with(|| Instant::now() + LONG);
        None
    }

    /// When there is something to say without a message of the world.
    pub fn due(&self) -> Option<Instant> {
        self.due
    }

    /// What was passed over so far, because it takes long.
    pub fn late(&mut self) -> Option<String> {
        let work = self.seen.as_ref()?;
        self.due = Some(Instant::now() + AGAIN);
        Some(shown(&whole(work)))
    }

    /// The line of the write that is made now, with what was made since the last one that was told.
    fn write(&mut self, work: &Work, total: usize) -> Option<String> {
        let number = work.done + 1;
        if number <= self.number || number > total {
            return self.later();
        }
        let passed = passed(self.number + 1, work.done, total);
        let (kind, name) = work.doing.split_once('"').unwrap_or((&work.doing, ""));
        // Of several of one kind the names are enough: the list that was consented to has the sentences.
        let object = match name.rsplit_once('"') {
            Some((name, _)) if kind == self.kind => name,
            _ => work.doing.as_str(),
        };
        let left = if self.number == 0 { left(work) } else { String::new() };
        let line = passed + &shown(&format!("{number} of {total}: {object}{left}"));
        (self.number, self.kind, self.due) = (number, kind.to_owned(), None);
        Some(line)
    }
}

/// Writes that were made between two lines.
fn passed(first: usize, last: usize, total: usize) -> String {
    match last.checked_sub(first) {
        None => String::new(),
        Some(0) => shown(&format!("{first} of {total} written")),
        Some(_) => shown(&format!("{first} to {last} of {total} written")),
    }
}

fn whole(work: &Work) -> String {
    let count = match work.total {
        0 => String::new(),
        total => format!(", {} of {total} done", work.done),
    };
    format!("{}{count}{}", work.doing, left(work))
}

fn left(work: &Work) -> String {
    let left = work.seconds_left.filter(|seconds| *seconds > SOON);
    left.map(|seconds| format!("; about {seconds} seconds left")).unwrap_or_default()
}

fn shown(words: &str) -> String {
    wrap("  ... ", words).join("\n") + "\n"
}

//! The screen: one value that every face shows.
//!
//! A face decides how a screen looks, never what it says or which choices it has. `M` is the message of whoever draws it;
//! [`Screen::lift`] makes it one of the whole program.

use crate::domain::check::finding::Verdict;
use crate::domain::mark::Mark;
use crate::domain::secret::{SecretId, SecretRef};
use crate::domain::trouble::Trouble;

mod choice;
mod course;
mod grid;
mod just_done;
mod question;
mod words;

pub use choice::{Choice, Leave, Leaving, Telling, Way, Weight};
pub use course::{Course, Stage};
pub use grid::{Grid, GridRow};
pub use just_done::{Extent, JustDone};
pub use question::{ConsentLine, Question, Source};

/// Everything there is to show at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen<M> {
    /// The banner: mark and tenant.
    pub banner: Banner,
    /// The heading: what the screen is. It stays while the screen does.
    pub title: String,
    /// A clock beside the heading, where one runs. That it goes on is no news.
    pub clock: Option<String>,
    /// A secret that this screen is about and that is kept for a limited time: how much of it is left stands where the clock
    /// does, as the vault knows.
    pub kept: Option<SecretId>,
    /// The nine steps, or the rows of a review, with their states; empty where there is nothing to go through.
    pub rail: Vec<RailItem>,
    /// What stands on the rail.
    pub rail_of: RailOf,
    /// Why the steps come in this order, in a few words, as long as it matters; a face without room leaves it out.
    pub order: Option<&'static str>,
    /// Minutes of the guide's hour that are behind us, and all of them.
    pub minutes: Option<(u32, u32)>,
    /// What is there to read.
    pub prose: Vec<Block>,
    /// Findings and their verdicts.
    pub checklist: Vec<Row>,
    /// What to do about each row of the checklist, one for one, for a face that has room to say it beside the selected
    /// one; empty where there is nothing to say.
    pub remedies: Vec<String>,
    /// Long work under way.
    pub work: Option<Work>,
    /// What was done and what comes next, beside long work.
    pub course: Option<Course>,
    /// A trouble to be read first.
    pub trouble: Option<Trouble>,
    /// A word about what was just done.
    pub done: Option<JustDone>,
    /// What is asked.
    pub question: Option<Question<M>>,
    /// What can be chosen.
    pub choices: Vec<Choice<M>>,
    /// How the program is left from here; stands behind the other choices.
    pub leave: Option<Leave>,
    /// What is lost by leaving from here, whole sentences; empty where nothing is.
    pub costs: Vec<String>,
    /// The key of the choice that leads on, where it is not the first safe one; [`Choice::LISTED`] where the lines of a list
    /// are what there is to do.
    pub suggested: Option<char>,
    /// Which line that is, where a list is meant; lines are counted from 0.
    pub suggested_line: usize,
    /// Help for this screen.
    pub help: Vec<String>,
}

impl<M> Default for Screen<M> {
    fn default() -> Self {
        Self {
            banner: Banner::default(),
            title: String::new(),
            clock: None,
            kept: None,
            rail: Vec::new(),
            rail_of: RailOf::Steps,
            order: None,
            minutes: None,
            prose: Vec::new(),
            checklist: Vec::new(),
            remedies: Vec::new(),
            work: None,
            course: None,
            trouble: None,
            done: None,
            question: None,
            choices: Vec::new(),
            leave: None,
            costs: Vec::new(),
            suggested: None,
            suggested_line: 0,
            help: Vec::new(),
        }
    }
}

impl<M: 'static> Screen<M> {
    /// This screen as one of whoever is above.
    #[must_use]
    pub fn lift<N: 'static>(self, up: fn(M) -> N) -> Screen<N> {
        Screen {
            question: self.question.map(|question| question.lift(up)),
            choices: self.choices.into_iter().map(|choice| choice.lift(up)).collect(),
            banner: self.banner,
            title: self.title,
            clock: self.clock,
            kept: self.kept,
            rail: self.rail,
            rail_of: self.rail_of,
            order: self.order,
            minutes: self.minutes,
            prose: self.prose,
            checklist: self.checklist,
            remedies: self.remedies,
            work: self.work,
            course: self.course,
            trouble: self.trouble,
            done: self.done,
            leave: self.leave,
            costs: self.costs,
            suggested: self.suggested,
            suggested_line: self.suggested_line,
            help: self.help,
        }
    }
}

impl<M> Screen<M> {
    /// The heading with its clock.
    pub fn heading(&self) -> String {
        match &self.clock {
            Some(clock) => format!("{} · {clock}", self.title),
            None => self.title.clone(),
        }
    }

    /// How much of the guide's hour is left, in words; none when nothing is.
    pub fn time_left(&self) -> Option<String> {
        let (done, all) = self.minutes?;
        (done < all).then(|| format!("~{} min left", all - done))
    }
}

/// Mark and tenant, on every screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Banner {
    /// The mark of the tenant.
    pub mark: Mark,
    /// Which tenant.
    pub tenant: String,
    /// Nothing is written in this run.
    pub dry_run: Option<&'static str>,
}

/// What stands on the rail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RailOf {
    /// The steps of a setup.
    Steps,
    /// The rows of a review.
    Rows,
}

impl RailOf {
    /// What they are called, several of them.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Rows => "rows",
        }
    }

    /// What they are called, as a heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Steps => "Steps",
            Self::Rows => "Rows",
        }
    }

    /// What one of them is called.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Steps => "step",
            Self::Rows => "row",
        }
    }
}

/// One step on the rail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RailItem {
    /// 1 to 9.
    pub number: u8,
    /// Short name.
    pub name: String,
    /// How it stands.
    pub state: StepState,
    /// Whether it is on the screen now.
    pub here: Here,
}

/// Whether a step is the one on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    /// It is.
    Yes,
    /// It is not.
    No,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Every check passes.
    Done,
    /// Only time brings what is left.
    Waits,
    /// Some checks pass or fail; this many are open.
    Open(usize),
    /// Nothing was looked at yet.
    Untouched,
}

/// A piece of prose.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph, wrapped by the face.
    Text(String),
    /// A paragraph that gives a reason for the findings of the screen: where it is listened to, the first is enough.
    Reason(String),
    /// A heading within the screen.
    Heading(String),
    /// Numbered instructions.
    Steps(Vec<String>),
    /// Unnumbered lines.
    List(Vec<String>),
    /// Two aligned columns.
    Pairs(Vec<(String, String)>),
    /// Lines shown as they are, to be copied: queries, addresses, requests.
    Verbatim(Vec<String>),
    /// A table, laid out in the width that there is.
    Grid(Grid),
    /// Findings in the middle of a text.
    Checklist(Vec<Row>),
    /// A secret, painted by the vault.
    Secret(SecretRef),
    /// An address as a QR code, where it fits and helps; the address stands beside it as text as well, so a face may
    /// leave the picture out. Never a secret.
    Qr(String),
}

/// One line of a checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What is checked.
    pub label: String,
    /// What was concluded.
    pub verdict: Verdict,
    /// What was seen.
    pub detail: String,
}

/// Long work under way: what, how far, how long still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// What is being done now.
    pub doing: String,
    /// How many are done.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// Seconds left, when that can be told.
    pub seconds_left: Option<u64>,
}

impl Work {
    /// Work whose end cannot be told.
    pub fn endless(doing: impl Into<String>) -> Self {
        Self { doing: doing.into(), done: 0, total: 0, seconds_left: None }
    }
}

//! The screen: one value that every face shows.
//!
//! A face decides how a screen looks, never what it says or which choices it has. `M` is the message of whoever draws it;
//! [`Screen::lift`] makes it one of the whole program.

use crate::domain::check::finding::Verdict;
use crate::domain::record::{Slip, SlipKind};
use crate::domain::secret::{SecretId, SecretRef};
use crate::domain::trouble::Trouble;
use crate::journeys::effect::LineChecked;
use crate::journeys::reply::Reply;

/// Everything there is to show at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen<M> {
    /// The banner: mark and tenant.
    pub banner: Banner,
    /// The heading.
    pub title: String,
    /// The nine steps with their states; empty before the plan stands.
    pub rail: Vec<RailItem>,
    /// Minutes of the guide's hour that are behind us, and all of them.
    pub minutes: Option<(u32, u32)>,
    /// What is there to read.
    pub prose: Vec<Block>,
    /// Findings and their verdicts.
    pub checklist: Vec<Row>,
    /// Long work under way.
    pub work: Option<Work>,
    /// A trouble to be read first.
    pub trouble: Option<Trouble>,
    /// A word about what was just done.
    pub done: Option<String>,
    /// What is asked.
    pub question: Option<Question<M>>,
    /// What can be chosen.
    pub choices: Vec<Choice<M>>,
    /// How the program is left from here; stands behind the other choices.
    pub leave: Option<Leave>,
    /// The key of the choice that leads on, where it is not the first safe one.
    pub suggested: Option<char>,
    /// Help for this screen.
    pub help: Vec<String>,
}

impl<M> Default for Screen<M> {
    fn default() -> Self {
        Self {
            banner: Banner::default(),
            title: String::new(),
            rail: Vec::new(),
            minutes: None,
            prose: Vec::new(),
            checklist: Vec::new(),
            work: None,
            trouble: None,
            done: None,
            question: None,
            choices: Vec::new(),
            leave: None,
            suggested: None,
            help: Vec::new(),
        }
    }
}

impl<M: 'static> Screen<M> {
    /// The same screen as one of whoever is above.
    #[must_use]
    pub fn lift<N: 'static>(self, up: fn(M) -> N) -> Screen<N> {
        Screen {
            question: self.question.map(|question| question.lift(up)),
            choices: self.choices.into_iter().map(|choice| choice.lift(up)).collect(),
            banner: self.banner,
            title: self.title,
            rail: self.rail,
            minutes: self.minutes,
            prose: self.prose,
            checklist: self.checklist,
            work: self.work,
            trouble: self.trouble,
            done: self.done,
            leave: self.leave,
            suggested: self.suggested,
            help: self.help,
        }
    }
}

impl<M> Screen<M> {
    /// How much of the guide's hour is left, in words; none when nothing is.
    pub fn time_left(&self) -> Option<String> {
        let (done, all) = self.minutes?;
        (done < all).then(|| format!("~{} min left", all - done))
    }
}

/// Mark and tenant, on every screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Banner {
    /// REHEARSAL, EXERCISE, LIVE, MANUAL.
    pub mark: String,
    /// Which tenant.
    pub tenant: String,
    /// Nothing is written in this run.
    pub dry_run: Option<&'static str>,
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

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Question<M> {
    /// A line of text; an empty answer takes the preset.
    Text { prompt: String, preset: String, problem: Option<String>, answer: Reply<String, M> },
    /// A line of a secret typed back from paper. The face hands it to the vault and tells how it stood.
    SecretLine {
        secret: SecretId,
        kind: SlipKind,
        line: usize,
        lines: usize,
        problem: Option<String>,
        checked: Reply<LineChecked, M>,
    },
    /// A secret that this program does not know yet: a client secret, or the address a browser ended at. The face
    /// reads one line of up to 4,096 characters without showing it (masked, or not at all; no undo history, no ordinary
    /// text widget), keeps it with `Vault::keep(Secret::new(line))`, wipes its own copy and replies with its id.
    /// An empty line says nothing. Pasting works unless it is to be read from paper; line breaks at its end do not count. Messages of the world go on
    /// meanwhile: the browser may come back by itself.
    Secret { prompt: String, source: Source, entered: Reply<SecretId, M> },
    /// The consent list: sentences with their ticks.
    Consent(Vec<ConsentLine<M>>),
    /// A slip is being copied by hand, group by group.
    CopyByHand { slip: Slip, secret: SecretRef },
}

impl<M: 'static> Question<M> {
    fn lift<N: 'static>(self, up: fn(M) -> N) -> Question<N> {
        match self {
            Self::Text { prompt, preset, problem, answer } => {
                Question::Text { prompt, preset, problem, answer: answer.lift(up) }
            }
            Self::SecretLine { secret, kind, line, lines, problem, checked } => {
                Question::SecretLine { secret, kind, line, lines, problem, checked: checked.lift(up) }
            }
            Self::Secret { prompt, source, entered } => {
                Question::Secret { prompt, source, entered: entered.lift(up) }
            }
            Self::Consent(lines) => Question::Consent(lines.into_iter().map(|line| line.lift(up)).collect()),
            Self::CopyByHand { slip, secret } => Question::CopyByHand { slip, secret },
        }
    }

    /// A question for a line of text.
    pub fn text(prompt: impl Into<String>, answer: fn(String) -> M) -> Self {
        let answer = Reply::to(answer);
        Self::Text { prompt: prompt.into(), preset: String::new(), problem: None, answer }
    }

    /// The same with an answer that Enter takes.
    #[must_use]
    pub fn preset(self, answer: impl Into<String>) -> Self {
        match self {
            Self::Text { prompt, problem, answer: reply, .. } => {
                Self::Text { prompt, preset: answer.into(), problem, answer: reply }
            }
            other => other,
        }
    }

    /// The same with what was wrong with the last answer.
    #[must_use]
    pub fn refused(self, problem: Option<String>) -> Self {
        match self {
            Self::Text { prompt, preset, answer, .. } => Self::Text { prompt, preset, problem, answer },
            other => other,
        }
    }
}

/// Where a person has an unknown secret from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// From a screen or a file; it may be pasted.
    Screen,
    /// From paper; it is typed, for that is what shows that the paper can be read.
    Paper,
}

/// One write on a consent list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentLine<M> {
    /// What will be written.
    pub sentence: String,
    /// Whether it is ticked.
    pub ticked: bool,
    /// The HTTP call, when it was asked for.
    pub call: Vec<String>,
    /// Ticks or unticks it.
    pub toggle: M,
    /// Shows its call, or hides it.
    pub show: M,
}

impl<M> ConsentLine<M> {
    fn lift<N>(self, up: fn(M) -> N) -> ConsentLine<N> {
        let Self { sentence, ticked, call, toggle, show } = self;
        ConsentLine { sentence, ticked, call, toggle: up(toggle), show: up(show) }
    }
}

/// How much a choice weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Changes nothing in the tenant.
    Safe,
    /// Writes to the tenant, or makes a secret.
    Writes,
    /// Gives something up for good, a secret that is not on paper yet.
    Irreversible,
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<M> {
    /// The key in the full-screen face; [`Choice::LISTED`] for a line of a long list.
    pub key: char,
    /// What it does, in a few words.
    pub label: String,
    /// The present value behind a listed line, or a word of explanation behind another choice; may be empty.
    pub detail: String,
    /// What it sends.
    pub msg: M,
    /// Whether it leads back to where one came from.
    pub way: Way,
    /// How much it weighs.
    pub weight: Weight,
}

/// How the program is left from a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leave {
    /// The words of the choice.
    pub label: &'static str,
    /// A word of explanation behind it; may be empty.
    pub detail: &'static str,
    /// Whether it is asked once more.
    pub how: Leaving,
}

/// Whether it is asked once more before the program is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// It is.
    Asking,
    /// It is not: nothing is under way.
    AtOnce,
}

impl Leave {
    /// Leaving after a question.
    pub fn asking(label: &'static str) -> Self {
        Self { label, detail: "", how: Leaving::Asking }
    }

    /// Leaving at once.
    pub fn at_once(label: &'static str) -> Self {
        Self { how: Leaving::AtOnce, ..Self::asking(label) }
    }

    /// The same with a word of explanation.
    #[must_use]
    pub fn explained(self, detail: &'static str) -> Self {
        Self { detail, ..self }
    }
}

/// Where a choice leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// On.
    On,
    /// Back: Esc takes it.
    Back,
}

impl<M> Choice<M> {
    /// The key of choices that are lines of a long list, gone through with the arrows.
    pub const LISTED: char = '\0';

    /// The same choice as one of whoever is above.
    #[must_use]
    pub fn lift<N>(self, up: fn(M) -> N) -> Choice<N> {
        let Self { key, label, detail, msg, way, weight } = self;
        Choice { key, label, detail, msg: up(msg), way, weight }
    }

    /// A choice that changes nothing.
    pub fn safe(key: char, label: impl Into<String>, msg: M) -> Self {
        Self { key, label: label.into(), detail: String::new(), msg, way: Way::On, weight: Weight::Safe }
    }

    /// A choice that leads back.
    pub fn back(label: impl Into<String>, msg: M) -> Self {
        Self { way: Way::Back, ..Self::safe('b', label, msg) }
    }

    /// The same choice as the one that Esc takes.
    #[must_use]
    pub fn leading_back(self) -> Self {
        Self { way: Way::Back, ..self }
    }

    /// A choice that writes.
    pub fn writes(key: char, label: impl Into<String>, msg: M) -> Self {
        Self { weight: Weight::Writes, ..Self::safe(key, label, msg) }
    }

    /// A choice that gives something up for good.
    pub fn irreversible(key: char, label: impl Into<String>, msg: M) -> Self {
        Self { weight: Weight::Irreversible, ..Self::safe(key, label, msg) }
    }

    /// A line of a long list, with its present value.
    pub fn listed(label: impl Into<String>, value: impl Into<String>, msg: M) -> Self {
        Self { detail: value.into(), ..Self::safe(Self::LISTED, label, msg) }
    }

    /// The same with a word of explanation.
    #[must_use]
    pub fn explained(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    /// Label and detail as one line.
    pub fn whole(&self) -> String {
        match (self.detail.as_str(), self.key) {
            ("", _) => self.label.clone(),
            (value, Self::LISTED) => format!("{}: {value}", self.label),
            (words, _) => format!("{} ({words})", self.label),
        }
    }
}

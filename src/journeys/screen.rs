//! The screen: one value that every face shows.
//!
//! A face decides how a screen looks, never what it says or which choices it has.

use crate::domain::check::finding::Verdict;
use crate::domain::record::{Slip, SlipKind};
use crate::domain::secret::{SecretId, SecretRef};
use crate::domain::trouble::Trouble;
use crate::journeys::message::Msg;

/// Everything there is to show at one moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Screen {
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
    pub said: Option<String>,
    /// What is asked.
    pub question: Option<Question>,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// The key of the choice that leads on, where it is not the first safe one.
    pub suggested: Option<char>,
    /// Help for this screen.
    pub help: Vec<String>,
}

impl Screen {
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
pub enum Question {
    /// A line of text; an empty answer takes the preset.
    Text { prompt: String, preset: String, problem: Option<String> },
    /// A line of a secret typed back from paper. The face hands it to the vault and tells `Msg::LineChecked`.
    SecretLine { secret: SecretId, kind: SlipKind, line: usize, lines: usize, problem: Option<String> },
    /// A secret that this program does not know yet: a client secret, or the address a browser ended at. The face
    /// reads one line of up to 4,096 characters without showing it (masked, or not at all; no undo history, no ordinary
    /// text widget), keeps it with `Vault::keep(Secret::new(line))`, wipes its own copy and says `Msg::Entered(id)`.
    /// An empty line says nothing. Pasting works unless it is to be read from paper; line breaks at its end do not count. Messages of the world go on
    /// meanwhile: the browser may come back by itself.
    Secret { prompt: String, source: Source },
    /// The consent list: sentences with their ticks.
    Consent(Vec<ConsentLine>),
    /// A slip is being copied by hand, group by group.
    CopyByHand { slip: Slip, secret: SecretRef },
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
pub struct ConsentLine {
    /// What will be written.
    pub sentence: String,
    /// Whether it is ticked.
    pub ticked: bool,
    /// The HTTP call, when it was asked for.
    pub call: Vec<String>,
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
pub struct Choice {
    /// The key in the full-screen face; [`Choice::LISTED`] for a line of a long list.
    pub key: char,
    /// What it does, in a few words.
    pub label: String,
    /// The present value behind a listed line, or a word of explanation behind another choice; may be empty.
    pub detail: String,
    /// What it sends.
    pub msg: Msg,
    /// How much it weighs.
    pub weight: Weight,
}

impl Choice {
    /// The key of choices that are lines of a long list, gone through with the arrows.
    pub const LISTED: char = '\0';

    /// A choice that changes nothing.
    pub fn safe(key: char, label: impl Into<String>, msg: Msg) -> Self {
        Self { key, label: label.into(), detail: String::new(), msg, weight: Weight::Safe }
    }

    /// A choice that writes.
    pub fn writes(key: char, label: impl Into<String>, msg: Msg) -> Self {
        Self { weight: Weight::Writes, ..Self::safe(key, label, msg) }
    }

    /// A choice that gives something up for good.
    pub fn irreversible(key: char, label: impl Into<String>, msg: Msg) -> Self {
        Self { weight: Weight::Irreversible, ..Self::safe(key, label, msg) }
    }

    /// A line of a long list, with its present value.
    pub fn listed(label: impl Into<String>, value: impl Into<String>, msg: Msg) -> Self {
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

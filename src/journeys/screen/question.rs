//! Questions: what is asked, and how the answer becomes a message.

use crate::domain::record::{Slip, SlipKind};
use crate::domain::secret::{SecretId, SecretRef};
use crate::journeys::effect::LineChecked;
use crate::journeys::reply::Reply;

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
    /// An empty line says nothing. Pasting works unless it is to be read from paper; line breaks at its end do not
    /// count. Messages of the world go on meanwhile: the browser may come back by itself.
    Secret { prompt: String, source: Source, entered: Reply<SecretId, M> },
    /// The consent list: sentences with their ticks.
    Consent(Vec<ConsentLine<M>>),
    /// A slip is being copied by hand, group by group.
    CopyByHand { slip: Slip, secret: SecretRef },
}

impl<M: 'static> Question<M> {
    pub(super) fn lift<N: 'static>(self, up: fn(M) -> N) -> Question<N> {
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

    /// This question with an answer that Enter takes.
    #[must_use]
    pub fn preset(self, answer: impl Into<String>) -> Self {
        match self {
            Self::Text { prompt, problem, answer: reply, .. } => {
                Self::Text { prompt, preset: answer.into(), problem, answer: reply }
            }
            other => other,
        }
    }

    /// This question with what was wrong with the last answer.
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
    /// The HTTP call, asked for or not: a face with room shows that of the selected write.
    pub request: Vec<String>,
    /// Ticks or unticks it.
    pub toggle: M,
    /// Shows its call, or hides it.
    pub show: M,
}

impl<M> ConsentLine<M> {
    fn lift<N>(self, up: fn(M) -> N) -> ConsentLine<N> {
        let Self { sentence, ticked, call, request, toggle, show } = self;
        ConsentLine { sentence, ticked, call, request, toggle: up(toggle), show: up(show) }
    }
}

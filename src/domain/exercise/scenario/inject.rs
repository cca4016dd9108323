//! What happens in a scenario: injects, when and how they reach players, what they show, what they break, and what good
//! players do then. Nouns only.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::domain::exercise::written::parameters;

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inject {
    /// Its name in the file.
    pub id: String,
    /// For the facilitator's list.
    pub title: String,
    /// When it is sent.
    pub when: When,
    /// Not sent by itself any more once this milestone was reached.
    #[serde(default)]
    pub unless: Option<String>,
    /// To which roles; to everybody when left out.
    #[serde(default)]
    pub to: Vec<String>,
    /// How it reaches them. What comes by mail or chat does not come while that is gone.
    #[serde(default)]
    pub by: Channel,
    /// What is said, paragraph by paragraph.
    pub text: Vec<String>,
    /// Something to look at: a mail, a log, a photograph in words.
    #[serde(default)]
    pub artefact: Option<Artefact>,
    /// What it does to the tenant: all of it, or, where one is refused, nothing.
    #[serde(default)]
    pub damage: Vec<Damage>,
    /// Channels that are gone from now on.
    #[serde(default)]
    pub gone: Vec<Channel>,
    /// Channels that are back.
    #[serde(default)]
    pub back: Vec<Channel>,
    /// The role whose person is away from now on; [`BY_DIE`] leaves it to the die.
    #[serde(default)]
    pub away: Option<String>,
    /// What good players do now.
    #[serde(default)]
    pub expected: Vec<Expected>,
    /// For the evaluator alone.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// The word with which the die says who is away.
pub const BY_DIE: &str = "die";

/// When an inject is sent: exactly one of `minute`, `milestone`, `decision` and `hand`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// At this minute of the clock.
    #[serde(default)]
    pub minute: Option<u32>,
    /// With `minute`: only where a die of six shows this or more.
    #[serde(default)]
    pub die: Option<u8>,
    /// When this milestone is reached.
    #[serde(default)]
    pub milestone: Option<String>,
    /// When this is decided,
    #[serde(default)]
    pub decision: Option<String>,
    /// with this option; with any when left out.
    #[serde(default)]
    pub option: Option<String>,
    /// So many minutes after the milestone or the decision.
    #[serde(default)]
    pub after: u32,
    /// Only when the facilitator wants it.
    #[serde(default)]
    pub hand: bool,
}

/// How a message reaches players.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Somebody says it.
    #[default]
    Person,
    /// Company mail.
    Mail,
    /// Company chat.
    Chat,
    /// A telephone.
    Phone,
    /// Something on a screen.
    Screen,
    /// Paper.
    Paper,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Artefact {
    /// "A mail", "Sign-in log"
    pub title: String,
    /// Its lines as they are, never wrapped; 72 characters at the most.
    pub lines: Vec<String>,
}

/// One change of the tenant over its control port: a ready-made damage by name, or a change with its parameters.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Damage {
    /// The name of a damage, a drift or a change.
    pub change: String,
    /// Its parameters; a ready-made one has none.
    #[serde(default, deserialize_with = "parameters")]
    pub parameters: Map<String, Value>,
}

/// Says what is wrong with a change; nothing where it can be asked for.
pub type Objects<'a> = dyn Fn(&Damage) -> Option<String> + 'a;

/// What good players do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Its name within the inject.
    pub id: String,
    /// "Somebody other than the caller is asked whether the call is real."
    pub text: String,
    /// The card that has to be opened for it; it is done when what stands on it was typed. Without one the evaluator
    /// marks it.
    #[serde(default)]
    pub card: Option<String>,
    /// Hints for somebody who plays alone.
    #[serde(default)]
    pub hints: Vec<String>,
}

impl Channel {
    /// Its name, as scenarios have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Mail => "mail",
            Self::Chat => "chat",
            Self::Phone => "phone",
            Self::Screen => "screen",
            Self::Paper => "paper",
        }
    }

    /// How it reaches people, as a reader says it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "somebody says it",
            Self::Mail => "company mail",
            Self::Chat => "company chat",
            Self::Phone => "telephone",
            Self::Screen => "on a screen",
            Self::Paper => "on paper",
        }
    }
}

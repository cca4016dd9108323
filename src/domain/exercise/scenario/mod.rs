//! The scenario of an exercise as its author writes it: a TOML file (`assets/scenarios`, or one of the organization's own).
//!
//! Nouns as they stand in the file, each with what may stand there. Whether they fit together is asked in `check`, what
//! happens when they are played stands in [`play`](super::play). A text may name the tenant that it is played in by
//! placeholders, which `names` fills.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::domain::check::subject::CheckSubject;
use crate::domain::slot::Slot;
use crate::domain::text::clean;

/// One scenario.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The form of the file; this is form 1.
    pub format: u32,
    /// Its name on the command line: small letters, digits and hyphens.
    pub id: String,
    /// Counted up by its author with each change.
    pub version: u32,
    /// Its name for people.
    pub title: String,
    /// What it is about, in one sentence, for whoever chooses; never shown to players.
    pub summary: String,
    /// For whom it is.
    pub audience: Vec<String>,
    /// How many minutes it takes, the hot wash apart.
    pub minutes: u32,
    /// How many minutes go by with one turn, where it is played by turns.
    #[serde(default = "five")]
    pub turn: u32,
    /// What has to be ready before it begins.
    #[serde(default)]
    pub before: Vec<String>,
    /// What is not as in life, said to the players.
    #[serde(default)]
    pub artificialities: Vec<String>,
    /// How it is played, said to the players.
    pub ground_rules: Vec<String>,
    /// The situation at the beginning, paragraph by paragraph, for the players.
    pub opening: Vec<String>,
    /// What it is to show.
    pub objectives: Vec<Objective>,
    /// Who takes part.
    pub roles: Vec<Role>,
    /// What the checks see when the team gets somewhere.
    #[serde(default)]
    pub milestones: Vec<Milestone>,
    /// What happens.
    pub injects: Vec<Inject>,
    /// What somebody has to decide.
    #[serde(default)]
    pub decisions: Vec<Decision>,
    /// Paper that has to be opened.
    #[serde(default)]
    pub cards: Vec<Card>,
    /// What people can do to the tenant where the product has no write for it; the facilitator carries it out.
    #[serde(default)]
    pub by_hand: Vec<ByHand>,
    /// What is asked afterwards.
    pub hot_wash: Vec<String>,
}

fn five() -> u32 {
    5
}

/// What the exercise is to show; rated at the end.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Its name in the file.
    pub id: String,
    /// "The team signs in with the second account."
    pub text: String,
    /// The points of the checklist it is about, 1 to 11.
    pub points: Vec<u8>,
    /// Milestones it is measured by.
    #[serde(default)]
    pub milestones: Vec<String>,
    /// Expected actions it is measured by, each `inject/action`.
    #[serde(default)]
    pub actions: Vec<String>,
    /// Decisions it is measured by.
    #[serde(default)]
    pub decisions: Vec<String>,
    /// Cards it is measured by.
    #[serde(default)]
    pub cards: Vec<String>,
}

/// Somebody who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its name in the file.
    pub id: String,
    /// "Incident lead"
    pub title: String,
    /// What this person knows and may do, for the card.
    pub does: String,
}

/// What the product's own checks see when the team gets somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// Its name in the file.
    pub id: String,
    /// "The second account has signed in"
    pub title: String,
    /// The check that has to pass, after it did not: `policies.excluded`, `account.enabled:second`.
    #[serde(default)]
    pub check: Option<CheckSubject>,
    /// Or what has to be done, looked up in the record of the exercise. Exactly one of the two is given.
    #[serde(default)]
    pub done: Option<Deed>,
    /// Minutes within which it is good, from [`since`](Self::since) on.
    pub within: u32,
    /// The inject it counts from; the beginning when left out. It can be reached only once that was sent.
    #[serde(default)]
    pub since: Option<String>,
    /// Hints for somebody who plays alone, the gentlest first.
    #[serde(default)]
    pub hints: Vec<String>,
}

/// Something that counts when it was done in the exercise: a name, and the account where it is about one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Deed {
    /// `sign-in:SLOT`: a sign-in test of the account passed.
    SignIn(Slot),
    /// `new-password:SLOT`: the slip of a new password was typed back.
    NewPassword(Slot),
    /// `new-key:SLOT`: a key was registered.
    NewKey(Slot),
    /// `alert`: an alert was tested, and it reached somebody.
    Alert,
    /// `classified`: a named person has said what a sign-in or a change was.
    Classified,
}

/// What may stand there, for whoever wrote something else.
pub const DEEDS: &str = "sign-in:SLOT, new-password:SLOT, new-key:SLOT, alert, classified";

impl TryFrom<String> for Deed {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let unknown = || format!("\"{}\" is none of: {DEEDS}", clean(&text));
        let (name, slot) = text.split_once(':').unwrap_or((&text, ""));
        let slot = || Slot::named(slot).ok_or_else(unknown);
        match name {
            "sign-in" => Ok(Self::SignIn(slot()?)),
            "new-password" => Ok(Self::NewPassword(slot()?)),
            "new-key" => Ok(Self::NewKey(slot()?)),
            "alert" if text == name => Ok(Self::Alert),
            "classified" if text == name => Ok(Self::Classified),
            _ => Err(unknown()),
        }
    }
}

/// What people do to the tenant where the product has no write for it, such as switching a policy off in the portal. The
/// team says it, the facilitator carries it out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByHand {
    /// Its name in the file.
    pub id: String,
    /// What is done: "Switch off the policy {policy} in the admin center".
    pub title: String,
    /// The inject from which on it is possible; from the beginning when left out.
    #[serde(default)]
    pub since: Option<String>,
    /// The milestone that has to be reached before, as somebody has to be signed in.
    #[serde(default)]
    pub needs: Option<String>,
    /// What it changes.
    pub changes: Vec<Damage>,
    /// How it is judged.
    pub judged: Judged,
    /// Why, for the hot wash and whoever plays alone.
    pub why: String,
}

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
    /// What it does to the tenant.
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
    #[serde(default)]
    pub parameters: Map<String, Value>,
}

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

/// What somebody has to decide.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Its name in the file.
    pub id: String,
    /// The question, for the players.
    pub question: String,
    /// The role that has to decide.
    pub owner: String,
    /// The inject that puts it; put at the beginning when left out.
    #[serde(default)]
    pub since: Option<String>,
    /// Minutes within which it has to be taken.
    pub within: u32,
    /// Whether it is the hard one.
    #[serde(default)]
    pub hard: bool,
    /// What can be decided, two to five.
    pub options: Vec<Choice>,
    /// Hints for somebody who plays alone.
    #[serde(default)]
    pub hints: Vec<String>,
}

/// One option of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its name within the decision.
    pub id: String,
    /// What is done.
    pub text: String,
    /// How it is judged.
    pub judged: Judged,
    /// Why, for the hot wash and whoever plays alone.
    pub why: String,
}

/// How an option is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judged {
    /// It can be defended well.
    Good,
    /// It can be defended with a good reason.
    Arguable,
    /// It makes things worse.
    Poor,
}

/// Paper that has to be opened: an answer counts only when what stands on it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Its name in the file.
    pub id: String,
    /// "The envelope of the second account"
    pub title: String,
    /// What is on it, for the printed card.
    pub says: Vec<String>,
}

impl Scenario {
    /// The objective with this name.
    pub fn objective(&self, id: &str) -> Option<&Objective> {
        self.objectives.iter().find(|one| one.id == id)
    }

    /// The role with this name.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|one| one.id == id)
    }

    /// The milestone with this name.
    pub fn milestone(&self, id: &str) -> Option<&Milestone> {
        self.milestones.iter().find(|one| one.id == id)
    }

    /// The inject with this name.
    pub fn inject(&self, id: &str) -> Option<&Inject> {
        self.injects.iter().find(|one| one.id == id)
    }

    /// The decision with this name.
    pub fn decision(&self, id: &str) -> Option<&Decision> {
        self.decisions.iter().find(|one| one.id == id)
    }

    /// The card with this name.
    pub fn card(&self, id: &str) -> Option<&Card> {
        self.cards.iter().find(|one| one.id == id)
    }

    /// What is done by hand with this name.
    pub fn by_hand(&self, id: &str) -> Option<&ByHand> {
        self.by_hand.iter().find(|one| one.id == id)
    }

    /// Every expected action with the inject it belongs to.
    pub fn expected(&self) -> impl Iterator<Item = (&Inject, &Expected)> {
        self.injects.iter().flat_map(|inject| inject.expected.iter().map(move |one| (inject, one)))
    }
}

impl Decision {
    /// The option with this name.
    pub fn option(&self, id: &str) -> Option<&Choice> {
        self.options.iter().find(|one| one.id == id)
    }
}

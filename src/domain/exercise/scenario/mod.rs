//! The scenario of an exercise as its author writes it: a TOML file (`assets/scenarios`, or one of the organization's own).
//!
//! Nouns as they stand in the file, each with what may stand there. Whether they fit together is asked in `file`, what
//! happens when they are played stands in [`play`](super::play). A text may name the tenant that it is played in by
//! placeholders, which `names` fills.

use serde::Deserialize;

use crate::domain::check::subject::CheckSubject;

mod check;
mod deed;
mod file;
mod inject;
mod library;
pub mod names;

pub use deed::{DEEDS, Deed};
pub use file::{LARGEST, read};
pub use inject::{Artefact, BY_DIE, Channel, Damage, Expected, Inject, Objects, When};
pub use library::{ids, named, shipped, texts};

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

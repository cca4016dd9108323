//! The screens of an exercise by name, and which of them lies before which.

use crate::domain::check::repair::RepairCase;
use crate::domain::exercise::event::{Rating, Readers};
use crate::domain::review::ReviewRow;
use crate::journeys::tasks::who::Typing;

/// What is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum At {
    /// What can be played; in the organization's own world.
    Library,
    /// One of them, before it is begun; in the organization's own world.
    Offer(String),
    /// What it is about, before it begins.
    Brief,
    /// Who leads it; what was wrong with the last answer.
    Leader(Option<String>),
    /// Who plays the role with this number; the names before it.
    Cast { leader: String, names: Vec<String> },
    /// The situation.
    Console,
    /// Every inject.
    Injects,
    /// One inject.
    Inject(String),
    /// What has to be decided.
    Decisions,
    /// Which option.
    Options(String),
    /// Who decides.
    Owner { decision: String, option: String, typing: Typing },
    /// Why.
    Rationale { decision: String, option: String, owner: String },
    /// What good players do, to be marked.
    Expected,
    /// One of them.
    Marking { inject: String, action: String },
    /// A word of the evaluator about it.
    Word { inject: String, action: String },
    /// What the team can do on the tenant.
    Team,
    /// Who sits at the console.
    Seats,
    /// Which account a repair is about.
    Account(RepairCase),
    /// A row of the review.
    Row(ReviewRow),
    /// What is done by hand.
    Hands,
    /// Who plays what.
    People,
    /// Who plays this role.
    Person(String),
    /// Cards that can be opened.
    Cards,
    /// What stands on this one is typed; what was wrong with the last answer.
    Card { card: String, problem: Option<String> },
    /// A note is written.
    Note(Readers),
    /// What has happened.
    Timeline,
    /// What hints there are.
    Hints,
    /// Whether the exercise is to be interrupted.
    Interrupting,
    /// Whether the play is to end.
    Ending,
    /// A question of the hot wash.
    Question(usize),
    /// How it went.
    Ratings,
    /// One objective.
    Rating(String),
    /// Why it is rated otherwise.
    Reason { objective: String, rating: Rating, problem: Option<String> },
    /// Who rates it otherwise.
    Rater { objective: String, rating: Rating, reason: String },
    /// What is to be better.
    Improvements,
    /// One part of an improvement is asked for.
    Improving { number: u32, part: Part, problem: Option<String> },
    /// Who says that everything is said.
    Completing(Option<String>),
    /// It is complete.
    End,
}

/// A part of an improvement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What is done.
    Action,
    /// By whom.
    Owner,
    /// Until when.
    Due,
    /// When it is tried again.
    Retest,
}

/// The screen that one comes from; none at the first ones.
pub(super) fn before(at: &At) -> Option<At> {
    Some(match at {
        At::Library | At::Brief | At::Console | At::Ratings | At::End => return None,
        At::Offer(_) => At::Library,
        At::Leader(_) => At::Brief,
        At::Cast { names, .. } if names.is_empty() => At::Leader(None),
        At::Cast { leader, names } => {
            At::Cast { leader: leader.clone(), names: names[..names.len() - 1].to_vec() }
        }
        At::Inject(_) => At::Injects,
        At::Options(_) => At::Decisions,
        At::Owner { decision, .. } => At::Options(decision.clone()),
        At::Rationale { decision, option, .. } => {
            At::Owner { decision: decision.clone(), option: option.clone(), typing: Typing::No }
        }
        At::Marking { .. } => At::Expected,
        At::Word { inject, action } => At::Marking { inject: inject.clone(), action: action.clone() },
        At::Person(_) => At::People,
        At::Seats | At::Account(_) | At::Row(_) | At::Hands => At::Team,
        At::Card { .. } => At::Cards,
        At::Injects
        | At::Decisions
        | At::Expected
        | At::Team
        | At::People
        | At::Cards
        | At::Note(_)
        | At::Timeline
        | At::Hints
        | At::Interrupting
        | At::Ending => At::Console,
        At::Question(_) | At::Rating(_) | At::Improvements | At::Completing(_) => At::Ratings,
        At::Reason { objective, .. } | At::Rater { objective, .. } => At::Rating(objective.clone()),
        At::Improving { .. } => At::Improvements,
    })
}

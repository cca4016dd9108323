//! What waits: the first write for the tenant's name, a step for another team, a change for the way out of a unit.

use std::collections::VecDeque;

use crate::domain::slot::Slot;
use crate::domain::write::action::Action;
use crate::journeys::message::Effect;
use crate::journeys::model::Stage;

/// What stands before the first write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Nothing: the consent is enough.
    Open,
    /// In a live tenant a person types its name first.
    AwaitsName,
}

/// The first write to a live tenant, waiting for the tenant's name.
#[derive(Debug, Clone, PartialEq)]
pub struct Naming {
    /// What was about to happen.
    pub held: Vec<Effect>,
    /// The stage it belongs to.
    pub back: Box<Stage>,
    /// What was wrong with the last answer.
    pub problem: Option<String>,
}

/// A step on its way to another team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandOver {
    /// For whom, once told.
    pub to: Option<String>,
}

/// A change of an account that has to leave its restricted units for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Errand {
    /// The change.
    pub action: Action,
    /// Ways out still to go.
    pub leaving: VecDeque<Action>,
    /// Ways out that were gone.
    pub left: Vec<Action>,
}

/// An account in a restricted unit: slot, object id, unit id, unit name.
pub type Place = (Slot, String, String, String);

impl Errand {
    /// The way out of a unit.
    pub fn leaving((slot, id, unit, name): Place) -> Action {
        Action::LeaveUnit { slot, id, unit, name }
    }

    /// The way into a unit.
    pub fn entering((slot, id, unit, name): Place) -> Action {
        Action::EnterUnit { slot, id, unit, name }
    }

    /// The way back in for a way out.
    pub fn reverse(action: Action) -> Option<Action> {
        match action {
            Action::LeaveUnit { slot, id, unit, name } => Some(Self::entering((slot, id, unit, name))),
            _ => None,
        }
    }
}

//! What waits: the first write for the tenant's name, a step for another team.

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

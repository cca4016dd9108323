//! A sign-in under way, and what is parked until it is over. Part of the model.

use crate::domain::connection::sign_in::{Demand, Prompt};
use crate::journeys::message::{NeededBy, Typed};
use crate::journeys::model::{Looking, Stage};

/// A sign-in under way.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SigningIn {
    /// What it must bring.
    pub demand: Demand,
    /// What the person is shown, once known.
    pub prompt: Option<Prompt>,
    /// What is being typed.
    pub typing: Option<Typed>,
    /// What goes on afterwards; nothing at the start.
    pub parked: Option<Parked>,
}

/// What was under way when a sign-in was needed.
#[derive(Debug, Clone, PartialEq)]
pub struct Parked {
    /// Where we were.
    pub stage: Stage,
    /// The reading under way.
    pub reading: Option<Looking>,
    /// What could not go on.
    pub by: NeededBy,
}

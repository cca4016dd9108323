//! What an exercise breaks in its own tenant, as an effect: changes by name, and who hears what they did.
//!
//! It is no write: no consent, no receipt, and no other tenant than that of an exercise takes it.

use crate::domain::exercise::scenario::Damage;
use crate::domain::trouble::Trouble;
use crate::journeys::reply::Reply;

/// Changes of the exercise's tenant that belong together: all of them are made, or none.
#[derive(Debug, Clone, PartialEq)]
pub struct Break<M> {
    /// The order that they belong to. The tenant keeps it: what a run that was killed has asked for is made once, however
    /// often it is asked for again.
    pub order: String,
    /// What is changed.
    pub changes: Vec<Damage>,
    /// Who hears what they did; or which could not be made, and why.
    pub tell: Reply<Result<Did, Trouble>, M>,
}

/// What changes did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Did {
    /// In sentences.
    pub told: Vec<String>,
    /// For how many minutes of the exercise something is out because of them, each number once.
    pub lasts: Vec<u32>,
}

impl<M: 'static> Break<M> {
    /// This, told to whoever is above.
    pub(super) fn lift<N: 'static>(self, up: fn(M) -> N) -> Break<N> {
        Break { order: self.order, changes: self.changes, tell: self.tell.lift(up) }
    }
}

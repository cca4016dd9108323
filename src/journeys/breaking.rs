//! What an exercise breaks in its own tenant, as an effect: changes by name, and who hears what they did.
//!
//! It is no write: no consent, no receipt, and no other tenant than that of an exercise takes it.

use crate::domain::exercise::scenario::Damage;
use crate::domain::trouble::Trouble;
use crate::journeys::reply::Reply;

/// Changes of the exercise's tenant, made in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Break<M> {
    /// What is changed.
    pub changes: Vec<Damage>,
    /// Whether they may have been made already.
    pub asked: Asked,
    /// Who hears what each did, in a sentence; or why one could not be made. Those before it were made then.
    pub tell: Reply<Result<Vec<String>, Trouble>, M>,
}

/// Whether changes may have been made already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// They are asked for the first time.
    Once,
    /// A run that is gone may have asked for them: those that the tenant knows are not made again.
    Again,
}

impl<M: 'static> Break<M> {
    /// This, told to whoever is above.
    pub(super) fn lift<N: 'static>(self, up: fn(M) -> N) -> Break<N> {
        Break { changes: self.changes, asked: self.asked, tell: self.tell.lift(up) }
    }
}

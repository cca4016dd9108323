//! What the checks of an exercise see: a look at its tenant by an eye of its own, so that whoever is locked out of it is
//! seen as well. It changes nothing, and what it sees is nobody's at the console.

use std::sync::Arc;

use crate::domain::facts::query::Query;
use crate::domain::facts::{Area, Facts};
use crate::journeys::reply::Reply;

/// A look at areas of the exercise's tenant, one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Observe<M> {
    /// What is looked at.
    pub areas: Vec<Area>,
    /// What is looked for.
    pub query: Query,
    /// What is known of the cloud.
    pub known: Arc<Facts>,
    /// Who hears what was seen.
    pub tell: Reply<Arc<Facts>, M>,
}

impl<M: 'static> Observe<M> {
    /// This, told to whoever is above.
    pub(super) fn lift<N: 'static>(self, up: fn(M) -> N) -> Observe<N> {
        let Self { areas, query, known, tell } = self;
        Observe { areas, query, known, tell: tell.lift(up) }
    }
}

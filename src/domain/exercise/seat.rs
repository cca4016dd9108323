//! What a run knows from its beginning of the exercise that it is.

use std::sync::Arc;

use super::event::Players;
use super::scenario::Scenario;
use super::script::Script;

/// The exercise that a run is.
#[derive(Debug, Clone, PartialEq)]
pub struct Seat {
    /// The scenario, with the organization's names in it.
    pub scenario: Arc<Scenario>,
    /// The exercise's name, which is that of its folder: `2026-11-30-block-all`.
    pub name: String,
    /// Whether a team plays.
    pub players: Players,
    /// What is played where nobody is there.
    pub script: Option<Arc<Script>>,
    /// The organization's tenant, named as behind `--tenant`.
    pub home: String,
}

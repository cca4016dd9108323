//! A service that is out for a time: every request to it is answered 503, or not at all, until the time is over.
//!
//! Unlike a fault it counts no requests, and it survives a restart of the tenant.

use serde::{Deserialize, Serialize};

use super::fault::FaultKind;
use crate::rehearsal::state::troubles::Span;

/// Services by the first part of their path.
pub const SERVICES: &[&str] = &["login", "graph", "arm", "logs"];

/// One outage.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outage {
    /// One of [`SERVICES`].
    pub service: String,
    /// What every request meets.
    pub how: FaultKind,
    /// How long.
    #[serde(flatten)]
    pub span: Span,
}

/// What a request to that path meets now.
pub fn in_force(outages: &[Outage], path: &str, now: i64) -> Option<FaultKind> {
    let service = path.split('/').nth(1).unwrap_or_default();
    let hit = outages.iter().find(|outage| outage.service == service && outage.span.lasts(now));
    hit.map(|outage| outage.how)
}

//! A role that is held or could be: until when, by this tenant's own clock or by that of an exercise.

use serde::{Deserialize, Serialize};

use super::time::MINUTE;
use super::troubles::Ordered;

/// A directory role held, or one that could be activated.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Assignment {
    pub id: String,
    pub principal: String,
    /// Template id.
    pub role: String,
    pub scope: String,
    pub starts_at: i64,
    pub ends_at: Option<i64>,
    /// An eligible assignment that was activated for a while.
    pub activated: bool,
    /// Found by lists from then on.
    pub listed_at: i64,
    /// Who says when it has ended, by another clock than this tenant's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered: Option<Ordered>,
}

impl Assignment {
    /// Whether it counts at that moment.
    pub fn active(&self, now: i64) -> bool {
        self.starts_at <= now && !self.has_ended(now)
    }

    /// Whether it has ended at that moment.
    pub fn has_ended(&self, now: i64) -> bool {
        self.ordered.is_none() && self.ends_at.is_some_and(|end| end <= now)
    }

    /// When it ends, as far as that is known at that moment: what another clock ends is never past before that says so.
    pub fn end(&self, now: i64) -> Option<i64> {
        let soonest = if self.ordered.is_some() { now + MINUTE } else { i64::MIN };
        self.ends_at.map(|end| end.max(soonest))
    }
}

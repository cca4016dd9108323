//! What shows late: writes that were accepted and that other parts of the services do not know yet.
//!
//! Microsoft documents none of these lags; each was reported by users (contract 0 and 3). All are off until the control
//! port asks for one, in tenant seconds.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How late each shows, tenant seconds; 0 is at once.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Lags {
    /// A new group, to Conditional Access policies.
    #[serde(default)]
    pub groups_in_policies: i64,
    /// A changed policy, to whoever reads it.
    #[serde(default)]
    pub policy_reads: i64,
    /// A new membership, to What-If.
    #[serde(default)]
    pub memberships_in_what_if: i64,
    /// Policies as they are read still.
    #[serde(default)]
    read_still: Vec<Before>,
}

/// A policy as it was before its change.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Before {
    id: String,
    body: Value,
    until: i64,
}

impl Lags {
    /// A policy that was kept as it was, where it is read so still.
    fn before(&self, id: &str, now: i64) -> Option<&Value> {
        let kept = self.read_still.iter().filter(|before| before.until > now);
        kept.into_iter().find(|before| before.id == id).map(|before| &before.body)
    }

    /// A policy as it is read at this moment: `body`, or what it was before.
    pub fn read(&self, body: &Value, now: i64) -> Value {
        self.before(body["id"].as_str().unwrap_or_default(), now).unwrap_or(body).clone()
    }

    /// Keeps what a policy is before its change, read still until then.
    pub fn keep(&mut self, body: &Value, now: i64, until: i64) {
        self.read_still.retain(|before| before.until > now);
        let id = body["id"].as_str().unwrap_or_default();
        match self.read_still.iter_mut().find(|before| before.id == id) {
            Some(before) => before.until = until,
            None => self.read_still.push(Before { id: id.to_owned(), body: body.clone(), until }),
        }
    }
}

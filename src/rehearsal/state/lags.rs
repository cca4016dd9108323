//! What shows late: writes that were accepted and that other parts of the services do not know yet.
//!
//! Microsoft documents none of these lags; each was reported by users (contract 0 and 3). All are off until the control
//! port asks for one, in tenant seconds. They count from the first time that somebody looks, so that whoever looks meets
//! each of them, however fast the rehearsal is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How late each shows, tenant seconds; 0 is at once.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Lags {
    /// A new group, to Conditional Access policies.
    pub groups_in_policies: i64,
    /// A changed policy, to whoever reads it.
    pub policy_reads: i64,
    /// A new membership, to What-If.
    pub memberships_in_what_if: i64,
    /// Since when, milliseconds since 1970: what is older is known everywhere.
    pub from: i64,
    /// Groups made since, and when a policy first named each.
    named: BTreeMap<String, i64>,
    /// Policies as they are read still.
    read_still: Vec<Before>,
    /// Memberships made since, as group and member, and when What-If was first asked about each.
    joined: Vec<Joined>,
}

/// A policy as it was before its change.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Before {
    id: String,
    body: Value,
    /// When it was first read.
    since: Option<i64>,
}

/// A membership that What-If may not know yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Joined {
    group: String,
    member: String,
    /// When What-If was first asked about the member.
    since: Option<i64>,
}

impl Lags {
    /// Whether Conditional Access knows a group by `now`, `lag` milliseconds after it was first named.
    pub fn knows_group(&mut self, id: &str, now: i64, lag: i64) -> bool {
        lag == 0 || *self.named.entry(id.to_owned()).or_insert(now) + lag <= now
    }

    /// Keeps what a policy is before its change.
    pub fn keep(&mut self, body: &Value) {
        let id = body["id"].as_str().unwrap_or_default();
        match self.read_still.iter_mut().find(|before| before.id == id) {
            Some(before) => before.since = None,
            None => self.read_still.push(Before { id: id.to_owned(), body: body.clone(), since: None }),
        }
    }

    /// A policy as it is read at `now`: `body`, or what it was before.
    pub fn read(&mut self, body: &Value, now: i64, lag: i64) -> Value {
        let id = body["id"].as_str().unwrap_or_default();
        self.read_still.retain(|before| before.since.is_none_or(|since| since + lag > now));
        let before = self.read_still.iter_mut().find(|before| before.id == id);
        before
            .map_or(body, |before| {
                before.since.get_or_insert(now);
                &before.body
            })
            .clone()
    }

    /// Somebody became a member of a group.
    pub fn join(&mut self, group: &str, member: &str) {
        if self.memberships_in_what_if == 0 {
            return;
        }
        self.joined.push(Joined { group: group.to_owned(), member: member.to_owned(), since: None });
    }

    /// The groups that What-If does not know `member` to be in yet.
    pub fn unknown_of(&mut self, member: &str, now: i64, lag: i64) -> Vec<String> {
        self.joined.retain(|joined| joined.since.is_none_or(|since| since + lag > now));
        let mine = self.joined.iter_mut().filter(|joined| joined.member == member);
        mine.map(|joined| {
            joined.since.get_or_insert(now);
            joined.group.clone()
        })
        .collect()
    }
}

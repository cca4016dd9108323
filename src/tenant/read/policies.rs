//! Conditional Access policies and security defaults (contract 6 and 7). Policies are kept whole, as they came.

use serde_json::Value;

use crate::domain::facts::policy::Policy;
use crate::domain::trouble::Trouble;
use crate::tenant::fault::Fault;
use crate::tenant::session::Session;

use super::{Reader, escaped, no_p1};

/// Every policy.
pub(super) async fn policies(reader: &Reader<'_>) -> Result<Vec<Policy>, Fault> {
    if reader.lacks_p1() {
        return Err(no_p1());
    }
    let raw: Vec<Value> = reader.session.graph_list("/identity/conditionalAccess/policies").await?;
    raw.into_iter().map(known).collect()
}

/// One policy, fresh.
pub(in crate::tenant) async fn policy(session: &Session, id: &str) -> Result<Policy, Fault> {
    known(session.graph(&format!("/identity/conditionalAccess/policies/{}", escaped(id))).await?)
}

fn known(mut raw: Value) -> Result<Policy, Fault> {
    if let Some(members) = raw.as_object_mut() {
        // A note about the answer, not a part of the policy.
        members.retain(|name, _| !name.starts_with("@odata."));
    }
    Policy::from_raw(&raw).ok_or_else(|| {
        let why = "A policy came without its id.";
        Trouble::new("The policies could not be read.", why, "Try again.").into()
    })
}

/// Whether security defaults are on. An answer that does not say so is no answer.
pub(super) async fn defaults(reader: &Reader<'_>) -> Result<bool, Fault> {
    let raw: Value = reader.session.graph("/policies/identitySecurityDefaultsEnforcementPolicy").await?;
    raw["isEnabled"].as_bool().ok_or_else(|| {
        let why = "The answer does not say whether they are on.";
        Trouble::new("Security defaults could not be read.", why, "Look in the portal.").into()
    })
}

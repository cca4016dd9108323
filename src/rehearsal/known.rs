//! What a rehearsal tenant is called, and who and what in it goes by which name: for texts that speak of it.

use serde_json::Value;

use super::http::json::text;
use super::state::model::State;

/// Names of a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its own.
    pub tenant: String,
    /// Its initial domain.
    pub domain: String,
    /// The domain of its everyday accounts.
    pub other_domain: String,
    /// The sign-in name of the person at the console.
    pub operator: String,
    /// Conditional Access policies that are in force.
    pub in_force: Vec<String>,
}

impl Known {
    pub(super) fn of(state: &State) -> Self {
        let named = |flag: &str| state.domains.iter().find(|domain| domain[flag] == true);
        let name = |domain: Option<&Value>| {
            domain.and_then(|domain| domain["id"].as_str()).unwrap_or_default().to_owned()
        };
        let operator = state.users.iter().find(|user| user.id() == state.operator);
        let enabled = state.policies.iter().filter(|policy| policy.body["state"] == "enabled");
        Self {
            tenant: state.organization["displayName"].as_str().unwrap_or_default().to_owned(),
            domain: name(named("isInitial")),
            other_domain: name(named("isDefault")),
            operator: operator
                .map(|user| text(&user.body, "userPrincipalName").to_owned())
                .unwrap_or_default(),
            in_force: enabled.map(|policy| policy.name().to_owned()).collect(),
        }
    }
}

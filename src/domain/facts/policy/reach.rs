//! Whom a policy includes and excludes, as sets: read from the object once, so that no check walks through JSON.

use std::collections::BTreeSet;

use serde_json::Value;

use super::is_nothing;

/// Why a policy is not given the exclusion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotExclude {
    /// It applies to service principals.
    WorkloadIdentities,
    /// It applies to agent identities.
    AgentIdentities,
    /// It applies to no user (`includeUsers: None`, or no users at all).
    NoUsers,
}

impl CannotExclude {
    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            CannotExclude::WorkloadIdentities => "applies to workload identities, not to users",
            CannotExclude::AgentIdentities => "applies to agent identities, not to users",
            CannotExclude::NoUsers => "applies to no user at all",
        }
    }
}

/// Whom a policy is about.
#[derive(Debug)]
pub(super) struct Reach {
    /// `includeUsers`: ids, or `All`, `None`, `GuestsOrExternalUsers`.
    pub users: BTreeSet<String>,
    /// `includeGroups`.
    pub groups: BTreeSet<String>,
    /// `includeRoles`.
    pub roles: BTreeSet<String>,
    /// Whether `includeGuestsOrExternalUsers` says anything.
    pub guests: bool,
    /// `excludeUsers`.
    pub excluded_users: BTreeSet<String>,
    /// `excludeGroups`: few, and in their order, because the whole list is sent back with one more.
    pub excluded_groups: Vec<String>,
    /// Why it cannot or need not exclude users.
    pub cannot_exclude: Option<CannotExclude>,
}

impl Reach {
    /// Whom the policy `raw` is about; what is missing is empty.
    pub(super) fn of(raw: &Value) -> Self {
        let users = &raw["conditions"]["users"];
        let ids = |field: &str| strings(&users[field]).map(str::to_owned);
        let mut reach = Self {
            users: ids("includeUsers").collect(),
            groups: ids("includeGroups").collect(),
            roles: ids("includeRoles").collect(),
            guests: !users["includeGuestsOrExternalUsers"].is_null(),
            excluded_users: ids("excludeUsers").collect(),
            excluded_groups: ids("excludeGroups").collect(),
            cannot_exclude: None,
        };
        reach.cannot_exclude = not_for_users(&raw["conditions"]["clientApplications"])
            .or_else(|| reach.is_for_agents().then_some(CannotExclude::AgentIdentities))
            .or_else(|| reach.is_for_nobody().then_some(CannotExclude::NoUsers));
        reach
    }

    /// It names nobody: none at all, or `None` by name.
    fn is_for_nobody(&self) -> bool {
        let others = !self.groups.is_empty() || !self.roles.is_empty() || self.guests;
        !others && self.users.iter().all(|user| user == "None")
    }

    /// How v1.0 shows such a policy is UNVERIFIED (contract 16).
    fn is_for_agents(&self) -> bool {
        let others = !self.groups.is_empty() || !self.roles.is_empty() || self.guests;
        !others && self.users.len() == 1 && self.users.contains("AllAgentIdUsers")
    }
}

/// Policies for applications and agents stand beside those for users in the same list (contract 6, skip rules).
fn not_for_users(clients: &Value) -> Option<CannotExclude> {
    if strings(&clients["includeServicePrincipals"]).next().is_some() {
        return Some(CannotExclude::WorkloadIdentities);
    }
    let agents = |key: &str| key.to_ascii_lowercase().contains("agent");
    let mut members = clients.as_object().into_iter().flatten();
    members.any(|(key, value)| agents(key) && !is_nothing(value)).then_some(CannotExclude::AgentIdentities)
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn why(conditions: &Value) -> Option<CannotExclude> {
        Reach::of(&json!({"id": "p", "conditions": conditions})).cannot_exclude
    }

    #[test]
    fn a_policy_for_nobody_needs_no_exclusion_unless_it_names_others() {
        assert_eq!(why(&json!({"users": {"includeUsers": ["None"]}})), Some(CannotExclude::NoUsers));
        assert_eq!(why(&json!({"users": {"includeUsers": ["None"], "includeRoles": ["r"]}})), None);
        assert_eq!(
            why(&json!({"users": {"includeUsers": ["None"], "includeGuestsOrExternalUsers": {}}})),
            None
        );
    }

    #[test]
    fn agents_are_no_users_where_some_are_named() {
        let agents = |ids: &Value| {
            json!({"users": {"includeUsers": ["All"]},
                "clientApplications": {"includeAgentIdServicePrincipals": ids}})
        };
        assert_eq!(why(&agents(&json!(["a"]))), Some(CannotExclude::AgentIdentities));
        assert_eq!(why(&agents(&json!([]))), None);
        let named = |users: &Value| json!({"users": {"includeUsers": users}});
        assert_eq!(why(&named(&json!(["AllAgentIdUsers"]))), Some(CannotExclude::AgentIdentities));
        assert_eq!(why(&named(&json!(["AllAgentIdUsers", "All"]))), None);
    }

    #[test]
    fn what_is_missing_or_null_is_empty() {
        let reach = Reach::of(&json!({"id": "p", "conditions": {"users": null}}));
        assert!(reach.users.is_empty() && reach.excluded_groups.is_empty() && !reach.guests);
        assert_eq!(reach.cannot_exclude, Some(CannotExclude::NoUsers));
    }
}

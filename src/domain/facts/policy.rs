//! Conditional Access policies: which can exclude users, which already do, and whether a change was only ours.
//!
//! A policy is kept exactly as it was read, because after a change the whole of it is compared (promise 6).

use serde_json::Value;

use crate::domain::text::clean;

/// How the names of policies begin that Microsoft made and keeps (contract 6, UNVERIFIED).
pub const MICROSOFT_MANAGED: &str = "Microsoft-managed";

/// A Conditional Access policy as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Object id.
    pub id: String,
    /// Display name, cleaned.
    pub name: String,
    /// `state`.
    pub state: State,
    /// The whole object, as the server sent it.
    pub raw: Value,
}

/// The state of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Switched off; the least dangerous to change.
    Disabled,
    /// Only reported.
    ReportOnly,
    /// Enforced.
    Enabled,
}

/// Why a policy is not given the exclusion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotExclude {
    /// It applies to service principals.
    WorkloadIdentities,
    /// It applies to agent identities.
    AgentIdentities,
    /// It applies to no user (`includeUsers: None`).
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

impl Policy {
    /// A policy from the server's object; `None` when it has no id.
    pub fn from_raw(raw: Value) -> Option<Self> {
        let id = raw.get("id")?.as_str()?.to_owned();
        let name = clean(raw.get("displayName").and_then(Value::as_str).unwrap_or("(no name)"));
        let state = match raw.get("state").and_then(Value::as_str) {
            Some("disabled") => State::Disabled,
            Some("enabledForReportingButNotEnforced") => State::ReportOnly,
            // An unknown state is treated as the most dangerous one.
            _ => State::Enabled,
        };
        Some(Self { id, name, state, raw })
    }

    /// The ids in `conditions.users.<field>`.
    pub fn users(&self, field: &str) -> Vec<&str> {
        strings(self.raw.pointer(&format!("/conditions/users/{field}")))
    }

    /// Why this policy cannot or need not exclude users (contract 6, skip rules).
    pub fn cannot_exclude(&self) -> Option<CannotExclude> {
        let clients = self.raw.pointer("/conditions/clientApplications");
        if let Some(clients) = clients.filter(|c| !c.is_null()) {
            if !strings(clients.get("includeServicePrincipals")).is_empty() {
                return Some(CannotExclude::WorkloadIdentities);
            }
            let agents = |key: &str| key.to_ascii_lowercase().contains("agent");
            if clients.as_object().is_some_and(|o| o.iter().any(|(k, v)| agents(k) && is_filled(v))) {
                return Some(CannotExclude::AgentIdentities);
            }
        }
        let includes = self.users("includeUsers");
        (includes == ["None"] && !self.includes_others()).then_some(CannotExclude::NoUsers)
    }

    fn includes_others(&self) -> bool {
        let guests = self.raw.pointer("/conditions/users/includeGuestsOrExternalUsers");
        !self.users("includeGroups").is_empty()
            || !self.users("includeRoles").is_empty()
            || guests.is_some_and(|g| !g.is_null())
    }

    /// Whether the policy excludes the group.
    pub fn excludes_group(&self, group: &str) -> bool {
        self.users("excludeGroups").contains(&group)
    }

    /// Whether the policy excludes every one of `accounts` by id.
    pub fn excludes_each(&self, accounts: &[String]) -> bool {
        let excluded = self.users("excludeUsers");
        !accounts.is_empty() && accounts.iter().all(|id| excluded.contains(&id.as_str()))
    }

    /// Whether the policy includes nobody but `group` or `accounts`: it is aimed at these accounts on purpose.
    pub fn is_aimed_only_at(&self, group: Option<&str>, accounts: &[String]) -> bool {
        let users = self.users("includeUsers");
        let groups = self.users("includeGroups");
        let named = !users.is_empty() || !groups.is_empty();
        let guests = self.raw.pointer("/conditions/users/includeGuestsOrExternalUsers");
        named
            && users.iter().all(|u| accounts.iter().any(|a| a == u))
            && groups.iter().all(|g| Some(*g) == group)
            && self.users("includeRoles").is_empty()
            && guests.is_none_or(Value::is_null)
    }

    /// Whether Microsoft manages the policy; the name prefix is the only sign (contract 6, UNVERIFIED).
    pub fn is_microsoft_managed(&self) -> bool {
        self.name.starts_with(MICROSOFT_MANAGED)
    }

    /// `excludeGroups` with `group` added, in the order it had.
    pub fn excluded_groups_with(&self, group: &str) -> Vec<String> {
        let mut ids: Vec<String> = self.users("excludeGroups").iter().map(|s| (*s).to_owned()).collect();
        if !ids.iter().any(|id| id == group) {
            ids.push(group.to_owned());
        }
        ids
    }

    /// The same policy without `groups` among its excluded groups: ids of groups that are gone, which Entra would
    /// refuse when they are sent back.
    #[must_use]
    pub fn without_groups(&self, groups: &[String]) -> Policy {
        let mut changed = self.clone();
        if let Some(Value::Array(ids)) = changed.raw.pointer_mut("/conditions/users/excludeGroups") {
            ids.retain(|id| !groups.iter().any(|gone| *id == gone.as_str()));
        }
        changed
    }

    /// The same policy with `group` among its excluded groups.
    #[must_use]
    pub fn with_group_excluded(&self, group: &str) -> Policy {
        let mut changed = self.clone();
        let ids = self.excluded_groups_with(group);
        if let Some(users) = changed.raw.pointer_mut("/conditions/users").and_then(Value::as_object_mut) {
            users.insert("excludeGroups".to_owned(), Value::from(ids));
        }
        changed
    }

    /// The paths at which `self` differs from `expected`, `modifiedDateTime` and OData notes apart.
    ///
    /// Lists are compared as sets, because their order means nothing to Conditional Access.
    pub fn differences(&self, expected: &Policy) -> Vec<String> {
        let mut paths = Vec::new();
        compare(&self.raw, &expected.raw, &mut Path { at: String::new(), found: &mut paths });
        paths
    }
}

struct Path<'a> {
    at: String,
    found: &'a mut Vec<String>,
}

fn compare(now: &Value, then: &Value, path: &mut Path<'_>) {
    match (now, then) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys.into_iter().filter(|k| !is_noise(k)) {
                let at = format!("{}/{key}", path.at);
                let (x, y) = (a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null));
                compare(x, y, &mut Path { at, found: path.found });
            }
        }
        (Value::Array(a), Value::Array(b)) if same_set(a, b) => {}
        (a, b) if a == b => {}
        _ => path.found.push(path.at.clone()),
    }
}

fn is_noise(key: &str) -> bool {
    key == "modifiedDateTime" || key.contains('@')
}

fn same_set(a: &[Value], b: &[Value]) -> bool {
    a.len() == b.len() && a.iter().all(|x| b.contains(x))
}

fn is_filled(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

fn strings(value: Option<&Value>) -> Vec<&str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn policy(users: &Value) -> Policy {
        Policy::from_raw(
            json!({"id": "p", "displayName": "P", "state": "enabled", "conditions": {"users": users}}),
        )
        .expect("has an id")
    }

    #[test]
    fn adding_a_group_changes_nothing_else() {
        let before = policy(&json!({"includeUsers": ["All"], "excludeGroups": ["a"]}));
        let after = before.with_group_excluded("g");
        assert_eq!(after.users("excludeGroups"), ["a", "g"]);
        assert_eq!(after.differences(&before), ["/conditions/users/excludeGroups"]);
    }

    #[test]
    fn the_order_of_a_list_and_the_date_of_change_are_no_difference() {
        let mut a = policy(&json!({"excludeGroups": ["a", "b"]}));
        let b = policy(&json!({"excludeGroups": ["b", "a"]}));
        a.raw["modifiedDateTime"] = json!("2026-01-01T00:00:00Z");
        assert!(a.differences(&b).is_empty());
    }

    #[test]
    fn a_policy_for_service_principals_cannot_exclude_users() {
        let raw =
            json!({"id": "p", "conditions": {"clientApplications": {"includeServicePrincipals": ["x"]}}});
        let policy = Policy::from_raw(raw).expect("has an id");
        assert_eq!(policy.cannot_exclude(), Some(CannotExclude::WorkloadIdentities));
    }

    #[test]
    fn a_policy_for_the_group_alone_is_aimed_at_it() {
        assert!(policy(&json!({"includeGroups": ["g"]})).is_aimed_only_at(Some("g"), &[]));
        assert!(!policy(&json!({"includeUsers": ["All"]})).is_aimed_only_at(Some("g"), &[]));
        assert!(
            !policy(&json!({"includeGroups": ["g"], "includeRoles": ["r"]})).is_aimed_only_at(Some("g"), &[])
        );
    }
}

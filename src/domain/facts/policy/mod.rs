//! Conditional Access policies: which can exclude users, which already do, and whether a change was only ours.
//!
//! A policy is read into sets once, when it comes from the wire; every question is answered from them. The object itself
//! is kept exactly as it was read, because after a change the whole of it is compared (promise 6), and because the record
//! and a restore need it. Nothing is changed in place: each change makes another policy, sets and all.

use std::sync::Arc;

use serde_json::Value;

use crate::domain::text::clean;

mod compare;
mod demands;
mod reach;

pub use demands::{Demands, Strength};
pub use reach::CannotExclude;
use reach::Reach;

/// How the names of policies begin that Microsoft made and keeps (contract 6, UNVERIFIED).
pub const MICROSOFT_MANAGED: &str = "Microsoft-managed";

/// A Conditional Access policy as it was read.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Object id.
    pub id: String,
    /// Display name, cleaned.
    pub name: String,
    /// `state`.
    pub state: State,
    /// The whole object, as the server sent it: as JSON text, a tenth of what the object itself takes.
    text: Arc<str>,
    reach: Arc<Reach>,
}

/// Everything else was read from the whole object.
impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
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

impl Policy {
    /// A policy from the server's object; `None` when it has no id.
    pub fn from_raw(raw: &Value) -> Option<Self> {
        let id = raw.get("id")?.as_str()?.to_owned();
        let name = clean(raw.get("displayName").and_then(Value::as_str).unwrap_or("(no name)"));
        let state = match raw.get("state").and_then(Value::as_str) {
            Some("disabled") => State::Disabled,
            Some("enabledForReportingButNotEnforced") => State::ReportOnly,
            // An unknown state is treated as the most dangerous one.
            _ => State::Enabled,
        };
        let reach = Arc::new(Reach::of(raw));
        Some(Self { id, name, state, text: raw.to_string().into(), reach })
    }

    /// The whole object, as the server sent it.
    pub fn raw(&self) -> Value {
        // It was written from such an object, so it can be read.
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// Why this policy cannot or need not exclude users (contract 6, skip rules).
    pub fn cannot_exclude(&self) -> Option<CannotExclude> {
        self.reach.cannot_exclude
    }

    /// The ids of the groups it excludes, in the order they came.
    pub fn excluded_groups(&self) -> &[String] {
        &self.reach.excluded_groups
    }

    /// The ids of the users it excludes; words like `GuestsOrExternalUsers` among them.
    pub fn excluded_users(&self) -> impl Iterator<Item = &str> {
        self.reach.excluded_users.iter().map(String::as_str)
    }

    /// Whether the policy excludes the group.
    pub fn excludes_group(&self, group: &str) -> bool {
        self.excluded_groups().iter().any(|id| id == group)
    }

    /// Whether the id stands anywhere in the policy.
    pub fn names(&self, id: &str) -> bool {
        self.text.to_ascii_lowercase().contains(&id.to_ascii_lowercase())
    }

    /// Whether the policy excludes every one of `accounts` by id.
    pub fn excludes_each(&self, accounts: &[String]) -> bool {
        !accounts.is_empty() && accounts.iter().all(|id| self.reach.excluded_users.contains(id))
    }

    /// Whether the policy includes nobody but `group` or `accounts`: it is aimed at these accounts on purpose.
    pub fn is_aimed_only_at(&self, group: Option<&str>, accounts: &[String]) -> bool {
        let reach = &self.reach;
        let named = !reach.users.is_empty() || !reach.groups.is_empty();
        named
            && reach.users.iter().all(|id| accounts.contains(id))
            && reach.groups.iter().all(|id| Some(id.as_str()) == group)
            && reach.roles.is_empty()
            && !reach.guests
    }

    /// What it asks of whom it reaches.
    pub fn demands(&self) -> Demands {
        Demands::of(&self.raw())
    }

    /// Whether Microsoft manages the policy; the name prefix is the only sign (contract 6, UNVERIFIED).
    pub fn is_microsoft_managed(&self) -> bool {
        self.name.starts_with(MICROSOFT_MANAGED)
    }

    /// `excludeGroups` with `group` added, in the order it had.
    pub fn excluded_groups_with(&self, group: &str) -> Vec<String> {
        let mut ids = self.excluded_groups().to_vec();
        if !self.excludes_group(group) {
            ids.push(group.to_owned());
        }
        ids
    }

    /// This policy without `groups` among its excluded groups: ids of groups that are gone, which Entra would
    /// refuse when they are sent back.
    #[must_use]
    pub fn without_groups(&self, groups: &[String]) -> Policy {
        if !self.excluded_groups().iter().any(|id| groups.contains(id)) {
            return self.clone();
        }
        self.changed(|raw| {
            if let Some(Value::Array(ids)) = raw.pointer_mut("/conditions/users/excludeGroups") {
                ids.retain(|id| !groups.iter().any(|gone| *id == gone.as_str()));
            }
        })
    }

    /// This policy with `group` among its excluded groups.
    #[must_use]
    pub fn with_group_excluded(&self, group: &str) -> Policy {
        let ids = self.excluded_groups_with(group);
        self.changed(|raw| {
            if let Some(users) = raw.pointer_mut("/conditions/users").and_then(Value::as_object_mut) {
                users.insert("excludeGroups".to_owned(), Value::from(ids));
            }
        })
    }

    /// This policy, enabled.
    #[must_use]
    pub fn as_enabled(&self) -> Policy {
        self.changed(|raw| raw["state"] = "enabled".into())
    }

    /// Another policy of a copy of the object; a change that takes its id away is none.
    fn changed(&self, change: impl FnOnce(&mut Value)) -> Policy {
        let mut raw = self.raw();
        change(&mut raw);
        Self::from_raw(&raw).unwrap_or_else(|| self.clone())
    }

    /// Whether `self` means what `expected` means.
    pub fn is_like(&self, expected: &Policy) -> bool {
        self.differences(expected).is_empty()
    }

    /// Whether Microsoft filled in a default of its own that `expected` does not spell out.
    pub fn has_default_that_lacks(&self, expected: &Policy) -> bool {
        compare::has_default_that_lacks(&self.raw(), &expected.raw())
    }

    /// The paths at which `self` differs from `expected`, `modifiedDateTime`, OData notes and a default that Microsoft
    /// filled in apart.
    ///
    /// Lists are compared as sets, because their order means nothing to Conditional Access.
    pub fn differences(&self, expected: &Policy) -> Vec<String> {
        compare::differences(&self.raw(), &expected.raw())
    }
}

/// Null, missing and an empty list or object all say nothing.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn policy(users: &Value) -> Policy {
        Policy::from_raw(
            &json!({"id": "p", "displayName": "P", "state": "disabled", "conditions": {"users": users}}),
        )
        .expect("has an id")
    }

    #[test]
    fn adding_a_group_changes_nothing_else() {
        let before = policy(&json!({"includeUsers": ["All"], "excludeGroups": ["a"]}));
        let after = before.with_group_excluded("g");
        assert_eq!(after.excluded_groups(), ["a", "g"]);
        assert_eq!(after.differences(&before), ["/conditions/users/excludeGroups"]);
    }

    #[test]
    fn the_order_of_a_list_and_the_date_of_change_are_no_difference() {
        let a = policy(&json!({"excludeGroups": ["a", "b"]}));
        let b = policy(&json!({"excludeGroups": ["b", "a"]}));
        let a = a.changed(|raw| raw["modifiedDateTime"] = json!("2026-01-01T00:00:00Z"));
        assert!(a.differences(&b).is_empty());
    }

    #[test]
    fn a_changed_policy_answers_from_what_it_is_now() {
        let before = policy(&json!({"includeGroups": ["g"], "excludeGroups": ["gone", "a"]}));
        let after = before.without_groups(&["gone".to_owned()]).with_group_excluded("g").as_enabled();
        assert_eq!(after.excluded_groups(), ["a", "g"]);
        assert_eq!(after.state, State::Enabled);
        assert_eq!(after, Policy::from_raw(&after.raw()).expect("has an id"));
        assert_eq!(after.differences(&before), ["/conditions/users/excludeGroups", "/state"]);
    }

    #[test]
    fn a_policy_for_service_principals_cannot_exclude_users() {
        let raw =
            json!({"id": "p", "conditions": {"clientApplications": {"includeServicePrincipals": ["x"]}}});
        let policy = Policy::from_raw(&raw).expect("has an id");
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

    #[test]
    fn accounts_excluded_one_by_one_are_all_of_them() {
        let policy = policy(&json!({"excludeUsers": ["a", "b", "c"]}));
        assert!(policy.excludes_each(&["a".to_owned(), "b".to_owned()]));
        assert!(!policy.excludes_each(&["a".to_owned(), "d".to_owned()]));
        assert!(!policy.excludes_each(&[]));
    }
}

//! The directory audit: one line for every change, readable about two tenant minutes later.
//!
//! Names of activities are Microsoft's; that a change of a policy is told by the service "Conditional Access" in the
//! category "Policy" is UNVERIFIED on the wire.

use serde_json::{Value, json};

use super::model::{Logged, State};
use super::world::World;
use crate::rehearsal::identity::hashing;

impl World {
    /// Writes what was done by whom to which objects.
    pub fn audit(&mut self, activity: &str, by: &str, targets: &[&str]) {
        let upn = self.state().users.iter().find(|user| user.id() == by).map(|user| user.upn().to_owned());
        let targets: Vec<Value> = targets.iter().map(|id| target(self.state(), id)).collect();
        let (service, category) = told_by(activity);
        let body = json!({
            "id": hashing::new_id(), "activityDateTime": self.stamp(), "activityDisplayName": activity,
            "category": category, "correlationId": hashing::new_id(), "loggedByService": service,
            "operationType": activity.split(' ').next(), "result": "success", "resultReason": "",
            "initiatedBy": {"app": null, "user": {"id": by, "userPrincipalName": upn}},
            "targetResources": targets, "additionalDetails": []});
        let visible_at = self.now + self.minutes(2);
        let entry = Logged { body, happened_at: self.now, visible_at };
        self.edit().audits.push(entry);
    }
}

/// Service and category of an activity.
fn told_by(activity: &str) -> (&'static str, &'static str) {
    let is = |word: &str| activity.to_lowercase().contains(word);
    if is("conditional access") {
        ("Conditional Access", "Policy")
    } else if is("(pim)") {
        ("PIM", "RoleManagement")
    } else if is("security info") {
        ("Authentication Methods", "UserManagement")
    } else if is("role") {
        ("Core Directory", "RoleManagement")
    } else if is("group") {
        ("Core Directory", "GroupManagement")
    } else if is("user") || is("account") || is("tokenvalidfrom") {
        ("Core Directory", "UserManagement")
    } else {
        ("Core Directory", "Policy")
    }
}

fn target(state: &State, id: &str) -> Value {
    let shown = |kind: &str, name: Option<&str>, upn: Option<&str>| json!({"id": id, "type": kind, "displayName": name, "userPrincipalName": upn, "modifiedProperties": []});
    let mut users = state.users.iter().chain(&state.deleted_users);
    if let Some(user) = users.find(|user| user.id() == id) {
        return shown("User", user.body.get("displayName").and_then(Value::as_str), Some(user.upn()));
    }
    let mut groups = state.groups.iter().chain(&state.deleted_groups);
    if let Some(group) = groups.find(|group| group.id() == id) {
        return shown("Group", Some(group.name()), None);
    }
    match state.policies.iter().find(|policy| policy.id() == id) {
        Some(policy) => shown("Policy", Some(policy.name()), None),
        None => shown("Other", None, None),
    }
}

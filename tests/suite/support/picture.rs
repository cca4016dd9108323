//! What a tenant came to, without what differs between two runs that did the same: ids, times, salts, the order of lists.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::states::names;

/// The parts of a tenant's state that a setup changes, and those that nothing may change.
const PARTS: [&str; 16] = [
    "users",
    "deleted_users",
    "groups",
    "deleted_groups",
    "assignments",
    "eligibilities",
    "schedule_requests",
    "role_rules",
    "policies",
    "strengths",
    "locations",
    "methods_policy",
    "configurations",
    "security_defaults",
    "units",
    "azure",
];
/// Members that differ from run to run.
const PASSING: [&str; 17] = [
    "password",
    "salt",
    "digest",
    "beside",
    "starts_at",
    "listed_at",
    "visible_at",
    "known_at",
    "changed_at",
    "providers",
    "receivers",
    "notifications",
    "operations",
    "rows",
    "lines",
    "logs",
    "tests",
];

/// The picture of `state`.
pub fn of(state: &Value) -> Value {
    let names = names(state);
    let mut parts = BTreeMap::new();
    for part in PARTS {
        let mut value = state[part].clone();
        settle(&mut value, &names);
        parts.insert(part, value);
    }
    json!(parts)
}

fn settle(value: &mut Value, names: &BTreeMap<String, String>) {
    match value {
        Value::Object(members) => {
            members.retain(|key, value| !passes(key, value));
            members.values_mut().for_each(|value| settle(value, names));
        }
        Value::Array(items) => {
            items.retain(|item| !is_moment(item));
            for item in items.iter_mut() {
                settle(item, names);
            }
            items.sort_by_key(Value::to_string);
        }
        Value::String(text) => {
            for (id, name) in names {
                if text.contains(id.as_str()) {
                    *text = text.replace(id.as_str(), name);
                }
            }
            if text.parse::<uuid::Uuid>().is_ok() || text.parse::<jiff::Timestamp>().is_ok() {
                "…".clone_into(text);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Milliseconds since 1970.
fn is_moment(value: &Value) -> bool {
    value.as_i64().is_some_and(|number| number > 1_000_000_000_000)
}

fn passes(key: &str, value: &Value) -> bool {
    let is_own_id = key == "id" && value.as_str().is_some_and(|id| id.parse::<uuid::Uuid>().is_ok());
    is_moment(value) || is_own_id || key.ends_with("DateTime") || PASSING.contains(&key)
}

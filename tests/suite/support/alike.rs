//! What two tenants have in common when one of them was set up without a break and the other by runs that were killed: all
//! but times, ids, secrets, logs, and how often somebody was told.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::states::names;

/// What makes a tenant: everything else is a log, a token, or made for the rehearsal.
const PARTS: [&str; 14] = [
    "users",
    "deleted_users",
    "groups",
    "deleted_groups",
    "assignments",
    "eligibilities",
    "policies",
    "methods_policy",
    "configurations",
    "security_defaults",
    "authorization",
    "units",
    "azure",
    "strengths",
];
/// What differs from run to run and means nothing: secrets, moments, what was sent to people.
const VOLATILE: [&str; 4] = ["password", "notifications", "passcodes", "madeAt"];

/// The tenant without what differs from run to run, its objects called by their names.
pub fn essence(state: &Value) -> Value {
    let names = names(state);
    let parts = PARTS.iter().map(|part| ((*part).to_owned(), scrubbed(&state[*part], &names)));
    Value::Object(parts.collect())
}

fn scrubbed(value: &Value, names: &BTreeMap<String, String>) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(key, _)| !VOLATILE.contains(&key.as_str()));
            Value::Object(kept.map(|(key, one)| (key.clone(), scrubbed(one, names))).collect::<Map<_, _>>())
        }
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(|one| scrubbed(one, names)).collect();
            items.sort_by_key(ToString::to_string);
            Value::Array(items)
        }
        Value::String(text) => Value::String(plain(text, names)),
        // Milliseconds since 1970.
        Value::Number(number) if number.as_f64().is_some_and(|n| n > 1e12) => "a moment".into(),
        other => other.clone(),
    }
}

fn plain(text: &str, names: &BTreeMap<String, String>) -> String {
    if text.starts_with("20") && text.contains('T') && text.ends_with('Z') {
        return "a moment".to_owned();
    }
    if let Some(name) = text.strip_prefix("Rehearsal key ") {
        return if name.len() < 3 { "a key".to_owned() } else { text.to_owned() };
    }
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = (0..rest.len()).find(|at| rest.get(*at..at + 36).is_some_and(is_id)) {
        let id = &rest[at..at + 36];
        plain.push_str(&rest[..at]);
        plain.push_str(names.get(id).map_or("an id", String::as_str));
        rest = &rest[at + 36..];
    }
    plain + rest
}

fn is_id(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    })
}

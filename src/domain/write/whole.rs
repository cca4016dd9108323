//! Comparing a resource of Azure with what was sent: only our part may differ from what it was before.
//!
//! Null, missing and empty are the same; what the service fills in by itself is no difference; ids and places are the same
//! whatever their case. A list is compared as a set.

use serde_json::Value;

/// Members that are sent and not told again, or told in another way.
const NOT_TOLD: [&str; 1] = ["skipQueryValidation"];

/// Where `found` is not what was `sent`, as JSON pointers.
pub fn differences(sent: &Value, found: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    compare(sent, found, &mut Place { at: String::new(), paths: &mut paths });
    paths
}

struct Place<'a> {
    at: String,
    paths: &'a mut Vec<String>,
}

fn compare(sent: &Value, found: &Value, place: &mut Place<'_>) {
    match (sent, found) {
        (Value::Object(members), found) => {
            for (name, value) in members.iter().filter(|(name, _)| !NOT_TOLD.contains(&name.as_str())) {
                let at = format!("{}/{name}", place.at);
                compare(value, &found[name.as_str()], &mut Place { at, paths: place.paths });
            }
        }
        (Value::Array(sent), Value::Array(found)) if is_same_set(sent, found) => {}
        (sent, found) if is_empty(sent) && is_empty(found) => {}
        (sent, found) if is_same(sent, found) => {}
        _ => place.paths.push(place.at.clone()),
    }
}

/// Every item has its own counterpart, and none is left.
fn is_same_set(sent: &[Value], found: &[Value]) -> bool {
    let mut left: Vec<&Value> = found.iter().collect();
    let is_matched = |item: &Value, left: &mut Vec<&Value>| {
        let at = left.iter().position(|other| differences(item, other).is_empty());
        at.map(|at| left.remove(at)).is_some()
    };
    sent.iter().all(|item| is_matched(item, &mut left)) && left.is_empty()
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(is_empty),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn is_same(sent: &Value, found: &Value) -> bool {
    match (sent, found) {
        // 0 comes back as 0.0.
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::String(a), Value::String(b)) => a == b || (is_azures_own(a) && plain(a) == plain(b)),
        (a, b) => a == b,
    }
}

/// An id, or the name of a region or of a constant, which Azure spells as it likes: `westeurope` is `West Europe`.
fn is_azures_own(text: &str) -> bool {
    text.starts_with('/') || text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ')
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| *c != ' ').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_the_service_adds_and_how_it_spells_is_no_difference() {
        let sent = json!({"location": "westeurope", "tags": {}, "properties": {"threshold": 0, "skipQueryValidation": true,
            "scopes": ["/subscriptions/s/resourceGroups/rg"], "emailReceivers": [{"name": "a"}, {"name": "b"}]}});
        let found = json!({"id": "x", "location": "West Europe", "properties": {"threshold": 0.0, "webhookReceivers": null,
            "scopes": ["/subscriptions/S/resourcegroups/RG"], "emailReceivers": [{"name": "b", "status": "Enabled"}, {"name": "a"}]}});
        assert_eq!(differences(&sent, &found), Vec::<String>::new());
    }

    #[test]
    fn what_is_lost_is_named() {
        let sent = json!({"tags": {"owner": "soc"}, "properties": {"groupShortName": "SOC", "smsReceivers": [{"name": "on call"}],
            "emailReceivers": [{"name": "a"}]}});
        let found = json!({"properties": {"groupShortName": "Emerg", "emailReceivers": [{"name": "a"}, {"name": "stranger"}]}});
        let lost = [
            "/properties/emailReceivers",
            "/properties/groupShortName",
            "/properties/smsReceivers",
            "/tags/owner",
        ];
        let mut told = differences(&sent, &found);
        told.sort();
        assert_eq!(told, lost);
    }
}

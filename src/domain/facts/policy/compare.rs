//! Two policies compared whole: where they differ, by path. It knows nothing of what the parts mean, but for one default
//! that Microsoft spells out by itself when a policy is changed.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value};

use super::is_nothing;

/// Where the client apps of a policy stand, and what they are when nobody chose any: the portal's default, which a
/// service that is asked to keep nothing may spell out as it writes (reported by users, UNVERIFIED).
const CLIENT_APPS: &str = "/conditions/clientAppTypes";
const ALL_CLIENT_APPS: &str = "all";

/// The paths at which `now` differs from `then`; lists are sets, null, missing and empty are the same, and what a server
/// notes or fills in by itself is left out.
pub(super) fn differences(now: &Value, then: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    compare(now, then, &mut Path { at: String::new(), found: &mut paths });
    if has_default_that_lacks(now, then) {
        paths.retain(|path| path != CLIENT_APPS);
    }
    paths
}

/// Whether `now` spells out a default where `then` says nothing.
pub(super) fn has_default_that_lacks(now: &Value, then: &Value) -> bool {
    let at = |policy: &Value| policy.pointer(CLIENT_APPS).cloned().unwrap_or_default();
    is_nothing(&at(then)) && at(now).as_array().is_some_and(|apps| *apps == [ALL_CLIENT_APPS])
}

struct Path<'a> {
    at: String,
    found: &'a mut Vec<String>,
}

fn compare(now: &Value, then: &Value, path: &mut Path<'_>) {
    match (now, then) {
        (a, b) if is_nothing(a) && is_nothing(b) => {}
        (Value::Object(a), Value::Null) if has_members(a) => compare(now, &Value::Object(emptied(a)), path),
        (Value::Null, Value::Object(b)) if has_members(b) => compare(&Value::Object(emptied(b)), then, path),
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
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

/// Whether an object says anything but what kind it is.
fn has_members(members: &Map<String, Value>) -> bool {
    members.keys().any(|key| !is_noise(key))
}

/// An object of the same members that says nothing.
fn emptied(members: &Map<String, Value>) -> Map<String, Value> {
    members.keys().map(|key| (key.clone(), Value::Null)).collect()
}

fn is_noise(key: &str) -> bool {
    key == "modifiedDateTime" || key.contains('@')
}

/// A policy may name thousands of users one by one.
fn same_set(a: &[Value], b: &[Value]) -> bool {
    let known: HashSet<&Value> = b.iter().collect();
    a.len() == b.len() && a.iter().all(|x| known.contains(x))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn null_missing_and_empty_are_the_same() {
        let spelled = [
            json!({"conditions": {"applications": {"includeUserActions": []}}}),
            json!({"conditions": {"applications": {"includeUserActions": null}}}),
            json!({"conditions": {"applications": {}}}),
            json!({"conditions": {"applications": null}}),
            json!({"conditions": {}}),
        ];
        for (one, other) in spelled.iter().flat_map(|one| spelled.iter().map(move |other| (one, other))) {
            assert_eq!(differences(one, other), Vec::<String>::new(), "{one} {other}");
        }
    }

    #[test]
    fn nothing_is_not_the_same_as_something() {
        let none = json!({"grantControls": null});
        for some in
            [json!({"operator": "OR"}), json!({"builtInControls": ["mfa"]}), json!({"@odata.type": "#x"})]
        {
            let some = json!({"grantControls": some});
            assert_eq!(differences(&some, &none).len(), 1, "{some}");
            assert_eq!(differences(&none, &some).len(), 1, "{some}");
        }
    }

    #[test]
    fn a_default_that_microsoft_fills_in_is_no_difference_and_is_known() {
        let then = json!({"conditions": {"clientAppTypes": null}});
        let all = json!({"conditions": {"clientAppTypes": ["all"]}});
        assert!(differences(&all, &then).is_empty() && has_default_that_lacks(&all, &then));
        let browser = json!({"conditions": {"clientAppTypes": ["browser"]}});
        assert_eq!(differences(&browser, &then), [CLIENT_APPS]);
        assert_eq!(differences(&all, &browser), [CLIENT_APPS]);
    }
}

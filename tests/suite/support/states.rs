//! Two states of a tenant beside each other: what their ids are called, and where they differ.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Names of what has an id that is new in each run, by that id.
pub fn names(state: &Value) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for (part, name) in
        [("users", "userPrincipalName"), ("groups", "displayName"), ("policies", "displayName")]
    {
        for one in state[part].as_array().into_iter().flatten() {
            let text = |key: &str| one["body"][key].as_str().map(str::to_owned);
            names.extend(text("id").zip(text(name)));
        }
    }
    names
}

/// Where the second differs from the first, path by path; empty where they are alike.
pub fn differences(first: &Value, second: &Value) -> Vec<String> {
    let mut found = Vec::new();
    differ("", first, second, &mut found);
    found
}

fn differ(at: &str, first: &Value, second: &Value, found: &mut Vec<String>) {
    match (first, second) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                differ(&format!("{at}/{key}"), member(a, key), member(b, key), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().for_each(|(n, (a, b))| differ(&format!("{at}/{n}"), a, b, found));
        }
        _ if first != second => found.push(format!("{at}: {} became {}", short(first), short(second))),
        _ => {}
    }
}

fn member<'a>(of: &'a Map<String, Value>, key: &str) -> &'a Value {
    of.get(key).unwrap_or(&Value::Null)
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(300).collect()
}

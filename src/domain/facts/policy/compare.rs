//! Two policies compared whole: where they differ, by path. It knows nothing of what the parts mean.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

/// The paths at which `now` differs from `then`; lists are sets, and what a server notes by itself is left out.
pub(super) fn differences(now: &Value, then: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    compare(now, then, &mut Path { at: String::new(), found: &mut paths });
    paths
}

struct Path<'a> {
    at: String,
    found: &'a mut Vec<String>,
}

fn compare(now: &Value, then: &Value, path: &mut Path<'_>) {
    match (now, then) {
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

fn is_noise(key: &str) -> bool {
    key == "modifiedDateTime" || key.contains('@')
}

/// A policy may name thousands of users one by one.
fn same_set(a: &[Value], b: &[Value]) -> bool {
    let known: HashSet<&Value> = b.iter().collect();
    a.len() == b.len() && a.iter().all(|x| known.contains(x))
}

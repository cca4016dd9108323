//! The state for whoever looks at it: everything but what is secret.

use serde_json::{Value, json};

use super::model::State;

/// The state for tests and the curious: no hash, no key.
pub fn without_secrets(state: &State) -> Value {
    let mut dump = serde_json::to_value(state).unwrap_or_else(|_| json!({}));
    strip(&mut dump);
    dump
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|name, _| !["signing_key", "password", "hash", "secret"].contains(&name.as_str()));
            object.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

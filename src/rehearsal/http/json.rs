//! JSON objects, as bodies carry them: the type, one text property, and a merge.
//!
//! Knows no service.

use serde_json::{Map, Value};

/// A JSON object.
pub type Object = Map<String, Value>;

/// A text property, or nothing.
pub fn text<'a>(object: &'a Object, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Objects merge property by property; anything else, arrays included, is replaced whole.
pub fn merge(target: &mut Value, patch: &Value) {
    match (target, patch) {
        (Value::Object(target), Value::Object(patch)) => {
            for (name, value) in patch {
                merge(target.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (target, patch) => *target = patch.clone(),
    }
}

//! A report with every text in it made safe for a terminal and for paper: names in it are written by people we do not know.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::domain::text::clean;

/// `report` with every text cleaned.
pub(super) fn cleaned<Report: Serialize + DeserializeOwned>(report: &Report) -> Report {
    let mut value = serde_json::to_value(report).unwrap_or_default();
    clean_all(&mut value);
    // What was just written can be read; the suite reads reports of every kind back.
    serde_json::from_value(value).unwrap_or_else(|error| panic!("a report cannot be read back: {error}"))
}

fn clean_all(value: &mut Value) {
    match value {
        Value::String(text) => *text = clean(text),
        Value::Array(items) => items.iter_mut().for_each(clean_all),
        Value::Object(fields) => fields.values_mut().for_each(clean_all),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

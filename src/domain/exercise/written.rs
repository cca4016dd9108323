//! Dates and times as people write them in scenarios and scripts: TOML has dates of its own, and a text in quotes means the
//! same.

use jiff::civil::Date;
use serde::de::{Error, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// What may stand where a day is asked for.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Bare(toml::value::Datetime),
    Quoted(String),
    Else(IgnoredAny),
}

/// A day, with quotes or without.
pub(super) fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    let text = match Written::deserialize(from)? {
        Written::Bare(written) => written.to_string(),
        Written::Quoted(text) => text,
        Written::Else(_) => String::new(),
    };
    let day = text.parse::<Date>();
    day.map(Some).map_err(|_| D::Error::custom("a day stands here as in 2027-02-01, with quotes or without"))
}

/// Parameters of a change, dates and times among them as texts: the control port speaks JSON, which has none.
pub(in crate::domain::exercise) fn parameters<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Map<String, Value>, D::Error> {
    toml::Table::deserialize(from).map(as_map)
}

fn as_map(table: toml::Table) -> Map<String, Value> {
    table.into_iter().map(|(key, value)| (key, as_json(value))).collect()
}

fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(is) => is.into(),
        toml::Value::Datetime(written) => written.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => Value::Object(as_map(table)),
    }
}

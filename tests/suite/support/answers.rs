//! Whether an answer is one that the API descriptions of Microsoft Graph and Azure allow: its status, and every value in
//! its body. Stricter than for requests: a null must be allowed, an error must have the service's shape.

use breakglass::domain::write::call::Service;
use serde_json::{Value, json};

use crate::support::descriptions::{members_of, operation, resolved};

/// An answer to a request.
pub struct Answer<'a> {
    pub service: Service,
    pub method: &'a str,
    /// Below the service and its version, without a query.
    pub path: &'a str,
    pub status: u16,
    pub body: &'a Value,
}

/// Members that Azure writes although the slices were cut down to what is used (their README says so).
const UNDESCRIBED: [&str; 6] = ["id", "type", "tenantId", "count", "registrationPolicy", "resourceTypes"];

/// What is wrong with an answer; empty when it is right.
pub fn wrong(descriptions: &[Value; 2], answer: &Answer<'_>) -> Vec<String> {
    let description = match answer.service {
        Service::Graph => &descriptions[0],
        Service::Arm => &descriptions[1],
    };
    let Some(operation) = operation(description, (answer.path, &answer.method.to_lowercase())) else {
        return vec!["no such operation".to_owned()];
    };
    if answer.status >= 400 {
        return error_wrong(answer);
    }
    let Some(response) = operation["responses"].get(answer.status.to_string()) else {
        return vec![format!("{} is none of {}", answer.status, operation["responses"])];
    };
    let content = response["content"].as_object().and_then(|all| all.values().next());
    match (content, answer.body) {
        (None, Value::Null) => Vec::new(),
        // An accepted request may be answered without the result that is still to come.
        (Some(_), Value::Null) if answer.status == 202 => Vec::new(),
        (None, body) => vec![format!("a body where none belongs: {body}")],
        (Some(content), body) => {
            let mut wrong = Vec::new();
            value(description, (&content["schema"], body), ("body", &mut wrong));
            wrong
        }
    }
}

/// An error has code and message, and in Graph the ids of the request.
fn error_wrong(answer: &Answer<'_>) -> Vec<String> {
    let error = &answer.body["error"];
    let inner = match answer.service {
        Service::Graph => {
            ["/innerError/date", "/innerError/request-id", "/innerError/client-request-id"].as_slice()
        }
        Service::Arm => &[],
    };
    let parts = ["/code", "/message"].iter().chain(inner);
    let missing = parts.filter(|part| error.pointer(part).is_none_or(|text| !text.is_string()));
    missing.map(|part| format!("error{part} is no text: {}", answer.body)).collect()
}

fn is_nullable(description: &Value, schema: &Value) -> bool {
    let schema = resolved(description, schema);
    let ways = ["anyOf", "oneOf"].into_iter().filter_map(|way| schema[way].as_array()).flatten();
    // A schema that says nothing allows everything.
    schema["nullable"] == true
        || schema.as_object().is_some_and(serde_json::Map::is_empty)
        || ways.into_iter().any(|choice| is_nullable(description, choice))
}

fn value(description: &Value, (schema, value): (&Value, &Value), (at, wrong): (&str, &mut Vec<String>)) {
    if value.is_null() {
        if !is_nullable(description, schema) {
            wrong.push(format!("{at}: null is not allowed"));
        }
        return;
    }
    let schema = resolved(description, schema);
    for way in ["anyOf", "oneOf"] {
        if let Some(choices) = schema[way].as_array() {
            let attempts = choices.iter().map(|choice| {
                let mut own = Vec::new();
                self::value(description, (choice, value), (at, &mut own));
                own
            });
            return wrong.extend(attempts.min_by_key(Vec::len).unwrap_or_default());
        }
    }
    scalar(schema, value, (at, wrong));
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                self::value(description, (&schema["items"], item), (&format!("{at}[{index}]"), wrong));
            }
        }
        Value::Object(_) => members(description, (schema, value), (at, wrong)),
        _ => {}
    }
}

fn scalar(schema: &Value, value: &Value, (at, wrong): (&str, &mut Vec<String>)) {
    let is_flags = schema.get("x-ms-enum-flags").is_some();
    let unknown = schema["enum"].as_array().is_some_and(|allowed| !is_flags && !allowed.contains(value));
    if unknown {
        wrong.push(format!("{at}: {value} is not one of {}", schema["enum"]));
    }
    let fits = match schema["type"].as_str() {
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64(),
        Some("number") => value.is_number(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    };
    let is_moment = schema["format"] == json!("date-time") && value.is_string();
    let no_moment = is_moment && value.as_str().is_none_or(|text| text.parse::<jiff::Timestamp>().is_err());
    if !fits || no_moment {
        wrong.push(format!("{at}: {value} is no {} {}", schema["type"], schema["format"]));
    }
}

fn members(description: &Value, (schema, value): (&Value, &Value), (at, wrong): (&str, &mut Vec<String>)) {
    let schemas = members_of(description, (schema, value));
    let is_open = |schema: &&Value| {
        schema.get("additionalProperties").is_some()
            || schema.get("properties").is_none() && schema.get("allOf").is_none()
    };
    for (name, member) in value.as_object().into_iter().flatten() {
        match schemas.iter().find_map(|schema| schema["properties"].get(name)) {
            Some(own) => self::value(description, (own, member), (&format!("{at}.{name}"), wrong)),
            None if name.contains('@') || UNDESCRIBED.contains(&name.as_str()) => {}
            None if schemas.iter().any(is_open) => {}
            None => wrong.push(format!("{at}: unknown member {name}")),
        }
    }
}

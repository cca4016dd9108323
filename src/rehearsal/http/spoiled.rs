//! Answers that were spoiled on their way: cut in half, led elsewhere, of other types, with numbers that no clock can hold.
//!
//! What was done stays done; only who asked cannot read it as it was meant.

use serde_json::{Value, json};

use super::reply::{Content, Reply};

/// Only the first half of the body.
pub fn halved(reply: Reply) -> Reply {
    let text = match &reply.content {
        Content::Json(body) => body.to_string(),
        Content::Page(text) => text.clone(),
        Content::Empty => String::new(),
    };
    let half: String = text.chars().take(text.chars().count() / 2).collect();
    let reply = Reply { content: Content::Page(half), ..reply };
    reply.with("content-type", "application/json")
}

/// With a next page on another host.
pub fn misled(mut reply: Reply) -> Reply {
    if let Content::Json(Value::Object(body)) = &mut reply.content {
        body.insert("@odata.nextLink".to_owned(), json!("https://graph.example.net/v1.0/users?$skiptoken=x"));
        body.insert("nextLink".to_owned(), json!("https://arm.example.net/subscriptions?$skiptoken=x"));
    }
    reply
}

/// Every member of another type than it should be.
pub fn retyped(mut reply: Reply) -> Reply {
    if let Content::Json(Value::Object(body)) = &mut reply.content {
        body.values_mut().for_each(|value| *value = other_type(value));
    }
    reply
}

fn other_type(value: &Value) -> Value {
    match value {
        Value::Null | Value::Bool(_) => json!("perhaps"),
        Value::Number(_) => json!([7]),
        Value::String(_) => json!(7),
        Value::Array(_) => json!({"0": true}),
        Value::Object(_) => json!("an object"),
    }
}

/// What absurd servers send in place of a number, one after the other.
const ABSURD: [&str; 6] =
    ["18446744073709551615", "-9223372036854775808", "1e300", "0.5", "-1", "\"18446744073709551615\""];

/// Every number, and every text that is one, is absurd.
pub fn absurd(mut reply: Reply) -> Reply {
    if let Content::Json(body) = &mut reply.content {
        spoil(body, &mut ABSURD.into_iter().cycle());
    }
    reply
}

fn spoil<'a>(value: &mut Value, numbers: &mut impl Iterator<Item = &'a str>) {
    let is_number = |text: &str| !text.is_empty() && text.parse::<f64>().is_ok();
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| spoil(item, numbers)),
        Value::Object(members) => members.values_mut().for_each(|member| spoil(member, numbers)),
        Value::Number(_) => {
            *value = numbers.next().and_then(|n| serde_json::from_str(n).ok()).unwrap_or_default();
        }
        Value::String(text) if is_number(text) => {
            *value = json!(numbers.next().unwrap_or_default().trim_matches('"'));
        }
        Value::String(_) | Value::Bool(_) | Value::Null => {}
    }
}

//! `POST /$batch`: up to twenty calls in one, each with its own status.
//!
//! The outer 200 says nothing. Dependencies are honored: 424 where one failed.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::request::{Outcome, fresh_ids};
use super::routes::one;
use crate::rehearsal::http::call::{Call, pairs};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::{Content, Reply};
use crate::rehearsal::identity::tokens::Caller;
use crate::rehearsal::state::world::World;

/// More are refused.
const MAX_REQUESTS: usize = 20;

/// Answers the whole batch.
pub fn all(world: &mut World, call: &Call, caller: &Caller) -> Outcome {
    let body = call.object()?;
    let requests = body.get("requests").and_then(Value::as_array).filter(|list| !list.is_empty());
    let requests = requests
        .ok_or_else(|| Refusal::new(400, "BadRequest", "Write request must have 'requests' property."))?;
    if requests.len() > MAX_REQUESTS {
        let message = format!("Number of batch request steps exceeds the maximum value of {MAX_REQUESTS}.");
        return Err(Refusal::new(400, "BadRequest", message));
    }
    let mut statuses = BTreeMap::new();
    let mut responses = Vec::new();
    for request in requests {
        let id = id_of(&request["id"]);
        if id.is_empty() || statuses.contains_key(&id) {
            return Err(Refusal::new(400, "BadRequest", "Request Id has to be unique in a batch."));
        }
        let outcome = released(request, &statuses).and_then(|()| one(world, &inner(call, request), caller));
        let reply = outcome.unwrap_or_else(|refusal| refusal.as_graph(&fresh_ids(world)));
        statuses.insert(id.clone(), reply.status);
        responses.push(rendered(&id, reply));
    }
    Ok(Reply::json(200, json!({"responses": responses})))
}

/// An id as text: some clients count their requests in numbers, and the answer repeats them as text.
fn id_of(id: &Value) -> String {
    match id {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

/// 424 where a request that this one depends on has failed.
fn released(request: &Value, statuses: &BTreeMap<String, u16>) -> Result<(), Refusal> {
    let failed = |id: String| statuses.get(&id).is_none_or(|status| *status >= 400);
    if request["dependsOn"].as_array().into_iter().flatten().map(id_of).any(failed) {
        return Err(Refusal::new(424, "FailedDependency", "A request this one depends on has failed."));
    }
    Ok(())
}

fn inner(outer: &Call, request: &Value) -> Call {
    let address = request["url"].as_str().unwrap_or_default();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut call = outer.clone();
    call.headers.remove("consistencylevel");
    call.method = request["method"].as_str().unwrap_or("GET").to_uppercase();
    call.path = format!("/{}", path.trim_start_matches('/'));
    call.query = pairs(query);
    for (name, value) in request["headers"].as_object().into_iter().flatten() {
        // `ConsistencyLevel` and the like are an item's own.
        call.headers.insert(name.to_lowercase(), value.as_str().unwrap_or_default().to_owned());
    }
    call.body = if request["body"].is_null() { Vec::new() } else { request["body"].to_string().into_bytes() };
    call
}

fn rendered(id: &str, reply: Reply) -> Value {
    let mut headers: BTreeMap<String, String> = reply.headers.into_iter().collect();
    headers.insert("content-type".to_owned(), "application/json".to_owned());
    let body = match reply.content {
        Content::Json(body) => body,
        Content::Empty | Content::Page(_) => Value::Null,
    };
    json!({"id": id, "status": reply.status, "headers": headers, "body": body})
}

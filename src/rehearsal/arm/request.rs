//! A call to Azure whose caller is known, the resource it is about, and the refusals in the words of Azure.
//!
//! Knows no provider.

use serde_json::{Value, json};

use crate::rehearsal::http::call::Call;
use crate::rehearsal::http::json::Object;
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::tokens::Caller;
use crate::rehearsal::state::world::World;

pub type Outcome = Result<Reply, Refusal>;

/// A call whose caller is known.
pub struct Request<'a> {
    pub call: &'a Call,
    pub caller: &'a Caller,
    /// Lower-case method.
    pub verb: &'a str,
    /// Lower-case segments: Azure compares without case.
    pub path: &'a [&'a str],
    /// Segments as they came, for names.
    pub names: &'a [String],
}

/// 403 in the words of Azure.
pub fn forbidden(ask: &Request<'_>) -> Refusal {
    let kind = if ask.verb == "get" { "read" } else { "write" };
    let provider = ask.path.iter().position(|part| *part == "providers");
    let what = provider.and_then(|at| ask.names.get(at + 1..)).map_or_else(
        || "Microsoft.Resources/subscriptions".to_owned(),
        |rest| rest.iter().take(2).cloned().collect::<Vec<_>>().join("/"),
    );
    let message = format!(
        "The client with object id '{}' does not have authorization to perform action '{what}/{kind}' over scope '{}' \
         or the scope is invalid.",
        ask.caller.id, ask.call.path
    );
    Refusal::new(403, "AuthorizationFailed", message)
}

/// 404 for a path or a resource that is not there.
pub fn nothing_here(ask: &Request<'_>) -> Refusal {
    let message = format!("The Resource '{}' was not found.", ask.call.path.trim_start_matches('/'));
    Refusal::new(404, "ResourceNotFound", message)
}

/// The resource of that id, compared without case.
pub fn resource<'a>(world: &'a World, id: &str) -> Option<&'a Value> {
    world.state().azure.resources.iter().find(|one| is(one, id))
}

/// The tags in a body; none where it has none, as Azure never answers null.
pub fn tags(body: &Object) -> Value {
    body.get("tags").filter(|tags| tags.is_object()).cloned().unwrap_or_else(|| json!({}))
}

/// Whether a resource has that id.
pub fn is(resource: &Value, id: &str) -> bool {
    resource["id"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(id))
}

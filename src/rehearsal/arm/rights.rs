//! Who may do what where in Azure: owners of the subscription everything, others what was granted to them, in the
//! subscription or in one resource group.

use serde_json::{Value, json};

use super::request::{Outcome, Request, forbidden};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::state::azure::Grant;
use crate::rehearsal::state::world::World;

/// States in which a subscription takes writes. That one past due still does was reported by users (contract 16).
const WRITABLE: [&str; 2] = ["Enabled", "PastDue"];

/// Refuses what the caller may not do; asking for one's own rights needs none (contract 15.9, UNVERIFIED).
pub fn check(world: &World, ask: &Request<'_>) -> Result<(), Refusal> {
    if ask.path.contains(&"microsoft.authorization")
        || *ask.path.get(2..).unwrap_or_default() == ["resourcegroups"]
    {
        return Ok(());
    }
    if !may(world, &ask.caller.id, &Asked { scope: &scope(ask), action: &action(ask) }) {
        return Err(forbidden(ask));
    }
    let state = world.state().azure.state();
    if ask.verb == "get" || WRITABLE.contains(&state) {
        return Ok(());
    }
    let message = "The subscription is disabled and therefore marked as read only. You cannot perform any write actions on \
                   this subscription until it is re-enabled.";
    Err(Refusal::new(409, "ReadOnlyDisabledSubscription", message))
}

/// Something that somebody wants to do.
pub struct Asked<'a> {
    /// The place, as an id.
    pub scope: &'a str,
    /// The operation.
    pub action: &'a str,
}

/// Whether somebody may do something.
pub fn may(world: &World, who: &str, asked: &Asked<'_>) -> bool {
    let azure = &world.state().azure;
    let given =
        azure.grants.iter().filter(|grant| grant.principal == who && is_within(asked.scope, &grant.scope));
    azure.owners.iter().any(|owner| owner == who)
        || given.into_iter().any(|grant| allows(grant, asked.action))
}

/// Whether somebody may see the subscription at all: with any right in it.
pub fn is_known(world: &World, who: &str) -> bool {
    let azure = &world.state().azure;
    azure.owners.iter().any(|owner| owner == who) || azure.grants.iter().any(|grant| grant.principal == who)
}

fn allows(grant: &Grant, action: &str) -> bool {
    let any = |patterns: &[String]| patterns.iter().any(|pattern| fits(pattern, action));
    any(&grant.actions) && !any(&grant.not_actions)
}

/// `*` stands for anything.
fn fits(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_lowercase(), action.to_lowercase());
    match pattern.split_once('*') {
        None => pattern == action,
        Some((start, rest)) => action.strip_prefix(start).is_some_and(|left| {
            rest.is_empty() || (0..=left.len()).filter_map(|at| left.get(at..)).any(|tail| fits(rest, tail))
        }),
    }
}

fn is_within(id: &str, scope: &str) -> bool {
    let (id, scope) = (id.to_lowercase(), scope.to_lowercase());
    id == scope || id.strip_prefix(&scope).is_some_and(|rest| rest.starts_with('/'))
}

/// The resource group of a path, else its subscription.
fn scope(ask: &Request<'_>) -> String {
    let length = if ask.path.get(2) == Some(&"resourcegroups") { 4 } else { 2 };
    format!("/{}", ask.path.get(..length).unwrap_or(ask.path).join("/"))
}

/// The operation that a call is, as Azure calls it.
fn action(ask: &Request<'_>) -> String {
    let verb = match ask.verb {
        "get" => "read",
        "delete" => "delete",
        _ => "write",
    };
    let below = ask.path.iter().position(|part| *part == "providers").and_then(|at| ask.path.get(at + 1..));
    match below.unwrap_or_default() {
        [] if ask.path.last() == Some(&"locations") => {
            format!("microsoft.resources/subscriptions/locations/{verb}")
        }
        [] => format!("microsoft.resources/subscriptions/resourcegroups/{verb}"),
        [_] => format!("microsoft.resources/subscriptions/providers/{verb}"),
        [provider, "register"] => format!("{provider}/register/action"),
        [provider, kind, .., last] if ask.verb == "post" => format!("{provider}/{kind}/{last}/action"),
        [provider, kind, ..] => format!("{provider}/{kind}/{verb}"),
    }
}

/// `…/permissions`: what the caller may do at that place, what is inherited included.
pub fn permissions(world: &World, ask: &Request<'_>) -> Outcome {
    let azure = &world.state().azure;
    let entry = |actions: &[String], not: &[String]| json!({"actions": actions, "notActions": not, "dataActions": [], "notDataActions": []});
    let scope = scope(ask);
    let owns = azure.owners.contains(&ask.caller.id).then(|| entry(&["*".to_owned()], &[]));
    let given = azure
        .grants
        .iter()
        .filter(|grant| grant.principal == ask.caller.id && is_within(&scope, &grant.scope));
    let given = given.map(|grant| entry(&grant.actions, &grant.not_actions));
    let all: Vec<Value> = owns.into_iter().chain(given).collect();
    Ok(Reply::json(200, json!({"value": all})))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_places() {
        assert!(fits("*/read", "microsoft.insights/actiongroups/read") && fits("*", "x"));
        assert!(fits("Microsoft.Authorization/*/write", "microsoft.authorization/roleassignments/write"));
        assert!(!fits("*/read", "microsoft.insights/actiongroups/write"));
        assert!(is_within("/subscriptions/s/resourcegroups/rg", "/subscriptions/S"));
        assert!(!is_within("/subscriptions/s/resourcegroups/rg2", "/subscriptions/s/resourceGroups/rg"));
    }
}

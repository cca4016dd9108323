//! Changes of Azure that somebody makes by hand in the portal: a resource is deleted, workspaces take data again, a
//! processing rule is taken away, an app may read. The program writes none of them; a drift is mended by them, or made.

use super::change::{Change, required};
use super::given::{Given, Refused, bad};
use crate::rehearsal::identity::hashing::id_for;
use crate::rehearsal::state::azure::Grant;
use crate::rehearsal::state::world::World;

/// All of them.
pub const CHANGES: &[Change] = &[
    Change {
        name: "azure-resource-vanishes",
        does: "A resource is deleted; whatever names it stays as it is.",
        parameters: &[required("name", "its name")],
        apply: resource_vanishes,
    },
    Change {
        name: "logs-flow",
        does: "Workspaces take data again; what was logged meanwhile stays lost.",
        parameters: &[],
        apply: logs_flow,
    },
    Change {
        name: "alerts-heard",
        does: "An alert processing rule is taken away.",
        parameters: &[required("name", "its name")],
        apply: heard,
    },
    Change {
        name: "azure-app-reads",
        does: "An app may read everything in the subscription, and the diagnostic settings of the tenant.",
        parameters: &[required("client", "its application id")],
        apply: app_reads,
    },
];

fn resource_vanishes(world: &mut World, given: &Given) -> Result<String, Refused> {
    let name = given.text("name")?;
    let resources = &mut world.edit().azure.resources;
    let before = resources.len();
    resources.retain(|one| !one["name"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(name)));
    match resources.len() < before {
        true => Ok(format!("The resource {name} is gone.")),
        false => Err(bad("name", "there is no resource of that name")),
    }
}

fn logs_flow(world: &mut World, _: &Given) -> Result<String, Refused> {
    let now = world.now;
    let azure = &mut world.edit().azure;
    let lost = azure.stopped.take().map(|(since, _)| (since, now));
    azure.lost.extend(lost);
    Ok("Workspaces take data again.".to_owned())
}

fn heard(world: &mut World, given: &Given) -> Result<String, Refused> {
    let name = given.text("name")?;
    let rules = &mut world.edit().azure.processing_rules;
    let before = rules.len();
    rules.retain(|rule| rule["name"] != name);
    match rules.len() < before {
        true => Ok(format!("The processing rule {name} is gone.")),
        false => Err(bad("name", "there is no processing rule of that name")),
    }
}

fn app_reads(world: &mut World, given: &Given) -> Result<String, Refused> {
    let client = given.text("client")?;
    let principal = id_for("service principal", client);
    let subscription = world.state().azure.subscription.as_ref().map(|id| format!("/subscriptions/{id}"));
    let scopes = subscription.into_iter().chain(["/providers/microsoft.aadiam".to_owned()]);
    let reader = |scope: String| {
        let (actions, not_actions) = (vec!["*/read".to_owned()], Vec::new());
        Grant { principal: principal.clone(), scope, actions, not_actions }
    };
    let readers: Vec<Grant> = scopes.map(reader).collect();
    let azure = &mut world.edit().azure;
    azure.grants.retain(|grant| grant.principal != principal);
    azure.grants.extend(readers);
    Ok(format!("The app {client} reads Azure."))
}

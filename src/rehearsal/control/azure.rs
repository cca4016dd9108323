//! Changes of Azure: rights, the subscription's state, resources and settings that others made or edited, and what keeps
//! alerts from people.

use serde_json::{Value, json};

use super::change::{Change, optional, required};
use super::given::{Given, Refused, bad};
use crate::rehearsal::state::azure::{DiagnosticSetting, Grant};
use crate::rehearsal::state::world::World;

/// How telling people can end, as the history of an alert calls it.
const ENDS: &[&str] = &["Inline", "Throttled", "Failed", "ThrottledByAlertRule", "ThrottledBySubscription"];
/// What a workspace that takes no data calls it.
const STOPS: &[&str] = &["OverQuota", "ForceOff", "SubscriptionSuspended", "RespectQuota"];
/// Plans of a table.
const PLANS: &[&str] = &["Basic", "Auxiliary", "Analytics"];
/// Days for which logs can have been stopped at the most.
const LONGEST: u32 = 365;
/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// All of them.
pub const CHANGES: &[Change] = &[
    Change {
        name: "azure-rights",
        does: "The operator owns the subscription no more, and may do this in one place.",
        parameters: &[
            required("in", "subscription, or the name of a resource group"),
            required("actions", "patterns of what is allowed"),
            optional("not", "patterns of what of it is not"),
        ],
        apply: rights,
    },
    Change {
        name: "azure-subscription",
        does: "The subscription gets another state.",
        parameters: &[required("state", "Enabled, PastDue, Warned, Disabled or Deleted")],
        apply: subscription,
    },
    Change {
        name: "azure-group-appears",
        does: "A resource group is there, and the providers of monitoring are registered.",
        parameters: &[required("group", "its name")],
        apply: group_appears,
    },
    Change {
        name: "azure-resource-appears",
        does: "A resource of Azure Monitor or Log Analytics that somebody else made is there.",
        parameters: &[
            required("group", "its resource group"),
            required("type", "such as Microsoft.Insights/actionGroups"),
            required("name", "its name"),
            required("body", "the rest of it: location, tags, properties"),
            optional("confirmed", "mailboxes of an action group that have entered their code"),
        ],
        apply: resource_appears,
    },
    Change {
        name: "azure-resource-changes",
        does: "Somebody edits a resource.",
        parameters: &[
            required("name", "its name"),
            required("at", "JSON pointer to the member"),
            optional("value", "what it is then; null when left out"),
        ],
        apply: resource_changes,
    },
    Change {
        name: "azure-setting-appears",
        does: "A diagnostic setting of the tenant is there, in place of one of its name.",
        parameters: &[
            required("name", "its name"),
            optional("workspace", "name of the workspace that it sends to"),
            required("properties", "the rest of it: logs, event hub"),
        ],
        apply: setting_appears,
    },
    Change {
        name: "azure-setting-vanishes",
        does: "A diagnostic setting of the tenant is gone.",
        parameters: &[required("name", "its name")],
        apply: setting_vanishes,
    },
    Change {
        name: "alerts-silenced",
        does: "An alert processing rule takes the action groups off every alert of the subscription.",
        parameters: &[
            required("name", "its name"),
            optional("conditions", "its conditions; none when left out"),
        ],
        apply: silenced,
    },
    Change {
        name: "alerts-told",
        does: "Telling people about alerts ends like this from now on.",
        parameters: &[required(
            "ends",
            "Inline (well), Throttled, Failed, ThrottledByAlertRule, ThrottledBySubscription",
        )],
        apply: told,
    },
    Change {
        name: "logs-stop",
        does: "Workspaces take no data, since some days ago.",
        parameters: &[
            optional(
                "status",
                "OverQuota, ForceOff, SubscriptionSuspended, or RespectQuota where it does not show",
            ),
            optional("days", "how many days ago; 1 when left out"),
        ],
        apply: logs_stop,
    },
    Change {
        name: "table-plan",
        does: "A table gets another plan.",
        parameters: &[
            required("table", "SigninLogs or AuditLogs"),
            optional("plan", "Basic, Auxiliary or Analytics"),
        ],
        apply: table_plan,
    },
];

fn root(world: &World) -> Result<String, Refused> {
    let id = world.state().azure.subscription.as_ref();
    id.map(|id| format!("/subscriptions/{id}")).ok_or_else(|| bad("in", "this tenant has no subscription"))
}

fn rights(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (place, root) = (given.text("in")?.to_owned(), root(world)?);
    let scope = if place == "subscription" { root } else { format!("{root}/resourceGroups/{place}") };
    let (actions, not_actions) = (given.list("actions")?, given.list("not")?);
    let principal = world.state().operator.clone();
    let azure = &mut world.edit().azure;
    azure.owners.retain(|owner| *owner != principal);
    azure.grants.push(Grant { principal, scope, actions, not_actions });
    Ok(format!("The operator has rights in {place}."))
}

fn subscription(world: &mut World, given: &Given) -> Result<String, Refused> {
    let state = given.text("state")?.to_owned();
    world.edit().azure.subscription_state = Some(state.clone());
    Ok(format!("The subscription is {state}."))
}

fn group_appears(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (name, root) = (given.text("group")?.to_owned(), root(world)?);
    let now = world.now;
    let azure = &mut world.edit().azure;
    for provider in ["Microsoft.OperationalInsights", "Microsoft.Insights", "Microsoft.AlertsManagement"] {
        azure.providers.push((provider.to_owned(), now));
    }
    azure.resource_groups.push(json!({"id": format!("{root}/resourceGroups/{name}"), "name": name,
        "location": "westeurope", "type": "Microsoft.Resources/resourceGroups",
        "properties": {"provisioningState": "Succeeded"}}));
    Ok(format!("The resource group {name} is there."))
}

fn resource_appears(world: &mut World, given: &Given) -> Result<String, Refused> {
    let root = root(world)?;
    let (group, kind, name) = (given.text("group")?, given.text("type")?, given.text("name")?);
    let mut body = object(given, "body")?;
    body["id"] = json!(format!("{root}/resourceGroups/{group}/providers/{kind}/{name}"));
    body["name"] = json!(name);
    body["type"] = json!(kind);
    body["madeAt"] = json!(world.now);
    let said = format!("The resource {name} is there.");
    let confirmed = given.list("confirmed")?;
    let azure = &mut world.edit().azure;
    azure.confirmed.extend(confirmed);
    azure.resources.push(body);
    Ok(said)
}

fn object(given: &Given, name: &str) -> Result<Value, Refused> {
    let value = given.values().get(name).cloned().unwrap_or_default();
    if value.is_object() { Ok(value) } else { Err(bad(name, "it must be an object")) }
}

fn resource_changes(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (name, at) = (given.text("name")?, given.text("at")?);
    let value = given.values().get("value").cloned().unwrap_or_default();
    let (parent, member) = at.rsplit_once('/').ok_or_else(|| bad("at", "it must be a JSON pointer"))?;
    let mut all = world.edit().azure.resources.iter_mut();
    let found = all.find(|one| one["name"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(name)));
    let found = found.ok_or_else(|| bad("name", "there is no resource of that name"))?;
    let place = found.pointer_mut(parent).ok_or_else(|| bad("at", "there is nothing at that place"))?;
    match (place, member.parse::<usize>()) {
        (Value::Array(items), Ok(index)) if index < items.len() => items[index] = value,
        (Value::Object(members), _) => drop(members.insert(member.to_owned(), value)),
        _ => return Err(bad("at", "there is nothing at that place")),
    }
    Ok(format!("{at} of {name} is another."))
}

fn setting_appears(world: &mut World, given: &Given) -> Result<String, Refused> {
    let name = given.text("name")?.to_owned();
    let mut properties = object(given, "properties")?;
    if given.has("workspace") {
        let workspace = given.text("workspace")?;
        let mut all = world.state().azure.resources.iter();
        let found =
            all.find(|one| one["name"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(workspace)));
        let found = found.ok_or_else(|| bad("workspace", "there is no workspace of that name"))?;
        properties["workspaceId"] = found["id"].clone();
    }
    let id = format!("/providers/microsoft.aadiam/diagnosticSettings/{name}");
    let body = json!({"id": id, "name": name, "type": "microsoft.aadiam/diagnosticSettings", "location": null,
        "kind": null, "tags": null, "identity": null, "properties": properties});
    let since = world.now - DAY;
    let settings = &mut world.edit().azure.diagnostic_settings;
    settings.retain(|one| one.body["name"] != name.as_str());
    settings.push(DiagnosticSetting { body, since });
    Ok(format!("The diagnostic setting {name} is there."))
}

fn setting_vanishes(world: &mut World, given: &Given) -> Result<String, Refused> {
    let name = given.text("name")?.to_owned();
    let settings = &mut world.edit().azure.diagnostic_settings;
    let before = settings.len();
    settings.retain(|one| one.body["name"] != name.as_str());
    match settings.len() < before {
        true => Ok(format!("The diagnostic setting {name} is gone.")),
        false => Err(bad("name", "there is no setting of that name")),
    }
}

fn silenced(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (name, root) = (given.text("name")?.to_owned(), root(world)?);
    let conditions = given.values().get("conditions").cloned().unwrap_or_else(|| json!([]));
    let rule = json!({"id": format!("{root}/resourceGroups/rg-monitoring/providers/Microsoft.AlertsManagement/actionRules/{name}"),
        "name": name, "type": "Microsoft.AlertsManagement/actionRules", "location": "Global", "properties": {
            "enabled": true, "scopes": [root], "conditions": conditions,
            "actions": [{"actionType": "RemoveAllActionGroups"}]}});
    world.edit().azure.processing_rules.push(rule);
    Ok(format!("The processing rule {name} keeps alerts from people."))
}

fn told(world: &mut World, given: &Given) -> Result<String, Refused> {
    given.text("ends")?;
    let ends = given.word("ends", ENDS)?;
    world.edit().azure.told = Some(ends.to_owned());
    Ok(format!("Telling people ends as {ends}."))
}

fn logs_stop(world: &mut World, given: &Given) -> Result<String, Refused> {
    let status = given.word("status", STOPS)?;
    let days = given.number("days", 1, LONGEST)?;
    let since = world.now - i64::from(days) * DAY;
    world.edit().azure.stopped = Some((since, status.to_owned()));
    Ok(format!("No data is taken since {days} days ({status})."))
}

fn table_plan(world: &mut World, given: &Given) -> Result<String, Refused> {
    let table = given.text("table")?.to_owned();
    let plan = given.word("plan", PLANS)?;
    let said = format!("{table} has the plan {plan}.");
    world.edit().azure.plans.insert(table, plan.to_owned());
    Ok(said)
}

//! A PUT to Azure replaces a whole resource, and a method policy its whole list of targets: it is read right before, and
//! what is sent is what is there now with our part changed. When that would be another change than the one that was shown,
//! nothing is sent.

use serde_json::Value;

use crate::domain::facts::Original;
use crate::domain::plan::Recipient;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::{Action, Rule};
use crate::domain::write::call::{Service, api, diagnostic_setting_path, workspace_id};
use crate::domain::write::order::Others;
use crate::tenant::fault::Fault;
use crate::tenant::http::{Audience, Request};
use crate::tenant::read::resources::{GROUP_VERSIONS, RULE_VERSIONS, SETTING_VERSIONS, has_group, resource};
use crate::tenant::read::{escaped, policy};
use crate::tenant::session::Session;

/// `action` with what it changes as it is now; what changes nothing in Azure stays as it is.
pub(in crate::tenant) async fn refreshed(
    session: &Session,
    action: &Action,
) -> Result<Action, (Trouble, Others)> {
    let told = |fault: Fault| {
        let others = fault.others();
        (fault.during(&unread(action)), others)
    };
    let fresh = read(session, action).await.map_err(told)?;
    let is_as_shown =
        our_part(&fresh) == our_part(action) && !has_appeared(session, action).await.map_err(told)?;
    if is_as_shown { Ok(fresh) } else { Err((changed(action), Others::GoOn)) }
}

/// What stands where `action` changes or removes something that is not kept in the action itself: no more of it than is
/// changed, and nothing where something is made or nothing is there by now.
pub(in crate::tenant) async fn original(
    session: &Session,
    action: &Action,
) -> Result<Option<Value>, (Trouble, Others)> {
    let read = match action {
        Action::RepairUser { id, .. } => members(session, id, &action.call().body).await.map(Some),
        Action::ReplacePhone { id, phone: method, .. }
        | Action::DeletePhone { id, phone: method, .. }
        | Action::DeleteKey { id, key: method, .. } => registered(session, id, method).await,
        Action::EnablePolicy { policy: id, .. } | Action::RestorePolicy { policy: id, .. } => {
            policy(session, id).await.map(|policy| Some(policy.raw()))
        }
        _ => Ok(None),
    };
    read.map_err(|fault| {
        let others = fault.others();
        (fault.during(&unread(action)), others)
    })
}

/// The members of an account that a body changes.
async fn members(session: &Session, user: &str, body: &Value) -> Result<Value, Fault> {
    let names: Vec<&str> = body.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    let path = format!("/users/{}?$select={}", escaped(user), names.join(","));
    let found: Value = session.graph(&path).await?;
    Ok(names.into_iter().map(|name| (name.to_owned(), found[name].clone())).collect())
}

async fn registered(session: &Session, user: &str, method: &str) -> Result<Option<Value>, Fault> {
    let path = format!("/users/{}/authentication/methods", escaped(user));
    let methods: Vec<Value> = session.graph_list(&path).await?;
    Ok(methods.into_iter().find(|one| one["id"] == method))
}

/// What a write changes in what is there; nothing where it makes it.
fn our_part(action: &Action) -> Option<String> {
    let original = action.original()?;
    let properties = &original.body["properties"];
    Some(match action {
        Action::PutActionGroup { recipients, .. } => {
            let mails: Vec<&str> = recipients.iter().map(|one| one.email.as_str()).collect();
            let texts: Vec<String> = recipients.iter().filter_map(Recipient::masked).collect();
            format!("{} {} {}", properties["enabled"], mails.join(" "), texts.join(" "))
        }
        Action::PutDiagnosticSetting { .. } => properties["workspaceId"].to_string().to_lowercase(),
        Action::PutRule(rule) => format!("{:?}", rule.flaws()),
        // One that is on keeps whatever it names; one that is off loses what was shown, and nothing else.
        Action::OpenMethod { .. } if original.body["state"] == "enabled" => "on".to_owned(),
        Action::OpenMethod { .. } => ids(&original.body["includeTargets"]).join(" "),
        _ => String::new(),
    })
}

fn ids(targets: &Value) -> Vec<&str> {
    let targets = targets.as_array().into_iter().flatten();
    targets.filter_map(|target| target["id"].as_str()).collect()
}

fn tells(original: Option<&Original>, recipient: &Recipient) -> bool {
    original.is_some_and(|one| recipient.is_mailed_by(&one.body) && recipient.is_texted_by(&one.body))
}

/// Whether something that is only made where there is none is there by now: a PUT would take off what is in it.
async fn has_appeared(session: &Session, action: &Action) -> Result<bool, Fault> {
    match action {
        Action::PutResourceGroup { subscription, name, .. } => has_group(session, subscription, name).await,
        Action::PutWorkspace { subscription, resource_group, name, .. } => {
            let id = workspace_id(subscription, resource_group, name);
            Ok(resource(session, &id, &[api::WORKSPACES]).await?.is_some())
        }
        _ => Ok(false),
    }
}

fn unread(action: &Action) -> String {
    format!("Nothing was sent: what it would change could not be read ({}).", action.sentence())
}

/// Where a write changes something, as people call it.
pub(super) fn place(action: &Action) -> &'static str {
    match action.call().service {
        Service::Arm => "Azure",
        Service::Graph => "Entra",
    }
}

fn changed(action: &Action) -> Trouble {
    Trouble::new(
        format!("Nothing was sent: {}.", action.sentence()),
        format!(
            "It is not in {} any more as it was when this was shown: somebody has made, changed or removed it since.",
            place(action)
        ),
        "Check again; what would be changed now is shown then.",
    )
}

async fn read(session: &Session, action: &Action) -> Result<Action, Fault> {
    let was = action.original();
    Ok(match action {
        Action::PutDiagnosticSetting { workspace, categories, .. } => Action::PutDiagnosticSetting {
            workspace: workspace.clone(),
            categories: categories.clone(),
            original: now(session, &diagnostic_setting_path(), was, SETTING_VERSIONS).await?,
        },
        Action::PutActionGroup { id, recipients, .. } => {
            let original = now(session, id, was, GROUP_VERSIONS).await?;
            let recipients =
                recipients.iter().filter(|one| !tells(original.as_ref(), one)).cloned().collect();
            Action::PutActionGroup { id: id.clone(), recipients, original }
        }
        Action::PutRule(rule) => {
            let original = now(session, &rule.id, was, RULE_VERSIONS).await?;
            Action::PutRule(Rule { original, ..rule.clone() })
        }
        Action::OpenMethod { method, target, .. } => {
            let ask = Request::get(Audience::Graph, session.url(Audience::Graph, &action.call().path));
            let body: Value = session.fetch(&ask).await?.json(&ask)?;
            Action::OpenMethod { method: *method, target: target.clone(), original: Original::new("", body) }
        }
        other => other.clone(),
    })
}

/// The resource in the version in which it was shown, or in the best one that is taken.
async fn now(
    session: &Session,
    id: &str,
    was: Option<&Original>,
    versions: &[&str],
) -> Result<Option<Original>, Fault> {
    match was {
        Some(was) => resource(session, id, &[was.version.as_str()]).await,
        None => resource(session, id, versions).await,
    }
}

//! Whether a write happened whose answer was lost: the tenant is asked.
//!
//! Only writes that would make a second thing need this. Everything else sets a value, and setting it twice is the
//! same as once.

use std::time::Duration;

use serde_json::Value;

use crate::domain::write::action::{Action, GLOBAL_ADMINISTRATOR, RoleRoute};
use crate::tenant::Receipt;
use crate::tenant::fault::Fault;
use crate::tenant::read::{escaped, quoted};
use crate::tenant::session::Session;
use crate::tenant::wire::{Method, Object, User};

use super::not_seen;

/// Looks after a lost answer, tenant seconds: a list may know of a fresh object later than its id does.
const LOOKS: [u64; 5] = [0, 5, 10, 20, 30];
/// Waits until a fresh object can be read by its id: three minutes in all, tenant seconds (contract 0).
const READABLE: [u64; 9] = [0, 1, 2, 4, 8, 15, 30, 60, 60];

/// Whether doing it twice is the same as doing it once.
pub(super) fn is_repeatable(action: &Action) -> bool {
    !matches!(action, Action::CreateUser { .. } | Action::CreateGroup { .. })
}

/// The receipt of a write that happened although its answer was lost.
pub(super) async fn happened(session: &Session, action: &Action) -> Result<Option<Receipt>, Fault> {
    match action {
        Action::CreateUser { upn, .. } => looked(session, Sought::User(upn)).await,
        Action::CreateGroup { name, .. } => looked(session, Sought::Group(name)).await,
        Action::AssignRole { principal, route, .. } => {
            let found = assignment(session, principal, route).await?;
            Ok(found.then(Receipt::default))
        }
        Action::AddPhone { id, number, .. } => Ok(phone(session, id, number).await?.map(named)),
        Action::RemoveLicense { id, sku, .. } => Ok(is_gone(session, id, sku).await?.then(Receipt::default)),
        _ => Ok(None),
    }
}

fn named(id: String) -> Receipt {
    Receipt { id: Some(id), ..Receipt::default() }
}

/// An object that may have been made.
enum Sought<'a> {
    User(&'a str),
    Group(&'a str),
}

/// Waits until an assignment is in the list that is read afterwards. It stands either way: when it does not show within
/// three minutes, the check says so.
pub(super) async fn listed(session: &Session, principal: &str, route: &RoleRoute) {
    for seconds in READABLE {
        session.pause(Duration::from_secs(seconds)).await;
        if matches!(assignment(session, principal, route).await, Ok(true)) {
            return;
        }
    }
}

/// Whether an account is to be in a restricted unit or not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Restriction {
    There,
    Gone,
}

/// Waits until an account shows that it has left or entered its restricted unit. The write stands either way: when it
/// does not show within three minutes, the change that follows is refused and says so.
pub(super) async fn restricted(session: &Session, user: &str, wanted: Restriction) {
    let path = format!("/users/{}?$select=id,isManagementRestricted", escaped(user));
    for seconds in READABLE {
        session.pause(Duration::from_secs(seconds)).await;
        let shown = session.graph::<User>(&path).await.map(|user| user.is_management_restricted);
        if shown.is_ok_and(|shown| shown == (wanted == Restriction::There)) {
            return;
        }
    }
}

/// Looks several times, because a commit may show late; then waits until the object can be read by its id.
async fn looked(session: &Session, sought: Sought<'_>) -> Result<Option<Receipt>, Fault> {
    for seconds in LOOKS {
        session.pause(Duration::from_secs(seconds)).await;
        let found = match sought {
            Sought::User(upn) => user(session, upn).await?,
            Sought::Group(name) => group(session, name).await?,
        };
        if let Some(id) = found {
            return Ok(Some(named(id)));
        }
    }
    Ok(None)
}

async fn user(session: &Session, upn: &str) -> Result<Option<String>, Fault> {
    match session.graph::<Object>(&format!("/users/{}?$select=id,userPrincipalName", escaped(upn))).await {
        Ok(user) => Ok(Some(user.id)),
        Err(fault) if fault.is_absent() => Ok(None),
        Err(fault) => Err(fault),
    }
}

async fn group(session: &Session, name: &str) -> Result<Option<String>, Fault> {
    let path = format!("/groups?$filter=displayName%20eq%20{}&$select=id,displayName", quoted(name));
    let groups: Vec<Object> = session.graph_list(&path).await?;
    Ok(groups.into_iter().next().map(|group| group.id))
}

/// With PIM only an instance that is assigned without end counts: an activated one shows among the assignments too.
async fn assignment(session: &Session, principal: &str, route: &RoleRoute) -> Result<bool, Fault> {
    let list = match route {
        RoleRoute::Pim { .. } => "roleAssignmentScheduleInstances",
        RoleRoute::Direct => "roleAssignments",
    };
    let path = format!(
        "/roleManagement/directory/{list}?$filter=principalId%20eq%20'{}'%20and%20roleDefinitionId%20eq%20'{GLOBAL_ADMINISTRATOR}'",
        escaped(principal)
    );
    let found: Vec<Value> = session.graph_list(&path).await?;
    Ok(found.iter().any(|assignment| match route {
        RoleRoute::Pim { .. } => {
            assignment["assignmentType"] == "Assigned" && assignment["endDateTime"].is_null()
        }
        RoleRoute::Direct => assignment["directoryScopeId"] == "/",
    }))
}

async fn phone(session: &Session, user: &str, number: &str) -> Result<Option<String>, Fault> {
    let methods: Vec<Method> =
        session.graph_list(&format!("/users/{}/authentication/methods", escaped(user))).await?;
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let found =
        methods.into_iter().find(|m| !m.phone_number.is_empty() && digits(&m.phone_number) == digits(number));
    Ok(found.map(|method| method.id))
}

async fn is_gone(session: &Session, user: &str, sku: &str) -> Result<bool, Fault> {
    let user: User = session.graph(&format!("/users/{}?$select=id,assignedLicenses", escaped(user))).await?;
    Ok(!user.assigned_licenses.iter().any(|license| license.sku_id.eq_ignore_ascii_case(sku)))
}

/// Waits until the fresh object at `path` can be read by its id.
pub(super) async fn readable(session: &Session, path: &str) -> Result<(), Fault> {
    for seconds in READABLE {
        session.pause(Duration::from_secs(seconds)).await;
        match session.graph::<Value>(path).await {
            Ok(_) => return Ok(()),
            Err(fault) if fault.is_absent() => {}
            Err(fault) => return Err(not_seen(&fault.trouble.reason())),
        }
    }
    Err(not_seen("It was made, but cannot be read by its id after three minutes."))
}

//! Who holds Global Administrator, and how (contract 3 and 15.5).
//!
//! With P2 the schedule instances tell permanent from eligible and activated; without it every assignment is
//! permanent and active.

use std::collections::BTreeSet;

use crate::domain::facts::{Administrator, Holding, HoldingKind, Roles};
use crate::domain::text::clean;
use crate::domain::write::action::GLOBAL_ADMINISTRATOR;
use crate::tenant::fault::Fault;
use crate::tenant::session::Session;
use crate::tenant::wire::{Object, RoleAssignment, ScheduleInstance};

use super::Reader;
use super::role_rules::{self, RoleRules};

/// Who holds the role.
pub(super) async fn roles(reader: &Reader<'_>) -> Result<Roles, Fault> {
    let session = reader.session;
    let assignments = assignments(session).await?;
    let holders = holders(session, &assignments).await?;
    let administrators = administrators(&holders);
    let mut people = people(&assignments, &holders);
    if reader.known.has_p2() {
        match scheduled(session).await {
            Ok((holdings, may_activate)) => {
                people.extend(may_activate);
                let RoleRules { permanent_allowed, approval } = role_rules::rules(session).await;
                return Ok(Roles { holdings, administrators, permanent_allowed, approval, people });
            }
            Err(fault) if fault.is_unlicensed() => {}
            Err(fault) => return Err(fault),
        }
    }
    let holdings = holders.into_iter().map(|holder| holder.holding).collect();
    Ok(Roles { holdings, administrators, permanent_allowed: None, approval: None, people })
}

/// Every assignment of the role, with its principal.
pub(super) async fn assignments(session: &Session) -> Result<Vec<RoleAssignment>, Fault> {
    session
        .graph_list(&format!("/roleManagement/directory/roleAssignments?{}&$expand=principal", of_the_role()))
        .await
}

/// Ids of whoever may activate the role: users, and groups.
pub(super) async fn eligible(session: &Session) -> Result<BTreeSet<String>, Fault> {
    let all = instances(session, "roleEligibilityScheduleInstances").await?;
    Ok(all.into_iter().map(|instance| instance.principal_id).collect())
}

fn of_the_role() -> String {
    format!("$filter=roleDefinitionId%20eq%20'{GLOBAL_ADMINISTRATOR}'")
}

/// A user who holds the role, directly or through a group.
struct Holder {
    holding: Holding,
    upn: String,
    enabled: bool,
}

/// Whom the assignments name: users, directly or through a group, and what else holds the role.
fn people(assignments: &[RoleAssignment], holders: &[Holder]) -> Vec<Administrator> {
    let person = |holder: &Holder| Administrator {
        id: holder.holding.principal.clone(),
        upn: clean(&holder.upn),
        enabled: Some(holder.enabled),
        is_person: true,
        ..Administrator::default()
    };
    let others = assignments.iter().filter_map(|assignment| assignment.principal.as_ref());
    let others = others.filter(|principal| !principal.is("user") && !principal.kind.is_empty());
    let other = |principal: &Object| Administrator {
        id: principal.id.clone(),
        name: clean(&principal.display_name),
        ..Administrator::default()
    };
    holders.iter().map(person).chain(others.map(other)).collect()
}

async fn holders(session: &Session, assignments: &[RoleAssignment]) -> Result<Vec<Holder>, Fault> {
    let mut holders = Vec::new();
    for assignment in assignments {
        let Some(principal) = &assignment.principal else { continue };
        if principal.is("group") {
            let members = members(session, &principal.id).await?;
            holders.extend(members.iter().filter(|m| m.is("user")).map(|m| holder(assignment, m)));
        } else if principal.is("user") {
            holders.push(holder(assignment, principal));
        }
    }
    Ok(holders)
}

async fn members(session: &Session, group: &str) -> Result<Vec<Object>, Fault> {
    let path = format!("/groups/{group}/transitiveMembers?$select=id,userPrincipalName,accountEnabled");
    session.graph_list(&path).await
}

fn holder(assignment: &RoleAssignment, user: &Object) -> Holder {
    let holding = Holding {
        principal: user.id.clone(),
        kind: HoldingKind::Assigned,
        scope: assignment.directory_scope_id.clone(),
        ends: None,
        through_group: user.id != assignment.principal_id,
    };
    // An account whose state is not told counts: too many administrators is the safer answer.
    let upn = user.user_principal_name.clone();
    Holder { holding, upn, enabled: user.account_enabled.unwrap_or(true) }
}

fn administrators(holders: &[Holder]) -> usize {
    let active = holders.iter().filter(|h| h.enabled && h.holding.scope == "/");
    active.map(|h| h.holding.principal.as_str()).collect::<BTreeSet<_>>().len()
}

async fn instances(session: &Session, name: &str) -> Result<Vec<ScheduleInstance>, Fault> {
    session.graph_list(&format!("/roleManagement/directory/{name}?{}", of_the_role())).await
}

/// Who may activate the role, with their names. That this list takes `$expand` is UNVERIFIED, so it is read without it where
/// that is refused: names are the least of it.
async fn eligibilities(session: &Session) -> Result<Vec<ScheduleInstance>, Fault> {
    let named = format!(
        "/roleManagement/directory/roleEligibilityScheduleInstances?{}&$expand=principal",
        of_the_role()
    );
    match session.graph_list(&named).await {
        Err(fault) if !fault.is_unlicensed() => instances(session, "roleEligibilityScheduleInstances").await,
        read => read,
    }
}

/// Somebody who may activate the role: a user, or a group by its name.
fn may_activate(principal: &Object) -> Administrator {
    Administrator {
        id: principal.id.clone(),
        upn: clean(&principal.user_principal_name),
        name: clean(&principal.display_name),
        enabled: principal.account_enabled,
        is_person: principal.is("user") || principal.is("group"),
    }
}

/// How the role is held, and by whom it may be activated, as far as they are named.
async fn scheduled(session: &Session) -> Result<(Vec<Holding>, Vec<Administrator>), Fault> {
    let active = instances(session, "roleAssignmentScheduleInstances").await?;
    let eligible = eligibilities(session).await?;
    let kind = |i: &ScheduleInstance| {
        if i.assignment_type == "Assigned" { HoldingKind::Assigned } else { HoldingKind::Activated }
    };
    let mut holdings: Vec<Holding> = active.iter().map(|i| holding(i, kind(i))).collect();
    holdings.extend(eligible.iter().map(|i| holding(i, HoldingKind::Eligible)));
    let named = eligible.iter().filter_map(|instance| instance.principal.as_ref());
    let named = named.filter(|principal| !principal.kind.is_empty());
    Ok((holdings, named.map(may_activate).collect()))
}

fn holding(instance: &ScheduleInstance, kind: HoldingKind) -> Holding {
    Holding {
        principal: instance.principal_id.clone(),
        kind,
        scope: instance.directory_scope_id.clone(),
        ends: instance.end_date_time,
        through_group: instance.member_type == "Group",
    }
}

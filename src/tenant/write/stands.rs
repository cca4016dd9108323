//! An answer that says "it exists already", or "it is not there": whether that is what was wanted is read, not believed.
//!
//! An assignment that exists may be an activated one, one that ends, one for a part of the directory; a member that exists
//! may be meant by another request that failed for another reason. Nothing is changed here.

use serde_json::Value;

use crate::domain::trouble::Trouble;
use crate::domain::write::action::{Action, GLOBAL_ADMINISTRATOR};
use crate::tenant::fault::Fault;
use crate::tenant::read::escaped;
use crate::tenant::session::Session;
use crate::tenant::wire::{Method, Object, ScheduleInstance};

/// What stands in the tenant, beside what was wanted.
pub(super) enum Stands {
    /// What was wanted.
    AsWanted,
    /// Something else, in the words of a person.
    Otherwise(Trouble),
}

/// Whether the tenant is as `action` would leave it.
pub(super) async fn stands(session: &Session, action: &Action) -> Result<Stands, Fault> {
    match action {
        Action::AssignRole { principal, .. } => Ok(match assignment(session, principal).await? {
            Held::ForGood => Stands::AsWanted,
            Held::Otherwise(how) => Stands::Otherwise(another_assignment(&how)),
            Held::Not => Stands::Otherwise(not_shown()),
        }),
        Action::AddMember { group, id, .. } => wanted(is_member(session, &members_of(group), id).await?),
        Action::RemoveMember { group, id, .. } => wanted(!is_member(session, &members_of(group), id).await?),
        Action::AddOwner { group, id, .. } => wanted(is_member(session, &owners_of(group), id).await?),
        Action::RemoveOwner { group, id, .. } => wanted(!is_member(session, &owners_of(group), id).await?),
        Action::EnterUnit { unit, id, .. } => wanted(is_member(session, &unit_members(unit), id).await?),
        Action::LeaveUnit { unit, id, .. } => wanted(!is_member(session, &unit_members(unit), id).await?),
        Action::DeletePass { id, pass: method, .. }
        | Action::DeletePhone { id, phone: method, .. }
        | Action::DeleteKey { id, key: method, .. } => wanted(!has_method(session, id, method).await?),
        _ => Ok(Stands::Otherwise(not_shown())),
    }
}

fn wanted(is_so: bool) -> Result<Stands, Fault> {
    Ok(if is_so { Stands::AsWanted } else { Stands::Otherwise(not_shown()) })
}

fn members_of(group: &str) -> String {
    format!("/groups/{}/members?$select=id", escaped(group))
}

fn owners_of(group: &str) -> String {
    format!("/groups/{}/owners?$select=id", escaped(group))
}

fn unit_members(unit: &str) -> String {
    format!("/directory/administrativeUnits/{}/members?$select=id", escaped(unit))
}

async fn is_member(session: &Session, path: &str, id: &str) -> Result<bool, Fault> {
    let members: Vec<Object> = session.graph_list(path).await?;
    Ok(members.iter().any(|member| member.id.eq_ignore_ascii_case(id)))
}

async fn has_method(session: &Session, user: &str, method: &str) -> Result<bool, Fault> {
    let path = format!("/users/{}/authentication/methods", escaped(user));
    let methods: Vec<Method> = session.graph_list(&path).await?;
    Ok(methods.iter().any(|one| one.id == method))
}

/// How an account holds the role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Held {
    /// Assigned, without end, directly, for the whole directory.
    ForGood,
    /// In a way that does not last, or not everywhere.
    Otherwise(String),
    /// Not at all.
    Not,
}

/// With PIM only an instance counts that is assigned without end, to the account itself and for the whole directory: an
/// activated one shows among the assignments too, and so do those of a group or of a unit (contract 3). Without P2 there
/// are no instances, and every assignment is permanent and active.
pub(super) async fn assignment(session: &Session, principal: &str) -> Result<Held, Fault> {
    let of_it = |list: &str| {
        let principal = escaped(principal);
        format!(
            "/roleManagement/directory/{list}?$filter=principalId%20eq%20'{principal}'%20and%20roleDefinitionId%20eq%20'{GLOBAL_ADMINISTRATOR}'"
        )
    };
    let instances = session.graph_list::<ScheduleInstance>(&of_it("roleAssignmentScheduleInstances")).await;
    match instances {
        Ok(instances) => Ok(held(&instances)),
        Err(fault) if fault.is_unlicensed() => {
            let found: Vec<Value> = session.graph_list(&of_it("roleAssignments")).await?;
            Ok(plainly_held(&found))
        }
        Err(fault) => Err(fault),
    }
}

fn held(instances: &[ScheduleInstance]) -> Held {
    let shortcomings: Vec<Option<String>> = instances.iter().map(shortcoming).collect();
    if shortcomings.contains(&None) {
        return Held::ForGood;
    }
    shortcomings.into_iter().flatten().next().map_or(Held::Not, Held::Otherwise)
}

fn shortcoming(instance: &ScheduleInstance) -> Option<String> {
    if instance.member_type == "Group" {
        Some("it comes through a group".to_owned())
    } else if instance.assignment_type != "Assigned" {
        Some("it is only activated for a while".to_owned())
    } else if let Some(end) = instance.end_date_time {
        Some(format!("it ends on {}", end.strftime("%Y-%m-%d")))
    } else {
        (instance.directory_scope_id != "/").then(|| "it is for a part of the directory only".to_owned())
    }
}

fn plainly_held(assignments: &[Value]) -> Held {
    match assignments {
        [] => Held::Not,
        some if some.iter().any(|one| one["directoryScopeId"] == "/") => Held::ForGood,
        _ => Held::Otherwise("it is for a part of the directory only".to_owned()),
    }
}

/// What it takes to change an assignment that stands is not in the contract: a person ends it.
fn another_assignment(how: &str) -> Trouble {
    Trouble::new(
        "The role is not assigned for good.",
        format!("The answer says that an assignment exists, and it is not the wanted one: {how}."),
        "End that assignment (Entra ID > Roles & admins > Global Administrator > Assignments), or deactivate it as the \
         account, or wait until it has ended. Then check again and assign it once more.",
    )
}

fn not_shown() -> Trouble {
    Trouble::new(
        "It is not as it should be.",
        "The answer says that nothing is left to do, and what was read says otherwise.",
        "Check again in a few minutes; then do it once more, or look at it in the Entra admin center.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instance(kind: &str) -> ScheduleInstance {
        ScheduleInstance {
            assignment_type: kind.to_owned(),
            member_type: "Direct".to_owned(),
            directory_scope_id: "/".to_owned(),
            ..ScheduleInstance::default()
        }
    }

    #[test]
    fn only_an_assignment_that_lasts_is_the_wanted_one() {
        let ending = ScheduleInstance {
            end_date_time: Some("2026-12-01T00:00:00Z".parse().expect("a moment")),
            ..instance("Assigned")
        };
        let in_part = ScheduleInstance { directory_scope_id: "/x".to_owned(), ..instance("Assigned") };
        let by_group = ScheduleInstance { member_type: "Group".to_owned(), ..instance("Assigned") };
        assert_eq!(held(&[]), Held::Not);
        assert_eq!(held(&[instance("Assigned")]), Held::ForGood);
        assert_eq!(held(&[instance("Activated"), instance("Assigned")]), Held::ForGood);
        for other in [instance("Activated"), ending, in_part, by_group] {
            assert!(matches!(held(&[other]), Held::Otherwise(_)));
        }
    }

    #[test]
    fn without_pim_an_assignment_for_the_whole_directory_lasts() {
        let at = |scope: &str| serde_json::json!({"directoryScopeId": scope});
        assert_eq!(plainly_held(&[at("/u"), at("/")]), Held::ForGood);
        assert!(matches!(plainly_held(&[at("/u")]), Held::Otherwise(_)));
        assert_eq!(plainly_held(&[]), Held::Not);
    }
}

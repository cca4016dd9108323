//! What Privileged Identity Management asks for at the role (contract 3): whether an assignment may be without an end, and
//! whether activating it waits for somebody's approval, and whether they are there.
//!
//! What cannot be read is not known; nothing is taken to be the usual setting.

use serde_json::Value;

use crate::domain::facts::{Approval, Approver};
use crate::domain::text::clean;
use crate::domain::write::action::GLOBAL_ADMINISTRATOR;
use crate::tenant::fault::Fault;
use crate::tenant::session::Session;
use crate::tenant::wire::Object;

use super::escaped;

/// The rule about an activation. The description has its type and its target; this id is formed like those of the rules
/// that were seen (UNVERIFIED), so the target counts as well.
const ACTIVATION: &str = "Approval_EndUser_Assignment";
/// How many approvers are looked up: more are never needed to know that somebody is there.
const MOST: usize = 20;

/// What is asked for at the role.
#[derive(Default)]
pub(super) struct RoleRules {
    /// Whether an active assignment may be without an end.
    pub permanent_allowed: Option<bool>,
    /// Whether activating it waits for an approval.
    pub approval: Option<Approval>,
}

/// What is asked for at the role, as far as it may be read.
pub(super) async fn rules(session: &Session) -> RoleRules {
    let Some(rules) = read(session).await else { return RoleRules::default() };
    RoleRules { permanent_allowed: permanent_allowed(&rules), approval: approval(session, &rules).await }
}

async fn read(session: &Session) -> Option<Vec<Value>> {
    let path = format!(
        "/policies/roleManagementPolicyAssignments?$filter=scopeId%20eq%20'/'%20and%20scopeType%20eq%20'DirectoryRole'\
         %20and%20roleDefinitionId%20eq%20'{GLOBAL_ADMINISTRATOR}'&$expand=policy($expand=rules)"
    );
    let assignments: Vec<Value> = session.graph_list(&path).await.ok()?;
    assignments.first()?.pointer("/policy/rules")?.as_array().cloned()
}

fn permanent_allowed(rules: &[Value]) -> Option<bool> {
    let rule = rules.iter().find(|rule| rule["id"] == "Expiration_Admin_Assignment")?;
    rule["isExpirationRequired"].as_bool().map(|required| !required)
}

async fn approval(session: &Session, rules: &[Value]) -> Option<Approval> {
    let setting = &rules.iter().find(|rule| is_about_activation(rule))?["setting"];
    if !setting["isApprovalRequired"].as_bool()? {
        return Some(Approval::NotNeeded);
    }
    let mut approvers = Vec::new();
    for named in named(setting).take(MOST) {
        approvers.push(approver(session, named).await);
    }
    Some(Approval::Needed(approvers))
}

fn is_about_activation(rule: &Value) -> bool {
    let is_approval = rule["@odata.type"].as_str().is_some_and(|kind| kind.ends_with("ApprovalRule"));
    let target = &rule["target"];
    rule["id"] == ACTIVATION
        || is_approval && target["caller"] == "EndUser" && target["level"] == "Assignment"
}

/// Whom any stage names: those first asked, and those asked later.
fn named(setting: &Value) -> impl Iterator<Item = &Value> {
    let stages = setting["approvalStages"].as_array().into_iter().flatten();
    stages.flat_map(|stage| {
        ["primaryApprovers", "escalationApprovers"]
            .into_iter()
            .flat_map(|list| stage[list].as_array().into_iter().flatten())
    })
}

/// A person, or whoever is in a group. How each names its id is in no description at hand (UNVERIFIED): one that names none
/// is not known.
async fn approver(session: &Session, subject: &Value) -> Approver {
    let text = |name: &str| subject[name].as_str().unwrap_or_default().to_owned();
    let (user, group, called) = (text("userId"), text("groupId"), text("description"));
    let found = match (user.is_empty(), group.is_empty()) {
        (false, _) => person(session, &user).await,
        (true, false) => members(session, &group).await,
        (true, true) => return Approver { name: clean(&called), is_there: None },
    };
    let (name, is_there) = match found {
        Ok((name, is_there)) => (name, Some(is_there)),
        Err(fault) => (String::new(), fault.is_absent().then_some(false)),
    };
    let names = [name, called, user, group];
    let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    Approver { name: clean(&name), is_there }
}

async fn person(session: &Session, id: &str) -> Result<(String, bool), Fault> {
    let path = format!("/users/{}?$select=id,userPrincipalName,accountEnabled", escaped(id));
    let user: Object = session.graph(&path).await?;
    let is_there = user.account_enabled.unwrap_or(true);
    Ok((user.user_principal_name, is_there))
}

/// A group approves by anybody who is in it.
async fn members(session: &Session, id: &str) -> Result<(String, bool), Fault> {
    let path = format!("/groups/{}/transitiveMembers?$select=id,accountEnabled", escaped(id));
    let members: Vec<Object> = session.graph_list(&path).await?;
    Ok((
        String::new(),
        members.iter().any(|member| member.is("user") && member.account_enabled != Some(false)),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_rule_about_an_activation_is_known_by_its_id_or_its_target() {
        let by_target = |caller: &str| {
            json!({"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyApprovalRule", "id": "other",
                "target": {"caller": caller, "level": "Assignment"}})
        };
        assert!(is_about_activation(&json!({"id": ACTIVATION})));
        assert!(is_about_activation(&by_target("EndUser")));
        assert!(!is_about_activation(&by_target("Admin")));
        assert!(!is_about_activation(&json!({"id": "Expiration_EndUser_Assignment",
            "target": {"caller": "EndUser", "level": "Assignment"}})));
    }

    #[test]
    fn approvers_of_every_stage_count() {
        let setting = json!({"approvalStages": [
            {"primaryApprovers": [{"userId": "a"}], "escalationApprovers": null},
            {"primaryApprovers": [], "escalationApprovers": [{"groupId": "b"}]}, {}]});
        assert_eq!(named(&setting).count(), 2);
        assert_eq!(named(&json!({})).count(), 0);
    }
}

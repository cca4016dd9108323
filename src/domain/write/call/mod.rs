//! The exact request behind each action, as data.
//!
//! What the consent screen shows under "the HTTP call" is this value, and what is sent is this value too, so
//! nothing can be written that was not shown. Three words are filled in at the last moment: `{graph}` by the
//! cloud's Graph address, `{now}` by the time, and the secret at [`Call::secret`].

use serde_json::{Value, json};

use crate::domain::secret::SecretId;
use crate::domain::write::action::{
    Action, GLOBAL_ADMINISTRATOR, PassUse, PolicyMethod, Protection, Repair, RoleRoute, targets,
};

pub mod api;
mod azure;
mod kept;
mod texts;

pub use azure::{
    ACTION_GROUP, DIAGNOSTIC_SETTING, action_group_id, adopted_group_id, audit_query,
    diagnostic_setting_path, newest_query, rule_id, sign_in_query, workspace_id,
};

/// Which service a call goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// Microsoft Graph v1.0.
    Graph,
    /// Azure Resource Manager.
    Arm,
}

/// The method of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// POST
    Post,
    /// PATCH
    Patch,
    /// PUT
    Put,
    /// DELETE
    Delete,
}

impl Verb {
    /// The method as HTTP spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Verb::Post => "POST",
            Verb::Patch => "PATCH",
            Verb::Put => "PUT",
            Verb::Delete => "DELETE",
        }
    }
}

/// Where the secret of a call comes from. In the body it stands as [`SECRET_MARK`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretSource {
    /// Made for this call and forgotten with it; nobody ever sees it.
    ThrowAway,
    /// Kept in the vault.
    Vault(SecretId),
}

/// What stands in a body where a secret will be; also what a screen shows there.
pub const SECRET_MARK: &str = "•••";

/// One request.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The service.
    pub service: Service,
    /// The method.
    pub verb: Verb,
    /// Path below the service's address, with its query: `/v1.0/users`.
    pub path: String,
    /// JSON body; `Null` when there is none.
    pub body: Value,
    /// The secret to put in place of [`SECRET_MARK`].
    pub secret: Option<SecretSource>,
}

impl Call {
    fn graph(verb: Verb, path: impl Into<String>, body: Value) -> Self {
        Self { service: Service::Graph, verb, path: format!("/v1.0{}", path.into()), body, secret: None }
    }

    fn arm(verb: Verb, path: impl Into<String>, body: Value) -> Self {
        Self { service: Service::Arm, verb, path: path.into(), body, secret: None }
    }

    fn with(mut self, secret: SecretSource) -> Self {
        self.secret = Some(secret);
        self
    }
}

/// How long a Temporary Access Pass is to live, minutes: an hour, where the policy's limits allow it (contract 15.6).
pub const PASS_MINUTES: u32 = 60;

impl Action {
    /// The request that carries this action out.
    pub fn call(&self) -> Call {
        match self {
            Action::CreateUser { upn, display_name, .. } => create_user(upn, display_name),
            Action::RepairUser { id, repairs, .. } => repair_user(id, repairs),
            Action::RemoveLicense { id, sku, .. } => remove_license(id, sku),
            Action::AssignRole { principal, route, .. } => assign_role(principal, route),
            Action::OpenMethod { method, target, original } => {
                open_method(*method, &targets(target.as_ref(), original))
            }
            Action::IssuePass { id, use_once, minutes, .. } => issue_pass(id, *use_once, *minutes),
            Action::DeletePass { id, pass, .. } => {
                delete_method(id, Registered { collection: "temporaryAccessPassMethods", id: pass })
            }
            Action::AddPhone { id, number, .. } => add_phone(id, number),
            Action::ReplacePhone { id, phone, number, .. } => replace_phone(id, phone, number),
            Action::DeletePhone { id, phone, .. } => {
                delete_method(id, Registered { collection: "phoneMethods", id: phone })
            }
            Action::DeleteKey { id, key, .. } => {
                delete_method(id, Registered { collection: "fido2Methods", id: key })
            }
            Action::CreateGroup { name, description, protection, members } => {
                create_group(name, description, *protection, members)
            }
            Action::AddMember { group, id, .. } => add_member(group, id),
            Action::RemoveMember { group, id, .. } => remove_member(group, id),
            Action::AddOwner { group, id, .. } => add_owner(group, id),
            Action::RemoveOwner { group, id, .. } => {
                Call::graph(Verb::Delete, format!("/groups/{group}/owners/{id}/$ref"), Value::Null)
            }
            Action::ExcludeGroup { policy, groups, .. } => {
                patch_policy(policy, json!({"conditions": {"users": {"excludeGroups": groups}}}))
            }
            Action::RestorePolicy { policy, original, .. } => patch_policy(policy, restorable(original)),
            Action::EnablePolicy { policy, .. } => patch_policy(policy, json!({"state": "enabled"})),
            Action::DisableSecurityDefaults => disable_security_defaults(),
            Action::RegisterProvider { subscription, namespace } => {
                azure::register_provider(subscription, namespace)
            }
            Action::PutResourceGroup { subscription, name, region } => {
                azure::put_resource_group(subscription, name, region)
            }
            Action::PutWorkspace { subscription, resource_group, name, region } => {
                azure::put_workspace(&workspace_id(subscription, resource_group, name), region)
            }
            Action::PutDiagnosticSetting { workspace, categories, original } => {
                azure::put_diagnostic_setting(workspace, categories, original.as_ref())
            }
            Action::PutActionGroup { id, recipients, original } => {
                azure::put_action_group(id, recipients, original.as_ref())
            }
            Action::PutRule(rule) => azure::put_rule(rule),
            Action::TestNotification { id, recipients } => azure::test_notification(id, recipients),
            Action::SetPassword { id, secret, .. } => set_password(id, *secret),
            Action::RevokeSessions { id, .. } => {
                Call::graph(Verb::Post, format!("/users/{id}/revokeSignInSessions"), Value::Null)
            }
            Action::LeaveUnit { unit, id, .. } => leave_unit(unit, id),
            Action::EnterUnit { unit, id, .. } => enter_unit(unit, id),
        }
    }
}

fn create_user(upn: &str, display_name: &str) -> Call {
    let body = json!({
        "accountEnabled": true,
        "displayName": display_name,
        "mailNickname": nickname(upn),
        "userPrincipalName": upn,
        "userType": "Member",
        "passwordPolicies": "DisablePasswordExpiration",
        "passwordProfile": password_profile(),
    });
    Call::graph(Verb::Post, "/users", body).with(SecretSource::ThrowAway)
}

fn repair_user(id: &str, repairs: &[Repair]) -> Call {
    let body: serde_json::Map<String, Value> = repairs.iter().map(repaired).collect();
    Call::graph(Verb::Patch, format!("/users/{id}"), Value::Object(body))
}

fn remove_license(id: &str, sku: &str) -> Call {
    let body = json!({"addLicenses": [], "removeLicenses": [sku]});
    Call::graph(Verb::Post, format!("/users/{id}/assignLicense"), body)
}

fn set_password(id: &str, secret: SecretId) -> Call {
    let body = json!({"passwordProfile": {"forceChangePasswordNextSignIn": false, "password": SECRET_MARK}});
    Call::graph(Verb::Patch, format!("/users/{id}"), body).with(SecretSource::Vault(secret))
}

/// `forceChangePasswordNextSignIn` must be false in so many words, or the sealed password is useless (contract 2).
fn password_profile() -> Value {
    json!({
        "forceChangePasswordNextSignIn": false,
        "forceChangePasswordNextSignInWithMfa": false,
        "password": SECRET_MARK,
    })
}

fn nickname(upn: &str) -> &str {
    upn.split('@').next().unwrap_or(upn)
}

fn repaired(repair: &Repair) -> (String, Value) {
    match repair {
        Repair::Enable => ("accountEnabled".to_owned(), Value::Bool(true)),
        Repair::NeverExpire => ("passwordPolicies".to_owned(), Value::from("DisablePasswordExpiration")),
        Repair::Clear(name) if is_list(name) => (name.clone(), json!([])),
        Repair::Clear(name) => (name.clone(), Value::Null),
    }
}

fn is_list(property: &str) -> bool {
    matches!(property, "otherMails" | "businessPhones")
}

fn assign_role(principal: &str, route: &RoleRoute) -> Call {
    match route {
        RoleRoute::Pim { justification, ticket } => {
            let mut body = json!({
                "action": "adminAssign",
                "justification": justification,
                "roleDefinitionId": GLOBAL_ADMINISTRATOR,
                "directoryScopeId": "/",
                "principalId": principal,
                "scheduleInfo": {"startDateTime": "{now}", "expiration": {"type": "noExpiration"}},
            });
            if let Some(ticket) = ticket {
                body["ticketInfo"] = json!({"ticketNumber": ticket.number, "ticketSystem": ticket.system});
            }
            Call::graph(Verb::Post, "/roleManagement/directory/roleAssignmentScheduleRequests", body)
        }
        RoleRoute::Direct | RoleRoute::PastPim => Call::graph(
            Verb::Post,
            "/roleManagement/directory/roleAssignments",
            json!({
                "@odata.type": "#microsoft.graph.unifiedRoleAssignment",
                "roleDefinitionId": GLOBAL_ADMINISTRATOR,
                "principalId": principal,
                "directoryScopeId": "/",
            }),
        ),
    }
}

fn open_method(method: PolicyMethod, targets: &[Value]) -> Call {
    let (id, kind) = match method {
        PolicyMethod::Fido2 => ("fido2", "fido2"),
        PolicyMethod::TemporaryPass => ("temporaryAccessPass", "temporaryAccessPass"),
        PolicyMethod::Sms => ("sms", "sms"),
    };
    let mut body = json!({
        "@odata.type": format!("#microsoft.graph.{kind}AuthenticationMethodConfiguration"),
        "state": "enabled",
        "includeTargets": targets,
    });
    if method == PolicyMethod::Fido2 {
        // Registration through Graph or by the account itself both need this (contract 4, known issue).
        body["isSelfServiceRegistrationAllowed"] = Value::Bool(true);
    }
    let path = format!("/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{id}");
    Call::graph(Verb::Patch, path, body)
}

fn issue_pass(id: &str, use_once: PassUse, minutes: u32) -> Call {
    let body = json!({"lifetimeInMinutes": minutes, "isUsableOnce": use_once == PassUse::Once});
    Call::graph(Verb::Post, format!("/users/{id}/authentication/temporaryAccessPassMethods"), body)
}

/// An authentication method of an account, by the collection that Graph keeps it in.
struct Registered<'a> {
    collection: &'static str,
    id: &'a str,
}

fn delete_method(user: &str, Registered { collection, id }: Registered<'_>) -> Call {
    Call::graph(Verb::Delete, format!("/users/{user}/authentication/{collection}/{id}"), Value::Null)
}

fn add_phone(id: &str, number: &str) -> Call {
    let body = json!({"phoneNumber": number, "phoneType": "mobile"});
    Call::graph(Verb::Post, format!("/users/{id}/authentication/phoneMethods"), body)
}

fn replace_phone(id: &str, phone: &str, number: &str) -> Call {
    let body = json!({"phoneNumber": number, "phoneType": "mobile"});
    Call::graph(Verb::Patch, format!("/users/{id}/authentication/phoneMethods/{phone}"), body)
}

fn create_group(
    name: &str,
    description: &str,
    protection: Protection,
    members: &[(crate::domain::slot::Slot, String)],
) -> Call {
    let mut body = json!({
        "displayName": name,
        "description": description,
        "mailEnabled": false,
        "mailNickname": "ca-emergency-exclusions",
        "securityEnabled": true,
        "groupTypes": [],
        "visibility": "Private",
        "isAssignableToRole": protection == Protection::RoleAssignable,
    });
    if !members.is_empty() {
        let bind = |id: &String| format!("{{graph}}/v1.0/users/{id}");
        body["members@odata.bind"] = members.iter().map(|(_, id)| bind(id)).collect();
    }
    Call::graph(Verb::Post, "/groups", body)
}

fn add_member(group: &str, id: &str) -> Call {
    let body = json!({"@odata.id": format!("{{graph}}/v1.0/directoryObjects/{id}")});
    Call::graph(Verb::Post, format!("/groups/{group}/members/$ref"), body)
}

/// Contract 15.4.
fn add_owner(group: &str, id: &str) -> Call {
    let body = json!({"@odata.id": format!("{{graph}}/v1.0/users/{id}")});
    Call::graph(Verb::Post, format!("/groups/{group}/owners/$ref"), body)
}

fn remove_member(group: &str, id: &str) -> Call {
    Call::graph(Verb::Delete, format!("/groups/{group}/members/{id}/$ref"), Value::Null)
}

fn leave_unit(unit: &str, id: &str) -> Call {
    let path = format!("/directory/administrativeUnits/{unit}/members/{id}/$ref");
    Call::graph(Verb::Delete, path, Value::Null)
}

fn enter_unit(unit: &str, id: &str) -> Call {
    let body = json!({"@odata.id": format!("{{graph}}/v1.0/users/{id}")});
    Call::graph(Verb::Post, format!("/directory/administrativeUnits/{unit}/members/$ref"), body)
}

fn patch_policy(id: &str, body: Value) -> Call {
    Call::graph(Verb::Patch, format!("/identity/conditionalAccess/policies/{id}"), body)
}

fn disable_security_defaults() -> Call {
    Call::graph(
        Verb::Patch,
        "/policies/identitySecurityDefaultsEnforcementPolicy",
        json!({"isEnabled": false}),
    )
}

/// The parts of a policy that can be written back: state, conditions, grant and session controls, without nulls,
/// because empty unknowns are refused (contract 6, error 1007).
fn restorable(original: &Value) -> Value {
    let keep = ["displayName", "state", "conditions", "grantControls", "sessionControls"];
    let members = original.as_object().into_iter().flatten();
    let body = members.filter(|(k, v)| keep.contains(&k.as_str()) && !v.is_null());
    without_notes(&Value::Object(body.map(|(k, v)| (k.clone(), v.clone())).collect()))
}

fn without_notes(value: &Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(
            members
                .iter()
                .filter(|(k, v)| !k.contains('@') && !v.is_null())
                .map(|(k, v)| (k.clone(), without_notes(v)))
                .collect(),
        ),
        other => other.clone(),
    }
}

//! The shapes of answers, as far as they are used. Every member may be missing or null: a server of another cloud or
//! version leaves things out, and a wizard must not fall over that. Only a list without its list is refused.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::bounded;

/// Null counts as missing.
pub(super) fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A moment; what is none counts as missing, text or not.
pub(super) fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(Value::deserialize(deserializer)?.as_str().and_then(|text| text.parse().ok()))
}

/// One page of a list.
#[derive(Deserialize)]
pub(super) struct Page<T> {
    pub value: Vec<T>,
    /// Where the next page is; Graph and Azure name it differently.
    #[serde(rename = "@odata.nextLink", alias = "nextLink", default = "Option::default")]
    pub next: Option<String>,
}

/// `error` of an answer that says no.
#[derive(Default)]
pub(super) struct ErrorBody {
    pub code: String,
    pub message: String,
}

impl ErrorBody {
    /// Code and message, wherever they stand: Graph and Azure wrap them in `error`, some services do not.
    pub fn read(body: &[u8]) -> Self {
        let value: Value = serde_json::from_slice(body).unwrap_or_default();
        let error = value.get("error").filter(|e| e.is_object()).unwrap_or(&value);
        let text = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        // Log Analytics puts the telling code inside.
        let inner = error.pointer("/innererror/code").and_then(Value::as_str).unwrap_or_default();
        let code = text("code");
        Self {
            code: if inner.is_empty() { code } else { format!("{code} {inner}") },
            message: text("message"),
        }
    }
}

/// `/me`
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Me {
    pub id: String,
    #[serde(deserialize_with = "or_default")]
    pub user_principal_name: String,
    #[serde(deserialize_with = "moment")]
    pub last_password_change_date_time: Option<Timestamp>,
}

/// A directory role of the caller.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct DirectoryRole {
    #[serde(deserialize_with = "or_default")]
    pub role_template_id: String,
    #[serde(deserialize_with = "or_default")]
    pub display_name: String,
}

/// `/organization`
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Organization {
    pub id: String,
    #[serde(deserialize_with = "or_default")]
    pub display_name: String,
}

/// `/domains`
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Domain {
    pub id: String,
    #[serde(deserialize_with = "or_default")]
    pub is_initial: bool,
    #[serde(deserialize_with = "or_default")]
    pub is_verified: bool,
    #[serde(deserialize_with = "or_default")]
    pub authentication_type: String,
}

/// `/subscribedSkus`
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Sku {
    #[serde(deserialize_with = "or_default")]
    pub capability_status: String,
    #[serde(deserialize_with = "or_default")]
    pub service_plans: Vec<ServicePlan>,
}

/// A part of a license.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ServicePlan {
    #[serde(deserialize_with = "or_default")]
    pub service_plan_id: String,
    #[serde(deserialize_with = "or_default")]
    pub service_plan_name: String,
    #[serde(deserialize_with = "or_default")]
    pub provisioning_status: String,
}

/// `/users/{id}`
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct User {
    pub id: String,
    #[serde(deserialize_with = "or_default")]
    pub user_principal_name: String,
    #[serde(deserialize_with = "or_default")]
    pub display_name: String,
    #[serde(deserialize_with = "or_default")]
    pub mail_nickname: String,
    #[serde(deserialize_with = "or_default")]
    pub account_enabled: bool,
    #[serde(deserialize_with = "or_default")]
    pub user_type: String,
    #[serde(deserialize_with = "or_default")]
    pub on_premises_sync_enabled: bool,
    #[serde(deserialize_with = "or_default")]
    pub assigned_licenses: Vec<AssignedLicense>,
    #[serde(deserialize_with = "or_default")]
    pub password_policies: String,
    #[serde(deserialize_with = "moment")]
    pub last_password_change_date_time: Option<Timestamp>,
    #[serde(deserialize_with = "moment")]
    pub sign_in_sessions_valid_from_date_time: Option<Timestamp>,
    #[serde(deserialize_with = "or_default")]
    pub is_management_restricted: bool,
    #[serde(deserialize_with = "moment")]
    pub created_date_time: Option<Timestamp>,
    /// Everything else that was asked for.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// A license of a user.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct AssignedLicense {
    #[serde(deserialize_with = "or_default")]
    pub sku_id: String,
}

/// Anything with an id: user, group, service principal.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Object {
    pub id: String,
    #[serde(rename = "@odata.type", deserialize_with = "or_default")]
    pub kind: String,
    #[serde(deserialize_with = "or_default")]
    pub display_name: String,
    #[serde(deserialize_with = "or_default")]
    pub user_principal_name: String,
    #[serde(deserialize_with = "or_default")]
    pub account_enabled: Option<bool>,
}

impl Object {
    /// Whether it is of this type; an unnamed type is not.
    pub fn is(&self, kind: &str) -> bool {
        self.kind.strip_prefix("#microsoft.graph.").is_some_and(|own| own == kind)
    }
}

/// `/roleManagement/directory/roleAssignments`
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct RoleAssignment {
    #[serde(deserialize_with = "or_default")]
    pub principal_id: String,
    #[serde(deserialize_with = "or_default")]
    pub directory_scope_id: String,
    /// Null for a principal that was deleted.
    pub principal: Option<Object>,
}

/// An instance of an assignment or eligibility schedule.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ScheduleInstance {
    #[serde(deserialize_with = "or_default")]
    pub role_definition_id: String,
    #[serde(deserialize_with = "or_default")]
    pub principal_id: String,
    /// Where it was asked for.
    pub principal: Option<Object>,
    #[serde(deserialize_with = "or_default")]
    pub directory_scope_id: String,
    #[serde(deserialize_with = "or_default")]
    pub assignment_type: String,
    #[serde(deserialize_with = "or_default")]
    pub member_type: String,
    #[serde(deserialize_with = "moment")]
    pub end_date_time: Option<Timestamp>,
}

/// An authentication method of a user.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Method {
    pub id: String,
    #[serde(rename = "@odata.type", deserialize_with = "or_default")]
    pub kind: String,
    #[serde(deserialize_with = "or_default")]
    pub display_name: String,
    pub aa_guid: Option<String>,
    pub model: Option<String>,
    #[serde(deserialize_with = "or_default")]
    pub attestation_level: String,
    #[serde(deserialize_with = "or_default")]
    pub passkey_type: String,
    #[serde(deserialize_with = "or_default")]
    pub phone_type: String,
    #[serde(deserialize_with = "or_default")]
    pub phone_number: String,
}

/// One method's policy.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct MethodConfiguration {
    #[serde(deserialize_with = "or_default")]
    pub state: String,
    #[serde(deserialize_with = "or_default")]
    pub include_targets: Vec<Value>,
    #[serde(deserialize_with = "or_default")]
    pub exclude_targets: Vec<Value>,
    #[serde(deserialize_with = "or_default")]
    pub is_self_service_registration_allowed: bool,
    #[serde(deserialize_with = "or_default")]
    pub is_usable_once: bool,
    #[serde(deserialize_with = "bounded::minutes")]
    pub minimum_lifetime_in_minutes: Option<u32>,
    #[serde(deserialize_with = "bounded::minutes")]
    pub maximum_lifetime_in_minutes: Option<u32>,
    pub is_attestation_enforced: Option<bool>,
    pub key_restrictions: Option<KeyRestrictions>,
    #[serde(deserialize_with = "or_default")]
    pub passkey_profiles: Vec<PasskeyProfile>,
}

/// Which models of keys are accepted.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct KeyRestrictions {
    pub is_enforced: Option<bool>,
    #[serde(deserialize_with = "or_default")]
    pub enforcement_type: String,
    #[serde(deserialize_with = "or_default")]
    pub aa_guids: Vec<String>,
}

/// A profile for passkeys.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct PasskeyProfile {
    #[serde(deserialize_with = "or_default")]
    pub id: String,
    #[serde(deserialize_with = "or_default")]
    pub attestation_enforcement: String,
    pub key_restrictions: Option<KeyRestrictions>,
    #[serde(deserialize_with = "or_default")]
    pub passkey_types: String,
}

/// `/groups/{id}`
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Group {
    pub id: String,
    #[serde(deserialize_with = "or_default")]
    pub display_name: String,
    #[serde(deserialize_with = "or_default")]
    pub description: String,
    #[serde(deserialize_with = "or_default")]
    pub is_assignable_to_role: bool,
    #[serde(deserialize_with = "or_default")]
    pub membership_rule: String,
}

/// A policy in the answer of a What-If question.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct WhatIf {
    pub id: String,
    #[serde(deserialize_with = "or_default")]
    pub display_name: String,
    #[serde(deserialize_with = "or_default")]
    pub state: String,
    #[serde(deserialize_with = "or_default")]
    pub policy_applies: bool,
}

/// The identity of whatever was just made.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Made {
    pub id: String,
    #[serde(deserialize_with = "or_default")]
    pub status: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_and_missing_are_alike() {
        let user: User =
            serde_json::from_str(r#"{"id":"u","accountEnabled":null,"department":"x"}"#).expect("a user");
        assert!(!user.account_enabled && user.user_principal_name.is_empty());
        assert_eq!(user.rest["department"], "x");
    }

    #[test]
    fn a_list_without_its_list_is_refused() {
        assert!(serde_json::from_str::<Page<Object>>("{}").is_err());
        let page: Page<Object> = serde_json::from_str(r#"{"value":[],"nextLink":"n"}"#).expect("a page");
        assert_eq!(page.next.as_deref(), Some("n"));
    }

    #[test]
    fn errors_are_found_wherever_they_stand() {
        let graph = ErrorBody::read(br#"{"error":{"code":"A","message":"m"}}"#);
        let bare = ErrorBody::read(br#"{"code":"B"}"#);
        assert_eq!((graph.code.as_str(), graph.message.as_str(), bare.code.as_str()), ("A", "m", "B"));
        assert_eq!(ErrorBody::read(b"<html>").code, "");
    }
}

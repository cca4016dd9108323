//! The shapes of log entries, as far as they are used. Every member may be missing or null.

use jiff::Timestamp;
use serde::Deserialize;

use crate::tenant::bounded;
use crate::tenant::wire::{moment, or_default};

/// An entry of the sign-in log.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct SignInEntry {
    pub id: String,
    #[serde(deserialize_with = "moment")]
    pub created_date_time: Option<Timestamp>,
    #[serde(deserialize_with = "or_default")]
    pub app_display_name: String,
    #[serde(deserialize_with = "or_default")]
    pub app_id: String,
    #[serde(deserialize_with = "or_default")]
    pub correlation_id: String,
    #[serde(deserialize_with = "or_default")]
    pub ip_address: String,
    #[serde(deserialize_with = "or_default")]
    pub client_app_used: String,
    #[serde(deserialize_with = "or_default")]
    pub conditional_access_status: String,
    pub location: Option<Location>,
    /// Beta only so far (contract 9); read where a server tells it all the same.
    #[serde(deserialize_with = "or_default")]
    pub authentication_details: Vec<AuthenticationDetail>,
    pub status: Option<SignInStatus>,
    #[serde(deserialize_with = "or_default")]
    pub applied_conditional_access_policies: Vec<AppliedPolicy>,
}

/// Where an address is.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Location {
    #[serde(deserialize_with = "or_default")]
    pub city: String,
    #[serde(deserialize_with = "or_default")]
    pub country_or_region: String,
}

/// A method of a sign-in.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct AuthenticationDetail {
    #[serde(deserialize_with = "or_default")]
    pub authentication_method: String,
}

/// How a sign-in ended.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct SignInStatus {
    #[serde(deserialize_with = "bounded::code")]
    pub error_code: i64,
}

/// A policy's part in a sign-in.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct AppliedPolicy {
    #[serde(deserialize_with = "or_default")]
    pub display_name: String,
    #[serde(deserialize_with = "or_default")]
    pub result: String,
}

/// An entry of the audit log.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct AuditLine {
    #[serde(deserialize_with = "or_default")]
    pub id: String,
    #[serde(deserialize_with = "moment")]
    pub activity_date_time: Option<Timestamp>,
    #[serde(deserialize_with = "or_default")]
    pub activity_display_name: String,
    #[serde(deserialize_with = "or_default")]
    pub correlation_id: String,
    #[serde(deserialize_with = "or_default")]
    pub result: String,
    pub initiated_by: Option<Initiator>,
    #[serde(deserialize_with = "or_default")]
    pub target_resources: Vec<Target>,
}

/// Who made a change: a person or an application.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Initiator {
    pub user: Option<ByUser>,
    pub app: Option<ByApp>,
}

/// A person.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ByUser {
    #[serde(deserialize_with = "or_default")]
    pub id: String,
    #[serde(deserialize_with = "or_default")]
    pub user_principal_name: String,
}

/// An application.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ByApp {
    #[serde(deserialize_with = "or_default")]
    pub service_principal_id: String,
    #[serde(deserialize_with = "or_default")]
    pub display_name: String,
}

/// To what a change was made.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Target {
    #[serde(deserialize_with = "or_default")]
    pub id: String,
    #[serde(deserialize_with = "or_default")]
    pub display_name: String,
    #[serde(deserialize_with = "or_default")]
    pub user_principal_name: String,
    #[serde(deserialize_with = "or_default")]
    pub modified_properties: Vec<Modified>,
}

/// A property that was changed.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Modified {
    #[serde(deserialize_with = "or_default")]
    pub display_name: String,
}

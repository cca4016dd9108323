//! The tenant a plan is for, where no connection tells it, and how to sign in to it where one does.

use serde::{Deserialize, Serialize};

use crate::domain::connection::sign_in::SignInWay;

/// The tenant as a person names it, for the manual tenant.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tenant {
    /// Display name.
    pub name: String,
    /// The initial domain, `….onmicrosoft.com` in the global cloud.
    pub initial_domain: String,
    /// Tenant id.
    pub id: String,
    /// The license, when it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<License>,
}

/// The Entra ID license of a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum License {
    /// Neither P1 nor P2.
    None,
    /// Entra ID P1.
    P1,
    /// Entra ID P2.
    P2,
}

/// How this program signs in. The command line comes first; what it says is remembered here.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignIn {
    /// Application id of an app registration of your own; Microsoft Graph PowerShell's public client when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The way, a browser when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way: Option<SignInWay>,
    /// The way for Azure, where it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub azure: Option<SignInWay>,
}

impl SignIn {
    /// Whether nothing was chosen.
    pub(super) fn is_preset(&self) -> bool {
        *self == Self::default()
    }
}

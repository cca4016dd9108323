//! How somebody, or some app, signs in; and what a sign-in must bring.
//!
//! Words only: tokens and the waiting for people are the ring's.

use serde::{Deserialize, Serialize};

use crate::domain::trouble::{Kind, Trouble};

/// The delegated Graph scopes of the whole program, short names: the least-privileged union (contract 0), without
/// `Directory.Read.All`: names of ids are not worth so broad a scope (contract 15.1).
pub const GRAPH_SCOPES: [&str; 18] = [
    "User.Read",
    "Organization.Read.All",
    "Domain.Read.All",
    "LicenseAssignment.ReadWrite.All",
    "User.ReadWrite.All",
    "User-PasswordProfile.ReadWrite.All",
    "User.RevokeSessions.All",
    "RoleManagement.ReadWrite.Directory",
    "UserAuthenticationMethod.ReadWrite.All",
    "Policy.Read.All",
    "Policy.ReadWrite.ConditionalAccess",
    "Application.Read.All",
    "Policy.ReadWrite.AuthenticationMethod",
    "Policy.ReadWrite.SecurityDefaults",
    "Group.ReadWrite.All",
    "GroupMember.ReadWrite.All",
    "AuditLog.Read.All",
    "AdministrativeUnit.ReadWrite.All",
];

/// What is asked for beside those where the tenant has Entra ID P2, in a token of its own (Microsoft Learn, "Get riskyUser",
/// read 2026-11-30).
pub const RISK_SCOPE: &str = "IdentityRiskyUser.Read.All";

/// What the test of an emergency access account asks Graph for: reads that only administrators make, and who it is
/// (contract 16, first row).
pub const TEST_SCOPES: [&str; 3] = ["RoleManagement.Read.Directory", "Policy.Read.All", "User.Read"];

/// A way to sign in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignInWay {
    /// A browser that returns to this machine: authorization code with PKCE.
    #[default]
    Browser,
    /// A code that is entered on another device.
    DeviceCode,
    /// Whoever is signed in to the Azure CLI.
    AzureCli,
    /// An app with a client secret.
    ClientSecret,
    /// An app with a certificate.
    ClientCertificate,
    /// The identity of the Azure machine this runs on.
    ManagedIdentity,
    /// The federated identity of the Kubernetes pod this runs in.
    WorkloadIdentity,
}

impl SignInWay {
    /// Every way, the recommended ones first.
    pub const ALL: [SignInWay; 7] = [
        SignInWay::Browser,
        SignInWay::DeviceCode,
        SignInWay::AzureCli,
        SignInWay::ClientSecret,
        SignInWay::ClientCertificate,
        SignInWay::ManagedIdentity,
        SignInWay::WorkloadIdentity,
    ];

    /// The name on the command line and in a plan.
    pub fn name(self) -> &'static str {
        match self {
            SignInWay::Browser => "browser",
            SignInWay::DeviceCode => "device-code",
            SignInWay::AzureCli => "azure-cli",
            SignInWay::ClientSecret => "client-secret",
            SignInWay::ClientCertificate => "client-certificate",
            SignInWay::ManagedIdentity => "managed-identity",
            SignInWay::WorkloadIdentity => "workload-identity",
        }
    }

    /// The way of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }

    /// Whether an app signs in, without a person.
    pub fn is_app(self) -> bool {
        match self {
            SignInWay::Browser | SignInWay::DeviceCode | SignInWay::AzureCli => false,
            SignInWay::ClientSecret
            | SignInWay::ClientCertificate
            | SignInWay::ManagedIdentity
            | SignInWay::WorkloadIdentity => true,
        }
    }

    /// Whether this program itself shows a sign-in to a person.
    pub fn is_shown(self) -> bool {
        matches!(self, SignInWay::Browser | SignInWay::DeviceCode)
    }
}

/// Which service a token is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Microsoft Graph.
    #[default]
    Graph,
    /// Azure Resource Manager.
    Arm,
    /// Log Analytics.
    Logs,
    /// The part of Microsoft Graph that tells what Identity Protection thinks of an account: a token of its own, so that its
    /// scope is asked for only where the tenant is licensed for it.
    Risk,
}

impl Audience {
    /// The service as people know it.
    pub fn words(self) -> &'static str {
        match self {
            Audience::Graph => "Microsoft Graph",
            Audience::Arm => "Azure",
            Audience::Logs => "Log Analytics",
            Audience::Risk => "Microsoft Graph (Identity Protection)",
        }
    }
}

/// A sign-in that did not work; whoever shows it says whose it was.
pub fn did_not_work(why: impl AsRef<str>, next: impl AsRef<str>) -> Trouble {
    Trouble::new("The sign-in did not work.", why, next).of_kind(Kind::SignIn)
}

/// A sign-in that is needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Demand {
    /// For which service.
    pub audience: Audience,
    /// What the new token must bring, as the service worded it (JSON, contract 10).
    pub claims: Option<String>,
}

/// Who signed in, as the sign-in service said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    /// Object id.
    pub id: String,
    /// User principal name; empty where the service did not tell it.
    pub upn: String,
    /// Tenant id.
    pub tenant: String,
}

/// What a person is shown during a sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Prompt {
    /// A browser is to open `address`; `short` is an address on this machine that leads there.
    Browser { address: String, short: String },
    /// `code` is to be entered on the page at `address`, within `minutes`.
    Code { address: String, code: String, minutes: u64 },
    /// The client secret is to be typed.
    Secret,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_a_plan() {
        for way in SignInWay::ALL {
            assert_eq!(SignInWay::named(way.name()), Some(way));
            assert_eq!(serde_json::to_value(way).expect("a name"), way.name());
        }
    }
}

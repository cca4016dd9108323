//! Scopes as clients ask for them: for which resource, and what is granted.
//!
//! Accepts short names, Microsoft's URIs and the URIs of this server. One resource per token. Consent is taken as
//! given, except that the Azure CLI's fixed set is enforced as in the real world.

use serde_json::Value;

use super::apps::{AZURE_CLI, Resource};
use super::visit::Denied;

/// Everything `.default` means for a client that an administrator has consented to.
const EVERYTHING: &[&str] = &[
    "Organization.Read.All",
    "Domain.Read.All",
    "LicenseAssignment.Read.All",
    "User.Read",
    "User.ReadWrite.All",
    "User-PasswordProfile.ReadWrite.All",
    "User.RevokeSessions.All",
    "User.DeleteRestore.All",
    "RoleManagement.ReadWrite.Directory",
    "UserAuthenticationMethod.ReadWrite.All",
    "Policy.Read.All",
    "Policy.ReadWrite.ConditionalAccess",
    "Policy.ReadWrite.AuthenticationMethod",
    "Policy.ReadWrite.SecurityDefaults",
    "Application.Read.All",
    "Group.ReadWrite.All",
    "GroupMember.ReadWrite.All",
    "AuditLog.Read.All",
    "AdministrativeUnit.ReadWrite.All",
];

/// What `.default` means for the Azure CLI: a fixed, pre-authorized set.
const OF_AZURE_CLI: &[&str] = &[
    "Application.ReadWrite.All",
    "AuditLog.Read.All",
    "Directory.AccessAsUser.All",
    "Group.ReadWrite.All",
    "User.ReadWrite.All",
];

/// Application permissions of every app that signs in with its own credential: what an app-only review needs.
pub const OF_APPS: &[&str] = &[
    "Organization.Read.All",
    "Domain.Read.All",
    "LicenseAssignment.Read.All",
    "User.Read.All",
    "UserAuthenticationMethod.Read.All",
    "Policy.Read.All",
    "RoleManagement.Read.Directory",
    "GroupMember.Read.All",
    "AdministrativeUnit.Read.All",
    "AuditLog.Read.All",
    "IdentityRiskyUser.Read.All",
];

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub resource: Resource,
    /// Granted permissions, short names.
    pub granted: Vec<String>,
    pub offline: bool,
    pub openid: bool,
}

/// Reads the `scope` parameter of a client.
pub fn asked(scope: &str, client: &str, origin: &str) -> Result<Asked, Denied> {
    let words: Vec<&str> = scope.split_whitespace().collect();
    let is_plain = |word: &str| ["openid", "profile", "email", "offline_access"].contains(&word);
    let (plain, wanted): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| is_plain(word));
    let resource = one_resource(&wanted, origin)?;
    let short: Vec<&str> = wanted.iter().map(|word| word.rsplit('/').next().unwrap_or(word)).collect();
    let granted = granted(&short, client, resource)?;
    Ok(Asked {
        resource,
        granted,
        offline: plain.contains(&"offline_access"),
        openid: plain.contains(&"openid"),
    })
}

fn one_resource(wanted: &[&str], origin: &str) -> Result<Resource, Denied> {
    let mut found = wanted.iter().map(|word| resource_of(word, origin));
    let first = found.next().unwrap_or(Resource::Graph);
    if found.all(|other| other == first) {
        return Ok(first);
    }
    let message = "Provided value for the input parameter scope is not valid because it contains more than one resource.";
    Err(Denied::new(28000, "invalid_scope", message))
}

fn resource_of(word: &str, origin: &str) -> Resource {
    let below = |service: &str| word.starts_with(&format!("{origin}/{service}"));
    if below("arm") || word.contains("://management.") {
        Resource::Arm
    } else if below("logs") || word.contains("://api.loganalytics.") {
        Resource::Logs
    } else {
        Resource::Graph
    }
}

fn granted(short: &[&str], client: &str, resource: Resource) -> Result<Vec<String>, Denied> {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    match resource {
        Resource::Arm => return Ok(owned(&["user_impersonation"])),
        Resource::Logs => return Ok(owned(&["Data.Read"])),
        Resource::Graph => {}
    }
    let cli = client.eq_ignore_ascii_case(AZURE_CLI);
    if short.contains(&".default") {
        return Ok(owned(if cli { OF_AZURE_CLI } else { EVERYTHING }));
    }
    match short.iter().find(|name| cli && !OF_AZURE_CLI.contains(name) && **name != "User.Read") {
        Some(name) => Err(not_preauthorized(name)),
        None => Ok(owned(short)),
    }
}

fn not_preauthorized(name: &str) -> Denied {
    let message = format!(
        "Consent between first party application '{AZURE_CLI}' and first party resource \
         '00000003-0000-0000-c000-000000000000' must be configured via preauthorization - applications owned and \
         operated by Microsoft must get approval from the API owner before requesting tokens for that API. ({name})"
    );
    Denied::new(65002, "invalid_client", message)
}

/// The contexts that a sign-in with this `claims` parameter brings.
pub fn contexts(text: &str) -> Vec<String> {
    let asked: Value = serde_json::from_str(text).unwrap_or_default();
    let acrs = &asked["access_token"]["acrs"];
    let many = acrs["values"].as_array().into_iter().flatten();
    // Multifactor authentication is asked for by another name, and every simulated person who has a second factor gives it.
    let factors = asked["access_token"]["amr"]["values"].as_array().into_iter().flatten();
    many.chain(factors).chain([&acrs["value"]]).filter_map(Value::as_str).map(str::to_owned).collect()
}

//! What a seed file may say: a tenant in short words, as TOML is read.
//!
//! Grown into a tenant elsewhere; the Azure side describes itself.

use serde::Deserialize;

use super::azure::AzureSeed;
use super::names::full_upn;

/// A seed file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    /// Ignored once merged.
    #[serde(rename = "base")]
    _base: Option<String>,
    pub tenant: TenantSeed,
    pub methods: MethodsSeed,
    #[serde(default)]
    pub azure: AzureSeed,
    pub people: Vec<PersonSeed>,
    #[serde(default)]
    pub more_people: Vec<PersonSeed>,
    #[serde(default)]
    pub groups: Vec<GroupSeed>,
    #[serde(default)]
    pub policies: Vec<PolicySeed>,
    #[serde(default)]
    pub more_policies: Vec<PolicySeed>,
    #[serde(default)]
    pub shape: ShapeSeed,
    /// What has drifted already: names of `assets/tenants/drifts`, made in this order once the tenant stands.
    #[serde(default)]
    pub drifts: Vec<String>,
}

impl Seed {
    /// Everybody who is there from the start.
    pub fn everyone(&self) -> impl Iterator<Item = &PersonSeed> {
        self.people.iter().chain(&self.more_people)
    }

    /// A user principal name with its domain.
    pub fn full_upn(&self, upn: &str) -> String {
        full_upn(&self.tenant.default_domain, upn)
    }
}

/// The organization.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenantSeed {
    pub name: String,
    pub initial_domain: String,
    pub default_domain: String,
    /// `none`, `P1` or `P2`.
    pub licence: String,
    pub security_defaults: bool,
    pub active_expiration_required: bool,
    /// Further rules of PIM: `MfaRule`, `TicketingRule`, `ApprovalRule`.
    #[serde(default)]
    pub role_rules: Vec<String>,
    pub operator: String,
}

/// Which methods are open to everybody.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodsSeed {
    pub fido2: bool,
    pub pass: bool,
    pub sms: bool,
    /// The shortest and the longest life of a pass, minutes.
    pub pass_minutes: Option<[u32; 2]>,
    /// The only models of keys that are accepted; every model when left out.
    #[serde(default)]
    pub key_models: Vec<String>,
    /// Whether a key must attest its model.
    #[serde(default)]
    pub attestation: bool,
}

/// Somebody who is there from the start.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonSeed {
    pub name: String,
    /// With or without a domain; the default domain where there is none.
    pub upn: String,
    #[serde(default)]
    pub roles: Vec<String>,
    #[serde(default)]
    pub eligible: Vec<String>,
    #[serde(default)]
    pub methods: Vec<String>,
    #[serde(default)]
    pub guest: bool,
    #[serde(default)]
    pub disabled: bool,
    /// An account without a device of its own, whose password does not expire.
    #[serde(default)]
    pub emergency: bool,
}

/// A group that is there from the start.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupSeed {
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub members: Vec<String>,
    #[serde(default)]
    pub owners: Vec<String>,
    #[serde(default)]
    pub assignable: bool,
}

/// What happens to the list of policies as a whole.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShapeSeed {
    /// Grow to so many.
    pub grow_to: Option<usize>,
    /// Keep only the first so many.
    pub keep: Option<usize>,
    /// Name of a group excluded from most policies.
    pub exclude: Option<String>,
    /// Every so many-th policy forgets that exclusion; 0: none does.
    #[serde(default)]
    pub forget_every: usize,
}

/// One policy in a few words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicySeed {
    pub name: String,
    /// `on`, `report` or `off`.
    #[serde(default = "on")]
    pub state: String,
    /// `all`, `admins`, `guests`, `none`, `workloads`, `group:…`, `role:…` or `user:…`.
    pub who: String,
    /// `all`, `office`, `azure`, `portals`, `register`, `join` or `context:…`.
    #[serde(default = "all")]
    pub what: String,
    /// Conditions, any of `legacy`, `off-network`, `sign-in-risk`, `user-risk`, `device-code`, `mobile`, `linux`.
    #[serde(default)]
    pub when: Vec<String>,
    /// `block`, `mfa`, `compliant`, `mfa-or-compliant`, `mfa+compliant`, `phishing-resistant`, `password-change`,
    /// `approved-app` or `session`.
    pub grant: String,
    /// `group:…`, `role:…` or `user:…`.
    #[serde(default)]
    pub except: Vec<String>,
    /// `customer`, `accepts` (Microsoft's, exclusions welcome) or `refuses` (Microsoft's, nothing accepted).
    #[serde(default)]
    pub keeper: String,
}

fn on() -> String {
    "on".to_owned()
}

fn all() -> String {
    "all".to_owned()
}

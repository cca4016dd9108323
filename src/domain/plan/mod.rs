//! The plan: every decision of the guide's planning table, and no secret.
//!
//! A plan is a TOML file a person may write, keep and review. Unknown keys are refused, and so is any key that
//! looks as if it held a secret (see `domain::plan::plan_file`).

use serde::{Deserialize, Serialize};

use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::secret::password;
use crate::domain::slot::Slot;

pub mod azure_names;
mod envelopes;
mod halves;
mod key_names;
mod one_loss;
pub mod plan_file;
mod recipient;
mod review;
mod role;
mod safes;
pub mod system;
mod tenant;
mod upkeep;
mod vouched;

pub use envelopes::Kept;
pub use halves::SecondHalf;
pub use key_names::by_number as key_by_number;
pub use recipient::Recipient;
pub use review::{Profile, Review, Signatures};
pub use role::{IfForbidden, Role, RoleOrder, Ticket};
pub use safes::{Layout, Safe};
pub use system::{Commands, Errand, System};
pub use tenant::{License, SignIn, Tenant};
pub use upkeep::Upkeep;
pub use vouched::{Accepted, Attestation, OLDEST, is_long_past};

mod paper;

pub use paper::{Format, Hold, Language, Paper, PaperSize, Qr, Route};

/// The decisions for one tenant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The tenant itself, where no connection tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<Tenant>,
    /// How this program signs in.
    #[serde(default, skip_serializing_if = "SignIn::is_preset")]
    pub sign_in: SignIn,
    /// How long generated passwords are.
    #[serde(default)]
    pub passwords: Passwords,
    /// How and when Global Administrator is assigned.
    #[serde(default)]
    pub role: Role,
    /// The exclusion group.
    #[serde(default)]
    pub group: Group,
    /// Conditional Access policies that are treated specially.
    #[serde(default)]
    pub policies: Policies,
    /// What becomes of security defaults.
    #[serde(default)]
    pub security_defaults: SecurityDefaults,
    /// Where logs and alerts go.
    #[serde(default)]
    pub alerts: Alerts,
    /// Who approves, who retrieves, where it is logged.
    #[serde(default)]
    pub procedure: Procedure,
    /// How slips leave the program.
    #[serde(default)]
    pub paper: Paper,
    /// Who keeps the accounts working.
    #[serde(default)]
    pub upkeep: Upkeep,
    /// What the review's report speaks for.
    #[serde(default, skip_serializing_if = "Review::is_preset")]
    pub review: Review,
    /// The accounts, First to Fourth.
    #[serde(default)]
    pub accounts: Vec<Account>,
    /// The safes.
    #[serde(default)]
    pub safes: Vec<Safe>,
    /// Secret management systems, which keep passwords and PINs in the place of safes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub systems: Vec<System>,
    /// Unknowns that are accepted by name and do not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<Accepted>,
    /// What a named person vouches for in one tenant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attestations: Vec<Attestation>,
}

/// How long generated passwords are, and how long a secret is kept in memory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passwords {
    /// Characters, 24 to 64.
    pub length: usize,
    /// Minutes after which a secret that was not typed back is forgotten, 1 to 60; 15 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forget_after: Option<u16>,
}

/// Long enough to copy a slip by hand, to walk to a printer and back, and to type it (the guide's step takes ten minutes).
const FORGET_AFTER: u16 = 15;
/// The most minutes that a secret may be kept in memory: longer than the whole setup it is not a matter of minutes.
pub const LONGEST_KEPT: u16 = 60;

impl Passwords {
    /// Minutes after which a secret that was not typed back is forgotten.
    pub fn kept_minutes(&self) -> u16 {
        self.forget_after.unwrap_or(FORGET_AFTER)
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self { length: password::PRESET, forget_after: None }
    }
}

/// The exclusion group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Group {
    /// Display name.
    pub name: String,
    /// Description; says DO NOT MODIFY.
    pub description: String,
    /// Object id of an existing group to adopt instead of making one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopt: Option<String>,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            name: "Conditional Access - Emergency Access Exclusions".to_owned(),
            description:
                "Emergency access accounts, excluded from every Conditional Access policy. DO NOT MODIFY."
                    .to_owned(),
            adopt: None,
        }
    }
}

/// Conditional Access policies that are treated specially.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policies {
    /// Object ids of policies meant to apply to these accounts (phishing-resistant MFA): the allow-list.
    pub allow: Vec<String>,
}

/// What becomes of security defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SecurityDefaults {
    /// The decision.
    pub decision: DefaultsDecision,
    /// With `turn-off`: display names of disabled or report-only policies to enable in the same sitting.
    pub enable: Vec<String>,
}

impl Default for SecurityDefaults {
    fn default() -> Self {
        Self { decision: DefaultsDecision::AsTheyAre, enable: Vec::new() }
    }
}

/// What to do about security defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DefaultsDecision {
    /// Leave them as they are found: on with MFA registered, or off with policies enabled.
    AsTheyAre,
    /// Keep them on; the accounts must have MFA registered.
    KeepOn,
    /// Turn them off and enable the named policies in the same sitting.
    TurnOff,
}

/// Where logs and alerts go.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Alerts {
    /// A workspace here, or another place that somebody else watches.
    pub destination: Destination,
    /// Azure subscription id; the only enabled one when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscription: Option<String>,
    /// Resource group for what is made here.
    pub resource_group: String,
    /// Log Analytics workspace; made when it does not exist.
    pub workspace: String,
    /// Azure region of what is made here.
    pub region: String,
    /// An action group that is there already, which is used as it is instead of one made here: `resource-group/name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action_group: Option<String>,
    /// Who is told by e-mail.
    pub recipients: Vec<Recipient>,
    /// With another destination: where it is and who watches it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<String>,
}

impl Default for Alerts {
    fn default() -> Self {
        Self {
            destination: Destination::Workspace,
            subscription: None,
            resource_group: "rg-identity-alerts".to_owned(),
            workspace: "law-identity-alerts".to_owned(),
            region: "westeurope".to_owned(),
            action_group: None,
            recipients: Vec::new(),
            elsewhere: None,
        }
    }
}

/// Where sign-in logs are watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Destination {
    /// A Log Analytics workspace with alert rules made by this program.
    Workspace,
    /// Another system (SIEM, storage, event hub) that somebody else watches.
    Elsewhere,
}

/// Who approves, who retrieves, where it is logged.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Procedure {
    /// Roles or people, any of whom may authorize a use.
    pub approvers: Vec<String>,
    /// People who may take the envelopes; at least two.
    pub retrievers: Vec<String>,
    /// The incident system in which each use is logged.
    pub incident_system: String,
}

/// One emergency access account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The part before the @; clearly identifiable to those who know, not obvious to others.
    pub user_name: String,
    /// Display name.
    pub display_name: String,
    /// Second factor.
    #[serde(default)]
    pub method: Method,
    /// User principal name or object id of an existing account to adopt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopt: Option<String>,
    /// The safe that holds the password slip.
    pub safe: String,
    /// The safe that holds the slip with the key's PIN; not the key's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin_safe: Option<String>,
    /// Who has charge of the envelope; may be left out where the safe has a custodian, who has charge of all that lies in it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub custodian: String,
    /// Security keys, one or two.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Key>,
    /// With `phone`: the dedicated phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// With two people: who takes the second half of the password, and where it lies. The first half uses `safe` and
    /// `custodian`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_half: Option<SecondHalf>,
}

/// The second factor of an account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// A FIDO2 security key: phishing-resistant, recommended.
    #[default]
    SecurityKey,
    /// A dedicated phone: allowed for one account, not recommended.
    Phone,
    /// A certificate: checked, not set up here.
    Certificate,
}

/// A security key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// What the key is called in Entra and on its label.
    pub name: String,
    /// Serial number engraved on the key.
    #[serde(default)]
    pub serial: String,
    /// AAGUID of its model, where it is known before the key is registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aaguid: Option<String>,
    /// The safe that holds the key.
    pub safe: String,
}

/// A dedicated phone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// International number, `+1 2065555555`.
    pub number: String,
    /// Where the phone is kept.
    pub place: String,
    /// Where its SIM PIN and screen lock code lie on paper; never the codes themselves.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unlock: String,
}

impl Plan {
    /// The accounts with their slots.
    pub fn slots(&self) -> impl Iterator<Item = (Slot, &Account)> {
        self.accounts.iter().enumerate().map(|(i, account)| (Slot::new(i), account))
    }

    /// The account planned for `slot`.
    pub fn account(&self, slot: Slot) -> Option<&Account> {
        self.accounts.get(slot.index())
    }

    /// The safe called `name`.
    pub fn safe(&self, name: &str) -> Option<&Safe> {
        self.safes.iter().find(|safe| safe.name == name)
    }

    /// A safe or a system as paper and record name it: its short name and its place.
    pub fn safe_and_place(&self, name: &str) -> String {
        let system = self.system(name).map(|system| &system.place);
        match self.safe(name).map(|safe| &safe.place).or(system) {
            Some(place) if !place.is_empty() => format!("{name}, {place}"),
            Some(_) | None => name.to_owned(),
        }
    }

    /// A place as people are sent to it: which safe, in which building and room; empty where none is named.
    pub fn place_words(&self, name: &str) -> String {
        let name = name.trim();
        let kind = if self.system(name).is_some() { "system" } else { "safe" };
        if name.is_empty() { String::new() } else { format!("{kind} {}", self.safe_and_place(name)) }
    }

    /// The line by which the plan accepts `subject` by name; whether it counts is the case's to say.
    pub fn acceptance(&self, subject: &CheckSubject) -> Option<&Accepted> {
        let whole = subject.check().map(CheckId::whole);
        self.accepts.iter().find(|a| a.check == *subject || Some(&a.check) == whole.as_ref())
    }

    /// The plan's attestation about `subject` in `tenant`.
    pub fn attestation(&self, subject: &CheckSubject, tenant: &str) -> Option<&Attestation> {
        self.attestations.iter().find(|a| a.about == *subject && a.tenant.eq_ignore_ascii_case(tenant))
    }
}

//! Facts about the directory: tenant, operator, accounts, roles, methods, groups and sign-ins.

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::facts::Reading;
use crate::domain::facts::key_rule::{KeyRules, KeyTraits};
use crate::domain::slot::Slot;

/// The tenant and its domains.
#[derive(Debug, Clone, PartialEq)]
pub struct Organization {
    /// Tenant id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// The initial domain (`isInitial`, verified), never derived from its suffix (contract 1).
    pub initial_domain: String,
    /// Whether sign-ins of the initial domain are managed by Entra itself.
    pub initial_is_managed: bool,
    /// Every verified domain.
    pub domains: Vec<String>,
    /// Federated domains, to be avoided.
    pub federated: Vec<String>,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq)]
pub struct Operator {
    /// Object id.
    pub id: String,
    /// User principal name.
    pub upn: String,
    /// Template ids of active directory roles, with names.
    pub roles: Vec<(String, String)>,
    /// Template ids of roles that Privileged Identity Management would give on request; `None` when they cannot be
    /// read. What comes through a group is not among them.
    pub eligible: Option<Vec<String>>,
    /// Delegated scopes carried by the token, empty when the token cannot be read.
    pub scopes: Vec<String>,
}

/// Which licenses the tenant has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Licenses {
    /// Entra ID P1: Conditional Access, sign-in logs, role-assignable groups.
    pub p1: bool,
    /// Entra ID P2: Privileged Identity Management.
    pub p2: bool,
}

/// The accounts that matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Accounts {
    /// Accounts that fill a slot, in slot order.
    pub in_slots: Vec<InSlot>,
    /// Accounts that look like emergency access accounts and fill no slot (may be adopted).
    pub candidates: Vec<Account>,
    /// The same among those who may only activate the role; looked for where nothing says which accounts are meant.
    pub eligible: Vec<Account>,
    /// Soft-deleted accounts under a planned name: slot and object id. Not everybody may see them.
    pub deleted: Reading<Vec<(Slot, String)>>,
}

impl Accounts {
    /// The soft-deleted account under the planned name of `slot`, as far as one can be seen.
    pub fn deleted_in(&self, slot: Slot) -> Option<&str> {
        let mut deleted = self.deleted.get().into_iter().flatten();
        deleted.find(|(own, _)| *own == slot).map(|(_, id)| id.as_str())
    }
}

/// An account in its slot.
#[derive(Debug, Clone, PartialEq)]
pub struct InSlot {
    /// Which slot.
    pub slot: Slot,
    /// The account.
    pub account: Account,
}

/// A user, as far as the checks need it (contract 2).
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Object id.
    pub id: String,
    /// User principal name.
    pub upn: String,
    /// Display name.
    pub display_name: String,
    /// `accountEnabled`.
    pub enabled: bool,
    /// `userType` is `Member`, or nothing at all.
    pub member: bool,
    /// `onPremisesSyncEnabled` is not true.
    pub cloud_only: bool,
    /// SKU ids of assigned licenses.
    pub licenses: Vec<String>,
    /// Names of other properties that are filled (department, jobTitle, mobilePhone, otherMails, …).
    pub filled: Vec<String>,
    /// `passwordPolicies` contains `DisablePasswordExpiration`.
    pub password_never_expires: bool,
    /// Whether a new password is demanded at the next sign-in; `None` where that cannot be seen.
    pub change_forced: Option<bool>,
    /// `lastPasswordChangeDateTime`.
    pub password_changed: Option<Timestamp>,
    /// `signInSessionsValidFromDateTime`.
    pub sessions_valid_from: Option<Timestamp>,
    /// `isManagementRestricted`: in a restricted management administrative unit.
    pub restricted: bool,
    /// The restricted management units it is in, id and name, as far as they can be seen.
    pub units: Vec<(String, String)>,
}

impl Account {
    /// An account as the setup makes it: `id`, user principal name and display name, and nothing that should not be there.
    pub fn as_set_up(id: &str, upn: &str, display_name: &str) -> Self {
        Self {
            id: id.to_owned(),
            upn: upn.to_owned(),
            display_name: display_name.to_owned(),
            enabled: true,
            member: true,
            cloud_only: true,
            licenses: Vec::new(),
            filled: Vec::new(),
            password_never_expires: true,
            change_forced: Some(false),
            password_changed: None,
            sessions_valid_from: None,
            restricted: false,
            units: Vec::new(),
        }
    }
}

/// Who holds Global Administrator.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Roles {
    /// Every assignment of the role that is active or eligible.
    pub holdings: Vec<Holding>,
    /// Distinct enabled users with the role at `/`, through groups too.
    pub administrators: usize,
    /// Whether PIM allows permanent active assignment; `None` without P2.
    pub permanent_allowed: Option<bool>,
    /// Whether activating the role waits for an approval; `None` without P2, or where it may not be read.
    pub approval: Option<Approval>,
    /// Whom assignments that are active name, with what was told of them.
    pub people: Vec<Administrator>,
}

/// Whether activating a role waits for somebody's approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approval {
    /// Whoever is eligible activates it.
    NotNeeded,
    /// One of these approves. Where none is named PIM asks administrators of its own choice (UNVERIFIED).
    Needed(Vec<Approver>),
}

/// Who approves an activation: a person, or anybody in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approver {
    /// What it is called, cleaned; its object id where nothing else is known.
    pub name: String,
    /// Whether an enabled account stands behind it; `None` where that may not be read.
    pub is_there: Option<bool>,
}

/// Somebody, or something, that holds Global Administrator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Administrator {
    /// Object id.
    pub id: String,
    /// User principal name, cleaned; may be empty.
    pub upn: String,
    /// Display name, cleaned, of what has no user principal name; may be empty.
    pub name: String,
    /// `accountEnabled`; `None` where it was not told.
    pub enabled: Option<bool>,
    /// A user, or a group whose members may activate the role; no application.
    pub is_person: bool,
}

/// One assignment of Global Administrator.
#[derive(Debug, Clone, PartialEq)]
pub struct Holding {
    /// Object id of the principal.
    pub principal: String,
    /// How it is held.
    pub kind: HoldingKind,
    /// `directoryScopeId`.
    pub scope: String,
    /// When it ends; `None` means never.
    pub ends: Option<Timestamp>,
    /// Whether it comes through a group.
    pub through_group: bool,
}

/// How a role is held (contract 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldingKind {
    /// Assigned and active.
    Assigned,
    /// An eligible assignment that was activated for a while.
    Activated,
    /// Only eligible.
    Eligible,
}

impl Holding {
    /// Assigned, without end, direct, at the scope of the whole directory.
    pub fn is_permanent(&self) -> bool {
        self.kind == HoldingKind::Assigned && self.ends.is_none() && !self.through_group && self.scope == "/"
    }
}

/// A registered authentication method (contract 4).
#[derive(Debug, Clone, PartialEq)]
pub struct Registered {
    /// Whose.
    pub slot: Slot,
    /// Method id.
    pub id: String,
    /// What it is.
    pub kind: MethodKind,
    /// What Graph calls its type: `email`, `microsoftAuthenticator`; empty where nobody read it.
    pub type_name: String,
    /// Display name, model or phone type, cleaned.
    pub name: String,
    /// AAGUID of a security key.
    pub aaguid: Option<String>,
    /// Model of a security key.
    pub model: Option<String>,
    /// Number of a phone, as Entra writes it.
    pub number: Option<String>,
    /// Whether a security key attested what it is; `None` where it was not told.
    pub attested: Option<bool>,
    /// Whether it is a passkey that is synchronized between devices; `None` where it was not told.
    pub synced: Option<bool>,
}

impl Registered {
    /// A method of which nothing more is known.
    pub fn new(slot: Slot, kind: MethodKind, id: impl Into<String>) -> Self {
        Self {
            slot,
            id: id.into(),
            kind,
            type_name: String::new(),
            name: String::new(),
            aaguid: None,
            model: None,
            number: None,
            attested: None,
            synced: None,
        }
    }

    /// What a rule about keys looks at.
    pub fn traits(&self) -> KeyTraits<'_> {
        KeyTraits { model: self.aaguid.as_deref(), attested: self.attested, synced: self.synced }
    }
}

/// Kinds of authentication methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodKind {
    /// The password, which every account has.
    Password,
    /// A FIDO2 security key or passkey.
    Fido2,
    /// A phone.
    Phone,
    /// A Temporary Access Pass.
    TemporaryPass,
    /// Anything else (Authenticator app, e-mail, OATH, Hello).
    Other,
}

impl MethodKind {
    /// Whether it stays: neither the password, which changes, nor a pass, which ends by itself.
    pub fn is_kept(self) -> bool {
        !matches!(self, Self::Password | Self::TemporaryPass)
    }
}

/// The tenant's authentication method policies.
#[derive(Debug, Clone, PartialEq)]
pub struct MethodPolicy {
    /// FIDO2 security keys.
    pub fido2: MethodState,
    /// Whether users may register keys themselves (must be on even for administrators, contract 4).
    pub fido2_self_service: bool,
    /// Which keys are accepted.
    pub key_rules: Box<KeyRules>,
    /// Temporary Access Pass.
    pub temporary_pass: MethodState,
    /// Whether the policy makes every pass one-time.
    pub pass_once_only: bool,
    /// How long a pass may live.
    pub pass_lifetime: PassLifetime,
    /// SMS.
    pub sms: MethodState,
    /// Certificates.
    pub certificate: MethodState,
}

/// How long a Temporary Access Pass may live, minutes; `None` where it was not told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PassLifetime {
    /// `minimumLifetimeInMinutes`.
    pub least: Option<u32>,
    /// `maximumLifetimeInMinutes`.
    pub most: Option<u32>,
}

impl PassLifetime {
    /// The lifetime nearest to `minutes` that the policy allows.
    pub fn nearest(self, minutes: u32) -> u32 {
        let capped = self.most.map_or(minutes, |most| minutes.min(most));
        self.least.map_or(capped, |least| capped.max(least))
    }
}

/// The id by which a method policy means everybody.
pub const EVERYBODY: &str = "all_users";

/// One method's policy.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MethodState {
    /// `state == "enabled"`.
    pub enabled: bool,
    /// Ids of `includeTargets` (`all_users` or group ids).
    pub includes: Vec<String>,
    /// Ids of `excludeTargets`.
    pub excludes: Vec<String>,
    /// `includeTargets` exactly as read, so that a change can send them all back (contract 15.6).
    pub targets: Vec<Value>,
}

/// A policy that would apply to an account.
#[derive(Debug, Clone, PartialEq)]
pub struct WouldApply {
    /// The account.
    pub slot: Slot,
    /// Policy id.
    pub policy: String,
    /// Policy name, cleaned.
    pub name: String,
    /// `state` of the policy is `enabled`.
    pub enforced: bool,
    /// In which context: an application or an action, in words.
    pub context: String,
}

/// The exclusion group and groups that look like one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Groups {
    /// The group of the plan.
    pub found: Option<Group>,
    /// Other groups that policies exclude and that hold an emergency access account: id and name.
    pub others: Vec<(String, String)>,
}

/// The exclusion group (contract 5).
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Object id.
    pub id: String,
    /// Display name, cleaned.
    pub name: String,
    /// Description, cleaned.
    pub description: String,
    /// `isAssignableToRole`.
    pub role_assignable: bool,
    /// `membershipRule` is set: membership is computed.
    pub dynamic: bool,
    /// Transitive members: id and name.
    pub members: Vec<(String, String)>,
    /// Owners: id and name.
    pub owners: Vec<(String, String)>,
}

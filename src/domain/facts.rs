//! Facts: what was read from the tenant, area by area.
//!
//! Each area is read, or says why it could not be. Facts are never stored: resuming means reading again.

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::{policy::Policy, slot::Slot};
use crate::trouble::Trouble;

/// One area of the tenant that is read as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Name, initial domain.
    Organization,
    /// Who is signed in, with which roles and scopes.
    Operator,
    /// Which licenses the tenant has.
    Licenses,
    /// The emergency access accounts and accounts that look like some.
    Accounts,
    /// Who holds Global Administrator, and the role's settings.
    Roles,
    /// Registered authentication methods of the accounts.
    Methods,
    /// The tenant's authentication method policies.
    MethodPolicy,
    /// Whether Conditional Access would stop the accounts from registering security information.
    Registration,
    /// The exclusion group.
    Group,
    /// Conditional Access policies.
    Policies,
    /// Which policies would apply to the accounts at sign-in.
    WhatIf,
    /// Security defaults.
    Defaults,
    /// Azure: subscription, rights, diagnostic setting, workspace, alerts.
    Monitoring,
    /// Recent sign-ins of the accounts.
    SignIns,
}

impl Area {
    /// Every area, in the order in which a fresh start reads them.
    pub const ALL: [Area; 14] = [
        Area::Organization,
        Area::Operator,
        Area::Licenses,
        Area::Accounts,
        Area::Roles,
        Area::Methods,
        Area::MethodPolicy,
        Area::Group,
        Area::Policies,
        Area::Registration,
        Area::WhatIf,
        Area::Defaults,
        Area::Monitoring,
        Area::SignIns,
    ];

    /// What is being read, for progress lines: "reading the policies".
    pub fn words(self) -> &'static str {
        match self {
            Area::Organization => "the tenant and its domains",
            Area::Operator => "your roles",
            Area::Licenses => "the licenses",
            Area::Accounts => "the accounts",
            Area::Roles => "the role assignments",
            Area::Methods => "the registered methods",
            Area::MethodPolicy => "the method policies",
            Area::Registration => "whether keys can be registered",
            Area::Group => "the exclusion group",
            Area::Policies => "the Conditional Access policies",
            Area::WhatIf => "which policies would apply",
            Area::Defaults => "security defaults",
            Area::Monitoring => "logs and alerts",
            Area::SignIns => "recent sign-ins",
        }
    }
}

/// The state of one area.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Reading<T> {
    /// Not read yet.
    #[default]
    NotYet,
    /// Read.
    Read(T),
    /// Could not be read.
    Unreadable(Trouble),
}

impl<T> Reading<T> {
    /// What was read, if it was.
    pub fn get(&self) -> Option<&T> {
        match self {
            Reading::Read(value) => Some(value),
            Reading::NotYet | Reading::Unreadable(_) => None,
        }
    }

    /// What was read, for a projection to change.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        match self {
            Reading::Read(value) => Some(value),
            Reading::NotYet | Reading::Unreadable(_) => None,
        }
    }

    /// Why it could not be read.
    pub fn trouble(&self) -> Option<&Trouble> {
        match self {
            Reading::Unreadable(trouble) => Some(trouble),
            Reading::NotYet | Reading::Read(_) => None,
        }
    }
}

/// Everything read from the tenant.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// [`Area::Organization`].
    pub organization: Reading<Organization>,
    /// [`Area::Operator`].
    pub operator: Reading<Operator>,
    /// [`Area::Licenses`].
    pub licenses: Reading<Licenses>,
    /// [`Area::Accounts`].
    pub accounts: Reading<Accounts>,
    /// [`Area::Roles`].
    pub roles: Reading<Roles>,
    /// [`Area::Methods`].
    pub methods: Reading<Vec<Registered>>,
    /// [`Area::MethodPolicy`].
    pub method_policy: Reading<MethodPolicy>,
    /// [`Area::Registration`]: policies that would stop a registration.
    pub registration: Reading<Vec<WouldApply>>,
    /// [`Area::Group`].
    pub group: Reading<Groups>,
    /// [`Area::Policies`].
    pub policies: Reading<Vec<Policy>>,
    /// [`Area::WhatIf`]: policies that would apply to a sign-in.
    pub what_if: Reading<Vec<WouldApply>>,
    /// [`Area::Defaults`]: whether security defaults are on.
    pub defaults: Reading<bool>,
    /// [`Area::Monitoring`].
    pub monitoring: Reading<Monitoring>,
    /// [`Area::SignIns`].
    pub sign_ins: Reading<Vec<SignIn>>,
}

/// One area's new state, on its way from the reader to [`Facts::absorb`].
#[derive(Debug, Clone, PartialEq)]
pub enum AreaFacts {
    /// [`Area::Organization`].
    Organization(Reading<Organization>),
    /// [`Area::Operator`].
    Operator(Reading<Operator>),
    /// [`Area::Licenses`].
    Licenses(Reading<Licenses>),
    /// [`Area::Accounts`].
    Accounts(Reading<Accounts>),
    /// [`Area::Roles`].
    Roles(Reading<Roles>),
    /// [`Area::Methods`].
    Methods(Reading<Vec<Registered>>),
    /// [`Area::MethodPolicy`].
    MethodPolicy(Reading<MethodPolicy>),
    /// [`Area::Registration`].
    Registration(Reading<Vec<WouldApply>>),
    /// [`Area::Group`].
    Group(Reading<Groups>),
    /// [`Area::Policies`].
    Policies(Reading<Vec<Policy>>),
    /// [`Area::WhatIf`].
    WhatIf(Reading<Vec<WouldApply>>),
    /// [`Area::Defaults`].
    Defaults(Reading<bool>),
    /// [`Area::Monitoring`].
    Monitoring(Reading<Monitoring>),
    /// [`Area::SignIns`].
    SignIns(Reading<Vec<SignIn>>),
}

impl Facts {
    /// Replaces one area by what was just read.
    pub fn absorb(&mut self, area: AreaFacts) {
        match area {
            AreaFacts::Organization(r) => self.organization = r,
            AreaFacts::Operator(r) => self.operator = r,
            AreaFacts::Licenses(r) => self.licenses = r,
            AreaFacts::Accounts(r) => self.accounts = r,
            AreaFacts::Roles(r) => self.roles = r,
            AreaFacts::Methods(r) => self.methods = r,
            AreaFacts::MethodPolicy(r) => self.method_policy = r,
            AreaFacts::Registration(r) => self.registration = r,
            AreaFacts::Group(r) => self.group = r,
            AreaFacts::Policies(r) => self.policies = r,
            AreaFacts::WhatIf(r) => self.what_if = r,
            AreaFacts::Defaults(r) => self.defaults = r,
            AreaFacts::Monitoring(r) => self.monitoring = r,
            AreaFacts::SignIns(r) => self.sign_ins = r,
        }
    }

    /// The account in `slot`, when it exists.
    pub fn account(&self, slot: Slot) -> Option<&Account> {
        self.accounts.get()?.in_slots.iter().find(|a| a.slot == slot).map(|a| &a.account)
    }

    /// The object ids of all accounts that exist, in slot order.
    pub fn account_ids(&self) -> Vec<String> {
        let Some(accounts) = self.accounts.get() else { return Vec::new() };
        accounts.in_slots.iter().map(|a| a.account.id.clone()).collect()
    }

    /// The methods registered for `slot`.
    pub fn methods_of(&self, slot: Slot) -> impl Iterator<Item = &Registered> {
        self.methods.get().into_iter().flatten().filter(move |m| m.slot == slot)
    }

    /// Whether the tenant has Entra ID P1 (or P2); unknown counts as not.
    pub fn has_p1(&self) -> bool {
        self.licenses.get().is_some_and(|l| l.p1 || l.p2)
    }

    /// Whether the tenant has Entra ID P2; unknown counts as not.
    pub fn has_p2(&self) -> bool {
        self.licenses.get().is_some_and(|l| l.p2)
    }
}

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
    /// Soft-deleted accounts under a planned name: slot and object id.
    pub deleted: Vec<(Slot, String)>,
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
    /// `userType == "Member"`.
    pub member: bool,
    /// `onPremisesSyncEnabled` is not true.
    pub cloud_only: bool,
    /// SKU ids of assigned licenses.
    pub licenses: Vec<String>,
    /// Names of other properties that are filled (department, jobTitle, mobilePhone, otherMails, …).
    pub filled: Vec<String>,
    /// `passwordPolicies` contains `DisablePasswordExpiration`.
    pub password_never_expires: bool,
    /// `lastPasswordChangeDateTime`.
    pub password_changed: Option<Timestamp>,
    /// `signInSessionsValidFromDateTime`.
    pub sessions_valid_from: Option<Timestamp>,
    /// `isManagementRestricted`: in a restricted management administrative unit.
    pub restricted: bool,
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
    /// Display name, model or phone type, cleaned.
    pub name: String,
    /// AAGUID of a security key.
    pub aaguid: Option<String>,
    /// Model of a security key.
    pub model: Option<String>,
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

/// The tenant's authentication method policies.
#[derive(Debug, Clone, PartialEq)]
pub struct MethodPolicy {
    /// FIDO2 security keys.
    pub fido2: MethodState,
    /// Whether users may register keys themselves (must be on even for administrators, contract 4).
    pub fido2_self_service: bool,
    /// Temporary Access Pass.
    pub temporary_pass: MethodState,
    /// Whether the policy makes every pass one-time.
    pub pass_once_only: bool,
    /// SMS.
    pub sms: MethodState,
    /// Certificates.
    pub certificate: MethodState,
}

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

/// A sign-in of an emergency access account (contract 9).
#[derive(Debug, Clone, PartialEq)]
pub struct SignIn {
    /// Whose.
    pub slot: Slot,
    /// Id of the log entry.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Zero when it succeeded.
    pub error: i64,
    /// Names of policies that took part (success or failure).
    pub policies: Vec<String>,
    /// Which application.
    pub application: String,
}

/// Azure: subscription, rights, diagnostic setting, workspace, alerts (contract 8, 15.9).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Monitoring {
    /// The subscription to use: id and name; `None` when there is none or it is not clear which.
    pub subscription: Option<(String, String)>,
    /// How many enabled subscriptions are visible.
    pub subscriptions: usize,
    /// Actions that the operator lacks, by name; empty means the rights look sufficient.
    pub missing_rights: Vec<String>,
    /// Resource providers that are not registered.
    pub unregistered: Vec<String>,
    /// Whether the planned resource group exists.
    pub resource_group: bool,
    /// The workspace used: the planned one, or the one a good diagnostic setting already sends to.
    pub workspace: Option<Workspace>,
    /// Diagnostic settings of the tenant.
    pub settings: Reading<Vec<DiagnosticSetting>>,
    /// The action group of this product.
    pub action_group: Option<ActionGroup>,
    /// Alert rules in the subscription.
    pub rules: Vec<AlertRule>,
    /// Whether rows of the accounts' sign-ins were found in the workspace; `None` when the table is not there yet.
    pub rows: Option<u64>,
}

/// A Log Analytics workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Workspace {
    /// ARM resource id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Azure region.
    pub region: String,
    /// `properties.customerId`, under which it is queried.
    pub customer_id: String,
    /// `retentionInDays`.
    pub retention_days: Option<i64>,
}

/// A diagnostic setting of Entra.
#[derive(Debug, Clone, PartialEq)]
pub struct DiagnosticSetting {
    /// Name, cleaned.
    pub name: String,
    /// Workspace it sends to (ARM id).
    pub workspace: Option<String>,
    /// Whether it sends to storage, an event hub or a partner instead or besides.
    pub elsewhere: bool,
    /// Enabled log categories.
    pub categories: Vec<String>,
}

impl DiagnosticSetting {
    /// Whether sign-in and audit logs are both sent.
    pub fn is_good(&self) -> bool {
        ["SignInLogs", "AuditLogs"].iter().all(|c| self.categories.iter().any(|x| x.eq_ignore_ascii_case(c)))
    }
}

/// An action group.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionGroup {
    /// ARM resource id.
    pub id: String,
    /// Whether it is enabled.
    pub enabled: bool,
    /// E-mail recipients: address and whether the mailbox was confirmed (`None`: not told).
    pub recipients: Vec<(String, Option<bool>)>,
}

/// A log alert rule.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertRule {
    /// ARM resource id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether it is enabled.
    pub enabled: bool,
    /// 0 is critical.
    pub severity: i64,
    /// The query.
    pub query: String,
    /// Action groups that are told (ARM ids).
    pub action_groups: Vec<String>,
}

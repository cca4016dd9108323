//! Facts: what was read from the tenant, area by area.
//!
//! Each area is read, or says why it could not be. Facts are never stored: resuming means reading again.

use crate::domain::connection::cloud::Cloud;
use crate::domain::connection::portals::Portals;
use crate::domain::facts::policy::Policy;
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;

pub mod around;
mod by_hand;
mod directory;
mod key_rule;
mod logs;
pub mod monitoring;
pub mod policy;
pub mod query;

pub use around::Around;
pub use directory::{
    Account, Accounts, Administrator, Approval, Approver, EVERYBODY, Group, Groups, Holding, HoldingKind,
    InSlot, Licenses, MethodKind, MethodPolicy, MethodState, Operator, Organization, PassLifetime,
    Registered, Roles, WouldApply,
};
pub use key_rule::{Accepted, KeyProfile, KeyRule, KeyRules, KeyTraits, Models};
pub use logs::{AuditEntry, AuditTarget, Audits, KEPT_DAYS, KEPT_DAYS_FREE, SignIn, SignInTold};
pub use monitoring::{
    ActionGroup, AlertRule, DiagnosticSetting, Hidden, LogTable, Monitoring, Original, Permission, Place,
    Rights, Subscription, Workspace,
};

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
    /// What surrounds the accounts; read for a review only.
    Around,
    /// Changes of the accounts, the exclusion group and policies, from the audit log: for a review.
    Audits,
}

impl Area {
    /// Every area that a review reads, in its order: those of a fresh start, then what only a review asks for.
    pub const REVIEW: [Area; 16] = [
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
        Area::Audits,
        Area::Around,
    ];

    /// Every area of a setup, in the order in which a fresh start reads them.
    pub const ALL: [Area; 14] = match Self::REVIEW.first_chunk() {
        Some(of_setup) => *of_setup,
        None => unreachable!(),
    };

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
            Area::Around => "what surrounds the accounts",
            Area::Audits => "recent changes",
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
    /// There is no connection to this tenant: a person looks and vouches.
    NotConnected,
}

impl<T> Reading<T> {
    /// What was read, if it was.
    pub fn get(&self) -> Option<&T> {
        match self {
            Reading::Read(value) => Some(value),
            Reading::NotYet | Reading::Unreadable(_) | Reading::NotConnected => None,
        }
    }

    /// What was read, for a projection to change.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        match self {
            Reading::Read(value) => Some(value),
            Reading::NotYet | Reading::Unreadable(_) | Reading::NotConnected => None,
        }
    }

    /// Why it could not be read.
    pub fn trouble(&self) -> Option<&Trouble> {
        match self {
            Reading::Unreadable(trouble) => Some(trouble),
            Reading::NotYet | Reading::Read(_) | Reading::NotConnected => None,
        }
    }
}

/// Everything read from the tenant.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Which cloud's features the tenant has; known before anything is read.
    pub cloud: Cloud,
    /// Where people look at it; known before anything is read, and kept in the record for pages.
    pub portals: Portals,
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
    /// [`Area::Around`].
    pub around: Reading<Box<Around>>,
    /// [`Area::Audits`].
    pub audits: Reading<Audits>,
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
    Monitoring(Box<Reading<Monitoring>>),
    /// [`Area::SignIns`].
    SignIns(Reading<Vec<SignIn>>),
    /// [`Area::Around`].
    Around(Reading<Box<Around>>),
    /// [`Area::Audits`].
    Audits(Reading<Audits>),
}

impl Facts {
    /// Replaces one area by what was just read.
    pub fn absorb(&mut self, area: AreaFacts) {
        match area {
            AreaFacts::Organization(r) => self.organization = r,
            AreaFacts::Operator(r) => self.operator = r,
            AreaFacts::Licenses(r) => self.licenses = r,
            AreaFacts::Accounts(r) => self.learn_accounts(r),
            AreaFacts::Roles(r) => self.roles = r,
            AreaFacts::Methods(r) => self.methods = r,
            AreaFacts::MethodPolicy(r) => self.method_policy = r,
            AreaFacts::Registration(r) => self.registration = r,
            AreaFacts::Group(r) => self.group = r,
            AreaFacts::Policies(r) => self.policies = r,
            AreaFacts::WhatIf(r) => self.what_if = r,
            AreaFacts::Defaults(r) => self.defaults = r,
            AreaFacts::Monitoring(r) => self.monitoring = *r,
            AreaFacts::SignIns(r) => self.sign_ins = r,
            AreaFacts::Around(r) => self.around = r,
            AreaFacts::Audits(r) => self.audits = r,
        }
    }

    /// What was asked about the accounts says nothing about one that was not there yet.
    fn learn_accounts(&mut self, accounts: Reading<Accounts>) {
        let before = self.account_ids();
        self.accounts = accounts;
        if self.account_ids().iter().any(|id| !before.contains(id)) && !self.is_by_hand() {
            self.registration = Reading::NotYet;
            self.what_if = Reading::NotYet;
        }
    }

    /// Why an area could not be read.
    pub fn trouble(&self, area: Area) -> Option<&Trouble> {
        match area {
            Area::Organization => self.organization.trouble(),
            Area::Operator => self.operator.trouble(),
            Area::Licenses => self.licenses.trouble(),
            Area::Accounts => self.accounts.trouble(),
            Area::Roles => self.roles.trouble(),
            Area::Methods => self.methods.trouble(),
            Area::MethodPolicy => self.method_policy.trouble(),
            Area::Registration => self.registration.trouble(),
            Area::Group => self.group.trouble(),
            Area::Policies => self.policies.trouble(),
            Area::WhatIf => self.what_if.trouble(),
            Area::Defaults => self.defaults.trouble(),
            Area::Monitoring => self.monitoring.trouble(),
            Area::SignIns => self.sign_ins.trouble(),
            Area::Audits => self.audits.trouble(),
            Area::Around => self.around.trouble().or_else(|| self.around.get()?.trouble()),
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

//! What surrounds the accounts: what a review reads beside what the setup reads. Each part is read, or says why it could
//! not be: one that may not be looked at hides no other.

use jiff::Timestamp;

use crate::domain::facts::{Reading, WouldApply};
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;

/// What surrounds the accounts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Around {
    /// Groups that the accounts are in, and roles that they hold, by whatever way.
    pub memberships: Reading<Vec<Membership>>,
    /// Ids that policies exclude.
    pub excluded: Reading<Excluded>,
    /// What is remembered and lies among what was deleted.
    pub deleted: Reading<Vec<Deleted>>,
    /// What people are asked for at a sign-in.
    pub prompts: Reading<Prompts>,
    /// `allowedToUseSSPR`: whether administrators may reset their own password; `None` where it was not told.
    pub own_reset: Reading<Option<bool>>,
    /// How many licenses are assigned to the exclusion group; `None` where it was not told.
    pub group_licenses: Reading<Option<usize>>,
    /// Policies that would apply to sign-ins of other kinds than those of [`Area::WhatIf`](super::Area::WhatIf).
    pub contexts: Reading<Vec<WouldApply>>,
    /// What Identity Protection thinks of each account; not asked where the tenant is not licensed for it. That it could not
    /// be read is no trouble of the area: a person can look instead.
    pub risks: Reading<Vec<Risk>>,
}

impl Around {
    /// Why a part could not be read: the first that could not.
    pub fn trouble(&self) -> Option<&Trouble> {
        let parts = [
            self.memberships.trouble(),
            self.excluded.trouble(),
            self.deleted.trouble(),
            self.prompts.trouble(),
            self.own_reset.trouble(),
            self.group_licenses.trouble(),
            self.contexts.trouble(),
        ];
        parts.into_iter().flatten().next()
    }
}

/// Something that an account is in, directly or through a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// The account.
    pub slot: Slot,
    /// Object id; of a role the id of its template.
    pub id: String,
    /// Display name, cleaned.
    pub name: String,
    /// What it is.
    pub kind: MembershipKind,
}

/// What an account can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MembershipKind {
    /// A group whose members somebody chose.
    Group,
    /// A group whose members a rule computes.
    ComputedGroup,
    /// A directory role.
    Role,
    /// Anything else: an administrative unit.
    Other,
}

/// What Identity Protection thinks of an account.
#[derive(Debug, Clone, PartialEq)]
pub struct Risk {
    /// The account.
    pub slot: Slot,
    /// What it thinks.
    pub state: RiskState,
    /// `riskLevel`, cleaned: high, medium, low; empty where it was not told.
    pub level: String,
    /// When that was last changed.
    pub since: Option<Timestamp>,
}

/// What Identity Protection thinks of an account, as far as it is known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RiskState {
    /// Nothing was ever seen, or it was dealt with.
    None,
    /// It is at risk.
    AtRisk,
    /// Somebody, or the service, has confirmed that it is in other hands.
    Compromised,
    /// A word that is not known here.
    Other(String),
}

/// Ids that policies exclude, and belong to nothing any more.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Excluded {
    /// Those that are gone.
    pub gone: Vec<String>,
    /// How many were looked up.
    pub looked: usize,
    /// How many were not, because there are too many.
    pub left: usize,
}

/// What lies among what was deleted and can be restored.
#[derive(Debug, Clone, PartialEq)]
pub struct Deleted {
    /// The account; `None` for the exclusion group.
    pub slot: Option<Slot>,
    /// Object id.
    pub id: String,
}

/// What people are asked for at a sign-in (contract 15.6).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Prompts {
    /// The registration campaign; `None` where it was not told.
    pub campaign: Option<Campaign>,
    /// `policyMigrationState`; `None` where it was not told.
    pub migration: Option<String>,
}

/// The campaign that asks people to register another method.
#[derive(Debug, Clone, PartialEq)]
pub struct Campaign {
    /// Whom it asks.
    pub state: CampaignState,
    /// Ids of `includeTargets`: users, groups, or everybody.
    pub includes: Vec<String>,
    /// Ids of `excludeTargets`.
    pub excludes: Vec<String>,
}

/// Whom a campaign asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignState {
    /// Whom Microsoft chooses among its targets.
    ByMicrosoft,
    /// All of its targets.
    Enabled,
    /// Nobody.
    Disabled,
    /// A word that is not known here.
    Unknown,
}

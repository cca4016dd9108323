//! The tenant's Conditional Access policies as several steps look at them: which are meant for these accounts, which have
//! to exclude the group, which refused to. What decides about all of them alike is looked up once, so that a check goes
//! through the list once and no more.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::check::case::Case;
use crate::domain::facts::Group;
use crate::domain::facts::policy::{Policy, State};
use crate::domain::trouble::Trouble;
use crate::steps::shared::exclusion_group;

/// The policies of a case, with what decides about each of them.
pub(in crate::steps) struct Policies<'a> {
    all: &'a [Policy],
    allowed: BTreeSet<&'a str>,
    found: Option<&'a Group>,
    accounts: Vec<String>,
    /// The group that they have to exclude, where there is one that may be used.
    pub group: Option<&'a Group>,
    refused: BTreeMap<&'a str, &'a Trouble>,
}

impl<'a> Policies<'a> {
    /// The policies of `case`; none where they could not be read.
    pub fn of(case: &Case<'a>) -> Self {
        Self {
            all: case.facts.policies.get().map(Vec::as_slice).unwrap_or_default(),
            allowed: case.plan.policies.allow.iter().map(String::as_str).collect(),
            found: case.facts.group.get().and_then(|groups| groups.found.as_ref()),
            accounts: case.facts.account_ids(),
            group: exclusion_group::usable(case),
            refused: case.evidence.refused_exclusions().collect(),
        }
    }

    /// All of them.
    pub fn all(&self) -> std::slice::Iter<'a, Policy> {
        self.all.iter()
    }

    /// Whether `policy` is meant to apply to these accounts: named in the plan, or aimed at nobody else.
    pub fn is_allowed(&self, policy: &Policy) -> bool {
        let group = self.found.map(|group| group.id.as_str());
        self.allowed.contains(policy.id.as_str()) || policy.is_aimed_only_at(group, &self.accounts)
    }

    /// The policies that are aimed at nobody but these accounts, and that the plan does not name.
    pub fn aimed(&self) -> impl Iterator<Item = &'a Policy> {
        let named = |policy: &&Policy| self.allowed.contains(policy.id.as_str());
        self.all().filter(move |policy| self.is_allowed(policy) && !named(policy))
    }

    /// The ids of those that are meant for these accounts, and of those that the plan names and nobody has read.
    pub fn allowed_ids(&self) -> BTreeSet<&'a str> {
        let meant = self.all().filter(|policy| self.is_allowed(policy)).map(|policy| policy.id.as_str());
        meant.chain(self.allowed.iter().copied()).collect()
    }

    /// The policies that have to exclude the group.
    pub fn applicable(&self) -> impl Iterator<Item = &'a Policy> {
        self.all().filter(|policy| policy.cannot_exclude().is_none() && !self.is_allowed(policy))
    }

    /// Those of them that do not exclude it.
    pub fn lacking(&self) -> impl Iterator<Item = &'a Policy> {
        self.applicable().filter(|policy| self.lacks_group(policy))
    }

    /// Whether `policy` does not exclude the group.
    pub fn lacks_group(&self, policy: &Policy) -> bool {
        !self.group.is_some_and(|group| policy.excludes_group(&group.id))
    }

    /// Whether the exclusion was refused for good by `policy`.
    pub fn is_refused(&self, policy: &Policy) -> bool {
        self.refusal(policy).is_some()
    }

    /// Why the exclusion was refused for good by `policy`. A refusal that names ids beside the policy's own holds as long as
    /// the policy names one of them: who takes a dead id out is asked again.
    pub fn refusal(&self, policy: &Policy) -> Option<&'a Trouble> {
        let trouble = *self.refused.get(policy.id.as_str())?;
        let mut ids = trouble.named().filter(|id| !policy.id.eq_ignore_ascii_case(id)).peekable();
        (ids.peek().is_none() || ids.any(|id| policy.names(id))).then_some(trouble)
    }

    /// The ids that the refusal of `policy` names and that still stand in it: what they stood for is gone.
    pub fn named_dead(&self, policy: &'a Policy) -> impl Iterator<Item = &'a str> {
        let named = self.refusal(policy).into_iter().flat_map(Trouble::named);
        named.filter(|id| !policy.id.eq_ignore_ascii_case(id) && policy.names(id))
    }

    /// Whether any policy for users is enforced.
    pub fn any_enabled(&self) -> bool {
        self.all().any(|policy| policy.state == State::Enabled && policy.cannot_exclude().is_none())
    }
}

//! Whether What-If was asked too early: it names a policy for an account that this policy excludes, by what was read.
//!
//! A membership is known to What-If only some time after it was made (contract 0), and an exclusion too.

use crate::domain::check::case::Case;
use crate::domain::facts::WouldApply;
use crate::steps::shared::exclusion_group;

/// Whether anything that What-If said contradicts what was read.
pub fn any(case: &Case<'_>) -> bool {
    let areas = [case.facts.what_if.get(), case.facts.registration.get()];
    areas.into_iter().flatten().flatten().any(|would| is_late(case, would))
}

/// Whether the policy that is said to apply excludes the group, and the account is in it.
pub(in crate::steps) fn is_late(case: &Case<'_>, would: &WouldApply) -> bool {
    let group = case.facts.group.get().and_then(|groups| groups.found.as_ref());
    let account = case.facts.account(would.slot);
    let mut policies = case.facts.policies.get().into_iter().flatten();
    let Some((group, account)) = group.zip(account) else { return false };
    exclusion_group::holds(group, &account.id)
        && policies.any(|policy| policy.id == would.policy && policy.excludes_group(&group.id))
}

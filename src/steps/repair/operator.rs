//! Who may repair: anybody but the account concerned. The other emergency access account may, and that is a use.

use crate::domain::check::case::Case;
use crate::domain::check::repair::Repairing;
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::steps::shared::{exclusion_group, look::every_slot};

/// The emergency access account that is signed in, where one is.
///
/// # Errors
///
/// When it is the account concerned, or a member of the exclusion group that is none of the accounts.
pub fn helping_account(case: &Case<'_>, at: &Repairing) -> Result<Option<Slot>, Trouble> {
    let Some(operator) = case.facts.operator.get() else { return Ok(None) };
    let is_theirs = |slot: &Slot| {
        let read = case.facts.account(*slot).is_some_and(|account| account.id == operator.id);
        read || case.evidence.accounts.get(slot) == Some(&operator.id)
    };
    let found = every_slot(case).into_iter().find(is_theirs);
    let group = case.facts.group.get().and_then(|groups| groups.found.as_ref());
    let is_member = group.is_some_and(|group| exclusion_group::holds(group, &operator.id));
    match found {
        Some(slot) if slot == at.slot => {
            Err(refused(&operator.upn, "It is the account this repair is about, and would vouch for itself."))
        }
        None if is_member => Err(refused(
            &operator.upn,
            "It is a member of the exclusion group and none of the planned accounts: somebody who must not be in it.",
        )),
        found => Ok(found),
    }
}

fn refused(upn: &str, why: &str) -> Trouble {
    Trouble::new(
        format!("{upn} cannot do this repair."),
        why,
        "Sign in as another administrator, or as the other emergency access account.",
    )
}

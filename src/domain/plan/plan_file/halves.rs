//! Places and hands of the password slips: two accounts that must not burn together, and a password that two people
//! keep, half each.

use crate::domain::plan::plan_file::rule::{is_blank, when};
use crate::domain::plan::{Account, Plan};
use crate::domain::record::Half;
use crate::domain::secret::password::{HALF_BITS, LONGEST, SHORTEST, half_bits, may_be_halved};

/// Whether the passwords of First and Second would burn together.
pub(super) fn apart(plan: &Plan) -> Option<String> {
    let (first, second) = (plan.accounts.first()?, plan.accounts.get(1)?);
    let together = plan.shared_place(first, second).is_some();
    when(together, "The slips of the First and the Second account must not lie in one place.")
}

/// Whether a password for two people is really in two hands, two places, and two strong halves.
pub(super) fn halves(plan: &Plan, account: &Account) -> Vec<String> {
    let Some(second) = &account.second_half else { return Vec::new() };
    let length = plan.passwords.length;
    // Who holds the longer half lacks only the shorter one.
    let unknown = half_bits(Half::B.length(length));
    let one_hand = second.custodian.trim().to_lowercase() == account.custodian.trim().to_lowercase();
    [
        when(is_blank(&second.custodian), "second_half.custodian must not be empty."),
        when(
            one_hand && !is_blank(&second.custodian),
            &format!("both halves of the password would be in the hands of {}.", account.custodian.trim()),
        ),
        when(
            plan.place(&second.safe) == plan.place(&account.safe),
            "both halves of the password would lie in one place.",
        ),
        when(
            !may_be_halved(length),
            &format!(
                "half of {length} characters leaves {unknown:.0} bits unknown to whoever holds the other half; at \
                 least {HALF_BITS:.0} are needed, so passwords.length must be {} or more.",
                shortest_halved()
            ),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The fewest characters of a password that two people may keep.
fn shortest_halved() -> usize {
    (SHORTEST..=LONGEST).find(|length| may_be_halved(*length)).unwrap_or(LONGEST)
}

//! Places and hands of the password slips: two accounts that must not burn together, and a password that two people
//! keep, half each.

use crate::domain::plan::plan_file::rule::{Wrong, filled, is_blank, when};
use crate::domain::plan::{Account, Plan};
use crate::domain::record::Half;
use crate::domain::secret::password::{HALF_BITS, LONGEST, SHORTEST, half_bits, may_be_halved};

/// Whether the passwords of First and Second would burn together.
pub(super) fn apart(plan: &Plan) -> Option<Wrong> {
    let (first, second) = (plan.accounts.first()?, plan.accounts.get(1)?);
    let says = "The slips of the First and the Second account must not lie in one place.";
    plan.shared_place(first, second).map(|_| Wrong::of("accounts.1.safe", says))
}

/// Whether one fire would take something that each account needs. Where the layout leaves no other way, it is told as a doubt.
pub(super) fn one_loss(plan: &Plan) -> Option<Wrong> {
    let name = plan.one_loss_of_all().filter(|_| apart(plan).is_none() && !plan.parts_each_account())?;
    let says = format!(
        "One fire must leave a whole account, but each needs something from {}: a password or half of one, a PIN slip, every \
         key, a phone. Keep what one account needs where the other one needs nothing.",
        plan.place_words(name)
    );
    Some(Wrong::of(&format!("{}.name", kept_at(plan, name)), says))
}

/// Where the file has the safe or system called `name`.
fn kept_at(plan: &Plan, name: &str) -> String {
    let system = plan.systems.iter().position(|system| system.name == name);
    let safe = plan.safes.iter().position(|safe| safe.name == name);
    match (safe, system) {
        (None, Some(at)) => format!("systems.{at}"),
        (at, _) => format!("safes.{}", at.unwrap_or_default()),
    }
}

/// That a fire leaves no whole account, where the layout leaves no other way.
pub(super) fn parted(plan: &Plan) -> Option<String> {
    plan.one_loss_of_all().filter(|_| plan.parts_each_account() && apart(plan).is_none()).map(|_| {
        "With two safes and no envelopes, a fire in either takes part of both accounts; two envelopes in each, or four safes, \
         leave one whole account."
            .to_owned()
    })
}

/// Whether a password for two people is really in two hands, two places, and two strong halves.
pub(super) fn halves(plan: &Plan, key: &str, account: &Account) -> Vec<Wrong> {
    let Some(second) = &account.second_half else { return Vec::new() };
    let length = plan.passwords.length;
    // Who holds the longer half lacks only the shorter one.
    let unknown = half_bits(Half::B.length(length));
    let custodian = format!("{key}.second_half.custodian");
    let [hand, other] = Half::BOTH.map(|half| plan.custodian_of(account, half).trim());
    let one_hand = !is_blank(hand) && other.to_lowercase() == hand.to_lowercase();
    [
        filled(other, &custodian),
        when(
            one_hand,
            &custodian,
            &format!("must be another person: both halves of the password would be in the hands of {hand}."),
        ),
        when(
            plan.place(&second.safe) == plan.place(&account.safe),
            &format!("{key}.second_half.safe"),
            "must be elsewhere: both halves of the password would lie in one place.",
        ),
        when(
            !may_be_halved(length),
            "passwords.length",
            &format!(
                "must be {} or more: half of {length} characters leaves {unknown:.0} bits unknown to whoever holds the \
                 other half, and at least {HALF_BITS:.0} are needed.",
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

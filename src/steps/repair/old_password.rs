//! Whether the password that was lost still opens the account, by what the record and the tenant know. It looks at one account
//! and says one sentence or two; where neither knows, it says that too.

use crate::domain::check::case::Case;
use crate::domain::check::repair::Repairing;
use crate::domain::record::{Slip, SlipKind, SlipState};
use crate::domain::slot::Slot;
use crate::steps::repair::progress::has_new_slip;

/// Whether a password still opens the account.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opens {
    Yes,
    No,
    Unknown,
}

/// What whoever has the old slip can do with it; `None` once this repair has made a new one.
pub fn old_password(case: &Case<'_>, at: &Repairing) -> Option<String> {
    if has_new_slip(case, at, SlipKind::Password) {
        return None;
    }
    let counted = of_password(case, at.slot).filter(|slip| slip.state == SlipState::Confirmed).last();
    let since: Vec<&Slip> = of_password(case, at.slot)
        .filter(|slip| slip.state == SlipState::Made && counted.is_none_or(|old| old.number < slip.number))
        .collect();
    let name = counted.map_or_else(|| "the old slip".to_owned(), |slip| format!("slip {}", slip.number));
    let old = match opens(case, at.slot, counted) {
        Opens::Yes => {
            format!("Until a new password is set, {name}, wherever it is, still opens the account.")
        }
        Opens::No => format!("A password was set after {name}, which opens the account no more."),
        Opens::Unknown => {
            format!("Until a new password is set, {name}, wherever it is, may still open the account.")
        }
    };
    Some([Some(old), lost(&since)].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

fn of_password<'a>(case: &Case<'a>, slot: Slot) -> impl Iterator<Item = &'a Slip> {
    case.evidence.slips.values().filter(move |slip| slip.slot == slot && slip.kind == SlipKind::Password)
}

/// The tenant's own times come first: two clocks are not compared where one has both.
fn opens(case: &Case<'_>, slot: Slot, counted: Option<&Slip>) -> Opens {
    let now = case.facts.account(slot).and_then(|account| account.password_changed);
    match (counted, counted.and_then(|slip| slip.changed), now) {
        (_, Some(then), Some(now)) if now == then => Opens::Yes,
        (_, Some(then), Some(now)) if now > then => Opens::No,
        // No slip counts, and a password was set for one: whatever was there before it is gone.
        (None, ..) if case.evidence.password_set.contains_key(&slot) => Opens::No,
        _ => Opens::Unknown,
    }
}

/// Slips that were made and not typed back.
fn lost(slips: &[&Slip]) -> Option<String> {
    let numbers: Vec<String> = slips.iter().map(|slip| slip.number.to_string()).collect();
    match numbers.as_slice() {
        [] => None,
        [one] => Some(format!("Slip {one} was not typed back, so its password counts as lost.")),
        several => Some(format!(
            "Slips {} were not typed back, so their passwords count as lost.",
            several.join(", ")
        )),
    }
}

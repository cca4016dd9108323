//! A password that two people keep: both halves typed back by their custodians, in two places, each in its safe.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::thing::half as about;
use crate::domain::plan::{Account, Plan};
use crate::domain::record::{Half, HalfSlip, Slip};
use crate::domain::slot::Slot;
use crate::steps::shared::look::{Seen, fail, needs_person, overdue, pass};
use crate::steps::shared::password_slip::{confirmed, is_true};
use crate::steps::shared::tested;

/// Both halves planned for one place: who finds one finds the other.
pub(super) fn together(plan: &Plan, account: &Account) -> Option<Seen> {
    let second = account.second_half.as_ref()?;
    (plan.place(&account.safe) == plan.place(&second.safe)).then(|| {
        fail(format!("both halves of the password of {} are planned for one place", account.display_name))
    })
}

/// Whether somebody vouched for each half that it lies in its safe.
pub(super) fn in_safes(case: &Case<'_>, slot: Slot) -> Seen {
    if let Some(ended) = Half::BOTH.into_iter().find_map(|half| ended(case, slot, half)) {
        return ended;
    }
    let open: Vec<&str> =
        Half::BOTH.into_iter().filter(|half| !case.attested(&about(slot, *half))).map(Half::name).collect();
    let told = Half::BOTH.map(|half| {
        let word = case.word(&about(slot, half));
        word.map(|word| format!("half {} attested by {}", half.name(), word.by()))
    });
    match open.as_slice() {
        [] => pass(told.into_iter().flatten().collect::<Vec<_>>().join("; ")),
        [half] => needs_person(format!(
            "nobody has vouched yet that the envelope with half {half} lies in its safe"
        )),
        _ => needs_person("nobody has vouched yet that the envelopes with the halves lie in their safes"),
    }
}

/// That what was said of a half has ended.
fn ended(case: &Case<'_>, slot: Slot, half: Half) -> Option<Seen> {
    let seen = overdue(case, &about(slot, half))?;
    Some(Seen { detail: format!("half {}: {}", half.name(), seen.detail), ..seen })
}

/// The halves that nobody has vouched for yet, each under the seal its custodian named.
pub(super) fn safe_asks(case: &Case<'_>, slot: Slot) -> Vec<Ask> {
    let slip = confirmed(case, slot).filter(|_| is_true(case, slot) && tested::opens(case, slot));
    let halves = slip.into_iter().flat_map(|slip| slip.halves.iter().map(move |half| (slip, half)));
    halves
        .filter(|(_, half)| !case.attested(&about(slot, half.half)))
        .map(|(slip, half)| Ask::Attest(attest(slot, slip, half)))
        .collect()
}

fn attest(slot: Slot, slip: &Slip, half: &HalfSlip) -> Attest {
    Attest {
        about: about(slot, half.half),
        statement: format!(
            "The envelope with half {} of slip {} of the {slot} account, seal {}, lies in safe {}, and {} has charge of \
             it",
            half.half.name(),
            slip.number,
            half.seal,
            half.safe,
            half.custodian
        ),
        note: "Seal number as you saw it, or anything else to note".to_owned(),
    }
}

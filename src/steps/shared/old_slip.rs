//! The slip that another one took the place of: it opens nothing any more, and whoever finds it cannot know that. Somebody
//! destroys it in front of a witness, once the new one has opened the account.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::record::{Slip, SlipKind, SlipState};
use crate::domain::slot::Slot;
use crate::steps::shared::look::{needs_person, report, vouched};
use crate::steps::shared::tested;

/// The slip before the latest, where both were typed back and the latest has opened the account.
fn replaced<'a>(case: &Case<'a>, slot: Slot) -> Option<&'a Slip> {
    let is_confirmed = |slip: &&Slip| slip.state == SlipState::Confirmed;
    let latest = case.evidence.slip(slot, SlipKind::Password).filter(is_confirmed)?;
    let old = case.evidence.slips.get(&latest.replaces?).filter(is_confirmed)?;
    tested::opens(case, slot).then_some(old)
}

/// Whether it is destroyed; nothing where there was none.
pub(in crate::steps) fn finding(case: &Case<'_>, slot: Slot) -> Option<Finding> {
    let old = replaced(case, slot)?;
    let open = || {
        let told =
            format!("nobody has vouched yet that slip {}, which was replaced, is destroyed", old.number);
        needs_person(told).because(Cause::NotVouched)
    };
    let seen = vouched(case, &CheckId::PaperOldSlip.of(slot)).unwrap_or_else(open);
    Some(report(CheckId::PaperOldSlip, Ok(seen)).of(slot))
}

/// The question for it.
pub(in crate::steps) fn ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    let about = CheckId::PaperOldSlip.of(slot);
    let old = replaced(case, slot).filter(|_| !case.attested(&about))?;
    Some(Ask::Attest(Attest {
        about,
        statement: format!("Slip {} of the {slot} account was destroyed in front of a witness", old.number),
        note: "Who was the witness".to_owned(),
    }))
}

//! The slip with the password of an account: whether it is true, and whether another has to be made.
//!
//! Where its envelope lies is step 8's matter.

use jiff::{SignedDuration, Timestamp};

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::id::CheckId;
use crate::domain::record::{Checked, Slip, SlipKind, SlipState};
use crate::domain::slot::Slot;
use crate::steps::shared::look::{Look, Seen, account, fail, is_there, needs_person, pass, unknown};
use crate::steps::shared::{halves, uses};

/// How far the clocks of a service and a computer may lie apart: what Kerberos allows (RFC 4120, section 8.2).
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);

/// The slip with the password of the account in `slot`, once it was typed back.
pub(in crate::steps) fn confirmed<'a>(case: &Case<'a>, slot: Slot) -> Option<&'a Slip> {
    case.evidence.slip(slot, SlipKind::Password).filter(|slip| slip.state == SlipState::Confirmed)
}

/// Whether the latest slip is true: typed back, and the password unchanged since.
pub(in crate::steps) fn look(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    if !case.is_by_hand() {
        account(case, slot)?;
    }
    let Some(latest) = case.evidence.slip(slot, SlipKind::Password) else {
        return Ok(needs_person(halves::none_yet(case, slot)).because(Cause::NotMade));
    };
    if let Some(wrong) = halves::wrong(case, latest) {
        return Ok(wrong);
    }
    if latest.state == SlipState::Made {
        return Ok(fail(format!(
            "slip {} was never typed back, so its password counts as lost",
            latest.number
        )));
    }
    if case.is_by_hand() {
        return Ok(chosen(case, slot, latest));
    }
    Ok(match (latest.changed, account(case, slot)?.password_changed) {
        (then, Some(now)) if then.map_or(is_ours(case, slot, now), |then| then == now) => {
            let halves = halves::words(latest);
            pass(format!("slip {}{halves} was {} on {}", latest.number, checked_words(latest), latest.date))
        }
        (Some(then), Some(now)) if now < then => fail(format!(
            "the tenant has an older password, of {}, than slip {} of {}",
            now.strftime("%Y-%m-%d"),
            latest.number,
            latest.date
        ))
        .because(Cause::Overtaken),
        (Some(_), Some(_)) => fail(format!("the password was changed after slip {} was made", latest.number))
            .because(Cause::Overtaken),
        _ => unknown(format!("the tenant does not tell when the password of slip {} was set", latest.number))
            .because(Cause::Hidden),
    })
}

/// Whether a time that was not known when the slip was made is that of the password set here: the service's clock and
/// this computer's differ by minutes at the most.
fn is_ours(case: &Case<'_>, slot: Slot, now: Timestamp) -> bool {
    let set = case.evidence.password_set.get(&slot);
    set.is_some_and(|set| now.duration_since(*set).abs() <= CLOCKS_DIFFER)
}

/// How a slip was checked: from paper by a person, or from its file by the program, which says nothing about paper.
pub(in crate::steps) fn checked_words(slip: &Slip) -> &'static str {
    match slip.checked {
        Some(Checked::FileReadBack) => "read back from its file by the program",
        Some(Checked::ReadFromSystem) => "read back from the system that keeps it",
        Some(Checked::ChosenAndTypedTwice) => "chosen by a person and typed twice",
        Some(Checked::TypedBack) | None => "typed back",
    }
}

/// By hand a slip is typed back before its password is the account's: it is chosen at the change that the portal forces
/// at the first sign-in, and that somebody has to vouch for.
fn chosen(case: &Case<'_>, slot: Slot, slip: &Slip) -> Seen {
    match case.word(&CheckId::PaperSlip.of(slot)) {
        Some(word) => pass(format!(
            "slip {} was {} on {}; its password was chosen at the forced change, attested by {}",
            slip.number,
            checked_words(slip),
            slip.date,
            word.by()
        )),
        None => needs_person(format!(
            "slip {} was {}; nobody has vouched yet that its password was chosen at the forced change",
            slip.number,
            checked_words(slip)
        ))
        .because(Cause::NotVouched),
    }
}

/// Whether a new password has to be made for the account in `slot`.
fn needs_slip(case: &Case<'_>, slot: Slot) -> bool {
    uses::awaits_password(case, slot)
        || match case.is_by_hand() {
            true => confirmed(case, slot).is_none_or(|slip| halves::wrong(case, slip).is_some()),
            false => !is_true(case, slot),
        }
}

/// Whether the slip of `slot` is true.
pub(in crate::steps) fn is_true(case: &Case<'_>, slot: Slot) -> bool {
    look(case, slot).is_ok_and(|seen| seen.is_pass())
}

/// The password slip of an account that is there and has no true one.
pub(in crate::steps) fn ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    let due = is_there(case, slot) && needs_slip(case, slot);
    due.then_some(Ask::MakePasswordSlip { slot })
}

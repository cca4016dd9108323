//! Step 8: credentials on paper, read back from it, and in separate places, under seal.
//!
//! A slip counts once its secret was typed back, and only as long as nobody has changed the password since. Where the
//! envelopes lie no program can see: that is attested.

use std::collections::BTreeSet;

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::check::thing::Thing;
use crate::domain::plan::{Account, Method, Plan};
use crate::domain::slot::Slot;
use crate::domain::write::action::Action;
use crate::steps::shared::look::{
    Look, Seen, account, every_slot, fail, is_there, needs_person, pass, report, unknown, vouched,
};
use crate::steps::shared::password_slip::{self, confirmed, is_true};
use crate::steps::shared::{registered, second_factor, tested, upkeep, uses};

pub mod custody;
mod halves;
mod printed;
mod systems;

pub(super) use printed::ask as printed_ask;
pub use printed::to_destroy;

/// Whether the slips are true, the pages written and the places apart.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    let slots = every_slot(case);
    let mut findings: Vec<Finding> = slots.iter().flat_map(|slot| slot_checks(case, *slot)).collect();
    findings.push(report(CheckId::PaperSeparateSafes, separate(case)));
    findings.extend(systems::finding(case));
    findings.extend(custody::findings(case));
    findings.push(report(CheckId::PaperDocument, document(case)));
    findings.push(report(CheckId::PaperProcedure, procedure(case)));
    findings.extend(upkeep::rotation(case));
    findings
}

/// What is true of the paper of the account in `slot`.
pub(super) fn slot_checks(case: &Case<'_>, slot: Slot) -> Vec<Finding> {
    let mut looks = vec![
        (CheckId::PaperSlip, password_slip::look(case, slot)),
        (CheckId::PaperSessionsRevoked, revoked(case, slot)),
    ];
    if registered::method(case, slot) == Method::SecurityKey {
        looks.push((CheckId::MethodPinSlip, second_factor::pin_slips(case, slot)));
    }
    looks.extend(printed::look(case, slot).map(|seen| (CheckId::PaperPrinted, Ok(seen))));
    looks.extend(printed::destroyed(case, slot).map(|seen| (CheckId::PaperDestroyed, Ok(seen))));
    let findings = looks.into_iter().map(|(check, look)| report(check, look).of(slot));
    findings.chain(uses::check(case, slot)).collect()
}

/// Whether the envelopes of the account in `slot` are sealed and lie in their safes: looked at when the sign-in test has
/// opened them for the last time.
pub(super) fn envelopes(case: &Case<'_>, slot: Slot) -> [Finding; 2] {
    [
        report(CheckId::PaperSealed, Ok(custody::sealed(case, slot))).of(slot),
        report(CheckId::PaperSafe, in_safe(case, slot)).of(slot),
    ]
}

/// The seals, and where the envelopes lie.
pub(super) fn envelope_asks(case: &Case<'_>, slot: Slot) -> Vec<Ask> {
    custody::seal_ask(case, slot).into_iter().chain(safe_asks(case, slot)).collect()
}

fn revoked(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let account = account(case, slot)?;
    let Some(slip) = confirmed(case, slot) else {
        return Ok(unknown("after the slip was made").because(Cause::Follows));
    };
    if !case.evidence.revoked.contains_key(&slot) {
        return Ok(fail("sessions from before the new password may still be open"));
    }
    Ok(match (account.sessions_valid_from, slip.changed) {
        (Some(from), Some(changed)) if from < changed => {
            fail("sessions from before the new password are still valid")
        }
        _ => pass("every earlier session was revoked"),
    })
}

fn in_safe(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let Some(planned) = case.plan.account(slot) else { return Ok(unknown("not planned")) };
    if planned.second_half.is_some() {
        return Ok(halves::in_safes(case, slot));
    }
    if let Some(seen) = systems::kept(case, slot) {
        return Ok(seen);
    }
    Ok(vouched(case, &CheckId::PaperSafe.of(slot)).unwrap_or_else(|| {
        needs_person(format!("nobody has vouched yet that the envelope lies in safe {}", planned.safe))
            .because(Cause::NotVouched)
    }))
}

/// From the plan: First and Second apart, and no place from which one account could be used alone.
fn separate(case: &Case<'_>) -> Look<Seen> {
    let plan = case.plan;
    for (index, one) in plan.accounts.iter().enumerate() {
        for other in &plan.accounts[index + 1..] {
            if plan.shared_place(one, other).is_some() {
                return Ok(fail(format!(
                    "the slips of {} and {} are planned for one place",
                    one.display_name, other.display_name
                )));
            }
        }
        if let Some(together) = halves::together(plan, one) {
            return Ok(together);
        }
        if holds_everything(one) {
            return Ok(fail(format!(
                "safe {} would hold the password, a key and its PIN of {}",
                one.safe, one.display_name
            )));
        }
    }
    Ok(pass("no two slips lie in one place, and no safe holds all that one account needs"))
}

fn place<'a>(plan: &'a Plan, safe: &'a str) -> &'a str {
    plan.safe(safe).map_or(safe, |found| found.place.as_str())
}

fn holds_everything(account: &Account) -> bool {
    let pin = account.pin_safe.as_deref().filter(|_| account.second_half.is_none());
    pin == Some(account.safe.as_str()) && account.keys.iter().any(|key| key.safe == account.safe)
}

/// Whether the pages were never written, or say something that is not true any more.
fn are_behind(case: &Case<'_>) -> bool {
    let procedure = case.thing(&CheckId::PaperProcedure.whole());
    case.evidence.documents.is_empty() || case.evidence.pages_behind || procedure == Some(Thing::NotThere)
}

fn document(case: &Case<'_>) -> Look<Seen> {
    if are_behind(case) && !case.evidence.documents.is_empty() {
        return Ok(needs_person(
            "the pages are older than a slip, a key or a name on them: write them again",
        )
        .because(Cause::Overtaken));
    }
    // Each page is written twice, to be printed and to be read anywhere.
    let names =
        case.evidence.documents.iter().map(|file| file.rsplit_once('.').map_or(file.as_str(), |f| f.0));
    Ok(match names.collect::<BTreeSet<&str>>().len() {
        0 => needs_person("the credential document and the procedure are not written yet")
            .because(Cause::NotMade),
        n => vouched(case, &CheckId::PaperDocument.whole()).unwrap_or_else(|| {
            let folder = folder(&case.evidence.documents[0]);
            needs_person(format!(
                "{n} pages were written to {folder}; nobody has vouched yet that they are printed"
            ))
            .because(Cause::NotVouched)
        }),
    })
}

/// The folder of a written page.
fn folder(page: &str) -> &str {
    page.rsplit_once(['/', '\\']).map_or(".", |(folder, _)| folder)
}

fn procedure(case: &Case<'_>) -> Look<Seen> {
    Ok(vouched(case, &CheckId::PaperProcedure.whole())
        .unwrap_or_else(|| needs_person("nobody has vouched yet for its approval")))
}

/// Sessions from before a confirmed slip.
pub fn actions(case: &Case<'_>) -> Vec<Action> {
    every_slot(case).into_iter().filter_map(|slot| revocation(case, slot)).collect()
}

/// Sessions of the account in `slot` from before its slip.
pub(super) fn revocation(case: &Case<'_>, slot: Slot) -> Option<Action> {
    let account = case.facts.account(slot)?;
    let due = is_true(case, slot) && revoked(case, slot).is_ok_and(|seen| !seen.is_pass());
    due.then(|| Action::RevokeSessions { slot, id: account.id.clone() })
}

/// Slips, pages, and the word of those who approve and who keep the safes.
pub fn asks(case: &Case<'_>) -> Vec<Ask> {
    let mut asks = Vec::new();
    for slot in every_slot(case) {
        asks.extend(second_factor::pin_slip_asks(case, slot));
        asks.extend(password_slip::ask(case, slot));
        asks.extend(chosen_ask(case, slot));
    }
    if are_behind(case) && is_there(case, Slot::FIRST) {
        asks.push(Ask::WriteDocument);
    }
    asks.extend(every_slot(case).into_iter().filter_map(|slot| printed::ask(case, slot)));
    asks.extend(every_slot(case).into_iter().filter_map(|slot| printed::destroy_ask(case, slot)));
    asks.extend(document_ask(case));
    asks.extend(procedure_ask(case));
    asks.extend(systems::asks(case));
    asks.extend(custody::asks(case));
    asks
}

/// By hand: whether the password of the slip was chosen in the portal.
pub(super) fn chosen_ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    let about = CheckId::PaperSlip.of(slot);
    let slip = confirmed(case, slot).filter(|_| case.is_by_hand() && !case.attested(&about))?;
    Some(Ask::Attest(Attest {
        about,
        statement: format!(
            "At the change that the portal forces at sign-in, the {slot} account was given the password on slip {}",
            slip.number
        ),
        note: "Any trouble met".to_owned(),
    }))
}

fn document_ask(case: &Case<'_>) -> Option<Ask> {
    let due = !are_behind(case) && !case.attested(&CheckId::PaperDocument.whole());
    let page = case.evidence.documents.first().filter(|_| due)?;
    Some(Ask::Attest(Attest {
        about: CheckId::PaperDocument.whole(),
        statement: format!("The pages in {} are printed, signed and in place", folder(page)),
        note: "Where they are kept".to_owned(),
    }))
}

fn procedure_ask(case: &Case<'_>) -> Option<Ask> {
    let due = !case.attested(&CheckId::PaperProcedure.whole()) && !are_behind(case);
    due.then(|| {
        Ask::Attest(Attest {
            about: CheckId::PaperProcedure.whole(),
            statement: format!(
                "The access procedure was read and approved by {}",
                case.plan.procedure.approvers.join(" or ")
            ),
            note: "Reference of the approval".to_owned(),
        })
    })
}

/// Whether the envelopes of a true slip lie in their safes.
fn safe_asks(case: &Case<'_>, slot: Slot) -> Vec<Ask> {
    match case.plan.account(slot).is_some_and(|planned| planned.second_half.is_some()) {
        true => halves::safe_asks(case, slot),
        false => safe_ask(case, slot).into_iter().collect(),
    }
}

fn safe_ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    let about = CheckId::PaperSafe.of(slot);
    let planned = case.plan.account(slot)?;
    let is_due = case.plan.safe(&planned.safe).is_some() && is_true(case, slot) && tested::opens(case, slot);
    let slip = confirmed(case, slot).filter(|_| is_due)?;
    (!case.attested(&about)).then(|| {
        Ask::Attest(Attest {
            statement: format!(
                "The envelope with slip {} lies in safe {} ({}), and {} has charge of it",
                slip.number,
                planned.safe,
                place(case.plan, &planned.safe),
                case.plan.custodian_at(planned, &planned.safe)
            ),
            about,
            note: "Anything to note".to_owned(),
        })
    })
}

//! Secrets that a secret management system keeps: whether they came back from there, and whether the system can be reached
//! when this tenant cannot.
//!
//! A system whose users or administrators sign in through this tenant is locked out together with everybody. No program
//! sees that from here: a named person vouches for it, or accepts it by name.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::plan::System;
use crate::domain::record::{Checked, SlipKind};
use crate::domain::slot::Slot;
use crate::steps::shared::look::{Seen, fail, is_there, listed, needs_person, overdue, pass, report};
use crate::steps::shared::password_slip::confirmed;

/// What is said about all systems at once; each has `paper.system:NAME`.
const SYSTEM: CheckId = CheckId::PaperSystem;

/// Whether the password lies in its system; `None` where the plan wants it in a safe.
pub(super) fn kept(case: &Case<'_>, slot: Slot) -> Option<Seen> {
    let system = case.plan.system_of(slot, SlipKind::Password)?.system;
    let slip = confirmed(case, slot);
    Some(match slip.map(|slip| (slip.checked, slip.number)) {
        Some((Some(Checked::ReadFromSystem), number)) => {
            pass(format!("the secret of slip {number} came back from system {system}"))
        }
        Some((_, number)) => {
            fail(format!("the plan keeps the password in system {system}, and slip {number} is on paper"))
        }
        None => needs_person(format!("the password is not in system {system} yet")),
    })
}

/// Whether every secret of the account lies in a system, so that no envelope has to be sealed for it.
pub(super) fn needs_no_envelope(case: &Case<'_>, slot: Slot) -> bool {
    let Some(account) = case.plan.account(slot) else { return false };
    account.keys.is_empty() && case.plan.system_of(slot, SlipKind::Password).is_some()
}

fn is_vouched(case: &Case<'_>, system: &System) -> bool {
    case.attested(&SYSTEM.whole()) || case.attested(&SYSTEM.about(&system.name))
}

/// Whether the systems stand without this tenant; nothing where the plan has none.
pub(super) fn finding(case: &Case<'_>) -> Option<Finding> {
    let used: Vec<&System> = case.plan.systems_in_use().collect();
    let open: Vec<&str> =
        used.iter().filter(|system| !is_vouched(case, system)).map(|system| system.name.as_str()).collect();
    let ended = used.iter().filter(|system| !is_vouched(case, system)).find_map(|system| ended(case, system));
    let seen = ended.unwrap_or_else(|| match open.as_slice() {
        [] => pass(who(case, &used)),
        open => needs_person(format!(
            "nobody has vouched yet that neither users nor administrators of {} sign in through this tenant",
            listed(open)
        )),
    });
    (!used.is_empty()).then(|| report(SYSTEM, Ok(seen)))
}

/// That what was said of a system has ended.
fn ended(case: &Case<'_>, system: &System) -> Option<Seen> {
    let seen = overdue(case, &SYSTEM.about(&system.name)).or_else(|| overdue(case, &SYSTEM.whole()))?;
    Some(Seen { detail: format!("{}: {}", system.name, seen.detail), ..seen })
}

fn who(case: &Case<'_>, used: &[&System]) -> String {
    let word = |system: &&System| {
        let word = case.word(&SYSTEM.about(&system.name)).or_else(|| case.word(&SYSTEM.whole()))?;
        Some(format!("{} does not depend on this tenant, attested by {}", system.name, word.by()))
    };
    used.iter().filter_map(word).collect::<Vec<_>>().join("; ")
}

/// What is to be vouched for, as soon as there is an account whose secrets it is about.
pub(super) fn asks(case: &Case<'_>) -> Vec<Ask> {
    if !is_there(case, Slot::FIRST) {
        return Vec::new();
    }
    let open = case.plan.systems_in_use().filter(|system| !is_vouched(case, system));
    open.map(|system| {
        Ask::Attest(Attest {
            about: SYSTEM.about(&system.name),
            statement: format!(
                "System {} ({}) does not depend on this tenant: neither its users nor its administrators sign in \
                 through it",
                system.name, system.place
            ),
            note: "How they sign in there when this tenant is closed".to_owned(),
        })
    })
    .collect()
}

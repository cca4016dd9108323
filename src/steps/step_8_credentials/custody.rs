//! Custody: safes that withstand fire and water, envelopes under seal, a log in every safe.
//!
//! What a safe is made of is a decision of the plan; that it is so, no program can see. A named person vouches for each
//! safe that holds something, for the seals of each account, and for the logs.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::plan::{Account, Method, Safe};
use crate::domain::record::{Slip, SlipKind};
use crate::domain::slot::Slot;
use crate::steps::shared::look::{
    Seen, is_there, listed, needs_person, overdue, pass, report, unknown, vouched,
};
use crate::steps::shared::password_slip::{confirmed, is_true};
use crate::steps::shared::tested;
use crate::steps::step_8_credentials::systems;

/// What is said about all safes at once; each has `paper.proof:NAME`.
const PROOF: CheckId = CheckId::PaperProof;
const SEALED: CheckId = CheckId::PaperSealed;
const LOG: CheckId = CheckId::PaperSafeLog;

/// What is true of the safes, beside the envelopes in them.
pub(super) fn findings(case: &Case<'_>) -> [Finding; 2] {
    [report(PROOF, Ok(proof(case))), report(LOG, Ok(log(case)))]
}

/// Whether somebody vouched for the seals of an account.
pub(super) fn sealed(case: &Case<'_>, slot: Slot) -> Seen {
    if systems::needs_no_envelope(case, slot) {
        return pass("nothing of it lies in an envelope");
    }
    vouched(case, &SEALED.of(slot))
        .unwrap_or_else(|| needs_person("nobody has vouched yet that every envelope is sealed"))
}

/// The safes that hold something of an account, in the order of the plan.
fn used<'a>(case: &Case<'a>) -> Vec<&'a Safe> {
    let names: Vec<&str> = case.plan.accounts.iter().flat_map(places).collect();
    case.plan.safes.iter().filter(|safe| names.contains(&safe.name.as_str())).collect()
}

fn places(account: &Account) -> impl Iterator<Item = &str> {
    let keys = account.keys.iter().map(|key| key.safe.as_str());
    account.password_safes().chain(account.pin_safe.as_deref()).chain(keys)
}

fn about(safe: &Safe) -> CheckSubject {
    PROOF.about(&safe.name)
}

/// What a word about one safe is covered by: the same word about all of them.
pub fn of_all(about: &CheckSubject) -> Option<CheckSubject> {
    Some(PROOF.whole()).filter(|whole| about.is_part_of(whole))
}

fn is_vouched(case: &Case<'_>, safe: &Safe) -> bool {
    case.attested(&PROOF.whole()) || case.attested(&about(safe))
}

/// What a safe withstands; `None` where the plan says that it withstands nothing.
fn withstands(safe: &Safe) -> Option<&'static str> {
    match (safe.fireproof, safe.waterproof) {
        (true, true) => Some("fire and water"),
        (true, false) => Some("fire, not water"),
        (false, true) => Some("water, not fire"),
        (false, false) => None,
    }
}

fn proof(case: &Case<'_>) -> Seen {
    let used = used(case);
    let weak = used.iter().filter(|safe| !safe.fireproof || !safe.waterproof);
    let weak: Vec<String> = weak
        .map(|safe| format!("{} ({})", safe.name, withstands(safe).unwrap_or("neither fire nor water")))
        .collect();
    let open = used.iter().filter(|safe| withstands(safe).is_some() && !is_vouched(case, safe));
    let open: Vec<&Safe> = open.copied().collect();
    if let Some(overdue) = open.iter().find_map(|safe| ended(case, safe)) {
        return overdue;
    }
    let open: Vec<&str> = open.iter().map(|safe| safe.name.as_str()).collect();
    match (open.as_slice(), weak.as_slice()) {
        ([], []) => pass(who(case, &used)),
        // A decision that was made knowingly is accepted by name, or another safe is taken.
        ([], weak) => unknown(format!("the plan says what these withstand: {}", weak.join("; "))),
        (open, _) => needs_person(format!(
            "nobody has vouched yet for what {} {}",
            if open.len() == 1 { "this safe withstands:" } else { "these safes withstand:" },
            listed(open)
        )),
    }
}

/// That what was said of a safe has ended.
fn ended(case: &Case<'_>, safe: &Safe) -> Option<Seen> {
    let seen = overdue(case, &about(safe)).or_else(|| overdue(case, &PROOF.whole()))?;
    Some(Seen { detail: format!("{}: {}", safe.name, seen.detail), ..seen })
}

/// Who vouched for which safes.
fn who(case: &Case<'_>, used: &[&Safe]) -> String {
    let word = |safe: &&Safe| {
        let word = case.word(&about(safe)).or_else(|| case.word(&PROOF.whole()))?;
        Some(format!("{} attested by {}", safe.name, word.by()))
    };
    used.iter().filter_map(word).collect::<Vec<_>>().join("; ")
}

fn log(case: &Case<'_>) -> Seen {
    vouched(case, &LOG.whole()).unwrap_or_else(|| {
        needs_person("nobody has vouched yet that a log lies in each safe and every opening is noted there")
    })
}

/// What is to be vouched for, as soon as there is something to vouch for.
pub(super) fn asks(case: &Case<'_>) -> Vec<Ask> {
    let mut asks: Vec<Attest> = Vec::new();
    if is_there(case, Slot::FIRST) {
        let open = used(case).into_iter().filter(|safe| !is_vouched(case, safe));
        asks.extend(open.filter_map(safe));
    }
    let has_log = !case.evidence.documents.is_empty() && !case.attested(&LOG.whole());
    asks.extend(has_log.then(|| logs(case)));
    asks.into_iter().map(Ask::Attest).collect()
}

/// "Safe A1 (North building) withstands fire and water"; `None` where the plan says that it withstands nothing.
pub fn proof_words(safe: &Safe) -> Option<String> {
    Some(format!("Safe {} ({}) withstands {}", safe.name, safe.place, withstands(safe)?))
}

fn safe(safe: &Safe) -> Option<Attest> {
    Some(Attest {
        about: about(safe),
        statement: proof_words(safe)?,
        note: "Its rating, as on the plate inside the door".to_owned(),
    })
}

/// The seals of one account, when they are to be vouched for: after the test, which opens what lies in the envelopes.
pub(in crate::steps) fn seal_ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    case.plan.account(slot).and_then(|account| seal(case, slot, account)).map(Ask::Attest)
}

fn seal(case: &Case<'_>, slot: Slot, account: &Account) -> Option<Attest> {
    let about = SEALED.of(slot);
    let is_due = is_true(case, slot) && tested::opens(case, slot) && !systems::needs_no_envelope(case, slot);
    let slip = confirmed(case, slot).filter(|_| is_due && !case.attested(&about))?;
    Some(Attest {
        about,
        statement: sealed_words(case, account, slip),
        note: "Numbers of the seals".to_owned(),
    })
}

/// "Slip 4 is sealed in its envelope in safe A1, North building, and the PINs and the keys of the First account in theirs,
/// each under a seal that shows when it was opened": what no system keeps.
fn sealed_words(case: &Case<'_>, account: &Account, slip: &Slip) -> String {
    let (number, slot) = (slip.number, slip.slot);
    let is_kept = |kind| case.plan.system_of(slot, kind).is_some();
    let password = match account.second_half {
        Some(_) => Some(format!("Both halves of slip {number} are sealed in their envelopes")),
        None if is_kept(SlipKind::Password) => None,
        None => {
            let place = case.plan.safe_and_place(&account.safe);
            Some(format!("Slip {number} is sealed in its envelope in safe {place}"))
        }
    };
    let pins = if is_kept(SlipKind::Pin { key: 0 }) { Kept::InSystem } else { Kept::InSafe };
    let rest = the_rest(account, pins);
    let words = match (password, rest) {
        (Some(password), None) => password,
        (Some(password), Some(rest)) => format!("{password}, and {rest} of the {slot} account in theirs"),
        (None, rest) => {
            let rest = rest.unwrap_or_default();
            format!("Of the {slot} account {rest} lie sealed in their envelopes")
        }
    };
    format!("{words}, each under a seal that shows when it was opened")
}

/// PINs and keys that lie in envelopes.
fn the_rest(account: &Account, pins: Kept) -> Option<&'static str> {
    match (account.method, account.keys.len(), pins) {
        (Method::Phone | Method::Certificate, _, _) => None,
        (Method::SecurityKey, 1, Kept::InSafe) => Some("the PIN and the key"),
        (Method::SecurityKey, _, Kept::InSafe) => Some("the PINs and the keys"),
        (Method::SecurityKey, 1, Kept::InSystem) => Some("the key"),
        (Method::SecurityKey, _, Kept::InSystem) => Some("the keys"),
    }
}

/// Where PINs lie.
#[derive(Clone, Copy)]
enum Kept {
    InSafe,
    InSystem,
}

fn logs(case: &Case<'_>) -> Attest {
    let names: Vec<&str> = used(case).into_iter().map(|safe| safe.name.as_str()).collect();
    Attest {
        about: LOG.whole(),
        statement: format!(
            "A custody log lies in each safe ({}), and every opening is noted in it",
            listed(&names)
        ),
        note: "Who looks at the logs, and how often".to_owned(),
    }
}

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
use crate::domain::record::SlipKind;
use crate::domain::slot::Slot;
use crate::steps::shared::look::{Seen, is_there, listed, needs_person, pass, report, unknown, vouched};
use crate::steps::shared::password_slip::is_true;
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
    let open: Vec<&str> = open.map(|safe| safe.name.as_str()).collect();
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
    let mut asks: Vec<Attest> =
        case.plan.slots().filter_map(|(slot, account)| seal(case, slot, account)).collect();
    if is_there(case, Slot::FIRST) {
        let open = used(case).into_iter().filter(|safe| !is_vouched(case, safe));
        asks.extend(open.filter_map(safe));
    }
    let has_log = !case.evidence.documents.is_empty() && !case.attested(&LOG.whole());
    asks.extend(has_log.then(|| logs(case)));
    asks.into_iter().map(Ask::Attest).collect()
}

fn safe(safe: &Safe) -> Option<Attest> {
    let withstands = withstands(safe)?;
    Some(Attest {
        about: about(safe),
        statement: format!("Safe {} ({}) withstands {withstands}", safe.name, safe.place),
        note: "Its rating, as on the plate inside the door".to_owned(),
    })
}

/// The seals of one account, when they are to be vouched for.
pub(in crate::steps) fn seal_ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    case.plan.account(slot).and_then(|account| seal(case, slot, account)).map(Ask::Attest)
}

fn seal(case: &Case<'_>, slot: Slot, account: &Account) -> Option<Attest> {
    let about = SEALED.of(slot);
    let due = is_true(case, slot) && !case.attested(&about) && !systems::needs_no_envelope(case, slot);
    due.then(|| Attest {
        about,
        statement: format!(
            "Each envelope of the {slot} account has a seal that shows when it was opened: {}",
            envelopes(case, slot, account)
        ),
        note: "Numbers of the seals".to_owned(),
    })
}

/// What lies in envelopes of an account: what no system keeps.
fn envelopes(case: &Case<'_>, slot: Slot, account: &Account) -> String {
    let is_kept = |kind| case.plan.system_of(slot, kind).is_some();
    let password = match account.second_half {
        Some(_) => Some("both halves of the password"),
        None => (!is_kept(SlipKind::Password)).then_some("the password"),
    };
    let pins = match account.keys.len() {
        _ if account.method != Method::SecurityKey || is_kept(SlipKind::Pin { key: 0 }) => None,
        1 => Some("the PIN"),
        _ => Some("the PINs"),
    };
    let keys = match (account.method, account.keys.len()) {
        (Method::SecurityKey, 1) => Some("the key"),
        (Method::SecurityKey, _) => Some("the keys"),
        (Method::Phone | Method::Certificate, _) => None,
    };
    let all: Vec<&str> = password.into_iter().chain(pins).chain(keys).collect();
    match all.as_slice() {
        [most @ .., last] if most.len() > 1 => format!("{}, and {last}", most.join(", ")),
        all => all.join(" and "),
    }
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

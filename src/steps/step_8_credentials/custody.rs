//! Custody: safes that withstand fire and water, envelopes under seal, a log in every safe.
//!
//! What a safe is made of is a decision of the plan; that it is so, no program can see. A named person vouches for each
//! safe that holds something, for the seals of each account, and for the logs.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::plan::{Account, Kept, Plan, Safe};
use crate::domain::record::{Attested, Half, Slip, SlipKind};
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

/// The safe that a word is about: of envelopes in one safe the first, so that nobody is asked twice.
fn about(case: &Case<'_>, safe: &Safe) -> CheckSubject {
    PROOF.about(&first_of(case.plan, safe).name)
}

fn first_of<'a>(plan: &'a Plan, safe: &'a Safe) -> &'a Safe {
    plan.in_one_safe(safe).first().copied().unwrap_or(safe)
}

/// One of each safe that holds something: of envelopes in one safe the first that does.
fn bodies<'a>(case: &Case<'a>) -> Vec<&'a Safe> {
    let mut bodies: Vec<&Safe> = Vec::new();
    for safe in used(case) {
        if !bodies.iter().any(|body| first_of(case.plan, body) == first_of(case.plan, safe)) {
            bodies.push(safe);
        }
    }
    bodies
}

/// "A1", or of envelopes in one safe "A (A1, A2)" and, where the safe around them has no name, "A1 with A2".
fn name(plan: &Plan, safe: &Safe) -> String {
    let names: Vec<&str> = plan.in_one_safe(safe).into_iter().map(|safe| safe.name.as_str()).collect();
    match (&safe.within, names.as_slice()) {
        (_, [] | [_]) => safe.name.clone(),
        (Some(body), names) => format!("{body} (envelopes {})", names.join(" and ")),
        (None, names) => names.join(" with "),
    }
}

/// What a word about one safe is covered by: the same word about all of them.
pub fn of_all(about: &CheckSubject) -> Option<CheckSubject> {
    Some(PROOF.whole()).filter(|whole| about.is_part_of(whole))
}

fn is_vouched(case: &Case<'_>, safe: &Safe) -> bool {
    case.attested(&PROOF.whole()) || word(case, safe).is_some()
}

/// Somebody's word about the safe, by the name of any envelope in it.
fn word<'a>(case: &Case<'a>, safe: &Safe) -> Option<&'a Attested> {
    let evidence = case.evidence;
    let mut abouts = abouts(case.plan, safe).into_iter().filter(|about| case.attested(about));
    abouts.find_map(|about| evidence.attested.get(&about))
}

/// What words about a safe may be about: each envelope in it.
fn abouts(plan: &Plan, safe: &Safe) -> Vec<CheckSubject> {
    plan.in_one_safe(safe).into_iter().map(|safe| PROOF.about(&safe.name)).collect()
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
    let used = bodies(case);
    let weak = used.iter().filter(|safe| !safe.fireproof || !safe.waterproof);
    let weak: Vec<String> = weak
        .map(|safe| {
            format!("{} ({})", name(case.plan, safe), withstands(safe).unwrap_or("neither fire nor water"))
        })
        .collect();
    let open = used.iter().filter(|safe| withstands(safe).is_some() && !is_vouched(case, safe));
    let open: Vec<&Safe> = open.copied().collect();
    if let Some(overdue) = open.iter().find_map(|safe| ended(case, safe)) {
        return overdue;
    }
    let open: Vec<String> = open.into_iter().map(|safe| name(case.plan, safe)).collect();
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
    let mut abouts = abouts(case.plan, safe).into_iter().chain([PROOF.whole()]);
    let seen = abouts.find_map(|about| overdue(case, &about))?;
    Some(Seen { detail: format!("{}: {}", name(case.plan, safe), seen.detail), ..seen })
}

/// Who vouched for which safes.
fn who(case: &Case<'_>, used: &[&Safe]) -> String {
    let word = |safe: &&Safe| {
        let word = word(case, safe).or_else(|| case.word(&PROOF.whole()))?;
        Some(format!("{} attested by {}", name(case.plan, safe), word.by()))
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
        let open = bodies(case).into_iter().filter(|safe| !is_vouched(case, safe));
        asks.extend(open.filter_map(|open| safe(case, open)));
    }
    let has_log = !case.evidence.documents.is_empty() && !case.attested(&LOG.whole());
    asks.extend(has_log.then(|| logs(case)));
    asks.into_iter().map(Ask::Attest).collect()
}

/// "Safe A1 (North building) withstands fire and water"; `None` where the plan says that it withstands nothing. Envelopes in
/// one safe are named in one sentence.
pub fn proof_words(plan: &Plan, safe: &Safe) -> Option<String> {
    Some(format!("Safe {} ({}) withstands {}", name(plan, safe), safe.place, withstands(safe)?))
}

/// The safes for each of which a word is needed: of envelopes in one safe the first.
pub fn to_prove(plan: &Plan) -> impl Iterator<Item = &Safe> {
    plan.safes.iter().filter(|safe| withstands(safe).is_some() && first_of(plan, safe).name == safe.name)
}

fn safe(case: &Case<'_>, safe: &Safe) -> Option<Attest> {
    Some(Attest {
        about: about(case, safe),
        statement: proof_words(case.plan, safe)?,
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

/// "Each in an envelope under a seal that shows when it was opened: slip 4 in safe A1, North building; the PINs of the First
/// account in the same safe; the keys of the First account in safe A2, North building": what no system keeps.
fn sealed_words(case: &Case<'_>, account: &Account, slip: &Slip) -> String {
    let (plan, slot) = (case.plan, slip.slot);
    let password = password_kept(case, account, slip);
    let beside = plan.beside_password(account).into_iter();
    let beside = beside.map(|kept| Kept { what: format!("the {} of the {slot} account", kept.what), ..kept });
    let mut last = String::new();
    let words = password.into_iter().chain(beside).map(|Kept { what, place }| {
        let words = if place == last { "the same safe" } else { &place };
        let words = format!("{what} in {words}");
        last = place;
        words
    });
    let words: Vec<String> = words.collect();
    format!("Each in an envelope under a seal that shows when it was opened: {}", words.join("; "))
}

/// The slip, or its halves, each with its place; nothing where a system keeps the password.
fn password_kept(case: &Case<'_>, account: &Account, slip: &Slip) -> Vec<Kept> {
    let kept = |what: String, safe: &str| Kept { what, place: case.plan.place_words(safe) };
    let number = slip.number;
    match account.second_half {
        Some(_) => Half::BOTH
            .map(|half| kept(format!("half {} of slip {number}", half.name()), account.keeper(half).0))
            .into(),
        None if case.plan.system_of(slip.slot, SlipKind::Password).is_some() => Vec::new(),
        None => vec![kept(format!("slip {number}"), &account.safe)],
    }
}

fn logs(case: &Case<'_>) -> Attest {
    let names: Vec<String> = bodies(case).into_iter().map(|safe| name(case.plan, safe)).collect();
    Attest {
        about: LOG.whole(),
        statement: format!(
            "A custody log lies in each safe ({}), and every opening is noted in it",
            listed(&names)
        ),
        note: "Who looks at the logs, and how often".to_owned(),
    }
}

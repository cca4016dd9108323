//! Repairs: what is looked up, can be written and asks for a person when something about one account has to be put
//! right. Everything is put together from the steps' own checks, actions and asks; what is added is the one question
//! that only a repair has: whether what is to be replaced was replaced.
//!
//! A way in is taken away only after another one was proved, except where somebody else may hold it.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::check::id::CheckId;
use crate::domain::check::repair::{RepairCase, Repairing};
use crate::domain::check::subject::CheckSubject;
use crate::domain::facts::Area;
use crate::domain::record::SlipKind;
use crate::domain::slot::Slot;
use crate::domain::write::action::{Action, Repair};
use crate::steps::repair::progress::{has_new_slip, has_signed_in, is_tested};
use crate::steps::shared::look::{Seen, fail, needs_person, pass, report, unknown, vouched};
use crate::steps::shared::{account, by_hand, old_slip, registered, uses};
use crate::steps::{
    step_5_conditional_access as conditional_access, step_8_credentials as credentials,
    step_9_sign_in_test as sign_in_test,
};

mod keys;
mod old_password;
mod operator;
mod phone;
mod progress;
mod resumed;

pub use old_password::old_password;
pub use operator::helping_account;
pub use resumed::resumed;

/// What every repair looks at: who works, and on what.
const COMMON: [Area; 7] = [
    Area::Organization,
    Area::Operator,
    Area::Licenses,
    Area::Accounts,
    Area::Roles,
    Area::Methods,
    Area::Group,
];

/// What a repair looks at.
pub fn areas(case: RepairCase) -> Vec<Area> {
    let more: &[Area] = match case {
        RepairCase::Blocked => &[Area::Policies, Area::WhatIf, Area::SignIns],
        RepairCase::KeyFails => &[Area::MethodPolicy, Area::Registration],
        RepairCase::LostPhone => &[Area::MethodPolicy],
        RepairCase::Misuse => &[Area::MethodPolicy, Area::Registration, Area::SignIns],
        RepairCase::LostPassword | RepairCase::Rotation => &[],
    };
    [&COMMON, more].concat()
}

/// What is true.
pub fn checks(case: &Case<'_>, at: &Repairing) -> Vec<Finding> {
    by_hand::worded(case, looked(case, at))
}

fn looked(case: &Case<'_>, at: &Repairing) -> Vec<Finding> {
    let slot = at.slot;
    let mut findings = match at.case {
        RepairCase::Blocked => blocked(case, slot),
        RepairCase::LostPassword | RepairCase::Rotation => password(case, at),
        RepairCase::KeyFails => keys::checks(case, at),
        RepairCase::LostPhone => phone::checks(case, at),
        RepairCase::Misuse => misuse(case, at),
    };
    findings.push(report(CheckId::RepairTested, Ok(tested(case, at))).of(slot));
    if !findings.iter().any(|finding| finding.check == CheckId::UseRotated) {
        findings.extend(uses::check(case, slot));
    }
    if case.is_by_hand() {
        // What nobody can look up here is one word about the whole.
        findings.retain(|finding| !matches!(finding.check, CheckId::RepairKey | CheckId::RepairPhone));
        findings.push(report(CheckId::RepairDone, Ok(done(case, at))).of(slot));
    }
    findings
}

/// What can be written now; nothing without a connection.
pub fn actions(case: &Case<'_>, at: &Repairing) -> Vec<Action> {
    if case.is_by_hand() {
        return Vec::new();
    }
    let mut actions = of_case(case, at);
    // A run that ended right after its test has left sessions.
    if !actions.iter().any(|action| matches!(action, Action::RevokeSessions { .. })) {
        actions.extend(sign_in_test::revocation(case, at.slot));
    }
    actions
}

fn of_case(case: &Case<'_>, at: &Repairing) -> Vec<Action> {
    match at.case {
        RepairCase::Blocked => {
            let mut actions = enabling(case, at.slot);
            actions.extend(conditional_access::actions(case));
            actions
        }
        RepairCase::LostPassword | RepairCase::Rotation => {
            credentials::revocation(case, at.slot).into_iter().collect()
        }
        RepairCase::KeyFails => keys::actions(case, at),
        RepairCase::LostPhone => phone::actions(case, at),
        RepairCase::Misuse => {
            let mut actions: Vec<Action> = revocation(case, at.slot).into_iter().collect();
            actions.extend(keys::actions(case, at));
            actions.extend(phone::unplanned(case, at.slot));
            actions
        }
    }
}

/// Of what can be put right about an account, what keeps it out: a license or a job title does not.
fn enabling(case: &Case<'_>, slot: Slot) -> Vec<Action> {
    let only_enabled = |action: Action| match action {
        Action::RepairUser { slot, id, repairs } if repairs.contains(&Repair::Enable) => {
            Some(Action::RepairUser { slot, id, repairs: vec![Repair::Enable] })
        }
        Action::LeaveUnit { .. } | Action::EnterUnit { .. } => Some(action),
        _ => None,
    };
    account::actions_for(case, &[slot]).into_iter().filter_map(only_enabled).collect()
}

/// What only a person can do.
pub fn asks(case: &Case<'_>, at: &Repairing) -> Vec<Ask> {
    let mut asks = match at.case {
        RepairCase::Blocked => conditional_access::asks(case),
        RepairCase::LostPassword | RepairCase::Rotation => password_asks(case, at),
        RepairCase::KeyFails => keys::asks(case, at),
        RepairCase::LostPhone => Vec::new(),
        RepairCase::Misuse => {
            let mut asks = password_asks(case, at);
            asks.extend(incident_ask(case, at.slot));
            asks.extend(keys::asks(case, at));
            asks
        }
    };
    let due = is_remedied(case, at) && !is_tested(case, at);
    asks.extend(due.then(|| sign_in_test::ask(case, at.slot)).flatten());
    asks.extend(credentials::printed_ask(case, at.slot));
    asks.extend(credentials::envelope_asks(case, at.slot));
    if at.case == RepairCase::Rotation {
        asks.extend(old_slip::ask(case, at.slot));
    }
    asks.extend(case.evidence.pages_behind.then_some(Ask::WriteDocument));
    if case.is_by_hand() {
        asks.extend(by_hand::asks(case, &looked(case, at)));
        asks.extend(done_ask(case, at));
    }
    asks
}

fn blocked(case: &Case<'_>, slot: Slot) -> Vec<Finding> {
    let mut findings = account::checks_for(case, &[slot]);
    findings.retain(|finding| matches!(finding.check, CheckId::AccountExists | CheckId::AccountEnabled));
    findings.extend(conditional_access::checks(case));
    findings.retain(|finding| finding.slot.is_none_or(|other| other == slot));
    findings
}

fn password(case: &Case<'_>, at: &Repairing) -> Vec<Finding> {
    let mut findings = vec![report(CheckId::RepairPassword, Ok(new_password(case, at))).of(at.slot)];
    let about_paper = credentials::slot_checks(case, at.slot).into_iter();
    let about_paper = about_paper.chain(credentials::envelopes(case, at.slot));
    findings.extend(about_paper.filter(|finding| finding.check != CheckId::MethodPinSlip));
    findings.extend(old_slip::finding(case, at.slot).filter(|_| at.case == RepairCase::Rotation));
    findings
}

fn misuse(case: &Case<'_>, at: &Repairing) -> Vec<Finding> {
    let slot = at.slot;
    let incident = vouched(case, &CheckId::UseIncident.of(slot))
        .unwrap_or_else(|| needs_person("nobody has written down yet what happened"));
    let mut findings = vec![report(CheckId::UseIncident, Ok(incident)).of(slot)];
    findings.extend(credentials::slot_checks(case, slot));
    findings.extend(credentials::envelopes(case, slot));
    findings.extend(keys::checks(case, at));
    findings
}

/// Whether a misuse of the account stands in the record and is not dealt with yet.
pub fn is_noted(case: &Case<'_>, at: &Repairing) -> bool {
    uses::misuse(case, at.slot).is_some()
}

/// The id of the registered key in the place of key `key` of the plan.
pub fn key_in_place(case: &Case<'_>, slot: Slot, key: usize) -> Option<String> {
    registered::planned_key(case, slot, key).map(|method| method.id.clone())
}

/// A misuse may be dealt with in several runs: there the record tells whether the password is newer than the use.
fn has_new_password(case: &Case<'_>, at: &Repairing) -> bool {
    match at.case {
        RepairCase::Misuse => !uses::awaits_password(case, at.slot),
        _ => has_new_slip(case, at, SlipKind::Password),
    }
}

fn new_password(case: &Case<'_>, at: &Repairing) -> Seen {
    match case.evidence.slip(at.slot, SlipKind::Password) {
        Some(slip) if has_new_password(case, at) => pass(format!("slip {} of {}", slip.number, slip.date)),
        Some(slip) => fail(format!("slip {} of {} is the one to be replaced", slip.number, slip.date)),
        None => fail("there is no slip"),
    }
}

fn password_asks(case: &Case<'_>, at: &Repairing) -> Vec<Ask> {
    let slot = at.slot;
    let make = (!has_new_password(case, at)).then_some(Ask::MakePasswordSlip { slot });
    make.into_iter().chain(credentials::chosen_ask(case, slot)).collect()
}

/// Whether what was wrong is put right, so that a sign-in can prove it.
fn is_remedied(case: &Case<'_>, at: &Repairing) -> bool {
    match at.case {
        RepairCase::Blocked | RepairCase::KeyFails | RepairCase::LostPhone if case.is_by_hand() => {
            case.attested(&done_about(case, at))
        }
        RepairCase::Blocked => {
            blocked(case, at.slot).iter().all(|f| !matches!(f.verdict, Verdict::Fail | Verdict::NeedsPerson))
        }
        RepairCase::LostPassword | RepairCase::Rotation | RepairCase::Misuse => has_new_password(case, at),
        RepairCase::KeyFails => keys::is_replaced(case, at),
        RepairCase::LostPhone => phone::is_replaced(case, at),
    }
}

fn tested(case: &Case<'_>, at: &Repairing) -> Seen {
    match (is_tested(case, at), is_remedied(case, at)) {
        (true, _) => pass("signed in since this repair began"),
        (false, true) => needs_person(untested(case, at)),
        (false, false) => unknown("when the rest is done"),
    }
}

/// A sign-in with another key, or with one that nobody named, says nothing about the new one.
fn untested(case: &Case<'_>, at: &Repairing) -> String {
    let key = at.key.filter(|_| at.case == RepairCase::KeyFails && has_signed_in(case, at));
    match key {
        Some(key) => format!(
            "tested since this repair began, but not with {}, or nobody said with which key: test it with that one",
            case.plan.key_name(at.slot, key)
        ),
        None => "not tested since this repair began".to_owned(),
    }
}

/// Sessions that were open when the use was noted.
fn revocation(case: &Case<'_>, slot: Slot) -> Option<Action> {
    let used = uses::misuse(case, slot)?.used.at;
    let account = case.facts.account(slot)?;
    let open = case.evidence.revoked.get(&slot).is_none_or(|at| *at < used);
    open.then(|| Action::RevokeSessions { slot, id: account.id.clone() })
}

fn incident_ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    let about = CheckId::UseIncident.of(slot);
    (!case.attested(&about)).then(|| {
        Ask::Attest(Attest {
            about,
            statement: format!(
                "The {slot} account was used without authorization; what is known about it is written down here, and \
                 a case is open in {}.",
                incident_system(case)
            ),
            note: "What happened, when, from where; the number of the case".to_owned(),
        })
    })
}

fn incident_system<'a>(case: &Case<'a>) -> &'a str {
    match case.plan.procedure.incident_system.as_str() {
        "" => "the incident system",
        named => named,
    }
}

/// Without a connection somebody says, for this day and this key, that the page was followed.
fn done_about(case: &Case<'_>, at: &Repairing) -> CheckSubject {
    let about = CheckId::RepairDone.of(at.slot).part(at.case.id());
    let about = match at.key {
        Some(key) => about.part(&format!("key-{}", key + 1)),
        None => about,
    };
    about.part(&case.today.to_string())
}

fn done(case: &Case<'_>, at: &Repairing) -> Seen {
    vouched(case, &done_about(case, at))
        .unwrap_or_else(|| needs_person("nobody has vouched yet that it was done in the portal"))
}

fn done_ask(case: &Case<'_>, at: &Repairing) -> Option<Ask> {
    let about = done_about(case, at);
    (!case.attested(&about)).then(|| {
        Ask::Attest(Attest {
            about,
            statement: format!(
                "What the page says for this case was done in the portal for the {} account.",
                at.slot
            ),
            note: "What was found and done".to_owned(),
        })
    })
}

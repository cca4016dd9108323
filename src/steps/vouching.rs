//! Before a live run where nobody is at the console: what people still have to do, and whose word it will ask for.
//!
//! Derived from the plan alone. Whether a word counts is only known in the run: it has to be newer than what it is about.

use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::check::thing;
use crate::domain::plan::{Account, Destination, License, Method, Plan, Route};
use crate::domain::record::{Half, SlipKind};
use crate::domain::slot::Slot;
use crate::guide;
use crate::steps::step_8_credentials::custody;

/// Everything that an unattended run of this plan asks somebody's word for, in the order of the steps.
pub fn words_needed(plan: &Plan) -> Vec<CheckSubject> {
    let mut words = vec![CheckId::TellMonitoring.whole()];
    if plan.alerts.destination == Destination::Elsewhere {
        words.push(CheckId::LogsDiagnosticSetting.whole());
    }
    if is_unlicensed(plan) {
        words.extend([CheckId::PoliciesLicense, CheckId::LogsDiagnosticSetting].map(CheckId::whole));
    } else {
        words.push(CheckId::AlertsNotification.whole());
    }
    words.extend(plan.slots().flat_map(|(slot, account)| of_account(plan, slot, account)));
    words.extend(custody::to_prove(plan).map(|safe| CheckId::PaperProof.about(&safe.name)));
    words.extend(plan.systems_in_use().map(|system| CheckId::PaperSystem.about(&system.name)));
    words
        .extend([CheckId::PaperSafeLog, CheckId::PaperDocument, CheckId::PaperProcedure].map(CheckId::whole));
    words.extend(plan.slots().map(|(slot, _)| CheckId::TestSignIn.of(slot)));
    words.extend(plan.slots().filter(|_| is_unlicensed(plan)).map(|(slot, _)| CheckId::TestLogged.of(slot)));
    words.dedup();
    words
}

/// Whether the plan says that nothing is licensed; a connected run looks it up, and asks for these words then.
fn is_unlicensed(plan: &Plan) -> bool {
    plan.tenant.as_ref().and_then(|tenant| tenant.license) == Some(License::None)
}

fn of_account(plan: &Plan, slot: Slot, account: &Account) -> Vec<CheckSubject> {
    let mut words = Vec::new();
    if account.method == Method::Certificate {
        words.push(CheckId::MethodCertificate.of(slot));
    }
    if plan.paper.route == Route::File && has_slip(plan, slot, account) {
        words.extend([CheckId::PaperPrinted, CheckId::PaperDestroyed].map(|check| check.of(slot)));
    }
    words.push(CheckId::PaperSealed.of(slot));
    match account.second_half {
        Some(_) => words.extend(Half::BOTH.map(|half| thing::half(slot, half))),
        None if plan.system_of(slot, SlipKind::Password).is_some() => {}
        None => words.push(CheckId::PaperSafe.of(slot)),
    }
    words
}

/// What a word about `about` says: each in words of its own.
pub fn word_says(plan: &Plan, about: &CheckSubject) -> String {
    let safe = about.thing().and_then(|name| plan.safe(name));
    if let (Some(CheckId::PaperProof), Some(safe)) = (about.check(), safe) {
        return custody::proof_words(plan, safe).unwrap_or_default();
    }
    let label = about.check().map(|check| guide::label(check, about.slot())).unwrap_or_default();
    let half = |half: &Half| about.slot().is_some_and(|slot| *about == thing::half(slot, *half));
    match Half::BOTH.into_iter().find(half) {
        Some(half) => format!("{label}, half {}", half.name()),
        None => label,
    }
}

/// Whether a slip of the account is made at all: what a system keeps goes into no file.
fn has_slip(plan: &Plan, slot: Slot, account: &Account) -> bool {
    let pins = (0..account.keys.len()).map(|key| SlipKind::Pin { key });
    std::iter::once(SlipKind::Password).chain(pins).any(|kind| plan.system_of(slot, kind).is_none())
}

/// What no plan can do in place of a person.
pub fn done_by_people(plan: &Plan) -> Vec<String> {
    let keys = plan.accounts.iter().flat_map(|account| &account.keys).map(|key| key.name.as_str());
    let keys: Vec<&str> = keys.collect();
    let mut done = Vec::new();
    if !keys.is_empty() {
        done.push(format!("registering the security keys in a browser: {}", keys.join(", ")));
    }
    if plan.alerts.destination == Destination::Workspace && !plan.alerts.recipients.is_empty() {
        done.push("confirming each mailbox that is told of a use, within 30 minutes".to_owned());
    }
    if plan.paper.route != Route::File {
        done.push("typing each slip back from the paper: the run makes none by this route".to_owned());
    }
    done.push("signing in as each account at its test, with what lies in its envelopes".to_owned());
    done
}

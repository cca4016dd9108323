//! Rules about what the plan takes on somebody's word: attestations and accepted unknowns are about something that there
//! is, and name who, where and why.

use jiff::civil::Date;

use crate::domain::check::accept;
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::plan::plan_file::rule::{Wrong, filled, is_blank, when};
use crate::domain::plan::{Accepted, Attestation, OLDEST, Plan, is_long_past};
use crate::domain::text::{is_guid, sentence};

/// What must be corrected about attestations and accepted unknowns.
pub(super) fn words(plan: &Plan) -> Vec<Wrong> {
    let words = plan.attestations.iter().enumerate();
    let accepts = plan.accepts.iter().enumerate().flat_map(|(i, accepted)| {
        let key = |field: &str| format!("accepts.{i}.{field}");
        let reason = filled(&accepted.reason, &key("reason"));
        let person = accepted.person.as_deref().and_then(|person| filled(person, &key("person")));
        let is_tenant = accepted.tenant.as_deref().is_none_or(is_guid);
        let tenant =
            when(!is_tenant, &key("tenant"), "must be the id of the tenant (36 characters), or be left out.");
        let approver = accepted.approver.as_deref().and_then(|approver| filled(approver, &key("approver")));
        let one =
            when(is_own_approver(accepted), &key("approver"), "must be another person than who asks for it.");
        let wrong = [about(plan, &key("check"), &accepted.check), reason, person, approver, one, tenant];
        wrong.into_iter().flatten()
    });
    words.flat_map(|(i, word)| word_of(plan, i, word)).chain(said_twice(plan)).chain(accepts).collect()
}

/// Nobody approves what they ask for.
fn is_own_approver(accepted: &Accepted) -> bool {
    let named = accepted.person.as_deref().zip(accepted.approver.as_deref());
    named.is_some_and(|(person, approver)| !is_blank(person) && accept::is_one_person(person, approver))
}

fn word_of(plan: &Plan, place: usize, word: &Attestation) -> Vec<Wrong> {
    let key = |field: &str| format!("attestations.{place}.{field}");
    let id = "must be the id of the tenant (36 characters): a word counts for one tenant.";
    let wrong = [
        about(plan, &key("about"), &word.about),
        when(!is_guid(&word.tenant), &key("tenant"), id),
        filled(&word.person, &key("person")),
    ];
    wrong.into_iter().flatten().collect()
}

/// A word about what there is not would be waited for, and never be looked at.
fn about(plan: &Plan, key: &str, about: &CheckSubject) -> Option<Wrong> {
    if is_blank(about.as_str()) {
        return filled(about.as_str(), key);
    }
    let nobody = || {
        let slot = about.slot().filter(|slot| plan.account(*slot).is_none())?;
        Some(format!("this plan has no {slot} account"))
    };
    let why =
        about.unknown().or_else(nobody).or_else(|| no_half(plan, about)).or_else(|| no_safe(plan, about))?;
    Some(Wrong::of(key, sentence(&format!("{} \"{about}\": {why}", kind(key)))))
}

fn kind(key: &str) -> &'static str {
    if key.starts_with("accepts") { "Accepted" } else { "Word about" }
}

/// Half a password where one person keeps the whole one.
fn no_half(plan: &Plan, about: &CheckSubject) -> Option<String> {
    let slot = about.slot()?;
    let half = about.as_str().split(':').nth(2)?;
    let is_whole = plan.account(slot).is_some_and(|account| account.second_half.is_none());
    (half.starts_with("half-") && is_whole)
        .then(|| format!("the password of the {slot} account lies in one envelope"))
}

fn no_safe(plan: &Plan, about: &CheckSubject) -> Option<String> {
    let name = about.thing().filter(|_| about.check() == Some(CheckId::PaperProof))?;
    plan.safe(name).is_none().then(|| format!("there is no safe called \"{name}\""))
}

fn said_twice(plan: &Plan) -> impl Iterator<Item = Wrong> {
    let mut seen = std::collections::BTreeSet::new();
    let words = plan.attestations.iter().enumerate();
    let twice = words.filter(move |(_, word)| !seen.insert((word.about.clone(), word.tenant.to_lowercase())));
    twice.map(|(i, word)| {
        let says = format!(
            "Word about \"{}\": it is given twice for one tenant; leave the one that counts.",
            word.about
        );
        Wrong::of(&format!("attestations.{i}.about"), says)
    })
}

/// Words of a day on which nobody can have said them: one that is to come, or is years past.
pub(super) fn days(plan: &Plan, today: Date) -> Vec<Wrong> {
    let words = plan.attestations.iter().enumerate();
    words.filter_map(|(i, word)| odd_day(&format!("attestations.{i}.date"), word, today)).collect()
}

fn odd_day(key: &str, word: &Attestation, today: Date) -> Option<Wrong> {
    let (about, date) = (&word.about, word.date);
    let told = |why: String| Some(Wrong::of(key, format!("Word about \"{about}\": {date} {why}")));
    match () {
        () if date > today => told(format!("is still to come; it must be today ({today}) or earlier.")),
        () if is_long_past(date, today) => {
            told(format!("is more than {OLDEST} years ago; nobody saw then what is there now."))
        }
        () => None,
    }
}

/// Checks that are never unknown where there is a connection: they wait for a person's word or for an act here. Who accepts
/// one of them says so by name and until when.
const NEVER_UNKNOWN: [CheckId; 22] = [
    CheckId::TellMonitoring,
    CheckId::PoliciesLicense,
    CheckId::PoliciesCannotExclude,
    CheckId::PaperDocument,
    CheckId::PaperProcedure,
    CheckId::PaperSafe,
    CheckId::PaperSealed,
    CheckId::PaperPrinted,
    CheckId::PaperDestroyed,
    CheckId::PaperSafeLog,
    CheckId::ScheduleTest,
    CheckId::ScheduleRotation,
    CheckId::UseIncident,
    CheckId::AccountCleanupExempt,
    CheckId::PaperOldSlip,
    CheckId::PaperCombinations,
    CheckId::PaperSupportPath,
    CheckId::PaperContactsCalled,
    CheckId::TestDeputy,
    CheckId::ReviewLogs,
    CheckId::ExerciseHeld,
    CheckId::ExerciseImprovements,
];

/// Checks that only a repair makes; a plan answers nothing there.
const OF_REPAIRS: [CheckId; 5] = [
    CheckId::RepairPassword,
    CheckId::RepairKey,
    CheckId::RepairPhone,
    CheckId::RepairTested,
    CheckId::RepairDone,
];

/// What is accepted without effect, one sentence each.
pub(super) fn without_effect(plan: &Plan) -> impl Iterator<Item = String> {
    plan.accepts.iter().filter_map(|accepted| {
        let check = accepted.check.check()?;
        let is_named = accepted.person.is_some() && accepted.until.is_some();
        let why = match () {
            () if accept::refusal(check).is_some() => "what the accounts are for is mended, never accepted",
            () if OF_REPAIRS.contains(&check) => "it is a check of repairs, where a person is at the console",
            () if NEVER_UNKNOWN.contains(&check) && !is_named => {
                "it waits for somebody's word or act, and is never unknown; with person and until it counts"
            }
            () => return None,
        };
        Some(format!("Accepted \"{}\" has no effect: {why}.", accepted.check))
    })
}

/// What a line of the old form has to be given, so that it names who asks, who approves, and its end.
pub(super) fn old_form(plan: &Plan) -> impl Iterator<Item = String> {
    let lacking = plan.accepts.iter().map(|accepted| (&accepted.check, accepted.lacks()));
    lacking.filter(|(_, lacks)| !lacks.is_empty()).map(|(check, lacks)| {
        format!(
            "Accepted \"{check}\": add {}; a waiver names who asks for it, who approves it, and its last day.",
            lacks.join(", ")
        )
    })
}

/// What is accepted until a day on which it does not count, one sentence each.
pub(super) fn out_of_time(plan: &Plan, today: Date) -> impl Iterator<Item = String> {
    plan.accepts.iter().filter_map(move |accepted| {
        let until = accepted.until?;
        let why = match () {
            () if until < today => "is over; it counts as open again",
            () if until > accept::latest(today) => "is more than a year away, and does not count until then",
            () => return None,
        };
        Some(format!("Accepted \"{}\": {until} {why}.", accepted.check))
    })
}

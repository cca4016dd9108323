//! What drifts about an account itself: its name, the age of its password, groups it was put in, what is thought of its
//! risk. Whether it is enabled, licensed or synchronized the steps say.

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::check::id::CheckId;
use crate::domain::check::upkeep::UpkeepTask;
use crate::domain::facts::around::{Membership, MembershipKind, Risk, RiskState};
use crate::domain::slot::Slot;
use crate::steps::review::said::{Statement, set_up_on};
use crate::steps::review::{around, attest};
use crate::steps::shared::look::{
    Look, Seen, account, every_slot, fail, listed, needs_person, pass, read, report, same, unknown, vouched,
};

/// What is true of the accounts.
pub(in crate::steps) fn checks(case: &Case<'_>) -> Vec<Finding> {
    every_slot(case).into_iter().flat_map(|slot| of_slot(case, slot)).collect()
}

fn of_slot(case: &Case<'_>, slot: Slot) -> Vec<Finding> {
    let looks = [
        (CheckId::AccountRenamed, name(case, slot)),
        (CheckId::AccountGroups, groups(case, slot)),
        (CheckId::AccountPasswordAge, password_age(case, slot)),
    ];
    let risk = risk(case, slot);
    looks.into_iter().map(|(check, look)| report(check, look).of(slot)).chain(risk).collect()
}

/// What only a person can say of them.
pub(in crate::steps) fn asks(case: &Case<'_>) -> Vec<Ask> {
    every_slot(case)
        .into_iter()
        .flat_map(|slot| risk_ask(case, slot).into_iter().chain(groups_ask(case, slot)))
        .collect()
}

/// What paper calls the account counts, or else what the plan calls it: whoever opens an envelope types what is written there.
fn name(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let account = account(case, slot)?;
    let on_paper = case.evidence.names.as_ref().and_then(|names| names.accounts.get(slot.index()));
    let on_paper = on_paper.filter(|(_, id)| *id == account.id).map(|(upn, _)| upn.clone());
    Ok(match on_paper.or_else(|| planned(case, slot)) {
        Some(known) if same(&known, &account.upn) => pass(account.upn.clone()),
        Some(known) => {
            fail(format!("it is called {} now, and was {known}: paper has the old name", account.upn))
        }
        None => pass(format!("{}; no page names it yet", account.upn)),
    })
}

/// What an account that is made here is called; an adopted one keeps its own name.
fn planned(case: &Case<'_>, slot: Slot) -> Option<String> {
    let planned = case.plan.account(slot).filter(|planned| planned.adopt.is_none())?;
    Some(format!("{}@{}", planned.user_name, case.facts.organization.get()?.initial_domain))
}

/// The exclusion group is the only one that an emergency access account belongs in.
fn groups(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    account(case, slot)?;
    let found = others(case, slot)?;
    let of = |kind| -> Vec<&str> {
        found.iter().filter(|one| one.kind == kind).map(|one| one.name.as_str()).collect()
    };
    let (chosen, computed) = (of(MembershipKind::Group), of(MembershipKind::ComputedGroup));
    let about = CheckId::AccountGroups.of(slot);
    Ok(match (chosen.is_empty(), computed.is_empty()) {
        (true, true) => pass("in the exclusion group and in no other"),
        (false, _) => {
            fail(format!("also in {}", listed(&[chosen, computed].concat()))).because(Cause::Unplanned)
        }
        (true, false) => vouched(case, &about).unwrap_or_else(|| {
            needs_person(format!("a rule puts it into {}", listed(&computed))).because(Cause::NotVouched)
        }),
    })
}

fn others<'a>(case: &Case<'a>, slot: Slot) -> Look<Vec<&'a Membership>> {
    let group = read(&case.facts.group)?.found.as_ref().map(|group| group.id.as_str());
    let all = read(&around(case)?.memberships)?;
    Ok(all.iter().filter(|one| one.slot == slot && Some(one.id.as_str()) != group).collect())
}

fn groups_ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    let seen = groups(case, slot).ok()?;
    let by_rule = seen.verdict == Verdict::NeedsPerson;
    let statement = format!(
        "The groups that rules put the {slot} account into give it nothing and keep it from nothing."
    );
    attest(case, CheckId::AccountGroups.of(slot), statement, "Which groups").filter(|_| by_rule)
}

/// The password itself counts, whatever paper says of it: an old one was seen by more people.
fn password_age(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let Some(changed) = account(case, slot)?.password_changed else {
        return Err(unknown("the tenant does not tell when the password was set").because(Cause::Hidden));
    };
    let day = day(changed);
    let due = case.plan.upkeep.every(UpkeepTask::Rotation).after(day);
    Ok(match due < case.today {
        true => fail(format!("the password is of {day}; it was to be changed by {due}")),
        false => pass(format!("the password is of {day}; it is to be changed by {due}")),
    })
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// What Identity Protection thinks of it, where the tenant is licensed for that. Where it could not be read a person looks.
fn risk(case: &Case<'_>, slot: Slot) -> Option<Finding> {
    match thought(case, slot) {
        Some(risk) => Some(report(CheckId::AccountRisk, Ok(at_risk(risk))).of(slot)),
        None => looked_at(case, slot)?.finding(case).map(|finding| with_permission(case, finding)),
    }
}

fn thought<'a>(case: &Case<'a>, slot: Slot) -> Option<&'a Risk> {
    let all = case.facts.around.get()?.risks.get()?;
    all.iter().find(|risk| risk.slot == slot).filter(|_| case.facts.has_p2())
}

fn at_risk(risk: &Risk) -> Seen {
    let level = if risk.level.is_empty() { String::new() } else { format!(" ({})", risk.level) };
    let since = risk.since.map(|at| format!(" since {}", day(at))).unwrap_or_default();
    match &risk.state {
        RiskState::None => pass("Identity Protection has nothing against it"),
        RiskState::AtRisk => fail(format!("Identity Protection takes it to be at risk{level}{since}")),
        RiskState::Compromised => {
            fail(format!("Identity Protection has it as confirmed to be compromised{level}{since}"))
        }
        RiskState::Other(word) => unknown(format!("Identity Protection says \"{word}\" of it")),
    }
}

/// What a person says who has looked there.
fn looked_at(case: &Case<'_>, slot: Slot) -> Option<Statement> {
    case.facts.has_p2().then(|| Statement {
        about: CheckId::AccountRisk.of(slot),
        since: set_up_on(case),
        open: "nobody has looked yet whether Identity Protection takes it to be at risk",
    })
}

/// Whoever has to look is told what would spare it.
fn with_permission(case: &Case<'_>, finding: Finding) -> Finding {
    let trouble = case.facts.around.get().and_then(|around| around.risks.trouble());
    let missing = trouble.and_then(|trouble| trouble.missing.as_deref()).filter(|_| !finding.passed());
    match missing {
        Some(missing) => {
            let detail = format!("{}; to be read it needs {missing}", finding.detail);
            Finding { detail, ..finding }
        }
        None => finding,
    }
}

fn risk_ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    let words = format!(
        "Identity Protection (ID Protection > Risky users) does not list the {slot} account as at risk."
    );
    looked_at(case, slot).filter(|_| thought(case, slot).is_none())?.ask(case, words, "What it showed")
}
